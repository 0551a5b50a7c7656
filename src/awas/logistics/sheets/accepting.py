"""Rows that accept transfers: each answers for one kit or unit, and all of a transfer's rows are one answer. Pure.

What was sent and has no row did not come, and needs a reason as what is answered No.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from awas.ledger.naming import name_of
from awas.logistics.commands import AcceptTransfer
from awas.logistics.lines import SealSeen
from awas.logistics.sheets.faults import Mistyped
from awas.logistics.sheets.ground import Ground, Offered
from awas.logistics.sheets.grouping import Draft
from awas.logistics.sheets.rows import NO_DAY, Said, Values, one_of, parted

SHARED = ("reason", "bad_seals", "document_number")
"""What belongs to a transfer, on whichever of its rows it stands."""


class Answer(Struct, frozen=True, kw_only=True):
    """One row. `came` is None where nothing is filled in; `shared` what it says of the whole transfer."""

    sheet: str
    row: int
    transfer: str
    thing: str
    came: bool | None
    shared: dict[str, Any]


class Slip(Struct, frozen=True, kw_only=True):
    """A fault of one answer."""

    answer: Answer
    mistyped: Mistyped


def answer(sheet: str, row: int, values: Values, ground: Ground) -> Answer:
    """A row as an answer. Raises Mistyped."""
    transfer = values["transfer"]
    offered = ground.offered.get(transfer)
    if offered is None:
        raise Mistyped("sheet.transfer_unknown", "transfer", transfer=transfer)
    thing = one_of(values, ground)
    if thing not in offered.stations and thing not in offered.units:
        raise Mistyped("sheet.not_offered", "station", what=name_of(thing))
    shared = {name: values[name] for name in SHARED if values.get(name)}
    return Answer(sheet=sheet, row=row, transfer=transfer, thing=thing, came=values.get("came"), shared=shared)


def answers(given: Iterable[Answer], ground: Ground) -> tuple[list[Draft], list[Slip], list[Answer]]:
    """(commands, faults, rows of transfers that nobody has answered) of all the rows of a file."""
    by_transfer: dict[str, list[Answer]] = {}
    for one in given:
        by_transfer.setdefault(one.transfer, []).append(one)
    drafts: list[Draft] = []
    slips: list[Slip] = []
    left: list[Answer] = []
    for transfer, rows in by_transfer.items():
        if all(one.came is None for one in rows):
            left += rows
            continue
        found = list(_slips(transfer, rows, ground.offered[transfer]))
        slips += found
        if not found:
            drafts.append(_draft(transfer, rows, ground.offered[transfer]))
    return drafts, slips, left


def _slips(transfer: str, rows: Sequence[Answer], offered: Offered) -> Iterable[Slip]:
    seen: dict[str, Answer] = {}
    shared: dict[str, tuple[Any, Answer]] = {}
    for one in rows:
        if one.came is None:
            yield Slip(answer=one, mistyped=Mistyped("sheet.unanswered", "came"))
        if (before := seen.setdefault(one.thing, one)) is not one:
            mistyped = Mistyped("sheet.thing_twice", "station", what=name_of(one.thing), row=before.row)
            yield Slip(answer=one, mistyped=mistyped)
        for name, value in one.shared.items():
            first, where = shared.setdefault(name, (value, one))
            if first != value:
                yield Slip(answer=one, mistyped=Mistyped("sheet.other_answers", name, row=where.row))
    missing = len({*offered.stations, *offered.units} - {one.thing for one in rows if one.came})
    if missing and "reason" not in shared and offered.state == "offered":
        blamed = next((one for one in rows if one.came is False), rows[-1])
        mistyped = Mistyped("sheet.missing_reason", "reason", transfer=name_of(transfer), count=missing)
        yield Slip(answer=blamed, mistyped=mistyped)


def came_of(draft: Draft) -> frozenset[str]:
    """What a command says has come."""
    command = draft.command
    assert isinstance(command, AcceptTransfer)
    return frozenset((*command.stations, *command.units))


def _draft(transfer: str, rows: Sequence[Answer], offered: Offered) -> Draft:
    shared = {name: value for one in rows for name, value in one.shared.items()}
    stations, units = parted([one.thing for one in rows if one.came])
    bad = shared.pop("bad_seals", ())
    seals = [SealSeen(number=one, result="broken" if one in bad else "intact") for one in offered.seals]
    seals += [SealSeen(number=one, result="different") for one in bad if one not in offered.seals]
    command = AcceptTransfer(transfer_id=transfer, stations=stations, units=units, seals=tuple(seals), **shared)
    said = [
        Said(sheet=one.sheet, row=one.row, day=NO_DAY, at=0, head=(("transfer_id", transfer),), things=(one.thing,))
        for one in rows
    ]
    return Draft(kind="transfer-accept", key=transfer, command=command, rows=tuple(said))
