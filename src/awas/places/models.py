"""Tables of places: regions, their boundaries, polling stations and sites. Plain rows, no part of the record.

Regions and stations come from official tables (`importing`); codes drift between editions, so a region is never
deleted. Written through `awas.places.services` and the importers alone.
"""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from awas.places.codes import OVERSEAS, SPECIAL_FROM, subtree

M = TypeVar("M", bound=models.Model)


class Subtree(models.QuerySet[M]):
    """Finds what lies in a region. `path` names the column that holds region codes."""

    path = "code"

    def within(self, region: str) -> Self:
        """What lies in `region`, itself included, through the index on any database."""
        # Two comparisons instead of BETWEEN: a foreign key knows no `range`.
        first, last = subtree(region)
        return self.filter(**{f"{self.path}__gte": first, f"{self.path}__lte": last})


class InRegion(Subtree[M]):
    """Rows that name a region. Sites sort by the code of their region: a letter has no fixed place among collations."""

    path = "region_id"


class Region(models.Model):
    """A region by its Kemendagri code: province, district (kabupaten/kota), kecamatan, village (desa/kelurahan).

    `listed` is false for one that no official region table has, known only from another file (the station file
    names villages that the table of its year lacks, and the posts overseas).
    """

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("Province")
        DISTRICT = 2, _("District")
        KECAMATAN = 3, _("Subdistrict")
        VILLAGE = 4, _("Village")

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    listed = models.BooleanField(default=True)

    objects = Subtree.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def overseas(self) -> bool:
        """Whether it is a post overseas."""
        return self.code.startswith(OVERSEAS)


class RegionBoundary(models.Model):
    """A region's simplified outline for a map: a GeoJSON geometry (Polygon or MultiPolygon, longitude first)."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, primary_key=True, related_name="boundary")
    geometry = models.TextField()
    centre_latitude_e6 = models.IntegerField(null=True)
    centre_longitude_e6 = models.IntegerField(null=True)

    def __str__(self) -> str:
        return self.region_id


class Station(models.Model):
    """A polling station (TPS) of the election that this installation watches.

    `number` is 1, 2, 3 … for the village's own stations; those of special places (TPS lokasi khusus: prisons,
    campuses, hospitals) are counted from 901. `voters` is its share of the voter list (DPT), unknown until a list is
    imported. The village is `region`; for all stations below a region use `within`.
    """

    code = models.CharField(max_length=17, primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="stations")
    number = models.PositiveSmallIntegerField()
    voters = models.PositiveIntegerField(null=True)

    objects = Subtree.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def special(self) -> bool:
        """Whether it is for a special place (TPS lokasi khusus)."""
        return self.number >= SPECIAL_FROM


class Constituency(models.Model):
    """For which electoral district (dapil) a region's ballots of one kind are printed. `ballot` is the election's code.

    It holds for all below the region that has no row of its own.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="constituencies")
    ballot = models.CharField(max_length=16)
    code = models.CharField(max_length=16)

    objects = InRegion.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "ballot"], name="constituency_of_region")]

    def __str__(self) -> str:
        return self.code


class Site(models.Model):
    """A place that is watched: a warehouse or an office. Its code stands in the ledger and never changes.

    Coordinates are whole millionths of a degree, the radius metres from there in which a device counts as on site.
    `note_source` says where name and address were read.
    """

    class Kind(models.TextChoices):
        KPU_WAREHOUSE = "kpu_warehouse", _("KPU warehouse")
        KECAMATAN_WAREHOUSE = "kecamatan_warehouse", _("Subdistrict warehouse")
        DAPIL_WAREHOUSE = "dapil_warehouse", _("Constituency warehouse")
        OFFICE = "office", _("Office")

    code = models.CharField(max_length=12, primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="sites")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    latitude_e6 = models.IntegerField(null=True, blank=True)
    longitude_e6 = models.IntegerField(null=True, blank=True)
    radius_m = models.PositiveIntegerField(default=150)
    floor_area_m2 = models.PositiveIntegerField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    note_source = models.CharField(max_length=200, blank=True)

    objects = InRegion.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class ServedArea(models.Model):
    """A kecamatan or village whose stations a warehouse serves, in a district that has more than one.

    It holds for all below the region that has no row of its own.
    """

    region = models.OneToOneField(Region, on_delete=models.PROTECT, primary_key=True, related_name="warehouse")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="areas")

    objects = InRegion.as_manager()

    class Meta:
        ordering: ClassVar = ["region_id"]

    def __str__(self) -> str:
        return self.region_id
