"""What logistics takes to heart of the warehouse's gate log: goods counted in are received, and typed nowhere twice.

Pure. A correction of a count at the gate corrects the receiving here too.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from awas.ledger.area import Follow, Items, Stamp
from awas.ledger.message import moment
from awas.logistics.fold import delivery
from awas.logistics.fold.explaining import explained_at_gate
from awas.logistics.fold.stock import add_balance, keep_tally, move
from awas.logistics.items import TallyRow
from awas.logistics.lines import Damage, TallyLine
from awas.logistics.state import Logistics, received, taken_back
from awas.warehouse.events import (
    ConsignmentAnnounced,
    ConsignmentCancelled,
    ConsignmentChanged,
    CountCorrected,
    CountedLine,
    DeliveryConfirmed,
    Difference,
    DifferenceExplained,
    EntryVoided,
    GoodsReceived,
    GoodsReleased,
)

STEP = "receive"


def lines_of(counted: Iterable[CountedLine], differences: Iterable[Difference] = ()) -> tuple[TallyLine, ...]:
    """A count at the gate as lines of receiving. Short counts only where the gate says so: after the last receipt."""
    short = {
        (one.item, one.ballot, one.dapil): one.announced - one.counted
        for one in differences
        if one.difference == "short"
    }
    found = [
        TallyLine(
            item=line.item,
            ballot=line.ballot,
            dapil=line.dapil,
            taken=line.units + max(short.pop((line.item, line.ballot, line.dapil), 0), 0),
            passed=line.units - line.damaged - line.wet,
            damaged=line.damaged + line.wet,
            damage=_damage(line),
        )
        for line in counted
    ]
    found += [
        TallyLine(item=item, ballot=ballot, dapil=dapil, taken=units, passed=0)  # type: ignore[arg-type]
        for (item, ballot, dapil), units in short.items()
        if units > 0
    ]
    return tuple(found)


def _damage(line: CountedLine) -> tuple[Damage, ...]:
    found = (Damage(criterion="other", units=line.damaged), Damage(criterion="wet", units=line.wet))
    return tuple(one for one in found if one.units)


def _came(lines: Iterable[TallyLine]) -> tuple[TallyLine, ...]:
    """What was really there to receive: what is missing was lost on its way, and stands in the balance of that."""
    return tuple(replace(line, taken=line.passed + line.damaged) for line in lines)


def _receive(state: Logistics, stamp: Stamp, event: GoodsReceived) -> Logistics:
    return received(state, lines_of(event.lines), moment(stamp))


def _keep_received(items: Items, stamp: Stamp, event: GoodsReceived) -> None:
    lines = lines_of(event.lines, event.differences)
    papers = {"reason": event.difference_reason, "document_number": event.document_number}
    _take_in(items, stamp, event.receipt_id, lines, consignment=event.consignment_id, **papers)
    delivery.arrived(items, stamp, event)


def _take_in(items: Items, stamp: Stamp, key: str, lines: tuple[TallyLine, ...], **papers: str) -> None:
    move(items, stamp, STEP, lines)
    for line in _came(lines):
        add_balance(items, stamp, "receiving", line, 0)
    keep_tally(items, stamp, key, STEP, lines, by_gate=True, reason_at_first=papers["reason"], **papers)


def _take_back(items: Items, stamp: Stamp, key: str) -> TallyRow | None:
    """Undoes a receipt, if there is one under that key."""
    tally: TallyRow | None = items.get("tally", key)
    if tally is None or tally.state == "void" or tally.step != STEP:
        return None
    move(items, stamp, STEP, tally.lines, -1)
    for line in _came(tally.lines):
        add_balance(items, stamp, "receiving", line, 0, -1)
    items.put("tally", key, replace(tally, state="void"))
    return tally


def _void(state: Logistics, stamp: Stamp, event: EntryVoided) -> Logistics:
    if event.entry_kind != GoodsReceived.__struct_config__.tag:
        return state
    return taken_back(state, lines_of(event.lines), moment(stamp))


def _keep_void(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    if event.entry_kind == GoodsReceived.__struct_config__.tag:
        _take_back(items, stamp, event.subject)
    delivery.voided(items, stamp, event)


def _correct(state: Logistics, stamp: Stamp, event: CountCorrected) -> Logistics:
    if event.direction != "in":
        return state
    before = taken_back(state, lines_of(event.lines_before), moment(stamp))
    return received(before, lines_of(event.lines), moment(stamp))


def _keep_corrected(items: Items, stamp: Stamp, event: CountCorrected) -> None:
    if event.direction == "in":
        before = _take_back(items, stamp, event.receipt_id)
        lines = lines_of(event.lines, event.differences)
        papers = {"reason": before.reason, "document_number": before.document_number} if before else {"reason": "none"}
        _take_in(items, stamp, event.receipt_id, lines, consignment=event.consignment_id, **papers)
    delivery.corrected(items, stamp, event)


def _explained(items: Items, stamp: Stamp, event: DifferenceExplained) -> None:
    explained_at_gate(items, stamp, event.consignment_id, event.reason)


def _same(state: Logistics, stamp: Stamp, event: object) -> Logistics:
    return state


FOLLOWS: Mapping[type[Struct], Follow] = {
    ConsignmentAnnounced: Follow(_same, delivery.announced),
    ConsignmentChanged: Follow(_same, delivery.changed),
    ConsignmentCancelled: Follow(_same, delivery.cancelled),
    DeliveryConfirmed: Follow(_same, delivery.confirmed),
    GoodsReleased: Follow(_same, delivery.sent),
    GoodsReceived: Follow(_receive, _keep_received),
    EntryVoided: Follow(_void, _keep_void),
    CountCorrected: Follow(_correct, _keep_corrected),
    DifferenceExplained: Follow(_same, _explained),
}
