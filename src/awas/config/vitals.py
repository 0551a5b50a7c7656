"""The pulse of Awas itself: whether what must go on by itself goes on. For one address that a monitor polls, and for a
line on every page of those who could do something about it.

Cheap enough to be asked every few seconds. Must never fail: it is asked when something is wrong.
"""

import shutil
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.db.models import F, Max, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from awas import clock
from awas.access.policy import Permission
from awas.access.require import allows, public
from awas.delivery.models import MessageState, OutboxMessage, WorkerHeartbeat
from awas.ledger.area import MINUTE, Instant
from awas.ledger.models import Log
from awas.warnings.models import Judgement

SILENT_AFTER = 90_000
"""Milliseconds without a beat of a job: a stopped worker is seen within two minutes."""
WAITS_TOO_LONG = 5 * MINUTE
BEHIND_AFTER = MINUTE
CLOCK_TOLERANCE = MINUTE
LEAST_FREE_BYTES = 500 * 1024 * 1024
KEPT_S = 5
NOT_YET = "has not run yet"
SHOWN = {
    "worker": _("The worker stands still: nothing that waits for time is judged, nobody is told. Restart it."),
    "judge": _("Entries wait to be judged. Look at the worker."),
    "outbox": _("Messages wait to be sent. Look at the worker and the channels."),
    "disk": _("The disk is nearly full. Make room before entries are lost."),
    "clock": _("The server's clock is wrong: set it before anything more is recorded."),
}
"""What a page says; the rest either shows by itself or has a line of its own."""


class Vital(NamedTuple):
    """One thing that must go on. `detail` names no place, person or address."""

    name: str
    ok: bool
    detail: str = ""


def vitals(now: Instant) -> list[Vital]:
    """Everything, by the installation's own clock."""
    found = []
    for look in (_database, _disk, _worker, _outbox, _judge, _ledger, _clock):
        try:
            found += list(look(now))
        except (Error, OSError) as failed:
            found.append(Vital(look.__name__.strip("_"), False, type(failed).__name__))
    return found


def _database(now: Instant) -> Iterator[Vital]:
    connection.ensure_connection()
    yield Vital("database", True)


def _disk(now: Instant) -> Iterator[Vital]:
    free = shutil.disk_usage(settings.HOME).free
    yield Vital("disk", free > LEAST_FREE_BYTES, f"{free // (1024 * 1024)} MB free")


def _worker(now: Instant) -> Iterator[Vital]:
    beats = list(WorkerHeartbeat.objects.order_by("job"))
    silent = [one.job for one in beats if now - one.beat_at > SILENT_AFTER + one.every_ms]
    failing = [one.job for one in beats if one.failure_count]
    said = [f"silent: {', '.join(silent)}"] * bool(silent) + [f"failing: {', '.join(failing)}"] * bool(failing)
    yield Vital("worker", bool(beats) and not said, "; ".join(said) or ("" if beats else NOT_YET))


def _outbox(now: Instant) -> Iterator[Vital]:
    # Retries are due by the time of the world outside, which a demo doesn't speed up.
    late = Q(due_at__gt=0, due_at__lt=clock.real_now() - WAITS_TOO_LONG) | Q(
        due_at=0, created_at__lt=now - WAITS_TOO_LONG
    )
    waiting = OutboxMessage.objects.filter(late, state=MessageState.WAITING).count()
    yield Vital("outbox", not waiting, f"{waiting} messages wait" if waiting else "")


def _judge(now: Instant) -> Iterator[Vital]:
    judged = dict(Judgement.objects.values_list("log", "position"))
    behind = [
        one.origin
        for one in Log.objects.filter(halted_why="", last_recorded_at__lt=now - BEHIND_AFTER)
        if judged.get(one.origin, 0) < one.size
    ]
    yield Vital("judge", not behind, f"{len(behind)} logs wait to be judged" if behind else "")


def _ledger(now: Instant) -> Iterator[Vital]:
    stopped = Log.objects.exclude(halted_why="").count()
    yield Vital("ledger", not stopped, f"{stopped} logs take no entries" if stopped else "")


def _clock(now: Instant) -> Iterator[Vital]:
    latest = Log.objects.aggregate(at=Max(F("last_recorded_at")))["at"] or 0
    yield Vital("clock", latest <= now + CLOCK_TOLERANCE, "behind what was recorded" if latest > now else "")


def pulse_now() -> list[Vital]:
    """The same, asked at most every few seconds."""
    found: list[Vital] | None = cache.get("vitals")
    if found is None:
        found = vitals(settings.AWAS_NOW())
        cache.set("vitals", found, KEPT_S)
    return found


@public
def pulse(request: HttpRequest) -> HttpResponse:
    """For a monitor outside: 200 while everything goes on, 503 with the names of what doesn't."""
    found = pulse_now()
    well = all(one.ok for one in found)
    answer = JsonResponse(
        {"ok": well, "vitals": {one.name: one.detail if not one.ok else "ok" for one in found}},
        status=200 if well else 503,
    )
    answer["Cache-Control"] = "no-store"
    return answer


class Ailing:
    """What every page says to those who could do something: read by base.html, computed when it asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __iter__(self) -> Iterator[Any]:
        if not self._may_mend():
            return iter(())
        ill = (one for one in pulse_now() if not one.ok and one.detail != NOT_YET)
        return (SHOWN[one.name] for one in ill if one.name in SHOWN)

    def _may_mend(self) -> bool:
        if not getattr(self._request, "user", None):
            return False
        wanted = (Permission.HANDLE_WARNING, Permission.MANAGE_PEOPLE)
        return any(allows(self._request, one, None) for one in wanted)


def ailing(request: HttpRequest) -> dict[str, Ailing]:
    """Context processor."""
    return {"ailing": Ailing(request)}
