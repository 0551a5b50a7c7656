"""Folds of corrections: what an entry made by mistake moved is moved back."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.warehouse.correctable import CORRECTABLE
from awas.warehouse.counting import OPEN, counted_in, let_out, received_differences
from awas.warehouse.events import CountCorrected, EntryCorrected, EntryVoided
from awas.warehouse.fold.building import WATER
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold, amend, moved
from awas.warehouse.fold.goods import stock_after, with_lines
from awas.warehouse.fold.seals import seals_changed
from awas.warehouse.fold.vehicles import plate_is_gone
from awas.warehouse.items import Consignment, Presence, Tally, Vehicle, Visit
from awas.warehouse.site import Site


def _voided(site: Site, _: Stamp, event: EntryVoided) -> Changes:
    change = _SITE_EFFECTS.get(event.effect)
    counted: Changes = {"correction_count": site.correction_count + 1}
    return counted | change(site, event) if change else counted


def _open_after(site: Site, event: EntryVoided | CountCorrected) -> int:
    return site.open_consignments + event.counted_open_after - event.counted_open_before


def _visit_uncounted(site: Site, event: EntryVoided) -> Changes:
    return {"inside": moved(site.inside, event.role, -1)} if event.was_open else {}


def _visit_counted_again(site: Site, event: EntryVoided) -> Changes:
    return {"inside": moved(site.inside, event.role, 1)}


def _vehicle_uncounted(site: Site, event: EntryVoided) -> Changes:
    return {
        "vehicles_inside": site.vehicles_inside - event.was_open,
        "vehicles_unattended": site.vehicles_unattended - event.unattended,
    }


def _vehicle_counted_again(site: Site, _: EntryVoided) -> Changes:
    return {"vehicles_inside": site.vehicles_inside + 1}


def _receipt_uncounted(site: Site, event: EntryVoided) -> Changes:
    return {"stock": stock_after(site.stock, event.lines, -1), "open_consignments": _open_after(site, event)}


def _release_uncounted(site: Site, event: EntryVoided) -> Changes:
    return {"stock": stock_after(site.stock, event.lines, 1), "open_consignments": _open_after(site, event)}


def _seal_uncounted(site: Site, event: EntryVoided) -> Changes:
    return seals_changed(site, event.status_before, "void")


def _condition_uncounted(site: Site, event: EntryVoided) -> Changes:
    if event.condition == "use":
        return {"open_uses": site.open_uses - event.was_open}
    never_was: Changes = {"water_seen": site.water_seen - 1} if event.condition in WATER else {}
    if not event.was_open:
        return never_was
    return never_was | {"open_conditions": moved(site.open_conditions, event.condition, -1)}


def _incident_uncounted(site: Site, event: EntryVoided) -> Changes:
    return {"open_incidents": site.open_incidents - event.was_open}


def _alert_never_was(site: Site, event: EntryVoided) -> Changes:
    return {"alerts": tuple(one for one in site.alerts if one.thread != event.related)} if event.was_open else {}


_SITE_EFFECTS: dict[str, Callable[[Site, EntryVoided], Changes]] = {
    "visit_void": _visit_uncounted,
    "visit_reopened": _visit_counted_again,
    "vehicle_void": _vehicle_uncounted,
    "vehicle_reopened": _vehicle_counted_again,
    "receipt_void": _receipt_uncounted,
    "release_void": _release_uncounted,
    "seal_void": _seal_uncounted,
    "condition_void": _condition_uncounted,
    "incident_void": _incident_uncounted,
    "weather_void": _alert_never_was,
}


def _corrected(site: Site, _: Stamp, event: EntryCorrected) -> Changes:
    changes: Changes = {"correction_count": site.correction_count + 1}
    if event.role_after:
        changes["inside"] = moved(moved(site.inside, event.role_before, -1), event.role_after, 1)
    return changes


def _recounted(site: Site, _: Stamp, event: CountCorrected) -> Changes:
    sign = 1 if event.direction == "in" else -1
    return {
        "correction_count": site.correction_count + 1,
        "stock": stock_after(stock_after(site.stock, event.lines_before, -sign), event.lines, sign),
        "open_consignments": _open_after(site, event),
    }


SITE: dict[type, SiteFold] = {
    EntryVoided: _voided,
    EntryCorrected: _corrected,
    CountCorrected: _recounted,
}


def _undo(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    undo = _ITEM_EFFECTS.get(event.effect)
    if undo:
        undo(items, stamp, event)


def _visit_void(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    visit: Visit | None = items.get("visit", event.subject)
    if visit is None:
        return
    items.put("visit", visit.key, replace(visit, state="void"))
    if visit.pass_number and event.was_open:
        amend(items, "visitor_pass", f"{visit.place}/{visit.pass_number}", state="free", since_at=moment(stamp))
    presence: Presence | None = items.get("presence", visit.person)
    if presence is None:
        return
    presence = replace(presence, visit_count=presence.visit_count - 1)
    if presence.visit_id == visit.key:
        presence = replace(presence, place="", visit_id="", since_at=moment(stamp))
    items.put("presence", visit.person, presence)


def _visit_reopened(items: Items, _: Stamp, event: EntryVoided) -> None:
    visit: Visit | None = items.get("visit", event.subject)
    if visit is None:
        return
    open_visit = replace(
        visit, state="inside", left_at=0, leave_reason="", forced=False, pass_returned=None, left_by=""
    )
    items.put("visit", visit.key, open_visit)
    amend(
        items,
        "presence",
        visit.person,
        place=visit.place,
        visit_id=visit.key,
        role=visit.role,
        since_at=visit.entered_at,
    )


def _vehicle_void(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    vehicle: Vehicle | None = items.get("vehicle", event.subject)
    if vehicle is not None:
        items.put("vehicle", vehicle.key, replace(vehicle, state="void", unattended_since_at=0))
        plate_is_gone(items, stamp, vehicle.plate, vehicle.key, moment(stamp))


def _vehicle_reopened(items: Items, _: Stamp, event: EntryVoided) -> None:
    amend(items, "vehicle", event.subject, state="here", left_at=0, loaded_out=False)


def _receipt_void(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    _tally_void(items, stamp, event, -1, 0)


def _release_void(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    _tally_void(items, stamp, event, 0, -1)


def _tally_void(items: Items, stamp: Stamp, event: EntryVoided, receipts: int, releases: int) -> None:
    amend(items, "tally", event.subject, state="void")
    before: Consignment | None = items.get("consignment", event.related)
    if before is None:
        return
    move = counted_in if receipts else let_out
    lines = move(before.lines, event.lines, -1)
    after = with_lines(
        before,
        lines,
        receipt_count=before.receipt_count + receipts,
        release_count=before.release_count + releases,
        dispatched_at=before.dispatched_at if before.release_count + releases or receipts else 0,
        differences=received_differences(lines, event.status_after == "received") if receipts else (),
        **_standing(before, stamp, event),
    )
    items.put("consignment", after.key, after)


def _standing(before: Consignment, stamp: Stamp, event: EntryVoided | CountCorrected) -> Changes:
    """Status after a count changed, and the places that count the consignment as open."""
    if event.status_after not in OPEN:
        return {"status": event.status_after, "counted_open": ()}
    counted = before.counted_open
    if event.counted_open_after and stamp.place not in counted:
        counted = (*counted, stamp.place)
    return {"status": event.status_after, "closed_at": 0, "counted_open": counted}


def _seal_void(items: Items, _: Stamp, event: EntryVoided) -> None:
    amend(items, "seal", event.subject, state="void", use_count=0)


def _condition_item_void(items: Items, _: Stamp, event: EntryVoided) -> None:
    amend(items, "condition", event.subject, state="void")


def _incident_void(items: Items, _: Stamp, event: EntryVoided) -> None:
    amend(items, "incident", event.subject, state="void")


def _alert_void(items: Items, stamp: Stamp, event: EntryVoided) -> None:
    amend(items, "weather_alert", event.subject, state="void", ended_at=moment(stamp))


_ITEM_EFFECTS: dict[str, ItemFold] = {
    "visit_void": _visit_void,
    "visit_reopened": _visit_reopened,
    "vehicle_void": _vehicle_void,
    "vehicle_reopened": _vehicle_reopened,
    "receipt_void": _receipt_void,
    "release_void": _release_void,
    "seal_void": _seal_void,
    "condition_void": _condition_item_void,
    "incident_void": _incident_void,
    "weather_void": _alert_void,
}


def _reads_differently(items: Items, _: Stamp, event: EntryCorrected) -> None:
    kind, _checks = CORRECTABLE.get(event.entry_kind, ("", {}))
    item: Any = items.get(kind, event.subject) if kind else None
    if item is None:
        return
    changed = {
        field.field: int(field.value) if isinstance(getattr(item, field.field), int) else field.value
        for field in event.fields
    }
    items.put(kind, event.subject, replace(item, **changed))
    if kind == "visit":
        presence: Presence | None = items.get("presence", item.person)
        if presence is not None and presence.visit_id == item.key:
            since_at = changed.get("entered_at", presence.since_at)
            amend(items, "presence", item.person, since_at=since_at, role=changed.get("role", presence.role))


def _count_replaced(items: Items, stamp: Stamp, event: CountCorrected) -> None:
    tally: Tally | None = items.get("tally", event.receipt_id)
    before: Consignment | None = items.get("consignment", event.consignment_id)
    if tally is None or before is None:
        return
    recounted = replace(
        tally,
        lines=event.lines,
        units=sum(line.units for line in event.lines),
        damaged=sum(line.damaged for line in event.lines),
        wet=sum(line.wet for line in event.lines),
        corrected_count=tally.corrected_count + 1,
    )
    items.put("tally", tally.key, recounted)
    move = counted_in if event.direction == "in" else let_out
    lines = move(move(before.lines, event.lines_before, -1), event.lines)
    after = with_lines(before, lines, differences=event.differences, **_standing(before, stamp, event))
    items.put("consignment", after.key, after)


ITEMS: dict[type, ItemFold] = {
    EntryVoided: _undo,
    EntryCorrected: _reads_differently,
    CountCorrected: _count_replaced,
}
