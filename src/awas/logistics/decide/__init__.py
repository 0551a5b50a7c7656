"""The decisions of logistics: which move is legal, and what the record makes of it. Pure."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Elsewhere, Items, Stamp
from awas.ledger.message import Command, notable, require_valid, sound_needs
from awas.logistics.decide import contracts, desk, tallies, transfers, units
from awas.logistics.decide.require import Decider, Need
from awas.logistics.state import Logistics

_SUBJECTS = (contracts, tallies, transfers, units, desk)

DECIDERS: dict[type, Decider] = {
    command: decider for subject in _SUBJECTS for command, decider in subject.DECIDERS.items()
}
NEEDS: dict[type, Need] = {command: need for subject in _SUBJECTS for command, need in subject.NEEDS.items()}


def needs(command: Command) -> tuple[tuple[str, str], ...]:
    """The items that deciding a command will ask for, as (kind, key)."""
    return sound_needs(NEEDS[type(command)], command)


def decide(state: Logistics, items: Items, stamp: Stamp, command: Command) -> Sequence[Any]:
    """The events of a command. Raises `Refused` with a code of `logistics.refusals` or `ledger.message`."""
    require_valid(command)
    events = DECIDERS[type(command)](state, items, stamp, command)
    capture = notable(command.capture, stamp)
    if capture is None:
        return events
    return [event if isinstance(event, Elsewhere) else replace(event, capture=capture) for event in events]
