"""Who may open which page of logistics, and the addresses one may follow: no link leads to a closed door.

A kit and a box are seen by those who see their district or village, and by those who stand where they lie, where they
are expected and where they belong: the watcher who scans a label must see the way of the box in their hands.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from awas.access.policy import Permission
from awas.access.require import allows, require_permission
from awas.logistics import models, services
from awas.logistics.forms.asked import PLAN
from awas.logistics.sheets.column import Kind
from awas.logistics.sheets.layout import SHEETS


def board_url(request: HttpRequest, region: str) -> str:
    """The stage board of a region; "" for whoever may not see it."""
    return reverse("logistics:board", args=[region]) if allows(request, Permission.VIEW_REGION, region) else ""


def kits_url(request: HttpRequest, region: str) -> str:
    """The kits of a region's stations; "" for whoever may not see them."""
    return reverse("logistics:kits", args=[region]) if allows(request, Permission.VIEW_REGION, region) else ""


def may_see_place(request: HttpRequest, place: str) -> bool:
    """Whether links to a place's own pages are shown."""
    return allows(request, Permission.VIEW_SITE, place)


def may_record(request: HttpRequest, place: str) -> bool:
    """Whether links to the forms of a place are shown."""
    return allows(request, Permission.RECORD_AT_SITE, place)


def sheet_permission(kind: str) -> Permission:
    """What a kind of sheet needs: the same as the form of its act."""
    return Permission(PLAN) if kind == "contract" else Permission.RECORD_AT_SITE


def sheet_kinds(request: HttpRequest, place: str) -> list[Kind]:
    """The kinds of sheet that whoever asks may send at a place."""
    return [one.kind for one in SHEETS.values() if allows(request, sheet_permission(one.kind), place)]


def sheets_url(request: HttpRequest, place: str) -> str:
    """The page for the sheets of a place; "" for whoever may send none."""
    return reverse("logistics:sheets", args=[place]) if sheet_kinds(request, place) else ""


def require_kit_seen(request: HttpRequest, kit: models.Kit) -> None:
    """Raises `Denied` for whoever neither sees the kit's station nor stands where the kit is or goes."""
    places = _of_transfer(kit.transfer_id) if kit.transfer_id else iter(())
    _require_one(request, kit.station, kit.place, *places)


def require_unit_seen(request: HttpRequest, unit: models.Unit) -> None:
    """Raises `Denied` for whoever neither sees the box's district or station nor stands where it was, is or goes."""
    district = unit.key.partition("/")[0]
    goes = _of_transfer(unit.holder) if unit.holder else iter(())
    around = [one.place for one in services.around(unit)]
    was = models.UnitStep.objects.filter(unit=unit.key).values_list("place", flat=True).distinct()
    _require_one(request, district, unit.place, *([unit.station] if unit.station else ()), *around, *goes, *was)


def _of_transfer(key: str) -> Iterator[str]:
    yield from models.Transfer.objects.filter(key=key).values_list("to_place", flat=True)


def _require_one(request: HttpRequest, region: str, *places: Any) -> None:
    if not any(may_see_place(request, place) for place in places):
        require_permission(request, Permission.VIEW_REGION, region)
