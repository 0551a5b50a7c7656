"""People at the gate: recorded whatever rule they break, never twice inside."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import HOUR, MINUTE, Elsewhere
from awas.ledger.message import Capture
from awas.warehouse import commands as ask
from awas.warehouse.events import Carried, PersonEntered, PersonLeft
from awas.warehouse.keys import access_key_of_role, key_in_log
from tests.book import START
from tests.warehouse.making import OTHER, PLACE, at, enter, grant, leave, person, sealed


def test_who_enters_is_inside_and_who_leaves_is_not(book):
    entered = book.one(enter("v1", role="police"))
    assert (entered.inside_after, entered.others_inside, entered.same_role_inside) == (1, 0, 1)
    assert book.state().inside == {"police": 1}
    left = book.later(30).one(leave("v1"))
    assert (left.entered_at, left.inside_after, left.role) == (START, 0, "police")
    assert book.state().inside == {}
    visit = book.item("visit", at("v1"))
    assert (visit.state, visit.entered_at, visit.left_at, visit.left_by) == ("left", START, START + 30 * MINUTE, "siti")


def test_officers_of_the_watch_count_as_company(book):
    assert book.one(enter("v1", "p1", watch_count=2)).others_inside == 2
    assert book.one(enter("v2", "p2", watch_count=2)).others_inside == 3
    assert not book.one(leave("v1", "p1", watch_count=1)).alone_after
    assert book.one(enter("v3", "p3")).others_inside == 1
    assert book.one(leave("v2", "p2")).alone_after


def test_one_person_is_in_one_place(book):
    book.do(enter("v1", role="sorter"))
    elsewhere, entered = book.later(20).do(enter("v2", place=OTHER, role="sorter"), place=OTHER)
    assert isinstance(elsewhere, Elsewhere)
    assert elsewhere.place == PLACE
    assert (elsewhere.event.visit_id, elsewhere.event.reason, elsewhere.event.to_place) == (
        at("v1"),
        "entered_elsewhere",
        OTHER,
    )
    assert (entered.elsewhere_place, entered.elsewhere_closed, entered.entered_again) == (PLACE, True, False)
    assert book.state().inside == {}
    assert book.state(OTHER).inside == {"sorter": 1}
    assert book.item("presence", person("p1")).place == OTHER


def test_a_forced_exit_is_no_sign_of_life_at_the_old_place(book):
    book.do(enter("v1"))
    book.later(20).do(enter("v2", place=OTHER), place=OTHER)
    assert book.state().last_entry_at == START
    assert book.state(OTHER).last_entry_at == START + 20 * MINUTE


def test_entering_again_closes_the_visit_whose_exit_was_forgotten(book):
    book.do(enter("v1", role="guard"))
    left, entered = book.later(60).do(enter("v2", role="guest"))
    assert (left.reason, left.forced, left.inside_after) == ("entered_again", True, 0)
    assert (entered.entered_again, entered.inside_after, entered.same_role_inside) == (True, 1, 1)
    assert book.state().inside == {"guest": 1}


def test_an_exit_logged_after_the_record_closed_the_visit_only_corrects_the_time(book):
    book.do(enter("v1"))
    book.later(60).do(enter("v2"))
    left = book.one(leave("v1"), occurred_at=START + 10 * MINUTE)
    assert left.already_closed
    assert book.state().inside_count == 1
    assert book.item("visit", at("v1")).left_at == START + 10 * MINUTE
    assert book.refused(leave("v1")) == "visit_already_left"


def test_an_offline_entry_from_before_is_over_at_once(book):
    book.later(60).do(enter("v2", place=OTHER), place=OTHER)
    entered, left = book.later(5).do(enter("v1"), occurred_at=START)
    assert isinstance(entered, PersonEntered)
    assert entered.late
    assert (left.forced, left.to_place, left.left_at) == (True, OTHER, START + 60 * MINUTE)
    assert book.state().inside == {}
    assert book.state(OTHER).inside == {"guest": 1}
    assert book.item("presence", person("p1")).visit_id == at("v2", OTHER)
    assert book.item("visit", at("v1")).left_at == START + 60 * MINUTE


def test_a_person_inside_in_another_log_is_only_flagged(book):
    events = book.do(enter("v1", reported_elsewhere="36.71-G1"))
    assert [type(event) for event in events] == [PersonEntered]
    assert (events[0].elsewhere_place, events[0].elsewhere_closed) == ("36.71-G1", False)


@pytest.mark.parametrize(
    ("in_force", "granted", "listed"),
    [
        (False, None, "no_list"),
        (True, None, "unlisted"),
        (True, {}, "listed"),
        (True, {"from_at": START + HOUR}, "unlisted"),
        (True, {"from_at": START - HOUR, "until_at": START}, "unlisted"),
        (True, {"from_at": START - HOUR, "until_at": START + 1}, "listed"),
    ],
)
def test_the_access_list_is_a_fact_not_a_gate(book, in_force, granted, listed):
    book.do(ask.SetSiteRules(access_list_in_force=in_force))
    if granted is not None:
        book.do(grant("p1", **granted))
    assert book.one(enter("v1")).on_access_list == listed


def test_a_role_may_be_listed_and_a_person_not_pass_for_one(book):
    book.do(ask.SetSiteRules(access_list_in_force=True))
    book.do(ask.GrantAccess(access_id=access_key_of_role(PLACE, "police"), role="police"))
    assert book.one(enter("v1", "p1", role="police")).on_access_list == "listed"
    assert book.one(enter("v2", "p2", role="guest")).on_access_list == "unlisted"
    assert book.refused(enter("v3", "role:police")) == "person_key_not_allowed"


def test_a_revoked_permission_names_who_is_still_inside(book):
    book.do(ask.SetSiteRules(access_list_in_force=True))
    book.do(grant("p1"))
    book.do(enter("v1"))
    revoke = ask.RevokeAccess(access_id=at("p1"))
    assert book.one(revoke).visit_inside == at("v1")
    assert book.refused(revoke) == "access_already_revoked"
    assert book.do(enter("v2"))[-1].on_access_list == "unlisted"


def test_the_watchlist_holds_in_the_whole_district_and_in_its_time(book):
    listing = ask.WatchlistPerson(person=person("p1"), name=sealed(), reason="sipol", until_at=START + HOUR)
    book.do(listing)
    entered = book.one(enter("v1", place=OTHER), place=OTHER)
    assert (entered.on_watchlist, entered.watchlist_reason) == (True, "sipol")
    assert book.one(listing).inside_at == OTHER
    assert not book.later(61).do(enter("v2"))[-1].on_watchlist
    book.do(ask.UnlistPerson(person=person("p1")))
    assert book.refused(ask.UnlistPerson(person=person("p1"))) == "not_watchlisted"


def test_who_is_turned_away_is_kept_and_counted(book):
    refusal = ask.RefuseEntry(subject="person", reason="no_letter", person=person("p1"), role="press", name=sealed())
    assert book.one(refusal).refused_before == 0
    assert book.one(refusal).refused_before == 1
    assert book.state().refused_count == 2
    assert book.state().inside == {}
    assert book.one(ask.RefuseEntry(subject="vehicle", reason="no_documents", plate="B 1 A")).plate == "B 1 A"


def test_an_escort_must_be_inside_here(book):
    book.do(enter("v1", "guard", role="guard"))
    assert book.one(enter("v2", "p2", escorted_by=at("v1"))).escort_inside is True
    book.do(leave("v1", "guard"))
    assert book.one(enter("v3", "p3", escorted_by=at("v1"))).escort_inside is False
    assert book.one(enter("v4", "p4")).escort_inside is None


def test_one_pass_two_people(book):
    assert book.one(enter("v1", "p1", pass_number="7")).pass_state == "free"
    second = book.one(enter("v2", "p2", pass_number="7"))
    assert (second.pass_state, second.pass_held_by) == ("held", at("v1"))
    book.do(leave("v2", "p2", pass_returned=False))
    assert book.one(enter("v3", "p3", pass_number="7")).pass_state == "missing"
    book.do(leave("v3", "p3", pass_returned=True))
    assert book.one(enter("v4", "p4", pass_number="7")).pass_state == "free"


def test_what_somebody_carries_out_is_compared(book):
    bag, parcel = Carried(item="bag"), Carried(item="parcel", count=2)
    book.do(enter("v1", "p1", carried=(bag,)))
    book.do(enter("v2", "p2", carried=(bag,)))
    book.do(enter("v3", "p3", carried=(bag,)))
    assert book.one(leave("v1", "p1", carried=(bag, parcel))).carried_differs
    assert not book.one(leave("v2", "p2", carried=(Carried(item="bag"),))).carried_differs
    assert not book.one(leave("v3", "p3")).carried_differs


def test_a_visit_may_last_longer(book):
    book.do(enter("v1", until_at=START + HOUR))
    longer = ask.ExtendVisit(visit_id=at("v1"), until_at=START + 2 * HOUR)
    assert book.one(longer).until_before_at == START + HOUR
    assert book.refused(replace(longer, until_at=START)) == "ends_before_it_begins"
    book.do(leave("v1"))
    assert book.refused(longer) == "visit_already_left"


def test_hundreds_of_sorters_fit_in_a_small_snapshot(book):
    for number in range(550):
        book.do(enter(f"v{number}", f"p{number}", role="sorter", purpose="sorting"))
    assert book.state().inside == {"sorter": 550}
    assert book.one(leave("v0", "p0")).inside_after == 549


@pytest.mark.parametrize(
    ("command", "place", "code"),
    [
        (leave("v9"), PLACE, "visit_unknown"),
        (leave("v1", "p2"), PLACE, "person_mismatch"),
        (leave("v1"), OTHER, "visit_elsewhere"),
        (enter("v1"), PLACE, "visit_exists"),
        (enter("v2"), OTHER, "key_of_other_place"),
        (ask.ExtendVisit(visit_id=at("v9"), until_at=START + 1), PLACE, "visit_unknown"),
    ],
)
def test_what_contradicts_the_record_is_refused(book, command, place, code):
    book.do(enter("v1"))
    assert book.refused(command, place=place) == code


def test_a_person_of_another_district_has_no_presence_here(book):
    assert book.refused(replace(enter("v1"), person=key_in_log("36.71-G1", "p1"))) == "key_of_other_district"


def test_a_visit_ends_once(book):
    book.do(enter("v1"))
    book.do(leave("v1"))
    assert book.refused(leave("v1")) == "visit_already_left"


def test_nobody_leaves_before_entering_whatever_the_clocks_say(book):
    book.do(enter("v1"))
    book.later(5).do(leave("v1"), occurred_at=START - HOUR)
    assert book.item("visit", at("v1")).left_at == START


@pytest.mark.parametrize(
    ("capture", "ahead_ms", "kept"),
    [
        (None, 0, None),
        (None, 30_000, None),
        (None, 3 * HOUR, Capture(clock_skew_ms=3 * HOUR)),
        (Capture(clock_skew_ms=10, distance_m=20), 0, None),
        (Capture(distance_m=4000), 0, Capture(distance_m=4000)),
        (Capture(clock_skew_ms=-HOUR), 0, Capture(clock_skew_ms=-HOUR)),
        (Capture(imported_photo=True), 2 * HOUR, Capture(imported_photo=True, clock_skew_ms=2 * HOUR)),
    ],
)
def test_a_suspicious_capture_is_flagged_never_refused(book, capture, ahead_ms, kept):
    entered = book.one(replace(enter("v1"), capture=capture), occurred_at=START + ahead_ms)
    assert entered.capture == kept
    assert book.item("visit", at("v1")).entered_at == START


def test_the_capture_stays_with_the_place_that_made_it(book):
    book.do(enter("v1"))
    elsewhere, entered = book.do(replace(enter("v2", place=OTHER), capture=Capture(imported_photo=True)), place=OTHER)
    assert elsewhere.event.capture is None
    assert entered.capture == Capture(imported_photo=True)


def test_an_exit_at_the_old_place_can_be_logged_after_the_forced_one(book):
    book.do(enter("v1"))
    book.later(20).do(enter("v2", place=OTHER), place=OTHER)
    left = book.one(leave("v1"), occurred_at=START + 5 * MINUTE)
    assert isinstance(left, PersonLeft)
    assert book.state(OTHER).inside_count == 1
    assert book.item("presence", person("p1")).place == OTHER
