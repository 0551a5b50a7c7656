"""Use cases of one's own channels: phones let in, addresses at messengers, what one chose, and whether it works."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from awas.access.models import Device, Person
from awas.access.policy import Permission, covers, require_allowed
from awas.access.services import choose_language, duties_of, number_in
from awas.delivery import audience, schemes
from awas.delivery.areas import require_area, require_level
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.links import url_of
from awas.delivery.messenger import look_at
from awas.delivery.models import MessageKind, Messenger, OutboxMessage, Preference, PushSubscription, Webhook, id_of
from awas.delivery.outbox import drafted, enqueue
from awas.delivery.sealing import seal
from awas.delivery.webpush import browser_of, endpoint_digest, is_endpoint, sealed_browser
from awas.delivery.wording import test_envelope, test_letter
from awas.ledger.area import Instant, Refused

MOST_OF_A_KIND = 6
"""Phones, and addresses at messengers, of one person or office."""


# ---------------------------------------------------------------- phones and browsers


def let_browser_in(
    person: Person, *, endpoint: str, p256dh: str, auth: str, device: str | None, label: str, now: Instant
) -> PushSubscription:
    """A browser that is to be told. One that somebody else let in before is now this person's alone.

    Raises `Refused` (browser: the keys are none; too_many).
    """
    try:
        browser = browser_of(endpoint, p256dh, auth)
    except ValueError:
        raise Refused("delivery.browser") from None
    if not is_endpoint(endpoint):
        raise Refused("delivery.browser")
    digest = endpoint_digest(endpoint)
    if person.push_subscriptions.exclude(endpoint_digest=digest).count() >= MOST_OF_A_KIND:
        raise Refused("delivery.too_many", most=MOST_OF_A_KIND)
    session = Device.objects.filter(pk=number_in(device or "", "d") or 0, person=person).first()
    found, _ = PushSubscription.objects.update_or_create(
        endpoint_digest=digest,
        defaults={
            "person": person,
            "device": session,
            "sealed": sealed_browser(browser),
            "label": named(label),
            "created_at": now,
            "failure_count": 0,
            "last_error": "",
        },
    )
    return found


def shut_browser_out(person: Person, number: int) -> None:
    """Tells one of one's browsers no more."""
    PushSubscription.objects.filter(pk=number, person=person).delete()


def named(agent: str) -> str:
    """A browser by what it says of itself, as little as its owner needs to know it again: "Chrome, Android"."""
    programs = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
    program = next((name for mark, name in programs if mark in agent), "")
    return ", ".join(filter(None, (program, next((one for one in systems if one in agent), ""))))


# ---------------------------------------------------------------- messengers


def add_messenger(
    url: str,
    *,
    now: Instant,
    by: Person,
    area: str = "",
    min_level: str = "waspada",
) -> Messenger:
    """An address of one's own, or with `area` an office's, who must be allowed to keep its channels.

    Raises `Denied` or `Refused` (messenger_scheme, messenger_option, messenger_address, messenger_one, too_many,
    not_an_area, level). The address is in no refusal.
    """
    require_level(min_level)
    if area:
        require_area(area)
        require_allowed(duties_of(by, now), Permission.MANAGE_CHANNELS, area, now)
    owner: dict[str, Any] = {"area": area} if area else {"person": by}
    if Messenger.objects.filter(active=True, **owner).count() >= MOST_OF_A_KIND:
        raise Refused("delivery.too_many", most=MOST_OF_A_KIND)
    url = url.strip()
    return Messenger.objects.create(
        **owner,
        min_level=min_level,
        sealed=seal(url),
        service=_service_of(url)[:60],
        ending=schemes.ending_of(url),
        created_at=now,
        created_by=by.code,
    )


def _service_of(url: str) -> str:
    scheme = schemes.scheme_of(url)
    if scheme not in schemes.ALLOWED:
        raise Refused("delivery.messenger_scheme", scheme=scheme[:16])
    for option in sorted(schemes.options_of(url)):
        if option in schemes.REFUSED_OPTIONS:
            raise Refused("delivery.messenger_option", option=option)
    try:
        seen = look_at(url)
    except DeliveryFailed:
        raise Refused("delivery.messenger_address") from None
    if seen["problem"]:
        raise Refused("delivery.messenger_address")
    if seen["targets"] != 1:  # if one of several got it, trying again would tell that one twice
        raise Refused("delivery.messenger_one")
    return str(seen["service"])


def stop_messenger(messenger: Messenger) -> None:
    """Nothing is sent there any more, and what was sealed is forgotten."""
    Messenger.objects.filter(pk=messenger.pk).update(active=False, sealed="")


def office_messengers(areas: Sequence[str]) -> list[Messenger]:
    """Of offices in some areas and below, those that were stopped left out."""
    found = Messenger.objects.filter(active=True).exclude(area="").order_by("area", "pk")
    return [one for one in found if any(covers(area, one.area) for area in areas)]


# ---------------------------------------------------------------- preferences


def choose(person: Person, *, language: str, levels: Mapping[Channel, str], quiet: tuple[int, int, str] | None) -> None:
    """What a person chose for all areas. `levels` holds a level, `NEVER` or "" (as the role) by channel; `quiet` is
    from and until (minutes of the local day) and up to which level."""
    for level in levels.values():
        if level not in ("", audience.NEVER):
            require_level(level)
    begin, end, up_to = quiet or (None, None, "waspada")
    with transaction.atomic():
        choose_language(person, language)
        Preference.objects.update_or_create(
            person=person,
            defaults={
                "email_from": levels.get(Channel.EMAIL, ""),
                "push_from": levels.get(Channel.PUSH, ""),
                "messenger_from": levels.get(Channel.MESSENGER, ""),
                "quiet_from": begin,
                "quiet_until": end,
                "quiet_up_to": up_to,
            },
        )


# ---------------------------------------------------------------- tests


TEST_EVERY_MS = 20_000
"""A test button is no way to ring somebody a hundred times."""


def send_test(channel: Channel, address: str, *, language: str, now: Instant, source: str) -> OutboxMessage:
    """One message that says it is a test, on its way like any other. Raises `Refused` (test_just_sent)."""
    mine = OutboxMessage.objects.filter(address=address, channel=channel.value, kind=MessageKind.TEST)
    if mine.filter(created_at__gt=now - TEST_EVERY_MS).exists():
        raise Refused("delivery.test_just_sent")
    key = f"test:{channel.value}:{address}:{now}"
    letter = test_letter(language, now).linked(url_of(key))
    says: dict[str, Any] = {"subject": letter.subject, "body": letter.body}
    if channel is Channel.WEBHOOK:
        says = {"payload": test_envelope(id_of(key), source, now)}
    enqueue([drafted(channel=channel, address=address, dedupe_key=key, now=now, kind=MessageKind.TEST, **says)])
    return OutboxMessage.objects.get(dedupe_key=key)


def last_tests(addresses: Sequence[tuple[str, str]]) -> dict[tuple[str, str], OutboxMessage]:
    """The last test of each (channel, address)."""
    codes = {address for _, address in addresses}
    tests = OutboxMessage.objects.filter(address__in=codes, kind=MessageKind.TEST).order_by("pk")
    return {(one.channel, one.address): one for one in tests if (one.channel, one.address) in set(addresses)}


def channel_of(code: str) -> Channel | None:
    """The channel that an address code such as `w3` or `m5` belongs to."""
    if not re.fullmatch(r"[wm]\d{1,18}", code, re.ASCII):
        return None
    return Channel.WEBHOOK if code[0] == "w" else Channel.MESSENGER


def owner_area(code: str) -> str | None:
    """The area that a webhook or an office's messenger belongs to; None for what is none."""
    if channel_of(code) is Channel.WEBHOOK:
        return Webhook.objects.filter(pk=number_in(code, "w") or 0).values_list("area", flat=True).first()
    return Messenger.objects.filter(pk=number_in(code, "m") or 0).values_list("area", flat=True).first() or None
