"""Telling a phone or a browser: web push (RFC 8030), encrypted for it alone (RFC 8291, RFC 8188).

The push service in between is a stranger: it sees when and how much, never what. What is sent is a title, a level and
an address on this server. A message that comes twice replaces itself, on the service by its topic and on the phone by
its tag, so that trying again is safe.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from awas.access.services import number_in
from awas.chance import salt
from awas.delivery.failure import DeliveryFailed
from awas.delivery.links import open_url
from awas.delivery.models import OutboxMessage, PushSubscription
from awas.delivery.posting import PATIENCE_S, TRY_AGAIN, post
from awas.delivery.sealing import seal, unseal
from awas.delivery.vapid import authorization, b64
from awas.ledger.area import Instant

TTL_S = 12 * 3600
"""How long the push service keeps it for a phone that is off. A watch later it is history."""

RECORD_SIZE = 4096
GONE = frozenset({404, 410})


class Browser(NamedTuple):
    """What a browser gives when it is let in: `public` is its P-256 point (65 bytes), `secret` its 16 bytes."""

    endpoint: str
    public: bytes
    secret: bytes


def browser_of(endpoint: str, p256dh: str, auth: str) -> Browser:
    """From a browser's own base64url. Raises `ValueError` for keys that are none."""
    public, secret = _raw(p256dh), _raw(auth)
    EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public)
    if len(public) != 65 or len(secret) != 16:
        raise ValueError("not the keys of a browser")
    return Browser(endpoint, public, secret)


def sealed_browser(browser: Browser) -> str:
    """For the table."""
    return seal(json.dumps([browser.endpoint, b64(browser.public), b64(browser.secret)]))


def endpoint_digest(endpoint: str) -> str:
    """By which a browser is known again without opening what is sealed."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def send_push(message: OutboxMessage, now: Instant) -> None:
    """To every browser that the person let in; arrived where one took it. Raises `DeliveryFailed`."""
    body = json.dumps(
        {"title": message.subject, "level": message.level, "link": open_url(message), "tag": message.message_id},
        ensure_ascii=False,
    ).encode()
    mine = PushSubscription.objects.filter(person_id=number_in(message.address, "p") or 0, person__is_active=True)
    failures = []
    subscriptions = list(mine.filter(device__revoked_at=None).order_by("pk"))
    for one in subscriptions:
        try:
            _send(one, body, message, now)
        except DeliveryFailed as failed:
            failures.append(failed)
            if failed.reason in _GONE_REASONS:
                one.delete()
            else:
                PushSubscription.objects.filter(pk=one.pk).update(
                    tried_at=now, failure_count=one.failure_count + 1, last_error=failed.reason
                )
        else:
            PushSubscription.objects.filter(pk=one.pk).update(
                tried_at=now, delivered_at=now, failure_count=0, last_error=""
            )
    if not subscriptions:
        raise DeliveryFailed("push.no_phone", permanent=True)
    if len(failures) == len(subscriptions):
        # One that may yet come is worth another try; the others are asked again too, which harms nothing.
        raise next((one for one in failures if not one.permanent), failures[0])


_GONE_REASONS = frozenset({f"push.status_{status}" for status in GONE})


def _send(one: PushSubscription, body: bytes, message: OutboxMessage, now: Instant) -> None:
    browser = Browser(*_opened(one.sealed))
    headers = {
        "Authorization": authorization(browser.endpoint, now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_S),
        "Urgency": "high" if message.level in ("awas", "siaga") else "normal",
        "Topic": message.message_id.removeprefix("msg_"),
        "User-Agent": "Awas",
    }
    status = post(browser.endpoint, encrypted(browser, body), headers, PATIENCE_S, "push")
    if not 200 <= status < 300:
        raise DeliveryFailed(f"push.status_{status}", permanent=300 <= status < 500 and status not in TRY_AGAIN)


def encrypted(
    browser: Browser,
    plain: bytes,
    *,
    draw: Callable[[], bytes] = salt,
    own: EllipticCurvePrivateKey | None = None,
) -> bytes:
    """RFC 8291 in one record of RFC 8188. `draw` gives ≥ 16 random bytes, `own` a key for this message alone."""
    if len(plain) > RECORD_SIZE - 17 - 86:
        raise DeliveryFailed("push.too_long", permanent=True)
    own = own or generate_private_key(SECP256R1())
    ours = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), browser.public))
    material = HKDF(SHA256(), 32, browser.secret, b"WebPush: info\0" + browser.public + ours).derive(shared)
    grain = draw()[:16]
    key = HKDF(SHA256(), 16, grain, b"Content-Encoding: aes128gcm\0").derive(material)
    nonce = HKDF(SHA256(), 12, grain, b"Content-Encoding: nonce\0").derive(material)
    header = grain + RECORD_SIZE.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, plain + b"\x02", None)  # 2 ends the last record


def is_endpoint(url: str) -> bool:
    """Whether it looks like a push service's address; where it leads is judged at every sending."""
    schemes = ("https://", "http://") if settings.AWAS_WEBHOOK_ALLOW_PRIVATE else ("https://",)
    return url.startswith(schemes) and len(url) <= 1000 and url.isascii() and url.isprintable() and " " not in url


def _opened(sealed: str) -> tuple[str, bytes, bytes]:
    endpoint, public, secret = json.loads(unseal(sealed))
    return endpoint, _raw(public), _raw(secret)


def _raw(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as bad:
        raise ValueError("not base64url") from bad
