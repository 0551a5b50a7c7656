"""Shifts and absences: clashes are facts of the plan."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import DAY, HOUR
from awas.roster import commands as ask
from tests.book import OTHER, START
from tests.roster.making import at, away, plan, start


def test_a_clash_is_planned_and_told(book):
    book.do(ask.SetRosterRules(minimum=2, rest_ms=8 * HOUR))
    book.do(plan("s1", 0, 8, "ani", "budi"))
    book.do(away("a1", "cici", 6, 30))
    planned = book.one(plan("s2", 6, 14, "budi", "cici", "dedi"))
    assert (planned.double_booked, planned.absent, planned.leader) == (("budi",), ("cici",), "budi")
    assert book.one(plan("s3", 9, 17, "ani", "eka", leader="eka")).short_rest == ("ani",)
    assert book.one(plan("s4", 20, 24, "ani")).gap_before_ms == 3 * HOUR


def test_a_swap_is_checked_like_a_plan(book):
    book.do(plan("s1", 0, 8, "ani"))
    book.do(plan("s2", 4, 12, "budi"))
    changed = book.one(ask.ChangeShiftPeople(shift_id=at("s2"), people=("ani", "cici")))
    assert (changed.people_before, changed.double_booked, changed.leader) == (("budi",), ("ani",), "ani")
    assert book.state().shift(at("s2")).people == ("ani", "cici")
    assert book.one(ask.ChangeShiftPeople(shift_id=at("s2"), people=("cici",))).double_booked == ()


def test_a_cancelled_shift_is_nobodys(book):
    book.do(plan("s1", 0, 8, "ani"))
    cancel = ask.CancelShift(shift_id=at("s1"), reason="mistake")
    book.do(cancel)
    assert book.state().shifts == ()
    assert not book.one(start("d1", "ani"), actor="ani").on_roster
    assert book.refused(cancel) == "shift_cancelled"


def test_an_absence_names_the_shifts_it_falls_into(book):
    book.do(plan("s1", 0, 8, "ani"))
    book.do(plan("s2", 8, 16, "ani"))
    book.do(plan("s3", 0, 8, "budi"))
    assert book.one(away("a1", "ani", 6, 8)).shifts == (at("s1"),)
    assert book.one(away("a2", "ani", 6, 9)).shifts == (at("s1"), at("s2"))
    book.do(ask.WithdrawAbsence(absence_id=at("a1")))
    book.do(ask.WithdrawAbsence(absence_id=at("a2")))
    assert book.one(plan("s4", 7, 9, "ani", "dedi")).absent == ()
    assert book.refused(ask.WithdrawAbsence(absence_id=at("a1"))) == "absence_withdrawn"


def test_the_snapshot_forgets_what_is_over_for_a_day_and_stays_bounded(book):
    for number in range(200):
        book.do(plan(f"s{number}", number, number + 1))
    assert book.refused(plan("s200", 200, 201)) == "too_many_shifts"
    book.later(100 * 60)
    book.do(ask.CancelShift(shift_id=at("s199"), reason="mistake"))
    assert len(book.state().shifts) == 199 - 76
    assert book.state().shift(at("s99")) is not None


def test_what_is_due_stays_due_when_the_shift_is_changed(book):
    book.do(plan("s1", 0, 8, "ani"))
    book.do(start("d1", "ani"), actor="ani")
    book.do(ask.CancelShift(shift_id=at("s1"), reason="replaced"))
    assert book.state().due_at == START + 8 * HOUR


def test_the_shift_under_way_and_the_next(book):
    book.do(plan("s2", 8, 16, "budi"))
    book.do(plan("s1", 0, 8, "ani"))
    watch = book.state()
    assert [shift.shift_id for shift in watch.shifts] == [at("s1"), at("s2")]
    assert watch.shift_at(START + 8 * HOUR).shift_id == at("s2")
    assert watch.next_shift(START + 1).shift_id == at("s2")
    assert watch.shift_at(START + 16 * HOUR) is None


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (plan("s1", 0, 8), "shift_exists"),
        (plan("s2", 8, 8), "ends_before_it_begins"),
        (plan("s2", 0, 49), "too_long"),
        (plan("s2", 0, 8, "ani", "ani"), "person_twice"),
        (plan("s2", 0, 8, "ani", leader="budi"), "leader_not_in_shift"),
        (replace(plan("s2", 0, 8), people=()), "nobody_planned"),
        (replace(plan("s2", 0, 8), minimum=0), "number_out_of_range"),
        (replace(plan("s2", 0, 8), shift_id=at("s2", OTHER)), "key_of_other_place"),
        (ask.CancelShift(shift_id=at("s9"), reason="mistake"), "shift_unknown"),
        (ask.ChangeShiftPeople(shift_id=at("s1"), people=()), "nobody_planned"),
        (away("a1", "ani", 5, 5), "ends_before_it_begins"),
        (away("a1", "ani", 0, 367 * 24), "too_long"),
    ],
)
def test_what_contradicts_itself_is_refused(book, command, code):
    book.do(plan("s1", 0, 8))
    assert book.refused(command) == code


def test_what_is_over_is_not_changed(book):
    book.do(plan("s1", 0, 8))
    assert book.refused(ask.CancelShift(shift_id=at("s1"), reason="mistake"), place=OTHER) == "shift_elsewhere"
    book.now += DAY
    assert book.refused(ask.ChangeShiftPeople(shift_id=at("s1"), people=("budi",))) == "shift_over"
