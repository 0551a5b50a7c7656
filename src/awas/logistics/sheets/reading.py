"""Reads a sheet: every row becomes commands, or every fault is named by row and column and there is no command at all.

It asks no table and records nothing: what it needs to know of a place is given as `Ground`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from awas.ledger.area import Refused
from awas.ledger.message import require_valid
from awas.ledger.naming import name_of
from awas.logistics.sheets import accepting, typed
from awas.logistics.sheets.column import Column, Holds, Sheet
from awas.logistics.sheets.faults import Fault, Faults, Mistyped
from awas.logistics.sheets.ground import Ground, folded
from awas.logistics.sheets.grouping import Draft, drafts
from awas.logistics.sheets.layout import SHEETS, choices_of, columns_of, headings_of
from awas.logistics.sheets.opening import MOST_HEADINGS, MOST_ROWS, Cell, Grid, open_file
from awas.logistics.sheets.rows import MAKERS, Said, Thing, day_of, identity_of, what_of
from awas.logistics.words import bilingual, thing_said
from awas.places.rows import shown
from awas.warnings.rule import Words as Both

FOR_PEOPLE = frozenset({"", "no", "no.", "nomor", "nomor urut", "keterangan", "catatan", "notes", "remarks", "number"})
"""Headings of columns that offices add for themselves; what stands under them isn't read."""


class Read(Struct, frozen=True, kw_only=True):
    """What a file says. `rows` for every kind but the accepting of transfers, whose `answers` are ready commands.

    `left_empty` rows are prefilled and not filled in; `ignored` are sheets of the file without the headings.
    """

    kind: str
    file: str
    rows: tuple[Said, ...] = ()
    answers: tuple[Draft, ...] = ()
    left_empty: int = 0
    ignored: tuple[str, ...] = ()

    def drafts(self, place: str) -> list[Draft]:
        """The commands of the whole file, as if nothing of it were on record."""
        return list(self.answers) or drafts(self.kind, place, self.rows)


class _Table(Struct, frozen=True):
    """A sheet whose headings were found: its columns by position, and its rows below them."""

    grid: Grid
    columns: Mapping[int, Column]
    below: int


Parse = Callable[[Cell, dict[str, Any]], Any]


def read(kind: str, content: bytes, name: str, ground: Ground) -> Read:
    """Everything that a file says. Raises BadSheet with all its faults, and KeyError for no kind of sheet."""
    return read_grids(kind, open_file(content, name), name, ground)


def read_grids(kind: str, grids: Sequence[Grid], name: str, ground: Ground) -> Read:
    """The same for a file that is open already."""
    sheet = SHEETS[kind]
    columns = columns_of(sheet, ground)
    faults = Faults()
    tables = [table for grid in grids if (table := _table(grid, columns, faults)) is not None]
    if not tables and not faults.count:
        needed = [column.heading for column in columns if column.required]
        named = Both(", ".join(one.id for one in needed), ", ".join(one.en for one in needed))
        faults.add(Fault(code="sheet.no_heading", params={"sheet": sheet.title, "columns": named}))
    if sum(row > table.below for table in tables for row, _cells in table.grid.rows) > MOST_ROWS:
        faults.add(Fault(code="sheet.too_many_rows", params={"most": MOST_ROWS}))
    faults.require_none(name)
    found = _Reader(sheet, columns, ground, faults).all_of(tables)
    if not faults.count and not found.rows and not found.answers:
        faults.add(Fault(code="sheet.nothing"))
    for draft in found.drafts(ground.place) if not faults.count else ():
        _require_sound(draft, faults)
    faults.require_none(name)
    ignored = {grid.name for grid in grids} - {table.grid.name for table in tables}
    return replace(found, file=name, ignored=tuple(sorted(ignored)))


def _require_sound(draft: Draft, faults: Faults) -> None:
    """The limits of the record itself, in case a column's are wider."""
    try:
        require_valid(draft.command)
    except Refused as refused:
        faults.add(refusal_of(draft.rows[0], draft.kind, refused))


def said_what(thing: Thing) -> Both:
    """The thing in words: `surat suara DPR, TPS 36.02.05.2001-001`, `K0012345`. A sheet names a station by its code."""
    if isinstance(thing, str):
        return Both(name_of(thing), name_of(thing))
    said = bilingual(partial(thing_said, thing.item, thing.ballot, thing.dapil))
    station = getattr(thing, "station", "")
    return Both(f"{said.id}, TPS {station}", f"{said.en}, TPS {station}") if station else said


def refusal_of(row: Said, kind: str, refused: Refused) -> Fault:
    """A row that the record refuses, in the record's own words."""
    return Fault(code=refused.code, sheet=row.sheet, row=row.row, refused=refused, headings=headings_of(kind))


# -- headings ------------------------------------------------------------------------------------------------------


def by_heading(columns: Iterable[Column]) -> dict[str, Column]:
    """Columns by everything that may stand above them: both headings, and the name."""
    return {folded(heading): column for column in columns for heading in (column.en, column.id, column.name)}


def heading_of(cell: Cell) -> str:
    """A cell as headings are compared; nothing for one that holds no text."""
    return folded(cell) if isinstance(cell, str) else ""


def _table(grid: Grid, columns: tuple[Column, ...], faults: Faults) -> _Table | None:
    """The table of a sheet, found by its headings; None where there are none, as on a sheet of instructions."""
    known_as = by_heading(columns)
    best: tuple[int, int, list[Cell]] = (0, 0, [])
    for number, cells in grid.rows[:MOST_HEADINGS]:
        known = sum(heading_of(cell) in known_as for cell in cells)
        if known > best[0]:
            best = (known, number, cells)
    known, below, cells = best
    if known < 2:
        return None
    places: dict[int, Column] = {}
    for position, cell in enumerate(cells):
        column = known_as.get(heading_of(cell))
        if column is not None and column in places.values():
            faults.add(Fault(code="sheet.column_twice", sheet=grid.name, row=below, column=column.heading))
        elif column is not None:
            places[position] = column
        elif heading_of(cell) not in FOR_PEOPLE:
            typed_as = {"typed": shown(typed.plain(cell))}
            faults.add(Fault(code="sheet.column_unknown", sheet=grid.name, row=below, params=typed_as))
    for column in columns:
        if column.required and column not in places.values():
            faults.add(Fault(code="sheet.column_missing", sheet=grid.name, row=below, column=column.heading))
    return _Table(grid, places, below)


# -- rows ----------------------------------------------------------------------------------------------------------


def _short(column: Column, ground: Ground, cell: Cell) -> str:
    return typed.text_of(typed.plain(cell).replace(" ", "-"), column.most, "label")


Known = Mapping[str, str]
Row = dict[str, Any]
"""The values of a row so far. A village is found within the row's own kecamatan, a station within its village."""

PARSERS: Mapping[Holds, Callable[[Column, Ground, Known, Cell, Row], Any]] = {
    "count": lambda column, ground, known, cell, row: typed.count(cell),
    "code": lambda column, ground, known, cell, row: typed.code(cell, known, choices_of(column, ground)),
    "thing": lambda column, ground, known, cell, row: typed.code(cell, known, choices_of(column, ground)),
    "ballot": lambda column, ground, known, cell, row: typed.code(cell, known, choices_of(column, ground)),
    "yes_no": lambda column, ground, known, cell, row: typed.code(cell, known, choices_of(column, ground)) == "yes",
    "date": lambda column, ground, known, cell, row: typed.past_day(cell, ground),
    "deadline": lambda column, ground, known, cell, row: typed.deadline(cell, ground),
    "kecamatan": lambda column, ground, known, cell, row: typed.region(cell, ground, 8),
    "village": lambda column, ground, known, cell, row: typed.region(cell, ground, 13, row.get("kecamatan", "")),
    "station": lambda column, ground, known, cell, row: typed.station(cell, ground, row.get("village", "")),
    "place": lambda column, ground, known, cell, row: typed.destination(cell, ground),
    "numbers": lambda column, ground, known, cell, row: typed.seals(cell),
    "label": lambda column, ground, known, cell, row: typed.text_of(cell, column.most, "label").upper(),
    "short": lambda column, ground, known, cell, row: _short(column, ground, cell),
    "dapil": lambda column, ground, known, cell, row: typed.text_of(cell, column.most, "dapil"),
    "text": lambda column, ground, known, cell, row: typed.text_of(cell, column.most),
    "transfer": lambda column, ground, known, cell, row: typed.text_of(cell, 64),
}


def _parsers(columns: Iterable[Column], ground: Ground) -> dict[str, Parse]:
    """By column, what turns a cell into its value."""
    return {
        column.name: partial(PARSERS[column.holds], column, ground, typed.lookup(choices_of(column, ground)))
        for column in columns
        if column.holds in PARSERS
    }


ORDER = {"kecamatan": 0, "village": 1}
"""Columns that others need are read before them, wherever they stand."""


class _Reader:
    def __init__(self, sheet: Sheet, columns: tuple[Column, ...], ground: Ground, faults: Faults) -> None:
        self.sheet = sheet
        self.ground = ground
        self.faults = faults
        self.by_name = {column.name: column for column in columns}
        self.parsers = _parsers(columns, ground)
        self.left_empty = 0

    def all_of(self, tables: Iterable[_Table]) -> Read:
        """The rows of all tables; faults are gathered."""
        if self.sheet.kind == "transfer-accept":
            return self._answers(tables)
        seen: dict[Any, int] = {}
        rows = []
        for table in tables:
            for number, values in self._rows(table):
                said = self._said(table.grid.name, number, values)
                if said is not None and self._is_new(said, seen):
                    rows.append(said)
        return Read(kind=self.sheet.kind, file="", rows=tuple(rows), left_empty=self.left_empty)

    def _said(self, name: str, number: int, values: dict[str, Any]) -> Said | None:
        try:
            head, things = MAKERS[self.sheet.kind].say(self.sheet.kind, values, self.ground)
        except Mistyped as mistyped:
            self._add(name, number, mistyped)
            return None
        if not things:
            self.left_empty += 1
            return None
        day, at = day_of(values, self.ground)
        return Said(sheet=name, row=number, day=day, at=at, head=tuple(sorted(head.items())), things=tuple(things))

    def _is_new(self, said: Said, seen: dict[Any, int]) -> bool:
        """Whether the file says this for the first time. A station is packed, a label put on, a kit sent once."""
        maker, once = MAKERS[self.sheet.kind], self.sheet.kind in {"pack", "labels", "transfer-offer"}
        for thing in said.things:
            named = what_of(thing) if once else identity_of(maker, said.day, said.known, thing)
            before = seen.setdefault(named, said.row)
            if before != said.row:
                code = "sheet.thing_twice" if once else "sheet.row_twice"
                self._add(said.sheet, said.row, Mistyped(code, "", what=said_what(thing), row=before))
                return False
        return True

    def _answers(self, tables: Iterable[_Table]) -> Read:
        given = []
        for table in tables:
            for number, values in self._rows(table, keep_empty=True):
                try:
                    given.append(accepting.answer(table.grid.name, number, values, self.ground))
                except Mistyped as mistyped:
                    self._add(table.grid.name, number, mistyped)
        commands, slips, left = accepting.answers(given, self.ground)
        for slip in slips:
            self._add(slip.answer.sheet, slip.answer.row, slip.mistyped)
        return Read(kind=self.sheet.kind, file="", answers=tuple(commands), left_empty=len(left))

    def _rows(self, table: _Table, *, keep_empty: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
        """Row numbers and values of the rows that are filled in and hold what their columns should."""
        by_need = sorted(table.columns.items(), key=lambda item: ORDER.get(item[1].holds, 2))
        columns = [(position, column) for position, column in by_need if column.holds != "shown"]
        for number, cells in table.grid.rows:
            if number <= table.below:
                continue
            given = [(column, cells[at] if at < len(cells) else None) for at, column in columns]
            filled = [(column, cell) for column, cell in given if not typed.is_nothing(cell)]
            if not any(column.asked for column, _ in filled) and not keep_empty:
                self.left_empty += bool(filled)
                continue
            if not filled:
                continue
            if (values := self._values(table.grid.name, number, filled, keep_empty)) is not None:
                yield number, values

    def _values(
        self, name: str, number: int, filled: list[tuple[Column, Cell]], keep_empty: bool
    ) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        sound = True
        for column, cell in filled:
            try:
                values[column.name] = self.parsers[column.name](cell, values)
            except Mistyped as mistyped:
                self._add(name, number, mistyped, column)
                sound = False
        named = {column.name for column, _ in filled}
        for column in self.by_name.values():
            if column.required and column.name not in named and not (keep_empty and column.asked):
                self._add(name, number, Mistyped("sheet.missing"), column)
                sound = False
        return values if sound else None

    def _add(self, name: str, number: int, mistyped: Mistyped, column: Column | None = None) -> None:
        own = self.by_name.get(mistyped.column) or column
        heading = own.heading if own is not None else None
        self.faults.add(Fault(code=mistyped.code, sheet=name, row=number, column=heading, params=mistyped.params))
