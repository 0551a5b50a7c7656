"""By which means people can be reached: phones let in, addresses at messengers, and what they chose."""

from collections.abc import Iterable
from typing import NamedTuple

from awas.access.models import Person
from awas.access.services import number_in
from awas.delivery.audience import AS_THE_ROLE, Preference
from awas.delivery.models import Messenger, PushSubscription
from awas.delivery.models import Preference as Chosen
from awas.warnings.hours import offset_of


class Means(NamedTuple):
    """Of one person. `messengers` are codes such as `m5`."""

    has_push: bool
    messengers: tuple[str, ...]
    preference: Preference


def means_of(people: Iterable[Person]) -> dict[int, Means]:
    """By the person's number, in three queries."""
    homes = {person.pk: person.home for person in people}
    pushed = set(
        PushSubscription.objects.filter(person_id__in=homes, device__revoked_at=None).values_list(
            "person_id", flat=True
        )
    )
    messengers: dict[int, list[str]] = {}
    for one in Messenger.objects.filter(person_id__in=homes, active=True).order_by("pk"):
        messengers.setdefault(one.person_id or 0, []).append(one.code)
    chosen = {one.person_id: one for one in Chosen.objects.filter(person_id__in=homes)}
    return {
        pk: Means(
            pk in pushed,
            tuple(messengers.get(pk, ())),
            chosen[pk].chosen(offset_of(home)) if pk in chosen else AS_THE_ROLE,
        )
        for pk, home in homes.items()
    }


def owners_of(addresses: Iterable[str]) -> dict[str, str]:
    """Whose the messengers among some addresses are: by code the person's code, "" for an office's."""
    numbers = [number for code in addresses if (number := number_in(code, "m")) is not None]
    if not numbers:
        return {}
    found = Messenger.objects.filter(pk__in=numbers).values_list("pk", "person_id")
    return {f"m{pk}": "" if person is None else f"p{person}" for pk, person in found}
