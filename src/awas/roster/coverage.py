"""Arithmetic over planned shifts: who is booked twice, where nobody is planned, how the load is spread. Pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from msgspec import Struct

from awas.ledger.area import Instant


class Planned(Protocol):
    """What these functions ask of a shift: the snapshot's and the table's both have it."""

    @property
    def from_at(self) -> Instant: ...
    @property
    def until_at(self) -> Instant: ...
    @property
    def people(self) -> Sequence[str]: ...
    @property
    def minimum(self) -> int: ...


class Gap(Struct, frozen=True, kw_only=True):
    """A time with fewer officers planned than wanted."""

    from_at: Instant
    until_at: Instant
    planned: int
    wanted: int


def gaps(shifts: Iterable[Planned], from_at: Instant, until_at: Instant, wanted: int = 1) -> list[Gap]:
    """Where between two instants fewer officers are planned than wanted, in order and without overlap.

    Where a shift is planned, its own minimum counts, if higher. An officer in two shifts at once is one officer.
    """
    touching = [shift for shift in shifts if shift.until_at > from_at and shift.from_at < until_at]
    edges = sorted(
        {from_at, until_at}
        | {shift.from_at for shift in touching if from_at < shift.from_at < until_at}
        | {shift.until_at for shift in touching if from_at < shift.until_at < until_at}
    )
    found: list[Gap] = []
    for begin, end in pairwise(edges):
        under_way = [shift for shift in touching if shift.from_at <= begin and shift.until_at >= end]
        planned = len({person for shift in under_way for person in shift.people})
        needed = max([wanted, *(shift.minimum for shift in under_way)])
        if planned >= needed:
            continue
        if found and found[-1].until_at == begin and (found[-1].planned, found[-1].wanted) == (planned, needed):
            begin = found.pop().from_at  # noqa: PLW2901 - the same gap goes on
        found.append(Gap(from_at=begin, until_at=end, planned=planned, wanted=needed))
    return found


def double_booked(
    shifts: Iterable[Planned], people: Iterable[str], from_at: Instant, until_at: Instant
) -> tuple[str, ...]:
    """Who of `people` stands in a shift that overlaps."""
    booked = {
        person for shift in shifts if shift.from_at < until_at and shift.until_at > from_at for person in shift.people
    }
    return tuple(person for person in people if person in booked)


def short_rest(
    shifts: Iterable[Planned], people: Iterable[str], from_at: Instant, until_at: Instant, rest_ms: int
) -> tuple[str, ...]:
    """Who of `people` has less than `rest_ms` between this shift and another that doesn't overlap it."""
    if not rest_ms:
        return ()
    tired = {
        person
        for shift in shifts
        if 0 <= from_at - shift.until_at < rest_ms or 0 <= shift.from_at - until_at < rest_ms
        for person in shift.people
    }
    return tuple(person for person in people if person in tired)


def gap_before(shifts: Iterable[Planned], from_at: Instant) -> int:
    """Milliseconds before a shift's beginning in which nobody is planned; 0 if it is the first."""
    earlier = [shift.until_at for shift in shifts if shift.from_at < from_at]
    return max(from_at - max(earlier), 0) if earlier else 0


def load(shifts: Iterable[Planned]) -> dict[str, int]:
    """Planned milliseconds by officer."""
    total: dict[str, int] = {}
    for shift in shifts:
        for person in shift.people:
            total[person] = total.get(person, 0) + shift.until_at - shift.from_at
    return total


def balance(shifts: Iterable[Planned]) -> int:
    """How evenly the load is spread, 0 to 100: the least loaded officer's share of the most loaded one's."""
    loads = load(shifts).values()
    return 100 * min(loads) // max(loads) if loads and max(loads) else 100
