"""Telling another system: a signed POST of a CloudEvents envelope, in the manner of Standard Webhooks.

Headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` (`v1,` and the base64 HMAC-SHA256 of
"id.timestamp.body"), so that a receiver can check with a library it already has. No redirect is followed, no proxy
asked, nothing of the answer kept but its status.
"""

import base64
import binascii
import hashlib
import hmac
import http.client
from threading import Timer
from urllib.parse import urlsplit

from awas.access.services import number_in
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import OutboxMessage, Webhook
from awas.delivery.pinned import connection_to, kind_of, path_of
from awas.ledger.area import Instant

PATIENCE_S = 10.0
"""For the whole exchange. A receiver that drips bytes is cut off, or it would hold up everybody else's messages."""

_TRY_AGAIN = frozenset({408, 421, 425, 429})


def send_webhook(message: OutboxMessage, now: Instant, patience_s: float | None = None) -> None:
    """Posts the payload once. Raises `DeliveryFailed`, permanent for an answer of 3xx or 4xx (not 429 and its kin)."""
    hook = Webhook.objects.filter(pk=number_in(message.address, "w") or 0, active=True).first()
    if hook is None:
        raise DeliveryFailed("webhook.stopped", permanent=True)
    body = message.payload.encode()
    status = _post(hook.url, body, headers_for(message.message_id, now, body, hook.secret), patience_s or PATIENCE_S)
    if 200 <= status < 300:
        return
    permanent = 300 <= status < 500 and status not in _TRY_AGAIN
    raise DeliveryFailed(f"webhook.status_{status}", permanent=permanent)


def headers_for(message_id: str, now: Instant, body: bytes, secret: str) -> dict[str, str]:
    """The headers of one delivery."""
    seconds = str(now // 1000)
    return {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "User-Agent": "Awas",
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": sign(secret, message_id, seconds, body),
    }


def _post(url: str, body: bytes, headers: dict[str, str], patience_s: float) -> int:
    """The status of the answer. Raises `DeliveryFailed` where there is none."""
    parts = urlsplit(url)
    connection = connection_to(parts, patience_s=patience_s)
    cut = Timer(patience_s, connection.cut_off)
    cut.daemon = True
    cut.start()
    try:
        connection.request("POST", path_of(parts), body, headers)
        status = connection.getresponse().status
        if connection.was_cut:  # its half of an answer looks whole: a closed line ends the headers
            raise TimeoutError
    except (OSError, ValueError, http.client.HTTPException) as broken:
        reason = "timeout" if connection.was_cut or isinstance(broken, TimeoutError) else kind_of(connection, broken)
        raise DeliveryFailed(f"webhook.{reason}", permanent=False) from None
    finally:
        cut.cancel()
        connection.close()
    return status


def sign(secret: str, message_id: str, seconds: str, body: bytes) -> str:
    """`v1,` and the signature. `secret` is `whsec_` and base64, or any text."""
    key = secret.removeprefix("whsec_")
    try:
        raw = base64.b64decode(key, validate=True) if key != secret else secret.encode()
    except binascii.Error:
        raw = secret.encode()
    signed = b".".join((message_id.encode(), seconds.encode(), body))
    return "v1," + base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode("ascii")
