"""Reading an official table (CSV) line by line, and naming every line that is not what it should be.

Streams: a file of any size costs the memory of one line. It never skips a bad line in silence: whoever reads asks
`bad` at the end and takes the whole file or nothing.
"""

import csv
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from awas.places.rows import shown

R = TypeVar("R")

BAD_LINES_SHOWN = 20
LONGEST_LINE = 65_536
STEP = 65_536


class BadLine(Struct, frozen=True, order=True):
    """A line (or, in a map file, a feature) that can't be used, counted from 1 as an editor counts."""

    line: int
    what: str


class DamagedFile(ValueError):  # noqa: N818 - it is the file that is damaged
    """A file of which nothing was imported. `bad` holds its first bad lines, `count` how many there are in all."""

    def __init__(self, file: str, bad: Sequence[BadLine], count: int) -> None:
        super().__init__(f"{file}: bad lines: {count}, nothing imported")
        self.file = file
        self.bad = tuple(bad)
        self.count = count


class BadLines:
    """Keeps the first bad lines in order, and counts all."""

    def __init__(self) -> None:
        self.count = 0
        self._first: list[BadLine] = []

    def add(self, line: int, what: str) -> None:
        """Notes that `line` can't be used."""
        self.count += 1
        insort(self._first, BadLine(line, what))
        del self._first[BAD_LINES_SHOWN:]

    def require_none(self, file: str) -> None:
        """Raises DamagedFile if any line was bad."""
        if self.count:
            raise DamagedFile(file, self._first, self.count)


class Table(Generic[R]):
    """A CSV file with a header. `parse` turns the values of `columns` into a row or raises ValueError in words.

    The columns may stand in any order, and others beside them are ignored; UTF-8, with or without byte-order mark.
    """

    def __init__(self, path: Path, columns: Sequence[str], parse: Callable[..., R]) -> None:
        self.path = path
        self.columns = tuple(columns)
        self.parse = parse
        self.bad = BadLines()
        self.ends_in_a_line = True

    def rows(self, advance: Callable[[int], None]) -> Iterator[tuple[int, R]]:
        """Line number and row of every good line; `advance` is told the bytes read."""
        lines = self._lines(advance)
        header = next(lines, None)
        picks = self._picks(header[1] if header else None)
        if picks is None or header is None:
            return
        width = len(header[1])
        for number, fields in lines:
            if len(fields) != width:
                self.bad.add(number, f"has {len(fields)} fields, the header has {width}")
                continue
            try:
                row = self.parse(*[fields[pick] for pick in picks])
            except ValueError as error:
                self.bad.add(number, str(error))
            else:
                yield number, row

    def _picks(self, header: list[str] | None) -> list[int] | None:
        """Where the columns stand; None, and a bad first line, when one is missing or stands there twice."""
        wanted = ",".join(self.columns)
        if header is None:
            if not self.bad.count:
                self.bad.add(1, f"the file is empty; its header must be {wanted}")
            return None
        if any(header.count(column) != 1 for column in self.columns):
            self.bad.add(1, f'wrong header: it must be {wanted}, and is "{shown(",".join(header), 160)}"')
            return None
        return [header.index(column) for column in self.columns]

    def _lines(self, advance: Callable[[int], None]) -> Iterator[tuple[int, list[str]]]:
        """Line number and fields of every line that is text; the first is the header."""
        pending = 0
        with self.path.open("rb") as file:
            for number in range(1, 1 << 62):
                raw = file.readline(LONGEST_LINE)
                if not raw:
                    break
                pending += len(raw)
                if pending >= STEP:
                    advance(pending)
                    pending = 0
                self.ends_in_a_line = raw.endswith(b"\n")
                if len(raw) == LONGEST_LINE and not self.ends_in_a_line:
                    self.bad.add(number, f"is longer than {LONGEST_LINE} bytes; the rest of the file was not read")
                    break
                fields = self._fields(number, raw)
                if fields:
                    yield number, fields
                elif number == 1 and self.bad.count:
                    break  # packed, UTF-16 or no text at all: the rest would only repeat it
        advance(pending)

    def _fields(self, number: int, raw: bytes) -> list[str] | None:
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            self.bad.add(number, f"is not UTF-8 text (byte {error.start + 1} of the line)")
            return None
        if '"' not in text:
            return text.split(",") if text else None
        try:
            return next(csv.reader((text,), strict=True))
        except csv.Error as error:
            self.bad.add(number, f"has a broken quotation: {error}")
            return None
