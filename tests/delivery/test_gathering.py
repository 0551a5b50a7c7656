"""Thirty messages never become thirty buzzes: the outbox brings together what `grouping` plans."""

import random

import pytest

from awas.access.policy import Role
from awas.delivery import services
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.gathering import gather
from awas.delivery.models import MessageKind, MessageState, NoticeDecision, OutboxMessage
from awas.delivery.outbox import deliver_due, drafted, enqueue
from tests.access.people import NOW, somebody
from tests.delivery.soak import soaked
from tests.delivery.steps import fired

pytestmark = pytest.mark.django_db
SECOND, MINUTE = 1_000, 60_000


class Post:
    """Keeps what it sent; fails while told to."""

    def __init__(self) -> None:
        self.sent: list[OutboxMessage] = []
        self.failing: DeliveryFailed | None = None

    def __call__(self, message: OutboxMessage, now: int) -> None:
        if self.failing:
            raise self.failing
        self.sent.append(message)

    def deliver(self, now: int):
        return deliver_due(now, senders={"email": self}, compose=services.compose, chance=lambda: 1.0)


@pytest.fixture
def officer():
    made = somebody(Role.DISTRICT_OFFICER)
    made.email = "dewi@example.org"
    made.save()
    return made


def storm(count: int, level: str = "siaga") -> None:
    services.tell([fired(level, warning=f"w{number}", at=NOW + number) for number in range(count)])


def test_thirty_at_once_are_one_letter_that_names_them_all(officer):
    storm(30)
    post = Post()
    post.deliver(NOW)
    assert post.sent == []
    post.deliver(NOW + 20 * SECOND)
    (letter,) = post.sent
    assert letter.kind == MessageKind.DIGEST
    assert letter.subject == "[SIAGA] 30 peringatan di Gudang Contoh: Kiriman tanpa pemberitahuan"
    assert letter.body.count("[SIAGA] Kiriman tanpa pemberitahuan") == 30
    assert f"https://awas.example/pesan/buka/{letter.message_id}/" in letter.body
    carried = OutboxMessage.objects.filter(carried_by=letter)
    assert carried.count() == 30
    assert set(carried.values_list("state", flat=True)) == {MessageState.COMBINED}


def test_a_single_one_goes_as_it_is(officer):
    storm(1)
    post = Post()
    post.deliver(NOW)
    post.deliver(NOW + 20 * SECOND)
    assert [one.kind for one in post.sent] == [MessageKind.NOTICE]


def test_the_first_awas_goes_at_once_and_the_rest_together(officer):
    storm(1, "awas")
    post = Post()
    post.deliver(NOW)
    storm(12, "awas")
    services.tell([fired("awas", warning=f"x{number}", at=NOW) for number in range(12)])
    for second in range(1, 121):
        post.deliver(NOW + second * SECOND)
    assert [one.kind for one in post.sent] == [MessageKind.NOTICE, MessageKind.DIGEST]
    assert post.sent[1].carries.count() == 23


def test_every_decision_leads_to_what_carried_it(officer):
    storm(5)
    post = Post()
    post.deliver(NOW)
    post.deliver(NOW + 20 * SECOND)
    for decision in NoticeDecision.objects.filter(channel="email", told=True):
        one = OutboxMessage.objects.get(
            log=decision.log, index=decision.index, address=decision.address, channel=decision.channel
        )
        assert one.carried_by_id == post.sent[0].pk
    results = {row["result"] for row in services.told_of("w3") if str(row["channel"]) in ("e-mail", "surel")}
    assert results == {"bersama yang lain: diterima gerbang pengirim"}


def test_a_letter_that_failed_is_tried_again_and_what_came_after_waits_behind_it(officer):
    storm(3)
    post = Post()
    post.deliver(NOW)
    post.failing = DeliveryFailed("busy", permanent=False)
    assert post.deliver(NOW + 20 * SECOND).postponed == 1
    services.tell([fired("siaga", warning="later", at=NOW)])
    post.failing = None
    post.deliver(NOW + 21 * SECOND)
    assert post.sent == []
    for second in range(22, 700):
        post.deliver(NOW + second * SECOND)
    assert [one.kind for one in post.sent] == [MessageKind.DIGEST, MessageKind.NOTICE]
    assert post.sent[1].warning == "later"


def test_two_workers_at_once_send_it_once(officer):
    storm(2)
    first = OutboxMessage.objects.filter(channel="email").first()
    OutboxMessage.objects.filter(channel="email").update(due_at=NOW)
    one = gather(first, NOW, services.compose)
    assert gather(first, NOW, services.compose) is None
    assert one is not None and one.carries.count() == 2


def test_what_is_no_notice_waits_for_nothing():
    enqueue([drafted(channel=Channel.EMAIL, address="p1", dedupe_key="t", now=NOW, kind=MessageKind.TEST)])
    post = Post()
    assert post.deliver(NOW).sent == 1


def test_a_reminder_waits_for_the_end_of_quiet_hours():
    made = drafted(
        channel=Channel.EMAIL, address="p1", dedupe_key="r", now=NOW, kind=MessageKind.REMINDER, hold_ms=MINUTE
    )
    enqueue([made])
    post = Post()
    assert post.deliver(NOW).sent == 0
    assert post.deliver(NOW + MINUTE - 1).sent == 0
    assert post.deliver(NOW + MINUTE).sent == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_night_of_warnings_with_senders_that_fail_at_random_loses_nothing(seed):
    """The soak; `python -m benchmarks.soak` does it with ten thousand."""
    found = soaked(warnings=250, chance=random.Random(seed))
    assert found["lost"] == found["twice"] == found["out_of_order"] == 0
    assert found["delivered"] == found["notices"]
    assert found["buzzes"] < found["notices"] / 3
