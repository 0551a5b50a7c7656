"""Warnings as an area of the record: made by the wiring from the rules in force. Pure."""

from collections.abc import Iterable, Sequence

from awas.ledger.area import Area
from awas.warnings.asked import COMMANDS
from awas.warnings.decide import decider, needs
from awas.warnings.events import EVENTS
from awas.warnings.own.state import OwnRule
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.rule import Rule
from awas.warnings.state import Settings, Standing, Warning, fold, fold_items

NAME = "warnings"


def warnings_area(rules: Sequence[Rule], areas: Iterable[Area] = ()) -> Area:
    """The area over a catalogue of rules, and over the areas that offices may write rules of their own about."""
    return Area(
        name=NAME,
        events=EVENTS,
        commands=COMMANDS,
        state=Settings,
        items={"warning": Warning, "standing": Standing, "own_rule": OwnRule},
        needs=needs,
        decide=decider(rules, Vocabulary(areas)),
        fold=fold,
        fold_items=fold_items,
    )
