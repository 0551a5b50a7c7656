"""What could not be delivered: kept until somebody sends it again, and afterwards too.

Whoever keeps the channels of an area sees to whom, on what and why; never what the message says.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q, QuerySet

from awas.access.models import Person
from awas.access.policy import NATION, covers
from awas.access.services import number_in
from awas.delivery.models import MessageState, Messenger, OutboxMessage, Webhook
from awas.ledger.area import MINUTE, Instant, Refused

UNDELIVERED = (MessageState.FAILED, MessageState.UNCONFIRMED)


class Undelivered(NamedTuple):
    """One message with the area of the one it was for."""

    message: OutboxMessage
    area: str


def undelivered_in(areas: Sequence[str], limit: int = 200) -> list[Undelivered]:
    """What was given up or is unconfirmed for people, offices and systems of some areas, newest first."""
    found: list[Undelivered] = []
    last: int | None = None
    while len(found) < limit:
        page = list(_undelivered(last)[: 2 * limit])
        if not page:
            break
        at = areas_by_address(one.address for one in page)
        found += [
            Undelivered(one, at[one.address])
            for one in page
            if one.address in at and any(covers(area, at[one.address]) for area in areas)
        ]
        last = page[-1].pk
    return found[:limit]


def _undelivered(before: int | None) -> QuerySet[OutboxMessage]:
    older = Q() if before is None else Q(pk__lt=before)
    return OutboxMessage.objects.filter(older, state__in=UNDELIVERED).order_by("-pk")


def areas_by_address(addresses: Iterable[str]) -> dict[str, str]:
    """The area that keeps each address: a person's home, a webhook's or an office's area. Unknown ones are absent."""
    numbers: dict[str, set[int]] = {"p": set(), "w": set(), "m": set()}
    for code in set(addresses):
        number = number_in(code, code[:1])
        if number is not None and code[:1] in numbers:
            numbers[code[0]].add(number)
    found = {f"p{pk}": home for pk, home in Person.objects.filter(pk__in=numbers["p"]).values_list("pk", "home")}
    hooks = Webhook.objects.filter(pk__in=numbers["w"]).values_list("pk", "area")
    found |= {f"w{pk}": area for pk, area in hooks}
    offices = Messenger.objects.filter(pk__in=numbers["m"]).values_list("pk", "area", "person__home")
    return found | {f"m{pk}": area or home for pk, area, home in offices}


class Standing(NamedTuple):
    """How many messages wait, are overdue, and could not be delivered."""

    waiting: int
    overdue: int
    undelivered: int


OVERDUE_MS = 5 * MINUTE


def standing(real: Instant, now: Instant) -> Standing:
    """What stands in the outbox: `real` is the wall clock, by which tries are timed, `now` the installation's own."""
    waiting = OutboxMessage.objects.filter(state=MessageState.WAITING)
    late = Q(due_at__gt=0, due_at__lt=real - OVERDUE_MS) | Q(due_at=0, created_at__lt=now - OVERDUE_MS)
    undelivered = OutboxMessage.objects.filter(state__in=UNDELIVERED).count()
    return Standing(waiting.count(), waiting.filter(late).count(), undelivered)


def send_again(numbers: Iterable[int], *, areas: Sequence[str] = (NATION,), by: str = "", now: Instant) -> int:
    """Puts undelivered messages of some areas back into the outbox, with the ids they had. Returns how many.

    What disturbs a person goes out together again, as at first. A message under way or delivered is left alone.
    """
    wanted = list(OutboxMessage.objects.filter(pk__in=list(numbers), state__in=UNDELIVERED))
    at = areas_by_address(one.address for one in wanted)
    keys = [one.pk for one in wanted if any(covers(area, at.get(one.address, NATION)) for area in areas)]
    return OutboxMessage.objects.filter(pk__in=keys, state__in=UNDELIVERED).update(
        state=MessageState.WAITING, due_at=0, hold_ms=0, attempts=0, failed_at=None, replayed_at=now, replayed_by=by
    )


def require_sent_again(count: int) -> None:
    """Raises `Refused` (not_to_be_sent) where nothing was."""
    if not count:
        raise Refused("delivery.not_to_be_sent")
