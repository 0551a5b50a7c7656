"""What every decision asks of a command before anything else. Each raises `Refused`, none returns. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from awas.ledger.area import Items, Refused, Stamp
from awas.ledger.naming import district_of, name_of, place_of
from awas.warehouse.site import Site

Decision = Sequence[Any]
"""Events of this place, and `Elsewhere` for events of other places of the same log."""

Decider = Callable[[Site, Items, Stamp, Any], Decision]
Need = Callable[[Any], tuple[tuple[str, str], ...]]


def require_born_here(stamp: Stamp, key: str) -> None:
    """A new thing's key must name this place: keys of other places could collide with theirs."""
    if place_of(key) != stamp.place:
        raise Refused("key_of_other_place", key=key, place=stamp.place)


def require_in_district(stamp: Stamp, key: str) -> None:
    """A person's or a seal's key must name this district: a log knows only its own."""
    if place_of(key) != district_of(stamp.place):
        raise Refused("key_of_other_district", key=key, district=district_of(stamp.place))


def require_person(stamp: Stamp, key: str) -> None:
    """A person's pseudonym of this district, which mustn't pass for the access-list line of a role."""
    require_in_district(stamp, key)
    if name_of(key).startswith("role:"):
        raise Refused("person_key_not_allowed", key=key)


def require_new(items: Items, kind: str, key: str, code: str) -> None:
    """The key isn't taken."""
    if items.get(kind, key) is not None:
        raise Refused(code, key=key)


def require_found(items: Items, kind: str, key: str, code: str) -> Any:
    """The thing, which must stand in the record."""
    found = items.get(kind, key)
    if found is None:
        raise Refused(code, key=key)
    return found


def require_here(stamp: Stamp, item: Any, code: str) -> None:
    """The thing must be at this place."""
    if item.place != stamp.place:
        raise Refused(code, key=item.key, place=item.place)
