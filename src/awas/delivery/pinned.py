"""Exchanges with servers that somebody else names: with the very address that was judged, with an end to patience.

What webhooks and push messages send and what is fetched for reading goes through here, so that nobody gets to use this
server as a way into its own network. No redirect is followed, no proxy asked.
"""

import contextlib
import http.client
import socket
import ssl
from collections.abc import Callable
from threading import Timer
from typing import TypeVar
from urllib.parse import SplitResult

from django.conf import settings

from awas.delivery.addresses import resolve
from awas.delivery.failure import DeliveryFailed

Answer = TypeVar("Answer")


def exchange(
    parts: SplitResult, ask: Callable[["Pinned"], Answer], *, patience_s: float, channel: str = "webhook"
) -> Answer:
    """What `ask` makes of a connection to the server behind `parts`, within a time for the whole of it.

    Raises `DeliveryFailed`, its reason beginning with the channel, where there is no whole answer. A receiver that
    drips bytes is cut off.
    """
    connection = _connection_to(parts, patience_s=patience_s, channel=channel)
    cut = Timer(patience_s, connection.cut_off)
    cut.daemon = True
    cut.start()
    try:
        answer = ask(connection)
        if connection.was_cut:  # its half of an answer looks whole: a closed line ends it
            raise TimeoutError
    except (OSError, ValueError, http.client.HTTPException) as broken:
        reason = "timeout" if connection.was_cut or isinstance(broken, TimeoutError) else _kind_of(connection, broken)
        raise DeliveryFailed(f"{channel}.{reason}", permanent=False) from None
    finally:
        cut.cancel()
        connection.close()
    return answer


def path_of(parts: SplitResult) -> str:
    """What is asked of the server."""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _kind_of(connection: "Pinned", broken: Exception) -> str:
    """A word for why there was no answer."""
    if isinstance(broken, ssl.SSLError):
        return "tls"
    return "broken_off" if connection.reached else "unreachable"


def _connection_to(parts: SplitResult, *, patience_s: float, channel: str) -> "Pinned":
    """A connection to the address the name was judged by; TLS still checks the name. Raises `DeliveryFailed`.

    AWAS_WEBHOOK_ALLOW_PRIVATE lets it go to private addresses, and without TLS.
    """
    allow_private = bool(settings.AWAS_WEBHOOK_ALLOW_PRIVATE)
    if parts.scheme != "https" and not allow_private:
        raise DeliveryFailed(f"{channel}.without_tls", permanent=True)
    try:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise DeliveryFailed(f"{channel}.bad_port", permanent=True) from None
    address = resolve(host, port, allow_private=allow_private, channel=channel)
    kind = PinnedTls if parts.scheme == "https" else Pinned
    return kind(host, port, address, patience_s)


class Pinned(http.client.HTTPConnection):
    """Connects to a given address, whatever the name resolves to by now, and can be cut off from another thread."""

    def __init__(self, host: str, port: int, address: str, patience_s: float) -> None:
        super().__init__(host, port, timeout=patience_s)
        self.address = address
        self.reached = self.was_cut = False
        # Kept beside `sock`, which http.client lets go of while the body is still to be read.
        self.line: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self.line = socket.create_connection((self.address, self.port), self.timeout)
        self.reached = True

    def cut_off(self) -> None:
        self.was_cut = True
        if self.line is not None:
            with contextlib.suppress(OSError):
                # The plain socket's own shutdown: TLS state belongs to the thread that is waiting in it.
                socket.socket.shutdown(self.line, socket.SHUT_RDWR)


class PinnedTls(Pinned):
    """The same over TLS, with the certificate checked against the name."""

    default_port = 443

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        # Wrapped first and shaken hands with after, so that `cut_off` reaches a handshake that never ends.
        self.sock = self.line = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()
