"""How each event changes the items of the roster. Pure."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import key_in_log, log_of
from awas.roster.events import (
    AbsenceAnnounced,
    AbsenceWithdrawn,
    DutyEnded,
    DutyStarted,
    DutyVoided,
    HandoverAccepted,
    HandoverDisputed,
    HandoverOffered,
    HandoverWithdrawn,
    RosterRulesSet,
    ShiftCancelled,
    ShiftPeopleChanged,
    ShiftPlanned,
    SwapApproved,
    SwapDeclined,
    SwapRequested,
)
from awas.roster.items import Absence, Duty, Handover, OnDuty, Shift, Swap


def on_duty_key(place: str, person: str) -> str:
    """Where an officer of the district is on duty."""
    return key_in_log(place, person)


def _amend(items: Items, kind: str, key: str, **changed: Any) -> None:
    found = items.get(kind, key)
    if found is not None:
        items.put(kind, key, replace(found, **changed))


def _planned(items: Items, stamp: Stamp, event: ShiftPlanned) -> None:
    items.put(
        "shift",
        event.shift_id,
        Shift(
            key=event.shift_id,
            log=log_of(stamp.place),
            place=stamp.place,
            state="planned",
            from_at=event.from_at,
            until_at=event.until_at,
            people=event.people,
            minimum=event.minimum,
            leader=event.leader,
            letter_number=event.letter_number,
            planned_by=stamp.actor,
        ),
    )


def _people_changed(items: Items, _: Stamp, event: ShiftPeopleChanged) -> None:
    shift: Shift | None = items.get("shift", event.shift_id)
    if shift is not None:
        changed = replace(shift, people=event.people, leader=event.leader, changed_count=shift.changed_count + 1)
        items.put("shift", shift.key, changed)


def _cancelled(items: Items, _: Stamp, event: ShiftCancelled) -> None:
    _amend(items, "shift", event.shift_id, state="cancelled")


def _absent(items: Items, stamp: Stamp, event: AbsenceAnnounced) -> None:
    items.put(
        "absence",
        event.absence_id,
        Absence(
            key=event.absence_id,
            log=log_of(stamp.place),
            place=stamp.place,
            person=event.person,
            state="announced",
            from_at=event.from_at,
            until_at=event.until_at,
            reason=event.reason,
        ),
    )


def _present(items: Items, _: Stamp, event: AbsenceWithdrawn) -> None:
    _amend(items, "absence", event.absence_id, state="withdrawn")


def _began(items: Items, stamp: Stamp, event: DutyStarted) -> None:
    at, log = moment(stamp), log_of(stamp.place)
    items.put(
        "duty",
        event.duty_id,
        Duty(
            key=event.duty_id,
            log=log,
            place=stamp.place,
            person=event.person,
            state="on",
            started_at=at,
            shift_id=event.shift_id,
            on_roster=event.on_roster,
            late_ms=event.late_ms,
            by_token=event.proof.by_token if event.proof else False,
            distance_m=event.proof.distance_m if event.proof else None,
            photo=event.proof.photo if event.proof else "",
        ),
    )
    key = on_duty_key(stamp.place, event.person)
    items.put(
        "on_duty",
        key,
        OnDuty(key=key, log=log, place=stamp.place, person=event.person, duty_id=event.duty_id, since_at=at),
    )


def _ended(items: Items, stamp: Stamp, event: DutyEnded) -> None:
    at = max(moment(stamp), event.started_at)
    _amend(items, "duty", event.duty_id, state="ended", ended_at=at, end_reason=event.reason)
    _off_duty(items, stamp, event.person, event.duty_id, at)


def _off_duty(items: Items, stamp: Stamp, person: str, duty_id: str, at: int) -> None:
    key = on_duty_key(stamp.place, person)
    post: OnDuty | None = items.get("on_duty", key)
    if post is not None and post.duty_id == duty_id:
        items.put("on_duty", key, replace(post, place="", duty_id="", since_at=at))


def _offered(items: Items, stamp: Stamp, event: HandoverOffered) -> None:
    if event.supersedes:
        _amend(items, "handover", event.supersedes, state="superseded", answered_at=moment(stamp))
    items.put(
        "handover",
        event.handover_id,
        Handover(
            key=event.handover_id,
            log=log_of(stamp.place),
            place=stamp.place,
            state="offered",
            offered_by=event.by,
            offered_at=moment(stamp),
            offered_device=stamp.device,
            duty_id=event.duty_id,
            shift_id=event.shift_id,
            to_shift_id=event.to_shift_id,
            summary=event.summary,
            note_ref=event.note.ref if event.note else "",
            due_at=event.due_at,
            photos=event.photos,
        ),
    )


def _answered(
    items: Items, stamp: Stamp, event: HandoverAccepted | HandoverDisputed, state: str, points: tuple[str, ...]
) -> None:
    _amend(
        items,
        "handover",
        event.handover_id,
        state=state,
        answered_by=event.by,
        answered_at=moment(stamp),
        points=points,
        answer_note_ref=event.note.ref if event.note else "",
        late_ms=event.late_ms if isinstance(event, HandoverAccepted) else 0,
    )


def _accepted(items: Items, stamp: Stamp, event: HandoverAccepted) -> None:
    _answered(items, stamp, event, "accepted", event.differences)


def _disputed(items: Items, stamp: Stamp, event: HandoverDisputed) -> None:
    _answered(items, stamp, event, "disputed", event.points)


def _withdrawn(items: Items, stamp: Stamp, event: HandoverWithdrawn) -> None:
    _amend(items, "handover", event.handover_id, state="withdrawn", answered_at=moment(stamp))


def _voided(items: Items, stamp: Stamp, event: DutyVoided) -> None:
    _amend(items, "duty", event.duty_id, state="void")
    _off_duty(items, stamp, event.person, event.duty_id, moment(stamp))


def _swap_requested(items: Items, stamp: Stamp, event: SwapRequested) -> None:
    items.put(
        "swap",
        event.swap_id,
        Swap(
            key=event.swap_id,
            log=log_of(stamp.place),
            place=stamp.place,
            state="requested",
            shift_id=event.shift_id,
            asked_by=event.by,
            with_person=event.with_person,
            asked_at=moment(stamp),
            other_shift_id=event.other_shift_id,
        ),
    )


def _swap_approved(items: Items, stamp: Stamp, event: SwapApproved) -> None:
    _amend(items, "swap", event.swap_id, state="approved", answered_by=stamp.actor, answered_at=moment(stamp))


def _swap_declined(items: Items, stamp: Stamp, event: SwapDeclined) -> None:
    state = "withdrawn" if event.withdrawn else "declined"
    _amend(items, "swap", event.swap_id, state=state, answered_by=stamp.actor, answered_at=moment(stamp))


def _nothing_kept(_: Items, __: Stamp, ___: RosterRulesSet) -> None:
    """The snapshot holds the settings."""


_FOLDS: dict[type, Callable[[Items, Stamp, Any], None]] = {
    ShiftPlanned: _planned,
    ShiftPeopleChanged: _people_changed,
    ShiftCancelled: _cancelled,
    AbsenceAnnounced: _absent,
    AbsenceWithdrawn: _present,
    SwapRequested: _swap_requested,
    SwapApproved: _swap_approved,
    SwapDeclined: _swap_declined,
    DutyStarted: _began,
    DutyEnded: _ended,
    HandoverOffered: _offered,
    HandoverAccepted: _accepted,
    HandoverDisputed: _disputed,
    HandoverWithdrawn: _withdrawn,
    RosterRulesSet: _nothing_kept,
    DutyVoided: _voided,
}


def fold_items(items: Items, stamp: Stamp, event: Any) -> None:
    """The items after one event of any place of the log."""
    _FOLDS[type(event)](items, stamp, event)
