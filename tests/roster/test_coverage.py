"""Arithmetic over planned shifts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.roster.coverage import Gap, balance, double_booked, gap_before, gaps, load, short_rest
from awas.roster.state import PlannedShift


def shift(start, end, *people, minimum=1):
    return PlannedShift(shift_id=f"{start}-{end}", from_at=start, until_at=end, people=people, minimum=minimum)


@pytest.mark.parametrize(
    ("shifts", "wanted", "expected"),
    [
        ([], 1, [(0, 24, 0, 1)]),
        ([shift(0, 24, "a")], 1, []),
        ([shift(-5, 30, "a")], 1, []),
        ([shift(0, 8, "a"), shift(8, 24, "b")], 1, []),
        ([shift(0, 8, "a"), shift(10, 24, "b")], 1, [(8, 10, 0, 1)]),
        ([shift(0, 24, "a")], 2, [(0, 24, 1, 2)]),
        ([shift(0, 12, "a"), shift(0, 24, "a")], 2, [(0, 24, 1, 2)]),
        ([shift(0, 12, "a"), shift(6, 24, "b", minimum=2)], 1, [(12, 24, 1, 2)]),
        ([shift(0, 24, minimum=1)], 1, [(0, 24, 0, 1)]),
        ([shift(30, 40, "a")], 1, [(0, 24, 0, 1)]),
    ],
)
def test_gaps(shifts, wanted, expected):
    assert gaps(shifts, 0, 24, wanted) == [
        Gap(from_at=start, until_at=end, planned=planned, wanted=needed) for start, end, planned, needed in expected
    ]


SHIFTS = st.lists(
    st.tuples(
        st.integers(0, 40), st.integers(1, 12), st.sets(st.sampled_from("abc"), max_size=3), st.integers(1, 3)
    ).map(lambda one: shift(one[0], one[0] + one[1], *sorted(one[2]), minimum=one[3])),
    max_size=8,
)


@given(SHIFTS, st.integers(1, 3))
def test_gaps_say_what_looking_at_every_moment_says(shifts, wanted):
    found = gaps(shifts, 5, 45, wanted)
    for moment in range(5, 45):
        under_way = [one for one in shifts if one.from_at <= moment < one.until_at]
        planned = len({person for one in under_way for person in one.people})
        needed = max([wanted, *(one.minimum for one in under_way)])
        within = [gap for gap in found if gap.from_at <= moment < gap.until_at]
        assert [(gap.planned, gap.wanted) for gap in within] == ([(planned, needed)] if planned < needed else [])
    assert all(before.until_at <= after.from_at for before, after in pairwise(found))


def test_rest_and_clashes_touch_but_do_not_overlap():
    shifts = [shift(0, 8, "a"), shift(20, 28, "b")]
    assert double_booked(shifts, ("a", "b"), 8, 20) == ()
    assert double_booked(shifts, ("a", "b"), 7, 21) == ("a", "b")
    assert short_rest(shifts, ("a", "b"), 8, 12, 8) == ("a",)
    assert short_rest(shifts, ("a", "b"), 8, 13, 8) == ("a", "b")
    assert short_rest(shifts, ("a", "b"), 8, 13, 0) == ()


def test_the_gap_before_a_shift_counts_from_whoever_stays_longest():
    shifts = [shift(0, 20, "a"), shift(2, 8, "b")]
    assert gap_before(shifts, 10) == 0
    assert gap_before(shifts, 25) == 5
    assert gap_before([], 25) == 0


def test_the_load_and_how_evenly_it_is_spread():
    shifts = [shift(0, 8, "a", "b"), shift(8, 16, "a")]
    assert load(shifts) == {"a": 16, "b": 8}
    assert balance(shifts) == 50
    assert balance([]) == 100
