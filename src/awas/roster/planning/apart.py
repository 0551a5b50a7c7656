"""The solver in a process of its own: its memory and its threads leave no trace in the server that asks.

In: an `Asked` as JSON. Out: an `Answered`. `python -m awas.roster.planning.apart` is the process.
"""

import os
import subprocess
import sys
import threading

import msgspec
from msgspec import Struct

from awas.roster.planning.problem import Plan, Problem
from awas.roster.planning.remedies import Remedy, remedies
from awas.roster.planning.solve import solve

STARTING_S = 30
"""Loading OR-Tools on a busy machine, and the tries for what would help."""

_one_at_a_time = threading.Lock()
"""Eight workers are more than a small server has cores for; two plans at once would halve each."""


class Asked(Struct, frozen=True, kw_only=True):
    """One order. `seconds` for the plan; what would help is tried after it."""

    problem: Problem
    seconds: float
    seed: int = 1


class Answered(Struct, frozen=True, kw_only=True):
    """What came of it."""

    plan: Plan
    remedies: list[Remedy] = []


class SolverGoneError(RuntimeError):
    """The solver's process ended without an answer."""


def planned(problem: Problem, seconds: float, seed: int = 1) -> Answered:
    """`solve` in a process of its own. Raises SolverGoneError."""
    order = msgspec.json.encode(Asked(problem=problem, seconds=seconds, seed=seed))
    command = [sys.executable, "-m", "awas.roster.planning.apart"]
    # The child finds this very program, however this one was found.
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with _one_at_a_time:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, no shell between
                command, input=order, env=place, capture_output=True, check=True, timeout=2 * seconds + STARTING_S
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as gone:
            raise SolverGoneError(str(gone.stderr or b"", "utf-8", "replace")[-500:]) from gone
    return msgspec.json.decode(done.stdout, type=Answered)


def main() -> None:
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Asked)
    plan = solve(asked.problem, asked.seconds, asked.seed)
    sys.stdout.buffer.write(msgspec.json.encode(Answered(plan=plan, remedies=remedies(asked.problem, plan))))


if __name__ == "__main__":
    main()
