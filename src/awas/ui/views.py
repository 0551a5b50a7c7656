"""Errors in words, and the choice of theme.

Error pages say what happened, that nothing already recorded is lost, and what to do now. They must draw even when the
database doesn't answer: none of them reads it.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from awas.ui.context import THEMES

A_YEAR_S = 365 * 24 * 3600


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token was missing or old. `reason` is Django's, for the log only."""
    return render(request, "csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request's context: a context processor may be the very thing that failed.
    return HttpResponse(render_to_string("500.html"), status=500)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keeps `theme` (auto, light, dark) in a cookie and goes back. Only for browsers without a script."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=A_YEAR_S, samesite="Lax", secure=request.is_secure())
    return response
