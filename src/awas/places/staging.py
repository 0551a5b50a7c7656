"""A temporary table that takes in an import before anything of the register is touched.

Filling it locks nobody: on SQLite it lies in memory beside the database, on PostgreSQL in the session. The register
is then compared with it and changed by a few statements in one short transaction.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from django.db import connections

BATCH = 10_000


class Staging:
    """A temporary table `name` with `columns` ("code varchar(13) PRIMARY KEY, …"), gone when the block ends.

    `using` is the alias of the database beside whose tables it stands.
    """

    def __init__(self, name: str, columns: str, using: str) -> None:
        self.name = name
        self.using = using
        self.columns = columns
        self._rows: list[Sequence[Any]] = []
        self._names = [column.split()[0] for column in columns.split(", ")]

    def __enter__(self) -> Self:
        run(self.using, f"DROP TABLE IF EXISTS {self.name}")
        run(self.using, f"CREATE TEMPORARY TABLE {self.name} ({self.columns})")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # In a caller's broken transaction PostgreSQL takes no more statements; the table then goes with the session.
        if kind is None or not connections[self.using].in_atomic_block:
            run(self.using, f"DROP TABLE IF EXISTS {self.name}")

    def add(self, row: Sequence[Any]) -> None:
        """Takes in a row; it reaches the table with its batch."""
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Sends what is waiting."""
        rows, self._rows = self._rows, []
        names = ", ".join(self._names)
        with connections[self.using].cursor() as cursor:
            if connections[self.using].vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self._names))
                cursor.executemany(f"INSERT INTO {self.name} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names

    def complete(self) -> None:
        """All rows are in: sends the rest and lets PostgreSQL count them, or it plans for an empty table."""
        self.flush()
        if connections[self.using].vendor == "postgresql":
            run(self.using, f"ANALYZE {self.name}")


def run(using: str, sql: str, parameters: Sequence[Any] = ()) -> int:
    """Runs a statement of ours (its values bound) and returns how many rows it touched."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def exists(using: str, select: str, parameters: Sequence[Any]) -> bool:
    """Whether a query of ours finds anything."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({select})", parameters)
        return bool(cursor.fetchone()[0])
