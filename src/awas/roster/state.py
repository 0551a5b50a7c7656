"""The snapshot of the watch at one place: who is on duty, who has the watch, what is planned next. Pure.

Bounded: shifts and absences that are over for a day are forgotten here (their items stay); planning refuses more than
`SHIFTS_KEPT` shifts ahead. `fold` never reads items and never fails on an event that `decide` returned.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from awas.ledger.area import DAY, HOUR, Instant, Stamp
from awas.ledger.message import moment
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

SHIFTS_KEPT = 200
ABSENCES_KEPT = 200
EARLY = 2 * HOUR
"""Who comes at most this long before a shift comes for that shift."""


class OnPost(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An officer on duty."""

    person: str
    duty_id: str
    since_at: Instant
    shift_id: str = ""


class PlannedShift(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A shift that isn't over, or not for long."""

    shift_id: str
    from_at: Instant
    until_at: Instant
    people: tuple[str, ...]
    minimum: int = 1


class AbsencePeriod(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time when an officer can't serve."""

    absence_id: str
    person: str
    from_at: Instant
    until_at: Instant


class Offer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A hand-over that waits for an answer."""

    handover_id: str
    by: str
    offered_at: Instant
    due_at: Instant = 0
    to_shift_id: str = ""


class RosterRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the watch of the site is run; see `RosterRulesSet`."""

    minimum: int = 1
    rest_ms: int = 0
    handover_grace_ms: int = 0


class Watch(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The watch at a place now.

    `on_duty` in the order of coming. `held_by` has the watch since `held_since_at` and should hand it over at
    `due_at` (0: no shift says so). `uncovered_since_at`: nobody has been on duty since then, 0 while somebody is or
    if the watch never began. `shifts` by their beginning.
    """

    entry_count: int = 0
    on_duty: tuple[OnPost, ...] = ()
    held_by: str = ""
    held_since_at: Instant = 0
    due_at: Instant = 0
    uncovered_since_at: Instant = 0
    offer: Offer | None = None
    last_handover_at: Instant = 0
    last_disputed_at: Instant = 0
    shifts: tuple[PlannedShift, ...] = ()
    absences: tuple[AbsencePeriod, ...] = ()
    rules: RosterRules = RosterRules()

    def is_on_duty(self, person: str) -> bool:
        """Whether an officer is on duty here."""
        return any(post.person == person for post in self.on_duty)

    def shift(self, shift_id: str) -> PlannedShift | None:
        """A planned shift by its key."""
        return next((shift for shift in self.shifts if shift.shift_id == shift_id), None)

    def shift_at(self, at: Instant) -> PlannedShift | None:
        """The shift under way; of two that overlap, the one that began last."""
        found = None
        for shift in self.shifts:
            if shift.from_at <= at < shift.until_at:
                found = shift
        return found

    def shift_of(self, person: str, at: Instant) -> PlannedShift | None:
        """The shift for which an officer comes at that time: the one under way, else the next within `EARLY`."""
        own = [shift for shift in self.shifts if person in shift.people and at < shift.until_at]
        under_way = [shift for shift in own if shift.from_at <= at]
        if under_way:
            return under_way[-1]
        return next((shift for shift in own if shift.from_at - EARLY <= at), None)

    def next_shift(self, after: Instant) -> PlannedShift | None:
        """The first shift that begins at or after an instant."""
        return next((shift for shift in self.shifts if shift.from_at >= after), None)


Changes = dict[str, Any]


def _planned(watch: Watch, stamp: Stamp, event: ShiftPlanned) -> Changes:
    shift = PlannedShift(
        shift_id=event.shift_id,
        from_at=event.from_at,
        until_at=event.until_at,
        people=event.people,
        minimum=event.minimum,
    )
    return _with_shifts(watch, stamp, (*watch.shifts, shift))


def _with_shifts(watch: Watch, stamp: Stamp, shifts: tuple[PlannedShift, ...]) -> Changes:
    forgotten = stamp.recorded_at - DAY
    kept = [shift for shift in shifts if shift.until_at > forgotten]
    kept.sort(key=lambda shift: (shift.from_at, shift.shift_id))
    return {"shifts": tuple(kept), "due_at": _due_at(watch, watch.held_by, watch.on_duty, tuple(kept))}


def _due_at(watch: Watch, held_by: str, on_duty: tuple[OnPost, ...], shifts: tuple[PlannedShift, ...]) -> Instant:
    """The end of the shift under which the watch is held."""
    for post in on_duty:
        if post.person == held_by:
            for shift in shifts:
                if shift.shift_id == post.shift_id:
                    return shift.until_at
            # The shift may be forgotten here, or cancelled: what was due stays due.
            return watch.due_at if watch.held_by == held_by else 0
    return 0


def _people_changed(watch: Watch, stamp: Stamp, event: ShiftPeopleChanged) -> Changes:
    return _with_shifts(
        watch,
        stamp,
        tuple(
            replace(shift, people=event.people) if shift.shift_id == event.shift_id else shift for shift in watch.shifts
        ),
    )


def _cancelled(watch: Watch, stamp: Stamp, event: ShiftCancelled) -> Changes:
    return _with_shifts(watch, stamp, tuple(shift for shift in watch.shifts if shift.shift_id != event.shift_id))


def _absent(watch: Watch, stamp: Stamp, event: AbsenceAnnounced) -> Changes:
    forgotten = stamp.recorded_at - DAY
    new = AbsencePeriod(
        absence_id=event.absence_id, person=event.person, from_at=event.from_at, until_at=event.until_at
    )
    return {"absences": (*(absence for absence in watch.absences if absence.until_at > forgotten), new)}


def _present(watch: Watch, _: Stamp, event: AbsenceWithdrawn) -> Changes:
    return {"absences": tuple(absence for absence in watch.absences if absence.absence_id != event.absence_id)}


def _began(watch: Watch, stamp: Stamp, event: DutyStarted) -> Changes:
    at = moment(stamp)
    post = OnPost(person=event.person, duty_id=event.duty_id, since_at=at, shift_id=event.shift_id)
    on_duty = (*watch.on_duty, post)
    changes: Changes = {"on_duty": on_duty, "uncovered_since_at": 0}
    if not watch.held_by:
        changes |= _held(watch, event.person, at, on_duty)
    return changes


def _held(watch: Watch, person: str, at: Instant, on_duty: tuple[OnPost, ...]) -> Changes:
    return {
        "held_by": person,
        "held_since_at": at if person else 0,
        "due_at": _due_at(watch, person, on_duty, watch.shifts),
    }


def _ended(watch: Watch, stamp: Stamp, event: DutyEnded) -> Changes:
    return _without(watch, stamp, event.duty_id, event.person)


def _without(watch: Watch, stamp: Stamp, duty_id: str, person: str) -> Changes:
    """Who holds the watch and goes leaves it to the officer longest on duty, else to nobody."""
    on_duty = tuple(post for post in watch.on_duty if post.duty_id != duty_id)
    if len(on_duty) == len(watch.on_duty):
        return {}
    at = moment(stamp)
    changes: Changes = {"on_duty": on_duty, "uncovered_since_at": 0 if on_duty else at}
    if watch.held_by == person:
        changes |= _held(watch, on_duty[0].person if on_duty else "", at, on_duty)
    return changes


def _offered(_: Watch, stamp: Stamp, event: HandoverOffered) -> Changes:
    offer = Offer(
        handover_id=event.handover_id,
        by=event.by,
        offered_at=moment(stamp),
        due_at=event.due_at,
        to_shift_id=event.to_shift_id,
    )
    return {"offer": offer}


def _accepted(watch: Watch, stamp: Stamp, event: HandoverAccepted) -> Changes:
    """The watch passes with the second signature. The taker's duty, if it begins with it, stands before this entry."""
    at = moment(stamp)
    return {
        "offer": None,
        "last_handover_at": at,
        "held_by": event.by,
        "held_since_at": at,
        "due_at": event.next_due_at,
    }


def _disputed(_: Watch, stamp: Stamp, __: HandoverDisputed) -> Changes:
    return {"offer": None, "last_disputed_at": moment(stamp)}


def _withdrawn(_: Watch, __: Stamp, ___: HandoverWithdrawn) -> Changes:
    return {"offer": None}


def _unchanged(_: Watch, __: Stamp, ___: SwapRequested | SwapApproved | SwapDeclined) -> Changes:
    """A swap changes the watch by the entries that follow its approval."""
    return {}


def _rules(_: Watch, __: Stamp, event: RosterRulesSet) -> Changes:
    return {
        "rules": RosterRules(minimum=event.minimum, rest_ms=event.rest_ms, handover_grace_ms=event.handover_grace_ms)
    }


def _voided(watch: Watch, stamp: Stamp, event: DutyVoided) -> Changes:
    return _without(watch, stamp, event.duty_id, event.person) if event.was_on_duty else {}


_FOLDS: dict[type, Callable[[Watch, Stamp, Any], Changes]] = {
    ShiftPlanned: _planned,
    ShiftPeopleChanged: _people_changed,
    ShiftCancelled: _cancelled,
    AbsenceAnnounced: _absent,
    AbsenceWithdrawn: _present,
    SwapRequested: _unchanged,
    SwapApproved: _unchanged,
    SwapDeclined: _unchanged,
    DutyStarted: _began,
    DutyEnded: _ended,
    HandoverOffered: _offered,
    HandoverAccepted: _accepted,
    HandoverDisputed: _disputed,
    HandoverWithdrawn: _withdrawn,
    RosterRulesSet: _rules,
    DutyVoided: _voided,
}


def fold(watch: Watch, stamp: Stamp, event: Any) -> Watch:
    """The watch after one event of its place."""
    return replace(watch, entry_count=watch.entry_count + 1, **_FOLDS[type(event)](watch, stamp, event))
