"""Warnings as an area of the record: made by the wiring from the rules in force. Pure."""

from collections.abc import Sequence

from awas.ledger.area import Area
from awas.warnings.asked import COMMANDS
from awas.warnings.decide import decider, needs
from awas.warnings.events import EVENTS
from awas.warnings.rule import Rule
from awas.warnings.state import Settings, Standing, Warning, fold, fold_items

NAME = "warnings"


def warnings_area(rules: Sequence[Rule]) -> Area:
    """The area over a catalogue of rules."""
    return Area(
        name=NAME,
        events=EVENTS,
        commands=COMMANDS,
        state=Settings,
        items={"warning": Warning, "standing": Standing},
        needs=needs,
        decide=decider(rules),
        fold=fold,
        fold_items=fold_items,
    )
