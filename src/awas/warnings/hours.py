"""Local hours in Indonesia, for rules that know night from day. Pure; no time-zone table is read.

Three zones without summer time (Keppres 41/1987); the province, the first two digits of a place's code, decides.
"""

from awas.ledger.area import DAY, HOUR, MINUTE, Instant

WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
"""Bali, Nusa Tenggara, South, East and North Kalimantan, Sulawesi: UTC+8."""
WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})
"""Maluku and Papua: UTC+9."""

DAY_MINUTES = 24 * 60


def offset_of(place: str) -> int:
    """How far the clocks at a place are ahead of UTC, in milliseconds."""
    province = place[:2]
    if province in WITA:
        return 8 * HOUR
    return 9 * HOUR if province in WIT else 7 * HOUR


def minute_of_day(place: str, at: Instant) -> int:
    """0 to 1439 on the clock of the place."""
    return (at + offset_of(place)) % DAY // MINUTE


def next_at(place: str, after: Instant, minute: int) -> Instant:
    """The first instant later than `after` at which the clock of the place shows `minute` of the day."""
    offset = offset_of(place)
    midnight = (after + offset) // DAY * DAY - offset
    at = midnight + minute * MINUTE
    return at if at > after else at + DAY


def between(minute: int, start: int, end: int) -> bool:
    """Whether a minute of the day lies in [start, end), which may run over midnight. Equal bounds hold nothing."""
    if start <= end:
        return start <= minute < end
    return minute >= start or minute < end
