"""The SQL on small tables whose answers are known, and against a naive recomputation."""

import sqlite3
from collections import defaultdict
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awas.logistics.reconcile.engine import ASKED, COUNTS, RESERVE, STAGE_ROWS, STATIONS, DuckDB, Tables, text_of
from awas.logistics.reconcile.reconciling import Wanted, reconcile
from awas.logistics.reconcile.report import NEED_STAGES, STATION_STAGES

pytest.importorskip("duckdb", reason="duckdb is not installed")

DISTRICT = "36.03"
A, B, C = (f"36.03.05.2001-{number:03d}" for number in (1, 2, 3))


def row(station, stage, taken, passed=None, *, ballot="dpr", dapil="", item="ballot", place="", **more):
    """One balance, in the columns' order."""
    values = {
        "district": DISTRICT,
        "place": place or station or "36.03-G1",
        "station": station,
        "stage": stage,
        "item": item,
        "ballot": ballot if item == "ballot" else "",
        "dapil": dapil,
        "taken": taken,
        "passed": taken if passed is None else passed,
        **dict.fromkeys(("held", "damaged", "short", "over"), 0),
        **more,
    }
    return tuple(values[column] for column in STAGE_ROWS)


@pytest.fixture
def run(tmp_path):
    def run(rows, stations=(), wanted=None, **more):
        with DuckDB(1) as engine:
            file = tmp_path / "rows.parquet"
            engine.write(file, STAGE_ROWS, rows)
            more = {"per_mille": 20, "entitlements": [(DISTRICT, "dpr")], **more}
            tables = Tables(stage_rows=[file], stations=stations, **more)
            return reconcile(engine, tables, wanted or Wanted())

    return run


def named(found):
    return {(one.place, one.stage, one.reason, one.units) for one in found.differences}


def at(found, stage, **more):
    rows = [row for row in found.totals if row.stage == stage and all(getattr(row, k) == v for k, v in more.items())]
    assert len(rows) == 1
    return rows[0]


def test_what_agrees_is_balanced(run):
    rows = [row(A, stage, 306) for stage in STATION_STAGES]
    found = run(rows, [(A, DISTRICT, 300)])
    assert found.balanced
    packed = at(found, "packing")
    assert (packed.need, packed.complete_count, packed.short_count, packed.unknown_count) == (306, 1, 0, 0)


def test_an_empty_record_is_balanced_and_has_no_rows(run):
    found = run([])
    assert found.balanced
    assert found.totals == ()


def test_a_row_that_does_not_add_up_names_its_amount(run):
    found = run([row("", "sorting", 1000, 980, damaged=15)])
    assert named(found) == {("36.03-G1", "sorting", "unbalanced", 5)}
    assert (at(found, "sorting").unbalanced_rows, at(found, "sorting").unbalanced_units) == (1, 5)
    assert at(found, "sorting").damaged_per_mille == 15


def test_held_over_and_short_are_part_of_the_balance(run):
    found = run([row("", "sorting", 1000, 900, held=60, damaged=20, short=25, over=5)])
    assert named(found) == {("36.03-G1", "sorting", "missing", -25), ("36.03-G1", "sorting", "found_over", 5)}
    assert at(found, "sorting").unbalanced_rows == 0


def test_loss_on_the_way_is_a_gap_at_the_stage_that_took_less(run):
    rows = [row(A, "packing", 306), row(A, "to_kecamatan", 303)]
    found = run(rows, [(A, DISTRICT, 300)])
    assert named(found) == {(A, "to_kecamatan", "gap_less", -3)}
    assert (at(found, "to_kecamatan").gap_less_count, at(found, "to_kecamatan").gap_less_units) == (1, 3)


def test_a_stage_that_was_passed_over_is_no_gap(run):
    rows = [row(A, "packing", 306), row(A, "to_station", 306)]
    assert run(rows, [(A, DISTRICT, 300)]).balanced
    rows = [row(A, "packing", 306), row(A, "to_station", 300)]
    assert (A, "to_station", "gap_less", -6) in named(run(rows, [(A, DISTRICT, 300)]))


def test_a_swap_between_two_stations_is_found_though_the_sum_is_right(run):
    rows = [
        row(A, "packing", 301),
        row(B, "packing", 311),
        row(A, "to_kecamatan", 311),
        row(B, "to_kecamatan", 301),
    ]
    found = run(rows, [(A, DISTRICT, 300), (B, DISTRICT, 300)])
    assert at(found, "packing").passed == 612 == at(found, "packing").need
    assert named(found) == {
        (A, "packing", "need_short", -5),
        (B, "packing", "need_over", 5),
        (A, "to_kecamatan", "gap_more", 10),
        (B, "to_kecamatan", "gap_less", -10),
    }


def test_unknown_voters_are_unknown_and_not_none(run):
    found = run([row(A, "packing", 306)], [(A, DISTRICT, None)])
    packed = at(found, "packing")
    assert (packed.unknown_count, packed.complete_count, packed.over_count, packed.need) == (1, 0, 0, 0)
    assert found.balanced
    assert run([row(A, "packing", 306)], [(A, DISTRICT, 0)]).differences[0].reason == "need_over"


def test_a_station_outside_the_register_is_unknown_too(run):
    assert at(run([row(A, "packing", 306)]), "packing").unknown_count == 1


@pytest.mark.parametrize(
    ("voters", "per_mille", "multiple", "need"),
    [(300, 20, 1, 306), (250, 20, 1, 255), (250, 20, 2, 256), (251, 20, 1, 257), (1, 25, 1, 2), (0, 20, 2, 0)],
)
def test_the_need_is_the_elections(run, voters, per_mille, multiple, need):
    found = run([row(A, "packing", need)], [(A, DISTRICT, voters)], per_mille=per_mille, multiple=multiple)
    assert at(found, "packing").need == need
    assert found.balanced


def test_a_station_without_a_record_is_absent_once_its_district_has_begun(run):
    stations = [(A, DISTRICT, 300), (B, DISTRICT, 250), (C, DISTRICT, None)]
    found = run([row(A, "packing", 306)], stations)
    assert named(found) == {(B, "packing", "absent", -255), (C, "packing", "absent", 0)}
    assert [(one.stage, one.absent_count, one.absent_need) for one in found.absent] == [("packing", 2, 255)]
    assert run([row("", "receiving", 900)], stations).balanced


def test_as_many_rows_as_stations_hide_no_absent_one(run):
    rows = [row(A, "packing", 306, dapil="x"), row(A, "packing", 6, dapil="y")]
    found = run(rows, [(A, DISTRICT, 300), (B, DISTRICT, 300)])
    assert (B, "packing", "absent", -306) in named(found)
    assert [(one.village, one.first_dapil, one.last_dapil) for one in found.mixed] == [("36.03.05.2001", "x", "y")]
    rows = [row(A, "packing", 306), row(A, "packing", 6, dapil="y")]
    assert (B, "packing", "absent", -306) in named(run(rows, [(A, DISTRICT, 300), (B, DISTRICT, 300)]))


def test_what_waits_in_the_warehouse_is_no_fault_and_what_comes_from_nowhere_is(run):
    found = run([row("", "receiving", 1000), row("", "sorting", 900)])
    assert [(flow.before, flow.stage, flow.waiting) for flow in found.flows] == [("receiving", "sorting", 100)]
    assert found.balanced
    found = run([row("", "receiving", 1000), row("", "sorting", 1001)])
    assert named(found) == {(DISTRICT, "sorting", "stock_more", 1)}


def test_only_ballots_are_held_against_the_voters(run):
    found = run([row(A, "packing", 5, item="box"), row(A, "to_kecamatan", 4, item="box")], [(A, DISTRICT, 300)])
    assert named(found) == {(A, "to_kecamatan", "gap_less", -1)}


def test_filters_and_the_limit(run):
    rows = [row(A, "packing", 300), row(B, "packing", 1, ballot="dpd"), row(A, "to_kecamatan", 299)]
    stations = [(A, DISTRICT, 300), (B, DISTRICT, 300)]
    assert run(rows, stations, Wanted(ballot="dpd")).differences[0].ballot == "dpd"
    assert {one.stage for one in run(rows, stations, Wanted(stage="to_kecamatan")).differences} == {"to_kecamatan"}
    assert [one.units for one in run(rows, stations, Wanted(limit=1)).differences] == [-306]


def test_two_counts_side_by_side(run):
    def count(place, by, units):
        return (DISTRICT, place, "", "ballot", "dpr", "", "receiving", by, units)

    counts = [
        count("36.03-G1", "bawaslu", 995),
        count("36.03-G1", "kpu", 600),
        count("36.03-G1", "kpu", 400),
        count("36.03-G2", "kpu", 7),
        count("36.03-G3", "police", 1),
    ]
    found = run([], counts=counts)
    assert [(p.place, p.first_units, p.second_units, p.difference) for p in found.pairs] == [
        ("36.03-G1", 995, 1000, 5),
        ("36.03-G2", None, 7, None),
    ]
    assert not found.balanced
    assert run([], counts=counts[3:]).balanced


# A naive recomputation, row by row.


def naive(rows, stations, per_mille):
    known = {code: voters for code, _district, voters in stations}
    need = {c: None if v is None else v + -(-v * per_mille // 1000) for c, v in known.items()}
    found = set()
    ways = defaultdict(dict)
    for values in rows:
        one = dict(zip(STAGE_ROWS, values, strict=True))
        where = (one["place"], one["stage"], one["ballot"], one["dapil"])
        off = one["taken"] + one["over"] - one["passed"] - one["held"] - one["damaged"] - one["short"]
        asked = need.get(one["station"]) if one["stage"] in NEED_STAGES else None
        found |= {(*where, "unbalanced", off)} if off else set()
        found |= {(*where, "missing", -one["short"])} if one["short"] else set()
        found |= {(*where, "found_over", one["over"])} if one["over"] else set()
        if asked is not None and one["passed"] != asked:
            off = one["passed"] - asked
            found.add((*where, "need_short" if off < 0 else "need_over", off))
        ways[one["station"], one["ballot"], one["dapil"]][one["stage"]] = (one["taken"], one["passed"])
    for (station, ballot, dapil), stages in ways.items():
        before = None
        for stage in STATION_STAGES:
            if stage in stages:
                taken, passed = stages[stage]
                if before is not None and taken != before:
                    reason = "gap_less" if taken < before else "gap_more"
                    found.add((station, stage, ballot, dapil, reason, taken - before))
                before = passed
    for stage in NEED_STAGES:
        for ballot in ("dpr", "dpd"):
            there = {station for (station, kind, _dapil), stages in ways.items() if kind == ballot and stage in stages}
            if there:
                gone = known.keys() - there
                found |= {(code, stage, ballot, "", "absent", -(need[code] or 0)) for code in gone}
    return found


units = st.sampled_from([0, 1, 2, 3, 4])
codes, ballots, dapils = st.sampled_from([A, B, C]), st.sampled_from(["dpr", "dpd"]), st.sampled_from(["", "x"])
keys = st.tuples(codes, st.sampled_from(STATION_STAGES), ballots, dapils)
amounts = st.tuples(units, units, *[st.sampled_from([0, 0, 0, 1])] * 4)


@given(
    table=st.dictionaries(keys, amounts, max_size=24),
    voters=st.lists(st.sampled_from([None, 0, 1, 2, 3]), min_size=3, max_size=3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_difference_and_nothing_else(run, table, voters):
    rows = [
        row(
            station,
            stage,
            taken,
            passed,
            ballot=ballot,
            dapil=dapil,
            held=held,
            damaged=spoilt,
            short=short,
            over=over,
        )
        for (station, stage, ballot, dapil), (taken, passed, held, spoilt, short, over) in table.items()
    ]
    stations = list(zip((A, B, C), (DISTRICT,) * 3, voters, strict=True))
    found = run(rows, stations, Wanted(limit=10_000), entitlements=[(DISTRICT, "dpr"), (DISTRICT, "dpd")])
    seen = [(d.place, d.stage, d.ballot, d.dapil, d.reason, d.units) for d in found.differences]
    assert len(seen) == len(set(seen))
    assert set(seen) == naive(rows, stations, 20)
    gaps = sum(row.gap_less_count + row.gap_more_count for row in found.totals)
    assert gaps == sum(1 for one in seen if one[4].startswith("gap"))
    short = sum(row.short_count for row in found.totals if row.stage in NEED_STAGES)
    assert short == sum(1 for one in seen if one[4] == "need_short")


def test_the_texts_spell_the_stages_of_the_table():
    positions = [text_of("gaps").index(f"'{stage}' THEN b.passed") for stage in STATION_STAGES]
    assert positions == sorted(positions)
    assert text_of("gaps").count(" THEN b.passed") == len(STATION_STAGES)
    for stage in STATION_STAGES[1:]:
        assert f"less_count_{stage}" in text_of("gap_sums")
        assert f"'{stage}'" in text_of("differences")


class SQLite:
    """The same texts on an engine that shares nothing with the other: what both answer alike is in the subset."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:")

    def fill(self, name, columns, rows):
        typed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.connection.execute(f"CREATE TABLE {name} ({typed})")
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)

    def attach(self, name, columns, parquet):
        raise NotImplementedError

    def define(self, name):
        self.connection.execute(f"CREATE TEMPORARY VIEW {name} AS {text_of(name)}")

    def ask(self, name, values=()):
        answer = self.connection.execute(text_of(name), list(values))
        return [dict(zip([column[0] for column in answer.description], line, strict=True)) for line in answer]


ASKS = {
    "balance": (),
    "gap_sums": (),
    "differences": ("", "", "", "", 10_000),
    "constituencies": (),
    "registered": (),
    "absent": ("packing",),
    "absent_stations": ("packing", "", "", 10_000),
    "counts": ("bawaslu", "kpu", "", "", "", "", 10_000),
}


@given(table=st.dictionaries(keys, amounts, max_size=24), voters=st.lists(st.sampled_from([None, 0, 251]), min_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_answers_the_same_on_another_engine(tmp_path, table, voters):
    rows = [
        row(station, stage, taken, passed, ballot=ballot, dapil=dapil, damaged=more[1], short=more[2], over=more[3])
        for (station, stage, ballot, dapil), (taken, passed, *more) in table.items()
    ]
    tables = {
        "stations": (STATIONS, list(zip((A, B, C), (DISTRICT,) * 3, voters, strict=False))),
        "counts": (
            COUNTS,
            [(DISTRICT, A, A, "ballot", "dpr", "", "packing", by, 7) for by in ("kpu", "kpu", "bawaslu")],
        ),
        "asked": (ASKED, [(DISTRICT, "dpr"), (DISTRICT, "dpd")]),
        "reserve": (RESERVE, [(20, 2)]),
    }
    answers = []
    with DuckDB(1) as duck:
        for engine in (duck, SQLite()):
            engine.fill("stage_rows", STAGE_ROWS, rows)
            for name, (columns, lines) in tables.items():
                engine.fill(name, columns, lines)
            engine.define("needs")
            engine.define("gaps")
            answers.append({name: engine.ask(name, values) for name, values in ASKS.items()})
    assert answers[0] == answers[1]
    assert set(ASKS) | {"needs", "gaps"} == texts()


def texts():
    return {path.name.removesuffix(".sql") for path in (files("awas.logistics.reconcile") / "sql").iterdir()} - {
        "README.md"
    }
