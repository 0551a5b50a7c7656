"""What the pages of logistics share: words, a place at the top, and rows that several pages show."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from awas.access.narration import word
from awas.access.policy import Permission
from awas.access.require import allows
from awas.ledger.naming import name_of
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.events import DifferenceExplained
from awas.logistics.pages.doors import board_url, may_record, may_see_place
from awas.logistics.rules import RULES
from awas.logistics.words import (
    CRITERIA,
    KIT_STATES,
    REASONS,
    SHIFTS,
    UNIT_KINDS,
    step_title,
    thing_name,
)
from awas.places.codes import zone_of
from awas.places.services import names_of, place_name
from awas.warehouse.words import ITEMS
from awas.warnings import services as warnings

Context = dict[str, Any]

KITS_SHOWN = 100
FAR = ("held", "supplied", "returning", "returned", "recapped")
SUPPLIED = ("supplied", "returning", "returned", "recapped")


def act_url(place: str, slug: str, subject: str = "") -> str:
    """The form of an act; `subject` is the key of the thing it is about."""
    if subject:
        return reverse("logistics:act-about", args=[place, slug, subject.replace("/", "~")])
    return reverse("logistics:act", args=[place, slug])


def need_name(name: str) -> str:
    """What people call what a kit needs: a thing, or else a kind of ballot."""
    return thing_name(name, "") if name in ITEMS else thing_name("ballot", name)


def place_frame(request: HttpRequest, place: str) -> Context:
    """What every page of a place shares. Raises Http404 where there is no such place."""
    name = place_name(place)
    if not name:
        raise Http404
    district = ".".join(place.partition("-")[0].split(".")[:2])
    return {
        "place": {"code": place, "name": name, "tz": zone_of(place), "url": reverse("logistics:place", args=[place])},
        "board_url": board_url(request, district),
        "may_record": may_record(request, place),
        "now": settings.AWAS_NOW(),
        "tz": zone_of(place),
    }


def _void_url(request: HttpRequest, row: Any) -> str:
    """Where a count is taken back, for those who may. What came by the gate is taken back there."""
    if row.by_gate:
        return ""
    if row.step == "print":
        orders = allows(request, Permission.ANNOUNCE_CONSIGNMENT, row.place)
        return act_url(row.place, "batal-cetak", row.key) if orders else ""
    return act_url(row.place, "batal", row.key) if may_record(request, row.place) else ""


EXPLAINABLE = tuple(rule.id for rule in RULES if DifferenceExplained in rule.ends)
"""The rules whose finding ends when somebody says why."""


def to_explain(log: str, keys: Iterable[str]) -> set[str]:
    """The tallies, transfers and counts on which a warning stands that a reason would end."""
    return warnings.found_of(log, keys, EXPLAINABLE)


def tally_row(request: HttpRequest, row: Any, warned: Collection[str] = ()) -> Context:
    """A tally, with the addresses that whoever asks may follow; `warned` are those of which a warning asks why."""
    seen, records = may_see_place(request, row.place), may_record(request, row.place)
    return {
        "key": row.key,
        "place": row.place,
        "url": reverse("logistics:tallies", args=[row.place]) + f"?tahap={row.stage}" if seen else "",
        "explain_url": act_url(row.place, "jelaskan", row.key) if records else "",
        "void_url": _void_url(request, row) if row.state != "void" else "",
        "title": step_title(row.step),
        "at": row.at,
        "by": row.by,
        "state": row.state,
        "document": row.document_number,
        "table": row.sorting_table,
        "shift": word(SHIFTS, row.shift) if row.shift else "",
        "taken": row.taken,
        "damaged": row.damaged,
        "short": row.short,
        "over": row.over,
        "reason": word(REASONS, row.reason) if row.reason != "none" else "",
        "open": row.key in warned or ((row.short or row.over) and row.reason in OPEN_REASONS),
        "lines": [
            {
                "what": thing_name(line["item"], line.get("ballot", ""), line.get("dapil", "")),
                "station": line.get("station", ""),
                "taken": line["taken"],
                "passed": line["passed"],
                "checked": line.get("checked", 0),
                "usable": line.get("usable", 0),
                "damaged": line.get("damaged", 0),
                "criteria": ", ".join(
                    f"{word(CRITERIA, one['criterion'])} {one['units']}" for one in line.get("damage", ())
                ),
            }
            for line in row.lines
        ],
    }


def kit_rows(rows: Iterable[Any]) -> list[Context]:
    """Kits, with what people call the places they are at."""
    found = list(rows)
    names = names_of(row.place for row in found)
    return [kit_row(row) | {"place": names.get(row.place, row.place)} for row in found]


def kit_row(row: Any) -> Context:
    return {
        "station": row.station,
        "url": reverse("logistics:kit", args=[row.station]),
        "state": word(KIT_STATES, row.state),
        "complete": row.complete,
        "lacks": ", ".join(need_name(one) for one in row.lacks),
        "unlike": ", ".join(thing_name(*thing.split(".", 2)) for thing in row.unlike),
        "place": row.place,
        "changed_at": row.changed_at,
    }


def unit_row(row: Any) -> Context:
    return {
        "label": name_of(row.key),
        "kind": word(UNIT_KINDS, row.unit_kind),
        "url": reverse("logistics:unit", args=[row.key.partition("/")[0], name_of(row.key)]),
        "station": row.station,
        "seals": row.seals,
        "state": row.state,
        "parent": name_of(row.parent) if row.parent else "",
    }
