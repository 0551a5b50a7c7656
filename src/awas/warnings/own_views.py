"""Pages on which an office writes rules of its own, tries them, puts them in force and stops them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from awas import chance
from awas.access.policy import Permission
from awas.access.require import ANYWHERE, allows, needs, require_permission
from awas.ledger.area import Refused
from awas.ui.acts import ActForm
from awas.ui.sent import sent_from
from awas.warnings import own_pages, pages, previewing, rule_pages, services
from awas.warnings import own_rules as kept
from awas.warnings.models import OwnRule
from awas.warnings.own.lint import lint
from awas.warnings.own.written import Written
from awas.warnings.sending import asked_at, empty_form, recorded

ELSEWHERE = "36"
"""Whose clock a form goes by that nobody can send: somebody without a single site."""


@needs(Permission.VIEW_RULES, place=ANYWHERE)
def own_rules(request: HttpRequest) -> HttpResponse:
    """The rules that offices wrote for one's areas."""
    may_write = bool(rule_pages.places_to_set(request))
    return render(request, "warnings/own_rules.html", own_pages.list_page(request, may_write=may_write))


def _row_or_404(request: HttpRequest, place: str, rule: str) -> OwnRule:
    row = kept.rules_in(pages.my_areas(request, Permission.VIEW_RULES)).filter(place=place, rule=rule).first()
    if row is None:
        raise Http404
    return row


@needs(Permission.VIEW_RULES, place=ANYWHERE)
def own_rule(request: HttpRequest, place: str, rule: str) -> HttpResponse:
    """One of them: its text, who put it in force, what it has found."""
    row = _row_or_404(request, place, rule)
    return render(request, "warnings/own_rule.html", own_pages.rule_page(request, row, _stop_form(request, row)))


def _stop_form(request: HttpRequest, row: OwnRule) -> ActForm | None:
    if not row.in_force or not allows(request, Permission.SET_THRESHOLD, row.place):
        return None
    return empty_form(own_pages.STOP, asked_at(row.place), "stop")


@needs(Permission.SET_THRESHOLD, place="place")
@sent_from("warnings:own_rule", "place", "rule")
def stop(request: HttpRequest, place: str, rule: str) -> HttpResponse:
    """Stops a rule; what it had found clears."""
    row = _row_or_404(request, place, rule)
    form = ActForm(own_pages.STOP, asked_at(place), data=request.POST, auto_id="stop-%s")
    if form.is_valid() and recorded(request, form, place, rule):
        return redirect("warnings:own_rule", place=place, rule=rule)
    return render(request, "warnings/own_rule.html", own_pages.rule_page(request, row, form), status=422)


@needs(Permission.SET_THRESHOLD, place=ANYWHERE)
def write(request: HttpRequest) -> HttpResponse:
    """The editor. What is sent is checked, tried on the past days, or put in force, as the button says."""
    places = rule_pages.places_to_set(request)
    asked = asked_at(places[0][0] if places else ELSEWHERE)
    if request.method != "POST":
        text, place = _begun(request)
        form = empty_form(own_pages.write_act(places), asked, "own", text=text, place=place)
        return render(request, "warnings/own_write.html", own_pages.write_page(form))
    form = ActForm(own_pages.write_act(places), asked, data=request.POST, auto_id="own-%s")
    form.full_clean()
    is_asking = bool({"periksa", "coba"} & set(request.POST))
    if is_asking:  # nothing is recorded, so the reason may still be missing
        form.errors.pop("note", None)
    sent = form.cleaned_data.get("text")
    written = None if sent is None else lint(sent, services.bench().engines.vocabulary)
    place = form.cleaned_data.get("place", "")
    result = None
    if isinstance(written, Written) and not form.errors:
        if "coba" in request.POST:
            result = _tried(form, place)
        elif not is_asking and _put_in_force(request, form, place, written.id):
            return redirect("warnings:own_rule", place=place, rule=written.id)
    page = own_pages.write_page(form, written, result)
    return render(request, "warnings/own_write.html", page, status=200 if is_asking and not form.errors else 422)


def _begun(request: HttpRequest) -> tuple[str, str]:
    """What the editor opens with: the text asked for, or an example."""
    place, rule = request.GET.get("place", ""), request.GET.get("rule", "")
    return (_row_or_404(request, place, rule).text, place) if rule else (own_pages.EXAMPLE, place)


def _tried(form: ActForm, place: str) -> pages.Context | None:
    now = settings.AWAS_NOW()
    try:
        found = previewing.tried_on_the_past(form.cleaned_data["text"], services.bench().areas, place, now)
    except Refused as refused:
        form.refuse(refused, chance.nonce(now))
        return None
    return own_pages.tried_row(place, found)


def _put_in_force(request: HttpRequest, form: ActForm, place: str, rule: str) -> bool:
    require_permission(request, Permission.SET_THRESHOLD, place)
    try:
        kept.require_free(rule, place)
    except Refused as refused:
        form.refuse(refused, chance.nonce(settings.AWAS_NOW()))
        return False
    return recorded(request, form, place, rule)
