"""What became of a file that was taken in, for the page that answers: what is new, and what was there already. Pure."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from awas.ledger.fact import Receipt
from awas.ledger.refusals import Sentence
from awas.logistics.sheets.rows import Thing
from awas.logistics.sheets.writing import GUIDE
from awas.places.rows import shown
from awas.ui.formats import number

NEW = Sentence(
    "%(count)s baris baru dicatat (catatan %(entries)s).", "New rows recorded: %(count)s (entries %(entries)s)."
)
NOTHING_NEW = Sentence("Tidak ada yang baru: tidak ada yang diubah.", "Nothing is new: nothing was changed.")
THERE = Sentence(
    "%(count)s baris sudah tercatat sebelumnya (catatan %(entries)s) dan tidak dihitung lagi.",
    "Rows on record already, not counted again: %(count)s (entries %(entries)s).",
)
LEFT_EMPTY = Sentence("%(count)s baris tidak diisi dan dilewati.", "Rows left empty and passed over: %(count)s.")
IGNORED = Sentence(
    "Lembar tanpa judul kolom tidak dibaca: %(sheets)s.", "Sheets without the headings were not read: %(sheets)s."
)


class Row(Struct, frozen=True, order=True):
    """A row of a file, as Excel counts it."""

    sheet: str
    row: int


class Entered(Struct, frozen=True, kw_only=True):
    """One thing of a row, and the entry `index` where it stands now. `came` is the answer to a transfer's thing."""

    row: Row
    index: int
    thing: Thing
    came: bool = True


class Taken(Struct, frozen=True, kw_only=True):
    """What became of a file. `document` is its SHA-256, which its new entries name.

    `receipts` are of the entries that are new, `new` their rows, `entered` everything they say that is new, in the
    order of the file. `there` are rows that were on record already, standing in the entries `first` (those whose place
    in the log is known); they changed nothing. A row of which a part was on record is new: only the rest was added.
    `left_empty` rows were not filled in, `ignored` sheets had no headings.
    """

    kind: str
    file: str
    document: str
    receipts: tuple[Receipt, ...]
    new: tuple[Row, ...]
    entered: tuple[Entered, ...]
    there: tuple[Row, ...]
    first: tuple[int, ...]
    left_empty: int
    ignored: tuple[str, ...]

    @property
    def already_recorded(self) -> bool:
        """Whether nothing of it was new."""
        return not self.receipts

    def lines(self, language: str) -> list[str]:
        """All of this in words, a sentence for each."""
        said = [_said(NEW if self.new else NOTHING_NEW, language, self.new, [one.index for one in self.receipts])]
        if self.there:
            said.append(_said(THERE, language, self.there, self.first))
        if self.left_empty:
            said.append(_in(LEFT_EMPTY, language) % {"count": number(self.left_empty, language)})
        # A template's own instructions are nothing to be told about.
        if unread := [sheet for sheet in self.ignored if sheet != GUIDE]:
            said.append(_in(IGNORED, language) % {"sheets": ", ".join(map(shown, unread))})
        return said


def _in(sentence: Sentence, language: str) -> str:
    return sentence.id if language.startswith("id") else sentence.en


def _said(sentence: Sentence, language: str, rows: Sequence[Row], entries: Iterable[int]) -> str:
    return _in(sentence, language) % {"count": number(len(rows), language), "entries": _spans(entries)}


def _spans(entries: Iterable[int]) -> str:
    """`#3, #5–#9`, or a dash for none that is known."""
    spans: list[list[int]] = []
    for entry in sorted(entries):
        if spans and entry == spans[-1][1] + 1:
            spans[-1][1] = entry
        else:
            spans.append([entry, entry])
    return ", ".join(f"#{first}" if first == last else f"#{first}–#{last}" for first, last in spans) or "–"
