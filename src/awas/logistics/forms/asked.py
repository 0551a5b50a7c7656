"""What several forms of logistics ask: which thing, why it differs, what is here."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from awas.elections.services import current_election
from awas.logistics import models, services
from awas.logistics.words import (
    REASONS,
    in_language,
)
from awas.places.services import names_of
from awas.ui.acts import Values
from awas.ui.asks import Asked, Choices, choice, sealed, text, thing
from awas.warehouse.words import ITEMS

PLAN = "announce_consignment"
"""Whoever may plan deliveries may order, open a season and give leave."""

WHAT_HINT = _("The same form counts one thing; for many lines use the Excel sheet.")


MOST_SHOWN = 300
"""So many kits or units stand in a form; more come by a sheet."""


def goods_of(asked: Asked) -> Choices:
    """The ballots of this place by name, then other things."""
    names = {one.id: one.name for one in current_election().ballots}
    for kind in services.ballots_of(asked.place):
        yield f"ballot:{kind}", in_language(names[kind])  # type: ignore[arg-type]
    for item, word in ITEMS.items():
        if item != "ballot":
            yield f"{item}:", word


WHAT = (
    thing("what", _("What"), goods_of, hint=WHAT_HINT),
    text("dapil", _("Constituency, for example 36.03-4"), most=16),
)
DIFFERS = (
    choice("reason", _("If there is a difference: why"), REASONS, initial="none"),
    sealed("details", _("Note"), "note", long=True),
)


def what_of(values: Values) -> dict[str, str]:
    item, _colon, ballot = values.pop("what").partition(":")
    return {"item": item, "ballot": ballot, "dapil": values.pop("dapil")}


def name_of(name: Any) -> Any:
    """A name out of the election's file, in the language of whoever reads the form."""
    return lazy(in_language, str)(name)


def stations_called(codes: Iterable[str]) -> dict[str, str]:
    """Stations as a form shows them: by name, with the code that stands on the kit. One query."""
    wanted = list(codes)
    names = names_of(wanted)
    return {code: f"{names[code]} ({code})" if code in names else code for code in wanted}


def units_called(units: Iterable[tuple[str, str]]) -> Choices:
    """Units out of (key, station): by label, with the station that one is for. One query."""
    found = list(units)
    names = names_of(station for _key, station in found if station)
    for key, station in found:
        label = key.partition("/")[2]
        yield key, f"{label} · {names.get(station, station)}" if station else label


def kits_here(asked: Asked) -> Choices:
    """Stations' kits that are at this place and may set out."""
    kits = models.Kit.objects.filter(place=asked.place).exclude(state__in=("transit", "recapped")).order_by("station")
    shown = list(kits[:MOST_SHOWN])
    called = stations_called(kit.station for kit in shown)
    return ((kit.station, f"{called[kit.station]}{'' if kit.complete else ' ·'}") for kit in shown)


def units_here(asked: Asked) -> Choices:
    """Boxes and packages that are at this place."""
    found = models.Unit.objects.filter(place=asked.place, holder="").exclude(state="void").order_by("key")
    return units_called(found.values_list("key", "station")[:MOST_SHOWN])


def numbers(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.replace(",", " ").upper().split()))
