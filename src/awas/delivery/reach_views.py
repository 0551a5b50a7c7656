"""Who can be reached in a region, and whom to ring about a place: for those whose work it is."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awas.access.models import Person
from awas.access.policy import Permission
from awas.access.require import needs
from awas.clock import shown_at
from awas.delivery import services
from awas.delivery.calls import note_call, rung_about
from awas.delivery.reachability import CHANNELS, chain_of, ring_list
from awas.delivery.words import CHANNELS as CHANNEL_WORDS
from awas.delivery.words import POSITIONS, RANG, WAYS, why
from awas.places.codes import zone_of
from awas.places.services import names_of, place_name


@needs(Permission.PLAN_SHIFTS, place="region")
@never_cache
def reach(request: HttpRequest, region: str) -> HttpResponse:
    """The chain over a district's or a province's sites, each with the proof of what reaches them."""
    name = place_name(region)
    if not name or "-" in region or len(region) > 5:
        raise Http404
    now = settings.AWAS_NOW()
    chain = chain_of(region, now)
    places = names_of({link.place for link in chain})
    rows: list[dict[str, Any]] = [
        {
            "name": link.person.display_name,
            "position": POSITIONS[link.position],
            "place": places.get(link.place, link.place),
            "reachable": link.reachable,
            "ways": [
                {
                    "channel": CHANNEL_WORDS[channel.value],
                    "word": WAYS[way],
                    "way": way.value,
                    "at": None if fared.delivered_at is None else shown_at(fared.delivered_at),
                    "why": why(fared.last_error),
                }
                for channel, way, fared in link.ways
            ],
            "phone": bool(link.person.phone),
            "answered_at": link.answered_at,
        }
        for link in chain
    ]
    rows.sort(key=lambda row: row["reachable"])
    page = {
        "region": {"code": region, "name": name},
        "tz": zone_of(region),
        "rows": rows,
        "channels": [CHANNEL_WORDS[channel.value] for channel in CHANNELS],
        "missing": sum(1 for row in rows if not row["reachable"]),
    }
    return render(request, "delivery/reach.html", page)


@needs(Permission.VIEW_PERSONAL, place="place")
@never_cache
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest, place: str, warning: str = "") -> HttpResponse:
    """Whom to ring about a place, in order, when nothing else reaches anybody; POST notes whether somebody answered."""
    assert isinstance(request.user, Person)
    now = settings.AWAS_NOW()
    if request.method == "POST":
        note_call(
            place,
            warning,
            called=request.POST.get("person", ""),
            answered=request.POST.get("answered") == "yes",
            by=request.user,
            now=now,
        )
        return redirect(request.path)
    last = rung_about(place, warning)
    page = {
        "place": {"code": place, "name": place_name(place) or place, "tz": zone_of(place)},
        "warning_url": services.warning_path(place, warning) if warning else "",
        "rows": [
            {
                "who": one,
                "position": POSITIONS[min(one.positions)],
                "rang": [(call.called_at, RANG[call.answered]) for call in last.get(one.code, ())],
            }
            for one in ring_list(place, now)
        ],
    }
    return render(request, "delivery/calls.html", page)
