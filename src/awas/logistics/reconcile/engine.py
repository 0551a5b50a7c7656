"""The engine that runs the reconciliation's SQL: a small port, and DuckDB in this process behind it.

The texts in `sql/` are the same for every engine. An adapter keeps tables in parquet files, names them, and runs a text
with bound values; nothing else of an engine may show. It reads and writes the files it is given and no network.
"""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from msgspec import Struct

ColumnType = Literal["VARCHAR", "BIGINT"]
Columns = dict[str, ColumnType]
Row = Sequence[str | int | None]

STAGE_ROWS: Columns = {
    "district": "VARCHAR",
    "place": "VARCHAR",
    "station": "VARCHAR",
    "stage": "VARCHAR",
    "item": "VARCHAR",
    "ballot": "VARCHAR",
    "dapil": "VARCHAR",
    "taken": "BIGINT",
    "passed": "BIGINT",
    "held": "BIGINT",
    "damaged": "BIGINT",
    "short": "BIGINT",
    "over": "BIGINT",
}
"""Balances of the record. Texts are never NULL: '' stands where a row is no station's, or knows no ballot."""
COUNTS: Columns = {
    "district": "VARCHAR",
    "place": "VARCHAR",
    "station": "VARCHAR",
    "item": "VARCHAR",
    "ballot": "VARCHAR",
    "dapil": "VARCHAR",
    "stage": "VARCHAR",
    "counted_by": "VARCHAR",
    "units": "BIGINT",
}
"""Independent counts of one thing at one place; several rows of one counter are parts of one count."""
STATIONS: Columns = {"code": "VARCHAR", "district": "VARCHAR", "voters": "BIGINT"}
"""Polling stations; `voters` is NULL where the list is not known."""
ASKED: Columns = {"district": "VARCHAR", "ballot": "VARCHAR"}
"""Districts and ballots of which stations without a record are looked for."""
RESERVE: Columns = {"per_mille": "BIGINT", "multiple": "BIGINT"}
"""One row: the reserve's rate, and 2 where it is rounded up to an even number, else 1."""

NULL = "\\N"
"""NULL in the files between Python and the engine: an empty text is a value of its own."""


class EngineMissing(RuntimeError):  # noqa: N818 - a state of the installation
    """The engine's package is not installed."""


class BatchEngine(Protocol):
    """Runs the plain SQL texts over parquet files. Names of tables and columns are the program's own, never input."""

    def write(self, file: Path, columns: Columns, rows: Iterable[Row], order: str = "") -> None:
        """Writes rows as one parquet file with memory that doesn't grow with them, sorted by `order` if given."""

    def attach(self, name: str, columns: Columns, parquet: Sequence[Path]) -> None:
        """Names the rows of parquet files; none at all make an empty table."""

    def fill(self, name: str, columns: Columns, rows: Iterable[Row]) -> None:
        """Makes a table of rows, or replaces it; it lives as long as the engine."""

    def define(self, name: str) -> None:
        """Names the result of the text of that name, as a view."""

    def ask(self, name: str, values: Sequence[str | int] = ()) -> list[dict[str, Any]]:
        """Rows of the text of that name, each by its columns' names."""


def text_of(name: str) -> str:
    """The SQL text of that name, as it stands in `sql/`."""
    return (files("awas.logistics.reconcile") / "sql" / f"{name}.sql").read_text("utf-8")


class DuckDB:
    """DuckDB in this process. `threads` 0 leaves their number to it; a context manager, closed at its end."""

    def __init__(self, threads: int = 0) -> None:
        try:
            import duckdb  # noqa: PLC0415 - only reconciling pays for it
        except ImportError as error:
            raise EngineMissing("duckdb is not installed") from error
        # Neither fetches nor loads extensions: an office without internet, and a file that can't ask for more.
        settings: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        if threads:
            settings["threads"] = threads
        self._connection = duckdb.connect(":memory:", config=settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def write(self, file: Path, columns: Columns, rows: Iterable[Row], order: str = "") -> None:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".") as folder:
            read = self._read(_as_csv(Path(folder) / "rows.csv", rows), columns)
            (read.order(order) if order else read).write_parquet(str(file))

    def attach(self, name: str, columns: Columns, parquet: Sequence[Path]) -> None:
        if parquet:
            self._connection.read_parquet([str(file) for file in parquet]).create_view(name, replace=True)
        else:
            self.fill(name, columns, ())

    def fill(self, name: str, columns: Columns, rows: Iterable[Row]) -> None:
        typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} ({typed})")
        with tempfile.TemporaryDirectory(prefix="awas-reconcile-") as folder:
            self._read(_as_csv(Path(folder) / "rows.csv", rows), columns).insert_into(name)

    def define(self, name: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {text_of(name)}")

    def ask(self, name: str, values: Sequence[str | int] = ()) -> list[dict[str, Any]]:
        answer = self._connection.execute(text_of(name), list(values))
        names = [column[0] for column in answer.description or ()]
        # All at once: a result left half read keeps the connection from its next work. No text answers a nation's rows.
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def _read(self, file: Path, columns: Columns) -> Any:
        # Nothing is guessed: a guess takes an empty file for a damaged one.
        return self._connection.read_csv(
            str(file),
            header=False,
            columns=dict(columns),
            na_values=NULL,
            delimiter=",",
            quotechar='"',
            escapechar='"',
            auto_detect=False,
        )


def _as_csv(file: Path, rows: Iterable[Row]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(
            [NULL if value is None else value for value in row] for row in rows
        )
    return file


class Tables(Struct, frozen=True, kw_only=True):
    """What is reconciled: parquet files of balances, and the small tables as rows in their columns' order.

    `entitlements` are (district, ballot): cities and regencies of a province may differ. `multiple` is 2 where the
    reserve of a station is rounded up to an even number.
    """

    stage_rows: Sequence[Path]
    stations: Iterable[Row] = ()
    counts: Iterable[Row] = ()
    entitlements: Iterable[tuple[str, str]] = ()
    per_mille: int = 0
    multiple: int = 1


def load(engine: BatchEngine, tables: Tables) -> None:
    """Gives the engine every table and view that the texts name."""
    engine.attach("stage_rows", STAGE_ROWS, tables.stage_rows)
    engine.fill("stations", STATIONS, tables.stations)
    engine.fill("counts", COUNTS, tables.counts)
    engine.fill("reserve", RESERVE, [(tables.per_mille, tables.multiple)])
    engine.define("needs")
    engine.define("gaps")
