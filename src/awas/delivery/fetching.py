"""Fetching a document that others publish: https only, public addresses only, no redirects, with limits.

The same care as for webhooks (`pinned`, `addresses`): whoever may name an address here must not reach the inside with
it, and a sender that drips, or sends without end, holds nothing up.
"""

import http.client
from urllib.parse import urlsplit

from awas.delivery.failure import DeliveryFailed
from awas.delivery.pinned import Pinned, exchange, path_of

PATIENCE_S = 15.0
CHUNK = 64 * 1024


def fetch(url: str, most_bytes: int, patience_s: float = PATIENCE_S) -> bytes:
    """The body behind an address, at most so many bytes of it. Raises `DeliveryFailed`, permanent where asking again
    can't help."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise DeliveryFailed("webhook.bad_address", permanent=True) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise DeliveryFailed("webhook.bad_address", permanent=True)

    def ask(connection: Pinned) -> tuple[int, bytes]:
        connection.request("GET", path_of(parts), headers={"User-Agent": "Awas", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        return answer.status, _read(answer, most_bytes) if answer.status == 200 else b""

    status, body = exchange(parts, ask, patience_s=patience_s)
    if status != 200:
        raise DeliveryFailed(f"webhook.status_{status}", permanent=300 <= status < 500)
    return body


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    """The body in pieces, never more than a piece beyond the limit in memory."""
    got = bytearray()
    while piece := answer.read(min(CHUNK, most + 1 - len(got))):
        got += piece
        if len(got) > most:
            raise DeliveryFailed("webhook.too_large", permanent=True)
    return bytes(got)
