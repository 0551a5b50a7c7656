"""A district on each database, with a planner in this process: to load OR-Tools for each test would take a second."""

from collections.abc import Iterator

import pytest

from awas.roster import drafting
from awas.roster.planning.apart import Answered
from awas.roster.planning.problem import Problem
from awas.roster.planning.remedies import remedies
from awas.roster.planning.solve import solve
from tests.logistics.conftest import database, district, visits  # noqa: F401 - fixtures


def in_this_process(problem: Problem, seconds: float, seed: int = 1) -> Answered:
    plan = solve(problem, min(seconds, 5.0), seed)
    return Answered(plan=plan, remedies=remedies(problem, plan) if len(plan.lacking) < 4 else [])


@pytest.fixture(autouse=True)
def planner(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(drafting, "planned", in_this_process)
    yield
