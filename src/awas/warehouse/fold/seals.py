"""Folds of seals. The snapshot counts the seals of its place that are whole, and those found otherwise."""

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import log_of
from awas.warehouse.events import SealApplied, SealChecked, SealMovedAway, SealRemoved
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold
from awas.warehouse.items import Seal
from awas.warehouse.site import Site

BAD = frozenset({"broken", "different", "missing"})


def seals_changed(site: Site, before: str, after: str) -> Changes:
    """Counts after a seal of this place went from one state to another; "" where it wasn't or isn't here."""
    return {
        "seals_on": site.seals_on + (after == "intact") - (before == "intact"),
        "seals_bad": site.seals_bad + (after in BAD) - (before in BAD),
    }


def _before_here(stamp: Stamp, event: SealApplied | SealChecked | SealRemoved) -> str:
    return event.state_before if event.place_before == stamp.place else ""


def state_after_check(event: SealChecked) -> str:
    """A whole seal that the record never saw applied stays unregistered."""
    return "unregistered" if event.result == "intact" and not event.known else event.result


def _applied(site: Site, stamp: Stamp, event: SealApplied) -> Changes:
    return seals_changed(site, _before_here(stamp, event), "intact")


def _checked(site: Site, stamp: Stamp, event: SealChecked) -> Changes:
    return seals_changed(site, _before_here(stamp, event), state_after_check(event))


def _removed(site: Site, stamp: Stamp, event: SealRemoved) -> Changes:
    return seals_changed(site, _before_here(stamp, event), "removed")


def _moved_away(site: Site, _: Stamp, event: SealMovedAway) -> Changes:
    return seals_changed(site, event.state_before, "")


SITE: dict[type, SiteFold] = {
    SealApplied: _applied,
    SealChecked: _checked,
    SealRemoved: _removed,
    SealMovedAway: _moved_away,
}


def _put_on(items: Items, stamp: Stamp, event: SealApplied) -> None:
    before: Seal | None = items.get("seal", event.seal)
    items.put(
        "seal",
        event.seal,
        Seal(
            key=event.seal,
            log=log_of(stamp.place),
            place=stamp.place,
            number=event.number,
            state="intact",
            seal_kind=event.seal_kind,
            sealed_object=event.sealed_object,
            object_name=event.object_name,
            consignment_id=event.consignment_id,
            applied_at=moment(stamp),
            check_count=before.check_count if before else 0,
            use_count=before.use_count + 1 if before else 1,
            replaces=event.replaces,
            applied_by=event.applied_by,
            photo=event.photo,
        ),
    )


def _unregistered(stamp: Stamp, event: SealChecked | SealRemoved) -> Seal:
    return Seal(
        key=event.seal,
        log=log_of(stamp.place),
        place=stamp.place,
        number=event.number,
        state="unregistered",
        sealed_object=event.sealed_object,
        object_name=event.object_name,
    )


def _looked_at(items: Items, stamp: Stamp, event: SealChecked) -> None:
    before: Seal = items.get("seal", event.seal) or _unregistered(stamp, event)
    items.put(
        "seal",
        event.seal,
        replace(
            before,
            place=stamp.place,
            state=state_after_check(event),
            sealed_object=event.sealed_object,
            object_name=event.object_name,
            consignment_id=event.consignment_id,
            checked_at=moment(stamp),
            check_count=before.check_count + 1,
            found_number=event.found_number,
            photo=event.photo or before.photo,
        ),
    )


def _taken_off(items: Items, stamp: Stamp, event: SealRemoved) -> None:
    before: Seal = items.get("seal", event.seal) or _unregistered(stamp, event)
    items.put(
        "seal",
        event.seal,
        replace(
            before,
            place=stamp.place,
            state="removed",
            removed_at=moment(stamp),
            removed_by=event.removed_by,
            photo=event.photo or before.photo,
        ),
    )


def _gone_from_here(_: Items, __: Stamp, ___: SealMovedAway) -> None:
    """The seal belongs to the log: the place that found it has changed it already."""


ITEMS: dict[type, ItemFold] = {
    SealApplied: _put_on,
    SealChecked: _looked_at,
    SealRemoved: _taken_off,
    SealMovedAway: _gone_from_here,
}
