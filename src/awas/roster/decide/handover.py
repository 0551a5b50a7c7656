"""Decisions about the hand-over, which counts only with two signatures. Pure."""

from typing import Any

from awas.ledger.area import Instant, Items, Refused, Stamp
from awas.ledger.message import moment
from awas.roster.commands import AcceptHandover, DisputeHandover, OfferHandover, WithdrawHandover
from awas.roster.decide.duty import begin_duty, duty_ended, require_running
from awas.roster.decide.require import Decider, Decision, Need, require_found, require_new
from awas.roster.events import HandoverAccepted, HandoverDisputed, HandoverOffered, HandoverWithdrawn
from awas.roster.items import Duty, Handover, OnDuty
from awas.roster.kept import on_duty_key
from awas.roster.state import PlannedShift, Watch


def _next_shift(watch: Watch, own: PlannedShift | None, at: Instant) -> PlannedShift | None:
    """The shift that should take over: the next to begin after the giver's own began."""
    after = own.from_at + 1 if own else at
    return next((shift for shift in watch.shifts if shift.from_at >= after and shift is not own), None)


def offer_handover(watch: Watch, items: Items, stamp: Stamp, command: OfferHandover) -> Decision:
    """A new offer takes the place of one that nobody has answered."""
    require_new(stamp, items, "handover", command.handover_id)
    duty = require_running(stamp, items, command.duty_id)
    if duty.person != stamp.actor:
        raise Refused("not_own_duty", person=duty.person)
    own = watch.shift(duty.shift_id)
    following = _next_shift(watch, own, moment(stamp))
    return [
        HandoverOffered(
            handover_id=command.handover_id,
            by=stamp.actor,
            duty_id=duty.key,
            shift_id=duty.shift_id,
            to_shift_id=following.shift_id if following else "",
            to_people=following.people if following else (),
            summary=command.summary,
            note=command.note,
            photos=command.photos,
            due_at=own.until_at if own else 0,
            supersedes=watch.offer.handover_id if watch.offer else "",
        )
    ]


def _require_offer(stamp: Stamp, items: Items, handover_id: str) -> Handover:
    handover: Handover = require_found(stamp, items, "handover", handover_id)
    if handover.state != "offered":
        raise Refused("handover_closed", key=handover_id, state=handover.state)
    return handover


def accept_handover(watch: Watch, items: Items, stamp: Stamp, command: AcceptHandover) -> Decision:
    """The second signature. The taker's duty begins with it if it hasn't; the giver's ends unless the giver stays."""
    handover = _require_offer(stamp, items, command.handover_id)
    if handover.offered_by == stamp.actor:
        raise Refused("same_person", key=handover.key)
    at = moment(stamp)
    begun = _taker_begins(watch, items, stamp, command, handover)
    shift = watch.shift_of(stamp.actor, at)
    following = watch.shift(handover.to_shift_id)
    accepted = HandoverAccepted(
        handover_id=handover.key,
        by=stamp.actor,
        offered_by=handover.offered_by,
        offered_at=handover.offered_at,
        duty_id=command.duty_id,
        shift_id=shift.shift_id if shift else "",
        expected=following is not None and stamp.actor in following.people,
        late_ms=at - handover.due_at if handover.due_at else 0,
        due_at=handover.due_at,
        same_device=stamp.device == handover.offered_device,
        differences=command.differences,
        note=command.note,
        photos=command.photos,
        next_due_at=shift.until_at if shift else 0,
    )
    giver: Duty | None = items.get("duty", handover.duty_id)
    if command.giver_stays or giver is None or giver.state != "on" or giver.place != stamp.place:
        return [*begun, accepted]
    on_duty = len(watch.on_duty) + (1 if begun else 0) - 1
    ended = duty_ended(watch, stamp, giver, "relieved", on_duty=on_duty, by_handover=handover.key)
    return [*begun, accepted, ended]


def _taker_begins(watch: Watch, items: Items, stamp: Stamp, command: AcceptHandover, handover: Handover) -> list[Any]:
    post: OnDuty | None = items.get("on_duty", on_duty_key(stamp.place, stamp.actor))
    if post is not None and post.place == stamp.place:
        if post.duty_id != command.duty_id:
            raise Refused("duty_mismatch", key=command.duty_id)
        return []
    return begin_duty(watch, items, stamp, command.duty_id, command.proof, by_handover=handover.key)


def dispute_handover(_: Watch, items: Items, stamp: Stamp, command: DisputeHandover) -> Decision:
    handover = _require_offer(stamp, items, command.handover_id)
    if handover.offered_by == stamp.actor:
        raise Refused("same_person", key=handover.key)
    return [
        HandoverDisputed(
            handover_id=handover.key,
            by=stamp.actor,
            offered_by=handover.offered_by,
            points=command.points,
            note=command.note,
            photos=command.photos,
        )
    ]


def withdraw_handover(_: Watch, items: Items, stamp: Stamp, command: WithdrawHandover) -> Decision:
    handover = _require_offer(stamp, items, command.handover_id)
    if handover.offered_by != stamp.actor:
        raise Refused("not_own_offer", key=handover.key)
    return [HandoverWithdrawn(handover_id=handover.key, by=stamp.actor)]


def _both(command: OfferHandover | AcceptHandover) -> tuple[tuple[str, str], ...]:
    return ("handover", command.handover_id), ("duty", command.duty_id)


DECIDERS: dict[type, Decider] = {
    OfferHandover: offer_handover,
    AcceptHandover: accept_handover,
    DisputeHandover: dispute_handover,
    WithdrawHandover: withdraw_handover,
}
NEEDS: dict[type, Need] = {
    OfferHandover: _both,
    AcceptHandover: _both,
    DisputeHandover: lambda command: (("handover", command.handover_id),),
    WithdrawHandover: lambda command: (("handover", command.handover_id),),
}
