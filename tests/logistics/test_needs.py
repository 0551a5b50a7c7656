"""What stations and regions must get, and the bounds of a total."""

import itertools
from collections import Counter
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awas.elections.ballots import ballots_needed
from awas.elections.schema import Reserve, Rounding, StationSize, Whole
from awas.elections.services import election
from awas.logistics.need_bounds import ballot_bounds, fewest_stations, mean_rounding, measured_rounding
from awas.logistics.need_services import needs, station_needs
from awas.logistics.needs import Reckoning, kinds_in, revote_stock, station_need, things, together
from awas.places.models import Region, Station
from tests.settings import POSTGRES_URL

PEMILU, PILKADA = election("pemilu-2024"), election("pilkada-2024")
FIVE = ("ppwp", "dpr", "dpd", "dprd_prov", "dprd_kab")


def cited(value):
    return Whole(value=value, source="a test", certainty="S")


def variant(per_mille, rounding, voters_max):
    """An election of other figures."""
    rule = Rounding(value=rounding, source="a test", certainty="S")
    return msgspec.structs.replace(
        PEMILU,
        reserve=Reserve(per_mille=cited(per_mille), rounding=rule),
        station=StationSize(voters_max=cited(voters_max), voters_max_by_law=cited(voters_max)),
    )


elections = st.builds(
    variant,
    st.sampled_from([1, 20, 25, 30, 70, 143, 300, 999, 1000]),
    st.sampled_from(["up", "up_to_even"]),
    st.integers(1, 130),
)


class TestStation:
    @pytest.mark.parametrize(("voters", "ballots"), [(300, 306), (250, 255), (251, 257), (1, 2), (0, 0)])
    def test_worked_cases(self, voters, ballots):
        assert station_need(PEMILU, "36.02.05.2001", voters).ballots == dict.fromkeys(FIVE, ballots)

    def test_the_other_reading_of_the_rounding(self):
        even = variant(20, "up_to_even", 300)
        assert station_need(even, "36.02.05.2001", 250).ballots["dpr"] == 256

    def test_unknown_voters_need_unknown_ballots_but_known_equipment(self):
        need = station_need(PEMILU, "36.02.05.2001", None)
        assert need.ballots is None
        assert need.equipment == {"box": 5, "booth": 4, "ink": 2, "paper_seal": 96, "cable_tie": 26}

    def test_jakarta_has_no_district_council(self):
        need = station_need(PEMILU, "31.71.01.1001", 300)
        assert tuple(need.ballots) == FIVE[:-1]
        assert need.equipment["box"] == 4

    def test_a_post_overseas_gets_two_kinds_and_no_number_of_things_that_nobody_read(self):
        need = station_need(PEMILU, "99.01.01.0001", 300)
        assert tuple(need.ballots) == ("ppwp", "dpr")
        assert set(need.equipment.values()) == {0}

    def test_a_regional_election_has_its_own_figures(self):
        assert station_need(PILKADA, "36.03.01.2001", 600).ballots == {"governor": 615, "regent": 615}
        assert tuple(station_need(PILKADA, "36.71.01.1001", 600).ballots) == ("governor", "mayor")

    def test_what_is_no_rule_says_so(self):
        basis = {thing.id: (thing.basis, thing.uncertain) for thing in things(PEMILU)}
        assert basis["booth"] == ("rule", False)
        assert basis["paper_seal"] == ("observed", True)
        assert basis["dpr"] == ("rule", True), "sources disagree on the rounding"

    def test_a_negative_number_is_refused(self):
        with pytest.raises(ValueError, match="-1 voters"):
            station_need(PEMILU, "36.02.05.2001", -1)


class TestRegion:
    def test_the_boxes_of_kab_tangerang(self):
        """45,138 were ordered: 5 x 9,016 stations and 2 for each of 29 subdistricts."""
        need = Reckoning(PEMILU).region("36.03", [(None, 9016)], 29)
        assert need.equipment["box"] + need.extra["box"] == 45_138

    @given(st.lists(st.one_of(st.none(), st.integers(0, 700)), max_size=30), st.sampled_from(["36.02", "31.71"]))
    def test_the_sum_over_its_stations_is_the_need_of_a_district(self, sizes, district):
        need = Reckoning(PEMILU).region(district, list(Counter(sizes).items()))
        stations = [station_need(PEMILU, district, voters) for voters in sizes]
        known = [station for station in stations if station.ballots is not None]
        for kind in kinds_in(PEMILU, district) if known else ():
            assert need.ballots[kind] == sum(station.ballots[kind] for station in known)
        for item, count in need.equipment.items():
            assert count == sum(station.equipment[item] for station in stations)
        assert need.stations == len(sizes)
        assert need.unknown_count == sizes.count(None)
        assert need.above_count == sum(voters is not None and voters > 300 for voters in sizes)
        assert need.ballots or not known

    @given(st.integers(0, 700), st.integers(0, 700), st.sampled_from([PEMILU, PILKADA]))
    def test_more_voters_never_need_fewer_ballots(self, some, more, which):
        for kind in kinds_in(which, "36.02"):
            fewer = station_need(which, "36.02", min(some, more)).ballots[kind]
            assert fewer <= station_need(which, "36.02", max(some, more)).ballots[kind]

    def test_a_province_is_the_sum_of_its_districts(self):
        reckoning = Reckoning(PILKADA)
        parts = [reckoning.region("36.03", [(600, 2)], 1), reckoning.region("36.71", [(500, 1)], 1)]
        whole = together(PILKADA, "36", parts, 2)
        assert whole.ballots == {"governor": 1230 + 513, "regent": 1230, "mayor": 513}
        assert whole.kinds == ("governor", "regent", "mayor")

    def test_the_stock_for_a_second_vote_invents_no_constituency(self):
        stock = {row.ballot: row for row in revote_stock(PEMILU, "36", ["36.01", "36.02"], {})}
        assert (stock["dpd"].constituencies, stock["dpd"].count) == (1, 1000)
        assert {kind: row.why for kind, row in stock.items()} == {
            "ppwp": "nation",
            "dpr": "not_known",
            "dpd": "",
            "dprd_prov": "not_known",
            "dprd_kab": "not_known",
        }
        assert all(row.count is None for kind, row in stock.items() if kind != "dpd")
        assert {row.ballot: row.why for row in revote_stock(PEMILU, "36.01", ["36.01"], {})}["dpd"] == "reaches_further"
        assert "dprd_kab" not in {row.ballot for row in revote_stock(PEMILU, "31", ["31.71"], {})}

    def test_what_the_table_of_constituencies_knows_is_counted(self):
        stock = {row.ballot: row for row in revote_stock(PEMILU, "36.01", ["36.01"], {"dpr": None, "dprd_kab": 5})}
        assert (stock["dprd_kab"].constituencies, stock["dprd_kab"].count) == (5, 5000)
        assert (stock["dpr"].count, stock["dpr"].why) == (None, "reaches_further")
        assert stock["dprd_prov"].why == "not_known"

    def test_a_regents_constituency_is_the_district(self):
        stock = {row.ballot: row.count for row in revote_stock(PILKADA, "36", ["36.01", "36.03", "36.71"], {})}
        assert stock == {"governor": 2000, "regent": 4000, "mayor": 2000}


class TestBounds:
    @settings(max_examples=60, deadline=None)
    @given(st.data(), elections)
    def test_they_are_the_extremes_of_all_distributions(self, data, which):
        """All of them, one by one: tables so small that there is no doubt."""
        room = min(which.station.voters_max.value, 22)
        which = variant(which.reserve.per_mille.value, which.reserve.rounding.value, room)
        stations = data.draw(st.integers(1, 4))
        voters = data.draw(st.integers(0, stations * room))
        need = [ballots_needed(which, "dpr", size) for size in range(room + 1)]
        spreads = itertools.combinations_with_replacement(range(room + 1), stations)
        totals = [sum(need[size] for size in spread) for spread in spreads if sum(spread) == voters]
        found = ballot_bounds(which, "dpr", voters, stations)
        assert (found.least, found.most) == (min(totals), max(totals))

    @given(elections, st.data())
    def test_they_contain_every_distribution(self, which, data):
        room = which.station.voters_max.value
        sizes = data.draw(st.lists(st.integers(0, room), min_size=1, max_size=60))
        need = sum(ballots_needed(which, "dpr", size) for size in sizes)
        found = ballot_bounds(which, "dpr", sum(sizes), len(sizes))
        assert found.least <= need <= found.most

    @given(st.integers(0, 300), st.integers(1, 2000))
    def test_of_the_general_election_in_closed_form(self, size, stations):
        """Lists of 50 waste nothing, lists of 1, 51, 101 … waste most."""
        voters = size * stations
        found = ballot_bounds(PEMILU, "dpr", voters, stations)
        assert found.least == voters + -(-voters // 50)
        assert found.most == voters + min(6 * stations, voters, (voters - stations) // 50 + stations)

    def test_one_station_has_no_play(self):
        found = ballot_bounds(PEMILU, "dpr", 251, 1)
        assert (found.least, found.most) == (257, 257)

    @pytest.mark.parametrize(("voters", "stations"), [(301, 1), (1, 0), (-1, 3)])
    def test_voters_that_do_not_fit_are_refused(self, voters, stations):
        with pytest.raises(ValueError, match="can't hold"):
            ballot_bounds(PEMILU, "dpr", voters, stations)

    def test_no_reserve_leaves_nothing_to_round(self):
        found = ballot_bounds(variant(0, "up", 300), "dpr", 999, 10)
        assert (found.least, found.most) == (999, 999)

    def test_the_fewest_stations_of_a_total(self):
        fewest = fewest_stations(PEMILU, "dpr", 1000, 1025)
        assert ballot_bounds(PEMILU, "dpr", 1000, fewest).most >= 1025
        assert ballot_bounds(PEMILU, "dpr", 1000, fewest - 1).most < 1025
        assert fewest_stations(PEMILU, "dpr", 10, 21) is None

    def test_mean_rounding(self):
        assert mean_rounding(PEMILU, 996_127, 3759, 1_017_590) == Fraction(154_046, 375_900)
        assert measured_rounding(PEMILU, "dpr", [(51, 2), (50, 1), (None, 9)]) == Fraction(2 * 98, 300)
        assert measured_rounding(PEMILU, "dpr", [(None, 9)]) is None


class RegisterSuite:
    """Needs out of the register, on any database."""

    alias = "default"

    STATIONS = {
        "36.02.01.2001-001": 300,
        "36.02.01.2001-002": 251,
        "36.02.01.2002-001": 301,
        "36.02.02.2001-001": None,
        "36.03.01.2001-001": None,
        "31.71.01.1001-001": 250,
        "99.01.01.0001-001": 100,
    }

    @pytest.fixture
    def register(self, database):
        def fill(stations):
            Station.objects.using(self.alias).all().delete()
            codes = {code[:width] for code in stations for width in (2, 5, 8, 13)}
            for code in sorted(codes, key=lambda code: (len(code), code)):
                parent = code.rpartition(".")[0] or None
                level = (2, 5, 8, 13).index(len(code)) + 1
                defaults = {"name": f"R{code}", "level": level, "parent_id": parent}
                Region.objects.using(self.alias).get_or_create(code=code, defaults=defaults)
            Station.objects.using(self.alias).bulk_create(
                Station(code=code, region_id=code[:13], number=int(code[-3:]), voters=voters)
                for code, voters in stations.items()
            )

        return fill

    def needs(self, region, level):
        return needs(region, level, PEMILU, using=self.alias)

    def test_districts_of_the_nation(self, register):
        register(self.STATIONS)
        found = self.needs("", 2)
        by_code = {row.region: row for row in found.rows}
        assert list(by_code) == ["31.71", "36.02", "36.03", "99.01"]
        lebak = by_code["36.02"]
        assert (lebak.stations, lebak.unknown_count, lebak.above_count, lebak.voters) == (4, 1, 1, 852)
        assert lebak.ballots == dict.fromkeys(FIVE, 306 + 257 + 308)
        assert (lebak.kecamatan, lebak.equipment["box"], lebak.extra["box"]) == (2, 20, 4)
        assert by_code["36.03"].ballots == {}, "unknown is not 0"
        assert by_code["36.03"].kinds == FIVE
        assert by_code["31.71"].ballots == dict.fromkeys(FIVE[:-1], 255)
        assert (found.total.stations, found.total.ballots["dprd_kab"], found.total.kecamatan) == (6, 871, 4)
        assert (found.overseas.stations, found.overseas.ballots) == (1, {"ppwp": 102, "dpr": 102})
        assert found.names["36.02"] == "R36.02"

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_every_level_comes_to_the_same_total(self, register, level):
        register(self.STATIONS)
        assert self.needs("", level).total == self.needs("", 2).total
        assert self.needs("36", level).total.stations == 5

    def test_only_what_lies_in_the_region(self, register):
        register(self.STATIONS)
        found = self.needs("36.02.01", 4)
        assert [row.region for row in found.rows] == ["36.02.01.2001", "36.02.01.2002"]
        assert (found.total.kecamatan, found.total.extra["box"]) == (1, 2)
        assert found.overseas is None
        assert self.needs("36.02.01.2001", 4).total.extra["box"] == 0
        assert self.needs("99", 2).total.ballots == {"ppwp": 102, "dpr": 102}

    def test_stations_one_by_one(self, register):
        register(self.STATIONS)
        rows = dict(station_needs("36.02", PEMILU, using=self.alias))
        assert list(rows) == [code for code in self.STATIONS if code.startswith("36.02")]
        assert rows["36.02.01.2001-002"].ballots["dpr"] == 257
        assert rows["36.02.02.2001-001"].ballots is None

    def test_bounds_where_the_published_total_leaves_room(self, register):
        # Lebak has 1,048,643 voters in the election's file; 3,994 of 3,995 stations are unknown here.
        stations = {f"36.02.{n // 99:02}.{2000 + n // 9:04}-{n % 9 + 1:03}": None for n in range(3995)}
        register(stations | {"36.02.00.2000-001": 299})
        row = self.needs("36", 2).rows[0]
        rest = ballot_bounds(PEMILU, "dpr", 1_048_643 - 299, 3994)
        assert (row.bounds["dpr"].least, row.bounds["dpr"].most) == (305 + rest.least, 305 + rest.most)

    def test_no_bounds_where_known_stations_contradict_the_published_total(self, register):
        register({"36.02.01.2001-001": 300, "36.02.01.2001-002": None})
        assert self.needs("36", 2).rows[0].bounds == {}

    def test_the_sum_over_stations_is_the_need_of_the_districts(self, register):
        villages = ("36.02.01.2001", "36.02.02.2001", "31.71.01.1001")
        codes = st.sampled_from([f"{village}-{number:03}" for village in villages for number in (1, 2)])

        @settings(max_examples=15, deadline=None)
        @given(st.dictionaries(codes, st.one_of(st.none(), st.integers(0, 600)), min_size=1))
        def holds(stations):
            register(stations)
            for row in self.needs("", 2).rows:
                one_by_one = [need for _, need in station_needs(row.region, PEMILU, using=self.alias)]
                known = [need for need in one_by_one if need.ballots is not None]
                for kind in row.ballots:
                    assert row.ballots[kind] == sum(need.ballots[kind] for need in known)
                assert bool(row.ballots) == bool(known)
                assert row.unknown_count == len(one_by_one) - len(known)

        holds()


@pytest.mark.django_db
class TestSQLite(RegisterSuite):
    @pytest.fixture
    def database(self, db):
        return None


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server")
@pytest.mark.django_db(transaction=True, databases=["default", "postgres"])
class TestPostgres(RegisterSuite):
    alias = "postgres"

    @pytest.fixture
    def database(self, transactional_db):
        return None
