"""Commands of the gate log with everything that doesn't matter filled in."""

from typing import Any

from awas.warehouse import commands as ask
from awas.warehouse.events import CountedLine, Line
from awas.warehouse.keys import access_key, key_at, key_in_log, seal_key
from tests.book import KECAMATAN, OTHER, PLACE, Book, sealed

__all__ = ["KECAMATAN", "OTHER", "PLACE", "Book", "sealed"]


def person(name: str) -> str:
    return key_in_log(PLACE, name)


def at(name: str, place: str = PLACE) -> str:
    return key_at(place, name)


def enter(visit: str, who: str = "p1", *, place: str = PLACE, **named: Any) -> ask.EnterPerson:
    filled = {"name": sealed(who), "role": "guest", "purpose": "visit"} | named
    return ask.EnterPerson(visit_id=at(visit, place), person=person(who), **filled)


def leave(visit: str, who: str = "p1", *, place: str = PLACE, **named: Any) -> ask.LeavePerson:
    return ask.LeavePerson(visit_id=at(visit, place), person=person(who), **named)


def arrive(vehicle: str, *, place: str = PLACE, **named: Any) -> ask.ArriveVehicle:
    filled = {"plate": "A 8213 KX", "vehicle": "truck", "purpose": "deliver"} | named
    return ask.ArriveVehicle(vehicle_id=at(vehicle, place), **filled)


def ballots(units: int, ballot: str = "dpr", dapil: str = "", packages: int = 0) -> Line:
    return Line(item="ballot", ballot=ballot, dapil=dapil, units=units, packages=packages)


def counted(units: int, ballot: str = "dpr", **named: Any) -> CountedLine:
    return CountedLine(**({"item": "ballot", "ballot": ballot, "units": units} | named))


def announce(
    name: str, *lines: Line, place: str = PLACE, direction: str = "in", **named: Any
) -> ask.AnnounceConsignment:
    filled = {"delivery_letter": "SJ-1", "order_number": "SPK-7"} | named
    return ask.AnnounceConsignment(
        consignment_id=at(name, place), direction=direction, lines=lines or (ballots(1000),), **filled
    )


def receive(receipt: str, consignment: str, *lines: CountedLine, place: str = PLACE, **named: Any) -> ask.ReceiveGoods:
    key = consignment if "/" in consignment else at(consignment, place)
    return ask.ReceiveGoods(receipt_id=at(receipt, place), consignment_id=key, lines=lines or (counted(1000),), **named)


def release(name: str, consignment: str, *lines: CountedLine, place: str = PLACE, **named: Any) -> ask.ReleaseGoods:
    key = consignment if "/" in consignment else at(consignment, place)
    return ask.ReleaseGoods(release_id=at(name, place), consignment_id=key, lines=lines or (counted(1000),), **named)


def seal(number: str) -> str:
    return seal_key(PLACE, number)


def apply_seal(number: str, **named: Any) -> ask.ApplySeal:
    filled = {"seal_kind": "paper", "sealed_object": "door", "object_name": "Pintu utama"} | named
    return ask.ApplySeal(seal=seal(number), number=number, **filled)


def check_seal(number: str, result: str = "intact", **named: Any) -> ask.CheckSeal:
    return ask.CheckSeal(seal=seal(number), number=number, result=result, **named)


def remove_seal(number: str, **named: Any) -> ask.RemoveSeal:
    return ask.RemoveSeal(seal=seal(number), number=number, **({"reason": "opening"} | named))


def seen(number: str, result: str = "intact") -> ask.SealSeen:
    return ask.SealSeen(seal=seal(number), number=number, result=result)


def grant(who: str, **named: Any) -> ask.GrantAccess:
    return ask.GrantAccess(access_id=access_key(PLACE, person(who)), person=person(who), name=sealed(who), **named)


def void(kind: str, subject: str = "", related: str = "", index: int = 3, **named: Any) -> ask.VoidEntry:
    return ask.VoidEntry(
        entry_index=index, entry_kind=kind, subject=subject, related=related, **({"reason": "duplicate"} | named)
    )
