"""What events of EPCIS become here, and what the record says that this asks for. Pure."""

from typing import get_args

from msgspec import Struct

from awas.ledger.area import Refused
from awas.ledger.message import Command
from awas.logistics.codes import DifferenceReason
from awas.logistics.epcis.document import Read
from awas.logistics.epcis.facts import Facts, Left


class Act(Struct, frozen=True, kw_only=True):
    """A command out of one event or of two that belong together. `name` is the same whenever they come again.

    `of` are the events whose content must then be the same too; empty where only a part of them came again.
    """

    name: str
    command: Command
    of: tuple[Read, ...] = ()


class Known(Struct, frozen=True, kw_only=True):
    """What the record says that a mapping asks for. `made` and `units` grow as a document is gone through.

    `made`: names of tallies by the marks of the events they came from; `recorded`: names of acts on record; `units`:
    labelled units by key, with their station.
    """

    made: dict[str, str]
    recorded: set[str]
    units: dict[str, str]


Acts = tuple[Act, ...]


def reason_of(facts: Facts, otherwise: str) -> DifferenceReason:
    """The reason of a difference as the event gives it. Raises `Refused` for a word that is no reason."""
    sent = facts.ours("reason", default=otherwise)
    if sent not in get_args(DifferenceReason):
        raise Refused("epcis.word_unknown", at=f"{facts.read.at}.awas:reason")
    return sent  # type: ignore[no-any-return]


def name_of(facts: Facts, letter: str = "e") -> str:
    """The name of an act of an event; the letter tells acts of the same event apart."""
    return letter + facts.mark


def one_act(facts: Facts, command: Command, letter: str = "e") -> Acts:
    """An event that is a single command."""
    return (Act(name=name_of(facts, letter), command=command, of=(facts.read,)),)


def no_mapping(facts: Facts, place: str, known: Known) -> Acts:
    raise Left("epcis.no_mapping", type=facts.event.type[:48], action=facts.action or "-", step=facts.step[:60] or "-")
