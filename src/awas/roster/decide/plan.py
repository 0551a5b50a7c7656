"""Decisions about what is planned: shifts, absences, and how the watch of a site is run. Pure."""

from collections.abc import Iterable, Sequence

from awas.ledger.area import DAY, Instant, Items, Refused, Stamp
from awas.ledger.message import moment, twice
from awas.roster.commands import (
    AnnounceAbsence,
    CancelShift,
    ChangeShiftPeople,
    PlanShift,
    SetRosterRules,
    WithdrawAbsence,
)
from awas.roster.coverage import double_booked, gap_before, short_rest
from awas.roster.decide.require import Decider, Decision, Need, require_found, require_new
from awas.roster.events import (
    AbsenceAnnounced,
    AbsenceWithdrawn,
    RosterRulesSet,
    ShiftCancelled,
    ShiftPeopleChanged,
    ShiftPlanned,
)
from awas.roster.items import Absence, Shift
from awas.roster.state import ABSENCES_KEPT, SHIFTS_KEPT, Watch

LONGEST_SHIFT = 2 * DAY
"""A longer shift is a slip of the pen: two dates in different months."""


def _require_people(people: Sequence[str], leader: str) -> str:
    """The leader of a shift; nobody stands in it twice."""
    if not people:
        raise Refused("nobody_planned")
    if double := twice(people):
        raise Refused("person_twice", person=double)
    if leader and leader not in people:
        raise Refused("leader_not_in_shift", person=leader)
    return leader or people[0]


def _absent(watch: Watch, people: Iterable[str], from_at: Instant, until_at: Instant) -> tuple[str, ...]:
    away = {absence.person for absence in watch.absences if absence.from_at < until_at and absence.until_at > from_at}
    return tuple(person for person in people if person in away)


def plan_shift(watch: Watch, items: Items, stamp: Stamp, command: PlanShift) -> Decision:
    """A clash is a fact of the plan, not a reason to be without one."""
    require_new(stamp, items, "shift", command.shift_id)
    leader = _require_people(command.people, command.leader)
    _require_period(command.from_at, command.until_at)
    if len(watch.shifts) >= SHIFTS_KEPT:
        raise Refused("too_many_shifts", limit=SHIFTS_KEPT)
    span = command.from_at, command.until_at
    return [
        ShiftPlanned(
            shift_id=command.shift_id,
            from_at=command.from_at,
            until_at=command.until_at,
            people=command.people,
            minimum=command.minimum,
            leader=leader,
            letter_number=command.letter_number,
            double_booked=double_booked(watch.shifts, command.people, *span),
            absent=_absent(watch, command.people, *span),
            short_rest=short_rest(watch.shifts, command.people, *span, watch.rules.rest_ms),
            gap_before_ms=gap_before(watch.shifts, command.from_at),
        )
    ]


def _require_period(from_at: Instant, until_at: Instant, longest: int = LONGEST_SHIFT) -> None:
    if until_at <= from_at:
        raise Refused("ends_before_it_begins")
    if until_at - from_at > longest:
        raise Refused("too_long", hours=longest // 3_600_000)


def require_shift_ahead(stamp: Stamp, items: Items, shift_id: str) -> Shift:
    shift: Shift = require_found(stamp, items, "shift", shift_id)
    if shift.state != "planned":
        raise Refused("shift_cancelled", key=shift_id)
    if shift.until_at <= moment(stamp):
        raise Refused("shift_over", key=shift_id)
    return shift


def change_shift_people(watch: Watch, items: Items, stamp: Stamp, command: ChangeShiftPeople) -> Decision:
    shift = require_shift_ahead(stamp, items, command.shift_id)
    leader = _require_people(command.people, command.leader)
    others = [other for other in watch.shifts if other.shift_id != shift.key]
    span = shift.from_at, shift.until_at
    return [
        ShiftPeopleChanged(
            shift_id=shift.key,
            from_at=shift.from_at,
            until_at=shift.until_at,
            people=command.people,
            people_before=shift.people,
            minimum=shift.minimum,
            leader=leader,
            why=command.why,
            double_booked=double_booked(others, command.people, *span),
            absent=_absent(watch, command.people, *span),
            short_rest=short_rest(others, command.people, *span, watch.rules.rest_ms),
        )
    ]


def cancel_shift(_: Watch, items: Items, stamp: Stamp, command: CancelShift) -> Decision:
    shift = require_shift_ahead(stamp, items, command.shift_id)
    return [
        ShiftCancelled(
            shift_id=shift.key,
            from_at=shift.from_at,
            until_at=shift.until_at,
            reason=command.reason,
            why=command.why,
        )
    ]


def announce_absence(watch: Watch, items: Items, stamp: Stamp, command: AnnounceAbsence) -> Decision:
    """Names the shifts of this place that it falls into, so that somebody else can be found."""
    require_new(stamp, items, "absence", command.absence_id)
    _require_period(command.from_at, command.until_at, 366 * DAY)
    if len(watch.absences) >= ABSENCES_KEPT:
        raise Refused("too_many_absences", limit=ABSENCES_KEPT)
    return [
        AbsenceAnnounced(
            absence_id=command.absence_id,
            person=command.person,
            from_at=command.from_at,
            until_at=command.until_at,
            reason=command.reason,
            shifts=tuple(
                shift.shift_id
                for shift in watch.shifts
                if command.person in shift.people
                and shift.from_at < command.until_at
                and shift.until_at > command.from_at
            ),
        )
    ]


def withdraw_absence(_: Watch, items: Items, stamp: Stamp, command: WithdrawAbsence) -> Decision:
    absence: Absence = require_found(stamp, items, "absence", command.absence_id)
    if absence.state != "announced":
        raise Refused("absence_withdrawn", key=absence.key)
    return [AbsenceWithdrawn(absence_id=absence.key, person=absence.person)]


def set_roster_rules(_: Watch, __: Items, ___: Stamp, command: SetRosterRules) -> Decision:
    return [
        RosterRulesSet(
            minimum=command.minimum,
            rest_ms=command.rest_ms,
            handover_grace_ms=command.handover_grace_ms,
            document_number=command.document_number,
        )
    ]


DECIDERS: dict[type, Decider] = {
    PlanShift: plan_shift,
    ChangeShiftPeople: change_shift_people,
    CancelShift: cancel_shift,
    AnnounceAbsence: announce_absence,
    WithdrawAbsence: withdraw_absence,
    SetRosterRules: set_roster_rules,
}
NEEDS: dict[type, Need] = {
    PlanShift: lambda command: (("shift", command.shift_id),),
    ChangeShiftPeople: lambda command: (("shift", command.shift_id),),
    CancelShift: lambda command: (("shift", command.shift_id),),
    AnnounceAbsence: lambda command: (("absence", command.absence_id),),
    WithdrawAbsence: lambda command: (("absence", command.absence_id),),
    SetRosterRules: lambda _: (),
}
