"""Pages of a district's roster, and one's own calendar feed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from awas.access.desks import desk_of
from awas.access.models import Person
from awas.access.policy import NATION, Permission
from awas.access.require import ANYWHERE, needs, public, signed_in
from awas.access.services import actor_name, areas_of
from awas.ledger.area import Refused
from awas.places.codes import PARTS
from awas.places.models import Region
from awas.roster import drafting, feeds, monthly, relieving
from awas.roster.models import Shift, Watchkeeper
from awas.roster.office_forms import CellForm, OfficerForm, WantsForm
from awas.roster.pages import ahead as ahead_pages
from awas.roster.pages import month as month_pages
from awas.roster.pages import people as people_pages
from awas.roster.pages import presence as presence_pages
from awas.roster.pages.frame import district_or_404, frame, month_asked
from awas.roster.planning.apart import SolverGoneError
from awas.roster.planning.month import PATTERNS, Month
from awas.roster.words import KINDS
from awas.ui.formats import calendar_date
from awas.ui.refusals import in_words
from awas.ui.sent import sent_from


def home_of(request: HttpRequest) -> str | None:
    """The roster of one's own district, or the choice of one; None for whoever plans nothing."""
    areas = areas_of(request.user, Permission.PLAN_SHIFTS, settings.AWAS_NOW())
    own = [area for area in areas if area != NATION and len(area) == PARTS[1]]
    if own:
        return reverse("roster:month", args=[own[0]])
    return reverse("roster:home") if areas else None


@needs(Permission.PLAN_SHIFTS, place=ANYWHERE)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Leads to one's own district; those above it choose one of theirs."""
    address = home_of(request)
    if address is not None and address != request.path:
        return HttpResponseRedirect(address)
    areas = areas_of(request.user, Permission.PLAN_SHIFTS, settings.AWAS_NOW())
    districts = Region.objects.filter(level=Region.Level.DISTRICT).exclude(sites=None)
    mine = [one for one in districts if any(area in (NATION, one.code, one.code[:2]) for area in areas)]
    return render(request, "roster/districts.html", {"districts": mine})


def _month_page(request: HttpRequest, region: str, wrong: str = "") -> HttpResponse:
    now, found = settings.AWAS_NOW(), district_or_404(region)
    page = month_pages.month_page(found, month_asked(request, region, now), now)
    return render(request, "roster/month.html", page | {"wrong": wrong}, status=422 if wrong else 200)


@needs(Permission.PLAN_SHIFTS, place="region")
@require_GET
def month(request: HttpRequest, region: str) -> HttpResponse:
    """A month: what is planned or drafted, and why it falls short."""
    return _month_page(request, region)


def _drafted(request: HttpRequest, region: str, make: Callable[[Month, int, str], object]) -> HttpResponse:
    """Makes a draft, and leads back to the month; what hinders it is said there."""
    now = settings.AWAS_NOW()
    district_or_404(region)
    name = month_asked(request, region, now)
    pattern = request.POST.get("pola", "3x8")
    planned = monthly.month_named(region, name, now, pattern=pattern if pattern in PATTERNS else "3x8")
    assert isinstance(request.user, Person)
    try:
        make(planned, now, request.user.code)
    except drafting.NothingToPlanError as nothing:
        over = _("This month is over.")
        return _month_page(
            request, region, over if str(nothing) == "month_over" else _("Nobody stands watch in this district.")
        )
    except SolverGoneError:
        return _month_page(request, region, _("The planner stopped without an answer. Nothing was changed; try again."))
    return redirect(f"{reverse('roster:month', args=[region])}?bulan={name}")


@needs(Permission.PLAN_SHIFTS, place="region")
@sent_from("roster:month", "region")
def make(request: HttpRequest, region: str) -> HttpResponse:
    """Plans the month anew; what was fixed stays fixed, and what is planned changes little."""

    def planned(asked: Month, now: int, by: str) -> object:
        before = drafting.draft_of(region, asked.name)
        kept = drafting.kept_fixed(before, asked)
        return drafting.make_draft(region, asked, now, by, fixed=kept, present=drafting.kept_plan(before, asked))

    return _drafted(request, region, planned)


@needs(Permission.PLAN_SHIFTS, place="region")
@sent_from("roster:month", "region")
def publish(request: HttpRequest, region: str) -> HttpResponse:
    """Puts the draft on record, shift by shift."""
    now = settings.AWAS_NOW()
    district_or_404(region)
    name = month_asked(request, region, now)
    draft = drafting.draft_of(region, name)
    if draft is None:
        raise Http404
    try:
        drafting.publish(region, draft, lambda site: desk_of(request, site), now)
    except Refused as refused:
        return _month_page(request, region, str(in_words(refused)))
    return redirect(f"{reverse('roster:month', args=[region])}?bulan={name}")


@needs(Permission.PLAN_SHIFTS, place="region")
def cell(request: HttpRequest, region: str, site: str, on: str, kind: str) -> HttpResponse:
    """One shift of a draft: who must stand there."""
    found = district_or_404(region)
    draft, day = _cell_or_404(region, site, on, kind)
    form = CellForm(
        month_pages.cell_choices(draft, site),
        data=request.POST or None,
        initial={"people": month_pages.in_cell(draft.plan.placed, site, day, kind)},
    )
    if request.method == "POST" and form.is_valid():
        fixed = drafting.with_cell(draft, site, day, kind, form.cleaned_data["people"])

        def planned(asked: Month, now: int, by: str) -> object:
            return drafting.make_draft(region, draft.month, now, by, fixed=fixed, present=draft.plan.placed)

        return _drafted(request, region, planned)
    called = monthly.site_names(region).get(site, site)
    lead = f"{called} · {calendar_date(draft.month.date_of(day), get_language() or 'id')}"
    page = frame(found, draft.month.name, settings.AWAS_NOW())
    page |= {
        "form": form,
        "title": KINDS[kind],
        "lead": lead,
        "send": _("Fix and plan anew"),
        "back": page["links"]["month"],
    }
    return render(request, "roster/form.html", page, status=422 if form.errors else 200)


def _cell_or_404(region: str, site: str, on: str, kind: str) -> tuple[drafting.Draft, int]:
    """The draft that a cell belongs to, and its day. Raises Http404 for a cell of no open draft."""
    try:
        day = date.fromisoformat(on)
    except ValueError as unknown:
        raise Http404 from unknown
    draft = drafting.draft_of(region, day.strftime("%Y-%m"))
    if draft is None or draft.published_at:
        raise Http404
    number = (day - draft.month.first).days
    if not any((one.site, one.day, one.kind) == (site, number, kind) for one in draft.problem.demands):
        raise Http404
    return draft, number


@needs(Permission.PLAN_SHIFTS, place="region")
@require_GET
def people(request: HttpRequest, region: str) -> HttpResponse:
    """Who can be planned, with their limits."""
    now, found = settings.AWAS_NOW(), district_or_404(region)
    return render(
        request, "roster/people.html", people_pages.people_page(found, month_asked(request, region, now), now)
    )


@needs(Permission.PLAN_SHIFTS, place="region")
def officer(request: HttpRequest, region: str, person: str) -> HttpResponse:
    """One officer's abilities and limits."""
    now, found = settings.AWAS_NOW(), district_or_404(region)
    name = month_asked(request, region, now)
    own = people_pages.known_or_404(region, person, now)
    row = Watchkeeper.objects.filter(person=person).first()
    form = OfficerForm(
        monthly.site_names(region), own, data=request.POST or None, initial=OfficerForm.initial_of(row, name)
    )
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, Person)
        kept: dict[str, Any] = form.values(row, name)
        Watchkeeper.objects.update_or_create(
            person=person,
            defaults=kept | {"district": region, "changed_at": now, "changed_by": request.user.code},
        )
        return redirect(f"{reverse('roster:people', args=[region])}?bulan={name}")
    page = frame(found, name, now)
    page |= {"form": form, "title": actor_name(person), "lead": found.name, "send": _("Keep")}
    page["back"] = f"{page['links']['people']}?bulan={name}"
    return render(request, "roster/form.html", page, status=422 if form.errors else 200)


@needs(Permission.PLAN_SHIFTS, place="region")
def wants(request: HttpRequest, region: str) -> HttpResponse:
    """What every site wants."""
    now, found = settings.AWAS_NOW(), district_or_404(region)
    kinds = [kind.id for kind in PATTERNS["3x8"]]
    form = WantsForm(monthly.wants_of(region), monthly.site_names(region), kinds, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("roster:month", region=region)
    page = frame(found, month_asked(request, region, now), now)
    lead = _("Officers in each shift, and how many of them must be women.")
    page |= {
        "form": form,
        "title": _("What sites want"),
        "lead": lead,
        "send": _("Keep"),
        "back": page["links"]["month"],
    }
    return render(request, "roster/form.html", page, status=422 if form.errors else 200)


@needs(Permission.PLAN_SHIFTS, place="region")
@require_GET
def ahead(request: HttpRequest, region: str) -> HttpResponse:
    """Gaps, thin shifts and people who can't be counted on, some days ahead."""
    now, found = settings.AWAS_NOW(), district_or_404(region)
    given = request.GET.get("hari", "")
    days = (
        min(max(int(given), 1), ahead_pages.MOST_DAYS) if given.isascii() and given.isdigit() and len(given) < 4 else 7
    )
    return render(
        request, "roster/ahead.html", ahead_pages.ahead_page(found, now, days, month_asked(request, region, now))
    )


@needs(Permission.PLAN_SHIFTS, place="region")
@require_GET
def presence(request: HttpRequest, region: str) -> HttpResponse:
    """Who came of those who were planned."""
    now, found = settings.AWAS_NOW(), district_or_404(region)
    page = presence_pages.presence_page(found, month_asked(request, region, now), now)
    return render(request, "roster/presence.html", page)


@needs(Permission.PLAN_SHIFTS, place="region")
def relief(request: HttpRequest, region: str, site: str, shift: str) -> HttpResponse:
    """Somebody can't come: who can, best first; one tap puts them there."""
    now, found = settings.AWAS_NOW(), district_or_404(region)
    planned = Shift.objects.filter(key=f"{site}/{shift}", state="planned").first()
    if planned is None or site not in monthly.site_names(region):
        raise Http404
    gone = str(request.POST.get("gone") or request.GET.get("gone") or "")
    gone = gone if gone in planned.people else planned.people[0]
    wrong = ""
    if request.method == "POST":
        known = relieving.candidates(planned, gone, now)
        comes = request.POST.get("comes", "")
        if known is None or comes not in {one.person for one in known.reliefs}:
            raise Http404
        try:
            relieving.relieve(desk_of(request, site), planned, gone, comes, sick=request.POST.get("sick") == "1")
        except Refused as refused:
            wrong = str(in_words(refused))
        else:
            return redirect("warehouse:shifts", place=site)
    page = frame(found, month_asked(request, region, now), now) | people_pages.relief_page(planned, gone, now)
    return render(request, "roster/relief.html", page | {"wrong": wrong}, status=422 if wrong else 200)


@signed_in
@never_cache
def own_calendar(request: HttpRequest) -> HttpResponse:
    """One's own calendar address: make a new one, or revoke it."""
    assert isinstance(request.user, Person)
    code, now, address = request.user.code, settings.AWAS_NOW(), ""
    if request.method == "POST":
        if request.POST.get("what") == "revoke":
            feeds.revoke_feed(code, now)
            return redirect("roster:calendar")
        token = settings.AWAS_TOKEN(24)
        feeds.open_feed(code, token, now)
        address = request.build_absolute_uri(reverse("roster:feed", args=[token]))
    return render(request, "roster/calendar.html", {"address": address, "feed": feeds.feed_of(code), "now": now})


@public
@never_cache
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """One person's shifts for a calendar program, which can't sign in: the address is the key."""
    person = feeds.person_behind(token)
    if person is None:
        raise Http404
    # A calendar program's language isn't its owner's.
    with override(settings.LANGUAGE_CODE):
        content = feeds.calendar_of(person, settings.AWAS_NOW())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
