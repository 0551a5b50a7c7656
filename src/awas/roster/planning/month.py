"""From what an office keeps, people with their limits and sites with what they want, to a month's problem. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from awas.ledger.area import DAY, MINUTE, Instant
from awas.roster.planning.problem import (
    WEEK,
    Candidate,
    Demand,
    Placed,
    Problem,
    Quality,
    ShiftKind,
    Weights,
    Wish,
)

FEMALE = "female"
"""The skill of a woman: only women search women."""
MORNING, AFTERNOON, NIGHT, DAYTIME = "pagi", "siang", "malam", "hari"
PATTERNS: Mapping[str, tuple[ShiftKind, ...]] = {
    "3x8": (
        ShiftKind(id=MORNING, starts=7 * 60, minutes=480),
        ShiftKind(id=AFTERNOON, starts=15 * 60, minutes=480),
        ShiftKind(id=NIGHT, starts=23 * 60, minutes=480, night=True),
    ),
    "2x12": (
        ShiftKind(id=DAYTIME, starts=7 * 60, minutes=720),
        ShiftKind(id=NIGHT, starts=19 * 60, minutes=720, night=True),
    ),
}
"""How a day is cut into shifts."""
REST_MINUTES = 11 * 60
"""The least rest between two shifts. An office's rule; no regulation was read that names it."""
WEIGHTS = Weights(total=20, night=12, weekend=8, change=15)
WISH = 6
KM_PER_POINT = 5
"""A shift away from home costs a point for every so many kilometres more than the way to the home site."""
LIGHT, DARK = 5000, 6000
"""What a lacking officer costs by day and by night: where somebody must be lacking, rather by day."""
SOON = 10 * DAY
"""How far back the days before a month matter: a week's limit, a row of nights, and the rest before the first day."""


class Wanted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a site wants in each shift of a kind. `qualities`: (skill, how many of them)."""

    site: str
    kind: str
    wanted: int
    qualities: tuple[tuple[str, int], ...] = ()


class Officer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who stands watch. `sites`: (site, kilometres), the home site first. `away` and `worked` in instants.

    `no_kinds` are kinds of shift they never work; `wishes_off` and `wishes_on` dates of the month as numbers 1 to 31.
    """

    code: str
    sites: tuple[tuple[str, int], ...]
    skills: tuple[str, ...] = ()
    away: tuple[tuple[Instant, Instant], ...] = ()
    no_kinds: tuple[str, ...] = ()
    wishes_off: tuple[int, ...] = ()
    wishes_on: tuple[int, ...] = ()
    share: int = 100
    most_in_week: int = 6
    most_hours_in_week: int = 48
    most_nights: int = 3


class Month(Struct, frozen=True, kw_only=True):
    """What is left of a calendar month at the sites of one time zone.

    Day 0 is the month's day `first_day`, counted from 0: what lies before has begun and can't be planned any more.
    `begins_at` is the midnight there with which day 0 begins.
    """

    year: int
    month: int
    begins_at: Instant
    first_day: int = 0
    pattern: str = "3x8"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1) + timedelta(days=self.first_day)

    @property
    def name(self) -> str:
        """Such as 2024-02."""
        return f"{self.year}-{self.month:02}"

    @property
    def days(self) -> int:
        after = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return max((after - self.first).days, 0)

    @property
    def ends_at(self) -> Instant:
        """The midnight that ends the month."""
        return self.begins_at + self.days * DAY

    @property
    def kinds(self) -> tuple[ShiftKind, ...]:
        return PATTERNS[self.pattern]

    def date_of(self, day: int) -> date:
        """The calendar date of a day counted from 0."""
        return self.first + timedelta(days=day)

    def span(self, day: int, kind: str) -> tuple[Instant, Instant]:
        """When a shift of that day begins and ends. Indonesia keeps no summer time."""
        chosen = next(one for one in self.kinds if one.id == kind)
        from_at = self.begins_at + day * DAY + chosen.starts * MINUTE
        return from_at, from_at + chosen.minutes * MINUTE

    def cell_of(self, from_at: Instant) -> tuple[int, str] | None:
        """The (day, kind) of a shift that begins then; None for one that is none of the pattern's."""
        day, rest = divmod(from_at - self.begins_at, DAY)
        return next(((day, kind.id) for kind in self.kinds if kind.starts * MINUTE == rest), None)

    def nearest_kind(self, from_at: Instant) -> tuple[int, str]:
        """The (day, kind) that a shift of another pattern comes nearest to, for what was worked before."""
        day, rest = divmod(from_at - self.begins_at, DAY)
        return day, min(self.kinds, key=lambda kind: abs(kind.starts * MINUTE - rest)).id


def problem_of(
    month: Month,
    officers: Iterable[Officer],
    wanted: Iterable[Wanted],
    *,
    worked: Mapping[str, Iterable[Instant]] | None = None,
    fixed: tuple[Placed, ...] = (),
    present: tuple[Placed, ...] = (),
    weights: Weights = WEIGHTS,
) -> Problem:
    """A month's problem. `worked`: by officer, when the shifts before it began."""
    done = worked or {}
    return Problem(
        days=month.days,
        first_weekday=month.first.weekday(),
        kinds=month.kinds,
        rest_minutes=REST_MINUTES,
        people=tuple(_candidate(month, one, tuple(done.get(one.code, ()))) for one in officers),
        demands=tuple(_demands(month, wanted, fixed)),
        fixed=fixed,
        present=present,
        weights=weights,
    )


def _demands(month: Month, wanted: Iterable[Wanted], fixed: tuple[Placed, ...]) -> Iterator[Demand]:
    held = Counter((one.site, one.day, one.kind) for one in fixed)
    for one in wanted:
        for day in range(month.days):
            yield Demand(
                site=one.site,
                day=day,
                kind=one.kind,
                wanted=one.wanted,
                under=DARK if one.kind == NIGHT else LIGHT,
                # More than wanted only where an office fixed more.
                most=max(one.wanted, held[one.site, day, one.kind]),
                qualities=tuple(Quality(skill=skill, wanted=count) for skill, count in one.qualities),
            )


def _candidate(month: Month, officer: Officer, worked: tuple[Instant, ...]) -> Candidate:
    never = tuple((kind.id, 0) for kind in month.kinds if kind.id in officer.no_kinds)
    before = {month.nearest_kind(at) for at in worked if month.begins_at - SOON <= at < month.begins_at}
    return Candidate(
        id=officer.code,
        sites=tuple((site, max(way - officer.sites[0][1], 0) // KM_PER_POINT) for site, way in officer.sites),
        skills=officer.skills,
        barred=tuple(_barred(month, officer)),
        worked=tuple(sorted((day, kind) for day, kind in before if day < 0)),
        wishes=tuple(_wishes(month, officer)),
        share=officer.share,
        most_of_kind=never,
        most_in_week=officer.most_in_week or None,
        most_minutes_in_week=officer.most_hours_in_week * 60 or None,
        most_run=min(officer.most_in_week, WEEK) or None,
        most_night_run=officer.most_nights or None,
    )


def _barred(month: Month, officer: Officer) -> Iterator[tuple[int, str]]:
    """Shifts that an absence touches; a day whose every shift it touches is barred whole."""
    for day in range(month.days if officer.away else 0):
        touched = [kind.id for kind in month.kinds if _touched(month.span(day, kind.id), officer.away)]
        if len(touched) == len(month.kinds):
            yield day, ""
        else:
            yield from ((day, kind) for kind in touched)


def _touched(span: tuple[Instant, Instant], away: Iterable[tuple[Instant, Instant]]) -> bool:
    return any(from_at < span[1] and until_at > span[0] for from_at, until_at in away)


def _wishes(month: Month, officer: Officer) -> Iterator[Wish]:
    for numbers, on in ((officer.wishes_off, False), (officer.wishes_on, True)):
        for number in numbers:
            day = number - 1 - month.first_day
            if 0 <= day < month.days:
                yield Wish(day=day, on=on, weight=WISH)
