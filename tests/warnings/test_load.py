"""The load of warnings, and what people set of their ladders, on the page."""

from hypothesis import given
from hypothesis import strategies as st

from awas.ledger.area import DAY, HOUR, MINUTE
from awas.warnings.load import WINDOW, Spoken, hours_of, load_of, peak, precision

NOW = 30 * DAY


def spoke(minute, **more):
    return Spoken(place="36.02-G1", rule="WAR-01", fired_at=NOW - DAY + minute * MINUTE, **more)


def test_the_load_of_a_day():
    some = [
        spoke(0, answered_at=NOW - DAY + 4 * MINUTE, answered_by="p1"),
        spoke(1, answered_at=NOW - DAY + 31 * MINUTE),
        spoke(2, flapping=True, repeated=3),
        spoke(900, hidden=True),
    ]
    load = load_of(some, NOW - DAY, NOW)
    assert (load.total, load.per_day, load.peak, load.answered, load.answer_ms) == (3, 3.0, 3, 2, 30 * MINUTE)
    assert (load.flapping, load.hidden, load.repeated, load.forgotten, load.is_flooded) == (1, 1, 3, 0, False)


def test_what_nobody_answered_for_a_day_was_forgotten():
    assert load_of([spoke(-1), spoke(1)], NOW - 2 * DAY, NOW).forgotten == 1
    assert load_of([spoke(-1, ended_at=NOW)], NOW - 2 * DAY, NOW).forgotten == 0


def test_eleven_in_ten_minutes_are_a_flood():
    assert load_of([spoke(0)] * 11, NOW - DAY, NOW).is_flooded
    assert not load_of([spoke(0)] * 10, NOW - DAY, NOW).is_flooded


@given(st.lists(st.integers(0, 5 * HOUR), max_size=60))
def test_the_peak_is_that_of_every_window(instants):
    counts = [sum(at <= other < at + WINDOW for other in instants) for at in instants]
    assert peak(instants) == max(counts, default=0)


def test_hours_are_local_and_precision_counts_what_was_judged():
    assert hours_of([spoke(0)], 7 * HOUR)[7] == 1
    assert precision(["useful", "", "noise", "useful"]) == (2, 3)
