"""Who is told of what, by duty and by choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.access.policy import NATION, Held, Permission, Role, allows
from awas.delivery.audience import (
    NEVER,
    RANK,
    Candidate,
    Channel,
    Preference,
    Reason,
    Wish,
    decide_for,
    decide_in_person,
    roles_of,
)
from awas.warnings.policy import TIERS

NOW = 1_707_800_000_000
PLACE = "36.02-G1"
AREA = {
    Role.WATCHER: "36.02-G1",
    Role.FIELD_SUPERVISOR: "36.02-G1",
    Role.DISTRICT_OFFICER: "36.02",
    Role.PROVINCE_OFFICER: "36",
    Role.NATIONAL_OFFICER: NATION,
    Role.PARTNER: "36.02",
    Role.ADMINISTRATOR: "36.02",
}


def candidate(role: Role | None, *wishes: Wish, area: str | None = None, mail: bool = True) -> Candidate:
    duties = () if role is None else (Held(role, area or AREA[role], NOW - 1),)
    return Candidate("p1", duties, wishes, mail)


EVERY_ROLE = roles_of(TIERS)


def told(who: Candidate, level: str, tiers: tuple[str, ...] = TIERS) -> str:
    """The channels told, as letters: S screen, E e-mail; empty when nobody is told anything."""
    decisions = decide_for(who, PLACE, level, NOW, roles_of(tiers))
    return "".join(decision.channel.value[0].upper() for decision in decisions if decision.told)


@pytest.mark.parametrize(
    ("role", "waspada", "siaga", "awas"),
    [
        (Role.WATCHER, "S", "S", "SE"),
        (Role.FIELD_SUPERVISOR, "S", "SE", "SE"),
        (Role.DISTRICT_OFFICER, "S", "SE", "SE"),
        (Role.PROVINCE_OFFICER, "S", "SE", "SE"),
        (Role.NATIONAL_OFFICER, "S", "S", "SE"),
        (Role.PARTNER, "", "", ""),
        (Role.ADMINISTRATOR, "", "", ""),
    ],
)
def test_what_each_role_is_told(role, waspada, siaga, awas):
    assert [told(candidate(role), level) for level in RANK] == [waspada, siaga, awas]


@pytest.mark.parametrize(("role", "tier"), [
    (Role.WATCHER, "site"), (Role.FIELD_SUPERVISOR, "site"), (Role.DISTRICT_OFFICER, "district"),
    (Role.PROVINCE_OFFICER, "province"), (Role.NATIONAL_OFFICER, "nation"),
])  # fmt: skip
def test_each_tier_hears_when_its_turn_has_come(role, tier):
    assert {one for one in TIERS if told(candidate(role), "awas", (one,))} == {tier}


def test_a_choice_is_no_turn_when_it_is_only_said_again():
    wish = Wish("36.02", "waspada", frozenset(Channel))
    partner, officer = candidate(Role.PARTNER, wish), candidate(Role.DISTRICT_OFFICER, wish)
    again = {"roles": roles_of(("district",)), "subscribers": False}
    assert decide_for(partner, PLACE, "awas", NOW, **again) == []
    assert decide_for(officer, PLACE, "awas", NOW, **again)


def test_whoever_is_named_hears_whatever_the_level_but_not_by_a_channel_that_is_shut():
    named = decide_in_person(candidate(Role.PROVINCE_OFFICER), PLACE, NOW, Reason.ASSIGNED)
    assert {one.channel for one in named if one.told} == {Channel.SCREEN, Channel.EMAIL}
    shut = candidate(Role.PROVINCE_OFFICER)._replace(preference=Preference({Channel.EMAIL: NEVER}))
    assert {one.channel: one.reason for one in decide_in_person(shut, PLACE, NOW, Reason.MENTIONED)} == {
        Channel.SCREEN: Reason.MENTIONED,
        Channel.EMAIL: Reason.CHANNEL_OFF,
    }
    stranger = decide_in_person(candidate(Role.ADMINISTRATOR), PLACE, NOW, Reason.ASSIGNED)
    assert [(one.told, one.reason) for one in stranger] == [(False, Reason.NO_DUTY)]


@pytest.mark.parametrize(
    ("who", "level", "told_on", "reason"),
    [
        (candidate(Role.WATCHER, area="36.02-G2"), "awas", "", None),
        (candidate(None), "awas", "", None),
        (candidate(Role.DISTRICT_OFFICER, mail=False), "siaga", "S", Reason.NO_ADDRESS),
        (candidate(Role.WATCHER), "waspada", "S", Reason.BELOW_LEVEL),
        (candidate(Role.PARTNER, Wish("36.02", "siaga", frozenset(Channel))), "siaga", "SE", Reason.SUBSCRIBED),
        (candidate(Role.PARTNER, Wish("36.02", "siaga", frozenset(Channel))), "waspada", "", Reason.BELOW_LEVEL),
        (candidate(Role.ADMINISTRATOR, Wish("36.02", "waspada", frozenset(Channel))), "awas", "", Reason.NO_DUTY),
        (candidate(None, Wish("36.02", "waspada", frozenset(Channel))), "awas", "", Reason.NO_DUTY),
        (
            candidate(Role.DISTRICT_OFFICER, Wish("36.02", "waspada", frozenset({Channel.EMAIL}))),
            "waspada",
            "E",
            Reason.CHANNEL_OFF,
        ),
        (candidate(Role.DISTRICT_OFFICER, Wish("36.03", "awas", frozenset())), "siaga", "SE", Reason.ON_DUTY),
    ],
)
def test_choices_and_what_bounds_them(who, level, told_on, reason):
    decisions = decide_for(who, PLACE, level, NOW, EVERY_ROLE)
    assert told(who, level) == told_on
    assert reason is None or reason in {decision.reason for decision in decisions}


def test_the_choice_for_the_smaller_area_counts():
    wide = Wish("36.02", "waspada", frozenset(Channel))
    near = Wish(PLACE, "awas", frozenset({Channel.SCREEN}))
    assert told(candidate(Role.DISTRICT_OFFICER, wide, near), "siaga") == ""
    assert told(candidate(Role.DISTRICT_OFFICER, wide, near), "awas") == "S"


areas = st.sampled_from([NATION, "36", "36.02", PLACE, "36.02-G2", "31"])
duties = st.lists(st.builds(Held, st.sampled_from(Role), areas, st.just(NOW - 1)), max_size=3).map(tuple)
wishes = st.lists(
    st.builds(
        Wish, areas, st.sampled_from(list(RANK)), st.frozensets(st.sampled_from([Channel.SCREEN, Channel.EMAIL]))
    ),
    max_size=3,
).map(tuple)


@given(duties, wishes, st.sampled_from(list(RANK)), st.booleans(), st.sets(st.sampled_from(TIERS)))
def test_nobody_is_told_of_what_they_may_not_see(held, asked, level, mail, tiers):
    who = Candidate("p1", held, asked, mail)
    decisions = decide_for(who, PLACE, level, NOW, roles_of(tiers))
    if not allows(held, Permission.VIEW_WARNING, PLACE, NOW):
        assert not any(decision.told for decision in decisions)
    channels = [decision.channel for decision in decisions]
    assert len(channels) == len(set(channels))


@given(duties, st.sampled_from(["waspada", "siaga"]))
def test_a_higher_level_never_tells_fewer(held, level):
    who = Candidate("p1", held, (), True)
    assert set(told(who, level)) <= set(told(who, {"waspada": "siaga", "siaga": "awas"}[level]))
