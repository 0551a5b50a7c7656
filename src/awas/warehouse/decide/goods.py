"""Decisions about movements of goods before and after the count: announced, changed, called off, sent, confirmed."""

from collections.abc import Sequence

from awas.ledger.area import Elsewhere, Items, Refused, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import log_of
from awas.warehouse.commands import (
    AnnounceConsignment,
    CancelConsignment,
    ChangeConsignment,
    ConfirmDelivery,
    DispatchConsignment,
    ExplainDifference,
)
from awas.warehouse.counting import OPEN, first_line_twice
from awas.warehouse.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_new,
)
from awas.warehouse.events import (
    ConsignmentAnnounced,
    ConsignmentCancelled,
    ConsignmentChanged,
    ConsignmentDispatched,
    ConsignmentExpected,
    CountCorrected,
    CountedLine,
    DeliveryConfirmed,
    Difference,
    DifferenceExplained,
    EntryVoided,
    GoodsReceived,
    Line,
    ReceiptReported,
)
from awas.warehouse.items import Consignment
from awas.warehouse.site import Site


def in_same_log(place: str, other: str) -> bool:
    """Both places stand in one log, so each can hold the movement."""
    return other not in {"", place} and log_of(other) == log_of(place)


def require_lines(lines: Sequence[Line] | Sequence[CountedLine]) -> None:
    """No line twice, and something in them."""
    if twice := first_line_twice(lines):
        raise Refused("line_twice", line=twice)
    if not any(line.units or line.packages for line in lines):
        raise Refused("nothing_counted")


def require_counts(lines: Sequence[CountedLine]) -> None:
    """Lines as counted: damaged and wet units are among all units."""
    require_lines(lines)
    for line in lines:
        if line.damaged + line.wet > line.units:
            raise Refused("more_damaged_than_counted", item=line.item, units=line.units)


def require_window(from_at: int, until_at: int) -> None:
    """A window that ends before it begins is a slip of the pen."""
    if from_at and until_at and until_at < from_at:
        raise Refused("ends_before_it_begins", key="expected_until_at")


def announce_consignment(_: Site, items: Items, stamp: Stamp, command: AnnounceConsignment) -> Decision:
    """The announcing place and, in the same log, the receiving place both hold the movement."""
    require_born_here(stamp, command.consignment_id)
    require_new(items, "consignment", command.consignment_id, "consignment_exists")
    require_lines(command.lines)
    require_window(command.expected_from_at, command.expected_until_at)
    from_place = command.from_place or (stamp.place if command.direction == "out" else "")
    to_place = command.to_place or (stamp.place if command.direction == "in" else "")
    own, other = (to_place, from_place) if command.direction == "in" else (from_place, to_place)
    if own != stamp.place or other == stamp.place:
        raise Refused("direction_contradicts_places", place=stamp.place, from_place=from_place, to_place=to_place)
    announced = ConsignmentAnnounced(
        consignment_id=command.consignment_id,
        direction=command.direction,
        lines=command.lines,
        delivery_letter=command.delivery_letter,
        order_number=command.order_number,
        supplier=command.supplier,
        carrier=command.carrier,
        plate=command.plate,
        from_place=from_place,
        to_place=to_place,
        from_name=command.from_name,
        to_name=command.to_name,
        expected_from_at=command.expected_from_at,
        expected_until_at=command.expected_until_at,
        seals=command.seals,
        escort_promised=command.escort_promised,
    )
    if not in_same_log(stamp.place, to_place):
        return [announced]
    expected = ConsignmentExpected(
        consignment_id=command.consignment_id,
        from_place=stamp.place,
        lines=command.lines,
        delivery_letter=command.delivery_letter,
        order_number=command.order_number,
        expected_from_at=command.expected_from_at,
        expected_until_at=command.expected_until_at,
    )
    return [announced, Elsewhere(place=to_place, event=expected)]


def _require_announced_here(items: Items, stamp: Stamp, consignment_id: str) -> Consignment:
    consignment: Consignment = require_found(items, "consignment", consignment_id, "consignment_unknown")
    if consignment.place != stamp.place:
        raise Refused("consignment_of_other_place", key=consignment_id, place=consignment.place)
    if consignment.status not in OPEN:
        raise Refused("consignment_closed", key=consignment_id, status=consignment.status)
    return consignment


def _announced(consignment: Consignment) -> tuple[Line, ...]:
    return tuple(
        Line(
            item=line.item,  # type: ignore[arg-type]  # an item holds its code as plain text
            ballot=line.ballot,
            dapil=line.dapil,
            packages=line.packages,
            units=line.announced,
        )
        for line in consignment.lines
        if line.announced or line.packages
    )


def expected_at(consignment: Consignment, status: str, newly_open: bool, **changed: object) -> ConsignmentExpected:
    """What the receiving place is told of a movement."""
    told: dict[str, object] = {
        "lines": _announced(consignment),
        "delivery_letter": consignment.delivery_letter,
        "order_number": consignment.order_number,
        "expected_from_at": consignment.expected_from_at,
        "expected_until_at": consignment.expected_until_at,
    } | changed
    return ConsignmentExpected(
        consignment_id=consignment.key,
        from_place=consignment.from_place or consignment.place,
        status=status,
        newly_open=newly_open,
        **told,  # type: ignore[arg-type]
    )


def told_of_count(
    stamp: Stamp, consignment: Consignment, count: GoodsReceived | EntryVoided | CountCorrected | DeliveryConfirmed
) -> list[Elsewhere]:
    """The sender, and every other place that counts the consignment as open, learn how a count left it."""
    tally, status = "", "received"
    differences: tuple[Difference, ...] = ()
    reason = consignment.difference_reason
    if isinstance(count, EntryVoided):
        tally, status = count.subject, count.status_after
    elif not isinstance(count, DeliveryConfirmed):
        tally, status, differences = count.receipt_id, count.status_after, count.differences
    if isinstance(count, GoodsReceived) and count.difference_reason != "none":
        reason = count.difference_reason
    places = dict.fromkeys((consignment.place, consignment.from_place, *consignment.counted_open))
    return [
        Elsewhere(
            place=place,
            event=ReceiptReported(
                consignment_id=consignment.key,
                receipt_id=tally,
                at_place=stamp.place,
                status_after=status,
                counted_open=status not in OPEN and place in consignment.counted_open,
                differences=differences,
                difference_reason=reason,
            ),
        )
        for place in places
        if in_same_log(stamp.place, place)
    ]


def change_consignment(_: Site, items: Items, stamp: Stamp, command: ChangeConsignment) -> Decision:
    """What was counted already stays; only the announcement changes."""
    consignment = _require_announced_here(items, stamp, command.consignment_id)
    if command.lines:
        require_lines(command.lines)
    from_at = command.expected_from_at or consignment.expected_from_at
    until_at = command.expected_until_at or consignment.expected_until_at
    require_window(from_at, until_at)
    before = _announced(consignment)
    changed = ConsignmentChanged(
        consignment_id=consignment.key,
        lines=command.lines or before,
        delivery_letter=command.delivery_letter or consignment.delivery_letter,
        plate=command.plate or consignment.plate,
        expected_from_at=from_at,
        expected_until_at=until_at,
        expected_until_before_at=consignment.expected_until_at,
        lines_changed=bool(command.lines) and command.lines != before,
        why=command.why,
        status=consignment.status,
    )
    if not in_same_log(stamp.place, consignment.to_place):
        return [changed]
    told = expected_at(
        consignment,
        consignment.status,
        newly_open=False,
        lines=changed.lines,
        delivery_letter=changed.delivery_letter,
        expected_from_at=from_at,
        expected_until_at=until_at,
    )
    return [changed, Elsewhere(place=consignment.to_place, event=told)]


def cancel_consignment(_: Site, items: Items, stamp: Stamp, command: CancelConsignment) -> Decision:
    """Goods that somebody has begun to count in can't be called off any more."""
    consignment = _require_announced_here(items, stamp, command.consignment_id)
    if consignment.status == "part_received":
        raise Refused("consignment_part_received", key=consignment.key)

    def told(place: str) -> ConsignmentCancelled:
        return ConsignmentCancelled(
            consignment_id=consignment.key,
            why=command.why,
            status_before=consignment.status,
            counted_open=place in consignment.counted_open,
            cancelled_by_place="" if place == stamp.place else stamp.place,
        )

    others = [place for place in consignment.counted_open if place != stamp.place]
    return [told(stamp.place), *(Elsewhere(place=place, event=told(place)) for place in others)]


def dispatch_consignment(_: Site, items: Items, stamp: Stamp, command: DispatchConsignment) -> Decision:
    """Several vehicles may carry one consignment: a second dispatch is no contradiction."""
    consignment = _require_announced_here(items, stamp, command.consignment_id)
    return [
        ConsignmentDispatched(
            consignment_id=consignment.key,
            plate=command.plate,
            carrier=command.carrier,
            escort=command.escort,
            seals=command.seals,
            eta_at=command.eta_at,
            direction=consignment.direction,  # type: ignore[arg-type]
            expected_until_at=consignment.expected_until_at,
            to_place=consignment.to_place,
        )
    ]


def confirm_delivery(_: Site, items: Items, stamp: Stamp, command: ConfirmDelivery) -> Decision:
    """A receiver inside the record must count in; a paper stands for the count only outside it."""
    consignment: Consignment = require_found(items, "consignment", command.consignment_id, "consignment_unknown")
    if consignment.place != stamp.place:
        raise Refused("consignment_of_other_place", key=consignment.key, place=consignment.place)
    if in_same_log(stamp.place, consignment.to_place) or consignment.direction == "in":
        raise Refused("receiver_counts_in", key=consignment.key, place=consignment.at_place)
    if consignment.status not in {"in_transit", "part_received"}:
        raise Refused("not_in_transit", key=consignment.key, status=consignment.status)
    at = moment(stamp)
    confirmed = DeliveryConfirmed(
        consignment_id=consignment.key,
        document_number=command.document_number,
        received_at=min(command.received_at or at, at),
        receiver=command.receiver,
        receiver_institution=command.receiver_institution,
        complete=command.complete,
        details=command.details,
        photos=command.photos,
        counted_open=stamp.place in consignment.counted_open,
    )
    return [confirmed, *(told_of_count(stamp, consignment, confirmed) if command.complete else ())]


def explain_difference(_: Site, items: Items, stamp: Stamp, command: ExplainDifference) -> Decision:
    """A reason may be changed for a better one; each stays in the record."""
    consignment: Consignment = require_found(items, "consignment", command.consignment_id, "consignment_unknown")
    if stamp.place not in {consignment.place, consignment.at_place, consignment.from_place}:
        raise Refused("consignment_of_other_place", key=consignment.key, place=consignment.place)
    if not consignment.differences:
        raise Refused("no_difference", key=consignment.key)
    if command.reason == "none":
        raise Refused("reason_missing", key=consignment.key)
    return [
        DifferenceExplained(
            consignment_id=consignment.key,
            reason=command.reason,
            reason_before=consignment.difference_reason,
            details=command.details,
            document_number=command.document_number,
        )
    ]


DECIDERS: dict[type, Decider] = {
    AnnounceConsignment: announce_consignment,
    ChangeConsignment: change_consignment,
    CancelConsignment: cancel_consignment,
    DispatchConsignment: dispatch_consignment,
    ConfirmDelivery: confirm_delivery,
    ExplainDifference: explain_difference,
}
NEEDS: dict[type, Need] = {decided: lambda command: (("consignment", command.consignment_id),) for decided in DECIDERS}
