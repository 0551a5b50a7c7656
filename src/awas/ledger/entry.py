"""The envelope of an entry: what stands beside an event in the record, and back again.

`data` is the event without its tag; the tag stands as `kind`. The canonical bytes of this object are the leaf.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from awas.ledger import canonical
from awas.ledger.area import Area, Follow, Instant, Stamp

VERSION = 1


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decoded envelope; see docs/ledger-format.md for each field."""

    v: int
    log: str
    place: str
    kind: str
    actor: str
    device: str
    seq: int
    part: int
    occurred_at: Instant
    recorded_at: Instant
    data: dict[str, Any]

    @property
    def stamp(self) -> Stamp:
        return Stamp(
            place=self.place,
            actor=self.actor,
            device=self.device,
            occurred_at=self.occurred_at,
            recorded_at=self.recorded_at,
        )


def kind_of(event_type: type[Struct]) -> str:
    """The stable versioned name under which an event type stands in the record."""
    return str(event_type.__struct_config__.tag)


def encode(log: str, stamp: Stamp, seq: int, part: int, event: Struct) -> bytes:
    """The canonical bytes of one entry. Raises `canonical.NotCanonical` for what the profile can't hold."""
    data = msgspec.to_builtins(event)
    kind = data.pop("kind")
    return canonical.encode(
        {
            "actor": stamp.actor,
            "data": data,
            "device": stamp.device,
            "kind": kind,
            "log": log,
            "occurred_at": stamp.occurred_at,
            "part": part,
            "place": stamp.place,
            "recorded_at": stamp.recorded_at,
            "seq": seq,
            "v": VERSION,
        }
    )


_decoder = msgspec.json.Decoder(Entry)


def decode(body: bytes) -> Entry:
    """The envelope in `body`. Raises `msgspec.ValidationError` if it isn't one."""
    return _decoder.decode(body)


class Vocabulary:
    """All event types of the wired areas by their kind."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.areas: Mapping[str, Area] = {area.name: area for area in areas}
        self._types: dict[str, tuple[Area, type[Struct]]] = {}
        for area in self.areas.values():
            for event_type in area.events:
                kind = kind_of(event_type)
                if kind in self._types:
                    raise ValueError(f"two event types are called {kind}")
                self._types[kind] = (area, event_type)
        self.area_of_event = {event_type: area for area, event_type in self._types.values()}
        self.followers: dict[type[Struct], list[tuple[Area, Follow]]] = {}
        for area in self.areas.values():
            for event_type, follow in area.follows.items():
                self.followers.setdefault(event_type, []).append((area, follow))
        self.area_of_command = {command: area for area in self.areas.values() for command in area.commands}

    def area_of(self, kind: str) -> Area:
        return self._types[kind][0]

    def event(self, entry: Entry) -> Any:
        """The typed event in an entry. Raises KeyError for a kind that no wired area knows."""
        _, event_type = self._types[entry.kind]
        return msgspec.convert({"kind": entry.kind, **entry.data}, event_type)
