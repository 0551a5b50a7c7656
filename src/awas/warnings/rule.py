"""What a rule of the watch is: its words, its thresholds, what it listens to and what it may answer.

The catalogue page, the simulator's scorecard, the judge and the tests read these same objects. A rule is a value: it
keeps nothing between calls. What it has to remember lies in the folded state of the site or in its own armed timers.

This module is pure: no clock, disk, network, chance or framework. It must never know an area of supervision.
"""

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from awas.ledger.area import Instant, Stamp

Fact = tuple[str, str | int]
"""A named value that fills the words of a warning, for example ("plate", "A 1234 BC") or ("minutes", 42)."""

Limits = Mapping[str, int]
"""The thresholds of one rule at one place, by name."""

Ends = Mapping[type[Struct], tuple[str, str]]
"""By event: the field that holds the key of what ends, and why it ends."""


class Words(Struct, frozen=True):
    """One text in both languages. Names in braces are filled from facts."""

    id: str
    en: str

    def filled(self, facts: Iterable[Fact]) -> "Words":
        """Both texts with their names filled in. Raises KeyError when a fact is missing."""
        values = dict(facts)
        return Words(self.id.format_map(values), self.en.format_map(values))


class Level(enum.Enum):
    """The official warning scale above Normal, and the severity of CAP 1.2 that each step is published with."""

    WASPADA = "waspada"
    SIAGA = "siaga"
    AWAS = "awas"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    @property
    def severity(self) -> str:
        """CAP 1.2 `severity`."""
        return _SEVERITIES[self]


_RANKS = {Level.WASPADA: 1, Level.SIAGA: 2, Level.AWAS: 3}
_SEVERITIES = {Level.WASPADA: "Moderate", Level.SIAGA: "Severe", Level.AWAS: "Extreme"}


class Threshold(Struct, frozen=True, kw_only=True):
    """One number of a rule that an office may move within bounds, by an event alone.

    `source` says where the default comes from; `uncertain` marks a default that no text we read fixes.
    """

    name: str
    unit: str
    default: int
    least: int
    most: int
    label: Words
    source: str
    uncertain: bool = True

    def __post_init__(self) -> None:
        if not self.least <= self.default <= self.most:
            raise ValueError(f"threshold {self.name}: {self.default} is outside {self.least}..{self.most}")


def minutes(name: str, default: int, bounds: tuple[int, int], label: Words, source: str) -> Threshold:
    """A threshold in minutes whose default no text we read fixes; an office may know better."""
    least, most = bounds
    return Threshold(name=name, unit="minutes", default=default, least=least, most=most, label=label, source=source)


class Incident(Struct, frozen=True, kw_only=True):
    """Something that really happened and that the rule would have caught. `on` is a date, a month or a year."""

    what: Words
    where: str
    on: str
    source: str


class Found(Struct, frozen=True, kw_only=True):
    """The condition holds now. `key` tells apart what the rule finds at one place; it never holds personal data.

    The entry being judged (or the one that armed the timer) is evidence by itself; `evidence` names further entries.
    `level` overrides the rule's own.
    """

    key: str
    facts: tuple[Fact, ...] = ()
    level: Level | None = None
    evidence: tuple[int, ...] = ()


class Cleared(Struct, frozen=True, kw_only=True):
    """The condition no longer holds, and `why` (a word of `reasons.CLEARED`) says what ended it."""

    key: str
    why: str


class Arm(Struct, frozen=True, kw_only=True):
    """Call the rule's `due` at `due_at` unless disarmed before. Arming an armed key moves its deadline."""

    key: str
    due_at: Instant
    facts: tuple[Fact, ...] = ()


class Disarm(Struct, frozen=True, kw_only=True):
    """Forget the deadline of `key`, if there is one."""

    key: str


Outcome = Found | Cleared | Arm | Disarm
Outcomes = tuple[Outcome, ...]


class Armed(Protocol):
    """A deadline as a rule sees it. `evidence` is the index of the entry that set it, -1 if none did."""

    @property
    def due_at(self) -> Instant: ...

    @property
    def facts(self) -> tuple[Fact, ...]: ...

    @property
    def evidence(self) -> int: ...


class Watch:
    """One site as the rules see it: the folded states of its areas by name (`watch.warehouse`), and its deadlines.

    `now` is the server's time of the entry being judged, or the deadline's; `index` is that entry's.
    """

    def __init__(self, place: str, timers: Any, states: Mapping[str, Any]) -> None:
        self.place = place
        self.now: Instant = 0
        self.index = -1
        self.timers = timers
        self.deadlines: dict[tuple[str, str, str], Any] = {}
        self.limits: list[Limits] = []
        self.open: dict[tuple[str, str], Any] = {}
        vars(self).update(states)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def armed(self, rule: str, key: str) -> Armed | None:
        """The rule's own deadline under `key`, if it is set."""
        return self.deadlines.get((rule, ABSENCE, key))

    def is_open(self, rule: str, key: str) -> bool:
        """Whether a warning of this rule and key is pending, firing, acknowledged or silenced now."""
        return (rule, key) in self.open


ABSENCE = "absence"
"""The purpose of the timers that rules set themselves; the engine keeps others for the life of warnings."""

Handler = Callable[[Watch, Stamp, Any, Limits], Outcomes]
DueHandler = Callable[[Watch, str, Armed, Instant, Limits], Outcomes]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the watch.

    `basis` is the article or the practice behind it, with its source; nothing there is invented.

    `names` holds, by fact, the words for codes that the message names. `places` are the facts that name a place or a
    station by its code, or the first of several ("36.02.05.2001-002 +3"): whoever shows them knows the names.

    `on` answers events by type, `on_any` every event, `on_capture` every event whose way of capture was worth keeping.
    `ends` says that an event ends the condition whose key stands in the named field, and why (a word of
    `reasons.CLEARED`): data instead of a function, because most events end something that never began.

    `holds_for` and `keeps_firing_for` name a threshold in minutes: how long the condition must hold before the warning
    fires, and how long it fires on after the condition has gone. `version` rises when the verdict on the same facts
    would change.
    """

    id: str
    title: Words
    question: Words
    message: Words
    basis: Words
    level: Level
    runbook: tuple[Words, ...]
    incident: Incident
    thresholds: tuple[Threshold, ...] = ()
    names: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    on: Mapping[type[Struct], Handler] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)
    on_any: Handler | None = None
    on_capture: Handler | None = None
    due: DueHandler | None = None
    holds_for: str = ""
    keeps_firing_for: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        names = {threshold.name for threshold in self.thresholds}
        for name in (self.holds_for, self.keeps_firing_for):
            if name and name not in names:
                raise ValueError(f"{self.id}: no threshold {name}")
        if not self.on and self.on_any is None and self.on_capture is None:
            raise ValueError(f"{self.id} listens to nothing")

    @cached_property
    def defaults(self) -> Limits:
        return {threshold.name: threshold.default for threshold in self.thresholds}

    def codes_in(self, facts: Iterable[Fact]) -> set[str]:
        """The codes of places and stations among some facts."""
        said = {str(value).partition(" ")[0] for name, value in facts if name in self.places}
        # Such a fact may hold a seal's number instead: 36 is one, and never a place that things go to.
        return {code for code in said if "." in code}

    def says(self, facts: Iterable[Fact], places: Mapping[str, str] | None = None) -> Words:
        """What a warning of this rule says of some facts. Raises KeyError when a fact is missing.

        `places` are names of places and stations by code; a code without one stands for itself.
        """
        known = [(name, self._called(name, value, places or {})) for name, value in facts]
        spoken = [
            (name, self.names[name].get(str(value), Words(str(value), str(value))))
            for name, value in known
            if name in self.names
        ]
        return Words(
            self.message.filled([*known, *((name, words.id) for name, words in spoken)]).id,
            self.message.filled([*known, *((name, words.en) for name, words in spoken)]).en,
        )

    def _called(self, name: str, value: str | int, places: Mapping[str, str]) -> str | int:
        if name not in self.places:
            return value
        code, space, more = str(value).partition(" ")
        return places.get(code, code) + space + more

    def threshold(self, name: str) -> Threshold | None:
        return next((threshold for threshold in self.thresholds if threshold.name == name), None)
