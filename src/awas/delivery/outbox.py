"""The outbox: what is to be sent, and the sending, at least once.

A row is written with the judgement that causes it and sent after that is durable. What holds if the power fails:
before the row's COMMIT nothing was said; between claim and "sent" the row comes due again after `LEASE_MS` and the
receiver may get it twice, with the same id. Sending never runs inside a transaction: a slow receiver must not hold the
database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from awas.chance import fraction
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.gathering import Compose, gather, is_gathered
from awas.delivery.links import url_for
from awas.delivery.mail import send_mail
from awas.delivery.messenger import send_messenger
from awas.delivery.models import MessageKind, MessageState, OutboxMessage, id_of
from awas.delivery.webhooks import send_webhook
from awas.delivery.webpush import send_push
from awas.delivery.wording import Letter, Named, digest
from awas.ledger.area import MINUTE, Instant

LEASE_MS = 2 * MINUTE
"""How long a claimed row stays with its worker: longer than any one sending may take."""

FIRST_RETRY_MS = 5_000
LONGEST_RETRY_MS = 60 * MINUTE
MOST_ATTEMPTS = 12
"""With the delays above about two and a half hours; then a person has to look."""

Sender = Callable[[OutboxMessage, Instant], None]
"""Sends one message or raises `DeliveryFailed`."""

Chance = Callable[[], float]
"""A number from 0 up to 1."""

SENDERS: Mapping[str, Sender] = {
    Channel.EMAIL.value: send_mail,
    Channel.WEBHOOK.value: send_webhook,
    Channel.PUSH.value: send_push,
    Channel.MESSENGER.value: send_messenger,
}


def compose_plainly(together: Sequence[OutboxMessage], message_id: str) -> Letter:
    """Several notices as one, places by their codes, in Indonesian."""
    named = [Named(one.subject, one.level, one.place, one.created_at) for one in together]
    return digest(named, "id").linked(url_for(message_id))


REPEATED_UNSEEN = frozenset({Channel.MESSENGER.value})
"""Channels whose receivers can't tell a repetition. Where a worker died while sending there, it may have arrived."""


@dataclass
class Tally:
    """What one round of sending came to."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unconfirmed: int = 0


def drafted(
    *,
    channel: Channel,
    address: str,
    dedupe_key: str,
    now: Instant,
    subject: str = "",
    body: str = "",
    payload: str = "",
    place: str = "",
    level: str = "",
    warning: str = "",
    log: str = "",
    index: int = -1,
    kind: MessageKind = MessageKind.NOTICE,
    hold_ms: int = 0,
) -> OutboxMessage:
    """A message not yet in the outbox. `address` names who, not where (`p17`, `w3`).

    One for the screen has arrived by being there.
    """
    arrived = channel is Channel.SCREEN
    return OutboxMessage(
        channel=channel.value,
        address=address,
        kind=kind,
        dedupe_key=dedupe_key,
        message_id=id_of(dedupe_key),
        subject=subject,
        body=body,
        payload=payload,
        place=place,
        level=level,
        warning=warning,
        log=log,
        index=index,
        hold_ms=hold_ms,
        created_at=now,
        state=MessageState.SENT if arrived else MessageState.WAITING,
        sent_at=now if arrived else None,
    )


def enqueue(messages: Iterable[OutboxMessage]) -> None:
    """Puts messages into the outbox within the caller's transaction; one whose `dedupe_key` is there already is not
    put in again."""
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True, batch_size=200)


def deliver_due(
    now: Instant,
    limit: int = 50,
    *,
    senders: Mapping[str, Sender] = SENDERS,
    compose: Compose = compose_plainly,
    chance: Chance = fraction,
    stopping: Callable[[], bool] = lambda: False,
) -> Tally:
    """Sends what is due on the channels of `senders`, oldest first, looking at up to `limit` messages.

    Notices that would disturb the same person again and again go out together (`gathering`). A destination that just
    failed is left alone until its next try, with everything else that waits for it: one dead receiver must not make the
    others wait for its time-out again and again.
    """
    tally, seen = Tally(), set[tuple[str, str]]()
    waiting = OutboxMessage.objects.filter(state=MessageState.WAITING, channel__in=list(senders), due_at__lte=now)
    for found in waiting.order_by("due_at", "id")[:limit]:
        if stopping():
            break
        message: OutboxMessage | None = found
        if found.hold_ms and not found.due_at and not is_gathered(found):
            OutboxMessage.objects.filter(pk=found.pk, due_at=0).update(due_at=now + found.hold_ms)
            continue
        if is_gathered(found):
            if (found.channel, found.address) in seen:
                continue
            seen.add((found.channel, found.address))
            message = gather(found, now, compose)
        if message is None:
            continue
        doubtful = message.channel in REPEATED_UNSEEN and message.attempts > 0 and not message.last_error
        if not _claim(message, now):
            continue
        if doubtful:
            died = DeliveryFailed("unfinished", permanent=False, unconfirmed=True)
            _failed(message, died, now, chance, tally)
        else:
            _try(message, now, senders[message.channel], chance, tally)
    return tally


def _try(message: OutboxMessage, now: Instant, sender: Sender, chance: Chance, tally: Tally) -> None:
    if message.attempts > MOST_ATTEMPTS:  # nobody lived to say how the last one ended
        _settle(message, state=MessageState.FAILED, failed_at=now, last_error="gave_up")
        tally.failed += 1
        return
    try:
        sender(message, now)
    except DeliveryFailed as failed:
        _failed(message, failed, now, chance, tally)
    else:
        _settle(message, state=MessageState.SENT, sent_at=now, last_error="")
        tally.sent += 1


def retry_delay(attempts: int, chance: Chance) -> int:
    """Milliseconds until the next try after `attempts` (≥ 1): doubling, and spread over the second half of that."""
    full = min(FIRST_RETRY_MS << (attempts - 1), LONGEST_RETRY_MS)
    return round(full * (0.5 + 0.5 * chance()))


def _claim(message: OutboxMessage, now: Instant) -> bool:
    """Takes the row if nobody else has since it was read: compare and set.

    A claimed row has no error: one that is found again without an error was never settled.
    """
    taken = OutboxMessage.objects.filter(
        pk=message.pk, state=MessageState.WAITING, due_at=message.due_at, attempts=message.attempts
    ).update(due_at=now + LEASE_MS, attempts=message.attempts + 1, last_error="")
    message.attempts += 1
    return taken == 1


def _failed(message: OutboxMessage, failed: DeliveryFailed, now: Instant, chance: Chance, tally: Tally) -> None:
    if failed.unconfirmed:
        _settle(message, state=MessageState.UNCONFIRMED, failed_at=now, last_error=failed.reason)
        tally.unconfirmed += 1
        return
    if failed.permanent or message.attempts >= MOST_ATTEMPTS:
        _settle(message, state=MessageState.FAILED, failed_at=now, last_error=failed.reason)
        tally.failed += 1
        return
    again_at = now + retry_delay(message.attempts, chance)
    _settle(message, due_at=again_at, last_error=failed.reason)
    OutboxMessage.objects.filter(
        state=MessageState.WAITING, channel=message.channel, address=message.address, due_at__lte=now
    ).update(due_at=again_at)
    tally.postponed += 1


def _settle(message: OutboxMessage, **changes: object) -> None:
    """Writes the outcome, unless the lease ran out and another worker has taken the row over."""
    OutboxMessage.objects.filter(pk=message.pk, state=MessageState.WAITING, attempts=message.attempts).update(**changes)
