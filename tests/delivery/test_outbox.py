"""The outbox: at least once, never in a crowd, and one dead receiver holds up nobody else."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from awas.delivery import outbox
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import MessageState, OutboxMessage
from awas.delivery.outbox import LEASE_MS, MOST_ATTEMPTS, deliver_due, drafted, enqueue, retry_delay
from tests.access.people import NOW

SECOND = 1_000


def put(key: str, address: str = "p1", channel: Channel = Channel.EMAIL) -> OutboxMessage:
    enqueue([drafted(channel=channel, address=address, dedupe_key=key, now=NOW, subject=key)])
    return OutboxMessage.objects.get(dedupe_key=key)


class Post:
    """A sender that keeps what it sent and fails as told, per address."""

    def __init__(self, **failing: DeliveryFailed) -> None:
        self.failing = failing
        self.sent: list[str] = []
        self.tried: list[str] = []

    def __call__(self, message: OutboxMessage, now: int) -> None:
        self.tried.append(message.dedupe_key)
        if failed := self.failing.get(message.address):
            raise failed
        self.sent.append(message.dedupe_key)

    def deliver(self, now: int, limit: int = 50, **how) -> outbox.Tally:
        return deliver_due(now, limit, senders={"email": self, "webhook": self}, chance=lambda: 1.0, **how)


BUSY = DeliveryFailed("busy", permanent=False)
NEVER = DeliveryFailed("never", permanent=True)

pytestmark = pytest.mark.django_db


def test_what_is_due_is_sent_once_oldest_first():
    for key in "abc":
        put(key)
    post = Post()
    assert post.deliver(NOW).sent == 3
    assert post.deliver(NOW).sent == 0
    assert post.sent == ["a", "b", "c"]
    assert set(OutboxMessage.objects.values_list("state", "sent_at")) == {(MessageState.SENT, NOW)}


def test_the_same_message_is_put_in_once():
    put("a")
    put("a")
    assert OutboxMessage.objects.count() == 1


def test_a_message_for_the_screen_is_never_sent():
    assert put("a", channel=Channel.SCREEN).state == MessageState.SENT
    post = Post()
    post.deliver(NOW)
    assert post.tried == []


def test_a_transient_failure_comes_back_later_and_later_and_ends():
    message, post = put("a"), Post(p1=BUSY)
    now, delays = NOW, []
    for _ in range(MOST_ATTEMPTS):
        post.deliver(now)
        message.refresh_from_db()
        if message.state == MessageState.WAITING:
            delays.append((message.due_at - now) // SECOND)
            assert post.deliver(message.due_at - 1).postponed == 0
            now = message.due_at
    assert delays == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]
    assert (message.state, message.last_error, message.attempts) == (MessageState.FAILED, "busy", MOST_ATTEMPTS)


def test_a_permanent_failure_is_given_up_at_once():
    message = put("a")
    tally = Post(p1=NEVER).deliver(NOW)
    message.refresh_from_db()
    assert (tally.failed, message.state, message.last_error, message.failed_at) == (1, "failed", "never", NOW)


def test_a_dead_receiver_is_tried_once_a_round_and_the_others_are_served():
    for key in "abc":
        put(f"dead {key}", "w1", Channel.WEBHOOK)
    put("alive", "w2", Channel.WEBHOOK)
    post = Post(w1=BUSY)
    post.deliver(NOW)
    post.deliver(NOW + SECOND)
    assert post.tried == ["dead a", "alive"]
    post.failing.clear()
    post.deliver(NOW + 5 * SECOND)
    assert sorted(post.sent) == ["alive", "dead a", "dead b", "dead c"]


def test_two_workers_never_take_the_same_row():
    message = put("a")
    mine, theirs = OutboxMessage.objects.get(), OutboxMessage.objects.get()
    assert outbox._claim(mine, NOW)
    assert not outbox._claim(theirs, NOW)
    message.refresh_from_db()
    assert message.attempts == 1


def test_a_worker_that_died_while_sending_is_followed_by_another():
    put("a")
    assert outbox._claim(OutboxMessage.objects.get(), NOW)
    post = Post()
    assert post.deliver(NOW + LEASE_MS - 1).sent == 0
    assert post.deliver(NOW + LEASE_MS).sent == 1


def test_an_answer_after_the_lease_doesnt_undo_what_the_next_worker_did():
    put("a")
    slow = OutboxMessage.objects.get()
    outbox._claim(slow, NOW)
    Post().deliver(NOW + LEASE_MS)
    outbox._failed(slow, NEVER, NOW + LEASE_MS + 1, lambda: 1.0, outbox.Tally())
    assert OutboxMessage.objects.get().state == MessageState.SENT


def test_a_sender_with_a_fault_doesnt_hold_up_the_queue_for_ever():
    put("a", "p1")
    put("b", "p2")

    def faulty(message: OutboxMessage, now: int) -> None:
        if message.address == "p1":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deliver_due(NOW, senders={"email": faulty}, chance=lambda: 1.0)
    assert deliver_due(NOW, senders={"email": faulty}, chance=lambda: 1.0).sent == 1
    for turn in range(1, MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            deliver_due(NOW + turn * LEASE_MS, senders={"email": faulty}, chance=lambda: 1.0)
    assert deliver_due(NOW + MOST_ATTEMPTS * LEASE_MS, senders={"email": faulty}, chance=lambda: 1.0).failed == 1
    given_up = OutboxMessage.objects.get(dedupe_key="a")
    assert (given_up.state, given_up.last_error) == (MessageState.FAILED, "gave_up")


def test_it_stops_between_messages_when_told_to():
    for key in "abc":
        put(key)
    post = Post()
    answers = iter([False, True])
    post.deliver(NOW, stopping=lambda: next(answers))
    assert post.sent == ["a"]


def test_a_round_is_bounded():
    for key in "abcd":
        put(key)
    assert Post().deliver(NOW, 3).sent == 3


def test_the_waiting_are_found_by_index():
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            pytest.skip("the plan is read in SQLite's words")
        query = str(
            OutboxMessage.objects.filter(state="waiting", due_at__lte=NOW).order_by("due_at", "id").only("id").query
        )
        cursor.execute("EXPLAIN QUERY PLAN " + query.replace("= waiting", "= 'waiting'"))
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "outbox_waiting" in plan
    assert "TEMP B-TREE" not in plan


@given(st.integers(1, 40), st.floats(0, 1, exclude_max=True))
def test_delays_are_bounded_and_spread(attempts, chance):
    full = min(5_000 * 2 ** (attempts - 1), 3_600_000)
    assert full / 2 <= retry_delay(attempts, lambda: chance) <= full


def test_a_worker_that_died_at_a_messenger_leaves_a_maybe_and_elsewhere_a_second_try():
    told = put("told", "m1", Channel.MESSENGER)
    mail = put("mail")
    OutboxMessage.objects.update(attempts=1, due_at=NOW)  # claimed, and never settled
    post = Post()
    tally = deliver_due(NOW, senders=dict.fromkeys(("email", "messenger"), post), chance=lambda: 1.0)
    assert (post.sent, tally.unconfirmed) == (["mail"], 1)
    told.refresh_from_db()
    assert (told.state, told.last_error) == (MessageState.UNCONFIRMED, "unfinished")
    assert OutboxMessage.objects.get(pk=mail.pk).state == MessageState.SENT


def test_after_a_failure_that_was_settled_a_messenger_is_tried_again():
    put("told", "m1", Channel.MESSENGER)
    post = Post(m1=BUSY)
    senders = {"messenger": post}
    deliver_due(NOW, senders=senders, chance=lambda: 1.0)
    post.failing.clear()
    assert deliver_due(NOW + 5 * SECOND, senders=senders, chance=lambda: 1.0).sent == 1
