"""What the page of sheets says to a file that was sent: what is recorded, what is wrong, or what it must be asked.

Everything out of the file is plain text here; the template escapes it.
"""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import get_language

from awas.ledger.naming import name_of
from awas.logistics.lines import Line, TallyLine
from awas.logistics.pages.frame import Context
from awas.logistics.pages.sheets import kind_words
from awas.logistics.sheets.column import Kind
from awas.logistics.sheets.faults import BadSheet, Fault, Param
from awas.logistics.sheets.layout import SHEETS
from awas.logistics.sheets.services import RecordedOtherwise
from awas.logistics.sheets.taken import Entered, Taken
from awas.logistics.words import in_language, thing_name
from awas.warnings import services as warnings
from awas.warnings.pages import warning_rows
from awas.warnings.rule import Words as Both

LINES_SHOWN = 200
"""So many faults or recorded lines stand on the page; all are counted."""
ENTRIES_SHOWN = 30
COUNTED = frozenset({"contract", "count"})
"""Kinds whose lines have one figure; labels and hand-overs have none, all others four."""


def taken_page(taken: Taken, place: str) -> Context:
    """What was recorded, line by line, each with the entry where it stands; what was there before; what it raised."""
    shown = taken.entered[:LINES_SHOWN]
    indexes = {receipt.index for receipt in taken.receipts}
    raised = [one for one in warnings.open_warnings([place], limit=20) if indexes & set(one.evidence_indexes)]
    return {
        "taken": {
            "kind": in_language(SHEETS[taken.kind].title),
            "file": taken.file,
            "document": taken.document,
            "new": not taken.already_recorded,
            "said": taken.lines(get_language() or "id"),
            "sheets": _several({one.row.sheet for one in taken.entered}),
            "figures": _figures_of(taken.kind),
            "lines": [_line(one, place) for one in shown],
            "more": len(taken.entered) - len(shown),
            "first": [_entry(index, place) for index in taken.first[:ENTRIES_SHOWN]],
            "labels_url": reverse("logistics:labels", args=[place]) if taken.kind == "labels" else "",
            "tallies_url": reverse("logistics:tallies", args=[place]),
            "warnings": warning_rows(raised),
        }
    }


def _figures_of(kind: str) -> str:
    if kind == "transfer-accept":
        return "answers"
    return "none" if kind in {"labels", "transfer-offer"} else "one" if kind in COUNTED else "all"


def _line(one: Entered, place: str) -> Context:
    thing = one.thing
    row: Context = {"sheet": one.row.sheet, "row": one.row.row, "came": one.came, "entry": _entry(one.index, place)}
    if isinstance(thing, str):
        return row | {"what": name_of(thing), "station": ""}
    row |= {"what": thing_name(thing.item, thing.ballot, thing.dapil), "station": getattr(thing, "station", "")}
    if isinstance(thing, Line):
        return row | {"units": thing.units}
    assert isinstance(thing, TallyLine)
    checked = thing.checked
    return row | {"units": thing.taken + checked, "passed": thing.passed + checked, "damaged": thing.damaged}


def _entry(index: int, place: str) -> Context:
    return {"index": index, "url": reverse("logistics:receipt", args=[place, index])}


def _several(sheets: Iterable[str]) -> bool:
    return len({sheet for sheet in sheets if sheet}) > 1


def faults_page(bad: BadSheet) -> Context:
    """Every fault by its row and column."""
    return {
        "bad": {
            "file": bad.file,
            "count": bad.count,
            "sheets": _several(fault.sheet for fault in bad.faults),
            "faults": [_fault(fault) for fault in bad.faults[:LINES_SHOWN]],
            "more": bad.count - min(len(bad.faults), LINES_SHOWN),
        }
    }


def _fault(fault: Fault) -> Context:
    return {
        "sheet": fault.sheet,
        "row": fault.row or "",
        "column": in_language(fault.column) if fault.column is not None else "",
        "said": fault.said(get_language() or "id"),
    }


def otherwise_page(other: RecordedOtherwise, kind: str, place: str, token: str) -> Context:
    """The question whether counts come on top of those on record; `token` brings the file back."""
    return {
        "question": {
            "file": other.file,
            "kind": kind,
            "held": token,
            "count": other.count,
            "sheets": _several(fault.sheet for fault in other.faults),
            "rows": [_other(fault) for fault in other.faults[:LINES_SHOWN]],
            "more": other.count - min(len(other.faults), LINES_SHOWN),
            "tallies_url": reverse("logistics:tallies", args=[place]),
        }
    }


def _other(fault: Fault) -> Context:
    said = {name: _plain(fault.params[name]) for name in ("what", "before", "now")}
    return {"sheet": fault.sheet, "row": fault.row} | said


def _plain(param: Param) -> str:
    return in_language(param) if isinstance(param, Both) else str(param)


def unclear_page(file: str, fitting: Sequence[Kind], kinds: list[Kind], token: str) -> Context:
    """The question which kind of sheet a file is: one of those that fit, or of all."""
    asked = [kind for kind in kinds if kind in fitting] or kinds
    return {"unclear": {"file": file, "fits": bool(fitting), "held": token, "kinds": kind_words(asked)}}
