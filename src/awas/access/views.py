"""Accounts, duties and devices, for those who keep them."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from awas.access import services
from awas.access.devices import enrol_device, numbered, revoke_device
from awas.access.forms import DeviceForm, DutyForm, NewPersonForm, ParticularsForm
from awas.access.models import Device, Duty, Person
from awas.access.policy import Denied, Permission, Role
from awas.access.require import ANYWHERE, needs
from awas.ledger.area import Refused
from awas.ui.refusals import in_words
from awas.ui.sent import sent_from

PAGE = 50


def home_of(request: HttpRequest, person: str, **_rest: Any) -> str:
    """The area that keeps the account named in the URL."""
    return _person(person).home


def _person(code: str) -> Person:
    found = services.person_coded(code)
    if found is None:
        raise Http404
    return found


def _asker(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _say(form: forms.BaseForm, refused: Refused) -> None:
    form.add_error(None, in_words(refused))


@needs(Permission.MANAGE_PEOPLE, place=ANYWHERE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The accounts of one's own areas; `q` looks into names."""
    kept = services.people_kept_by(_asker(request), settings.AWAS_NOW()).prefetch_related("duties")
    if wanted := request.GET.get("q", "").strip()[:80]:
        kept = kept.filter(Q(display_name__icontains=wanted) | Q(username__icontains=wanted))
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    return render(request, "access/people.html", {"page": page, "q": wanted, "now": settings.AWAS_NOW()})


@needs(Permission.MANAGE_PEOPLE, place=ANYWHERE)
@never_cache
@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown once, on the answering page."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = settings.AWAS_TOKEN(9)
        try:
            made = services.create_person(
                **form.cleaned_data, password=password, now=settings.AWAS_NOW(), by=_asker(request)
            )
        except Refused as refused:
            _say(form, refused)
        else:
            return render(request, "access/password.html", {"person": made, "password": password})
    return render(request, "access/new_person.html", {"form": form}, status=400 if form.errors else 200)


@needs(Permission.MANAGE_PEOPLE, place=home_of)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person: str) -> HttpResponse:
    """One account: particulars, duties, devices, history."""
    found = Person.objects.get(pk=_person(person).pk)
    form = ParticularsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_person(
                Person.objects.get(pk=found.pk), **form.cleaned_data, now=settings.AWAS_NOW(), by=_asker(request)
            )
        except Refused as refused:
            _say(form, refused)
        else:
            return redirect("access:person", person=person)
    return _person_page(request, found, form=form)


def _person_page(request: HttpRequest, person: Person, **asked: forms.BaseForm) -> HttpResponse:
    now = settings.AWAS_NOW()
    try:
        services.require_may_manage(person, _asker(request), now)
        may_manage = True
    except Denied:
        may_manage = False
    page = {
        "person": person,
        "may_manage": may_manage,
        "form": ParticularsForm(instance=person),
        "duty_form": DutyForm(),
        "device_form": DeviceForm(),
        "duties": person.duties.order_by("-from_at"),
        "devices": person.devices.all()[:PAGE],
        "changes": person.changes.all()[:PAGE],
        "now": now,
        **asked,
    }
    return render(
        request, "access/person.html", page, status=400 if any(form.errors for form in asked.values()) else 200
    )


@needs(Permission.MANAGE_PEOPLE, place=home_of)
@never_cache
@sent_from("access:person", "person")
def reset_password(request: HttpRequest, person: str) -> HttpResponse:
    """A new first password, shown once."""
    found, password = _person(person), settings.AWAS_TOKEN(9)
    services.set_password(found, password, now=settings.AWAS_NOW(), by=_asker(request))
    return render(request, "access/password.html", {"person": found, "password": password})


@needs(Permission.MANAGE_PEOPLE, place=home_of)
@sent_from("access:person", "person")
def assign(request: HttpRequest, person: str) -> HttpResponse:
    """Gives a duty."""
    found, form, now = _person(person), DutyForm(request.POST), settings.AWAS_NOW()
    if form.is_valid():
        asked, (from_at, until_at) = form.cleaned_data, form.span(now)
        try:
            services.assign_duty(
                found,
                Role(asked["role"]),
                asked["area"],
                from_at=from_at,
                until_at=until_at,
                now=now,
                by=_asker(request),
            )
        except Refused as refused:
            _say(form, refused)
        else:
            return redirect("access:person", person=person)
    return _person_page(request, found, duty_form=form)


@needs(Permission.MANAGE_PEOPLE, place=home_of)
@sent_from("access:person", "person")
def end(request: HttpRequest, person: str, duty: int) -> HttpResponse:
    """Ends a duty now."""
    row = Duty.objects.filter(pk=duty, person_id=_person(person).pk).select_related("person").first()
    if row is None:
        raise Http404
    services.end_duty(row, at=settings.AWAS_NOW(), by=_asker(request))
    return redirect("access:person", person=person)


@needs(Permission.MANAGE_DEVICES, place=home_of)
@never_cache
@sent_from("access:person", "person")
def enrol(request: HttpRequest, person: str) -> HttpResponse:
    """Enrols a device; its token is shown once."""
    found, form = _person(person), DeviceForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, device_form=form)
    device, token = enrol_device(
        found,
        label=form.cleaned_data["label"],
        secret=settings.AWAS_TOKEN(32),
        now=settings.AWAS_NOW(),
        by=_asker(request),
    )
    return render(request, "access/token.html", {"person": found, "device": device, "token": token})


@needs(Permission.MANAGE_DEVICES, place=home_of)
@sent_from("access:person", "person")
def revoke(request: HttpRequest, person: str, device: str) -> HttpResponse:
    """Closes a device or a browser session for good."""
    row = Device.objects.filter(pk=numbered(device) or 0, person_id=_person(person).pk).select_related("person").first()
    if row is None:
        raise Http404
    revoke_device(row, now=settings.AWAS_NOW(), by=_asker(request))
    return redirect("access:person", person=person)
