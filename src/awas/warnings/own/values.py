"""How single values of an own rule are written: lengths of time, hours, numbers, yes and no, names in braces. Pure."""

import re
import string

from awas.ledger.area import DAY, HOUR, MINUTE, Instant

_DURATION = re.compile(r"\A(\d{1,5})\s?([mhd])\Z", re.ASCII)
_UNITS = {"m": MINUTE, "h": HOUR, "d": DAY}
_CLOCK = re.compile(r"\A(\d{1,2})[.:](\d{2})\Z", re.ASCII)
_WHOLE = re.compile(r"\A-?\d{1,12}\Z", re.ASCII)
_YES = {"true": True, "yes": True, "ya": True, "false": False, "no": False, "tidak": False}


def duration(text: str) -> Instant | None:
    """Milliseconds of "10m", "2h" or "1d"."""
    found = _DURATION.match(text)
    return None if found is None else int(found[1]) * _UNITS[found[2]]


def spelled(length: Instant) -> str:
    """The other way round, in the largest unit that fits."""
    unit = next(name for name in "dhm" if length % _UNITS[name] == 0)
    return f"{length // _UNITS[unit]}{unit}"


def clock(text: str) -> int | None:
    """The minute of the day of "22.00" or "22:00"."""
    found = _CLOCK.match(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return int(found[1]) * 60 + int(found[2])


def whole(text: str) -> int | None:
    """A whole number."""
    return int(text) if _WHOLE.match(text) else None


def yes_no(text: str) -> bool | None:
    """Yes or no, in either language."""
    return _YES.get(text.lower())


def names_in(message: str) -> list[str] | None:
    """The names in braces, or None where the braces hold anything but a plain name: no attributes, no formats."""
    found = []
    try:
        for _text, name, form, conversion in string.Formatter().parse(message):
            if name is None:
                continue
            if not name.isidentifier() or form or conversion:
                return None
            found.append(name)
    except ValueError:
        return None
    return found
