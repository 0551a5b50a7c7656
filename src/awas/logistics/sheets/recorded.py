"""What of a sheet is on record already: every line is known again by what it says, not by the file it came in.

So a file that comes twice adds nothing, and one with more rows adds those alone. Only what was born of a sheet counts:
a count typed into a form may well be another one.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from awas.ledger.models import Entry
from awas.ledger.naming import key_at, log_of
from awas.logistics import models
from awas.logistics.items import Contract, StockCount, TallyRow, Transfer
from awas.logistics.sheets.faults import Fault
from awas.logistics.sheets.grouping import BORN, day_in
from awas.logistics.sheets.layout import SHEETS
from awas.logistics.sheets.rows import MAKERS, Identity, Said, Thing, identity_of, subject_of
from awas.warnings.rule import Words as Both


class Before(NamedTuple):
    """A line on record: the key of what it stands in, and the line."""

    key: str
    identity: Identity
    thing: Thing


class Recorded(Struct, frozen=True, kw_only=True):
    """Lines on record by identity and by subject, and every key that was ever given."""

    lines: dict[Identity, Before]
    subjects: dict[Identity, Before]
    used: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


def recorded(kind: str, place: str, rows: Iterable[Said]) -> Recorded:
    """What the record has of a kind of sheet at a place. To be asked where nobody can add to it meanwhile."""
    if kind == "labels":
        return _labels(rows)
    maker = MAKERS[kind]
    found = Recorded(lines={}, subjects={})
    used = set()
    for key, stands, head, things in _born(kind, place):
        used.add(key)
        for thing in things if stands else ():
            day = day_in(key)
            before = Before(key, identity_of(maker, day, head, thing), thing)
            found.lines[before.identity] = before
            if SHEETS[kind].adds_up:
                found.subjects[subject_of(maker, day, head, thing)] = before
    return Recorded(lines=found.lines, subjects=found.subjects, used=frozenset(used))


Born = tuple[str, bool, dict[str, Any], tuple[Thing, ...]]
"""(key, whether it still stands, its head, its lines)."""


def _born(kind: str, place: str) -> Iterator[Born]:
    born = {"place": place, "key__startswith": key_at(place, BORN)}
    if kind == "contract":
        contracts: Iterable[Contract] = (row.kept() for row in models.Contract.objects.filter(**born))
        for one in contracts:
            yield one.key, not one.is_void, _fields(kind, one), one.lines
    elif kind == "count":
        counts: Iterable[StockCount] = (row.kept() for row in models.StockCount.objects.filter(**born))
        for count in counts:
            yield count.key, True, _fields(kind, count), count.lines
    elif kind == "transfer-offer":
        sent: Iterable[Transfer] = (row.kept() for row in models.Transfer.objects.filter(**born))
        for transfer in sent:
            stands = transfer.state in {"offered", "accepted"}
            yield transfer.key, stands, _fields(kind, transfer), (*transfer.stations, *transfer.units)
    else:
        tallies: Iterable[TallyRow] = (row.kept() for row in models.TallyRow.objects.filter(step=kind, **born))
        for tally in tallies:
            head = {
                # A reason found later is no other count.
                "reason": tally.reason_at_first,
                "document_number": tally.document_number,
                "table": tally.sorting_table,
                "shift": tally.shift,
                "opened_unit": tally.opened_unit,
            }
            yield tally.key, tally.state != "void", head, tally.lines


def _fields(kind: str, item: object) -> dict[str, Any]:
    return {name: getattr(item, name) for name in MAKERS[kind].told_apart}


def _labels(rows: Iterable[Said]) -> Recorded:
    """Labels are known by themselves; one that names something else is a fault."""
    said = {thing: row for row in rows for thing in row.things}
    lines: dict[Identity, Before] = {}
    faults = []
    for start in range(0, len(said), CHUNK):
        some = list(said)[start : start + CHUNK]
        for key, *head in models.Unit.objects.filter(key__in=some).values_list("key", "unit_kind", "station", "ballot"):
            row = said[key]
            identity = identity_of(MAKERS["labels"], row.day, row.known, key)
            if identity[1:4] == tuple(head):
                lines[identity] = Before(key, identity, key)
            else:
                label = Both("Label", "Label")
                params = {"label": key.partition("/")[2]}
                faults.append(
                    Fault(code="sheet.label_taken", sheet=row.sheet, row=row.row, column=label, params=params)
                )
    return Recorded(lines=lines, subjects={}, faults=tuple(faults))


CHUNK = 500
"""Keys looked up in one statement."""


def entries_named(place: str, nonces: Iterable[str]) -> dict[str, int]:
    """Where in the log the commands of these numbers stand, whichever desk they came from."""
    wanted = list(nonces)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), CHUNK):
        made = Entry.objects.filter(log__origin=log_of(place), place=place, part=0)
        named = made.filter(nonce__in=wanted[start : start + CHUNK])
        found.update({str(nonce): index for nonce, index in named.values_list("nonce", "index")})
    return found
