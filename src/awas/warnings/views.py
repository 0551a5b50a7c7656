"""Pages of warnings and rules, and what people do with them. A view writes through the record alone."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from awas import chance
from awas.access.policy import Permission
from awas.access.require import ANYWHERE, allows, needs, require_permission
from awas.ledger import services as ledger
from awas.ledger.area import Refused
from awas.ledger.naming import log_of
from awas.ui.acts import Act, ActForm
from awas.ui.live import live
from awas.ui.sent import sent_from
from awas.warnings import ladder_pages, load_pages, pages, particulars, previewing, rule_pages, services
from awas.warnings.acts import ACTS, threshold_act
from awas.warnings.models import Warning
from awas.warnings.policy import DEFAULTS
from awas.warnings.rule import Rule
from awas.warnings.sending import asked_at, empty_form, recorded


def _size_of_areas(request: HttpRequest) -> object:
    """Grows with every entry of the logs that the list is about."""
    return ledger.total_size(pages.origins_in(pages.asked_areas(request)))


def _size_of_log(request: HttpRequest, place: str, warning: str) -> object:
    return ledger.size_of(log_of(place))


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
    asked = asked_at(one.place)
    verbs = (verb for verb in particulars.verbs_of(one) if _may(request, ACTS[verb], one.place))
    forms = {verb: empty_form(ACTS[verb], asked, verb) for verb in verbs}
    if tried is not None:
        forms[tried.act.slug] = tried
    rows = particulars.form_rows(one, forms)
    page = particulars.warning_page(request, one, rows)
    return render(request, "warnings/warning.html", page, status=200 if tried is None else 422)


def _may(request: HttpRequest, act: Act, place: str) -> bool:
    return allows(request, Permission(act.permission), place)


@needs(Permission.ANSWER_WARNING, place="place")
@sent_from("warnings:warning", "place", "warning")
def act(request: HttpRequest, place: str, warning: str, verb: str) -> HttpResponse:
    """Answer a warning, write beside it, or do with it what its verb says."""
    one = particulars.warning_or_404(place, warning)
    if verb not in ACTS:
        raise Http404
    require_permission(request, Permission(ACTS[verb].permission), place)
    form = ActForm(ACTS[verb], asked_at(place), data=request.POST, auto_id=f"{verb}-%s")
    if form.is_valid() and recorded(request, form, place, one.id):
        return redirect("warnings:warning", place=place, warning=warning)
    return _shown(request, one, form)


@needs(Permission.VIEW_WARNING, place=ANYWHERE)
def load(request: HttpRequest) -> HttpResponse:
    """How many warnings speak, to whom, and how soon somebody answers."""
    return render(request, "warnings/load.html", load_pages.load_page(request))


@needs(Permission.VIEW_RULES, place=ANYWHERE)
def ladders(request: HttpRequest) -> HttpResponse:
    """Who hears a warning of each level, and after how long."""
    return render(request, "warnings/ladders.html", ladder_pages.ladders_page(request, _ladder_forms(request)))


def _ladder_forms(request: HttpRequest) -> Sequence[ActForm]:
    places = rule_pages.places_to_set(request)
    if not places:
        return ()
    asked = asked_at(places[0][0])
    return [empty_form(ladder_pages.ladder_act(level, places), asked, level) for level in DEFAULTS]


@needs(Permission.SET_THRESHOLD, place=lambda request, **_kwargs: request.POST.get("place", ""))
@sent_from("warnings:ladders")
def ladder(request: HttpRequest, level: str) -> HttpResponse:
    """Sets the ladder of a level at the place named, or brings back how it comes."""
    if level not in DEFAULTS:
        raise Http404
    place = request.POST.get("place", "")
    act = ladder_pages.ladder_act(level, rule_pages.places_to_set(request))
    form = ActForm(act, asked_at(place), data=request.POST, auto_id=f"{level}-%s")
    if form.is_valid() and recorded(request, form, place, level):
        return redirect("warnings:ladders")
    forms = [form if one.act.slug == level else one for one in _ladder_forms(request)]
    return render(request, "warnings/ladders.html", ladder_pages.ladders_page(request, forms), status=422)


@needs(Permission.VIEW_RULES, place=ANYWHERE)
def rules(request: HttpRequest) -> HttpResponse:
    """The catalogue."""
    return render(request, "warnings/rules.html", rule_pages.rules_page(request))


@needs(Permission.VIEW_RULES, place=ANYWHERE)
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule, with its thresholds."""
    found = rule_pages.rule_or_404(rule, pages.my_areas(request, Permission.VIEW_RULES))
    return render(request, "warnings/rule.html", rule_pages.rule_page(request, found, _threshold_forms(request, found)))


def _threshold_forms(request: HttpRequest, found: Rule) -> Sequence[ActForm]:
    """One form for each threshold of a rule, for those who may set them somewhere."""
    places = rule_pages.places_to_set(request)
    if not places or not services.catalogue().holds(found.id):
        return ()
    asked = asked_at(places[0][0])
    return [empty_form(threshold_act(found, one, places), asked, one.name) for one in found.thresholds]


@needs(Permission.SET_THRESHOLD, place=lambda request, **_kwargs: request.POST.get("place", ""))
@sent_from("warnings:rule", "rule")
def threshold(request: HttpRequest, rule: str) -> HttpResponse:
    """Moves a threshold of a rule at the place named, or brings its default back."""
    found = rule_pages.rule_or_404(rule)
    named = found.threshold(request.POST.get("name", ""))
    if named is None or not services.catalogue().holds(rule):
        raise Http404
    place = request.POST.get("place", "")
    form = ActForm(
        threshold_act(found, named, rule_pages.places_to_set(request)),
        asked_at(place),
        data=request.POST,
        auto_id=f"{named.name}-%s",
    )
    tried = None
    if "coba" in request.POST:
        tried = _tried(request, form, found, place)
    elif form.is_valid() and recorded(request, form, place, found.id):
        return redirect("warnings:rule", rule=rule)
    forms = [form if one.act.slug == named.name else one for one in _threshold_forms(request, found)]
    page = rule_pages.rule_page(request, found, forms) | {"tried": tried}
    return render(request, "warnings/rule.html", page, status=200 if tried else 422)


def _tried(request: HttpRequest, form: ActForm, found: Rule, place: str) -> pages.Context | None:
    """What the change would have done over the last days. The reason may still be missing: nothing is recorded."""
    form.full_clean()
    form.errors.pop("note", None)
    if form.errors:
        return None
    name, value = form.act.slug, form.cleaned_data.get("value")
    try:
        areas = services.bench().areas
        result = previewing.previewed(found, areas, place, name, value, settings.AWAS_NOW())
    except Refused as refused:
        form.refuse(refused, chance.nonce(settings.AWAS_NOW()))
        return None
    return rule_pages.tried_row(place, name, value, result)
