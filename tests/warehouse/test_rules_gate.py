"""Scenarios of the rules on deliveries, people and stays: what fires, and what must not."""

import pytest

from awas.warehouse.rules.deliveries import (
    NO_POLICE_ESCORT,
    NOT_ARRIVED,
    UNANNOUNCED,
    UNATTENDED,
    UNCOUNTED,
    WRONG_PLACE,
)
from awas.warehouse.rules.people import ALONE, OFF_THE_LIST, OUT_OF_HOURS, TWO_PLACES, WATCHLISTED
from awas.warehouse.rules.stays import CROWD, NEVER_LEFT, OVERSTAY, REFUSED_AGAIN
from tests.score import BOXES, PLACE, Score, at, between, clock, counted, warning

OTHER = "36.02-G2"
FAR = "36.04-G1"

# -- deliveries --------------------------------------------------------------------------------------------------------


def test_a_truck_nobody_announced():
    score = Score(UNANNOUNCED)
    score.at("02:10").vehicle_arrives("A 8213 KX")
    score.want(between("02:10", "02:11"), warning("WAR-01", "siaga"))
    score.ends("06:00")


def test_an_announced_truck():
    score = Score(UNANNOUNCED)
    score.at("08:00").announces("k1", "09:00-11:00")
    score.at("10:00").vehicle_arrives("A 8213 KX", bringing="k1").receives("k1")
    score.ends("23:00")


@pytest.mark.parametrize("purpose", ["collect", "service", "official", "park"])
def test_who_brings_nothing_needs_no_announcement(purpose):
    score = Score(UNANNOUNCED)
    score.at("10:00").vehicle_arrives("A 1 B", purpose=purpose)
    score.ends("12:00")


def test_goods_counted_in_that_nobody_announced():
    score = Score(UNANNOUNCED)
    score.at("10:00").receives("k1", counted(BOXES), unannounced=True, supplier="CV Contoh")
    score.want(at("10:00"), warning("WAR-01"))
    score.ends("12:00")


def test_the_same_delivery_is_one_warning():
    """The truck and its load are one unannounced delivery."""
    score = Score(UNANNOUNCED)
    score.at("10:00").vehicle_arrives("A 1 B")
    score.at("11:00").receives("k1", unannounced=True, vehicle_id=f"{PLACE}/t-A1B")
    score.want(at("10:00"), warning("WAR-01"))
    score.ends("12:00")


def test_a_delivery_that_doesnt_come():
    score = Score(NOT_ARRIVED)
    score.at("06:00").announces("k1", "08:00-10:00", delivery_letter="SJ/7")
    score.want(at("11:00"), warning("WAR-02", "waspada"))
    score.ends("21:00")


def test_a_delivery_that_never_comes_rises():
    score = Score(NOT_ARRIVED)
    score.at("06:00").announces("k1", "08:00-10:00")
    score.want(at("11:00"), warning("WAR-02"))
    score.ends("+1 06:00")
    assert [one.level for one in score.judge.warnings.values()] == ["siaga"]


@pytest.mark.parametrize("comes", ["09:00", "10:59"])
def test_a_delivery_in_time(comes):
    score = Score(NOT_ARRIVED)
    score.at("06:00").announces("k1", "08:00-10:00")
    score.at(comes).vehicle_arrives("A 1 B", bringing="k1")
    score.ends("23:00")


def test_a_late_delivery_ends_its_warning():
    score = Score(NOT_ARRIVED)
    score.at("06:00").announces("k1", "08:00-10:00")
    score.at("13:00").vehicle_arrives("A 1 B", bringing="k1")
    score.want(at("11:00"), warning("WAR-02"))
    score.ends("23:00")
    assert score.cleared("WAR-02") == ["arrived"]


@pytest.mark.parametrize("act", ["cancels", "moves", "counts in"])
def test_a_delivery_called_off_or_postponed_or_counted(act):
    score = Score(NOT_ARRIVED)
    score.at("06:00").announces("k1", "08:00-10:00")
    moment = score.at("07:00")
    if act == "cancels":
        moment.cancels("k1")
    elif act == "moves":
        moment.moves_window("k1", "12:00-14:00")
        score.want(at("15:00"), warning("WAR-02"))
    else:
        moment.receives("k1")
    score.ends("20:00")


def test_what_goes_out_isnt_waited_for_here_but_where_it_is_expected():
    score = Score(NOT_ARRIVED, places=(PLACE, OTHER))
    score.at("06:00").announces("k1", "08:00-10:00", direction="out", to_place=OTHER, order_number="SP/1")
    score.want(at("11:00"), warning("WAR-02"))
    score.ends("20:00")
    assert {one.place for one in score.judge.warnings.values()} == {OTHER}


def test_a_truck_at_the_wrong_warehouse():
    score = Score(WRONG_PLACE, UNANNOUNCED, places=(PLACE, OTHER))
    score.at("06:00").announces("k1", "08:00-10:00")
    score.at("09:00", place=OTHER).vehicle_arrives("A 1 B", bringing=f"{PLACE}/k1")
    score.want(at("09:00"), warning("WAR-03", "siaga"))
    score.at("09:30", place=OTHER).vehicle_leaves("A 1 B")
    score.ends("12:00")
    assert score.cleared("WAR-03") == ["left"]


def test_goods_counted_in_at_the_wrong_warehouse():
    score = Score(WRONG_PLACE, places=(PLACE, OTHER))
    score.at("06:00").announces("k1", "08:00-10:00")
    score.at("09:00", place=OTHER).receives("k1", consignment_id=f"{PLACE}/k1")
    score.want(at("09:00"), warning("WAR-03", "awas"))
    score.ends("12:00")


def test_a_truck_at_the_right_warehouse():
    score = Score(WRONG_PLACE)
    score.at("06:00").announces("k1", "08:00-10:00")
    score.at("09:00").vehicle_arrives("A 1 B", bringing="k1").receives("k1")
    score.ends("12:00")


@pytest.mark.parametrize(
    ("escort", "level"), [("none", "siaga"), ("kpu", "waspada"), ("satpol_pp", "waspada"), ("police", None)]
)
def test_ballots_on_the_road_want_the_police(escort, level):
    score = Score(NO_POLICE_ESCORT)
    score.at("06:00").announces("k1", "08:00-10:00")
    score.at("09:00").vehicle_arrives("A 1 B", bringing="k1", escort=escort)
    if level:
        score.want(at("09:00"), warning("WAR-04", level))
    score.ends("12:00")


def test_announced_boxes_may_come_alone():
    score = Score(NO_POLICE_ESCORT)
    score.at("06:00").announces("k1", "08:00-10:00", BOXES)
    score.at("09:00").vehicle_arrives("A 1 B", bringing="k1")
    score.ends("12:00")


def test_nobody_knows_what_an_unannounced_truck_carries():
    score = Score(NO_POLICE_ESCORT)
    score.at("09:00").vehicle_arrives("A 1 B")
    score.want(at("09:00"), warning("WAR-04"))
    score.ends("12:00")


def test_ballots_sent_out_without_police():
    score = Score(NO_POLICE_ESCORT)
    score.at("06:00").has_stock()
    score.at("09:00").vehicle_arrives("A 1 B", purpose="collect")
    score.at("10:00").releases("o1", unannounced=True, vehicle_id=f"{PLACE}/t-A1B")
    score.want(at("10:00"), warning("WAR-04", "siaga"))
    score.ends("12:00")


def test_a_truck_left_alone():
    score = Score(UNATTENDED)
    score.at("09:00").vehicle_arrives("A 1 B")
    score.at("09:05").vehicle_unattended("A 1 B")
    score.want(at("09:20"), warning("WAR-05", "siaga"))
    score.at("10:00").vehicle_attended("A 1 B")
    score.ends("12:00")
    assert score.cleared("WAR-05") == ["attended"]


def test_a_loaded_truck_left_alone_since_earlier():
    score = Score(UNATTENDED)
    score.at("09:00").vehicle_arrives("A 1 B")
    score.at("09:10").vehicle_unattended("A 1 B", loaded=True, since_at=clock("09:02"))
    score.want(at("09:17"), warning("WAR-05", "awas"))
    score.ends("12:00")


@pytest.mark.parametrize("act", ["attended", "leaves"])
def test_a_truck_alone_for_a_moment(act):
    score = Score(UNATTENDED)
    score.at("09:00").vehicle_arrives("A 1 B")
    score.at("09:05").vehicle_unattended("A 1 B")
    moment = score.at("09:15")
    moment.vehicle_attended("A 1 B") if act == "attended" else moment.vehicle_leaves("A 1 B")
    score.ends("12:00")


def test_a_load_that_waits():
    score = Score(UNCOUNTED)
    score.at("06:00").announces("k1", "08:00-10:00")
    score.at("09:00").vehicle_arrives("A 1 B", bringing="k1")
    score.want(at("13:00"), warning("WAR-06", "waspada"))
    score.at("14:00").receives("k1", vehicle_id=f"{PLACE}/t-A1B")
    score.ends("20:00")
    assert score.cleared("WAR-06") == ["counted"]


def test_a_load_counted_soon():
    score = Score(UNCOUNTED)
    score.at("06:00").announces("k1", "08:00-10:00")
    score.at("09:00").vehicle_arrives("A 1 B", bringing="k1")
    score.at("10:00").receives("k1", vehicle_id=f"{PLACE}/t-A1B")
    score.ends("20:00")


# -- people ------------------------------------------------------------------------------------------------------------


def test_off_the_list():
    score = Score(OFF_THE_LIST)
    score.at("07:00").sets_rules(access_list_in_force=True).grants(role="kpu_staff").grants(who="tamu")
    score.at("08:00").enters("staf").enters("tamu", role="guest").enters("pengawas", role="watcher")
    score.at("09:00").enters("asing", role="guest")
    score.want(at("09:00"), warning("WAR-07", "siaga"))
    score.at("09:30").leaves("asing")
    score.ends("12:00")
    assert score.cleared("WAR-07") == ["left"]


def test_no_list_nobody_is_off_it():
    score = Score(OFF_THE_LIST)
    score.at("09:00").enters("asing", role="guest")
    score.ends("12:00")


def test_the_permission_ends_while_inside():
    score = Score(OFF_THE_LIST)
    score.at("07:00").sets_rules(access_list_in_force=True).grants(who="tamu")
    score.at("08:00").enters("tamu", role="guest")
    score.at("09:00").revokes("tamu")
    score.want(at("09:00"), warning("WAR-07"))
    score.ends("12:00")


@pytest.mark.parametrize(
    ("hour", "role", "purpose", "fires"),
    [
        ("02:10", "technician", "maintenance", True),
        ("22:00", "kpu_staff", "duty", True),
        ("04:59", "official", "visit", True),
        ("05:00", "kpu_staff", "duty", False),
        ("21:59", "kpu_staff", "duty", False),
        ("02:10", "police", "duty", False),
        ("02:10", "guard", "duty", False),
        ("02:10", "watcher", "supervision", False),
        ("02:10", "driver", "delivery", False),
        ("02:10", "driver", "visit", True),
    ],
)
def test_entry_by_night(hour, role, purpose, fires):
    score = Score(OUT_OF_HOURS)
    score.at(hour).enters("a", role=role, purpose=purpose)
    if fires:
        score.want(at(hour), warning("WAR-08", "siaga"))
    score.ends("+1 12:00")


@pytest.mark.parametrize(("hour", "fires"), [("06:30", True), ("08:00", False), ("17:00", True)])
def test_a_site_with_hours_of_its_own(hour, fires):
    score = Score(OUT_OF_HOURS)
    score.at("00:00").sets_rules(opens_minute=7 * 60, closes_minute=16 * 60)
    score.at(hour).enters("a")
    if fires:
        score.want(at(hour), warning("WAR-08"))
    score.ends("23:00")


def test_an_offline_entry_is_judged_by_its_own_hour():
    score = Score(OUT_OF_HOURS)
    score.at("02:10", told="09:00").enters("a", role="technician")
    score.want(at("09:00"), warning("WAR-08"))
    score.ends("12:00")


def test_alone_with_ballots():
    score = Score(ALONE)
    score.at("07:00").has_stock()
    score.at("08:00").enters("a", role="sorter")
    score.want(at("08:05"), warning("WAR-09", "siaga"))
    score.at("08:20").enters("b", role="sorter")
    score.ends("09:00")
    assert score.cleared("WAR-09") == ["someone_joined"]


def test_left_behind_alone_with_ballots():
    score = Score(ALONE)
    score.at("07:00").has_stock()
    score.at("08:00").enters("a", role="sorter").enters("b", role="sorter")
    score.at("09:00").leaves("b")
    score.want(at("09:05"), warning("WAR-09"))
    score.at("09:30").leaves("a")
    score.ends("10:00")
    assert score.cleared("WAR-09")[-1] == "left"


@pytest.mark.parametrize("why", ["no ballots", "a guard", "the watch is there", "for a moment"])
def test_alone_but_well(why):
    score = Score(ALONE)
    score.at("07:00").has_stock(100, item="box" if why == "no ballots" else "ballot")
    if why == "the watch is there":
        score.at("07:30").on_duty()
    score.at("08:00").enters("a", role="guard" if why == "a guard" else "sorter")
    if why == "for a moment":
        score.at("08:04").enters("b", role="sorter")
    score.ends("10:00")


def test_somebody_looked_out_for():
    score = Score(WATCHLISTED)
    score.at("07:00").watchlists("dicari")
    score.at("08:00").enters("lain", role="guest")
    score.at("08:30").refuses("dicari", reason="watchlisted")
    score.want(at("08:30"), warning("WAR-10", "siaga"))
    score.at("09:00").enters("dicari", role="guest")
    score.ends("12:00")
    assert [one.level for one in score.judge.warnings.values()] == ["awas"]


def test_put_on_the_watchlist_while_inside():
    score = Score(WATCHLISTED)
    score.at("08:00").enters("dicari", role="guest")
    score.at("09:00").watchlists("dicari")
    score.want(at("09:00"), warning("WAR-10", "awas"))
    score.at("10:00").leaves("dicari")
    score.ends("12:00")
    assert score.cleared("WAR-10") == ["left"]


def test_one_person_in_two_places():
    score = Score(TWO_PLACES, places=(PLACE, OTHER))
    score.at("08:00").enters("a")
    score.at("09:00", place=OTHER).enters("a")
    score.want(at("09:00"), warning("WAR-11", "siaga"))
    score.ends("12:00")


def test_in_again_without_having_gone():
    score = Score(TWO_PLACES)
    score.at("08:00").enters("a")
    score.at("13:00").enters("a", visit_id=f"{PLACE}/v-a2")
    score.want(at("13:00"), warning("WAR-11", "waspada"))
    score.ends("15:00")


def test_out_here_and_in_there():
    score = Score(TWO_PLACES, places=(PLACE, OTHER))
    score.at("08:00").enters("a")
    score.at("08:30").leaves("a")
    score.at("09:00", place=OTHER).enters("a")
    score.ends("12:00")


# -- stays -------------------------------------------------------------------------------------------------------------


def test_overstay_of_a_visit_with_an_end():
    score = Score(OVERSTAY)
    score.at("08:00").enters("a", role="guest", until_at=clock("10:00"))
    score.want(at("10:30"), warning("WAR-12", "waspada"))
    score.at("11:00").leaves("a")
    score.ends("20:00")
    assert score.cleared("WAR-12") == ["left"]


def test_overstay_of_a_visit_without_an_end():
    score = Score(OVERSTAY)
    score.at("08:00").enters("a")
    score.want(at("20:30"), warning("WAR-12"))
    score.ends("23:00")


@pytest.mark.parametrize("why", ["leaves", "extended", "police", "voided"])
def test_no_overstay(why):
    score = Score(OVERSTAY)
    score.at("08:00").enters("a", role="police" if why == "police" else "guest", until_at=clock("10:00"))
    moment = score.at("10:20")
    if why == "leaves":
        moment.leaves("a")
    elif why == "extended":
        moment.extends("a", "12:00")
        score.at("12:10").leaves("a")
    elif why == "voided":
        moment.voids("gate.person_entered@1", f"{PLACE}/v-a", related="36.02/a")
    score.ends("16:00")


def test_an_extension_ends_the_warning():
    score = Score(OVERSTAY)
    score.at("08:00").enters("a", role="guest", until_at=clock("10:00"))
    score.at("11:00").extends("a", "15:00")
    score.want(at("10:30"), warning("WAR-12"))
    score.ends("15:00")
    assert score.cleared("WAR-12") == ["extended"]


def test_a_whole_visit_told_late_by_a_phone_that_was_offline():
    score = Score(OVERSTAY)
    score.at("02:00", told="15:00:00").enters("a", role="guest", until_at=clock("04:00"))
    score.at("03:30", told="15:00:01").leaves("a")
    score.ends("20:00")


def test_still_inside_at_night():
    score = Score(NEVER_LEFT)
    score.at("08:00").enters("a").enters("b").enters("c")
    score.at("17:00").leaves("a")
    score.want(at("22:30"), warning("WAR-13", "siaga"))
    score.at("22:50").leaves("b")
    score.at("22:55").leaves("c")
    score.ends("+1 06:00")
    assert score.cleared("WAR-13") == ["left"]


def test_forgotten_for_days_is_one_warning():
    score = Score(NEVER_LEFT)
    score.at("08:00").enters("a")
    score.want(at("22:30"), warning("WAR-13"))
    score.ends("+4 06:00")


def test_resolved_too_early_it_comes_back():
    score = Score(NEVER_LEFT)
    score.at("08:00").enters("a")
    score.want(at("22:30"), warning("WAR-13"))
    score.resolves("WAR-13", "23:30")
    score.want(at("+1 22:30"), warning("WAR-13"))
    score.ends("+2 06:00")


def test_guards_stay_and_visitors_go():
    score = Score(NEVER_LEFT)
    score.at("08:00").enters("a").enters("jaga", role="guard")
    score.at("17:00").leaves("a")
    score.ends("+2 06:00")


def test_many_refusals_at_the_gate():
    score = Score(REFUSED_AGAIN)
    for minute in range(5):
        score.at(f"09:{minute:02}").refuses(f"orang{minute}")
    score.want(at("09:04"), warning("WAR-14", "siaga", "gate"))
    score.ends("12:00")


def test_the_same_person_again_and_again():
    score = Score(REFUSED_AGAIN)
    for hour in (9, 12, 17):
        score.at(f"{hour:02}:00").refuses("keras")
    score.want(at("17:00"), warning("WAR-14", key="36.02/keras"))
    score.ends("23:00")


def test_a_few_refusals_over_a_day():
    score = Score(REFUSED_AGAIN)
    for hour in range(8, 18):
        score.at(f"{hour:02}:00").refuses(f"orang{hour}")
    score.ends("23:00")


def test_crowd():
    score = Score(CROWD)
    score.at("07:00").sets_rules(people_limit=20)
    for number in range(21):
        score.at("08:00").enters(f"o{number}", role="ad_hoc_staff")
    score.want(at("08:00"), warning("WAR-15", "siaga"))
    score.at("09:00").leaves("o0").leaves("o1")
    assert not score.cleared("WAR-15"), "just below the limit isn't quiet yet"
    score.at("09:30").leaves("o2")
    score.ends("12:00")
    assert score.cleared("WAR-15") == ["fewer_inside"]


def test_a_full_house_within_the_limit():
    score = Score(CROWD)
    for number in range(150):
        score.at("08:00").enters(f"o{number}", role="sorter")
    score.ends("12:00")


def test_two_logs_dont_know_one_another():
    score = Score(TWO_PLACES, places=(PLACE, FAR))
    score.at("08:00").enters("a")
    score.at("09:00", place=FAR).enters("a")
    score.ends("10:00")
