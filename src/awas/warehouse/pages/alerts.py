"""Alerts of others as lines: on a site's page, on a district's, and all of one's areas on a page of their own."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import areas_of
from awas.ledger.area import Instant
from awas.places.models import Site
from awas.places.services import names_of
from awas.ui import formats
from awas.warehouse import models, weather
from awas.warehouse.words import ALERT_BASES, THREATS
from awas.warnings.pages import sites_in

Context = dict[str, Any]

GRAVE = frozenset({"severe", "extreme"})
SHOWN = 200
LINES = 3

NOTHING_BECAUSE: Mapping[str, Any] = {
    "status": gettext_lazy("It is an exercise, a test or a draft: only what its sender calls Actual is noted."),
    "ack": gettext_lazy("It only says that another message arrived."),
    "own": gettext_lazy("It is one of our own."),
    "no_info": gettext_lazy("It says nothing of what it warns of."),
    "not_yet": gettext_lazy("It says that it was sent in the future."),
    "expired": gettext_lazy("It is over already."),
}
"""Why nothing was done with an alert."""


def until(at: Instant, now: Instant, zone: str) -> str:
    """An end as people say it: the hour, and the date where it is another day's."""
    language = get_language() or "id"
    same = formats.local(at, zone).date() == formats.local(now, zone).date()
    return formats.clock(at, zone, language) if same else formats.moment(at, zone, language)


def line_of(one: models.WeatherAlert, now: Instant, zone: str) -> Context:
    """One alert as the template warehouse/alert_line.html wants it."""
    return {
        "source": one.source,
        "event": one.event,
        "until": until(one.expires_at, now, zone),
        "from_at": one.onset_at if one.onset_at > now else None,
        "grave": one.severity in GRAVE,
        "severity": THREATS.get(one.severity, one.severity),
        "by_name": one.basis == "name",
        "basis": ALERT_BASES.get(one.basis, one.basis),
    }


def lines_at(places: Collection[str], now: Instant, zone: str) -> dict[str, list[Context]]:
    """By place, the alerts in force, the worst first; as many as fit beside all else that a page says."""
    found = weather.in_force(places, now)
    return {
        place: sorted((line_of(one, now, zone) for one in some), key=lambda line: not line["grave"])[:LINES]
        for place, some in found.items()
    }


def alerts_page(request: HttpRequest, form: object, taken: weather.Taken | None) -> Context:
    """Context of warehouse/alerts.html: what is in force in one's areas, and what became of the one handed in."""
    now = settings.AWAS_NOW()
    sites = list(sites_in(areas_of(request.user, Permission.VIEW_REGION, now)).exclude(kind=Site.Kind.OFFICE))
    found = weather.in_force([site.code for site in sites], now)
    rows = [_row(request, site, one, now) for site in sites for one in found.get(site.code, ())]
    return {
        "now": now,
        "rows": sorted(rows, key=lambda row: (not row["grave"], row["ends_at"], row["place_name"]))[:SHOWN],
        "site_count": len(sites),
        "placed_count": sum(site.latitude_e6 is not None for site in sites),
        "form": form if allows(request, Permission.MANAGE_SITE, None) else None,
        "taken": None if taken is None else _taken(taken),
        "polled": bool(settings.AWAS_CAP_SOURCE),
    }


def _row(request: HttpRequest, site: Site, one: models.WeatherAlert, now: Instant) -> Context:
    may_look = allows(request, Permission.VIEW_SITE, site.code)
    return line_of(one, now, site.time_zone) | {
        "tz": site.time_zone,
        "place_name": site.name,
        "url": reverse("warehouse:watch", args=[site.code]) if may_look else "",
        "ends_at": one.expires_at,
    }


def _taken(taken: weather.Taken) -> Context:
    names = names_of({*taken.noted, *taken.ended})

    def named(places: Sequence[str]) -> list[str]:
        return [names.get(place, place) for place in places]

    done = bool(taken.noted or taken.ended)
    why = str(NOTHING_BECAUSE.get(taken.why, ""))
    if not done and not why:
        why = _("It is on record already.") if taken.known else _("It holds over no warehouse of yours.")
    return {
        "event": " · ".join(dict.fromkeys(info.event for info in taken.alert.infos)) or taken.alert.identifier,
        "noted": named(taken.noted),
        "ended": named(taken.ended),
        "why": "" if done else why,
        "unread": taken.unread,
    }
