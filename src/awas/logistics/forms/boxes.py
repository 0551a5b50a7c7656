"""Acts about boxes and packages with labels."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awas.ledger.desk import Desk
from awas.logistics import commands as ask_for
from awas.logistics.forms.asked import numbers, units_here
from awas.logistics.keys import unit_key
from awas.logistics.words import (
    OPEN_FOR,
    SEAL_RESULTS,
    UNIT_KINDS,
)
from awas.ui.acts import Act, Values
from awas.ui.asks import choice, text, thing


def _label(values: Values, desk: Desk, subject: str) -> Any:
    labels = numbers(values.pop("labels"))
    return ask_for.LabelUnits(units=tuple(unit_key(desk.place, one) for one in labels), **values)


ACTS: tuple[Act, ...] = (
    Act(
        slug="label",
        title=_("Label boxes"),
        icon="box",
        send=_("Record the labels"),
        asks=(
            choice("unit_kind", _("Kind"), UNIT_KINDS),
            text("labels", _("Labels, separated by spaces"), required=True, most=2000),
            text("station", _("Polling station (TPS), code"), most=17),
            thing("parent", _("Lies in"), units_here, required=False),
        ),
        build=_label,
    ),
    Act(
        slug="masukkan-kotak",
        title=_("Put a box into another"),
        icon="box-in",
        about="unit",
        send=_("Record where it lies"),
        hint=_("Leave it open to take the box out again."),
        asks=(thing("parent", _("Lies in"), units_here, required=False),),
        build=lambda values, desk, subject: ask_for.NestUnit(unit=subject, parent=values["parent"] or ""),
    ),
    Act(
        slug="segel-kotak",
        title=_("Seal a box"),
        icon="seal",
        about="unit",
        send=_("Record the seals"),
        asks=(text("seals", _("Seal numbers"), required=True, most=300),),
        build=lambda values, desk, subject: ask_for.SealUnit(unit=subject, seals=numbers(values["seals"])),
    ),
    Act(
        slug="periksa-kotak",
        title=_("Check a box"),
        icon="seal",
        about="unit",
        send=_("Record the check"),
        asks=(
            choice("result", _("Seals"), SEAL_RESULTS, initial="intact"),
            text("seals", _("Seal numbers as you read them"), most=300),
        ),
        build=lambda values, desk, subject: ask_for.CheckUnit(
            unit=subject, result=values["result"], seals=numbers(values["seals"])
        ),
    ),
    Act(
        slug="buka-kotak",
        title=_("Open a box"),
        icon="seal",
        about="unit",
        send=_("Record the opening"),
        asks=(choice("why", _("What for"), OPEN_FOR),),
        build=lambda values, desk, subject: ask_for.OpenUnit(unit=subject, **values),
    ),
)
