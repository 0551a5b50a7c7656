"""How a view says what it needs. A view that says nothing is refused, at start-up and again at run time.

    @needs(Permission.VIEW_SITE, place="code")      the URL's own `code` names the place
    @needs(Permission.HANDLE_WARNING, place=place_of_warning)   a callable finds it from the request and kwargs
    @needs(Permission.VIEW_RULES, place=ANYWHERE)   held anywhere; the view shows only what one's areas hold
    @signed_in                                      anyone with an account, about themselves only
    @public                                         deliberately open: no personal data, no casework

Place these outermost, above `require_POST` and the like.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

from django.conf import settings
from django.http import HttpRequest

from awas.access.devices import is_token_request
from awas.access.policy import DEVICE_REACH, Denied, Permission, require_allowed
from awas.access.policy import allows as policy_allows
from awas.access.services import duties_of

PlaceOf = Callable[..., str]
"""(request, **the URL's kwargs) -> area code; raises Http404 where there is no such thing."""

View = TypeVar("View", bound=Callable[..., Any])


class Openness(Enum):
    """Who may come to the door at all."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    PERMISSION = "permission"


class _Anywhere:
    def __repr__(self) -> str:
        return "ANYWHERE"


ANYWHERE: Final = _Anywhere()
"""The permission held in any area suffices."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a view needs. `place` is a kwarg's name, a callable or ANYWHERE; it means nothing without a permission."""

    openness: Openness
    permission: Permission | None = None
    place: str | PlaceOf | _Anywhere = ANYWHERE


PUBLIC = Declared(Openness.PUBLIC)
SIGNED_IN = Declared(Openness.SIGNED_IN)


def _declare(view: View, declared: Declared) -> View:
    view.access = declared  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Open to the whole world, on purpose."""
    return _declare(view, PUBLIC)


def signed_in(view: View) -> View:
    """Open to anyone with an account, for their own matters. Not by a device's token."""
    return _declare(view, SIGNED_IN)


def needs(permission: Permission, *, place: str | PlaceOf | _Anywhere) -> Callable[[View], View]:
    """Open to those whose duties grant `permission` at `place`."""
    return lambda view: _declare(view, Declared(Openness.PERMISSION, permission, place))


def declared_on(view: Callable[..., Any]) -> Declared | None:
    """What the view itself declares; None if nothing."""
    return getattr(view, "access", None)


def place_named(declared: Declared, request: HttpRequest, kwargs: dict[str, Any]) -> str | None:
    """The area code that a declaration speaks of for this request; None for ANYWHERE."""
    if isinstance(declared.place, _Anywhere):
        return None
    if isinstance(declared.place, str):
        return str(kwargs[declared.place])
    return declared.place(request, **kwargs)


def require_permission(request: HttpRequest, permission: Permission, place: str | None) -> None:
    """Raises `Denied` unless whoever asks holds `permission` at `place` (None: anywhere).

    For what a view finds out only while it works; the door itself is declared with `needs`.
    """
    if is_token_request(request) and permission not in DEVICE_REACH:
        raise Denied(permission, place, outside=False)
    now = settings.AWAS_NOW()
    require_allowed(duties_of(request.user, now), permission, place, now)


def allows(request: HttpRequest, permission: Permission, place: str | None) -> bool:
    """The same question as a yes or no: for showing or hiding a link, never for guarding one."""
    if is_token_request(request) and permission not in DEVICE_REACH:
        return False
    now = settings.AWAS_NOW()
    return policy_allows(duties_of(request.user, now), permission, place, now)
