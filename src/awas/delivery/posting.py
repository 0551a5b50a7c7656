"""One POST to a stranger's server: to the address its name was judged by, within a time, nothing kept but the status.

No redirect is followed, no proxy asked. The only way in which webhooks and push messages leave.
"""

import contextlib
import http.client
import socket
import ssl
from collections.abc import Mapping
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from awas.delivery.addresses import resolve
from awas.delivery.failure import DeliveryFailed

PATIENCE_S = 10.0
"""For the whole exchange. A receiver that drips bytes is cut off, or it would hold up everybody else's messages."""

TRY_AGAIN = frozenset({408, 421, 425, 429})
"""Answers of the 4xx that don't mean never."""


def post(url: str, body: bytes, headers: Mapping[str, str], patience_s: float, channel: str) -> int:
    """The status of the answer. Raises `DeliveryFailed` where there is none; `channel` begins the reason."""
    parts = urlsplit(url)
    allow_private = bool(settings.AWAS_WEBHOOK_ALLOW_PRIVATE)
    if parts.scheme != "https" and not allow_private:
        raise DeliveryFailed(f"{channel}.without_tls", permanent=True)
    connection = _connection(parts, allow_private, patience_s, channel)
    cut = Timer(patience_s, connection.cut_off)
    cut.daemon = True
    cut.start()
    try:
        connection.request("POST", _path(parts), body, dict(headers))
        status = connection.getresponse().status
        if connection.was_cut:  # its half of an answer looks whole: a closed line ends the headers
            raise TimeoutError
    except (OSError, ValueError, http.client.HTTPException) as broken:
        reason = "timeout" if connection.was_cut or isinstance(broken, TimeoutError) else _kind(connection, broken)
        raise DeliveryFailed(f"{channel}.{reason}", permanent=False) from None
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


def _connection(parts: SplitResult, allow_private: bool, patience_s: float, channel: str) -> "_Pinned":
    """A connection to the address the name was judged by; TLS still checks the name."""
    try:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise DeliveryFailed(f"{channel}.bad_port", permanent=True) from None
    address = resolve(host, port, allow_private=allow_private, channel=channel)
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
