"""The roster of a site and the hand-over of the watch."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import actor_name, actor_names
from awas.ledger import services as ledger
from awas.ledger.area import DAY, MINUTE
from awas.ledger.naming import district_of, log_of
from awas.places.models import Site
from awas.roster import services as roster
from awas.roster.events import HandoverAccepted, HandoverOffered
from awas.roster.models import Shift
from awas.ui.formats import day as day_of
from awas.ui.formats import local, number
from awas.warehouse import services
from awas.warehouse.pages.frame import Context, act_url, frame, open_warning_rows
from awas.warehouse.pages.site import shift_name

AHEAD, BEHIND = 7 * DAY, 1 * DAY
GRACE = 15 * MINUTE
SIGNATURES = 12
"""So many entries of hand-overs are looked through for the last one that both signed."""


def shifts_page(request: HttpRequest, site: Site) -> Context:
    """Context of roster/shifts.html."""
    page = frame(request, site)
    now = page["now"]
    shifts = [one for one in roster.shifts_between(site.code, now - BEHIND, now + AHEAD) if one.state == "planned"]
    names = actor_names({code for one in shifts for code in one.people})
    may_plan = allows(request, Permission.PLAN_SHIFTS, site.code)
    rows = [_row(one, shifts[:number], site, now, names, may_plan=may_plan) for number, one in enumerate(shifts)]
    own = request.user.code  # type: ignore[union-attr]
    for row, one in zip(rows, shifts, strict=True):
        mine = own in one.people and one.from_at > now and page["may_record"]
        row["swap_url"] = act_url(site.code, "tukar-piket", one.key) if mine else ""
    days = [
        {"at": some[0]["from_at"], "shifts": some}
        for _day, group in groupby(rows, key=lambda row: day_of(row["from_at"], site.time_zone, "id"))
        for some in [list(group)]
    ]
    return page | {
        "days": days,
        "plan_url": act_url(site.code, "rencana-piket") if may_plan else "",
        "away_url": act_url(site.code, "berhalangan") if page["may_record"] and not may_plan else "",
    }


def relief_url(one: Shift) -> str:
    """Who can come instead of somebody in this shift."""
    return reverse("roster:relief", args=[district_of(one.place), one.place, one.key.rpartition("/")[2]])


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
        "relief_url": relief_url(one) if may_plan and one.until_at > now else "",
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
    shift = roster.shifts_held([site.code]).get(site.code) or roster.shift_now(site.code, now)
    coming = roster.next_shift(site.code, shift.from_at if shift else now)
    offer = roster.offer_at(site.code)
    own = roster.duty_of(site.code, actor)
    signed = _signatures(site)
    due = shift.until_at if shift else (coming.from_at if coming else None)
    slug, subject = _next_act(actor, on_duty, offer.key if offer else "", offer.offered_by if offer else "")
    return page | {
        "leaving": _side(site, shift, on_duty) if on_duty else None,
        "arriving": _side(site, coming, coming.people) if coming else None,
        "facts": handover_facts(site),
        "open_matters": [],
        "warnings": open_warning_rows(site, 6),
        "signatures": signed.get(offer.key, []) if offer else [],
        "last": next((both for both in signed.values() if len(both) == 2), []),
        "step": "accept" if slug == "terima-piket" else "offer",
        "due_at": due,
        "late": bool(due) and now > (due or 0) + GRACE,
        "slug": slug,
        "subject": subject,
        "dispute_url": act_url(site.code, "tolak-serah", subject) if slug == "terima-piket" else "",
        "end_url": act_url(site.code, "akhiri-piket", own.key) if own else "",
    }


def _side(site: Site, shift: Shift | None, people: Iterable[str]) -> Context:
    """One side of a hand-over: the shift by its hours, and its people by name."""
    return {"shift": shift_name(shift, site), "names": list(actor_names(people).values())}


def _signatures(site: Site) -> dict[str, list[Context]]:
    """By the key of a hand-over, latest first: who signed it and the entries that say so, the giver first."""
    sought = ledger.Sought(kinds=("roster.handover_offered", "roster.handover_accepted"))
    found: dict[str, list[Context]] = {}
    for line in ledger.lines_at(site.code, log_of(site.code), sought, limit=SIGNATURES):
        event = line.event
        assert isinstance(event, HandoverOffered | HandoverAccepted)
        signature = {
            "side": "leaving" if isinstance(event, HandoverOffered) else "arriving",
            "name": actor_name(event.by),
            "at": line.entry.recorded_at,
            "index": line.index,
            "url": reverse("warehouse:entry", args=[site.code, line.index]),
        }
        found.setdefault(event.handover_id, []).insert(0, signature)
    return found


def _next_act(actor: str, on_duty: list[str], offer: str, offered_by: str) -> tuple[str, str]:
    """(slug, subject) of what this person can do now: take over what is offered, offer, or begin duty."""
    if offer and offered_by != actor:
        return "terima-piket", offer
    if offer:
        return "", ""
    if actor in on_duty:
        return "serah-piket", ""
    return "mulai-piket", ""
