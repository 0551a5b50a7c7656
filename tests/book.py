"""A log book in memory: commands go in, events come out, and any book can be rebuilt from its own events."""

from typing import Any

import msgspec

from awas.ledger.area import MINUTE, Area, Elsewhere, Instant, ItemsInMemory, Refused, Sealed, Stamp

PLACE = "36.02-G1"
OTHER = "36.02-G2"
KECAMATAN = "36.02.05-G1"
START = 1_706_400_000_000
"""28 January 2024, 00:00 UTC."""


def sealed(ref: str = "v1") -> Sealed:
    return Sealed(ref=ref, digest="0" * 64)


class Book:
    """One district's log of one area, at any of its places."""

    def __init__(self, area: Area) -> None:
        self.area = area
        self.states: dict[str, Any] = {}
        self.items = ItemsInMemory()
        self.entries: list[tuple[Stamp, Any]] = []
        self.now: Instant = START
        self.unforeseen: set[str] = set()

    def state(self, place: str = PLACE) -> Any:
        return self.states.get(place) or self.area.state()

    def later(self, minutes: int) -> "Book":
        self.now += minutes * MINUTE
        return self

    def do(
        self,
        command: Any,
        *,
        place: str = PLACE,
        actor: str = "siti",
        occurred_at: Instant | None = None,
        device: str = "d1",
    ) -> list[Any]:
        """Decides and folds; returns the events that belong to `place` and, as `Elsewhere`, the others."""
        stamp = Stamp(
            place=place,
            actor=actor,
            device=device,
            occurred_at=self.now if occurred_at is None else occurred_at,
            recorded_at=self.now,
        )
        watched = Watched(self.items, set(self.area.needs(command)))
        events = list(self.area.decide(self.state(place), watched, stamp, command))
        self.unforeseen |= watched.unforeseen
        for event in events:
            if isinstance(event, Elsewhere):
                self.take(msgspec.structs.replace(stamp, place=event.place), event.event)
            else:
                self.take(stamp, event)
        return events

    def take(self, stamp: Stamp, event: Any) -> None:
        """Folds one event, as it comes back from the record."""
        kept = msgspec.json.decode(msgspec.json.encode(event), type=type(event))
        assert kept == event
        self.states[stamp.place] = self.area.fold(self.state(stamp.place), stamp, kept)
        self.area.fold_items(self.items, stamp, kept)
        self.entries.append((stamp, kept))

    def one(self, command: Any, **named: Any) -> Any:
        """The first event of a command."""
        return self.do(command, **named)[0]

    def refused(self, command: Any, **named: Any) -> str:
        """The code with which a command is refused; nothing may have changed by it."""
        before = len(self.entries), dict(self.items), dict(self.states)
        try:
            self.do(command, **named)
        except Refused as refusal:
            assert before == (len(self.entries), dict(self.items), dict(self.states))
            return refusal.code
        raise AssertionError("it was not refused")

    def rebuilt(self) -> "Book":
        """A book folded anew from the entries alone."""
        book = Book(self.area)
        for stamp, event in self.entries:
            book.take(stamp, event)
        return book

    def item(self, kind: str, key: str) -> Any:
        return self.items.get(kind, key)


class Watched:
    """Items that remember what a decision asked for unannounced: such a read costs a statement of its own."""

    def __init__(self, items: ItemsInMemory, wanted: set[tuple[str, str]]) -> None:
        self._items = items
        self._wanted = wanted
        self.unforeseen: set[str] = set()

    def get(self, kind: str, key: str) -> Any:
        if (kind, key) not in self._wanted:
            self.unforeseen.add(kind)
        return self._items.get(kind, key)

    def put(self, kind: str, key: str, item: Any) -> None:
        raise AssertionError("a decision changes nothing")
