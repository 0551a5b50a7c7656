"""What the worker tells of its own accord: who has the watch next, and who of the chain can't be reached.

Each message has a name that it is told by once (`dedupe_key`), so that a job may run as often as it likes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from awas.access.models import Person
from awas.access.policy import Role
from awas.access.services import number_in, people_on
from awas.delivery.audience import NEVER, Channel, quiet_until
from awas.delivery.links import url_of
from awas.delivery.means import Means, means_of
from awas.delivery.models import MessageKind, OutboxMessage
from awas.delivery.outbox import drafted, enqueue
from awas.delivery.reachability import unreachable_in
from awas.delivery.wording import Letter, reach_letter, reminder_letter
from awas.ledger.area import DAY, HOUR, Instant
from awas.places.models import Site
from awas.places.services import place_name
from awas.roster import services as roster
from awas.warnings.hours import offset_of

AHEAD_MS = (1 * HOUR, 12 * HOUR)
"""How long before a watch its officers are reminded, the nearest first."""


class _Upcoming(NamedTuple):
    shift: str
    place: str
    from_at: Instant
    ahead_ms: int
    person: str


def remind_due(now: Instant) -> int:
    """Reminds whose watch begins within twelve hours, and again within one. Returns how many were told."""
    upcoming = [one for site in Site.objects.values_list("code", flat=True) for one in _upcoming_at(site, now)]
    people = _by_code(one.person for one in upcoming)
    means = means_of(people.values())
    messages: list[OutboxMessage] = []
    for one in upcoming:
        person = people.get(one.person)
        if person is None:
            continue
        letter = reminder_letter(person.language, place_name(one.place) or one.place, one.place, one.from_at)
        key = f"watch:{one.shift}:{one.ahead_ms // HOUR}"
        quiet = means[person.pk].preference.quiet if one.ahead_ms > HOUR else None
        held = quiet_until(quiet, "waspada", now)
        hold_ms = 0 if held is None else held - now
        messages += _to_all(person, means[person.pk], letter, key, MessageKind.REMINDER, one.place, now, hold_ms)
    return _newly(messages)


def _upcoming_at(place: str, now: Instant) -> Iterator[_Upcoming]:
    for shift in roster.shifts_between(place, now, now + max(AHEAD_MS)):
        left = shift.from_at - now
        if shift.state == "planned" and left > 0:
            ahead = next(ahead for ahead in AHEAD_MS if left <= ahead)
            yield from (_Upcoming(shift.key, place, shift.from_at, ahead, person) for person in shift.people)


def tell_unreachable(now: Instant) -> int:
    """Tells the officers of each district, once a day and whenever others are concerned, how many of its chain no
    message would reach. No name leaves: the page has them. Returns how many were told."""
    told = 0
    for district in sorted({code[:5] for code in Site.objects.values_list("code", flat=True)}):
        missing = unreachable_in(district, now)
        if missing:
            told += _tell_offices(district, sorted({link.person.code for link in missing}), now)
    return told


def _tell_offices(district: str, codes: list[str], now: Instant) -> int:
    day = (now + offset_of(district)) // DAY
    those = hashlib.sha256(" ".join(codes).encode()).hexdigest()[:12]
    offices = {one.pk: one for one in people_on(district, now, (Role.DISTRICT_OFFICER,))}
    offices |= {one.pk: one for one in people_on(district[:2], now, (Role.PROVINCE_OFFICER,))}
    means, messages = means_of(offices.values()), list[OutboxMessage]()
    for pk, person in offices.items():
        letter = reach_letter(person.language, place_name(district) or district, len(codes))
        key = f"reach:{district}:{day}:{those}"
        messages += _to_all(person, means[pk], letter, key, MessageKind.REACH, district, now, 0)
    return _newly(messages)


def _to_all(
    person: Person,
    means: Means,
    letter: Letter,
    key: str,
    kind: MessageKind,
    place: str,
    now: Instant,
    hold_ms: int,
) -> Iterator[OutboxMessage]:
    """On screen and by every channel that the person has and didn't switch off."""
    ways = [(Channel.SCREEN, person.code)]
    ways += [(Channel.PUSH, person.code)] if means.has_push else []
    ways += [(Channel.MESSENGER, code) for code in means.messengers]
    ways += [(Channel.EMAIL, person.code)] if person.email else []
    for channel, address in ways:
        if means.preference.levels.get(channel) == NEVER:
            continue
        own = f"{key}:{channel.value}:{address}"
        body = url_of(own) if channel is Channel.MESSENGER else letter.linked(url_of(own)).body
        yield drafted(
            channel=channel,
            address=address,
            dedupe_key=own,
            now=now,
            subject=letter.subject,
            body="" if channel is Channel.PUSH else body,
            kind=kind,
            place=place,
            hold_ms=0 if channel is Channel.SCREEN else hold_ms,
        )


def _newly(messages: list[OutboxMessage]) -> int:
    keys = [one.dedupe_key for one in messages]
    known = set(OutboxMessage.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    fresh = [one for one in messages if one.dedupe_key not in known]
    enqueue(fresh)
    return len(fresh)


def _by_code(codes: Iterable[str]) -> dict[str, Person]:
    numbers = {number for code in codes if (number := number_in(code, "p")) is not None}
    return {one.code: one for one in Person.objects.filter(pk__in=numbers, is_active=True)}
