"""Where an alert holds: polygons, circles and codes of regions, asked of one place. Pure.

Reckoned in whole millionths of a degree (about 11 cm), so that the answer is exact and the same everywhere. On a
polygon's edge counts as inside. The plane is that of latitude and longitude, as the standard's own examples are drawn;
a polygon over the 180th meridian is not understood (Indonesia ends at 141° E).
"""

import math
import re
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeVar

from msgspec import Struct

from awas.warnings.cap.message import Alert, Area, Info, Point

Ring = Sequence[Point]
Shape = TypeVar("Shape")
Basis = Literal["polygon", "circle", "geocode", "name", ""]
"""By what an area was found to hold a place; empty: it doesn't."""

POINTS_AT_MOST: Final = 20_000
EARTH_KM: Final = 6371.0088
"""Mean radius (IUGG)."""
E6: Final = 1_000_000

_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{0,15})?", re.ASCII)


class Spot(Struct, frozen=True, kw_only=True):
    """A place as an alert may name it. `region` is its region's code of Kemendagri; `names` those of its regions."""

    region: str
    point: Point | None = None
    names: tuple[str, ...] = ()


def ring_of(text: str) -> list[Point]:
    """The ring of a polygon's text. Raises ValueError for fewer than three points or what is no point.

    The standard asks for a last point that is the first; a ring left open is closed, as its drawer meant it.
    """
    words = text.split()
    if len(words) > POINTS_AT_MOST:
        raise ValueError(f"more than {POINTS_AT_MOST} points")
    ring = [point_of(word) for word in words]
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len(set(ring)) < 3:
        raise ValueError("fewer than three points")
    return ring


def circle_of(text: str) -> tuple[Point, float]:
    """Centre and radius (km) of a circle's text. Raises ValueError."""
    words = text.split()
    if len(words) != 2 or not re.fullmatch(r"\d{1,5}(?:\.\d{0,15})?", words[1], re.ASCII):
        raise ValueError(f"no circle: {text[:60]}")
    return point_of(words[0]), float(words[1])


def point_of(text: str) -> Point:
    """ "lat,lon" in millionths of a degree. Raises ValueError."""
    latitude, comma, longitude = text.partition(",")
    if not comma or not _NUMBER.fullmatch(latitude) or not _NUMBER.fullmatch(longitude):
        raise ValueError(f"no point: {text[:60]}")
    point = round(float(latitude) * E6), round(float(longitude) * E6)
    if abs(point[0]) > 90 * E6 or abs(point[1]) > 180 * E6:
        raise ValueError(f"no point of the earth: {text[:60]}")
    return point


def inside(ring: Ring, point: Point) -> bool:
    """Whether a point lies in a ring or on its edge: a ray to the east crosses the edge an odd number of times."""
    y, x = point
    odd = False
    for (ay, ax), (by, bx) in zip(ring, (*ring[1:], ring[0]), strict=True):
        turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        if turn == 0 and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by):
            return True
        # Half-open in y, so that a corner met by the ray counts once.
        if (ay > y) != (by > y) and (turn > 0) == (by > ay):
            odd = not odd
    return odd


def distance_km(one: Point, other: Point) -> float:
    """Over the ground, on a sphere (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(p[0] / E6), math.radians(p[1] / E6)) for p in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def region_of(name: str, value: str) -> str:
    """The region that a geocode names, as `36.02.05`; empty for codes of another kind.

    Codes of Kemendagri only: those of BPS look alike and mean other subdistricts.
    """
    if not re.search(r"kemendagri|permendagri|wilayah|^adm[1-4]$", name, re.IGNORECASE):
        return ""
    digits = value.strip().removeprefix("ID").replace(".", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (2, 4, 6, 10):
        return ""
    parts = [digits[0:2], digits[2:4], digits[4:6], digits[6:10]]
    return ".".join(part for part in parts if part)


class Outline:
    """An area made ready to be asked of many places: its shapes and codes, each read once."""

    def __init__(self, area: Area) -> None:
        self.rings = [_Boxed(ring) for text in area.polygons if (ring := _or_none(ring_of, text)) is not None]
        self.circles = [circle for text in area.circles if (circle := _or_none(circle_of, text)) is not None]
        self.regions = {region for name, value in area.geocodes if (region := region_of(name, value))}
        self.parts = {_plain(part) for part in re.split(r"[,;/()]| dan | and ", area.description)} - {""}

    def holds(self, spot: Spot) -> Basis:
        """By what the area holds a place.

        Shapes and codes say it exactly. Only where it has none that can be understood, and for a place without
        coordinates, the name of a region in its description is taken for the region: better warned too often.
        """
        if spot.point is not None:
            point = spot.point
            if any(ring.holds(point) for ring in self.rings):
                return "polygon"
            if any(distance_km(centre, point) <= radius for centre, radius in self.circles):
                return "circle"
        if any(_overlap(region, spot.region) for region in self.regions):
            return "geocode"
        exact = self.regions or (spot.point is not None and (self.rings or self.circles))
        if not exact and any(_plain(name) in self.parts for name in spot.names):
            return "name"
        return ""


class _Boxed:
    """A ring with its bounds, which most places lie outside of."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.south, self.north = min(y for y, _ in ring), max(y for y, _ in ring)
        self.west, self.east = min(x for _, x in ring), max(x for _, x in ring)

    def holds(self, point: Point) -> bool:
        y, x = point
        return self.south <= y <= self.north and self.west <= x <= self.east and inside(self.ring, point)


def _or_none(parse: Callable[[str], Shape], text: str) -> Shape | None:
    """The shape of a text; None for one that can't be understood."""
    try:
        return parse(text)
    except ValueError:
        return None


def _overlap(region: str, mine: str) -> bool:
    """Whether a region holds mine, or is a part of it: a warehouse whose subdistrict nobody has noted is concerned by
    an alert for any part of its district."""
    return region == mine or mine.startswith(region + ".") or region.startswith(mine + ".")


_KINDS = re.compile(
    r"\b(?:kabupaten|kab\.?|kota|kecamatan|kec\.?|provinsi|prov\.?|regency|city|province)\s+", re.IGNORECASE
)


def _plain(name: str) -> str:
    """A region's name without what kind of region it is."""
    return " ".join(_KINDS.sub("", name.casefold()).split())


def unread_shapes(alert: Alert) -> list[str]:
    """The polygons and circles of an alert that can't be understood."""
    areas = [area for info in alert.infos for area in info.areas]
    polygons = [text for area in areas for text in area.polygons if _or_none(ring_of, text) is None]
    return polygons + [text for area in areas for text in area.circles if _or_none(circle_of, text) is None]


Outlined = Sequence[tuple[Info, Sequence[Outline]]]


def outlined(alert: Alert) -> Outlined:
    """What an alert says, with where it holds."""
    return [(info, [Outline(area) for area in info.areas]) for info in alert.infos]


def over(infos: Outlined, spot: Spot) -> list[tuple[Info, Basis]]:
    """What of an alert holds at a place, with the basis."""
    found: list[tuple[Info, Basis]] = []
    for info, areas in infos:
        basis: Basis = next((one for area in areas if (one := area.holds(spot))), "")
        if basis:
            found.append((info, basis))
    return found
