"""Who has read what: a message's own link, opened by the one it was sent to, is the receipt."""

from django.db.models import Q

from awas.access.models import Person
from awas.access.policy import Permission, allows
from awas.access.services import duties_of, number_in
from awas.delivery.models import Messenger, OutboxMessage
from awas.ledger.area import Instant


def opened(person: Person, message_id: str, now: Instant) -> OutboxMessage | None:
    """The message of that id, noted as seen if it was this person's own.

    An office's message can be opened by whoever may see the warnings of its area; the first of them is the receipt.
    None for what is somebody else's: what it says is theirs.
    """
    found = OutboxMessage.objects.filter(message_id=message_id).first() if len(message_id) <= 28 else None
    if found is None or not _is_for(found, person, now):
        return None
    same = Q(pk=found.pk) | Q(carried_by=found)
    OutboxMessage.objects.filter(same, seen_at=None).update(seen_at=now)
    return found


def _is_for(message: OutboxMessage, person: Person, now: Instant) -> bool:
    if message.address == person.code:
        return True
    number = number_in(message.address, "m")
    to = None if number is None else Messenger.objects.filter(pk=number).first()
    if to is None:
        return False
    if to.person_id is not None:
        return to.person_id == person.pk
    return allows(duties_of(person, now), Permission.VIEW_WARNING, to.area, now)
