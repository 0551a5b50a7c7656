"""EPCIS events with everything that doesn't matter filled in, and a book that takes documents in. All is invented."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from awas.ledger.area import Refused
from awas.logistics import events as happened
from awas.logistics.area import AREA
from awas.logistics.epcis.acts import Known
from awas.logistics.epcis.document import read
from awas.logistics.epcis.facts import Left
from awas.logistics.epcis.incoming import Taken, Verdict, map_events, marks_in
from awas.logistics.epcis.outgoing import document, events_of
from awas.logistics.epcis.produced import Source
from awas.logistics.keys import name_of
from tests.book import PLACE, START, Book

CONTEXT = ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"awas": "urn:awas:"}]
WHEN = {"eventTime": "2024-01-28T07:00:00.000+07:00", "eventTimeZoneOffset": "+07:00"}
WIB = ZoneInfo("Asia/Jakarta")
DPR = "urn:awas:item:ballot:dpr"


def sent(kind: str, event_id: str = "", **fields: Any) -> dict[str, Any]:
    """One event; `awas__station` becomes `awas:station`."""
    named = {name.replace("__", ":"): value for name, value in fields.items()}
    return {"type": kind, **WHEN, **({"eventID": event_id} if event_id else {}), **named}


def seen(
    step: str, disposition: str, units: int | Mapping[str, int], event_id: str = "", **more: Any
) -> dict[str, Any]:
    """Things counted."""
    listed = {DPR: units} if isinstance(units, int) else units
    quantities = [{"epcClass": name, "quantity": number} for name, number in listed.items()]
    fields = {"action": "OBSERVE", "bizStep": step, "quantityList": quantities}
    fields |= {"disposition": disposition} if disposition else {}
    return sent("ObjectEvent", event_id, **(fields | more))


def letter(events: Iterable[dict[str, Any]]) -> bytes:
    """A document of events."""
    content = {
        "@context": CONTEXT, "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": WHEN["eventTime"],
        "epcisBody": {"eventList": list(events)},
    }  # fmt: skip
    return json.dumps(content).encode()


class Reader(Book):
    """A book of logistics into which documents are read, as the services do it with the record."""

    def __init__(self) -> None:
        super().__init__(AREA)
        self.names: dict[str, Any] = {}

    def known(self) -> Known:
        tallies = [name_of(key) for kind, key in self.items if kind == "tally" and name_of(key).startswith("e")]
        made = {mark: name for name in tallies for mark in marks_in(name)}
        units = {key: item.station for (kind, key), item in self.items.items() if kind == "unit"}
        return Known(made=made, recorded=set(self.names), units=units)

    def mapped(self, *events: dict[str, Any], place: str = PLACE) -> list[Verdict]:
        """What would become of events."""
        return map_events(read(letter(events)), place, self.known())

    def takes(self, *events: dict[str, Any], place: str = PLACE, actor: str = "budi") -> list[str]:
        """Takes events in; for each "applied", "again", or the code with which it was kept or refused."""
        told, done = [], set()
        for verdict in self.mapped(*events, place=place):
            if isinstance(verdict, Left):
                told.append(verdict.why.code)
            elif isinstance(verdict, Refused):
                told.append(verdict.code)
            else:
                told.append(self._act(verdict, place, actor, done))
        return told

    def _act(self, taken: Taken, place: str, actor: str, done: set[int]) -> str:
        told = "again"
        for act in taken.acts:
            if act.name in self.names and id(act) not in done:
                continue
            if id(act) not in done:
                done.add(id(act))
                try:
                    self.do(act.command, place=place, actor=actor, occurred_at=min(taken.occurred_at, self.now))
                except Refused as refused:
                    return refused.code
                self.names[act.name] = act.command
            told = "applied"
        return told

    def only(self, event: dict[str, Any]) -> Any:
        """The one command that an event is."""
        (verdict,) = self.mapped(event)
        assert isinstance(verdict, Taken), verdict
        (act,) = verdict.acts
        return act.command


def sources(book: Book) -> list[Source]:
    """The entries of a book on their way out."""
    return [
        Source(log="awas/36.02", index=index, stamp=stamp, event=event, zone=WIB)
        for index, (stamp, event) in enumerate(book.entries)
    ]


def produced(book: Book) -> list[dict[str, Any]]:
    """The events of a whole book."""
    rows = sources(book)

    def earlier(source: Source) -> Source | None:
        key = getattr(source.event, "tally_id", "")
        counts = (one for one in rows if isinstance(one.event, happened.Tallied | happened.PrintVerified))
        return next((one for one in counts if one.event.tally_id == key), None)

    return [event for row in rows for event in events_of(row, earlier)]


def as_document(book: Book) -> bytes:
    """A book as a document."""
    return json.dumps(document(produced(book), origin="awas/36.02", now=START, zone=WIB, following=0)).encode()


def stock(book: Book) -> dict[str, int]:
    """Units by place, shelf and thing, empty shelves left out."""
    return {key: item.units for (kind, key), item in book.items.items() if kind == "stock" and item.units}


def balances(book: Book) -> dict[str, tuple[int, ...]]:
    """taken, passed, damaged, short, over of every balance that isn't empty."""
    found = {
        key: (item.taken, item.passed, item.damaged, item.short, item.over)
        for (kind, key), item in book.items.items()
        if kind == "balance"
    }
    return {key: sums for key, sums in found.items() if any(sums)}
