"""Decisions about alerts of others. Pure."""

from awas.ledger.area import Items, Refused, Stamp
from awas.warehouse.commands import EndWeatherAlert, NoteWeatherAlert
from awas.warehouse.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_here,
    require_new,
)
from awas.warehouse.events import WeatherAlertEnded, WeatherAlertNoted
from awas.warehouse.items import WeatherAlert
from awas.warehouse.site import Site


def note_alert(site: Site, items: Items, stamp: Stamp, command: NoteWeatherAlert) -> Decision:
    """What it changes keeps its thread: the warning about it goes on. An alert that was read before is refused."""
    require_born_here(stamp, command.alert_id)
    require_new(items, "weather_alert", command.alert_id, "weather_alert_known")
    if command.expires_at <= max(command.sent_at, command.onset_at):
        raise Refused("ends_before_it_begins")
    changed = [one for key in command.replaces if (one := _open_here(items, stamp, key)) is not None]
    return [
        WeatherAlertNoted(
            alert_id=command.alert_id,
            thread=changed[0].thread if changed else command.alert_id,
            sender=command.sender,
            source=command.source,
            identifier=command.identifier,
            event=command.event,
            hazard=command.hazard,
            severity=command.severity,
            urgency=command.urgency,
            certainty=command.certainty,
            sent_at=command.sent_at,
            onset_at=command.onset_at,
            expires_at=command.expires_at,
            basis=command.basis,
            document=command.document,
            replaces=tuple(one.key for one in changed),
            ballots_inside=site.ballots_inside,
        ),
        # One message may change several alerts into one: the threads that don't go on end.
        *(
            _ended(one, "replaced", command.identifier, command.document)
            for one in changed[1:]
            if one.thread != changed[0].thread
        ),
    ]


def _open_here(items: Items, stamp: Stamp, key: str) -> WeatherAlert | None:
    found: WeatherAlert | None = items.get("weather_alert", key)
    return found if found is not None and found.place == stamp.place and found.state == "open" else None


def end_alert(_: Site, items: Items, stamp: Stamp, command: EndWeatherAlert) -> Decision:
    found: WeatherAlert = require_found(items, "weather_alert", command.alert_id, "weather_alert_unknown")
    require_here(stamp, found, "weather_alert_elsewhere")
    if found.state != "open":
        raise Refused("weather_alert_over", key=found.key)
    return [_ended(found, command.why, command.identifier, command.document)]


def _ended(one: WeatherAlert, why: str, identifier: str, document: str) -> WeatherAlertEnded:
    return WeatherAlertEnded(
        alert_id=one.key,
        thread=one.thread,
        event=one.event,
        source=one.source,
        why=why,  # type: ignore[arg-type]
        expires_at=one.expires_at,
        identifier=identifier,
        document=document,
    )


DECIDERS: dict[type, Decider] = {NoteWeatherAlert: note_alert, EndWeatherAlert: end_alert}
NEEDS: dict[type, Need] = {
    NoteWeatherAlert: lambda command: tuple(("weather_alert", key) for key in (command.alert_id, *command.replaces)),
    EndWeatherAlert: lambda command: (("weather_alert", command.alert_id),),
}
