"""Folds of the alerts of others. Pure."""

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import log_of
from awas.warehouse.events import WeatherAlertEnded, WeatherAlertNoted
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold, amend
from awas.warehouse.items import WeatherAlert
from awas.warehouse.site import ALERTS_KEPT, AlertInForce, Site


def _noted(site: Site, stamp: Stamp, event: WeatherAlertNoted) -> Changes:
    """The alerts in force, those that last longest; what has run out is forgotten with the next one."""
    fresh = AlertInForce(
        thread=event.thread, hazard=event.hazard, severity=event.severity, expires_at=event.expires_at,
        event=event.event, source=event.source,
    )  # fmt: skip
    others = [one for one in site.alerts if one.thread != event.thread and one.expires_at > stamp.recorded_at]
    kept = sorted((*others, fresh), key=lambda one: (-one.expires_at, one.thread))
    return {"alerts": tuple(kept[:ALERTS_KEPT])}


def _ended(site: Site, _: Stamp, event: WeatherAlertEnded) -> Changes:
    return {"alerts": tuple(one for one in site.alerts if one.thread != event.thread)}


SITE: dict[type, SiteFold] = {WeatherAlertNoted: _noted, WeatherAlertEnded: _ended}


def _kept(items: Items, stamp: Stamp, event: WeatherAlertNoted) -> None:
    for key in event.replaces:
        amend(items, "weather_alert", key, state="replaced", ended_at=moment(stamp))
    items.put(
        "weather_alert",
        event.alert_id,
        WeatherAlert(
            key=event.alert_id,
            log=log_of(stamp.place),
            place=stamp.place,
            thread=event.thread,
            state="open",
            sender=event.sender,
            source=event.source,
            identifier=event.identifier,
            event=event.event,
            hazard=event.hazard,
            severity=event.severity,
            urgency=event.urgency,
            certainty=event.certainty,
            sent_at=event.sent_at,
            onset_at=event.onset_at,
            expires_at=event.expires_at,
            basis=event.basis,
            document=event.document,
        ),
    )


def _over(items: Items, stamp: Stamp, event: WeatherAlertEnded) -> None:
    state = "replaced" if event.why == "replaced" else "ended"
    amend(items, "weather_alert", event.alert_id, state=state, ended_at=moment(stamp))


ITEMS: dict[type, ItemFold] = {WeatherAlertNoted: _kept, WeatherAlertEnded: _over}
