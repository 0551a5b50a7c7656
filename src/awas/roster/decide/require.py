"""What every decision of the roster asks of a command before anything else. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from awas.ledger.area import Items, Refused, Stamp
from awas.ledger.naming import place_of
from awas.roster.state import Watch

Decision = Sequence[Any]
"""Events of this place, and `Elsewhere` for events of other places of the same log."""

Decider = Callable[[Watch, Items, Stamp, Any], Decision]
Need = Callable[[Any], tuple[tuple[str, str], ...]]


def require_new(stamp: Stamp, items: Items, kind: str, key: str) -> None:
    if place_of(key) != stamp.place:
        raise Refused("key_of_other_place", key=key, place=stamp.place)
    if items.get(kind, key) is not None:
        raise Refused(f"{kind}_exists", key=key)


def require_found(stamp: Stamp, items: Items, kind: str, key: str) -> Any:
    found = items.get(kind, key)
    if found is None:
        raise Refused(f"{kind}_unknown", key=key)
    if found.place != stamp.place:
        raise Refused(f"{kind}_elsewhere", key=key, place=found.place)
    return found
