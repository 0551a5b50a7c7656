"""The last signed checkpoint of every log, in a file of its own: what a restored backup is held against.

A database that was restored from yesterday would sign today's sizes again with other entries: a fork, which nobody who
holds a checkpoint from in between could forgive. So every checkpoint is put here, by compare-and-swap, before it is
shown to anyone, and no log is opened whose head is behind or beside the one that stands here. The file belongs on
another disk than the database and must not be restored together with it.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from awas.ledger.checkpoint import Checkpoint
from awas.ledger.note import parse_note

_TABLE = "CREATE TABLE IF NOT EXISTS anchor (origin TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT, WITHOUT ROWID"
_WAIT_S = 10.0


class Moved(Exception):  # noqa: N818 - the finding, not the fault
    """Somebody else has put another checkpoint here: two programs write the same log."""


class ForkedLog(Exception):  # noqa: N818
    """The log is behind what it has signed already, or is another log under the same name. It must take no entries."""


class Anchor:
    """One SQLite file at `path`. Safe for threads and processes: every call opens the file anew."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connection() as connection:
            connection.execute(_TABLE)

    def fetch(self, origin: str) -> str | None:
        """The note that stands here for a log, or None if none was ever signed."""
        with self._connection() as connection:
            row = connection.execute("SELECT note FROM anchor WHERE origin = ?", (origin,)).fetchone()
        return None if row is None else str(row[0])

    def replace(self, origin: str, old: str | None, new: str) -> None:
        """Puts `new` where `old` stands (None: where nothing stands). Raises `Moved` if something else stands there.

        Durable on return. If the power fails before, `old` stands; the checkpoint was shown to nobody yet. Raises
        ForkedLog if `new` is of a smaller tree than `old`, or of the same size with another root.
        """
        head = _checkpoint(origin, new)
        if old is not None:
            _require_onward(_checkpoint(origin, old), head.size, head.root)
        with self._connection() as connection:
            if old is None:
                done = connection.execute(
                    "INSERT INTO anchor (origin, note) VALUES (?, ?) ON CONFLICT (origin) DO NOTHING", (origin, new)
                )
            else:
                done = connection.execute(
                    "UPDATE anchor SET note = ? WHERE origin = ? AND note = ?", (new, origin, old)
                )
            changed = done.rowcount
        if changed != 1:
            raise Moved(f"{origin}: another checkpoint stands in {self._path}")

    def require_not_behind(
        self, origin: str, size: int, root: bytes, root_at: Callable[[int], bytes]
    ) -> Checkpoint | None:
        """Asked before a log takes entries: its head must continue the checkpoint that stands here.

        `root_at(n)` recomputes the root of the log's first n entries. Returns the checkpoint (None: never signed).
        Raises `ForkedLog`.
        """
        note = self.fetch(origin)
        if note is None:
            return None
        signed = _checkpoint(origin, note)
        _require_onward(signed, size, root)
        if signed.size < size and root_at(signed.size) != signed.root:
            raise ForkedLog(f"{origin}: the first {signed.size} entries are not those that were signed")
        return signed

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_WAIT_S)) as connection:
            # EXTRA also syncs the folder after the journal is removed: with FULL a power cut could bring back the
            # checkpoint before this one, after this one has been shown.
            connection.execute("PRAGMA synchronous=EXTRA")
            with connection:
                yield connection


def _checkpoint(origin: str, note: str) -> Checkpoint:
    """The program's own note, not checked again."""
    checkpoint = Checkpoint.from_text(parse_note(note).text)
    if checkpoint.origin != origin:
        raise ValueError(f"a checkpoint of {checkpoint.origin} can't stand for {origin}")
    return checkpoint


def _require_onward(signed: Checkpoint, size: int, root: bytes) -> None:
    if size < signed.size:
        raise ForkedLog(f"{signed.origin}: {size} entries, but {signed.size} were signed: restored from a backup?")
    if size == signed.size and root != signed.root:
        raise ForkedLog(f"{signed.origin}: another root over {size} entries than the one that was signed")
