"""Importing the official tables of regions and polling stations: the whole file or nothing.

A file is read once, streaming, into a temporary table; only when every line is good is the register compared with it
and changed, in one transaction. If the power fails there, nothing was imported. A second import of the same file
changes nothing. A region is never deleted: codes drift between editions, and other rows name the old ones.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, transaction
from msgspec import Struct

from awas.places.codes import LAST_NUMBER, OVERSEAS, PARTS, level_of, parent_of, subtree
from awas.places.models import Region
from awas.places.published import published
from awas.places.rows import (
    REGION_COLUMNS,
    STATION_COLUMNS,
    RegionRow,
    VillageRow,
    region_row,
    village_row,
)
from awas.places.staging import Staging, exists, run
from awas.places.table import Table

Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Given what is being done and how much of it there is, a block whose value is told each step forward."""

CUT_SHORT = "the last line has no end: the file may have been cut short"


class Change(Struct, frozen=True):
    """What an import did to the register's rows."""

    new: int
    changed: int
    same: int
    removed: int = 0


class Comparison(Struct, frozen=True):
    """A published total beside what the file has."""

    name: str
    published: tuple[int, ...]
    found: tuple[int, ...]
    equal: bool


class Named(Struct, frozen=True):
    """A region by code and name."""

    code: str
    name: str


class RegionsReport(Struct, frozen=True):
    """An import of regions. `levels` counts provinces, districts, kecamatan and villages of the file."""

    file: str
    rows: int
    levels: tuple[int, ...]
    regions: Change
    comparisons: tuple[Comparison, ...]
    remarks: tuple[str, ...]


class StationsReport(Struct, frozen=True):
    """An import of stations. Counts are of the file, without the posts overseas unless named so.

    `unlisted` are its villages that no official region table has; they are kept, under the file's own names.
    """

    file: str
    rows: int
    villages: int
    stations: int
    special: int
    overseas_rows: int
    overseas_stations: int
    register: Change
    regions_added: int
    unlisted: tuple[Named, ...]
    comparisons: tuple[Comparison, ...]
    remarks: tuple[str, ...]


@contextmanager
def silent(what: str, length: int) -> Iterator[Callable[[int], None]]:
    """No progress shown."""
    yield lambda step: None


def import_regions(path: Path, progress: Progress = silent, using: str = DEFAULT_DB_ALIAS) -> RegionsReport:
    """Takes in Kemendagri's region table `kode,nama`. Raises DamagedFile, OSError."""
    table = Table(path, REGION_COLUMNS, region_row)
    columns = "code varchar(13) PRIMARY KEY, name varchar(80), level integer, parent varchar(13)"
    with Staging("incoming_region", columns, using) as staging:
        levels = _stage_regions(table, staging, progress)
        with progress("writing", 1) as advance, transaction.atomic(using=using):
            regions = _apply_regions(using, sum(levels))
            advance(1)
    return RegionsReport(
        file=path.name,
        rows=sum(levels),
        levels=levels,
        regions=regions,
        comparisons=tuple(
            Comparison(name=known.name, published=known.levels, found=levels, equal=known.levels == levels)
            for known in published().regions
        ),
        remarks=() if table.ends_in_a_line else (CUT_SHORT,),
    )


def _stage_regions(table: Table[RegionRow], staging: Staging, progress: Progress) -> tuple[int, ...]:
    lines: dict[str, int] = {}
    with progress("reading", table.path.stat().st_size) as advance:
        for number, row in table.rows(advance):
            if row.code in lines:
                table.bad.add(number, f"{row.code} stands on line {lines[row.code]} already")
                continue
            lines[row.code] = number
            staging.add(row)
    orphans = {parent for code in lines if (parent := parent_of(code))} - lines.keys()
    orphans -= _known(staging.using, orphans)
    for code, number in lines.items() if orphans else ():
        if (parent := parent_of(code)) in orphans:
            table.bad.add(number, f"{parent}, the region above {code}, is neither in the file nor in the register")
    table.bad.require_none(table.path.name)
    staging.complete()
    count = Counter(len(code) for code in lines)
    return tuple(count[length] for length in PARTS)


def _known(using: str, codes: set[str]) -> set[str]:
    """Which of the codes the register has."""
    if not codes:
        return set()
    return codes & set(Region.objects.using(using).values_list("code", flat=True))


def _apply_regions(using: str, rows: int) -> Change:
    changed = run(
        using,
        "UPDATE places_region SET name = (SELECT i.name FROM incoming_region i WHERE i.code = places_region.code),"
        " listed = TRUE WHERE EXISTS (SELECT 1 FROM incoming_region i WHERE i.code = places_region.code"
        " AND (i.name <> places_region.name OR NOT places_region.listed))",
    )
    new = run(
        using,
        "INSERT INTO places_region (code, name, level, parent_id, listed)"
        " SELECT i.code, i.name, i.level, i.parent, TRUE FROM incoming_region i"
        " WHERE NOT EXISTS (SELECT 1 FROM places_region r WHERE r.code = i.code) ORDER BY i.level, i.code",
    )
    return Change(new=new, changed=changed, same=rows - new - changed)


class StationFile:
    """What a pass over the station file gathers."""

    def __init__(self, using: str) -> None:
        self.using = using
        self.listed = dict(Region.objects.using(using).values_list("code", "listed"))
        self.lines: dict[str, int] = {}
        self.added: dict[str, str] = {}
        self.unlisted: list[Named] = []
        self.villages: Counter[str] = Counter()
        self.stations: Counter[str] = Counter()
        self.special = 0

    def take(self, number: int, row: VillageRow) -> None:
        """Counts a good line, and remembers the regions of its path that no official table has."""
        province = row.code[: PARTS[0]]
        self.lines[row.code] = number
        self.villages[province] += 1
        self.stations[province] += row.station_count
        for name, length in zip(row.names, PARTS, strict=True):
            if (code := row.code[:length]) not in self.listed:
                self.added.setdefault(code, name)
        if province != OVERSEAS:
            self.special += row.special_count
            if not self.listed.get(row.code, False):
                self.unlisted.append(Named(row.code, row.names[-1]))

    def counted(self, region: str) -> tuple[int, int]:
        """Stations and villages in a province, or at home when `region` is empty."""
        provinces = [region] if region else [code for code in self.villages if code != OVERSEAS]
        return sum(self.stations[code] for code in provinces), sum(self.villages[code] for code in provinces)


def import_stations(path: Path, progress: Progress = silent, using: str = DEFAULT_DB_ALIAS) -> StationsReport:
    """Takes in the station file of KPU's numbering, one line a village. Raises DamagedFile, OSError.

    A village of the file has afterwards the stations that the file gives it, no others. Voters are left alone.
    """
    table = Table(path, STATION_COLUMNS, village_row)
    found = StationFile(using)
    villages = "code varchar(13) PRIMARY KEY, regular integer, first integer, last integer"
    with (
        Staging("incoming_village", villages, using) as staging,
        Staging("incoming_number", "number integer PRIMARY KEY, label varchar(3)", using) as numbers,
    ):
        for number in range(1, LAST_NUMBER + 1):
            numbers.add((number, f"{number:03d}"))
        numbers.complete()
        _stage_stations(table, found, staging, progress)
        register = _write_stations(found, progress)
    return _stations_report(path.name, table, found, register)


def _stage_stations(table: Table[VillageRow], found: StationFile, staging: Staging, progress: Progress) -> None:
    with progress("reading", table.path.stat().st_size) as advance:
        for number, row in table.rows(advance):
            if row.code in found.lines:
                table.bad.add(number, f"{row.code} stands on line {found.lines[row.code]} already")
                continue
            found.take(number, row)
            staging.add((row.code, row.regular, row.first, row.last))
    table.bad.require_none(table.path.name)
    staging.complete()


def _add_regions(using: str, added: dict[str, str]) -> None:
    Region.objects.using(using).bulk_create(
        [
            Region(
                code=code,
                name=name,
                level=level_of(code),
                parent_id=parent_of(code),
                listed=False,
            )
            for code, name in sorted(added.items())
        ],
        batch_size=1000,
    )


_STATION_LACKING = """
    SELECT v.code || '-' || n.label, v.code, n.number
    FROM incoming_village v
    JOIN incoming_number n ON n.number BETWEEN 1 AND v.regular OR n.number BETWEEN v.first AND v.last
    WHERE v.code BETWEEN %s AND %s
    AND NOT EXISTS (SELECT 1 FROM places_station s WHERE s.code = v.code || '-' || n.label)
"""
_STATION_TOO_MANY = """
    SELECT s.code FROM places_station s JOIN incoming_village v ON v.code = s.region_id
    WHERE s.code BETWEEN %s AND %s
    AND NOT (s.number BETWEEN 1 AND v.regular OR s.number BETWEEN v.first AND v.last)
"""


def _write_stations(found: StationFile, progress: Progress) -> Change:
    """Compares first, which locks nobody, and writes province by province, in one transaction, what differs."""
    using = found.using
    delete = f"DELETE FROM places_station WHERE code IN ({_STATION_TOO_MANY})"  # noqa: S608 - our own text
    insert = f"INSERT INTO places_station (code, region_id, number) {_STATION_LACKING}"
    with progress("comparing", len(found.villages)) as advance:
        differing = []
        for province in sorted(found.villages):
            span = subtree(province)
            if exists(using, _STATION_LACKING, span) or exists(using, _STATION_TOO_MANY, span):
                differing.append(span)
            advance(1)
    new = removed = 0
    if differing or found.added:
        with progress("writing", len(differing)) as advance, transaction.atomic(using=using):
            _add_regions(using, found.added)
            for span in differing:
                removed += run(using, delete, span)
                new += run(using, insert, span)
                advance(1)
    return Change(new=new, changed=0, same=found.stations.total() - new, removed=removed)


def _stations_report(file: str, table: Table[VillageRow], found: StationFile, register: Change) -> StationsReport:
    stations, villages = found.counted("")
    compared = []
    for known in published().stations:
        counted = found.counted(known.region)
        if counted != (0, 0):
            told = (known.stations, known.villages)
            compared.append(Comparison(name=known.name, published=told, found=counted, equal=told == counted))
    return StationsReport(
        file=file,
        rows=len(found.lines),
        villages=villages,
        stations=stations,
        special=found.special,
        overseas_rows=found.villages[OVERSEAS],
        overseas_stations=found.stations[OVERSEAS],
        register=register,
        regions_added=len(found.added),
        unlisted=tuple(found.unlisted),
        comparisons=tuple(compared),
        remarks=() if table.ends_in_a_line else (CUT_SHORT,),
    )
