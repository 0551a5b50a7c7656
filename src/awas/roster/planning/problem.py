"""What a planner is asked: kinds of shifts, sites with their demand, people with their limits. Pure.

Days count from 0; those before the month are negative. Minutes of a kind count from the midnight of its day.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

DAY_MINUTES = 1440
WEEK = 7


class ShiftKind(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A kind of shift. `not_followed_by`: kinds that may not be worked on the next day, whatever the rest."""

    id: str
    starts: int
    minutes: int
    night: bool = False
    not_followed_by: tuple[str, ...] = ()


class Quality(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """So many of a shift must have a skill; each one lacking costs `under`."""

    skill: str
    wanted: int
    under: int = 4000


class Demand(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many a site wants in one shift; each one lacking costs `under`, each one more `over`."""

    site: str
    day: int
    kind: str
    wanted: int
    under: int = 5000
    over: int = 0
    most: int | None = None
    qualities: tuple[Quality, ...] = ()


class Wish(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A day on which somebody would like to serve (`on`) or not; of one kind, or of any ("")."""

    day: int
    kind: str = ""
    on: bool = False
    weight: int = 1


class Candidate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who can be planned. Every limit here is hard; None and 0 are no limit.

    `sites` are those that can be reached, each with the cost of the way. `barred`: (day, kind) that can't be, kind ""
    for the whole day. `worked`: (day, kind) of the days before. `share` is the part of a full load, in percent.
    `fair`: the fair count of shifts, nights and weekend shifts in thousandths; `with_fair` reckons it. A run is a row
    of days; the least runs do not bind at either end of the month.
    """

    id: str
    sites: tuple[tuple[str, int], ...]
    skills: tuple[str, ...] = ()
    barred: tuple[tuple[int, str], ...] = ()
    worked: tuple[tuple[int, str], ...] = ()
    wishes: tuple[Wish, ...] = ()
    share: int = 100
    most_of_kind: tuple[tuple[str, int], ...] = ()
    most_minutes: int | None = None
    least_minutes: int = 0
    most_in_week: int | None = None
    most_minutes_in_week: int | None = None
    most_run: int | None = None
    least_run: int = 1
    least_off_run: int = 1
    most_night_run: int | None = None
    most_weekends: int | None = None
    fair: tuple[int, int, int] | None = None


class Placed(Struct, frozen=True, kw_only=True, order=True):
    """Somebody in a shift of a site."""

    person: str
    day: int
    kind: str
    site: str


class Weights(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a plan pays for each step away from what is fair, near, or planned already. 0: it doesn't matter."""

    total: int = 0
    night: int = 0
    weekend: int = 0
    change: int = 0


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A whole question. `fixed` must stay; `present` is the plan of now, from which a new one should differ little."""

    days: int
    first_weekday: int = 0
    kinds: tuple[ShiftKind, ...]
    people: tuple[Candidate, ...]
    demands: tuple[Demand, ...]
    rest_minutes: int = 0
    fixed: tuple[Placed, ...] = ()
    present: tuple[Placed, ...] = ()
    weights: Weights = Weights()


class Lacking(Struct, frozen=True, kw_only=True, order=True):
    """A demand that a plan doesn't meet: `skill` "" where people as such are lacking."""

    site: str
    day: int
    kind: str
    skill: str = ""
    count: int = 1


class Plan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer. `cost` by the problem's weights, `bound` below which no plan can be; equal, it is proven best.

    `rejected` are fixed places that break a hard rule together with those before them. An impossible problem, which
    only least limits can make, has `possible` False and nobody placed.
    """

    placed: tuple[Placed, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    rejected: tuple[Placed, ...] = ()
    cost: int = 0
    bound: int = 0
    seconds: float = 0.0
    possible: bool = True

    @property
    def proven(self) -> bool:
        """Whether no better plan exists."""
        return self.possible and self.bound >= self.cost


def is_weekend(problem: Problem, day: int) -> bool:
    """Saturday or Sunday."""
    return (problem.first_weekday + day) % WEEK >= 5


def week_of(problem: Problem, day: int) -> int:
    """The calendar week of a day, counted from that of day 0."""
    return (problem.first_weekday + day) // WEEK


def clashes(problem: Problem, first: ShiftKind, second: ShiftKind, days_between: int) -> bool:
    """Whether nobody may work `first` on a day and `second` so many days later: too little rest, or ruled out."""
    if days_between == 1 and second.id in first.not_followed_by:
        return True
    between = days_between * DAY_MINUTES + second.starts - first.starts - first.minutes
    return bool(problem.rest_minutes) and between < problem.rest_minutes


def lacking_in(problem: Problem, placed: Iterable[Placed]) -> tuple[Lacking, ...]:
    """What demands a plan leaves open, in order."""
    skills = {person.id: frozenset(person.skills) for person in problem.people}
    there: dict[tuple[str, int, str], list[frozenset[str]]] = {}
    for one in placed:
        there.setdefault((one.site, one.day, one.kind), []).append(skills[one.person])
    found = []
    for demand in problem.demands:
        crew = there.get((demand.site, demand.day, demand.kind), [])
        none = Lacking(site=demand.site, day=demand.day, kind=demand.kind)
        if len(crew) < demand.wanted:
            found.append(replace(none, count=demand.wanted - len(crew)))
        for quality in demand.qualities:
            having = sum(quality.skill in one for one in crew)
            if having < quality.wanted:
                found.append(replace(none, skill=quality.skill, count=quality.wanted - having))
    return tuple(sorted(found))


def open_days(problem: Problem, person: Candidate) -> int:
    """Days of the month on which somebody can serve at all."""
    away = {day for day, kind in person.barred if not kind and 0 <= day < problem.days}
    return problem.days - len(away)


def with_fair(problem: Problem) -> Problem:
    """The problem with everybody's fair part of all shifts, of nights and of weekends.

    A site's shifts are split among all who can reach it, by the days they have and by their share; who serves several
    sites counts at each for a part.
    """
    nights = {kind.id for kind in problem.kinds if kind.night}
    every, by_night = problem.demands, [one for one in problem.demands if one.kind in nights]
    at_weekend = [one for one in problem.demands if is_weekend(problem, one.day)]
    shifts, dark, free = (_fair_part(problem, some) for some in (every, by_night, at_weekend))
    people = [
        person if person.fair else replace(person, fair=(shifts[person.id], dark[person.id], free[person.id]))
        for person in problem.people
    ]
    return replace(problem, people=tuple(people))


def _fair_part(problem: Problem, demands: Iterable[Demand]) -> dict[str, int]:
    by_site: dict[str, int] = {}
    for one in demands:
        by_site[one.site] = by_site.get(one.site, 0) + one.wanted
    pull = {one.id: open_days(problem, one) * one.share / max(len(one.sites), 1) for one in problem.people}
    at_site: dict[str, float] = {}
    for person in problem.people:
        for site, _cost in person.sites:
            at_site[site] = at_site.get(site, 0.0) + pull[person.id]
    fair = {}
    for person in problem.people:
        own = pull[person.id]
        parts = (by_site.get(site, 0) * own / at_site[site] for site, _cost in person.sites if own)
        fair[person.id] = round(1000 * sum(parts))
    return fair
