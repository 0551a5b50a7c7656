"""What a plan pays, reckoned from its places alone. Pure; the solver's own sum must equal it."""

from collections import Counter
from collections.abc import Sequence

from awas.roster.planning.problem import Candidate, Placed, Problem, is_weekend, lacking_in


def cost_of(problem: Problem, placed: Sequence[Placed]) -> int:
    """The cost of a plan by the problem's weights; the problem has its fair parts (`with_fair`)."""
    own: dict[str, list[Placed]] = {one.id: [] for one in problem.people}
    for one in placed:
        own[one.person].append(one)
    kept = set(placed)
    gone = sum(one not in kept for one in problem.present)
    return (
        _of_demands(problem, placed)
        + sum(_of_person(problem, person, own[person.id]) for person in problem.people)
        + problem.weights.change * gone
    )


def _of_demands(problem: Problem, placed: Sequence[Placed]) -> int:
    demands = {(one.site, one.day, one.kind): one for one in problem.demands}
    there = Counter((one.site, one.day, one.kind) for one in placed)
    total = sum(max(there[where] - one.wanted, 0) * one.over for where, one in demands.items())
    for lack in lacking_in(problem, placed):
        demand = demands[lack.site, lack.day, lack.kind]
        under = next((one.under for one in demand.qualities if one.skill == lack.skill), demand.under)
        total += lack.count * under
    return total


def _of_person(problem: Problem, person: Candidate, own: Sequence[Placed]) -> int:
    ways = dict(person.sites)
    total = sum(ways[one.site] for one in own)
    for wish in person.wishes:
        if 0 <= wish.day < problem.days:
            served = any(one.day == wish.day and wish.kind in ("", one.kind) for one in own)
            total += wish.weight if served != wish.on else 0
    if person.fair is None:
        return total
    nights = {kind.id for kind in problem.kinds if kind.night}
    counts = (
        len(own),
        sum(one.kind in nights for one in own),
        sum(is_weekend(problem, one.day) for one in own),
    )
    weights = problem.weights
    for count, share, weight in zip(counts, person.fair, (weights.total, weights.night, weights.weekend), strict=True):
        away = max(share // 1000 - count, count + (-share // 1000), 0)
        total += weight * (away + 2 * max(away - 1, 0))
    return total
