"""Whether a plan breaks a hard rule. Pure, and written apart from the solver: it must never share its reasoning."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from awas.roster.planning.problem import DAY_MINUTES, WEEK, Candidate, Placed, Problem, ShiftKind


class Breach(Struct, frozen=True, kw_only=True, order=True):
    """A hard rule that a plan breaks, and for whom on which day."""

    rule: str
    person: str
    day: int


def breaches(problem: Problem, placed: Iterable[Placed], *, partial: bool = False) -> list[Breach]:
    """Every hard rule that the plan breaks. `partial`: of a plan that isn't complete, so that least limits can't say.

    Raises KeyError for a person or a kind that the problem doesn't know.
    """
    kinds = {kind.id: kind for kind in problem.kinds}
    people = {person.id: person for person in problem.people}
    own: dict[str, list[Placed]] = {person: [] for person in people}
    for one in placed:
        own[one.person].append(one)
    found = [breach for person in problem.people for breach in _of(problem, kinds, person, own[person.id], partial)]
    return sorted(found + _crowded(problem, own))


def _crowded(problem: Problem, own: dict[str, list[Placed]]) -> list[Breach]:
    crew = Counter((one.site, one.day, one.kind) for some in own.values() for one in some)
    return [
        Breach(rule="most_in_shift", person="", day=demand.day)
        for demand in problem.demands
        if demand.most is not None and crew[demand.site, demand.day, demand.kind] > demand.most
    ]


def _of(
    problem: Problem, kinds: dict[str, ShiftKind], person: Candidate, placed: list[Placed], partial: bool
) -> list[Breach]:
    placed = sorted(placed, key=lambda one: (one.day, one.kind))
    found: list[tuple[str, int]] = []
    reachable = {site for site, _cost in person.sites}
    barred = set(person.barred)
    for one in placed:
        if not 0 <= one.day < problem.days:
            found.append(("outside_month", one.day))
        if one.site not in reachable:
            found.append(("site_out_of_reach", one.day))
        if (one.day, "") in barred or (one.day, one.kind) in barred:
            found.append(("barred", one.day))
    for day, count in Counter(one.day for one in placed).items():
        if count > 1:
            found.append(("twice_a_day", day))
    found += _rest(problem, kinds, person, placed)
    found += _counts(problem, kinds, person, placed, partial)
    found += _runs(problem, kinds, person, placed, partial)
    return [Breach(rule=rule, person=person.id, day=day) for rule, day in found]


def _rest(
    problem: Problem, kinds: dict[str, ShiftKind], person: Candidate, placed: list[Placed]
) -> list[tuple[str, int]]:
    spans = sorted(
        (day * DAY_MINUTES + kinds[kind].starts, day, kind)
        for day, kind in [*person.worked, *((one.day, one.kind) for one in placed)]
    )
    found = []
    for (begin, day, kind), (after, next_day, next_kind) in pairwise(spans):
        if next_day < 0:
            continue
        if problem.rest_minutes and after - begin - kinds[kind].minutes < problem.rest_minutes and day != next_day:
            found.append(("rest", next_day))
        if next_day == day + 1 and next_kind in kinds[kind].not_followed_by:
            found.append(("follows", next_day))
    return found


def _counts(
    problem: Problem, kinds: dict[str, ShiftKind], person: Candidate, placed: list[Placed], partial: bool
) -> list[tuple[str, int]]:
    found = []
    by_kind = Counter(one.kind for one in placed)
    found += [("most_of_kind", 0) for kind, most in person.most_of_kind if by_kind[kind] > most]
    minutes = sum(kinds[one.kind].minutes for one in placed)
    if person.most_minutes is not None and minutes > person.most_minutes:
        found.append(("most_minutes", 0))
    if not partial and minutes < person.least_minutes:
        found.append(("least_minutes", 0))
    weekends = {
        (problem.first_weekday + one.day) // WEEK
        for one in placed
        if (problem.first_weekday + one.day) % WEEK in (5, 6)
    }
    if person.most_weekends is not None and len(weekends) > person.most_weekends:
        found.append(("most_weekends", 0))
    worked = [*person.worked, *((one.day, one.kind) for one in placed)]
    for first in range(1 - WEEK, problem.days):
        window = [kinds[kind].minutes for day, kind in worked if first <= day < first + WEEK]
        ends = min(first + WEEK, problem.days) - 1
        if ends < 0 or not any(first <= one.day < first + WEEK for one in placed):
            continue
        if person.most_in_week is not None and len(window) > person.most_in_week:
            found.append(("most_in_week", ends))
        if person.most_minutes_in_week is not None and sum(window) > person.most_minutes_in_week:
            found.append(("most_minutes_in_week", ends))
    return found


def _runs(
    problem: Problem, kinds: dict[str, ShiftKind], person: Candidate, placed: list[Placed], partial: bool
) -> list[tuple[str, int]]:
    days = {day for day, _kind in person.worked} | {one.day for one in placed}
    nights = {day for day, kind in person.worked if kinds[kind].night} | {
        one.day for one in placed if kinds[one.kind].night
    }
    found = [
        ("most_run", last) for first, last in _rows(days) if last >= 0 and _over(last - first + 1, person.most_run)
    ]
    found += [
        ("most_night_run", last)
        for first, last in _rows(nights)
        if last >= 0 and _over(last - first + 1, person.most_night_run)
    ]
    if partial:
        return found
    inside = {one.day for one in placed}
    for first, last in _rows(inside):
        if first > 0 and last < problem.days - 1 and last - first + 1 < person.least_run:
            found.append(("least_run", last))
    for first, last in _rows(set(range(problem.days)) - inside):
        if first > 0 and last < problem.days - 1 and last - first + 1 < person.least_off_run:
            found.append(("least_off_run", last))
    return found


def _over(length: int, most: int | None) -> bool:
    return most is not None and length > most


def _rows(days: set[int]) -> list[tuple[int, int]]:
    """Rows of days without a break, each as its first and its last."""
    rows: list[tuple[int, int]] = []
    for day in sorted(days):
        if rows and rows[-1][1] == day - 1:
            rows[-1] = (rows[-1][0], day)
        else:
            rows.append((day, day))
    return rows
