"""Boxes and packages with labels: each step of their way is kept. Pure."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.logistics import events as happened
from awas.logistics.items import Unit, UnitStep
from awas.logistics.keys import log_of, step_key


def add_step(items: Items, stamp: Stamp, unit_id: str, what: str, other: str = "", **changes: Any) -> None:
    """One more step of a unit's way, and what it changes."""
    unit: Unit | None = items.get("unit", unit_id)
    if unit is None:
        return
    number, at = unit.steps + 1, moment(stamp)
    after = replace(unit, steps=number, changed_at=at, **changes)
    items.put("unit", unit_id, after)
    items.put(
        "unit_step",
        step_key(unit_id, number),
        UnitStep(
            key=step_key(unit_id, number),
            log=unit.log,
            place=stamp.place,
            unit=unit_id,
            number=number,
            what=what,
            other=other,
            seals=after.seals,
            by=stamp.actor,
            at=at,
        ),
    )


def _labelled(items: Items, stamp: Stamp, event: happened.UnitsLabelled) -> None:
    for key in event.units:
        unit = Unit(
            key=key,
            log=log_of(stamp.place),
            place=stamp.place,
            unit_kind=event.unit_kind,
            state="labelled",
            station=event.station,
            ballot=event.ballot,
            parent=event.parent,
        )
        items.put("unit", key, unit)
        add_step(items, stamp, key, "labelled", event.parent)


def _nested(items: Items, stamp: Stamp, event: happened.UnitNested) -> None:
    add_step(items, stamp, event.unit, "nested", event.parent, parent=event.parent, place=stamp.place)


def _sealed(items: Items, stamp: Stamp, event: happened.UnitSealed) -> None:
    add_step(items, stamp, event.unit, "sealed", seals=event.seals, state="sealed", place=stamp.place)


def _checked(items: Items, stamp: Stamp, event: happened.UnitChecked) -> None:
    add_step(items, stamp, event.unit, f"check_{event.result}", event.elsewhere, place=stamp.place)


def _opened(items: Items, stamp: Stamp, event: happened.UnitOpened) -> None:
    add_step(items, stamp, event.unit, "opened", event.why, state="opened", seals=(), place=stamp.place)


FOLDS: dict[type, Callable[[Items, Stamp, Any], None]] = {
    happened.UnitsLabelled: _labelled,
    happened.UnitNested: _nested,
    happened.UnitSealed: _sealed,
    happened.UnitChecked: _checked,
    happened.UnitOpened: _opened,
}
