"""Which warehouse serves which kecamatan or village, where a district has more than one.

A district may store by constituency, or spread over two halls; only then must somebody say whose stations are whose. An
area has one warehouse; of two areas that hold the same station, the nearer one counts: a village that stands in the
table by itself isn't served with its kecamatan.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Count
from msgspec import Struct

from awas.places.codes import PARTS, district_of, is_region, is_site
from awas.places.constituencies import nearest
from awas.places.importing import CUT_SHORT, Change, Progress, silent
from awas.places.models import Region, ServedArea, Site, Station
from awas.places.rows import shown
from awas.places.table import Table

COLUMNS = ("site", "area")

Row = tuple[str, str]
"""(warehouse, code of the kecamatan or village)."""


class ServingReport(Struct, frozen=True):
    """An import of areas. `areas` counts them by warehouse."""

    file: str
    rows: int
    areas: dict[str, int]
    register: Change
    remarks: tuple[str, ...]


def serving_row(site: str, area: str) -> Row:
    """A line `site,area`. Raises ValueError in words a person can act on."""
    if not is_site(site):
        raise ValueError(f'site "{shown(site)}" is no warehouse such as 36.74-G1')
    if not is_region(area) or len(area) not in PARTS[2:]:
        raise ValueError(f'area "{shown(area)}" is no kecamatan or village such as 36.74.05 or 36.74.05.1002')
    if district_of(site) != district_of(area):
        raise ValueError(f"{area} doesn't lie in {district_of(site)}, the district of {site}")
    return site, area


def areas_within(district: str, using: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """Area -> warehouse that serves it, in a district; empty where nobody has said. `nearest` finds a station's."""
    return dict(ServedArea.objects.using(using).within(district).values_list("region_id", "site_id"))


def unserved(district: str, using: str = DEFAULT_DB_ALIAS) -> int:
    """How many stations of a district lie in no warehouse's area."""
    areas = areas_within(district, using)
    villages = Station.objects.using(using).within(district).values_list("region_id").annotate(stations=Count("code"))
    return sum(stations for village, stations in villages if not nearest(areas, village))


def import_serving(path: Path, progress: Progress = silent, using: str = DEFAULT_DB_ALIAS) -> ServingReport:
    """Takes in a table of areas: the whole file or nothing.

    The file is the whole truth about the districts it names: older rows of theirs that it lacks are removed. Raises
    DamagedFile, OSError.
    """
    table = Table(path, COLUMNS, serving_row)
    rows = _read(table, using, progress)
    with progress("writing", 1) as advance, transaction.atomic(using=using):
        register = _write(rows, using)
        advance(1)
    left = {district: unserved(district, using) for district in sorted({district_of(area) for area in rows})}
    lacking = tuple(f"{district}: {count:,} stations lie in no area" for district, count in left.items() if count)
    return ServingReport(
        file=path.name,
        rows=len(rows),
        areas=dict(sorted(Counter(rows.values()).items())),
        register=register,
        remarks=lacking if table.ends_in_a_line else (*lacking, CUT_SHORT),
    )


def _read(table: Table[Row], using: str, progress: Progress) -> dict[str, str]:
    kinds = dict(Site.objects.using(using).values_list("code", "kind"))
    regions = set(Region.objects.using(using).filter(level__gte=Region.Level.KECAMATAN).values_list("code", flat=True))
    rows: dict[str, str] = {}
    lines: dict[str, int] = {}
    with progress("reading", table.path.stat().st_size) as advance:
        for number, (site, area) in table.rows(advance):
            if site not in kinds:
                table.bad.add(number, f"{site} is not in the register of sites")
            elif kinds[site] == Site.Kind.OFFICE:
                table.bad.add(number, f"{site} is an office, no warehouse")
            elif area not in regions:
                table.bad.add(number, f"{area} is not in the register of regions")
            elif area in lines:
                table.bad.add(number, f"{area} stands on line {lines[area]} already, with {rows[area]}")
            else:
                lines[area], rows[area] = number, site
    table.bad.require_none(table.path.name)
    return rows


def _write(rows: Mapping[str, str], using: str) -> Change:
    areas, there = ServedArea.objects.using(using), dict[str, str]()
    for district in {district_of(area) for area in rows}:
        there |= areas_within(district, using)
    gone = there.keys() - rows.keys()
    new = {area: site for area, site in rows.items() if area not in there}
    changed = {area: site for area, site in rows.items() if area in there and there[area] != site}
    areas.filter(pk__in=gone).delete()
    areas.bulk_update([ServedArea(region_id=area, site_id=site) for area, site in changed.items()], ["site"])
    areas.bulk_create([ServedArea(region_id=area, site_id=site) for area, site in new.items()], batch_size=500)
    same = len(rows) - len(new) - len(changed)
    return Change(new=len(new), changed=len(changed), same=same, removed=len(gone))
