"""Codes of places: their forms, their paths, and subtrees as ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.places import codes
from awas.places.codes import district_of, level_of, log_origin, parent_of, region_of, station_code, subtree

two = st.integers(0, 99).map("{:02d}".format)
village = st.tuples(two, two, two, st.integers(0, 9999).map("{:04d}".format)).map(".".join)
region = st.tuples(village, st.sampled_from(codes.PARTS)).map(lambda pair: pair[0][: pair[1]])
station = st.tuples(village, st.integers(1, 999)).map(lambda pair: station_code(*pair))


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [("36", 1, None), ("36.02", 2, "36"), ("36.02.05", 3, "36.02"), ("36.02.05.2001", 4, "36.02.05")],
)
def test_a_region_knows_its_level_and_the_one_above(code, level, parent):
    assert (level_of(code), parent_of(code)) == (level, parent)


@pytest.mark.parametrize(("above", "below"), [("36", "36.02"), ("36.02", "36.02.05"), ("36.02.05", "36.02.05.2001")])
def test_how_long_the_codes_one_level_down_are(above, below):
    assert codes.width_below(above) == len(below)
    with pytest.raises(ValueError, match="village"):
        codes.width_below("36.02.05.2001")


@pytest.mark.parametrize(
    "code", ["", "3", "36.", "36.2", "3602", "36.02.05.201", "36.02.05.20011", "36.02 ", "٣٦", "36.02-G1", "AA.02"]
)
def test_what_is_no_region_code(code):
    assert not codes.is_region(code)
    with pytest.raises(ValueError, match="no region code"):
        level_of(code)


@pytest.mark.parametrize(
    ("place", "district"),
    [
        ("36.02", "36.02"),
        ("36.02-G1", "36.02"),
        ("36.02.05-G12", "36.02"),
        ("36.02.05.2001", "36.02"),
        ("36.02.05.2001-901", "36.02"),
    ],
)
def test_every_place_of_a_district_writes_to_its_log(place, district):
    assert district_of(place) == district
    assert log_origin(place) == f"awas/{district}"


@pytest.mark.parametrize("place", ["36", "36-K1", "ID", "", "36.02-", "36.02-g1", "36.02-G1234", "../36.02"])
def test_what_lies_in_no_district_has_no_log(place):
    with pytest.raises(ValueError, match=r"no district|no code"):
        log_origin(place)


def test_the_region_of_a_place():
    assert [region_of(place) for place in ("36.02-G1", "36.02.05.2001-001", "36")] == ["36.02", "36.02.05.2001", "36"]


@pytest.mark.parametrize(("place", "number"), [("36.02.05.2001", 0), ("36.02.05.2001", 1000), ("36.02.05", 1)])
def test_no_such_station(place, number):
    with pytest.raises(ValueError, match="no station"):
        station_code(place, number)


def plainly(code):
    """A collation that looks at every sign."""
    return code


def without_signs(code):
    """A collation that looks at dots and hyphens only where all else is equal, as many locales do."""
    return code.replace(".", "").replace("-", ""), code


@pytest.mark.parametrize("collation", [plainly, without_signs])
@given(above=region, code=st.one_of(region, station))
def test_a_subtree_is_one_range_in_any_collation(collation, above, code):
    first, last = map(collation, subtree(above))
    inside = code == above or code.startswith((above + ".", above + "-"))
    assert (first <= collation(code) <= last) is inside


@pytest.mark.parametrize("collation", [plainly, without_signs])
@given(data=st.data(), below=station)
def test_what_is_below_is_in_the_range(collation, data, below):
    above = below[: data.draw(st.sampled_from(codes.PARTS))]
    first, last = map(collation, subtree(above))
    assert first <= collation(below) <= last
