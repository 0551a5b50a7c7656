"""The linter of own rules: a text becomes a rule as written, or everything that is wrong with it. Pure.

It takes nothing on trust and guesses nothing: an unknown name is a fault with the name that was probably meant.
"""

import re
from collections.abc import Callable, Sequence

from awas.ledger.area import DAY, MINUTE, Instant
from awas.warnings.own import values
from awas.warnings.own.conditions import conditions_of
from awas.warnings.own.faults import Fault, fault, unknown
from awas.warnings.own.reading import Node, read
from awas.warnings.own.vocabulary import Field, Kind, Vocabulary
from awas.warnings.own.written import Absent, Counted, Met, Written
from awas.warnings.reasons import CLEARED
from awas.warnings.rule import Level, Words

KEYS = (
    "id", "title", "level", "question", "basis", "runbook", "when", "if", "absent", "count", "for", "keep_firing_for",
    "group_by", "ends", "message",
)  # fmt: skip
NEEDED = ("id", "title", "level", "question", "basis", "runbook", "when", "message")
ID = re.compile(r"\AOWN-[A-Z0-9]{2,10}-\d{2,3}\Z", re.ASCII)
LONGEST_TEXT = 300
MOST_KINDS, MOST_KEYS, MOST_STEPS, MOST_ENDS = 8, 3, 8, 6
LONGEST_WITHIN, LONGEST_HOLD = 30 * DAY, 7 * DAY
COUNT_LEAST, COUNT_MOST = 2, 20
"""What a count remembers lies with its deadline, so it is bounded."""


def lint(text: str, vocabulary: Vocabulary) -> Written | tuple[Fault, ...]:
    """The rule as written, or what is wrong with it, by line. Never raises."""
    node = read(text)
    if isinstance(node, Fault):
        return (node,)
    reading = _Lint(vocabulary)
    written = reading.rule(node)
    if written is None or reading.faults:
        return tuple(sorted(reading.faults, key=lambda one: one.line))
    return written


class _Lint:
    """Reads one tree and gathers faults; what could not be read is left empty."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.faults: list[Fault] = []

    def rule(self, node: Node) -> Written | None:
        if not self._map(node, KEYS, NEEDED):
            return None
        when = self._kinds(node.get("when"))
        group_by = self._fields(node.get("group_by"), when, MOST_KEYS)
        absent = self._absent(node.get("absent"), when, group_by)
        count = self._count(node.get("count"))
        ends = self._ends(node.get("ends"), group_by)
        keeps = self._minutes(node, "keep_firing_for")
        if absent is not None and count is not None:
            self._wrong(node.line_of("count"), "absent_and_count")
        if keeps and not ends and absent is None:
            self._wrong(node.line_of("keep_firing_for"), "never_ends")
        message = self._words(node, "message")
        conditions = conditions_of(node.get("if"), when, self.faults)
        return Written(
            id=self._id(node.get("id")),
            title=self._words(node, "title"),
            question=self._words(node, "question"),
            basis=self._words(node, "basis"),
            message=message,
            level=self._level(node.get("level")),
            runbook=self._steps(node.get("runbook")),
            when=tuple(kind.name for kind in when),
            conditions=conditions,
            group_by=tuple(group_by),
            says=self._said(node, message, when, counts=count is not None),
            absent=absent,
            count=count,
            holds=self._minutes(node, "for"),
            keeps=keeps,
            ends=ends,
        )

    # -- shapes ------------------------------------------------------------------------------------------------------

    def _wrong(self, line: int, code: str, **named: object) -> None:
        self.faults.append(fault(line, code, **named))

    def _map(self, node: Node, keys: Sequence[str], needed: Sequence[str] = ()) -> bool:
        if node.kind != "map":
            self._wrong(node.line, "not_a_map")
            return False
        for name, line, _value in node.pairs:
            if name not in keys:
                self.faults.append(unknown(line, "key_unknown", name, keys))
        for name in needed:
            if node.get(name) is None:
                self._wrong(node.line, "key_missing", name=name)
        return True

    def _list(self, node: Node, name: str, most: int) -> tuple[Node, ...]:
        """The values of a list; a single value is a list of one."""
        found = node.items if node.kind == "list" else (node,)
        if not found:
            self._wrong(node.line, "no_text", name=name)
        if len(found) > most:
            self._wrong(node.line, "too_many_of", name=name, most=most)
        return found[:most]

    def _text(self, node: Node | None, name: str) -> str:
        if node is None:
            return ""
        if node.kind != "text":
            self._wrong(node.line, "not_a_text")
        elif not node.text:
            self._wrong(node.line, "no_text", name=name)
        elif len(node.text) > LONGEST_TEXT:
            self._wrong(node.line, "text_too_long", name=name, most=LONGEST_TEXT)
        return node.text

    def _words(self, node: Node, name: str) -> Words:
        return self._both(node.get(name), name)

    def _both(self, node: Node | None, name: str) -> Words:
        """A text in both languages: one alone, or `id` and perhaps `en`."""
        if node is None or node.kind != "map":
            text = self._text(node, name)
            return Words(text, text)
        self._map(node, ("id", "en"), ("id",))
        text = self._text(node.get("id"), name)
        return Words(text, self._text(node.get("en"), name) or text)

    # -- what it says ------------------------------------------------------------------------------------------------

    def _id(self, node: Node | None) -> str:
        text = self._text(node, "id")
        if node is not None and text and not ID.match(text):
            self._wrong(node.line, "id_wrong")
        return text

    def _level(self, node: Node | None) -> Level:
        text = self._text(node, "level")
        known = [one.value for one in Level]
        if text in known:
            return Level(text)
        if node is not None and text:
            self.faults.append(unknown(node.line, "level_unknown", text, known))
        return Level.WASPADA

    def _steps(self, node: Node | None) -> tuple[Words, ...]:
        if node is None:
            return ()
        return tuple(self._both(one, "runbook") for one in self._list(node, "runbook", MOST_STEPS))

    def _said(self, node: Node, message: Words, when: Sequence[Kind], *, counts: bool) -> tuple[str, ...]:
        line = node.line_of("message")
        found: dict[str, None] = {}
        for text in (message.id, message.en):
            names = values.names_in(text)
            if names is None:
                self._wrong(line, "brace_wrong")
                return ()
            found |= dict.fromkeys(names)
        for name in found:
            if not (counts and name == "count"):
                self._field(line, name, when, lambda one: one.holds != "many", "field_not_single")
        return tuple(found)

    # -- entries and their fields ------------------------------------------------------------------------------------

    def _kinds(self, node: Node | None) -> list[Kind]:
        if node is None:
            return []
        found = []
        for one in self._list(node, "when", MOST_KINDS):
            name = self._text(one, "when").partition("@")[0]
            kind = self.vocabulary.kinds.get(name)
            if kind is not None:
                found.append(kind)
            elif name:
                self.faults.append(unknown(one.line, "kind_unknown", name, self.vocabulary.kinds))
        return list({kind.name: kind for kind in found}.values())

    def _field(
        self, line: int, name: str, kinds: Sequence[Kind], wanted: Callable[[Field], bool], otherwise: str
    ) -> None:
        """A field that every one of some kinds must have, and that must be fit for what is done with it."""
        for kind in kinds:
            field = kind.fields.get(name)
            if field is None:
                self.faults.append(unknown(line, "field_unknown", name, kind.fields, kind=kind.name))
            elif field.personal:
                self._wrong(line, "field_personal", written=name)
            elif not wanted(field):
                self._wrong(line, otherwise, written=name)

    def _fields(self, node: Node | None, kinds: Sequence[Kind], most: int) -> list[str]:
        if node is None:
            return []
        found = []
        for one in self._list(node, "group_by", most):
            name = self._text(one, "group_by")
            if name:
                self._field(one.line, name, kinds, lambda field: field.is_key, "field_not_key")
                found.append(name)
        return found

    # -- time --------------------------------------------------------------------------------------------------------

    def _length(self, node: Node | None, name: str, most: Instant) -> Instant:
        text = self._text(node, name)
        if node is None or not text:
            return MINUTE
        found = values.duration(text)
        if found is None:
            self._wrong(node.line, "duration_wrong", written=text)
        elif not MINUTE <= found <= most:
            self._wrong(node.line, "out_of_bounds", name=name, least="1m", most=values.spelled(most))
        return found or MINUTE

    def _minutes(self, node: Node, name: str) -> int:
        value = node.get(name)
        return 0 if value is None else self._length(value, name, LONGEST_HOLD) // MINUTE

    def _count(self, node: Node | None) -> Counted | None:
        if node is None or not self._map(node, ("at_least", "within"), ("at_least", "within")):
            return None
        value = node.get("at_least")
        number = values.whole(self._text(value, "at_least"))
        if value is not None and (number is None or not COUNT_LEAST <= number <= COUNT_MOST):
            self._wrong(value.line, "out_of_bounds", name="at_least", least=COUNT_LEAST, most=COUNT_MOST)
        within = self._length(node.get("within"), "within", LONGEST_WITHIN)
        return Counted(at_least=number or COUNT_LEAST, within=within)

    # -- what ends it ------------------------------------------------------------------------------------------------

    def _absent(self, node: Node | None, when: Sequence[Kind], group_by: Sequence[str]) -> Absent | None:
        keys = ("expect", "within", "after", "key", "if", "why")
        if node is None or not self._map(node, keys, ("expect", "within")):
            return None
        after = self._text(node.get("after"), "after")
        if after:
            self._field(node.line_of("after"), after, when, lambda one: one.holds == "instant", "not_an_instant")
        return Absent(
            expect=self._met(node, "expect", group_by, "expected_came"),
            within=self._length(node.get("within"), "within", LONGEST_WITHIN),
            after=after,
        )

    def _ends(self, node: Node | None, group_by: Sequence[str]) -> tuple[Met, ...]:
        if node is None:
            return ()
        return tuple(
            self._met(one, "event", group_by, "settled")
            for one in self._list(node, "ends", MOST_ENDS)
            if self._map(one, ("event", "key", "if", "why"), ("event",))
        )

    def _met(self, node: Node, name: str, group_by: Sequence[str], otherwise: str) -> Met:
        kinds = self._kinds(node.get(name))
        own = node.get("key")
        if own is None:
            key = list(group_by)
            for one in key:
                self._field(node.line_of(name), one, kinds, lambda field: field.is_key, "field_not_key")
        else:
            key = self._fields(own, kinds, MOST_KEYS)
            if len(key) != len(group_by):
                self._wrong(own.line, "keys_differ", count=len(group_by))
        why = self._text(node.get("why"), "why") or otherwise
        if why not in CLEARED:
            self.faults.append(unknown(node.line_of("why"), "why_unknown", why, CLEARED))
        conditions = conditions_of(node.get("if"), kinds, self.faults)
        return Met(kinds=tuple(kind.name for kind in kinds), key=tuple(key), conditions=conditions, why=why)
