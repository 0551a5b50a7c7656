"""`awas needs` as a person or a program calls it, and official figures beside their bounds."""

import csv
import gzip
import json
from collections import Counter

import pytest
from click.testing import CliRunner

from awas.elections.services import election
from awas.logistics import need_services
from awas.logistics.need_bounds import measured_rounding
from awas.logistics.need_published import Case, cases, judge
from awas.logistics.need_services import judged, sizes_at_home, voter_norms
from awas.logistics.needs_command import needs_command
from awas.places.models import Region, Station

PEMILU, PILKADA = election("pemilu-2024"), election("pilkada-2024")
FIVE = ("ppwp", "dpr", "dpd", "dprd_prov", "dprd_kab")


def line(**figures):
    return json.dumps({"id": "x", "topic": "ballot_need", "region": "Kab. Nowhere", "figures": figures})


def verdict(**figures):
    (case,) = cases([line(**figures)])
    return judge(case, (PEMILU, PILKADA))


class TestPublished:
    def test_a_total_within_its_bounds(self):
        found = verdict(dpt=996127, tps=3759, reserve_rate=0.02, ballots_per_type=1017590, psu_extra=None)
        assert (found.outcome, found.least, found.most, found.by) == ("within", 1_016_050, 1_018_681, 0)
        assert (found.election, found.rounding_e6, found.sound) == ("pemilu-2024", 409_806, True)

    @pytest.mark.parametrize(
        ("ballots", "outcome", "by"),
        [(1_016_050, "within", 0), (1_016_049, "too_few", -1), (1_018_681, "within", 0), (1_018_691, "too_many", 10)],
    )
    def test_a_total_outside_is_off_by_so_much(self, ballots, outcome, by):
        found = verdict(dpt=996127, tps=3759, reserve_rate=0.02, ballots=ballots)
        assert (found.outcome, found.by, found.sound) == (outcome, by, not by)

    @pytest.mark.parametrize("rate", [0.025, 2.5])
    def test_the_reserve_names_the_election(self, rate):
        assert verdict(dpt=2369021, tps=4484, reserve_rate=rate, need=2430274).election == "pilkada-2024"

    def test_an_unknown_reserve_is_not_checked_against_another(self):
        found = verdict(dpt=1000, tps=4, reserve_rate=0.1, need=1100)
        assert (found.outcome, found.note) == ("incomplete", "no election that is known has this reserve rate")

    def test_without_stations_only_the_least_is_known(self):
        found = verdict(dpt=112132, reserve=2496, psu=1000, received=115628)
        assert (found.outcome, found.published, found.least, found.most) == ("within", 114_628, 114_375, None)
        assert (found.rounding_e6, found.stations_at_least) == (None, 416)
        assert verdict(dpt=112132, reserve=2242).outcome == "too_few"

    def test_parts_that_do_not_add_up_are_named(self):
        found = verdict(dpt=112132, reserve=2496, psu=1000, received=115629)
        assert [(one.total, one.parts, one.by) for one in found.sums] == [("received", ("dpt", "reserve", "psu"), 1)]
        assert not found.sound

    def test_one_station(self):
        found = verdict(dpt_max=300, reserve=6, total=306)
        assert (found.outcome, found.stations, found.least, found.most) == ("within", 1, 306, 306)
        assert verdict(dpt_max=300, reserve=6, total=307).sums[0].by == 1

    def test_more_voters_than_stations_hold(self):
        found = verdict(dpt=1000, tps=3, reserve_rate=0.02, need=1020)
        assert (found.outcome, found.sound) == ("impossible", False)

    @pytest.mark.parametrize("figures", [{}, {"dpt": 5}, {"dpt": "many", "need": 3}, {"dpt": True, "need": 3}])
    def test_what_is_missing_is_not_made_up(self, figures):
        assert verdict(**figures).outcome == "incomplete"

    def test_other_topics_are_passed_over_and_bad_lines_named(self):
        found = list(cases(['{"topic": "dpt"}', "", "{", "[]", line(dpt=1)]))
        assert [one.id for one in found] == ["line 3", "line 4", "x"]
        assert [isinstance(one, Case) for one in found] == [False, False, True]


@pytest.mark.usefixtures("database")
class TestCommand:
    @pytest.fixture
    def register(self):
        for code in ("36", "36.02", "36.02.01", "36.02.01.2001"):
            level, parent = (2, 5, 8, 13).index(len(code)) + 1, code.rpartition(".")[0] or None
            Region.objects.create(code=code, name="=Lebak", level=level, parent_id=parent)
        for number, voters in ((1, 300), (2, 251), (3, None)):
            code = f"36.02.01.2001-{number:03}"
            Station.objects.create(code=code, region_id="36.02.01.2001", number=number, voters=voters)

    def run(self, *options):
        return CliRunner().invoke(needs_command, options)

    def test_a_table_says_on_what_it_rests(self, register):
        result = self.run("--region", "36.02", "--level", "village")
        assert result.exit_code == 0
        cells = next(row for row in result.stdout.splitlines() if row.startswith("36.02.01.2001")).split()
        assert cells[-13:] == ["3", "1", "551", "563", "563", "563", "563", "563", "15", "12", "6", "288", "78"]
        assert "1 TPS belum diketahui pemilihnya" in result.stdout
        assert "paper_seal: segel kertas; dasar: pengamatan, hanya pembanding (belum pasti)" in result.stdout
        assert "box: 2 di antaranya untuk 1 kecamatan (belum pasti)" in result.stdout
        assert "dpr: 1.000 per dapil; jumlah dapil tidak diketahui" in result.stdout
        assert "counting" in result.stderr

    def test_in_english(self, register):
        told = self.run("--region", "36", "--lang", "en").stdout
        assert "1 stations of unknown voters" in told
        assert "1 TPS belum diketahui" not in told

    def test_programs_read_the_same_in_every_language(self, register):
        assert self.run("--json", "--lang", "en").stdout == self.run("--json").stdout

    def test_json(self, register):
        told = json.loads(self.run("--json").stdout)
        assert [row["region"] for row in told["rows"]] == ["36"]
        assert told["rows"][0]["ballots"]["dpr"] == 563
        stations = json.loads(self.run("--level", "station", "--json").stdout)["stations"]
        assert [station["voters"] for station in stations] == [300, 251, None]
        assert stations[2]["ballots"] is None

    @pytest.mark.parametrize("level", ["district", "station"])
    def test_csv(self, register, tmp_path, level):
        path = tmp_path / "needs.csv"
        assert self.run("--level", level, "--csv", str(path)).exit_code == 0
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
        assert [row["dpr"] for row in rows] == (["563"] if level == "district" else ["306", "257", ""])
        assert next(row["paper_seal (observed)"] for row in rows) == ("288" if level == "district" else "96")

    def test_a_name_is_no_formula_in_a_spreadsheet(self, register, tmp_path):
        path = tmp_path / "needs.csv"
        self.run("--level", "district", "--csv", str(path))
        assert next(csv.DictReader(path.read_text("utf-8").splitlines()))["name"] == "'=Lebak"

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            (["--region", "36"], 0),
            (["--region", "31"], 1),
            (["--region", "3602"], 2),
            (["--region", "36.02", "--level", "province"], 2),
            (["--level", "street"], 2),
            (["--check-published", "/nowhere/at/all"], 2),
        ],
    )
    def test_exit_codes(self, register, options, code):
        assert self.run(*options).exit_code == code

    @pytest.mark.parametrize(
        ("figures", "code", "said"),
        [
            ({"dpt": 551, "tps": 2, "reserve_rate": 0.02, "need": 563}, 0, "terukur 0,4900 pada 2 TPS"),
            ({"dpt": 551, "tps": 2, "reserve_rate": 0.02, "need": 565}, 1, "lebih 2"),
            ({"dpt": 551, "reserve": 12, "received": 564}, 1, "dpt + reserve = received: selisih 1"),
        ],
    )
    def test_published_figures(self, register, tmp_path, figures, code, said):
        path = tmp_path / "cases.jsonl"
        path.write_text(line(**figures) + "\n", encoding="utf-8")
        result = self.run("--check-published", str(path))
        assert (result.exit_code, said in result.stdout) == (code, True)
        assert json.loads(self.run("--check-published", str(path), "--json").stdout)["sound"] is (code == 0)

    def test_the_districts_own_stations_measure_it_where_they_are_known(self, register):
        Region.objects.filter(code="36.02").update(name="KABUPATEN LEBAK")
        text = line(dpt=551, tps=2, reserve_rate=0.02, need=563).replace("Kab. Nowhere", "Kab. Lebak (Banten)")
        (found,) = judged([text])
        assert (found.measured_in, found.measured_stations, found.measured_e6) == ("36.02", 2, 490_000)

    def test_nothing_is_measured_where_nothing_is_known(self, register):
        Station.objects.update(voters=None)
        (found,) = judged([line(dpt=551, tps=2, reserve_rate=0.02, need=563)])
        assert (found.outcome, found.measured_e6) == ("within", None)

    def test_norms_come_from_the_election(self):
        norms = voter_norms()
        assert (norms.voters_max, norms.voters_max_by_law, norms.ballots(251)) == (300, 500, 257)
        assert norms.published["36.02"] == (1_048_643, 3995)

    def test_posts_overseas_are_not_measured(self, register):
        for code in ("99", "99.01", "99.01.01", "99.01.01.0001"):
            level, parent = (2, 5, 8, 13).index(len(code)) + 1, code.rpartition(".")[0] or None
            Region.objects.create(code=code, name="x", level=level, parent_id=parent)
        Station.objects.create(code="99.01.01.0001-001", region_id="99.01.01.0001", number=1, voters=77)
        assert sorted(sizes_at_home(), key=str) == [(251, 1), (300, 1), (None, 1)]
        assert need_services.count_stations("") == 4


@pytest.mark.realdata
def test_every_official_figure_lies_within_its_bounds(realdata):
    lines = (realdata / "cases" / "cases.jsonl").read_text("utf-8").splitlines()
    found = [judge(case, (PEMILU, PILKADA)) for case in cases(lines)]
    assert len(found) == 5
    assert all(one.outcome == "within" and one.sound for one in found)
    implied = [one.rounding_e6 for one in found if one.stations and one.stations > 1]
    assert implied == [409_806, 452_158, 421_760]


@pytest.mark.realdata
def test_mean_rounding_on_the_roll_of_2019(realdata):
    """0.40 to 0.45 in every regency of Banten that the file has; 0.46 in the country, whose stations are smaller."""
    banten: dict[str, Counter] = {}
    nation: Counter = Counter()
    with gzip.open(realdata / "tps" / "tps_2019_kawalpemilu.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["dpt_l"] != "-1":
                voters = int(row["dpt_l"]) + int(row["dpt_p"])
                nation[voters] += 1
                if row["prov"] == "BANTEN":
                    banten.setdefault(row["kab"], Counter())[voters] += 1
    measured = {kab: float(measured_rounding(PEMILU, "dpr", sizes.items())) for kab, sizes in banten.items()}
    assert len(measured) == 5
    assert all(0.40 < mean < 0.45 for mean in measured.values())
    assert 0.45 < measured_rounding(PEMILU, "dpr", nation.items()) < 0.46
