"""The storage port of the record, on SQLite and on PostgreSQL.

One transaction holds everything a group of commands changes. Nothing here decides anything; nothing here is kept in
memory between transactions, so a failed COMMIT leaves nothing to restore.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import Any, Protocol

from django.db import connections, transaction
from msgspec import Struct

from awas.ledger.merkle import EMPTY_ROOT, Frontier

Row = Sequence[Any]

MAX_VARIABLES = 900
"""Keys looked up in one statement; SQLite's oldest limit on variables is 999."""


WRITER_CACHE_KB = 24_000


class Head(Struct, kw_only=True):
    """The right edge of one log. `frontier` holds size and root."""

    log_id: int
    origin: str
    frontier: Frontier
    last_recorded_at: int
    halted_why: str
    stored_root: bytes


class Table(Struct, frozen=True, kw_only=True):
    """Where rows of one kind lie. `key_count` leading columns are the primary key."""

    name: str
    columns: tuple[str, ...]
    key_count: int = 1


ENTRIES = Table(
    name="ledger_entry",
    columns=(
        "log_id", "idx", "place", "kind", "device", "seq", "part", "nonce", "recorded_at", "digest", "leaf", "body",
    ),
    key_count=2,
)  # fmt: skip
DEVICE_HEADS = Table(name="ledger_devicehead", columns=("log_id", "device", "last_seq"), key_count=2)
SNAPSHOTS = Table(name="ledger_snapshot", columns=("place", "area", "log_id", "position", "body"), key_count=2)
TILES = Table(name="ledger_tile", columns=("log_id", "level", "n", "hashes"), key_count=3)
VAULT = Table(
    name="ledger_vaultrow",
    columns=("ref", "purpose", "place", "salt", "value", "match", "kept_at", "erased_at", "erased_why"),
)


class Store(Protocol):
    """What the sequencer, the judge and the auditor need of a database."""

    body_contains: str

    def expect_writing(self) -> None: ...

    def transaction(self, origins: Collection[str], *, lazily: bool = False) -> Any: ...

    def settle(self, origin: str) -> None: ...

    def heads(self, origins: Collection[str]) -> dict[str, Head]: ...

    def save_heads(self, heads: Iterable[Head]) -> None: ...

    def select(self, table: Table, keys: Collection[Row]) -> list[tuple[Any, ...]]: ...

    def insert(self, table: Table, rows: Sequence[Row]) -> None: ...

    def upsert(self, table: Table, rows: Sequence[Row]) -> None: ...

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None: ...


class SqlStore:
    """What both databases share. Statements are written with `?`; values are always bound."""

    placeholder = "?"
    body_contains = ""
    """A condition on an entry's bytes, with one parameter."""

    def __init__(self, alias: str = "default") -> None:
        self.alias = alias
        self._statements: dict[tuple[str, str, int], str] = {}

    def expect_writing(self) -> None:
        """This thread's connection will do most of the writing."""

    @contextmanager
    def transaction(self, origins: Collection[str], *, lazily: bool = False) -> Iterator[None]:
        """One transaction. It alone writes to the logs named, in this and any other process.

        On return it is durable; with `lazily` only once the next one is: if the power fails before, the database comes
        back as it was before this transaction, or before the lazy ones that went before it, and never with gaps. For
        what follows from the record and is made anew from it.
        """
        with self._pace(lazily), transaction.atomic(using=self.alias):
            self._lock(origins)
            if lazily:
                self._relax()
            yield

    def _pace(self, lazily: bool) -> AbstractContextManager[None]:
        """What must be set before a lazy transaction begins, and put back after it."""
        return nullcontext()

    def _relax(self) -> None:
        """What must be set within a lazy transaction."""

    def settle(self, origin: str) -> None:
        """Makes every transaction so far durable: to be called before something outside relies on the head."""
        with self.transaction([origin]):
            self.execute("UPDATE ledger_log SET size = size WHERE origin = ?", (origin,))

    def _lock(self, origins: Collection[str]) -> None:
        raise NotImplementedError

    def _cursor(self) -> Any:
        """The driver's own cursor: Django's wrapper re-writes placeholders on every call."""
        connections[self.alias].ensure_connection()
        return connections[self.alias].connection.cursor()

    def _sql(self, sql: str) -> str:
        return sql if self.placeholder == "?" else sql.replace("?", self.placeholder)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        cursor = self._cursor()
        try:
            cursor.execute(self._sql(sql), parameters)
            return [tuple(row) for row in cursor.fetchall()]
        finally:
            cursor.close()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        cursor = self._cursor()
        try:
            cursor.execute(self._sql(sql), parameters)
        finally:
            cursor.close()

    def heads(self, origins: Collection[str]) -> dict[str, Head]:
        """The heads of `origins`; a log that doesn't exist yet is begun, empty."""
        found = self._read_heads(origins)
        missing = [origin for origin in origins if origin not in found]
        if missing:
            for origin in missing:
                self.execute(
                    "INSERT INTO ledger_log (origin, size, root, frontier, last_recorded_at, halted_why)"
                    " VALUES (?, 0, ?, ?, 0, '') ON CONFLICT (origin) DO NOTHING",
                    (origin, EMPTY_ROOT, Frontier().to_bytes()),
                )
            found = self._read_heads(origins)
        return found

    def _read_heads(self, origins: Collection[str]) -> dict[str, Head]:
        rows = self.query(
            "SELECT id, origin, frontier, last_recorded_at, halted_why, root FROM ledger_log"  # noqa: S608
            f" WHERE origin IN ({', '.join('?' * len(origins))})",
            tuple(origins),
        )
        return {
            origin: Head(
                log_id=log_id,
                origin=origin,
                frontier=Frontier.from_bytes(bytes(frontier)),
                last_recorded_at=last,
                halted_why=halted,
                stored_root=bytes(root),
            )
            for log_id, origin, frontier, last, halted, root in rows
        }

    def save_heads(self, heads: Iterable[Head]) -> None:
        for head in heads:
            self.execute(
                "UPDATE ledger_log SET size = ?, root = ?, frontier = ?, last_recorded_at = ? WHERE id = ?",
                (
                    head.frontier.size,
                    head.frontier.root(),
                    head.frontier.to_bytes(),
                    head.last_recorded_at,
                    head.log_id,
                ),
            )

    def select(self, table: Table, keys: Collection[Row]) -> list[tuple[Any, ...]]:
        """Whole rows by primary key, in no order; keys that don't exist are left out."""
        if not keys:
            return []
        names = table.columns[: table.key_count]
        one = " AND ".join(f"{name} = ?" for name in names)
        found: list[tuple[Any, ...]] = []
        keys = list(keys)
        step = MAX_VARIABLES // table.key_count
        for start in range(0, len(keys), step):
            some = keys[start : start + step]
            if table.key_count == 1:
                where = f"{names[0]} IN ({', '.join('?' * len(some))})"
            else:
                where = " OR ".join([f"({one})"] * len(some))
            found += self.query(
                f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {where}",  # noqa: S608
                [value for key in some for value in key],
            )
        return found

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        self._write("insert", table, rows)

    def upsert(self, table: Table, rows: Sequence[Row]) -> None:
        self._write("upsert", table, rows)

    def _write(self, verb: str, table: Table, rows: Sequence[Row]) -> None:
        if not rows:
            return
        cursor = self._cursor()
        try:
            cursor.executemany(self._statement(verb, table), rows)
        finally:
            cursor.close()

    def _statement(self, verb: str, table: Table, size: int = 1) -> str:
        """INSERT of `size` rows; with "upsert" what stands under a key already is replaced."""
        sql = self._statements.get((verb, table.name, size))
        if sql is None:
            one = f"({', '.join('?' * len(table.columns))})"
            sql = (
                f"INSERT INTO {table.name} ({', '.join(table.columns)})"  # noqa: S608 - names from models alone
                f" VALUES {', '.join([one] * size)}"
            )
            if verb == "upsert":
                keys, rest = table.columns[: table.key_count], table.columns[table.key_count :]
                sql += f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET " + ", ".join(
                    f"{name} = excluded.{name}" for name in rest
                )
            sql = self._statements[verb, table.name, size] = self._sql(sql)
        return sql


class SqliteStore(SqlStore):
    """SQLite in WAL mode, synchronous=FULL: BEGIN IMMEDIATE makes this the only writer of the file."""

    body_contains = "instr(body, ?) > 0"

    def expect_writing(self) -> None:
        """A cache for the inner pages of every index it writes to; all other connections have a small one."""
        self.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KB}")

    def _write(self, verb: str, table: Table, rows: Sequence[Row]) -> None:
        """Many rows in a few statements, of 64, 32, 16, … rows each.

        The driver lets go of the interpreter at every step: a row at a time, the writer would queue behind all waiting
        requests once for each row. Powers of two, so that the driver's cache of prepared statements holds them all.
        """
        most = 1 << (MAX_VARIABLES // len(table.columns)).bit_length() - 1
        cursor = self._cursor()
        try:
            start = 0
            while start < len(rows):
                size = min(most, 1 << (len(rows) - start).bit_length() - 1)
                some = rows[start : start + size]
                cursor.execute(self._statement(verb, table, size), [value for row in some for value in row])
                start += size
        finally:
            cursor.close()

    def _lock(self, origins: Collection[str]) -> None:
        """`transaction_mode` IMMEDIATE has taken the file's write lock already."""

    @contextmanager
    def _pace(self, lazily: bool) -> Iterator[None]:
        """NORMAL in WAL mode: the commit is written and synced together with the next one that is FULL."""
        if not lazily or connections[self.alias].in_atomic_block:
            yield
            return
        self.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            self.execute("PRAGMA synchronous=FULL")


class PostgresStore(SqlStore):
    """PostgreSQL: an advisory lock per log lets any process be its sequencer, one at a time."""

    placeholder = "%s"
    body_contains = "position(?::bytea in body) > 0"

    def _lock(self, origins: Collection[str]) -> None:
        # Sorted, so that two transactions over several logs can't wait for one another.
        for key in sorted(advisory_key(origin) for origin in origins):
            self.execute("SELECT pg_advisory_xact_lock(?)", (key,))

    def _relax(self) -> None:
        self.execute("SET LOCAL synchronous_commit = off")

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """COPY: several times the rate of INSERT for the same rows."""
        if not rows:
            return
        with (
            self._cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({', '.join(table.columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)


def advisory_key(origin: str) -> int:
    """A signed 64-bit lock number for a log's name."""
    return int.from_bytes(hashlib.sha256(origin.encode()).digest()[:8], "big", signed=True)


def ask(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Reads by a statement written out, with `?` for values, straight through the driver.

    For the few questions that every entry asks: to compile the ORM's query costs twenty times the lookup.
    """
    return store_for().query(sql, parameters)


def ask_in(sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Like `ask`, where the one `%s` of the statement stands for any number of values."""
    for start in range(0, len(values), MAX_VARIABLES):
        some = values[start : start + MAX_VARIABLES]
        yield from ask(sql % ", ".join("?" * len(some)), some)


@cache
def store_for(alias: str = "default") -> SqlStore:
    """The store of a configured database."""
    return PostgresStore(alias) if connections[alias].vendor == "postgresql" else SqliteStore(alias)
