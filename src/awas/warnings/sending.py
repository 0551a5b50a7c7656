"""Forms of this room's pages: made empty, and put on record."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from awas import chance
from awas.access.desks import desk_of
from awas.ledger import services as ledger
from awas.ledger.area import Refused
from awas.places.codes import zone_of
from awas.ui.acts import Act, ActForm, digest_of
from awas.ui.asks import Asked


def asked_at(place: str) -> Asked:
    """A form that is filled in at a place, now."""
    return Asked(place=place, now=settings.AWAS_NOW(), zone=ZoneInfo(zone_of(place)))


def empty_form(act: Act, asked: Asked, key: str, **initial: str) -> ActForm:
    """A fresh form; each on a page has its own number, and fields with ids of their own."""
    return ActForm(act, asked, initial={"nonce": chance.nonce(asked.now), **initial}, auto_id=f"{key}-%s")


def recorded(request: HttpRequest, form: ActForm, place: str, subject: str) -> bool:
    """Puts a valid form on record; a refusal becomes an error on the form, with nothing typed lost."""
    desk = desk_of(request, place)
    try:
        command = form.command(desk, subject)
        digest = digest_of(request.POST, request.FILES, f"{place}/{subject}/{form.act.slug}")
        ledger.record(desk.submission(command, nonce=form.cleaned_data["nonce"], digest=digest))
    except Refused as refused:
        form.refuse(refused, chance.nonce(desk.now))
        return False
    return True
