"""Opening what an office sends: Excel, LibreOffice or CSV, as rows of cells. Nothing in the file is ever run.

What is too large is refused by the directory of the archive before anything is unpacked; a directory that lies meets
the limits of the process that unpacks (`native`).
"""

import csv
import datetime
import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from awas.logistics.sheets import native
from awas.logistics.sheets.faults import BadSheet, Fault

MEGABYTE = 1 << 20
MOST_BYTES = 5 * MEGABYTE
MOST_ROWS = 20_000
MOST_UNPACKED = 80 * MEGABYTE
MOST_MEMBERS = 2_000
MOST_HEADINGS = 10
"""Rows above the table: a title, a date, and the headings."""
MOST_BESIDE = 1_000
"""Rows of other sheets of the file, such as instructions, and of headings."""
AT_ONCE = threading.BoundedSemaphore(2)
"""So many files are unpacked at the same time: each may take the memory that `native` allows."""
PATIENCE_SECONDS = 40
DELIMITERS = ";,\t"
ARCHIVE, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Broken(Struct, frozen=True):
    """A cell whose formula failed (`error`) or was never calculated (`formula`)."""

    what: str


Cell = str | int | float | bool | datetime.date | Broken | None


class Grid(Struct, frozen=True, kw_only=True):
    """One sheet: its rows that aren't empty, by their number as Excel counts, each from column `first` (0 is A) on."""

    name: str
    rows: list[tuple[int, list[Cell]]]
    first: int = 0


def open_file(content: bytes, name: str) -> list[Grid]:
    """The sheets of a file. Raises BadSheet for one that is too large or can't be read; `name` is only for telling."""
    if len(content) > MOST_BYTES:
        raise _bad(name, "sheet.too_large", most=MOST_BYTES // MEGABYTE)
    if not content.strip():
        raise _bad(name, "sheet.empty")
    if content.startswith(ARCHIVE):
        _require_small(content, name)
        return _from_workbook(content, name)
    if content.startswith(COMPOUND):
        return _from_workbook(content, name)
    return [_from_text(content, name)]


def _bad(name: str, code: str, **params: int) -> BadSheet:
    return BadSheet(name, [Fault(code=code, params=params)])


def _require_small(content: bytes, name: str) -> None:
    """By the sizes that the archive's own directory names, and by how many members it has."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        raise _bad(name, "sheet.unreadable") from None
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _bad(name, "sheet.unpacks_too_large", most=MOST_UNPACKED // MEGABYTE)


def _from_workbook(content: bytes, name: str) -> list[Grid]:
    # -I: neither the surroundings nor the user's own folders can put code before ours. No environment goes along.
    command = [sys.executable, "-I", str(Path(native.__file__)), str(MOST_ROWS + MOST_BESIDE)]
    try:
        with AT_ONCE:
            done = subprocess.run(  # noqa: S603 - our own program; the file comes by standard input alone
                command, input=content, capture_output=True, timeout=PATIENCE_SECONDS, env={}, check=True
            )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, json.JSONDecodeError, UnicodeDecodeError):
        raise _bad(name, "sheet.unreadable") from None
    if problem := answer["problem"]:
        most = MOST_ROWS if problem == "too_many_rows" else MOST_UNPACKED // MEGABYTE
        raise _bad(name, f"sheet.{problem}", most=most)
    return [
        Grid(
            name=sheet["name"],
            first=sheet["first"],
            rows=[(number, [_cell(cell) for cell in cells]) for number, cells in sheet["rows"]],
        )
        for sheet in answer["sheets"]
    ]


def _cell(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]  # JSON's own types
    if "broken" in cell:
        return Broken(cell["broken"])
    text = cell["date"]
    return datetime.datetime.fromisoformat(text) if "T" in text else datetime.date.fromisoformat(text)


def _from_text(content: bytes, name: str) -> Grid:
    text = _decoded(content, name)
    told = text[:5].casefold().startswith("sep=")
    if told:  # Excel's own line that names the delimiter
        delimiter, text = text[4], text.partition("\n")[2]
    else:
        delimiter = _delimiter(text)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for number, fields in enumerate(_records(text, delimiter), 2 if told else 1):
            cells: list[Cell] = [field.strip() or None for field in fields[: native.MOST_COLUMNS]]
            if any(cell is not None for cell in cells):
                rows.append((number, cells))
            if len(rows) > MOST_ROWS + MOST_BESIDE:
                raise _bad(name, "sheet.too_many_rows", most=MOST_ROWS)
    except csv.Error:
        raise _bad(name, "sheet.not_text") from None
    return Grid(name="", rows=rows)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _decoded(content: bytes, name: str) -> str:
    # UTF-16 is what Excel calls "Unicode text".
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(char in text for char in "\0\x01\x02\x03\x04\x05\x06\x07"):
            return text
        break
    raise _bad(name, "sheet.not_text")


def _delimiter(text: str) -> str:
    """The one that parts the most fields in the first lines; a comma or a dot in a number parts fewer."""
    head = "\n".join(text.splitlines()[:MOST_HEADINGS])

    def widest(delimiter: str) -> int:
        try:
            return max((len(fields) for fields in _records(head, delimiter)), default=0)
        except csv.Error:
            return 0

    return max(DELIMITERS, key=widest)
