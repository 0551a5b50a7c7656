"""Which kind of sheet a file is: by the guide that a template carries, else by its headings. Pure.

Some kinds have the same headings (sorting and folding): a file without its guide and under another name doesn't say
which it is. Then a person must; a count on the wrong shelf would be worse than a question.
"""

import re
from collections.abc import Iterable, Sequence

from awas.logistics.sheets.column import Kind, Sheet
from awas.logistics.sheets.faults import BadSheet, Fault
from awas.logistics.sheets.ground import Ground, folded
from awas.logistics.sheets.layout import SHEETS, columns_of
from awas.logistics.sheets.opening import MOST_HEADINGS, Cell, Grid
from awas.logistics.sheets.reading import FOR_PEOPLE, by_heading, heading_of
from awas.logistics.sheets.writing import GUIDE

COPY = r"(?: ?\(\d+\))?"
"""What a browser adds to the name of a file that it saves a second time."""


def file_name(place: str, kind: str, form: str) -> str:
    """What a template is called: `awas-36.02-G1-sort.xlsx`."""
    return f"awas-{place}-{kind}.{form}"


def kinds_of(grids: Sequence[Grid], name: str, ground: Ground) -> tuple[Kind, ...]:
    """The kinds that a file may be: one where it is certain, none where its headings are those of no sheet.

    `ground` needs only the place and its ballots.
    """
    if (guided := _guided(grids)) is not None:
        return (guided,)
    fitting = _fitting(grids, ground)
    titles = {folded(grid.name) for grid in grids}
    titled = tuple(kind for kind in fitting if titles & _titles(SHEETS[kind]))
    named = tuple(kind for kind in fitting if re.search(rf"-{kind}{COPY}\.\w+$", name))
    return next((found for found in (titled, named) if len(found) == 1), fitting)


def require_kind(kind: str, grids: Sequence[Grid], file: str) -> None:
    """Raises BadSheet where the guide of a file names another kind than was chosen: sorted is not folded."""
    found = _guided(grids)
    if found is not None and found != kind:
        titles = {"found": SHEETS[found].title, "chosen": SHEETS[kind].title}
        raise BadSheet(file, [Fault(code="sheet.other_kind", params=titles)])


def _guided(grids: Iterable[Grid]) -> Kind | None:
    """The kind that the instructions of a template are for; `writing` puts both titles into their first row."""
    for grid in grids:
        if grid.name != GUIDE or not grid.rows:
            continue
        said = {heading_of(cell) for cell in grid.rows[0][1]}
        for sheet in SHEETS.values():
            if _titles(sheet) <= said:
                return sheet.kind
    return None


def _titles(sheet: Sheet) -> set[str]:
    return {folded(sheet.title.id), folded(sheet.title.en)}


def _fitting(grids: Iterable[Grid], ground: Ground) -> tuple[Kind, ...]:
    """The kinds that have all their columns in the file, and the fewest headings left over."""
    heads = [cells for grid in grids for _number, cells in grid.rows[:MOST_HEADINGS]]
    fits = {sheet.kind: max((_fit(sheet, ground, cells) for cells in heads), default=0) for sheet in SHEETS.values()}
    best = max(fits.values())
    return tuple(kind for kind, fit in fits.items() if fit == best > 0)


def _fit(sheet: Sheet, ground: Ground, cells: Iterable[Cell]) -> int:
    """How many of a row's cells are headings of a sheet, less those that are not; 0 where a needed one is missing."""
    columns = columns_of(sheet, ground)
    known_as = by_heading(columns)
    headings = {heading_of(cell) for cell in cells} - FOR_PEOPLE
    found = {known_as[heading].name for heading in headings if heading in known_as}
    if not {column.name for column in columns if column.required} <= found:
        return 0
    return len(found) - len(headings - known_as.keys())
