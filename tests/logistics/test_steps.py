"""The table of steps: what may follow what, what is refused, and where quantities stand afterwards."""

import msgspec
import pytest

from awas.logistics import commands as ask
from awas.logistics.area import AREA
from awas.logistics.keys import balance_key
from awas.logistics.lines import Damage, Line, StationNeed, TallyLine
from awas.logistics.stages import STAGES, STEPS
from tests.book import KECAMATAN as OTHER_SITE
from tests.logistics.making import (
    KECAMATAN,
    PLACE,
    S1,
    S2,
    S3,
    VILLAGE,
    Book,
    accept,
    asks_leave,
    at,
    ballots,
    folded,
    gives_leave,
    line,
    offer,
    packs,
    reopening,
    tally,
    unit,
    unpacking,
)


@pytest.fixture
def book() -> Book:
    return Book(AREA)


def shelves(book: Book) -> dict[str, int]:
    """Units by place and shelf, empty shelves left out."""
    found: dict[str, int] = {}
    for (kind, _key), item in book.items.items():
        if kind == "stock" and item.units:
            name = item.shelf if item.place == PLACE else f"{item.place} {item.shelf}"
            found[name] = found.get(name, 0) + item.units
    return found


def test_every_step_belongs_to_a_stage_and_every_stage_of_the_warehouse_has_one():
    assert {step.stage for step in STEPS.values()} <= {row.id for row in STAGES}
    assert {"receiving", "sorting", "folding", "packing", "destruction"} <= {step.stage for step in STEPS.values()}


def test_ballots_go_through_the_warehouse_and_none_is_lost(book):
    book.do(tally("r", "receive", ballots(1000)))
    book.do(tally("s", "sort", ballots(1000, 980, damaged=15), reason="miscounted_at_source"))
    book.do(tally("f", "fold", ballots(980, damaged=2)))
    book.do(packs("p", S1, S2, need=300))
    book.do(tally("a", "set_aside", ballots(378)))
    assert shelves(book) == {"packed": 600, "surplus": 378, "damaged": 17, "lost": 5}
    book.do(tally("d", "destroy_damaged", ballots(17)))
    book.do(tally("e", "destroy_surplus", ballots(378)))
    assert shelves(book) == {"packed": 600, "destroyed": 395, "lost": 5}
    assert book.rebuilt().items == book.items
    assert book.unforeseen == set()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (tally("x", "sort", ballots(10)), "logistics.nothing_there"),
        (tally("x", "fold", ballots(10)), "logistics.nothing_there"),
        (packs("x", S1), "logistics.nothing_there"),
        (tally("x", "destroy_damaged", ballots(1)), "logistics.nothing_there"),
        (tally("x", "dance", ballots(1)), "logistics.step_unknown"),
        (tally("x", "order", ballots(1)), "logistics.step_unknown"),
        (tally("x", "receive", ballots(1, station=S1)), "logistics.no_station"),
        (tally("x", "pack", ballots(1)), "logistics.station_needed"),
        (tally("x", "receive", ballots(10), ballots(10)), "line_twice"),
        (tally("x", "receive", ballots(0)), "nothing_counted"),
        (tally("x", "receive", ballots(10, 8)), "logistics.reason_needed"),
        (tally("x", "receive", ballots(10, 12)), "logistics.reason_needed"),
        (tally("x", "receive", ballots(10, damaged=2, damage=(Damage(criterion="hole", units=1),))),
         "logistics.damage_sum"),
        (tally("x", "receive", ballots(10, usable=11)), "logistics.usable_beyond"),
        (ask.Tally(tally_id="36.02-G9/x", step="receive", lines=(ballots(1),)), "key_of_other_place"),
        (packs("x", "31.01.01.1001-001"), "logistics.station_elsewhere"),
    ],
)  # fmt: skip
def test_illegal_moves_are_refused(book, command, code):
    assert book.refused(command) == code


def test_a_step_that_misses_nothing_takes_no_shortage(book):
    folded(book, 500)
    short = tally("x", "pack", ballots(100, 90, station=S1), reason="lost")
    assert book.refused(short) == "logistics.step_misses_nothing"


def test_more_than_there_is_is_recorded_and_said(book):
    book.do(tally("r", "receive", ballots(100)))
    event = book.one(tally("s", "sort", ballots(130)))
    assert [(one.taken, one.stock) for one in event.beyond] == [(130, 100)]
    assert shelves(book) == {"unsorted": -30, "good": 130}


def test_other_things_are_neither_sorted_nor_folded(book):
    boxes = ballots(50, ballot="", item="box")
    book.do(tally("r", "receive", boxes))
    assert shelves(book) == {"good": 50}
    book.do(tally("p", "pack", ballots(5, ballot="", item="box", station=S1, need=5)))
    assert shelves(book) == {"good": 45, "packed": 5}
    assert not book.item("kit", f"{S1}/kit").complete, "nobody knows how many ballots the station needs"


KIT = (Line(item="box", units=5), Line(item="booth", units=4), Line(item="form", units=1))


def test_a_kit_is_complete_only_with_its_equipment(book):
    folded(book, 300)
    book.do(tally("r", "receive", ballots(50, ballot="", item="box")))
    first = book.one(tally("p1", "pack", ballots(100, station=S1, need=100), kit_needs=KIT))
    assert (first.incomplete, first.completed) == ((S1,), 0)
    assert book.item("kit", f"{S1}/kit").lacks == ("booth", "box", "form")
    box, booth = (ballots(units, ballot="", item=item, station=S1) for item, units in (("box", 5), ("booth", 4)))
    forms = TallyLine(item="form", station=S1, taken=0, passed=0, checked=12)
    second = book.one(tally("p2", "pack", box, booth, forms, kit_needs=KIT))
    assert (second.incomplete, second.completed, second.beyond) == ((), 1, ())
    assert {line.item: (line.passed, line.checked) for line in second.lines} == {
        "box": (5, 0),
        "booth": (0, 4),
        "form": (0, 12),
    }, "no booth is on record here: those were seen, and taken from no stock"
    assert shelves(book)["packed"] == 105
    book.do(ask.VoidTally(tally_id=at("p2"), reason="miscounted_here"))
    kit = book.item("kit", f"{S1}/kit")
    assert (kit.lacks, kit.checked, kit.complete) == (("booth", "box", "form"), {}, False)


def test_equipment_that_was_only_seen_comes_out_as_it_went_in(book):
    folded(book, 300)
    booths = ballots(4, ballot="", item="booth", station=S1)
    book.do(tally("p1", "pack", ballots(100, station=S1, need=100), booths, kit_needs=KIT[1:2]))
    assert book.item("kit", f"{S1}/kit").complete
    book.do(asks_leave("leave", "unpack", unpacking(S1)))
    book.do(gives_leave("leave"), actor="chief")
    five = ballots(5, ballot="", item="booth", station=S1)
    assert book.refused(tally("u0", "unpack", five, approval_id=at("leave"))) == "logistics.kit_holds_less"
    event = book.one(tally("u", "unpack", booths, approval_id=at("leave")))
    assert (event.incomplete, event.completed) == ((S1,), -1)
    kit = book.item("kit", f"{S1}/kit")
    assert (kit.checked, kit.lacks) == ({}, ("booth",))
    assert shelves(book)["packed"] == 100


def test_what_is_partly_seen_and_partly_from_stock_comes_out_as_it_is(book):
    folded(book, 300)
    boxes = ballots(4, ballot="", item="box", station=S1)
    book.do(tally("p1", "pack", ballots(100, station=S1, need=100), boxes, kit_needs=KIT[:1]))
    book.do(tally("r", "receive", ballots(50, ballot="", item="box")))
    event = book.one(tally("p2", "pack", ballots(3, ballot="", item="box", station=S1), kit_needs=KIT[:1]))
    kit = book.item("kit", f"{S1}/kit")
    assert (kit.contents["box.."], kit.checked, kit.complete, event.surplus) == (3, {"box": 4}, True, ())
    book.do(asks_leave("leave", "unpack", unpacking(S1)))
    book.do(gives_leave("leave"), actor="chief")
    out = ballots(6, ballot="", item="box", station=S1)
    (line_out,) = book.one(tally("u", "unpack", out, approval_id=at("leave"))).lines
    assert (line_out.taken, line_out.passed, line_out.checked) == (2, 2, 4)
    kit = book.item("kit", f"{S1}/kit")
    assert (kit.contents["box.."], kit.checked) == (1, {})
    assert shelves(book) == {"folded": 200, "packed": 101, "good": 49}


def test_a_stage_that_the_gate_tells_is_not_closed(book):
    assert book.refused(ask.CloseStage(stage="delivery")) == "logistics.stage_of_gate"


def test_a_reason_that_was_given_stays_when_something_else_is_explained(book):
    book.do(tally("r", "receive", ballots(100, 95), reason="lost", document_number=""))
    book.do(ask.ExplainDifference(subject=at("r"), reason="paper_error"))
    assert book.item("tally", at("r")).reason == "lost"


def test_only_equipment_of_kits_may_be_seen_without_being_taken(book):
    folded(book, 300)
    seen = TallyLine(item="ballot", ballot="dpr", station=S1, taken=0, passed=0, checked=100)
    assert book.refused(tally("p", "pack", seen)) == "logistics.checked_in_kits"
    ink = TallyLine(item="ink", taken=0, passed=0, checked=2)
    assert book.refused(tally("r", "receive", ink)) == "logistics.checked_in_kits"


def test_a_kit_is_complete_when_every_need_is_met(book):
    folded(book, 300)
    folded(book, 300, "dpd")
    first = book.one(packs("p1", S1, need=100, units=90))
    assert (first.incomplete, first.completed, first.new_kits) == ((S1,), 0, 1)
    second = book.one(tally("p2", "pack", ballots(10, station=S1), ballots(100, ballot="dpd", station=S1, need=100)))
    assert (second.incomplete, second.completed, second.new_kits) == ((), 1, 0)
    assert (book.state().packed_count, book.state().kits_here) == (1, 1)


def test_ballots_of_another_constituency_make_no_kit_complete(book):
    folded(book, 200, "dprd_kab", "36.02-4")
    event = book.one(
        tally("p", "pack", ballots(100, ballot="dprd_kab", dapil="36.02-4", station=S1, need=100,
                                   expected_dapil="36.02-1"))
    )  # fmt: skip
    assert (event.unlike, event.incomplete) == ((S1,), (S1,))
    assert book.item("kit", f"{S1}/kit").lacks == ("dprd_kab",)


def ordered(name: str, units: int = 1000, **more) -> ask.RecordContract:
    filled = {"supplier": "PT Contoh", "document_number": "K-1"} | more
    return ask.RecordContract(contract_id=at(name), lines=(line(units),), **filled)


def verified(name: str, *lines: TallyLine) -> ask.VerifyPrint:
    return ask.VerifyPrint(tally_id=at(name), contract_id=at("k"), lines=lines, document_number="V-1")


def balance(book: Book, stage: str) -> tuple[int, int]:
    found = book.item("balance", balance_key(PLACE, stage, "ballot", "dpr", ""))
    return found.taken, found.damaged


def test_a_contract_and_its_verifications_can_be_taken_back(book):
    book.do(ordered("k"))
    book.do(verified("v", ballots(700, damaged=20)))
    assert (balance(book, "procurement"), balance(book, "production")) == ((1000, 0), (700, 20))
    taking_back = ask.VoidContract(contract_id=at("k"), reason="paper_error")
    assert book.refused(taking_back) == "logistics.contract_printed"
    event = book.one(ask.VoidPrint(tally_id=at("v"), reason="paper_error"))
    assert (event.contract_id, event.beyond) == (at("k"), ())
    assert (balance(book, "production"), book.item("contract", at("k")).printed) == ((0, 0), (0,))
    assert shelves(book) == {}, "what is at the printer's lies on no shelf of ours"
    book.do(taking_back)
    assert (balance(book, "procurement"), book.state().ordered) == ((0, 0), {})
    assert book.refused(taking_back) == "logistics.contract_void"
    assert book.refused(verified("v2", ballots(1))) == "logistics.contract_void"


def test_a_kind_that_nobody_ordered_is_printed_beyond_the_order(book):
    book.do(ordered("k"))
    first = book.one(verified("v", ballots(100), ballots(50, ballot="dpd")))
    assert [(one.ballot, one.taken, one.stock) for one in first.beyond] == [("dpd", 50, 0)]
    second = book.one(verified("v2", ballots(100)))
    assert second.beyond == (), "it names no dpd"
    gone = book.one(ask.VoidPrint(tally_id=at("v2"), reason="paper_error"))
    assert [(one.ballot, one.taken) for one in gone.beyond] == [("dpd", 50)]


def test_a_closed_stage_takes_no_contract_and_no_verification(book):
    book.do(ordered("k"))
    book.do(ask.CloseStage(stage="procurement"))
    book.do(ask.CloseStage(stage="production"))
    assert book.refused(ordered("k2")) == "logistics.stage_closed"
    assert book.refused(ask.VoidContract(contract_id=at("k"), reason="paper_error")) == "logistics.stage_closed"
    assert book.refused(verified("v", ballots(1))) == "logistics.stage_closed"


def test_unpacking_takes_somebody_elses_leave(book):
    folded(book, 100)
    book.do(packs("p", S1))
    unpack = tally("u", "unpack", ballots(100, station=S1), approval_id=at("leave"))
    assert book.refused(unpack) == "logistics.leave_needed"
    book.do(asks_leave("leave", "unpack", unpacking(S1)))
    assert book.refused(unpack) == "logistics.leave_not_given"
    assert book.refused(gives_leave("leave")) == "logistics.same_person"
    book.do(gives_leave("leave"), actor="budi")
    book.do(unpack)
    assert shelves(book) == {"folded": 100}
    assert book.refused(tally("u2", "unpack", ballots(1, station=S1), approval_id=at("leave"))) == (
        "logistics.leave_not_given"
    )


def test_leave_is_asked_for_once_until_it_is_denied_or_used(book):
    folded(book, 100)
    book.do(packs("p", S1, S2, need=50))
    book.do(asks_leave("a", "unpack", unpacking(S1)))
    again = asks_leave("b", "unpack", unpacking(S1))
    assert book.refused(again) == "logistics.leave_stands"
    book.do(asks_leave("other", "unpack", unpacking(S2)))
    book.do(gives_leave("a", granted=False), actor="budi")
    book.do(again)
    book.do(gives_leave("b"), actor="budi")
    assert book.refused(asks_leave("c", "unpack", unpacking(S1))) == "logistics.leave_stands"
    book.do(tally("u", "unpack", ballots(1, station=S1), approval_id=at("b")))
    book.do(asks_leave("c", "unpack", unpacking(S1)))
    assert book.unforeseen == set()
    assert book.rebuilt().items == book.items


def test_a_print_is_verified_where_its_contract_is(book):
    papers = {"supplier": "Pencetak", "document_number": "K-1"}
    book.do(ask.RecordContract(contract_id=at("k"), lines=(line(100),), **papers))
    prints = ask.VerifyPrint(tally_id=at("v", KECAMATAN), contract_id=at("k"), lines=(ballots(100),))
    assert book.refused(prints, place=KECAMATAN) == "logistics.subject_elsewhere"
    book.do(msgspec.structs.replace(prints, tally_id=at("v")))


def test_a_kit_unpacked_and_packed_again_stands_once_in_the_balance(book):
    folded(book, 200)
    book.do(packs("p", S1))
    book.do(asks_leave("leave", "unpack", unpacking(S1)))
    book.do(gives_leave("leave"), actor="budi")
    out = tally("u", "unpack", ballots(100, 97, station=S1), approval_id=at("leave"), reason="not_known")
    book.do(out)
    row = book.item("balance", balance_key(S1, "packing", "ballot", "dpr", ""))
    assert (row.taken, row.passed, row.damaged, row.short) == (3, 0, 0, 3)
    assert book.item("kit", f"{S1}/kit").contents == {}
    book.do(packs("again", S1))
    row = book.item("balance", balance_key(S1, "packing", "ballot", "dpr", ""))
    assert (row.taken, row.passed, row.damaged, row.short) == (103, 100, 0, 3)
    assert book.item("kit", f"{S1}/kit").complete


def test_a_tally_taken_back_leaves_everything_as_before(book):
    folded(book, 500)
    before = shelves(book)
    book.do(packs("p", S1, need=120))
    book.do(ask.VoidTally(tally_id=at("p"), reason="paper_error"))
    assert shelves(book) == before
    assert book.refused(ask.VoidTally(tally_id=at("p"), reason="paper_error")) == "logistics.tally_void"
    assert book.refused(ask.VoidTally(tally_id=at("zz"), reason="paper_error")) == "logistics.tally_unknown"


def test_nothing_comes_out_of_a_kit_that_was_not_put_in(book):
    folded(book, 500)
    book.do(packs("p", S1, S2, need=200))
    book.do(asks_leave("leave", "unpack", unpacking(S1)))
    book.do(gives_leave("leave"), actor="budi")
    # Stock of another station's kit is no reason to take more out of this one.
    more = tally("u", "unpack", ballots(201, station=S1), approval_id=at("leave"))
    assert book.refused(more) == "logistics.kit_holds_less"
    book.do(tally("v", "unpack", ballots(200, station=S1), approval_id=at("leave")))
    assert book.refused(ask.VoidTally(tally_id=at("p"), reason="paper_error")) == "logistics.kit_holds_less"
    assert shelves(book) == {"folded": 300, "packed": 200}


def test_a_kit_packed_taken_back_and_packed_again_is_one_complete_kit(book):
    folded(book, 500)
    book.do(packs("p", S1))
    book.do(ask.VoidTally(tally_id=at("p"), reason="paper_error"))
    assert (book.state().packed_count, book.state().incomplete) == (0, (S1,))
    book.do(packs("again", S1))
    assert (book.state().packed_count, book.state().incomplete) == (1, ())


def test_a_kit_without_a_kind_that_the_station_needs_is_not_complete(book):
    folded(book, 500)
    need = StationNeed(station=S1, ballots=("ppwp",), units=(306,))
    event = book.one(msgspec.structs.replace(packs("p", S1), station_needs=(need,)))
    kit = book.item("kit", f"{S1}/kit")
    assert (event.incomplete, event.completed) == ((S1,), 0)
    assert (kit.complete, kit.lacks, kit.state) == (False, ("ppwp",), "packing")


def test_what_is_left_at_closing_is_counted_once_and_packed_kits_are_not(book):
    book.do(tally("r", "receive", ballots(100)))
    book.do(tally("s", "sort", ballots(90)))
    assert book.one(ask.CloseStage(stage="sorting")).open_units == 10
    book.do(tally("f", "fold", ballots(90)))
    book.do(packs("p", S1, need=90))
    assert book.one(ask.CloseStage(stage="packing")).open_units == 0


def test_a_closed_stage_takes_nothing_until_somebody_else_agrees(book):
    book.do(tally("r", "receive", ballots(100)))
    closed = book.one(ask.CloseStage(stage="sorting"))
    assert closed.open_units == 100
    sort = tally("s", "sort", ballots(100))
    assert book.refused(sort) == "logistics.stage_closed"
    assert book.refused(ask.CloseStage(stage="sorting")) == "logistics.stage_closed"
    book.do(asks_leave("again", "reopen", reopening("sorting")))
    book.do(gives_leave("again"), actor="budi")
    book.do(sort)
    assert book.refused(asks_leave("b", "reopen", reopening("sorting"))) == "logistics.stage_open"


# -- hand-overs ----------------------------------------------------------------------------------------------------


@pytest.fixture
def kits(book) -> Book:
    folded(book, 400)
    book.do(packs("p", S1, S2))
    return book


def test_a_kit_travels_to_its_station_and_back(kits):
    way = [
        ("to_kecamatan", PLACE, KECAMATAN, "held"),
        ("to_village", KECAMATAN, VILLAGE, "held"),
        ("to_station", VILLAGE, S1, "supplied"),
        ("return", S1, KECAMATAN, "returned"),
        ("recapitulation", KECAMATAN, PLACE, "recapped"),
    ]
    for number, (leg, source, target, state) in enumerate(way):
        kits.do(offer(f"t{number}", S1, to=target, leg=leg, place=source), place=source)
        assert kits.item("kit", f"{S1}/kit").state == "transit"
        kits.do(accept(f"t{number}", S1, place=source), place=target, actor="budi")
        kit = kits.item("kit", f"{S1}/kit")
        assert (kit.state, kit.place) == (state, target)
    assert shelves(kits) == {"folded": 200, "packed": 100, "recapped": 100}
    assert kits.rebuilt().items == kits.items


def test_the_leg_to_a_station_ends_at_one(kits):
    kits.do(offer("t", S1))
    kits.do(accept("t", S1), place=KECAMATAN, actor="budi")
    last = offer("t2", S1, to=OTHER_SITE, leg="to_station", place=KECAMATAN)
    assert kits.refused(last, place=KECAMATAN) == "logistics.leg_ends_at_station"


@pytest.mark.parametrize("leg", ["to_village", "to_station", "return", "recapitulation"])
def test_no_leg_is_skipped(kits, leg):
    assert kits.refused(offer("t", S1, leg=leg)) == "logistics.leg_not_next"


def test_a_hand_over_holds_only_when_the_other_has_counted(kits):
    kits.do(offer("t", S1, S2))
    assert kits.refused(offer("t2", S1)) == "logistics.leg_not_next"
    assert kits.refused(accept("t", S1, S2), place=KECAMATAN) == "logistics.same_person"
    assert kits.refused(accept("t", S1), place=KECAMATAN, actor="budi") == "logistics.reason_needed"
    assert kits.refused(accept("t", S1, S2), place=VILLAGE, actor="budi") == "logistics.transfer_of_other_place"
    accepted, answered = kits.do(accept("t", S1, reason="not_known"), place=KECAMATAN, actor="budi")
    assert accepted.missing == (S2,)
    assert (answered.place, answered.event.missing) == (PLACE, (S2,))
    assert kits.item("kit", f"{S2}/kit").state == "transit"
    assert shelves(kits) == {"folded": 200, "transit": 100, f"{KECAMATAN} held": 100}
    assert kits.refused(accept("t", S1), place=KECAMATAN, actor="budi") == "logistics.transfer_answered"


def test_what_did_not_come_is_accepted_when_it_comes(kits):
    kits.do(offer("t", S1, S2))
    kits.do(accept("t", S1, reason="not_known"), place=KECAMATAN, actor="budi")
    assert kits.state(KECAMATAN).unexplained == (at("t"),)
    kits.do(accept("t", S2), place=KECAMATAN, actor="budi")
    assert (kits.item("transfer", at("t")).missing, kits.state(KECAMATAN).unexplained) == ((), ())
    assert kits.state(KECAMATAN).kits_here == 2
    assert shelves(kits) == {"folded": 200, f"{KECAMATAN} held": 200}
    assert kits.refused(accept("t", S2), place=KECAMATAN, actor="budi") == "logistics.transfer_answered"


def test_what_never_came_is_called_back_and_set_out_again(kits):
    kits.do(offer("t", S1, S2))
    kits.do(accept("t", S1, reason="not_known"), place=KECAMATAN, actor="budi")
    kits.do(asks_leave("leave", "recall", at("t")))
    kits.do(gives_leave("leave"), actor="budi")
    recalled = kits.one(ask.RecallTransfer(transfer_id=at("t"), approval_id=at("leave")))
    assert recalled.stations == (S2,)
    transfer = kits.item("transfer", at("t"))
    assert (transfer.state, transfer.missing) == ("accepted", ())
    assert shelves(kits) == {"folded": 200, "packed": 100, f"{KECAMATAN} held": 100}
    assert kits.item("kit", f"{S1}/kit").place == KECAMATAN
    kits.do(offer("t2", S2))
    assert kits.rebuilt().items == kits.items


def test_a_refused_way_back_leaves_no_kit_waiting_to_be_sent_on(kits):
    kits.do(offer("t", S1))
    kits.do(accept("t", S1), place=KECAMATAN, actor="budi")
    kits.do(offer("s", S1, to=S1, leg="to_station", place=KECAMATAN), place=KECAMATAN)
    kits.do(accept("s", S1, place=KECAMATAN), place=S1, actor="adi")
    kits.do(offer("back", S1, to=KECAMATAN, leg="return", place=S1), place=S1)
    kits.do(ask.RefuseTransfer(transfer_id=at("back", S1), reason="other"), place=KECAMATAN, actor="budi")
    assert kits.state(S1).kits_here == 0


def test_refused_or_called_back_everything_is_the_senders_again(kits):
    kits.do(offer("t", S1))
    kits.do(ask.RefuseTransfer(transfer_id=at("t"), reason="wrong_address"), place=KECAMATAN, actor="budi")
    assert (kits.item("kit", f"{S1}/kit").state, kits.state().kits_here) == ("packed", 2)
    kits.do(offer("t2", S1))
    recall = ask.RecallTransfer(transfer_id=at("t2"), approval_id=at("leave"))
    assert kits.refused(recall) == "logistics.leave_needed"
    kits.do(asks_leave("leave", "recall", at("t2")))
    kits.do(gives_leave("leave"), actor="budi")
    kits.do(recall)
    assert (kits.item("kit", f"{S1}/kit").state, kits.state().kits_here) == ("packed", 2)
    assert shelves(kits) == {"folded": 200, "packed": 200}


def test_what_is_sent_astray_or_incomplete_is_said(kits):
    folded(kits, 50)
    kits.do(packs("q", S3, need=100, units=50))
    event = kits.one(offer("t", S1, S3))
    assert (event.astray, event.incomplete) == ((S3,), (S3,))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (offer("t", S1, to=PLACE), "logistics.to_itself"),
        (offer("t", S1, to="36.03.01"), "logistics.other_district"),
        (offer("t"), "nothing_counted"),
        (offer("t", S1, S1), "line_twice"),
        (offer("t", "36.02.09.2001-001"), "logistics.kit_unknown"),
        (offer("t", S1, units=(unit("B9"),)), "logistics.unit_unknown"),
    ],
)
def test_transfers_that_contradict_the_record(kits, command, code):
    assert kits.refused(command) == code


# -- boxes ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def box(book) -> Book:
    book.do(ask.LabelUnits(unit_kind="box", units=(unit("B1"), unit("B2")), station=S1))
    book.do(ask.LabelUnits(unit_kind="package", units=(unit("P1"),), parent=unit("B1")))
    book.do(ask.SealUnit(unit=unit("B1"), seals=("A1", "A2")))
    return book


def steps(book: Book, label: str) -> list[str]:
    found = [item for (kind, _), item in book.items.items() if kind == "unit_step" and item.unit == unit(label)]
    return [f"{one.place} {one.what}" for one in sorted(found, key=lambda one: one.number)]


def test_the_whole_way_of_a_box_is_kept(box):
    box.do(ask.OfferTransfer(transfer_id=at("t"), leg="to_kecamatan", to_place=KECAMATAN, units=(unit("B1"),)))
    box.do(ask.AcceptTransfer(transfer_id=at("t"), units=(unit("B1"),)), place=KECAMATAN, actor="budi")
    box.do(ask.CheckUnit(unit=unit("B1"), result="intact", seals=("A1", "A2")), place=KECAMATAN)
    box.do(ask.OpenUnit(unit=unit("B1"), why="voting"), place=KECAMATAN)
    assert steps(box, "B1") == [
        f"{PLACE} labelled", f"{PLACE} sealed", f"{PLACE} offered", f"{KECAMATAN} accepted",
        f"{KECAMATAN} check_intact", f"{KECAMATAN} opened",
    ]  # fmt: skip
    assert box.item("unit", unit("B1")).seals == ()


def test_seals_that_differ_and_a_box_in_two_places_are_said(box):
    event = box.one(ask.CheckUnit(unit=unit("B1"), result="intact", seals=("A1", "X9")), place=OTHER_SITE)
    assert (event.differs, event.absent, event.elsewhere) == (("X9",), ("A2",), PLACE)


def _sends(box: Book, *labels: str) -> None:
    units = tuple(unit(one) for one in labels)
    box.do(ask.OfferTransfer(transfer_id=at("t"), leg="to_kecamatan", to_place=KECAMATAN, units=units))


def _takes_over(box: Book, *labels: str) -> None:
    units = tuple(unit(one) for one in labels)
    box.do(ask.AcceptTransfer(transfer_id=at("t"), units=units), place=KECAMATAN, actor="budi")


def test_what_lies_in_a_box_goes_where_the_box_goes(box):
    _sends(box, "B1")
    assert box.refused(ask.OpenUnit(unit=unit("P1"), why="packing")) == "logistics.unit_on_its_way"
    _takes_over(box, "B1")
    event = box.one(ask.CheckUnit(unit=unit("P1"), result="intact"), place=KECAMATAN)
    assert event.elsewhere == ""
    box.do(ask.NestUnit(unit=unit("P1")), place=KECAMATAN)
    box.do(ask.OpenUnit(unit=unit("P1"), why="voting"), place=KECAMATAN)
    assert box.item("unit", unit("P1")).place == KECAMATAN


def test_what_travels_without_its_box_was_taken_out(box):
    _sends(box, "P1")
    _takes_over(box, "P1")
    assert box.item("unit", unit("P1")).parent == ""
    assert box.one(ask.CheckUnit(unit=unit("P1"), result="intact"), place=KECAMATAN).elsewhere == ""


def test_a_box_looked_at_before_it_is_accepted_is_where_it_should_be(box):
    _sends(box, "B1")
    assert box.one(ask.CheckUnit(unit=unit("B1"), result="intact"), place=KECAMATAN).elsewhere == ""
    assert box.one(ask.CheckUnit(unit=unit("B1"), result="intact"), place=VILLAGE).elsewhere != ""


def test_a_district_moves_no_box_of_another(box):
    """Their log has no entry of it: what a rebuild of it would lose must not stand in its tables."""
    there = "36.03-G1"
    check = ask.CheckUnit(unit=unit("B1"), result="intact")
    assert box.refused(check, place=there) == "key_of_other_district"
    label = ask.LabelUnits(unit_kind="package", units=("36.03/P7",), parent=unit("B1"))
    assert box.refused(label, place=there) == "key_of_other_district"


def test_a_hand_over_seals_no_box(box):
    _sends(box, "B2")
    _takes_over(box, "B2")
    assert box.item("unit", unit("B2")).state == "labelled"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ask.LabelUnits(unit_kind="box", units=(unit("B1"),)), "logistics.unit_exists"),
        (ask.LabelUnits(unit_kind="box", units=("36.03/B1",)), "key_of_other_district"),
        (ask.NestUnit(unit=unit("B1"), parent=unit("P1")), "logistics.unit_in_itself"),
        (ask.NestUnit(unit=unit("B1"), parent=unit("B1")), "logistics.unit_in_itself"),
        (ask.SealUnit(unit=unit("B7"), seals=("1",)), "logistics.unit_unknown"),
        (ask.SealUnit(unit=unit("B1"), seals=("1", "1")), "line_twice"),
    ],
)
def test_boxes_that_contradict_the_record(box, command, code):
    assert box.refused(command) == code


def test_a_box_is_opened_only_where_it_is(box):
    assert box.refused(ask.OpenUnit(unit=unit("B1"), why="voting"), place=KECAMATAN) == "logistics.unit_elsewhere"
    box.do(ask.OfferTransfer(transfer_id=at("t"), leg="to_kecamatan", to_place=KECAMATAN, units=(unit("B1"),)))
    assert box.refused(ask.OpenUnit(unit=unit("B1"), why="voting")) == "logistics.unit_on_its_way"


# -- counts and reasons --------------------------------------------------------------------------------------------


def test_two_counts_stand_side_by_side(book):
    book.do(tally("r", "receive", ballots(100)))
    count = ask.RecordCount(count_id=at("c"), shelf="unsorted", counted_by="kpu", lines=(line(97),))
    assert book.refused(count) == "logistics.reason_needed"
    event = book.one(ask.RecordCount(count_id=at("c"), shelf="unsorted", counted_by="kpu", lines=(line(97),),
                                     reason="not_known"))  # fmt: skip
    assert (event.recorded, event.differing) == ((100,), 1)
    assert shelves(book) == {"unsorted": 100}


def test_a_reason_found_later_settles_the_difference(book):
    book.do(tally("r", "receive", ballots(100, 96), reason="not_known"))
    assert book.state().unexplained == (at("r"),)
    (balance,) = [item for (kind, _), item in book.items.items() if kind == "balance"]
    assert (balance.short, balance.unexplained) == (4, 4)
    book.do(ask.ExplainDifference(subject=at("r"), reason="miscounted_at_source"))
    assert book.state().unexplained == ()
    (balance,) = [item for (kind, _), item in book.items.items() if kind == "balance"]
    assert (balance.short, balance.unexplained) == (4, 0)
    assert book.refused(ask.ExplainDifference(subject=at("q"), reason="lost")) == "logistics.subject_unknown"


def test_a_tally_taken_back_has_nothing_left_to_explain(book):
    """Its difference is gone; explaining it would hide that of another tally of the same thing."""
    for name, passed in (("r", 90), ("q", 80)):
        book.do(tally(name, "receive", ballots(100, passed), reason="not_known"))
    book.do(ask.VoidTally(tally_id=at("q"), reason="paper_error"))
    assert book.refused(ask.ExplainDifference(subject=at("q"), reason="lost")) == "logistics.tally_void"
    (balance,) = [item for (kind, _), item in book.items.items() if kind == "balance"]
    assert balance.unexplained == 10


def test_both_ends_of_a_hand_over_learn_why_it_differed(kits):
    kits.do(offer("t", S1, S2))
    kits.do(accept("t", S1, reason="not_known"), place=KECAMATAN, actor="budi")
    kits.do(ask.ExplainDifference(subject=at("t"), reason="lost"))
    assert kits.state(KECAMATAN).unexplained == ()


def test_a_store_is_cleared_where_it_was_reported(book):
    book.do(ask.ReportUnofficialStore(report_id=at("u"), where="Aula"))
    cleared = ask.ClearUnofficialStore(report_id=at("u"))
    assert book.refused(cleared, place=KECAMATAN) == "logistics.subject_elsewhere"
    book.do(cleared)


def test_what_explains_nothing_is_no_explanation(book):
    book.do(tally("r", "receive", ballots(100, 96), reason="not_known"))
    for reason in ("none", "not_known"):
        refused = book.refused(ask.ExplainDifference(subject=at("r"), reason=reason))
        assert refused == "logistics.explanation_needed"
    lost = ask.ExplainDifference(subject=at("r"), reason="lost")
    assert book.refused(lost, place=KECAMATAN) == "logistics.explained_elsewhere"
    book.do(lost)
