"""Writes sheets for people: a template for each kind, with its choices and instructions, and plain lists of rows.

Whatever is written as text stays text: no spreadsheet may take a name for a formula. openpyxl is imported where it is
needed, so that start-up stays light.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from awas.logistics.sheets.column import Column, Sheet
from awas.logistics.sheets.ground import Ground, OfferedRow, StationRow
from awas.logistics.sheets.layout import SHEETS, choices_of, columns_of
from awas.ui.formats import number
from awas.warnings.rule import Words as Both

Page = Any
"""A worksheet of openpyxl, which has no types."""
GUIDE = "Petunjuk"
EMPTY_ROWS = 500
"""Rows of a template that are ready to be filled in beyond the prefilled ones."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
TEXT_FORMAT, COUNT_FORMAT, DATE_FORMAT = "@", "#,##0", "dd/mm/yyyy"
NEEDED, WANTED, SHOWN = "1F4E79", "5B7FA6", "8C8C8C"
"""Colours behind the headings of columns that must, may and need not be filled in."""
WIDEST = 60

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = "=+-@\t\r\n＝＋－＠"
Row = Mapping[str, str | int]


def safe(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: text that could be one gets an apostrophe before it.

    Numbers stay numbers, a missing value is an empty cell; characters that no sheet can hold become `�`.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(value))
    return f"'{text}" if text.lstrip(" \u00a0")[:1] in tuple(_FORMULA) and text.strip() else text


# -- plain lists ---------------------------------------------------------------------------------------------------


def export_csv(headings: Sequence[Any], rows: Iterable[Sequence[Any]], *, delimiter: str = ";") -> bytes:
    """A list as CSV in UTF-8 with the mark by which Excel knows it; every text is quoted, whatever stands in it.

    `;` is what an Indonesian Excel parts columns by, since its comma is the decimal one.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([safe(str(heading)) for heading in headings])
    writer.writerows([safe(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def export_xlsx(headings: Sequence[Any], rows: Iterable[Sequence[Any]], *, title: str = "Awas") -> bytes:
    """A list as a workbook of one sheet, with a frozen bold heading and counts as numbers."""
    from openpyxl import Workbook  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
    from openpyxl.styles import Font  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    for position, heading in enumerate(headings, 1):
        sheet.column_dimensions[_letter(position)].width = min(max(len(str(heading)) + 4, 12), WIDEST)
    bold = Font(bold=True)

    def cell(value: Any, *, heading: bool = False) -> Any:
        made = WriteOnlyCell(sheet, safe(value))
        if isinstance(value, int) and not isinstance(value, bool):
            made.number_format = COUNT_FORMAT
        elif not isinstance(value, bool | float) and value is not None:
            made.data_type, made.number_format = "s", TEXT_FORMAT
        if heading:
            made.font = bold
        return made

    sheet.append([cell(str(heading), heading=True) for heading in headings])
    for row in rows:
        sheet.append([cell(value) for value in row])
    return _saved(book)


# -- templates -----------------------------------------------------------------------------------------------------


def template(kind: str, ground: Ground, *, rows: Iterable[Row] = (), language: str = "id") -> bytes:
    """A workbook to be filled in: a table of the kind's columns, and `Petunjuk` with instructions and codes.

    `rows` are prefilled, by column (`station_prefill`, `offered_prefill`). Headings and the words of the drop-downs are
    in `language`; what is read later may be in either. Raises KeyError for no kind of sheet.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

    sheet = SHEETS[kind]
    columns = columns_of(sheet, ground)
    book = Workbook()
    page = book.active
    page.title = _sheet_name(_said(sheet.title, language))
    given = list(rows)
    _heading(page, columns, language)
    _fill(page, columns, given)
    ranges = _guide(book.create_sheet(GUIDE), sheet, columns, ground, language)
    _choices(page, columns, ranges, len(given) + EMPTY_ROWS, language)
    return _saved(book)


def csv_template(kind: str, ground: Ground, *, rows: Iterable[Row] = (), language: str = "id") -> bytes:
    """The same table as CSV: headings and prefilled rows, without instructions and choices."""
    columns = columns_of(SHEETS[kind], ground)
    lines = ([row.get(column.name) for column in columns] for row in rows)
    return export_csv([_headed(column, language) for column in columns], lines)


def station_prefill(rows: Iterable[StationRow]) -> list[Row]:
    """A row of the packing sheet for each station, with what it needs."""
    return [
        {
            "station": row.code,
            "kecamatan": row.kecamatan,
            "village": row.village,
            **{f"need_{ballot}": units for ballot, units in row.needs.items()},
        }
        for row in rows
    ]


def offered_prefill(rows: Iterable[OfferedRow]) -> list[Row]:
    """A row for each kit and unit on its way; whether it came is for the receiver to say."""
    return [{"transfer": row.transfer, "station": row.station, "label": row.label} for row in rows]


def _said(words: Both, language: str) -> str:
    return words.id if language.startswith("id") else words.en


def _headed(column: Column, language: str) -> str:
    return _said(column.heading, language) + (" *" if column.required else "")


def _sheet_name(title: str) -> str:
    return re.sub(r"[\\/?*\[\]:']", " ", title)[:31].strip() or "Awas"


def _letter(position: int) -> str:
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

    return str(get_column_letter(position))


def _heading(page: Page, columns: Sequence[Column], language: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

    for position, column in enumerate(columns, 1):
        head = page.cell(1, position, _headed(column, language))
        head.font = Font(bold=True, color="FFFFFF")
        head.alignment = Alignment(wrap_text=True, vertical="center")
        colour = SHOWN if column.holds == "shown" else NEEDED if column.required else WANTED
        head.fill = PatternFill("solid", fgColor=colour)
        dimension = page.column_dimensions[_letter(position)]
        dimension.width = column.width
        dimension.number_format = _format_of(column)
    page.row_dimensions[1].height = 45
    page.freeze_panes = "B2"


def _format_of(column: Column) -> str:
    if column.holds in {"count", "shown"}:
        return COUNT_FORMAT
    return DATE_FORMAT if column.holds in {"date", "deadline"} else TEXT_FORMAT


def _fill(page: Page, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    for number_, row in enumerate(rows, 2):
        for position, column in enumerate(columns, 1):
            value = row.get(column.name, "")
            if value == "":
                continue
            cell = page.cell(number_, position, safe(value))
            cell.number_format = _format_of(column)
            if isinstance(value, str):
                cell.data_type = "s"


def _choices(page: Page, columns: Sequence[Column], ranges: Mapping[str, str], last: int, language: str) -> None:
    """Drop-downs of the words, which are a help and no fence: a code may be typed as well. Counts must be whole."""
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

    for position, column in enumerate(columns, 1):
        if column.name in ranges:
            rule = DataValidation(type="list", formula1=ranges[column.name], allow_blank=True, showErrorMessage=False)
        elif column.holds == "count":
            rule = DataValidation(
                type="whole", operator="between", formula1="0", formula2="100000000", allow_blank=True
            )
            wrong = Both("Isi bilangan bulat, misalnya 1250.", "Write a whole number, such as 1250.")
            rule.error, rule.errorTitle, rule.showErrorMessage = _said(wrong, language), "Awas", True
        else:
            continue
        letter = _letter(position)
        rule.add(f"{letter}2:{letter}{last + 1}")
        page.add_data_validation(rule)


HOW = (
    Both("Isi lembar pertama, satu baris untuk setiap hitungan.", "Fill in the first sheet, one row for each count."),
    Both("Kolom bertanda * wajib diisi.", "Columns marked * must be filled in."),
    Both(
        "Bilangan ditulis 1250 atau 1.250. Kode, nama Indonesia dan nama Inggris sama-sama diterima.",
        "Numbers are written 1250 or 1.250. Codes, Indonesian names and English names are all taken.",
    ),
    Both(
        "Berkas dicatat seluruhnya atau tidak sama sekali. Bila ada yang salah, setiap kesalahan disebut baris dan"
        " kolomnya.",
        "A file is recorded as a whole or not at all. If something is wrong, every fault is named by row and column.",
    ),
    Both(
        "Berkas yang sama boleh dikirim lagi: yang sudah tercatat tidak dihitung dua kali.",
        "The same file may be sent again: what is on record already isn't counted twice.",
    ),
)
EXAMPLE = Both("Contoh satu baris", "An example of a row")
KINDS_OF_VALUE: Mapping[str, Both] = {
    "count": Both("bilangan bulat", "whole number"),
    "date": Both("tanggal, 13/02/2024", "date, 13/02/2024"),
    "deadline": Both("tanggal, 13/02/2024", "date, 13/02/2024"),
    "station": Both("kode TPS, atau TPS 1 dengan desanya", "station code, or TPS 1 with its village"),
    "shown": Both("hanya untuk dilihat", "for looking at"),
    "numbers": Both("nomor, dipisah spasi", "numbers, separated by spaces"),
    "place": Both("nama atau kode tempat", "name or code of a place"),
}


def _guide(page: Page, sheet: Sheet, columns: Sequence[Column], ground: Ground, language: str) -> dict[str, str]:
    """Instructions, columns, an example and all codes in both languages; returns where the words of a column stand."""
    from openpyxl.styles import Font  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

    bold = Font(bold=True)
    for letter, width in zip("ABCD", (34, 44, 44, 30), strict=True):
        page.column_dimensions[letter].width = width

    def line(*values: Any, heading: bool = False) -> None:
        page.append([safe(value) for value in values])
        if heading:
            for cell in page[page.max_row]:
                cell.font = bold

    line("Awas", sheet.title.id, sheet.title.en, heading=True)
    for told in (*HOW, *sheet.notes):
        line("", told.id, told.en)
    line("")
    line("Kolom / Column", "Isi", "Holds", _said(EXAMPLE, language), heading=True)
    for column in columns:
        line(_both_headings(column), *_meaning(column, sheet), _example(column, ground, language))
    ranges: dict[str, str] = {}
    places: dict[tuple[str, ...], str] = {}
    for column in columns:
        choices = choices_of(column, ground)
        if not choices:
            continue
        if tuple(choices) not in places:
            line("")
            line(_both_headings(column), "Bahasa Indonesia", "English", "Kode / Code", heading=True)
            first = page.max_row + 1
            for code, words in choices.items():
                line("", words.id, words.en, code.partition(":")[2] or code.rstrip(":"))
            letter = "B" if language.startswith("id") else "C"
            places[tuple(choices)] = f"'{GUIDE}'!${letter}${first}:${letter}${page.max_row}"
        ranges[column.name] = places[tuple(choices)]
    return ranges


def _both_headings(column: Column) -> str:
    return column.id if column.id == column.en else f"{column.id} / {column.en}"


def _meaning(column: Column, sheet: Sheet) -> tuple[str, str]:
    words = KINDS_OF_VALUE.get(column.holds, Both("pilihan di bawah", "a choice below"))
    if column.holds in {"text", "dapil", "label", "short", "kecamatan", "village", "transfer"}:
        words = Both("teks", "text")
    needed = Both("wajib", "needed") if column.required else None
    parts = [one for one in (words, needed, column.empty) if one is not None]
    return "; ".join(one.id for one in parts), "; ".join(one.en for one in parts)


def _example(column: Column, ground: Ground, language: str) -> str:
    if isinstance(column.example, int):
        return number(column.example, language)
    choices = choices_of(column, ground)
    return _said(choices[column.example], language) if column.example in choices else column.example


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
