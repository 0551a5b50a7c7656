"""Hand-overs: who answers for kits and units on their way, and where they are once accepted. Pure."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.logistics import events as happened
from awas.logistics.fold.stock import add_balance, add_stock, use_approval
from awas.logistics.fold.units import add_step
from awas.logistics.items import Kit, Transfer, Unit
from awas.logistics.keys import kit_key, log_of
from awas.logistics.lines import TallyLine

ARRIVES: dict[str, str] = {
    "to_kecamatan": "held",
    "to_village": "held",
    "to_station": "supplied",
    "return": "returned",
    "recapitulation": "recapped",
}
"""What a kit is once it has been accepted at the end of a leg."""
LEAVES: dict[str, str] = {
    "to_kecamatan": "packed",
    "to_village": "held",
    "to_station": "held",
    "return": "held",
    "recapitulation": "returned",
}
"""The shelf from which a leg takes a kit's contents."""
REACHES: dict[str, str] = {
    "to_kecamatan": "held",
    "to_village": "held",
    "to_station": "held",
    "return": "returned",
    "recapitulation": "recapped",
}
"""The shelf on which they are once accepted."""


def _offered(items: Items, stamp: Stamp, event: happened.TransferOffered) -> None:
    items.put(
        "transfer",
        event.transfer_id,
        Transfer(
            key=event.transfer_id,
            log=log_of(stamp.place),
            place=stamp.place,
            to_place=event.to_place,
            leg=event.leg,
            state="offered",
            stations=event.stations,
            units=event.units,
            seals=event.seals,
            plate=event.plate,
            escort=event.escort,
            document_number=event.document_number,
            offered_by=stamp.actor,
            offered_at=moment(stamp),
            due_at=event.due_at,
        ),
    )
    for station in event.stations:
        _carry(items, stamp, station, (stamp.place, LEAVES[event.leg]), (stamp.place, "transit"))
        _kit(items, stamp, station, state="transit", transfer_id=event.transfer_id)
    for unit in event.units:
        # What travels without its box was taken out of it.
        kept: Unit | None = items.get("unit", unit)
        parent = kept.parent if kept is not None and kept.parent in event.units else ""
        add_step(
            items, stamp, unit, "offered", event.to_place, state="transit", holder=event.transfer_id, parent=parent
        )


def _arrived(items: Items, stamp: Stamp, unit: str, what: str, other: str, place: str) -> None:
    """A unit stands at a place again. Closed is only what somebody put a seal on."""
    found: Unit | None = items.get("unit", unit)
    state = "sealed" if found is not None and found.seals else "labelled"
    add_step(items, stamp, unit, what, other, place=place, holder="", state=state)


def _kit(items: Items, stamp: Stamp, station: str, **changes: Any) -> None:
    kit: Kit | None = items.get("kit", kit_key(station))
    if kit is not None:
        items.put("kit", kit.key, replace(kit, changed_at=moment(stamp), **changes))


def _answer(items: Items, stamp: Stamp, transfer_id: str, state: str, **changes: Any) -> Transfer | None:
    transfer: Transfer | None = items.get("transfer", transfer_id)
    if transfer is not None:
        after = replace(transfer, state=state, answered_by=stamp.actor, answered_at=moment(stamp), **changes)
        items.put("transfer", transfer_id, after)
    return transfer


def _answer_counted(items: Items, stamp: Stamp, event: happened.TransferAccepted) -> Transfer | None:
    """What came late is accepted in a second answer, which leaves what the first one found."""
    before: Transfer | None = items.get("transfer", event.transfer_id)
    if before is None:
        return None
    return _answer(
        items,
        stamp,
        event.transfer_id,
        "accepted",
        missing=event.missing,
        extra=(*before.extra, *event.extra),
        seals_bad=before.seals_bad + event.seals_bad,
        reason=event.reason if event.reason != "none" else before.reason,
    )


def _accepted(items: Items, stamp: Stamp, event: happened.TransferAccepted) -> None:
    transfer = _answer_counted(items, stamp, event)
    state, at = ARRIVES[event.leg], moment(stamp)
    supplied = {"supplied_at": at} if event.leg == "to_station" else {}
    for station in event.stations:
        _carry(items, stamp, station, (event.from_place, "transit"), (stamp.place, REACHES[event.leg]))
        _kit(items, stamp, station, state=state, place=stamp.place, transfer_id="", **supplied)
        _arrive(items, stamp, event.leg, station)
    for unit in event.units:
        _arrived(items, stamp, unit, "accepted", event.from_place, stamp.place)
    if transfer is not None:
        _lose(items, stamp, transfer, event.missing)


def _lose(items: Items, stamp: Stamp, transfer: Transfer, missing: tuple[str, ...]) -> None:
    """What didn't come stays with the transfer that has it: in transit, and nobody's."""
    for name in missing:
        if items.get("unit", name) is not None:
            add_step(items, stamp, name, "missing", transfer.place)


def _lines_of(kit: Kit) -> tuple[TallyLine, ...]:
    """What is in a kit, as lines of its station."""
    return tuple(
        TallyLine(
            item=item,  # type: ignore[arg-type]  # an item holds its code as plain text
            ballot=ballot,
            dapil=dapil,
            station=kit.station,
            taken=units,
            passed=units,
            need=kit.needs.get(ballot or item, -1),
        )
        for thing, units in kit.contents.items()
        for item, ballot, dapil in [thing.split(".", 2)]
    )


def _carry(items: Items, stamp: Stamp, station: str, source: tuple[str, str], target: tuple[str, str]) -> None:
    """Moves all that is in a kit from a (place, shelf) to another."""
    kit: Kit | None = items.get("kit", kit_key(station))
    for line in _lines_of(kit) if kit else ():
        add_stock(items, stamp, source[1], line, -line.taken, source[0])
        add_stock(items, stamp, target[1], line, line.passed, target[0])


def _arrive(items: Items, stamp: Stamp, leg: str, station: str) -> None:
    kit: Kit | None = items.get("kit", kit_key(station))
    for line in _lines_of(kit) if kit else ():
        add_balance(items, stamp, leg, line, 0)


def _refused(items: Items, stamp: Stamp, event: happened.TransferRefused) -> None:
    transfer = _answer(items, stamp, event.transfer_id, "refused", reason=event.reason)
    _give_back(items, stamp, transfer, event, "refused")


def _recalled(items: Items, stamp: Stamp, event: happened.TransferRecalled) -> None:
    before: Transfer | None = items.get("transfer", event.transfer_id)
    in_part = before is not None and before.state == "accepted"
    transfer = _answer(items, stamp, event.transfer_id, "accepted" if in_part else "recalled", missing=())
    _give_back(items, stamp, transfer, event, "recalled")
    use_approval(items, event.approval_id)


BEFORE: dict[str, str] = {
    "to_kecamatan": "packed",
    "to_village": "held",
    "to_station": "held",
    "return": "supplied",
    "recapitulation": "returned",
}
"""What a kit is again when a leg did not take place."""


def _give_back(
    items: Items,
    stamp: Stamp,
    transfer: Transfer | None,
    event: happened.TransferRefused | happened.TransferRecalled,
    what: str,
) -> None:
    if transfer is None:
        return
    for station in event.stations:
        _carry(items, stamp, station, (transfer.place, "transit"), (transfer.place, LEAVES[transfer.leg]))
        _kit(items, stamp, station, state=BEFORE[transfer.leg], place=transfer.place, transfer_id="")
    for unit in event.units:
        _arrived(items, stamp, unit, what, transfer.place, transfer.place)


FOLDS: dict[type, Callable[[Items, Stamp, Any], None]] = {
    happened.TransferOffered: _offered,
    happened.TransferAccepted: _accepted,
    happened.TransferRefused: _refused,
    happened.TransferRecalled: _recalled,
}
