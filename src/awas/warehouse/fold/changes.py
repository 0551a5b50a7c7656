"""Small steps that several folds share: counts kept in a dictionary, items replaced. Pure."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.warehouse.site import STOCK_KINDS, Site

Changes = dict[str, Any]
"""Fields of `Site` with their new values."""

SiteFold = Callable[[Site, Stamp, Any], Changes]
ItemFold = Callable[[Items, Stamp, Any], None]


def moved(counts: dict[str, int], kind: str, by: int) -> dict[str, int]:
    """A copy with one count moved; a count of nothing is left out."""
    result = dict(counts)
    count = result.get(kind, 0) + by
    if count:
        result[kind] = count
    else:
        result.pop(kind, None)
    return result


def stocked(stock: dict[str, int], kind: str, by: int) -> dict[str, int]:
    """Like `moved` for stocks, of which the snapshot keeps a bounded number of kinds."""
    return moved(stock, kind if kind in stock or len(stock) < STOCK_KINDS else "other", by)


def amend(items: Items, kind: str, key: str, **changed: Any) -> None:
    """Replaces fields of an item that stands in the record."""
    found = items.get(kind, key)
    if found is not None:
        items.put(kind, key, replace(found, **changed))
