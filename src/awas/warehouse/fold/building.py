"""Folds of the building: conditions, other uses, incidents, fitness."""

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import log_of
from awas.warehouse.events import (
    ConditionEnded,
    ConditionReported,
    FitnessChecked,
    IncidentClosed,
    IncidentReported,
    UseEnded,
    UseReported,
)
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold, amend, moved
from awas.warehouse.items import Condition, FitnessCheck, Incident
from awas.warehouse.site import Site

WATER = frozenset({"leak", "flood"})
"""Conditions by which a site is known to take in water."""

PHOTOS_KEPT = 24
"""Photos an item lists; all of them stand in their entries."""


def _condition(site: Site, _: Stamp, event: ConditionReported) -> Changes:
    if event.severity_before:
        return {}
    counted: Changes = {"open_conditions": moved(site.open_conditions, event.condition, 1)}
    return counted | {"water_seen": site.water_seen + 1} if event.condition in WATER else counted


def _condition_over(site: Site, _: Stamp, event: ConditionEnded) -> Changes:
    return {"open_conditions": moved(site.open_conditions, event.condition, -1)}


def _use(site: Site, _: Stamp, event: UseReported) -> Changes:
    return {} if event.again else {"open_uses": site.open_uses + 1}


def _use_over(site: Site, _: Stamp, __: UseEnded) -> Changes:
    return {"open_uses": site.open_uses - 1}


def _incident(site: Site, _: Stamp, event: IncidentReported) -> Changes:
    return {} if event.severity_before else {"open_incidents": site.open_incidents + 1}


def _incident_over(site: Site, _: Stamp, __: IncidentClosed) -> Changes:
    return {"open_incidents": site.open_incidents - 1}


def _fitness(site: Site, stamp: Stamp, event: FitnessChecked) -> Changes:
    at = moment(stamp)
    return {"fitness_at": at, "fitness_bad": event.bad} if at >= site.fitness_at else {}


SITE: dict[type, SiteFold] = {
    ConditionReported: _condition,
    ConditionEnded: _condition_over,
    UseReported: _use,
    UseEnded: _use_over,
    IncidentReported: _incident,
    IncidentClosed: _incident_over,
    FitnessChecked: _fitness,
}


def _condition_kept(items: Items, stamp: Stamp, event: ConditionReported) -> None:
    before: Condition | None = items.get("condition", event.condition_id)
    items.put(
        "condition",
        event.condition_id,
        Condition(
            key=event.condition_id,
            log=log_of(stamp.place),
            place=stamp.place,
            condition=event.condition,
            state="open",
            severity=event.severity,
            began_at=event.began_at,
            spot=event.spot or (before.spot if before else ""),
            report_count=before.report_count + 1 if before else 1,
            ballots_inside=event.ballots_inside,
            photos=((before.photos if before else ()) + event.photos)[:PHOTOS_KEPT],
        ),
    )


def _condition_ended(items: Items, stamp: Stamp, event: ConditionEnded) -> None:
    amend(items, "condition", event.condition_id, state="ended", ended_at=max(moment(stamp), event.began_at))


def _use_kept(items: Items, stamp: Stamp, event: UseReported) -> None:
    before: Condition | None = items.get("condition", event.use_id)
    items.put(
        "condition",
        event.use_id,
        Condition(
            key=event.use_id,
            log=log_of(stamp.place),
            place=stamp.place,
            condition="use",
            state="open",
            severity="high",
            began_at=event.began_at,
            use=event.use,
            report_count=before.report_count + 1 if before else 1,
            ballots_inside=event.ballots_inside,
            photos=((before.photos if before else ()) + event.photos)[:PHOTOS_KEPT],
        ),
    )


def _use_ended(items: Items, stamp: Stamp, event: UseEnded) -> None:
    amend(items, "condition", event.use_id, state="ended", ended_at=max(moment(stamp), event.began_at))


def _incident_kept(items: Items, stamp: Stamp, event: IncidentReported) -> None:
    before: Incident | None = items.get("incident", event.incident_id)
    fresh = Incident(
        key=event.incident_id,
        log=log_of(stamp.place),
        place=stamp.place,
        incident=event.incident,
        state="open",
        severity=event.severity,
        reported_at=event.reported_at,
        spot=event.spot,
        details_ref=event.details.ref if event.details else "",
        police_told=event.police_told,
        photos=event.photos,
        visit_id=event.visit_id,
        vehicle_id=event.vehicle_id,
        consignment_id=event.consignment_id,
        seal=event.seal,
    )
    if before is not None:
        fresh = replace(
            fresh,
            spot=fresh.spot or before.spot,
            details_ref=fresh.details_ref or before.details_ref,
            police_told=fresh.police_told or before.police_told,
            photos=(before.photos + fresh.photos)[:PHOTOS_KEPT],
            visit_id=fresh.visit_id or before.visit_id,
            vehicle_id=fresh.vehicle_id or before.vehicle_id,
            consignment_id=fresh.consignment_id or before.consignment_id,
            seal=fresh.seal or before.seal,
        )
    items.put("incident", event.incident_id, fresh)


def _incident_ended(items: Items, stamp: Stamp, event: IncidentClosed) -> None:
    amend(
        items,
        "incident",
        event.incident_id,
        state="closed",
        closed_at=max(moment(stamp), event.reported_at),
        outcome=event.outcome,
        document_number=event.document_number,
    )


def _checked(items: Items, stamp: Stamp, event: FitnessChecked) -> None:
    items.put(
        "fitness_check",
        event.check_id,
        FitnessCheck(
            key=event.check_id,
            log=log_of(stamp.place),
            place=stamp.place,
            checked_at=moment(stamp),
            checked_by=stamp.actor,
            checklist=event.checklist,
            answers=event.answers,
            bad=event.bad,
            photos=event.photos,
        ),
    )


ITEMS: dict[type, ItemFold] = {
    ConditionReported: _condition_kept,
    ConditionEnded: _condition_ended,
    UseReported: _use_kept,
    UseEnded: _use_ended,
    IncidentReported: _incident_kept,
    IncidentClosed: _incident_ended,
    FitnessChecked: _checked,
}
