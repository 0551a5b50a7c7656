"""Whether what must go on by itself goes on: for a monitor outside, and for those who could do something."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override

from awas.access.policy import Role
from awas.config import vitals
from awas.delivery.models import OutboxMessage, WorkerHeartbeat
from awas.ledger.area import MINUTE
from awas.ledger.models import Log
from tests.access.people import NOW, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(settings):
    settings.AWAS_NOW = lambda: NOW
    cache.clear()


def beats(ago: int, failures: int = 0, every_ms: int = 1_000) -> None:
    WorkerHeartbeat.objects.update_or_create(
        job="judgement", defaults={"every_ms": every_ms, "beat_at": NOW - ago, "failure_count": failures}
    )


def ill() -> dict[str, str]:
    return {one.name: one.detail for one in vitals.vitals(NOW) if not one.ok}


def test_all_is_well_while_the_worker_beats():
    beats(5_000)
    assert ill() == {}
    answer = Client().get("/denyut/")
    assert (answer.status_code, answer.json()["ok"], answer["Cache-Control"]) == (200, True, "no-store")


def test_a_stopped_worker_is_seen_within_two_minutes():
    beats(89_000)
    assert ill() == {}
    beats(2 * MINUTE)
    assert ill() == {"worker": "silent: judgement"}
    answer = Client().get("/denyut/")
    assert (answer.status_code, answer.json()["vitals"]["worker"]) == (503, "silent: judgement")


def test_a_job_that_comes_once_a_day_is_not_silent_in_between():
    beats(20 * 60 * MINUTE, every_ms=24 * 60 * MINUTE)
    assert ill() == {}


def test_failing_jobs_waiting_messages_and_logs_are_named_without_saying_whose():
    beats(0, failures=3)
    OutboxMessage.objects.create(
        dedupe_key="k", channel="email", address="p1", subject="x", place="36.02-G1", created_at=NOW - 10 * MINUTE
    )
    Log.objects.create(origin="awas/36.02", size=5, root=b"", frontier=b"", last_recorded_at=NOW - 5 * MINUTE)
    Log.objects.create(origin="awas/36.03", root=b"", frontier=b"", halted_why="wrong leaf")
    found = ill()
    assert found == {
        "worker": "failing: judgement",
        "outbox": "1 messages wait",
        "judge": "1 logs wait to be judged",
        "ledger": "1 logs take no entries",
    }
    said = Client().get("/denyut/").content.decode()
    assert not any(secret in said for secret in ("36.0", "p1", "wrong leaf"))


def test_a_clock_that_was_set_back_is_seen():
    beats(0)
    Log.objects.create(origin="awas/36.02", root=b"", frontier=b"", last_recorded_at=NOW + 10 * MINUTE)
    assert ill() == {"clock": "behind what was recorded"}


@pytest.mark.parametrize(("role", "told"), [(Role.DISTRICT_OFFICER, True), (Role.PARTNER, False)])
def test_a_page_says_so_to_those_who_could_do_something(role, told):
    beats(10 * MINUTE)
    client = Client()
    client.force_login(somebody(role, "36.02"))
    with override("id"):
        said = escape(str(vitals.SHOWN["worker"]))
    page = client.get("/akun/2fa/", follow=True).content.decode()
    assert (said in page) is told
