"""Warnings as lists: rows for any page, the list of a region or a site, and the count beside the navigation.

A page shows only the areas where whoever asks may see warnings. Nothing here writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from awas.access.policy import NATION, Permission, covers, tier_of
from awas.access.require import allows
from awas.access.services import actor_names, areas_of
from awas.ledger.naming import log_of
from awas.places.models import Region, Site
from awas.places.services import names_of
from awas.warnings import services
from awas.warnings.models import Warning
from awas.warnings.narration import codes_in, message_of, title_of
from awas.warnings.rule import Level
from awas.warnings.state import ACKNOWLEDGED, CLEARED, FIRING, PENDING, RESOLVED, SILENCED

PER_PAGE = 50
COUNT_KEPT_S = 5
HOME_ZONE = "Asia/Jakarta"

Context = dict[str, Any]

STATES: Mapping[str, tuple[str, ...]] = {
    "": services.STANDING,
    "firing": (FIRING,),
    "acknowledged": (ACKNOWLEDGED,),
    "silenced": (SILENCED,),
    "cleared": (CLEARED,),
    "pending": (PENDING,),
    "resolved": (RESOLVED,),
}
"""What can be asked for with `?state=`; nothing means everything that is open."""


def my_areas(request: HttpRequest, permission: Permission = Permission.VIEW_WARNING) -> tuple[str, ...]:
    """The areas where whoever asks holds a permission."""
    return areas_of(request.user, permission, settings.AWAS_NOW())


def narrowed(areas: Iterable[str], wanted: str) -> tuple[str, ...]:
    """What of some areas lies in `wanted`. Raises Http404 where nothing does, and for what is no area's code."""
    try:
        tier_of(wanted)
    except ValueError as unknown:
        raise Http404 from unknown
    found = tuple(
        wanted if covers(area, wanted) else area for area in areas if covers(area, wanted) or covers(wanted, area)
    )
    if not found:
        raise Http404
    return found


def asked_areas(request: HttpRequest) -> tuple[str, ...]:
    """One's own areas, narrowed to the `?place=` or `?region=` asked for."""
    areas = my_areas(request)
    wanted = request.GET.get("place") or request.GET.get("region") or ""
    return narrowed(areas, wanted) if wanted else areas


def sites_in(areas: Iterable[str]) -> QuerySet[Site]:
    """The sites in some areas, by code."""
    found = Site.objects.none()
    for area in areas:
        if area == NATION:
            return Site.objects.order_by("code")
        found = found | (Site.objects.filter(code=area) if "-" in area else Site.objects.within(area))
    return found.order_by("code")


def origins_in(areas: Iterable[str]) -> set[str]:
    """The logs in which the sites of some areas stand."""
    return {log_of(code) for code in sites_in(areas).values_list("code", flat=True)}


def open_count_for(request: HttpRequest) -> int:
    """How many warnings stand where whoever asks may see them; kept for a few seconds, since every page shows it."""
    areas = my_areas(request)
    if not areas:
        return 0
    key = "warnings/open/" + ",".join(areas)
    count: int | None = cache.get(key)
    if count is None:
        count = Warning.objects.filter(services.within(areas), state__in=services.STANDING).count()
        cache.set(key, count, COUNT_KEPT_S)
    return count


# ---------------------------------------------------------------- rows


def warning_url(place: str, warning: str) -> str:
    """The page of one warning."""
    return reverse("warnings:warning", args=[place, warning])


def warning_rows(warnings: Iterable[Warning]) -> list[Context]:
    """Warnings as the template ui/warning.html wants them, with the `place` they stand at."""
    found = list(warnings)
    codes = {code for one in found for code in codes_in(services.catalogue().get(one.rule), one.fact_pairs)}
    places = names_of(codes | {one.place for one in found})
    names = actor_names({one.acknowledged_by for one in found if one.state == ACKNOWLEDGED})
    return [_row(one, places, names) for one in found]


def _row(one: Warning, places: Mapping[str, str], names: Mapping[str, str]) -> Context:
    title = title_of(one.rule)
    message = message_of(services.catalogue().get(one.rule), one.fact_pairs, "", places)
    return {
        "id": one.id,
        "url": warning_url(one.place, one.id),
        "level": one.level,
        "title": title,
        "summary": "" if message == title else message,
        "place": one.place,
        "place_name": places.get(one.place, one.place),
        "since_at": one.since,
        "state": one.state,
        "by": names.get(one.acknowledged_by, "") if one.state == ACKNOWLEDGED else "",
    }


# ---------------------------------------------------------------- the list


def list_page(request: HttpRequest) -> Context:
    """Context of warnings/list.html."""
    areas = asked_areas(request)
    state, level = request.GET.get("state", ""), request.GET.get("level", "")
    if state not in STATES or level not in ("", *(one.value for one in Level)):
        raise Http404
    there = Warning.objects.filter(services.within(areas))
    in_state = there.filter(state__in=STATES[state])
    wanted = in_state.filter(level=level) if level else in_state
    page = _number(request.GET.get("page", ""))
    shown, more = _sheet(wanted, state, page)
    title, zone = _where(request)
    return {
        "title": title,
        "tz": zone,
        "now": settings.AWAS_NOW(),
        "levels": _levels(request, in_state, level),
        "states": _states(request, state),
        "warnings": warning_rows(shown),
        "older_url": _with(request, page=str(page + 1)) if more else "",
        "newer_url": _with(request, page=str(page - 1) if page > 2 else "") if page > 1 else "",
        "live": page == 1,
        "rules_url": reverse("warnings:rules") if allows(request, Permission.VIEW_RULES, None) else "",
        "export_url": "",
    }


def _sheet(wanted: QuerySet[Warning], state: str, page: int) -> tuple[Sequence[Warning], bool]:
    """One page: what must be answered worst first, what is over newest first."""
    ordered = wanted.order_by("-since", "id") if state == RESOLVED else wanted.order_by(*services.WORST_FIRST)
    found = list(ordered[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    return found[:PER_PAGE], len(found) > PER_PAGE


def _number(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _where(request: HttpRequest) -> tuple[str, str]:
    """The name of what the list is of, and its clock."""
    wanted = request.GET.get("place") or request.GET.get("region") or ""
    if "-" in wanted:
        site = Site.objects.filter(code=wanted).first()
        return (site.name, site.time_zone) if site else (wanted, HOME_ZONE)
    if wanted and wanted != NATION:
        return Region.objects.filter(code=wanted).values_list("name", flat=True).first() or wanted, HOME_ZONE
    return _("Everything in your area"), HOME_ZONE


def _levels(request: HttpRequest, in_state: QuerySet[Warning], current: str) -> list[Context]:
    counts = dict(in_state.order_by().values_list("level").annotate(count=Count("id")))
    levels = ["", *(one.value for one in sorted(Level, key=lambda one: -one.rank))]
    return [
        {
            "key": level,
            "count": counts.get(level, 0) if level else sum(counts.values()),
            "url": _with(request, level=level),
            "current": level == current,
        }
        for level in levels
    ]


def _states(request: HttpRequest, current: str) -> list[Context]:
    labels = {
        "": _("Open"),
        "firing": _("Unanswered"),
        "acknowledged": _("Being handled"),
        "silenced": _("Silenced"),
        "cleared": _("Gone, not yet seen"),
        "resolved": _("Resolved"),
    }
    return [
        {"key": state, "label": label, "url": _with(request, state=state), "current": state == current}
        for state, label in labels.items()
    ]


def _with(request: HttpRequest, **changes: str) -> str:
    """This list's address with a filter changed; a changed filter begins at the first page."""
    values = request.GET.copy()
    values.pop("page", None)
    for name, value in changes.items():
        if value:
            values[name] = value
        else:
            values.pop(name, None)
    encoded = values.urlencode()
    return f"{reverse('warnings:list')}?{encoded}" if encoded else reverse("warnings:list")
