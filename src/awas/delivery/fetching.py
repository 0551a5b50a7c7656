"""Fetching a document that others publish: https only, public addresses only, no redirects, with limits.

The same care as for webhooks (`pinned`, `addresses`): whoever may name an address here must not reach the inside with
it, and a sender that drips, or sends without end, holds nothing up.
"""

import http.client
from threading import Timer
from urllib.parse import urlsplit

from awas.delivery.failure import DeliveryFailed
from awas.delivery.pinned import connection_to, kind_of, path_of

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
    connection = connection_to(parts, patience_s=patience_s)
    cut = Timer(patience_s, connection.cut_off)
    cut.daemon = True
    cut.start()
    try:
        connection.request("GET", path_of(parts), headers={"User-Agent": "Awas", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        body = _read(answer, most_bytes) if answer.status == 200 else b""
        if connection.was_cut:  # its half of an answer looks whole: a closed line ends it
            raise TimeoutError
    except (OSError, ValueError, http.client.HTTPException) as broken:
        reason = "timeout" if connection.was_cut or isinstance(broken, TimeoutError) else kind_of(connection, broken)
        raise DeliveryFailed(f"webhook.{reason}", permanent=False) from None
    finally:
        cut.cancel()
        connection.close()
    if answer.status != 200:
        raise DeliveryFailed(f"webhook.status_{answer.status}", permanent=300 <= answer.status < 500)
    return body


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    """The body in pieces, never more than a piece beyond the limit in memory."""
    got = bytearray()
    while piece := answer.read(min(CHUNK, most + 1 - len(got))):
        got += piece
        if len(got) > most:
            raise DeliveryFailed("webhook.too_large", permanent=True)
    return bytes(got)
