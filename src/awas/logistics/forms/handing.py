"""Acts of handing over: sent, accepted, refused, called back."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from awas.ledger.desk import Desk
from awas.logistics import commands as ask_for
from awas.logistics import models, services
from awas.logistics.forms.asked import DIFFERS, kits_here, numbers, stations_called, units_called, units_here
from awas.logistics.lines import SealSeen
from awas.logistics.words import (
    LEGS,
    REASONS,
)
from awas.places.codes import PARTS
from awas.places.models import Site
from awas.places.services import place_name
from awas.ui.acts import Act, Values
from awas.ui.asks import Asked, Choices, choice, moment, photos, sealed, text, thing, things
from awas.warehouse.words import ESCORTS


def places_next(asked: Asked) -> Choices:
    """Where things may go from here: one level down, and up again."""
    region = asked.place.partition("-")[0]
    yield from services.committees(asked.place)
    above = region.rpartition(".")[0]
    while len(above) >= PARTS[1]:
        yield above, place_name(above) or above
        above = above.rpartition(".")[0]
    district = ".".join(region.split(".")[:2])
    for site in Site.objects.within(district).exclude(code=asked.place):
        yield site.code, site.name


def _offer(values: Values, desk: Desk, subject: str) -> Any:
    values["seals"] = numbers(values["seals"])
    return ask_for.OfferTransfer(transfer_id=desk.key(), **values)


def _transfer_of(subject: str) -> models.Transfer:
    return models.Transfer.objects.get(key=subject)


def _offered_to_here(asked: Asked, subject: str) -> Mapping[str, Any]:
    transfer = models.Transfer.objects.filter(key=subject).first()
    if transfer is None:
        return {}
    return {"stations": services.on_its_way(transfer, "stations"), "units": services.on_its_way(transfer, "units")}


def _stations_offered(asked: Asked) -> Choices:
    awaited = [services.on_its_way(transfer, "stations") for transfer in services.transfers_awaited(asked.place)]
    return stations_called(station for stations in awaited for station in stations).items()


def _units_offered(asked: Asked) -> Choices:
    awaited = [services.on_its_way(transfer, "units") for transfer in services.transfers_awaited(asked.place)]
    keys = [unit for units in awaited for unit in units]
    stations = dict(models.Unit.objects.filter(key__in=keys).values_list("key", "station"))
    return units_called((key, stations.get(key, "")) for key in keys)


def _accept(values: Values, desk: Desk, subject: str) -> Any:
    offered = _transfer_of(subject)
    bad = numbers(values.pop("bad_seals"))
    # The seals of the vehicle were looked at when it came; what comes later comes without them.
    sealed_with = offered.seals if offered.state == "offered" else ()
    seals = [SealSeen(number=number, result="broken" if number in bad else "intact") for number in sealed_with]
    seals += [SealSeen(number=number, result="different") for number in bad if number not in offered.seals]
    return ask_for.AcceptTransfer(transfer_id=subject, seals=tuple(seals), **values)


ACTS: tuple[Act, ...] = (
    Act(
        slug="kirim",
        title=_("Hand over: send"),
        icon="truck",
        send=_("Record that it sets out"),
        hint=_("The hand-over holds only when the receiver has counted it in."),
        asks=(
            choice("leg", _("Leg"), LEGS),
            thing("to_place", _("Goes to"), places_next),
            things("stations", _("Stations' kits"), kits_here),
            things("units", _("Boxes and packages"), units_here),
            text("plate", _("Number plate"), most=16, capitals=True),
            choice("escort", _("Escort"), ESCORTS, initial="none"),
            text("seals", _("Seals of the vehicle"), most=300),
            moment("due_at", _("Should be there by")),
            text("document_number", _("Letter, number")),
        ),
        build=_offer,
    ),
    Act(
        slug="terima-kiriman",
        title=_("Hand over: accept"),
        icon="check",
        about="transfer",
        send=_("Accept what is ticked"),
        hint=_("Untick what did not come. It stays on the sender's account until it is found."),
        asks=(
            things("stations", _("Stations' kits that came"), _stations_offered),
            things("units", _("Boxes and packages that came"), _units_offered),
            text("bad_seals", _("Seals that were broken or different, numbers"), most=300),
            text("document_number", _("Receipt (BAST), number")),
            *DIFFERS,
            photos(),
        ),
        build=_accept,
        initial=_offered_to_here,
    ),
    Act(
        slug="tolak-kiriman",
        title=_("Hand over: refuse"),
        icon="x",
        about="transfer",
        send=_("Refuse all of it"),
        asks=(choice("reason", _("Why"), REASONS), sealed("details", _("Note"), "note", long=True)),
        build=lambda values, desk, subject: ask_for.RefuseTransfer(transfer_id=subject, **values),
    ),
    Act(
        slug="minta-tarik",
        title=_("Ask leave to call a transfer back"),
        icon="correction",
        about="transfer",
        send=_("Ask"),
        asks=(sealed("why", _("Why"), "note", required=True, long=True),),
        build=lambda values, desk, subject: ask_for.AskApproval(
            approval_id=desk.key(), action="recall", subject=subject, **values
        ),
    ),
    Act(
        slug="tarik",
        title=_("Call a transfer back"),
        icon="correction",
        about="approval",
        send=_("Call it back"),
        asks=(),
        build=lambda values, desk, subject: ask_for.RecallTransfer(
            transfer_id=models.Approval.objects.get(key=subject).subject, approval_id=subject
        ),
    ),
)
