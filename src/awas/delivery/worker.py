"""The worker: does its jobs again and again, each in a thread of its own, until it is told to stop.

A slow receiver must not delay the judgement, and one job's failure must not end another: hence a thread each, and here
alone, apart from the outermost door, everything that goes wrong is caught, logged and tried again. What a job was doing
when the process ends is done again by the next one; every job must bear that.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connections

from awas.delivery.models import WorkerHeartbeat
from awas.ledger.area import MINUTE, Instant

log = logging.getLogger(__name__)

PULSE_MS = 10_000
"""A heartbeat is written that often while nothing changes: each write costs a sync of the disk."""

LONGEST_PAUSE_MS = MINUTE
FAREWELL_S = 0.8
"""How long a job may take to finish once told to stop; after that the process leaves it."""


@dataclass(frozen=True)
class Job:
    """What to do (`run` takes the present instant) and how long to wait in between, unless its `bell` is rung."""

    name: str
    every_ms: int
    run: Callable[[Instant], object]
    bell: threading.Event = field(default_factory=threading.Event)


@dataclass
class Pulse:
    """What was last written about a job, so that only news is written."""

    written_at: Instant = -PULSE_MS
    error: str | None = None
    failure_count: int = 0
    succeeded_at: Instant = 0

    def note(self, job: Job, now: Instant, error: str) -> None:
        """Writes the heartbeat if the outcome changed or the last one is old."""
        if error:
            self.failure_count += 1
        else:
            self.failure_count, self.succeeded_at = 0, now
        if error == self.error and 0 <= now - self.written_at < PULSE_MS:
            return
        WorkerHeartbeat.objects.update_or_create(
            job=job.name,
            defaults={
                "every_ms": job.every_ms,
                "beat_at": now,
                "succeeded_at": self.succeeded_at,
                "failure_count": self.failure_count,
                "last_error": error,
            },
        )
        self.written_at, self.error = now, error


def run(stop: threading.Event, clock: Callable[[], Instant], jobs: Sequence[Job]) -> None:
    """Does the jobs until `stop` is set; returns within a second of it. In the main thread, SIGTERM and ^C set it."""
    threads = [
        threading.Thread(target=_keep_doing, args=(job, stop, clock), name=f"job {job.name}", daemon=True)
        for job in jobs
    ]
    with _signals_set(stop):
        for thread in threads:
            thread.start()
        stop.wait()
        for job in jobs:
            job.bell.set()
        leave_at = time.monotonic() + FAREWELL_S
        for thread in threads:
            thread.join(max(0.0, leave_at - time.monotonic()))


def beat(job: Job, clock: Callable[[], Instant], pulse: Pulse) -> bool:
    """Does a job once. True if it succeeded; never raises."""
    error = ""
    try:
        job.run(clock())
    except Exception as failed:
        log.exception("job %s failed", job.name)
        error = type(failed).__name__
    try:
        pulse.note(job, clock(), error)
    except DatabaseError:
        log.warning("the heartbeat of %s couldn't be written", job.name)
        error = error or "DatabaseError"
    if error:
        connections.close_all()  # perhaps the connection was what failed
    return not error


def pause_ms(every_ms: int, failures: int) -> int:
    """How long to wait: the job's own time, doubled with each failure in a row up to a minute."""
    return max(every_ms, min(every_ms << min(failures, 16), LONGEST_PAUSE_MS))


def _keep_doing(job: Job, stop: threading.Event, clock: Callable[[], Instant]) -> None:
    pulse, failures = Pulse(), 0
    try:
        while not stop.is_set():
            job.bell.clear()  # before the work: what is rung for meanwhile is looked at again
            failures = 0 if beat(job, clock, pulse) else failures + 1
            # After a failure the pause is kept, whoever rings: only the end of the worker cuts it short.
            (stop if failures else job.bell).wait(pause_ms(job.every_ms, failures) / 1000)
    finally:
        connections.close_all()


@contextmanager
def _signals_set(stop: threading.Event) -> Iterator[None]:
    """Lets the signals that end a program set `stop` meanwhile; only the main thread may ask for signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(_number: int, _frame: Any) -> None:
        stop.set()

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
