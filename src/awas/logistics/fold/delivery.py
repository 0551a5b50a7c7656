"""The way to a warehouse: what was announced or sent, beside what was counted in there. Pure.

The gate's log says it all; here it becomes a balance of its own stage: expected + over = counted in good + damaged + on
its way + missing. Missing counts only once nothing more is to come. What comes to another store than it was meant for
is counted there, and expected no more where it was meant for. Goods that only move within the district were delivered
before: of those, only what differs counts here.
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
from awas.warehouse.counting import (
    OPEN,
    announced_lines,
    counted_in,
    expected_units,
    let_out,
    line_key,
    reannounced,
)
from awas.warehouse.events import (
    ConsignmentAnnounced,
    ConsignmentCancelled,
    ConsignmentChanged,
    CountCorrected,
    CountedLine,
    DeliveryConfirmed,
    EntryVoided,
    GoodsReceived,
    GoodsReleased,
)
from awas.warehouse.items import ConsignmentLine

STAGE = "delivery"


def announced(items: Items, stamp: Stamp, event: ConsignmentAnnounced) -> None:
    """Expected from now on where it goes to."""
    _keep(
        items,
        stamp,
        event.consignment_id,
        place=_in_log(stamp, event.to_place),
        inside=event.direction == "out" or bool(_in_log(stamp, event.from_place)),
        lines=announced_lines(event.lines),
    )


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
    before = _known(items, stamp, event.consignment_id)
    _keep(
        items,
        stamp,
        event.consignment_id,
        place=_in_log(stamp, event.to_place),
        inside=True,
        lines=let_out(before.lines, event.lines),
        status="part_received" if before.status == "part_received" else "in_transit",
    )


def arrived(items: Items, stamp: Stamp, event: GoodsReceived) -> None:
    """Counted in here, wherever it was meant for."""
    before = _known(items, stamp, event.consignment_id)
    _keep(
        items,
        stamp,
        event.consignment_id,
        lines=counted_in(before.lines, event.lines),
        counted=_counted_at(before, stamp.place, event.lines, 1),
        status=event.status_after,
        receipts=(*before.receipts, event.receipt_id),
        reason=event.difference_reason if event.difference_reason != "none" else before.reason,
    )


def corrected(items: Items, stamp: Stamp, event: CountCorrected) -> None:
    """A count of it was another one."""
    before: Delivery | None = items.get("delivery", event.consignment_id)
    if before is None:
        return
    status = event.status_after or before.status
    if event.direction != "in":
        lines = let_out(let_out(before.lines, event.lines_before, -1), event.lines)
        _keep(items, stamp, before.key, lines=lines, status=status)
        return
    without = replace(before, counted=_counted_at(before, stamp.place, event.lines_before, -1))
    _keep(
        items,
        stamp,
        before.key,
        lines=counted_in(counted_in(before.lines, event.lines_before, -1), event.lines),
        counted=_counted_at(without, stamp.place, event.lines, 1),
        status=status,
    )


def voided(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    """A count of it never was."""
    before: Delivery | None = items.get("delivery", event.related)
    if before is None:
        return
    if event.effect == "release_void":
        _keep(items, stamp, before.key, lines=let_out(before.lines, event.lines, -1), status=event.status_after)
    elif event.effect == "receipt_void":
        _keep(
            items,
            stamp,
            before.key,
            lines=counted_in(before.lines, event.lines, -1),
            counted=_counted_at(before, stamp.place, event.lines, -1),
            status=event.status_after,
            receipts=tuple(one for one in before.receipts if one != event.subject),
        )


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


def _known(items: Items, stamp: Stamp, key: str) -> Delivery:
    found: Delivery | None = items.get("delivery", key)
    return found or Delivery(key=key, log=log_of(stamp.place), place="", status="announced", lines=())


def _counted_at(
    delivery: Delivery, place: str, lines: tuple[CountedLine, ...], sign: int
) -> dict[str, tuple[ConsignmentLine, ...]]:
    """What was counted in at each place, with a count more or less at one."""
    there = counted_in(delivery.counted.get(place, ()), lines, sign)
    others = {where: kept for where, kept in delivery.counted.items() if where != place}
    return others | ({place: there} if there else {})


def _keep(items: Items, stamp: Stamp, key: str, **changes: Any) -> None:
    """The delivery after a change; its share of the balance goes along."""
    before = _known(items, stamp, key)
    after = replace(before, changed_at=moment(stamp), **changes)
    _weigh(items, stamp, before, -1)
    _weigh(items, stamp, after, 1)
    items.put("delivery", key, after)


def _weigh(items: Items, stamp: Stamp, delivery: Delivery, sign: int) -> None:
    for place, line, on_its_way in shares(delivery):
        left = line.short - on_its_way + line.over
        unexplained = left if delivery.reason in OPEN_REASONS else 0
        add_balance(items, stamp, STAGE, line, unexplained, sign, held=on_its_way, place=place)


def shares(delivery: Delivery) -> Iterator[tuple[str, TallyLine, int]]:
    """(place, line, units of it that are still on their way): what a delivery is in the balance of each place.

    What nobody announced or sent is beside nothing: that is a warning of the gate, and no difference of a count.
    """
    meant_for = delivery.place
    is_foreseen = bool(meant_for) and any(expected_units(line) for line in delivery.lines)
    came = {place: {line_key(line): line for line in lines} for place, lines in delivery.counted.items()}
    for line in delivery.lines if is_foreseen else ():
        here = came.get(meant_for, {}).get(line_key(line)) or _none_of(line)
        expected = max(expected_units(line) - (line.received - here.received), 0)
        if delivery.status not in OPEN and delivery.status != "received":
            expected = min(expected, here.received)
        still = max(expected - here.received, 0) if delivery.status in OPEN else 0
        if delivery.inside:
            yield meant_for, _differing(here, expected - still), 0
        else:
            yield meant_for, _counted(here, expected), still
    if delivery.inside:
        return
    for place, lines in came.items():
        for here in lines.values() if place != meant_for or not is_foreseen else ():
            yield place, _counted(here, here.received), 0


def _none_of(line: ConsignmentLine) -> ConsignmentLine:
    return ConsignmentLine(item=line.item, ballot=line.ballot, dapil=line.dapil)


def _counted(here: ConsignmentLine, expected: int) -> TallyLine:
    damaged = here.damaged + here.wet
    return _line(here, taken=expected, passed=here.received - damaged, damaged=damaged)


def _differing(here: ConsignmentLine, expected: int) -> TallyLine:
    """Only what differs: all of it is in the balance since it came to the district."""
    return _line(here, taken=max(expected - here.received, 0), passed=max(here.received - expected, 0))


def _line(of: ConsignmentLine, **units: int) -> TallyLine:
    return TallyLine(item=of.item, ballot=of.ballot, dapil=of.dapil, **units)  # type: ignore[arg-type]
