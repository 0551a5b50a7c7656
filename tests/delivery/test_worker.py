"""The worker: one job's failure is its own, the pulse tells the truth, and it leaves when told."""

import threading
import time

import pytest
from django.db import OperationalError

from awas.config import wiring
from awas.delivery import worker
from awas.delivery.models import WorkerHeartbeat
from awas.delivery.outbox import SENDERS
from awas.delivery.worker import FAREWELL_S, PULSE_MS, Job, Pulse, beat, pause_ms, run
from tests.access.people import NOW


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.mark.django_db
def test_a_job_gets_the_instant_and_leaves_a_pulse():
    seen = []
    assert beat(Job("judgement", 1_000, seen.append), Clock(), Pulse())
    assert seen == [NOW]
    pulse = WorkerHeartbeat.objects.get(job="judgement")
    assert (pulse.beat_at, pulse.succeeded_at, pulse.failure_count, pulse.last_error) == (NOW, NOW, 0, "")


@pytest.mark.django_db
def test_the_pulse_is_written_when_there_is_news(django_assert_num_queries):
    clock, pulse, job = Clock(), Pulse(), Job("notices", 1_000, lambda now: None)
    beat(job, clock, pulse)
    with django_assert_num_queries(0):
        clock.now += PULSE_MS - 1
        beat(job, clock, pulse)
    clock.now += 1
    beat(job, clock, pulse)
    assert WorkerHeartbeat.objects.get().beat_at == NOW + PULSE_MS


def no_closing(monkeypatch):
    # The test's own transaction lives on this connection; a failing job would close it.
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)


@pytest.mark.django_db
def test_a_failure_is_caught_logged_and_told(monkeypatch, caplog):
    no_closing(monkeypatch)
    clock, pulse = Clock(), Pulse()
    works = [False, False, True]

    def sometimes(now: int) -> None:
        if not works.pop(0):
            raise ZeroDivisionError("secret")

    job = Job("checkpoints", 1_000, sometimes)
    assert not beat(job, clock, pulse)
    assert not beat(job, clock, pulse)
    row = WorkerHeartbeat.objects.get()
    assert (row.failure_count, row.last_error, row.succeeded_at) == (1, "ZeroDivisionError", 0)
    assert "checkpoints" in caplog.text
    clock.now += 5
    assert beat(job, clock, pulse)
    row.refresh_from_db()
    assert (row.failure_count, row.last_error, row.succeeded_at) == (0, "", NOW + 5)


def test_a_database_that_fails_ends_no_job(monkeypatch):
    no_closing(monkeypatch)

    class Broken(Pulse):
        def note(self, job, now, error):
            raise OperationalError

    assert not beat(Job("judgement", 1_000, lambda now: None), Clock(), Broken())


@pytest.mark.parametrize(
    ("every", "failures", "pause"),
    [(1_000, 0, 1_000), (1_000, 1, 2_000), (1_000, 5, 32_000), (1_000, 6, 60_000), (1_000, 999, 60_000),
     (300_000, 3, 300_000)],
)  # fmt: skip
def test_failures_are_tried_again_ever_more_slowly(every, failures, pause):
    assert pause_ms(every, failures) == pause


class Silent(Pulse):
    """A pulse that writes nothing: these tests use real threads, which would see another database."""

    def note(self, job, now, error):
        pass


def test_one_jobs_failure_or_slowness_is_its_own_and_all_stop_when_told(monkeypatch):
    monkeypatch.setattr(worker, "Pulse", Silent)
    stop, release = threading.Event(), threading.Event()
    turns = []
    enough = threading.Event()

    def steady(now: int) -> None:
        turns.append(now)
        if len(turns) == 5:
            enough.set()

    def failing(now: int) -> None:
        raise ZeroDivisionError

    def stuck(now: int) -> None:
        release.wait(30)

    jobs = [Job("steady", 1, steady), Job("failing", 1, failing), Job("stuck", 1, stuck)]
    leader = threading.Thread(target=run, args=(stop, Clock(), jobs))
    leader.start()
    assert enough.wait(10)
    began = time.monotonic()
    stop.set()
    leader.join(5)
    took = time.monotonic() - began
    release.set()
    assert not leader.is_alive()
    assert took < FAREWELL_S + 0.5


def test_every_channel_has_a_job_that_sends_on_it():
    sent_on = {channel.value for channels in wiring.SENDING.values() for channel in channels}
    assert sent_on == set(SENDERS)
    assert set(wiring.SENDING) <= {job.name for job in wiring.jobs()}


def test_a_bell_cuts_the_pause_short(monkeypatch):
    monkeypatch.setattr(worker, "Pulse", Silent)
    stop, looked = threading.Event(), threading.Semaphore(0)
    job = Job("bell", 600_000, lambda now: looked.release())
    leader = threading.Thread(target=run, args=(stop, Clock(), [job]))
    leader.start()
    for _ in range(3):
        assert looked.acquire(timeout=10)
        job.bell.set()
    stop.set()
    leader.join(5)
    assert not leader.is_alive()
