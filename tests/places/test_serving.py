"""Which warehouse serves which area: a file is taken whole or not at all, and the nearest area of a station counts."""

import json

import pytest
from click.testing import CliRunner

from awas.places.commands import import_group
from awas.places.constituencies import nearest
from awas.places.importing import Change, import_regions
from awas.places.models import ServedArea, Site, Station
from awas.places.serving import areas_within, import_serving, unserved
from awas.places.table import DamagedFile
from tests.places.tables import REGIONS
from tests.settings import POSTGRES_URL

HEADER = "site,area\n"
TABLE = HEADER + "36.01-G1,36.01.01\n36.01-G2,36.01.01.2002\n"


class Suite:
    alias = "default"

    @pytest.fixture
    def taken(self, tmp_path):
        (tmp_path / "regions.csv").write_text(REGIONS, encoding="utf-8")
        import_regions(tmp_path / "regions.csv", using=self.alias)
        kinds = {"36.01-G1": "kpu_warehouse", "36.01-G2": "dapil_warehouse", "36.01-K1": "office", "36.02-G1": "office"}
        for code, kind in kinds.items():
            Site.objects.using(self.alias).create(code=code, region_id=code[:5], kind=kind, name=code)

        def taking(text=TABLE):
            (tmp_path / "areas.csv").write_text(text, encoding="utf-8")
            return import_serving(tmp_path / "areas.csv", using=self.alias)

        return taking

    def rows(self):
        return list(ServedArea.objects.using(self.alias).values_list("region_id", "site_id"))

    def test_a_second_import_changes_nothing(self, taken):
        first = taken()
        assert (first.rows, first.areas) == (2, {"36.01-G1": 1, "36.01-G2": 1})
        assert first.register == Change(new=2, changed=0, same=0)
        assert taken().register == Change(new=0, changed=0, same=2)

    def test_the_file_is_the_whole_truth_about_the_districts_it_names(self, taken):
        taken()
        assert taken(HEADER + "36.01-G2,36.01.01\n").register == Change(new=0, changed=1, same=0, removed=1)
        assert self.rows() == [("36.01.01", "36.01-G2")]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("36.01,36.01.01", 'site "36.01" is no warehouse'),
            ("36.01-G1,36.01", 'area "36.01" is no kecamatan or village'),
            ("36.01-G1,36.02.01", "36.02.01 doesn't lie in 36.01"),
            ("36.01-G9,36.01.01", "36.01-G9 is not in the register of sites"),
            ("36.01-K1,36.01.01", "36.01-K1 is an office"),
            ("36.01-G1,36.01.07", "36.01.07 is not in the register of regions"),
            ("36.01-G1,36.01.01.2001\n36.01-G2,36.01.01.2001", "36.01.01.2001 stands on line 2 already, with 36.01-G1"),
        ],
    )
    def test_a_bad_line_is_named_and_nothing_comes_in(self, taken, line, said):
        taken()
        before = self.rows()
        with pytest.raises(DamagedFile) as caught:
            taken(HEADER + line + "\n")
        assert said in caught.value.bad[0].what
        assert caught.value.bad[0].line == line.count("\n") + 2
        assert self.rows() == before

    def test_stations_in_no_area_are_counted(self, taken):
        for village in ("36.01.01.2001", "36.01.01.2002"):
            Station.objects.using(self.alias).create(code=f"{village}-001", region_id=village, number=1)
        assert taken().remarks == ()
        assert taken(HEADER + "36.01-G2,36.01.01.2002\n").remarks == ("36.01: 1 stations lie in no area",)
        assert unserved("36.01", self.alias) == 1


@pytest.mark.django_db
class TestSQLite(Suite):
    def test_the_nearest_area_of_a_station_counts(self, taken):
        taken()
        areas = areas_within("36.01")
        assert nearest(areas, "36.01.01.2001-001") == "36.01-G1"
        assert nearest(areas, "36.01.01.2002-001") == "36.01-G2"
        assert areas_within("36.02") == {}

    def test_the_command_tells_what_came_in(self, taken, tmp_path):
        taken()
        said = CliRunner().invoke(import_group, ["serving", str(tmp_path / "areas.csv")])
        assert (said.exit_code, "36.01-G2: 1 areas" in said.stdout) == (0, True)
        told = CliRunner().invoke(import_group, ["serving", str(tmp_path / "areas.csv"), "--json"])
        assert json.loads(told.stdout)["register"]["same"] == 2


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server")
@pytest.mark.django_db(transaction=True, databases=["default", "postgres"])
class TestPostgres(Suite):
    alias = "postgres"
