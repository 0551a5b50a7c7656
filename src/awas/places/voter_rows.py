"""What one line of a voter list per station says, in each of the forms that are read. Pure.

A parser takes the values of its columns as text and returns a row, or raises ValueError in words a person can act on.
Unknown is a value of its own: an empty field or -1 is None and never 0.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from awas.places.codes import PARTS, is_region, is_station
from awas.places.rows import shown

UNKNOWN = "-1"


class RollRow(NamedTuple):
    """A station (TPS) of a list. `village` is its Kemendagri code, or the file's own id where a map is needed.

    `votes` is what two counts of that station's ballots agree on, None where they don't or there are none.
    """

    village: str
    number: int
    voters: int | None
    name: str = ""
    regency: str = ""
    men: int | None = None
    women: int | None = None
    votes: int | None = None


class MapRow(NamedTuple):
    """A village of the map from a file's own ids to Kemendagri codes, with what the file's maker says of its sums.

    `code` is empty where none was found. `match` says how: `exact` by all names of its path, `none` not at all,
    `ambiguous` when several villages of that name could be meant, another word by some of its names.
    """

    id: str
    code: str
    match: str
    name: str
    regency: str
    stations: int
    voters: int


class Form(Struct, frozen=True):
    """A form of file: the columns it must have, and whether its villages need a map."""

    name: str
    columns: tuple[str, ...]
    parse: Callable[..., RollRow]
    needs_map: bool = False


def _count(column: str, text: str, digits: int) -> int | None:
    text = text.strip()
    if text in ("", UNKNOWN):
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= digits):
        raise ValueError(f'{column} "{shown(text)}" is no whole number of at most {digits} digits')
    return int(text)


def _number(column: str, text: str) -> int:
    number = _count(column, text, 5)
    if number is None:
        raise ValueError(f"{column} is empty")
    return number


def station_row(station_code: str, voters: str) -> RollRow:
    """A line `station_code,voters` such as `36.02.05.2001-001,287`."""
    code = station_code.strip()
    if not is_station(code):
        raise ValueError(f'station_code "{shown(code)}" is no station such as 36.02.05.2001-001')
    village, _, number = code.partition("-")
    return RollRow(village, int(number), _count("voters", voters, 5), regency=village[: PARTS[1]])


def village_row(village_code: str, number: str, voters: str) -> RollRow:
    """A line `village_code,number,voters` such as `36.02.05.2001,1,287`."""
    village = village_code.strip()
    if not is_region(village) or len(village) != PARTS[-1]:
        raise ValueError(f'village_code "{shown(village)}" is no village such as 36.02.05.2001')
    counted = _count("voters", voters, 5)
    return RollRow(village, _number("number", number), counted, regency=village[: PARTS[1]])


def kawalpemilu_row(*fields: str) -> RollRow:
    """A line of the station file of 2019, its values in the order of KAWALPEMILU.columns."""
    prov, kab, kel_id, kel, tps_no, dpt_l, dpt_p, kpu_jum, kp_jum = fields
    men, women = _count("dpt_l", dpt_l, 5), _count("dpt_p", dpt_p, 5)
    votes = int(kpu_jum) if kpu_jum == kp_jum and kpu_jum.isascii() and kpu_jum.isdecimal() else None
    return RollRow(
        _id(kel_id),
        _number("tps_no", tps_no),
        None if men is None or women is None else men + women,
        kel,
        f"{prov}, {kab}",
        men,
        women,
        votes,
    )


def map_row(*fields: str) -> MapRow:
    """A line of the map, its values in the order of MAP_COLUMNS."""
    kel_id, prov, kab, kel, n_tps, dpt_l, dpt_p, code, match = fields
    if code and (not is_region(code) or len(code) != PARTS[-1]):
        raise ValueError(f'kode_kemendagri "{shown(code)}" is no village such as 36.02.05.2001')
    voters = (_count("dpt_l", dpt_l, 9) or 0) + (_count("dpt_p", dpt_p, 9) or 0)
    stations = _number("n_tps", n_tps)
    return MapRow(_id(kel_id), code, match, shown(kel, 80), f"{prov}, {kab}", stations, voters)


def _id(text: str) -> str:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        raise ValueError(f'kel_id "{shown(text)}" is no whole number')
    return text


MAP_COLUMNS = ("kel_id", "prov", "kab", "kel", "n_tps", "dpt_l", "dpt_p", "kode_kemendagri", "match")
STATION = Form("station_code", ("station_code", "voters"), station_row)
VILLAGE = Form("village_code", ("village_code", "number", "voters"), village_row)
KAWALPEMILU = Form(
    "kawalpemilu-2019",
    ("prov", "kab", "kel_id", "kel", "tps_no", "dpt_l", "dpt_p", "kpu_jum", "kp_jum"),
    kawalpemilu_row,
    needs_map=True,
)
FORMS = (STATION, VILLAGE, KAWALPEMILU)


def form_of(header: Sequence[str]) -> Form:
    """The form whose columns a header has. Without any, the first: its reader then says what is wrong."""
    names = {name.strip() for name in header}
    return next((form for form in FORMS if names.issuperset(form.columns)), STATION)


def spans(numbers: Iterable[int]) -> str:
    """Numbers of stations in short: `1-4, 7`."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
