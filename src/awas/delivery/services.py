"""Use cases of telling: what goes into the outbox, what people see of it, and who asked for what."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from awas.access.models import Person
from awas.access.policy import Permission, allows, covers, require_allowed
from awas.access.services import actor_names, duties_of, number_in, person_coded
from awas.delivery import words
from awas.delivery.areas import require_area, require_level
from awas.delivery.audience import Channel
from awas.delivery.links import url_for
from awas.delivery.means import owners_of
from awas.delivery.models import (
    MessageKind,
    MessageState,
    Messenger,
    NoticeDecision,
    OutboxMessage,
    PhoneCall,
    Subscription,
    Webhook,
)
from awas.delivery.notices import EVERYBODY, Teller
from awas.delivery.wording import Letter, Named, Wording, digest
from awas.ledger.area import Instant, Refused
from awas.ledger.fact import Appended
from awas.places.codes import zone_of
from awas.ui.formats import clock
from awas.warnings.rule import Rule


@dataclass(frozen=True)
class _Words:
    """What start-up gave: `path` makes the address of a warning's page on this server from its place and its id."""

    rule: Callable[[str], Rule | None] = lambda rule: None
    place_name: Callable[[str], str] = str
    path: Callable[[str, str], str] = lambda place, warning: "/"
    ring: Callable[[], None] = lambda: None


_words = _Words()


def use(
    *,
    rule: Callable[[str], Rule | None],
    place_name: Callable[[str], str] = str,
    path: Callable[[str, str], str] = lambda place, warning: "/",
    ring: Callable[[], None] = lambda: None,
) -> None:
    """Start-up only: where the words of messages come from, and how the worker hears that there is something to send
    (where it runs in this process; else it looks every second)."""
    global _words  # noqa: PLW0603 - set once by the composition root
    _words = _Words(rule, place_name, path, ring)


def warning_path(place: str, warning: str) -> str:
    """The address of a warning's page on this server."""
    return _words.path(place, warning)


def calls_path(place: str, warning: str) -> str:
    """The address of the page that says whom to ring about a warning."""
    return reverse("delivery:calls-about", args=[place, warning])


def page_of(message: OutboxMessage) -> str:
    """Where a message leads on this server: to its warning, or to what its kind is about."""
    if message.warning:
        return warning_path(message.place, message.warning)
    if message.kind == MessageKind.REMINDER:
        return reverse("warehouse:shifts", args=[message.place])
    if message.kind == MessageKind.REACH:
        return reverse("delivery:reach", args=[message.place])
    return reverse("delivery:means" if message.kind == MessageKind.TEST else "delivery:messages")


def compose(together: Sequence[OutboxMessage], message_id: str) -> Letter:
    """Several notices to one address as one letter, in the reader's language."""
    address = together[0].address
    reader = person_coded(owners_of([address]).get(address, address))
    named = [Named(one.subject, one.level, one.place, one.created_at) for one in together]
    language = "id" if reader is None else reader.language
    return digest(named, language, _words.place_name).linked(url_for(message_id))


def tell(appended: Sequence[Appended]) -> None:
    """Decides who is told of these entries, within the caller's transaction. Telling an entry again adds nothing."""
    wording = Wording(
        rule=_words.rule,
        place_name=_words.place_name,
        link=lambda place, warning: settings.AWAS_URL + warning_path(place, warning),
        exercise=settings.AWAS_DEMO,
    )
    if Teller(wording=wording, source=settings.AWAS_URL).tell(appended):
        transaction.on_commit(_words.ring)


def told_of(warning: str, limit: int = 200) -> list[dict[str, Any]]:
    """Who was told of a warning or why not, newest first: rows {channel, to, at, result} for its page."""
    decisions = list(NoticeDecision.objects.filter(warning=warning).order_by("-pk")[:limit])
    messages = {
        (one.log, one.index, one.address, one.channel): one
        for one in OutboxMessage.objects.filter(warning=warning).select_related("carried_by")
    }
    names = names_of([one.address for one in decisions]) | {EVERYBODY: str(words.EVERYBODY)}
    calls = [
        {
            "channel": words.CHANNELS[words.CALL],
            "to": call.called.display_name,
            "at": call.called_at,
            "result": str(words.RANG[call.answered]),
        }
        for call in PhoneCall.objects.filter(warning=warning).select_related("called").order_by("-pk")[:limit]
    ]
    return calls + [
        {
            "channel": words.CHANNELS[one.channel],
            "to": names[one.address],
            "at": one.decided_at,
            "result": _result(one, messages.get((one.log, one.index, one.address, one.channel))),
        }
        for one in decisions
    ]


def _result(decision: NoticeDecision, message: OutboxMessage | None) -> str:
    if not decision.told or message is None:
        return str(words.NOT_TOLD.get(decision.reason, decision.reason))
    if message.state == MessageState.WAITING and decision.held_until is not None:
        at = clock(decision.held_until, zone_of(decision.place), get_language() or "id")
        return gettext("waits for the end of quiet hours at %(at)s") % {"at": at}
    return words.result_of(message)


def names_of(addresses: Iterable[str]) -> dict[str, str]:
    """What people call addresses: a person's name, a messenger's owner with its service; codes for the rest."""
    wanted = list(addresses)
    found = actor_names(wanted)
    numbers = [number for code in wanted if (number := number_in(code, "m")) is not None]
    for one in Messenger.objects.filter(pk__in=numbers).select_related("person"):
        found[one.code] = f"{one.area if one.person is None else one.person.display_name} ({one.shown})"
    return found


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
    person: Person,
    area: str,
    *,
    min_level: str,
    by_screen: bool,
    by_email: bool,
    by_push: bool = True,
    by_messenger: bool = True,
    now: Instant,
) -> Subscription:
    """What a person wants to be told of in an area; replaces what they asked for it before.

    Raises `Refused` (not_an_area, level, not_your_area: they may not see its warnings).
    """
    require_area(area)
    require_level(min_level)
    if not allows(duties_of(person, now), Permission.VIEW_WARNING, area, now):
        raise Refused("delivery.not_your_area", area=area)
    asked, _ = Subscription.objects.update_or_create(
        person=person,
        area=area,
        defaults={
            "min_level": min_level,
            "by_screen": by_screen,
            "by_email": by_email,
            "by_push": by_push,
            "by_messenger": by_messenger,
        },
    )
    return asked


def unsubscribe(person: Person, area: str) -> None:
    """Back to what the person's duties are told."""
    # A NUL is in no area, and PostgreSQL can't even be asked for it.
    Subscription.objects.filter(person=person, area=area.replace("\0", "?")).delete()


def add_webhook(
    url: str, area: str, *, secret: str, min_level: str = "waspada", now: Instant, by: Person | None = None
) -> Webhook:
    """Another system to be told. `secret` is `whsec_` and base64, fresh, to be shown once.

    Raises `Refused` (webhook_address, not_an_area) or `Denied`. Where the name leads is checked at every sending.
    """
    require_area(area)
    require_level(min_level)
    if by is not None:
        require_allowed(duties_of(by, now), Permission.MANAGE_CHANNELS, area, now)
    if not _is_webhook_address(url):
        raise Refused("delivery.webhook_address")
    return Webhook.objects.create(
        url=url,
        secret=secret,
        area=area,
        min_level=min_level,
        created_at=now,
        created_by="" if by is None else by.code,
    )


def _is_webhook_address(url: str) -> bool:
    schemes = {"https", "http"} if settings.AWAS_WEBHOOK_ALLOW_PRIVATE else {"https"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # a bracket without its fellow, a port beyond all ports
        return False
    return parts.scheme in schemes and bool(parts.hostname) and parts.username is None and port != 0


def stop_webhook(hook: Webhook, *, now: Instant, by: Person | None = None) -> None:
    """Tells the system no more; what waits for it is given up."""
    if by is not None:
        require_allowed(duties_of(by, now), Permission.MANAGE_CHANNELS, hook.area, now)
    Webhook.objects.filter(pk=hook.pk).update(active=False)


def webhooks_in(areas: Iterable[str]) -> list[Webhook]:
    """The webhooks of some areas and of what lies below them."""
    return [hook for hook in Webhook.objects.order_by("area", "pk") if any(covers(area, hook.area) for area in areas)]
