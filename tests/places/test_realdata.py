"""The importers on the country's real tables. Totals are those that KPU and Kemendagri published."""

import time

import pytest

from awas.places.boundaries import import_boundaries
from awas.places.importing import Change, import_regions, import_stations
from awas.places.models import Region, Station
from awas.places.table import DamagedFile

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]


@pytest.fixture
def regions_2022(realdata):
    return realdata / "region" / "wilayah_kemendagri_2022_100.1.1-6117.csv"


@pytest.fixture
def regions_2025(realdata):
    return realdata / "region" / "wilayah_kemendagri_2025.csv"


@pytest.fixture
def stations(realdata):
    return realdata / "tps" / "tps_2024_per_kelurahan_kp24.csv"


def equal(report):
    return [compared.name for compared in report.comparisons if compared.equal]


def test_the_region_table_of_today_in_seconds(regions_2025):
    began = time.monotonic()
    report = import_regions(regions_2025)
    assert time.monotonic() - began < 30
    assert report.levels == (38, 514, 7285, 83762)
    assert equal(report) == ["Kepmendagri, table of 2025"]
    assert [Region.objects.within("36").filter(level=level).count() for level in (1, 2, 3, 4)] == [1, 8, 155, 1552]
    assert import_regions(regions_2025).regions == Change(new=0, changed=0, same=91599)


def test_every_station_of_2024_beside_the_table_of_its_year(regions_2022, stations):
    import_regions(regions_2022)
    began = time.monotonic()
    report = import_stations(stations)
    assert time.monotonic() - began < 60
    assert (report.stations, report.villages, report.special) == (820161, 83731, 1822)
    assert (report.overseas_rows, report.overseas_stations) == (304, 3205)
    assert equal(report) == ["KPU, Pemilu 2024", "KPU, Pemilu 2024, Banten"]
    assert Station.objects.within("36").count() == 33324
    by_district = {code: Station.objects.within(code).count() for code in ("36.01", "36.02", "36.72", "36.74")}
    assert by_district == {"36.01": 3759, "36.02": 3995, "36.72": 1253, "36.74": 3824}
    # the table of 2022 doesn't know the province of Papua Barat Daya (96) yet, nor one village of Sidoarjo
    assert len(report.unlisted) == 1014
    assert {village.code[:2] for village in report.unlisted} == {"35", "96"}
    assert Region.objects.get(code="96").name == "PAPUA BARAT DAYA"
    assert import_stations(stations).register == Change(new=0, changed=0, same=823366)


def test_one_bad_line_among_84035_stops_it(stations, tmp_path):
    lines = stations.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[50_000] = lines[50_000].replace(",", ";")
    damaged = tmp_path / "stations.csv"
    damaged.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(DamagedFile) as caught:
        import_stations(damaged)
    assert [bad.line for bad in caught.value.bad] == [50_001]
    assert not Station.objects.exists()


def test_the_outlines_of_every_district(regions_2025, realdata):
    import_regions(regions_2025)
    report = import_boundaries(realdata / "region" / "indonesia_kab_boundaries.geojson")
    assert report.boundaries.new == 514
    assert report.remarks == ("96.01: 10 rings left out, which simplifying had made a line",)
    kecamatan = import_boundaries(realdata / "region" / "banten_kec_boundaries.geojson")
    assert kecamatan.boundaries.new == 155
