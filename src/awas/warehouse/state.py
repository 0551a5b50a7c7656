"""The folded state of a warehouse: one event at a time, into the snapshot and into the items. Pure.

`fold` never reads items and never fails on an event that `decide` returned; the same events give the same state,
in the web process, in a rebuild and in the simulator.
"""

from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.warehouse import events as happened
from awas.warehouse.fold import access, building, corrections, gate, goods, rounds, seals, vehicles, weather
from awas.warehouse.fold.changes import ItemFold, SiteFold
from awas.warehouse.site import Site, SiteRules

__all__ = ["NO_SIGN_OF_LIFE", "Site", "SiteRules", "fold", "fold_items"]

_SUBJECTS = (gate, vehicles, goods, seals, rounds, building, access, corrections, weather)
_SITE: dict[type, SiteFold] = {event: step for subject in _SUBJECTS for event, step in subject.SITE.items()}
_ITEMS: dict[type, ItemFold] = {event: step for subject in _SUBJECTS for event, step in subject.ITEMS.items()}

NO_SIGN_OF_LIFE = frozenset(
    {
        happened.ConsignmentAnnounced,
        happened.ConsignmentExpected,
        happened.ConsignmentChanged,
        happened.ConsignmentCancelled,
        happened.ReceiptReported,
        happened.SealMovedAway,
        happened.AccessGranted,
        happened.AccessRevoked,
        happened.PersonWatchlisted,
        happened.PersonUnlisted,
        happened.SiteRulesSet,
        happened.WeatherAlertNoted,
        happened.WeatherAlertEnded,
    }
)
"""Events made at a desk or caused at another place: they don't show that anybody watches this site."""


def fold(site: Site, stamp: Stamp, event: Any) -> Site:
    """The snapshot after one event of its place."""
    kind = type(event)
    changes = _SITE[kind](site, stamp, event)
    if kind not in NO_SIGN_OF_LIFE and getattr(event, "reason", "") != "entered_elsewhere":
        changes["last_entry_at"] = stamp.recorded_at
    return replace(site, entry_count=site.entry_count + 1, **changes)


def fold_items(items: Items, stamp: Stamp, event: Any) -> None:
    """The items after one event of any place of the log."""
    _ITEMS[type(event)](items, stamp, event)
