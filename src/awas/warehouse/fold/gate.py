"""Folds of people at the gate."""

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import log_of
from awas.warehouse.events import EntryRefused, PersonEntered, PersonLeft, VisitExtended
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold, amend, moved
from awas.warehouse.items import Presence, Visit, VisitorPass
from awas.warehouse.keys import pass_key
from awas.warehouse.site import Site


def _entered(site: Site, stamp: Stamp, event: PersonEntered) -> Changes:
    return {
        "inside": moved(site.inside, event.role, 1),
        "watch_count": event.watch_count,
        "last_gate_at": moment(stamp),
    }


def _left(site: Site, stamp: Stamp, event: PersonLeft) -> Changes:
    if event.already_closed:
        return {"last_gate_at": moment(stamp)}
    changes: Changes = {"inside": moved(site.inside, event.role, -1)}
    if not event.forced:
        changes["watch_count"] = event.watch_count
        changes["last_gate_at"] = moment(stamp)
    return changes


def _extended(_: Site, __: Stamp, ___: VisitExtended) -> Changes:
    return {}


def _refused(site: Site, stamp: Stamp, _: EntryRefused) -> Changes:
    return {"refused_count": site.refused_count + 1, "last_gate_at": moment(stamp)}


SITE: dict[type, SiteFold] = {
    PersonEntered: _entered,
    PersonLeft: _left,
    VisitExtended: _extended,
    EntryRefused: _refused,
}


def _visit_begins(items: Items, stamp: Stamp, event: PersonEntered) -> None:
    visit = Visit(
        key=event.visit_id,
        log=log_of(stamp.place),
        place=stamp.place,
        person=event.person,
        state="inside",
        role=event.role,
        purpose=event.purpose,
        entered_at=moment(stamp),
        until_at=event.until_at,
        name_ref=event.name.ref,
        identity_kind=event.identity_kind,
        identity_ref=event.identity.ref if event.identity else "",
        institution=event.institution,
        purpose_ref=event.purpose_text.ref if event.purpose_text else "",
        letter_number=event.letter_number,
        escorted_by=event.escorted_by,
        escort_ref=event.escort_name.ref if event.escort_name else "",
        carried=event.carried,
        pass_number=event.pass_number,
        gate=event.gate,
        photo=event.photo,
        on_access_list=event.on_access_list,
        on_watchlist=event.on_watchlist,
        entered_by=stamp.actor,
    )
    items.put("visit", event.visit_id, visit)
    if event.pass_number:
        _pass(items, stamp, event.pass_number, "held", event.visit_id)
    _presence_begins(items, stamp, event)


def _presence_begins(items: Items, stamp: Stamp, event: PersonEntered) -> None:
    """Where the person is from now on, unless a later entry was recorded before this one."""
    before: Presence | None = items.get("presence", event.person)
    if event.late and before is not None:
        items.put("presence", event.person, replace(before, visit_count=before.visit_count + 1))
        return
    items.put(
        "presence",
        event.person,
        Presence(
            key=event.person,
            log=log_of(stamp.place),
            place=stamp.place,
            visit_id=event.visit_id,
            role=event.role,
            since_at=moment(stamp),
            last_place=before.last_place if before else "",
            last_left_at=before.last_left_at if before else 0,
            visit_count=before.visit_count + 1 if before else 1,
            refused_count=before.refused_count if before else 0,
        ),
    )


def _pass(items: Items, stamp: Stamp, number: str, state: str, visit_id: str) -> None:
    key = pass_key(stamp.place, number)
    items.put(
        "visitor_pass",
        key,
        VisitorPass(
            key=key,
            log=log_of(stamp.place),
            place=stamp.place,
            number=number,
            state=state,
            visit_id=visit_id,
            since_at=moment(stamp),
        ),
    )


def _visit_ends(items: Items, stamp: Stamp, event: PersonLeft) -> None:
    visit: Visit | None = items.get("visit", event.visit_id)
    if visit is None:
        return
    # Nobody leaves before entering, whatever two devices' clocks say.
    left_at = max(event.left_at or moment(stamp), visit.entered_at)
    items.put(
        "visit",
        visit.key,
        replace(
            visit,
            state="left",
            left_at=left_at,
            leave_reason=event.reason,
            forced=event.forced,
            pass_returned=event.pass_returned,
            left_by=stamp.actor,
        ),
    )
    if event.pass_number and event.pass_returned is not None:
        _pass(items, stamp, event.pass_number, "free" if event.pass_returned else "missing", visit.key)
    elif visit.pass_number and not event.forced and event.pass_returned is None:
        _pass(items, stamp, visit.pass_number, "free", visit.key)
    presence: Presence | None = items.get("presence", event.person)
    if presence is not None and presence.visit_id == visit.key:
        items.put(
            "presence",
            event.person,
            replace(presence, place="", visit_id="", since_at=left_at, last_place=visit.place, last_left_at=left_at),
        )


def _visit_lasts(items: Items, _: Stamp, event: VisitExtended) -> None:
    amend(items, "visit", event.visit_id, until_at=event.until_at)


def _turned_away(items: Items, stamp: Stamp, event: EntryRefused) -> None:
    if not event.person:
        return
    before: Presence | None = items.get("presence", event.person)
    items.put(
        "presence",
        event.person,
        replace(before, refused_count=before.refused_count + 1)
        if before is not None
        else Presence(
            key=event.person,
            log=log_of(stamp.place),
            place="",
            visit_id="",
            role=event.role or "",
            since_at=moment(stamp),
            refused_count=1,
        ),
    )


ITEMS: dict[type, ItemFold] = {
    PersonEntered: _visit_begins,
    PersonLeft: _visit_ends,
    VisitExtended: _visit_lasts,
    EntryRefused: _turned_away,
}
