"""`make bench`: speed and memory of the record, of its server and of the sums over a nation, each with its baseline.

Everything is on loopback, bounded in count and time, and stopped at the end; about nine minutes and 200 MB of disk in
the temporary folder, with --quick one. Trust ratios: machines differ, and the same one differs from hour to hour.
"""

import json
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks import web


def apart(module: str, *arguments: str) -> dict[str, Any]:
    """What a module measures, in a process and a data folder of its own. Fails where a sum is wrong."""
    with tempfile.TemporaryDirectory(prefix="awas-bench-") as home:
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{module}", *arguments],
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


def show_nation(found: dict[str, Any]) -> None:
    print("\nreconciling a nation's stage rows against DuckDB's bare scan of the same columns, same run")
    print(f"{'':>12} {'rows':>12} {'seconds':>8} {'bare s':>8} {'ratio':>6} {'worst 50 s':>10} {'peak MB':>8}")
    for name, one in found["reconcile"].items():
        figures = f"{one['rows']:>12,} {one['seconds']:>8.2f} {one['bare_all_columns_s']:>8.2f}"
        rest = f"{one['ratio_to_all_columns']:>6.2f} {one['listing_s']:>10.2f} {one['peak_mb']:>8,.0f}"
        print(f"{name:>12} {figures} {rest}")
    needs = found["needs"]
    bare = needs["bare_scan_rows_per_s"]
    print(f"\nneeds of {needs['stations']:,} stations against the database's bare scan of their rows, same run")
    print(f"{'':>12} {'stations/s':>12} {'seconds':>8} {'bare/s':>12} {'ratio':>6}")
    for name, one in needs["levels"].items():
        print(
            f"{name:>12} {one['rows_per_s']:>12,.0f} {one['seconds']:>8.2f} {bare:>12,.0f} {one['ratio_to_bare']:>6.2f}"
        )
    print(f"{'peak':>12} {needs['peak_mb']:,.0f} MB")


def show_telling(found: dict[str, Any]) -> None:
    print("\ngate entry on the disk → warning stands → a receiver on loopback has the message")
    for name in ("warning_visible", "message_received"):
        one = found["notices"][name]
        figures = f"p50 {one['p50_ms']:>7,.0f} ms  p95 {one['p95_ms']:>7,.0f} ms  worst {one['worst_ms']:>7,.0f} ms"
        print(f"{name:>18} {figures}")
    soak = found["soak"]
    told = f"{soak['notices']:,} notices told in {soak['buzzes']:,} messages, senders failing at random"
    print(f"\n{told}: {soak['lost']} lost, {soak['twice']} twice, {soak['out_of_order']} out of order, ", end="")
    print(f"{soak['seconds']:.0f} s")


def show_cap(found: dict[str, Any]) -> None:
    print(f"\nCAP 1.2 messages of {found['bytes']:,} bytes in two languages, one core, same run")
    for name in ("written", "written_and_validated", "bare_validated", "signed", "read"):
        value = found[f"{name}_per_s"]
        print(f"{name:>22} {'no schema here' if value is None else f'{value:>10,.0f} a second'}")
    if found["ratio_to_bare"] is not None:
        print(f"{'ratio to bare':>22} {found['ratio_to_bare']:>10.2f}")


def show_roster(found: dict[str, Any]) -> None:
    """Months of one and of eight sites, and the public instances that are beside the checkout."""
    rows = {name: one for name, one in found.items() if name != "instances"}
    rows |= {f"instance {number}": one for number, one in found.get("instances", {}).items()}
    for name, one in rows.items():
        print(f"{name:>14} cost {one['cost']:>7,} {'proven' if one['proven'] else '      '} {one['seconds']:>6.1f} s")


def show_own(found: dict[str, Any]) -> None:
    print(f"\nentries judged in memory with {found['rules']} own rules against the catalogue alone, same run")
    print(f"{'':>12} {'entries/s':>12} {'ratio':>6}")
    for name, ratio in (("catalogue", 1.0), ("and_own", found["ratio"]), ("and_busy", found["ratio_busy"])):
        print(f"{name:>12} {found[name]['per_second']:>12,.0f} {ratio:>6.2f}")


def main(arguments: list[str]) -> None:
    quick = "--quick" in arguments
    less = ["--quick"] if quick else []
    found: dict[str, Any] = {"record": apart("fact", *less), "web": web.measure(2.0 if quick else 8.0)}
    found["reconcile"] = {
        "as planted": apart("reconcile", *less),
        "all uneven": apart("reconcile", "--uneven", *less),
    }
    found["needs"] = apart("needs", *less)
    found["notices"] = apart("notices", *less)
    found["soak"] = apart("soak", *less)
    found["cap"] = apart("cap", *less)
    if not quick:
        found["roster"] = apart("roster")
    found["own"] = apart("own")
    if "--json" in arguments:
        print(json.dumps(found))
    else:
        show(found)
        show_nation(found)
        show_telling(found)
        show_cap(found["cap"])
        show_roster(found.get("roster", {}))
        show_own(found["own"])


if __name__ == "__main__":
    main(sys.argv[1:])
