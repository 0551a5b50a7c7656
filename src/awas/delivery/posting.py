"""One POST to a stranger's server, nothing kept of the answer but the status: how webhooks and push messages leave."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from awas.delivery.pinned import Pinned, exchange, path_of

PATIENCE_S = 10.0
"""For the whole exchange. A receiver that drips bytes is cut off, or it would hold up everybody else's messages."""

TRY_AGAIN = frozenset({408, 421, 425, 429})
"""Answers of the 4xx that don't mean never."""


def post(url: str, body: bytes, headers: Mapping[str, str], patience_s: float, channel: str) -> int:
    """The status of the answer. Raises `DeliveryFailed` where there is none; `channel` begins the reason."""
    parts = urlsplit(url)

    def ask(connection: Pinned) -> int:
        connection.request("POST", path_of(parts), body, dict(headers))
        return connection.getresponse().status

    return exchange(parts, ask, patience_s=patience_s, channel=channel)
