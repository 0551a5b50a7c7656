"""The reconciliation itself: the texts in their order, the answers as structs. Needs an engine, and no database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from awas.logistics.reconcile.engine import ASKED, BatchEngine, Tables, load
from awas.logistics.reconcile.report import (
    NEED_STAGES,
    Absent,
    Difference,
    Mixed,
    Pair,
    Reconciliation,
    Totals,
    asked,
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
    mixed = mixed_of(engine)
    absent = absent_of(engine, totals, list(tables.entitlements), mixed)
    moved = flows(totals)
    found = [*stock_differences(moved), *_listed(engine, wanted, absent)]
    return Reconciliation(
        region=wanted.region,
        totals=tuple(row for row in totals if _asked(wanted, row)),
        absent=tuple(row for row in absent if _asked(wanted, row)),
        flows=tuple(row for row in moved if _asked(wanted, row)),
        differences=worst_first((row for row in found if _asked(wanted, row)), wanted.limit),
        mixed=tuple(row for row in mixed if wanted.ballot in {"", row.ballot}),
        counted_by=wanted.counted_by,
        pairs=tuple(_pairs(engine, wanted)),
    )


def _asked(wanted: Wanted, row: Any) -> bool:
    return wanted.stage in {"", row.stage} and wanted.ballot in {"", row.ballot}


def mixed_of(engine: BatchEngine) -> list[Mixed]:
    """Villages with ballots of more than one constituency."""
    return [msgspec.convert(row, Mixed) for row in engine.ask("constituencies")]


def absent_of(
    engine: BatchEngine, totals: list[Totals], entitlements: Sequence[tuple[str, str]], mixed: list[Mixed]
) -> list[Absent]:
    """Stations of which a stage that has begun recorded nothing, by district and ballot."""
    registered = {row["district"]: row["station_count"] for row in engine.ask("registered")}
    found = []
    for stage in NEED_STAGES:
        if pairs := asked(totals, stage, entitlements, registered, mixed):
            engine.fill("asked", ASKED, pairs)
            found += [msgspec.convert({**row, "stage": stage}, Absent) for row in engine.ask("absent", [stage])]
    return found


def _listed(engine: BatchEngine, wanted: Wanted, absent: Iterable[Absent]) -> list[Difference]:
    filters = [wanted.stage, wanted.stage, wanted.ballot, wanted.ballot]
    found = [msgspec.convert(row, Difference) for row in engine.ask("differences", [*filters, wanted.limit])]
    for stage in NEED_STAGES:
        if not (pairs := [(row.district, row.ballot) for row in absent if row.stage == stage]):
            continue
        engine.fill("asked", ASKED, pairs)
        rows = engine.ask("absent_stations", [stage, wanted.ballot, wanted.ballot, wanted.limit])
        found += [_gone(stage, row) for row in rows]
    return found


def _gone(stage: str, row: Mapping[str, Any]) -> Difference:
    return Difference(
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


def _pairs(engine: BatchEngine, wanted: Wanted) -> list[Pair]:
    filters = [wanted.stage, wanted.stage, wanted.ballot, wanted.ballot]
    values: list[str | int] = [*wanted.counted_by, *filters, wanted.limit]
    return [msgspec.convert(row, Pair) for row in engine.ask("counts", values)]
