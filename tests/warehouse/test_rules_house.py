"""Scenarios of the rules on rounds, the building and captures: what fires, and what must not."""

import pytest

from awas.warehouse.rules.building import CCTV_DOWN, INCIDENT, KEY_OUT, OTHER_USE, POWER_CUT, THREATENED, UNFIT
from awas.warehouse.rules.captures import AWAY, CLOCK, IMPORTED
from awas.warehouse.rules.rounds import DARK, ROUND_FINDING, ROUND_MISSED, SKIPPED, TOO_FEW_GUARDS
from tests.score import PLACE, Score, at, warning

OTHER = "36.02-G2"
PLAN = ("gerbang", "pintu", "belakang")

# -- rounds ------------------------------------------------------------------------------------------------------------


def test_a_round_missed():
    score = Score(ROUND_MISSED)
    score.at("00:00").walks()
    score.want(at("02:00"), warning("WAR-27", "waspada"))
    score.at("02:40").walks()
    score.ends("04:00")
    assert score.cleared("WAR-27") == ["round_done"]


def test_no_round_all_night_rises():
    score = Score(ROUND_MISSED)
    score.at("00:00").walks()
    score.want(at("02:00"), warning("WAR-27"))
    score.ends("06:00")
    assert [one.level for one in score.judge.warnings.values()] == ["siaga"]


def test_a_site_where_no_round_was_ever_made():
    score = Score(ROUND_MISSED)
    score.at("05:00").sets_rules(checkpoints=PLAN)
    score.at("07:00").on_duty().cctv(8)
    score.want(at("09:00"), warning("WAR-27"))
    score.ends("10:00")


def test_a_planned_round_is_due_only_once_somebody_watches():
    score = Score(ROUND_MISSED)
    score.at("05:00").sets_rules(checkpoints=PLAN)
    score.ends("+3 00:00")


def test_rounds_every_hour():
    score = Score(ROUND_MISSED)
    for hour in range(24):
        score.at(f"{hour:02}:{hour % 50:02}").walks()
    score.ends("+1 00:00")


def test_an_old_round_told_late_doesnt_count_as_new():
    score = Score(ROUND_MISSED)
    score.at("06:00").walks()
    score.at("03:00", told="07:30").walks()
    score.want(at("08:00"), warning("WAR-27"))
    score.ends("08:30")


def test_a_checkpoint_skipped():
    score = Score(SKIPPED)
    score.at("00:00").sets_rules(checkpoints=PLAN)
    score.at("01:00").walks("gerbang", "pintu")
    score.want(at("01:00"), warning("WAR-28", "waspada"))
    score.at("02:00").walks(*PLAN)
    score.ends("03:00")
    assert score.cleared("WAR-28") == ["round_done"]


def test_a_whole_round():
    score = Score(SKIPPED)
    score.at("00:00").sets_rules(checkpoints=PLAN)
    score.at("01:00").scans("r1", "gerbang").scans("r1", "pintu").scans("r1", "belakang")
    score.at("01:10").walks(*PLAN)
    score.ends("03:00")


@pytest.mark.parametrize(
    ("finding", "level"),
    [("smell_of_smoke", "awas"), ("door_open", "siaga"), ("guard_asleep", "waspada"), ("light_out", None)],
)
def test_what_a_round_finds(finding: str, level: str | None):
    score = Score(ROUND_FINDING)
    score.at("01:00").scans("r1", "pintu", finding)
    if level:
        score.want(at("01:00"), warning("WAR-29", level, finding))
    score.ends("02:00")


def test_a_finding_stays_until_a_round_finds_it_gone():
    score = Score(ROUND_FINDING)
    score.at("01:00").walks(findings=("door_open",))
    score.want(at("01:00"), warning("WAR-29"))
    score.at("02:00").walks(findings=("door_open", "noise"))
    score.at("03:00").walks()
    score.ends("04:00")
    assert score.cleared("WAR-29") == ["checked"]


@pytest.mark.parametrize(
    ("seen", "level"),
    [
        ({"kpu": 1, "police": 2}, None),
        ({"kpu": 1, "police": 1}, "siaga"),
        ({"kpu": 3, "asleep": 1}, "siaga"),
        ({}, "awas"),
    ],
)
def test_guards_seen_at_their_posts(seen: dict[str, int], level: str | None):
    score = Score(TOO_FEW_GUARDS)
    score.at("00:00").sets_rules(guards_wanted=3)
    score.at("01:00").guards(**seen)
    if level:
        score.want(at("01:00"), warning("WAR-30", level))
    score.at("02:00").guards(kpu=3)
    score.ends("03:00")
    assert score.cleared("WAR-30") == (["on_duty"] if level else [])


@pytest.mark.parametrize(("last", "fires_at"), [("10:00", "12:00"), ("02:00", "04:30"), ("17:59", "19:59")])
def test_a_dark_site(last: str, fires_at: str):
    """Two hours by day, two and a half by night."""
    score = Score(DARK)
    score.at(last).walks()
    score.want(at(fires_at), warning("WAR-31", "siaga"))
    score.ends("+1 10:00")
    assert [one.level for one in score.judge.warnings.values()] == ["awas"], "it rises while it lasts"


def test_light_again():
    score = Score(DARK)
    score.at("10:00").walks()
    score.want(at("12:00"), warning("WAR-31"))
    score.at("12:30").enters("a")
    score.ends("14:00")
    assert score.cleared("WAR-31") == ["entry_seen"]


def test_any_entry_is_light():
    score = Score(DARK)
    score.at("08:00").on_duty()
    score.at("09:30").enters("a")
    score.at("11:00").leaves("a")
    score.at("12:30").cctv(8)
    score.at("14:00").checks_seal("S1")
    score.at("15:40").offers("h1")
    score.at("16:20").walks()
    score.ends("18:00")


def test_what_a_desk_or_another_place_writes_is_no_light():
    score = Score(DARK, places=(PLACE, OTHER))
    score.at("10:00").walks()
    score.at("11:00").sets_rules(guards_wanted=1).grants(role="police").plans("s1", "15:00-23:00")
    score.at("11:30", place=OTHER).announces("k1", "", direction="out", to_place=PLACE, order_number="SP/1")
    score.want(at("12:00"), warning("WAR-31"))
    score.ends("13:00")


def test_a_warning_resolved_in_the_dark_comes_back():
    score = Score(DARK)
    score.at("10:00").walks()
    score.want(at("12:00"), warning("WAR-31"))
    score.resolves("WAR-31", "12:30")
    score.want(at("14:00"), warning("WAR-31"))
    score.ends("15:00")


def test_a_site_nobody_has_begun_to_watch_isnt_dark():
    score = Score(DARK)
    score.at("08:00").sets_rules(guards_wanted=1).plans("s1", "15:00-23:00")
    score.ends("+2 00:00")


# -- the building ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("working", "recording", "level"), [(8, True, None), (7, True, "waspada"), (8, False, "siaga"), (0, True, "siaga")]
)
def test_cameras(working: int, recording: bool, level: str | None):
    score = Score(CCTV_DOWN)
    score.at("01:00").cctv(working, recording=recording)
    if level:
        score.want(at("01:00"), warning("WAR-32", level))
    score.at("02:00").cctv(8)
    score.ends("03:00")
    assert score.cleared("WAR-32") == (["working_again"] if level else [])


def test_fewer_cameras_than_the_site_should_have():
    score = Score(CCTV_DOWN)
    score.at("00:00").sets_rules(cameras_wanted=10)
    score.at("01:00").cctv(8)
    score.want(at("01:00"), warning("WAR-32", "waspada"))
    score.ends("03:00")


def test_a_key_that_stays_out():
    score = Score(KEY_OUT)
    score.at("07:00").takes_key("gudang")
    score.want(at("19:00"), warning("WAR-33", "waspada"))
    score.at("20:00").returns_key("gudang")
    score.ends("23:00")
    assert score.cleared("WAR-33") == ["returned"]


def test_a_key_that_comes_back():
    score = Score(KEY_OUT)
    score.at("07:00").takes_key("gudang")
    score.at("17:00").returns_key("gudang")
    score.ends("+1 23:00")


@pytest.mark.parametrize(
    ("condition", "severity", "ballots", "level"),
    [
        ("flood", "high", True, "awas"),
        ("flood", "high", False, "siaga"),
        ("fire", "low", True, "awas"),
        ("leak", "high", True, "siaga"),
        ("leak", "critical", True, "awas"),
        ("leak", "low", False, "waspada"),
        ("pests", "low", False, "waspada"),
    ],
)
def test_water_and_fire(condition: str, severity: str, ballots: bool, level: str):
    """Lebak, 28 January 2024: the corridor was flooded, 85 ballots got wet."""
    score = Score(THREATENED, POWER_CUT)
    if ballots:
        score.at("15:00").has_stock()
    score.at("17:00").condition("c1", condition, severity, spot="Lorong")
    score.want(at("17:00"), warning("WAR-34", level))
    score.at("19:00").condition_ends("c1")
    score.ends("23:00")
    assert score.cleared("WAR-34") == ["repaired"]


def test_a_leak_that_grows():
    score = Score(THREATENED)
    score.at("15:00").has_stock()
    score.at("17:00").condition("c1", "leak", "low")
    score.want(at("17:00"), warning("WAR-34", "siaga"))
    score.at("18:00").condition("c1", "leak", "critical")
    score.ends("23:00")
    assert [one.level for one in score.judge.warnings.values()] == ["awas"]


def test_a_report_made_by_mistake():
    score = Score(THREATENED)
    score.at("17:00").condition("c1", "leak")
    score.want(at("17:00"), warning("WAR-34"))
    score.at("17:05").voids("round.condition_reported@1", f"{PLACE}/c1")
    score.ends("23:00")
    assert score.cleared("WAR-34") == ["corrected"]


def test_a_power_cut_that_lasts():
    score = Score(POWER_CUT, THREATENED)
    score.at("17:00").condition("c1", "power_cut", "low")
    score.want(at("17:30"), warning("WAR-35", "waspada"))
    score.at("18:00").condition_ends("c1")
    score.ends("23:00")
    assert score.cleared("WAR-35") == ["repaired"]


def test_a_short_power_cut():
    score = Score(POWER_CUT, THREATENED)
    score.at("17:00").condition("c1", "power_cut", "low")
    score.at("17:20").condition_ends("c1")
    score.ends("23:00")


@pytest.mark.parametrize(("ballots", "level"), [(True, "awas"), (False, "siaga")])
def test_badminton_in_the_warehouse(ballots: bool, level: str):
    """Karawang, 2024."""
    score = Score(OTHER_USE)
    if ballots:
        score.at("15:00").has_stock()
    score.at("19:00").used_for("sport")
    score.want(at("19:00"), warning("WAR-36", level))
    score.at("20:00").use_ends("sport")
    score.ends("23:00")
    assert len(score.cleared("WAR-36")) == 1


def test_an_unfit_warehouse():
    score = Score(UNFIT)
    score.at("09:00").fitness("FIT-04", "FIT-18")
    score.want(at("09:00"), warning("WAR-37", "waspada"))
    score.at("10:00").has_stock()
    score.at("11:00").fitness("FIT-04")
    score.at("15:00").fitness()
    score.ends("23:00")
    (one,) = score.judge.warnings.values()
    assert (one.level, one.state) == ("siaga", "cleared"), "a leaking roof over ballots is more than a bad mark"


def test_a_fit_warehouse():
    score = Score(UNFIT)
    score.at("09:00").fitness()
    score.ends("23:00")


@pytest.mark.parametrize(
    ("incident", "severity", "level"),
    [
        ("theft", "low", "siaga"),
        ("protest", "low", "waspada"),
        ("damage", "high", "siaga"),
        ("fire", "critical", "awas"),
    ],
)
def test_an_incident(incident: str, severity: str, level: str):
    score = Score(INCIDENT)
    score.at("09:00").incident("i1", incident, severity)
    score.want(at("09:00"), warning("WAR-38", level))
    score.at("12:00").incident_closed("i1")
    score.ends("23:00")
    assert score.cleared("WAR-38") == ["incident_closed"]


# -- captures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "capture", "wanted"),
    [
        (CLOCK, {"clock_skew_ms": 9 * 60_000}, None),
        (CLOCK, {"clock_skew_ms": -11 * 60_000}, warning("WAR-39", "waspada", "d1")),
        (AWAY, {"distance_m": 400}, None),
        (AWAY, {"distance_m": 900, "accuracy_m": 500}, None),
        (AWAY, {"distance_m": 900, "accuracy_m": 20}, warning("WAR-40", "waspada", "d1")),
        (IMPORTED, {"imported_photo": True}, warning("WAR-41", "waspada", "d1")),
        (IMPORTED, {"simulated_location": True}, warning("WAR-41", "waspada", "d1")),
        (IMPORTED, {"distance_m": 190}, None),
    ],
)
def test_how_an_entry_was_made(rule, capture, wanted):
    """Flagged, never refused; one warning for a device, however many entries it makes."""
    score = Score(rule)
    score.at("09:00").captured(**capture).enters("a").enters("b")
    score.at("09:10").enters("c")
    if wanted:
        score.want(at("09:00"), wanted)
    score.ends("12:00")


def test_a_future_time_is_a_skewed_clock():
    score = Score(CLOCK)
    score.at("12:00", told="09:00").enters("a")
    score.want(at("09:00"), warning("WAR-39"))
    score.ends("12:00")
