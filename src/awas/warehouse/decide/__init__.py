"""The decisions of the gate log: a command and what the record knows become events, or a refusal. Pure.

A table by the type of the command, one small function each, by subject in the modules beside. Refused is what
contradicts the record or itself; a broken rule of the watch is recorded with its facts, and a rule warns.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Elsewhere, Items, Stamp
from awas.ledger.message import Command, notable, require_valid, sound_needs
from awas.warehouse.decide import (
    access,
    building,
    corrections,
    counts,
    gate,
    goods,
    rounds,
    seals,
    vehicles,
    voiding,
    weather,
)
from awas.warehouse.decide.require import Decider, Need
from awas.warehouse.site import Site

_SUBJECTS = (gate, vehicles, goods, counts, seals, rounds, building, access, voiding, corrections, weather)

DECIDERS: dict[type, Decider] = {
    command: decider for subject in _SUBJECTS for command, decider in subject.DECIDERS.items()
}
NEEDS: dict[type, Need] = {command: need for subject in _SUBJECTS for command, need in subject.NEEDS.items()}


def needs(command: Command) -> tuple[tuple[str, str], ...]:
    """The items that deciding a command will ask for, as (kind, key)."""
    return sound_needs(NEEDS[type(command)], command)


def decide(site: Site, items: Items, stamp: Stamp, command: Command) -> Sequence[Any]:
    """The events of a command. Raises `Refused` with a code of `warehouse.refusals` or `ledger.message`."""
    require_valid(command)
    events = DECIDERS[type(command)](site, items, stamp, command)
    capture = notable(command.capture, stamp)
    if capture is None:
        return events
    return [event if isinstance(event, Elsewhere) else replace(event, capture=capture) for event in events]
