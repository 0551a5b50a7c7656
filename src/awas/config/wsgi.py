"""The WSGI door, with two lanes: one for pages, and a short one for devices that bring their token.

Django under WSGI costs a fraction of its ASGI handler per request, and half of what a gate entry costs would be
middleware that only browsers need: sessions, forms' secrets, messages. Both lanes lead past the same `RequireAccess`
to the same views.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "awas.config.settings")
_pages = get_wsgi_application()


class DeviceLane(WSGIHandler):
    """Django's handler with `settings.DEVICE_MIDDLEWARE`."""

    def load_middleware(self, is_async: bool = False) -> None:
        # Django reads the list from this one setting and offers no other way; this happens once, before any request.
        listed, settings.MIDDLEWARE = settings.MIDDLEWARE, settings.DEVICE_MIDDLEWARE
        try:
            super().load_middleware(is_async)
        finally:
            settings.MIDDLEWARE = listed


_devices = DeviceLane()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Whoever comes to the device API with a token takes the short lane; everybody else the other."""
    token = environ.get("HTTP_AUTHORIZATION", "").startswith("Bearer ")
    lane = _devices if token and environ["PATH_INFO"].startswith("/api/") else _pages
    return lane(environ, start_response)


if os.environ.get("AWAS_BACKGROUND") == "1":
    from awas.config import wiring

    wiring.start_background()
