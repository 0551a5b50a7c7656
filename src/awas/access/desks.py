"""The desk of whoever asks: where a request becomes an act of one person, on one device, at one place."""

from django.conf import settings
from django.http import HttpRequest

from awas import chance
from awas.access.devices import device_of
from awas.ledger.desk import Desk


def desk_of(request: HttpRequest, place: str) -> Desk:
    """The desk of whoever asks, with the device the request came from. Raises `Refused` where there is none."""
    return Desk(
        place=place,
        actor=request.user.code,  # type: ignore[union-attr]
        device=device_of(request).code,
        now=settings.AWAS_NOW(),
        salt=chance.salt,
        reference=chance.reference,
    )
