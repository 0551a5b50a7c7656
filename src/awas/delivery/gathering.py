"""Brings together what would disturb the same person again and again: what `grouping` plans, done in the outbox.

The originals stay, each pointing at the message that named it, in the same transaction in which that message is made:
if the power fails, either all of them wait or all of them have been combined. Must never send.
"""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models.functions import Coalesce

from awas.delivery import grouping
from awas.delivery.audience import RANK, Channel
from awas.delivery.grouping import Heard, Waiting
from awas.delivery.models import MessageKind, MessageState, OutboxMessage, id_of
from awas.delivery.wording import Letter
from awas.ledger.area import Instant

Compose = Callable[[Sequence[OutboxMessage], str], Letter]
"""One letter in place of several; the text is the address that leads to them all."""

GROUPED = frozenset({Channel.EMAIL.value, Channel.PUSH.value, Channel.MESSENGER.value})
"""Channels that disturb a person. Programs get every step: they count. The screen is a list."""

LOOKED_BACK = 20
LOOK_AGAIN_MS = 1_000
"""What came later waits at least so long for a message that is being tried again in the same round."""


def is_gathered(message: OutboxMessage) -> bool:
    """Whether a message waits for others: a notice on its first try, on a channel that disturbs."""
    is_notice = message.kind == MessageKind.NOTICE and bool(message.level)
    return is_notice and message.channel in GROUPED and not message.attempts


@transaction.atomic
def gather(message: OutboxMessage, now: Instant, compose: Compose) -> OutboxMessage | None:
    """What goes out now to the message's destination: a notice, or a new message that names several; None: not yet."""
    same = OutboxMessage.objects.filter(address=message.address, channel=message.channel)
    waiting = same.filter(state=MessageState.WAITING)
    notices = waiting.filter(kind=MessageKind.NOTICE, attempts=0).exclude(level="")
    fresh = {one.pk: one for one in notices.select_for_update().order_by("pk")}
    again = waiting.filter(attempts__gt=0).order_by("-due_at").values_list("due_at", flat=True).first()
    made = grouping.plan(
        [Waiting(pk, one.level, one.due_at, one.hold_ms) for pk, one in fresh.items()],
        _heard(message),
        now,
        0 if again is None else max(again, now + LOOK_AGAIN_MS),
    )
    _put_off(made, fresh)
    if not made.together:
        return None
    together = [fresh[pk] for pk in made.together]
    return together[0] if len(together) == 1 else _combined(together, now, compose)


def _heard(message: OutboxMessage) -> Heard:
    told = OutboxMessage.objects.filter(
        address=message.address,
        channel=message.channel,
        kind__in=(MessageKind.NOTICE, MessageKind.DIGEST),
        state__in=(MessageState.SENT, MessageState.UNCONFIRMED),
    )
    last = list(
        told.order_by("-pk").annotate(at=Coalesce("sent_at", "failed_at")).values_list("at", "level")[:LOOKED_BACK]
    )
    return Heard(
        max((at for at, _ in last), default=None), max((at for at, level in last if level == "awas"), default=None)
    )


def _put_off(made: grouping.Plan, fresh: dict[int, OutboxMessage]) -> None:
    by_instant: dict[Instant, list[int]] = {}
    for pk, due_at in made.due.items():
        if fresh[pk].due_at != due_at:
            by_instant.setdefault(due_at, []).append(pk)
    for due_at, keys in by_instant.items():
        OutboxMessage.objects.filter(pk__in=keys).update(due_at=due_at)
    if made.released:
        OutboxMessage.objects.filter(pk__in=made.released).update(hold_ms=0)


def _combined(together: Sequence[OutboxMessage], now: Instant, compose: Compose) -> OutboxMessage:
    first, last = together[0], together[-1]
    key = f"digest:{first.channel}:{first.address}:{first.pk}-{last.pk}"
    places = {one.place for one in together}
    letter = compose(together, id_of(key))
    made = OutboxMessage.objects.create(
        kind=MessageKind.DIGEST,
        dedupe_key=key,
        message_id=id_of(key),
        channel=first.channel,
        address=first.address,
        subject=letter.subject,
        body=letter.body,
        level=max((one.level for one in together), key=RANK.__getitem__),
        place=first.place if len(places) == 1 else "",
        created_at=last.created_at,
        due_at=now,
    )
    OutboxMessage.objects.filter(pk__in=[one.pk for one in together]).update(
        state=MessageState.COMBINED, carried_by=made
    )
    return made
