"""Who of the chain over a region's sites can be reached now: the watch, the next watch, district and province."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import F, Max, Q, Window
from django.db.models.functions import RowNumber

from awas.access.models import Duty, Person
from awas.access.policy import Permission, Role, allows
from awas.access.services import areas_above, number_in
from awas.delivery.audience import Channel
from awas.delivery.models import (
    MessageState,
    Messenger,
    OutboxMessage,
    PhoneCall,
    PushSubscription,
    Reached,
)
from awas.delivery.reach import (
    FAILURES_IN_A_ROW,
    IN_THE_CHAIN,
    POSITION_OF,
    Fared,
    Position,
    Ringable,
    Way,
    best,
    call_order,
    is_reachable,
    way_of,
)
from awas.ledger.area import Instant
from awas.places.models import Site
from awas.places.services import sites_within
from awas.roster import services as roster

CHANNELS = (Channel.PUSH, Channel.MESSENGER, Channel.EMAIL)


class Link(NamedTuple):
    """Somebody in the chain of a place, and by what they can be reached."""

    person: Person
    place: str
    position: Position
    fared: dict[Channel, Fared]
    answered_at: Instant | None

    @property
    def ways(self) -> list[tuple[Channel, Way, Fared]]:
        return [(channel, way_of(one), one) for channel, one in self.fared.items()]

    @property
    def reachable(self) -> bool:
        return is_reachable(way for _, way, _ in self.ways)


def chain_of(region: str, now: Instant) -> list[Link]:
    """The chain of a district's or a province's sites, those above them last. Raises `ValueError` for no region."""
    sites = list(sites_within(region))
    stand = [*_watch_of(sites, now), *_officers_of(region, sites, now)]
    people = {person.code: person for person in _people([code for code, _, _ in stand])}
    fared, rang = how_they_fared(people.values()), _rang(people.values())
    return [
        Link(people[code], place, position, fared[people[code].pk], rang.get(people[code].pk))
        for code, place, position in stand
        if code in people
    ]


def unreachable_in(region: str, now: Instant) -> list[Link]:
    """Those of the chain whom no message would reach."""
    return [link for link in chain_of(region, now) if link.position in IN_THE_CHAIN and not link.reachable]


def ring_list(place: str, now: Instant) -> list[Ringable]:
    """Whom to ring about a place, in order: people with a phone number whose duty covers it and who may be told."""
    positions: dict[int, set[Position]] = {}
    held = Duty.objects.filter(area__in=areas_above(place), role__in=[role.value for role in POSITION_OF])
    people: dict[int, Person] = {}
    for duty in held.select_related("person"):
        if duty.held.holds(now) and duty.person.is_active and allows([duty.held], Permission.VIEW_WARNING, place, now):
            positions.setdefault(duty.person_id, set()).add(POSITION_OF[Role(duty.role)])
            people[duty.person_id] = duty.person
    on_watch, following = set(roster.on_duty_at(place)), _following(place, now)
    for pk, person in people.items():
        if person.code in on_watch:
            positions[pk].add(Position.ON_WATCH)
        elif person.code in following:
            positions[pk].add(Position.NEXT_WATCH)
    return call_order(
        Ringable(one.code, one.display_name, one.phone, frozenset(positions[pk])) for pk, one in people.items()
    )


# ---------------------------------------------------------------- who stands in the chain

Stand = tuple[str, str, Position]


def _watch_of(sites: Sequence[Site], now: Instant) -> list[Stand]:
    on_duty = roster.on_duty_in([site.code for site in sites])
    found: list[Stand] = []
    for site in sites:
        found += [(code, site.code, Position.ON_WATCH) for code in on_duty[site.code]]
        following = _following(site.code, now)
        found += [(code, site.code, Position.NEXT_WATCH) for code in following if code not in on_duty[site.code]]
    return found


def _following(place: str, now: Instant) -> list[str]:
    shift = roster.next_shift(place, now)
    return [] if shift is None else list(shift.people)


def _officers_of(region: str, sites: Iterable[Site], now: Instant) -> list[Stand]:
    districts = {site.region_id[:5] for site in sites} | ({region} if len(region) == 5 else set())
    wanted = {Role.DISTRICT_OFFICER: sorted(districts), Role.PROVINCE_OFFICER: [region[:2]]}
    found = []
    for role, areas in wanted.items():
        running = Q(until_at__isnull=True) | Q(until_at__gt=now)
        held = Duty.objects.filter(running, role=role.value, area__in=areas, from_at__lte=now, person__is_active=True)
        found += [(f"p{one.person_id}", one.area, POSITION_OF[role]) for one in held.order_by("area", "person_id")]
    return found


def _people(codes: Iterable[str]) -> list[Person]:
    numbers = {number for code in codes if (number := number_in(code, "p")) is not None}
    return list(Person.objects.filter(pk__in=numbers, is_active=True))


# ---------------------------------------------------------------- how their addresses have fared


def how_they_fared(people: Iterable[Person]) -> dict[int, dict[Channel, Fared]]:
    """By person and channel, the best of their addresses, in five queries."""
    known = list(people)
    numbers = [person.pk for person in known]
    pushed: dict[int, list[Fared]] = {}
    for browser in PushSubscription.objects.filter(person_id__in=numbers, device__revoked_at=None):
        pushed.setdefault(browser.person_id, []).append(_kept(browser))
    messengers: dict[int, list[Fared]] = {}
    for one in Messenger.objects.filter(person_id__in=numbers, active=True):
        messengers.setdefault(one.person_id or 0, []).append(_kept(one))
    mailed = _mailed([person.code for person in known if person.email])
    return {
        person.pk: {
            Channel.PUSH: best(pushed.get(person.pk, ())),
            Channel.MESSENGER: best(messengers.get(person.pk, ())),
            Channel.EMAIL: mailed.get(person.code, Fared(has_address=bool(person.email))),
        }
        for person in known
    }


def _kept(one: Reached) -> Fared:
    return Fared(True, one.delivered_at, one.failure_count, one.last_error)


def _mailed(codes: Sequence[str]) -> dict[str, Fared]:
    """From the outbox itself: a mailbox has no row of its own that could remember."""
    mails = OutboxMessage.objects.filter(address__in=codes, channel=Channel.EMAIL.value)
    delivered = dict(mails.filter(state=MessageState.SENT).values_list("address").annotate(at=Max("sent_at")))
    tried = Q(state__in=(MessageState.SENT, MessageState.FAILED)) | Q(
        state=MessageState.WAITING, attempts__gte=FAILURES_IN_A_ROW
    )
    last = mails.filter(tried).annotate(turn=Window(RowNumber(), partition_by=[F("address")], order_by=F("id").desc()))
    failures: dict[str, list[OutboxMessage]] = {}
    for one in last.filter(turn__lte=FAILURES_IN_A_ROW).order_by("-id"):
        failures.setdefault(one.address, []).append(one)
    return {code: _of_mails(delivered.get(code), failures.get(code, [])) for code in codes}


def _of_mails(delivered_at: Instant | None, last: Sequence[OutboxMessage]) -> Fared:
    count = 0
    for one in last:
        if one.state == MessageState.SENT:
            break
        # Tried again and again without end counts as often as it was tried.
        count += one.attempts if one.state == MessageState.WAITING else 1
    return Fared(True, delivered_at, count, last[0].last_error if last else "")


def _rang(people: Iterable[Person]) -> dict[int, Instant]:
    calls = PhoneCall.objects.filter(called__in=[person.pk for person in people], answered=True)
    return dict(calls.values_list("called_id").annotate(at=Max("called_at")))
