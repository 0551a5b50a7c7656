"""`awas reconcile` over the record's own tables."""

import json

import pytest
from click.testing import CliRunner
from django.apps import apps

from awas.ledger.models import Log
from awas.logistics.reconcile_command import reconcile_command
from awas.places.codes import is_station
from awas.places.models import Region, Station

pytest.importorskip("duckdb", reason="duckdb is not installed")
pytestmark = pytest.mark.usefixtures("database")

VILLAGE = "36.03.05.2001"
A, B = f"{VILLAGE}-001", f"{VILLAGE}-002"


@pytest.fixture
def record(database, settings, tmp_path):
    """Two stations with 300 voters, one with voters unknown, in a district that has a log; nothing recorded."""
    settings.HOME = tmp_path
    parent = None
    for level, code in enumerate(("36", "36.03", "36.03.05", VILLAGE), 1):
        parent = Region.objects.create(code=code, name=code, level=level, parent=parent)
    for number, voters in enumerate((300, 300, None), 1):
        Station.objects.create(code=f"{VILLAGE}-{number:03d}", region=parent, number=number, voters=voters)
    return Log.objects.create(origin="awas/36.03", size=1, root=b"\x01" * 32, frontier=b"")


def balance(place, stage, taken, passed=None, *, station="", ballot="dpr", **more):
    station = station or (place if is_station(place) else "")
    values = {"taken": taken, "passed": taken if passed is None else passed, "station": station, **more}
    key = f"{place}.{stage}.{ballot}"
    row = {"key": key, "log": "awas/36.03", "place": place, "stage": stage, "item": "ballot", "ballot": ballot}
    apps.get_model("logistics", "Balance").objects.create(**row, **values)


def run(*arguments, code):
    result = CliRunner().invoke(reconcile_command, arguments, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_nothing_recorded_yet(record):
    assert "36" in run("--region", "36", code=0)


def test_balanced_stations(record):
    for station in (A, B, f"{VILLAGE}-003"):
        balance(station, "packing", 306)
    found = json.loads(run("--json", code=0))
    assert found["balanced"] is True
    assert [(row["stage"], row["need"], row["complete_count"], row["unknown_count"]) for row in found["totals"]] == [
        ("packing", 612, 2, 1)
    ]


def test_a_swap_is_named_with_place_and_stage_in_both_languages(record):
    for station, packed in ((A, 301), (B, 311), (f"{VILLAGE}-003", 306)):
        balance(station, "packing", packed)
    words = run("--region", "36.03", code=1)
    assert words == run("--region", "36.03", "--lang", "id", code=1)
    assert f"{A}, Pengepakan, surat suara dpr: -5 (kurang dari kebutuhan TPS)" in words
    assert f"{B}, Pengepakan, surat suara dpr: +5 (lebih dari kebutuhan TPS)" in words
    words = run("--region", "36", "--limit", "1", "--lang", "en", code=1)
    assert "(less than the station needs)" in words
    assert "(more than the station needs)" not in words


def test_a_changed_log_is_read_again_and_an_unchanged_one_is_not(record):
    balance(A, "packing", 300)
    assert len(json.loads(run("--json", "--ballot", "dpr", code=1))["totals"]) == 1
    balance(A, "to_kecamatan", 290)
    assert len(json.loads(run("--json", code=1))["totals"]) == 1
    assert len(json.loads(run("--json", "--fresh", code=1))["totals"]) == 2
    balance(A, "to_village", 290)
    Log.objects.update(size=2)
    assert len(json.loads(run("--json", code=1))["totals"]) == 3


def test_other_regions_are_left_out(record):
    balance(A, "packing", 300)
    assert json.loads(run("--region", "32", "--json", code=0))["totals"] == []


def test_a_kecamatan_or_a_village_is_told_alone(record):
    for village in ("36.03.05.2002", "36.03.06", "36.03.06.2001"):
        Region.objects.create(
            code=village, name=village, level=3 + (len(village) > 8), parent_id=village.rpartition(".")[0]
        )
    for village in ("36.03.05.2002", "36.03.06.2001"):
        Station.objects.create(code=f"{village}-001", region_id=village, number=1, voters=300)
    for station, packed in ((A, 306), ("36.03.05.2002-001", 305), ("36.03.06.2001-001", 300)):
        balance(station, "packing", packed)
    balance("36.03-G1", "sorting", 1000, 990)
    balance("36.03.05-G1", "to_kecamatan", 500, 490)
    model = apps.get_model("logistics", "StockCount")
    line = {"item": "ballot", "ballot": "dpr", "units": 7}
    for place in ("36.03-G1", "36.03.05-G1"):
        more = {"shelf": "unsorted", "counted_by": "kpu", "lines": [line], "recorded": [7]}
        model.objects.create(key=place, log="awas/36.03", place=place, **more)

    def told(region):
        found = json.loads(run("--region", region, "--json", code=1))
        assert {row["district"] for row in found["totals"]} == {"36.03"}
        differences = {(one["place"], one["reason"]) for one in found["differences"]}
        return (
            differences,
            [one["place"] for one in found["pairs"]],
            sum(row["absent_count"] for row in found["absent"]),
        )

    first = {(B, "absent"), (f"{VILLAGE}-003", "absent")}
    second = {("36.03.05.2002-001", "need_short")}
    warehouse = {("36.03.05-G1", "unbalanced")}
    assert told(VILLAGE) == (first, [], 2)
    assert told("36.03.05") == (first | second | warehouse, ["36.03.05-G1"], 2)
    assert told("36.03.06") == ({("36.03.06.2001-001", "need_short")}, [], 0)
    assert len(told("36.03")[0]) > 5
    for region in ("36.03.07", "32.01.01"):
        assert f"No logistics recorded yet for {region}" in run("--region", region, "--lang", "en", code=0)


def test_counts_of_bawaslu_and_kpu_side_by_side(record):
    balance(A, "packing", 306)
    balance(B, "packing", 306)
    balance(f"{VILLAGE}-003", "packing", 306)
    model = apps.get_model("logistics", "StockCount")
    for key, counter, units, at in (("1", "bawaslu", 7, 1), ("2", "kpu", 1000, 2), ("3", "bawaslu", 990, 3)):
        line = {"item": "ballot", "ballot": "dpr", "units": units}
        place = {"log": "awas/36.03", "place": "36.03-G1", "shelf": "unsorted"}
        model.objects.create(key=key, counted_by=counter, lines=[line], recorded=[1000], at=at, **place)
    found = json.loads(run("--json", code=1))
    assert [(one["stage"], one["first_units"], one["second_units"], one["difference"]) for one in found["pairs"]] == [
        ("receiving", 990, 1000, 10)
    ]
    assert "36.03-G1, Receiving, ballots dpr: 990 / 1,000: +10" in run("--lang", "en", code=1)


@pytest.mark.parametrize(
    "arguments",
    [("--region", "xx"), ("--region", "36.03.5"), ("--stage", "lunch"), ("--ballot", "x"), ("--limit", "0")],
)
def test_what_is_not_understood(record, arguments):
    run(*arguments, code=2)


def test_published_figures(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "a", "figures": {"l": 1, "p": 2, "dpt": 3}, "checks": [{"expr": "l+p==dpt"}]}\n', "utf-8")
    run("--published", str(file), code=0)
    file.write_text('{"id": "a", "figures": {"l": 10, "p": 20, "dpt": 31}, "checks": []}\nbroken\n', "utf-8")
    words = run("--published", str(file), "--lang", "en", code=1)
    assert "a: DOES NOT ADD UP: l + p = dpt; off by 1" in words
    assert "#2: UNREADABLE" in words
    found = json.loads(run("--published", str(file), "--json", code=1))
    assert found["outcomes"] == {"differs": 1, "unreadable": 1}
    run("--published", str(tmp_path / "none.jsonl"), code=2)
