"""What a message says: in the reader's language, with what to do, and never a person's name.

Only composes; sends nothing and reads no table.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from awas.delivery.audience import Occasion
from awas.ledger.area import Instant
from awas.places.codes import zone_of
from awas.ui.formats import moment
from awas.warnings.rule import Fact, Level, Rule, Words

SUBJECT_LENGTH = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a warning's life that people are told of. `at` is when it was so, `now` when it was recorded."""

    log: str
    index: int
    place: str
    warning: str
    rule: str
    level: str
    occasion: Occasion
    facts: tuple[Fact, ...]
    at: Instant
    now: Instant


class Letter(NamedTuple):
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Finds the words. `rule` answers None for a rule withdrawn since; `link` makes an address people can open."""

    rule: Callable[[str], Rule | None]
    place_name: Callable[[str], str]
    link: Callable[[str, str], str]
    exercise: bool = False

    def letter(self, step: Step, language: str) -> Letter:
        """Subject and text for a person."""
        lang = "id" if language.startswith("id") else "en"
        with translation.override(lang):
            rule = self.rule(step.rule)
            title, message = (getattr(words, lang) for words in self._words(rule, step))
            name = self.place_name(step.place)
            where = step.place if name == step.place else f"{name} ({step.place})"
            head = f"[{step.level.upper()}] {_occasion(step.occasion)}{title} · {where}"
            lines = [message, "", _("Where: %s") % where, _("Since: %s") % moment(step.at, zone_of(step.place), lang)]
            if rule is not None and rule.runbook and step.occasion is not Occasion.RESOLVED:
                lines += ["", _("What to do:")]
                lines += [f"{number}. {getattr(do, lang)}" for number, do in enumerate(rule.runbook, 1)]
            lines += [
                "",
                self.link(step.place, step.warning),
                "",
                _("Rule %s. You are told because of your duty or your own choice.") % step.rule,
            ]
            if self.exercise:
                head = f"[{_('EXERCISE')}] {head}"
                lines.insert(0, _("This is an exercise. Nothing of it is real.") + "\n")
        return Letter(_one_line(head), "\n".join(lines))

    def envelope(self, step: Step, *, message_id: str, source: str) -> str:
        """The CloudEvents 1.0 envelope for a program, as JSON."""
        rule = self.rule(step.rule)
        title, message = self._words(rule, step)
        event: dict[str, Any] = {
            "specversion": "1.0",
            "id": message_id,
            "source": source,
            "type": f"id.awas.warning.{step.occasion.value}.v1",
            "subject": step.place,
            "time": datetime.fromtimestamp(step.at / 1000, UTC).isoformat(timespec="milliseconds"),
            "datacontenttype": "application/json",
            "data": {
                "warning": step.warning,
                "rule": step.rule,
                "level": step.level,
                "severity": Level(step.level).severity,
                "status": "Exercise" if self.exercise else "Actual",
                "place": step.place,
                "place_name": self.place_name(step.place),
                "title": {"id": title.id, "en": title.en},
                "message": {"id": message.id, "en": message.en},
                "facts": dict(step.facts),
                "log": step.log,
                "index": step.index,
                "link": self.link(step.place, step.warning),
            },
        }
        return json.dumps(event, ensure_ascii=False, separators=(",", ":"))

    def _words(self, rule: Rule | None, step: Step) -> tuple[Words, Words]:
        if rule is None:
            nameless = Words(step.rule, step.rule)
            return nameless, nameless
        try:
            places = {code: self.place_name(code) for code in rule.codes_in(step.facts)}
            return rule.title, rule.says(step.facts, places)
        except KeyError:  # an older entry without a fact that the words have since come to name
            return rule.title, rule.title


def _occasion(occasion: Occasion) -> str:
    return {
        Occasion.FIRED: "",
        Occasion.RAISED: _("Level raised: "),
        Occasion.UNANSWERED: _("Still unanswered: "),
        Occasion.RESOLVED: _("Resolved: "),
    }[occasion]


def _one_line(text: str) -> str:
    """A subject without line breaks: a break would begin a header of its own."""
    return " ".join(text.split())[:SUBJECT_LENGTH]
