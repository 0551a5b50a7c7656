"""Duty: who has the watch, since when, and whether anybody does."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import HOUR, MINUTE, Elsewhere
from awas.ledger.message import Capture
from awas.roster import commands as ask
from awas.roster.events import DutyEnded, DutyStarted, Proof
from tests.book import OTHER, PLACE, START
from tests.roster.making import at, end, plan, start


def test_the_first_on_duty_holds_the_watch(book):
    book.do(plan("s1", 0, 8, "ani"))
    started = book.later(7).one(start("d1", "ani", proof=Proof(by_token=True, distance_m=12)), actor="ani")
    assert (started.on_roster, started.shift_id, started.late_ms) == (True, at("s1"), 7 * MINUTE)
    watch = book.state()
    assert (watch.held_by, watch.held_since_at, watch.due_at) == ("ani", START + 7 * MINUTE, START + 8 * HOUR)
    book.do(start("d2", "budi"), actor="budi")
    assert book.state().held_by == "ani"
    assert book.item("duty", at("d1")).by_token


@pytest.mark.parametrize(
    ("minute", "on_roster", "late"),
    [(-121, False, 0), (-120, True, -120), (0, True, 0), (479, True, 479), (480, False, 0)],
)
def test_who_comes_for_which_shift(book, minute, on_roster, late):
    book.do(plan("s1", 4, 12, "ani"))
    started = book.later(240 + minute).one(start("d1", "ani"), actor="ani")
    assert (started.on_roster, started.late_ms) == (on_roster, late * MINUTE)


def test_an_officer_off_the_roster_stands_the_watch_all_the_same(book):
    book.do(plan("s1", 0, 8, "ani"))
    assert not book.one(start("d1", "budi"), actor="budi").on_roster
    assert book.state().due_at == 0


def test_leaving_early_uncovers_the_site(book):
    book.do(plan("s1", 0, 8, "ani", "budi", minimum=2))
    book.do(start("d1", "ani"), actor="ani")
    book.do(start("d2", "budi"), actor="budi")
    first = book.later(60).one(end("d1"), actor="ani")
    assert (first.on_duty_after, first.short, first.uncovered, first.early_ms) == (1, True, False, 7 * HOUR)
    assert book.state().held_by == "budi"
    last = book.later(60).one(end("d2", reason="no_relief"), actor="budi")
    assert (last.uncovered, last.reason) == (True, "no_relief")
    watch = book.state()
    assert (watch.held_by, watch.uncovered_since_at) == ("", START + 2 * HOUR)
    book.later(5).do(start("d3", "cici"), actor="cici")
    assert (book.state().held_by, book.state().uncovered_since_at) == ("cici", 0)


def test_nobody_stands_two_watches_in_one_district(book):
    book.do(start("d1", "ani"), actor="ani")
    ended, started = book.later(30).do(start("d2", "ani", place=OTHER), place=OTHER, actor="ani")
    assert isinstance(ended, Elsewhere)
    assert isinstance(ended.event, DutyEnded)
    assert (ended.event.forced, ended.event.to_place) == (True, OTHER)
    assert isinstance(started, DutyStarted)
    assert started.elsewhere_place == PLACE
    assert book.state().on_duty == ()
    assert book.state().uncovered_since_at == START + 30 * MINUTE
    assert book.item("duty", at("d1")).state == "ended"


def test_another_districts_watch_is_only_flagged(book):
    assert book.one(start("d1", "ani", reported_elsewhere="36.71-G1"), actor="ani").elsewhere_place == "36.71-G1"


def test_every_check_in_of_a_shift_is_kept(book):
    for number in range(3):
        book.later(5).do(start(f"d{number}", "ani"), actor="ani")
        book.later(5).do(end(f"d{number}"), actor="ani")
    assert [book.item("duty", at(f"d{number}")).started_at for number in range(3)] == [
        START + minutes * MINUTE for minutes in (5, 15, 25)
    ]


def test_a_start_logged_by_mistake_is_taken_back(book):
    book.do(start("d1", "ani"), actor="ani")
    voided = book.one(ask.VoidDuty(entry_index=4, duty_id=at("d1")))
    assert voided.was_on_duty
    assert (book.state().on_duty, book.state().held_by) == ((), "")
    assert book.refused(ask.VoidDuty(entry_index=4, duty_id=at("d1"))) == "duty_void"
    assert book.refused(end("d1")) == "duty_over"
    book.do(start("d2", "ani"), actor="ani")


@pytest.mark.parametrize(
    ("command", "actor", "code"),
    [
        (start("d2", "ani"), "ani", "already_on_duty"),
        (start("d1", "budi"), "budi", "duty_exists"),
        (start("d2", "budi"), "ani", "not_own_duty"),
        (start("d2", "budi", place=OTHER), "budi", "key_of_other_place"),
        (end("d9"), "ani", "duty_unknown"),
        (start("d2", "x y"), "x y", "text_not_allowed"),
    ],
)
def test_what_contradicts_the_record_is_refused(book, command, actor, code):
    book.do(start("d1", "ani"), actor="ani")
    assert book.refused(command, actor=actor) == code


def test_duty_ends_once(book):
    book.do(start("d1", "ani"), actor="ani")
    assert book.refused(end("d1"), place=OTHER) == "duty_elsewhere"
    book.do(end("d1"))
    assert book.refused(end("d1")) == "duty_over"


def test_a_suspicious_proof_is_flagged_never_refused(book):
    far = replace(start("d1", "ani", proof=Proof(distance_m=40_000)), capture=Capture(distance_m=40_000))
    started = book.one(far, actor="ani")
    assert (started.proof.distance_m, started.capture.distance_m) == (40_000, 40_000)
