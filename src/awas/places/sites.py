"""Warehouses and offices of a region from a table: the whole file or nothing; a site is never deleted.

A line may leave its code to the register (G1, G2 … for warehouses, K1, K2 … for offices); until the office has written
that code into its file, the line is known again by its name. An empty address or position leaves what the register has.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, transaction
from msgspec import Struct

from awas.places.codes import PARTS, is_region, is_site, level_of
from awas.places.importing import CUT_SHORT, Change, Named, Progress, silent
from awas.places.models import Region, Site
from awas.places.rows import shown, text_of
from awas.places.services import new_site
from awas.places.table import BadLines, Table

COLUMNS = ("code", "region", "kind", "name", "address", "latitude", "longitude")

KINDS: Mapping[str, Site.Kind] = {
    "kpu warehouse": Site.Kind.KPU_WAREHOUSE,
    "warehouse": Site.Kind.KPU_WAREHOUSE,
    "gudang kpu": Site.Kind.KPU_WAREHOUSE,
    "gudang": Site.Kind.KPU_WAREHOUSE,
    "subdistrict warehouse": Site.Kind.KECAMATAN_WAREHOUSE,
    "kecamatan warehouse": Site.Kind.KECAMATAN_WAREHOUSE,
    "gudang kecamatan": Site.Kind.KECAMATAN_WAREHOUSE,
    "gudang ppk": Site.Kind.KECAMATAN_WAREHOUSE,
    "constituency warehouse": Site.Kind.DAPIL_WAREHOUSE,
    "dapil warehouse": Site.Kind.DAPIL_WAREHOUSE,
    "gudang dapil": Site.Kind.DAPIL_WAREHOUSE,
    "office": Site.Kind.OFFICE,
    "kantor": Site.Kind.OFFICE,
}
"""Words for a kind in both languages; `_` counts as a space, so the register's own codes are words too."""

SOUTH, NORTH = Decimal("-11.1"), Decimal("6.1")
WEST, EAST = Decimal(95), Decimal("141.1")
"""The box in which Indonesia lies, in degrees."""

_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,12})?", re.ASCII)


class SiteRow(NamedTuple):
    """A line of the table. `code` is empty where the register shall give it; positions are millionths of a degree."""

    code: str
    region: str
    kind: Site.Kind
    name: str
    address: str
    latitude_e6: int | None
    longitude_e6: int | None


class SitesReport(Struct, frozen=True):
    """An import of sites. `kinds` counts them; `given` are those whose code the register gave now."""

    file: str
    rows: int
    kinds: dict[str, int]
    given: tuple[Named, ...]
    register: Change
    remarks: tuple[str, ...]


def letter_of(kind: str) -> str:
    """With which letter the register numbers a kind: gudang, kantor."""
    return "K" if kind == Site.Kind.OFFICE else "G"


def seat_of(region: str) -> str:
    """The region that a site's code begins with: a village's site is numbered in its kecamatan."""
    return region[: PARTS[2]]


def site_row(code: str, region: str, kind: str, name: str, address: str, latitude: str, longitude: str) -> SiteRow:
    """A line in the order of COLUMNS. Raises ValueError in words a person can act on."""
    if not is_region(region):
        raise ValueError(f'region "{shown(region)}" is no region code such as 36.02, 36.02.05 or 36.02.05.2001')
    if level_of(region) == Region.Level.PROVINCE:
        raise ValueError(f"region {region} is a province; a site lies in a district, a kecamatan or a village")
    known = KINDS.get(" ".join(kind.replace("_", " ").casefold().split()))
    if known is None:
        raise ValueError(f'kind "{shown(kind)}" is none of {", ".join(KINDS)}')
    if known == Site.Kind.KECAMATAN_WAREHOUSE and level_of(region) < Region.Level.KECAMATAN:
        raise ValueError(f"region {region} is a district; a subdistrict's warehouse lies in a kecamatan or a village")
    if code:
        _require_fitting(code, region, known)
    if bool(latitude) != bool(longitude):
        raise ValueError("latitude and longitude go together: fill in both or neither")
    return SiteRow(
        code=code,
        region=region,
        kind=known,
        name=text_of("name", name, 120),
        address=text_of("address", address, 200) if address.strip() else "",
        latitude_e6=_millionths("latitude", latitude, SOUTH, NORTH),
        longitude_e6=_millionths("longitude", longitude, WEST, EAST),
    )


def _require_fitting(code: str, region: str, kind: Site.Kind) -> None:
    if not is_site(code):
        raise ValueError(f'code "{shown(code)}" is no site code such as 36.02-G1 or 36.02.05-G1')
    seat, _, number = code.partition("-")
    if seat != seat_of(region):
        raise ValueError(f"code {code} doesn't go with region {region}: it must begin with {seat_of(region)}-")
    if number[1] == "0":
        raise ValueError(f"code {code} has a number that begins with 0; the register counts G1, G2 …")
    if number[0] != letter_of(kind) and number[0] in "GK":
        raise ValueError(f"code {code} isn't one of its kind: G is for warehouses, K for offices")


def _millionths(column: str, text: str, least: Decimal, most: Decimal) -> int | None:
    if not text:
        return None
    if not _DEGREES.fullmatch(text):
        raise ValueError(f'{column} "{shown(text)}" must be degrees with a point, such as -6.357231 or 106.249518')
    if not least <= (degrees := Decimal(text)) <= most:
        raise ValueError(f"{column} {text} lies outside Indonesia ({least} to {most})")
    return round(degrees * 1_000_000)


def import_sites(path: Path, progress: Progress = silent, using: str = DEFAULT_DB_ALIAS) -> SitesReport:
    """Takes in a table of sites. Raises DamagedFile, OSError.

    Of a site that is there already kind, name, address and position follow the file.
    """
    table = Table(path, COLUMNS, site_row)
    there = {site.code: site for site in Site.objects.using(using)}
    rows, given = _read(table, there, using, progress)
    with progress("writing", 1) as advance, transaction.atomic(using=using):
        register = _write(rows, there, path.name, using)
        advance(1)
    return SitesReport(
        file=path.name,
        rows=len(rows),
        kinds=dict(sorted(Counter(row.kind.value for row in rows.values()).items())),
        given=tuple(Named(code, rows[code].name) for code in given),
        register=register,
        remarks=() if table.ends_in_a_line else (CUT_SHORT,),
    )


def _read(
    table: Table[SiteRow], there: Mapping[str, Site], using: str, progress: Progress
) -> tuple[dict[str, SiteRow], list[str]]:
    """The rows by code, and the codes that were given now."""
    regions = set(Region.objects.using(using).values_list("code", flat=True))
    rows: dict[str, SiteRow] = {}
    lines: dict[str, int] = {}
    uncoded: list[tuple[int, SiteRow]] = []
    with progress("reading", table.path.stat().st_size) as advance:
        for number, row in table.rows(advance):
            if row.region not in regions:
                table.bad.add(number, f"{row.region} is not in the register of regions")
            elif row.code in lines:
                table.bad.add(number, f"{row.code} stands on line {lines[row.code]} already")
            elif row.code:
                lines[row.code], rows[row.code] = number, row
            else:
                uncoded.append((number, row))
    given = _give_codes(uncoded, there, rows, lines, table.bad)
    table.bad.require_none(table.path.name)
    return rows, given


def _give_codes(
    uncoded: Iterable[tuple[int, SiteRow]],
    there: Mapping[str, Site],
    rows: dict[str, SiteRow],
    lines: dict[str, int],
    bad: BadLines,
) -> list[str]:
    """Adds the rows without a code under the one they are known by, or the next; returns those that are new."""
    given = []
    coded = _codes_by_name(there.values(), rows)
    used = {*there, *rows}
    for number, row in uncoded:
        known = coded.setdefault(_known_by(row.region, row.kind, row.name), [])
        if len(known) > 1:
            bad.add(number, f"{', '.join(known)} are all called {row.name}: say in column code which one it is")
            continue
        if not known:
            known.append(_next_code(row, used))
            used.add(known[0])
            given.append(known[0])
        if (code := known[0]) in lines:
            bad.add(number, f"{row.name} ({code}) stands on line {lines[code]} already")
        elif not is_site(code):
            bad.add(number, f"{seat_of(row.region)} has no number left for a site")
        else:
            lines[code], rows[code] = number, row
    return given


Known = tuple[str, str, str]
"""(region in which it is numbered, letter, name in small letters): how a line without a code is recognised."""


def _known_by(region: str, kind: str, name: str) -> Known:
    return seat_of(region), letter_of(kind), name.casefold()


def _codes_by_name(there: Iterable[Site], rows: Mapping[str, SiteRow]) -> dict[Known, list[str]]:
    """The codes of sites as they are called now; what the file calls otherwise goes by the file's name."""
    called = {site.code: _known_by(site.region_id, site.kind, site.name) for site in there}
    called |= {code: _known_by(row.region, row.kind, row.name) for code, row in rows.items()}
    found: dict[Known, list[str]] = {}
    for code, known in sorted(called.items()):
        found.setdefault(known, []).append(code)
    return found


def _next_code(row: SiteRow, used: Iterable[str]) -> str:
    """The number after the last of the region and letter: a gap may be a number that stands on paper somewhere."""
    before = f"{seat_of(row.region)}-{letter_of(row.kind)}"
    last = max((int(code.removeprefix(before)) for code in used if code.startswith(before)), default=0)
    return f"{before}{last + 1}"


def _write(rows: Mapping[str, SiteRow], there: Mapping[str, Site], source: str, using: str) -> Change:
    new = [
        new_site(
            code,
            region=row.region,
            kind=row.kind,
            name=row.name,
            address=row.address,
            position=(row.latitude_e6, row.longitude_e6),
            source=source,
        )
        for code, row in rows.items()
        if code not in there
    ]
    changed = [there[code] for code, row in rows.items() if code in there and _follow(there[code], row, source)]
    sites = Site.objects.using(using)
    sites.bulk_create(new, batch_size=500)
    fields = ["region", "kind", "name", "address", "latitude_e6", "longitude_e6", "note_source"]
    sites.bulk_update(changed, fields, batch_size=500)
    return Change(new=len(new), changed=len(changed), same=len(rows) - len(new) - len(changed))


def _follow(site: Site, row: SiteRow, source: str) -> bool:
    """Gives a site what its line says; whether that was anything new."""
    said: dict[str, str | int | None] = {
        "region_id": row.region,
        "kind": row.kind.value,
        "name": row.name,
        "address": row.address or site.address,
    }
    if row.latitude_e6 is not None:
        said |= {"latitude_e6": row.latitude_e6, "longitude_e6": row.longitude_e6}
    if all(getattr(site, name) == value for name, value in said.items()):
        return False
    for name, value in (*said.items(), ("note_source", source[:200])):
        setattr(site, name, value)
    return True
