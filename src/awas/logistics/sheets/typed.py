"""Values as offices type them: 1250, 1.250 or 1,250; TPS 1; 13/02/2024; a code or its word in either language. Pure.

Each function takes a cell and returns the value, or raises `Mistyped`. What can be read two ways is refused: 1.5 could
be one and a half or a slip of fifteen hundred.
"""

import datetime
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from awas.ledger.area import Instant
from awas.ledger.message import ONE_LINE
from awas.logistics.sheets.faults import Mistyped
from awas.logistics.sheets.ground import Ground, bare, folded
from awas.logistics.sheets.opening import Broken, Cell
from awas.places.codes import LAST_NUMBER, is_region, is_station
from awas.places.rows import shown
from awas.warnings.rule import Words as Both

MOST_UNITS = 100_000_000
OLDEST_DAYS = 1_000
"""A count older than this is a slip in the year."""

NOTHING = frozenset({"", "-", "–", "—"})
"""How an empty cell is written."""
_PLAIN = re.compile(r"\d{1,12}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., \u00a0\u202f])\d{3})(?:\1\d{3})*")
_DATES = (
    re.compile(r"(?P<d>\d{1,2})[/.\- ](?P<m>\d{1,2})[/.\- ](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ]00:00(?::00)?)?"),
)
_NUMBER = re.compile(r"(?:tps\s*\.?\s*(?:no(?:mor)?\.?\s*)?)?0*(\d{1,3})", re.IGNORECASE)
_ALLOWED = {
    "text": re.compile(ONE_LINE),
    "dapil": re.compile(r"[A-Za-z0-9.\-]*"),
    "label": re.compile(r"[0-9A-Za-z_.:\-]+"),
    "code": re.compile(r"[A-Za-z0-9_.:\-]*"),
}
MOST_SEALS, MOST_SEAL = 60, 48


def plain(cell: Cell) -> str:
    """A cell as text, without the apostrophe by which exports keep a text from being a formula."""
    if cell is None:
        return ""
    if isinstance(cell, Broken):
        raise Mistyped("sheet.formula_fails" if cell.what == "error" else "sheet.formula_not_calculated")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ")
    text = str(cell).strip().strip("\u00a0")
    return text[1:] if text[:1] == "'" else text


def is_nothing(cell: Cell) -> bool:
    """Whether a cell says nothing: empty or a dash."""
    return not isinstance(cell, Broken) and plain(cell) in NOTHING


def count(cell: Cell) -> int:
    """A whole number of units from 0 to 100,000,000."""
    if isinstance(cell, bool | datetime.date):
        raise Mistyped("sheet.not_number", typed=shown(str(cell)))
    if isinstance(cell, int | float):
        if not abs(cell) <= 1e15:  # infinite, or no number at all
            raise Mistyped("sheet.number_out_of_range", typed=shown(str(cell)), most=MOST_UNITS)
        if cell != int(cell):
            raise Mistyped("sheet.not_whole", typed=shown(str(cell)))
        found = int(cell)
    else:
        found = _written(plain(cell))
    if not 0 <= found <= MOST_UNITS:
        raise Mistyped("sheet.number_out_of_range", typed=str(found), most=MOST_UNITS)
    return found


def _written(text: str) -> int:
    if text.isascii() and _PLAIN.fullmatch(text):
        return int(text)
    if (text.isascii() or "\u00a0" in text or "\u202f" in text) and _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    if re.fullmatch(r"-\d{1,12}", text, re.ASCII):
        raise Mistyped("sheet.number_out_of_range", typed=text, most=MOST_UNITS)
    figures = re.fullmatch(r"\d[\d.,]*", text, re.ASCII)
    raise Mistyped("sheet.not_whole" if figures else "sheet.not_number", typed=shown(text))


def day(cell: Cell) -> datetime.date:
    """A date: a cell that is one, 13/02/2024 (day first, as Indonesia writes) or 2024-02-13."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = plain(cell)
    for form in _DATES:
        if text.isascii() and (match := form.fullmatch(text)):
            try:
                return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                break
    raise Mistyped("sheet.not_date", typed=shown(text))


def noon(on: datetime.date, zone: str) -> Instant:
    """Noon of a day: a count of which nobody wrote the hour."""
    return round(datetime.datetime.combine(on, datetime.time(12), ZoneInfo(zone)).timestamp() * 1000)


def past_day(cell: Cell, ground: Ground) -> datetime.date:
    """A day that has come, and not too long ago."""
    found = day(cell)
    today = datetime.datetime.fromtimestamp(ground.now / 1000, ZoneInfo(ground.zone)).date()
    if found > today:
        raise Mistyped("sheet.date_ahead", typed=found.strftime("%d/%m/%Y"))
    if (today - found).days > OLDEST_DAYS:
        raise Mistyped("sheet.date_too_old", typed=f"{found.day:02d}/{found.month:02d}/{found.year}")
    return found


def deadline(cell: Cell, ground: Ground) -> Instant:
    """The last moment of a day, within a few years of now."""
    on = day(cell)
    at = noon(on, ground.zone) if 1971 <= on.year <= 2199 else -1
    if not abs(at - ground.now) <= OLDEST_DAYS * 86_400_000:
        raise Mistyped("sheet.not_date", typed=shown(plain(cell)))
    return at + 12 * 3_600_000


def text_of(cell: Cell, most: int, form: str = "text") -> str:
    """A short text of the characters its field allows; a line break in a cell becomes a space."""
    text = " ".join(plain(cell).splitlines())
    if len(text) > most:
        raise Mistyped("sheet.text_too_long", most=most)
    if not _ALLOWED[form].fullmatch(text):
        raise Mistyped("sheet.text_not_allowed", typed=shown(text))
    return text


def seals(cell: Cell) -> tuple[str, ...]:
    """Several seal numbers, in capitals, none twice."""
    numbers = tuple(dict.fromkeys(re.sub(r"[,;]", " ", plain(cell)).upper().split()))
    for number in numbers:
        if len(number) > MOST_SEAL or not _ALLOWED["code"].fullmatch(number):
            raise Mistyped("sheet.text_not_allowed", typed=shown(number))
    if len(numbers) > MOST_SEALS:
        raise Mistyped("sheet.text_too_long", most=MOST_SEALS * MOST_SEAL)
    return numbers


def lookup(choices: Mapping[str, Both]) -> Mapping[str, str]:
    """By everything that a code may be called: itself, its words, and for ballots `surat suara …` before them."""
    found: dict[str, str] = {}
    for chosen, word in choices.items():
        kind, _, ballot = chosen.partition(":")
        names = (chosen, ballot or kind, folded(word.id), folded(word.en))
        for name in names if not ballot else (*names, *(f"{what} {one}" for what in BALLOT for one in names)):
            found.setdefault(name, chosen)
    return found


BALLOT = ("surat suara", "ballot", "ballots")


def code(cell: Cell, known: Mapping[str, str], choices: Mapping[str, Both]) -> str:
    """A code by itself or by its word in either language; `known` is the `lookup` of `choices`."""
    text = plain(cell)
    found = known.get(folded(text))
    if found is None:
        words = choices.values()
        said = Both(", ".join(word.id for word in words), ", ".join(word.en for word in words))
        raise Mistyped("sheet.code_unknown", typed=shown(text), choices=said)
    return found


# -- places --------------------------------------------------------------------------------------------------------


def _digits(text: str) -> str:
    return re.sub(r"[.\-\s/]", "", text) if text.isascii() else ""


def region(cell: Cell, ground: Ground, length: int, within: str = "") -> str:
    """A region of the district by code, with or without dots, or by name: `length` 8 a kecamatan, 13 a village."""
    text = plain(cell)
    digits = _digits(text)
    if digits.isdecimal() and len(digits) in {6, 10}:
        parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
        found = ".".join(part for part in parts if part)
        if len(found) == length and is_region(found) and (not ground.regions or found in ground.regions):
            return found
        raise Mistyped("sheet.region_unknown", typed=shown(text))
    named = ground.regions_by_name.get(bare(text), ())
    codes = [one for one in named if len(one) == length and (not within or one.startswith(within + "."))]
    if len(codes) > 1:
        raise Mistyped("sheet.region_ambiguous", typed=shown(text), codes=", ".join(codes[:5]))
    if not codes:
        raise Mistyped("sheet.region_unknown", typed=shown(text))
    return codes[0]


def station(cell: Cell, ground: Ground, village: str = "") -> str:
    """A station by its code, with or without dots, or by its number in a village."""
    text = plain(cell)
    digits = _digits(text)
    if digits.isdecimal() and len(digits) == 13:
        found = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:10]}-{digits[10:]}"
    elif village and text.isascii() and (match := _NUMBER.fullmatch(text)) and 1 <= int(match[1]) <= LAST_NUMBER:
        found = f"{village}-{int(match[1]):03d}"
    else:
        raise Mistyped("sheet.not_station", typed=shown(text))
    if not is_station(found):
        raise Mistyped("sheet.not_station", typed=shown(text))
    if ground.stations and found not in ground.stations:
        raise Mistyped("sheet.station_unknown", station=found)
    return found


def destination(cell: Cell, ground: Ground) -> str:
    """Where a transfer goes: a kecamatan, a village, a station or a warehouse, by code or name."""
    text = plain(cell)
    for known, name in ground.sites.items():
        if folded(text) in {known.casefold(), folded(name)}:
            return known
    for length in (8, 13):
        try:
            return region(text, ground, length)
        except Mistyped as mistyped:
            if mistyped.code == "sheet.region_ambiguous":
                raise
    try:
        return station(text, ground)
    except Mistyped:
        raise Mistyped("sheet.place_unknown", typed=shown(text)) from None
