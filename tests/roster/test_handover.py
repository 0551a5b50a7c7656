"""The hand-over counts only with two signatures."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import HOUR, MINUTE
from awas.roster import commands as ask
from awas.roster.events import DutyEnded, DutyStarted, HandoverAccepted
from tests.book import OTHER, START
from tests.roster.making import accept, at, end, offer, plan, start


@pytest.fixture
def watched(book):
    """Ani has the watch until 08.00; Budi is planned after her."""
    book.do(plan("s1", 0, 8, "ani"))
    book.do(plan("s2", 8, 16, "budi"))
    book.do(start("d1", "ani"), actor="ani")
    return book


def test_the_watch_passes_with_the_second_signature(watched):
    offered = watched.later(475).one(offer("h1", "d1"), actor="ani")
    assert (offered.due_at, offered.to_shift_id, offered.to_people) == (START + 8 * HOUR, at("s2"), ("budi",))
    assert watched.state().held_by == "ani"
    started, accepted, ended = watched.later(10).do(accept("h1", "d2"), actor="budi", device="d2")
    assert isinstance(started, DutyStarted)
    assert isinstance(accepted, HandoverAccepted)
    assert isinstance(ended, DutyEnded)
    assert (started.by_handover, ended.by_handover, ended.reason) == (at("h1"), at("h1"), "relieved")
    assert (accepted.offered_by, accepted.expected, accepted.late_ms) == ("ani", True, 5 * MINUTE)
    assert (accepted.same_device, accepted.next_due_at) == (False, START + 16 * HOUR)
    assert (ended.on_duty_after, ended.uncovered) == (1, False)
    watch = watched.state()
    assert (watch.held_by, watch.due_at, watch.offer) == ("budi", START + 16 * HOUR, None)
    assert [post.person for post in watch.on_duty] == ["budi"]
    handover = watched.item("handover", at("h1"))
    assert (handover.state, handover.answered_by, handover.summary.seals_on) == ("accepted", "budi", 12)


def test_nobody_hands_over_to_themselves(watched):
    watched.do(offer("h1", "d1"), actor="ani")
    assert watched.refused(accept("h1", "d2"), actor="ani") == "same_person"
    dispute = ask.DisputeHandover(handover_id=at("h1"), points=("seals",))
    assert watched.refused(dispute, actor="ani") == "same_person"


def test_the_giver_may_stay(watched):
    watched.do(offer("h1", "d1"), actor="ani")
    events = watched.do(accept("h1", "d2", giver_stays=True), actor="budi")
    assert [type(event) for event in events] == [DutyStarted, HandoverAccepted]
    assert [post.person for post in watched.state().on_duty] == ["ani", "budi"]
    assert watched.state().held_by == "budi"


def test_who_was_on_duty_already_takes_over_with_that_duty(watched):
    watched.do(start("d2", "cici"), actor="cici")
    watched.do(offer("h1", "d1"), actor="ani")
    assert watched.refused(accept("h1", "d9"), actor="cici") == "duty_mismatch"
    accepted, ended = watched.do(accept("h1", "d2"), actor="cici")
    assert (accepted.by, accepted.expected, ended.person) == ("cici", False, "ani")


def test_a_giver_who_has_gone_leaves_the_offer_behind(watched):
    watched.do(offer("h1", "d1"), actor="ani")
    assert watched.later(5).one(end("d1"), actor="ani").uncovered
    assert watched.state().offer is not None
    events = watched.later(40).do(accept("h1", "d2"), actor="budi")
    assert [type(event) for event in events] == [DutyStarted, HandoverAccepted]
    assert watched.state().held_by == "budi"


def test_a_disputed_hand_over_leaves_the_watch_where_it_was(watched):
    watched.do(offer("h1", "d1"), actor="ani")
    disputed = watched.one(ask.DisputeHandover(handover_id=at("h1"), points=("seals", "keys")), actor="budi")
    assert disputed.offered_by == "ani"
    assert (watched.state().held_by, watched.state().offer) == ("ani", None)
    assert watched.item("handover", at("h1")).points == ("seals", "keys")
    assert watched.refused(accept("h1", "d2"), actor="budi") == "handover_closed"


def test_only_who_offered_withdraws(watched):
    watched.do(offer("h1", "d1"), actor="ani")
    withdraw = ask.WithdrawHandover(handover_id=at("h1"))
    assert watched.refused(withdraw, actor="budi") == "not_own_offer"
    watched.do(withdraw, actor="ani")
    assert watched.state().offer is None
    assert watched.refused(withdraw, actor="ani") == "handover_closed"


def test_a_new_offer_takes_the_place_of_the_old(watched):
    watched.do(offer("h1", "d1"), actor="ani")
    assert watched.one(offer("h2", "d1"), actor="ani").supersedes == at("h1")
    assert watched.item("handover", at("h1")).state == "superseded"
    assert watched.refused(accept("h1", "d2"), actor="budi") == "handover_closed"
    watched.do(accept("h2", "d2"), actor="budi")


def test_an_accepted_hand_over_may_note_differences(watched):
    watched.do(offer("h1", "d1"), actor="ani")
    watched.do(accept("h1", "d2", differences=("keys",)), actor="budi")
    assert watched.item("handover", at("h1")).points == ("keys",)


def test_one_phone_passed_from_hand_to_hand_is_noticed(watched):
    watched.do(offer("h1", "d1"), actor="ani", device="pos")
    events = watched.do(accept("h1", "d2"), actor="budi", device="pos")
    assert next(event for event in events if isinstance(event, HandoverAccepted)).same_device


@pytest.mark.parametrize(
    ("command", "actor", "code"),
    [
        (offer("h1", "d1"), "ani", "handover_exists"),
        (offer("h2", "d9"), "ani", "duty_unknown"),
        (offer("h2", "d1"), "budi", "not_own_duty"),
        (accept("h9", "d2"), "budi", "handover_unknown"),
        (accept("h1", "d1"), "budi", "duty_exists"),
        (replace(accept("h1", "d2"), duty_id=at("d2", OTHER)), "budi", "key_of_other_place"),
        (ask.DisputeHandover(handover_id=at("h1"), points=()), "budi", "length_out_of_range"),
    ],
)
def test_what_contradicts_the_record_is_refused(watched, command, actor, code):
    watched.do(offer("h1", "d1"), actor="ani")
    assert watched.refused(command, actor=actor) == code


def test_a_hand_over_belongs_to_its_site(watched):
    watched.do(offer("h1", "d1"), actor="ani")
    taken = replace(accept("h1", "d2"), duty_id=at("d2", OTHER))
    assert watched.refused(taken, actor="budi", place=OTHER) == "handover_elsewhere"
