"""Ringing somebody up, the last resort: who was rung about what, by whom, and whether they answered."""

from awas.access.models import Person
from awas.access.services import number_in
from awas.delivery.models import PhoneCall
from awas.delivery.reachability import ring_list
from awas.ledger.area import Instant, Refused
from awas.warnings.models import Warning


def note_call(place: str, warning: str, *, called: str, answered: bool, by: Person, now: Instant) -> PhoneCall:
    """Keeps the outcome of a call. Raises `Refused` (not_on_the_list, no_such_warning)."""
    number = number_in(called, "p")
    if number is None or called not in {one.code for one in ring_list(place, now)}:
        raise Refused("delivery.not_on_the_list")
    if warning and not Warning.objects.filter(pk=warning, place=place).exists():
        raise Refused("delivery.no_such_warning")
    return PhoneCall.objects.create(
        place=place,
        warning=warning,
        called_id=number,
        called_by=by,
        called_at=now,
        answered=answered,
    )


def rung_about(place: str, warning: str, limit: int = 100) -> dict[str, list[PhoneCall]]:
    """The calls about a warning, or about the place without one, newest first by the code of who was rung."""
    found: dict[str, list[PhoneCall]] = {}
    calls = PhoneCall.objects.filter(place=place, warning=warning).select_related("called")
    for call in calls.order_by("-pk")[:limit]:
        found.setdefault(call.called.code, []).append(call)
    return found
