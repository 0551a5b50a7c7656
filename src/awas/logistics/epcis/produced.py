"""How an event of EPCIS is put together from an entry: when, where, what, on which paper. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from msgspec import Struct

from awas.ledger.area import Instant, Sealed, Stamp
from awas.ledger.message import moment
from awas.logistics.epcis import names

Json = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Source(Struct, frozen=True, kw_only=True):
    """An entry on its way out. `zone` is the official time of its place."""

    log: str
    index: int
    stamp: Stamp
    event: Any
    zone: tzinfo


def time_text(at: Instant, zone: tzinfo) -> str:
    """An instant with its place's offset: 2024-02-14T07:00:00.000+07:00."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone).isoformat(timespec="milliseconds")


def event(source: Source, kind: str, part: str = "", **fields: Any) -> Json:
    """An event of an entry. Empty fields are left out; `part` names the second event of the same entry."""
    happened_at = time_text(moment(source.stamp), source.zone)
    made: Json = {
        "type": kind,
        "eventID": names.entry_urn(source.log, source.index, part),
        "eventTime": happened_at,
        "eventTimeZoneOffset": happened_at[-6:],
        "recordTime": time_text(source.stamp.recorded_at, source.zone),
        "readPoint": {"id": names.place_urn(source.stamp.place)},
        "bizLocation": {"id": names.place_urn(source.stamp.place)},
    }
    return made | {name: value for name, value in fields.items() if value not in ("", None, (), [], {})}


def ours(**fields: Any) -> Json:
    """Extension fields; empty ones are left out, and 0 too."""
    return {f"{names.PREFIX}:{name}": value for name, value in fields.items() if value not in ("", None, (), [], 0)}


def quantities(counted: Iterable[tuple[Any, int]]) -> list[Json]:
    """A quantity list of lines, each with its number of units."""
    return [
        {"epcClass": names.item_class(line.item, line.ballot, line.dapil), "quantity": units} for line, units in counted
    ]


def papers(*numbers: tuple[str, str], transfer: str = "") -> list[Json]:
    """A list of papers by (type, number); empty numbers are left out."""
    found = [{"type": "desadv", "bizTransaction": names.key_urn("transfer", transfer)}] if transfer else []
    return found + [{"type": kind, "bizTransaction": names.document_urn(number)} for kind, number in numbers if number]


def party(name: str, place: str) -> list[Json]:
    """A source or destination list of one place; empty for none."""
    return [{"type": "possessing_party", name: names.place_urn(place)}] if place else []


def commitment(sealed: Sealed | None) -> str:
    """What the record shows of a name or a note: its salted hash, in lower-case hex."""
    return "" if sealed is None else sealed.digest


def taken_back(event_made: Json, source: Source, reason: str) -> Json:
    """The same event again, declared wrong by a later entry."""
    declared = {"declarationTime": time_text(source.stamp.recorded_at, source.zone), "reason": reason}
    return event_made | {"errorDeclaration": declared}


Extensions = Mapping[str, Any]
