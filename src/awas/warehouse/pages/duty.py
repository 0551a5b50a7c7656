"""The roster of a site and the hand-over of the watch."""

from itertools import groupby

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import actor_names
from awas.ledger.area import DAY, MINUTE
from awas.places.models import Site
from awas.roster import services as roster
from awas.roster.models import Shift
from awas.ui.formats import day as day_of
from awas.ui.formats import local, number
from awas.warehouse import services
from awas.warehouse.pages.frame import Context, act_url, frame, open_warning_rows
from awas.warehouse.pages.site import shift_name

AHEAD, BEHIND = 7 * DAY, 1 * DAY
GRACE = 15 * MINUTE


def shifts_page(request: HttpRequest, site: Site) -> Context:
    """Context of roster/shifts.html."""
    page = frame(request, site)
    now = page["now"]
    shifts = [one for one in roster.shifts_between(site.code, now - BEHIND, now + AHEAD) if one.state == "planned"]
    names = actor_names({code for one in shifts for code in one.people})
    may_plan = allows(request, Permission.PLAN_SHIFTS, site.code)
    rows = [_row(one, shifts[:number], site, now, names, may_plan=may_plan) for number, one in enumerate(shifts)]
    days = [
        {"at": some[0]["from_at"], "shifts": some}
        for _day, group in groupby(rows, key=lambda row: day_of(row["from_at"], site.time_zone, "id"))
        for some in [list(group)]
    ]
    return page | {"days": days, "plan_url": act_url(site.code, "rencana-piket") if may_plan else ""}


def _row(one: Shift, earlier: list[Shift], site: Site, now: int, names: dict[str, str], *, may_plan: bool) -> Context:
    gap = bool(earlier) and one.from_at > max(before.until_at for before in earlier)
    if one.until_at <= now:
        state = "done"
    elif one.from_at <= now:
        state = "on"
    else:
        state = "gap" if gap or not one.people else "planned"
    return {
        "label": _part_of_day(one, site),
        "from_at": one.from_at,
        "until_at": one.until_at,
        "names": [names[code] for code in one.people],
        "state": state,
        "handover_url": "",
        "edit_url": act_url(site.code, "ganti-piket", one.key) if may_plan and state != "done" else "",
    }


def _part_of_day(one: Shift, site: Site) -> str:
    """Morning, afternoon or night, by the hour a shift begins at the site."""
    hour = local(one.from_at, site.time_zone).hour
    if hour < 4 or hour >= 19:
        return _("Night")
    return _("Morning") if hour < 12 else _("Afternoon")


def handover_facts(site: Site) -> list[Context]:
    """What is handed over, from the record, as rows."""
    summary = services.handover_summary(site.code)

    def fact(icon: str, label: str, value: object, *, bad: bool = False) -> Context:
        return {"icon": icon, "label": label, "value": value, "bad": bad, "url": ""}

    recording = summary.cctv_recording
    return [
        fact("people", _("People inside"), summary.people_inside),
        fact("truck", _("Vehicles"), summary.vehicles_inside, bad=summary.vehicles_unattended > 0),
        fact("box", _("Open consignments"), summary.open_consignments),
        fact("seal", _("Seals in place"), summary.seals_on),
        fact("seal", _("Seals not intact"), summary.seals_bad, bad=summary.seals_bad > 0),
        fact(
            "camera",
            _("CCTV working"),
            f"{summary.cctv_working}/{summary.cctv_total}",
            bad=recording is False or summary.cctv_working < summary.cctv_total,
        ),
        fact("key", _("Keys handed out"), summary.keys_out, bad=summary.keys_out > 0),
        fact("incident", _("Open incidents"), summary.open_incidents, bad=summary.open_incidents > 0),
        fact("water", _("Troubles of the building"), summary.open_conditions, bad=summary.open_conditions > 0),
        fact("list", _("Entries in the log"), number(summary.log_size, get_language() or "id")),
    ]


def handover_page(request: HttpRequest, site: Site) -> Context:
    """Context of roster/handover.html: what stands, and the act that comes next for whoever looks."""
    page = frame(request, site)
    now, actor = page["now"], request.user.code  # type: ignore[union-attr]
    on_duty = roster.on_duty_at(site.code)
    names = actor_names(on_duty)
    shift, coming, offer = (
        roster.shift_now(site.code, now),
        roster.next_shift(site.code, now),
        roster.offer_at(site.code),
    )
    coming_names = actor_names(coming.people) if coming else {}
    due = shift.until_at if shift else (coming.from_at if coming else None)
    slug, subject = _next_act(actor, on_duty, offer.key if offer else "", offer.offered_by if offer else "")
    return page | {
        "leaving": {
            "shift": shift_name(shift, site),
            "names": list(names.values()),
            "from_at": shift.from_at if shift else None,
            "until_at": shift.until_at if shift else None,
        }
        if on_duty
        else None,
        "arriving": {
            "shift": shift_name(coming, site),
            "names": list(coming_names.values()),
            "from_at": coming.from_at,
            "until_at": coming.until_at,
        }
        if coming
        else None,
        "facts": handover_facts(site),
        "open_matters": [],
        "warnings": open_warning_rows(site, 6),
        "signatures": [],
        "step": "accept" if slug == "terima-piket" else "offer",
        "due_at": due,
        "late": bool(due) and now > (due or 0) + GRACE,
        "slug": slug,
        "subject": subject,
        "dispute_url": act_url(site.code, "tolak-serah", subject) if slug == "terima-piket" else "",
    }


def _next_act(actor: str, on_duty: list[str], offer: str, offered_by: str) -> tuple[str, str]:
    """(slug, subject) of what this person can do now: take over what is offered, offer, or begin duty."""
    if offer and offered_by != actor:
        return "terima-piket", offer
    if offer:
        return "", ""
    if actor in on_duty:
        return "serah-piket", ""
    return "mulai-piket", ""
