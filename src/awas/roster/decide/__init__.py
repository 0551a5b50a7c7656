"""The decisions of the roster: who stands the watch, and who has taken it over. Pure.

Coming late, leaving early, nobody on duty: all that is recorded with its facts, and a rule warns. Refused is only what
contradicts the record, and the one thing a hand-over can't be: given and taken by the same person.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Elsewhere, Items, Stamp
from awas.ledger.message import Command, notable, require_valid, sound_needs
from awas.roster.decide import duty, handover, plan, swap
from awas.roster.decide.require import Decider, Need
from awas.roster.state import Watch

_SUBJECTS = (plan, duty, handover, swap)

DECIDERS: dict[type, Decider] = {
    command: decider for subject in _SUBJECTS for command, decider in subject.DECIDERS.items()
}
NEEDS: dict[type, Need] = {command: need for subject in _SUBJECTS for command, need in subject.NEEDS.items()}


def needs(command: Command) -> tuple[tuple[str, str], ...]:
    """The items that deciding a command will ask for, as (kind, key)."""
    return sound_needs(NEEDS[type(command)], command)


def decide(watch: Watch, items: Items, stamp: Stamp, command: Command) -> Sequence[Any]:
    """The events of a command. Raises `Refused` with a code of `roster.refusals` or `ledger.message`."""
    require_valid(command)
    events = DECIDERS[type(command)](watch, items, stamp, command)
    capture = notable(command.capture, stamp)
    if capture is None:
        return events
    return [event if isinstance(event, Elsewhere) else replace(event, capture=capture) for event in events]
