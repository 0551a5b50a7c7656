"""Who can be reached, by what proof, and whom to ring in which order. Pure."""

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple

from awas.access.policy import Instant, Role

FAILURES_IN_A_ROW = 3
"""So many last messages failed, and an address no longer counts as a way to somebody."""


class Position(IntEnum):
    """Where somebody stands in the chain of a site, nearest first."""

    ON_WATCH = 0
    NEXT_WATCH = 1
    WATCHER = 2
    FIELD_SUPERVISOR = 3
    DISTRICT = 4
    PROVINCE = 5
    NATION = 6


POSITION_OF: Mapping[Role, Position] = {
    Role.WATCHER: Position.WATCHER,
    Role.FIELD_SUPERVISOR: Position.FIELD_SUPERVISOR,
    Role.DISTRICT_OFFICER: Position.DISTRICT,
    Role.PROVINCE_OFFICER: Position.PROVINCE,
    Role.NATIONAL_OFFICER: Position.NATION,
}

IN_THE_CHAIN = frozenset({Position.ON_WATCH, Position.NEXT_WATCH, Position.DISTRICT, Position.PROVINCE})
"""Who must be reachable, or a warning ends with nobody."""


class Way(StrEnum):
    """What an address is worth."""

    WORKS = "works"
    """The last message arrived there."""
    UNPROVEN = "unproven"
    """There is one, and nothing has arrived there yet."""
    FAILING = "failing"
    NONE = "none"


class Fared(NamedTuple):
    """How an address has fared: `failure_count` since the last delivery."""

    has_address: bool
    delivered_at: Instant | None = None
    failure_count: int = 0
    last_error: str = ""


def way_of(fared: Fared) -> Way:
    """What an address is worth by how it has fared."""
    if not fared.has_address:
        return Way.NONE
    if fared.failure_count >= FAILURES_IN_A_ROW:
        return Way.FAILING
    return Way.UNPROVEN if fared.delivered_at is None else Way.WORKS


def best(several: Iterable[Fared]) -> Fared:
    """The best of several addresses of a kind; none at all is no address."""
    order = (Way.WORKS, Way.UNPROVEN, Way.FAILING, Way.NONE)
    return min(
        several, key=lambda one: (order.index(way_of(one)), -(one.delivered_at or 0)), default=Fared(has_address=False)
    )


def is_reachable(ways: Iterable[Way]) -> bool:
    """Whether any address is one to rely on, or at least has not been shown to fail."""
    return any(way in (Way.WORKS, Way.UNPROVEN) for way in ways)


class Ringable(NamedTuple):
    """Somebody who could be rung. `positions` are all that they hold."""

    code: str
    name: str
    phone: str
    positions: frozenset[Position]


def call_order(people: Iterable[Ringable]) -> list[Ringable]:
    """Whom to ring: nearest to the goods first, by name among equals; without a phone number nobody is rung."""
    able = [one for one in people if one.phone.strip() and one.positions]
    return sorted(able, key=lambda one: (min(one.positions), one.name, one.code))
