"""The address that a message gives: it leads on to what the message is about, and is the receipt that it was read."""

from django.conf import settings
from django.urls import reverse

from awas.delivery.models import OutboxMessage, id_of


def open_url(message: OutboxMessage) -> str:
    """The whole address, for messages that leave this server."""
    return url_for(message.message_id)


def url_of(dedupe_key: str) -> str:
    """The same before the row is made."""
    return url_for(id_of(dedupe_key))


def url_for(message_id: str) -> str:
    """The same of a message's id."""
    return str(settings.AWAS_URL) + reverse("delivery:open", args=[message_id])
