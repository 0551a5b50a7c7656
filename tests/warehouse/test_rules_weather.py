"""Scenarios of the rules on alerts of others: what fires before the water, and what must not."""

import pytest

from awas.warehouse.rules.building import THREATENED
from awas.warehouse.rules.weather import RAIN_OVER_A_LEAK, STORM_OVER_BALLOTS
from tests.score import Score, at, warning

BOTH = (RAIN_OVER_A_LEAK, STORM_OVER_BALLOTS)


def test_rain_over_a_roof_that_leaked_before_the_water():
    """Lebak, 28 January 2024: rain at five, 85 ballots wet. The roof was known, the rain was forecast."""
    score = Score(*BOTH, THREATENED)
    score.at("08:00").has_stock()
    score.at("09:00").condition("c1", "leak", "low")
    score.want(at("09:00"), warning("WAR-34"))
    score.at("10:00").condition_ends("c1")
    score.at("14:00").alert("a1", "rain", until="21:00", onset="16:30")
    score.want(at("14:00"), warning("WAR-42", "siaga"))
    score.ends("23:00")
    assert score.cleared("WAR-42") == ["alert_over"]
    assert "BMKG warns of heavy rain; this warehouse has taken in water before" in score.words()


@pytest.mark.parametrize(("ballots", "level"), [(True, "awas"), (False, "siaga")])
def test_rain_while_it_leaks(ballots: bool, level: str):
    score = Score(RAIN_OVER_A_LEAK)
    if ballots:
        score.at("08:00").has_stock()
    score.at("09:00").condition("c1", "leak", "low")
    score.at("14:00").alert("a1")
    score.want(at("14:00"), warning("WAR-42", level))
    score.ends("20:00")


def test_a_leak_found_while_an_alert_holds():
    score = Score(RAIN_OVER_A_LEAK)
    score.at("13:00").alert("a1", until="21:00").alert("a2", "earthquake", "severe")
    score.at("14:00").condition("c1", "leak", "low")
    score.want(at("14:00"), warning("WAR-42", "siaga", "36.02-G1/a1"))
    score.ends("23:00")
    assert score.cleared("WAR-42") == ["alert_over"]


def test_a_leak_seen_on_a_round_is_remembered():
    score = Score(RAIN_OVER_A_LEAK)
    score.at("01:00").scans("r1", "pintu", "leak")
    score.at("14:00").alert("a1")
    score.want(at("14:00"), warning("WAR-42"))
    score.ends("20:00")


def test_a_roof_that_the_checklist_found_bad():
    score = Score(RAIN_OVER_A_LEAK)
    score.at("13:00").alert("a1")
    score.at("14:00").fitness("FIT-04")
    score.want(at("14:00"), warning("WAR-42", "siaga"))
    score.at("15:00").fitness("FIT-18")
    score.ends("20:00")


def test_rain_over_a_dry_warehouse():
    score = Score(RAIN_OVER_A_LEAK)
    score.at("08:00").has_stock()
    score.at("14:00").alert("a1").alert("a2", "flood", "severe")
    score.ends("23:00")


def test_a_leak_reported_by_mistake_is_no_history():
    score = Score(RAIN_OVER_A_LEAK)
    score.at("09:00").condition("c1", "leak")
    score.at("09:05").voids("round.condition_reported@1", "36.02-G1/c1")
    score.at("14:00").alert("a1")
    score.ends("23:00")


@pytest.mark.parametrize(("hazard", "severity"), [("rain", "minor"), ("wind", "extreme"), ("earthquake", "severe")])
def test_what_brings_no_water(hazard: str, severity: str):
    score = Score(RAIN_OVER_A_LEAK)
    score.at("09:00").condition("c1", "flood")
    score.at("14:00").alert("a1", hazard, severity)
    score.ends("23:00")


def test_an_alert_told_after_its_hour():
    score = Score(*BOTH)
    score.at("08:00").has_stock().condition("c1", "leak")
    score.at("14:00", told="22:00").alert("a1", severity="extreme", until="21:00")
    score.ends("23:00")


def test_it_is_one_warning_while_the_alert_is_renewed_and_its_last_hour_counts():
    score = Score(RAIN_OVER_A_LEAK)
    score.at("09:00").condition("c1", "leak")
    score.at("14:00").alert("a1", until="16:00")
    score.want(at("14:00"), warning("WAR-42", "siaga"))
    score.at("15:30").alert("a2", until="18:00", replaces=("a1",))
    score.at("17:30").alert("a3", until="20:00", replaces=("a1", "a2"))
    score.ends("19:59")
    assert score.cleared("WAR-42") == []
    score.ends("20:00")
    assert score.cleared("WAR-42") == ["alert_over"]


@pytest.mark.parametrize("why", ["cancelled", "moved_away"])
def test_an_alert_that_is_cancelled_or_moves_away(why: str):
    score = Score(*BOTH)
    score.at("08:00").has_stock().condition("c1", "leak")
    score.at("14:00").alert("a1").alert("a2", "wind", "extreme")
    score.want(at("14:00"), warning("WAR-42", "awas", "36.02-G1/a1"))
    score.want(at("14:00"), warning("WAR-43", "waspada", "36.02-G1/a2"))
    score.at("15:00").alert_ends("a1", why).alert_ends("a2", why)
    score.ends("23:00")
    assert score.cleared("WAR-42") == score.cleared("WAR-43") == ["alert_over"]


def test_an_alert_that_is_eased():
    score = Score(RAIN_OVER_A_LEAK)
    score.at("09:00").condition("c1", "leak")
    score.at("14:00").alert("a1")
    score.want(at("14:00"), warning("WAR-42"))
    score.at("15:00").alert("a2", severity="minor", replaces=("a1",))
    score.ends("23:00")
    assert score.cleared("WAR-42") == ["alert_eased"]


def test_severe_weather_over_ballots():
    score = Score(STORM_OVER_BALLOTS)
    score.at("08:00").has_stock()
    score.at("14:00").alert("a1", "wind", "severe", until="18:00")
    score.want(at("14:00"), warning("WAR-43", "waspada"))
    score.ends("23:00")
    assert score.cleared("WAR-43") == ["alert_over"]


def test_ballots_that_come_under_a_storm():
    score = Score(STORM_OVER_BALLOTS)
    score.at("14:00").alert("a1", "wind", "extreme")
    score.at("15:00").has_stock()
    score.want(at("15:00"), warning("WAR-43"))
    score.ends("20:00")


@pytest.mark.parametrize(("severity", "ballots"), [("moderate", True), ("extreme", False), ("unknown", True)])
def test_no_ballots_or_no_severe_weather(severity: str, ballots: bool):
    score = Score(STORM_OVER_BALLOTS)
    if ballots:
        score.at("08:00").has_stock()
    score.at("14:00").alert("a1", "wind", severity)
    score.ends("20:00")


def test_one_alert_is_one_warning_where_both_rules_could_speak():
    score = Score(*BOTH)
    score.at("08:00").has_stock().condition("c1", "leak")
    score.at("14:00").alert("a1", "flood", "extreme")
    score.want(at("14:00"), warning("WAR-42", "awas"))
    score.ends("20:00")


def test_an_alert_noted_by_mistake():
    score = Score(*BOTH)
    score.at("08:00").has_stock().condition("c1", "leak")
    score.at("14:00").alert("a1").alert("a2", "wind", "severe")
    score.want(at("14:00"), warning("WAR-42"))
    score.want(at("14:00"), warning("WAR-43"))
    score.at("14:30").alert("a3", replaces=("a1",))
    for name in ("a2", "a3"):
        score.at("15:00").voids("weather.alert_noted@1", f"36.02-G1/{name}")
    score.ends("23:00")
    assert score.cleared("WAR-42") == score.cleared("WAR-43") == ["corrected"]
