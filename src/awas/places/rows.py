"""What one line of an official table says: the region table and the station file. Pure.

A parser takes the values of its columns as text and returns a row, or raises ValueError in words a person can act on.
"""

from typing import NamedTuple

from awas.places.codes import LAST_NUMBER, PARTS, SPECIAL_FROM, is_region, level_of, parent_of

NAME_LENGTH = 80

REGION_COLUMNS = ("kode", "nama")
STATION_COLUMNS = (
    "prov_code",
    "prov",
    "kab_code",
    "kab",
    "kec_code",
    "kec",
    "kel_code",
    "kel",
    "n_regular",
    "special_first",
    "special_last",
    "n_special",
    "n_tps",
)


class RegionRow(NamedTuple):
    """A line of Kemendagri's region table."""

    code: str
    name: str
    level: int
    parent: str | None


class VillageRow(NamedTuple):
    """A line of the station file: a village, the names above it and the numbers of its stations.

    Stations are 1 … `regular`, then `first` … `last` (both 0 where there are none): special places from 901, or,
    overseas, a count that goes on from another post.
    """

    code: str
    names: tuple[str, str, str, str]
    regular: int
    first: int
    last: int

    @property
    def station_count(self) -> int:
        """How many stations the village has."""
        return self.regular + (self.last - self.first + 1 if self.first else 0)

    @property
    def special_count(self) -> int:
        """How many of them are for special places."""
        return max(0, self.last - max(self.first, SPECIAL_FROM) + 1) if self.first else 0


def region_row(code: str, name: str) -> RegionRow:
    """A line `kode,nama`."""
    if not is_region(code):
        raise ValueError(f'"{shown(code)}" is no region code such as 36, 36.02, 36.02.05 or 36.02.05.2001')
    return RegionRow(code, text_of("nama", name), level_of(code), parent_of(code))


def village_row(*fields: str) -> VillageRow:
    """A line of the station file, its values in the order of STATION_COLUMNS."""
    prov_code, prov, kab_code, kab, kec_code, kec, code, kel, *numbers = fields
    if not is_region(code) or len(code) != PARTS[-1]:
        raise ValueError(f'kel_code "{shown(code)}" is no village code such as 36.02.05.2001')
    for column, above, length in zip(STATION_COLUMNS[::2], (prov_code, kab_code, kec_code), PARTS, strict=False):
        if above != code[:length]:
            raise ValueError(f'{column} "{shown(above)}" doesn\'t go with kel_code {code}')
    regular, first, last, special, total = (
        _number(column, text) for column, text in zip(STATION_COLUMNS[8:], numbers, strict=True)
    )
    names = tuple(
        text_of(column, text) for column, text in zip(STATION_COLUMNS[1:8:2], (prov, kab, kec, kel), strict=True)
    )
    row = VillageRow(code, names, regular, first, last)  # type: ignore[arg-type]
    _require_sound(row, special, total)
    return row


def _require_sound(row: VillageRow, special: int, total: int) -> None:
    if bool(row.first) != bool(row.last) or row.first > row.last:
        raise ValueError(f"special stations run from {row.first} to {row.last}")
    if row.first and row.first <= row.regular:
        raise ValueError(f"special station {row.first} is also one of the {row.regular} regular ones")
    if max(row.regular, row.last) > LAST_NUMBER:
        raise ValueError(f"a station's number is at most {LAST_NUMBER}")
    between = row.last - row.first + 1 if row.first else 0
    if special != between:
        raise ValueError(f"n_special is {special}, but special_first and special_last make {between}")
    if total != row.regular + special:
        raise ValueError(f"n_tps is {total}, but n_regular and n_special make {row.regular + special}")


def _number(column: str, text: str) -> int:
    if not text and column.startswith("special_"):
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        raise ValueError(f'{column} "{shown(text)}" is no whole number')
    return int(text)


def text_of(column: str, text: str, most: int = NAME_LENGTH) -> str:
    """A name or another line of text. Raises ValueError in words a person can act on."""
    name = text.strip()
    if not name:
        raise ValueError(f"{column} is empty")
    if len(name) > most:
        raise ValueError(f"{column} is longer than {most} characters")
    if not name.isprintable():
        raise ValueError(f"{column} holds a character that can't be printed")
    return name


def shown(text: str, most: int = 40) -> str:
    """What a file said, fit for a message: not too long, and nothing that a terminal would obey."""
    clean = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[:most])
    return clean + ("…" if len(text) > most else "")
