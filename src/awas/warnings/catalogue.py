"""The catalogue: every rule in force, by id, and as plain data for `awas rules list --json` and the catalogue page.

Made by the wiring from explicit tuples; nothing registers itself. Pure.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from awas.warnings.rule import Rule, Threshold, Words


def _no_other(rule_id: str) -> Rule | None:
    return None


class Catalogue:
    """The rules that come with Awas, in the order of their ids. `others` knows those that offices wrote themselves."""

    def __init__(self, rules: Iterable[Rule], others: Callable[[str], Rule | None] = _no_other) -> None:
        self._others = others
        self.rules = tuple(sorted(rules, key=lambda rule: rule.id))
        self._by_id = {rule.id: rule for rule in self.rules}
        if len(self._by_id) != len(self.rules):
            raise ValueError("two rules have the same id")

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def get(self, rule_id: str) -> Rule | None:
        """The rule of that id. None for one that has been withdrawn since a warning was recorded."""
        return self._by_id.get(rule_id) or self._others(rule_id)

    def holds(self, rule_id: str) -> bool:
        """Whether the rule comes with Awas."""
        return rule_id in self._by_id

    def plain(self) -> list[dict[str, Any]]:
        """All rules as JSON values."""
        return [plain(rule) for rule in self.rules]


def tuned(rules: Iterable[Rule], limits: Mapping[tuple[str, str], tuple[int, str]]) -> tuple[Rule, ...]:
    """The rules with other numbers in them: (rule, name of the threshold) -> (number, its source).

    Raises ValueError for a number outside its threshold's bounds, LookupError for one that no rule has.
    """
    left = dict(limits)
    found = []
    for rule in rules:
        thresholds = tuple(
            threshold if (limit := left.pop((rule.id, threshold.name), None)) is None
            else msgspec.structs.replace(threshold, default=limit[0], source=limit[1])
            for threshold in rule.thresholds
        )  # fmt: skip
        found.append(rule if thresholds == rule.thresholds else dataclasses.replace(rule, thresholds=thresholds))
    if left:
        raise LookupError(", ".join(f"{rule}.{name}" for rule, name in sorted(left)))
    return tuple(found)


def plain(rule: Rule) -> dict[str, Any]:
    """One rule as JSON values."""
    return {
        "id": rule.id,
        "version": rule.version,
        "title": _words(rule.title),
        "question": _words(rule.question),
        "message": _words(rule.message),
        "basis": _words(rule.basis),
        "level": rule.level.value,
        "severity": rule.level.severity,
        "thresholds": [_threshold(threshold) for threshold in rule.thresholds],
        "holds_for": rule.holds_for or None,
        "keeps_firing_for": rule.keeps_firing_for or None,
        "runbook": [_words(step) for step in rule.runbook],
        "incident": {
            "what": _words(rule.incident.what),
            "where": rule.incident.where,
            "on": rule.incident.on,
            "source": rule.incident.source,
        },
        "listens_to": _heard(rule),
        "absence": rule.due is not None,
    }


def _heard(rule: Rule) -> list[str]:
    if rule.on_any is not None or rule.on_capture is not None:
        return ["*"]
    return sorted(str(event.__struct_config__.tag) for event in {*rule.on, *rule.ends})


def _words(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}


def _threshold(threshold: Threshold) -> dict[str, Any]:
    return {
        "name": threshold.name,
        "unit": threshold.unit,
        "default": threshold.default,
        "least": threshold.least,
        "most": threshold.most,
        "label": _words(threshold.label),
        "source": threshold.source,
        "uncertain": threshold.uncertain,
    }
