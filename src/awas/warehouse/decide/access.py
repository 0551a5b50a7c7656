"""Decisions about the access list, the watchlist and the settings of a site."""

from awas.ledger.area import Items, Refused, Stamp
from awas.ledger.message import moment, twice
from awas.warehouse.commands import GrantAccess, RevokeAccess, SetSiteRules, UnlistPerson, WatchlistPerson
from awas.warehouse.decide.require import (
    Decider,
    Decision,
    Need,
    require_found,
    require_here,
    require_person,
)
from awas.warehouse.events import AccessGranted, AccessRevoked, PersonUnlisted, PersonWatchlisted, SiteRulesSet
from awas.warehouse.items import AccessRule, Presence, Watchlisted
from awas.warehouse.keys import access_key, access_key_of_role, key_in_log, name_of, place_of
from awas.warehouse.site import Site


def _require_period(from_at: int, until_at: int) -> None:
    if until_at and until_at <= from_at:
        raise Refused("ends_before_it_begins", key="until_at")


def grant_access(_: Site, items: Items, stamp: Stamp, command: GrantAccess) -> Decision:
    """A line of the list is either a person or a role. Granting again replaces the period."""
    if bool(command.person) == bool(command.role):
        raise Refused("person_or_role")
    if command.person:
        require_person(stamp, command.person)
    wanted = (
        access_key(stamp.place, command.person)
        if command.person
        else access_key_of_role(stamp.place, command.role or "")
    )
    if command.access_id != wanted:
        raise Refused("access_key_mismatch", key=command.access_id, wanted=wanted)
    _require_period(command.from_at, command.until_at)
    before: AccessRule | None = items.get("access_rule", command.access_id)
    return [
        AccessGranted(
            access_id=command.access_id,
            person=command.person,
            role=command.role,
            name=command.name,
            institution=command.institution,
            from_at=command.from_at or moment(stamp),
            until_at=command.until_at,
            letter_number=command.letter_number,
            again=before is not None and before.state == "granted",
        )
    ]


def revoke_access(_: Site, items: Items, stamp: Stamp, command: RevokeAccess) -> Decision:
    rule: AccessRule = require_found(items, "access_rule", command.access_id, "access_unknown")
    require_here(stamp, rule, "access_elsewhere")
    if rule.state != "granted":
        raise Refused("access_already_revoked", key=rule.key)
    presence: Presence | None = items.get("presence", rule.person) if rule.person else None
    inside = presence is not None and presence.place == stamp.place
    return [
        AccessRevoked(
            access_id=rule.key,
            person=rule.person,
            role=rule.role,
            why=command.why,
            visit_inside=presence.visit_id if presence and inside else "",
        )
    ]


def watchlist_person(_: Site, items: Items, stamp: Stamp, command: WatchlistPerson) -> Decision:
    """Listing again replaces reason and period."""
    require_person(stamp, command.person)
    _require_period(command.from_at, command.until_at)
    presence: Presence | None = items.get("presence", command.person)
    return [
        PersonWatchlisted(
            person=command.person,
            name=command.name,
            reason=command.reason,
            why=command.why,
            from_at=command.from_at or moment(stamp),
            until_at=command.until_at,
            inside_at=presence.place if presence and presence.visit_id else "",
        )
    ]


def unlist_person(_: Site, items: Items, __: Stamp, command: UnlistPerson) -> Decision:
    found: Watchlisted | None = items.get("watchlisted", command.person)
    if found is None or found.state != "listed":
        raise Refused("not_watchlisted", key=command.person)
    return [PersonUnlisted(person=command.person, why=command.why)]


def set_site_rules(_: Site, __: Items, ___: Stamp, command: SetSiteRules) -> Decision:
    if double := twice(command.checkpoints):
        raise Refused("checkpoint_twice", checkpoint=double)
    return [
        SiteRulesSet(
            access_list_in_force=command.access_list_in_force,
            two_persons=command.two_persons,
            letter_required=command.letter_required,
            checkpoints=command.checkpoints,
            gates=command.gates,
            opens_minute=command.opens_minute,
            closes_minute=command.closes_minute,
            guards_wanted=command.guards_wanted,
            cameras_wanted=command.cameras_wanted,
            people_limit=command.people_limit,
            document_number=command.document_number,
        )
    ]


def _revoke_needs(command: RevokeAccess) -> tuple[tuple[str, str], ...]:
    rule = ("access_rule", command.access_id)
    name = name_of(command.access_id)
    if name.startswith("role:"):
        return (rule,)
    return rule, ("presence", key_in_log(place_of(command.access_id), name))


DECIDERS: dict[type, Decider] = {
    GrantAccess: grant_access,
    RevokeAccess: revoke_access,
    WatchlistPerson: watchlist_person,
    UnlistPerson: unlist_person,
    SetSiteRules: set_site_rules,
}
NEEDS: dict[type, Need] = {
    GrantAccess: lambda command: (("access_rule", command.access_id),),
    RevokeAccess: _revoke_needs,
    WatchlistPerson: lambda command: (("watchlisted", command.person), ("presence", command.person)),
    UnlistPerson: lambda command: (("watchlisted", command.person),),
    SetSiteRules: lambda _: (),
}
