"""Alerts that others publish, fetched: one document, or a feed and the documents it lists.

Reads what AWAS_CAP_SOURCE names, every five minutes; off where it names nothing. A document that can't be read keeps
no other from being read.
"""

import hashlib
import logging
from collections.abc import Callable, Collection
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from msgspec import Struct

from awas.access.policy import NATION
from awas.delivery.failure import DeliveryFailed
from awas.delivery.fetching import fetch
from awas.ledger.area import Instant, Refused
from awas.warehouse import weather
from awas.warnings.cap.feed import links_in
from awas.warnings.cap.guarded import MOST_BYTES, tree_of
from awas.warnings.cap.message import Alert
from awas.warnings.cap.reading import alert_in, read

log = logging.getLogger(__name__)

EVERY_MS = 300_000
SEEN_FOR_S = 6 * 3600
"""A document that was read isn't fetched again for so long: senders publish a change under a new address."""

Fetch = Callable[[str, int], bytes]


class Fault(Struct, frozen=True):
    """A document that wasn't read, and why: a code of a refusal or of a failed delivery."""

    url: str
    code: str
    field: str = ""


class Report(Struct, frozen=True):
    """What one reading of a source brought."""

    taken: tuple[weather.Taken, ...] = ()
    faults: tuple[Fault, ...] = ()
    listed: int = 0


def read_source(now: Instant) -> Report:
    """What the worker does: the configured source, for every warehouse. Raises `DeliveryFailed` or `Refused` where the
    source itself can't be read."""
    report = read_from(settings.AWAS_CAP_SOURCE, [NATION], weather.by_itself(now), now)
    for fault in report.faults:
        log.warning("an alert of the source wasn't read: %s %s", fault.code, fault.field)
    return report


def read_from(
    url: str, areas: Collection[str], desk_at: weather.DeskAt, now: Instant, *, get: Fetch = fetch, again: bool = False
) -> Report:
    """Takes in what an address gives: an alert, or a feed of alerts. `again`: also what was read lately."""
    body = get(url, MOST_BYTES)
    root = tree_of(body)
    links = links_in(root)
    if links is None:
        alert = alert_in(root)
        return Report((weather.take(alert, hashlib.sha256(body).hexdigest(), areas, desk_at, now),))
    alerts: list[tuple[Alert, str]] = []
    faults: list[Fault] = []
    fetched: list[str] = []
    for link in links:
        address = urljoin(url, link)
        if not again and cache.get(_seen(address)):
            continue
        try:
            document = get(address, MOST_BYTES)
            alerts.append((read(document), hashlib.sha256(document).hexdigest()))
            fetched.append(address)
        except Refused as refused:
            faults.append(Fault(address, refused.code, str(refused.params.get("field", ""))))
            fetched.append(address)
        except DeliveryFailed as failed:
            faults.append(Fault(address, failed.reason))
    ordered = weather.sent_in_order(alerts)
    taken = tuple(weather.take(alert, digest, areas, desk_at, now) for alert, digest in ordered)
    # Only now: if the record couldn't take them, they are fetched again.
    cache.set_many({_seen(address): True for address in fetched}, SEEN_FOR_S)
    return Report(taken, tuple(faults), len(links))


def _seen(address: str) -> str:
    return "cap/seen/" + hashlib.sha256(address.encode()).hexdigest()
