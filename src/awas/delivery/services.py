"""Use cases of telling: what goes into the outbox, what people see of it, and who asked for what."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from awas.access.models import Person
from awas.access.policy import Permission, allows, covers, require_allowed, tier_of
from awas.access.services import duties_of
from awas.delivery.audience import RANK, Channel
from awas.delivery.models import OutboxMessage, Subscription, Webhook
from awas.delivery.notices import Teller
from awas.delivery.wording import Wording
from awas.ledger.area import Instant, Refused
from awas.ledger.fact import Appended
from awas.warnings.rule import Rule


@dataclass(frozen=True)
class _Words:
    """What start-up gave: `path` is the address of a warning's page on this server."""

    rule: Callable[[str], Rule | None] = lambda rule: None
    place_name: Callable[[str], str] = str
    path: Callable[[str], str] = lambda warning: "/"


_words = _Words()


def use(
    *,
    rule: Callable[[str], Rule | None],
    place_name: Callable[[str], str] = str,
    path: Callable[[str], str] = lambda warning: "/",
) -> None:
    """Start-up only: where the words of messages come from."""
    global _words  # noqa: PLW0603 - set once by the composition root
    _words = _Words(rule, place_name, path)


def warning_path(warning: str) -> str:
    """The address of a warning's page on this server."""
    return _words.path(warning)


def tell(appended: Sequence[Appended]) -> None:
    """Decides who is told of these entries, within the caller's transaction. Telling an entry again adds nothing."""
    wording = Wording(
        rule=_words.rule,
        place_name=_words.place_name,
        link=lambda warning: settings.AWAS_URL + warning_path(warning),
        exercise=settings.AWAS_DEMO,
    )
    Teller(wording=wording, source=settings.AWAS_URL).tell(appended)


# ---------------------------------------------------------------- on screen


def unseen_count(person: Person) -> int:
    """How many messages on screen the person hasn't opened, by index."""
    return _on_screen(person).filter(seen_at=None).count()


def unseen_count_for(request: HttpRequest) -> int:
    """The same for whoever asks: the number on a tab."""
    return unseen_count(request.user) if isinstance(request.user, Person) else 0


def on_screen(person: Person, limit: int = 50) -> list[OutboxMessage]:
    """The person's messages, newest first."""
    return list(_on_screen(person).order_by("-created_at", "-pk")[:limit])


def mark_seen(person: Person, up_to: int, now: Instant) -> int:
    """Marks the person's messages up to a row number as seen. Returns how many were new."""
    return _on_screen(person).filter(seen_at=None, pk__lte=up_to).update(seen_at=now)


def _on_screen(person: Person) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(address=person.code, channel=Channel.SCREEN.value)


# ---------------------------------------------------------------- subscriptions and webhooks


def subscribe(
    person: Person, area: str, *, min_level: str, by_screen: bool, by_email: bool, now: Instant
) -> Subscription:
    """What a person wants to be told of in an area; replaces what they asked for it before.

    Raises `Refused` (not_an_area, level, not_your_area: they may not see its warnings).
    """
    _require_area(area)
    _require_level(min_level)
    if not allows(duties_of(person, now), Permission.VIEW_WARNING, area, now):
        raise Refused("delivery.not_your_area", area=area)
    asked, _ = Subscription.objects.update_or_create(
        person=person,
        area=area,
        defaults={"min_level": min_level, "by_screen": by_screen, "by_email": by_email},
    )
    return asked


def unsubscribe(person: Person, area: str) -> None:
    """Back to what the person's duties are told."""
    Subscription.objects.filter(person=person, area=area).delete()


def add_webhook(
    url: str, area: str, *, secret: str, min_level: str = "waspada", now: Instant, by: Person | None = None
) -> Webhook:
    """Another system to be told. `secret` is `whsec_` and base64, fresh, to be shown once.

    Raises `Refused` (webhook_address, not_an_area) or `Denied`. Where the name leads is checked at every sending.
    """
    _require_area(area)
    _require_level(min_level)
    if by is not None:
        require_allowed(duties_of(by, now), Permission.MANAGE_CHANNELS, area, now)
    parts = urlsplit(url)
    schemes = {"https", "http"} if settings.AWAS_WEBHOOK_ALLOW_PRIVATE else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username is not None:
        raise Refused("delivery.webhook_address")
    return Webhook.objects.create(
        url=url,
        secret=secret,
        area=area,
        min_level=min_level,
        created_at=now,
        created_by="" if by is None else by.code,
    )


def stop_webhook(hook: Webhook, *, now: Instant, by: Person | None = None) -> None:
    """Tells the system no more; what waits for it is given up."""
    if by is not None:
        require_allowed(duties_of(by, now), Permission.MANAGE_CHANNELS, hook.area, now)
    Webhook.objects.filter(pk=hook.pk).update(active=False)


def webhooks_in(areas: Iterable[str]) -> list[Webhook]:
    """The webhooks of some areas and of what lies below them."""
    return [hook for hook in Webhook.objects.order_by("area", "pk") if any(covers(area, hook.area) for area in areas)]


def undelivered(hooks: Iterable[Webhook], limit: int = 50) -> list[OutboxMessage]:
    """What waits for these webhooks after a failure or was given up, newest first."""
    codes = [hook.code for hook in hooks]
    stuck = OutboxMessage.objects.filter(channel=Channel.WEBHOOK.value, address__in=codes)
    return list(stuck.exclude(last_error="").order_by("-pk")[:limit])


def _require_area(area: str) -> None:
    try:
        tier_of(area)
    except ValueError as unknown:
        raise Refused("access.not_an_area", area=area[:24]) from unknown


def _require_level(level: str) -> None:
    if level not in RANK:
        raise Refused("delivery.level", level=level[:10])
