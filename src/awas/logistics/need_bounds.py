"""Between which totals a region's need of ballots lies while nobody knows its stations one by one, and how near a
published total comes to the plain percentage.

Pure, and exact: whole numbers and fractions. The reserve is rounded at each station, so the need depends on how the
voters are spread; only the number of voters and of stations is needed to know how far it can go either way.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Protocol

from msgspec import Struct

from awas.elections.ballots import ballots_needed
from awas.elections.schema import Election


class Bounds(Struct, frozen=True):
    """The least and the most ballots of one kind, both included, that some distribution of the voters asks for."""

    least: int
    most: int


class Extreme(Protocol):
    """`max` or `min`."""

    def __call__(self, numbers: Iterable[int], /) -> int: ...


def ballot_bounds(election: Election, kind: str, voters: int, stations: int) -> Bounds:
    """The least and the most ballots that `voters` over `stations` stations can need, whoever stands in which list.

    A station holds from no voter to as many as the election's rule allows. Exact. Raises ValueError when so many
    stations can't hold so many voters.
    """
    room = election.station.voters_max.value
    if voters < 0 or stations < 0 or voters > stations * room:
        raise ValueError(f"{stations} stations of at most {room} voters can't hold {voters} voters")
    first, last = _levels([ballots_needed(election, kind, size) - size for size in range(room + 1)])
    steps = sorted(first)
    top = len(steps) - 1
    unit = steps[1] - steps[0] if top else 0
    if any(later - earlier != unit for earlier, later in itertools.pairwise(steps)):
        raise ValueError(f"the reserve of {election.slug} does not grow by equal steps")
    most_voters = _Share([last[step] for step in steps], max)
    least_voters = _Share([first[step] for step in steps], min)
    # The fewest levels that have room for all voters, and the most whose smallest stations don't need more of them.
    least = _first(lambda total: most_voters.of(stations, total) >= voters, stations * top)
    beyond = _first(lambda total: least_voters.of(stations, total) > voters, stations * top)
    return Bounds(least=voters + unit * least, most=voters + unit * (beyond - 1))


def _levels(reserves: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """By reserve, the smallest and the largest station that gets it. `reserves[size]` never falls with the size."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for size, reserve in enumerate(reserves):
        first.setdefault(reserve, size)
        last[reserve] = size
    return first, last


class _Share:
    """The extreme sum of `values[level]` over stations whose levels add up to a total.

    The levels of any set of stations can be dealt to two halves (largest first, in turn) so that the larger half's sum
    is ahead by at most one top level. So both halves of some extreme distribution lie near half the total: twenty
    halvings of a nation, each with a few totals, give the exact answer.
    """

    def __init__(self, values: Sequence[int], extreme: Extreme) -> None:
        self.values = values
        self.extreme = extreme
        self._known: dict[tuple[int, int], int | None] = {}

    def of(self, stations: int, total: int) -> int:
        """Raises ValueError when no distribution has that total."""
        found = self._of(stations, total)
        if found is None:
            raise ValueError(f"{stations} stations can't have the levels {total}")
        return found

    def _of(self, stations: int, total: int) -> int | None:
        top = len(self.values) - 1
        if not 0 <= total <= stations * top:
            return None
        if stations <= 1:
            return self.values[total] if stations else 0
        if (stations, total) not in self._known:
            half = stations // 2
            sums = []
            for larger in range((total + 1) // 2, (total + top) // 2 + 1):
                one, other = self._of(stations - half, larger), self._of(half, total - larger)
                if one is not None and other is not None:
                    sums.append(one + other)
            self._known[stations, total] = self.extreme(sums) if sums else None
        return self._known[stations, total]


def _first(holds: Callable[[int], bool], last: int) -> int:
    """The first of 0 … last for which `holds`, which then holds for all after it; last + 1 if for none."""
    low, high = 0, last + 1
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def fewest_stations(election: Election, kind: str, voters: int, ballots: int) -> int | None:
    """Over how many stations the voters must be spread at least to need so many ballots; None if they never can."""
    room = election.station.voters_max.value
    least = -(-voters // room)
    if not voters or ballots > ballot_bounds(election, kind, voters, voters).most:
        return None
    found = _first(lambda more: ballot_bounds(election, kind, voters, least + more).most >= ballots, voters - least)
    return least + found


def mean_rounding(election: Election, voters: int, stations: int, ballots: int) -> Fraction:
    """Ballots per station by which a total exceeds its voters and the plain rate of their reserve. `stations` >= 1."""
    return (ballots - voters - Fraction(voters * election.reserve.per_mille.value, 1000)) / stations


def measured_rounding(election: Election, kind: str, sizes: Iterable[tuple[int | None, int]]) -> Fraction | None:
    """The same as rounding up makes it on stations of known size: (voters, how many). None if no size is known."""
    known = [(voters, count) for voters, count in sizes if voters is not None]
    stations = sum(count for _, count in known)
    if not stations:
        return None
    ballots = sum(ballots_needed(election, kind, voters) * count for voters, count in known)
    return mean_rounding(election, sum(voters * count for voters, count in known), stations, ballots)
