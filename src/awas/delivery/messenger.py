"""Telling somebody at a messenger, by SMS or through an office's own gateway: Apprise, in a process of its own.

No such service can tell a repetition. What is known not to have arrived is tried again; where the time ran out or the
line broke after something was sent, the message is "unconfirmed" and only a person may send it again.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from awas.access.services import number_in
from awas.delivery import apprise_child
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import Messenger, OutboxMessage
from awas.delivery.posting import TRY_AGAIN
from awas.delivery.sealing import unseal
from awas.ledger.area import Instant

PATIENCE_S = 20.0
"""For the whole of it, the start of the process included."""


def send_messenger(message: OutboxMessage, now: Instant, patience_s: float | None = None) -> None:
    """Sends to the address once. Raises `DeliveryFailed`."""
    to = Messenger.objects.filter(pk=number_in(message.address, "m") or 0, active=True).first()
    if to is None or (to.person is not None and not to.person.is_active):
        raise DeliveryFailed("messenger.stopped", permanent=True)
    fared = Messenger.objects.filter(pk=to.pk)
    try:
        _sent(run(unseal(to.sealed), message.subject, message.body, patience_s=patience_s or PATIENCE_S))
    except DeliveryFailed as failed:
        fared.update(tried_at=now, failure_count=to.failure_count + 1, last_error=failed.reason)
        raise
    fared.update(tried_at=now, delivered_at=now, failure_count=0, last_error="")


def look_at(url: str) -> dict[str, Any]:
    """What Apprise makes of an address, without sending: {problem, service, targets}. Raises `DeliveryFailed`."""
    return run(url, "", "", check=True)


def run(url: str, title: str, body: str, *, check: bool = False, patience_s: float = PATIENCE_S) -> dict[str, Any]:
    """What the process answered. Raises `DeliveryFailed`, unconfirmed if it had to be ended."""
    asked = {"url": url, "title": title, "body": body, "check": check}
    asked["allow_private"] = bool(settings.AWAS_WEBHOOK_ALLOW_PRIVATE)
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell between
            [sys.executable, "-I", str(Path(apprise_child.__file__))],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience_s,
            check=True,
            env={"HOME": "/nonexistent", "LANG": "C.UTF-8", "PATH": ""},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise DeliveryFailed("messenger.timeout", permanent=False, unconfirmed=not check) from None
    except (subprocess.CalledProcessError, ValueError):
        raise DeliveryFailed("messenger.broke", permanent=False, unconfirmed=not check) from None
    return answer


def _sent(answer: dict[str, Any]) -> None:
    if answer.get("sent"):
        return
    problem, status = answer["problem"], answer.get("status")
    if problem in ("not_understood", "private_address") or (problem == "not_allowed" and status is None):
        raise DeliveryFailed(f"messenger.{problem}", permanent=True)
    if answer.get("lost"):
        raise DeliveryFailed("messenger.no_answer", permanent=False, unconfirmed=True)
    if status is None:
        raise DeliveryFailed("messenger.unreachable", permanent=False)
    if status < 400:  # accepted, but what it said wasn't what the service's code expected
        raise DeliveryFailed(f"messenger.status_{status}", permanent=False, unconfirmed=True)
    # A gateway behind a gateway that gave no answer in time may have had it.
    doubtful = status in (502, 504)
    permanent = status < 500 and status not in TRY_AGAIN
    raise DeliveryFailed(f"messenger.status_{status}", permanent=permanent, unconfirmed=doubtful)
