"""The text of an own rule as a tree that knows its lines.

Only plain YAML is taken: no tags, anchors, aliases or second document, and little depth, so that nothing in a text can
grow or build anything. Every value stays the text it was written as; what it means is said by the field it stands for.
Pure. It never raises on any text.
"""

import re
from typing import NamedTuple

import yaml

from awas.ledger.message import ONE_LINE
from awas.warnings.own.faults import Fault, fault

LONGEST = 6_000
"""Characters of one rule."""
DEEPEST = 6
MOST_NODES = 400
_SEEN = re.compile(ONE_LINE)


class Node(NamedTuple):
    """One value. A map's `pairs` are (name, line of the name, value); `text` is empty for maps and lists."""

    line: int
    kind: str  # text, map, list
    text: str = ""
    items: tuple["Node", ...] = ()
    pairs: tuple[tuple[str, int, "Node"], ...] = ()

    def get(self, name: str) -> "Node | None":
        return next((node for key, _line, node in self.pairs if key == name), None)

    def line_of(self, name: str) -> int:
        """Where a name of a map stands; where the map begins when it isn't there."""
        return next((line for key, line, _node in self.pairs if key == name), self.line)


class _Unread(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, found: Fault) -> None:
        self.found = found


def read(text: str) -> Node | Fault:
    """The tree of a text, or the first thing that keeps it from being read."""
    if len(text) > LONGEST:
        return fault(1, "too_long", most=LONGEST)
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if not _SEEN.match(line):
            return fault(number, "unseen")
    try:
        return _Reading("\n".join(lines)).document()
    except _Unread as unread:
        return unread.found
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        return fault(mark.line + 1 if mark else 1, "not_yaml", why=wrong.problem or wrong.context or "?")
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        return fault(1, "not_yaml", why=type(wrong).__name__)


class _Reading:
    def __init__(self, text: str) -> None:
        self._events = yaml.parse(text, Loader=yaml.SafeLoader)
        self._nodes = 0

    def document(self) -> Node:
        found: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found is not None:
                    raise _Unread(fault(_line_of(event), "many_documents"))
                found = self._node(next(self._events), 0)
        if found is None:
            raise _Unread(fault(1, "empty"))
        return found

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line_of(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Unread(fault(line, "alias"))
        if getattr(event, "tag", None):
            raise _Unread(fault(line, "tag"))
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise _Unread(fault(line, "too_many"))
        if depth > DEEPEST:
            raise _Unread(fault(line, "too_deep"))
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(one := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(one, depth + 1))
            return Node(line, "list", items=tuple(items))
        if isinstance(event, yaml.MappingStartEvent):
            return Node(line, "map", pairs=tuple(self._pairs(depth)))
        assert isinstance(event, yaml.ScalarEvent)
        value = event.value.replace("\n", " ").strip()
        if not _SEEN.match(value):  # an escape in quotes writes what the text itself may not hold
            raise _Unread(fault(line, "unseen"))
        return Node(line, "text", text=value)

    def _pairs(self, depth: int) -> list[tuple[str, int, Node]]:
        pairs: list[tuple[str, int, Node]] = []
        names: set[str] = set()
        while not isinstance(one := next(self._events), yaml.MappingEndEvent):
            name = self._node(one, depth + 1)
            if name.kind != "text":
                raise _Unread(fault(name.line, "not_a_text"))
            if name.text in names:
                raise _Unread(fault(name.line, "twice", written=name.text))
            names.add(name.text)
            pairs.append((name.text, name.line, self._node(next(self._events), depth + 1)))
        return pairs


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1
