"""A calendar in the format of RFC 5545: events in UTC, nothing of other people. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from awas.ledger.area import Instant

LONGEST = 75
"""Octets of a content line, its break not counted (section 3.1)."""


class Appointment(Struct, frozen=True, kw_only=True):
    """One event. `uid` is the same whenever the same event is given, `revision` grows with each change of it."""

    uid: str
    from_at: Instant
    until_at: Instant
    summary: str
    location: str = ""
    revision: int = 0


def calendar(name: str, appointments: Iterable[Appointment], now: Instant) -> bytes:
    """The calendar as it is sent, media type text/calendar."""
    return b"".join(_folded(line) for line in _lines(name, appointments, now))


def _lines(name: str, appointments: Iterable[Appointment], now: Instant) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Awas//Roster//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_text(name)}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
    for one in appointments:
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(one.uid)}"
        yield f"DTSTAMP:{_utc(now)}"
        yield f"DTSTART:{_utc(one.from_at)}"
        yield f"DTEND:{_utc(one.until_at)}"
        yield f"SEQUENCE:{one.revision}"
        yield f"SUMMARY:{_text(one.summary)}"
        if one.location:
            yield f"LOCATION:{_text(one.location)}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _utc(at: Instant) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """Escaped as section 3.3.11 asks; other control characters can't stand in a calendar at all."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    escaped = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(one for one in escaped if one.isprintable())


def _folded(line: str) -> bytes:
    """A content line, long ones continued after a space, no character cut in two."""
    rest = line
    pieces: list[bytes] = []
    while rest:
        room, used, length = LONGEST - (1 if pieces else 0), 0, 0
        for one in rest:
            octets = len(one.encode())
            if used + octets > room:
                break
            used, length = used + octets, length + 1
        pieces.append(rest[:length].encode())
        rest = rest[length:]
    return b"\r\n ".join(pieces) + b"\r\n"
