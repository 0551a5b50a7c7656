"""Electoral districts as a table: the nearest row above a place holds; a file is taken whole or not at all."""

import json

import pytest
from click.testing import CliRunner

from awas.places.commands import constituencies_command
from awas.places.constituencies import (
    constituencies_within,
    constituency_of,
    import_constituencies,
    voted_in,
    whole_within,
)
from awas.places.importing import Change, import_regions
from awas.places.models import Constituency, Station
from awas.places.table import DamagedFile
from tests.places.tables import REGIONS
from tests.settings import POSTGRES_URL

KINDS = ("dpr", "dprd_kab")
ALL = (*KINDS, "dpd")
HEADER = "wilayah,surat_suara,dapil\n"
TABLE = HEADER + "36.01,dprd_kab,36.01-1\n36.01.01.2002,dprd_kab,36.01-2\n36,dpr,Banten-I\n36.02,dprd_kab,36.02-1\n"


class Suite:
    alias = "default"

    @pytest.fixture
    def taken(self, tmp_path):
        (tmp_path / "regions.csv").write_text(REGIONS, encoding="utf-8")
        import_regions(tmp_path / "regions.csv", using=self.alias)

        def taking(text=TABLE, kinds=KINDS):
            (tmp_path / "dapil.csv").write_text(text, encoding="utf-8")
            return import_constituencies(tmp_path / "dapil.csv", kinds, using=self.alias)

        return taking

    def rows(self):
        found = Constituency.objects.using(self.alias).order_by("region", "ballot")
        return list(found.values_list("region_id", "ballot", "code"))

    def test_a_second_import_changes_nothing(self, taken):
        first = taken()
        assert (first.rows, first.register) == (4, Change(new=4, changed=0, same=0))
        assert first.constituencies == {"dpr": 1, "dprd_kab": 3}
        before = self.rows()
        assert taken().register == Change(new=0, changed=0, same=4)
        assert self.rows() == before

    def test_the_file_is_the_whole_truth_about_the_districts_it_names(self, taken):
        taken()
        assert taken(HEADER + "36.01,dprd_kab,36.01-3\n").register == Change(new=0, changed=1, same=0, removed=1)
        assert self.rows() == [
            ("36", "dpr", "Banten-I"),
            ("36.01", "dprd_kab", "36.01-3"),
            ("36.02", "dprd_kab", "36.02-1"),
        ]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("36.1,dpr,A", '"36.1" is no region code'),
            ("36.09,dpr,A", "36.09 is not in the register of regions"),
            ("36.01,president,A", 'surat_suara "president" is none of dpr, dprd_kab'),
            ("36.01,dpr,", 'dapil "" must be 1 to 16 letters'),
            ("36.01,dpr,Banten I", 'dapil "Banten I" must be'),
            ("36.01,dpr,=1+1", 'dapil "=1+1" must be'),
            ("36.01,dpr,A\n36.01,dpr,B", "36.01 stands on line 2 already, for dpr"),
        ],
    )
    def test_a_bad_line_is_named_and_nothing_comes_in(self, taken, line, said):
        with pytest.raises(DamagedFile) as damaged:
            taken(HEADER + line + "\n36.02,dpr,A\n")
        assert said in damaged.value.bad[0].what
        assert self.rows() == []


@pytest.mark.django_db
class TestSQLite(Suite):
    @pytest.mark.parametrize(
        ("place", "ballot", "dapil"),
        [
            ("36.01.01.2001-007", "dprd_kab", "36.01-1"),
            ("36.01.01.2002-001", "dprd_kab", "36.01-2"),
            ("36.01.01.2002", "dpr", "Banten-I"),
            ("36.02-G1", "dprd_kab", "36.02-1"),
            ("36.03.01.2001-001", "dprd_kab", ""),
            ("32.01.01.2001-001", "dpr", ""),
        ],
    )
    def test_the_nearest_row_above_a_place_holds(self, taken, place, ballot, dapil):
        taken()
        assert constituency_of(place, ballot) == dapil

    def test_what_speaks_of_a_region_lies_in_it_or_above_it(self, taken):
        taken()
        assert constituencies_within("36.01", "dprd_kab") == {"36.01": "36.01-1", "36.01.01.2002": "36.01-2"}
        assert constituencies_within("36.01", "dpr") == {"36.01": "Banten-I"}
        assert constituencies_within("36.03", "dprd_kab") == {}

    def test_a_region_is_made_of_whole_constituencies_or_reaches_beyond(self, taken):
        taken()
        villages = ["36.01.01.2001", "36.01.01.2002"]
        assert whole_within("36.01", villages, "dprd_kab") == 2
        assert whole_within("36.01", villages, "dpr") is None
        assert whole_within("36", [*villages, "36.02.01.2001"], "dpr") == 1
        assert whole_within("", [*villages, "36.02.01.2001"], "dprd_kab") == 3
        for region, there, ballot in (("36.03", ["36.03.01.2001"], "dprd_kab"), ("36.01", villages, "dpd")):
            with pytest.raises(LookupError):
                whole_within(region, there, ballot)

    def test_voters_of_a_district_vote_in_these(self, taken):
        taken(TABLE + "36.02.01.2001,dpd,36\n36.01.01.2001,dpd,36\n", ALL)
        whole = {"dpr": ("Banten-I",), "dprd_kab": ("36.01-1", "36.01-2")}
        assert voted_in("36.01", ALL) == whole, "of dpd one village alone is known"
        Station.objects.create(code="36.01.01.2001-001", region_id="36.01.01.2001", number=1)
        assert voted_in("36.01", ALL) == {"dpr": ("Banten-I",), "dprd_kab": ("36.01-1",), "dpd": ("36",)}
        assert voted_in("36.03", KINDS) == {}

    def test_the_command_tells_what_came_in(self, taken, tmp_path):
        taken()
        command = constituencies_command(lambda: KINDS)
        result = CliRunner().invoke(command, [str(tmp_path / "dapil.csv"), "--json"])
        assert (result.exit_code, json.loads(result.stdout)["register"]["same"]) == (0, 4)
        assert "dprd_kab: 3 constituencies" in CliRunner().invoke(command, [str(tmp_path / "dapil.csv")]).stdout


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server")
@pytest.mark.django_db(transaction=True, databases=["default", "postgres"])
class TestPostgres(Suite):
    alias = "postgres"
