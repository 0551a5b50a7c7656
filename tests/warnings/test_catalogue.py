"""What must hold of every rule in force: words, grounds, thresholds, and a scenario that makes it fire."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from awas.ledger.area import DAY, MINUTE
from awas.roster.area import AREA as ROSTER
from awas.roster.rules import RULES as ROSTER_RULES
from awas.warehouse import codes
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warehouse.rules import RULES as WAREHOUSE_RULES
from awas.warehouse.rules import names
from awas.warehouse.rules.building import THREATENED
from awas.warehouse.rules.rounds import GRAVE
from awas.warnings.catalogue import Catalogue, tuned
from awas.warnings.engine import Engine
from awas.warnings.hours import between, minute_of_day, next_at, offset_of
from awas.warnings.reasons import CLEARED
from awas.warnings.rule import Threshold, Words
from tests.score import MIDNIGHT

RULES = Catalogue((*WAREHOUSE_RULES, *ROSTER_RULES))
TESTS = Path(__file__).resolve().parent.parent
SCORES = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_rules*.py"))
each_rule = pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)


def words_of(rule):
    return [
        rule.title,
        rule.question,
        rule.message,
        rule.basis,
        rule.incident.what,
        *rule.runbook,
        *(threshold.label for threshold in rule.thresholds),
    ]


def test_there_are_enough_of_them_and_the_engine_takes_them():
    assert len(RULES) >= 28
    Engine(RULES.rules, [WAREHOUSE, ROSTER])


@each_rule
def test_it_speaks_both_languages(rule):
    for words in words_of(rule):
        assert words.id.strip()
        assert words.en.strip()
        assert words.id != words.en
        assert set(re.findall(r"{(\w+)}", words.id)) == set(re.findall(r"{(\w+)}", words.en))
    assert rule.question.id.endswith("?")
    assert rule.question.en.endswith("?")
    assert re.fullmatch(r"(WAR|ROS)-\d\d", rule.id)


@each_rule
def test_it_rests_on_something_read(rule):
    assert rule.incident.source
    assert rule.incident.where
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", rule.incident.on)
    assert re.search(r"UU|Perbawaslu|SOP|KPU", rule.basis.id)
    assert all(threshold.source for threshold in rule.thresholds)
    assert len(rule.runbook) >= 1


@each_rule
def test_a_scenario_makes_it_fire(rule):
    assert f'warning("{rule.id}"' in SCORES


def test_every_reason_of_clearing_has_words():
    source = Path(TESTS).parent / "src" / "awas"
    text = "".join(
        path.read_text(encoding="utf-8")
        for room in ("warehouse", "roster")
        for path in (source / room).rglob("rules/*")
        if path.suffix == ".py"
    )
    used = set(re.findall(r'why="(\w+)"', text)) | {why for rule in RULES for _, why in rule.ends.values()}
    assert used
    assert used <= CLEARED.keys()


@pytest.mark.parametrize(
    ("named", "codes"),
    [
        (names.CONDITIONS, set(get_args(codes.ConditionKind)) - {"power_cut"}),
        (names.FINDINGS, GRAVE),
        (names.USES, get_args(codes.OtherUse)),
        (names.INCIDENTS, get_args(codes.IncidentKind)),
        (names.SEALED_OBJECTS, get_args(codes.SealedObject)),
    ],
)
def test_messages_name_no_code(named, codes):
    assert named.keys() == set(codes)


def test_a_message_speaks_words_for_codes():
    facts = (("condition", "flood"), ("spot", ""), ("ballots", 1))
    assert THREATENED.says(facts) == Words(
        "Gudang terancam: banjir (tempat tidak disebut)", "The warehouse is threatened: flood (place not given)"
    )
    with pytest.raises(KeyError):
        THREATENED.says(())


def test_it_is_plain_data_for_programs():
    plain = json.loads(json.dumps(RULES.plain()))
    assert [one["id"] for one in plain] == sorted(rule.id for rule in RULES)
    first = next(one for one in plain if one["id"] == "WAR-01")
    assert first["listens_to"] == ["correction.entry_voided@1", "gate.vehicle_arrived@1", "goods.received@1"]
    assert RULES.get("WAR-01").id == "WAR-01"
    assert RULES.get("WAR-99") is None


def test_two_rules_of_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        Catalogue([*RULES, RULES.rules[0]])


def test_an_elections_file_gives_rules_other_numbers():
    rule = next(rule for rule in RULES if rule.thresholds)
    threshold = rule.thresholds[0]
    moved = tuned(RULES, {(rule.id, threshold.name): (threshold.most, "KPU, letter 7")})
    found = Catalogue(moved).get(rule.id)
    assert found is not None
    assert (found.thresholds[0].default, found.thresholds[0].source) == (threshold.most, "KPU, letter 7")
    assert [one for one in moved if one.id != rule.id] == [one for one in RULES if one.id != rule.id]
    with pytest.raises(ValueError, match="outside"):
        tuned(RULES, {(rule.id, threshold.name): (threshold.most + 1, "s")})
    with pytest.raises(LookupError, match=r"WAR-00\.n"):
        tuned(RULES, {("WAR-00", "n"): (1, "s")})


def test_a_default_outside_its_bounds_is_refused():
    with pytest.raises(ValueError, match="outside"):
        Threshold(name="n", unit="minutes", default=9, least=10, most=20, label=Words("a", "b"), source="s")


@pytest.mark.parametrize(
    ("place", "hours"),
    [
        ("36.02-G1", 7),
        ("11.01-G1", 7),
        ("62.71-G1", 7),
        ("51.71-G1", 8),
        ("64.72-G1", 8),
        ("73.71-G1", 8),
        ("94.71-G1", 9),
    ],
)
def test_three_time_zones(place, hours):
    assert offset_of(place) == hours * 60 * MINUTE


def test_local_hours():
    assert minute_of_day("36.02-G1", MIDNIGHT) == 0
    assert minute_of_day("51.71-G1", MIDNIGHT) == 60
    assert next_at("36.02-G1", MIDNIGHT, 22 * 60) == MIDNIGHT + 22 * 60 * MINUTE
    assert next_at("36.02-G1", MIDNIGHT, 0) == MIDNIGHT + DAY


@pytest.mark.parametrize(
    ("minute", "start", "end", "inside"),
    [(0, 1320, 300, True), (1320, 1320, 300, True), (300, 1320, 300, False), (720, 1320, 300, False), (5, 5, 5, False)],
)
def test_hours_over_midnight(minute, start, end, inside):
    assert between(minute, start, end) is inside
