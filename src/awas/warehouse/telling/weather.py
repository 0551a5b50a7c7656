"""Alerts of others in sentences."""

from django.utils.translation import gettext as _

from awas.access.narration import Names, Tellers, Told, chips, moment, word
from awas.ledger.area import Stamp
from awas.warehouse import events as happened
from awas.warehouse.words import ALERT_BASES, ALERT_ENDS, THREATS

LEVEL_OF_THREAT = {"extreme": "siaga", "severe": "siaga", "moderate": "waspada", "unknown": "waspada", "minor": ""}
ICONS = {"rain": "water", "flood": "water", "storm": "bolt", "wave": "water", "tsunami": "water", "fire": "fire"}


def noted(event: happened.WeatherAlertNoted, stamp: Stamp, names: Names) -> Told:
    said = {
        "source": event.source,
        "event": event.event,
        "until": moment(event.expires_at, stamp),
        "severity": word(THREATS, event.severity),
    }
    if event.replaces:
        text = _("%(source)s now warns of %(event)s until %(until)s, severity: %(severity)s") % said
    else:
        text = _("%(source)s warns of %(event)s until %(until)s, severity: %(severity)s") % said
    return Told(
        text=text,
        icon=ICONS.get(event.hazard, "alert"),
        level=LEVEL_OF_THREAT[event.severity],
        flags=chips(
            (event.ballots_inside, _("ballots inside")),
            (event.basis == "name", word(ALERT_BASES, "name")),
        ),
        subject=event.thread,
    )


def ended(event: happened.WeatherAlertEnded, stamp: Stamp, names: Names) -> Told:
    said = {"source": event.source, "event": event.event, "why": word(ALERT_ENDS, event.why)}
    return Told(
        text=_("The alert of %(source)s for %(event)s no longer holds here: %(why)s") % said,
        icon="check",
        subject=event.thread,
    )


TELLERS: Tellers = {happened.WeatherAlertNoted: noted, happened.WeatherAlertEnded: ended}
