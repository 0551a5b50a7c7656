"""Codes of places: regions after Kemendagri, polling stations, sites. Pure.

    36                province            36.02-G1          a site of a district: main warehouse
    36.02             district            36.02.05-G1       a site of a kecamatan
    36.02.05          kecamatan           36.02.05.2001-001 a polling station (TPS)
    36.02.05.2001     village             99…               overseas (KPU's own numbering)

Every part has a fixed width, which is what lets a subtree be one closed range (`subtree`).
"""

import re

OVERSEAS = "99"
"""KPU's province number for stations overseas; Kemendagri has no such province."""

PARTS = (2, 5, 8, 13)
"""Length of a region code by level: province, district, kecamatan, village."""

SPECIAL_FROM = 901
"""Stations of special places (TPS lokasi khusus) are counted from here."""
LAST_NUMBER = 999
"""A station's number has three digits."""

_REGION = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?", re.ASCII)
_SITE = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2})?)?-[A-Z]\d{1,3}", re.ASCII)
_STATION = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}-\d{3}", re.ASCII)
_LAST = "99.99.99.9999-999"

# Provinces by the first two digits of their Kemendagri code; all others keep WIB.
_WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def is_region(code: str) -> bool:
    """Whether `code` has the form of a region code of any level."""
    return _REGION.fullmatch(code) is not None


def is_site(code: str) -> bool:
    """Whether `code` has the form of a site code such as 36.02-G1."""
    return _SITE.fullmatch(code) is not None


def is_station(code: str) -> bool:
    """Whether `code` has the form of a station code such as 36.02.05.2001-001."""
    return _STATION.fullmatch(code) is not None


def level_of(region: str) -> int:
    """1 province, 2 district, 3 kecamatan, 4 village. Raises ValueError for what is no region code."""
    if not is_region(region):
        raise ValueError(f"{region!r} is no region code")
    return PARTS.index(len(region)) + 1


def parent_of(region: str) -> str | None:
    """The region one level up; None for a province."""
    return region.rpartition(".")[0] or None


def width_below(region: str) -> int:
    """Length of the codes one level down: 5 for a province, 8 for a district. Raises ValueError for a village."""
    level = level_of(region)
    if level == len(PARTS):
        raise ValueError(f"{region!r} is a village: below it are stations")
    return PARTS[level]


def region_of(place: str) -> str:
    """The region in which a place lies: a site's or a station's, or the region itself."""
    region = place.partition("-")[0]
    if not (is_region(place) or is_site(place) or is_station(place)):
        raise ValueError(f"{place!r} is no code of a place")
    return region


def district_of(place: str) -> str:
    """`36.02` of any place in it. Raises ValueError for a province, which lies in no district, and for no code."""
    region = region_of(place)
    if len(region) < PARTS[1]:
        raise ValueError(f"{place!r} lies in no district")
    return region[: PARTS[1]]


def log_origin(place: str) -> str:
    """The name of the ledger's log that holds what happens there: one per district, such as `awas/36.02`."""
    return f"awas/{district_of(place)}"


def station_code(village: str, number: int) -> str:
    """The code of station (TPS) `number`, 1 to 999, of a village."""
    if level_of(village) != len(PARTS) or not 1 <= number <= LAST_NUMBER:
        raise ValueError(f"no station {number} in {village!r}")
    return f"{village}-{number:03d}"


def subtree(region: str) -> tuple[str, str]:
    """First and last code, both included, of a region with all regions and stations below it.

    Since all widths are fixed, only digits are ever compared with digits and dots with dots. The range therefore holds
    the same codes whatever a database's collation makes of dots and hyphens, and a plain index serves it.
    """
    level_of(region)
    return region, region + _LAST[len(region) :]


def zone_of(area: str) -> str:
    """The IANA name of an area's official time (Keppres 41/1987); the capital's for the whole country."""
    if area[:2] in _WITA:
        return "Asia/Makassar"
    return "Asia/Jayapura" if area[:2] in _WIT else "Asia/Jakarta"
