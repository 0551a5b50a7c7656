"""A duty's first and last day as instants, in the official time of its area (Keppres 41/1987: WIB, WITA, WIT)."""

from datetime import date, datetime, time, timedelta, tzinfo

from awas.access.policy import Instant

# Provinces by the first two digits of their Kemendagri code; all others keep WIB.
_WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def zone_of(area: str) -> str:
    """The IANA name of an area's official time; the capital's for the whole country."""
    if area[:2] in _WITA:
        return "Asia/Makassar"
    return "Asia/Jayapura" if area[:2] in _WIT else "Asia/Jakarta"


def begin_of(day: date, zone: tzinfo) -> Instant:
    """The first millisecond of a day."""
    return round(datetime.combine(day, time(), zone).timestamp() * 1000)


def end_of(day: date, zone: tzinfo) -> Instant:
    """The first millisecond after a day: duties hold up to, and not at, their end."""
    return begin_of(day + timedelta(days=1), zone)
