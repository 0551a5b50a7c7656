"""The public instances through the same planner."""

from pathlib import Path

import pytest

from awas.roster.planning.instances import WARD, read
from awas.roster.planning.solve import solve

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "roster"

SMALL = """
SECTION_HORIZON
2
SECTION_SHIFTS
D,480,
N,600,D|X
SECTION_STAFF
A,D=2|N=1,960,480,5,2,3,1
SECTION_DAYS_OFF
A,1
SECTION_SHIFT_ON_REQUESTS
A,0,D,2
SECTION_SHIFT_OFF_REQUESTS
A,1,N,3
SECTION_COVER
0,D,1,100,1
"""


def test_an_instance_is_read() -> None:
    problem = read(SMALL)
    (who,) = problem.people
    assert (problem.days, problem.kinds[1].not_followed_by) == (2, ("D", "X"))
    assert (who.barred, who.most_of_kind, who.least_off_run) == (((1, ""),), (("D", 2), ("N", 1)), 3)
    assert [(wish.day, wish.on, wish.weight) for wish in who.wishes] == [(0, True, 2), (1, False, 3)]
    assert (problem.demands[0].site, problem.demands[0].under, problem.demands[0].over) == (WARD, 100, 1)


@pytest.mark.realdata
def test_the_first_public_instance_is_solved_to_its_optimum() -> None:
    path = DATA / "Instance1.txt"
    if not path.exists():
        pytest.skip("the public rostering instances are not beside the checkout (../shared/data/roster)")
    plan = solve(read(path.read_text(encoding="utf-8")), 30.0)
    assert (plan.cost, plan.proven) == (607, True)
