"""Deliveries: what is expected, under way and done; one consignment line by line."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import actor_names
from awas.ledger import services as ledger
from awas.ledger.naming import district_of, name_of
from awas.ledger.services import Line
from awas.places.models import Site
from awas.ui.formats import number
from awas.warehouse import models
from awas.warehouse.acts import act_of
from awas.warehouse.forms.things import OPEN_CONSIGNMENTS
from awas.warehouse.pages.frame import Context, act_url, frame, rows
from awas.warehouse.words import (
    BALLOTS,
    CONSIGNMENT_STATUSES,
    DIFFERENCE_REASONS,
    ESCORTS,
    ITEMS,
    SEAL_STATES,
    WITNESSES,
)
from awas.warnings import services as warnings
from awas.warnings.pages import warning_rows

DONE_SHOWN = 30
ENTRIES_SHOWN = 40


def what_is(line: dict[str, Any]) -> str:
    """A line's goods in words."""
    item = str(ITEMS.get(line["item"], line["item"]))
    ballot = line.get("ballot", "")
    return f"{item} {BALLOTS.get(ballot, ballot)}" if ballot else item


def summary_of(lines: list[dict[str, Any]]) -> str:
    """The lines of a consignment in one breath."""
    parts = [
        f"{number(line.get('announced') or line.get('received') or 0, 'id')} {what_is(line)}" for line in lines[:3]
    ]
    return ", ".join(parts) + (" …" if len(lines) > 3 else "")


def sender_of(one: models.Consignment) -> str:
    """Whom it comes from, or goes to if it goes out."""
    names = (one.to_name, one.to_place) if one.direction == "out" else (one.supplier, one.from_name, one.from_place)
    return next(filter(None, names), "—")


def row_of(one: models.Consignment, place: str, page: Context) -> Context:
    """A consignment as deliveries.html wants it. `page`: what the page knows already (now, may_record)."""
    now = page["now"]
    open_ = one.status in OPEN_CONSIGNMENTS
    slug = "barang-keluar" if one.direction == "out" and one.place == place else "barang-masuk"
    return {
        "url": reverse("warehouse:delivery", args=[place, one.key.replace("/", "~")]),
        "letter": one.delivery_letter or name_of(one.key),
        "sender": sender_of(one),
        "outward": one.direction == "out",
        "what": summary_of(one.lines),
        "window_from_at": one.expected_from_at or None,
        "window_until_at": one.expected_until_at or None,
        "status": one.status,
        "status_word": CONSIGNMENT_STATUSES.get(one.status, one.status),
        "late": open_ and bool(one.expected_until_at) and now > one.expected_until_at,
        "receive_url": act_url(place, slug, one.key) if open_ and page["may_record"] else "",
    }


def of_place(place: str) -> Q:
    return Q(place=place) | Q(at_place=place)


def deliveries_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/deliveries.html."""
    page = frame(request, site)
    mine = models.Consignment.objects.filter(of_place(site.code))
    open_ones = list(mine.filter(status__in=OPEN_CONSIGNMENTS).order_by("expected_until_at"))
    done = mine.exclude(status__in=OPEN_CONSIGNMENTS).order_by("-closed_at")[:DONE_SHOWN]
    groups = [
        (_("Expected"), [one for one in open_ones if one.status == "announced"]),
        (_("On the way or partly here"), [one for one in open_ones if one.status != "announced"]),
        (_("Done"), list(done)),
    ]
    if allows(request, Permission.ANNOUNCE_CONSIGNMENT, site.code):
        page["links"]["announce"] = act_url(site.code, "umumkan-kiriman")
    return page | {
        "groups": [
            {"title": title, "consignments": [row_of(one, site.code, page) for one in some]} for title, some in groups
        ]
    }


def delivery_page(request: HttpRequest, site: Site, name: str) -> Context:
    """Context of warehouse/delivery.html. Raises Http404."""
    one = models.Consignment.objects.filter(of_place(site.code), key=name.replace("~", "/")).first()
    if one is None:
        raise Http404
    page = frame(request, site)
    counts = list(models.Tally.objects.filter(consignment_id=one.key, state="stands").order_by("counted_at"))
    by = actor_names({code for count in counts for code in count.counted_by})
    witnesses = sorted({code for count in counts for code in count.witnesses})
    vehicle = models.Vehicle.objects.filter(consignment_id=one.key).order_by("-arrived_at").first()
    numbers, entries = one.seals, _entries(one, site.code)
    known = {seal.number: seal for seal in models.Seal.objects.filter(log=one.log, number__in=numbers)}
    return page | {
        "c": row_of(one, site.code, page)
        | {
            "announced_at": one.announced_at or None,
            "announced_by": "",
            "vehicle": one.plate or (vehicle.plate if vehicle else ""),
            "driver": "",
            "escort": ESCORTS[vehicle.escort] if vehicle and vehicle.escort != "none" else "",
            "bttb": ", ".join(count.document_number for count in counts if count.document_number),
            "bast": "",
            "counted_by": ", ".join(str(WITNESSES.get(code, name)) for code, name in by.items()),
            "witnesses": [str(WITNESSES.get(code, code)) for code in witnesses],
        },
        "lines": [_line(line, one) for line in one.lines],
        "seals": [_seal(number, known.get(number), counted=bool(counts)) for number in numbers],
        "entries": rows(request, site, entries),
        "warnings": _warnings(site, {line.index for line in entries}),
        "acts": [
            {"url": act_url(site.code, slug, one.key), "title": act_of(slug).title, "icon": act_of(slug).icon}
            for slug in _acts(one, site.code)
            if allows(request, Permission(act_of(slug).permission), site.code)
        ],
        "district": district_of(site.code),
    }


def _line(line: dict[str, Any], one: models.Consignment) -> Context:
    announced, received = line.get("announced", 0), line.get("received", 0) or line.get("released", 0)
    counted = one.receipt_count or one.release_count
    return {
        "what": what_is(line),
        "dapil": line.get("dapil", ""),
        "announced_packages": line.get("packages", 0),
        "announced_units": announced,
        "received_packages": line.get("received_packages", 0),
        "received_units": received if counted else None,
        "difference": received - announced if counted else 0,
        "reason": str(DIFFERENCE_REASONS.get(one.difference_reason, "")) if one.difference_reason != "none" else "",
    }


def _warnings(site: Site, entries: set[int]) -> list[Context]:
    """The open warnings for which some of these entries speak."""
    there = warnings.open_warnings([site.code], limit=50)
    return warning_rows([one for one in there if entries & set(one.evidence_indexes)])


def _seal(number_: str, seal: models.Seal | None, *, counted: bool) -> Context:
    """A seal that the sender put on. One that nobody saw when the goods were counted is missing; one that was found
    whole is known by the announcement, though nobody here put it on."""
    state = seal.state if seal else "missing" if counted else "unregistered"
    if seal and state == "unregistered" and seal.checked_at:
        state = "intact"
    return {
        "number": number_,
        "state_word": SEAL_STATES.get(state, state),
        "good": state == "intact",
        "bad": state in ("broken", "different", "missing"),
    }


def _entries(one: models.Consignment, place: str) -> list[Line]:
    """What the log of this place says of it, newest first."""
    return ledger.lines_at(place, one.log, ledger.Sought(text=one.key, from_at=one.announced_at), limit=ENTRIES_SHOWN)


def _acts(one: models.Consignment, place: str) -> Iterator[str]:
    """What can be put on record about it now, besides counting it."""
    if one.differences:
        yield "selisih"
    if one.status == "announced":
        yield "kiriman-berangkat"
        if one.place == place:
            yield "kiriman-batal"
