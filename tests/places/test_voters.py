"""Importing voters per station: no row is lost, a damaged file changes nothing, on SQLite and on PostgreSQL."""

import gzip
import json
import re

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from awas.logistics.need_services import voter_norms
from awas.places.commands import voters_command
from awas.places.importing import CUT_SHORT, Change, import_regions, import_stations
from awas.places.models import Region, Station
from awas.places.table import DamagedFile
from awas.places.voter_report import Norms
from awas.places.voter_rows import KAWALPEMILU, MAP_COLUMNS, spans
from awas.places.voters import MapMissing, import_voters
from tests.places.tables import REGIONS, STATIONS, station_file
from tests.settings import POSTGRES_URL

NORMS = Norms(300, 500, lambda voters: voters + -(-voters // 50), {"36.02": (900, 4), "36.01": (287, 2)})

PLAIN = """station_code,voters
36.01.01.2001-001,287
36.01.01.2001-002,250
36.01.01.2002-901,0
36.02.01.2001-001,300
"""

ROLL = [
    # prov, kab, kel_id, kel, tps_no, dpt_l, dpt_p, kpu_jum, kp_jum
    "BANTEN,PANDEGLANG,101,SUMBERJAYA,1,140,147,200,200",
    "BANTEN,PANDEGLANG,101,SUMBERJAYA,2,-1,-1,,",
    "BANTEN,PANDEGLANG,101,SUMBERJAYA,4,100,100,204,204",
    "BANTEN,PANDEGLANG,102,UJUNGJAYA,1,320,320,1,2",
    "BANTEN,PANDEGLANG,103,UJUNGJAYA,1,10,11,,",
    "BANTEN,LEBAK,104,MALINGPING UTARA,1,0,200,205,205",
    "BANTEN,LEBAK,105,SUKAMANAH,1,100,101,,",
    "BANTEN,LEBAK,106,KEBON,7,100,102,,",
    "BANTEN,LEBAK,107,HILANG,1,100,103,,",
    "Luar Negeri,Taiwan,-108,Taipei,2001,-1,-1,9,9",
]
MAP = [
    # kel_id, prov, kab, kel, n_tps, dpt_l, dpt_p, kode_kemendagri, match
    "101,BANTEN,PANDEGLANG,SUMBERJAYA,3,240,247,36.01.01.2001,exact",
    "102,BANTEN,PANDEGLANG,UJUNGJAYA,1,320,320,36.01.01.2002,exact",
    "103,BANTEN,PANDEGLANG,UJUNGJAYA,1,10,11,36.01.01.2002,kab+kel",
    "104,BANTEN,LEBAK,MALINGPING UTARA,1,0,200,36.02.01.2001,kab+kel",
    "105,BANTEN,LEBAK,SUKAMANAH,1,100,101,,none",
    "106,BANTEN,LEBAK,KEBON,1,100,102,,ambiguous",
    "107,BANTEN,LEBAK,HILANG,1,100,100,36.02.07.2001,exact",
    "-108,Luar Negeri,Taiwan,Taipei,1,0,0,,none",
    "109,BANTEN,SERANG,CIOMAS,2,200,200,36.04.01.2001,exact",
]

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["36.01.01.2001", "36.01.01.2002", "36.02.01.2001", "36.09.09.2001"]),
        st.sampled_from([0, 1, 2, 3, 4, 901, 1000]),
        st.sampled_from(["", "-1", "0", "1", "300", "301", "501"]),
    ),
    unique_by=lambda row: row[:2],
    max_size=12,
)


def roll_file(*lines):
    return "\n".join((",".join(KAWALPEMILU.columns), *lines)) + "\n"


def map_file(*lines):
    return "\n".join((",".join(MAP_COLUMNS), *lines)) + "\n"


def fates(report):
    return {fate.id: fate.rows for fate in report.fates}


class VotersSuite:
    """What must hold on any database."""

    alias = "default"

    @pytest.fixture(autouse=True)
    def register(self, request, tmp_path, transactional_or_not):
        for name, text in (("regions.csv", REGIONS), ("stations.csv", station_file(*STATIONS))):
            (tmp_path / name).write_text(text, encoding="utf-8")
        import_regions(tmp_path / "regions.csv", using=self.alias)
        import_stations(tmp_path / "stations.csv", using=self.alias)

    @pytest.fixture
    def take(self, tmp_path):
        def taking(text, villages=None, *, add_stations=False):
            path, id_map = tmp_path / "voters.csv", tmp_path / "map.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            if villages is not None:
                id_map.write_text(villages, encoding="utf-8")
            given_map = id_map if villages is not None else None
            return import_voters(path, NORMS, given_map, add_stations, using=self.alias)

        return taking

    def voters(self):
        found = Station.objects.using(self.alias).exclude(voters=None).order_by("code")
        return dict(found.values_list("code", "voters"))

    def test_voters_by_station_code(self, take):
        report = take(PLAIN)
        assert (report.form, report.rows, report.voters) == ("station_code", 4, 837)
        assert report.register == Change(new=0, changed=4, same=0)
        assert fates(report) == {"new": 4}
        assert self.voters() == {
            "36.01.01.2001-001": 287,
            "36.01.01.2001-002": 250,
            "36.01.01.2002-901": 0,
            "36.02.01.2001-001": 300,
        }
        assert [(found.kind, found.rows) for found in report.findings] == [("empty", 1)]
        assert report.register_only == 4

    def test_voters_by_village_and_number(self, take):
        report = take("number,village_code,note,voters\n1,36.01.01.2001,x,287\n901,36.01.01.2002,,12\n")
        assert report.form == "village_code"
        assert self.voters() == {"36.01.01.2001-001": 287, "36.01.01.2002-901": 12}

    def test_a_packed_file_is_the_same(self, take):
        assert take(gzip.compress(PLAIN.encode())).register.changed == 4
        assert take(PLAIN).register == Change(new=0, changed=0, same=4)

    def test_unknown_is_not_0_and_takes_nothing_away(self, take):
        take(PLAIN)
        report = take("station_code,voters\n36.01.01.2001-001,-1\n36.01.01.2001-002,\n36.01.01.2001-003,-1\n")
        assert fates(report) == {"unknown": 3}
        assert [row.station for row in report.findings[0].noted][-1] == "36.01.01.2001-003"
        assert self.voters()["36.01.01.2001-001"] == 287
        assert "36.01.01.2001-003" not in self.voters()

    def test_a_second_list_changes_what_differs(self, take):
        take(PLAIN)
        report = take(PLAIN.replace("287", "288"))
        assert fates(report) == {"changed": 1, "same": 3}
        assert report.register == Change(new=0, changed=1, same=3)
        assert self.voters()["36.01.01.2001-001"] == 288

    @pytest.mark.parametrize("add", [False, True])
    def test_a_second_import_changes_nothing(self, take, add):
        take(roll_file(*ROLL), map_file(*MAP), add_stations=add)
        before = self.voters()
        report = take(roll_file(*ROLL), map_file(*MAP), add_stations=add)
        assert (report.register.new, report.register.changed) == (0, 0)
        assert self.voters() == before

    @pytest.mark.parametrize(
        ("text", "line", "said"),
        [
            (PLAIN + "36.02.01.2001-1,10\n", 6, '"36.02.01.2001-1" is no station'),
            (PLAIN + "36.02.01.2001-001,10\n", 6, "station 1 of 36.02.01.2001 stands on line 5 already"),
            (PLAIN.replace("250", "2 50"), 3, 'voters "2 50" is no whole number'),
            (PLAIN.replace("250", "-2"), 3, 'voters "-2" is no whole number'),
            (PLAIN.replace("250", "250000"), 3, "at most 5 digits"),
            (PLAIN.replace("250", "25²"), 3, "is no whole number"),
            (PLAIN.replace(",250", ""), 3, "has 1 fields"),
            (PLAIN.replace("station_code", "code"), 1, "wrong header: it must be station_code,voters"),
            ("village_code,number,voters\n36.02.01.2001,,5\n", 2, "number is empty"),
            ("village_code,number,voters\n36.02.01,1,5\n", 2, "is no village"),
            ("", 1, "the file is empty"),
        ],
    )
    def test_a_damaged_file_names_its_line_and_changes_nothing(self, take, text, line, said):
        with pytest.raises(DamagedFile) as caught:
            take(text)
        assert [(bad.line, said in bad.what) for bad in caught.value.bad] == [(line, True)]
        assert self.voters() == {}

    def test_a_packed_file_cut_short_changes_nothing(self, take):
        packed = gzip.compress("".join(f"36.01.01.2001-{n:03},{n}\n" for n in range(1, 999)).encode())
        with pytest.raises(DamagedFile) as caught:
            take(packed[:-20])
        assert "the packed file ends or breaks here" in caught.value.bad[0].what
        assert self.voters() == {}

    def test_a_damaged_map_changes_nothing(self, take):
        with pytest.raises(DamagedFile) as caught:
            take(roll_file(*ROLL), map_file(*MAP, MAP[0], "x" + MAP[1]))
        assert [(bad.line, caught.value.file) for bad in caught.value.bad] == [(11, "map.csv"), (12, "map.csv")]
        assert self.voters() == {}

    def test_a_file_of_foreign_ids_needs_its_map(self, take):
        with pytest.raises(MapMissing, match="needs their map"):
            take(roll_file(*ROLL))

    def test_a_file_that_may_be_cut_short_and_a_needless_map_are_remarked(self, take):
        assert take(PLAIN.rstrip("\n"), map_file(*MAP)).remarks == (
            CUT_SHORT,
            "map.csv was not needed: the file's villages have codes",
        )

    def test_stations_above_the_limits_are_applied_and_named(self, take):
        report = take("station_code,voters\n36.01.01.2001-001,301\n36.01.01.2001-002,501\n36.01.01.2001-003,300\n")
        assert {found.kind: found.noted[0].what for found in report.findings} == {
            "above_law": "501 voters, the law allows 500",
            "above_rule": "301 voters, the rule allows 300",
        }
        assert list(self.voters().values()) == [301, 501, 300]

    def test_stations_the_register_lacks_are_named(self, take):
        more = "36.01.01.2001-004,10\n36.01.01.2001-005,-1\n36.01.01.2009-001,7\n"
        report = take(PLAIN + more)
        assert fates(report) == {"new": 4, "no_such_station": 2, "no_such_village": 1}
        assert [(unused.village, unused.stations, unused.voters) for unused in report.unused] == [
            ("36.01.01.2001", "4-5", 10),
            ("36.01.01.2009", "1", 7),
        ]
        assert Station.objects.using(self.alias).count() == 12

    def test_they_are_added_when_asked_for_but_never_a_region(self, take):
        regions = Region.objects.using(self.alias).count()
        report = take(PLAIN + "36.01.01.2001-004,10\n36.01.01.2001-005,\n36.01.01.2009-001,7\n", add_stations=True)
        assert fates(report) == {"added": 2, "new": 4, "no_such_village": 1}
        assert report.register == Change(new=2, changed=4, same=0)
        added = Station.objects.using(self.alias).get(code="36.01.01.2001-004")
        assert (added.region_id, added.number, added.voters) == ("36.01.01.2001", 4, 10)
        assert Station.objects.using(self.alias).get(code="36.01.01.2001-005").voters is None
        assert Region.objects.using(self.alias).count() == regions

    def test_every_row_of_a_dirty_roll_is_applied_or_named(self, take):
        report = take(roll_file(*ROLL), map_file(*MAP))
        assert fates(report) == {
            "ambiguous": 1,
            "matched_twice": 1,
            "new": 3,
            "no_such_station": 1,
            "no_such_village": 1,
            "unknown": 1,
            "unmatched": 2,
        }
        assert report.register == Change(new=0, changed=3, same=0), "a station that stays unknown is no change"
        assert self.voters() == {"36.01.01.2001-001": 287, "36.01.01.2002-001": 640, "36.02.01.2001-001": 200}
        assert {found.kind: [row.station for row in found.noted] for found in report.findings} == {
            "above_law": ["36.01.01.2002-001"],
            "more_votes_than_ballots": ["36.02.01.2001-001"],
            "one_sex": ["36.02.01.2001-001"],
            "unknown": ["36.01.01.2001-002", "-108/2001"],
        }
        named = {(unused.fate, unused.village, unused.name, unused.stations, unused.code) for unused in report.unused}
        assert named == {
            ("ambiguous", "106", "KEBON", "7", ""),
            ("matched_twice", "103", "UJUNGJAYA", "1", "36.01.01.2002"),
            ("no_such_station", "36.01.01.2001", "SUMBERJAYA", "4", ""),
            ("no_such_village", "36.02.07.2001", "HILANG", "1", ""),
            ("unmatched", "105", "SUKAMANAH", "1", ""),
            ("unmatched", "-108", "Taipei", "2001", ""),
        }
        told = report.villages
        assert (told.villages, told.unmatched, told.ambiguous, told.claimed_codes, told.claims_too_many) == (
            9,
            2,
            1,
            1,
            1,
        )

    def test_two_equal_claims_on_a_code_beat_nobody(self, take):
        rivals = [MAP[1], MAP[2].replace("kab+kel", "exact")]
        report = take(roll_file(ROLL[3], ROLL[4]), map_file(*rivals))
        assert fates(report) == {"matched_twice": 2}
        assert self.voters() == {}

    def test_sums_per_regency_beside_what_the_map_says(self, take):
        report = take(roll_file(*ROLL), map_file(*MAP))
        told = {one.regency: (one.rows, one.voters, one.stated_voters, one.equal) for one in report.regencies}
        assert told == {
            "BANTEN, LEBAK": (4, 806, 803, False),
            "BANTEN, PANDEGLANG": (5, 1148, 1148, True),
            "BANTEN, SERANG": (0, 0, 400, None),
            "Luar Negeri, Taiwan": (1, 0, 0, True),
        }
        assert [one.villages_lacking for one in report.regencies] == [0, 0, 1, 0]

    def test_sums_per_district_beside_what_was_published(self, take):
        told = {one.regency: (one.voters, one.stated_voters, one.equal) for one in take(PLAIN).regencies}
        assert told == {"36.01": (537, 287, False), "36.02": (300, 900, False)}
        report = take("station_code,voters\n36.01.01.2001-001,280\n36.01.01.2001-002,7\n")
        assert [one.equal for one in report.regencies] == [True]

    def test_numbers_that_no_station_has(self, take):
        report = take("village_code,number,voters\n36.01.01.2001,0,5\n36.01.01.2001,1000,6\n36.01.01.2001,1,7\n")
        assert fates(report) == {"new": 1, "no_such_number": 2}
        assert report.unused[0].stations == "0, 1000"

    def test_rows_in_are_rows_applied_and_rows_named(self, take):
        @settings(max_examples=25, deadline=None)
        @given(ROWS, st.booleans())
        def holds(rows, add):
            lines = "".join(f"{village},{number},{voters}\n" for village, number, voters in rows)
            report = take("village_code,number,voters\n" + lines, add_stations=add)
            assert report.rows == len(rows) == sum(fate.rows for fate in report.fates)
            assert report.voters == sum(fate.voters for fate in report.fates)
            named = sum(unused.rows for unused in report.unused)
            unknown = fates(report).get("unknown", 0)
            applied = report.register.new + report.register.changed + report.register.same
            assert report.rows == applied + named + unknown

        holds()


@pytest.mark.django_db
class TestSQLite(VotersSuite):
    @pytest.fixture
    def transactional_or_not(self, db):
        return None

    def test_a_second_import_writes_to_no_table_of_the_register(self, take):
        take(PLAIN)
        with CaptureQueriesContext(connection) as queries:
            take(PLAIN)
        written = [query["sql"] for query in queries if re.search(r"\b(INSERT|UPDATE|DELETE)\b", query["sql"])]
        assert any("incoming_voters" in sql for sql in written)
        assert not [sql for sql in written if "places_" in sql]

    def test_if_writing_fails_nothing_was_imported(self, take, monkeypatch):
        monkeypatch.setattr("awas.places.voters._ADD", "INSERT INTO nowhere SELECT %s, %s")
        with pytest.raises(Exception, match="nowhere"):
            take(PLAIN + "36.01.01.2001-004,10\n", add_stations=True)
        assert self.voters() == {}


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server")
@pytest.mark.django_db(transaction=True, databases=["default", "postgres"])
class TestPostgres(VotersSuite):
    alias = "postgres"

    @pytest.fixture
    def transactional_or_not(self, transactional_db):
        return None


@pytest.mark.parametrize(
    ("numbers", "said"), [([], ""), ([3], "3"), ([2, 1, 3], "1-3"), ([1, 2, 4, 901, 902], "1-2, 4, 901-902")]
)
def test_numbers_in_short(numbers, said):
    assert spans(numbers) == said


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture
    def run(self, tmp_path):
        for name, text in (("r.csv", REGIONS), ("s.csv", station_file(*STATIONS)), ("map.csv", map_file(*MAP))):
            (tmp_path / name).write_text(text, encoding="utf-8")
        import_regions(tmp_path / "r.csv")
        import_stations(tmp_path / "s.csv")

        def running(text, *options):
            (tmp_path / "voters.csv").write_text(text, encoding="utf-8")
            filled = [option.replace("MAP", str(tmp_path / "map.csv")) for option in options]
            return CliRunner().invoke(voters_command(voter_norms), [str(tmp_path / "voters.csv"), *filled])

        return running

    def test_a_dirty_roll_is_told_in_full(self, run):
        result = run(roll_file(*ROLL), "--map", "MAP")
        assert result.exit_code == 0
        for line in (
            "voters.csv: 10 stations with 1,954 voters (kawalpemilu-2019)",
            "10 of 10 rows accounted for",
            "the map: 9 villages, 2 unmatched, 1 ambiguous",
            "line 5: 36.01.01.2002-001 640 voters, the law allows 500",
            "103 UJUNGJAYA (claims 36.01.01.2002): 1; 21 voters",
            "2 of 3 regencies have the sums that are stated of them",
            "BANTEN, LEBAK: 4 stations, 803 voters stated",
            "1 regencies of the map are not in the file",
        ):
            assert line in result.stdout
        assert "comparing" in result.stderr

    def test_all_of_it_is_in_the_json(self, run):
        many = "".join(f"36.01.01.2001-{number:03},9\n" for number in range(10, 60, 2))
        result = run("station_code,voters\n" + many, "--json")
        told = json.loads(result.stdout)
        assert told["unused"][0]["rows"] == 25
        assert told["unused"][0]["stations"].startswith("10, 12, 14")
        assert run("station_code,voters\n" + many, "--add-stations").exit_code == 0
        assert Station.objects.filter(region="36.01.01.2001").count() == 28

    def test_exit_codes(self, run):
        assert run(PLAIN).exit_code == 0
        damaged = run(PLAIN + "x\n")
        assert (damaged.exit_code, "voters.csv:6: has 1 fields" in damaged.stdout) == (1, True)
        needs_map = run(roll_file(*ROLL))
        assert (needs_map.exit_code, "(--map FILE)" in needs_map.stderr) == (2, True)
