"""What several forms of logistics ask: which thing, why it differs, what is here."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from awas.elections.services import current_election
from awas.logistics import models, services
from awas.logistics.words import (
    REASONS,
    in_language,
)
from awas.ui.acts import Values
from awas.ui.asks import Asked, Choices, choice, sealed, text, thing
from awas.warehouse.words import ITEMS

PLAN = "announce_consignment"
"""Whoever may plan deliveries may order, open a season and give leave."""

WHAT_HINT = _("The same form counts one thing; for many lines use the Excel sheet.")


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


def kits_here(asked: Asked) -> Choices:
    """Stations' kits that are at this place and may set out."""
    kits = models.Kit.objects.filter(place=asked.place).exclude(state__in=("transit", "recapped")).order_by("station")
    return ((kit.station, f"{kit.station}{'' if kit.complete else ' ·'}") for kit in kits[:300])


def units_here(asked: Asked) -> Choices:
    """Boxes and packages that are at this place."""
    found = models.Unit.objects.filter(place=asked.place, holder="").exclude(state="void").order_by("key")
    return ((one.key, one.key.partition("/")[2]) for one in found[:300])


def numbers(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.replace(",", " ").upper().split()))
