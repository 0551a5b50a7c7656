"""How many ballots, and which."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.elections.ballots import ballots_for, ballots_needed
from awas.elections.services import election

PEMILU, PILKADA = election("pemilu-2024"), election("pilkada-2024")


@pytest.mark.parametrize(
    ("voters", "needed"), [(0, 0), (1, 2), (49, 50), (50, 51), (51, 53), (250, 255), (251, 257), (299, 305), (300, 306)]
)
def test_a_station_gets_its_list_and_two_percent_rounded_up(voters, needed):
    assert [ballots_needed(PEMILU, ballot.id, voters) for ballot in PEMILU.ballots] == [needed] * 5


@pytest.mark.parametrize(("voters", "needed"), [(0, 0), (1, 2), (40, 41), (41, 43), (250, 257), (599, 614), (600, 615)])
def test_the_regional_election_reserves_two_and_a_half_percent(voters, needed):
    assert ballots_needed(PILKADA, "governor", voters) == needed


def test_the_other_reading_rounds_250_up_to_six():
    even = msgspec.structs.replace(PEMILU.reserve.rounding, value="up_to_even")
    other = msgspec.structs.replace(PEMILU, reserve=msgspec.structs.replace(PEMILU.reserve, rounding=even))
    assert [ballots_needed(other, "dpd", voters) for voters in (250, 251, 300)] == [256, 257, 306]


@given(st.integers(min_value=0, max_value=10_000))
def test_the_reserve_is_the_least_whole_number_not_below_the_rate(voters):
    reserve = ballots_needed(PEMILU, "ppwp", voters) - voters
    assert 1000 * (reserve - 1) < 20 * voters <= 1000 * reserve


@given(st.lists(st.integers(min_value=1, max_value=300), min_size=1, max_size=50))
def test_a_district_needs_at_least_the_rate_of_its_sum(stations):
    by_station = sum(ballots_needed(PEMILU, "ppwp", voters) for voters in stations)
    assert ballots_needed(PEMILU, "ppwp", sum(stations)) <= by_station


@pytest.mark.parametrize(("kind", "voters"), [("governor", 300), ("", 300), ("ppwp", -1)])
def test_nonsense_is_refused(kind, voters):
    with pytest.raises(ValueError, match=r"no ballot|voters"):
        ballots_needed(PEMILU, kind, voters)


@pytest.mark.parametrize(
    ("region", "voters", "ballots"),
    [
        ("36.02.05", "domestic", "ppwp dpr dpd dprd_prov dprd_kab"),
        ("36.71.01.1001", "domestic", "ppwp dpr dpd dprd_prov dprd_kab"),
        ("31.71", "domestic", "ppwp dpr dpd dprd_prov"),
        ("31.01", "domestic", "ppwp dpr dpd dprd_prov"),
        ("99.01.01.0001", "overseas", "ppwp dpr"),
    ],
)
def test_who_gets_which_ballots_in_the_general_election(region, voters, ballots):
    assert [ballot.id for ballot in ballots_for(PEMILU, region, voters)] == ballots.split()


@pytest.mark.parametrize(
    ("region", "ballots"),
    [
        ("36.02", "governor regent"),
        ("36.71", "governor mayor"),
        ("36.70.01", "governor regent"),
        ("31.71", "governor"),
        ("34.04", "regent"),
        ("34.71.01", "mayor"),
    ],
)
def test_who_gets_which_ballots_in_the_regional_election(region, ballots):
    assert [ballot.id for ballot in ballots_for(PILKADA, region)] == ballots.split()


@pytest.mark.parametrize(("region", "voters"), [("36", "domestic"), ("36.02", "overseas")])
def test_a_question_without_one_answer_is_refused(region, voters):
    with pytest.raises(LookupError):
        ballots_for(PILKADA, region, voters)


def test_colours():
    colours = {ballot.id: ballot.colour.id for ballot in PEMILU.ballots}
    assert colours == {"ppwp": "abu-abu", "dpr": "kuning", "dpd": "merah", "dprd_prov": "biru", "dprd_kab": "hijau"}
