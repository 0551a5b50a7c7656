"""Entries of the record as documents of EPCIS, page by page: what leaves can be taken in again, page by page."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from awas.ledger import services as ledger
from awas.ledger.area import Instant
from awas.ledger.naming import district_of, log_of
from awas.ledger.services import Line, Sought
from awas.logistics.epcis.document import MOST_BYTES, MOST_EVENTS
from awas.logistics.epcis.outgoing import KINDS, document, events_of
from awas.logistics.epcis.produced import Json, Source
from awas.places.codes import zone_of

LINES = 1000
"""Entries read at once."""
ROOM = MOST_BYTES - 4_000
"""Bytes of events in one document; the rest is for what stands around them."""

_encode = msgspec.json.Encoder().encode


class Page(Struct, frozen=True, kw_only=True):
    """Some events, and the index of the entry from which the next page begins; None where the log ends."""

    events: list[Json]
    following: int | None


def page(place: str, since: int = 0) -> Page:
    """The events of a place, or of a whole district by its code, from entry `since` on: as many as may come back."""
    origin, found, room = log_of(place), list[Json](), ROOM
    for line in _lines(place, origin, since):
        made = events_of(_source(line), _earlier)
        size = len(_encode(made))
        if found and (len(found) + len(made) > MOST_EVENTS or size > room):
            return Page(events=found, following=line.index)
        found += made
        room -= size
    return Page(events=found, following=None)


def exported(place: str, since: int, now: Instant) -> dict[str, Any]:
    """One page as a document. `awas:next` says where to go on; at the end it is the size the log had."""
    origin = log_of(place)
    size = ledger.size_of(origin)
    taken = page(place, since)
    following = max(size, since) if taken.following is None else taken.following
    return document(taken.events, origin=origin, now=now, zone=ZoneInfo(zone_of(place)), following=following)


def empty_document(place: str, now: Instant) -> dict[str, Any]:
    """A document to which events are yet to come."""
    return document([], origin=log_of(place), now=now, zone=ZoneInfo(zone_of(place)))


def pages(place: str, since: int = 0) -> Iterator[Page]:
    """All pages from entry `since` on."""
    following: int | None = since
    while following is not None:
        taken = page(place, following)
        yield taken
        following = taken.following


def _lines(place: str, origin: str, since: int) -> Iterator[Line]:
    while True:
        if place == district_of(place):
            found = ledger.lines_since(origin, since, LINES)
            chosen = [one for one in found if one.entry.kind in KINDS]
        else:
            chosen = found = ledger.lines_of_kinds(place, origin, KINDS, since=since, limit=LINES)
        yield from chosen
        if len(found) < LINES:
            return
        since = found[-1].index + 1


def _source(line: Line) -> Source:
    stamp = line.entry.stamp
    return Source(log=line.log, index=line.index, stamp=stamp, event=line.event, zone=ZoneInfo(zone_of(stamp.place)))


_COUNTS = (
    "goods.received@", "goods.released@", "correction.count_corrected@", "logistics.tallied@",
    "logistics.print_verified@",
)  # fmt: skip


def _subject(event: Any) -> str:
    """The key of the count that an entry is, or speaks of."""
    names = ("tally_id", "receipt_id", "release_id", "subject")
    return next((getattr(event, name) for name in names if getattr(event, name, "")), "")


def _earlier(source: Source) -> Source | None:
    """The count that a correction takes back: the newest before it of the same key."""
    subject = _subject(source.event)
    if not subject:
        return None
    sought = Sought(kinds=_COUNTS, text=subject, before=source.index)
    for line in ledger.lines_at(source.stamp.place, source.log, sought, limit=20):
        if _subject(line.event) == subject:
            return _source(line)
    return None
