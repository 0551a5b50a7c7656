"""Telling another system: a signed POST of a CloudEvents envelope, in the manner of Standard Webhooks.

Headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` (`v1,` and the base64 HMAC-SHA256 of
"id.timestamp.body"), so that a receiver can check with a library it already has. No redirect is followed, no proxy
asked, nothing of the answer kept but its status.
"""

import base64
import binascii
import hashlib
import hmac

from awas.access.services import number_in
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import OutboxMessage, Webhook
from awas.delivery.posting import PATIENCE_S, TRY_AGAIN, post
from awas.ledger.area import Instant


def send_webhook(message: OutboxMessage, now: Instant, patience_s: float | None = None) -> None:
    """Posts the payload once. Raises `DeliveryFailed`, permanent for an answer of 3xx or 4xx (not 429 and its kin)."""
    hook = Webhook.objects.filter(pk=number_in(message.address, "w") or 0, active=True).first()
    if hook is None:
        raise DeliveryFailed("webhook.stopped", permanent=True)
    body = message.payload.encode()
    headers = headers_for(message.message_id, now, body, hook.secret)
    status = post(hook.url, body, headers, patience_s or PATIENCE_S, "webhook")
    if 200 <= status < 300:
        return
    permanent = 300 <= status < 500 and status not in TRY_AGAIN
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


def sign(secret: str, message_id: str, seconds: str, body: bytes) -> str:
    """`v1,` and the signature. `secret` is `whsec_` and base64, or any text."""
    key = secret.removeprefix("whsec_")
    try:
        raw = base64.b64decode(key, validate=True) if key != secret else secret.encode()
    except binascii.Error:
        raw = secret.encode()
    signed = b".".join((message_id.encode(), seconds.encode(), body))
    return "v1," + base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode("ascii")
