"""Why a plan falls short, in facts that pages turn into sentences, and what would help. Pure.

The first fact that explains a shortfall is told: nobody there at all, everybody away, more asked than people may work.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from awas.roster.planning.problem import Candidate, Plan, Problem

Cause = Literal["nobody", "all_away", "too_few", "away", "limits"]


class Shortfall(Struct, frozen=True, kw_only=True):
    """Shifts of one kind at one site that lack people (`skill` "") or a skill.

    `people` can serve there in principle; on the days that lack, `away` of them at least on one. Together they may
    work at most `capacity` shifts of the `asked` ones: of the nights for a night, else of all.
    """

    site: str
    kind: str
    skill: str
    days: tuple[int, ...]
    count: int
    cause: Cause
    people: int
    away: int
    capacity: int
    asked: int


def shortfalls(problem: Problem, plan: Plan) -> list[Shortfall]:
    """What the plan leaves open, by site, kind and skill, each with its cause."""
    groups: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for one in plan.lacking:
        groups.setdefault((one.site, one.kind, one.skill), []).append((one.day, one.count))
    return [_shortfall(problem, where, found) for where, found in groups.items()]


def _shortfall(problem: Problem, where: tuple[str, str, str], found: Sequence[tuple[int, int]]) -> Shortfall:
    site, kind, skill = where
    days = tuple(day for day, _count in found)
    able = [one for one in problem.people if _is_able(one, site, kind, skill)]
    free = [[one for one in able if (day, "") not in one.barred and (day, kind) not in one.barred] for day in days]
    away = {one.id for day, some in zip(days, free, strict=True) for one in able if one not in some}
    asked, capacity = _asked(problem, site, skill), sum(_most(problem, one) for one in able)
    night = next(one.night for one in problem.kinds if one.id == kind)
    if night:
        nights = [one for one in problem.kinds if one.night]
        by_night = sum(_most_nights(problem, one) for one in able)
        asked_nights = sum(_asked(problem, site, skill, one.id) for one in nights)
        if by_night < asked_nights:
            asked, capacity = asked_nights, by_night
    return Shortfall(
        site=site,
        kind=kind,
        skill=skill,
        days=days,
        count=sum(count for _day, count in found),
        cause=_cause(able, free, away, capacity < asked),
        people=len(able),
        away=len(away),
        capacity=capacity,
        asked=asked,
    )


def _cause(able: Sequence[Candidate], free: Sequence[Sequence[Candidate]], away: set[str], is_short: bool) -> Cause:
    if not able:
        return "nobody"
    if not any(free):
        return "all_away"
    if is_short:
        return "too_few"
    return "away" if away else "limits"


def _is_able(person: Candidate, site: str, kind: str, skill: str) -> bool:
    at_all = all(most > 0 for one, most in person.most_of_kind if one == kind)
    return at_all and any(one == site for one, _cost in person.sites) and (not skill or skill in person.skills)


def _asked(problem: Problem, site: str, skill: str, kind: str = "") -> int:
    demands = [one for one in problem.demands if one.site == site and kind in ("", one.kind)]
    if not skill:
        return sum(one.wanted for one in demands)
    return sum(quality.wanted for one in demands for quality in one.qualities if quality.skill == skill)


def _most(problem: Problem, person: Candidate) -> int:
    """The most shifts that somebody may work on the days they have; an upper bound."""
    days = len({day for day, kind in person.barred if not kind and 0 <= day < problem.days})
    most = free = problem.days - days
    if person.most_in_week is not None:
        most = min(most, _in_weeks(problem.days, person.most_in_week))
    if person.most_minutes_in_week is not None:
        shortest = min(kind.minutes for kind in problem.kinds)
        most = min(most, _in_weeks(problem.days, person.most_minutes_in_week // shortest))
    return min(most, free)


def _most_nights(problem: Problem, person: Candidate) -> int:
    most = _most(problem, person)
    if person.most_night_run is None:
        return most
    whole, rest = divmod(problem.days, person.most_night_run + 1)
    return min(most, whole * person.most_night_run + min(rest, person.most_night_run))


def _in_weeks(days: int, most: int) -> int:
    whole, rest = divmod(days, 7)
    return whole * min(most, 7) + min(rest, most)
