"""Decisions about swaps: a watcher asks, the office answers; only then does the roster change. Pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from awas.ledger.area import Items, Refused, Stamp
from awas.roster.commands import ApproveSwap, ChangeShiftPeople, DeclineSwap, RequestSwap
from awas.roster.decide.plan import change_shift_people, require_shift_ahead
from awas.roster.decide.require import Decider, Decision, Need, require_found, require_new
from awas.roster.events import SwapApproved, SwapDeclined, SwapRequested
from awas.roster.items import Shift, Swap
from awas.roster.state import PlannedShift, Watch


def request_swap(_: Watch, items: Items, stamp: Stamp, command: RequestSwap) -> Decision:
    """Only for a shift of one's own, and only to somebody who isn't in it."""
    require_new(stamp, items, "swap", command.swap_id)
    shift = require_shift_ahead(stamp, items, command.shift_id)
    if stamp.actor not in shift.people:
        raise Refused("not_own_shift")
    if command.with_person in shift.people:
        raise Refused("already_in_shift", person=command.with_person)
    other = require_shift_ahead(stamp, items, command.other_shift_id) if command.other_shift_id else None
    if other is not None and (command.with_person not in other.people or stamp.actor in other.people):
        raise Refused("not_their_shift", person=command.with_person)
    return [
        SwapRequested(
            swap_id=command.swap_id,
            shift_id=shift.key,
            from_at=shift.from_at,
            until_at=shift.until_at,
            by=stamp.actor,
            with_person=command.with_person,
            other_shift_id=other.key if other else "",
            other_from_at=other.from_at if other else 0,
            why=command.why,
        )
    ]


def _require_open(stamp: Stamp, items: Items, swap_id: str) -> Swap:
    swap: Swap = require_found(stamp, items, "swap", swap_id)
    if swap.state != "requested":
        raise Refused("swap_closed", key=swap_id)
    return swap


def approve_swap(watch: Watch, items: Items, stamp: Stamp, command: ApproveSwap) -> Decision:
    """The roster changes with the approval; who asked can't give it. A clash that it makes is recorded with it."""
    swap = _require_open(stamp, items, command.swap_id)
    if (command.shift_id, command.other_shift_id) != (swap.shift_id, swap.other_shift_id):
        raise Refused("swap_mismatch", key=swap.key)
    if stamp.actor == swap.asked_by:
        raise Refused("own_swap")
    first = _given(stamp, items, swap.shift_id, swap.asked_by, swap.with_person)
    moves = [(first, swap.asked_by, swap.with_person)]
    if swap.other_shift_id:
        moves.append(
            (
                _given(stamp, items, swap.other_shift_id, swap.with_person, swap.asked_by),
                swap.with_person,
                swap.asked_by,
            )
        )
    # Each shift is held against the other as it will be, not as it was.
    after = replace(watch, shifts=tuple(_moved(shift, moves) for shift in watch.shifts))
    approved = SwapApproved(
        swap_id=swap.key,
        shift_id=swap.shift_id,
        by=swap.asked_by,
        with_person=swap.with_person,
        other_shift_id=swap.other_shift_id,
    )
    changes = [
        event
        for shift, leaves, comes in moves
        for event in change_shift_people(
            after, items, stamp, ChangeShiftPeople(shift_id=shift.key, people=_people(shift.people, leaves, comes))
        )
    ]
    return [approved, *changes]


def _given(stamp: Stamp, items: Items, shift_id: str, leaves: str, comes: str) -> Shift:
    shift = require_shift_ahead(stamp, items, shift_id)
    if leaves not in shift.people or comes in shift.people:
        raise Refused("swap_overtaken", key=shift_id)
    return shift


def _moved(shift: PlannedShift, moves: Sequence[tuple[Shift, str, str]]) -> PlannedShift:
    for changed, leaves, comes in moves:
        if shift.shift_id == changed.key:
            return replace(shift, people=_people(shift.people, leaves, comes))
    return shift


def _people(people: tuple[str, ...], leaves: str, comes: str) -> tuple[str, ...]:
    return tuple(comes if person == leaves else person for person in people)


def decline_swap(_: Watch, items: Items, stamp: Stamp, command: DeclineSwap) -> Decision:
    """By the office, or by whoever asked, who takes the wish back with it."""
    swap = _require_open(stamp, items, command.swap_id)
    return [
        SwapDeclined(
            swap_id=swap.key,
            shift_id=swap.shift_id,
            by=swap.asked_by,
            with_person=swap.with_person,
            withdrawn=stamp.actor == swap.asked_by,
            why=command.why,
        )
    ]


def _with_shifts(command: RequestSwap | ApproveSwap) -> tuple[tuple[str, str], ...]:
    other = (("shift", command.other_shift_id),) if command.other_shift_id else ()
    return ("swap", command.swap_id), ("shift", command.shift_id), *other


DECIDERS: dict[type, Decider] = {RequestSwap: request_swap, ApproveSwap: approve_swap, DeclineSwap: decline_swap}
NEEDS: dict[type, Need] = {
    RequestSwap: _with_shifts,
    ApproveSwap: _with_shifts,
    DeclineSwap: lambda command: (("swap", command.swap_id),),
}
