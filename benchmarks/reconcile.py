"""The reconciliation's sums over a nation of stage rows, against a bare scan of the same columns in the same run.

820,161 stations x 5 ballots x 6 stages, made inside the engine with differences planted in it, written as parquet, and
summed with 2 threads. Two bare scans: one adds up the integer columns alone (which the engine does on runs of equal
values, without unpacking them), the other also takes the greatest value of every text column that the sums read. Run as
`python -m benchmarks.reconcile`; --quick takes a fiftieth of the stations, --uneven has every station lose a sheet, so
that nothing is spared. Prints JSON; exit code 1 when a planted difference is not found, or anything else is.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from awas.logistics.reconcile.engine import DuckDB, Tables, load
from awas.logistics.reconcile.reconciling import absent_of, mixed_of, totals_of
from awas.logistics.reconcile.report import STATION_STAGES, Absent, Totals

STATIONS = 820_161
THREADS = 2
ROUNDS = 3
BALLOTS = ("ppwp", "dpr", "dpd", "dprd_prov", "dprd_kab")
PER_MILLE = 20
LOSS = 10_007
"""Every so manieth station loses 3 sheets of a ballot on the way to the kecamatan."""
SWAP = 20_011
"""Every so manieth gives 5 sheets to its neighbour while packing: sums right, both stations wrong."""
BROKEN = 30_011
"""Every so manieth has a row at the village that doesn't add up by 7."""
UNKNOWN = 40_009
"""Every so manieth has no known voters."""

STATION_SQL = """
SELECT i, lpad((11 + d // 14)::VARCHAR, 2, '0') || '.' || lpad((1 + d % 14)::VARCHAR, 2, '0') AS district,
  district || '.' || lpad((1 + j // 100)::VARCHAR, 2, '0') || '.' || (2001 + j % 100 // 10) || '-'
    || lpad((1 + j % 10)::VARCHAR, 3, '0') AS code,
  180 + i * 7919 % 121 AS voters, voters + (voters * {per_mille} + 999) // 1000 AS need
FROM (SELECT i, i // 1596 AS d, i % 1596 AS j FROM range({stations}) t(i))
"""
ROWS_SQL = """
SELECT district, code AS place, code AS station, stage, 'ballot' AS item, ballot,
  CASE b WHEN 0 THEN '' WHEN 2 THEN district[1:2] WHEN 4 THEN district || '-' || (1 + i % 1596 // 400)
    ELSE district || '-0' END AS dapil,
  n - CASE WHEN lost AND k > 0 THEN 3 ELSE 0 END AS taken,
  n - CASE WHEN lost AND k > 0 THEN 3 ELSE 0 END AS passed,
  0::BIGINT AS held,
  CASE WHEN broken AND k = 2 THEN 7 ELSE 0 END::BIGINT AS damaged,
  0::BIGINT AS short,
  0::BIGINT AS over
FROM (
  SELECT *, (b = 1 AND i % {loss} = 5) AS lost, (b = 3 AND i % {broken} = 11) AS broken,
    (need + CASE WHEN b = 2 AND i % {swap} = 7 THEN -5 WHEN b = 2 AND i % {swap} = 8 THEN 5 ELSE 0 END)::BIGINT AS n
  FROM made, (SELECT unnest({ballots}) AS ballot, unnest(range(5)) AS b),
    (SELECT unnest({stages}) AS stage, unnest(range(6)) AS k)
)
ORDER BY i, b, k
"""
INTEGERS = ("taken", "passed", "held", "damaged", "short", "over")
TEXTS = ("district", "station", "item", "ballot", "dapil", "stage")


def planted(stations: int) -> dict[str, int]:
    """How many of each difference the rows of so many stations hold."""

    def of(every: int, rest: int) -> int:
        return sum(1 for _ in range(rest, stations, every))

    return {
        "lost": of(LOSS, 5),
        "gave": of(SWAP, 7),
        "got": of(SWAP, 8),
        "broken": of(BROKEN, 11),
        "unknown": of(UNKNOWN, 13),
    }


def make(folder: Path, stations: int, uneven: bool) -> Path:
    """Writes rows.parquet and stations.parquet; gives their folder. In a process of its own: sorting takes memory."""
    import duckdb

    connection = duckdb.connect(config={"threads": THREADS})
    connection.execute(f"CREATE TABLE made AS {STATION_SQL.format(per_mille=PER_MILLE, stations=stations)}")
    text = ROWS_SQL.format(loss=LOSS, swap=SWAP, broken=BROKEN, ballots=list(BALLOTS), stages=list(STATION_STAGES))
    if uneven:
        text = f"SELECT * REPLACE (taken - (stage = 'to_village')::BIGINT AS taken) FROM ({text})"
    connection.sql(text).write_parquet(str(folder / "rows.parquet"))
    known = f"SELECT code, district, CASE WHEN i % {UNKNOWN} = 13 THEN NULL ELSE voters END AS voters FROM made"
    connection.sql(known).write_parquet(str(folder / "stations.parquet"))
    connection.close()
    return folder


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of some rounds in seconds, and the last answer."""
    seconds, answer = [], None
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - began)
    return min(seconds), answer


def summed(engine: DuckDB, entitlements: list[tuple[str, str]]) -> tuple[list[Totals], list[Absent]]:
    """Sums, gaps and needs of every district, ballot and stage; mixed villages; stations without a record."""
    totals = totals_of(engine)
    return totals, absent_of(engine, totals, entitlements, mixed_of(engine))


def wrong(totals: list[Totals], absent: list[Absent], stations: int) -> list[str]:
    """What was not found as planted; empty when all of it was and nothing else."""
    want, unknown = planted(stations), planted(stations)["unknown"]
    short_packing = want["gave"]
    expected = {
        "gap_less_count": {"to_kecamatan": want["lost"]},
        "gap_less_units": {"to_kecamatan": 3 * want["lost"]},
        "gap_more_count": {},
        "unbalanced_rows": {"to_village": want["broken"]},
        "unbalanced_units": {"to_village": 7 * want["broken"]},
        "unknown_count": dict.fromkeys(STATION_STAGES, unknown * len(BALLOTS)),
        "short_count": {s: short_packing + (want["lost"] if s != "packing" else 0) for s in STATION_STAGES},
        "over_count": dict.fromkeys(STATION_STAGES, want["got"]),
        "need_over": dict.fromkeys(STATION_STAGES, 5 * want["got"]),
        "short": {},
        "over_units": {},
    }
    faults = []
    for name, by_stage in expected.items():
        for stage in STATION_STAGES:
            found = sum(getattr(row, name) for row in totals if row.stage == stage)
            if found != by_stage.get(stage, 0):
                faults.append(f"{name} at {stage}: {found}, planted {by_stage.get(stage, 0)}")
    return faults + [f"absent: {row}" for row in absent]


def measure(folder: Path, stations: int, *, uneven: bool) -> dict[str, Any]:
    """Everything that is timed, and what was not found as planted."""
    with DuckDB(THREADS) as engine:
        connection = engine._connection
        register = connection.execute("SELECT * FROM read_parquet(?)", [str(folder / "stations.parquet")]).fetchall()
        entitlements = [(district, ballot) for district in {row[1] for row in register} for ballot in BALLOTS]
        load(engine, Tables(stage_rows=[folder / "rows.parquet"], stations=register, per_mille=PER_MILLE))
        adds = ", ".join(f"SUM({name})" for name in INTEGERS)
        reads = ", ".join(f"MAX({name})" for name in TEXTS)
        integers, _ = best(lambda: connection.execute(f"SELECT {adds} FROM stage_rows").fetchall())
        whole, _ = best(lambda: connection.execute(f"SELECT {adds}, {reads} FROM stage_rows").fetchall())
        seconds, (totals, absent) = best(lambda: summed(engine, entitlements))
        parts = {name: best(lambda name=name: list(engine.ask(name)))[0] for name in ("balance", "gap_sums")}
        listing, worst = best(lambda: list(engine.ask("differences", ["", "", "", "", 50])))
    return {
        "rows": sum(row.row_count for row in totals),
        "parquet_mb": (folder / "rows.parquet").stat().st_size / 1e6,
        "seconds": seconds,
        "parts_s": parts,
        "listing_s": listing,
        "bare_integers_s": integers,
        "bare_all_columns_s": whole,
        "ratio_to_all_columns": seconds / whole,
        "ratio_to_integers": seconds / integers,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "worst": [worst[0]["reason"], worst[0]["units"]],
        "planted": planted(stations),
        "faults": [] if uneven else wrong(totals, absent, stations),
    }


def main(arguments: list[str]) -> int:
    stations = STATIONS // 50 if "--quick" in arguments else STATIONS
    uneven = "--uneven" in arguments
    with tempfile.TemporaryDirectory(prefix="awas-bench-") as home:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            folder = apart.submit(make, Path(home), stations, uneven).result()
        found = measure(folder, stations, uneven=uneven)
    print(json.dumps(found))
    return 1 if found["faults"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
