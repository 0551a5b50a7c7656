"""Decisions about the building and what happens in it: conditions, other uses, incidents, fitness."""

from awas.ledger.area import Items, Refused, Stamp
from awas.ledger.message import moment, twice
from awas.warehouse.commands import (
    CheckFitness,
    CloseIncident,
    EndCondition,
    EndUse,
    ReportCondition,
    ReportIncident,
    ReportUse,
)
from awas.warehouse.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_here,
    require_new,
)
from awas.warehouse.events import (
    ConditionEnded,
    ConditionReported,
    FitnessChecked,
    IncidentClosed,
    IncidentReported,
    UseEnded,
    UseReported,
)
from awas.warehouse.items import Condition, Incident
from awas.warehouse.site import Site

USE = "use"
"""The `condition` of an item that is another use of the building."""


def _condition(items: Items, stamp: Stamp, key: str, kind: str) -> Condition | None:
    """The condition reported before under this key; None for a new one."""
    found: Condition | None = items.get("condition", key)
    if found is None:
        require_born_here(stamp, key)
        return None
    require_here(stamp, found, "condition_elsewhere")
    if found.condition != kind:
        raise Refused("condition_of_other_kind", key=key, condition=found.condition)
    if found.state != "open":
        raise Refused("condition_ended", key=key)
    return found


def _require_open_condition(items: Items, stamp: Stamp, key: str, is_use: bool) -> Condition:
    found: Condition = require_found(items, "condition", key, "condition_unknown")
    require_here(stamp, found, "condition_elsewhere")
    if is_use != (found.condition == USE):
        raise Refused("condition_of_other_kind", key=key, condition=found.condition)
    if found.state != "open":
        raise Refused("condition_ended", key=key)
    return found


def report_condition(site: Site, items: Items, stamp: Stamp, command: ReportCondition) -> Decision:
    """What the watcher says about ballots inside goes before what the record reckons."""
    before = _condition(items, stamp, command.condition_id, command.condition)
    return [
        ConditionReported(
            condition_id=command.condition_id,
            condition=command.condition,
            severity=command.severity,
            spot=command.spot,
            details=command.details,
            photos=command.photos,
            ballots_inside=site.ballots_inside if command.ballots_inside is None else command.ballots_inside,
            severity_before=before.severity if before else "",
            began_at=before.began_at if before else moment(stamp),
        )
    ]


def end_condition(_: Site, items: Items, stamp: Stamp, command: EndCondition) -> Decision:
    found = _require_open_condition(items, stamp, command.condition_id, is_use=False)
    return [
        ConditionEnded(
            condition_id=found.key,
            condition=found.condition,
            severity=found.severity,
            began_at=found.began_at,
            units_harmed=command.units_harmed,
            details=command.details,
            photos=command.photos,
        )
    ]


def report_use(site: Site, items: Items, stamp: Stamp, command: ReportUse) -> Decision:
    before = _condition(items, stamp, command.use_id, USE)
    return [
        UseReported(
            use_id=command.use_id,
            use=command.use,
            people_count=command.people_count,
            details=command.details,
            photos=command.photos,
            ballots_inside=site.ballots_inside,
            again=before is not None,
            began_at=before.began_at if before else moment(stamp),
        )
    ]


def end_use(_: Site, items: Items, stamp: Stamp, command: EndUse) -> Decision:
    found = _require_open_condition(items, stamp, command.use_id, is_use=True)
    return [UseEnded(use_id=found.key, use=found.use, began_at=found.began_at)]


def report_incident(site: Site, items: Items, stamp: Stamp, command: ReportIncident) -> Decision:
    """More about an open incident comes under its key."""
    before: Incident | None = items.get("incident", command.incident_id)
    if before is None:
        require_born_here(stamp, command.incident_id)
    else:
        require_here(stamp, before, "incident_elsewhere")
        if before.state != "open":
            raise Refused("incident_closed", key=before.key)
    return [
        IncidentReported(
            incident_id=command.incident_id,
            incident=command.incident,
            severity=command.severity,
            spot=command.spot,
            details=command.details,
            photos=command.photos,
            police_told=command.police_told,
            visit_id=command.visit_id,
            vehicle_id=command.vehicle_id,
            consignment_id=command.consignment_id,
            seal=command.seal,
            ballots_inside=site.ballots_inside,
            severity_before=before.severity if before else "",
            reported_at=before.reported_at if before else moment(stamp),
        )
    ]


def close_incident(_: Site, items: Items, stamp: Stamp, command: CloseIncident) -> Decision:
    found: Incident = require_found(items, "incident", command.incident_id, "incident_unknown")
    require_here(stamp, found, "incident_elsewhere")
    if found.state != "open":
        raise Refused("incident_closed", key=found.key)
    return [
        IncidentClosed(
            incident_id=found.key,
            incident=found.incident,
            severity=found.severity,
            outcome=command.outcome,
            reported_at=found.reported_at,
            document_number=command.document_number,
            details=command.details,
            photos=command.photos,
        )
    ]


def check_fitness(site: Site, items: Items, stamp: Stamp, command: CheckFitness) -> Decision:
    """`newly_bad` compares with the last check of the site."""
    require_born_here(stamp, command.check_id)
    require_new(items, "fitness_check", command.check_id, "check_exists")
    if double := twice(answer.item for answer in command.answers):
        raise Refused("answer_twice", item=double)
    bad = tuple(answer.item for answer in command.answers if answer.verdict == "bad")
    return [
        FitnessChecked(
            check_id=command.check_id,
            checklist=command.checklist,
            answers=command.answers,
            bad=bad,
            newly_bad=tuple(item for item in bad if item not in site.fitness_bad),
            unanswered=max(command.item_count - len(command.answers), 0),
            photos=command.photos,
        )
    ]


DECIDERS: dict[type, Decider] = {
    ReportCondition: report_condition,
    EndCondition: end_condition,
    ReportUse: report_use,
    EndUse: end_use,
    ReportIncident: report_incident,
    CloseIncident: close_incident,
    CheckFitness: check_fitness,
}
NEEDS: dict[type, Need] = {
    ReportCondition: lambda command: (("condition", command.condition_id),),
    EndCondition: lambda command: (("condition", command.condition_id),),
    ReportUse: lambda command: (("condition", command.use_id),),
    EndUse: lambda command: (("condition", command.use_id),),
    ReportIncident: lambda command: (("incident", command.incident_id),),
    CloseIncident: lambda command: (("incident", command.incident_id),),
    CheckFitness: lambda command: (("fitness_check", command.check_id),),
}
