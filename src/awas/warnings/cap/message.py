"""A CAP 1.2 alert as data: the elements of the standard under Python's names, times as they are written. Pure.

Source: OASIS Common Alerting Protocol Version 1.2 (1 July 2010), section 3.2. What the standard calls `msgType` is
`kind` here. Absent elements are empty.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from msgspec import Struct

from awas.ledger.area import MINUTE, Instant

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURE_NAMESPACE: Final = "http://www.w3.org/2000/09/xmldsig#"
MEDIA_TYPE: Final = "application/cap+xml"

STATUSES: Final = ("Actual", "Exercise", "System", "Test", "Draft")
KINDS: Final = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPES: Final = ("Public", "Restricted", "Private")
CATEGORIES: Final = (
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other",
)  # fmt: skip
RESPONSES: Final = (
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None",
)  # fmt: skip
URGENCIES: Final = ("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITIES: Final = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CERTAINTIES: Final = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")

Named = tuple[str, str]
"""A `valueName` and its `value`."""

Point = tuple[int, int]
"""Latitude and longitude in millionths of a degree."""


class Area(Struct, frozen=True, kw_only=True):
    """Where it holds. Polygons and circles are the standard's own text: "lat,lon lat,lon …" and "lat,lon km"."""

    description: str
    polygons: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    geocodes: tuple[Named, ...] = ()
    altitude: str = ""
    ceiling: str = ""


class Resource(Struct, frozen=True, kw_only=True):
    """A file that belongs to it: a map, a recording. Never fetched here."""

    description: str
    media_type: str
    size: str = ""
    uri: str = ""
    inline: str = ""
    digest: str = ""


class Info(Struct, frozen=True, kw_only=True):
    """What is said in one language, or of one part of the area."""

    categories: tuple[str, ...]
    event: str
    urgency: str
    severity: str
    certainty: str
    language: str = "en-US"
    responses: tuple[str, ...] = ()
    audience: str = ""
    event_codes: tuple[Named, ...] = ()
    effective: str = ""
    onset: str = ""
    expires: str = ""
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[Named, ...] = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[Area, ...] = ()


class Reference(Struct, frozen=True):
    """An earlier message, by what tells it from all others."""

    sender: str
    identifier: str
    sent: str

    def __str__(self) -> str:
        return f"{self.sender},{self.identifier},{self.sent}"


class Alert(Struct, frozen=True, kw_only=True):
    """One message."""

    identifier: str
    sender: str
    sent: str
    status: str
    kind: str
    scope: str
    source: str = ""
    restriction: str = ""
    addresses: str = ""
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: str = ""
    infos: tuple[Info, ...] = ()

    @property
    def reference(self) -> Reference:
        """How a later message names this one."""
        return Reference(self.sender, self.identifier, self.sent)


_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d", re.ASCII)


def instant_of(text: str) -> Instant:
    """The instant of a time of CAP, "2026-05-20T07:55:00+07:00". Raises ValueError for any other spelling.

    The standard asks for a zone, knows no fractions, and forbids "Z".
    """
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    if int(text[20:22]) * 60 + int(text[23:]) > 14 * 60 or int(text[23:]) > 59:  # the furthest zone of xs:dateTime
        raise ValueError(text)
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def time_of(at: Instant, offset_ms: int) -> str:
    """An instant as CAP writes it, on a clock that is `offset_ms` ahead of UTC; parts of a second are dropped."""
    zone = timezone(timedelta(minutes=offset_ms // MINUTE))
    return datetime.fromtimestamp(at // 1000, zone).isoformat()
