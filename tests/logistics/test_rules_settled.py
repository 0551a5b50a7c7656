"""What ends a warning of logistics, and what must not: stories in which a rule was wrong once."""

from typing import Any

import pytest

from awas.ledger.area import Refused
from awas.logistics import commands as ask
from awas.logistics.rules import RULES
from awas.warehouse.area import AREA as GATE
from awas.warehouse.commands import CorrectCount
from tests.logistics.making import (
    KECAMATAN,
    S1,
    S2,
    accept,
    asks_leave,
    ballots,
    counted_in,
    gives_leave,
    line,
    reopening,
    season,
    tally,
    unit,
    unpacking,
)
from tests.logistics.making import at as key
from tests.logistics.test_rules import FIRES, PLACES, VOTING, boxed, check, contract, gate, play, prints, sent
from tests.score import Score, clock

RULE = {rule.id: rule for rule in RULES}


def score_of(*names: str) -> Score:
    return Score(*(RULE[name] for name in names), places=PLACES)


def stands(score: Score) -> list[str]:
    return [one.key for one in score.judge.warnings.values() if one.state == "firing"]


def passes(score: Score, when: str) -> list[str]:
    """Lets time pass; the rules that fired."""
    score.steps += score.judge.advance(clock(when))
    return [step.event.rule for step in score.fired()]


def voids(name: str) -> ask.VoidTally:
    return ask.VoidTally(tally_id=key(name), reason="paper_error")


def unverifies(name: str) -> ask.VoidPrint:
    return ask.VoidPrint(tally_id=key(name), reason="paper_error")


def corrects(name: str, counted: Any) -> CorrectCount:
    """A count of the gate, counted again."""
    named = {"receipt_id": key(name), "consignment_id": key("c" + name)}
    return CorrectCount(entry_index=0, reason="typing", lines=(counted,), **named)


# -- orders and replacements ---------------------------------------------------------------------------------------


def test_an_order_that_has_come_is_not_overdue_for_another_that_is_not_due():
    score = score_of("LOG-07")
    later = ask.RecordContract(
        contract_id=key("k2"), supplier="PT Lain", document_number="K-2", lines=(line(5000, "ppwp"),),
        deliver_by_at=clock("+9 00:00"),
    )  # fmt: skip
    play(score, "06:00", contract(1000, deliver_by_at=clock("20:00")), later, gate("g", 1000))
    assert passes(score, "21:00") == []
    assert passes(score, "+9 01:00") == ["LOG-07"]


def test_a_contract_taken_back_is_overdue_no_more():
    score = score_of("LOG-07", "LOG-08")
    late = contract(1000, deliver_by_at=clock("20:00"), replacement=True)
    play(score, "06:00", season(replaced_by_at=clock("19:00")), late)
    play(score, "07:00", ask.VoidContract(contract_id=key("k"), reason="paper_error"))
    assert passes(score, "23:00") == []


def test_a_contract_taken_back_too_late_ends_its_warnings():
    score = score_of("LOG-07", "LOG-08")
    late = contract(1000, deliver_by_at=clock("20:00"), replacement=True)
    play(score, "06:00", season(replaced_by_at=clock("19:00")), late)
    assert sorted(passes(score, "21:00")) == ["LOG-07", "LOG-08"]
    play(score, "21:30", ask.VoidContract(contract_id=key("k"), reason="paper_error"))
    assert stands(score) == []


def test_a_verification_taken_back_ends_what_it_found():
    score = score_of("LOG-05", "LOG-06")
    play(score, "09:00", contract(1000), prints(900, document_number=""), prints(101, name="v2"))
    assert sorted(step.event.rule for step in score.fired()) == ["LOG-05", "LOG-06"]
    play(score, "10:00", unverifies("v2"))
    assert [one.rule for one in score.judge.warnings.values() if one.state == "firing"] == ["LOG-06"]
    play(score, "11:00", unverifies("v"))
    assert stands(score) == []


def test_what_is_printed_beyond_the_order_stays_so_without_another_verification():
    score = score_of("LOG-05")
    play(score, "09:00", contract(1000), prints(1001), prints(100, name="v2"), unverifies("v2"))
    assert stands(score) == [key("k")]


def test_an_order_is_not_met_by_other_goods():
    score = score_of("LOG-07")
    play(score, "06:00", contract(1000, deliver_by_at=clock("20:00")), gate("g", 1000, "ppwp"))
    assert passes(score, "21:00") == ["LOG-07"]


def test_of_two_orders_of_one_thing_the_earlier_comes_first():
    score = score_of("LOG-07")
    more = ask.RecordContract(
        contract_id=key("k2"), supplier="PT Lain", document_number="K-2", lines=(line(500),),
        deliver_by_at=clock("22:00"), replacement=True,
    )  # fmt: skip
    play(score, "06:00", contract(1000, deliver_by_at=clock("20:00")), more, gate("g", 1000))
    assert passes(score, "21:00") == []
    assert passes(score, "22:00") == ["LOG-07"]
    (one,) = score.judge.warnings.values()
    assert dict(one.facts)["units"] == 500


def test_a_replacement_is_not_met_by_other_goods_or_by_what_was_taken_back():
    for came in ([gate("g", 9000, "ppwp")], [tally("r", "receive", ballots(500)), voids("r")]):
        score = score_of("LOG-08")
        play(score, "06:00", season(voting_at=VOTING, replaced_by_at=clock("20:00")))
        play(score, "06:00", contract(500, replacement=True), *came)
        assert passes(score, "21:00") == ["LOG-08"]


# -- what was counted wrong and taken back -------------------------------------------------------------------------


def test_a_surplus_by_a_slip_ends_when_the_slip_is_taken_back():
    score = score_of("LOG-13")
    play(score, "06:00", season(voting_at=VOTING, needs=(line(1000),)), tally("r", "receive", ballots(11_000)))
    assert len(stands(score)) == 1
    play(score, "06:10", voids("r"))
    assert stands(score) == []


def test_a_damaged_share_by_a_slip_ends_when_the_slip_is_taken_back():
    score = score_of("LOG-09")
    play(score, "06:00", tally("r", "receive", ballots(3000)), tally("s", "sort", ballots(3000, damaged=300)))
    assert len(stands(score)) == 1
    play(score, "06:10", voids("s"))
    assert stands(score) == []


def test_what_is_taken_back_after_the_next_step_took_it_is_told_until_it_is_counted_again():
    score = score_of("LOG-14")
    play(score, "06:00", tally("r", "receive", ballots(100)), tally("s", "sort", ballots(100)))
    play(score, "07:00", voids("r"))
    assert stands(score) == ["sort-dpr-"]
    play(score, "07:05", tally("r2", "receive", ballots(100)))
    assert stands(score) == []


def test_a_count_corrected_at_the_gate_below_what_was_sorted_is_told():
    score = score_of("LOG-14")
    play(score, "06:00", gate("g", 100), tally("s", "sort", ballots(100)))
    score.at("07:00").does(GATE, corrects("g", counted_in(60)))
    assert stands(score) == ["sort-dpr-"]


def test_what_came_by_the_gate_is_taken_back_at_the_gate():
    """Undone here alone, the gate would still have it: corrected there, the record would count it a second way."""
    score = score_of("LOG-14")
    play(score, "06:00", gate("g", 100))
    with pytest.raises(Refused, match=r"logistics\.tally_by_gate"):
        play(score, "06:10", voids("g"))


def test_another_districts_ballots_end_with_a_corrected_count_at_the_gate():
    score = score_of("LOG-15")
    play(score, "09:00", gate("r", 100, "dprd_kab", dapil="36.03-2"))
    assert stands(score) == [key("r")]
    score.at("10:00").does(GATE, corrects("r", counted_in(100, "dprd_kab", dapil="36.02-2")))
    assert stands(score) == []


def test_kits_with_too_much_end_the_warning_when_each_is_set_right():
    score = score_of("LOG-17")
    FIRES["LOG-17"][0](score)
    assert stands(score) == ["overfull"]
    for name, station, left in (("a", S1, ["overfull"]), ("b", S2, [])):
        play(score, "08:00", asks_leave(name, "unpack", unpacking(station)))
        play(score, "08:01", gives_leave(name), actor="p2")
        out = tally(f"u{name}", "unpack", ballots(20, station=station), approval_id=key(name))
        play(score, "08:02", out)
        assert stands(score) == left


def test_a_kit_of_another_constituency_taken_back_ends_the_warning():
    score = score_of("LOG-16")
    FIRES["LOG-16"][0](score)
    assert stands(score) == ["unlike"]
    play(score, "08:00", voids("k"))
    assert stands(score) == []


def test_destroyed_in_the_end_ends_the_warning():
    score = score_of("LOG-32")
    FIRES["LOG-32"][0](score)
    play(score, "09:10", asks_leave("a", "reopen", reopening("destruction")))
    play(score, "09:11", gives_leave("a"), actor="p2")
    play(score, "09:12", tally("d2", "destroy_damaged", ballots(4)), ask.CloseStage(stage="destruction"))
    assert stands(score) == []


def test_unchecked_sorters_are_not_checked_by_another_count():
    score = score_of("LOG-34")
    FIRES["LOG-34"][0](score)
    play(score, "10:00", tally("r2", "receive", ballots(10)), tally("s2", "sort", ballots(5)))
    assert stands(score) == ["workers"]
    play(score, "11:00", tally("s3", "sort", ballots(5), workers=12, workers_checked=True))
    assert stands(score) == []


# -- hand-overs and boxes ------------------------------------------------------------------------------------------


def test_kits_sent_astray_or_incomplete_and_refused_are_the_senders_again():
    score = score_of("LOG-19")
    sent(score, S1, to="36.02.06")
    assert len(stands(score)) == 1
    refuse = ask.RefuseTransfer(transfer_id=key("t"), reason="wrong_address")
    play(score, "09:00", refuse, place="36.02.06", actor="p2")
    assert stands(score) == []


def test_what_did_not_arrive_ends_when_it_arrives_or_is_explained_by_the_sender():
    late = (accept("t", S2), KECAMATAN, "p2")
    explained = (ask.ExplainDifference(subject=key("t"), reason="lost"), PLACES[0], "p1")
    for command, place, actor in (late, explained):
        score = score_of("LOG-23")
        sent(score)
        play(score, "09:00", accept("t", S1, reason="not_known"), place=KECAMATAN, actor="p2")
        assert len(stands(score)) == 1
        play(score, "10:00", command, place=place, actor=actor)
        assert stands(score) == []


def test_what_never_left_ends_when_it_is_called_back():
    score = score_of("LOG-23")
    sent(score)
    play(score, "09:00", accept("t", S1, reason="not_known"), place=KECAMATAN, actor="p2")
    play(score, "10:00", asks_leave("a", "recall", key("t")))
    play(score, "10:01", gives_leave("a"), actor="p2")
    play(score, "10:02", ask.RecallTransfer(transfer_id=key("t"), approval_id=key("a")))
    assert stands(score) == []


def test_intact_without_a_number_ends_no_warning_of_another_seal():
    score = score_of("LOG-27")
    boxed(score)
    play(score, "07:00", check("X9"))
    play(score, "07:05", check())
    assert stands(score) == [unit("B1")]
    play(score, "07:10", check("A1"))
    assert stands(score) == []


def test_a_box_in_two_places_is_not_in_one_because_it_is_looked_at_again():
    score = score_of("LOG-28")
    FIRES["LOG-28"][0](score)
    play(score, "07:05", check("A1"), place="36.02-G2")
    assert stands(score) == [unit("B1")]


def test_a_box_on_its_way_here_or_in_a_box_from_there_is_in_one_place():
    score = score_of("LOG-28")
    boxed(score)
    play(score, "06:10", ask.LabelUnits(unit_kind="package", units=(unit("P1"),), parent=unit("B1")))
    box = {"units": (unit("B1"),), "escort": "police"}
    play(score, "07:00", ask.OfferTransfer(transfer_id=key("t"), leg="to_kecamatan", to_place=KECAMATAN, **box))
    play(score, "08:00", check("A1"), place=KECAMATAN, actor="p2")
    play(score, "08:10", ask.AcceptTransfer(transfer_id=key("t"), units=box["units"]), place=KECAMATAN, actor="p2")
    play(score, "08:20", ask.CheckUnit(unit=unit("P1"), result="intact"), place=KECAMATAN, actor="p2")
    assert score.fired() == []
