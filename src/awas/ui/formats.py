"""How instants, durations and numbers are written for people: 02.14, 13 Feb 2024 02.14 WIB, 12 mnt lalu, 33.324.

Instants are milliseconds since the Unix epoch (`awas.ledger.area.Instant`); zones are IANA names; languages are "id"
or "en" (anything else reads as English). Nothing here reads a clock, a setting or the active language: the template
tags pass them in.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

NOTHING = "–"
"""What stands where there is no value: a dash is read as "none", an empty cell as a fault."""

# Indonesia's three official zones (Keppres 41/1987). A zone outside them shows its offset.
_ZONE_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
    "UTC": "UTC",
}

_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# (one, many) of each unit, short enough for a table cell.
_UNITS = {
    "id": {"day": ("hari", "hari"), "hour": ("jam", "jam"), "minute": ("mnt", "mnt"), "second": ("dtk", "dtk")},
    "en": {"day": ("day", "days"), "hour": ("hr", "hr"), "minute": ("min", "min"), "second": ("sec", "sec")},
}


@lru_cache(maxsize=64)
def _zone(tz: str) -> ZoneInfo:
    return ZoneInfo(tz)


def language_of(language: str) -> str:
    """The language of ours that is shown for one asked for: Indonesian or, for all others, English."""
    return "id" if language.startswith("id") else "en"


def local(ms: int, tz: str) -> datetime:
    """The instant as a wall-clock time in `tz`."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).astimezone(_zone(tz))


def zone_label(tz: str, ms: int = 0) -> str:
    """WIB, WITA or WIT; elsewhere the offset from UTC at `ms`, such as UTC+3."""
    if label := _ZONE_LABELS.get(tz):
        return label
    offset = local(ms, tz).utcoffset() or timedelta()
    hours, minutes = divmod(int(offset.total_seconds() // 60), 60)
    return f"UTC{hours:+d}" + (f":{minutes:02d}" if minutes else "")


def clock(ms: int | None, tz: str, language: str) -> str:
    """02.14 in Indonesian (EYD writes a full stop between hour and minute), 02:14 in English."""
    if ms is None:
        return NOTHING
    at = local(ms, tz)
    return f"{at.hour:02d}{'.' if language_of(language) == 'id' else ':'}{at.minute:02d}"


def calendar_date(on: date | str | None, language: str) -> str:
    """13 Feb 2024, from a date or its ISO string."""
    if not on:
        return NOTHING
    if isinstance(on, str):
        on = date.fromisoformat(on)
    return f"{on.day} {_MONTHS[language_of(language)][on.month - 1]} {on.year}"


def day(ms: int | None, tz: str, language: str) -> str:
    """Selasa, 13 Feb 2024: the heading over one day of a log."""
    if ms is None:
        return NOTHING
    on = local(ms, tz).date()
    return f"{_DAYS[language_of(language)][on.weekday()]}, {calendar_date(on, language)}"


def moment(ms: int | None, tz: str, language: str) -> str:
    """13 Feb 2024 02.14 WIB: complete, for receipts and evidence."""
    if ms is None:
        return NOTHING
    return f"{calendar_date(local(ms, tz).date(), language)} {clock(ms, tz, language)} {zone_label(tz, ms)}"


def window(from_ms: int | None, until_ms: int | None, tz: str, language: str) -> str:
    """13 Feb 2024 01.34–03.34 WIB; over midnight both dates are written; without an end, the beginning alone."""
    if from_ms is None or until_ms is None:
        return moment(until_ms if from_ms is None else from_ms, tz, language)
    begun = f"{calendar_date(local(from_ms, tz).date(), language)} {clock(from_ms, tz, language)}"
    if local(from_ms, tz).date() != local(until_ms, tz).date():
        return f"{begun} – {moment(until_ms, tz, language)}"
    return f"{begun}–{clock(until_ms, tz, language)} {zone_label(tz, from_ms)}"


def iso(ms: int | None) -> str:
    """2024-02-12T19:14:05Z: for machines (`<time datetime>`)."""
    if ms is None:
        return ""
    return local(ms, "UTC").strftime("%Y-%m-%dT%H:%M:%SZ")


def _unit(count: int, unit: str, language: str) -> str:
    one, many = _UNITS[language_of(language)][unit]
    return f"{count} {one if count == 1 else many}"


def duration(ms: int | None, language: str) -> str:
    """Two units at most: 45 dtk · 12 mnt · 1 jam 12 mnt · 2 hari 3 jam. The sign is dropped."""
    if ms is None:
        return NOTHING
    ms = abs(ms)
    if ms < MINUTE:
        return _unit(ms // SECOND, "second", language)
    steps = (("day", DAY, "hour", HOUR), ("hour", HOUR, "minute", MINUTE))
    for big, big_ms, small, small_ms in steps:
        if ms >= big_ms:
            count, rest = divmod(ms, big_ms)
            left = rest // small_ms
            return _unit(count, big, language) + (f" {_unit(left, small, language)}" if left else "")
    return _unit(ms // MINUTE, "minute", language)


def ago(ms: int | None, now: int, language: str) -> str:
    """12 mnt lalu · baru saja · dalam 5 mnt. One unit only, rounded down: an age is never flattered."""
    if ms is None:
        return NOTHING
    indonesian = language_of(language) == "id"
    distance = now - ms
    if abs(distance) < MINUTE:
        return "baru saja" if indonesian else "just now"
    size = abs(distance)
    unit, unit_ms = ("day", DAY) if size >= 2 * DAY else ("hour", HOUR) if size >= HOUR else ("minute", MINUTE)
    text = _unit(size // unit_ms, unit, language)
    if distance > 0:
        return f"{text} lalu" if indonesian else f"{text} ago"
    return f"dalam {text}" if indonesian else f"in {text}"


def number(n: int | None, language: str) -> str:
    """33.324 in Indonesian, 33,324 in English."""
    if n is None:
        return NOTHING
    grouped = f"{n:,}"
    return grouped.replace(",", ".") if language_of(language) == "id" else grouped


def fingerprint(digest: str | None, groups: int = 2) -> str:
    """The first `groups` groups of four hex digits of a hash, upper case: 7F3A 91C0. For reading aloud, not proof."""
    if not digest:
        return NOTHING
    return " ".join(digest[i : i + 4].upper() for i in range(0, min(len(digest), groups * 4), 4))
