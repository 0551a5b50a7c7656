"""Decisions about entries made by mistake. The older entry stays; a new one says that it shouldn't stand.

Where the older entry moved something (a person inside, a count of goods), it is moved back; where it only said
something, it is only marked.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Refused, Stamp
from awas.warehouse.commands import VoidEntry
from awas.warehouse.counting import OPEN, counted_in, let_out, status_after_change
from awas.warehouse.decide.building import USE
from awas.warehouse.decide.goods import told_of_count
from awas.warehouse.decide.require import Decider, Decision, Need, require_found, require_here
from awas.warehouse.events import EntryVoided
from awas.warehouse.items import Condition, Consignment, Incident, Presence, Seal, Tally, Vehicle, Visit, WeatherAlert
from awas.warehouse.site import Site

Undo = Callable[[Site, Items, Stamp, VoidEntry], dict[str, Any]]
"""The facts of `EntryVoided` that undo one kind of entry."""


def _found(items: Items, stamp: Stamp, kind: str, key: str) -> Any:
    found = require_found(items, kind, key, "subject_unknown")
    require_here(stamp, found, "subject_elsewhere")
    if getattr(found, "state", "") == "void":
        raise Refused("already_void", key=key)
    return found


def _entered(site: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    visit: Visit = _found(items, stamp, "visit", command.subject)
    is_open = visit.state == "inside"
    return {
        "effect": "visit_void",
        "related": visit.person,
        "role": visit.role,
        "was_open": is_open,
        "began_at": visit.entered_at,
        "inside_after": site.inside_count - is_open,
    }


def _left(site: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    """An exit taken back opens the visit again, unless the person is inside somewhere by now."""
    visit: Visit = _found(items, stamp, "visit", command.subject)
    if visit.state != "left":
        raise Refused("visit_still_open", key=visit.key)
    presence: Presence | None = items.get("presence", visit.person)
    if presence is not None and presence.visit_id:
        raise Refused("person_inside_since", key=visit.key, place=presence.place)
    return {
        "effect": "visit_reopened",
        "related": visit.person,
        "role": visit.role,
        "began_at": visit.entered_at,
        "inside_after": site.inside_count + 1,
    }


def _vehicle_arrived(_: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    vehicle: Vehicle = _found(items, stamp, "vehicle", command.subject)
    is_open = vehicle.state == "here"
    return {
        "effect": "vehicle_void",
        "was_open": is_open,
        "unattended": is_open and vehicle.unattended_since_at > 0,
        "began_at": vehicle.arrived_at,
    }


def _vehicle_left(_: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    vehicle: Vehicle = _found(items, stamp, "vehicle", command.subject)
    if vehicle.state != "left":
        raise Refused("vehicle_still_here", key=vehicle.key)
    return {"effect": "vehicle_reopened", "began_at": vehicle.arrived_at}


def _tally(items: Items, stamp: Stamp, command: VoidEntry, direction: str) -> tuple[Tally, Consignment]:
    tally: Tally = _found(items, stamp, "tally", command.subject)
    if tally.direction != direction:
        raise Refused("subject_of_other_kind", kind=command.entry_kind)
    consignment: Consignment = require_found(items, "consignment", tally.consignment_id, "consignment_unknown")
    return tally, consignment


def _received(_: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    tally, before = _tally(items, stamp, command, "in")
    after = replace(before, lines=counted_in(before.lines, tally.lines, -1), receipt_count=before.receipt_count - 1)
    return {"effect": "receipt_void", **_status_change(stamp, tally, before, after)}


def _released(_: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    tally, before = _tally(items, stamp, command, "out")
    after = replace(
        before,
        lines=let_out(before.lines, tally.lines, -1),
        release_count=before.release_count - 1,
        dispatched_at=before.dispatched_at if before.release_count > 1 else 0,
    )
    return {"effect": "release_void", **_status_change(stamp, tally, before, after)}


def _status_change(stamp: Stamp, tally: Tally, before: Consignment, after: Consignment) -> dict[str, Any]:
    """A consignment that is open again counts as open here; places that were told of its end aren't told twice."""
    gone = tally.final and tally.direction == "in"
    status = status_after_change(before, after, last_receipt_gone=gone)
    return {
        "related": tally.consignment_id,
        "lines": tally.lines,
        "status_before": before.status,
        "status_after": status,
        "counted_open_before": stamp.place in before.counted_open,
        "counted_open_after": status in OPEN and (stamp.place in before.counted_open or before.status not in OPEN),
    }


def _seal_applied(_: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    seal: Seal = _found(items, stamp, "seal", command.subject)
    return {"effect": "seal_void", "status_before": seal.state}


def _condition_reported(_: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    condition: Condition = _found(items, stamp, "condition", command.subject)
    if (condition.condition == USE) != (command.entry_kind == "round.use_reported@1"):
        raise Refused("subject_of_other_kind", kind=command.entry_kind)
    return {
        "effect": "condition_void",
        "condition": condition.condition,
        "was_open": condition.state == "open",
        "began_at": condition.began_at,
    }


def _incident_reported(_: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    incident: Incident = _found(items, stamp, "incident", command.subject)
    return {
        "effect": "incident_void",
        "was_open": incident.state == "open",
        "began_at": incident.reported_at,
    }


def _alert_noted(_: Site, items: Items, stamp: Stamp, command: VoidEntry) -> dict[str, Any]:
    """What the alert changed isn't brought back: its sender's next message says what holds."""
    alert: WeatherAlert = _found(items, stamp, "weather_alert", command.subject)
    return {"effect": "weather_void", "related": alert.thread, "was_open": alert.state == "open"}


def _cancel_instead(_: Site, __: Items, ___: Stamp, command: VoidEntry) -> dict[str, Any]:
    raise Refused("cancel_instead", key=command.subject)


def _marked(_: Site, __: Items, ___: Stamp, command: VoidEntry) -> dict[str, Any]:
    return {"effect": "none", "related": command.related}


UNDO: dict[str, tuple[str, Undo]] = {
    "gate.person_entered@1": ("visit", _entered),
    "gate.person_left@1": ("visit", _left),
    "gate.vehicle_arrived@1": ("vehicle", _vehicle_arrived),
    "gate.vehicle_left@1": ("vehicle", _vehicle_left),
    "goods.received@1": ("tally", _received),
    "goods.released@1": ("tally", _released),
    "seal.applied@1": ("seal", _seal_applied),
    "round.condition_reported@1": ("condition", _condition_reported),
    "round.use_reported@1": ("condition", _condition_reported),
    "round.incident_reported@1": ("incident", _incident_reported),
    "weather.alert_noted@1": ("weather_alert", _alert_noted),
    "goods.consignment_announced@1": ("consignment", _cancel_instead),
}
"""Kinds of entry that are undone: the kind of item they are about, and how. Others are only marked."""

ITEM_OF_SUBJECT = {kind: item for kind, (item, _) in UNDO.items()}


def void_entry(site: Site, items: Items, stamp: Stamp, command: VoidEntry) -> Decision:
    """A void entry can't be voided: that would be a second truth about the first."""
    if command.entry_kind.startswith("correction."):
        raise Refused("correction_stands", kind=command.entry_kind)
    found = UNDO.get(command.entry_kind)
    undo = found[1] if found else _marked
    voided = EntryVoided(
        entry_index=command.entry_index,
        entry_kind=command.entry_kind,
        reason=command.reason,
        subject=command.subject,
        why=command.why,
        **undo(site, items, stamp, command),
    )
    if not voided.lines:
        return [voided]
    return [voided, *told_of_count(stamp, items.get("consignment", voided.related), voided)]


def _needs(command: VoidEntry) -> tuple[tuple[str, str], ...]:
    kind = ITEM_OF_SUBJECT.get(command.entry_kind)
    if not kind or not command.subject:
        return ()
    wanted = [(kind, command.subject)]
    if command.related:
        wanted.append(("consignment" if kind == "tally" else "presence", command.related))
    return tuple(wanted)


DECIDERS: dict[type, Decider] = {VoidEntry: void_entry}
NEEDS: dict[type, Need] = {VoidEntry: _needs}
