"""Folds of goods: the consignment that both sides hold, the tallies, the stock of the place."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import log_of
from awas.warehouse.counting import announced_lines, counted_in, let_out, reannounced
from awas.warehouse.events import (
    ConsignmentAnnounced,
    ConsignmentCancelled,
    ConsignmentChanged,
    ConsignmentDispatched,
    ConsignmentExpected,
    CountedLine,
    DeliveryConfirmed,
    DifferenceExplained,
    GoodsReceived,
    GoodsReleased,
    ReceiptReported,
)
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold, amend, stocked
from awas.warehouse.items import Consignment, ConsignmentLine, Tally
from awas.warehouse.site import Site, stock_key


def stock_after(stock: dict[str, int], lines: Iterable[CountedLine], sign: int) -> dict[str, int]:
    """The stock with counted lines brought in (`sign` 1) or out (-1)."""
    for line in lines:
        if line.units:
            stock = stocked(stock, stock_key(line.item, line.ballot), sign * line.units)
    return stock


def _announced(site: Site, _: Stamp, __: ConsignmentAnnounced) -> Changes:
    return {"open_consignments": site.open_consignments + 1}


def _expected(site: Site, _: Stamp, event: ConsignmentExpected) -> Changes:
    return {"open_consignments": site.open_consignments + event.newly_open}


def _cancelled(site: Site, _: Stamp, event: ConsignmentCancelled) -> Changes:
    return {"open_consignments": site.open_consignments - event.counted_open}


def _received(site: Site, _: Stamp, event: GoodsReceived) -> Changes:
    closes = event.counted_open and event.status_after == "received"
    return {
        "open_consignments": site.open_consignments - closes,
        "stock": stock_after(site.stock, event.lines, 1),
        "ballots_seen": True if event.ballots else site.ballots_seen,
    }


def _reported(site: Site, _: Stamp, event: ReceiptReported) -> Changes:
    return {"open_consignments": site.open_consignments - event.counted_open}


def _released(site: Site, _: Stamp, event: GoodsReleased) -> Changes:
    stock = stock_after(site.stock, event.lines, -1)
    # What somebody saw before ballots went out says nothing about what is left.
    ballots_seen = None if event.ballots else site.ballots_seen
    return {
        "open_consignments": site.open_consignments + event.newly_open,
        "stock": stock,
        "ballots_seen": ballots_seen,
    }


def _confirmed(site: Site, _: Stamp, event: DeliveryConfirmed) -> Changes:
    closes = event.complete and event.counted_open
    return {"open_consignments": site.open_consignments - closes}


def _unmoved(_: Site, __: Stamp, ___: Any) -> Changes:
    return {}


SITE: dict[type, SiteFold] = {
    ConsignmentAnnounced: _announced,
    ConsignmentExpected: _expected,
    ConsignmentChanged: _unmoved,
    ConsignmentCancelled: _cancelled,
    ConsignmentDispatched: _unmoved,
    GoodsReceived: _received,
    ReceiptReported: _reported,
    GoodsReleased: _released,
    DeliveryConfirmed: _confirmed,
    DifferenceExplained: _unmoved,
}


def with_lines(consignment: Consignment, lines: tuple[ConsignmentLine, ...], **changed: Any) -> Consignment:
    """The consignment with other lines, and the sums of them that pages show."""
    return replace(
        consignment,
        lines=lines,
        announced_units=sum(line.announced for line in lines),
        received_units=sum(line.received for line in lines),
        **changed,
    )


def _movement_announced(items: Items, stamp: Stamp, event: ConsignmentAnnounced) -> None:
    lines = announced_lines(event.lines)
    consignment = Consignment(
        key=event.consignment_id,
        log=log_of(stamp.place),
        place=stamp.place,
        at_place=event.to_place,
        direction=event.direction,
        status="announced",
        lines=lines,
        announced_at=moment(stamp),
        expected_from_at=event.expected_from_at,
        expected_until_at=event.expected_until_at,
        delivery_letter=event.delivery_letter,
        order_number=event.order_number,
        supplier=event.supplier,
        carrier=event.carrier,
        plate=event.plate,
        from_place=event.from_place,
        to_place=event.to_place,
        from_name=event.from_name,
        to_name=event.to_name,
        seals=event.seals,
        counted_open=(stamp.place,),
        announced_units=sum(line.announced for line in lines),
        escort_promised=event.escort_promised,
    )
    items.put("consignment", event.consignment_id, consignment)


def _movement_expected(items: Items, stamp: Stamp, event: ConsignmentExpected) -> None:
    if not event.newly_open:
        return
    consignment: Consignment | None = items.get("consignment", event.consignment_id)
    if consignment is not None and stamp.place not in consignment.counted_open:
        amend(items, "consignment", consignment.key, counted_open=(*consignment.counted_open, stamp.place))


def _movement_changed(items: Items, _: Stamp, event: ConsignmentChanged) -> None:
    consignment: Consignment | None = items.get("consignment", event.consignment_id)
    if consignment is not None:
        changed = with_lines(
            consignment,
            reannounced(consignment.lines, event.lines) if event.lines_changed else consignment.lines,
            delivery_letter=event.delivery_letter,
            plate=event.plate,
            expected_from_at=event.expected_from_at,
            expected_until_at=event.expected_until_at,
        )
        items.put("consignment", consignment.key, changed)


def _movement_cancelled(items: Items, stamp: Stamp, event: ConsignmentCancelled) -> None:
    amend(items, "consignment", event.consignment_id, status="cancelled", closed_at=moment(stamp), counted_open=())


def _movement_begun(items: Items, stamp: Stamp, event: ConsignmentDispatched) -> None:
    consignment: Consignment | None = items.get("consignment", event.consignment_id)
    if consignment is None:
        return
    changed = replace(
        consignment,
        status="in_transit" if consignment.status == "announced" else consignment.status,
        dispatched_at=consignment.dispatched_at or moment(stamp),
        eta_at=event.eta_at or consignment.eta_at,
        plate=event.plate or consignment.plate,
        carrier=event.carrier or consignment.carrier,
        seals=event.seals or consignment.seals,
    )
    items.put("consignment", consignment.key, changed)


def _unforeseen(stamp: Stamp, key: str, direction: str) -> Consignment:
    """A movement that nobody had announced, known from its first count on."""
    return Consignment(
        key=key,
        log=log_of(stamp.place),
        place=stamp.place,
        at_place=stamp.place if direction == "in" else "",
        direction=direction,
        status="announced",
        lines=(),
        from_place=stamp.place if direction == "out" else "",
        to_place=stamp.place if direction == "in" else "",
    )


def _counted_in(items: Items, stamp: Stamp, event: GoodsReceived) -> None:
    at = moment(stamp)
    known: Consignment | None = items.get("consignment", event.consignment_id)
    before = known or _unforeseen(stamp, event.consignment_id, "in")
    closes = event.status_after == "received"
    after = with_lines(
        before,
        counted_in(before.lines, event.lines),
        status=event.status_after,
        first_received_at=before.first_received_at or at,
        closed_at=at if closes else 0,
        delivery_letter=before.delivery_letter or event.delivery_letter,
        document_number=event.document_number or before.document_number,
        supplier=before.supplier or event.supplier,
        receipt_count=before.receipt_count + 1,
        differences=event.differences,
        difference_reason=event.difference_reason if event.difference_reason != "none" else before.difference_reason,
        counted_open=() if closes else before.counted_open,
    )
    items.put("consignment", after.key, after)
    tally = Tally(
        key=event.receipt_id,
        log=before.log,
        place=stamp.place,
        consignment_id=event.consignment_id,
        direction="in",
        state="stands",
        counted_at=at,
        lines=event.lines,
        final=event.final,
        document_number=event.document_number,
        delivery_letter=event.delivery_letter,
        vehicle_id=event.vehicle_id,
        counted_by=event.counted_by,
        witnesses=event.witnesses,
        units=sum(line.units for line in event.lines),
        damaged=event.damaged_units,
        wet=event.wet_units,
        photos=event.photos,
    )
    items.put("tally", tally.key, tally)


def _let_out(items: Items, stamp: Stamp, event: GoodsReleased) -> None:
    at = moment(stamp)
    known: Consignment | None = items.get("consignment", event.consignment_id)
    before = known or _unforeseen(stamp, event.consignment_id, "out")
    after = with_lines(
        before,
        let_out(before.lines, event.lines),
        status="part_received" if before.status == "part_received" else "in_transit",
        at_place=event.to_place,
        to_place=event.to_place,
        dispatched_at=before.dispatched_at or at,
        closed_at=0,
        plate=event.plate or before.plate,
        delivery_letter=event.delivery_letter or before.delivery_letter,
        document_number=event.document_number or before.document_number,
        release_count=before.release_count + 1,
        differences=event.differences or before.differences,
        difference_reason=event.difference_reason if event.difference_reason != "none" else before.difference_reason,
        counted_open=(*before.counted_open, stamp.place) if event.newly_open else before.counted_open,
    )
    items.put("consignment", after.key, after)
    if event.vehicle_id:
        amend(items, "vehicle", event.vehicle_id, released=True)
    tally = Tally(
        key=event.release_id,
        log=before.log,
        place=stamp.place,
        consignment_id=event.consignment_id,
        direction="out",
        state="stands",
        counted_at=at,
        lines=event.lines,
        final=event.final,
        document_number=event.document_number,
        delivery_letter=event.delivery_letter,
        vehicle_id=event.vehicle_id,
        counted_by=event.counted_by,
        witnesses=event.witnesses,
        units=sum(line.units for line in event.lines),
        damaged=sum(line.damaged for line in event.lines),
        wet=sum(line.wet for line in event.lines),
        photos=event.photos,
    )
    items.put("tally", tally.key, tally)


def _confirmed_outside(items: Items, _: Stamp, event: DeliveryConfirmed) -> None:
    consignment: Consignment | None = items.get("consignment", event.consignment_id)
    if consignment is None:
        return
    changed = replace(
        consignment,
        status="received" if event.complete else "part_received",
        document_number=event.document_number or consignment.document_number,
        first_received_at=consignment.first_received_at or event.received_at,
        closed_at=event.received_at if event.complete else 0,
        counted_open=() if event.complete else consignment.counted_open,
    )
    items.put("consignment", consignment.key, changed)


def _explained(items: Items, _: Stamp, event: DifferenceExplained) -> None:
    amend(items, "consignment", event.consignment_id, difference_reason=event.reason)


def _told(_: Items, __: Stamp, ___: ReceiptReported) -> None:
    """The item belongs to the log: the receiver's own count has changed it already."""


ITEMS: dict[type, ItemFold] = {
    ConsignmentAnnounced: _movement_announced,
    ConsignmentExpected: _movement_expected,
    ConsignmentChanged: _movement_changed,
    ConsignmentCancelled: _movement_cancelled,
    ConsignmentDispatched: _movement_begun,
    GoodsReceived: _counted_in,
    ReceiptReported: _told,
    GoodsReleased: _let_out,
    DeliveryConfirmed: _confirmed_outside,
    DifferenceExplained: _explained,
}
