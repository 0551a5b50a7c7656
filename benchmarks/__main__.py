"""`make bench`: the speed and memory of the record and of its server, with the baseline of each in the same run.

Everything is on loopback, bounded in count and time, and stopped at the end. Trust ratios: machines differ, and the
same one differs from hour to hour.
"""

import json
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks import web


def record(quick: bool) -> dict[str, Any]:
    """What `benchmarks.fact` measures, in a process and a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="awas-bench-") as home:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.fact", *(["--quick"] if quick else [])],
            cwd=web.ROOT,
            env=web.environment(home),
            stdout=subprocess.PIPE,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def show(found: dict[str, Any]) -> None:
    syncs = found["record"]["fdatasync"]
    print(f"fdatasync of the disk: {syncs:,.0f} a second\n")
    print("whole FACT against a bare SQLite insert of the same rows, same run")
    print(f"{'group':>6} {'FACT/s':>10} {'judged/s':>10} {'bare/s':>10} {'FACT/bare':>10}")
    for size, one in found["record"]["sizes"].items():
        print(f"{size:>6} {one['fact']:>10,.0f} {one['judged']:>10,.0f} {one['bare']:>10,.0f} {one['ratio']:>10.2f}")
    print("\ngate entries over HTTP, signed in, rules evaluated, answered after COMMIT")
    print(f"{'':>12} {'entries/s':>10} {'p50 ms':>8} {'p99 ms':>8} {'server CPU ms':>14} {'per fdatasync':>14}")
    for name in ("form_1", "form_64", "api_1", "api_64", "night_api_64"):
        one = found["web"][name]
        row = (
            f"{name:>12} {one['per_second']:>10,.0f} {one['p50_ms']:>8.1f} {one['p99_ms']:>8.1f} {one['cpu_ms']:>14.2f}"
        )
        print(f"{row} {one['per_second'] / syncs:>14.2f}")
    memory = found["web"]["memory"]
    print(f"\nmemory after the load: {memory['rss']:.0f} MB resident in {memory['processes']} processes")


def main(arguments: list[str]) -> None:
    quick = "--quick" in arguments
    found = {"record": record(quick), "web": web.measure(2.0 if quick else 8.0)}
    if "--json" in arguments:
        print(json.dumps(found))
    else:
        show(found)


if __name__ == "__main__":
    main(sys.argv[1:])
