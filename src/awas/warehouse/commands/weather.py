"""What an alert of others may ask the record to take."""

from typing import Annotated

from msgspec import Meta

from awas.ledger.message import Blob, Command, Key, Label, When
from awas.warehouse.codes import AlertBasis, AlertEnd, Certainty, Hazard, Threat, Urgency

Alerts = Annotated[tuple[Key, ...], Meta(max_length=60)]


class NoteWeatherAlert(Command, frozen=True, kw_only=True, tag="weather.note_alert@1"):
    """Note an alert that holds over this site. `replaces` are the keys of those here that it changes."""

    alert_id: Key
    sender: Label
    source: Label
    identifier: Label
    event: Label
    hazard: Hazard
    severity: Threat
    urgency: Urgency
    certainty: Certainty
    sent_at: When
    onset_at: When
    expires_at: When
    basis: AlertBasis
    document: Blob = ""
    replaces: Alerts = ()


class EndWeatherAlert(Command, frozen=True, kw_only=True, tag="weather.end_alert@1"):
    """Say that an alert noted here no longer holds. `identifier` is the message that says so."""

    alert_id: Key
    why: AlertEnd
    identifier: Label = ""
    document: Blob = ""


COMMANDS: tuple[type[Command], ...] = (NoteWeatherAlert, EndWeatherAlert)
