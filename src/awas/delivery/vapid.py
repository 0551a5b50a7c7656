"""Who sends: this installation's own key for web push, and the token it signs (VAPID, RFC 8292).

The key lies among the installation's other keys, readable by its owner alone. Browsers tie a subscription to it: losing
it means that every phone has to be let in again.
"""

import base64
import contextlib
import json
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.conf import settings

from awas.delivery.failure import DeliveryFailed
from awas.ledger.area import HOUR, Instant
from awas.ledger.keys import KeyUnusable, keep_once, private_key_in, read_privately

FILE = "push.p256.pem"
VALID_MS = 12 * HOUR
"""Half of what the standard allows at most."""


def b64(raw: bytes) -> str:
    """base64url without padding, as web push writes bytes."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def public_key() -> str:
    """The key that browsers are given with a subscription: an uncompressed P-256 point in base64url."""
    return b64(_point(_key(Path(settings.KEYS_ROOT) / FILE)))


def authorization(endpoint: str, now: Instant) -> str:
    """The header that says who sends, good for this push service alone. `now` is the real clock's."""
    parts = urlsplit(endpoint)
    key = _key(Path(settings.KEYS_ROOT) / FILE)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": (now + VALID_MS) // 1000, "sub": _contact()}
    signed = ".".join(b64(json.dumps(part, separators=(",", ":")).encode()) for part in (_HEADER, claims))
    r, s = decode_dss_signature(key.sign(signed.encode(), ECDSA(SHA256())))
    token = f"{signed}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={token}, k={b64(_point(key))}"


_HEADER = {"typ": "JWT", "alg": "ES256"}


def _contact() -> str:
    if settings.AWAS_URL.startswith("https://"):
        return str(settings.AWAS_URL)
    return f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}"


def _point(key: EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@lru_cache(maxsize=4)
def _key(file: Path) -> EllipticCurvePrivateKey:
    """The key, made now if there is none. Raises `DeliveryFailed` for one that others can read or that is none."""
    try:
        key = private_key_in(file, read_privately(file if file.exists() else _made(file)))
    except KeyUnusable:
        raise DeliveryFailed("push.key_unusable", permanent=False) from None
    if not isinstance(key, EllipticCurvePrivateKey):
        raise DeliveryFailed("push.key_unusable", permanent=False)
    return key


def _made(file: Path) -> Path:
    body = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with contextlib.suppress(KeyUnusable):  # another process was faster, or reading says what is wrong
        keep_once(file, body)
    return file
