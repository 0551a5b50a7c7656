"""The rate of a stage beside its deadline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger.area import DAY, HOUR
from awas.logistics.pace import pace


@pytest.mark.parametrize(
    ("done", "left", "worked", "due_in", "per_day", "wanted", "late", "days_late"),
    [
        # Half done in five days, five days to go: just in time.
        (500, 500, 5 * DAY, 5 * DAY, 100, 100, False, 0),
        (500, 500, 5 * DAY, 5 * DAY - 1, 100, 101, True, 0),
        # A fifth done in four days, four days to go: sixteen needed.
        (200, 800, 4 * DAY, 4 * DAY, 50, 200, True, 12),
        (1000, 0, 4 * DAY, DAY, 250, 0, False, 0),
        # Done, though the day has passed: nothing is late any more.
        (1000, 0, 4 * DAY, -DAY, 250, 0, False, 0),
        (900, 100, 9 * DAY, -2 * DAY, 100, 0, True, 3),
        # More taken in hand than was received: nothing is left.
        (1000, -7, 4 * DAY, DAY, 250, 0, False, 0),
        (10, 30, 12 * HOUR, DAY, 20, 30, True, 0),
    ],
)
def test_a_rate_is_carried_forward(done, left, worked, due_in, per_day, wanted, late, days_late):
    now = 100 * DAY
    found = pace(done, left, worked, now, now + due_in)
    assert found is not None
    assert (found.per_day, found.wanted, found.late, found.days_late) == (per_day, wanted, late, days_late)


@pytest.mark.parametrize(("done", "worked", "due_at"), [(0, DAY, DAY), (-5, DAY, DAY), (5, 0, DAY), (5, DAY, 0)])
def test_no_rate_is_told_without_work_or_deadline(done, worked, due_at):
    assert pace(done, 5, worked, 0, due_at) is None


@given(
    done=st.integers(1, 10**8), left=st.integers(-(10**6), 10**8), worked=st.integers(1, 200 * DAY),
    due_in=st.integers(-50 * DAY, 50 * DAY),
)  # fmt: skip
def test_who_works_as_fast_as_wanted_is_in_time(done, left, worked, due_in):
    now = 1000 * DAY
    found = pace(done, left, worked, now, now + due_in)
    assert found is not None
    assert found.late == (left > 0 and found.ready_at > now + due_in)
    if due_in > 0 and found.wanted:
        again = pace(found.wanted, left, DAY, now, now + due_in)
        assert again is not None
        assert not again.late
