"""Goods: announced, in transit until the receiver has counted them in, every difference kept."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import HOUR, Elsewhere
from awas.warehouse import commands as ask
from awas.warehouse.counting import excess_units, outstanding_units
from awas.warehouse.events import ConsignmentExpected, GoodsReceived, Line, ReceiptReported, SealChecked
from tests.book import START
from tests.warehouse.making import KECAMATAN, OTHER, PLACE, announce, at, ballots, counted, receive, release, seen


def difference(event):
    return [(one.ballot, one.difference, one.announced, one.counted) for one in event.differences]


def test_an_announced_delivery_is_counted_in(book):
    book.do(announce("c1", ballots(1000), expected_until_at=START + HOUR))
    assert book.state().open_consignments == 1
    received = book.one(receive("r1", "c1", counted(1000), counted_by=("ani", "budi"), witnesses=("police",)))
    assert (received.announced, received.status_before, received.status_after) == (True, "announced", "received")
    assert (received.window_fit, received.differences, received.receipt_number) == ("within", (), 1)
    assert received.ballots
    assert book.state().open_consignments == 0
    assert book.state().stock == {"ballot:dpr": 1000}
    assert book.state().ballots_inside
    assert book.item("consignment", at("c1")).status == "received"


def test_several_receipts_complete_one_consignment(book):
    book.do(announce("c1", ballots(1000), ballots(500, "dpd")))
    first = book.one(receive("r1", "c1", counted(600)))
    assert (first.status_after, first.differences) == ("part_received", ())
    assert outstanding_units(book.item("consignment", at("c1")).lines) == 900
    second = book.one(receive("r2", "c1", counted(400), counted(500, "dpd")))
    assert (second.status_after, second.receipt_number) == ("received", 2)
    assert outstanding_units(book.item("consignment", at("c1")).lines) == 0


@pytest.mark.parametrize(
    ("lines", "final", "status", "differences"),
    [
        ((counted(1000),), True, "received", []),
        ((counted(990),), False, "part_received", []),
        ((counted(990),), True, "received", [("dpr", "short", 1000, 990)]),
        ((counted(1010),), False, "received", [("dpr", "over", 1000, 1010)]),
        ((counted(1000), counted(5, "dpd")), False, "received", [("dpd", "unexpected", 0, 5)]),
        ((counted(5, "dpd"),), True, "received", [("dpr", "short", 1000, 0), ("dpd", "unexpected", 0, 5)]),
    ],
)
def test_every_difference_is_a_fact(book, lines, final, status, differences):
    book.do(announce("c1", ballots(1000)))
    received = book.one(receive("r1", "c1", *lines, final=final))
    assert received.status_after == status
    assert difference(received) == differences
    assert received.difference_unexplained == bool(differences)


def test_another_dapil_is_another_line(book):
    book.do(announce("c1", ballots(100, "dprd_kab", "3602-1")))
    received = book.one(receive("r1", "c1", counted(100, "dprd_kab", dapil="3602-2"), final=True))
    assert difference(received) == [("dprd_kab", "short", 100, 0), ("dprd_kab", "unexpected", 0, 100)]


def test_a_difference_can_be_explained_later_and_better(book):
    book.do(announce("c1", ballots(1000)))
    book.do(receive("r1", "c1", counted(990), final=True))
    explain = ask.ExplainDifference(consignment_id=at("c1"), reason="follows_later")
    assert book.one(explain).reason_before == "none"
    assert book.one(replace(explain, reason="lost")).reason_before == "follows_later"
    assert book.refused(replace(explain, reason="none")) == "reason_missing"
    late = book.one(receive("r2", "c1", counted(10)))
    assert (late.differences, late.status_after) == ((), "received")
    assert book.refused(explain) == "no_difference"


def test_an_unannounced_delivery_is_recorded_and_says_so(book):
    received = book.one(receive("r1", "c9", counted(50), unannounced=True, supplier="PT Contoh"))
    assert (received.announced, received.status_before, received.status_after) == (False, "", "received")
    assert received.differences == ()
    assert book.state().open_consignments == 0
    assert book.item("consignment", at("c9")).supplier == "PT Contoh"
    assert book.one(receive("r2", "c9", counted(5))).receipt_number == 2


def test_goods_at_the_wrong_place_are_counted_where_they_are(book):
    book.do(announce("c1", ballots(1000)))
    received, told = book.do(receive("r1", at("c1"), counted(1000), place=OTHER), place=OTHER)
    assert (received.wrong_place, received.expected_place) == (True, PLACE)
    assert told == Elsewhere(place=PLACE, event=told.event)
    assert told.event.counted_open
    assert book.state().open_consignments == 0
    assert book.state(OTHER).stock == {"ballot:dpr": 1000}


def test_goods_of_a_cancelled_delivery_are_recorded(book):
    book.do(announce("c1"))
    book.do(ask.CancelConsignment(consignment_id=at("c1")))
    assert book.state().open_consignments == 0
    received = book.one(receive("r1", "c1"))
    assert (received.announced, received.status_before) == (False, "cancelled")


def test_both_places_hold_a_movement(book):
    announced, expected = book.do(announce("c1", ballots(100), direction="out", to_place=KECAMATAN))
    assert announced.from_place == PLACE
    assert expected.place == KECAMATAN
    assert (book.state().open_consignments, book.state(KECAMATAN).open_consignments) == (1, 1)
    released, on_the_way = book.do(release("r1", "c1", counted(100)))
    assert (released.has_order, released.newly_open, released.differences) == (True, False, ())
    assert isinstance(on_the_way.event, ConsignmentExpected)
    assert (on_the_way.event.status, on_the_way.event.newly_open) == ("in_transit", False)
    assert book.item("consignment", at("c1")).status == "in_transit"
    received, told = book.do(receive("r2", at("c1"), counted(98), place=KECAMATAN, final=True), place=KECAMATAN)
    assert not received.wrong_place
    assert isinstance(told.event, ReceiptReported)
    assert difference(told.event) == [("dpr", "short", 100, 98)]
    assert (book.state().open_consignments, book.state(KECAMATAN).open_consignments) == (0, 0)
    assert book.state(KECAMATAN).stock == {"ballot:dpr": 98}


def test_the_sender_stays_responsible_until_the_receiver_has_counted(book):
    book.do(announce("c1", ballots(100), direction="out", to_place=KECAMATAN))
    book.do(release("r1", "c1", counted(100)))
    book.do(receive("r2", at("c1"), counted(60), place=KECAMATAN), place=KECAMATAN)
    assert (book.state().open_consignments, book.state(KECAMATAN).open_consignments) == (1, 1)
    assert book.item("consignment", at("c1")).status == "part_received"


def test_goods_out_without_an_order(book):
    book.do(receive("r0", "c0", counted(30), unannounced=True))
    released, expected = book.do(release("r1", "c9", counted(40), unannounced=True, to_place=OTHER))
    assert (released.has_order, released.announced, released.newly_open) == (False, False, True)
    assert [(one.ballot, one.released, one.stock) for one in released.beyond_stock] == [("dpr", 40, 30)]
    assert book.state().stock == {"ballot:dpr": -10}
    assert expected.event.newly_open
    assert book.state(OTHER).open_consignments == 1
    received = book.one(receive("r2", at("c9"), counted(35), place=OTHER, final=True), place=OTHER)
    assert difference(received) == [("dpr", "short", 40, 35)]
    assert (book.state().open_consignments, book.state(OTHER).open_consignments) == (0, 0)


def test_an_order_without_a_number_is_no_order(book):
    book.do(announce("c1", direction="out", to_name="PPK", order_number=""))
    assert not book.one(release("r1", "c1")).has_order


def test_what_goes_out_is_compared_with_the_order(book):
    book.do(announce("c1", ballots(100), direction="out", to_name="PPK"))
    assert book.one(release("r1", "c1", counted(60))).differences == ()
    assert difference(book.one(release("r2", "c1", counted(50)))) == [("dpr", "over", 100, 110)]


def test_ballots_gone_out_are_no_longer_believed_to_be_inside(book):
    book.do(receive("r0", "c0", counted(10), unannounced=True))
    book.do(release("r1", "c1", counted(10), unannounced=True))
    assert not book.state().ballots_inside


def test_a_receiver_outside_confirms_by_paper(book):
    book.do(announce("c1", direction="out", to_name="PPK Contoh"))
    confirm = ask.ConfirmDelivery(consignment_id=at("c1"), document_number="BAST-1")
    assert book.refused(confirm) == "not_in_transit"
    book.do(release("r1", "c1"))
    assert book.state().open_consignments == 1
    book.do(confirm)
    assert book.state().open_consignments == 0
    assert book.item("consignment", at("c1")).status == "received"


def test_a_receiver_inside_the_record_counts_in_itself(book):
    book.do(announce("c1", direction="out", to_place=OTHER))
    book.do(release("r1", "c1"))
    confirm = ask.ConfirmDelivery(consignment_id=at("c1"), document_number="BAST-1")
    assert book.refused(confirm) == "receiver_counts_in"


def test_an_announcement_can_change_but_not_what_was_counted(book):
    book.do(announce("c1", ballots(1000), expected_until_at=START + HOUR))
    book.do(receive("r1", "c1", counted(400)))
    change = ask.ChangeConsignment(
        consignment_id=at("c1"), lines=(ballots(400), Line(item="ink", units=5)), expected_until_at=START + 3 * HOUR
    )
    changed = book.one(change)
    assert (changed.lines_changed, changed.expected_until_before_at) == (True, START + HOUR)
    lines = {line.item: line for line in book.item("consignment", at("c1")).lines}
    assert (lines["ballot"].announced, lines["ballot"].received, lines["ink"].announced) == (400, 400, 5)
    assert not book.one(ask.ChangeConsignment(consignment_id=at("c1"), plate="B 7")).lines_changed


def test_the_receiver_hears_of_a_change_and_of_a_cancellation(book):
    book.do(announce("c1", direction="out", to_place=OTHER))
    _, told = book.do(ask.ChangeConsignment(consignment_id=at("c1"), lines=(ballots(7),)))
    assert (told.place, told.event.lines, told.event.newly_open) == (OTHER, (ballots(7),), False)
    assert book.state(OTHER).open_consignments == 1
    book.do(ask.CancelConsignment(consignment_id=at("c1")))
    assert (book.state().open_consignments, book.state(OTHER).open_consignments) == (0, 0)


def test_seals_seen_are_checked_against_the_letter(book):
    book.do(announce("c1", ballots(10), seals=("S1", "S2", "S3")))
    received, *checks = book.do(receive("r1", "c1", counted(10), seals=(seen("S1"), seen("S2", "broken"), seen("X9"))))
    assert isinstance(received, GoodsReceived)
    assert (received.seals_missing, received.seals_unexpected) == (("S3",), ("X9",))
    assert (received.seals_seen, received.seals_bad) == (3, 1)
    assert [(check.number, check.result, check.receipt_id) for check in checks] == [
        ("S1", "intact", at("r1")), ("S2", "broken", at("r1")), ("X9", "intact", at("r1")),
    ]  # fmt: skip
    assert all(isinstance(check, SealChecked) for check in checks)
    assert book.state().seals_bad == 1


@pytest.mark.parametrize(("written", "differs"), [("SJ-1", False), ("sj - 1", False), ("SJ-2", True), ("", False)])
def test_the_letter_in_the_drivers_hand_is_compared(book, written, differs):
    book.do(announce("c1", delivery_letter="SJ-1"))
    assert book.one(receive("r1", "c1", delivery_letter=written)).letter_differs == differs


def test_the_site_may_want_two_persons(book):
    book.do(ask.SetSiteRules(two_persons=("receiving",)))
    assert book.one(receive("r1", "c1", unannounced=True)).two_wanted
    assert not book.one(release("r2", "c2", unannounced=True)).two_wanted


def test_in_transit_from_the_moment_of_dispatch(book):
    book.do(announce("c1"))
    dispatched = book.one(
        ask.DispatchConsignment(consignment_id=at("c1"), plate="B 9", seals=("S1",), eta_at=START + HOUR)
    )
    assert dispatched.direction == "in"
    found = book.item("consignment", at("c1"))
    assert (found.status, found.plate, found.seals, found.eta_at) == ("in_transit", "B 9", ("S1",), START + HOUR)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (announce("c1"), "consignment_exists"),
        (announce("c2", ballots(1), ballots(2)), "line_twice"),
        (announce("c2", ballots(0)), "nothing_counted"),
        (announce("c2", expected_from_at=2, expected_until_at=1), "ends_before_it_begins"),
        (announce("c2", direction="in", to_place=OTHER), "direction_contradicts_places"),
        (announce("c2", direction="out", to_place=PLACE), "direction_contradicts_places"),
        (receive("r1", "c9"), "consignment_unknown"),
        (receive("r1", "c1", unannounced=True), "consignment_exists"),
        (receive("r1", "c1", counted(1), counted(2)), "line_twice"),
        (receive("r1", "c1", counted(5, damaged=3, wet=3)), "more_damaged_than_counted"),
        (receive("r1", "c1", vehicle_id=at("k9")), "vehicle_unknown"),
        (receive("r1", "c1", seals=(seen("S1"), seen("S1"))), "seal_twice"),
        (release("r1", "c1"), "consignment_is_incoming"),
        (release("r1", "c9"), "consignment_unknown"),
        (ask.CancelConsignment(consignment_id=at("c9")), "consignment_unknown"),
        (ask.ConfirmDelivery(consignment_id=at("c1"), document_number="x"), "receiver_counts_in"),
        (ask.ExplainDifference(consignment_id=at("c1"), reason="lost"), "no_difference"),
    ],
)
def test_what_contradicts_the_record_is_refused(book, command, code):
    book.do(announce("c1"))
    assert book.refused(command) == code


def test_a_finished_consignment_is_not_changed(book):
    book.do(announce("c1"))
    book.do(receive("r1", "c1", counted(400)))
    assert book.refused(ask.CancelConsignment(consignment_id=at("c1"))) == "consignment_part_received"
    book.do(receive("r2", "c1", counted(600)))
    assert book.refused(receive("r2", "c1")) == "receipt_exists"
    assert book.refused(ask.ChangeConsignment(consignment_id=at("c1"), plate="B 1")) == "consignment_closed"
    assert book.refused(ask.DispatchConsignment(consignment_id=at("c1"))) == "consignment_closed"


def test_only_the_announcer_changes_an_announcement(book):
    book.do(announce("c1", direction="out", to_place=OTHER))
    change = ask.ChangeConsignment(consignment_id=at("c1"), plate="B 1")
    assert book.refused(change, place=OTHER) == "consignment_of_other_place"


def test_received_and_outstanding_make_announced_and_excess(book):
    book.do(announce("c1", ballots(100), ballots(50, "dpd")))
    book.do(receive("r1", "c1", counted(120), counted(20, "dpd")))
    found = book.item("consignment", at("c1"))
    assert found.received_units + outstanding_units(found.lines) == found.announced_units + excess_units(found.lines)
