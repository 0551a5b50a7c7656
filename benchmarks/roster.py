"""How fast and how good the roster's planner is: `python -m benchmarks.roster [nightly]`.

Month of one site and of eight (24 and 136 invented people, leave, women wanted at night, wishes), and the public
instances of schedulingbenchmarks.org where they lie beside the checkout. `nightly` takes the instances that need two
minutes each, and holds the eight sites against what ten minutes find. The last line is JSON for `make bench`.
"""

import json
import random
import sys
from pathlib import Path
from typing import Any

from awas.ledger.area import DAY
from awas.roster.planning.checker import breaches
from awas.roster.planning.instances import read
from awas.roster.planning.month import FEMALE, PATTERNS, Month, Officer, Wanted, problem_of
from awas.roster.planning.problem import Problem
from awas.roster.planning.solve import solve

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "roster"
APRIL = Month(year=2024, month=4, begins_at=1_711_904_400_000)
SECONDS_1_TO_3, SECONDS_4_TO_7 = 60.0, 120.0


def invented(sites: int, people: int, wanted: int, helpers: int, seed: int = 1) -> Problem:
    """April 2024 at some sites: leave for one in six, a woman wanted in every shift, four wishes each, and a second
    site for one in four; helpers go everywhere."""
    draw = random.Random(seed)
    names = [f"36.{number:02}-G1" for number in range(1, sites + 1)]
    officers = []
    for turn, site in enumerate(names):
        for number in range(people):
            first = APRIL.begins_at + draw.randrange(25) * DAY
            second = ((names[(turn + 1) % sites], 25),) if sites > 1 and number % 4 == 3 else ()
            officers.append(
                Officer(
                    code=f"p{turn}.{number}",
                    sites=((site, draw.randrange(1, 15)), *second),
                    skills=(FEMALE,) if number % 3 == 0 else (),
                    away=((first, first + 4 * DAY),) if number % 6 == 0 else (),
                    wishes_off=tuple(draw.sample(range(1, 31), 4)),
                )
            )
    everywhere = tuple((site, 20 + draw.randrange(30)) for site in names)
    officers += [
        Officer(code=f"h{number}", sites=everywhere, skills=(FEMALE,) if number % 2 else ())
        for number in range(helpers)
    ]
    wants = [
        Wanted(site=site, kind=kind.id, wanted=wanted, qualities=((FEMALE, 1),))
        for site in names
        for kind in PATTERNS["3x8"]
    ]
    return problem_of(APRIL, officers, wants)


def month(problem: Problem, seconds: float) -> dict[str, Any]:
    plan = solve(problem, seconds)
    assert breaches(problem, plan.placed) == []
    return {
        "cost": plan.cost,
        "proven": plan.proven,
        "seconds": round(plan.seconds, 1),
        "lacking": sum(one.count for one in plan.lacking),
    }


def instances(numbers: range, seconds: float) -> dict[str, dict[str, Any]]:
    if not DATA.is_dir():
        print(f"the public instances are not here: {DATA} is absent")
        return {}
    best = dict(line.split(",") for line in (DATA / "best_known.csv").read_text(encoding="utf-8").split()[1:])
    found = {}
    for number in numbers:
        plan = solve(read((DATA / f"Instance{number}.txt").read_text(encoding="utf-8")), seconds)
        known = int(best[str(number)])
        found[str(number)] = {
            "cost": plan.cost,
            "best": known,
            "above_percent": round(100 * (plan.cost - known) / known, 2),
            "proven": plan.proven,
            "seconds": round(plan.seconds, 1),
        }
        print(f"Instance{number}: {found[str(number)]}", flush=True)
    return found


def main(nightly: bool) -> None:
    found: dict[str, Any] = {"one_site": month(invented(1, 24, 4, 0), 30.0)}
    print(f"30 days, 1 site, 24 people: {found['one_site']}", flush=True)
    found["eight_sites"] = month(invented(8, 16, 3, 8), 60.0)
    print(f"30 days, 8 sites, 136 people: {found['eight_sites']}", flush=True)
    found["instances"] = instances(range(1, 4), SECONDS_1_TO_3)
    if nightly:
        found["eight_sites_ten_minutes"] = month(invented(8, 16, 3, 8), 600.0)
        print(f"the same in ten minutes: {found['eight_sites_ten_minutes']}", flush=True)
        found["instances"] |= instances(range(4, 8), SECONDS_4_TO_7)
    print(json.dumps(found))


if __name__ == "__main__":
    main("nightly" in sys.argv[1:])
