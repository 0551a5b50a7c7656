"""The way to a warehouse: what was announced or sent, beside what was counted in there. Pure.

The gate's log says it all; here it becomes a balance of its own stage: expected + over = counted in good + damaged + on
its way + missing. Missing counts only once nothing more is to come.
"""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.fold.stock import add_balance
from awas.logistics.items import Delivery
from awas.logistics.keys import log_of
from awas.logistics.lines import TallyLine
from awas.warehouse.counting import OPEN, announced_lines, counted_in, expected_units, let_out, reannounced
from awas.warehouse.events import (
    ConsignmentAnnounced,
    ConsignmentCancelled,
    ConsignmentChanged,
    CountCorrected,
    DeliveryConfirmed,
    EntryVoided,
    GoodsReceived,
    GoodsReleased,
)
from awas.warehouse.items import ConsignmentLine

STAGE = "delivery"


def announced(items: Items, stamp: Stamp, event: ConsignmentAnnounced) -> None:
    """Expected from now on where it goes to."""
    place = _in_log(stamp, event.to_place)
    _keep(items, stamp, event.consignment_id, place=place, lines=announced_lines(event.lines))


def changed(items: Items, stamp: Stamp, event: ConsignmentChanged) -> None:
    """Other lines are expected; what came already stays."""
    before: Delivery | None = items.get("delivery", event.consignment_id)
    if before is not None and event.lines_changed:
        _keep(items, stamp, before.key, lines=reannounced(before.lines, event.lines))


def cancelled(items: Items, stamp: Stamp, event: ConsignmentCancelled) -> None:
    """Nothing more is expected of it."""
    if items.get("delivery", event.consignment_id) is not None:
        _keep(items, stamp, event.consignment_id, status="cancelled")


def confirmed(items: Items, stamp: Stamp, event: DeliveryConfirmed) -> None:
    """A paper says that all of it came: nothing more is expected, and nobody counted it here."""
    if event.complete and items.get("delivery", event.consignment_id) is not None:
        _keep(items, stamp, event.consignment_id, status="confirmed")


def sent(items: Items, stamp: Stamp, event: GoodsReleased) -> None:
    """Let out: without an announcement, that is what the receiver should count."""
    before: Delivery | None = items.get("delivery", event.consignment_id)
    _keep(
        items,
        stamp,
        event.consignment_id,
        place=_in_log(stamp, event.to_place),
        lines=let_out(before.lines if before is not None else (), event.lines),
        status="part_received" if before is not None and before.status == "part_received" else "in_transit",
    )


def arrived(items: Items, stamp: Stamp, event: GoodsReceived) -> None:
    """Counted in here, wherever it was meant for."""
    before: Delivery | None = items.get("delivery", event.consignment_id)
    reason = event.difference_reason
    _keep(
        items,
        stamp,
        event.consignment_id,
        place=stamp.place,
        lines=counted_in(before.lines if before is not None else (), event.lines),
        status=event.status_after,
        receipts=(*(before.receipts if before is not None else ()), event.receipt_id),
        reason=reason if reason != "none" or before is None else before.reason,
    )


def corrected(items: Items, stamp: Stamp, event: CountCorrected) -> None:
    """A count of it was another one."""
    before: Delivery | None = items.get("delivery", event.consignment_id)
    if before is None:
        return
    recount = counted_in if event.direction == "in" else let_out
    lines = recount(recount(before.lines, event.lines_before, -1), event.lines)
    _keep(items, stamp, before.key, lines=lines, status=event.status_after or before.status)


def voided(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    """A count of it never was."""
    before: Delivery | None = items.get("delivery", event.related)
    if before is None or event.effect not in _UNDONE:
        return
    lines = _UNDONE[event.effect](before.lines, event.lines, -1)
    receipts = tuple(one for one in before.receipts if one != event.subject)
    _keep(items, stamp, before.key, lines=lines, status=event.status_after, receipts=receipts)


_UNDONE = {"receipt_void": counted_in, "release_void": let_out}


def explained(items: Items, stamp: Stamp, consignment: str, reason: str) -> tuple[str, ...]:
    """Why it differs is known now. Returns the receipts that it came in by."""
    before: Delivery | None = items.get("delivery", consignment)
    if before is None:
        return ()
    _keep(items, stamp, consignment, reason=reason)
    return before.receipts


def _in_log(stamp: Stamp, place: str) -> str:
    """The place, or none where another log has it: there nothing may be moved from here."""
    return place if place and log_of(place) == log_of(stamp.place) else ""


def _keep(items: Items, stamp: Stamp, key: str, **changes: Any) -> None:
    """The delivery after a change; its share of the balance goes along, to another place if it came there."""
    found: Delivery | None = items.get("delivery", key)
    before = found or Delivery(key=key, log=log_of(stamp.place), place="", status="announced", lines=())
    after = replace(before, changed_at=moment(stamp), **changes)
    _weigh(items, stamp, before, -1)
    _weigh(items, stamp, after, 1)
    items.put("delivery", key, after)


def _weigh(items: Items, stamp: Stamp, delivery: Delivery, sign: int) -> None:
    for line, on_its_way in _balanced(delivery) if delivery.place else ():
        left = line.short - on_its_way + line.over
        unexplained = left if delivery.reason in OPEN_REASONS else 0
        add_balance(items, stamp, STAGE, line, unexplained, sign, held=on_its_way, place=delivery.place)


def _balanced(delivery: Delivery) -> Iterator[tuple[TallyLine, int]]:
    """Each line with the units of it that are still on their way.

    What nobody announced or sent is beside nothing: that is a warning of the gate, and no difference of a count.
    """
    is_foreseen = any(expected_units(line) for line in delivery.lines)
    for line in delivery.lines:
        expected = expected_units(line) if is_foreseen else line.received
        if delivery.status not in OPEN and delivery.status != "received":
            expected = min(expected, line.received)
        still = max(expected - line.received, 0) if delivery.status in OPEN else 0
        yield _counted(line, expected), still


def _counted(line: ConsignmentLine, expected: int) -> TallyLine:
    damaged = line.damaged + line.wet
    return TallyLine(
        item=line.item,  # type: ignore[arg-type]  # an item holds its code as plain text
        ballot=line.ballot,
        dapil=line.dapil,
        taken=expected,
        passed=line.received - damaged,
        damaged=damaged,
    )
