"""Folds of the access list, the watchlist and the settings of a site."""

from typing import Any

from awas.ledger.area import Items, Stamp
from awas.ledger.naming import log_of
from awas.warehouse.events import AccessGranted, AccessRevoked, PersonUnlisted, PersonWatchlisted, SiteRulesSet
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold, amend
from awas.warehouse.items import AccessRule, Watchlisted
from awas.warehouse.site import Site, SiteRules


def _unmoved(_: Site, __: Stamp, ___: Any) -> Changes:
    return {}


def _rules(_: Site, __: Stamp, event: SiteRulesSet) -> Changes:
    return {
        "rules": SiteRules(
            access_list_in_force=event.access_list_in_force,
            two_persons=event.two_persons,
            letter_required=event.letter_required,
            checkpoints=event.checkpoints,
            gates=event.gates,
            opens_minute=event.opens_minute,
            closes_minute=event.closes_minute,
            guards_wanted=event.guards_wanted,
            cameras_wanted=event.cameras_wanted,
            people_limit=event.people_limit,
        )
    }


SITE: dict[type, SiteFold] = {
    AccessGranted: _unmoved,
    AccessRevoked: _unmoved,
    PersonWatchlisted: _unmoved,
    PersonUnlisted: _unmoved,
    SiteRulesSet: _rules,
}


def _granted(items: Items, stamp: Stamp, event: AccessGranted) -> None:
    items.put(
        "access_rule",
        event.access_id,
        AccessRule(
            key=event.access_id,
            log=log_of(stamp.place),
            place=stamp.place,
            person=event.person,
            role=event.role or "",
            state="granted",
            from_at=event.from_at,
            until_at=event.until_at,
            name_ref=event.name.ref if event.name else "",
            institution=event.institution,
            letter_number=event.letter_number,
            granted_by=stamp.actor,
        ),
    )


def _revoked(items: Items, _: Stamp, event: AccessRevoked) -> None:
    amend(items, "access_rule", event.access_id, state="revoked")


def _watchlisted(items: Items, stamp: Stamp, event: PersonWatchlisted) -> None:
    items.put(
        "watchlisted",
        event.person,
        Watchlisted(
            key=event.person,
            log=log_of(stamp.place),
            place=stamp.place,
            state="listed",
            reason=event.reason,
            from_at=event.from_at,
            until_at=event.until_at,
            name_ref=event.name.ref,
            listed_by=stamp.actor,
        ),
    )


def _unlisted(items: Items, _: Stamp, event: PersonUnlisted) -> None:
    amend(items, "watchlisted", event.person, state="unlisted")


def _nothing_kept(_: Items, __: Stamp, ___: SiteRulesSet) -> None:
    """The snapshot holds the settings."""


ITEMS: dict[type, ItemFold] = {
    AccessGranted: _granted,
    AccessRevoked: _revoked,
    PersonWatchlisted: _watchlisted,
    PersonUnlisted: _unlisted,
    SiteRulesSet: _nothing_kept,
}
