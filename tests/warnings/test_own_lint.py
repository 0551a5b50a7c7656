"""The linter of offices' own rules: what it takes, what it says of the rest, and that no text harms it."""

import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awas.warnings.own.faults import SENTENCES, Fault
from awas.warnings.own.lint import KEYS, lint
from awas.warnings.own.values import clock, duration, spelled
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.own.written import Written
from tests.score import AREAS
from tests.warnings.written import RULE, rule

KNOWN = Vocabulary(AREAS)


def faults(text):
    found = lint(text, KNOWN)
    return [] if isinstance(found, Written) else [(one.line, one.code) for one in found]


VALID = [
    RULE,
    rule(when="[goods.received, goods.released]", message='"{consignment_id}"'),
    rule(when="goods.received@1"),
    rule("if: [{field: damaged_units, over: 0}]"),
    rule("if:", "  - field: window_fit", "    in: [early, late]", "  - between: [22.00, 05.00]"),
    rule("if: {field: off_window_ms, over: 30m}"),
    rule("if: [{field: announced, is: tidak}, {field: order_number, missing: ya}]"),
    rule("if: [{field: lines, missing: true}]"),
    rule("count: {at_least: 3, within: 1h}", message='"{count} kali"'),
    rule("absent: {expect: goods.received, within: 2h}", when="goods.consignment_dispatched", message="Belum datang"),
    rule(
        "absent: {after: eta_at, expect: goods.received, within: 2h, why: arrived}",
        "for: 10m",
        "keep_firing_for: 20m",
        when="goods.consignment_dispatched",
        message='"{plate} {eta_at}"',
    ),
    rule("ends: {event: correction.entry_voided, key: [subject], why: corrected}", "keep_firing_for: 1h"),
    rule("ends:", "  - {event: goods.difference_explained, why: explained}", "  - {event: goods.received}"),
    rule(without=("group_by",)),
    rule(title="Judul saja"),
    RULE.replace("\n", "\r\n"),
]


@pytest.mark.parametrize("text", VALID)
def test_sound_rules_are_taken(text):
    assert faults(text) == []


WRONG = [
    (rule("damagd: 1"), (11, "key_unknown")),
    (rule(without=("level",)), (1, "key_missing")),
    (rule(level="merah"), (3, "level_unknown")),
    (rule(id="WAR-01"), (1, "id_wrong")),
    (rule(id="OWN-banten-01"), (1, "id_wrong")),
    (rule(when="goods.recieved"), (8, "kind_unknown")),
    (rule("if: [{field: damagd_units, over: 0}]"), (11, "field_unknown")),
    (rule("if: [{field: damaged_units}]"), (11, "no_test")),
    (rule("if: [{field: damaged_units, over: 0, under: 9}]"), (11, "many_tests")),
    (rule("if: [{field: damaged_units, over: banyak}]"), (11, "not_a_number")),
    (rule("if: [{field: order_number, over: 3}]"), (11, "not_compared")),
    (rule("if: [{field: lines, is: 3}]"), (11, "field_not_single")),
    (rule("if: [{field: announced, is: 3}]"), (11, "not_a_yes")),
    (rule("if: [{field: window_fit, is: terlambat}]"), (11, "value_unknown")),
    (rule("if: [{field: window_fit, in: []}]"), (11, "not_a_list")),
    (rule("if: [{between: [22.00]}]"), (11, "window_wrong")),
    (rule("if: [{between: [22.00, 22.00]}]"), (11, "window_wrong")),
    (rule("if: [{between: [25.00, 05.00]}]"), (11, "clock_wrong")),
    (rule("if: damaged"), (11, "not_a_map")),
    (rule("count: {at_least: 1, within: 1h}"), (11, "out_of_bounds")),
    (rule("count: {at_least: 3, within: 1 jam}"), (11, "duration_wrong")),
    (rule("count: {at_least: 3, within: 90d}"), (11, "out_of_bounds")),
    (rule("count: {at_least: 3}"), (11, "key_missing")),
    (rule("for: 0m"), (11, "out_of_bounds")),
    (rule("keep_firing_for: 20m"), (11, "never_ends")),
    (rule("ends: {event: goods.received, why: entah}"), (11, "why_unknown")),
    (rule("ends: {event: goods.received, key: []}"), (11, "no_text")),
    (rule("ends: {event: correction.entry_voided}"), (11, "field_unknown")),
    (rule("ends: {event: goods.received, key: [consignment_id, receipt_id]}"), (11, "keys_differ")),
    (rule("absent: {expect: goods.received, within: 2h, after: plate}", when="goods.consignment_dispatched",
          message="Belum"), (11, "not_an_instant")),
    (rule("absent: {expect: goods.received, within: 2h}", "count: {at_least: 2, within: 1h}"),
     (12, "absent_and_count")),
    (rule(message='"{damagd_units}"'), (10, "field_unknown")),
    (rule(message='"{lines}"'), (10, "field_not_single")),
    (rule(message='"{count}"'), (10, "field_unknown")),
    (rule(message="''"), (10, "no_text")),
    (rule(title="{en: Only English}"), (2, "key_missing")),
    (rule(basis="x" * 301), (5, "text_too_long")),
    (rule(without=("runbook",)) + "runbook: []\n", (9, "no_text")),
    ("", (1, "empty")),
    ("- satu\n- dua\n", (1, "not_a_map")),
    (RULE + "level: awas\n", (11, "twice")),
    (rule(without=("group_by",)) + "group_by: [lines]\n", (10, "field_not_key")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), WRONG, ids=[f"{code} {n}" for n, (_text, (_l, code)) in enumerate(WRONG)])
def test_what_is_wrong_is_named_with_its_line(text, wanted):
    assert wanted in faults(text)


def test_the_nearest_known_name_is_asked_back_in_both_languages():
    (found,) = lint(rule("if:", "  - {field: damagd_units, over: 0}"), KNOWN)
    assert found.told.id == (
        "baris 12: field 'damagd_units' tidak ada pada goods.received; maksud Anda 'damaged_units'?"
    )
    assert found.told.en == "line 12: there is no field 'damagd_units' in goods.received; did you mean 'damaged_units'?"


def test_every_fault_is_said_at_once():
    text = rule("if: [{field: damagd_units, over: 0}]", "for: lama", level="merah")
    assert faults(text) == [(3, "level_unknown"), (11, "field_unknown"), (12, "duration_wrong")]


PERSONAL = [
    ("gate.person_entered", "person"), ("gate.person_entered", "name"), ("gate.person_entered", "escorted_by"),
    ("gate.person_entered", "identity"), ("gate.person_entered", "photo"), ("gate.vehicle_arrived", "driver"),
    ("roster.duty_started", "person"), ("round.key_taken", "holder_code"), ("access.granted", "access_id"),
    ("goods.received", "witness_names"), ("gate.entry_refused", "identity"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "field"), PERSONAL)
def test_what_names_a_person_is_neither_key_nor_condition_nor_word(kind, field):
    assert KNOWN.kinds[kind].fields[field].personal
    text = rule(f"if: [{{field: {field}, is: x}}]", when=kind, group_by=f"[{field}]", message=f'"{{{field}}}"')
    assert [code for _line, code in faults(text)] == ["field_personal"] * 3


def test_no_field_that_may_be_a_key_holds_a_commitment_or_more_than_one_thing():
    for kind in KNOWN.kinds.values():
        for field in kind.fields.values():
            if field.is_key:
                assert field.holds in ("text", "whole", "yes_no")
                assert not field.name.endswith("_by") or field.choices


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
HOSTILE = [
    (BOMB, "alias"),
    ("id: !!python/object/apply:os.system ['true']\n", "tag"),
    ("id: !vault x\n", "tag"),
    ("[" * 2000, "too_deep"),
    ("a: " + "[x, " * 300, "too_deep"),
    ("a: [" + "x, " * 500 + "]", "too_many"),
    ("x" * 6001, "too_long"),
    ("---\na: 1\n---\nb: 2\n", "many_documents"),
    ("a: \x00", "unseen"),
    ("a: \u202e", "unseen"),
    ('a: "\\u202e"', "unseen"),
    ("a: \ud800", "unseen"),
    ("a: 'x", "not_yaml"),
    ("%YAML 9.9\n---\na: b", "not_yaml"),
    ("? [a]\n: b", "not_a_text"),
    (rule(message='"{plate.__class__.__init__.__globals__}"'), "brace_wrong"),
    (rule(message='"{damaged_units:>999999999}"'), "brace_wrong"),
    (rule(message='"{damaged_units!r}"'), "brace_wrong"),
    (rule(message='"{0}"'), "brace_wrong"),
    (rule(message='"{"'), "brace_wrong"),
    (rule(id="OWN-BANTEN-01\u0663"), "id_wrong"),
]


@pytest.mark.parametrize(("text", "code"), HOSTILE, ids=[f"{code} {n}" for n, (_t, code) in enumerate(HOSTILE)])
def test_hostile_texts_are_refused_soon(text, code):
    began = time.perf_counter()
    assert code in [one for _line, one in faults(text)]
    assert time.perf_counter() - began < 2


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12)
    | st.sampled_from(["goods.received", "damaged_units", "2h", "22.00", "awas", "{plate}", "consignment_id"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            [*KEYS, "field", "is", "over", "in", "missing", "between", "event", "key", "why", "expect", "within",
             "after", "at_least"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=len(KEYS)))
def test_any_yaml_gives_a_rule_or_faults(tree):
    found = lint(yaml.safe_dump(tree, allow_unicode=True), KNOWN)
    assert isinstance(found, Written) or (found and all(isinstance(one, Fault) for one in found))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_rule_or_faults(text):
    found = lint(text, KNOWN)
    assert isinstance(found, tuple)
    assert all(one.line >= 1 for one in found)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_rule_with_something_changed_gives_a_rule_or_faults(data):
    at = data.draw(st.integers(0, len(RULE) - 1))
    text = RULE[:at] + data.draw(st.text(max_size=6)) + RULE[at + data.draw(st.integers(0, 6)) :]
    found = lint(text, KNOWN)
    assert isinstance(found, Written) or found


def test_every_sentence_is_said_in_both_languages():
    for code, words in SENTENCES.items():
        assert words.id, code
        assert words.en, code
        assert words.id != words.en


@pytest.mark.parametrize(("text", "ms"), [("10m", 600_000), ("2h", 7_200_000), ("1d", 86_400_000)])
def test_lengths_of_time_go_both_ways(text, ms):
    assert duration(text) == ms
    assert spelled(ms) == text


@pytest.mark.parametrize("text", ["", "10", "m", "-1h", "1.5h", "10s", "٣h", "999999h"])
def test_what_is_no_length_of_time(text):
    assert duration(text) is None


@pytest.mark.parametrize(("text", "minute"), [("22.00", 1320), ("5:30", 330), ("24.00", None), ("7", None)])
def test_hours(text, minute):
    assert clock(text) == minute
