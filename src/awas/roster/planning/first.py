"""A first plan by simple rules, day by day, for the search to begin from. Pure.

It breaks none of the most limits and heeds no least ones; it is good where many can do what is asked. The search from
nothing needs minutes for what this finds at once: somebody in every shift.
"""

from collections import defaultdict
from collections.abc import Iterator

from awas.roster.planning.problem import WEEK, Candidate, Demand, Placed, Problem, clashes, is_weekend

NEAR = 2
"""Days apart at which two shifts can still be too near to each other."""


class _Load:
    """What somebody has been given so far, with what they worked before the month."""

    def __init__(self, problem: Problem, person: Candidate) -> None:
        self.problem = problem
        self.person = person
        self.kinds = {kind.id: kind for kind in problem.kinds}
        self.days = dict(person.worked)
        self.given: dict[str, int] = defaultdict(int)
        self.nights = 0
        self.minutes = 0
        self._barred = set(person.barred)
        self._most = dict(person.most_of_kind)

    def take(self, day: int, kind: str) -> None:
        self.days[day] = kind
        self.given[kind] += 1
        self.minutes += self.kinds[kind].minutes
        self.nights += self.kinds[kind].night

    def may(self, day: int, kind: str) -> bool:
        """Whether one more shift breaks no most limit."""
        if day in self.days or (day, "") in self._barred or (day, kind) in self._barred:
            return False
        person, new = self.person, self.kinds[kind]
        if self.given[kind] >= self._most.get(kind, self.problem.days):
            return False
        if person.most_minutes is not None and self.minutes + new.minutes > person.most_minutes:
            return False
        return self._rests(day, kind) and self._in_weeks(day, new.minutes) and self._in_runs(day, night=new.night)

    def _rests(self, day: int, kind: str) -> bool:
        new = self.kinds[kind]
        for apart in range(1, NEAR + 1):
            before, after = self.days.get(day - apart), self.days.get(day + apart)
            if before and clashes(self.problem, self.kinds[before], new, apart):
                return False
            if after and clashes(self.problem, new, self.kinds[after], apart):
                return False
        return True

    def _in_weeks(self, day: int, minutes: int) -> bool:
        person = self.person
        for first in range(day - WEEK + 1, day + 1):
            inside = [self.kinds[self.days[one]].minutes for one in range(first, first + WEEK) if one in self.days]
            if person.most_in_week is not None and len(inside) >= person.most_in_week:
                return False
            if person.most_minutes_in_week is not None and sum(inside) + minutes > person.most_minutes_in_week:
                return False
        return True

    def _in_runs(self, day: int, *, night: bool) -> bool:
        person = self.person
        if person.most_run is not None and self._run(day, set(self.days)) > person.most_run:
            return False
        dark = {one for one, kind in self.days.items() if self.kinds[kind].night}
        if night and person.most_night_run is not None and self._run(day, dark) > person.most_night_run:
            return False
        if person.most_weekends is None or not is_weekend(self.problem, day):
            return True
        worked = {one for one in (*self.days, day) if one >= 0 and is_weekend(self.problem, one)}
        return len({(self.problem.first_weekday + one) // WEEK for one in worked}) <= person.most_weekends

    @staticmethod
    def _run(day: int, days: set[int]) -> int:
        """The length of the row that a day would stand in."""
        first = last = day
        while first - 1 in days:
            first -= 1
        while last + 1 in days:
            last += 1
        return last - first + 1

    def fullness(self, day: int, *, night: bool) -> float:
        """How far ahead of one's fair part one is by that day; the least goes first."""
        shifts, dark, _free = self.person.fair or (1000, 1000, 1000)
        gone = (day + 1) / self.problem.days
        ahead = sum(self.given.values()) - shifts * gone / 1000
        return ahead + (self.nights - dark * gone / 1000 if night else 0.0)


def first_plan(problem: Problem) -> tuple[Placed, ...]:
    """A plan with the problem's fixed places; the problem has its fair parts (`with_fair`)."""
    loads = {one.id: _Load(problem, one) for one in problem.people}
    placed = list(problem.fixed)
    for one in placed:
        loads[one.person].take(one.day, one.kind)
    there: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for one in placed:
        there[one.site, one.day, one.kind].append(one.person)
    nights = {kind.id for kind in problem.kinds if kind.night}
    # Of a day's shifts the nights first, for which fewest are left.
    for demand in sorted(problem.demands, key=lambda one: (one.day, one.kind not in nights, one.site, one.kind)):
        crew = there[demand.site, demand.day, demand.kind]
        for person in _chosen(demand, loads, crew, night=demand.kind in nights):
            loads[person].take(demand.day, demand.kind)
            crew.append(person)
            placed.append(Placed(person=person, day=demand.day, kind=demand.kind, site=demand.site))
    return tuple(placed)


def _chosen(demand: Demand, loads: dict[str, _Load], crew: list[str], *, night: bool) -> Iterator[str]:
    """Who comes into a shift, one after another; skills that are still wanted come first."""
    able = [
        (load, dict(load.person.sites)[demand.site])
        for load in loads.values()
        if any(site == demand.site for site, _way in load.person.sites) and load.may(demand.day, demand.kind)
    ]
    able.sort(key=lambda pair: (pair[0].fullness(demand.day, night=night) + pair[1] / 10, pair[0].person.id))
    left = min(demand.wanted, demand.wanted if demand.most is None else demand.most) - len(crew)
    for quality in demand.qualities:
        having = sum(quality.skill in loads[one].person.skills for one in crew)
        skilled = [load for load, _way in able if quality.skill in load.person.skills]
        for load in skilled[: max(min(quality.wanted - having, left), 0)]:
            able = [pair for pair in able if pair[0] is not load]
            left -= 1
            yield load.person.id
    for load, _way in able[: max(left, 0)]:
        yield load.person.id
