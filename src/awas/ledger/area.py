"""What an area of supervision gives to the record: its events, its state and its way to decide.

The ledger knows no area; it runs whatever is described here. This module is pure: no clock, disk, network, chance or
framework, so that the same `decide` and `fold` serve the web process, a rebuild from the ledger and the simulator.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from msgspec import Struct

Instant = int
"""Milliseconds since 1970-01-01T00:00:00Z."""

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Sealed(Struct, frozen=True, kw_only=True):
    """A personal value that stands in the record only as a salted commitment.

    `ref` names its row in the vault, where it can be erased (UU 27/2022) without breaking a proof;
    `digest` is the lower-case hex SHA-256 of salt followed by the UTF-8 value.
    """

    ref: str
    digest: str


class Stamp(Struct, frozen=True, kw_only=True):
    """Who, where and when of one command or event. `occurred_at` is the device's, `recorded_at` the server's."""

    place: str
    actor: str
    device: str
    occurred_at: Instant
    recorded_at: Instant


class Refused(Exception):  # noqa: N818 - the field's word for a gate that says no
    """A command that contradicts the record. `code` is stable and translated at the edge with `params`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Items(Protocol):
    """Keyed things of an area that can be many. Only what `Area.needs` named is loaded before `decide` runs."""

    def get(self, kind: str, key: str) -> Any: ...  # the item's struct, or None

    def put(self, kind: str, key: str, item: Struct) -> None: ...


class ItemsInMemory(dict[tuple[str, str], Struct]):
    """All items at hand: what the simulator and the tests use."""

    def get(self, kind: str, key: str) -> Any:  # type: ignore[override]
        return super().get((kind, key))

    def put(self, kind: str, key: str, item: Struct) -> None:
        self[kind, key] = item


class Elsewhere(Struct, frozen=True, kw_only=True):
    """An event that belongs to another place of the same log than the command that caused it."""

    place: str
    event: Any


class Follow(NamedTuple):
    """How an area takes another area's event to heart: its own state and its own items after it."""

    fold: Callable[[Any, Stamp, Any], Any]
    fold_items: Callable[[Items, Stamp, Any], None]


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area of supervision.

    `needs(command)` lists the (kind, key) pairs to load; `decide` returns events (or `Elsewhere`) or raises
    `Refused`; `fold` and `fold_items` apply one event and never fail on an event that `decide` returned. `follows` are
    events of areas below that this one takes to heart too, so that nothing is typed twice.
    """

    name: str
    events: tuple[type[Struct], ...]
    commands: tuple[type[Struct], ...]
    state: type[Struct]
    items: Mapping[str, type[Struct]]
    needs: Callable[[Any], Iterable[tuple[str, str]]]
    decide: Callable[[Any, Items, Stamp, Any], Sequence[Any]]
    fold: Callable[[Any, Stamp, Any], Any]
    fold_items: Callable[[Items, Stamp, Any], None]
    follows: Mapping[type[Struct], Follow] = field(default_factory=dict)
