"""Events of the stages as events of EPCIS: tallies, kits, boxes, seals on boxes, hand-overs, counts of stock. Pure."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from awas.logistics import events as happened
from awas.logistics.epcis import names
from awas.logistics.epcis.produced import Json, Source, commitment, event, ours, papers, party, quantities, time_text
from awas.logistics.lines import TallyLine
from awas.logistics.stages import STEPS, Step

PAPERS: Mapping[str, str] = {"receiving": "recadv", "destruction": "cert"}
"""The type of a step's paper: the receipt (BTTB, BAST), the minutes of a destruction (berita acara)."""


def _took_other(lines: Iterable[TallyLine]) -> list[Json]:
    """What was taken in hand where that isn't what came out of it: the difference is missing, or over."""
    return quantities((line, line.taken) for line in lines if line.taken != line.passed + line.damaged)


def _seen(lines: Iterable[TallyLine]) -> list[Json]:
    """What of a kit's contents was seen in it and taken from no stock."""
    return quantities((line, line.checked) for line in lines if line.checked)


def _criteria(lines: Iterable[TallyLine]) -> list[Json]:
    return [
        {
            "epcClass": names.item_class(line.item, line.ballot, line.dapil),
            "criterion": one.criterion,
            "quantity": one.units,
        }
        for line in lines
        for one in line.damage
    ]


def _own_parts(line: TallyLine) -> tuple[int, int]:
    """What was taken in hand, as two: for what passed, and for what was damaged. Either event may come alone."""
    for_passed = max(line.taken - line.damaged, 0)
    return for_passed, line.taken - for_passed


def counted(source: Source, step: Step, lines: tuple[TallyLine, ...], document: str, **more: Any) -> list[Json]:
    """A count as EPCIS tells it: one event of what passed, one of what was damaged."""
    damaged = [line for line in lines if line.damaged]
    passed = [line for line in lines if line.passed or not line.damaged or _own_parts(line)[0]]
    listed_papers = papers((PAPERS.get(step.stage, "cert"), document))
    shared = {"action": "OBSERVE", "bizStep": step.biz_step, "bizTransactionList": listed_papers}
    made = []
    if passed:
        listed = quantities((line, line.passed) for line in passed)
        taken = quantities((line, units) for line in passed if (units := _own_parts(line)[0]) != line.passed)
        usable = quantities((line, line.usable) for line in passed if line.usable)
        fields = shared | {"disposition": step.disposition} | more | ours(taken=taken, usable=usable)
        made.append(event(source, "ObjectEvent", **fields, quantityList=listed))
    if damaged:
        listed = quantities((line, line.damaged) for line in damaged)
        taken = quantities((line, units) for line in damaged if (units := _own_parts(line)[1]) != line.damaged)
        fields = shared | {"disposition": "damaged"} | more | ours(taken=taken, damage=_criteria(damaged))
        made.append(event(source, "ObjectEvent", part="damaged", **fields, quantityList=listed))
    return made


def _tallied(source: Source) -> list[Json]:
    told: happened.Tallied = source.event
    step = STEPS[told.step]
    more = ours(
        reason="" if told.reason == "none" else told.reason,
        table=told.table,
        shift=told.shift,
        workers=told.workers,
        openedUnit=names.key_urn("unit", told.opened_unit) if told.opened_unit else "",
        detailsCommitment=commitment(told.details),
    )
    if step.id in ("receive", "sort"):
        return counted(source, step, told.lines, told.document_number, **more)
    if step.id == "fold":
        return [_folded(source, step, told.lines, told.document_number, more)]
    if step.per_station:
        return _packed(source, step, told, more)
    more |= ours(step=step.id, taken=_took_other(told.lines))
    ends = step.stage == "destruction"
    state = "damaged" if step.source == "damaged" else "available"
    return [
        event(
            source,
            "ObjectEvent",
            action="DELETE" if ends else "OBSERVE",
            bizStep=step.biz_step,
            disposition=step.disposition,
            persistentDisposition={"unset": [state]} if ends else {},
            bizTransactionList=papers((PAPERS.get(step.stage, "cert"), told.document_number)),
            quantityList=quantities((line, line.passed) for line in told.lines),
            **more,
        )
    ]


def _folded(source: Source, step: Step, lines: tuple[TallyLine, ...], document: str, more: Json) -> Json:
    damaged = [line for line in lines if line.damaged]
    usable = quantities((line, line.usable) for line in lines if line.usable)
    return event(
        source,
        "TransformationEvent",
        transformationID=names.entry_urn(source.log, source.index),
        bizStep=step.biz_step,
        disposition=step.disposition,
        bizTransactionList=papers(("cert", document)),
        inputQuantityList=quantities((line, line.taken) for line in lines),
        outputQuantityList=quantities((line, line.passed) for line in lines),
        **more,
        **ours(damaged=quantities((line, line.damaged) for line in damaged), damage=_criteria(damaged), usable=usable),
    )


def _packed(source: Source, step: Step, told: happened.Tallied, more: Json) -> list[Json]:
    made = []
    for station in dict.fromkeys(line.station for line in told.lines):
        lines = [line for line in told.lines if line.station == station]
        approval = names.key_urn("approval", told.approval_id) if told.approval_id else ""
        made.append(
            event(
                source,
                "AggregationEvent",
                part=station,
                action="DELETE" if step.takes_back else "ADD",
                bizStep=step.biz_step,
                disposition=step.disposition,
                parentID=names.kit_urn(station),
                childQuantityList=quantities((line, line.passed + line.checked) for line in lines),
                bizTransactionList=papers(("cert", told.document_number)),
                **more,
                **ours(station=station, taken=_took_other(lines), checked=_seen(lines), approval=approval),
            )
        )
    return made


def _printed(source: Source) -> list[Json]:
    told: happened.PrintVerified = source.event
    made = counted(source, STEPS["print"], told.lines, told.document_number, **ours(contract=told.contract_id))
    return [one | {"action": "ADD"} for one in made]


# -- hand-overs ----------------------------------------------------------------------------------------------------


def _kits_and_units(told: Any) -> list[str]:
    return [names.kit_urn(one) for one in told.stations] + [names.key_urn("unit", one) for one in told.units]


def _offered(source: Source) -> list[Json]:
    told: happened.TransferOffered = source.event
    return [
        event(
            source,
            "ObjectEvent",
            action="OBSERVE",
            bizStep="departing",
            disposition="returned" if told.leg == "return" else "in_transit",
            epcList=_kits_and_units(told),
            bizTransactionList=papers(("bol", told.document_number), transfer=told.transfer_id),
            sourceList=party("source", source.stamp.place),
            destinationList=party("destination", told.to_place),
            **ours(
                leg=told.leg,
                vehicle=told.plate,
                escort="" if told.escort == "none" else told.escort,
                sealNumbers=list(told.seals),
                dueAt=time_text(told.due_at, source.zone) if told.due_at else "",
            ),
        )
    ]


def _accepted(source: Source) -> list[Json]:
    told: happened.TransferAccepted = source.event
    differs = bool(told.missing or told.extra)
    return [
        event(
            source,
            "TransactionEvent",
            action="ADD",
            bizStep="accepting",
            disposition="mismatch_quantity" if differs else "completeness_verified",
            epcList=_kits_and_units(told),
            bizTransactionList=papers(("recadv", told.document_number), transfer=told.transfer_id),
            sourceList=party("source", told.from_place),
            destinationList=party("destination", source.stamp.place),
            **ours(
                leg=told.leg,
                reason="" if told.reason == "none" else told.reason,
                missing=list(told.missing),
                extra=list(told.extra),
                sealsSeen=[{"number": one.number, "result": one.result} for one in told.seals],
                detailsCommitment=commitment(told.details),
            ),
        )
    ]


def _not_taken_over(source: Source) -> list[Json]:
    """Refused by the receiver, or called back by the sender."""
    told = source.event
    recalled = isinstance(told, happened.TransferRecalled)
    return [
        event(
            source,
            "TransactionEvent",
            action="DELETE",
            bizStep="void_shipping" if recalled else "accepting",
            disposition="recalled" if recalled else "returned",
            epcList=_kits_and_units(told),
            bizTransactionList=papers(transfer=told.transfer_id),
            **ours(reason=getattr(told, "reason", "")),
        )
    ]


# -- boxes and their seals -----------------------------------------------------------------------------------------


def _labelled(source: Source) -> list[Json]:
    told: happened.UnitsLabelled = source.event
    more = ours(
        unitKind=told.unit_kind,
        station=told.station,
        ballot=told.ballot,
        parent=names.key_urn("unit", told.parent) if told.parent else "",
    )
    units = [names.key_urn("unit", one) for one in told.units]
    shared = {"action": "ADD", "bizStep": "commissioning", "disposition": "active"}
    return [event(source, "ObjectEvent", **shared, epcList=units, **more)]


def _nested(source: Source) -> list[Json]:
    told: happened.UnitNested = source.event
    parent, put_in = told.parent or told.parent_before, bool(told.parent)
    return [
        event(
            source,
            "AggregationEvent",
            action="ADD" if put_in else "DELETE",
            bizStep="packing" if put_in else "unpacking",
            parentID=names.key_urn("unit", parent) if parent else "",
            childEPCs=[names.key_urn("unit", told.unit)],
        )
    ]


def _association(source: Source, action: str, seals: Iterable[str], **fields: Any) -> list[Json]:
    listed = [names.seal_urn(one) for one in seals]
    parent = names.key_urn("unit", source.event.unit)
    return [event(source, "AssociationEvent", action=action, parentID=parent, childEPCs=listed, **fields)]


def _sealed(source: Source) -> list[Json]:
    return _association(source, "ADD", source.event.seals, bizStep="packing", disposition="container_closed")


_FOUND: Mapping[str, str] = {"different": "mismatch_instance", "broken": "damaged", "missing": "unknown"}


def _checked(source: Source) -> list[Json]:
    told: happened.UnitChecked = source.event
    fields = {"bizStep": "inspecting", "disposition": _FOUND.get(told.result, "conformant")}
    more = ours(result=told.result, elsewhere=told.elsewhere)
    if told.seals:
        return _association(source, "OBSERVE", told.seals, **fields, **more)
    # An association that names no child can't be observed: that the box was here is seen of the box alone.
    unit = names.key_urn("unit", told.unit)
    return [event(source, "ObjectEvent", action="OBSERVE", epcList=[unit], **fields, **more)]


def _opened(source: Source) -> list[Json]:
    told: happened.UnitOpened = source.event
    fields = {"bizStep": "unpacking", "disposition": "container_open"}
    return _association(source, "DELETE", told.seals_removed, **fields, **ours(why=told.why))


# -- counts of stock -----------------------------------------------------------------------------------------------


def _stock(source: Source) -> list[Json]:
    told: happened.Counted = source.event
    recorded = ((line, units) for line, units in zip(told.lines, told.recorded, strict=True) if units >= 0)
    return [
        event(
            source,
            "ObjectEvent",
            action="OBSERVE",
            bizStep="stock_taking",
            disposition="mismatch_quantity" if told.differing else "completeness_verified",
            quantityList=quantities((line, line.units) for line in told.lines),
            **ours(
                shelf=told.shelf,
                countedBy=told.counted_by,
                reason="" if told.reason == "none" else told.reason,
                recorded=quantities(recorded),
                detailsCommitment=commitment(told.details),
            ),
        )
    ]


STAGES: Mapping[type, Callable[[Source], list[Json]]] = {
    happened.PrintVerified: _printed,
    happened.Tallied: _tallied,
    happened.TransferOffered: _offered,
    happened.TransferAccepted: _accepted,
    happened.TransferRefused: _not_taken_over,
    happened.TransferRecalled: _not_taken_over,
    happened.UnitsLabelled: _labelled,
    happened.UnitNested: _nested,
    happened.UnitSealed: _sealed,
    happened.UnitChecked: _checked,
    happened.UnitOpened: _opened,
    happened.Counted: _stock,
}
