"""Decisions about people at the gate. A broken rule of the watch never refuses; it becomes a fact of the event."""

from typing import Any

from awas.ledger.area import Elsewhere, Instant, Items, Refused, Stamp
from awas.ledger.message import moment
from awas.warehouse.codes import LeaveReason, ListState, PassState
from awas.warehouse.commands import EnterPerson, ExtendVisit, LeavePerson, RefuseEntry
from awas.warehouse.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_here,
    require_new,
    require_person,
)
from awas.warehouse.events import Carried, EntryRefused, PersonEntered, PersonLeft, VisitExtended
from awas.warehouse.items import AccessRule, Presence, Visit, VisitorPass, Watchlisted
from awas.warehouse.keys import access_key, access_key_of_role, pass_key, place_of
from awas.warehouse.site import Site


def enter_person(site: Site, items: Items, stamp: Stamp, command: EnterPerson) -> Decision:
    """One person, one place: an open visit anywhere else in the district is closed by this entry."""
    require_born_here(stamp, command.visit_id)
    require_person(stamp, command.person)
    require_new(items, "visit", command.visit_id, "visit_exists")
    presence: Presence | None = items.get("presence", command.person)
    if presence is not None and not presence.visit_id:
        presence = None
    # An offline entry may arrive after a later one: then this visit is the one that is over.
    late = presence is not None and presence.since_at > moment(stamp)
    again = presence is not None and presence.place == stamp.place and not late
    inside = site.inside_count + (0 if again else 1)
    same_role = site.inside.get(command.role, 0) + (0 if again and presence and presence.role == command.role else 1)
    facts = _facts(site, items, stamp, command)
    facts["inside_after"] = inside
    facts["others_inside"] = inside - 1 + command.watch_count
    facts["same_role_inside"] = same_role
    facts["elsewhere_place"] = _elsewhere(command, presence, stamp.place)
    facts["elsewhere_closed"] = presence is not None and not late and not again
    facts["entered_again"] = again
    facts["late"] = late
    entered = _entered(command, facts)
    if presence is None:
        return [entered]
    if late:
        return [entered, _overtaken(site, stamp, command, presence)]
    return [_closing(site, stamp, command.person, presence), entered]


def _facts(site: Site, items: Items, stamp: Stamp, command: EnterPerson) -> dict[str, Any]:
    """What the lists and the other things on record say of this entry."""
    listed, access_until_at = _list_state(site, items, stamp, command.person, command.role)
    watched = _watched(items, command.person, moment(stamp))
    pass_state, pass_held_by = _pass_state(items, stamp.place, command.pass_number, command.person)
    return {
        "on_access_list": listed,
        "access_until_at": access_until_at,
        "on_watchlist": watched is not None,
        "watchlist_reason": watched.reason if watched else "",
        "escort_inside": _is_escort_inside(items, stamp.place, command.escorted_by),
        "pass_state": pass_state,
        "pass_held_by": pass_held_by,
    }


def _entered(command: EnterPerson, facts: dict[str, Any]) -> PersonEntered:
    return PersonEntered(
        visit_id=command.visit_id,
        person=command.person,
        name=command.name,
        role=command.role,
        purpose=command.purpose,
        identity_kind=command.identity_kind,
        identity=command.identity,
        institution=command.institution,
        purpose_text=command.purpose_text,
        letter_number=command.letter_number,
        escorted_by=command.escorted_by,
        escort_name=command.escort_name,
        carried=command.carried,
        pass_number=command.pass_number,
        gate=command.gate,
        photo=command.photo,
        body_checked=command.body_checked,
        until_at=command.until_at,
        watch_count=command.watch_count,
        **facts,
    )


def _closing(site: Site, stamp: Stamp, person: str, presence: Presence) -> PersonLeft | Elsewhere:
    """The end of the visit that was open, here or elsewhere."""
    again = presence.place == stamp.place
    reason: LeaveReason = "entered_again" if again else "entered_elsewhere"
    left = PersonLeft(
        visit_id=presence.visit_id,
        person=person,
        role=presence.role,
        entered_at=presence.since_at,
        reason=reason,
        forced=True,
        to_place=stamp.place,
        inside_after=site.inside_count - 1 if again else None,
    )
    return left if again else Elsewhere(place=presence.place, event=left)


def _overtaken(site: Site, stamp: Stamp, command: EnterPerson, presence: Presence) -> PersonLeft:
    """The end of a visit that became known only after a later one."""
    return PersonLeft(
        visit_id=command.visit_id,
        person=command.person,
        role=command.role,
        entered_at=moment(stamp),
        left_at=presence.since_at,
        reason="entered_again" if presence.place == stamp.place else "entered_elsewhere",
        forced=True,
        to_place=presence.place,
        inside_after=site.inside_count,
    )


def _elsewhere(command: EnterPerson, presence: Presence | None, place: str) -> str:
    if presence is not None and presence.place != place:
        return presence.place
    return command.reported_elsewhere if command.reported_elsewhere != place else ""


def _list_state(site: Site, items: Items, stamp: Stamp, person: str, role: str) -> tuple[ListState, Instant]:
    """Whether the site's access list holds this person, or everybody of the role, at that time; and until when."""
    place, at = stamp.place, moment(stamp)
    if not site.rules.access_list_in_force:
        return "no_list", 0
    keys = [access_key(place, person)] if person else []
    if role:
        keys.append(access_key_of_role(place, role))
    for key in keys:
        rule: AccessRule | None = items.get("access_rule", key)
        if (
            rule is not None
            and rule.state == "granted"
            and rule.from_at <= at
            and (not rule.until_at or at < rule.until_at)
        ):
            return "listed", rule.until_at
    return "unlisted", 0


def _watched(items: Items, person: str, at: Instant) -> Watchlisted | None:
    found: Watchlisted | None = items.get("watchlisted", person) if person else None
    if found is None or found.state != "listed" or at < found.from_at or (found.until_at and at >= found.until_at):
        return None
    return found


def _pass_state(items: Items, place: str, number: str, person: str) -> tuple[PassState, str]:
    """Whether the pass is free; a pass still with somebody else is noted with the visit that holds it."""
    if not number:
        return "none", ""
    held: VisitorPass | None = items.get("visitor_pass", pass_key(place, number))
    if held is None or held.state == "free":
        return "free", ""
    visit: Visit | None = items.get("visit", held.visit_id)
    if visit is not None and visit.person == person:
        return "free", ""
    return ("missing" if held.state == "missing" else "held"), held.visit_id


def _is_escort_inside(items: Items, place: str, escorted_by: str) -> bool | None:
    if not escorted_by:
        return None
    escort: Visit | None = items.get("visit", escorted_by)
    return escort is not None and escort.state == "inside" and escort.place == place


def leave_person(site: Site, items: Items, stamp: Stamp, command: LeavePerson) -> Decision:
    """An exit may also be logged for a visit that the record had closed by force: then it only corrects the time."""
    visit = _require_visit(items, stamp, command.visit_id)
    if command.person and visit.person != command.person:
        raise Refused("person_mismatch", key=command.visit_id)
    if visit.state == "left" and not visit.forced:
        raise Refused("visit_already_left", key=visit.key, left_at=visit.left_at)
    was_inside = visit.state == "inside"
    inside = site.inside_count - was_inside
    carried = visit.carried if command.carried is None else command.carried
    return [
        PersonLeft(
            visit_id=visit.key,
            person=visit.person,
            role=visit.role,
            entered_at=visit.entered_at,
            already_closed=not was_inside,
            carried=carried,
            carried_differs=_as_counts(carried) != _as_counts(visit.carried),
            pass_number=command.pass_number or visit.pass_number,
            pass_returned=command.pass_returned,
            body_checked=command.body_checked,
            gate=command.gate,
            photo=command.photo,
            until_at=visit.until_at,
            inside_after=inside,
            watch_count=command.watch_count,
            alone_after=inside + command.watch_count == 1,
        )
    ]


def _as_counts(carried: tuple[Carried, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in carried:
        counts[one.item] = counts.get(one.item, 0) + one.count
    return {item: count for item, count in counts.items() if count}


def _require_visit(items: Items, stamp: Stamp, visit_id: str) -> Visit:
    visit: Visit = require_found(items, "visit", visit_id, "visit_unknown")
    require_here(stamp, visit, "visit_elsewhere")
    if visit.state == "void":
        raise Refused("visit_void", key=visit_id)
    return visit


def extend_visit(_: Site, items: Items, stamp: Stamp, command: ExtendVisit) -> Decision:
    """Only who is inside can stay longer."""
    visit = _require_visit(items, stamp, command.visit_id)
    if visit.state != "inside":
        raise Refused("visit_already_left", key=visit.key, left_at=visit.left_at)
    if command.until_at <= visit.entered_at:
        raise Refused("ends_before_it_begins", key=visit.key)
    return [
        VisitExtended(
            visit_id=visit.key,
            person=visit.person,
            role=visit.role,
            entered_at=visit.entered_at,
            until_at=command.until_at,
            until_before_at=visit.until_at,
            letter_number=command.letter_number,
        )
    ]


def refuse_entry(site: Site, items: Items, stamp: Stamp, command: RefuseEntry) -> Decision:
    """Turned away: kept with everything known, even if nothing is known but the reason."""
    if command.person:
        require_person(stamp, command.person)
    at = moment(stamp)
    presence: Presence | None = items.get("presence", command.person) if command.person else None
    watched = _watched(items, command.person, at)
    listed: ListState = "no_list"
    if command.subject == "person" and (command.person or command.role):
        listed, _ = _list_state(site, items, stamp, command.person, command.role or "")
    return [
        EntryRefused(
            subject=command.subject,
            reason=command.reason,
            person=command.person,
            name=command.name,
            identity_kind=command.identity_kind,
            identity=command.identity,
            institution=command.institution,
            role=command.role,
            purpose=command.purpose,
            plate=command.plate,
            consignment_id=command.consignment_id,
            pass_number=command.pass_number,
            gate=command.gate,
            details=command.details,
            photo=command.photo,
            on_access_list=listed,
            on_watchlist=watched is not None,
            watchlist_reason=watched.reason if watched else "",
            refused_before=presence.refused_count if presence else 0,
        )
    ]


def _enter_needs(command: EnterPerson) -> tuple[tuple[str, str], ...]:
    place = place_of(command.visit_id)
    wanted = [
        ("visit", command.visit_id),
        ("presence", command.person),
        ("watchlisted", command.person),
        ("access_rule", access_key(place, command.person)),
        ("access_rule", access_key_of_role(place, command.role)),
    ]
    if command.escorted_by:
        wanted.append(("visit", command.escorted_by))
    if command.pass_number:
        wanted.append(("visitor_pass", pass_key(place, command.pass_number)))
    return tuple(wanted)


def _leave_needs(command: LeavePerson) -> tuple[tuple[str, str], ...]:
    visit = ("visit", command.visit_id)
    return (visit, ("presence", command.person)) if command.person else (visit,)


def _refuse_needs(command: RefuseEntry) -> tuple[tuple[str, str], ...]:
    return (("presence", command.person), ("watchlisted", command.person)) if command.person else ()


DECIDERS: dict[type, Decider] = {
    EnterPerson: enter_person,
    LeavePerson: leave_person,
    ExtendVisit: extend_visit,
    RefuseEntry: refuse_entry,
}
NEEDS: dict[type, Need] = {
    EnterPerson: _enter_needs,
    LeavePerson: _leave_needs,
    ExtendVisit: lambda command: (("visit", command.visit_id),),
    RefuseEntry: _refuse_needs,
}
