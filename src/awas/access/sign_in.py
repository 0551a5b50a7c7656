"""What happens around signing in and out: the session gets its device, and loses it.

Connected to the framework's signals at start-up (`connect`).
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from awas.access.devices import SESSION_KEY, known_device, open_session_device, revoke_device
from awas.access.models import Change, Device, DeviceKind, Person
from awas.access.services import note_change


def connect() -> None:
    """Start-up only."""
    user_logged_in.connect(_give_device, dispatch_uid="access-give-device")
    user_logged_out.connect(_take_device, dispatch_uid="access-take-device")
    for chosen in (password_changed, password_reset, password_set):
        chosen.connect(_password_chosen, dispatch_uid="access-password-chosen")


def _give_device(request: HttpRequest, user: Person, **_signal: Any) -> None:
    label = request.META.get("HTTP_USER_AGENT", "")
    known = request.session.get(SESSION_KEY)
    request.session[SESSION_KEY] = open_session_device(user, known, label=label, now=settings.AWAS_NOW())


def _take_device(request: HttpRequest, user: Person | None, **_signal: Any) -> None:
    device = known_device(request.session.get(SESSION_KEY)) if user is not None else None
    if device is not None and device.kind is DeviceKind.SESSION and user is not None and device.person_id == user.pk:
        # A copy of the session that another process still remembers ends with its device.
        row = Device.objects.select_related("person").get(pk=int(device.code[1:]))
        revoke_device(row, now=settings.AWAS_NOW(), by=user)


def _password_chosen(user: Person, **_signal: Any) -> None:
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
    note_change(user, Change.PASSWORD_CHOSEN, "", settings.AWAS_NOW(), user)
