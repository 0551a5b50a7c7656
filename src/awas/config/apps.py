"""Installs the wiring once Django has loaded every room's tables."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The composition root as a Django app, last in the list."""

    name = "awas.config"
    label = "config"

    def ready(self) -> None:
        from awas.config import wiring  # noqa: PLC0415 - models must be loaded first

        wiring.install()
