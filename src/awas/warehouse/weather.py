"""Alerts of others taken in: whom they concern, and what each site's log notes of them.

The only way in for the page, the command and the worker. Reading the same document again notes nothing; a Cancel ends
what was noted, an Update changes it, and ends it where it no longer holds.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence

from django.conf import settings
from msgspec import Struct

from awas import chance
from awas.access.policy import covers
from awas.ledger import services as ledger
from awas.ledger.area import HOUR, Instant, Refused
from awas.ledger.desk import Desk
from awas.ledger.fact import Receipt
from awas.ledger.naming import name_of, place_of
from awas.places.models import Region, Site
from awas.warehouse import models
from awas.warehouse.alerts import alert_name, ends_at, noting, one_line
from awas.warehouse.codes import AlertEnd
from awas.warehouse.commands import EndWeatherAlert, NoteWeatherAlert
from awas.warnings.cap.message import Alert, instant_of
from awas.warnings.cap.reading import read
from awas.warnings.cap.shapes import Spot, outlined, over, unread_shapes

DEVICE = "weather"
"""Who notes what the worker reads by itself."""

KNOWN = frozenset({"weather_alert_known", "weather_alert_over", "weather_alert_unknown"})
"""Refusals that only say: this was read before."""

AHEAD = HOUR
"""How far a sender's clock may run ahead."""
ENDING = frozenset({"Cancel", "Error"})

DeskAt = Callable[[str], Desk]


class Taken(Struct, frozen=True, kw_only=True):
    """What became of one alert. `noted` and `ended` are places; `why` says why nothing was done with it at all.

    `known`: how many sites had it already. `unread`: shapes of it that can't be understood.
    """

    alert: Alert
    noted: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    known: int = 0
    why: str = ""
    unread: int = 0


def by_itself(now: Instant) -> DeskAt:
    """The desk of the worker, at any place."""
    return lambda place: Desk(
        place=place, actor=DEVICE, device=DEVICE, now=now, salt=chance.salt, reference=chance.reference
    )


def take_in(body: bytes, areas: Collection[str], desk_at: DeskAt, now: Instant) -> Taken:
    """Reads a document and notes it where it holds, within some areas. Raises `Refused` for what is no CAP alert."""
    return take(read(body), hashlib.sha256(body).hexdigest(), areas, desk_at, now)


def take(alert: Alert, document: str, areas: Collection[str], desk_at: DeskAt, now: Instant) -> Taken:
    """Notes an alert where it holds, within some areas."""
    unread = len(unread_shapes(alert))
    if why := _no_matter(alert, now):
        return Taken(alert=alert, why=why, unread=unread)
    open_before = _open_among(alert, areas)
    if alert.kind in ENDING:
        return _taken(alert, unread, [_ending(alert, key, "cancelled", document) for key in open_before], desk_at)
    infos = outlined(alert)
    noted = [
        noting(alert, held, place, document)  # type: ignore[arg-type]  # `over` leaves out the empty basis
        for place, spot in spots(areas)
        if (held := over(infos, spot))
    ]
    there = {place_of(one.alert_id) for one in noted}
    gone = [key for key in open_before if place_of(key) not in there]
    away = [_ending(alert, key, "moved_away", document) for key in gone]
    return _taken(alert, unread, [*noted, *away], desk_at)


def _ending(alert: Alert, key: str, why: AlertEnd, document: str) -> EndWeatherAlert:
    return EndWeatherAlert(alert_id=key, why=why, identifier=one_line(alert.identifier), document=document)


def _no_matter(alert: Alert, now: Instant) -> str:
    """Why an alert is none of ours; empty where it is."""
    reasons = (
        ("status", alert.status != "Actual" and not (alert.status == "Exercise" and settings.AWAS_DEMO)),
        ("ack", alert.kind == "Ack"),
        ("own", alert.sender == settings.AWAS_CAP_SENDER),
        ("not_yet", instant_of(alert.sent) > now + AHEAD),
        ("no_info", alert.kind not in ENDING and not alert.infos),
        ("expired", alert.kind not in ENDING and all(ends_at(alert, info) <= now for info in alert.infos)),
    )
    return next((why for why, holds in reasons if holds), "")


def _open_among(alert: Alert, areas: Collection[str]) -> list[str]:
    """The keys of the alerts that it refers to and that stand open somewhere in some areas."""
    names = {alert_name(one, alert.sender) for one in alert.references}
    if not names:
        return []
    # What is open is little: asked for by its sender, not by a key for every site of the land.
    rows = models.WeatherAlert.objects.filter(state="open", sender=one_line(alert.sender)).values_list("key", flat=True)
    return sorted(key for key in rows if name_of(key) in names and _lies_in(place_of(key), areas))


def _places(areas: Collection[str]) -> list[str]:
    codes = Site.objects.exclude(kind=Site.Kind.OFFICE).values_list("code", flat=True)
    return [code for code in codes if _lies_in(code, areas)]


def _lies_in(place: str, areas: Collection[str]) -> bool:
    return any(covers(area, place) for area in areas)


def spots(areas: Collection[str]) -> list[tuple[str, Spot]]:
    """(code, where it is) of every warehouse in some areas."""
    wanted = set(_places(areas))
    names = dict(Region.objects.filter(level__lte=Region.Level.KECAMATAN).values_list("code", "name"))
    found = []
    for site in Site.objects.filter(code__in=wanted):
        region = site.region_id
        above = [region[:length] for length in (2, 5, 8) if length <= len(region)]
        point = None
        if site.latitude_e6 is not None and site.longitude_e6 is not None:
            point = (site.latitude_e6, site.longitude_e6)
        called = tuple(names[code] for code in above if code in names)
        found.append((site.code, Spot(region=region, point=point, names=called)))
    return found


Act = NoteWeatherAlert | EndWeatherAlert


def _taken(alert: Alert, unread: int, acts: Sequence[Act], desk_at: DeskAt) -> Taken:
    """Records everything at once; a refusal that only says "known" counts as such."""
    known = _known([one.alert_id for one in acts if isinstance(one, NoteWeatherAlert)])
    fresh = [one for one in acts if one.alert_id not in known or isinstance(one, EndWeatherAlert)]
    submissions = [desk_at(place_of(one.alert_id)).submission(one) for one in fresh]
    outcomes = ledger.record_all(submissions) if submissions else []
    noted: list[str] = []
    ended: list[str] = []
    count = len(known)
    for one, outcome in zip(fresh, outcomes, strict=True):
        if isinstance(outcome, Receipt):
            (ended if isinstance(one, EndWeatherAlert) else noted).append(place_of(one.alert_id))
        elif isinstance(outcome, Refused) and outcome.code in KNOWN:
            count += 1
        else:
            raise outcome
    return Taken(alert=alert, noted=tuple(noted), ended=tuple(ended), known=count, unread=unread)


def _known(keys: Collection[str]) -> set[str]:
    return set(models.WeatherAlert.objects.filter(key__in=list(keys)).values_list("key", flat=True))


# ---------------------------------------------------------------- what stands


def in_force(places: Collection[str], now: Instant) -> dict[str, list[models.WeatherAlert]]:
    """By place, the alerts that hold now or are still to come, the soonest to end first. Places without are absent."""
    rows = models.WeatherAlert.objects.filter(place__in=list(places), state="open", expires_at__gt=now)
    found: dict[str, list[models.WeatherAlert]] = {}
    for row in rows.order_by("expires_at", "key"):
        found.setdefault(row.place, []).append(row)
    return found


def sent_in_order(alerts: Iterable[tuple[Alert, str]]) -> list[tuple[Alert, str]]:
    """Alerts with their documents' hashes as their senders sent them: what was cancelled later must come first."""
    return sorted(alerts, key=lambda one: (instant_of(one[0].sent), one[0].kind != "Alert", one[0].identifier))
