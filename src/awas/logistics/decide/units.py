"""Decisions about boxes and packages with labels. Pure."""

from awas.ledger.area import Items, Refused, Stamp
from awas.ledger.message import twice
from awas.logistics.commands import CheckUnit, LabelUnits, NestUnit, OpenUnit, SealUnit
from awas.logistics.decide.require import (
    DEEPEST,
    Decider,
    Decision,
    Need,
    require_found,
    require_new,
    require_of_district,
    require_station_here,
    where_is,
)
from awas.logistics.events import UnitChecked, UnitNested, UnitOpened, UnitSealed, UnitsLabelled
from awas.logistics.items import Transfer, Unit
from awas.logistics.state import Logistics


def label_units(state: Logistics, items: Items, stamp: Stamp, command: LabelUnits) -> Decision:
    """New labels of this district."""
    if again := twice(command.units):
        raise Refused("line_twice", line=again)
    for key in command.units:
        require_of_district(stamp, key)
        require_new(items, "unit", key, "logistics.unit_exists")
    if command.station:
        require_station_here(stamp, command.station)
    if command.parent:
        require_of_district(stamp, command.parent)
        require_found(items, "unit", command.parent, "logistics.unit_unknown")
    return [
        UnitsLabelled(
            unit_kind=command.unit_kind,
            units=command.units,
            station=command.station,
            ballot=command.ballot,
            parent=command.parent,
        )
    ]


def _require_unit(items: Items, key: str) -> Unit:
    unit: Unit = require_found(items, "unit", key, "logistics.unit_unknown")
    if unit.state == "void":
        raise Refused("logistics.unit_void", unit=key)
    return unit


def _require_here(items: Items, stamp: Stamp, unit: Unit) -> None:
    lies = where_is(items, unit)
    if lies.holder:
        raise Refused("logistics.unit_on_its_way", unit=unit.key, transfer=lies.holder)
    if lies.place != stamp.place:
        raise Refused("logistics.unit_elsewhere", unit=unit.key, place=lies.place)


def nest_unit(state: Logistics, items: Items, stamp: Stamp, command: NestUnit) -> Decision:
    """Into another unit at the same place, never into itself."""
    unit = _require_unit(items, command.unit)
    _require_here(items, stamp, unit)
    above, depth = command.parent, 0
    while above:
        parent = _require_unit(items, above)
        if above == command.unit or depth >= DEEPEST:
            raise Refused("logistics.unit_in_itself", unit=command.unit)
        if depth == 0:
            _require_here(items, stamp, parent)
        above, depth = parent.parent, depth + 1
    return [UnitNested(unit=unit.key, parent=command.parent, parent_before=unit.parent)]


def seal_unit(state: Logistics, items: Items, stamp: Stamp, command: SealUnit) -> Decision:
    """Closed here."""
    unit = _require_unit(items, command.unit)
    _require_here(items, stamp, unit)
    if again := twice(command.seals):
        raise Refused("line_twice", line=again)
    return [UnitSealed(unit=unit.key, seals=command.seals)]


def check_unit(state: Logistics, items: Items, stamp: Stamp, command: CheckUnit) -> Decision:
    """Where it is seen is a fact, even if the record had it somewhere else: then a rule warns."""
    # A log moves nothing of another one: there it would be gone after the tables are made anew.
    require_of_district(stamp, command.unit)
    unit = _require_unit(items, command.unit)
    seen = set(command.seals)
    differs = tuple(one for one in command.seals if one not in unit.seals) if command.seals else ()
    absent = tuple(one for one in unit.seals if one not in seen) if command.seals else ()
    lies = where_is(items, unit)
    elsewhere = lies.place if lies.place != stamp.place and not _is_expected(items, stamp, lies) else ""
    return [
        UnitChecked(
            unit=unit.key,
            result=command.result,
            seals=command.seals,
            differs=differs,
            absent=absent,
            elsewhere=elsewhere,
            unsealed=not unit.seals and unit.state != "opened",
        )
    ]


def _is_expected(items: Items, stamp: Stamp, unit: Unit) -> bool:
    """Whether a unit is on its way to here: it is looked at before it is accepted."""
    transfer: Transfer | None = items.get("transfer", unit.holder) if unit.holder else None
    return transfer is not None and transfer.to_place == stamp.place


def open_unit(state: Logistics, items: Items, stamp: Stamp, command: OpenUnit) -> Decision:
    """Opened here; its seals are off from now on."""
    unit = _require_unit(items, command.unit)
    _require_here(items, stamp, unit)
    return [UnitOpened(unit=unit.key, why=command.why, seals_removed=unit.seals, witnesses=command.witnesses)]


DECIDERS: dict[type, Decider] = {
    LabelUnits: label_units,
    NestUnit: nest_unit,
    SealUnit: seal_unit,
    CheckUnit: check_unit,
    OpenUnit: open_unit,
}
NEEDS: dict[type, Need] = {
    LabelUnits: lambda command: tuple(("unit", key) for key in (*command.units, *filter(None, (command.parent,)))),
    NestUnit: lambda command: tuple(("unit", key) for key in (command.unit, command.parent) if key),
    SealUnit: lambda command: (("unit", command.unit),),
    CheckUnit: lambda command: (("unit", command.unit),),
    OpenUnit: lambda command: (("unit", command.unit),),
}
