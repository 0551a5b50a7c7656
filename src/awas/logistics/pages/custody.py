"""Kits and boxes: where each is, what it lacks, its whole way, and the sheet of labels."""

import io
from collections.abc import Iterator, Mapping

import segno
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe

from awas.access.narration import word
from awas.access.services import actor_names
from awas.ledger.naming import name_of
from awas.logistics import models, services
from awas.logistics.forms import BY_SLUG
from awas.logistics.keys import unit_key
from awas.logistics.pages.doors import board_url, kits_url, may_record, require_kit_seen, require_unit_seen
from awas.logistics.pages.frame import (
    KITS_SHOWN,
    Context,
    act_url,
    kit_row,
    kit_rows,
    need_name,
    place_frame,
    unit_row,
)
from awas.logistics.words import (
    KIT_STATES,
    UNIT_KINDS,
    UNIT_STEPS,
    thing_name,
)
from awas.places.codes import zone_of
from awas.places.models import Region
from awas.places.services import names_of, place_name

LABELS_A_SHEET = 84
"""Four sheets of A4 with three columns of seven."""


def kits_page(request: HttpRequest, region: str) -> Context:
    """The kits of the stations below a region: where each is, and what it lacks."""
    found = Region.objects.filter(code=region).select_related("parent").first()
    if found is None or found.level == Region.Level.PROVINCE:
        raise Http404
    state = request.GET.get("keadaan", "")
    only = request.GET.get("kurang") == "1"
    rows = services.kits_of(region, state=state if state in KIT_STATES else "", incomplete=only)
    shown = Paginator(rows, KITS_SHOWN).get_page(request.GET.get("hal"))
    up = found.parent
    return {
        "region": {"code": region, "name": found.name},
        "up_url": board_url(request, ".".join(region.split(".")[:2])),
        "up_name": up.name if up else "",
        "kits": kit_rows(shown),
        "pages": shown,
        "state": state,
        "only": only,
        "states": [{"id": code, "word": word} for code, word in KIT_STATES.items()],
        "now": settings.AWAS_NOW(),
        "tz": zone_of(region),
    }


def kit_page(request: HttpRequest, place: str) -> Context:
    """A station's kit: what is in it beside what the station needs, its boxes, and where it is."""
    kit = models.Kit.objects.filter(key=f"{place}/kit").first()
    page = place_frame(request, place)
    if kit is None:
        raise Http404
    require_kit_seen(request, kit)
    return page | {
        "kit": kit_row(kit) | {"where": place_name(kit.place) or kit.place, "transfer": kit.transfer_id},
        "contents": list(_contents(kit)),
        "boxes": [unit_row(one) for one in models.Unit.objects.filter(station=place).order_by("key")],
        "kits_url": kits_url(request, place.rpartition("-")[0]),
    }


def _contents(kit: models.Kit) -> Iterator[Context]:
    """What is in a kit beside what the station needs; last, what lacks altogether. `any`: no rule says how many."""
    found, uncounted = set(), {one.item for one in services.kit_items_of(kit.station) if not one.counted}
    for thing, units in kit.contents.items():
        item, ballot, dapil = thing.split(".", 2)
        found.add(ballot or item)
        yield {"what": thing_name(item, ballot, dapil), "units": units, "need": kit.needs.get(ballot or item)}
    for item, units in kit.checked.items():
        found.add(item)
        told = {"what": thing_name(item, ""), "units": units, "need": kit.needs.get(item)}
        yield told | {"seen": True, "any": item in uncounted}
    for name, need in kit.needs.items():
        if name not in found:
            yield {"what": need_name(name), "units": 0, "need": need, "any": name in uncounted}


def unit_page(request: HttpRequest, district: str, label: str) -> Context:
    """The whole route of one box: each step with its place, its person and the seals as they were."""
    key = unit_key(district, label)
    unit = models.Unit.objects.filter(key=key).first()
    if unit is None:
        raise Http404
    require_unit_seen(request, unit)
    steps = services.way_of(key)
    names = actor_names(one.by for one in steps)
    places = names_of([one.place for one in steps] + [one.other for one in steps if "." in one.other])
    return {
        "unit": unit_row(unit) | {"where": place_name(unit.place) or unit.place, "holder": unit.holder},
        "steps": [
            {
                "number": one.number,
                "what": word(UNIT_STEPS, one.what),
                "bad": one.what in {"missing", "check_broken", "check_different", "check_missing", "refused"},
                "place": places.get(one.place, one.place),
                "other": places.get(one.other, name_of(one.other)) if one.other else "",
                "seals": one.seals,
                "by": names.get(one.by, one.by),
                "at": one.at,
            }
            for one in steps
        ],
        "inside": [unit_row(one) for one in models.Unit.objects.filter(parent=key).order_by("key")],
        "acts": [
            {"title": BY_SLUG[slug].title, "icon": BY_SLUG[slug].icon, "url": act_url(unit.place, slug, key)}
            for slug in ("periksa-kotak", "segel-kotak", "buka-kotak", "masukkan-kotak")
        ],
        "may_record": may_record(request, unit.place),
        "board_url": board_url(request, district),
        "l": _label(request, unit, names_of([unit.station] if unit.station else [])),
        "now": settings.AWAS_NOW(),
        "tz": zone_of(district),
    }


def qr_of(request: HttpRequest, unit: str) -> str:
    """The address of a unit's page as a QR code: an SVG drawing without a script or a style."""
    district, _slash, label = unit.partition("/")
    address = request.build_absolute_uri(reverse("logistics:unit", args=[district, label]))
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=2, xmldecl=False, svgns=False, omitsize=True)
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - drawn here, of an address made here


def labels_page(request: HttpRequest, place: str) -> Context:
    """Labels with QR codes to print: the units that were last labelled here, or those of one station."""
    page = place_frame(request, place)
    rows = models.Unit.objects.filter(place=place)
    if station := request.GET.get("tps", ""):
        rows = rows.filter(station=station)
    shown = Paginator(rows.order_by("-changed_at", "key"), LABELS_A_SHEET).get_page(request.GET.get("hal"))
    names = names_of(one.station for one in shown if one.station)
    return page | {"labels": [_label(request, one, names) for one in shown], "pages": shown}


def _label(request: HttpRequest, unit: models.Unit, names: Mapping[str, str]) -> Context:
    return {
        "label": name_of(unit.key),
        "kind": word(UNIT_KINDS, unit.unit_kind),
        "station": unit.station,
        "where": names.get(unit.station, ""),
        "ballot": thing_name("ballot", unit.ballot) if unit.ballot else "",
        "qr": qr_of(request, unit.key),
    }
