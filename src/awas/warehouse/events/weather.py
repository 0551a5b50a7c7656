"""What others warn of over a warehouse: alerts of BMKG and of whoever else publishes CAP."""

from awas.ledger.area import Instant
from awas.ledger.message import Event
from awas.warehouse.codes import AlertBasis, AlertEnd, Certainty, Hazard, Threat, Urgency


class WeatherAlertNoted(Event, frozen=True, kw_only=True, tag="weather.alert_noted@1"):
    """An alert holds over this site, from `onset_at` until `expires_at`. `replaces` are those that it changes.

    `thread` is the first alert of the chain: what a warning is about while the alert is renewed and changed. `event` is
    the sender's own word for it, `document` the SHA-256 of what was read.
    """

    alert_id: str
    thread: str
    sender: str
    source: str
    identifier: str
    event: str
    hazard: Hazard
    severity: Threat
    urgency: Urgency
    certainty: Certainty
    sent_at: Instant
    onset_at: Instant
    expires_at: Instant
    basis: AlertBasis
    document: str = ""
    replaces: tuple[str, ...] = ()
    ballots_inside: bool = False


class WeatherAlertEnded(Event, frozen=True, kw_only=True, tag="weather.alert_ended@1"):
    """An alert no longer holds here before its hour: its sender has cancelled it, or it has moved away."""

    alert_id: str
    thread: str
    event: str
    source: str
    why: AlertEnd
    expires_at: Instant
    identifier: str = ""
    document: str = ""


EVENTS: tuple[type[Event], ...] = (WeatherAlertNoted, WeatherAlertEnded)
