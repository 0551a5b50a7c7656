"""A duty's first and last day as instants, in the official time of its area (Keppres 41/1987: WIB, WITA, WIT)."""

from datetime import date, datetime, time, timedelta, tzinfo

from awas.access.policy import Instant


def begin_of(day: date, zone: tzinfo) -> Instant:
    """The first millisecond of a day."""
    return round(datetime.combine(day, time(), zone).timestamp() * 1000)


def end_of(day: date, zone: tzinfo) -> Instant:
    """The first millisecond after a day: duties hold up to, and not at, their end."""
    return begin_of(day + timedelta(days=1), zone)
