"""What is wrong with a sheet: each fault by sheet, row and column, in both languages."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language, override
from msgspec import Struct

from awas.ledger.area import Refused
from awas.ledger.refusals import Sentence
from awas.logistics.sheets.refusals import WORDS
from awas.places.rows import shown
from awas.ui.formats import number
from awas.ui.refusals import in_words
from awas.warnings.rule import Words as Both

FAULTS_KEPT = 1_000
"""Faults of one file that are kept by name: whoever has more has one fault a thousand times. All are counted."""

Param = str | int | Both


class Mistyped(ValueError):  # noqa: N818 - a value that isn't what its column holds
    """A value that can't be taken: the code of a sentence, what it names, and the column where it isn't its own."""

    def __init__(self, code: str, column: str = "", **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.params = params


class Fault(Struct, frozen=True, kw_only=True):
    """One fault. `row` is counted from 1 as Excel counts, 0 for the whole sheet or file; `column` is its heading."""

    code: str
    sheet: str = ""
    row: int = 0
    column: Both | None = None
    params: Mapping[str, Param] = {}
    refused: Refused | None = None
    """Why the record refuses it; the sentence is then that of the record's, which pages say too."""
    headings: Mapping[str, Both] = {}
    """The fields of what was refused, by the headings of the sheet."""

    def words(self, language: str, *, with_sheet: bool = False) -> str:
        """`Baris 14, kolom Rusak: 12 + 3 = 15, padahal tertulis 14.`"""
        indonesian = language.startswith("id")
        sheet, row, column = ("lembar", "baris", "kolom") if indonesian else ("sheet", "row", "column")
        place = [f"{sheet} {shown(self.sheet)}"] if with_sheet and self.sheet else []
        if self.row:
            place.append(f"{row} {self.row}")
        if self.column is not None:
            place.append(f"{column} {self.column.id if indonesian else self.column.en}")
        said = self.said(language)
        if not place:
            return said
        where = ", ".join(place)
        return f"{where[:1].upper()}{where[1:]}: {said}"

    def said(self, language: str) -> str:
        """The sentence alone, for where row and column stand beside it."""
        if self.refused is not None:
            with override(language):
                return in_words(self.refused, {name: _in(one, language) for name, one in self.headings.items()})
        params = {name: _in(value, language) for name, value in self.params.items()}
        return _in(WORDS[self.code], language) % params

    def __str__(self) -> str:
        return self.words(get_language() or "id")


def _in(value: Param | Sentence, language: str) -> str:
    if isinstance(value, Both | Sentence):
        return value.id if language.startswith("id") else value.en
    return number(value, language) if isinstance(value, int) else value


class BadSheet(ValueError):  # noqa: N818 - it is the sheet that is bad
    """A file of which nothing was recorded. `faults` are its first faults in order, `count` how many there are."""

    def __init__(self, file: str, faults: Sequence[Fault], count: int = 0) -> None:
        super().__init__(f"{shown(file)}: faults: {count or len(faults)}, nothing recorded")
        self.file = file
        self.faults = tuple(faults)
        self.count = count or len(faults)

    def lines(self, language: str) -> list[str]:
        """The faults in words; sheets are named where there are several."""
        several = len({fault.sheet for fault in self.faults if fault.sheet}) > 1
        return [fault.words(language, with_sheet=several) for fault in self.faults]


class Faults:
    """Gathers the faults of a file in the order of its rows."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Notes a fault."""
        self.count += 1
        if len(self._kept) < FAULTS_KEPT:
            self._kept.append(fault)

    def require_none(self, file: str) -> None:
        """Raises BadSheet if there was any."""
        if self.count:
            raise BadSheet(file, self._kept, self.count)
