"""Telling another system: a signed POST of a CloudEvents envelope, in the manner of Standard Webhooks.

Headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` (`v1,` and the base64 HMAC-SHA256 of
"id.timestamp.body"), so that a receiver can check with a library it already has. No redirect is followed, no proxy
asked, nothing of the answer kept but its status.
"""

import base64
import binascii
import contextlib
import hashlib
import hmac
import http.client
import socket
import ssl
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from awas.access.services import number_in
from awas.delivery.addresses import resolve
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import OutboxMessage, Webhook
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
    allow_private = bool(settings.AWAS_WEBHOOK_ALLOW_PRIVATE)
    if parts.scheme != "https" and not allow_private:
        raise DeliveryFailed("webhook.without_tls", permanent=True)
    connection = _connection(parts, allow_private=allow_private, patience_s=patience_s)
    cut = Timer(patience_s, connection.cut_off)
    cut.daemon = True
    cut.start()
    try:
        connection.request("POST", _path(parts), body, headers)
        status = connection.getresponse().status
        if connection.was_cut:  # its half of an answer looks whole: a closed line ends the headers
            raise TimeoutError
    except (OSError, ValueError, http.client.HTTPException) as broken:
        reason = "timeout" if connection.was_cut or isinstance(broken, TimeoutError) else _kind(connection, broken)
        raise DeliveryFailed(f"webhook.{reason}", permanent=False) from None
    finally:
        cut.cancel()
        connection.close()
    return status


def _kind(connection: "_Pinned", broken: Exception) -> str:
    if isinstance(broken, ssl.SSLError):
        return "tls"
    return "broken_off" if connection.reached else "unreachable"


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _connection(parts: SplitResult, *, allow_private: bool, patience_s: float) -> "_Pinned":
    """A connection to the address the name was judged by; TLS still checks the name."""
    try:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise DeliveryFailed("webhook.bad_port", permanent=True) from None
    address = resolve(host, port, allow_private=allow_private)
    kind = _PinnedTls if parts.scheme == "https" else _Pinned
    return kind(host, port, address, patience_s)


class _Pinned(http.client.HTTPConnection):
    """Connects to a given address, whatever the name resolves to by now, and can be cut off from another thread."""

    def __init__(self, host: str, port: int, address: str, patience_s: float) -> None:
        super().__init__(host, port, timeout=patience_s)
        self.address = address
        self.reached = self.was_cut = False

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        self.reached = True

    def cut_off(self) -> None:
        self.was_cut = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                # The plain socket's own shutdown: TLS state belongs to the thread that is waiting in it.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _PinnedTls(_Pinned):
    """The same over TLS, with the certificate checked against the name."""

    default_port = 443

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        # Wrapped first and shaken hands with after, so that `cut_off` reaches a handshake that never ends.
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def sign(secret: str, message_id: str, seconds: str, body: bytes) -> str:
    """`v1,` and the signature. `secret` is `whsec_` and base64, or any text."""
    key = secret.removeprefix("whsec_")
    try:
        raw = base64.b64decode(key, validate=True) if key != secret else secret.encode()
    except binascii.Error:
        raw = secret.encode()
    signed = b".".join((message_id.encode(), seconds.encode(), body))
    return "v1," + base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode("ascii")
