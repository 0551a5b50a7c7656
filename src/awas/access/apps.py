"""The room of people, duties, sign-in and devices."""

from django.apps import AppConfig
from django.core import checks


class AccessConfig(AppConfig):
    name = "awas.access"

    def ready(self) -> None:
        # Models exist only once the registry is filled, which is now.
        from awas.access import sign_in, standing  # noqa: PLC0415
        from awas.access.checks import every_view_is_declared  # noqa: PLC0415

        checks.register(every_view_is_declared)
        standing.connect()
        sign_in.connect()
