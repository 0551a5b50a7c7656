"""Events of the gate as events of EPCIS: goods in and out, seals; people as movements without names. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from awas.logistics.epcis import names
from awas.logistics.epcis.produced import Json, Source, commitment, event, ours, papers, party, quantities
from awas.logistics.epcis.stages_sent import counted
from awas.logistics.follow import lines_of
from awas.logistics.stages import STEPS
from awas.roster.events import HandoverAccepted
from awas.warehouse import events as gate


def _received(source: Source) -> list[Json]:
    told: gate.GoodsReceived = source.event
    lines = lines_of(told.lines, told.differences)
    more = ours(
        consignment=names.key_urn("consignment", told.consignment_id),
        deliveryLetter=told.delivery_letter,
        supplier=told.supplier,
        reason="" if told.difference_reason == "none" else told.difference_reason,
    )
    return counted(source, STEPS["receive"], lines, told.document_number, **more)


def _recounted(source: Source) -> list[Json]:
    told: gate.CountCorrected = source.event
    if told.direction != "in":
        return _let_out(source)
    lines = lines_of(told.lines, told.differences)
    differs = any(line.short or line.over for line in lines)
    more = ours(consignment=names.key_urn("consignment", told.consignment_id), reason="not_known" if differs else "")
    return counted(source, STEPS["receive"], lines, "", **more)


def _let_out(source: Source) -> list[Json]:
    told = source.event
    to_place = getattr(told, "to_place", "")
    return [
        event(
            source,
            "ObjectEvent",
            action="OBSERVE",
            bizStep="shipping",
            disposition="in_transit",
            quantityList=quantities((line, line.units) for line in told.lines),
            bizTransactionList=papers(
                ("desadv", getattr(told, "delivery_letter", "")), ("bol", getattr(told, "document_number", ""))
            ),
            sourceList=party("source", source.stamp.place),
            destinationList=party("destination", to_place),
            **ours(consignment=names.key_urn("consignment", told.consignment_id), vehicle=getattr(told, "plate", "")),
        )
    ]


def _seal(source: Source, action: str, **fields: Any) -> list[Json]:
    told = source.event
    sealed = names.key_urn("object", f"{source.stamp.place}/{told.sealed_object}")
    more = ours(objectName=told.object_name)
    seals = [names.seal_urn(told.number)]
    return [event(source, "AssociationEvent", action=action, parentID=sealed, childEPCs=seals, **fields, **more)]


def _seal_on(source: Source) -> list[Json]:
    return _seal(source, "ADD", bizStep="installing", disposition="active", **ours(sealKind=source.event.seal_kind))


_FOUND: Mapping[str, str] = {"intact": "conformant", "different": "mismatch_instance", "missing": "unknown"}


def _seal_seen(source: Source) -> list[Json]:
    told: gate.SealChecked = source.event
    found = _FOUND.get(told.result, "damaged")
    more = ours(result=told.result, foundNumber=told.found_number)
    return _seal(source, "OBSERVE", bizStep="inspecting", disposition=found, **more)


def _seal_off(source: Source) -> list[Json]:
    told: gate.SealRemoved = source.event
    more = ours(why=told.reason, authority=told.authority)
    return _seal(source, "DELETE", bizStep="removing", disposition="inactive", **more)


# -- people --------------------------------------------------------------------------------------------------------


def _entered(source: Source) -> list[Json]:
    """Somebody came in: role and purpose, and the commitment behind which the name lies."""
    told: gate.PersonEntered = source.event
    more = ours(
        direction="in",
        role=told.role,
        purpose=told.purpose,
        commitment=commitment(told.name),
        visit=names.key_urn("visit", told.visit_id),
    )
    return [event(source, "awas:PersonMovement", **more)]


def _left(source: Source) -> list[Json]:
    told: gate.PersonLeft = source.event
    more = ours(direction="out", role=told.role, visit=names.key_urn("visit", told.visit_id))
    return [event(source, "awas:PersonMovement", **more)]


def _handed_over(source: Source) -> list[Json]:
    told: HandoverAccepted = source.event
    more = ours(
        handover=names.key_urn("handover", told.handover_id),
        people=2,
        disputed=len(told.differences),
        commitment=commitment(told.note),
    )
    return [event(source, "awas:GuardHandover", **more)]


GATE: Mapping[type, Callable[[Source], list[Json]]] = {
    gate.GoodsReceived: _received,
    gate.GoodsReleased: _let_out,
    gate.CountCorrected: _recounted,
    gate.SealApplied: _seal_on,
    gate.SealChecked: _seal_seen,
    gate.SealRemoved: _seal_off,
    gate.PersonEntered: _entered,
    gate.PersonLeft: _left,
    HandoverAccepted: _handed_over,
}
