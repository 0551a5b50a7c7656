"""What every answer carries, and how a refusal reads.

`ContentSecurityPolicy` costs two header writes. `RefusalsInWords` is the last resort for a `Refused` that a view let
escape: the record said no, so the answer is 409 with the reason in words, never a stack trace. Neither may hide a fault
of the program.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext

from awas.ledger.area import Refused
from awas.ledger.blobs import MAX_BYTES
from awas.ledger.fact import LedgerCorrupt, LedgerHalted
from awas.ledger.sequencer import LedgerUnavailable
from awas.ui.refusals import in_words
from awas.ui.views import bad_request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""No inline script or style anywhere: a name typed at the gate can't become a program on the wall."""

PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"

Respond = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Adds the content and permissions policies to every answer that doesn't set its own."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class ChosenLanguage:
    """The language a person chose here, else the account's, else Indonesian.

    What the browser asks for doesn't count: many phones in Indonesia speak English to a reader who would rather not.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen not in known:
            chosen = getattr(request.user, "language", "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a program is asking: it came with a device's token, named JSON before HTML, or sent JSON."""
    accept = request.headers.get("Accept", "")
    return (
        hasattr(request, "bearer")
        or request.content_type == "application/json"
        or ("json" in accept and "html" not in accept)
    )


class WithinBounds:
    """Turns away what no page can take, before a byte of it is read.

    A body larger than all photos of one form, and from somebody not signed in than any form, would only fill the disk;
    NUL in an address is nothing any of ours holds, and PostgreSQL can't even compare it.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, BadRequest("NUL in an address"))
        given = request.META.get("CONTENT_LENGTH") or "0"
        size = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 1 << 62
        # Whoever sends little is not asked who they are: most entries come here.
        if size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and size > (most := _most_bytes(request)):
            return _refused(request, Refused("sent_too_large", most=most >> 20), 413)
        return self.get_response(request)


def _most_bytes(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return settings.DATA_UPLOAD_MAX_NUMBER_FILES * MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _refused(request: HttpRequest, refused: Refused, status: int) -> HttpResponse:
    """A refusal as a page for people, as JSON for programs."""
    reason = in_words(refused)
    if wants_json(request):
        return JsonResponse({"refused": refused.code, "reason": reason, "params": refused.params}, status=status)
    return render(request, "refused.html", {"code": refused.code, "reason": reason}, status=status)


class RefusalsInWords(MiddlewareMixin):
    """Turns `Refused` into 409 with its reason: a page for people, {"refused", "reason", "params"} for programs.

    A record that takes no entries is 503: nothing typed was recorded, and the page says whom to call.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, LedgerHalted | LedgerCorrupt | LedgerUnavailable):
            return _unavailable(request, exception)
        if not isinstance(exception, Refused):
            return None
        return _refused(request, exception, 409)


def _unavailable(request: HttpRequest, why: Exception) -> HttpResponse:
    code = "ledger_unavailable" if isinstance(why, LedgerUnavailable) else "ledger_halted"
    reason = (
        gettext("The record did not answer in time. Nothing is known to be recorded; send the same form again.")
        if isinstance(why, LedgerUnavailable)
        else gettext(
            "The record of this district takes no entries: something in it was found wrong. Call the province."
        )
    )
    if wants_json(request):
        return JsonResponse({"refused": code, "reason": reason}, status=503)
    return render(request, "refused.html", {"code": code, "reason": reason}, status=503)
