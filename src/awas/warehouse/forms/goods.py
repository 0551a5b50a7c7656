"""Acts about goods: announced, on their way, counted in, let out, explained."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from awas.ledger.desk import Desk
from awas.ui.acts import Act, Values
from awas.ui.asks import Asked, choice, moment, photos, sealed, several, text, thing, things, yes
from awas.warehouse import commands as ask_for
from awas.warehouse import models
from awas.warehouse.forms.lines import announced_lines, counted_lines, seal_numbers, seals_seen
from awas.warehouse.forms.officers import officers_here
from awas.warehouse.forms.things import consignments_expected, consignments_to_go, vehicles_here
from awas.warehouse.words import DIFFERENCE_REASONS, DIRECTIONS, ESCORTS, WITNESSES

_LETTER = _("Delivery letter (surat jalan), number")
_SEALS_HINT = _("One number a line. Not intact? Write after the number how it was found.")

_COUNT = (
    things("counted_by", _("Counted by"), officers_here, hint=_("Two people where the site's rules want two.")),
    several("witnesses", _("Witnesses"), WITNESSES),
    seals_seen("seals", _("Seals"), _SEALS_HINT),
    choice("difference_reason", _("If the count differs: why"), DIFFERENCE_REASONS, initial="none"),
    yes("final", _("This was all: the consignment is complete or no more comes")),
    sealed("details", _("Note"), "note", long=True),
    photos(),
)


def _announce(values: Values, desk: Desk, subject: str) -> Any:
    values["to_place" if values["direction"] == "in" else "from_place"] = desk.place
    return ask_for.AnnounceConsignment(consignment_id=desk.key(), **values)


def _receive(values: Values, desk: Desk, subject: str) -> Any:
    known = values.pop("consignment_id") or subject
    return ask_for.ReceiveGoods(
        receipt_id=desk.key(), consignment_id=known or desk.key(), unannounced=not known, **values
    )


def _release(values: Values, desk: Desk, subject: str) -> Any:
    known = values.pop("consignment_id") or subject
    return ask_for.ReleaseGoods(
        release_id=desk.key(), consignment_id=known or desk.key(), unannounced=not known, **values
    )


def _from_announcement(asked: Asked, subject: str) -> Mapping[str, Any]:
    """The announced lines, so that counting means correcting numbers."""
    found = models.Consignment.objects.filter(key=subject).first() if subject else None
    if found is None:
        return {}
    lines = [
        {
            "item": line.item,
            "ballot": line.ballot,
            "dapil": line.dapil,
            "packages": str(line.packages or ""),
            "units": "",
        }
        for line in found.kept().lines
    ]
    return {"consignment_id": subject, "lines": lines, "delivery_letter": found.delivery_letter}


ACTS = (
    Act(
        slug="umumkan-kiriman",
        title=_("Announce a consignment"),
        icon="truck",
        permission="announce_consignment",
        send=_("Announce"),
        hint=_("Every movement is announced to KPU and Bawaslu beforehand; what comes unannounced raises a warning."),
        asks=(
            choice("direction", _("Direction"), DIRECTIONS, initial="in"),
            text("delivery_letter", _LETTER),
            text("order_number", _("Order or contract, number")),
            text("supplier", _("Supplier")),
            text("from_name", _("From")),
            text("to_name", _("To")),
            text("carrier", _("Haulier")),
            text("plate", _("Number plate"), most=16, capitals=True),
            moment("expected_from_at", _("Expected from")),
            moment("expected_until_at", _("Expected until"), required=True),
            announced_lines("lines", _("What comes")),
            seal_numbers("seals", _("Seals put on by the sender"), _("One number a line.")),
            yes("escort_promised", _("Escort promised")),
        ),
        build=_announce,
    ),
    Act(
        slug="kiriman-berangkat",
        title=_("Consignment has left"),
        icon="truck",
        about="consignment",
        send=_("Record"),
        asks=(
            text("plate", _("Number plate"), most=16, capitals=True),
            text("carrier", _("Haulier")),
            choice("escort", _("Escort"), ESCORTS, initial="none"),
            moment("eta_at", _("Expected arrival")),
        ),
        build=lambda values, desk, subject: ask_for.DispatchConsignment(consignment_id=subject, **values),
    ),
    Act(
        slug="kiriman-batal",
        title=_("Cancel the consignment"),
        icon="x",
        about="consignment",
        permission="announce_consignment",
        send=_("Cancel it"),
        asks=(sealed("why", _("Why"), "note", long=True),),
        build=lambda values, desk, subject: ask_for.CancelConsignment(consignment_id=subject, **values),
    ),
    Act(
        slug="barang-masuk",
        title=_("Goods in"),
        icon="box",
        about="consignment",
        or_new=True,
        send=_("Record receipt"),
        initial=_from_announcement,
        asks=(
            thing(
                "consignment_id",
                _("Consignment"),
                consignments_expected,
                required=False,
                hint=_("Empty: it was not announced."),
            ),
            counted_lines("lines", _("Counted")),
            text("delivery_letter", _LETTER),
            text("document_number", _("BTTB/BAST, number")),
            text("supplier", _("Supplier")),
            thing("vehicle_id", _("Vehicle"), vehicles_here, required=False),
            *_COUNT,
        ),
        build=_receive,
    ),
    Act(
        slug="barang-keluar",
        title=_("Goods out"),
        icon="box",
        about="consignment",
        or_new=True,
        send=_("Record release"),
        initial=_from_announcement,
        asks=(
            thing(
                "consignment_id",
                _("Order"),
                consignments_to_go,
                required=False,
                hint=_("Empty: there is no order on record."),
            ),
            counted_lines("lines", _("Let out")),
            text("delivery_letter", _LETTER),
            text("document_number", _("BAST, number")),
            thing("vehicle_id", _("Vehicle"), vehicles_here, required=False),
            sealed("receiver", _("Receiver's name"), "person"),
            text("receiver_institution", _("Receiver's institution")),
            *_COUNT,
        ),
        build=_release,
    ),
    Act(
        slug="selisih",
        title=_("Explain a difference"),
        icon="note",
        about="consignment",
        send=_("Record"),
        asks=(
            choice(
                "reason", _("Why"), DIFFERENCE_REASONS, only=[code for code in DIFFERENCE_REASONS if code != "none"]
            ),
            text("document_number", _("Document, number")),
            sealed("details", _("Note"), "note", long=True),
        ),
        build=lambda values, desk, subject: ask_for.ExplainDifference(consignment_id=subject, **values),
    ),
)
