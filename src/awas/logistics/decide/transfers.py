"""Decisions about hand-overs: offered by one, valid only when the other has counted it in. Pure."""

from collections.abc import Iterable

from awas.ledger.area import Elsewhere, Items, Refused, Stamp
from awas.ledger.message import moment, twice
from awas.ledger.naming import log_of
from awas.logistics.commands import AcceptTransfer, OfferTransfer, RecallTransfer, RefuseTransfer
from awas.logistics.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_leave,
    require_new,
    require_of_district,
    require_reason,
    require_station_here,
    require_units,
    where_is,
)
from awas.logistics.events import (
    TransferAccepted,
    TransferAnswered,
    TransferExpected,
    TransferOffered,
    TransferRecalled,
    TransferRefused,
)
from awas.logistics.fold.transfers import BEFORE
from awas.logistics.items import Kit, Transfer
from awas.logistics.keys import kit_key
from awas.logistics.state import TOWARDS, Logistics
from awas.places.codes import is_station

MAY_LEAVE = BEFORE | {"to_village": "held"}
"""What a kit must be to set out on a leg."""


def lies_below(station: str, place: str) -> bool:
    """Whether a station lies in the region of a place, or is it."""
    region = place.partition("-")[0] if not place.startswith(station[:13] + "-") else place
    return station == place or station.startswith(region + ".") or station.startswith(region + "-")


def _require_kits(items: Items, stamp: Stamp, command: OfferTransfer) -> list[Kit]:
    kits = []
    for station in command.stations:
        require_station_here(stamp, station)
        kit: Kit = require_found(items, "kit", kit_key(station), "logistics.kit_unknown")
        if kit.place != stamp.place:
            raise Refused("logistics.kit_elsewhere", station=station, place=kit.place)
        wanted = MAY_LEAVE[command.leg]
        if kit.state != wanted and not (wanted == "packed" and kit.state == "packing"):
            raise Refused("logistics.leg_not_next", station=station, state=kit.state, leg=command.leg)
        kits.append(kit)
    return kits


def offer_transfer(state: Logistics, items: Items, stamp: Stamp, command: OfferTransfer) -> Decision:
    """Everything named is here and may set out on this leg; from now on it is in transit."""
    require_born_here(stamp, command.transfer_id)
    require_new(items, "transfer", command.transfer_id, "logistics.transfer_exists")
    if command.to_place == stamp.place:
        raise Refused("logistics.to_itself", place=stamp.place)
    if log_of(command.to_place) != log_of(stamp.place):
        raise Refused("logistics.other_district", place=command.to_place)
    if not command.stations and not command.units:
        raise Refused("nothing_counted")
    if again := twice((*command.stations, *command.units)):
        raise Refused("line_twice", line=again)
    kits = _require_kits(items, stamp, command)
    # Whoever accepts at the end of this leg makes a station supplied.
    if command.leg == "to_station" and not is_station(command.to_place):
        raise Refused("logistics.leg_ends_at_station", place=command.to_place)
    units = require_units(items, command.units)
    for unit in units:
        lies = where_is(items, unit)
        if lies.holder:
            raise Refused("logistics.unit_on_its_way", unit=unit.key, transfer=lies.holder)
        if lies.place != stamp.place:
            raise Refused("logistics.unit_elsewhere", unit=unit.key, place=lies.place)
    towards = command.leg in TOWARDS
    offered = TransferOffered(
        transfer_id=command.transfer_id,
        leg=command.leg,
        to_place=command.to_place,
        stations=command.stations,
        units=command.units,
        seals=command.seals,
        plate=command.plate,
        escort=command.escort,
        due_at=command.due_at,
        document_number=command.document_number,
        astray=tuple(one for one in command.stations if towards and not lies_below(one, command.to_place)),
        incomplete=tuple(kit.station for kit in kits if towards and not kit.complete),
        unsealed=tuple(unit.key for unit in units if not unit.seals),
    )
    expected = TransferExpected(
        transfer_id=command.transfer_id,
        from_place=stamp.place,
        leg=command.leg,
        stations=command.stations,
        units=command.units,
        due_at=command.due_at,
        voting_at=state.season.voting_at,
        supplied_by_at=state.season.supplied_by_at,
    )
    return [offered, Elsewhere(place=command.to_place, event=expected)]


def _require_offered(items: Items, stamp: Stamp, transfer_id: str, place: str) -> Transfer:
    transfer = _require_awaited(items, stamp, transfer_id, place)
    if transfer.state != "offered":
        raise Refused("logistics.transfer_answered", key=transfer_id, state=transfer.state)
    return transfer


def _require_awaited(items: Items, stamp: Stamp, transfer_id: str, place: str) -> Transfer:
    """A transfer of which something is still on its way: unanswered, or accepted without some of it."""
    transfer: Transfer = require_found(items, "transfer", transfer_id, "logistics.transfer_unknown")
    if transfer.state != "offered" and not (transfer.state == "accepted" and transfer.missing):
        raise Refused("logistics.transfer_answered", key=transfer_id, state=transfer.state)
    if getattr(transfer, place) != stamp.place:
        raise Refused("logistics.transfer_of_other_place", key=transfer_id, place=getattr(transfer, place))
    return transfer


def _require_other_person(stamp: Stamp, transfer: Transfer) -> None:
    if stamp.actor == transfer.offered_by:
        raise Refused("logistics.same_person", key=transfer.key)


def accept_transfer(state: Logistics, items: Items, stamp: Stamp, command: AcceptTransfer) -> Decision:
    """The receiver's own count. What was offered and isn't named is missing; both sides learn of it.

    What was missing can come later: then it is accepted by itself.
    """
    transfer = _require_awaited(items, stamp, command.transfer_id, "to_place")
    _require_other_person(stamp, transfer)
    came = (*command.stations, *command.units)
    if not came:
        raise Refused("nothing_counted")
    if again := twice(came):
        raise Refused("line_twice", line=again)
    _require_known(items, stamp, command)
    offered = _on_its_way(transfer)
    if transfer.state == "accepted" and _less(came, offered):
        raise Refused("logistics.transfer_answered", key=transfer.key, state=transfer.state)
    missing, extra = _less(offered, came), _less(came, offered)
    # A kit that was not on this transfer stays where the record has it: its own sender hands it over.
    if strangers := [one for one in extra if one in command.stations]:
        raise Refused("logistics.kit_not_offered", station=strangers[0], transfer=transfer.key)
    require_reason(command.reason, bool(missing or extra), "transfer")
    at = moment(stamp)
    accepted = TransferAccepted(
        transfer_id=transfer.key,
        leg=transfer.leg,  # type: ignore[arg-type]  # an item holds its code as plain text
        from_place=transfer.place,
        stations=command.stations,
        units=command.units,
        missing=missing,
        extra=extra,
        seals=command.seals,
        seals_bad=_bad_seals(transfer, command),
        reason=command.reason,
        details=command.details,
        document_number=command.document_number,
        photos=command.photos,
        late_ms=max(at - transfer.due_at, 0) if transfer.due_at else 0,
    )
    answered = TransferAnswered(
        transfer_id=transfer.key,
        at_place=stamp.place,
        state="accepted",
        missing=missing,
        extra=extra,
        reason=command.reason,
    )
    return [accepted, Elsewhere(place=transfer.place, event=answered)]


def _require_known(items: Items, stamp: Stamp, command: AcceptTransfer) -> None:
    """What came stands in the record of this district."""
    for unit in command.units:
        require_of_district(stamp, unit)
    require_units(items, command.units)
    for station in command.stations:
        require_station_here(stamp, station)
        require_found(items, "kit", kit_key(station), "logistics.kit_unknown")


def _bad_seals(transfer: Transfer, command: AcceptTransfer) -> int:
    """Seals that were not found as they were put on. Where none was looked at, nothing is known of them."""
    if not command.seals:
        return 0
    lost = _less(transfer.seals, [seal.number for seal in command.seals])
    return len(lost) + sum(seal.result != "intact" for seal in command.seals)


def _on_its_way(transfer: Transfer) -> tuple[str, ...]:
    """What of a transfer was not taken over yet."""
    return transfer.missing if transfer.state == "accepted" else (*transfer.stations, *transfer.units)


def _less(all_of: Iterable[str], some: Iterable[str]) -> tuple[str, ...]:
    left_out = set(some)
    return tuple(one for one in all_of if one not in left_out)


def refuse_transfer(state: Logistics, items: Items, stamp: Stamp, command: RefuseTransfer) -> Decision:
    """Nothing was taken over."""
    transfer = _require_offered(items, stamp, command.transfer_id, "to_place")
    _require_other_person(stamp, transfer)
    require_reason(command.reason, True, "transfer")
    refused = TransferRefused(
        transfer_id=transfer.key,
        from_place=transfer.place,
        reason=command.reason,
        stations=transfer.stations,
        units=transfer.units,
        details=command.details,
    )
    answered = TransferAnswered(
        transfer_id=transfer.key,
        at_place=stamp.place,
        state="refused",
        kits_back=len(transfer.stations) if transfer.leg in TOWARDS else 0,
        reason=command.reason,
    )
    return [refused, Elsewhere(place=transfer.place, event=answered)]


def recall_transfer(state: Logistics, items: Items, stamp: Stamp, command: RecallTransfer) -> Decision:
    """Called back with somebody else's leave (surplus ballots of Kabupaten Tangerang, 13 February 2024).

    Of a transfer that was accepted in part, what never came: found where it set out, it is there again.
    """
    transfer = _require_awaited(items, stamp, command.transfer_id, "place")
    require_leave(items, command.approval_id, "recall", transfer.key)
    recalled = TransferRecalled(
        transfer_id=transfer.key,
        to_place=transfer.to_place,
        approval_id=command.approval_id,
        stations=tuple(one for one in transfer.stations if one in _on_its_way(transfer)),
        units=tuple(one for one in transfer.units if one in _on_its_way(transfer)),
    )
    answered = TransferAnswered(transfer_id=transfer.key, at_place=stamp.place, state="recalled")
    return [recalled, Elsewhere(place=transfer.to_place, event=answered)]


DECIDERS: dict[type, Decider] = {
    OfferTransfer: offer_transfer,
    AcceptTransfer: accept_transfer,
    RefuseTransfer: refuse_transfer,
    RecallTransfer: recall_transfer,
}


def _named(command: OfferTransfer | AcceptTransfer) -> tuple[tuple[str, str], ...]:
    return (
        ("transfer", command.transfer_id),
        *(("kit", kit_key(station)) for station in command.stations),
        *(("unit", unit) for unit in command.units),
    )


NEEDS: dict[type, Need] = {
    OfferTransfer: _named,
    AcceptTransfer: _named,
    RefuseTransfer: lambda command: (("transfer", command.transfer_id),),
    RecallTransfer: lambda command: (("transfer", command.transfer_id), ("approval", command.approval_id)),
}
