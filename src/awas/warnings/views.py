"""Pages of warnings and rules, and what people do with them. A view writes through the record alone."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from awas import chance
from awas.access.desks import desk_of
from awas.access.policy import Permission
from awas.access.require import ANYWHERE, allows, needs
from awas.ledger import services as ledger
from awas.ledger.area import Refused
from awas.ledger.naming import log_of
from awas.places.codes import zone_of
from awas.ui.acts import Act, ActForm, digest_of
from awas.ui.asks import Asked
from awas.ui.live import live
from awas.ui.sent import sent_from
from awas.warnings import pages, particulars, rule_pages
from awas.warnings.acts import ACTS, threshold_act
from awas.warnings.models import Warning
from awas.warnings.rule import Rule


def _size_of_areas(request: HttpRequest) -> object:
    """Grows with every entry of the logs that the list is about."""
    return ledger.total_size(pages.origins_in(pages.asked_areas(request)))


def _size_of_log(request: HttpRequest, place: str, warning: str) -> object:
    return ledger.size_of(log_of(place))


def _asked(place: str) -> Asked:
    return Asked(place=place, now=settings.AWAS_NOW(), zone=ZoneInfo(zone_of(place)))


def _empty(act: Act, asked: Asked, key: str) -> ActForm:
    """A fresh form; each on a page has its own number, and fields with ids of their own."""
    return ActForm(act, asked, initial={"nonce": chance.nonce(asked.now)}, auto_id=f"{key}-%s")


@needs(Permission.VIEW_WARNING, place=ANYWHERE)
@live(_size_of_areas)
def list_(request: HttpRequest) -> HttpResponse:
    """What stands in one's areas, worst first; `?place=`, `?region=`, `?level=` and `?state=` narrow it."""
    return render(request, "warnings/list.html", pages.list_page(request))


@needs(Permission.VIEW_WARNING, place="place")
@live(_size_of_log)
def warning(request: HttpRequest, place: str, warning: str) -> HttpResponse:
    """One warning."""
    return _shown(request, particulars.warning_or_404(place, warning))


def _shown(request: HttpRequest, one: Warning, tried: ActForm | None = None) -> HttpResponse:
    """The page of a warning; `tried` is a form that was sent and not taken."""
    rows = []
    if allows(request, Permission.HANDLE_WARNING, one.place):
        asked = _asked(one.place)
        forms = {verb: _empty(ACTS[verb], asked, verb) for verb in particulars.verbs_of(one)}
        if tried is not None:
            forms[tried.act.slug] = tried
        rows = particulars.form_rows(one, forms)
    page = particulars.warning_page(request, one, rows)
    return render(request, "warnings/warning.html", page, status=200 if tried is None else 422)


@needs(Permission.HANDLE_WARNING, place="place")
@sent_from("warnings:warning", "place", "warning")
def act(request: HttpRequest, place: str, warning: str, verb: str) -> HttpResponse:
    """Acknowledge, silence, resolve or comment."""
    one = particulars.warning_or_404(place, warning)
    if verb not in ACTS:
        raise Http404
    form = ActForm(ACTS[verb], _asked(place), data=request.POST, auto_id=f"{verb}-%s")
    if form.is_valid() and _recorded(request, form, place, one.id):
        return redirect("warnings:warning", place=place, warning=warning)
    return _shown(request, one, form)


def _recorded(request: HttpRequest, form: ActForm, place: str, subject: str) -> bool:
    """Puts a valid form on record; a refusal becomes an error on the form, with nothing typed lost."""
    desk = desk_of(request, place)
    try:
        command = form.command(desk, subject)
        digest = digest_of(request.POST, request.FILES, f"{place}/{subject}/{form.act.slug}")
        ledger.record(desk.submission(command, nonce=form.cleaned_data["nonce"], digest=digest))
    except Refused as refused:
        form.refuse(refused, chance.nonce(desk.now))
        return False
    return True


@needs(Permission.VIEW_RULES, place=ANYWHERE)
def rules(request: HttpRequest) -> HttpResponse:
    """The catalogue."""
    return render(request, "warnings/rules.html", rule_pages.rules_page(request))


@needs(Permission.VIEW_RULES, place=ANYWHERE)
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule, with its thresholds."""
    found = rule_pages.rule_or_404(rule)
    return render(request, "warnings/rule.html", rule_pages.rule_page(request, found, _threshold_forms(request, found)))


def _threshold_forms(request: HttpRequest, found: Rule) -> Sequence[ActForm]:
    """One form for each threshold of a rule, for those who may set them somewhere."""
    places = rule_pages.places_to_set(request)
    if not places:
        return ()
    asked = _asked(places[0][0])
    return [_empty(threshold_act(found, one, places), asked, one.name) for one in found.thresholds]


@needs(Permission.SET_THRESHOLD, place=lambda request, **_kwargs: request.POST.get("place", ""))
@sent_from("warnings:rule", "rule")
def threshold(request: HttpRequest, rule: str) -> HttpResponse:
    """Moves a threshold of a rule at the place named, or brings its default back."""
    found = rule_pages.rule_or_404(rule)
    named = found.threshold(request.POST.get("name", ""))
    if named is None:
        raise Http404
    place = request.POST.get("place", "")
    form = ActForm(
        threshold_act(found, named, rule_pages.places_to_set(request)),
        _asked(place),
        data=request.POST,
        auto_id=f"{named.name}-%s",
    )
    if form.is_valid() and _recorded(request, form, place, found.id):
        return redirect("warnings:rule", rule=rule)
    forms = [form if one.act.slug == named.name else one for one in _threshold_forms(request, found)]
    return render(request, "warnings/rule.html", rule_pages.rule_page(request, found, forms), status=422)
