"""Events of EPCIS about kits, labelled boxes, seals and hand-overs. Pure.

Each function returns the acts of one event, or raises `Left` (no act for it) or `Refused` (wrong).
"""

from collections.abc import Iterable, Mapping

from awas.ledger.area import Refused
from awas.logistics.codes import Leg
from awas.logistics.commands import AcceptTransfer, CheckUnit, LabelUnits, NestUnit, OfferTransfer, OpenUnit, SealUnit
from awas.logistics.epcis import names
from awas.logistics.epcis.acts import Act, Acts, Known, name_of, no_mapping, one_act, reason_of
from awas.logistics.epcis.counting import Counts, step_of, tally_of
from awas.logistics.epcis.document import instant
from awas.logistics.epcis.facts import Facts, Left, short_hash
from awas.logistics.keys import key_at
from awas.logistics.lines import SealSeen
from awas.places.codes import PARTS, is_station

SEEN: Mapping[str, str] = {
    "mismatch_instance": "different", "damaged": "broken", "non_conformant": "broken", "unknown": "missing",
}  # fmt: skip
LEGS: Mapping[int, Leg] = {PARTS[2]: "to_kecamatan", PARTS[3]: "to_village"}
"""The leg that ends in a region, by the length of its code."""


def pack(facts: Facts, place: str, known: Known) -> Acts:
    unit = names.key_named(facts.event.parent_id, "unit")
    station = facts.ours("station") or names.station_of_kit(facts.event.parent_id) or known.units.get(unit, "")
    _, inside = facts.kits_and_units(facts.event.child_epcs)
    acts: list[Act] = []
    if unit and (unit not in known.units or name_of(facts, "l") in known.recorded):
        label = LabelUnits(unit_kind=facts.ours("unitKind", default="box"), units=(unit,), station=station)
        acts += one_act(facts, label, "l")
        known.units[unit] = station
    acts += _nested(facts, inside, unit)
    if quantities := facts.units_of(facts.event.child_quantity_list):
        if not station:
            raise Left("epcis.station_needed")
        step = step_of(facts, "pack" if facts.action == "ADD" else "unpack")
        counts = Counts(passed=quantities, taken=facts.ours_by_thing("taken"), checked=facts.ours_by_thing("checked"))
        tally = tally_of(facts, place, name_of(facts), step, counts, station=station)
        acts += one_act(facts, tally)
    if not acts:
        raise Left("epcis.nothing_counted")
    return tuple(acts)


def _nested(facts: Facts, inside: Iterable[str], parent: str) -> list[Act]:
    """Units put into another, or taken out."""
    parent = parent if facts.action == "ADD" else ""
    if facts.action == "ADD" and inside and not parent:
        raise Left("epcis.not_a_unit", name=facts.event.parent_id[:120])
    return [
        Act(name=f"n{facts.mark}.{number}", command=NestUnit(unit=unit, parent=parent), of=(facts.read,))
        for number, unit in enumerate(inside)
    ]


def nest(facts: Facts, place: str, known: Known) -> Acts:
    """Into another box or out of it; what it is counted as packing says otherwise."""
    if facts.event.child_quantity_list:
        return no_mapping(facts, place, known)
    _, inside = facts.kits_and_units(facts.event.child_epcs)
    if not inside:
        raise Left("epcis.nothing_counted")
    return tuple(_nested(facts, inside, names.key_named(facts.event.parent_id, "unit")))


def label(facts: Facts, place: str, known: Known) -> Acts:
    stations, units = facts.kits_and_units(facts.event.epc_list)
    if stations or not units or facts.event.quantity_list:
        return no_mapping(facts, place, known)
    station = facts.ours("station")
    known.units.update(dict.fromkeys(units, station))
    parent = names.key_named(facts.ours("parent"), "unit")
    kind, ballot = facts.ours("unitKind", default="box"), facts.ours("ballot")
    return one_act(facts, LabelUnits(unit_kind=kind, units=units, station=station, ballot=ballot, parent=parent), "l")


def seen(facts: Facts, place: str, known: Known) -> Acts:
    """Boxes were looked at, and nothing is said of their seals one by one."""
    stations, units = facts.kits_and_units(facts.event.epc_list)
    if stations or facts.event.quantity_list:
        return no_mapping(facts, place, known)
    result = facts.ours("result", default=SEEN.get(facts.disposition, "intact"))
    return tuple(
        Act(name=f"s{facts.mark}.{number}", command=CheckUnit(unit=unit, result=result), of=(facts.read,))
        for number, unit in enumerate(units)
    )


def seal(facts: Facts, place: str, known: Known) -> Acts:
    unit = names.key_named(facts.event.parent_id, "unit")
    if not unit:
        raise Left("epcis.not_a_unit", name=facts.event.parent_id[:120])
    if facts.event.child_quantity_list:
        raise Left("epcis.class_foreign", name=facts.event.child_quantity_list[0].epc_class[:120])
    seals = facts.seals(facts.event.child_epcs)
    if facts.action == "ADD":
        return one_act(facts, SealUnit(unit=unit, seals=seals))
    if facts.action == "DELETE":
        return one_act(facts, OpenUnit(unit=unit, why=facts.ours("why", default="other")))
    result = facts.ours("result", default=SEEN.get(facts.disposition, "intact"))
    return one_act(facts, CheckUnit(unit=unit, result=result, seals=seals))


# -- hand-overs ----------------------------------------------------------------------------------------------------


def _transfer_key(facts: Facts, sender: str) -> str:
    """The same for the one who sends and the one who takes over: by our name of it, or by the letter both name."""
    if facts.transfer:
        return facts.transfer
    letters = [one.biz_transaction for one in facts.event.biz_transaction_list]
    return key_at(sender, "t" + short_hash(letters[0].encode())) if letters and sender else ""


def offer(facts: Facts, place: str, known: Known) -> Acts:
    stations, units = facts.kits_and_units(facts.event.epc_list)
    if not stations and not units:
        raise Left("epcis.nothing_labelled")
    if not facts.receiver:
        raise Left("epcis.no_destination")
    leg = facts.ours("leg") or ("return" if facts.disposition == "returned" else leg_to(facts.receiver))
    if not leg:
        raise Left("epcis.leg_needed", place=facts.receiver)
    command = OfferTransfer(
        transfer_id=_transfer_key(facts, place) or key_at(place, "t" + facts.mark),
        leg=leg,  # type: ignore[arg-type]  # the decision holds it against the legs
        to_place=facts.receiver,
        stations=stations,
        units=units,
        seals=facts.ours("sealNumbers", tuple[str, ...], ()),
        plate=facts.ours("vehicle"),
        escort=facts.ours("escort", default="none"),
        due_at=_instant_or_none(facts, "dueAt"),
        document_number=facts.document,
    )
    return one_act(facts, command, "o")


def leg_to(place: str) -> str:
    """The leg that ends at a place; "" where that isn't plain from its code."""
    return "to_station" if is_station(place) else LEGS.get(len(place.partition("-")[0]), "")


def _instant_or_none(facts: Facts, name: str) -> int:
    try:
        return instant(sent) if (sent := facts.ours(name)) else 0
    except (ValueError, OverflowError):
        raise Refused("epcis.not_a_time", at=f"{facts.read.at}.awas:{name}") from None


def accept(facts: Facts, place: str, known: Known) -> Acts:
    stations, units = facts.kits_and_units(facts.event.epc_list)
    transfer = _transfer_key(facts, facts.sender)
    if not transfer:
        raise Left("epcis.no_transfer")
    command = AcceptTransfer(
        transfer_id=transfer,
        stations=stations,
        units=units,
        seals=facts.ours("sealsSeen", tuple[SealSeen, ...], ()),
        reason=reason_of(facts, "not_known" if facts.disposition.startswith("mismatch") else "none"),
        document_number=facts.document,
    )
    return one_act(facts, command, "a")
