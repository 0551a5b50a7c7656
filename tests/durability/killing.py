"""Rounds of work cut short by SIGKILL, and what the database looks like after them.

Django is loaded once; each round is a fork of this process, made before any connection to the database is open and
while there is no other thread.
"""

import json
import os
import random
import select
import signal
import threading
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from awas.config import wiring
from awas.ledger import checkpoints
from awas.ledger import services as ledger
from awas.ledger.rebuild import Rebuild
from awas.ledger.verify import verify_log
from awas.warnings import services as warnings
from tests.durability import gatekeepers

PATIENCE_SECONDS = 20
ALIVE_MS = (30, 400)
"""How long after its first receipt a child is killed."""


def rounds(count, chance, acks):
    """Lets `count` children work and kills each; returns how many died by that alone."""
    killed = 0
    for _ in range(count):
        assert threading.active_count() == 1
        connections.close_all()
        alive_seconds = chance.uniform(*ALIVE_MS) / 1000
        last = last_acknowledged(acks)
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                gatekeepers.work(last, os.open(acks, os.O_WRONLY | os.O_APPEND | os.O_CREAT), told)
            finally:
                os._exit(3)
        os.close(told)  # so that the end of a child that fails is heard, too
        readable, _, _ = select.select([heard], [], [], PATIENCE_SECONDS)
        ready = bool(readable) and os.read(heard, 1) == b"!"
        if ready:
            time.sleep(alive_seconds)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(heard)
        killed += ready and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return killed


def lines(acks):
    return [json.loads(line) for line in acks.read_bytes().splitlines()] if acks.exists() else []


def last_acknowledged(acks):
    """By phone, the number of the last command it has a receipt for."""
    return {line["phone"]: line["seq"] for line in lines(acks) if "leaf" in line}


def lost(receipts):
    """Receipts whose entry isn't in the log, or isn't the one that was acknowledged."""
    stored = {
        (log, index): (device, seq, part, bytes(leaf).hex())
        for log, index, device, seq, part, leaf in ledger.sequencer().store.query(
            "SELECT origin, idx, device, seq, part, leaf FROM ledger_entry JOIN ledger_log ON id = log_id"
        )
    }
    wrong = []
    for one in receipts:
        wanted = [(one["phone"], one["seq"], part) for part in range(one["count"])]
        found = [stored.get((one["log"], one["index"] + part)) for part in range(one["count"])]
        if [row and row[:3] for row in found] != wanted or found[0][3] != one["leaf"]:
            wrong.append(one)
    return wrong


def broken_sequences():
    """Devices whose numbers in a log aren't 1, 2, 3 … with parts 0, 1, 2 …, each once."""
    numbers = {}
    for log, device, seq, part in ledger.sequencer().store.query(
        "SELECT log_id, device, seq, part FROM ledger_entry ORDER BY log_id, device, seq, part"
    ):
        numbers.setdefault((log, device), {}).setdefault(seq, []).append(part)
    return [
        f"{log}/{device}"
        for (log, device), parts in numbers.items()
        if list(parts) != list(range(1, len(parts) + 1))
        or any(some != list(range(len(some))) for some in parts.values())
    ]


def judged():
    """Whether judging once brings the judgement of every log up to its head."""
    wiring.judge_due()
    return warnings.bench().due() == []


def unsound():
    """What a full check of every log finds, and whatever isn't what the entries give."""
    sequencer, found = ledger.sequencer(), []
    for log in gatekeepers.logs():
        checkpoints.sign(log, sequencer.clock())
        report = verify_log(checkpoints.DatabaseReader(), log, [checkpoints.verifier_of(log)])
        found += [f"{log}: {problem}" for problem in report.problems]
        rebuilt = Rebuild(sequencer.store, sequencer.vocabulary, sequencer.tables, log).check()
        if rebuilt.difference_count:
            found.append(f"{log}: {rebuilt.difference_count} differences, {rebuilt.first}")
    return found


def run(count, seed):
    """Makes the database, kills `count` children and returns what is found then."""
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        durable = cursor.execute("PRAGMA synchronous").fetchone()[0]
    acks = Path(settings.HOME) / "acknowledged.ndjson"
    killed = rounds(count, random.Random(seed), acks)
    told = lines(acks)
    receipts = [line for line in told if "leaf" in line]
    ask = ledger.sequencer().store.query
    found = {
        "killed": killed,
        "synchronous": durable,
        "receipts": len(receipts),
        "sent_again": sum(line["replayed"] for line in receipts),
        "left_unjudged": sum(bool(line.get("unjudged")) for line in told),
        "failed": [line for line in told if "failed" in line],
        "judged": judged(),
        "lost": lost(receipts),
        "broken_sequences": broken_sequences(),
        "unsound": unsound(),
        "entries": ask("SELECT count(*) FROM ledger_entry")[0][0],
        "of_several": sum(one["count"] > 1 for one in receipts),
        "warning_entries": ask("SELECT count(*) FROM ledger_entry WHERE device = 'judge'")[0][0],
    }
    return found | {"seconds": round(time.monotonic() - began, 1)}
