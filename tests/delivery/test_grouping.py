"""No storm: whatever arrives when, nothing is lost, told twice or out of order, and nobody is buzzed without end."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from awas.delivery.grouping import LONGEST_WINDOW_MS, MOST_TOGETHER, PATIENCE, Heard, Waiting, plan

SECOND, MINUTE = 1_000, 60_000
NOW = 1_000 * MINUTE
LEVELS = ("waspada", "siaga", "awas")


def test_the_first_awas_goes_at_once():
    assert plan([Waiting(1, "awas")], Heard(), NOW).together == (1,)


def test_the_first_of_others_waits_a_little():
    made = plan([Waiting(1, "siaga"), Waiting(2, "waspada")], Heard(), NOW)
    assert made.together == ()
    assert made.due == {1: NOW + 20 * SECOND, 2: NOW + 60 * SECOND}


def test_what_goes_takes_along_what_waits_in_order():
    waiting = [Waiting(3, "awas"), Waiting(1, "waspada", NOW + MINUTE), Waiting(2, "siaga", NOW + SECOND)]
    assert plan(waiting, Heard(), NOW).together == (1, 2, 3)


def test_within_the_window_it_waits_for_its_end():
    heard = Heard(NOW - MINUTE, NOW - MINUTE)
    assert plan([Waiting(1, "siaga")], heard, NOW).due == {1: NOW + 9 * MINUTE}
    assert plan([Waiting(1, "awas")], heard, NOW).due == {1: NOW + MINUTE}


def test_an_awas_does_not_wait_for_lesser_ones():
    assert plan([Waiting(1, "awas")], Heard(NOW - SECOND, None), NOW).together == (1,)


def test_quiet_hours_hold_back_what_they_hold_even_when_an_awas_comes():
    made = plan([Waiting(1, "siaga", 0, 60 * MINUTE), Waiting(2, "awas")], Heard(), NOW)
    assert made.together == (2,)
    assert made.due == {1: NOW + 60 * MINUTE}


def test_only_an_awas_overtakes_what_is_being_tried_again():
    made = plan([Waiting(5, "siaga", NOW)], Heard(), NOW, not_before=NOW + MINUTE)
    assert (made.together, made.due) == ((), {5: NOW + MINUTE})
    assert plan([Waiting(5, "awas")], Heard(), NOW, not_before=NOW + MINUTE).together == (5,)


ARRIVALS = st.lists(
    st.tuples(st.integers(0, 40 * MINUTE), st.sampled_from(LEVELS), st.sampled_from((0, 0, 0, 15 * MINUTE))),
    min_size=1,
    max_size=60,
).map(lambda many: [(at, level, 0 if level == "awas" else hold) for at, level, hold in many])


def played(arrivals, step=5 * SECOND):
    """(instant, ids) of everything that went out, as a worker that looks every five seconds would send it."""
    coming = sorted((at, number, level, hold) for number, (at, level, hold) in enumerate(arrivals))
    numbered = [(at, turn, level, hold) for turn, (at, _, level, hold) in enumerate(coming)]
    waiting, sent, heard, now = {}, [], Heard(), NOW
    while numbered or waiting:
        while numbered and NOW + numbered[0][0] <= now:
            _, turn, level, hold = numbered.pop(0)
            waiting[turn] = Waiting(turn, level, 0, hold)
        made = plan(list(waiting.values()), heard, now)
        for key, at in made.due.items():
            hold = 0 if key in made.released else waiting[key].hold_ms
            waiting[key] = waiting[key]._replace(due_at=at, hold_ms=hold)
        if made.together:
            levels = {waiting.pop(key).level for key in made.together}
            heard = Heard(now, now if "awas" in levels else heard.awas_at)
            sent.append((now, made.together, levels))
        now += step
        assert now < NOW + 24 * 60 * MINUTE, "something waits for ever"
    return sent, coming


@settings(max_examples=150, deadline=None)
@given(ARRIVALS)
def test_each_goes_out_once_and_in_order(arrivals):
    sent, _ = played(arrivals)
    told = [key for _, keys, _ in sent for key in keys]
    assert sorted(told) == list(range(len(arrivals)))
    for _, keys, _ in sent:
        assert list(keys) == sorted(keys)


@settings(max_examples=150, deadline=None)
@given(ARRIVALS)
def test_a_burst_is_never_many_buzzes(arrivals):
    sent, _ = played(arrivals)
    for before, after in pairwise(sent):
        least = PATIENCE["awas"].window_ms if "awas" in after[2] else LONGEST_WINDOW_MS
        if "awas" not in after[2] or "awas" in before[2]:
            assert after[0] - before[0] >= least
    awas = [at for at, _, levels in sent if "awas" in levels]
    assert all(later - earlier >= PATIENCE["awas"].window_ms for earlier, later in pairwise(awas))


@settings(max_examples=150, deadline=None)
@given(ARRIVALS)
def test_nothing_waits_longer_than_its_patience_allows(arrivals):
    sent, coming = played(arrivals)
    at_of = {key: at for at, keys, _ in sent for key in keys}
    for key, (at, _, level, hold) in enumerate(coming):
        patience = PATIENCE[level]
        assert at_of[key] - (NOW + at) <= max(patience.wait_ms, hold) + patience.window_ms + 5 * SECOND


@given(st.integers(0, 3))
def test_a_flood_goes_out_in_heaps_that_a_message_can_hold(extra):
    waiting = [Waiting(number, "awas") for number in range(MOST_TOGETHER + extra)]
    assert len(plan(waiting, Heard(), NOW).together) == MOST_TOGETHER
