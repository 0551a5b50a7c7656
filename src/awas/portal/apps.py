"""The public's door as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages; no tables of its own yet."""

    name = "awas.portal"
