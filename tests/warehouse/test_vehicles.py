"""Vehicles at the gate."""

import pytest

from awas.ledger.area import HOUR, MINUTE
from awas.warehouse import commands as ask
from tests.book import START
from tests.warehouse.making import OTHER, PLACE, announce, arrive, at, counted, release


def test_a_truck_comes_is_left_alone_and_goes(book):
    arrived = book.one(arrive("k1", escort="police", escort_count=2))
    assert (arrived.vehicles_after, arrived.announced, arrived.window_fit) == (1, False, "no_window")
    alone = ask.ReportVehicleUnattended(vehicle_id=at("k1"), since_at=START - 5 * MINUTE, position="outside")
    assert not book.one(alone).again
    assert book.later(10).one(alone).again
    assert book.state().vehicles_unattended == 1
    attended = book.one(ask.ReportVehicleAttended(vehicle_id=at("k1")))
    assert attended.since_at == START - 5 * MINUTE
    book.do(alone)
    left = book.later(10).one(ask.LeaveVehicle(vehicle_id=at("k1"), loaded=True))
    assert (left.arrived_at, left.unattended, left.released, left.vehicles_after) == (START, True, False, 0)
    assert (book.state().vehicles_inside, book.state().vehicles_unattended) == (0, 0)


@pytest.mark.parametrize(
    ("minute", "fit", "off_minutes"),
    [(0, "early", 60), (59, "early", 1), (60, "within", 0), (120, "within", 0), (150, "late", 30)],
)
def test_an_announced_truck_is_held_against_its_window(book, minute, fit, off_minutes):
    book.do(announce("c1", expected_from_at=START + HOUR, expected_until_at=START + 2 * HOUR))
    arrived = book.later(minute).one(arrive("k1", consignment_id=at("c1")))
    assert arrived.announced
    assert (arrived.window_fit, arrived.off_window_ms) == (fit, off_minutes * MINUTE)
    assert arrived.ballots_expected


def test_a_truck_at_the_wrong_place_is_recorded_there(book):
    book.do(announce("c1"))
    arrived = book.one(arrive("k1", place=OTHER, consignment_id=at("c1")), place=OTHER)
    assert (arrived.announced, arrived.expected_place) == (False, PLACE)


def test_a_truck_that_fetches_is_expected_where_the_goods_lie(book):
    book.do(announce("c1", direction="out", to_place=OTHER))
    assert book.one(arrive("k1", purpose="collect", consignment_id=at("c1"))).announced
    book.do(release("r1", "c1"))
    assert book.one(arrive("k2", place=OTHER, consignment_id=at("c1"), plate="B 2"), place=OTHER).announced


def test_a_plate_that_never_left_is_noticed_however_it_is_written(book):
    book.do(arrive("k1", plate="A 8213 KX"))
    again = book.one(arrive("k2", place=OTHER, plate="A8213-KX"), place=OTHER)
    assert again.plate_inside_already == PLACE
    book.do(ask.LeaveVehicle(vehicle_id=at("k2", OTHER)), place=OTHER)
    assert book.one(arrive("k3")).plate_inside_already == ""


def test_goods_released_onto_a_truck_leave_with_it(book):
    book.do(announce("c1", direction="out", to_name="PPK"))
    book.do(arrive("k1", purpose="collect", escort="police", escort_count=1))
    released = book.one(release("r1", "c1", counted(10), vehicle_id=at("k1")))
    assert (released.plate, released.escort, released.escort_count) == ("A 8213 KX", "police", 1)
    assert book.one(ask.LeaveVehicle(vehicle_id=at("k1"), loaded=True)).released


def test_what_contradicts_the_record_is_refused(book):
    book.do(arrive("k1"))
    gone = ask.LeaveVehicle(vehicle_id=at("k1"))
    assert book.refused(arrive("k1")) == "vehicle_exists"
    assert book.refused(arrive("k2", consignment_id=at("c9"))) == "consignment_unknown"
    assert book.refused(ask.ReportVehicleAttended(vehicle_id=at("k1"))) == "vehicle_not_unattended"
    assert book.refused(ask.LeaveVehicle(vehicle_id=at("k9"))) == "vehicle_unknown"
    assert book.refused(gone, place=OTHER) == "vehicle_elsewhere"
    book.do(gone)
    assert book.refused(gone) == "vehicle_already_left"
    assert book.refused(ask.ReportVehicleUnattended(vehicle_id=at("k1"))) == "vehicle_already_left"
