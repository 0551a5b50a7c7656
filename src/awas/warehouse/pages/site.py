"""The watcher's home, the live log, who is inside."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import actor_names
from awas.ledger import services as ledger
from awas.ledger import vault
from awas.ledger.area import HOUR, MINUTE
from awas.ledger.naming import log_of
from awas.places.models import Site
from awas.roster import services as roster
from awas.warehouse import models, services
from awas.warehouse.forms.things import OPEN_CONSIGNMENTS
from awas.warehouse.pages.alerts import lines_at
from awas.warehouse.pages.frame import Context, act_url, frame, open_warning_rows, rows, tap
from awas.warehouse.words import PURPOSES, ROLES, VEHICLE_POSITIONS, VEHICLE_PURPOSES, VEHICLES
from awas.warnings import services as warnings

ROUND_LATE = 90 * MINUTE
DARK = 2 * HOUR
REGULARS = 24


def level_of(place: str, last_entry_at: int, now: int, worst: str) -> str:
    """The state of a site on the scale: the worst open warning, "unknown" when nobody has written for long."""
    if worst:
        return worst
    return "unknown" if now - last_entry_at > DARK else "normal"


def watch_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/watch.html."""
    page = frame(request, site, "watch")
    now, state = page["now"], services.site_state(site.code)
    open_rows = open_warning_rows(site)
    worst = warnings.worst_level([site.code]).get(site.code, "")
    return page | {
        "state": {
            "level": level_of(site.code, state.last_entry_at, now, worst),
            "open_count": page["open_warnings"],
            "worst": open_rows[0]["title"] if open_rows else "",
            "last_entry_at": state.last_entry_at or None,
        },
        "warnings": open_rows,
        "alerts": lines_at([site.code], now, site.time_zone).get(site.code, []),
        "duty": duty_line(site, now),
        "inside_count": state.inside_count,
        "vehicle_count": state.vehicles_inside,
        "expected_count": state.open_consignments,
        "seals_on": state.seals_on,
        "seals_bad": state.seals_bad,
        "last_round_at": state.last_round_at or None,
        "round_late": bool(state.last_round_at) and now - state.last_round_at > ROUND_LATE,
        "entries": rows(request, site, ledger.lines_at(site.code, log_of(site.code), limit=8)),
    }


def duty_line(site: Site, now: int) -> Context | None:
    """Who has the watch and until when; None when nobody."""
    codes = roster.on_duty_at(site.code)
    if not codes:
        return None
    names = actor_names(codes)
    shift = roster.shifts_held([site.code]).get(site.code) or roster.shift_now(site.code, now)
    due = shift.until_at if shift else None
    return {
        "names": [names[code] for code in codes],
        "shift": shift_name(shift, site),
        "until_at": due,
        "handover_due_at": due,
        "late": due is not None and now > due,
    }


def shift_name(shift: object, site: Site) -> str:
    """A shift by its hours."""
    if shift is None:
        return _("no shift planned")
    from awas.ui.templatetags.awas import clock  # noqa: PLC0415 - the filter knows the language of the request

    return f"{clock(shift.from_at, site.time_zone)}–{clock(shift.until_at, site.time_zone)}"  # type: ignore[attr-defined]


def visits_inside(request: HttpRequest, site: Site, now: int) -> list[Context]:
    """People inside, newest first, each with the one tap that logs the exit."""
    visits = list(models.Visit.objects.filter(place=site.code, state="inside").order_by("-entered_at")[:700])
    names = {}
    if allows(request, Permission.VIEW_PERSONAL, site.code):
        names = vault.values(
            [visit.name_ref for visit in visits] + [visit.escort_ref for visit in visits if visit.escort_ref]
        )
    out = reverse("warehouse:leave-now", args=[site.code])
    return [
        {
            "name": names.get(visit.name_ref, _("(name hidden)")),
            "role": ROLES.get(visit.role, visit.role),
            "institution": visit.institution,
            "purpose": PURPOSES.get(visit.purpose, visit.purpose),
            "detail": visit.institution,
            "entered_at": visit.entered_at,
            "pass_number": visit.pass_number,
            "escort": names.get(visit.escort_ref, ""),
            "overdue": bool(visit.until_at) and now > visit.until_at,
            "form_url": act_url(site.code, "orang-keluar", visit.key),
            "url": out,
            "fields": tap(visit=visit.key),
            "out": {"url": out, "fields": tap(visit=visit.key)},
        }
        for visit in visits
    ]


def vehicles_here(site: Site) -> list[Context]:
    """Vehicles in the yard."""
    return [
        {
            "plate": one.plate,
            "kind": VEHICLES.get(one.vehicle, one.vehicle),
            "purpose": VEHICLE_PURPOSES.get(one.purpose, one.purpose),
            "position": VEHICLE_POSITIONS.get(one.position, one.position),
            "arrived_at": one.arrived_at,
            "driver": "",
            "unattended": bool(one.unattended_since_at),
            "out_url": act_url(site.code, "kendaraan-keluar", one.key),
            "alone_url": act_url(
                site.code, "kendaraan-dijaga" if one.unattended_since_at else "kendaraan-ditinggal", one.key
            ),
        }
        for one in models.Vehicle.objects.filter(place=site.code, state="here").order_by("-arrived_at")[:100]
    ]


def inside_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/inside.html and warehouse/person_out.html."""
    page = frame(request, site, "inside")
    state = services.site_state(site.code)
    return page | {
        "people": visits_inside(request, site, page["now"]),
        "vehicles": vehicles_here(site),
        "by_role": [
            {"role": ROLES.get(role, role), "count": count}
            for role, count in sorted(state.inside.items(), key=lambda one: -one[1])
            if count
        ],
    }


def vehicles_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/vehicles.html."""
    return frame(request, site) | {"vehicles": vehicles_here(site)}


def regulars(request: HttpRequest, site: Site) -> list[Context]:
    """People who came here lately and are out now: one tap lets them in again."""
    if not allows(request, Permission.VIEW_PERSONAL, site.code):
        return []
    away = models.Presence.objects.filter(last_place=site.code, place="").order_by("-last_left_at")[:REGULARS]
    keys = [one.key for one in away]
    known = models.Visit.objects.filter(place=site.code, person__in=keys).order_by("entered_at")
    latest = {visit.person: visit for visit in known}
    names = vault.values([visit.name_ref for visit in latest.values()])
    url = reverse("warehouse:enter-again", args=[site.code])
    return [
        {
            "name": names[visit.name_ref],
            "detail": f"{ROLES.get(visit.role, visit.role)} · {visit.institution}".strip(" ·"),
            "on_list": visit.on_access_list == "listed",
            "url": url,
            "fields": tap(person=visit.person),
        }
        for key in keys
        if (visit := latest.get(key)) is not None and visit.name_ref in names
    ]


def expected_count(place: str) -> int:
    """Consignments that are to come in here."""
    return models.Consignment.objects.filter(at_place=place, status__in=OPEN_CONSIGNMENTS).count()
