"""The door: every request passes here before any view, and nothing passes undeclared.

Outside one's areas the answer is 404, so that nobody learns what is there; inside them it is 403.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from awas.access.declarations import declaration_of, name_of
from awas.access.devices import (
    SESSION_KEY,
    authenticate_device,
    is_token_request,
    known_device,
    note_seen,
    open_session_device,
)
from awas.access.foreign_views import BEFORE_ALL_ELSE
from awas.access.models import Person
from awas.access.policy import SECOND_FACTOR, Denied
from awas.access.require import Openness, place_named, require_permission
from awas.access.services import duties_of
from awas.access.standing import standing_of
from awas.ui.views import forbidden

log = logging.getLogger(__name__)

Answer = HttpResponse | None


class UndeclaredView(ImproperlyConfigured):
    """A view that says nothing is open to nobody."""


class RequireAccess:
    """Default deny."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        header = request.headers.get("Authorization", "")
        if header.startswith("Bearer "):
            bearer = authenticate_device(header)
            if bearer is None:
                return _unauthorised("token_unknown")
            # The token alone says who asks; a cookie sent along counts for nothing, so there is nothing to forge.
            request.bearer = bearer  # type: ignore[attr-defined]
            request.user = bearer.person
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
            note_seen(bearer.device, settings.AWAS_NOW())
        else:
            signed_in = request.user
            request.user = SimpleLazyObject(lambda: _unless_revoked(request, signed_in))  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> Answer:
        declared = declaration_of(view)
        if declared is None:
            raise UndeclaredView(f"{name_of(view)} doesn't declare what it needs")
        if declared.openness is Openness.PUBLIC:
            return None
        person = request.user
        if not isinstance(person, Person):
            return _ask_to_sign_in(request)
        if is_token_request(request):
            if declared.openness is Openness.SIGNED_IN:
                return _no(request, Denied(None, None, outside=False))
        else:
            _has_device(request, person)
            if (first := _first_of_all(request, person, view)) is not None:
                return first
        if declared.openness is Openness.PERMISSION and declared.permission is not None:
            try:
                require_permission(request, declared.permission, place_named(declared, request, kwargs))
            except Denied as denied:
                return _no(request, denied)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> Answer:
        return _no(request, exception) if isinstance(exception, Denied) else None


def _unless_revoked(request: HttpRequest, person: Person | AnonymousUser) -> Person | AnonymousUser:
    """Nobody, once the session's device was revoked (signed out elsewhere, phone lost): for every view, public too."""
    if not person.is_authenticated:
        return person
    device = known_device(request.session.get(SESSION_KEY))
    return AnonymousUser() if device is not None and device.revoked_at is not None else person


def _has_device(request: HttpRequest, person: Person) -> None:
    """Sees that the session has a device of this person's, and that its last use is known."""
    now = settings.AWAS_NOW()
    device = known_device(request.session.get(SESSION_KEY))
    if device is None or device.person_id != person.pk:
        label = request.headers.get("User-Agent", "")
        request.session[SESSION_KEY] = open_session_device(person, None, label=label, now=now)
    else:
        note_seen(device, now)


def _first_of_all(request: HttpRequest, person: Person, view: Callable[..., Any]) -> Answer:
    """Where someone must go first: a password of their own, then a second factor where the role asks for it."""
    if name_of(view) in BEFORE_ALL_ELSE:
        return None
    if person.must_change_password:
        return _go_first(request, "account_change_password", "password_change_required")
    if settings.AWAS_REQUIRE_MFA and _lacks_second_factor(person):
        return _go_first(request, "mfa_activate_totp", "second_factor_required")
    return None


def _lacks_second_factor(person: Person) -> bool:
    standing = standing_of(person.pk)
    if standing is None or standing.has_second_factor:
        return False
    return any(held.role in SECOND_FACTOR for held in duties_of(person, settings.AWAS_NOW()))


def wants_json(request: HttpRequest) -> bool:
    """True for a program: a token, or an Accept header that names JSON and no page."""
    accept = request.headers.get("Accept", "")
    return is_token_request(request) or ("application/json" in accept and "text/html" not in accept)


def _unauthorised(code: str) -> HttpResponse:
    return JsonResponse({"error": f"access.{code}"}, status=401, headers={"WWW-Authenticate": "Bearer"})


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return _unauthorised("sign_in_required")
    # A form's address can't be opened again with GET: after signing in, such a person starts at the front page.
    safe = request.method in {"GET", "HEAD"}
    if request.headers.get("HX-Request") == "true":
        # The whole page goes to sign-in; the address of a fragment is nowhere to come back to.
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    if safe:
        return redirect_to_login(request.get_full_path())
    return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))


def _go_first(request: HttpRequest, name: str, code: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": f"access.{code}"}, status=403)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=403, headers={"HX-Redirect": reverse(name)})
    return HttpResponseRedirect(reverse(name))


def _no(request: HttpRequest, denied: Denied) -> HttpResponse:
    log.info("denied %s %s at %s (%s)", request.user.pk, denied.permission, denied.place, request.path)
    if wants_json(request):
        status = 404 if denied.outside else 403
        return JsonResponse({"error": "access.not_found" if denied.outside else "access.denied"}, status=status)
    if denied.outside:
        raise Http404
    # Answered, not raised: a refusal is no fault, and would leave a stack trace in the log each time.
    return forbidden(request, denied)
