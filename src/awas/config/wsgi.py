"""The WSGI door. Django under WSGI costs a fraction of its ASGI handler per request (docs/decisions)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "awas.config.settings")
application = get_wsgi_application()

if os.environ.get("AWAS_BACKGROUND") == "1":
    from awas.config import wiring

    wiring.start_background()
