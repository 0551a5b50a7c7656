"""Live pages by polling: an unchanged page costs one query and answers 304 without drawing anything."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from awas import __version__
from awas.ui.context import theme_of

Version = Callable[..., object]
"""(request, **the URL's kwargs) -> whatever changes when the page's facts do, by one cheap query."""

View = Callable[..., HttpResponse]

MINUTE = 60_000


def live(version: Version) -> Callable[[View], View]:
    """Gives a GET page an ETag made of its facts' version, whoever reads it, how, and the minute.

    The minute is part of it because some lines turn late by time alone; ages in between the page counts by itself.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method != "GET":
                return view(request, **kwargs)
            now = settings.AWAS_NOW()
            parts = (
                __version__,
                version(request, **kwargs),
                now // MINUTE,
                request.get_full_path(),
                getattr(request.user, "pk", None),
                get_language(),
                theme_of(request),
            )
            etag = f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'
            if request.headers.get("If-None-Match") == etag:
                response: HttpResponse = HttpResponseNotModified()
            else:
                response = view(request, **kwargs)
            if response.status_code in (200, 304):
                response["ETag"] = etag
                response["Cache-Control"] = "private, no-cache"
            response["X-Awas-Now"] = str(now)
            return response

        return answer

    return decorate
