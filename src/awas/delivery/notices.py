"""From a step of a warning to notices: who is told, on what, and who is not and why.

Called inside the judge's transaction, so that a judgement and its notices happen together or not at all. Must never
send anything itself, and never fail because somebody can't be reached.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from awas.access.models import Duty, Person
from awas.access.policy import Permission, Role, allows
from awas.access.services import areas_above, number_in, people_covering
from awas.delivery.audience import (
    AUDIENCE,
    LONG_PAST_MS,
    RANK,
    REPEAT_AFTER_MS,
    Candidate,
    Channel,
    Decision,
    Occasion,
    Reason,
    Wish,
    decide_for,
    higher,
    quiet_until,
)
from awas.delivery.links import url_of
from awas.delivery.means import means_of, owners_of
from awas.delivery.models import Messenger, NoticeDecision, Subscription, Webhook, id_of
from awas.delivery.outbox import drafted, enqueue
from awas.delivery.wording import Letter, Step, Wording
from awas.ledger.area import Instant
from awas.ledger.fact import Appended
from awas.roster.services import on_duty_at
from awas.warnings import events as happened
from awas.warnings.models import Warning

EVERYBODY = "*"


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Turns steps of warnings into outbox rows. `source` is this installation's address, for the envelopes."""

    wording: Wording
    source: str

    def tell(self, appended: Sequence[Appended]) -> bool:
        """All steps of a transaction; whether anybody is told. Telling the same step again adds nothing."""
        circle, told = Circle(), False
        for one in appended:
            step = step_of(one)
            if step is not None:
                told |= any(decision.told for decision in notices_for(step, self, circle))
        return told


class Circle:
    """Who might be told at a place, read once for all steps of a transaction: a busy night brings hundreds."""

    def __init__(self) -> None:
        self.candidates = cache(_candidates)
        self.webhooks = cache(_webhooks_over)
        self.offices = cache(_offices_over)
        self.languages = cache(_languages)


def notices_for(step: Step, teller: Teller, circle: Circle) -> list[Decision]:
    """Decides about everybody a step concerns, records each decision with its reason, and fills the outbox."""
    if NoticeDecision.objects.filter(log=step.log, index=step.index).exists():
        return []
    if step.now - step.at > LONG_PAST_MS and step.occasion is not Occasion.RESOLVED:
        decisions = [Decision(EVERYBODY, Channel.SCREEN, False, Reason.LONG_PAST)]
    elif step.occasion is Occasion.RESOLVED:
        decisions = _those_told_before(step)
    else:
        subscribed = [*_subscribed(step, circle.webhooks(step.place), Channel.WEBHOOK)]
        subscribed += _subscribed(step, circle.offices(step.place), Channel.MESSENGER)
        decisions = _not_twice(step, [*recipients_for(step, circle), *subscribed])
    NoticeDecision.objects.bulk_create(
        NoticeDecision(
            log=step.log,
            index=step.index,
            warning=step.warning,
            place=step.place,
            level=step.level,
            occasion=step.occasion.value,
            address=decision.code,
            channel=decision.channel.value,
            told=decision.told,
            reason=decision.reason.value,
            decided_at=step.now,
            held_until=decision.held_until,
        )
        for decision in decisions
    )
    _write([decision for decision in decisions if decision.told], step, teller, circle)
    return decisions


def step_of(one: Appended) -> Step | None:
    """What people are told of an entry; None for steps that call for no notice (taken on, commented, more evidence)."""
    event = one.event
    if isinstance(event, happened.WarningFired):
        return _step(one, event.level, Occasion.FIRED, event.facts)
    if isinstance(event, happened.WarningEvidenceAdded):
        before = _level_told(event.warning)
        raised = before is not None and RANK[event.level] > RANK[before]
        return _step(one, event.level, Occasion.RAISED, event.facts) if raised else None
    if isinstance(event, happened.WarningAcknowledgementExpired) and event.why != "level_raised":
        return _again(one, Occasion.UNANSWERED)
    if isinstance(event, happened.WarningSilenceEnded):
        holds = Warning.objects.filter(pk=event.warning, holds=True).exists()
        return _again(one, Occasion.UNANSWERED) if holds else None
    if isinstance(event, happened.WarningResolved):
        return _again(one, Occasion.RESOLVED)
    return None


def recipients_for(step: Step, circle: Circle) -> list[Decision]:
    """People the step concerns by duty or by subscription, each with the channels decided."""
    unanswered = step.occasion is Occasion.UNANSWERED
    roles = AUDIENCE[higher(step.level) if unanswered else step.level]
    decisions: list[Decision] = []
    for candidate in circle.candidates(step.place, roles, step.now):
        decisions += decide_for(candidate, step.place, step.level, step.now, unanswered=unanswered)
    return decisions


def _candidates(place: str, roles: frozenset[Role], now: Instant) -> list[Candidate]:
    people = {person.pk: person for person in people_covering(place, now, roles)}
    wishes: dict[int, list[Wish]] = {}
    covering = Subscription.objects.filter(area__in=areas_above(place), person__is_active=True)
    for asked in covering.select_related("person"):
        people[asked.person_id] = asked.person
        wishes.setdefault(asked.person_id, []).append(asked.wish)
    duties: dict[int, list[Duty]] = {}
    for duty in Duty.objects.filter(person_id__in=people, area__in=areas_above(place)):
        duties.setdefault(duty.person_id, []).append(duty)
    reached = means_of(people.values())
    watching = set(on_duty_at(place))
    return [
        Candidate(
            code=person.code,
            duties=tuple(duty.held for duty in duties.get(pk, ())),
            wishes=tuple(wishes.get(pk, ())),
            has_mail_address=bool(person.email),
            has_push=reached[pk].has_push,
            messengers=reached[pk].messengers,
            preference=reached[pk].preference,
            on_watch=person.code in watching,
        )
        for pk, person in sorted(people.items())
    ]


def _webhooks_over(place: str) -> list[Webhook]:
    return list(Webhook.objects.filter(area__in=areas_above(place), active=True).order_by("pk"))


def _offices_over(place: str) -> list[Messenger]:
    return list(Messenger.objects.filter(area__in=areas_above(place), active=True).order_by("pk"))


def _subscribed(step: Step, those: Iterable[Webhook | Messenger], channel: Channel) -> list[Decision]:
    """Systems and offices that asked to be told of an area from a level on."""
    return [
        Decision(one.code, channel, True, Reason.SUBSCRIBED)
        if RANK[step.level] >= RANK[one.min_level]
        else Decision(one.code, channel, False, Reason.BELOW_LEVEL)
        for one in those
    ]


def _those_told_before(step: Step) -> list[Decision]:
    """The end of a warning is told where its beginning was, to those who may still see it."""
    told = NoticeDecision.objects.filter(warning=step.warning, told=True).values_list("address", "channel").distinct()
    owners = owners_of(address for address, _ in told)
    quiet = _quiet_of({owners.get(address, address) for address, _ in told}, step)
    decisions = []
    for address, channel in sorted(told):
        person = owners.get(address, address)
        # A webhook or an office asked for itself; a person must still be allowed to know.
        may = channel == Channel.WEBHOOK.value or not person or _may_see(person, step)
        held = None if channel in (Channel.SCREEN.value, Channel.WEBHOOK.value) else quiet.get(person)
        reason = Reason.TOLD_BEFORE if may else Reason.NO_DUTY
        decisions.append(Decision(address, Channel(channel), may, reason, held if may else None))
    return decisions


def _quiet_of(codes: Iterable[str], step: Step) -> dict[str, Instant | None]:
    """Until when it is quiet for people who don't have the watch, by their codes."""
    numbers = [number for code in codes if (number := number_in(code, "p")) is not None]
    people = Person.objects.filter(pk__in=numbers)
    watching = set(on_duty_at(step.place))
    return {
        f"p{pk}": None if f"p{pk}" in watching else quiet_until(means.preference.quiet, step.level, step.now)
        for pk, means in means_of(people).items()
    }


def _may_see(code: str, step: Step) -> bool:
    duties = [duty.held for duty in Duty.objects.filter(person_id=number_in(code, "p") or 0)]
    return allows(duties, Permission.VIEW_WARNING, step.place, step.now)


def _not_twice(step: Step, decisions: Iterable[Decision]) -> list[Decision]:
    """A warning that flaps is told once in a while. Programs get every step: they count."""
    recently = {
        (address, channel)
        for address, channel, level in NoticeDecision.objects.filter(
            warning=step.warning, told=True, decided_at__gt=step.now - REPEAT_AFTER_MS
        ).values_list("address", "channel", "level")
        if RANK[level] >= RANK[step.level]
    }
    return [
        decision._replace(told=False, reason=Reason.TOLD_RECENTLY)
        if decision.told
        and decision.channel is not Channel.WEBHOOK
        and (decision.code, decision.channel.value) in recently
        else decision
        for decision in decisions
    ]


def _languages(numbers: frozenset[int]) -> dict[str, str]:
    return {f"p{pk}": lang for pk, lang in Person.objects.filter(pk__in=numbers).values_list("pk", "language")}


def _write(decisions: Sequence[Decision], step: Step, teller: Teller, circle: Circle) -> None:
    owners = owners_of(one.code for one in decisions)
    people = [owners.get(one.code, one.code) for one in decisions]
    numbers = frozenset(number for code in people if (number := number_in(code, "p")) is not None)
    languages = circle.languages(numbers)
    letters = {language: teller.wording.letter(step, language) for language in {*languages.values(), "id"}}
    messages = []
    for decision, person in zip(decisions, people, strict=True):
        key = f"{decision.channel.value}:{decision.code}:{step.log}#{step.index}"
        if decision.channel is Channel.WEBHOOK:
            says: dict[str, Any] = {
                "payload": teller.wording.envelope(step, message_id=id_of(key), source=teller.source)
            }
        else:
            says = _says(decision.channel, letters[languages.get(person, "id")], url_of(key))
        messages.append(
            drafted(
                channel=decision.channel,
                address=decision.code,
                dedupe_key=key,
                place=step.place,
                level=step.level,
                warning=step.warning,
                log=step.log,
                index=step.index,
                now=step.now,
                hold_ms=max((decision.held_until or 0) - step.now, 0),
                **says,
            )
        )
    enqueue(messages)


def _says(channel: Channel, letter: Letter, url: str) -> dict[str, Any]:
    """As much as the channel should carry: strangers in between get the title and the way here."""
    if channel is Channel.PUSH:
        return {"subject": letter.subject}
    if channel is Channel.MESSENGER:
        return {"subject": letter.subject, "body": url}
    return {"subject": letter.subject, "body": letter.linked(url).body}


def _level_told(warning: str) -> str | None:
    """The level of the last decision about a warning; None if it never fired."""
    last = NoticeDecision.objects.filter(warning=warning).order_by("-pk").values_list("level", flat=True)
    return last.first()


def _again(one: Appended, occasion: Occasion) -> Step | None:
    level = _level_told(one.event.warning)
    if level is None:
        return None
    row = Warning.objects.filter(pk=one.event.warning).first()
    facts = () if row is None else tuple((name, value) for name, value in row.fact_pairs)
    return _step(one, level, occasion, facts)


def _step(one: Appended, level: str, occasion: Occasion, facts: tuple[tuple[str, str | int], ...]) -> Step:
    return Step(
        log=one.log,
        index=one.index,
        place=one.stamp.place,
        warning=one.event.warning,
        rule=one.event.rule,
        level=level,
        occasion=occasion,
        facts=facts,
        at=one.stamp.occurred_at,
        now=one.stamp.recorded_at,
    )
