"""Where an alert holds: points in rings and circles, codes of regions, names."""

import math
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from awas.warnings.cap.message import Area
from awas.warnings.cap.shapes import (
    Outline,
    Spot,
    circle_of,
    distance_km,
    inside,
    point_of,
    region_of,
    ring_of,
)

COORDINATE = st.integers(-1000, 1000)
POINT = st.tuples(COORDINATE, COORDINATE)
RING = st.lists(POINT, min_size=3, max_size=12, unique=True)
SQUARE = [(0, 0), (0, 10), (10, 10), (10, 0)]


@pytest.mark.parametrize(
    ("point", "within"),
    [((5, 5), True), ((0, 0), True), ((0, 5), True), ((10, 10), True), ((10, 5), True), ((11, 5), False),
     ((5, -1), False), ((-1, -1), False), ((10, 11), False), ((0, 11), False), ((0, -1), False)],
)  # fmt: skip
def test_a_square(point, within):
    assert inside(SQUARE, point) is within


def test_a_ring_with_a_bay_and_one_that_crosses_itself():
    bay = [(0, 0), (0, 30), (30, 30), (30, 20), (10, 20), (10, 10), (30, 10), (30, 0)]
    assert inside(bay, (5, 15))
    assert not inside(bay, (20, 15))
    assert inside(bay, (20, 5))
    bow = [(0, 0), (10, 10), (0, 10), (10, 0)]
    assert inside(bow, (5, 8))
    assert inside(bow, (5, 5)), "where it crosses itself is its edge"
    assert not inside(bow, (9, 5))


@given(RING, POINT)
def test_where_a_ring_begins_and_which_way_it_runs_doesnt_matter(ring, point):
    answer = inside(ring, point)
    assert inside(ring[::-1], point) is answer
    assert inside(ring[1:] + ring[:1], point) is answer


@given(RING, POINT, st.integers(-(10**8), 10**8), st.integers(-(10**8), 10**8))
def test_moving_both_changes_nothing(ring, point, north, east):
    moved = [(y + north, x + east) for y, x in ring]
    assert inside(moved, (point[0] + north, point[1] + east)) is inside(ring, point)


@given(RING)
def test_corners_and_middles_of_edges_are_inside(ring):
    doubled = [(2 * y, 2 * x) for y, x in ring]
    for one, other in zip(doubled, doubled[1:] + doubled[:1], strict=True):
        assert inside(doubled, one)
        assert inside(doubled, ((one[0] + other[0]) // 2, (one[1] + other[1]) // 2))


@given(RING, POINT)
def test_what_is_outside_the_bounds_is_outside(ring, point):
    assume(not min(y for y, _ in ring) <= point[0] <= max(y for y, _ in ring) or point[1] > max(x for _, x in ring))
    assert not inside(ring, point)


@given(st.lists(POINT, min_size=3, max_size=3, unique=True), POINT)
def test_a_triangle_is_the_meeting_of_three_half_planes(triangle, point):
    def side(one, other):
        return (other[1] - one[1]) * (point[0] - one[0]) - (other[0] - one[0]) * (point[1] - one[1])

    a, b, c = triangle
    area = (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1])
    assume(area != 0)
    sides = [side(a, b), side(b, c), side(c, a)]
    assert inside(triangle, point) is (all(one >= 0 for one in sides) or all(one <= 0 for one in sides))


@given(st.integers(0, 2**32))
def test_a_star_holds_what_is_nearer_than_its_edge(seed):
    """A ring around the origin, drawn by angle: a point on a ray is inside just up to the edge."""
    chance = random.Random(seed)
    spokes = [chance.randint(1_000, 100_000) for _ in range(16)]
    ring = [(round(r * math.sin(n * math.pi / 8)), round(r * math.cos(n * math.pi / 8))) for n, r in enumerate(spokes)]
    assert inside(ring, (0, 0))
    for y, x in ring:
        assert inside(ring, (y // 2, x // 2))
        assert not inside(ring, (y * 2, x * 2))


def test_rings_as_they_are_written():
    assert ring_of("-6.3,106.2 -6.3,106.3 -6.4,106.3 -6.3,106.2") == [
        (-6_300_000, 106_200_000), (-6_300_000, 106_300_000), (-6_400_000, 106_300_000),
    ]  # fmt: skip
    assert len(ring_of("-6.024,106.412\n-6.031,106.408\t-6.030,106.384")) == 3, "BMKG's sample leaves it open"


@pytest.mark.parametrize(
    "text",
    ["", "1,2", "1,2 3,4", "1,2 3,4 1,2", "1,2 1,2 1,2 1,2", "1,2 3,4 5,6...", "1;2 3;4 5;6", "91,0 0,1 1,1",
     "0,181 0,1 1,1", "nan,0 0,1 1,1", "1e1,0 0,1 1,1", "1,2,3 4,5,6 7,8,9", "١,٢ ٣,٤ ٥,٦"],
)  # fmt: skip
def test_rings_that_are_none(text):
    with pytest.raises(ValueError):
        ring_of(text)


def test_circles():
    assert circle_of("-35.3888,147.0598 25.0") == ((-35_388_800, 147_059_800), 25.0)
    for wrong in ("1,2", "1,2 x", "1,2 -5", "1,2 nan", "1,2 3 4", ""):
        with pytest.raises(ValueError):
            circle_of(wrong)


def test_distances_over_the_ground():
    serang, rangkasbitung = point_of("-6.1201,106.1503"), point_of("-6.3594,106.2465")
    assert distance_km(serang, rangkasbitung) == pytest.approx(28.7, abs=0.3)
    assert distance_km(serang, serang) == 0
    assert distance_km((0, 0), (0, 1_000_000)) == pytest.approx(111.19, abs=0.05)


@pytest.mark.parametrize(
    ("name", "value", "region"),
    [
        ("kemendagri", "36.02.05", "36.02.05"),
        ("Kode Wilayah Kemendagri", "3602", "36.02"),
        ("kemendagri", "3602052001", "36.02.05.2001"),
        ("ADM2", "ID3602", "36.02"),
        ("BPS", "3602", ""),
        ("UGC", "AKZ185", ""),
        ("kemendagri", "36.2", ""),
        ("kemendagri", "٣٦", ""),
    ],
)
def test_codes_of_regions(name, value, region):
    assert region_of(name, value) == region


RING_TEXT = "-6.3,106.2 -6.3,106.3 -6.4,106.3 -6.4,106.2 -6.3,106.2"
LEBAK = Spot(region="36.02", point=(-6_350_000, 106_250_000), names=("Kabupaten Lebak", "Banten"))
NOWHERE = Spot(region="36.02", names=("Kabupaten Lebak", "Banten"))


@pytest.mark.parametrize(
    ("area", "at_the_point", "without_one"),
    [
        (Area(description="x", polygons=(RING_TEXT,)), "polygon", ""),
        (Area(description="Banten", polygons=(RING_TEXT,)), "polygon", "name"),
        (Area(description="Banten", polygons=("-7,107 -7,108 -8,108",)), "", "name"),
        (Area(description="Banten", polygons=("1,2 oops",)), "name", "name"),
        (Area(description="x", circles=("-6.35,106.26 2",)), "circle", ""),
        (Area(description="x", circles=("-6.35,106.26 1",)), "", ""),
        (Area(description="x", geocodes=(("kemendagri", "36"),)), "geocode", "geocode"),
        (Area(description="x", geocodes=(("kemendagri", "36.02.05"),)), "geocode", "geocode"),
        (Area(description="Banten", geocodes=(("kemendagri", "36.03"),)), "", ""),
        (Area(description="Kab. Lebak dan Kota Serang"), "name", "name"),
        (Area(description="Pandeglang, Lebak"), "name", "name"),
        (Area(description="Lebaksiu"), "", ""),
        (Area(description=""), "", ""),
    ],
)
def test_by_what_an_area_holds_a_place(area, at_the_point, without_one):
    outline = Outline(area)
    assert (outline.holds(LEBAK), outline.holds(NOWHERE)) == (at_the_point, without_one)


@given(RING, POINT)
def test_the_bounds_of_a_ring_are_only_a_short_cut(ring, point):
    text = " ".join(f"{y / 100:.2f},{x / 100:.2f}" for y, x in ring if abs(y) <= 9000)
    spot = Spot(region="36", point=(point[0] * 10_000, point[1] * 10_000))
    wanted = inside([(y * 10_000, x * 10_000) for y, x in ring], spot.point)
    assert bool(Outline(Area(description="", polygons=(text,))).holds(spot)) is wanted
