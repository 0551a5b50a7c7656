"""The table of roles, and the question over it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.access.policy import (
    DEVICE_REACH,
    GRANTS,
    NATION,
    STATIONED,
    Denied,
    Held,
    Permission,
    Role,
    Tier,
    Verdict,
    allows,
    areas_with,
    covers,
    require_allowed,
    tier_of,
    verdict,
)

NOW = 1_707_800_000_000

# who may what: W watcher, F field supervisor, D district, P province, N national, X partner, A administrator
TABLE = {
    Permission.VIEW_REGION: "F D P N X",
    Permission.VIEW_SITE: "W F D P N",
    Permission.VIEW_WARNING: "W F D P N X",
    Permission.VIEW_PERSONAL: "W F D P N",
    Permission.VIEW_LEDGER: "F D P N",
    Permission.VIEW_RULES: "W F D P N X A",
    Permission.RECORD_AT_SITE: "W F D",
    Permission.PLAN_SHIFTS: "D P N",
    Permission.ANNOUNCE_CONSIGNMENT: "D P N",
    Permission.MANAGE_ACCESS_LIST: "D P N",
    Permission.MANAGE_SITE: "D P N",
    Permission.ANSWER_WARNING: "W F D P N",
    Permission.HANDLE_WARNING: "F D P N",
    Permission.SET_THRESHOLD: "P N",
    Permission.ERASE_PERSONAL: "P N",
    Permission.EXPORT: "D P N",
    Permission.MANAGE_PEOPLE: "A",
    Permission.MANAGE_DEVICES: "A",
    Permission.MANAGE_CHANNELS: "A",
}
LETTERS = {
    "W": Role.WATCHER,
    "F": Role.FIELD_SUPERVISOR,
    "D": Role.DISTRICT_OFFICER,
    "P": Role.PROVINCE_OFFICER,
    "N": Role.NATIONAL_OFFICER,
    "X": Role.PARTNER,
    "A": Role.ADMINISTRATOR,
}


def test_every_permission_stands_in_the_table():
    assert set(TABLE) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_what_each_role_may(role, permission):
    expected = role in {LETTERS[letter] for letter in TABLE[permission].split()}
    assert (permission in GRANTS[role]) is expected
    duties = [Held(role, "36.02-G1", NOW)]
    assert allows(duties, permission, "36.02-G1", NOW) is expected
    wanted = Verdict.ALLOWED if expected else Verdict.FORBIDDEN
    assert verdict(duties, permission, "36.02-G1", NOW) is wanted
    assert verdict(duties, permission, "36.02-G2", NOW) is Verdict.OUTSIDE


@pytest.mark.parametrize(
    ("area", "place", "covered"),
    [
        ("36.02", "36.02", True),
        ("36.02", "36.02-G1", True),
        ("36.02", "36.02.05", True),
        ("36.02", "36.02.05-G1", True),
        ("36.02", "36.02.05.2001", True),
        ("36", "36.02-G1", True),
        (NATION, "36.02-G1", True),
        (NATION, NATION, True),
        ("36.02-G1", "36.02-G1", True),
        ("36.02-G1", "36.02-G11", False),
        ("36.02-G1", "36.02", False),
        ("36.02.05", "36.02", False),
        ("36.02.05", "36.02-G1", False),
        ("36.02", "36.020", False),
        ("36.02", "36.03-G1", False),
        ("36", "3", False),
        ("36", NATION, False),
        ("36.02", "", False),
    ],
)
def test_which_places_an_area_covers(area, place, covered):
    assert covers(area, place) is covered


@pytest.mark.parametrize(
    ("area", "tier"),
    [
        (NATION, Tier.NATION),
        ("36", Tier.PROVINCE),
        ("36.02", Tier.DISTRICT),
        ("36.02.05", Tier.SUBDISTRICT),
        ("36.02.05.2001", Tier.VILLAGE),
        ("36.02-G1", Tier.SITE),
        ("36.02.05-G12", Tier.SITE),
    ],
)
def test_the_tier_of_an_area(area, tier):
    assert tier_of(area) is tier


@pytest.mark.parametrize(
    "area", ["", "3", "36.2", "36.02.", "36-", "36.02-g1", "id", "36.02-G1 ", "36.02\n", "٣٦", "%"]
)
def test_what_is_no_area(area):
    with pytest.raises(ValueError, match="area code"):
        tier_of(area)


@pytest.mark.parametrize(
    ("from_at", "until_at", "holds"),
    [
        (NOW, None, True),
        (NOW - 1, NOW + 1, True),
        (NOW - 1, NOW, False),
        (NOW + 1, None, False),
        (NOW, NOW, False),
    ],
)
def test_a_duty_holds_from_its_begin_up_to_its_end(from_at, until_at, holds):
    duty = Held(Role.DISTRICT_OFFICER, "36.02", from_at, until_at)
    assert duty.holds(NOW) is holds
    assert allows([duty], Permission.VIEW_SITE, "36.02-G1", NOW) is holds


def test_anywhere_asks_for_any_duty_that_grants_it():
    watcher = [Held(Role.WATCHER, "36.02-G1", NOW)]
    assert verdict(watcher, Permission.VIEW_RULES, None, NOW) is Verdict.ALLOWED
    assert verdict(watcher, Permission.MANAGE_PEOPLE, None, NOW) is Verdict.FORBIDDEN
    assert verdict([], Permission.VIEW_RULES, None, NOW) is Verdict.FORBIDDEN


def test_two_duties_add_up_but_dont_mix():
    duties = [Held(Role.WATCHER, "36.02-G1", NOW), Held(Role.DISTRICT_OFFICER, "36.03", NOW)]
    assert allows(duties, Permission.PLAN_SHIFTS, "36.03-G1", NOW)
    assert verdict(duties, Permission.PLAN_SHIFTS, "36.02-G1", NOW) is Verdict.FORBIDDEN


@pytest.mark.parametrize(("place", "outside"), [("36.02-G1", False), ("36.03-G1", True)])
def test_the_gate_raises(place, outside):
    with pytest.raises(Denied) as denied:
        require_allowed([Held(Role.WATCHER, "36.02-G1", NOW)], Permission.EXPORT, place, NOW)
    assert denied.value.outside is outside


def test_areas_with_a_permission_leave_out_what_lies_in_a_wider_one():
    duties = [
        Held(Role.DISTRICT_OFFICER, "36.02", NOW),
        Held(Role.WATCHER, "36.02-G1", NOW),
        Held(Role.WATCHER, "36.04-G1", NOW),
        Held(Role.PARTNER, "36.07", NOW),
        Held(Role.DISTRICT_OFFICER, "36.05", NOW - 9, NOW),
    ]
    assert areas_with(duties, Permission.VIEW_SITE, NOW) == ("36.02", "36.04-G1")


def test_a_token_opens_neither_vault_nor_accounts_nor_rules():
    closed = {Permission.VIEW_PERSONAL, Permission.MANAGE_PEOPLE, Permission.SET_THRESHOLD, Permission.EXPORT}
    assert not closed & DEVICE_REACH


def test_upper_tiers_never_write_in_a_warehouses_log():
    for role in (Role.PROVINCE_OFFICER, Role.NATIONAL_OFFICER, Role.PARTNER, Role.ADMINISTRATOR):
        assert Permission.RECORD_AT_SITE not in GRANTS[role]


areas = st.sampled_from([NATION, "36", "36.02", "36.02.05", "36.02.05.2001", "36.02-G1", "36.02.05-G1", "31", "31.74"])
held = st.builds(
    Held, st.sampled_from(Role), areas, st.integers(NOW - 9, NOW + 9), st.none() | st.integers(NOW - 9, NOW + 9)
)


@given(st.lists(held, max_size=4), st.sampled_from(Permission), areas)
def test_nothing_is_granted_that_no_single_duty_grants(duties, permission, place):
    one_by_one = any(
        duty.holds(NOW) and covers(duty.area, place) and permission in GRANTS[duty.role] for duty in duties
    )
    assert allows(duties, permission, place, NOW) is one_by_one


@given(areas, areas, areas)
def test_covering_is_an_order(one, two, three):
    assert covers(one, one)
    if covers(one, two) and covers(two, three):
        assert covers(one, three)
    if covers(one, two) and covers(two, one):
        assert one == two


def test_every_role_can_be_held_somewhere():
    assert set(STATIONED) == set(GRANTS) == set(Role)
    assert all(STATIONED.values())
