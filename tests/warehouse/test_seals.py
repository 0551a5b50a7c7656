"""Seals as objects with a life, wherever they travel."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import Elsewhere
from awas.warehouse import commands as ask
from awas.warehouse.events import SealMovedAway
from tests.warehouse.making import (
    OTHER,
    PLACE,
    announce,
    apply_seal,
    at,
    check_seal,
    counted,
    receive,
    release,
    remove_seal,
    seal,
    seen,
)


def counts(book, place=PLACE):
    return book.state(place).seals_on, book.state(place).seals_bad


def test_a_seal_is_applied_checked_and_removed(book):
    applied = book.one(apply_seal("K1", applied_by=("ani", "budi")))
    assert (applied.reused, applied.state_before) == (False, "unregistered")
    assert counts(book) == (1, 0)
    checked = book.one(check_seal("K1"))
    assert (checked.known, checked.state_before, checked.object_name) == (True, "intact", "Pintu utama")
    removed = book.one(remove_seal("K1", authority="SP-3", removed_by=("ani",)))
    assert (removed.known, removed.state_before) == (True, "intact")
    assert counts(book) == (0, 0)
    assert book.refused(remove_seal("K1")) == "seal_already_removed"


@pytest.mark.parametrize("result", ["broken", "different", "missing"])
def test_a_seal_found_otherwise_stays_bad_until_it_is_seen_to(book, result):
    book.do(apply_seal("K1"))
    book.do(check_seal("K1", result, found_number="K7"))
    assert counts(book) == (0, 1)
    book.do(check_seal("K1", result))
    assert counts(book) == (0, 1)
    book.do(remove_seal("K1", reason="replacement"))
    assert counts(book) == (0, 0)


def test_a_number_used_twice_is_noticed(book):
    book.do(apply_seal("K1"))
    book.do(remove_seal("K1"))
    again = book.one(apply_seal("K1", object_name="Pintu samping"))
    assert (again.reused, again.state_before, again.object_before) == (True, "removed", "Pintu utama")
    assert counts(book) == (1, 0)
    twice = book.one(apply_seal("K1"))
    assert (twice.reused, twice.state_before) == (True, "intact")
    assert counts(book) == (1, 0)
    assert book.item("seal", seal("K1")).use_count == 3


def test_an_unknown_seal_is_recorded_as_unknown(book):
    assert not book.one(check_seal("K9")).known
    assert counts(book) == (0, 0)
    assert book.item("seal", seal("K9")).state == "unregistered"
    assert not book.one(check_seal("K8", "broken")).known
    assert counts(book) == (0, 1)
    assert not book.one(remove_seal("K7")).known
    assert not book.one(apply_seal("K9")).reused


def test_a_removed_seal_that_is_on_again_is_seen(book):
    book.do(apply_seal("K1"))
    book.do(remove_seal("K1"))
    assert book.one(check_seal("K1")).state_before == "removed"
    assert counts(book) == (1, 0)


def test_a_seal_that_turns_up_elsewhere_leaves_its_old_place(book):
    book.do(apply_seal("K1"))
    checked, moved = book.do(check_seal("K1"), place=OTHER)
    assert (checked.elsewhere, checked.place_before) == (True, PLACE)
    assert isinstance(moved, Elsewhere)
    assert isinstance(moved.event, SealMovedAway)
    assert (counts(book), counts(book, OTHER)) == ((0, 0), (1, 0))


def test_a_seal_travels_with_its_goods(book):
    book.do(announce("c1", direction="out", to_place=OTHER))
    book.do(apply_seal("K1", sealed_object="container", consignment_id=at("c1")))
    book.do(release("r1", "c1", counted(1000), seals=(seen("K1"),)))
    received = book.do(receive("r2", at("c1"), counted(1000), place=OTHER, seals=(seen("K1"),)), place=OTHER)
    check = next(event for event in received if getattr(event, "number", "") == "K1")
    assert (check.elsewhere, check.place_before, check.known) == (False, PLACE, True)
    assert (counts(book), counts(book, OTHER)) == ((0, 0), (1, 0))
    assert book.item("seal", seal("K1")).check_count == 2


def test_two_persons_may_be_wanted_to_take_a_seal_off(book):
    book.do(ask.SetSiteRules(two_persons=("seal_removal",)))
    assert book.one(remove_seal("K1")).two_wanted


def test_a_key_must_fit_its_number(book):
    wrong = ask.CheckSeal(seal=seal("K1"), number="K2", result="intact")
    assert book.refused(wrong) == "seal_key_mismatch"
    assert book.refused(replace(apply_seal("K1"), replaces=seal("K1"))) == "seal_replaces_itself"
