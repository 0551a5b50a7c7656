"""What one event of EPCIS says in the terms of the record: things counted, papers, places, our extension fields. Pure.

Whatever an event says that no command of ours can hold is a `Left`: accepted as a document, not applied, with its
reason. Nothing of an event is applied in part.
"""

import hashlib
from typing import Any

import msgspec
from msgspec import UNSET

from awas.ledger.area import Instant, Refused
from awas.logistics.epcis import names, shape
from awas.logistics.epcis.document import Read, instant
from awas.logistics.epcis.names import Thing
from awas.logistics.epcis.vocabulary import BIZ_STEPS, DISPOSITIONS, PIECES

MOST_UNITS = 100_000_000
LATEST: Instant = 1 << 47
MOST_NAMES = 300
"""Kits and boxes of one event, as of one command."""
MARK_LENGTH = 20
"""Hex digits of an event's mark: two of them and two signs fit into the name part of a key."""

_ANEW = frozenset({"recordTime", "errorDeclaration", "@context"})
"""What may differ when the same event is sent again: who captured it notes the time, who takes it back says so."""


class Left(Exception):  # noqa: N818 - as `Refused`
    """An event that is sound, and for which there is no act here. `why` says it in words, as a refusal's code."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.why = Refused(code, **params)


class Facts:
    """One event, read. Every question raises `Left` where the answer can't be taken over."""

    def __init__(self, read: Read, place: str) -> None:
        self.read = read
        self.event: Any = read.event
        self.step = BIZ_STEPS.word(getattr(read.event, "biz_step", ""))
        self.disposition = DISPOSITIONS.word(getattr(read.event, "disposition", ""))
        self.action: str = getattr(read.event, "action", "")
        self.mark = mark_of(read, place)
        self.asked: set[str] = set()

    @property
    def occurred_at(self) -> Instant:
        """When it happened."""
        at = instant(self.event.event_time)
        if not 0 < at < LATEST:
            raise Left("epcis.time_out_of_range", time=self.event.event_time[:40])
        return at

    @property
    def here(self) -> str:
        """The place of ours at which it was seen; "" where the event names none of ours."""
        for location in (self.event.read_point, self.event.biz_location):
            if location is not UNSET and (place := names.place_named(location.id)):
                return place
        return ""

    def ours(self, name: str, kind: Any = str, default: Any = "") -> Any:
        """An extension field of ours (`awas:station`); raises `Refused` where it is of another type."""
        self.asked.add(name)
        found = names.extension(self.event.more, self.read.prefixes, name)
        if found is None:
            return default
        try:
            return msgspec.convert(found, kind)
        except msgspec.ValidationError:
            raise Refused("epcis.wrong_type", at=f"{self.read.at}.awas:{name}") from None

    def has_used(self, field: str) -> bool:
        """Whether a field is an extension of ours that some act asked for."""
        name = field.rpartition(":")[2]
        return name in self.asked and names.extension({field: True}, self.read.prefixes, name) is not None

    # -- things and quantities -----------------------------------------------------------------------------------

    def units_of(self, quantities: Any) -> dict[Thing, int]:
        """So many single units of each thing; the same thing twice is added up."""
        found: dict[Thing, int] = {}
        for one in quantities or ():
            thing = names.thing_of(one.epc_class)
            if thing is None:
                raise Left("epcis.class_foreign", name=one.epc_class[:120])
            if one.uom not in PIECES:
                raise Left("epcis.not_pieces", name=one.epc_class[:120], uom=one.uom)
            if one.quantity is UNSET:
                raise Left("epcis.no_quantity", name=one.epc_class[:120])
            if one.quantity != int(one.quantity) or not 0 <= one.quantity <= MOST_UNITS:
                raise Left("epcis.not_whole", name=one.epc_class[:120], quantity=str(one.quantity)[:40])
            found[thing] = found.get(thing, 0) + int(one.quantity)
        return found

    def ours_by_thing(self, name: str) -> dict[Thing, int]:
        """An extension field that counts things, written as a quantity list."""
        sent = self.ours(name, tuple[shape.Quantity, ...], ())
        return self.units_of(sent)

    # -- names ---------------------------------------------------------------------------------------------------

    def kits_and_units(self, uris: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(stations of kits, keys of units) among instances; raises `Left` for anything else."""
        if len(uris or ()) > MOST_NAMES:
            raise Refused("length_out_of_range", field=self.read.at, why=f"at most {MOST_NAMES} kits and units")
        stations: list[str] = []
        units: list[str] = []
        for uri in uris or ():
            if station := names.station_of_kit(uri):
                stations.append(station)
            elif key := names.key_named(uri, "unit"):
                units.append(key)
            else:
                raise Left("epcis.name_foreign", name=uri[:120])
        return tuple(stations), tuple(units)

    def seals(self, uris: Any) -> tuple[str, ...]:
        """Numbers of seals."""
        found = tuple(names.seal_number(uri) for uri in uris or ())
        if "" in found:
            raise Left("epcis.name_foreign", name=uris[found.index("")][:120])
        return found

    def none_of(self, uris: Any) -> None:
        """Raises `Left` where instances are named: a count of things can't hold them."""
        if uris:
            raise Left("epcis.name_foreign", name=uris[0][:120])

    # -- papers and places ---------------------------------------------------------------------------------------

    @property
    def document(self) -> str:
        """The number of the first paper that isn't a transfer of ours."""
        papers = (one.biz_transaction for one in self.event.biz_transaction_list)
        return next((names.document_number(one) for one in papers if not names.key_named(one, "transfer")), "")

    @property
    def transfer(self) -> str:
        """The key of the transfer of ours named among the papers; "" for none."""
        papers = (one.biz_transaction for one in self.event.biz_transaction_list)
        return next(filter(None, (names.key_named(one, "transfer") for one in papers)), "")

    @property
    def sender(self) -> str:
        """The place of ours that it comes from."""
        return next(filter(None, (names.place_named(one.source) for one in self.event.source_list)), "")

    @property
    def receiver(self) -> str:
        """The place of ours that it goes to."""
        return next(filter(None, (names.place_named(one.destination) for one in self.event.destination_list)), "")


def unchanging(read: Read) -> dict[str, Any]:
    """What of an event stays the same whenever it is sent, one taken back included."""
    return {name: value for name, value in read.sent.items() if name not in _ANEW}


def mark_of(read: Read, place: str) -> str:
    """What tells an event at a place from any other: of its eventID, else of its content. 20 hex digits.

    Not the event hash that GS1 publishes: by that one a seal 00774 is 774.
    """
    if read.event.event_id:
        said = f"{place} id {read.event.event_id}".encode()
    else:
        said = f"{place} content ".encode() + msgspec.json.encode(unchanging(read), order="deterministic")
    return short_hash(said)


def short_hash(said: bytes) -> str:
    """The first digits of a SHA-256, as names in keys use them."""
    return hashlib.sha256(said).hexdigest()[:MARK_LENGTH]
