"""Importing regions and stations: the whole file or nothing, on SQLite and on PostgreSQL."""

import re

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from awas.places.importing import CUT_SHORT, Change, Named, import_regions, import_stations
from awas.places.models import Region, Station
from awas.places.table import DamagedFile
from tests.places.tables import REGIONS, STATIONS, station_file
from tests.settings import POSTGRES_URL


class ImportSuite:
    """What must hold on any database."""

    alias = "default"

    @pytest.fixture
    def regions(self, tmp_path):
        def taking(text=REGIONS):
            path = tmp_path / "regions.csv"
            path.write_text(text, encoding="utf-8")
            return import_regions(path, using=self.alias)

        return taking

    @pytest.fixture
    def stations(self, tmp_path):
        def taking(*lines):
            path = tmp_path / "stations.csv"
            path.write_text(station_file(*lines or STATIONS), encoding="utf-8")
            return import_stations(path, using=self.alias)

        return taking

    def region(self, code):
        return Region.objects.using(self.alias).get(code=code)

    def codes(self, village=""):
        found = Station.objects.using(self.alias).order_by("region", "number")
        return [code for code in found.values_list("code", flat=True) if code.startswith(village)]

    def test_regions_come_in_with_level_and_parent(self, regions):
        report = regions()
        assert (report.rows, report.levels) == (8, (1, 2, 2, 3))
        assert report.regions == Change(new=8, changed=0, same=0)
        lebak = self.region("36.02")
        assert (lebak.name, lebak.level, lebak.parent_id, lebak.listed) == ("Kabupaten Lebak", 2, "36", True)
        assert self.region("36").parent_id is None
        assert self.region("36.02.01.2001").name == "Malingping Utara, Selatan"

    def test_a_second_import_changes_nothing(self, regions, stations):
        regions()
        assert regions().regions == Change(new=0, changed=0, same=8)
        first = stations()
        assert first.register == Change(new=12, changed=0, same=0)
        again = stations()
        assert again.register == Change(new=0, changed=0, same=12)
        assert (again.regions_added, again.unlisted) == (0, first.unlisted)

    def test_a_new_edition_renames_and_adds_and_deletes_nothing(self, regions):
        regions()
        report = regions("kode,nama\n36,Banten\n36.01,KAB. PANDEGLANG\n36.03,Kabupaten Tangerang\n")
        assert report.regions == Change(new=1, changed=1, same=1)
        assert self.region("36.01").name == "KAB. PANDEGLANG"
        assert self.region("36.02.01.2001").name == "Malingping Utara, Selatan"

    def test_a_part_of_the_table_may_follow_the_rest(self, regions):
        regions()
        assert regions("kode,nama\n36.02.01.2002,Sukamanah\n").regions.new == 1

    def test_parents_may_stand_below_their_children(self, regions):
        assert regions("kode,nama\n36.02.01,Malingping\n36.02,Kabupaten Lebak\n36,Banten\n").rows == 3

    @pytest.mark.parametrize(
        ("text", "line", "said"),
        [
            (REGIONS + "36.02,Kabupaten Lebak\n", 10, "36.02 stands on line 7 already"),
            (REGIONS + "36.09.01,Nowhere\n", 10, "36.09, the region above 36.09.01, is neither in the file nor in"),
            (REGIONS + "3602,Lebak\n", 10, '"3602" is no region code'),
            (REGIONS + "36.02.02\n", 10, "has 1 fields"),
            (REGIONS.replace("kode", "code"), 1, "wrong header"),
        ],
    )
    def test_a_damaged_region_table_changes_nothing(self, regions, text, line, said):
        with pytest.raises(DamagedFile) as caught:
            regions(text)
        assert [(bad.line, said in bad.what) for bad in caught.value.bad] == [(line, True)]
        assert not Region.objects.using(self.alias).exists()

    def test_a_file_that_may_be_cut_short_is_remarked(self, regions):
        assert regions(REGIONS.rstrip("\n")).remarks == (CUT_SHORT,)
        assert regions().remarks == ()

    def test_stations_come_in_one_by_one(self, regions, stations):
        regions()
        report = stations()
        assert (report.rows, report.villages, report.stations, report.special) == (6, 4, 9, 2)
        assert (report.overseas_rows, report.overseas_stations) == (2, 3)
        assert self.codes("36.01.01.2002") == [f"36.01.01.2002-{n}" for n in ("001", "002", "901", "902")]
        assert self.codes("99") == ["99.01.01.0001-001", "99.01.01.0001-002", "99.01.01.0002-003"]
        special = {s.number: s.special for s in Station.objects.using(self.alias).filter(region="36.01.01.2002")}
        assert special == {1: False, 2: False, 901: True, 902: True}
        assert not Station.objects.using(self.alias).exclude(voters=None).exists()

    def test_a_village_that_no_table_has_is_kept_and_named(self, regions, stations):
        regions()
        report = stations()
        assert report.unlisted == (Named("36.02.09.2001", "CIJAKU"),)
        assert (self.region("36.02.09").name, self.region("36.02.09").listed) == ("CIJAKU", False)
        assert self.codes("36.02.09") == ["36.02.09.2001-001"]
        assert self.region("99.01.01.0002").overseas
        assert self.region("36.02.01.2001").name == "Malingping Utara, Selatan", "the table's own name stays"

    def test_a_later_table_may_list_it_after_all(self, regions, stations):
        regions()
        stations()
        report = regions(REGIONS + "36.02.09,Cijaku\n36.02.09.2001,Cijaku\n")
        assert report.regions == Change(new=0, changed=2, same=8)
        assert stations().unlisted == ()

    def test_stations_may_come_before_the_regions(self, regions, stations):
        assert len(stations().unlisted) == 4
        assert regions().regions == Change(new=0, changed=8, same=0)
        assert self.region("36.02").listed

    def test_a_corrected_file_is_followed_within_its_villages(self, regions, stations):
        regions()
        stations()
        Station.objects.using(self.alias).filter(code="36.01.01.2002-002").update(voters=287)
        report = stations(STATIONS[1].replace("2,901,902,2,4", "3,901,901,1,4"))
        assert report.register == Change(new=1, changed=0, same=3, removed=1)
        assert self.codes("36.01.01.2002") == [f"36.01.01.2002-{n}" for n in ("001", "002", "003", "901")]
        assert len(self.codes()) == 12, "other villages stay"
        assert Station.objects.using(self.alias).get(code="36.01.01.2002-002").voters == 287

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            ([STATIONS[0], STATIONS[0]], "36.01.01.2001 stands on line 2 already"),
            ([STATIONS[0], STATIONS[1].replace("2,4", "2,5")], "n_tps is 5"),
            ([STATIONS[0], STATIONS[1].replace("901", "9O1")], 'special_first "9O1" is no whole number'),
            ([STATIONS[0], STATIONS[1].replace("36.01.01.2002", "36.01.2002")], "no village code"),
            ([STATIONS[0], STATIONS[1][:60]], "fields, the header has 13"),
        ],
    )
    def test_a_damaged_station_file_changes_nothing(self, regions, stations, lines, said):
        regions()
        with pytest.raises(DamagedFile) as caught:
            stations(*lines)
        assert [(bad.line, said in bad.what) for bad in caught.value.bad] == [(3, True)]
        assert self.codes() == []
        assert Region.objects.using(self.alias).count() == 8
        assert stations().register.new == 12, "and the next good file is taken"

    def test_published_totals_are_held_against_the_file(self, stations):
        compared = {found.name: found for found in stations().comparisons}
        assert compared["KPU, Pemilu 2024, Banten"].found == (9, 4)
        assert not compared["KPU, Pemilu 2024, Banten"].equal
        assert "KPU, Pemilu 2024, Banten" not in {found.name for found in stations(STATIONS[4]).comparisons}

    def test_what_lies_within_a_region(self, regions, stations):
        regions()
        stations()
        inside = Region.objects.using(self.alias).within("36.01")
        assert [region.code for region in inside] == ["36.01", "36.01.01", "36.01.01.2001", "36.01.01.2002"]
        counts = {region: Station.objects.using(self.alias).within(region).count() for region in ("36", "36.02", "99")}
        assert counts == {"36": 9, "36.02": 2, "99": 3}
        assert Station.objects.using(self.alias).within("36.01.01.2002").count() == 4

    def test_progress_reaches_its_end(self, tmp_path):
        path = tmp_path / "stations.csv"
        path.write_text(station_file(*STATIONS), encoding="utf-8")
        steps = Steps()
        import_stations(path, steps.show, using=self.alias)
        assert steps.done == {"reading": path.stat().st_size, "comparing": 2, "writing": 2}
        assert steps.wanted == steps.done


class Steps:
    """What a progress bar would have been told."""

    def __init__(self):
        self.wanted, self.done = {}, {}

    def show(self, what, length):
        self.wanted[what], self.done[what] = length, 0
        return Showing(self, what)


class Showing:
    def __init__(self, steps, what):
        self.steps, self.what = steps, what

    def __enter__(self):
        return self.step

    def __exit__(self, *failure):
        return None

    def step(self, length):
        self.steps.done[self.what] += length


@pytest.mark.django_db
class TestSQLite(ImportSuite):
    def test_a_region_is_found_through_an_index(self):
        plan = Station.objects.within("36.02").explain() + Region.objects.within("36.02").explain()
        assert plan.count("SEARCH") == 2
        assert "SCAN" not in plan

    def test_a_second_import_writes_to_no_table_of_the_register(self, regions, stations):
        regions()
        stations()
        with CaptureQueriesContext(connection) as queries:
            stations()
        written = [query["sql"] for query in queries if re.search(r"\b(INSERT|UPDATE|DELETE)\b", query["sql"])]
        assert any("incoming_village" in sql for sql in written)
        assert not [sql for sql in written if "places_" in sql]

    def test_stations_group_by_region(self, regions, stations):
        regions()
        stations()
        counted = Station.objects.values_list("region").annotate(count=Count("code")).order_by("region")
        assert dict(counted)["36.01.01.2002"] == 4


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server")
@pytest.mark.django_db(transaction=True, databases=["default", "postgres"])
class TestPostgres(ImportSuite):
    alias = "postgres"
