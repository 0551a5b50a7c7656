"""The need of a station is worked out twice, in Python and in the SQL that sums a nation: they must be equal."""

import duckdb
import pytest

from awas.elections.ballots import ballots_needed
from awas.elections.services import election
from awas.logistics.reconcile import engine

VOTERS = range(1001)


@pytest.mark.parametrize("slug", ["pemilu-2024", "pilkada-2024"])
def test_the_reserve_is_rounded_alike(slug):
    which = election(slug)
    multiple = 2 if which.reserve.rounding.value == "up_to_even" else 1
    connection = duckdb.connect()
    connection.execute("CREATE TABLE stations (code VARCHAR, district VARCHAR, voters BIGINT)")
    connection.execute("INSERT INTO stations SELECT CAST(range AS VARCHAR), '36.02', range FROM range(1001)")
    connection.execute("CREATE TABLE reserve (per_mille BIGINT, multiple BIGINT)")
    connection.execute("INSERT INTO reserve VALUES (?, ?)", [which.reserve.per_mille.value, multiple])
    sql = connection.execute(engine.text_of("needs")).fetchall()
    kind = which.ballots[0].id
    assert {int(code): need for code, _, _, need in sql} == {n: ballots_needed(which, kind, n) for n in VOTERS}
