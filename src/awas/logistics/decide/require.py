"""What every decision of logistics asks of a command first. Each raises `Refused`, none returns a verdict. Pure."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from awas.ledger.area import Items, Refused, Stamp
from awas.ledger.message import twice
from awas.ledger.naming import district_of, place_of
from awas.logistics.items import Approval, Closure, Contract, TallyRow, Unit
from awas.logistics.keys import closure_key
from awas.logistics.lines import Line, TallyLine, line_key
from awas.logistics.stages import Step
from awas.logistics.state import Logistics

Decision = Sequence[Any]
Decider = Callable[[Logistics, Items, Stamp, Any], Decision]
Need = Callable[[Any], tuple[tuple[str, str], ...]]


def require_born_here(stamp: Stamp, key: str) -> None:
    """A new thing's key must name this place: keys of other places could collide with theirs."""
    if place_of(key) != stamp.place:
        raise Refused("key_of_other_place", key=key, place=stamp.place)


def require_of_district(stamp: Stamp, key: str) -> None:
    """A unit's key must name this district: a log knows only its own."""
    if place_of(key) != district_of(stamp.place):
        raise Refused("key_of_other_district", key=key, district=district_of(stamp.place))


def require_new(items: Items, kind: str, key: str, code: str) -> None:
    """The key isn't taken."""
    if items.get(kind, key) is not None:
        raise Refused(code, key=key)


def require_found(items: Items, kind: str, key: str, code: str) -> Any:
    """The thing, which must stand in the record."""
    found = items.get(kind, key)
    if found is None:
        raise Refused(code, key=key)
    return found


def require_contract(items: Items, stamp: Stamp, key: str) -> Contract:
    """A contract of this place that hasn't been taken back."""
    contract: Contract = require_found(items, "contract", key, "logistics.contract_unknown")
    if contract.place != stamp.place:
        raise Refused("logistics.subject_elsewhere", key=contract.key, place=contract.place)
    if contract.is_void:
        raise Refused("logistics.contract_void", key=contract.key)
    return contract


def require_tally(items: Items, stamp: Stamp, key: str) -> TallyRow:
    """A tally of this place that hasn't been taken back."""
    row: TallyRow = require_found(items, "tally", key, "logistics.tally_unknown")
    if row.place != stamp.place:
        raise Refused("logistics.tally_elsewhere", key=row.key, place=row.place)
    if row.state == "void":
        raise Refused("logistics.tally_void", key=row.key)
    return row


def require_open(items: Items, place: str, stage: str) -> None:
    """A closed stage takes nothing more until somebody else has agreed to reopen it."""
    closure: Closure | None = items.get("closure", closure_key(place, stage))
    if closure is not None and closure.state == "closed":
        raise Refused("logistics.stage_closed", stage=stage)


def require_leave(items: Items, approval_id: str, action: str, subject: str) -> Approval:
    """Somebody else's leave for just this, not used before."""
    approval: Approval | None = items.get("approval", approval_id) if approval_id else None
    if approval is None or approval.action != action or approval.subject != subject:
        raise Refused("logistics.leave_needed", action=action, subject=subject)
    if approval.state != "granted":
        raise Refused("logistics.leave_not_given", action=action, state=approval.state)
    return approval


def require_station_here(stamp: Stamp, station: str) -> None:
    """A station lies in this log's district."""
    if district_of(station) != district_of(stamp.place):
        raise Refused("logistics.station_elsewhere", station=station, district=district_of(stamp.place))


def require_units(items: Items, units: Iterable[str]) -> list[Unit]:
    """The units of these keys, all of them labelled."""
    return [require_found(items, "unit", unit, "logistics.unit_unknown") for unit in units]


DEEPEST = 8
"""Units within units; deeper is a slip, and a circle would never end."""


def where_is(items: Items, unit: Unit) -> Unit:
    """The outermost unit that a unit lies in, or itself: what is packed goes where its box goes."""
    for _ in range(DEEPEST):
        around: Unit | None = items.get("unit", unit.parent) if unit.parent else None
        if around is None:
            return unit
        unit = around
    return unit


def require_reason(reason: str, differs: bool, what: str) -> None:
    """A difference has a reason, whichever way the number was changed; `not_known` is one."""
    if differs and reason == "none":
        raise Refused("logistics.reason_needed", what=what)


def require_once(lines: Iterable[Line | TallyLine]) -> None:
    """No line twice: a second one would be added to the first unseen."""
    again = twice(f"{getattr(line, 'station', '')}{line_key(line.item, line.ballot, line.dapil)}" for line in lines)
    if again:
        raise Refused("line_twice", line=again)


def require_sound(step: Step, lines: Iterable[TallyLine]) -> None:
    """Each line says what its step can find, and its figures agree."""
    for line in lines:
        if bool(line.station) != step.per_station:
            raise Refused("logistics.station_needed" if step.per_station else "logistics.no_station", step=step.id)
        if line.damaged and not step.damages:
            raise Refused("logistics.step_finds_no_damage", step=step.id)
        if line.damage and sum(one.units for one in line.damage) != line.damaged:
            raise Refused("logistics.damage_sum", damaged=line.damaged, sum=sum(one.units for one in line.damage))
        if line.usable > line.passed:
            raise Refused("logistics.usable_beyond", usable=line.usable, passed=line.passed)
        if line.short and not step.misses:
            raise Refused("logistics.step_misses_nothing", step=step.id, short=line.short)
        if line.checked and (line.item == "ballot" or not step.per_station):
            raise Refused("logistics.checked_in_kits", step=step.id, item=line.item)
        if not (line.moves or line.checked):
            raise Refused("nothing_counted")
