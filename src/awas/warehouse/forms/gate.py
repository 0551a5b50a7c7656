"""Acts at the gate: people and vehicles in and out, and who was turned away."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from awas.ledger.desk import Desk
from awas.ui.acts import Act, Values
from awas.ui.asks import Asked, choice, count, moment, photo, photos, sealed, several, text, thing, yes, yes_or_no
from awas.warehouse import commands as ask_for
from awas.warehouse import models, services
from awas.warehouse.events import Carried
from awas.warehouse.forms.things import consignments_open, people_inside
from awas.warehouse.words import (
    CARRIED,
    ESCORTS,
    IDENTITY_KINDS,
    PURPOSES,
    REFUSAL_REASONS,
    REFUSED_SUBJECTS,
    ROLES,
    VEHICLE_POSITIONS,
    VEHICLE_PURPOSES,
    VEHICLES,
)

_NAME = _("Name")
_DIGITS_HINT = _("The last digits only, at most six: enough to know the person again.")


def identity(values: Values, desk: Desk, *, named: bool = False) -> services.Somebody:
    """Somebody at the gate, out of a form's values; `named` where the command's own key is made of the person's."""
    name, digits = values.pop("person_name"), values.pop("identity_digits")
    return services.somebody(desk, name, values.get("identity_kind"), digits, named=named)


def _plain(name: str, label: Any, *, required: bool, most: int = 120, hint: Any = "") -> Any:
    """A personal value that `identity` seals together with others."""
    return text(name, label, required=required, most=most, hint=hint)


def _enter(values: Values, desk: Desk, subject: str) -> Any:
    person, name, number = identity(values, desk)
    values["carried"] = tuple(Carried(item=item) for item in values["carried"])
    return ask_for.EnterPerson(visit_id=desk.key(), person=person, name=name, identity=number, **values)  # type: ignore[arg-type]


def _leave(values: Values, desk: Desk, subject: str) -> Any:
    visit = models.Visit.objects.get(key=subject, place=desk.place)
    return ask_for.LeavePerson(visit_id=visit.key, person=visit.person, pass_number=visit.pass_number, **values)


def _extend(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.ExtendVisit(visit_id=subject, **values)


def _refuse(values: Values, desk: Desk, subject: str) -> Any:
    person, name, number = identity(values, desk)
    values["plate"] = values["plate"].upper()
    return ask_for.RefuseEntry(person=person, name=name, identity=number, **values)


def _arrive(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.ArriveVehicle(vehicle_id=desk.key(), **values)


def _announced(asked: Asked, subject: str) -> Mapping[str, Any]:
    if not subject:
        return {}
    found = models.Consignment.objects.filter(key=subject).first()
    return {"consignment_id": subject, "plate": found.plate if found else "", "purpose": "deliver"}


ACTS = (
    Act(
        slug="orang-masuk",
        title=_("Person in"),
        icon="person-in",
        send=_("Record entry"),
        asks=(
            _plain("person_name", _NAME, required=True),
            choice("role", _("Role"), ROLES),
            choice("purpose", _("Purpose"), PURPOSES),
            text("institution", _("Institution")),
            choice("identity_kind", _("Identity shown"), IDENTITY_KINDS, initial="ktp"),
            _plain("identity_digits", _("Last digits"), required=False, most=6, hint=_DIGITS_HINT),
            text("letter_number", _("Letter of authority, number")),
            thing("escorted_by", _("Escorted by"), people_inside, required=False),
            several("carried", _("Carries"), CARRIED),
            text("pass_number", _("Visitor's pass"), most=24),
            yes_or_no("body_checked", _("Body checked")),
            moment("until_at", _("Stays until")),
            sealed("purpose_text", _("Note"), "note", long=True),
            photo(),
        ),
        build=_enter,
    ),
    Act(
        slug="orang-keluar",
        title=_("Person out"),
        icon="person-out",
        about="visit",
        send=_("Record exit"),
        asks=(
            yes_or_no("pass_returned", _("Pass returned")),
            yes_or_no("body_checked", _("Body checked")),
            photo(),
        ),
        build=_leave,
    ),
    Act(
        slug="perpanjang",
        title=_("Visit lasts longer"),
        icon="clock",
        about="visit",
        send=_("Record"),
        asks=(
            moment("until_at", _("Stays until"), required=True),
            text("letter_number", _("Letter of authority, number")),
        ),
        build=_extend,
    ),
    Act(
        slug="ditolak",
        title=_("Turned away"),
        icon="x",
        send=_("Record refusal"),
        hint=_("An attempt that was turned away is a fact worth keeping."),
        asks=(
            choice("subject", _("Who or what"), REFUSED_SUBJECTS, initial="person"),
            choice("reason", _("Why"), REFUSAL_REASONS),
            _plain("person_name", _NAME, required=False),
            choice("identity_kind", _("Identity shown"), IDENTITY_KINDS, initial="none"),
            _plain("identity_digits", _("Last digits"), required=False, most=6, hint=_DIGITS_HINT),
            choice("role", _("Role"), ROLES, required=False),
            text("institution", _("Institution")),
            text("plate", _("Number plate"), most=16, capitals=True),
            sealed("details", _("What happened"), "note", long=True),
            photo(),
        ),
        build=_refuse,
    ),
    Act(
        slug="kendaraan-masuk",
        title=_("Vehicle in"),
        icon="truck",
        send=_("Record arrival"),
        initial=_announced,
        asks=(
            text("plate", _("Number plate"), required=True, most=16, capitals=True),
            choice("vehicle", _("Kind of vehicle"), VEHICLES, initial="truck"),
            choice("purpose", _("Purpose"), VEHICLE_PURPOSES, initial="deliver"),
            thing("consignment_id", _("Consignment"), consignments_open, required=False),
            choice("escort", _("Escort"), ESCORTS, initial="none"),
            count("escort_count", _("Escorts, number"), most=200),
            sealed("escort_names", _("Escorts, names"), "person"),
            sealed("driver", _("Driver's name"), "person"),
            text("carrier", _("Haulier")),
            text("letter_number", _("Delivery letter (surat jalan), number")),
            choice("position", _("Where it stands"), VEHICLE_POSITIONS, initial="yard"),
            photos(),
        ),
        build=_arrive,
    ),
    Act(
        slug="kendaraan-keluar",
        title=_("Vehicle out"),
        icon="truck",
        about="vehicle",
        send=_("Record departure"),
        asks=(
            yes("loaded", _("Loaded")),
            choice("escort", _("Escort"), ESCORTS, initial="none"),
            count("escort_count", _("Escorts, number"), most=200),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.LeaveVehicle(vehicle_id=subject, **values),
    ),
    Act(
        slug="kendaraan-ditinggal",
        title=_("Vehicle left alone"),
        icon="alert",
        about="vehicle",
        send=_("Record"),
        hint=_("Nobody watches the vehicle."),
        asks=(
            choice("position", _("Where it stands"), VEHICLE_POSITIONS, initial="yard"),
            moment("since_at", _("Since"), hint=_("Empty: since now.")),
            yes("loaded", _("Loaded")),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.ReportVehicleUnattended(vehicle_id=subject, **values),
    ),
    Act(
        slug="kendaraan-dijaga",
        title=_("Vehicle watched again"),
        icon="check",
        about="vehicle",
        send=_("Record"),
        asks=(),
        build=lambda values, desk, subject: ask_for.ReportVehicleAttended(vehicle_id=subject),
    ),
)
