"""Where a date lies in the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.elections.calendar import day_label, days_to_vote, stage_on, stages_on
from awas.elections.services import almanac, election

PEMILU, PILKADA = election("pemilu-2024"), election("pilkada-2024")


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        ("2022-06-13", None),
        ("2023-11-27", "preparation"),
        ("2023-11-28", "campaign"),
        ("2024-02-10", "campaign"),
        ("2024-02-11", "quiet_period"),
        ("2024-02-13", "quiet_period"),
        ("2024-02-14", "voting"),
        ("2024-02-15", "recapitulation"),
        ("2024-03-20", "recapitulation"),
        ("2024-03-21", None),
    ],
)
def test_the_phase_of_a_date(on, phase):
    stage = stage_on(PEMILU, on)
    assert (stage and stage.id) == phase


def test_the_regional_quiet_period_begins_on_24_november():
    assert [stage_on(PILKADA, on).id for on in ("2024-11-23", "2024-11-24")] == ["campaign", "quiet_period"]


def test_all_that_is_under_way_the_day_before():
    ids = {stage.id for stage in stages_on(PEMILU, "2024-02-13")}
    assert {"quiet_period", "destruction", "received_by_kpps", "distribution_to_stations"} <= ids
    assert "voting" not in ids


@pytest.mark.parametrize(
    ("on", "days", "label"),
    [("2024-01-15", 30, "H-30"), ("2024-02-13", 1, "H-1"), ("2024-02-14", 0, "H"), ("2024-02-21", -7, "H+7")],
)
def test_days_to_the_vote(on, days, label):
    assert (days_to_vote(PEMILU, on), day_label(PEMILU, on)) == (days, label)


def test_no_date_is_refused():
    with pytest.raises(ValueError, match="Invalid isoformat"):
        days_to_vote(PEMILU, "14 February")


@given(st.dates(date(2022, 6, 14), date(2024, 3, 20)))
def test_every_day_of_the_calendar_has_one_phase(day):
    phases = [stage for stage in stages_on(PEMILU, day.isoformat()) if stage.track == "phase"]
    assert len(phases) == 1


def test_the_holidays_are_those_of_the_decree():
    rows = [row for holidays in almanac("almanac-2024").holidays for row in holidays.rows if row.on[:4] == "2024"]
    voting_days = {PEMILU.voting.on, PILKADA.voting.on}
    decreed = [row for row in rows if row.on not in voting_days]
    assert voting_days <= {row.on for row in rows}
    assert [sum(row.kind == kind for row in decreed) for kind in ("national", "joint_leave")] == [17, 10]


def test_each_province_keeps_one_time_zone():
    zones = almanac("almanac-2024").zones.rows
    provinces = [code for zone in zones for code in zone.provinces]
    assert len(provinces) == len(set(provinces)) == 38
    assert next(zone.iana for zone in zones if "36" in zone.provinces) == "Asia/Jakarta"


def test_moving_ends_where_the_calendar_says():
    clocks = {clock.id: clock for clock in PEMILU.clocks}
    stages = {stage.id: stage for stage in PEMILU.calendar}
    for name in ("moving_nine_reasons", "moving_four_reasons"):
        last = date.fromisoformat(PEMILU.voting.on) - timedelta(days=clocks[name].amount)
        assert stages[name].end_on == last.isoformat()
