"""The room of telling: outbox, channels, worker."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "awas.delivery"
