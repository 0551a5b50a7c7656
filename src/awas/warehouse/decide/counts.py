"""Decisions about counting goods in and letting them out.

What was counted is never refused for being wrong: too much, too little, unannounced, at the wrong place or without an
order, it is recorded with the difference. Refused is only what contradicts itself.
"""

from typing import Any

from awas.ledger.area import Elsewhere, Items, Refused, Stamp
from awas.ledger.message import moment
from awas.warehouse.commands import ReceiveGoods, ReleaseGoods
from awas.warehouse.counting import (
    beyond_stock,
    counted_in,
    is_complete,
    is_covered,
    let_out,
    received_differences,
    released_differences,
    window_fit,
)
from awas.warehouse.decide.goods import expected_at, in_same_log, require_counts, told_of_count
from awas.warehouse.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_new,
)
from awas.warehouse.decide.seals import checks_of
from awas.warehouse.events import ConsignmentExpected, GoodsReceived, GoodsReleased, Line
from awas.warehouse.items import Consignment, Vehicle
from awas.warehouse.site import Site


def _consignment(items: Items, stamp: Stamp, command: ReceiveGoods | ReleaseGoods) -> Consignment | None:
    """The consignment counted against; None when the record knew of none and the command says so."""
    known: Consignment | None = items.get("consignment", command.consignment_id)
    if command.unannounced:
        require_born_here(stamp, command.consignment_id)
        if known is not None:
            raise Refused("consignment_exists", key=command.consignment_id)
        return None
    if known is None:
        raise Refused("consignment_unknown", key=command.consignment_id)
    if known.status == "void":
        raise Refused("consignment_void", key=known.key)
    return known


def _vehicle(items: Items, command: ReceiveGoods | ReleaseGoods) -> Vehicle | None:
    if not command.vehicle_id:
        return None
    found: Vehicle = require_found(items, "vehicle", command.vehicle_id, "vehicle_unknown")
    return found


def receive_goods(site: Site, items: Items, stamp: Stamp, command: ReceiveGoods) -> Decision:
    """The receiver's count. It closes the consignment when nothing is outstanding or `final` says so."""
    require_born_here(stamp, command.receipt_id)
    require_new(items, "tally", command.receipt_id, "receipt_exists")
    require_counts(command.lines)
    consignment = _consignment(items, stamp, command)
    _vehicle(items, command)
    facts = _facts_of_lines(command)
    facts["two_wanted"] = "receiving" in site.rules.two_persons
    if consignment is not None:
        facts |= _against_announcement(stamp, consignment, command)
    received = GoodsReceived(
        receipt_id=command.receipt_id,
        consignment_id=command.consignment_id,
        lines=command.lines,
        final=command.final,
        delivery_letter=command.delivery_letter,
        document_number=command.document_number,
        supplier=command.supplier or (consignment.supplier if consignment else ""),
        vehicle_id=command.vehicle_id,
        counted_by=command.counted_by,
        witnesses=command.witnesses,
        witness_names=command.witness_names,
        difference_reason=command.difference_reason,
        details=command.details,
        photos=command.photos,
        damaged_units=sum(line.damaged for line in command.lines),
        wet_units=sum(line.wet for line in command.lines),
        **facts,
    )
    checks = checks_of(
        site, items, stamp, command.seals, consignment_id=command.consignment_id, receipt_id=command.receipt_id
    )
    told = told_of_count(stamp, consignment, received) if consignment else []
    return [received, *checks, *told]


def _facts_of_lines(command: ReceiveGoods | ReleaseGoods) -> dict[str, Any]:
    """What the count itself shows."""
    return {
        "ballots": any(line.item == "ballot" and line.units > 0 for line in command.lines),
        "seals_seen": len(command.seals),
        "seals_bad": sum(seal.result != "intact" for seal in command.seals),
    }


def _against_announcement(stamp: Stamp, consignment: Consignment, command: ReceiveGoods) -> dict[str, Any]:
    """The count held against what was announced, or against what the sender let out."""
    lines = counted_in(consignment.lines, command.lines)
    covered = is_covered(consignment)
    closes = command.final or consignment.status == "received" or not covered or is_complete(lines)
    differences = received_differences(lines, closes) if covered else ()
    fit, off_window_ms = window_fit(consignment, moment(stamp))
    seals_missing, seals_unexpected = _compare_seals(consignment, command)
    letters = _plain(consignment.delivery_letter), _plain(command.delivery_letter)
    return {
        "announced": consignment.announced_at > 0 and consignment.status != "cancelled",
        "order_number": consignment.order_number,
        "status_before": consignment.status,
        "status_after": "received" if closes else "part_received",
        "receipt_number": consignment.receipt_count + 1,
        "differences": differences,
        "difference_unexplained": _is_unexplained(bool(differences), consignment, command),
        "letter_differs": all(letters) and letters[0] != letters[1],
        "wrong_place": consignment.at_place != stamp.place,
        "expected_place": consignment.at_place or consignment.to_name,
        "window_fit": fit,
        "off_window_ms": off_window_ms,
        "seals_missing": seals_missing,
        "seals_unexpected": seals_unexpected,
        "counted_open": stamp.place in consignment.counted_open,
    }


def _is_unexplained(differs: bool, consignment: Consignment, command: ReceiveGoods | ReleaseGoods) -> bool:
    return differs and command.difference_reason == "none" and consignment.difference_reason == "none"


def _plain(letter: str) -> str:
    """A letter's number without the blanks and capitals that people write differently."""
    return "".join(letter.split()).casefold()


def _compare_seals(consignment: Consignment, command: ReceiveGoods) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Announced seal numbers that weren't seen, and seen ones that weren't announced; on the first receipt only."""
    if not consignment.seals or consignment.receipt_count:
        return (), ()
    seen = {seal.number for seal in command.seals if seal.result != "missing"}
    missing = tuple(number for number in consignment.seals if number not in seen)
    unexpected = tuple(sorted(seen - set(consignment.seals)))
    return missing, unexpected


def release_goods(site: Site, items: Items, stamp: Stamp, command: ReleaseGoods) -> Decision:
    """The sender's count. From now on the goods are in transit, until the receiver has counted them in."""
    require_born_here(stamp, command.release_id)
    require_new(items, "tally", command.release_id, "release_exists")
    require_counts(command.lines)
    consignment = _consignment(items, stamp, command)
    to_place = (consignment.to_place if consignment else "") or command.to_place
    if to_place == stamp.place:
        raise Refused("consignment_is_incoming", key=command.consignment_id)
    facts = _facts_of_lines(command) | _of_vehicle(_vehicle(items, command))
    facts["two_wanted"] = "releasing" in site.rules.two_persons
    if consignment is not None:
        facts |= _against_order(stamp, consignment, command)
    released = GoodsReleased(
        release_id=command.release_id,
        consignment_id=command.consignment_id,
        lines=command.lines,
        final=command.final,
        delivery_letter=command.delivery_letter or (consignment.delivery_letter if consignment else ""),
        document_number=command.document_number,
        vehicle_id=command.vehicle_id,
        to_place=to_place,
        receiver=command.receiver,
        receiver_institution=command.receiver_institution,
        counted_by=command.counted_by,
        witnesses=command.witnesses,
        witness_names=command.witness_names,
        difference_reason=command.difference_reason,
        details=command.details,
        photos=command.photos,
        beyond_stock=beyond_stock(site.stock, command.lines),
        newly_open=consignment is None or stamp.place not in consignment.counted_open,
        **facts,
    )
    checks = checks_of(site, items, stamp, command.seals, consignment_id=command.consignment_id, receipt_id="")
    told = _tell_receiver(stamp, consignment, released) if in_same_log(stamp.place, to_place) else []
    return [released, *checks, *told]


def _of_vehicle(vehicle: Vehicle | None) -> dict[str, Any]:
    if vehicle is None:
        return {}
    return {"plate": vehicle.plate, "escort": vehicle.escort, "escort_count": vehicle.escort_count}


def _against_order(stamp: Stamp, consignment: Consignment, command: ReleaseGoods) -> dict[str, Any]:
    """The count held against the order by which the goods should go."""
    lines = let_out(consignment.lines, command.lines)
    ordered = _is_ordered(consignment, stamp.place)
    done = command.final or all(line.released >= line.announced for line in lines)
    differences = released_differences(lines, done) if ordered else ()
    return {
        "order_number": consignment.order_number,
        "has_order": ordered and consignment.order_number != "",
        "announced": ordered,
        "status_before": consignment.status,
        "differences": differences,
        "difference_unexplained": _is_unexplained(bool(differences), consignment, command),
        "expected_until_at": consignment.expected_until_at,
    }


def _is_ordered(consignment: Consignment, place: str) -> bool:
    """Somebody announced that these goods should leave this place, and nobody called it off."""
    return consignment.announced_at > 0 and consignment.status != "cancelled" and consignment.from_place in {"", place}


def _tell_receiver(stamp: Stamp, consignment: Consignment | None, released: GoodsReleased) -> list[Elsewhere]:
    """The receiving place learns that goods are on their way to it."""
    if consignment is not None and consignment.announced_at:
        event = expected_at(consignment, "in_transit", newly_open=released.to_place not in consignment.counted_open)
    else:
        event = ConsignmentExpected(
            consignment_id=released.consignment_id,
            from_place=stamp.place,
            lines=tuple(
                Line(item=line.item, ballot=line.ballot, dapil=line.dapil, packages=line.packages, units=line.units)
                for line in released.lines
            ),
            delivery_letter=released.delivery_letter,
            status="in_transit",
            newly_open=consignment is None or released.to_place not in consignment.counted_open,
        )
    return [Elsewhere(place=released.to_place, event=event)]


def _needs(command: ReceiveGoods | ReleaseGoods) -> tuple[tuple[str, str], ...]:
    tally = command.receipt_id if isinstance(command, ReceiveGoods) else command.release_id
    wanted = [("consignment", command.consignment_id), ("tally", tally)]
    if command.vehicle_id:
        wanted.append(("vehicle", command.vehicle_id))
    wanted += [("seal", seal.seal) for seal in command.seals]
    return tuple(wanted)


DECIDERS: dict[type, Decider] = {ReceiveGoods: receive_goods, ReleaseGoods: release_goods}
NEEDS: dict[type, Need] = {ReceiveGoods: _needs, ReleaseGoods: _needs}
