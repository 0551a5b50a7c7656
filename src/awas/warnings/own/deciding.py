"""Whether an office's rule can be put in force, and stopped. Pure."""

from collections.abc import Sequence
from typing import Any

from awas.ledger.area import Items, Refused, Stamp
from awas.warnings import events as happened
from awas.warnings.asked import SetOwnRule, StopOwnRule
from awas.warnings.own.lint import lint
from awas.warnings.own.state import own_id
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.own.written import Written
from awas.warnings.state import Settings

MOST = 20
"""Own rules in force at one place: each costs every entry that it listens to, and every snapshot its text."""


def set_own_rule(
    vocabulary: Vocabulary, state: Settings, items: Items, stamp: Stamp, command: SetOwnRule
) -> Sequence[Any]:
    """The record takes only what the linter finds nothing wrong with: the judge must be able to run it."""
    written = lint(command.text, vocabulary)
    if not isinstance(written, Written):
        first = written[0].told
        raise Refused("own_rule_faulty", fault_id=first.id, fault_en=first.en)
    if written.id != command.rule:
        raise Refused("own_rule_other_id", rule=command.rule, written=written.id)
    others = [one for one in state.own if one.rule != command.rule]
    if len(others) >= MOST:
        raise Refused("own_rules_too_many", most=MOST)
    if any(one.rule == command.rule and one.text == command.text for one in state.own):
        raise Refused("own_rule_unchanged", rule=command.rule)
    known = items.get("own_rule", own_id(stamp.place, command.rule))
    version = 1 if known is None else known.version + 1
    return [happened.OwnRuleSet(rule=command.rule, text=command.text, version=version, note=command.note)]


def stop_own_rule(state: Settings, command: StopOwnRule) -> Sequence[Any]:
    """A rule that is in force here."""
    if all(one.rule != command.rule for one in state.own):
        raise Refused("own_rule_not_in_force", rule=command.rule)
    return [happened.OwnRuleStopped(rule=command.rule, note=command.note)]
