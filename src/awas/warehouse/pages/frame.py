"""What every page of a site shares: where it is, where one can go, what is open, and entries as rows."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from awas import chance
from awas.access.addresses import place_url
from awas.access.policy import Permission
from awas.access.require import allows
from awas.ledger.services import Line
from awas.places.models import Site
from awas.warehouse import services
from awas.warehouse.narration import entry_rows
from awas.warnings import services as warnings
from awas.warnings.pages import warning_rows

Context = dict[str, Any]


def act_url(place: str, slug: str, subject: str = "") -> str:
    """The form of an act, about the thing whose key is `subject`."""
    if subject:
        return reverse("warehouse:act-about", args=[place, slug, subject.split("/", 1)[-1]])
    return reverse("warehouse:act", args=[place, slug])


def links_of(place: str) -> dict[str, str]:
    """The addresses a site's pages lead to."""

    def page(name: str) -> str:
        return reverse(f"warehouse:{name}", args=[place])

    return {
        "watch": page("watch"),
        "inside": page("inside"),
        "log": page("log"),
        "warnings": f"{reverse('warnings:list')}?place={place}",
        "person_in": act_url(place, "orang-masuk"),
        "person_out": page("person-out"),
        "vehicles": page("vehicles"),
        "vehicle_in": act_url(place, "kendaraan-masuk"),
        "deliveries": page("deliveries"),
        "seals": page("seals"),
        "seal_apply": act_url(place, "segel-pasang"),
        "round": page("round"),
        "incident": act_url(place, "kejadian"),
        "condition": act_url(place, "kondisi"),
        "cctv": act_url(place, "cctv"),
        "keys": page("building"),
        "building": page("building"),
        "handover": page("handover"),
        "shifts": page("shifts"),
        "access": page("access"),
        "refused": act_url(place, "ditolak"),
        "goods_in_unannounced": act_url(place, "barang-masuk"),
        "goods_out": act_url(place, "barang-keluar"),
    }


def frame(request: HttpRequest, site: Site, here: str = "") -> Context:
    """Place, links, the hour and what may be done."""
    count = warnings.open_count(site.code)
    return {
        "place": {
            "code": site.code,
            "name": site.name,
            "tz": site.time_zone,
            "url": place_url(site.code),
        },
        "links": links_of(site.code),
        "here": here,
        "now": settings.AWAS_NOW(),
        "open_warnings": count,
        "may_record": allows(request, Permission.RECORD_AT_SITE, site.code),
    }


def rows(request: HttpRequest, site: Site, lines: Sequence[Line]) -> list[Context]:
    """Entries as the template ui/entry.html wants them."""
    return entry_rows(
        lines,
        viewer_may_see_names=allows(request, Permission.VIEW_PERSONAL, site.code),
        tz=site.time_zone,
        url_of=lambda line: reverse("warehouse:entry", args=[site.code, line.index]),
        corrections=services.corrections_of(site.code, [line.index for line in lines]),
    )


def open_warning_rows(site: Site, limit: int = 3) -> list[Context]:
    """The site's open warnings, worst first."""
    return warning_rows(warnings.open_warnings([site.code], limit=limit))


def tap(**fields: str) -> dict[str, str]:
    """The hidden fields of a form of one button; each drawing of it is one form, with a number of its own."""
    return {"nonce": chance.nonce(settings.AWAS_NOW()), **fields}
