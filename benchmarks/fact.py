"""Entries through the whole FACT against a bare insert of the same rows, by group size, in one run on the same disk.

The FACT: decide, canonical JSON, leaf hash, tree, entries, items, snapshot, device heads, head, COMMIT. The bare insert
puts the same rows of the entries' table, into the same table with the same indexes and PRAGMAs, in groups of the same
size. Run as a process of its own (`python -m benchmarks.fact`) with an empty AWAS_HOME; prints JSON.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

SIZES = (1, 10, 100, 1000)
PLACE = "36.02-G1"
LOG = "awas/36.02"
SYNCS = 200


def fdatasyncs(folder: Path) -> float:
    """Syncs a second of the disk under the database: the rate no single durable write can pass."""
    path = folder / "sync"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        began = time.perf_counter()
        for _ in range(SYNCS):
            os.write(descriptor, b"x" * 740)
            os.fdatasync(descriptor)
        return SYNCS / (time.perf_counter() - began)
    finally:
        os.close(descriptor)
        path.unlink()


def submissions(count: int, device: str) -> list[Any]:
    """People of a made-up cast going in and out by turns."""
    from awas.ledger.area import Sealed
    from awas.ledger.fact import Submission
    from awas.warehouse.commands import EnterPerson, LeavePerson

    found = []
    for number in range(count):
        turn, visit = number // 2, f"{PLACE}/{device}{number // 2}"
        person = f"36.02/{device}p{turn % 200}"
        digest = hashlib.sha256(person.encode()).hexdigest()
        command: Any
        if number % 2 == 0:
            name = Sealed(ref=f"{device}p{turn % 200}", digest=digest)
            command = EnterPerson(
                visit_id=visit, person=person, name=name, role="guard", purpose="duty", institution="KPU", watch_count=1
            )
        else:
            command = LeavePerson(visit_id=visit, person=person)
        found.append(
            Submission(
                log=LOG, place=PLACE, actor="p1", device=device, occurred_at=1_707_273_600_000 + number, command=command
            )
        )
    return found


def whole_fact(count: int, size: int) -> tuple[float, float]:
    """(entries a second through the FACT, entries a second through FACT and judgement)."""
    from awas.config import wiring
    from awas.ledger import services as ledger

    sequencer = ledger.sequencer()
    work = submissions(count, f"d{size}")
    spent = judged = 0.0
    for start in range(0, count, size):
        began = time.perf_counter()
        _outcomes, appended = sequencer._commit(work[start : start + size])
        done = time.perf_counter()
        wiring.bench().after_commit(appended)
        spent += done - began
        judged += time.perf_counter() - done
    return count / spent, count / (spent + judged)


def bare_insert(database: Path, count: int, size: int) -> float:
    """The same rows into an empty table with the same columns, indexes and PRAGMAs."""
    source = sqlite3.connect(database)
    made = source.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'ledger_entry' AND sql IS NOT NULL"
    ).fetchall()
    rows = source.execute("SELECT * FROM ledger_entry WHERE device = ? ORDER BY idx", (f"d{size}",)).fetchall()[:count]
    source.close()
    path = database.with_name("bare.sqlite3")
    bare = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=8000", "temp_store=MEMORY"):
        bare.execute(f"PRAGMA {pragma}")
    for (sql,) in made:
        bare.execute(sql.replace('REFERENCES "ledger_log" ("id") DEFERRABLE INITIALLY DEFERRED', ""))
    marks = ", ".join("?" * len(rows[0]))
    began = time.perf_counter()
    for start in range(0, len(rows), size):
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(f"INSERT INTO ledger_entry VALUES ({marks})", rows[start : start + size])
        bare.execute("COMMIT")
    rate = len(rows) / (time.perf_counter() - began)
    bare.close()
    for left in database.parent.glob("bare.sqlite3*"):
        left.unlink()
    return rate


def main(quick: bool) -> None:
    os.environ["AWAS_SEQUENCER"] = "inline"
    import django

    django.setup()
    from django.conf import settings

    from awas.config import serving

    serving.prepare()
    database = Path(settings.DATABASES["default"]["NAME"])
    found: dict[str, Any] = {"fdatasync": fdatasyncs(database.parent), "sizes": {}}
    for size in SIZES:
        count = max(size * (4 if quick else 12), 300 if quick else 1000)
        fact, judged = whole_fact(count, size)
        bare = bare_insert(database, count, size)
        found["sizes"][size] = {"entries": count, "fact": fact, "judged": judged, "bare": bare, "ratio": fact / bare}
    print(json.dumps(found))
    shutil.rmtree(database.parent / "static", ignore_errors=True)


if __name__ == "__main__":
    main("--quick" in sys.argv)
