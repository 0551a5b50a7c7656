"""Signed heads and proofs under them: on a timer or on demand, never per entry.

The last checkpoint of each log also lies in the anchor, outside the database: a restored backup must not fork the log.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from awas.ledger import services as ledger
from awas.ledger.anchor import Anchor, ForkedLog
from awas.ledger.area import Instant
from awas.ledger.checkpoint import Checkpoint, sign_checkpoint
from awas.ledger.keys import KeyFolder
from awas.ledger.merkle import root_at
from awas.ledger.models import Entry, Log, SignedCheckpoint
from awas.ledger.note import Signer, Verifier
from awas.ledger.proof import EntryProof, prove
from awas.ledger.tiles import Subtrees, TileReader

EVERY = 60_000
"""At least so long between two checkpoints of one log."""


def signer_of(origin: str) -> Signer:
    """The log's own key, made when the log is first signed."""
    return KeyFolder(settings.KEYS_ROOT).load_or_create(origin)


def verifier_of(origin: str) -> Verifier:
    """The public key that checks a log's checkpoints."""
    return signer_of(origin).verifier


def anchor() -> Anchor:
    """The store outside the database that remembers the last checkpoint of each log."""
    return Anchor(Path(settings.ANCHOR))


def latest(origin: str) -> str | None:
    """The newest signed checkpoint of a log as a note."""
    found = SignedCheckpoint.objects.filter(log__origin=origin).order_by("-size")
    return found.values_list("note", flat=True).first()


def sign(origin: str, now: Instant) -> str | None:
    """Signs the present head unless it is signed already; returns the newest note, None for an empty log.

    Raises `ForkedLog` if the log doesn't continue what it has signed: then it also takes no more entries.
    """
    log = Log.objects.filter(origin=origin, size__gt=0).first()
    if log is None:
        return None
    if (known := SignedCheckpoint.objects.filter(log=log, size=log.size).first()) is not None:
        return known.note
    # This head is going to be shown: first everything under it is made durable. Read before, not after: what the judge
    # adds meanwhile may yet be lost with the power, and the anchor must never name a head that the log no longer has.
    ledger.sequencer().store.settle(origin)
    head = Checkpoint(origin=origin, size=log.size, root=bytes(log.root))
    note = sign_checkpoint(head, [signer_of(origin)], now)
    store = anchor()
    before = store.fetch(origin)
    require_not_forked(origin, store)
    # The anchor first: if the power fails in between, the anchor names a head that the log has, only unlisted.
    store.replace(origin, before, note)
    SignedCheckpoint.objects.get_or_create(log=log, size=log.size, defaults={"signed_at": now, "note": note})
    return note


def require_not_forked(origin: str, store: Anchor | None = None) -> None:
    """Holds a log's head against the anchor; a log that is behind or beside it is halted. Raises `ForkedLog`."""
    log = Log.objects.filter(origin=origin).first()
    if log is None:
        size, root = 0, b""
    else:
        size, root = log.size, bytes(log.root)
    hashes = Subtrees(ledger.tiles_of(origin)) if log is not None else None
    try:
        (store or anchor()).require_not_behind(
            origin, size, root, lambda prefix: root_at(prefix, hashes) if hashes is not None else b""
        )
    except ForkedLog as forked:
        ledger.halt(origin, str(forked))
        raise


def sign_due(now: Instant) -> int:
    """Signs every log that has grown since its last checkpoint and is due; returns how many."""
    signed = 0
    for log in Log.objects.filter(size__gt=0, halted_why=""):
        last = SignedCheckpoint.objects.filter(log=log).order_by("-size").first()
        if last is not None and (last.size == log.size or now - last.signed_at < EVERY):
            continue
        try:
            sign(log.origin, now)
        except ForkedLog:
            continue  # halted with its reason; `awas doctor` and the wall say so
        signed += 1
    return signed


def proof_of(origin: str, index: int, now: Instant) -> EntryProof | None:
    """The stand-alone receipt of an entry under a checkpoint that covers it; None for no such entry."""
    row = Entry.objects.filter(log__origin=origin, index=index).first()
    if row is None:
        return None
    note = SignedCheckpoint.objects.filter(log=row.log, size__gt=index).order_by("-size").values_list("note", flat=True)
    covering = note.first() or sign(origin, now)
    if covering is None:
        return None
    return prove(bytes(row.body), index, covering, Subtrees(ledger.tiles_of(origin)))


class DatabaseReader:
    """The stored logs as `verify_log` wants them: straight from the tables, trusting nothing derived."""

    def origins(self) -> list[str]:
        return list(Log.objects.order_by("origin").values_list("origin", flat=True))

    def head(self, origin: str) -> tuple[int, bytes]:
        log = Log.objects.get(origin=origin)
        return log.size, bytes(log.root)

    def entries(self, origin: str, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
        return ledger.entries_of(origin, start, stop)

    def tiles(self, origin: str) -> TileReader:
        return ledger.tiles_of(origin)

    def checkpoints(self, origin: str) -> Iterator[bytes | str]:
        yield from SignedCheckpoint.objects.filter(log__origin=origin).order_by("size").values_list("note", flat=True)
