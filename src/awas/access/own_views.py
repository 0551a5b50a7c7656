"""Pages about oneself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from awas.access.devices import SESSION_KEY, numbered, revoke_device
from awas.access.models import Device, Person, Roles
from awas.access.require import signed_in
from awas.access.services import duties_of
from awas.access.standing import standing_of
from awas.ui.sent import sent_from


def _self(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@signed_in
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """One's own duties, devices and second factor."""
    person, now = _self(request), settings.AWAS_NOW()
    standing = standing_of(person.pk)
    page = {
        "person": person,
        "duties": duties_of(person, now),
        "roles": dict(Roles.choices),
        "devices": person.devices.filter(revoked_at__isnull=True),
        "this_device": request.session.get(SESSION_KEY),
        "has_second_factor": standing is not None and standing.has_second_factor,
        "now": now,
    }
    return render(request, "access/me.html", page)


@signed_in
@sent_from("access:me")
def revoke_mine(request: HttpRequest, device: str) -> HttpResponse:
    """Signs one of one's own devices out."""
    person = _self(request)
    row = Device.objects.filter(pk=numbered(device) or 0, person=person).select_related("person").first()
    if row is None:
        raise Http404
    revoke_device(row, now=settings.AWAS_NOW(), by=person)
    return redirect("access:me")
