"""Use cases of places: finding regions and sites, and the sites that are shipped."""

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import QuerySet
from msgspec import Struct

from awas.ledger.store import ask
from awas.places.banten import banten
from awas.places.codes import is_station, zone_of
from awas.places.models import Region, Site, Station


class Loaded(Struct, frozen=True):
    """What `load_banten` added; nothing when everything stood there already."""

    regions_new: int
    sites_new: int


def region(code: str) -> Region:
    """The region of that code. Raises Region.DoesNotExist."""
    return Region.objects.get(code=code)


def site(code: str) -> Site:
    """The site of that code, with its region. Raises Site.DoesNotExist."""
    return Site.objects.select_related("region").get(code=code)


def find_site(code: str) -> Site | None:
    """The site of that code, or None."""
    names = tuple(field.attname for field in Site._meta.concrete_fields)
    rows = ask(f"SELECT {', '.join(names)} FROM places_site WHERE code = ?", (code,))  # noqa: S608 - names of our own
    return Site.from_db(DEFAULT_DB_ALIAS, names, rows[0]) if rows else None


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """What people call sites, regions and stations, by code; those that nobody knows are left out.

    A query for each of the three that is among them.
    """
    wanted = set(codes)
    stations = {code for code in wanted if is_station(code)}
    sites = {code for code in wanted - stations if "-" in code}
    found = dict(Site.objects.filter(code__in=sites).values_list("code", "name"))
    found |= dict(Region.objects.filter(code__in=wanted - stations - sites).values_list("code", "name"))
    there = Station.objects.filter(code__in=stations).values_list("code", "number", "region__name")
    return found | {code: f"TPS {number} {village}" for code, number, village in there}


def place_name(code: str) -> str:
    """What people call a site, a region or a station; "" where there is no such place."""
    return names_of((code,)).get(code, "")


_sites: set[str] = set()


def is_site(code: str) -> bool:
    """Whether there is a site of that code. A site once there stays: its log and its entries name it."""
    if code not in _sites and ask("SELECT 1 FROM places_site WHERE code = ?", (code,)):
        _sites.add(code)
    return code in _sites


def sites_within(region_code: str) -> QuerySet[Site]:
    """The sites in a region and all regions below it, by code. Raises ValueError for no region code."""
    return Site.objects.within(region_code).select_related("region")


def new_site(
    code: str,
    *,
    region: str,
    kind: str,
    name: str,
    address: str = "",
    position: tuple[int | None, int | None] = (None, None),
    source: str = "",
) -> Site:
    """A site that the register doesn't have yet, not saved; its clock is its province's.

    The row is all there is to a site: its log begins with its first entry, and what is watched there (checkpoints,
    hours, guards) is said on its own page.
    """
    latitude_e6, longitude_e6 = position
    return Site(
        code=code,
        region_id=region,
        kind=kind,
        name=name,
        address=address,
        latitude_e6=latitude_e6,
        longitude_e6=longitude_e6,
        time_zone=zone_of(region),
        note_source=source[:200],
    )


@transaction.atomic
def load_banten() -> Loaded:
    """Makes sure that Banten, its eight districts and their main warehouses are there.

    What stands there already is left as it is: an office may have corrected an address.
    """
    shipped = banten()
    regions_new = _ensure_region(shipped.province.code, shipped.province.name, None)
    there = set(Site.objects.values_list("code", flat=True))
    sites_new = 0
    for district in shipped.districts:
        regions_new += _ensure_region(district.code, district.name, shipped.province.code)
        if (code := district.warehouse.code) not in there:
            new_site(
                code,
                region=district.code,
                kind=Site.Kind.KPU_WAREHOUSE,
                name=district.warehouse.name,
                address=district.warehouse.address,
                source=district.warehouse.source,
            ).save(force_insert=True)
            sites_new += 1
    return Loaded(regions_new=regions_new, sites_new=sites_new)


def _ensure_region(code: str, name: str, parent: str | None) -> int:
    level = Region.Level.DISTRICT if parent else Region.Level.PROVINCE
    _, new = Region.objects.get_or_create(code=code, defaults={"name": name, "level": level, "parent_id": parent})
    return int(new)
