"""Corrections are new entries: what an older one moved by mistake is moved back."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import HOUR, MINUTE
from awas.warehouse import commands as ask
from tests.book import START
from tests.warehouse.making import (
    OTHER,
    PLACE,
    announce,
    apply_seal,
    arrive,
    at,
    ballots,
    counted,
    enter,
    leave,
    person,
    receive,
    release,
    seal,
    void,
)

ENTERED, LEFT = "gate.person_entered@1", "gate.person_left@1"
ARRIVED, GONE = "gate.vehicle_arrived@1", "gate.vehicle_left@1"
RECEIVED, RELEASED = "goods.received@1", "goods.released@1"


def correct(kind, subject, **fields):
    given = tuple(ask.FieldGiven(field=field, value=str(value)) for field, value in fields.items())
    return ask.CorrectEntry(entry_index=3, entry_kind=kind, subject=subject, reason="typing", fields=given)


def test_a_person_logged_in_twice_under_two_names_is_counted_once(book):
    book.do(enter("v1", "p1", pass_number="7"))
    book.do(enter("v2", "p2"))
    voided = book.one(void(ENTERED, at("v1"), person("p1")))
    assert (voided.effect, voided.was_open, voided.role, voided.inside_after) == ("visit_void", True, "guest", 1)
    assert book.state().inside == {"guest": 1}
    assert book.item("presence", person("p1")).visit_id == ""
    assert book.item("visitor_pass", at("7")).state == "free"
    assert book.refused(void(ENTERED, at("v1"))) == "already_void"
    assert book.refused(leave("v1", "p1")) == "visit_void"


def test_a_closed_visit_voided_moves_nobody(book):
    book.do(enter("v1"))
    book.do(leave("v1"))
    assert not book.one(void(ENTERED, at("v1"), person("p1"))).was_open
    assert book.state().inside == {}
    assert book.item("presence", person("p1")).visit_count == 0


def test_an_exit_taken_back(book):
    book.do(enter("v1", role="sorter"))
    book.do(leave("v1"))
    assert book.one(void(LEFT, at("v1"), person("p1"))).inside_after == 1
    assert book.state().inside == {"sorter": 1}
    assert book.item("presence", person("p1")).place == PLACE
    assert book.refused(void(LEFT, at("v1"))) == "visit_still_open"
    book.do(leave("v1"))
    assert book.state().inside == {}


def test_an_exit_is_not_taken_back_once_the_person_is_inside_again(book):
    book.do(enter("v1"))
    book.do(leave("v1"))
    book.do(enter("v2", place=OTHER), place=OTHER)
    assert book.refused(void(LEFT, at("v1"), person("p1"))) == "person_inside_since"


def test_vehicles_voided_and_reopened(book):
    book.do(arrive("k1"))
    book.do(ask.ReportVehicleUnattended(vehicle_id=at("k1")))
    assert book.one(void(ARRIVED, at("k1"))).unattended
    assert (book.state().vehicles_inside, book.state().vehicles_unattended) == (0, 0)
    book.do(arrive("k2"))
    assert book.refused(void(GONE, at("k2"))) == "vehicle_still_here"
    book.do(ask.LeaveVehicle(vehicle_id=at("k2")))
    book.do(void(GONE, at("k2")))
    assert book.state().vehicles_inside == 1
    assert book.item("vehicle", at("k2")).state == "here"


def test_a_receipt_voided_opens_the_consignment_again(book):
    book.do(announce("c1", ballots(100)))
    book.do(receive("r1", "c1", counted(60)))
    book.do(receive("r2", "c1", counted(40)))
    voided = book.one(void(RECEIVED, at("r2"), at("c1")))
    assert (voided.status_before, voided.status_after) == ("received", "part_received")
    assert book.state().stock == {"ballot:dpr": 60}
    assert book.state().open_consignments == 1
    assert book.one(void(RECEIVED, at("r1"), at("c1"))).status_after == "announced"
    assert book.state().stock == {}
    assert book.item("consignment", at("c1")).lines[0].received == 0
    assert book.one(receive("r3", "c1", counted(100))).status_after == "received"
    assert book.state().open_consignments == 0


def test_an_unannounced_receipt_voided_leaves_nothing(book):
    book.do(receive("r1", "c1", counted(60), unannounced=True))
    assert book.one(void(RECEIVED, at("r1"), at("c1"))).status_after == "void"
    assert (book.state().stock, book.state().open_consignments) == ({}, 0)
    assert book.refused(receive("r2", "c1")) == "consignment_void"


def test_a_release_voided_brings_the_stock_back(book):
    book.do(announce("c1", ballots(100), direction="out", to_name="PPK"))
    book.do(release("r1", "c1", counted(100)))
    assert book.one(void(RELEASED, at("r1"), at("c1"))).status_after == "announced"
    assert (book.state().stock, book.state().open_consignments) == ({}, 1)


def test_an_unannounced_release_voided_is_no_longer_open(book):
    book.do(release("r1", "c1", counted(100), unannounced=True))
    assert book.state().open_consignments == 1
    book.do(void(RELEASED, at("r1"), at("c1")))
    assert (book.state().stock, book.state().open_consignments) == ({}, 0)


@pytest.mark.parametrize(
    ("units", "status", "stock", "differences"),
    [(100, "received", 100, []), (90, "part_received", 90, []), (110, "received", 110, ["over"])],
)
def test_a_wrong_count_is_replaced(book, units, status, stock, differences):
    book.do(announce("c1", ballots(100)))
    book.do(receive("r1", "c1", counted(100)))
    command = ask.CorrectCount(
        entry_index=1, receipt_id=at("r1"), consignment_id=at("c1"), reason="typing", lines=(counted(units),)
    )
    corrected = book.one(command)
    assert (corrected.status_after, corrected.lines_before) == (status, (counted(100),))
    assert [one.difference for one in corrected.differences] == differences
    assert book.state().stock == {"ballot:dpr": stock}
    assert book.state().open_consignments == (status != "received")
    assert book.item("consignment", at("c1")).received_units == units
    assert book.item("tally", at("r1")).corrected_count == 1
    assert book.refused(replace(command, consignment_id=at("c2"))) == "consignment_mismatch"


def test_a_last_receipt_corrected_stays_the_last(book):
    book.do(announce("c1", ballots(100)))
    book.do(receive("r1", "c1", counted(95), final=True))
    command = ask.CorrectCount(
        entry_index=1, receipt_id=at("r1"), consignment_id=at("c1"), reason="typing", lines=(counted(97),)
    )
    corrected = book.one(command)
    assert (corrected.status_after, corrected.differences[0].counted) == ("received", 97)


def test_what_went_out_is_recounted_too(book):
    book.do(announce("c1", ballots(100), direction="out", to_name="PPK"))
    book.do(release("r1", "c1", counted(100)))
    command = ask.CorrectCount(
        entry_index=1, receipt_id=at("r1"), consignment_id=at("c1"), reason="typing", lines=(counted(80),)
    )
    assert book.one(command).status_after == "in_transit"
    assert book.state().stock == {"ballot:dpr": -80}
    assert book.state().open_consignments == 1


@pytest.mark.parametrize(
    ("kind", "command", "count"),
    [
        (
            "round.condition_reported@1",
            ask.ReportCondition(condition_id=at("x"), condition="leak", severity="low"),
            "open_conditions",
        ),
        ("round.use_reported@1", ask.ReportUse(use_id=at("x"), use="sport"), "open_uses"),
        (
            "round.incident_reported@1",
            ask.ReportIncident(incident_id=at("x"), incident="theft", severity="low"),
            "open_incidents",
        ),
    ],
)
def test_a_report_made_by_mistake_is_no_longer_open(book, kind, command, count):
    book.do(command)
    assert getattr(book.state(), count)
    assert book.one(void(kind, at("x"))).was_open
    assert not getattr(book.state(), count)


def test_a_seal_logged_by_mistake_may_be_used(book):
    book.do(apply_seal("K1"))
    book.do(void("seal.applied@1", seal("K1")))
    assert (book.state().seals_on, book.state().seals_bad) == (0, 0)
    assert not book.one(apply_seal("K1")).reused


def test_what_moved_nothing_is_only_marked(book):
    voided = book.one(void("round.cctv_reported@1"))
    assert (voided.effect, voided.entry_index) == ("none", 3)
    assert book.state().correction_count == 1


def test_times_and_roles_read_differently_after_a_correction(book):
    book.do(enter("v1", role="guest"))
    corrected = book.one(correct(ENTERED, at("v1"), entered_at=START - HOUR, role="police"))
    assert [(one.field, one.value_before) for one in corrected.fields] == [
        ("entered_at", str(START)),
        ("role", "guest"),
    ]
    assert book.state().inside == {"police": 1}
    assert book.item("presence", person("p1")).since_at == START - HOUR
    book.later(60).do(leave("v1"))
    book.do(correct(LEFT, at("v1"), left_at=START + 5 * MINUTE))
    assert book.item("visit", at("v1")).left_at == START + 5 * MINUTE
    assert book.state().inside == {}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (correct(ENTERED, at("v1"), role="king"), "value_not_valid"),
        (correct(ENTERED, at("v1"), entered_at="soon"), "value_not_valid"),
        (correct(ENTERED, at("v1"), entered_at=START + 9 * HOUR), "ends_before_it_begins"),
        (correct(LEFT, at("v1"), left_at=START - 1), "ends_before_it_begins"),
        (correct(LEFT, at("v2"), left_at=START + 1), "visit_still_open"),
        (correct(ENTERED, at("v1"), gate="gerbang besar"), "value_not_valid"),
        (correct(ENTERED, at("v1"), name="Budi"), "field_not_correctable"),
        (correct(ENTERED, at("v9"), role="guest"), "subject_unknown"),
        (correct("correction.entry_voided@1", "", reason="x"), "correction_stands"),
        (void("correction.entry_corrected@1"), "correction_stands"),
        (void("goods.consignment_announced@1", at("c1")), "cancel_instead"),
        (void(RECEIVED, at("r9")), "subject_unknown"),
    ],
)
def test_what_cannot_be_corrected_is_refused(book, command, code):
    book.do(enter("v1", "p1"))
    book.later(60).do(leave("v1", "p1"))
    book.do(enter("v2", "p2"))
    assert book.refused(command) == code


def test_a_field_is_corrected_once_per_correction(book):
    book.do(enter("v1"))
    twice = correct(ENTERED, at("v1"), role="police")
    assert book.refused(replace(twice, fields=twice.fields * 2)) == "field_twice"


def test_corrections_are_made_where_the_entry_stands(book):
    book.do(enter("v1"))
    assert book.refused(void(ENTERED, at("v1")), place=OTHER) == "subject_elsewhere"
    assert book.refused(correct(ENTERED, at("v1"), role="police"), place=OTHER) == "subject_elsewhere"
