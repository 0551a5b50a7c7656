"""How each event changes the items of logistics, by subject in the modules beside. Pure."""

from collections.abc import Callable
from typing import Any

from awas.ledger.area import Items, Stamp
from awas.logistics import events as happened
from awas.logistics.fold import desk, explaining, stock, transfers, units


def _nothing_kept(items: Items, stamp: Stamp, event: Any) -> None:
    """The snapshot, or the event at the other place, holds it."""


_FOLDS: dict[type, Callable[[Items, Stamp, Any], None]] = {
    **dict.fromkeys(happened.EVENTS, _nothing_kept),
    **stock.FOLDS,
    **explaining.FOLDS,
    **transfers.FOLDS,
    **units.FOLDS,
    **desk.FOLDS,
}


def fold_items(items: Items, stamp: Stamp, event: Any) -> None:
    """The items after one event of any place of the log."""
    _FOLDS[type(event)](items, stamp, event)
