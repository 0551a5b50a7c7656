"""Decisions about counting the steps: what the table of steps allows, and what the record makes of it. Pure.

Refused is only what contradicts the record or the table. That something is short, damaged or of the wrong district is
recorded with its facts, and a rule warns.
"""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from awas.ledger.area import Items, Refused, Stamp
from awas.logistics.commands import Tally, VoidTally
from awas.logistics.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_leave,
    require_new,
    require_once,
    require_open,
    require_reason,
    require_sound,
    require_station_here,
    require_tally,
)
from awas.logistics.events import Tallied, TallyVoided
from awas.logistics.fold.kits import Wanted, packed
from awas.logistics.fold.stock import stock_of
from awas.logistics.items import Kit
from awas.logistics.keys import balance_key, closure_key, kit_key, place_of, stock_key
from awas.logistics.lines import Beyond, TallyLine, as_put_in, line_key
from awas.logistics.stages import STEPS, Step
from awas.logistics.state import Logistics

BY_OTHER_COMMANDS = frozenset({"order", "print"})


def _beyond(items: Items, stamp: Stamp, step: Step, lines: Iterable[TallyLine]) -> tuple[Beyond, ...]:
    """What is taken though the record doesn't have it. Raises `Refused` for a shelf that was never filled at all."""
    wanted: dict[str, list[TallyLine]] = {}
    for line in lines:
        wanted.setdefault(line_key(line.item, line.ballot, line.dapil), []).append(line)
    found = []
    for same in wanted.values():
        line, taken = same[0], sum(one.taken for one in same)
        source, _ = step.shelves(line.item)
        if source == "outside":
            continue
        if taken and items.get("stock", stock_key(stamp.place, source, line.item, line.ballot, line.dapil)) is None:
            raise Refused("logistics.nothing_there", step=step.id, shelf=source, what=line.ballot or line.item)
        stock = stock_of(items, stamp.place, source, line)
        if taken > max(stock, 0):
            found.append(Beyond(item=line.item, ballot=line.ballot, dapil=line.dapil, taken=taken, stock=stock))
    return tuple(found)


def _require_kits(items: Items, stamp: Stamp, step: Step, lines: Iterable[TallyLine]) -> None:
    for station in {line.station for line in lines if line.station}:
        require_station_here(stamp, station)
        kit: Kit | None = items.get("kit", kit_key(station))
        if kit is not None and kit.place != stamp.place:
            raise Refused("logistics.kit_elsewhere", station=station, place=kit.place)
        if kit is not None and kit.state not in {"packing", "packed"}:
            raise Refused("logistics.kit_on_its_way", station=station, state=kit.state)
        if step.id == "unpack" and kit is None:
            raise Refused("logistics.kit_unknown", key=station)


def tally(state: Logistics, items: Items, stamp: Stamp, command: Tally) -> Decision:
    """One step, counted."""
    step = STEPS.get(command.step)
    if step is None or step.id in BY_OTHER_COMMANDS:
        raise Refused("logistics.step_unknown", step=command.step)
    require_born_here(stamp, command.tally_id)
    require_new(items, "tally", command.tally_id, "logistics.tally_exists")
    require_open(items, stamp.place, step.stage)
    require_once(command.lines)
    require_sound(step, command.lines)
    _require_kits(items, stamp, step, command.lines)
    if step.approval:
        for station in {line.station for line in command.lines}:
            require_leave(items, command.approval_id, step.id, kit_key(station))
    lines = _as_on_record(items, stamp, step, command.lines)
    short, over = sum(line.short for line in lines), sum(line.over for line in lines)
    require_reason(command.reason, bool(short or over), step.id)
    after = _kits(items, stamp, step, lines, wanted=Wanted(command.station_needs, command.kit_needs))
    return [
        Tallied(
            tally_id=command.tally_id,
            step=step.id,
            lines=lines,
            reason=command.reason,
            details=command.details,
            document_number=command.document_number,
            opened_unit=command.opened_unit,
            table=command.table,
            shift=command.shift,
            workers=command.workers,
            workers_checked=command.workers_checked,
            counted_by=command.counted_by,
            witnesses=command.witnesses,
            photos=command.photos,
            approval_id=command.approval_id,
            beyond=_beyond(items, stamp, step, lines),
            short=short,
            over=over,
            damaged=sum(line.damaged for line in lines),
            taken=sum(line.taken for line in lines),
            unlike=after.unlike,
            incomplete=after.incomplete,
            surplus=after.surplus,
            new_kits=after.new,
            completed=after.completed,
            document_missing=step.needs_document and not command.document_number,
            station_needs=command.station_needs,
            kit_needs=command.kit_needs,
        )
    ]


def _as_on_record(items: Items, stamp: Stamp, step: Step, lines: tuple[TallyLine, ...]) -> tuple[TallyLine, ...]:
    """Equipment of kits that this place has no stock of on record is only looked at.

    Booths come from another warehouse, forms in bundles: a kit that holds them is complete all the same.
    """
    return tuple(_only_checked(items, stamp, step, line) for line in lines) if step.per_station else lines


def _only_checked(items: Items, stamp: Stamp, step: Step, line: TallyLine) -> TallyLine:
    if line.item == "ballot" or not line.moves:
        return line
    if step.takes_back:
        # What was only seen comes out first: it goes back to no stock.
        kit: Kit | None = items.get("kit", kit_key(line.station))
        seen = min(line.taken, kit.checked.get(line.item, 0)) if kit is not None else 0
    else:
        source, _ = step.shelves(line.item)
        stocked = items.get("stock", stock_key(stamp.place, source, line.item, line.ballot, line.dapil)) is not None
        seen = 0 if stocked else line.passed
    passed = max(line.passed - seen, 0)
    return replace(line, taken=max(line.taken - seen, 0), passed=passed, checked=line.checked + seen)


class KitsAfter(NamedTuple):
    """Stations' kits after packing: with ballots of another constituency, lacking something, with too much."""

    unlike: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    new: int = 0
    completed: int = 0


def _kits(
    items: Items,
    stamp: Stamp,
    step: Step,
    lines: tuple[TallyLine, ...],
    sign: int = 1,
    wanted: Wanted = Wanted(),  # noqa: B008 - a value that nothing can change
) -> KitsAfter:
    """The kits after these lines, or with a negative sign without them. Raises `Refused` where one has less."""
    if not step.per_station:
        return KitsAfter()
    before: list[Kit | None] = []
    kits: list[Kit] = []
    for station in dict.fromkeys(line.station for line in lines):
        before.append(items.get("kit", kit_key(station)))
        own = [as_put_in(line, takes_back=step.takes_back) for line in lines if line.station == station]
        kits.append(packed(items, stamp, station, own, sign, wanted))
        _require_inside(kits[-1], own)
    return KitsAfter(
        unlike=tuple(kit.station for kit in kits if kit.unlike),
        incomplete=tuple(kit.station for kit in kits if not kit.complete),
        surplus=tuple(kit.station for kit in kits if _has_surplus(kit)),
        new=sum(kit is None for kit in before),
        completed=sum(kit.complete for kit in kits) - sum(kit.complete for kit in before if kit is not None),
    )


def _require_inside(kit: Kit, lines: Iterable[TallyLine]) -> None:
    """Nothing comes out of a kit that the record didn't put in: it would stand in stock twice."""
    for line in lines:
        thing = line_key(line.item, line.ballot, line.dapil)
        left = min(kit.contents.get(thing, 0), kit.checked.get(line.item, 0))
        if left < 0:
            what = line.ballot or line.item
            raise Refused("logistics.kit_holds_less", station=kit.station, what=what, units=-left)


def _has_surplus(kit: Kit) -> bool:
    """Of ballots: of a box or a seal more nobody could vote twice."""
    totals: dict[str, int] = {}
    for thing, units in kit.contents.items():
        _, ballot, _ = thing.split(".", 2)
        totals[ballot] = totals.get(ballot, 0) + units
    return any(totals.get(name, 0) > need for name, need in kit.needs.items())


def void_tally(state: Logistics, items: Items, stamp: Stamp, command: VoidTally) -> Decision:
    """Undone whole; a kit that has left can't be unpacked from here."""
    row = require_tally(items, stamp, command.tally_id)
    if row.step in BY_OTHER_COMMANDS:
        raise Refused("logistics.verification", key=row.key)
    # Undone here alone, the gate would still have it, and undo it once more.
    if row.by_gate:
        raise Refused("logistics.tally_by_gate", key=row.key)
    require_open(items, stamp.place, row.stage)
    require_reason(command.reason, True, "void")
    step = STEPS[row.step]
    _require_kits(items, stamp, step, row.lines)
    after = _kits(items, stamp, step, row.lines, sign=-1)
    return [
        TallyVoided(
            tally_id=row.key,
            step=row.step,
            lines=row.lines,
            reason=command.reason,
            why=command.why,
            incomplete=after.incomplete,
            unlike=after.unlike,
            surplus=after.surplus,
            completed=after.completed,
        )
    ]


def _tally_needs(command: Tally) -> tuple[tuple[str, str], ...]:
    place, step = place_of(command.tally_id), STEPS.get(command.step)
    wanted = [("tally", command.tally_id)]
    if step is None:
        return tuple(wanted)
    wanted.append(("closure", closure_key(place, step.stage)))
    if command.approval_id:
        wanted.append(("approval", command.approval_id))
    for line in command.lines:
        thing = (line.item, line.ballot, line.dapil)
        shelves = [*step.shelves(line.item)] + ["damaged"] * bool(line.damaged) + ["lost"] * bool(line.short)
        wanted += [("stock", stock_key(place, shelf, *thing)) for shelf in shelves if shelf != "outside"]
        wanted.append(("balance", balance_key(line.station or place, step.stage, *thing)))
        if line.station:
            wanted.append(("kit", kit_key(line.station)))
    return tuple(dict.fromkeys(wanted))


DECIDERS: dict[type, Decider] = {
    Tally: tally,
    VoidTally: void_tally,
}
NEEDS: dict[type, Need] = {
    Tally: _tally_needs,
    VoidTally: lambda command: (("tally", command.tally_id),),
}
