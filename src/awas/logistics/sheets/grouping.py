"""Puts rows together into commands of at most 200 lines, under keys that their content alone decides. Pure.

The key of a thing born of a sheet is `36.02-G1/xl.240112.<hash>`: the day its rows speak of, and a hash of the kind,
the place and every line. The same rows give the same key on any machine, at any time.
"""

import hashlib
from collections.abc import Container, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from awas.ledger.area import Instant
from awas.ledger.message import Command
from awas.ledger.naming import key_at, name_of
from awas.logistics.sheets.rows import MAKERS, NO_DAY, Head, Maker, Said, bare_line, what_of

BORN = "xl."
"""How the name of everything born of a sheet begins."""


class Draft(Struct, frozen=True, kw_only=True):
    """One command and the rows it was made of. `at` is when it happened, 0 for the moment it is recorded."""

    kind: str
    key: str
    command: Command
    rows: tuple[Said, ...]
    at: Instant = 0

    @property
    def nonce(self) -> str:
        """The number of the form, so to speak: the same command from the same desk is a second tap."""
        return nonce_of(self.kind, self.key)

    @property
    def digest(self) -> bytes:
        """What the command says, whichever words its rows were typed in."""
        return hashlib.sha256(msgspec.json.encode(self.command, order="deterministic")).digest()


def nonce_of(kind: str, key: str) -> str:
    """The number under which the command of a key is sent. A transfer is offered and accepted under one key."""
    return BORN + hashlib.sha256(f"{kind}|{key}".encode()).hexdigest()[:32]


def day_in(key: str) -> str:
    """The day (`yymmdd` or 0) that the rows of a thing born of a sheet speak of."""
    parts = name_of(key).split(".")
    return parts[1] if len(parts) == 3 else NO_DAY


def drafts(kind: str, place: str, rows: Sequence[Said], used: Container[str] = ()) -> list[Draft]:
    """The commands of some rows. A key in `used` was given to a thing that has been taken back since: the next is
    taken."""
    maker = MAKERS[kind]
    found = [_draft(kind, place, chunk, used) for chunk in _chunks(maker, rows)]
    return sorted(found, key=lambda draft: (draft.rows[0].sheet, draft.rows[0].row))


def alone(kind: str, place: str, row: Said) -> Draft:
    """One row as a command of its own, under a key that no real one has: to see whether it is to blame."""
    key = _draft(kind, place, [row], ()).key[:-2] + "-x"
    return Draft(kind=kind, key=key, command=_command(kind, key, [row]), rows=(row,), at=row.at)


MOST_BYTES = 45_000
"""Of the lines of one command: an entry holds 65,535 with everything that the record adds."""


class _Chunk:
    def __init__(self) -> None:
        self.rows: list[Said] = []
        self.lines = 0
        self.bytes = 0
        self.things: set[tuple[str, ...]] = set()

    def takes(self, row: Said, most: int) -> bool:
        """Whether a row fits in: there is room, and no line of it stands here already (a record takes none twice)."""
        if self.lines + len(row.things) > most or self.bytes + _size(row) > MOST_BYTES:
            return False
        return not any(what_of(one) in self.things for one in row.things)

    def add(self, row: Said) -> None:
        self.rows.append(row)
        self.lines += len(row.things)
        self.bytes += _size(row)
        self.things.update(what_of(one) for one in row.things)


def _size(row: Said) -> int:
    return len(msgspec.json.encode(row.things))


def _chunks(maker: Maker, rows: Sequence[Said]) -> list[list[Said]]:
    by_head: dict[tuple[str, Head], list[_Chunk]] = {}
    for row in rows:
        chunks = by_head.setdefault((row.day, row.head), [])
        # A row stays whole: a station's kit in two commands would look incomplete after the first.
        chunk = next((one for one in reversed(chunks[-8:]) if one.takes(row, maker.most)), None)
        if chunk is None:
            chunk = _Chunk()
            chunks.append(chunk)
        chunk.add(row)
    return [chunk.rows for chunks in by_head.values() for chunk in chunks]


def _draft(kind: str, place: str, rows: Sequence[Said], used: Container[str]) -> Draft:
    content = [[row.day, row.head, [bare_line(thing) for thing in row.things]] for row in rows]
    for attempt in range(1_000):
        name = _hash([kind, place, sorted(_plain(one) for one in content), attempt])
        key = key_at(place, f"{BORN}{rows[0].day}.{name}")
        if key not in used:
            return Draft(kind=kind, key=key, command=_command(kind, key, rows), rows=tuple(rows), at=rows[0].at)
    raise AssertionError("the same rows were taken back a thousand times")


def _command(kind: str, key: str, rows: Sequence[Said]) -> Command:
    things: tuple[Any, ...] = tuple(thing for row in rows for thing in row.things)
    return MAKERS[kind].command(kind, key, rows[0].known, things)


def _plain(content: Any) -> str:
    return msgspec.json.encode(content, order="deterministic").decode()


def _hash(content: Any) -> str:
    return hashlib.sha256(_plain(content).encode()).hexdigest()[:24]
