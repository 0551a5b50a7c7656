"""Swaps: asked by whoever stands in the shift, answered by somebody else; only then do people change."""

import pytest

from awas.ledger.area import Refused
from awas.roster import commands as ask
from awas.roster.events import ShiftPeopleChanged, SwapApproved, SwapDeclined
from tests.book import Book
from tests.roster.making import at, plan


def request(swap: str = "w1", shift: str = "s1", with_person: str = "budi", other: str = "") -> ask.RequestSwap:
    return ask.RequestSwap(
        swap_id=at(swap), shift_id=at(shift), with_person=with_person, other_shift_id=at(other) if other else ""
    )


def approve(swap: str = "w1", shift: str = "s1", other: str = "") -> ask.ApproveSwap:
    return ask.ApproveSwap(swap_id=at(swap), shift_id=at(shift), other_shift_id=at(other) if other else "")


@pytest.fixture
def planned(book: Book) -> Book:
    book.do(plan("s1", 10, 18, "ani", "cici"), actor="office")
    book.do(plan("s2", 34, 42, "budi"), actor="office")
    return book


def shift(book: Book, name: str) -> tuple[str, ...]:
    return book.item("shift", at(name)).people


def test_a_shift_changes_hands_with_the_approval_alone(planned):
    planned.do(request(), actor="ani")
    assert shift(planned, "s1") == ("ani", "cici")
    events = planned.do(approve(), actor="office")
    assert [type(event) for event in events] == [SwapApproved, ShiftPeopleChanged]
    assert shift(planned, "s1") == ("budi", "cici")
    assert planned.item("swap", at("w1")).state == "approved"


def test_two_shifts_change_hands_at_once(planned):
    planned.do(request(other="s2"), actor="ani")
    events = planned.do(approve(other="s2"), actor="office")
    assert (shift(planned, "s1"), shift(planned, "s2")) == (("budi", "cici"), ("ani",))
    assert [event.double_booked for event in events[1:]] == [(), ()]


@pytest.mark.parametrize(
    ("command", "actor", "code"),
    [
        (request(), "budi", "not_own_shift"),
        (request(with_person="cici"), "ani", "already_in_shift"),
        (request(with_person="dedi", other="s2"), "ani", "not_their_shift"),
        (request(shift="s9"), "ani", "shift_unknown"),
        (approve(swap="w9"), "office", "swap_unknown"),
    ],
)
def test_what_contradicts_the_roster_is_refused(planned, command, actor, code):
    with pytest.raises(Refused) as refused:
        planned.do(command, actor=actor)
    assert refused.value.code == code


def test_nobody_approves_their_own_wish_nor_answers_twice(planned):
    planned.do(request(), actor="ani")
    for command, actor, code in (
        (approve(), "ani", "own_swap"),
        (approve(shift="s2"), "office", "swap_mismatch"),
    ):
        with pytest.raises(Refused) as refused:
            planned.do(command, actor=actor)
        assert refused.value.code == code
    (declined,) = planned.do(ask.DeclineSwap(swap_id=at("w1")), actor="office")
    assert isinstance(declined, SwapDeclined)
    assert not declined.withdrawn
    with pytest.raises(Refused, match="swap_closed"):
        planned.do(approve(), actor="office")


def test_a_wish_is_taken_back_by_whoever_had_it(planned):
    planned.do(request(), actor="ani")
    planned.do(ask.DeclineSwap(swap_id=at("w1")), actor="ani")
    assert planned.item("swap", at("w1")).state == "withdrawn"


def test_a_shift_that_changed_meanwhile_is_not_swapped(planned):
    planned.do(request(), actor="ani")
    planned.do(ask.ChangeShiftPeople(shift_id=at("s1"), people=("cici",)), actor="office")
    with pytest.raises(Refused, match="swap_overtaken"):
        planned.do(approve(), actor="office")
