"""What a message says: in the reader's language, with what to do, and never a person's name.

Only composes; sends nothing and reads no table.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awas.delivery.audience import RANK, Occasion
from awas.ledger.area import Instant
from awas.places.codes import zone_of
from awas.ui.formats import language_of, moment
from awas.warnings.rule import Fact, Level, Rule, Words

SUBJECT_LENGTH = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a warning's life that people are told of. `at` is when it was so, `now` when it was recorded.

    `tiers` are those whose turn it is, `people` the codes of those who were named; `is_hidden`: nobody is told.
    """

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
    tiers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    is_hidden: bool = False


class Letter(NamedTuple):
    """What a person gets. `link` in the body marks where the address goes that is each recipient's own."""

    subject: str
    body: str

    def linked(self, url: str) -> "Letter":
        """The same with the address in it."""
        return self._replace(body=self.body.replace(LINK, url))


LINK = "\0link\0"
"""No text holds a NUL."""


class Named(NamedTuple):
    """One notice among several told together."""

    subject: str
    level: str
    place: str
    at: Instant


def digest(named: Sequence[Named], language: str, place_name: Callable[[str], str] = str) -> Letter:
    """One letter in place of several, which names them all in their order."""
    lang = language_of(language)
    with translation.override(lang):
        worst = max((one.level for one in named), key=RANK.__getitem__)
        places = list(dict.fromkeys(one.place for one in named))
        titles = "; ".join(dict.fromkeys(_title_in(one.subject) for one in named))
        said = {"n": len(named), "titles": titles}
        if len(places) == 1:
            head = ngettext(
                "%(n)s warning at %(where)s: %(titles)s", "%(n)s warnings at %(where)s: %(titles)s", len(named)
            ) % {**said, "where": place_name(places[0])}
        else:
            head = ngettext(
                "%(n)s warning at %(places)s places: %(titles)s",
                "%(n)s warnings at %(places)s places: %(titles)s",
                len(named),
            ) % {**said, "places": len(places)}
        lines = [LINK, "", _("Told together, so that many warnings are not many alarms:"), ""]
        lines += [
            f"{number}. {one.subject}, {moment(one.at, zone_of(one.place), lang)}"
            for number, one in enumerate(named, 1)
        ]
    return Letter(_one_line(f"[{worst.upper()}] {head}"), "\n".join(lines))


def test_letter(language: str, now: Instant) -> Letter:
    """What says that a channel works, and that nothing else is meant."""
    lang = language_of(language)
    with translation.override(lang):
        subject = _("[TEST] This channel of Awas works")
        body = [
            LINK,
            "",
            _("You asked for this test. There is no warning and nothing to do."),
            moment(now, _HOME, lang),
        ]
    return Letter(subject, "\n".join(body))


_HOME = "Asia/Jakarta"


def reminder_letter(language: str, name: str, place: str, from_at: Instant) -> Letter:
    """To who has the watch next."""
    lang = language_of(language)
    with translation.override(lang):
        at = moment(from_at, zone_of(place), lang)
        subject = _("[WATCH] Your watch at %(place)s begins on %(at)s") % {"place": name, "at": at}
        body = [LINK, "", _("If you can't come, tell your office now, so that somebody else is asked.")]
    return Letter(_one_line(subject), "\n".join(body))


def reach_letter(language: str, name: str, count: int) -> Letter:
    """To the office: so many of the chain would hear nothing. Who, the page says."""
    with translation.override(language_of(language)):
        subject = ngettext(
            "[REACH] %(n)s person of the watch in %(place)s can't be reached",
            "[REACH] %(n)s people of the watch in %(place)s can't be reached",
            count,
        ) % {"n": count, "place": name}
        body = [LINK, "", _("No channel of theirs works. A warning would not reach them. The page says who they are.")]
    return Letter(_one_line(subject), "\n".join(body))


def test_envelope(message_id: str, source: str, now: Instant) -> str:
    """The same for a program."""
    event = {
        "specversion": "1.0",
        "id": message_id,
        "source": source,
        "type": "id.awas.test.v1",
        "time": _iso(now),
        "datacontenttype": "application/json",
        "data": {"status": "Test"},
    }
    return json.dumps(event, separators=(",", ":"))


def _iso(at: Instant) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")


def _title_in(subject: str) -> str:
    """The title out of "[SIAGA] Title · place" as `Wording.letter` writes it."""
    return _TAGS.sub("", subject).rpartition(" · ")[0] or subject


_TAGS = re.compile(r"\A(?:\[[^\]]*\] )+")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Finds the words. `rule` answers None for a rule withdrawn since; `link` makes an address people can open."""

    rule: Callable[[str], Rule | None]
    place_name: Callable[[str], str]
    link: Callable[[str, str], str]
    exercise: bool = False

    def letter(self, step: Step, language: str) -> Letter:
        """Subject and text for a person."""
        lang = language_of(language)
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
                LINK,
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
            "time": _iso(step.at),
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
        Occasion.ESCALATED: _("Nobody answered: "),
        Occasion.REPEATED: _("Still unanswered: "),
        Occasion.SURFACED: "",
        Occasion.ASSIGNED: _("Given to you: "),
        Occasion.MENTIONED: _("You are named: "),
        Occasion.RESOLVED: _("Resolved: "),
    }[occasion]


def _one_line(text: str) -> str:
    """A subject without line breaks: a break would begin a header of its own."""
    return " ".join(text.split())[:SUBJECT_LENGTH]
