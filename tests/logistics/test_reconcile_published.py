"""Printed figures: made-up cases always, the real ones where they are at hand."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.logistics.reconcile.corrections import is_slip
from awas.logistics.reconcile.expression import Figures, NotUnderstood, judge
from awas.logistics.reconcile.figures import Case, is_impossible, number_of
from awas.logistics.reconcile.published import read_published
from awas.logistics.reconcile.published_wording import published_lines


def read(topic="sorting", checks=(), region="", **figures):
    line = {"id": "made-up", "topic": topic, "region": region, "figures": figures}
    return read_published([json.dumps(line | {"checks": [{"expr": check, "ok": True} for check in checks]})])


def outcomes(found):
    return [(finding.check, finding.outcome) for finding in found.findings]


def likely(found):
    return {(one.figure, one.would_balance) for finding in found.findings for one in finding.corrections if one.likely}


def of(found, outcome):
    return [finding for finding in found.findings if finding.outcome == outcome]


# The language of the checks.


@pytest.mark.parametrize(
    "text",
    [
        "1+2==3",
        "2*(3+4)-1==13",
        "-3+5==2",
        "1/3+1/3+1/3==1",
        "0.1+0.2==0.3",
        "177/514==34.4%",
        "300+ceil(0.02*300)==306",
        "1 <= 2 <= 2 < 3",
        "1.073.717==1073717",
        "abs(3-5)==2",
        "a+inner.b==30",
        "sum(parts)==a+50 (as printed)",
        "sum(a+inner.b)==30",
    ],
)
def test_checks_that_hold(text):
    assert judge(text, Case({"a": 10, "inner": {"b": 20}, "parts": [20, 40]})).holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1+2",
        "1==",
        "(1==1",
        "1/0==1",
        "b==1",
        "a.real==10",
        "need per desa == kp24 n_tps, 9 of 9",
        "__import__('os')==1",
        "a[0]==1",
        "open(a)==1",
        "2**9==512",
        "sum(nothing)==1",
        "1==1 and 2==2",
        "1 2==2",
        "12abc==12",
        "(" * 90 + "1" + ")" * 90 + "==1",
        "1+" * 300 + "1==301",
    ],
)
def test_what_is_not_understood_is_never_right(text):
    with pytest.raises(NotUnderstood):
        judge(text, Case({"a": 10}))
    assert not read(checks=[text], a=10).sound


@given(st.text(alphabet="0123456789.+-*/()<>=% absum,", max_size=40))
def test_any_text_is_judged_or_not_understood(text):
    with suppress(NotUnderstood):
        judge(text, Figures())


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_sums_are_exact(numbers):
    text = "+".join(map(str, numbers))
    assert judge(f"{text}=={sum(numbers)}", Figures()).holds
    assert judge(f"{text}=={sum(numbers) + 1}", Figures()).by == -1


# Numbers as printed.


@pytest.mark.parametrize("text", ["1.073.7171", "12.34.567", "1,0734", "1.073,717.1"])
def test_impossible_numbers(text):
    assert is_impossible(text)


@pytest.mark.parametrize("text", ["1.073.717", "34,4", "16 ribuan", "24h", "2024.01.05", "07.30", "12", "belasan", ""])
def test_possible_numbers_and_other_texts(text):
    assert not is_impossible(text)


def test_grouped_numbers_are_read():
    assert [number_of(text) for text in ("1.073.717", "1,000", "34,5", "7", True, None, "x")] == [
        1073717, 1000, number_of(34.5), 7, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("1234", "1243"), ("1234", "124"), ("124", "1234"), ("1234", "1934")])
def test_slips(one, other):
    assert is_slip(one, other)
    assert not is_slip(one, one)
    assert not is_slip("1234", "4321")


# Whole cases.


def test_an_impossible_number_gets_the_value_that_balances():
    found = read(gub={"received": 1085449, "good": "1.073.7171", "damaged": 376, "sorted": 1074093, "short": 11356})
    [finding] = of(found, "impossible")
    assert (finding.check, finding.note) == ("gub.good", "1.073.7171")
    assert [(one.would_balance, one.slip) for one in finding.corrections] == [("1073717", True)]
    assert not found.sound


def test_sorting_points_at_the_figure_that_two_sums_share():
    found = read(received=1000, good=900, damaged=50, sorted=940, short=50)
    assert [(finding.outcome, finding.by) for finding in found.findings] == [("differs", "-10"), ("differs", "10")]
    assert likely(found) == {("sorted", "950")}


def test_a_figure_of_a_sum_that_comes_out_is_above_suspicion():
    found = read("reconciliation", used_dpt=70, used_dptb=5, used_total=77, valid=70, invalid=7, p01=40, p02=30)
    [finding] = of(found, "differs")
    assert finding.by == "2"
    assert {one.figure for one in finding.corrections} == {"used_dpt", "used_dptb"}


def test_indonesian_names():
    found = read(diterima=1000, baik=900, rusak=40, tersortir=940, kurang=70)
    assert len(of(found, "differs")) == 1
    assert ("kurang", "60") in {(one.figure, one.would_balance) for one in of(found, "differs")[0].corrections}


def test_parts_of_a_list_and_columns_of_a_table():
    found = read("dpt", dpt=300, tps=7, l=160, p=141, kab={"3601": [100, 3], "3602": [200, 5]})
    wrong = {finding.check: finding.by for finding in of(found, "differs")}
    assert wrong == {"l + p = dpt": "-1", "sum(kab[][1]) = tps": "-1"}
    assert read("campaign", total=100, by_kab={"A": 60, "B": 40}).sound


def test_a_list_that_leaves_most_open_is_incomplete_and_no_mistake():
    found = read("campaign", total=32000, by_kab={"A": 10450, "B": 4476})
    assert [finding.outcome for finding in found.findings] == ["incomplete"]
    assert found.sound


def test_a_slip_of_a_digit_is_a_mistake_however_large():
    found = read("campaign", total=12911, by_kab={"A": 890, "B": 848, "C": 3350, "D": 186})
    assert likely(found) == {("by_kab.B", "8485")}


def test_given_checks_with_bare_numbers_point_at_the_figures():
    found = read("destruction", ["1081+118+89+109==1398"], total=1398, a=1081, b=118, c=89, d=109)
    assert ("total", "1397") in {(one.figure, one.would_balance) for one in found.findings[0].corrections}


def test_the_file_says_right_and_the_arithmetic_wrong():
    [finding] = read(checks=["1+1==3"]).findings
    assert (finding.outcome, finding.said_ok, finding.by) == ("differs", True, "-1")


def test_the_reserve_is_rounded_up_per_station():
    figures = {"dpt": 996127, "tps": 3759, "reserve_rate": 0.02}
    assert read("ballot_need", **figures, ballots_per_type=1017590).sound
    [finding] = of(read("ballot_need", **figures, ballots_per_type=1016000), "differs")
    assert finding.by == "-49.54"


def test_printed_percentages():
    counts = {"box": 177, "booth": 61, "pct": [34.5, 11.9]}
    found = read("logistics_stats", region="Indonesia (514 kab/kota)", **counts)
    assert likely(found) == {("pct[0]", "34.4")}
    assert read("ptps", need=33000, applicants=23453, pct=70).sound
    assert not read("ptps", need=33324, applicants=23453, pct=75).sound


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "3",
        '{"id": 1, "figures": []}',
        '{"id": "x", "figures": {"a": [1, [2, {"b": null}]], "c": {"d": true}}, "checks": [3, null, {"expr": 7}]}',
        '{"checks": {"expr": "1==1"}}',
        '{"figures": {"total": 1e300, "by_x": {"a": 1e300}, "kab": {}, "kec": {"A": -3, "B": 2}}}',
        "\x00",
    ],
)
def test_no_line_is_too_strange(line):
    found = read_published([line, ""])
    assert found.cases == 1
    list(published_lines(found))


names = st.sampled_from(["total", "l", "p", "kab", "good", "damaged", "sorted", "dpt", "A", "pct"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**7) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["total", "kab", "l", "p", "dpt", "tps", "need", "pct", "wali"]), json_values))
def test_no_figures_are_too_strange(figures):
    topics = ["dpt", "ballot_need", "destruction", "voter_quality", "campaign", "ptps"]
    lines = [json.dumps({"topic": topic, "region": "X (5 kab)", "figures": figures}) for topic in topics]
    list(published_lines(read_published(lines)))


@pytest.mark.realdata
def test_the_real_cases(realdata):
    found = read_published((realdata / "cases" / "cases.jsonl").read_text("utf-8").splitlines())
    assert found.cases == 29
    given = [finding for finding in found.findings if finding.given]
    assert {finding.check for finding in given if finding.outcome != "adds_up"} == {
        "need per desa == kp24 n_tps, 9 of 9"
    }
    assert [(one.id, one.check) for one in of(found, "not_understood")] == [
        ("ptps-pasarkemis-2024", "need per desa == kp24 n_tps, 9 of 9")
    ]
    assert likely(found) == {
        ("gub.good_as_printed", "1073717"),
        # 177 and 30 of 514 are 34.44 and 5.84 per cent
        ("pct[0]", "34.4"),
        ("pct[3]", "5.8"),
    }
    assert len(of(found, "adds_up")) >= 40
