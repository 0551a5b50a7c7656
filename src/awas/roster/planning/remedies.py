"""What would close a plan's gaps: the same problem with one thing changed, solved again for its gaps alone."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from awas.roster.planning.problem import Candidate, Plan, Problem, Weights
from awas.roster.planning.solve import solve

Change = Literal["one_more", "week", "nights", "present"]
SECONDS = 2.0


class Remedy(Struct, frozen=True, kw_only=True):
    """A change and how many places then still lack somebody. `skill` and `site`: of the one more person."""

    change: Change
    left: int
    skill: str = ""
    site: str = ""


def remedies(problem: Problem, plan: Plan) -> list[Remedy]:
    """The changes that would leave fewer gaps than now, best first. Each is tried for `SECONDS` at most."""
    now = sum(one.count for one in plan.lacking)
    found = []
    for remedy, changed in _changes(problem, plan) if now else ():
        people = tuple(_unwishing(one) for one in changed.people)
        bare = replace(changed, weights=Weights(), present=plan.placed, people=people)
        left = sum(one.count for one in solve(bare, SECONDS).lacking)
        if left < now:
            found.append(replace(remedy, left=left))
    return sorted(found, key=lambda one: one.left)


def _changes(problem: Problem, plan: Plan) -> Iterator[tuple[Remedy, Problem]]:
    gaps: Counter[tuple[str, str]] = Counter()
    for one in plan.lacking:
        gaps[one.site, one.skill] += one.count
    (site, skill), _count = gaps.most_common(1)[0]
    like = next((one for one in problem.people if one.sites and one.sites[0][0] == site), Candidate(id="", sites=()))
    newcomer = replace(
        like, id="one more", sites=((site, 0),), skills=(skill,) if skill else (), barred=(), worked=(), most_of_kind=()
    )
    yield (
        Remedy(change="one_more", left=0, skill=skill, site=site),
        replace(problem, people=(*problem.people, newcomer)),
    )
    if any(one.barred for one in problem.people):
        yield Remedy(change="present", left=0), _with_people(problem, lambda one: replace(one, barred=()))
    if any(one.most_night_run for one in problem.people):
        yield Remedy(change="nights", left=0), _with_people(problem, _more_nights)
    longest = max(kind.minutes for kind in problem.kinds)
    yield Remedy(change="week", left=0), _with_people(problem, lambda one: _longer_week(one, longest))


def _with_people(problem: Problem, changed: Callable[[Candidate], Candidate]) -> Problem:
    return replace(problem, people=tuple(changed(one) for one in problem.people))


def _unwishing(person: Candidate) -> Candidate:
    """Gaps alone count here: without wishes and without the cost of the way."""
    return replace(person, wishes=(), sites=tuple((site, 0) for site, _cost in person.sites))


def _more_nights(person: Candidate) -> Candidate:
    """One night more in a row."""
    return replace(person, most_night_run=person.most_night_run + 1) if person.most_night_run else person


def _longer_week(person: Candidate, minutes: int) -> Candidate:
    """One shift more in a week."""
    most = person.most_minutes_in_week
    return replace(
        person,
        most_in_week=None if person.most_in_week is None else person.most_in_week + 1,
        most_run=None if person.most_run is None else person.most_run + 1,
        most_minutes_in_week=None if most is None else most + minutes,
    )
