"""Offices' own rules at work: each part of their language in a score, and what a count remembers."""

import pytest

from awas.ledger.area import HOUR, Refused, Stamp
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warehouse.commands import DispatchConsignment
from awas.warnings.asked import SetOwnRule, Silence, StopOwnRule
from awas.warnings.engine import Engine
from awas.warnings.events import WarningCleared
from awas.warnings.own.compiling import compiled, remembered
from awas.warnings.own.deciding import MOST
from awas.warnings.own.forcing import Engines
from awas.warnings.own.lint import lint
from awas.warnings.own.state import OwnText
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.own.written import Written
from awas.warnings.state import Settings
from tests.score import AREAS, BALLOTS, Score, at, clock, counted, warning
from tests.warnings.written import rule

KNOWN = Vocabulary(AREAS)
ID = "OWN-BANTEN-01"
DAMAGED = rule("if: [{field: damaged_units, over: 0}]")


def own(text):
    written = lint(text, KNOWN)
    assert isinstance(written, Written), [one.told.en for one in written]
    return compiled(written, KNOWN)


def score_of(text, **named):
    return Score(own(text), **named)


def test_when_and_if():
    score = score_of(DAMAGED)
    score.at("08:00").receives("B1", counted(BALLOTS), unannounced=True)
    score.at("09:00").receives("B2", counted(BALLOTS, damaged=7), unannounced=True)
    score.want(at("09:00"), warning(ID, "siaga", "36.02-G1/B2"))
    score.ends("12:00")
    assert score.words() == ["Rusak 7 satuan dari 36.02-G1/B2"]


def test_several_kinds_of_entries():
    text = rule(when="[goods.received, goods.released]", message="Barang", without=("group_by",))
    score = score_of(text)
    score.at("08:00").receives("B1", unannounced=True)
    score.want(at("08:00"), warning(ID, key="here"))
    score.at("09:00").releases("B9", unannounced=True)
    score.ends("12:00")
    assert len(score.fired()) == 1, "without group_by there is one warning for the place, found twice"


@pytest.mark.parametrize(
    ("when", "fires"), [("21:59", False), ("22:00", True), ("+1 04:59", True), ("+1 05:00", False)]
)
def test_local_hours_over_midnight(when, fires):
    score = score_of(rule("if: [{between: [22.00, 05.00]}]"))
    score.at(when).receives("B1", unannounced=True)
    if fires:
        score.want(at(when), warning(ID))
    score.ends("+1 12:00")


def test_local_hours_are_those_of_the_place():
    ambon = "81.71-G1"
    score = score_of(rule("if: [{between: [22.00, 05.00]}]"), places=[ambon])
    score.at("20:30").receives("B1", unannounced=True)  # 22:30 in Ambon
    score.want(at("20:30"), warning(ID))
    score.ends("23:00")


WAITS = rule(
    "absent: {expect: goods.received, within: 2h, why: arrived}",
    when="goods.consignment_dispatched",
    message='"{plate} belum datang"',
)


def sent(score, name, when, **more):
    score.at("06:00").announces(name)
    score.at(when).does(*_dispatch(score, name, **more))


def _dispatch(score, name, **more):
    return WAREHOUSE, DispatchConsignment(consignment_id=f"{score.places[0]}/{name}", plate="A 1 B", **more)


def test_absent_fires_once_the_time_is_up():
    score = score_of(WAITS)
    sent(score, "B1", "07:00")
    score.want(at("09:00"), warning(ID, key="36.02-G1/B1"))
    score.at("10:00").receives("B1")
    score.ends("12:00")
    assert score.cleared(ID) == ["arrived"]
    assert score.words() == ["A 1 B belum datang"]


def test_absent_is_met_in_time_and_by_the_same_key_alone():
    score = score_of(WAITS)
    sent(score, "B1", "07:00")
    sent(score, "B2", "07:30")
    score.at("08:00").receives("B1")
    score.want(at("09:30"), warning(ID, key="36.02-G1/B2"))
    score.ends("12:00")


def test_absent_counts_from_a_time_that_the_entry_names():
    text = rule(
        "absent: {after: eta_at, expect: goods.received, within: 1h}",
        when="goods.consignment_dispatched",
        message='"Tiba {eta_at}?"',
    )
    score = score_of(text)
    sent(score, "B1", "07:00", eta_at=clock("10:00"))
    sent(score, "B2", "07:05")
    score.want(at("11:00"), warning(ID, key="36.02-G1/B1"))
    score.ends("15:00")
    assert score.words() == ["Tiba 10.00?"]


def test_absent_of_its_own_kind_is_a_heartbeat():
    text = rule(
        "absent: {expect: round.cctv_reported, within: 2h, why: entry_seen}",
        when="round.cctv_reported",
        message="CCTV tidak dilaporkan",
        without=("group_by",),
    )
    score = score_of(text)
    for when in ("06:00", "07:30", "09:00"):
        score.at(when).cctv(8)
    score.want(at("11:00"), warning(ID))
    score.at("12:00").cctv(8)
    score.want(at("14:00"), warning(ID))
    score.ends("14:30")
    assert score.cleared(ID) == ["entry_seen"]


COUNTED = rule(
    "count: {at_least: 3, within: 1h}",
    when="gate.entry_refused",
    group_by="[reason]",
    message='"{count} kali {reason}"',
)


def test_count_within():
    score = score_of(COUNTED)
    for when in ("08:00", "08:30", "09:10", "09:20"):
        score.at(when).refuses(reason="no_letter")
    score.at("09:21").refuses(reason="off_list")
    score.want(at("09:20"), warning(ID, key="no_letter"))
    score.ends("12:00")
    assert score.words() == ["3 kali no_letter"]


def test_what_is_as_old_as_the_count_looks_back_no_longer_counts():
    score = score_of(COUNTED)
    for when in ("08:00", "08:30", "09:00"):
        score.at(when).refuses(reason="no_letter")
    score.ends("12:00")


def test_count_names_every_entry_it_counted():
    score = score_of(COUNTED)
    for when in ("08:00", "08:10", "08:20"):
        score.at(when).refuses(reason="no_letter")
    assert sorted(score.fired()[0].event.evidence) == [0, 1, 2]


def test_count_goes_by_when_things_happened():
    score = score_of(COUNTED)
    for when in ("08:00", "10:00", "12:00"):
        score.at(when, told="13:00").refuses(reason="no_letter")
    score.ends("15:00")


def test_count_remembers_no_more_than_it_needs_and_forgets():
    score = score_of(COUNTED)
    for minute in range(30):
        score.at(f"08:{minute:02}").refuses(reason="no_letter")
    armed = score.judge.watch(score.places[0]).armed(ID, "no_letter")
    assert len(remembered(armed.facts)) == 2
    score.judge.advance(armed.due_at + HOUR)
    assert score.judge.watch(score.places[0]).armed(ID, "no_letter") is None


def test_silence_clears_no_count():
    score = score_of(COUNTED)
    for minute in range(3):
        score.at(f"08:{minute:02}").refuses(reason="no_letter")
    score.judge.advance(score.judge.now + 50 * HOUR)
    assert score.cleared(ID) == []


CAMERAS = rule(
    "if: [{field: working, under: 4}]",
    "for: 10m",
    "ends: {event: round.cctv_reported, if: [{field: working, over: 3}], why: working_again}",
    when="round.cctv_reported",
    message='"Hanya {working} kamera"',
    without=("group_by",),
)


def test_for_waits_until_it_has_held():
    score = score_of(CAMERAS)
    score.at("08:00").cctv(2)
    score.at("08:05").cctv(8)
    score.at("09:00").cctv(3)
    score.want(at("09:10"), warning(ID))
    score.ends("12:00")


def test_keep_firing_for_bridges_a_gap():
    score = score_of(CAMERAS.replace("for: 10m", "keep_firing_for: 20m"))
    score.at("08:00").cctv(2)
    score.want(at("08:00"), warning(ID))
    score.at("08:10").cctv(8)
    score.at("08:20").cctv(2)
    score.at("09:00").cctv(8)
    score.ends("12:00")
    assert score.cleared(ID) == ["working_again"]


def test_group_by_several_fields_makes_one_key():
    score = score_of(rule(when="gate.entry_refused", group_by="[subject, reason]", message="Ditolak"))
    score.at("08:00").refuses(reason="no_letter").refuses(reason="no_letter").refuses(reason="off_list")
    score.want(at("08:00"), warning(ID, key="person|no_letter"))
    score.want(at("08:00"), warning(ID, key="person|off_list"))
    score.ends("09:00")


def test_the_message_says_places_by_name_and_answers_in_words():
    text = rule(when="goods.released", message='"ke {to_place}, dengan perintah: {has_order}"', group_by="[release_id]")
    score = score_of(text)
    score.at("08:00").releases("B9", unannounced=True, to_place="36.02.05")
    assert score.words() == ["ke 36.02.05, dengan perintah: no"]
    (one,) = score.judge.warnings.values()
    assert own(text).says(one.facts, {"36.02.05": "Kec. Contoh"}).id == "ke Kec. Contoh, dengan perintah: tidak"


def test_a_key_that_is_not_known_is_not_judged():
    score = score_of(rule(when="gate.vehicle_arrived", message='"{plate}"'))
    score.at("08:00").vehicle_arrives("A 1 B")
    score.ends("09:00")


def test_ends_by_another_field():
    score = score_of(
        rule("ends: {event: correction.entry_voided, key: [subject], why: corrected}", group_by="[receipt_id]")
    )
    score.at("08:00").receives("B1", unannounced=True)
    score.want(at("08:00"), warning(ID))
    score.at("08:30").voids("goods.received@1", "36.02-G1/r-B1")
    score.ends("09:00")
    assert score.cleared(ID) == ["corrected"]


def test_a_sites_own_rule_holds_there_and_a_districts_in_its_whole_log():

    places = ("36.02-G1", "36.02-G2")

    def office(score, place, when, command):
        moment = clock(when)
        stamp = Stamp(place=place, actor="o", device="d", occurred_at=moment, recorded_at=moment)
        score.steps += score.judge.command(stamp, command)

    for place, wanted in (("36.02-G2", 1), ("36.02", 2)):
        score = Score(places=places)
        score.rules[ID] = own(DAMAGED)
        office(score, place, "07:00", SetOwnRule(rule=ID, text=DAMAGED))
        for site in places:
            score.at("08:00", place=site).receives("B1", counted(BALLOTS, damaged=7), unannounced=True)
        assert len(score.fired()) == wanted
        office(score, place, "09:00", StopOwnRule(rule=ID))
        assert score.cleared(ID) == ["rule_stopped"] * wanted
        score.at("10:00", place=places[1]).receives("B2", counted(BALLOTS, damaged=7), unannounced=True)
        assert len(score.fired()) == wanted


def test_a_new_text_forgets_what_the_old_one_waited_for():
    score = Score()
    score.rules[ID] = own(WAITS)
    for when, text in (("05:00", WAITS), ("08:00", WAITS.replace("2h", "5h"))):
        stamp = Stamp(place="36.02", actor="o", device="d", occurred_at=clock(when), recorded_at=clock(when))
        score.steps += score.judge.command(stamp, SetOwnRule(rule=ID, text=text))
        if when == "05:00":
            sent(score, "B1", "07:00")
    sent(score, "B2", "08:30")
    score.want(at("13:30"), warning(ID, key="36.02-G1/B2"))
    score.ends("20:00")
    assert [one.event.rule_version for one in score.fired()] == [2]


def by_the_office(score, when, command, place="36.02"):
    stamp = Stamp(place=place, actor="o", device="d", occurred_at=clock(when), recorded_at=clock(when))
    score.steps += score.judge.command(stamp, command)


def test_a_silence_ends_though_its_rule_was_stopped():
    score = Score()
    by_the_office(score, "05:00", SetOwnRule(rule=ID, text=DAMAGED))
    score.at("08:00").receives("B1", counted(BALLOTS, damaged=7), unannounced=True)
    (one,) = score.judge.warnings
    silence = Silence(warning=one, until=clock("10:00"), reason="works_in_progress")
    by_the_office(score, "08:10", silence, place=score.places[0])
    by_the_office(score, "09:00", StopOwnRule(rule=ID))
    assert (score.judge.warnings[one].state, score.judge.warnings[one].holds) == ("silenced", False)
    score.judge.advance(clock("11:00"))
    assert score.judge.warnings[one].state == "cleared", "somebody sees that it is over"


def test_a_sites_text_goes_before_its_districts():
    score = Score(places=("36.02-G1", "36.02-G2"))
    by_the_office(score, "05:00", SetOwnRule(rule=ID, text=DAMAGED))
    by_the_office(score, "05:01", SetOwnRule(rule=ID, text=DAMAGED.replace("siaga", "awas")), "36.02-G2")
    for place in score.places:
        score.at("08:00", place=place).receives("B1", counted(BALLOTS, damaged=7), unannounced=True)
    assert [one.event.level for one in score.fired()] == ["siaga", "awas"]
    assert score.judge.engine_at("36.02-G1") is not score.judge.engine_at("36.02-G2")
    by_the_office(score, "09:00", StopOwnRule(rule=ID), "36.02-G2")
    assert [one.stamp.place for one in score.steps if isinstance(one.event, WarningCleared)] == ["36.02-G2"]
    assert score.judge.engine_at("36.02-G1") is score.judge.engine_at("36.02-G2"), "one engine for the same texts"


def test_a_place_without_own_rules_keeps_the_engine_of_the_catalogue():
    score = Score(places=("36.02-G1", "36.03-G1"))
    by_the_office(score, "05:00", SetOwnRule(rule=ID, text=DAMAGED))
    assert score.judge.engine_at("36.03-G1") is score.judge.engine
    assert score.judge.engine_at("36.02-G1").rules[-1].id == ID


def test_a_text_that_is_no_longer_understood_is_not_judged():
    engines = Engines(Engine((), AREAS))
    settings = {"36.02": Settings(own=(OwnText(rule=ID, text="id: ["), OwnText(rule="OWN-BANTEN-02", text=DAMAGED)))}
    assert [one.id for one in engines.at("36.02-G1", settings).rules] == [ID]
    assert [one.id for one in engines.at("36.03-G1", settings).rules] == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (SetOwnRule(rule=ID, text="id: ["), "own_rule_faulty"),
        (SetOwnRule(rule="OWN-BANTEN-02", text=DAMAGED), "own_rule_other_id"),
        (SetOwnRule(rule=ID, text=DAMAGED), "own_rule_unchanged"),
        (StopOwnRule(rule="OWN-BANTEN-02"), "own_rule_not_in_force"),
    ],
)
def test_what_the_record_refuses(command, code):
    score = Score()
    by_the_office(score, "05:00", SetOwnRule(rule=ID, text=DAMAGED))
    with pytest.raises(Refused) as refused:
        by_the_office(score, "06:00", command)
    assert refused.value.code == code


def test_no_place_has_more_than_so_many():
    score = Score()
    for number in range(MOST):
        name = f"OWN-BANTEN-{number:02}"
        by_the_office(score, "05:00", SetOwnRule(rule=name, text=DAMAGED.replace(ID, name)))
    with pytest.raises(Refused, match="own_rules_too_many"):
        by_the_office(score, "06:00", SetOwnRule(rule="OWN-BANTEN-99", text=DAMAGED.replace(ID, "OWN-BANTEN-99")))
    by_the_office(score, "07:00", SetOwnRule(rule=ID, text=DAMAGED.replace("siaga", "awas")))
