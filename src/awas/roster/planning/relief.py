"""Somebody can't come: who can stand in, best first, and why the others can't. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from awas.roster.planning.checker import breaches
from awas.roster.planning.cost import cost_of
from awas.roster.planning.problem import DAY_MINUTES, Placed, Problem


class Relief(Struct, frozen=True, kw_only=True):
    """Somebody who might stand in.

    `broken` are the hard rules against it; none, they can. `lost` are skills that the shift would lack with them.
    `cost`: how much dearer the plan gets. `way` as the problem counts it; `shifts` are theirs of the month, this one
    not among them. `rest_minutes` before the shift, None with no shift before; `unwished`: they asked for that day off.
    """

    person: str
    broken: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    cost: int = 0
    way: int = 0
    shifts: int = 0
    rest_minutes: int | None = None
    unwished: bool = False


def who_can_come(problem: Problem, placed: Sequence[Placed], gone: Placed) -> list[Relief]:
    """Everybody but those in the shift already, in the order in which to ask them.

    `gone` is the place to fill; the problem has its fair parts (`with_fair`).
    """
    left = [one for one in placed if one != gone]
    there = {one.person for one in left if (one.site, one.day, one.kind) == (gone.site, gone.day, gone.kind)}
    before = {(one.rule, one.person, one.day) for one in breaches(problem, left, partial=True)}
    base = cost_of(problem, left)
    found = []
    for person in problem.people:
        if person.id == gone.person or person.id in there:
            continue
        new = Placed(person=person.id, day=gone.day, kind=gone.kind, site=gone.site)
        rules = breaches(problem, [*left, new], partial=True)
        broken = sorted({one.rule for one in rules if (one.rule, one.person, one.day) not in before})
        reachable = "site_out_of_reach" not in broken
        found.append(
            Relief(
                person=person.id,
                broken=tuple(broken),
                lost=_lost(problem, [*left, new], gone) if reachable else (),
                cost=cost_of(problem, [*left, new]) - base if reachable else 0,
                way=dict(person.sites).get(gone.site, 0),
                shifts=sum(one.person == person.id for one in left),
                rest_minutes=_rest_before(problem, left, new),
                unwished=any(
                    wish.day == gone.day and wish.kind in ("", gone.kind) and not wish.on for wish in person.wishes
                ),
            )
        )
    return sorted(found, key=lambda one: (bool(one.broken), len(one.broken), one.cost, one.way, one.shifts, one.person))


def _lost(problem: Problem, placed: Sequence[Placed], gone: Placed) -> tuple[str, ...]:
    skills = {one.id: one.skills for one in problem.people}
    crew = [one.person for one in placed if (one.site, one.day, one.kind) == (gone.site, gone.day, gone.kind)]
    return tuple(
        quality.skill
        for demand in problem.demands
        if (demand.site, demand.day, demand.kind) == (gone.site, gone.day, gone.kind)
        for quality in demand.qualities
        if sum(quality.skill in skills[person] for person in crew) < quality.wanted
    )


def _rest_before(problem: Problem, placed: Sequence[Placed], new: Placed) -> int | None:
    kinds = {kind.id: kind for kind in problem.kinds}
    begins = new.day * DAY_MINUTES + kinds[new.kind].starts
    worked = next(one.worked for one in problem.people if one.id == new.person)
    own = [*worked, *((one.day, one.kind) for one in placed if one.person == new.person)]
    ends = [day * DAY_MINUTES + kinds[kind].starts + kinds[kind].minutes for day, kind in own]
    return min((begins - end for end in ends if end <= begins), default=None)
