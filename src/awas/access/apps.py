"""The room of people, duties, sign-in and devices."""

from django.apps import AppConfig
from django.core import checks


class AccessConfig(AppConfig):
    name = "awas.access"

    def ready(self) -> None:
        # Imported here because models need the registry that is being filled.
        from awas.access import sign_in, standing
        from awas.access.checks import every_view_is_declared

        checks.register(every_view_is_declared)
        standing.connect()
        sign_in.connect()
