"""The reconciliation itself: the texts in their order, the answers as structs. Needs an engine, and no database."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from awas.logistics.reconcile.engine import BatchEngine, Tables, load
from awas.logistics.reconcile.report import (
    NEED_STAGES,
    Absent,
    Difference,
    Mixed,
    Pair,
    Reconciliation,
    Totals,
    flows,
    stock_differences,
    with_gaps,
    worst_first,
)


class Wanted(Struct, frozen=True, kw_only=True):
    """What somebody asks for. Empty texts narrow nothing; `counted_by` are the two counts that are held together."""

    region: str = ""
    stage: str = ""
    ballot: str = ""
    limit: int = 50
    counted_by: tuple[str, str] = ("bawaslu", "kpu")


def totals_of(engine: BatchEngine) -> list[Totals]:
    """Sums, gaps and needs of every district, thing and stage: three scans of the rows at most."""
    return with_gaps(list(engine.ask("balance")), engine.ask("gap_sums"))


def reconcile(engine: BatchEngine, tables: Tables, wanted: Wanted) -> Reconciliation:
    """Everything that does not agree, and the sums beside it."""
    load(engine, tables)
    totals = totals_of(engine)
    absent = [row for stage in NEED_STAGES for row in _absent(engine, totals, stage)]
    moved = flows(totals)
    found = [*stock_differences(moved), *_listed(engine, wanted, absent)]
    return Reconciliation(
        region=wanted.region,
        totals=tuple(row for row in totals if _asked(wanted, row)),
        absent=tuple(row for row in absent if _asked(wanted, row)),
        flows=tuple(row for row in moved if _asked(wanted, row)),
        differences=worst_first((row for row in found if _asked(wanted, row)), wanted.limit),
        mixed=tuple(_mixed(engine, wanted)),
        counted_by=wanted.counted_by,
        pairs=tuple(_pairs(engine, wanted)),
    )


def _asked(wanted: Wanted, row: Any) -> bool:
    return wanted.stage in {"", row.stage} and wanted.ballot in {"", row.ballot}


def _absent(engine: BatchEngine, totals: Iterable[Totals], stage: str) -> list[Absent]:
    begun = {(row.district, row.ballot) for row in totals if row.stage == stage and row.station_count}
    if not begun:
        return []
    return [
        msgspec.convert({**row, "stage": stage, "begun": (row["district"], row["ballot"]) in begun}, Absent)
        for row in engine.ask("absent", [stage])
    ]


def _listed(engine: BatchEngine, wanted: Wanted, absent: Iterable[Absent]) -> list[Difference]:
    filters = [wanted.stage, wanted.stage, wanted.ballot, wanted.ballot]
    found = [msgspec.convert(row, Difference) for row in engine.ask("differences", [*filters, wanted.limit])]
    for stage in sorted({row.stage for row in absent if row.begun and row.absent_count}):
        rows = engine.ask("absent_stations", [stage, stage, wanted.ballot, wanted.ballot, wanted.limit])
        found += [
            Difference(
                district=row["district"],
                place=row["station"],
                station=row["station"],
                stage=stage,
                item="ballot",
                ballot=row["ballot"],
                dapil="",
                reason="absent",
                units=-(row["need"] or 0),
            )
            for row in rows
        ]
    return found


def _mixed(engine: BatchEngine, wanted: Wanted) -> list[Mixed]:
    found = [msgspec.convert(row, Mixed) for row in engine.ask("constituencies")]
    return [row for row in found if wanted.ballot in {"", row.ballot}]


def _pairs(engine: BatchEngine, wanted: Wanted) -> list[Pair]:
    values = [*wanted.counted_by, wanted.stage, wanted.stage, wanted.ballot, wanted.ballot, wanted.limit]
    return [msgspec.convert(row, Pair) for row in engine.ask("counts", values)]
