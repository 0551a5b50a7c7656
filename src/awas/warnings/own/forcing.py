"""The own rules in force at a place, and the engine that judges it: the catalogue's rules and after them its own.

Places with the same own rules share one engine; a place without any has the engine of the catalogue itself. Pure.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from awas.ledger.area import Instant
from awas.ledger.naming import district_of
from awas.warnings import events as happened
from awas.warnings.asked import Clear
from awas.warnings.engine import Engine
from awas.warnings.following import HOLDS, KEEPS
from awas.warnings.own.compiling import compiled
from awas.warnings.own.lint import lint
from awas.warnings.own.state import OwnText
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.own.written import Written
from awas.warnings.rule import ABSENCE, Rule, Watch
from awas.warnings.state import Settings

ENGINES_KEPT = 256
RULES_KEPT = 2_000

Texts = tuple[OwnText, ...]


def own_at(place: str, settings: Mapping[str, Settings]) -> Texts:
    """The own rules in force at a place: its district's, then its own, which go before those of the same id."""
    found: dict[str, OwnText] = {}
    for name in dict.fromkeys((district_of(place), place)):
        if name in settings:
            found |= {one.rule: one for one in settings[name].own}
    return tuple(found[rule] for rule in sorted(found))


class Engines:
    """The engine of a catalogue, and those that own rules make of it."""

    def __init__(self, base: Engine) -> None:
        self.base = base
        self.vocabulary = Vocabulary(base.areas.values())
        self._made: dict[Texts, Engine] = {}
        self._rules: dict[OwnText, Rule | None] = {}

    def at(self, place: str, settings: Mapping[str, Settings]) -> Engine:
        """The engine that judges a place."""
        own = own_at(place, settings)
        if not own:
            return self.base
        found = self._made.get(own)
        if found is None:
            if len(self._made) >= ENGINES_KEPT:
                self._made.clear()
            rules = [rule for one in own if (rule := self.rule(one)) is not None]
            base = self.base
            found = self._made[own] = Engine([*base.rules, *rules], base.areas.values(), base.policies)
        return found

    def rule(self, own: OwnText) -> Rule | None:
        """The rule of a text; None for one that this version of Awas no longer understands."""
        if own not in self._rules:
            if len(self._rules) >= RULES_KEPT:
                self._rules.clear()
            self._rules[own] = rule_of(own.text, self.vocabulary, own.version)
        return self._rules[own]


def rule_of(text: str, vocabulary: Vocabulary, version: int = 1) -> Rule | None:
    """The rule of a text that may be faulty."""
    written = lint(text, vocabulary)
    return compiled(written, vocabulary, version) if isinstance(written, Written) else None


def is_about_own(event: Any) -> bool:
    """Whether a step puts an own rule in force or stops one."""
    return type(event) in (happened.OwnRuleSet, happened.OwnRuleStopped)


Before = Mapping[str, Settings]
After = Mapping[str, Settings]


def withdrawn(
    watches: Iterable[Watch], rule_id: str, settings: tuple[Before, After], index: int, now: Instant
) -> list[tuple[str, list[Clear]]]:
    """What becomes of what a rule had begun where its text holds no longer; commands by place.

    Its deadlines are forgotten, since another text wouldn't understand them, and its warnings clear: nothing would
    ever end them. People still see and resolve them.
    """
    found = []
    for watch in sorted(watches, key=lambda one: one.place):
        then, now_in_force = (
            next((one for one in own_at(watch.place, which) if one.rule == rule_id), None) for which in settings
        )
        if then is None or then == now_in_force:
            continue
        for name in [one for one in watch.deadlines if one[0] == rule_id and one[1] in (ABSENCE, HOLDS, KEEPS)]:
            watch.timers.disarm(watch, name)
        standing = [one for (rule, _key), one in watch.open.items() if rule == rule_id and one.holds]
        for one in standing:
            one.holds = False
        watch.now, watch.index = max(watch.now, now), index
        found.append((watch.place, [Clear(warning=one.id, why="rule_stopped", evidence=index) for one in standing]))
    return found
