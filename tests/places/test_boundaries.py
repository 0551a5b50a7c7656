"""Outlines of regions for maps."""

import json

import pytest

from awas.places.boundaries import import_boundaries, outline_of
from awas.places.importing import Change
from awas.places.models import RegionBoundary
from awas.places.services import load_banten
from awas.places.table import DamagedFile

SQUARE = [[106.0, -6.0], [106.1234567, -6.0], [106.1, -6.1], [106.0, -6.0]]
LINE = [[106.0, -6.0], [106.1, -6.1], [106.0, -6.0]]


def feature(kode="36.02", kind="Polygon", coordinates=None, **properties):
    return {
        "type": "Feature",
        "properties": {"kode": kode, **properties},
        "geometry": {"type": kind, "coordinates": coordinates or [SQUARE]},
    }


@pytest.fixture
def take(tmp_path, db):
    load_banten()

    def taking(*features, text=None):
        path = tmp_path / "map.geojson"
        tree = {"type": "FeatureCollection", "features": features}
        path.write_text(json.dumps(tree) if text is None else text, encoding="utf-8")
        return import_boundaries(path)

    return taking


def test_an_outline_is_kept_for_its_region(take):
    report = take(feature(lat=-6.64, lng=106.2124224818975), feature("36", "MultiPolygon", [[SQUARE], [SQUARE]]))
    assert (report.features, report.boundaries) == (2, Change(new=2, changed=0, same=0))
    lebak = RegionBoundary.objects.get(region="36.02")
    assert json.loads(lebak.geometry) == {
        "type": "Polygon",
        "coordinates": [[[106.0, -6.0], [106.12346, -6.0], [106.1, -6.1], [106.0, -6.0]]],
    }
    assert (lebak.centre_latitude_e6, lebak.centre_longitude_e6) == (-6_640_000, 106_212_420)
    assert RegionBoundary.objects.get(region="36").centre_latitude_e6 is None


def test_a_second_import_changes_nothing_and_a_new_outline_one(take):
    take(feature(), feature("36.01"))
    assert take(feature(), feature("36.01")).boundaries == Change(new=0, changed=0, same=2)
    assert take(feature(lat=-6.5), feature("36.01")).boundaries == Change(new=0, changed=1, same=1)


def test_a_ring_that_became_a_line_is_left_out_and_counted(take):
    report = take(feature("36.01", "MultiPolygon", [[SQUARE, LINE], [LINE]]))
    assert report.remarks == ("36.01: 2 rings left out, which simplifying had made a line",)
    assert json.loads(RegionBoundary.objects.get().geometry)["coordinates"] == [
        [[[106.0, -6.0], [106.12346, -6.0], [106.1, -6.1], [106.0, -6.0]]]
    ]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (feature("36.2"), 'property kode, "36.2", is no region code'),
        (feature(None), "no region code"),
        (feature("36.99"), "36.99 is not in the register; import the regions first"),
        (feature(kind="Point", coordinates=[106.0, -6.0]), 'not "Point"'),
        (feature(coordinates=[LINE]), "no ring bounds an area"),
        (feature(coordinates=[SQUARE[:-1]]), "a ring must end where it begins"),
        (feature(coordinates=SQUARE), "position must be longitude and latitude"),
        (feature(coordinates=[[[181.0, 0], *SQUARE, [181.0, 0]]]), "181.0 is not between -180 and 180"),
        (feature(coordinates=[[["east", 0], *SQUARE, ["east", 0]]]), "east is not between"),
        (feature(lat="south"), "south is not between -90 and 90"),
        ({"type": "Feature", "properties": {"kode": "36.02"}, "geometry": None}, "the feature has no geometry"),
        ("Lebak", "the feature has no properties"),
        (feature(), "36.02 stands there already"),
    ],
)
def test_a_broken_feature_is_named_and_nothing_is_imported(take, broken, said):
    with pytest.raises(DamagedFile) as caught:
        take(feature(), broken)
    assert [(bad.line, said in bad.what) for bad in caught.value.bad] == [(2, True)]
    assert not RegionBoundary.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is not JSON"),
        ('{"type": "FeatureCollection", "features": [', "the file is not JSON"),
        ("[" * 100_000, "the file is not JSON"),
        ("[]", "no GeoJSON FeatureCollection"),
        ('{"type": "Feature", "features": [1]}', "no GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "has no features"),
    ],
)
def test_what_is_no_map_file(take, text, said):
    with pytest.raises(DamagedFile) as caught:
        take(text=text)
    assert said in caught.value.bad[0].what


def test_an_outline_tells_how_many_rings_it_lost():
    assert outline_of(feature())[1] == 0
