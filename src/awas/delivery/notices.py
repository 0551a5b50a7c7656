"""From a step of a warning to notices: who is told, on what, and who is not and why.

Called inside the judge's transaction, so that a judgement and its notices happen together or not at all. Must never
send anything itself, and never fail because somebody can't be reached.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from awas.access.models import Duty, Person
from awas.access.policy import Permission, Role, allows
from awas.access.services import areas_above, number_in, people_covering
from awas.delivery.audience import (
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
    decide_in_person,
    quiet_until,
    roles_of,
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
from awas.warnings.policy import DEFAULTS, at_once, heard_by

EVERYBODY = "*"
AGAIN = frozenset({Occasion.ESCALATED, Occasion.REPEATED})
"""Said because nobody has answered: to those whose turn it is, however lately they heard it."""


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
    elif step.is_hidden:
        decisions = [Decision(EVERYBODY, Channel.SCREEN, False, Reason.INHIBITED)]
    elif step.occasion is Occasion.RESOLVED:
        decisions = _those_told_before(step)
    elif step.people:
        decisions = _named(step)
    elif step.occasion in AGAIN:
        decisions = recipients_for(step, circle)
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
    describe = _STEPS.get(type(one.event))
    return None if describe is None else describe(one, one.event)


def _fired(one: Appended, event: happened.WarningFired) -> Step:
    policy = event.policy or DEFAULTS[event.level]
    step = _step(one, event.level, Occasion.FIRED, event.facts)
    return replace(step, tiers=heard_by(policy, at_once(policy)), is_hidden=bool(event.inhibited_by))


def _found_again(one: Appended, event: happened.WarningEvidenceAdded) -> Step | None:
    before = _level_told(event.warning)
    if before is None or RANK[event.level] <= RANK[before]:
        return None
    policy = event.policy or DEFAULTS[event.level]
    row = Warning.objects.filter(pk=event.warning).first()
    rung = at_once(policy) if row is None else min(max(row.rung, at_once(policy)), len(policy.rungs) - 1)
    step = _step(one, event.level, Occasion.RAISED, event.facts)
    return replace(step, tiers=heard_by(policy, rung), is_hidden=row is not None and bool(row.inhibited_by))


def _asked_again(one: Appended, event: happened.WarningAcknowledgementExpired) -> Step | None:
    # Of a higher level people hear by the step that raised it.
    return None if event.why == "level_raised" else _again(one, Occasion.UNANSWERED)


def _silence_over(one: Appended, event: happened.WarningSilenceEnded) -> Step | None:
    holds = Warning.objects.filter(pk=event.warning, holds=True).exists()
    return _again(one, Occasion.UNANSWERED) if holds else None


def _escalated(one: Appended, event: happened.WarningEscalated) -> Step | None:
    step = _again(one, Occasion.ESCALATED)
    return None if step is None else replace(step, tiers=(event.tier,))


def _surfaced(one: Appended, event: happened.WarningInhibitionEnded) -> Step | None:
    holds = Warning.objects.filter(pk=event.warning, holds=True).exists()
    return _again(one, Occasion.SURFACED) if holds else None


def _assigned(one: Appended, event: happened.WarningAssigned) -> Step | None:
    step = _again(one, Occasion.ASSIGNED) if event.to else None
    return None if step is None else replace(step, people=(event.to,), is_hidden=False)


def _mentioned(one: Appended, event: happened.WarningCommented) -> Step | None:
    step = _again(one, Occasion.MENTIONED) if event.mentions else None
    return None if step is None else replace(step, people=event.mentions, is_hidden=False)


_STEPS: Mapping[type, Callable[[Appended, Any], Step | None]] = {
    happened.WarningFired: _fired,
    happened.WarningEvidenceAdded: _found_again,
    happened.WarningAcknowledgementExpired: _asked_again,
    happened.WarningSilenceEnded: _silence_over,
    happened.WarningEscalated: _escalated,
    happened.WarningRepeated: lambda one, event: _again(one, Occasion.REPEATED),
    happened.WarningInhibitionEnded: _surfaced,
    happened.WarningAssigned: _assigned,
    happened.WarningCommented: _mentioned,
    happened.WarningResolved: lambda one, event: _again(one, Occasion.RESOLVED),
}


def recipients_for(step: Step, circle: Circle) -> list[Decision]:
    """People whose turn it is by duty, or who asked to hear, each with the channels decided."""
    roles = roles_of(step.tiers)
    reason = Reason.ABOVE_THOSE_TOLD if step.occasion is Occasion.ESCALATED else Reason.ON_DUTY
    decisions: list[Decision] = []
    for candidate in circle.candidates(step.place, roles, step.now):
        decisions += decide_for(
            candidate,
            step.place,
            step.level,
            step.now,
            roles,
            reason=reason,
            subscribers=step.occasion not in AGAIN,
        )
    return decisions


def _named(step: Step) -> list[Decision]:
    """Those who were given it, or named in a note."""
    reason = Reason.ASSIGNED if step.occasion is Occasion.ASSIGNED else Reason.MENTIONED
    numbers = [number for code in step.people if (number := number_in(code, "p")) is not None]
    people = {person.pk: person for person in Person.objects.filter(pk__in=numbers, is_active=True)}
    decisions: list[Decision] = []
    for candidate in _as_candidates(people, {}, step.place):
        decisions += decide_in_person(candidate, step.place, step.now, reason)
    return decisions


def _candidates(place: str, roles: frozenset[Role], now: Instant) -> list[Candidate]:
    people = {person.pk: person for person in people_covering(place, now, roles)}
    wishes: dict[int, list[Wish]] = {}
    covering = Subscription.objects.filter(area__in=areas_above(place), person__is_active=True)
    for asked in covering.select_related("person"):
        people[asked.person_id] = asked.person
        wishes.setdefault(asked.person_id, []).append(asked.wish)
    return _as_candidates(people, wishes, place)


def _as_candidates(people: Mapping[int, Person], wishes: Mapping[int, list[Wish]], place: str) -> list[Candidate]:
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
    """A step of a warning that people may have been told of: as it stands now, to the tiers that have heard it."""
    row = Warning.objects.filter(pk=one.event.warning).first()
    level = _level_told(one.event.warning) or (row.level if row is not None and occasion in _EVEN_UNTOLD else None)
    if level is None:
        return None
    facts = () if row is None else tuple((name, value) for name, value in row.fact_pairs)
    policy = (row.kept_policy if row is not None else None) or DEFAULTS[level]
    rung = at_once(policy) if row is None or row.rung < 0 else min(row.rung, len(policy.rungs) - 1)
    step = _step(one, level, occasion, facts)
    hidden = row is not None and bool(row.inhibited_by) and occasion is not Occasion.RESOLVED
    return replace(step, tiers=heard_by(policy, rung), is_hidden=hidden)


_EVEN_UNTOLD = frozenset({Occasion.SURFACED, Occasion.ASSIGNED, Occasion.MENTIONED})
"""Said even of a warning that nobody was told of yet."""


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
