"""Decisions about duty: taken up in person, left, or logged by mistake. Pure."""

from typing import Any

from awas.ledger.area import Elsewhere, Items, Refused, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import place_of
from awas.roster.codes import DutyEndReason
from awas.roster.commands import EndDuty, StartDuty, VoidDuty
from awas.roster.decide.require import Decider, Decision, Need, require_found, require_new
from awas.roster.events import DutyEnded, DutyStarted, DutyVoided, Proof
from awas.roster.items import Duty, OnDuty
from awas.roster.kept import on_duty_key
from awas.roster.state import Watch


def start_duty(watch: Watch, items: Items, stamp: Stamp, command: StartDuty) -> Decision:
    """Duty is taken up in person: nobody can stand it for another."""
    if command.person != stamp.actor:
        raise Refused("not_own_duty", person=command.person)
    return begin_duty(watch, items, stamp, command.duty_id, command.proof, elsewhere=command.reported_elsewhere)


def begin_duty(
    watch: Watch,
    items: Items,
    stamp: Stamp,
    duty_id: str,
    proof: Proof | None,
    *,
    elsewhere: str = "",
    by_handover: str = "",
) -> list[Any]:
    """The actor's duty begins; one still running at another place of the district ends by it."""
    require_new(stamp, items, "duty", duty_id)
    post: OnDuty | None = items.get("on_duty", on_duty_key(stamp.place, stamp.actor))
    if post is not None and post.place == stamp.place:
        raise Refused("already_on_duty", key=post.duty_id)
    closing = []
    if post is not None and post.place:
        ended = DutyEnded(
            duty_id=post.duty_id,
            person=stamp.actor,
            started_at=post.since_at,
            reason="other",
            forced=True,
            to_place=stamp.place,
        )
        closing.append(Elsewhere(place=post.place, event=ended))
        elsewhere = post.place
    at = moment(stamp)
    shift = watch.shift_of(stamp.actor, at)
    started = DutyStarted(
        duty_id=duty_id,
        person=stamp.actor,
        shift_id=shift.shift_id if shift else "",
        proof=proof,
        on_roster=shift is not None,
        late_ms=at - shift.from_at if shift else 0,
        shift_from_at=shift.from_at if shift else 0,
        shift_until_at=shift.until_at if shift else 0,
        by_handover=by_handover,
        elsewhere_place=elsewhere if elsewhere != stamp.place else "",
        on_duty_after=len(watch.on_duty) + 1,
    )
    return [*closing, started]


def require_running(stamp: Stamp, items: Items, duty_id: str) -> Duty:
    duty: Duty = require_found(stamp, items, "duty", duty_id)
    if duty.state != "on":
        raise Refused("duty_over", key=duty_id)
    return duty


def end_duty(watch: Watch, items: Items, stamp: Stamp, command: EndDuty) -> Decision:
    """Another officer may note that somebody has gone; the stamp says who noted it."""
    duty = require_running(stamp, items, command.duty_id)
    return [duty_ended(watch, stamp, duty, command.reason, on_duty=len(watch.on_duty) - 1)]


def duty_ended(
    watch: Watch, stamp: Stamp, duty: Duty, reason: DutyEndReason, *, on_duty: int, by_handover: str = ""
) -> DutyEnded:
    at = moment(stamp)
    shift = watch.shift(duty.shift_id)
    under_way = watch.shift_at(at)
    wanted = under_way.minimum if under_way else watch.rules.minimum
    return DutyEnded(
        duty_id=duty.key,
        person=duty.person,
        started_at=duty.started_at,
        reason=reason,
        shift_id=duty.shift_id,
        early_ms=max(shift.until_at - at, 0) if shift else 0,
        by_handover=by_handover,
        on_duty_after=on_duty,
        uncovered=on_duty == 0,
        short=on_duty < wanted,
    )


def void_duty(_: Watch, items: Items, stamp: Stamp, command: VoidDuty) -> Decision:
    duty: Duty = require_found(stamp, items, "duty", command.duty_id)
    if duty.state == "void":
        raise Refused("duty_void", key=duty.key)
    return [
        DutyVoided(
            entry_index=command.entry_index,
            duty_id=duty.key,
            person=duty.person,
            was_on_duty=duty.state == "on",
            why=command.why,
        )
    ]


def _start_needs(command: StartDuty) -> tuple[tuple[str, str], ...]:
    return ("duty", command.duty_id), ("on_duty", on_duty_key(place_of(command.duty_id), command.person))


DECIDERS: dict[type, Decider] = {StartDuty: start_duty, EndDuty: end_duty, VoidDuty: void_duty}
NEEDS: dict[type, Need] = {
    StartDuty: _start_needs,
    EndDuty: lambda command: (("duty", command.duty_id),),
    VoidDuty: lambda command: (("duty", command.duty_id),),
}
