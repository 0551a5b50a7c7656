"""Importing regions' outlines from GeoJSON for maps: the whole file or nothing.

Takes a FeatureCollection whose features carry the region's code as `kode` (and `lat`, `lng` of its middle, if they
like). Outlines are for looking at: positions are kept to five decimals, about a metre, and decide nothing.
"""

import math
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from django.db import transaction
from msgspec import Struct

from awas.places.codes import is_region
from awas.places.importing import Change, Progress, silent
from awas.places.models import Region, RegionBoundary
from awas.places.rows import shown
from awas.places.table import BadLines

Ring = list[list[float]]

DECIMALS = 5
RING = 4
"""Positions of the smallest ring: a triangle whose last position is its first."""


class Outline(NamedTuple):
    """A region's outline as it is stored."""

    region: str
    geometry: str
    latitude_e6: int | None
    longitude_e6: int | None


class BoundariesReport(Struct, frozen=True):
    """An import of outlines."""

    file: str
    features: int
    boundaries: Change
    remarks: tuple[str, ...]


def import_boundaries(path: Path, progress: Progress = silent) -> BoundariesReport:
    """Takes in a GeoJSON file. Raises DamagedFile (bad lines are features, counted from 1) and OSError."""
    bad = BadLines()
    features = _features(path, bad)
    bad.require_none(path.name)
    known = set(Region.objects.values_list("code", flat=True))
    outlines: dict[str, Outline] = {}
    collapsed: dict[str, int] = {}
    with progress("reading", len(features)) as advance:
        for number, feature in enumerate(features, 1):
            try:
                outline, lost = outline_of(feature)
            except ValueError as error:
                bad.add(number, str(error))
            else:
                if outline.region in outlines:
                    bad.add(number, f"{outline.region} stands there already")
                if outline.region not in known:
                    bad.add(number, f"{outline.region} is not in the register; import the regions first")
                outlines[outline.region] = outline
                if lost:
                    collapsed[outline.region] = lost
            advance(1)
    bad.require_none(path.name)
    with transaction.atomic():
        change = _write(outlines)
    remarks = tuple(
        f"{code}: {lost} rings left out, which simplifying had made a line" for code, lost in collapsed.items()
    )
    return BoundariesReport(file=path.name, features=len(features), boundaries=change, remarks=remarks)


def _features(path: Path, bad: BadLines) -> list[Any]:
    try:
        tree = msgspec.json.decode(path.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        bad.add(1, f"the file is not JSON: {error}")
        return []
    features = tree.get("features") if isinstance(tree, dict) else None
    if not isinstance(features, list) or tree.get("type") != "FeatureCollection":
        bad.add(1, "the file is no GeoJSON FeatureCollection")
        return []
    if not features:
        bad.add(1, "the file has no features")
    return features


def outline_of(feature: object) -> tuple[Outline, int]:
    """The outline that a GeoJSON feature describes, and how many collapsed rings it lost. Raises ValueError in words.

    A ring that simplifying has shrunk to a line bounds nothing; it is left out and counted.
    """
    properties = _member(feature, "properties")
    geometry = _member(feature, "geometry")
    code = properties.get("kode")
    if not isinstance(code, str) or not is_region(code):
        raise ValueError(f'property kode, "{shown(str(code))}", is no region code such as 36.02')
    try:
        polygons, lost = _polygons(geometry)
        latitude, longitude = _e6(properties.get("lat"), 90), _e6(properties.get("lng"), 180)
    except ValueError as error:
        raise ValueError(f"{code}: {error}") from None
    if geometry["type"] == "Polygon":
        text = msgspec.json.encode({"type": "Polygon", "coordinates": polygons[0]})
    else:
        text = msgspec.json.encode({"type": "MultiPolygon", "coordinates": polygons})
    return Outline(code, text.decode(), latitude, longitude), lost


def _member(feature: object, name: str) -> dict[str, Any]:
    value = feature.get(name) if isinstance(feature, dict) else None
    if isinstance(value, dict):
        return value
    raise ValueError(f"the feature has no {name}")


def _polygons(geometry: dict[str, Any]) -> tuple[list[list[Ring]], int]:
    """The polygons, each its outer ring and its holes, and the number of collapsed rings left out."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f'geometry must be a Polygon or MultiPolygon, not "{shown(str(kind))}"')
    kept: list[list[Ring]] = []
    rings = 0
    for polygon in _several([coordinates] if kind == "Polygon" else coordinates):
        outer, *holes = [_ring(ring) for ring in _several(polygon)]
        rings += 1 + len(holes)
        if len(outer) >= RING:
            kept.append([outer, *(hole for hole in holes if len(hole) >= RING)])
    if not kept:
        raise ValueError("no ring bounds an area")
    return kept, rings - sum(len(polygon) for polygon in kept)


def _several(value: object) -> list[Any]:
    if isinstance(value, list) and value:
        return value
    raise ValueError("coordinates are missing or not nested as the type wants")


def _ring(value: object) -> Ring:
    ring = [_position(position) for position in _several(value)]
    if ring[0] != ring[-1]:
        raise ValueError("a ring must end where it begins")
    return ring


def _position(value: object) -> list[float]:
    if not isinstance(value, list) or len(value) < 2:
        raise ValueError("a position must be longitude and latitude")
    return [_degrees(value[0], 180), _degrees(value[1], 90)]


def _degrees(value: object, most: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > most:
        raise ValueError(f"{shown(str(value))} is not between -{most} and {most} degrees")
    return round(float(value), DECIMALS)


def _e6(value: object, most: int) -> int | None:
    return None if value is None else round(_degrees(value, most) * 1_000_000)


def _write(outlines: dict[str, Outline]) -> Change:
    stored = {
        boundary.region_id: boundary for boundary in RegionBoundary.objects.all() if boundary.region_id in outlines
    }
    new = [_boundary(outline) for code, outline in outlines.items() if code not in stored]
    changed = [_boundary(outlines[code]) for code, boundary in stored.items() if _of(boundary) != outlines[code]]
    RegionBoundary.objects.bulk_create(new, batch_size=100)
    RegionBoundary.objects.bulk_update(
        changed, ["geometry", "centre_latitude_e6", "centre_longitude_e6"], batch_size=50
    )
    return Change(new=len(new), changed=len(changed), same=len(outlines) - len(new) - len(changed))


def _boundary(outline: Outline) -> RegionBoundary:
    return RegionBoundary(
        region_id=outline.region,
        geometry=outline.geometry,
        centre_latitude_e6=outline.latitude_e6,
        centre_longitude_e6=outline.longitude_e6,
    )


def _of(boundary: RegionBoundary) -> Outline:
    return Outline(boundary.region_id, boundary.geometry, boundary.centre_latitude_e6, boundary.centre_longitude_e6)
