"""What a form can point at: the people, vehicles, consignments, seals, keys and troubles of a place, by name."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awas.ledger import vault
from awas.ledger.area import Instant
from awas.ledger.naming import name_of
from awas.ui.asks import Asked
from awas.ui.formats import clock
from awas.warehouse import models
from awas.warehouse.words import CONDITIONS, INCIDENTS, OTHER_USES, ROLES

Named = Iterable[tuple[str, str]]


def _clock(at: Instant, asked: Asked) -> str:
    return clock(at, str(asked.zone), get_language() or "id")


OPEN_CONSIGNMENTS = ("announced", "in_transit", "part_received")


def people_inside(asked: Asked) -> Named:
    """Visits that haven't ended, newest first."""
    visits = list(models.Visit.objects.filter(place=asked.place, state="inside").order_by("-entered_at")[:600])
    names = vault.values([visit.name_ref for visit in visits])
    for visit in visits:
        name = names.get(visit.name_ref) or _("(name erased)")
        yield visit.key, f"{name} · {ROLES[visit.role]} · {_clock(visit.entered_at, asked)}"


def vehicles_here(asked: Asked) -> Named:
    for vehicle in models.Vehicle.objects.filter(place=asked.place, state="here").order_by("-arrived_at")[:100]:
        yield vehicle.key, f"{vehicle.plate} · {_clock(vehicle.arrived_at, asked)}"


def consignments_expected(asked: Asked) -> Named:
    """Goods that are to come in here."""
    return _consignments(Q(at_place=asked.place, direction="in") | Q(to_place=asked.place, direction="out"), asked)


def consignments_to_go(asked: Asked) -> Named:
    """Goods that are to go out from here."""
    return _consignments(Q(place=asked.place, direction="out"), asked)


def consignments_open(asked: Asked) -> Named:
    return _consignments(Q(place=asked.place) | Q(at_place=asked.place), asked)


def _consignments(which: Q, asked: Asked) -> Named:
    rows = models.Consignment.objects.filter(which, status__in=OPEN_CONSIGNMENTS).order_by("expected_until_at")[:100]
    for one in rows:
        who = one.to_name if one.direction == "out" else one.supplier or one.from_name or one.from_place
        yield one.key, f"{one.delivery_letter or name_of(one.key)} · {who}"


def seals_on(asked: Asked) -> Named:
    rows = models.Seal.objects.filter(place=asked.place).exclude(state__in=("removed", "void"))
    for seal in rows.order_by("number")[:500]:
        yield seal.key, f"{seal.number} · {seal.object_name}"


def keys_in(asked: Asked) -> Named:
    for one in models.KeyHolding.objects.filter(place=asked.place, is_out=False).order_by("door")[:100]:
        yield one.key, one.door


def incidents_open(asked: Asked) -> Named:
    for one in models.Incident.objects.filter(place=asked.place, state="open").order_by("-reported_at")[:50]:
        yield one.key, f"{INCIDENTS[one.incident]} · {_clock(one.reported_at, asked)}"


def troubles_open(asked: Asked) -> Named:
    """Open troubles of the building and other uses of it."""
    for one in models.Condition.objects.filter(place=asked.place, state="open").order_by("-began_at")[:50]:
        what = OTHER_USES[one.use] if one.condition == "use" else CONDITIONS[one.condition]
        yield one.key, f"{what} · {_clock(one.began_at, asked)}"
