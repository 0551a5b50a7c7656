"""Offering the watch: what is handed over is read from the record, not typed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awas.ledger.desk import Desk
from awas.roster import commands as ask_for
from awas.roster import services as roster
from awas.ui.acts import Act, Values
from awas.ui.asks import photos, sealed
from awas.warehouse import services


def _offer(values: Values, desk: Desk, subject: str) -> Any:
    running = roster.duty_of(desk.place, desk.actor)
    return ask_for.OfferHandover(
        handover_id=desk.key(),
        duty_id=running.key if running else desk.key(),
        summary=services.handover_summary(desk.place),
        **values,
    )


ACTS = (
    Act(
        slug="serah-piket",
        title=_("Hand the watch over"),
        icon="handover",
        send=_("Offer the watch"),
        hint=_("The next officer sees what is inside and open, and signs by taking it over."),
        asks=(sealed("note", _("What the next officer must know"), "note", long=True), photos()),
        build=_offer,
    ),
)
