"""Incidents: each raises the warnings it should, and they go again."""

from itertools import islice, pairwise, takewhile

import pytest

from awas.ledger.area import DAY, HOUR, MINUTE
from awas.simulation.chances import drawing
from awas.simulation.incidents import SCRIPTS, Arranged, Schedule, Stage, script_named
from awas.simulation.routine import Routine
from tests.simulation.stages import FIRST_DAY, Names, at, post, rehearsed, routine

NAMES = [script.name for script in SCRIPTS]
LIVE = Schedule(live_from_at=at(1, 8), live_every_ms=30 * MINUTE)


def first_chance(script, scene):
    """The first instant from the second day on at which the script can begin."""
    start = at(1, 8)
    return next(start + step * 5 * MINUTE for step in range(12 * 24) if script.fits(scene, start + step * 5 * MINUTE))


def played(script, seed=1):
    life = routine(seed)
    begins_at = first_chance(script, life.scene)
    laid = script.write(life.scene, life.company, begins_at, "uji1")
    until_at = laid.until_at + 12 * HOUR
    cues = [cue for cue in life.between(0, until_at) if not laid.silences(cue)]
    cues = sorted([*cues, *laid.cues], key=lambda cue: (cue.at, cue.name))
    return laid, *rehearsed(cues, until_at)


@pytest.mark.parametrize("name", NAMES)
def test_an_incident_raises_its_warnings_and_they_go_again(name):
    script = script_named(name)
    laid, record, refused = played(script)
    assert refused == []
    warnings = record.judge.warnings.values()
    assert set(script.rules) <= {warning.rule for warning in warnings}
    assert all(laid.from_at <= warning.since <= laid.until_at for warning in warnings)
    assert {warning.state for warning in warnings} == {"resolved"}
    assert max(warning.resolved_at for warning in warnings) <= laid.until_at + 10 * MINUTE


@pytest.mark.parametrize("name", NAMES)
def test_an_incident_is_short_and_says_what_was_real(name):
    script = script_named(name)
    life = routine()
    laid = script.write(life.scene, life.company, first_chance(script, life.scene), "uji1")
    assert laid.until_at - laid.from_at < 4 * HOUR
    assert all(cue.at >= laid.from_at for cue in laid.cues)
    assert script.rules
    assert script.real


def stage(seed=5, schedule=LIVE, count=4):
    draw = drawing(seed)
    lives = [Routine(post(number, turn=number), FIRST_DAY, draw, Names().seal) for number in range(1, count + 1)]
    return Stage(lives, schedule, draw)


def test_there_are_many_kinds():
    assert len(SCRIPTS) >= 14
    assert len(set(NAMES)) == len(NAMES)


def test_no_place_has_two_incidents_at_once():
    laid = stage(count=8).overlays(at(1, 0), at(4, 0))
    assert len(laid) > 100
    by_place = {}
    for one in laid:
        by_place.setdefault(one.place, []).append(one)
    for some in by_place.values():
        for before, after in pairwise(some):
            assert before.until_at < after.from_at


def test_a_living_day_is_taken_and_every_warning_ends():
    until_at = at(3, 8)
    cues = list(takewhile(lambda cue: cue.at < until_at, stage().cues(0)))
    record, refused = rehearsed(cues, until_at)
    assert refused == []
    warnings = record.judge.warnings.values()
    assert len({warning.rule for warning in warnings}) >= 10
    old = [warning for warning in warnings if warning.since < until_at - 6 * HOUR]
    assert {warning.state for warning in old} == {"resolved"}


@pytest.mark.parametrize("minutes", [1, 47, 200, 777, 1500])
def test_the_whole_goes_on_from_anywhere(minutes):
    start = at(1, 8) + minutes * MINUTE
    whole = [cue for cue in takewhile(lambda cue: cue.at < start + 6 * HOUR, stage().cues(0)) if cue.at >= start]
    assert list(islice(stage().cues(start), len(whole))) == whole


def test_arranged_incidents_come_when_they_were_arranged():
    arranged = Arranged(script="leak_in_rain", turn=1, at=at(1, 3))
    quiet = Schedule(live_from_at=at(9, 0), arranged=(arranged,))
    (laid,) = stage(schedule=quiet).overlays(0, at(2, 0))
    assert (laid.script, laid.place, laid.from_at) == ("leak_in_rain", "36.02-G1", at(1, 3))


def test_without_a_period_there_are_none():
    never = Schedule(from_at=0, quiet_from_at=at(3, 0), live_from_at=at(3, 0), past_every_ms=0, live_every_ms=0)
    assert stage(schedule=never).overlays(0, at(3, 0) + DAY) == []
