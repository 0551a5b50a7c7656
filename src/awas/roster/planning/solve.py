"""A plan for a problem: CP-SAT with a seed and an end. The only door to the solver, for warehouses and benchmarks.

Every plan is held against the independent check before it leaves; one that broke a rule would be a fault of this room.
"""

import math
import time
from collections.abc import Sequence

from msgspec.structs import replace

from awas.roster.planning.checker import breaches
from awas.roster.planning.cost import cost_of
from awas.roster.planning.first import first_plan
from awas.roster.planning.parts import crews_of, part
from awas.roster.planning.problem import Placed, Plan, Problem, lacking_in, with_fair

WORKERS = 8
"""CP-SAT's workers differ in kind: with fewer, some kinds are missing, and on two cores two prove nothing in a minute
that eight prove in seconds."""

PEOPLE_AT_ONCE = 40
"""Up to so many people a problem is searched whole."""
ROUNDS = 2
"""How often, in the time given, a large problem goes through all its sites."""
LEAST_SECONDS = 0.5
"""Less isn't worth to begin another part."""


class UnsoundPlanError(AssertionError):
    """The solver's plan breaks a rule that it was given."""


def solve(problem: Problem, seconds: float, seed: int = 1) -> Plan:
    """The best plan found within so many seconds; `Plan.possible` is False where least limits allow none.

    The same seed on the same machine need not give the same plan where time runs out before the proof.
    """
    problem = with_fair(problem)
    fixed, rejected = tenable(problem)
    problem = replace(problem, fixed=fixed)
    plan = (
        _whole(problem, seconds, seed) if len(problem.people) <= PEOPLE_AT_ONCE else _by_parts(problem, seconds, seed)
    )
    if broken := breaches(problem, plan.placed) if plan.possible else []:
        raise UnsoundPlanError(broken[:5])
    return replace(plan, rejected=rejected, lacking=lacking_in(problem, plan.placed))


def _whole(problem: Problem, seconds: float, seed: int) -> Plan:
    # Simple rules heed no least limits: where there are some, they would lead the search astray.
    has_least = any(one.least_run > 1 or one.least_off_run > 1 or one.least_minutes for one in problem.people)
    hint = problem.present if problem.present or has_least else first_plan(problem)
    return _search(problem, seconds, seed, hint)


def _by_parts(problem: Problem, seconds: float, seed: int) -> Plan:
    """From a first plan, each site's people with those who help, until the time is over or a round brings nothing."""
    began = time.monotonic()
    crews, helpers = crews_of(problem)
    placed = _begun(problem)
    cost, quiet, turn = cost_of(problem, placed), 0, 0
    each = seconds / len(crews) / ROUNDS
    while (left := seconds - (time.monotonic() - began)) > LEAST_SECONDS and quiet < len(crews):
        crew = {*crews[turn % len(crews)], *helpers}
        own = tuple(one for one in placed if one.person in crew)
        asked = part(problem, tuple(crew), placed)
        found = _search(asked, min(each, left), seed + turn, own)
        turn, quiet = turn + 1, quiet + 1
        tried = (*(one for one in placed if one.person not in crew), *found.placed)
        if found.possible and (paid := cost_of(problem, tried)) < cost:
            placed, cost, quiet = tried, paid, 0
    return Plan(placed=tuple(sorted(placed)), cost=cost, seconds=time.monotonic() - began)


def _begun(problem: Problem) -> tuple[Placed, ...]:
    """The cheaper of the present plan, as far as it still holds, and a first one by simple rules."""
    kept, _gone = tenable(replace(problem, fixed=(*problem.fixed, *problem.present)))
    return min(first_plan(problem), kept, key=lambda some: cost_of(problem, some))


def _search(problem: Problem, seconds: float, seed: int, hint: Sequence[Placed]) -> Plan:
    # 78 MB on the disk and a second to load: whoever plans nothing pays nothing.
    from ortools.sat.python import cp_model  # noqa: PLC0415

    from awas.roster.planning.model import Model  # noqa: PLC0415

    model = Model(problem)
    if hint:
        model.hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Plan(seconds=solver.wall_time, possible=False)
    cost = round(solver.objective_value)
    return Plan(
        placed=tuple(sorted(model.placed(cell) for cell, one in model.cells.items() if solver.boolean_value(one))),
        cost=cost,
        # Costs are whole numbers, so a bound is one in truth.
        bound=min(cost, math.ceil(solver.best_objective_bound - 1e-6)),
        seconds=solver.wall_time,
    )


def tenable(problem: Problem) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """The fixed places that hold together, in order, and those that don't: an office may contradict itself."""
    everybody = len(problem.people)
    room = {(one.site, one.day, one.kind): everybody if one.most is None else one.most for one in problem.demands}
    # Each person is checked alone: over a whole plan, each place against all others would take minutes.
    alone = {one.id: replace(problem, people=(one,), demands=()) for one in problem.people}
    own: dict[str, list[Placed]] = {one.id: [] for one in problem.people}
    kept: list[Placed] = []
    rejected: list[Placed] = []
    for one in dict.fromkeys(problem.fixed):
        where = one.site, one.day, one.kind
        held = own.get(one.person)
        if held is None or not room.get(where) or breaches(alone[one.person], [*held, one], partial=True):
            rejected.append(one)
            continue
        room[where] -= 1
        held.append(one)
        kept.append(one)
    return tuple(kept), tuple(rejected)
