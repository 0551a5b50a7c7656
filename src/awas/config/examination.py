"""`awas doctor`: what an operator wants to know before trusting an installation."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from awas.clock import real_now
from awas.delivery.models import WorkerHeartbeat
from awas.delivery.undelivered import standing
from awas.ledger import checkpoints
from awas.ledger.area import MINUTE
from awas.ledger.checkpoint import Checkpoint
from awas.ledger.models import Log
from awas.ledger.note import parse_note
from awas.ledger.services import halted

LEAST_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    detail: str


def examine() -> list[Finding]:
    """Everything, in the order a repair would go."""
    return [*_database(), *_files(), *([] if migrations_waiting() else [*_logs(), *_anchor(), *_worker(), *_outbox()])]


def migrations_waiting() -> int:
    """How many steps the tables are behind this version of the program."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
            cursor.execute("PRAGMA synchronous")
            synchronous = cursor.fetchone()[0]
            yield Finding("database", mode == "wal" and synchronous == 2, f"SQLite, {mode}, synchronous={synchronous}")
        else:
            cursor.execute("SHOW synchronous_commit")
            setting = cursor.fetchone()[0]
            yield Finding("database", setting != "off", f"PostgreSQL, synchronous_commit={setting}")
    waiting = migrations_waiting()
    yield Finding("tables", not waiting, "up to date" if not waiting else f"{waiting} steps wait: run `awas prepare`")


def _files() -> Iterator[Finding]:
    home = Path(settings.HOME)
    free = shutil.disk_usage(home).free
    yield Finding("disk", free > LEAST_FREE_BYTES, f"{free // (1024 * 1024)} MB free")
    secret = home / "secret-key"
    if secret.exists():
        mode = secret.stat().st_mode & 0o077
        yield Finding("secret key", mode == 0, "readable by its owner alone" if mode == 0 else "others can read it")


def _logs() -> Iterator[Finding]:
    stopped = halted()
    yield Finding(
        "logs",
        not stopped,
        "all take entries" if not stopped else "; ".join(f"{log}: {why}" for log, why in stopped.items()),
    )


def _anchor() -> Iterator[Finding]:
    """Without halting anything: that is the server's part when it starts."""
    behind = []
    store = checkpoints.anchor()
    for log in Log.objects.all():
        note = store.fetch(log.origin)
        signed = Checkpoint.from_text(parse_note(note).text).size if note else 0
        if log.size < signed:
            behind.append(f"{log.origin} has {log.size} entries, {signed} were signed")
    yield Finding("anchor", not behind, "no log is behind what it has signed" if not behind else "; ".join(behind))


def _worker() -> Iterator[Finding]:
    """Every job's pulse, by the installation's own clock."""
    now, beats = settings.AWAS_NOW(), list(WorkerHeartbeat.objects.order_by("job"))
    if not beats:
        yield Finding("worker", False, "it has not run yet: `awas serve` runs it, or `awas worker`")
        return
    late = [beat.job for beat in beats if now - beat.beat_at > 2 * MINUTE + beat.every_ms]
    failing = [f"{beat.job} ({beat.last_error})" for beat in beats if beat.failure_count]
    said = [f"silent: {', '.join(late)}"] * bool(late) + [f"failing: {', '.join(failing)}"] * bool(failing)
    yield Finding("worker", not said, "; ".join(said) or f"{len(beats)} jobs are done")


def _outbox() -> Iterator[Finding]:
    """A message that could not be delivered is for people to look at; one that nobody tries is wrong."""
    found = standing(real_now(), settings.AWAS_NOW())
    said = f"{found.waiting} wait, {found.undelivered} could not be delivered (`awas outbox failed`)"
    overdue = f"{found.overdue} should have been tried 5 minutes ago; "
    yield Finding("outbox", not found.overdue, (overdue if found.overdue else "") + said)
