"""A large problem part by part: the people of one home site against what the others leave open. Pure.

Eight warehouses at once are beyond a minute's search; one after another, each with those who help out, they are easy.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from awas.roster.planning.problem import Candidate, Demand, Placed, Problem


def crews_of(problem: Problem) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """People by home site, and those who help at more than two sites."""
    by_home: dict[str, list[str]] = {}
    helpers = []
    for one in problem.people:
        if len(one.sites) > 2:
            helpers.append(one.id)
        elif one.sites:
            by_home.setdefault(one.sites[0][0], []).append(one.id)
    return [tuple(some) for some in by_home.values()], tuple(helpers)


def part(problem: Problem, people: Sequence[str], placed: Sequence[Placed]) -> Problem:
    """The problem of some people, with what others already do taken off the demand."""
    chosen = set(people)
    own = tuple(one for one in problem.people if one.id in chosen)
    others = tuple(one for one in placed if one.person not in chosen)
    reach = {site for one in own for site, _cost in one.sites}
    theirs = {one.id for one in own}
    return replace(
        problem,
        people=own,
        demands=tuple(_left(problem, reach, others)),
        fixed=tuple(one for one in problem.fixed if one.person in theirs),
        present=tuple(one for one in problem.present if one.person in theirs),
    )


def _left(problem: Problem, reach: set[str], others: Sequence[Placed]) -> Iterator[Demand]:
    people: dict[str, Candidate] = {one.id: one for one in problem.people}
    there = Counter((one.site, one.day, one.kind) for one in others)
    having = Counter((one.site, one.day, one.kind, skill) for one in others for skill in people[one.person].skills)
    for one in problem.demands:
        if one.site not in reach:
            continue
        where = one.site, one.day, one.kind
        yield replace(
            one,
            wanted=max(one.wanted - there[where], 0),
            most=None if one.most is None else max(one.most - there[where], 0),
            qualities=tuple(
                replace(quality, wanted=max(quality.wanted - having[*where, quality.skill], 0))
                for quality in one.qualities
            ),
        )
