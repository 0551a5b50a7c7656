"""Who is told of what, by duty and by choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.access.policy import NATION, Held, Permission, Role, allows
from awas.delivery.audience import AUDIENCE, RANK, Candidate, Channel, Reason, Wish, decide_for

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


def told(who: Candidate, level: str, *, unanswered: bool = False) -> str:
    """The channels told, as letters: S screen, E e-mail; empty when nobody is told anything."""
    decisions = decide_for(who, PLACE, level, NOW, unanswered=unanswered)
    return "".join(decision.channel.value[0].upper() for decision in decisions if decision.told)


@pytest.mark.parametrize(
    ("role", "waspada", "siaga", "awas"),
    [
        (Role.WATCHER, "S", "S", "SE"),
        (Role.FIELD_SUPERVISOR, "S", "SE", "SE"),
        (Role.DISTRICT_OFFICER, "S", "SE", "SE"),
        (Role.PROVINCE_OFFICER, "", "SE", "SE"),
        (Role.NATIONAL_OFFICER, "", "", "SE"),
        (Role.PARTNER, "", "", ""),
        (Role.ADMINISTRATOR, "", "", ""),
    ],
)
def test_what_each_role_is_told(role, waspada, siaga, awas):
    assert [told(candidate(role), level) for level in RANK] == [waspada, siaga, awas]


@pytest.mark.parametrize(
    ("role", "waspada", "siaga"),
    [(Role.PROVINCE_OFFICER, "S", "SE"), (Role.NATIONAL_OFFICER, "", "S"), (Role.DISTRICT_OFFICER, "S", "SE")],
)
def test_unanswered_one_tier_higher_is_told_too(role, waspada, siaga):
    assert [told(candidate(role), level, unanswered=True) for level in ("waspada", "siaga")] == [waspada, siaga]


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
    decisions = decide_for(who, PLACE, level, NOW, unanswered=False)
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


@given(duties, wishes, st.sampled_from(list(RANK)), st.booleans(), st.booleans())
def test_nobody_is_told_of_what_they_may_not_see(held, asked, level, mail, unanswered):
    who = Candidate("p1", held, asked, mail)
    decisions = decide_for(who, PLACE, level, NOW, unanswered=unanswered)
    if not allows(held, Permission.VIEW_WARNING, PLACE, NOW):
        assert not any(decision.told for decision in decisions)
    channels = [decision.channel for decision in decisions]
    assert len(channels) == len(set(channels))


@given(duties, st.sampled_from(["waspada", "siaga"]))
def test_a_higher_level_never_tells_fewer(held, level):
    next_level = {"waspada": "siaga", "siaga": "awas"}[level]
    assert AUDIENCE[level] < AUDIENCE[next_level]
    who = Candidate("p1", held, (), True)
    assert set(told(who, level)) <= set(told(who, next_level))
