"""The report's structs by themselves."""

import pytest

from awas.logistics.reconcile.report import Difference, Totals, asked, flows, stock_differences, worst_first
from awas.logistics.reconcile.wording import ITEMS, REASONS, TEXTS, told


def totals(stage, taken=0, passed=0, **more):
    values = dict.fromkeys(("row_count", "held", "damaged", "short", "over_units"), 0) | more
    thing = {"district": "36.03", "item": "ballot", "ballot": "dpr", "dapil": ""}
    return Totals(**thing | {"stage": stage, "taken": taken, "passed": passed} | values)


def difference(place, units):
    thing = {"stage": "packing", "item": "ballot", "ballot": "dpr", "dapil": ""}
    return Difference(district="36.03", place=place, station="", reason="unbalanced", units=units, **thing)


@pytest.mark.parametrize(("taken", "damaged", "share"), [(1000, 5, 5), (300, 1, 3), (0, 0, None), (-5, 1, None)])
def test_the_damaged_share_is_of_what_was_looked_at(taken, damaged, share):
    assert totals("sorting", taken, damaged=damaged).damaged_per_mille == share


def test_goods_flow_through_the_stages_that_have_a_record():
    found = flows([totals("folding", 90, 90), totals("receiving", 100, 100), totals("to_village", 5, 5)])
    assert [(flow.before, flow.stage, flow.waiting) for flow in found] == [("receiving", "folding", 10)]
    assert stock_differences(found) == []


def test_the_worst_come_first_and_equal_ones_by_place():
    found = worst_first([difference("c", 1), difference("b", -7), difference("a", 7)], 2)
    assert [(one.place, one.units) for one in found] == [("a", 7), ("b", -7)]


def test_only_what_has_begun_and_may_lack_a_station_is_searched():
    rows = [totals("packing", station_count=2, listed_count=2)]
    pairs = [("36.03", "dpr"), ("36.03", "dpd"), ("36.04", "dpr")]
    assert asked(rows, "packing", pairs, {"36.03": 2}, []) == []
    assert asked(rows, "packing", pairs, {"36.03": 3}, []) == [("36.03", "dpr")]
    assert asked(rows, "to_station", pairs, {"36.03": 3}, []) == []


def test_damage_alone_is_no_difference_and_need_only_where_it_is_held_against_stations():
    assert not totals("sorting", 10, 9, damaged=1).differs
    assert totals("packing", short_count=1).differs
    assert not totals("return", short_count=1).differs
    assert totals("return", gap_less_count=1).differs


def test_every_word_is_there_in_both_languages():
    for words in (*REASONS.values(), *ITEMS.values(), *TEXTS.values()):
        assert words.id
        assert words.en
    assert told(difference("36.03-G1", -1234)).id.endswith("-1.234 (jumlah baris tidak cocok)")
