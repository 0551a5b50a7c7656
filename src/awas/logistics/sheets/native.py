"""Unpacks a workbook in a process of its own: a program by itself, which imports nothing of ours.

The reader of workbooks is native code that trusts its input: a file of a few kilobytes may ask it for all memory there
is, or make it stop for ever. Here it may have so much memory and so much time, and takes only itself with it. Formulas
are never calculated, macros never run, links never followed: what a cell showed when it was saved is its value.

In: the file. Out: JSON, `{"sheets": [{"name", "first", "rows"}], "problem"}`; a row that isn't empty is its number
(from 1) and its cells from column `first` on, a cell null, text, number, boolean, `{"date": ISO}` or
`{"broken": "formula" | "error"}`.
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile
from xml.etree import ElementTree

MEMORY = 768 << 20
SECONDS = 20
MOST_SHEETS = 30
MOST_COLUMNS = 60
MOST_TEXT = 1_000
MOST_OUT = 24 << 20

_NAMES = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"')
_EMPTY = rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*'
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*" + _EMPTY
)

# In the binary format of Excel 97: a cell that is an error, and a formula whose value is one ([MS-XLS] 2.4.24 BoolErr,
# 2.4.127 Formula). The stream is searched as it lies in the file; a match counts only where the reader found nothing.
_OLD_ERROR = re.compile(rb"\x05\x02\x08\x00(..)(..)..[\x00\x07\x0f\x17\x1d\x24\x2a]\x01", re.DOTALL)
_OLD_FORMULA = re.compile(rb"\x06\x00.[\x00-\x20](..)(..)..\x02.[\x00\x07\x0f\x17\x1d\x24\x2a]...\xff\xff", re.DOTALL)
EVERY_SHEET = ""


def confine() -> None:
    """From here on: so much memory, so many seconds, no file written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def broken_cells(content: bytes) -> dict[str, dict[int, dict[int, str]]]:
    """By sheet, row and column (from 0), the cells of an .xlsx whose value is an error or was never calculated.

    The reader gives both as empty, and empty may mean none. Of an .xls, errors by their place alone.
    """
    if not content.startswith(b"PK"):
        return {EVERY_SHEET: _old_errors(content)}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if "xl/workbook.xml" not in packed.namelist():
            return {}
        found = {}
        for name, path in _sheet_paths(packed).items():
            text = packed.read(path)
            rows = found[name] = dict[int, dict[int, str]]()
            for what, pattern in (("error", _ERROR), ("formula", _FORMULA)):
                for match in pattern.finditer(text):
                    row, column = _position(match)
                    rows.setdefault(row, {})[column] = what
        return found


def _old_errors(content: bytes) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for pattern in (_OLD_ERROR, _OLD_FORMULA):
        for match in pattern.finditer(content):
            row, column = (int.from_bytes(match[group], "little") for group in (1, 2))
            found.setdefault(row, {})[column] = "error"
    return found


def _sheet_paths(packed: zipfile.ZipFile) -> dict[str, str]:
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314 - within the limits
    ties = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {tie.get("Id"): tie.get("Target", "") for tie in ties}
    members = set(packed.namelist())
    found = {}
    for sheet in book.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"):
        target = targets.get(sheet.get(_NAMES), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in members:
            found[sheet.get("name", "")] = path
    return found


def _position(match: "re.Match[bytes]") -> tuple[int, int]:
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return int(match[2]) - 1, column - 1


def cell(value: object) -> object:
    """A cell as JSON has it."""
    if value == "" or value is None:
        return None
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    return value[: MOST_TEXT + 1] if isinstance(value, str) else value


def unpacked(content: bytes, most_rows: int) -> dict[str, object]:
    """Everything that stands in the workbook's sheets, as long as it isn't too much."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - after the limits

    broken = broken_cells(content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets, filled, size = [], 0, 0
    for name in book.sheet_names[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        first, rows = sheet.start[1] if sheet.start else 0, []
        bad = broken.get(name) or broken.get(EVERY_SHEET, {})
        for number, values in enumerate(sheet.iter_rows()):
            cells = [cell(value) for value in values[:MOST_COLUMNS]]
            for column, what in bad.get(number, {}).items():
                if 0 <= column - first < len(cells) and cells[column - first] is None:
                    cells[column - first] = {"broken": what}
            if all(one is None for one in cells):
                continue
            filled += 1
            size += sum(len(one) for one in cells if isinstance(one, str))
            if filled > most_rows or size > MOST_OUT:
                return {"sheets": [], "problem": "too_many_rows" if filled > most_rows else "unpacks_too_large"}
            rows.append([number + 1, cells])
        sheets.append({"name": name, "first": first, "rows": rows})
    return {"sheets": sheets, "problem": ""}


def main() -> None:
    """Reads standard input, writes standard output."""
    confine()
    from python_calamine import PasswordError  # noqa: PLC0415 - after the limits

    content = sys.stdin.buffer.read()
    try:
        answer = unpacked(content, int(sys.argv[1]))
    except PasswordError:
        answer = {"sheets": [], "problem": "locked"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
