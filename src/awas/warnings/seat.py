"""The judge's seat at one log: what it knows up to its position, read from its tables and written back.

It stands beside the FACT's tables and never changes them. Everything here can be lost and judged anew from the log.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from awas.ledger.area import Instant
from awas.ledger.items import ItemTable
from awas.ledger.naming import district_of
from awas.ledger.store import Store, Table
from awas.warnings.area import NAME
from awas.warnings.engine import Engine, Open
from awas.warnings.own.forcing import Engines
from awas.warnings.rule import Fact, Watch
from awas.warnings.state import RESOLVED, Settings, Warning
from awas.warnings.timers import NEVER, Key, Timers

JUDGEMENTS = Table(name="warnings_judgement", columns=("log", "position", "turn", "judged_at"))
MEMORIES = Table(name="warnings_memory", columns=("log", "place", "area", "body"), key_count=3)
DEADLINES = Table(
    name="warnings_deadline",
    columns=("log", "place", "rule", "purpose", "key", "due_at", "facts", "evidence"),
    key_count=5,
)

_facts = msgspec.json.Decoder(tuple[Fact, ...])

Stored = tuple[Instant, tuple[Fact, ...], int]


class Seat:
    """One log's watches, deadlines and settings at `position`. `turn` tells whether another process judged since."""

    def __init__(self, engines: Engines, log: str) -> None:
        self.engine = engines.base
        self.engines = engines
        self.log = log
        self.position = 0
        self.turn = 0
        self.timers = Timers()
        self.watches: dict[str, Watch] = {}
        self.settings: dict[str, Settings] = {}
        self._engines: dict[str, Engine] = {}
        self._stored: dict[str, dict[Key, Stored]] = {}
        self._touched: set[str] = set()
        self._settings_touched: set[str] = set()

    def engine_at(self, place: str) -> Engine:
        """The engine that judges a place: the catalogue's, or one with the own rules in force there."""
        found = self._engines.get(place)
        if found is None:
            found = self._engines[place] = self.engines.at(place, self.settings)
        return found

    def watch(self, place: str) -> Watch:
        """A site of this log; what is done with it will be written back."""
        self._touched.add(place)
        found = self.watches.get(place)
        if found is None:
            found = self.watches[place] = self.engine.watch(place, self.timers)
            self.limit(found)
        return found

    def limit(self, watch: Watch) -> None:
        """The thresholds in force at a site: its district's, then its own."""
        names = dict.fromkeys((district_of(watch.place), watch.place))
        self.engine_at(watch.place).limit(watch, [self.settings[name] for name in names if name in self.settings])

    def set(self, place: str, settings: Settings) -> None:
        """New settings of a place or of the whole log."""
        self.settings[place] = settings
        self._settings_touched.add(place)
        self._engines.clear()
        for watch in self.watches.values():
            self.limit(watch)

    # -- reading -----------------------------------------------------------------------------------------------------

    def load(self, store: Store) -> None:
        """Reads everything from the tables, at whatever position they are."""
        for _, position, turn, _ in store.select(JUDGEMENTS, [(self.log,)]):
            self.position, self.turn = position, turn
        remembered: dict[str, dict[str, Any]] = {}
        for place, area, body in store.query(
            "SELECT place, area, body FROM warnings_memory WHERE log = ?", (self.log,)
        ):
            if area == NAME:
                self.settings[place] = msgspec.msgpack.decode(bytes(body), type=Settings)
            elif area in self.engine.areas:
                state = msgspec.msgpack.decode(bytes(body), type=self.engine.areas[area].state)
                remembered.setdefault(place, {})[area] = state
        for place, states in remembered.items():
            self.watches[place] = self.engine.watch(place, self.timers, states)
            self.limit(self.watches[place])
        self._load_deadlines(store)
        self._load_open(store)
        self._touched.clear()

    def _load_deadlines(self, store: Store) -> None:
        for place, rule, purpose, key, due_at, facts, evidence in store.query(
            "SELECT place, rule, purpose, key, due_at, facts, evidence FROM warnings_deadline WHERE log = ?",
            (self.log,),
        ):
            name, known = (rule, purpose, key), _facts.decode(facts)
            self.timers.arm(self.watch(place), name, due_at, known, evidence)
            self._stored.setdefault(place, {})[name] = (due_at, known, evidence)

    def _load_open(self, store: Store) -> None:
        table = ItemTable(Warning, "warnings_warning")
        columns = ", ".join(table.table.columns)
        for row in store.query(
            f"SELECT {columns} FROM warnings_warning WHERE log = ? AND state <> ? ORDER BY since, id",  # noqa: S608 - names of ours
            (self.log, RESOLVED),
        ):
            warning: Warning = table.item(tuple(row))  # type: ignore[assignment]
            self.watch(warning.place).open[warning.rule, warning.key] = Open.stored(warning)

    # -- writing -----------------------------------------------------------------------------------------------------

    def save(self, store: Store, now: Instant) -> None:
        """Writes what changed. Before COMMIT nothing of it happened; after it, position, states and deadlines agree."""
        self.turn += 1
        store.upsert(JUDGEMENTS, [(self.log, self.position, self.turn, now)])
        store.upsert(MEMORIES, list(self._memories()))
        deadlines = [row for place in self._touched for row in self._changed_deadlines(place)]
        store.upsert(DEADLINES, deadlines)
        if any(row[5] == NEVER for row in deadlines):
            store.execute("DELETE FROM warnings_deadline WHERE due_at = ?", (NEVER,))
        self._touched.clear()
        self._settings_touched.clear()

    def _memories(self) -> Iterator[tuple[Any, ...]]:
        for place in self._touched:
            states = vars(self.watches[place])
            for area in self.engine.areas:
                yield self.log, place, area, msgspec.msgpack.encode(states[area])
        for place in self._settings_touched:
            yield self.log, place, NAME, msgspec.msgpack.encode(self.settings[place])

    def _changed_deadlines(self, place: str) -> Iterable[tuple[Any, ...]]:
        watch = self.watches[place]
        before = self._stored.get(place, {})
        after: dict[Key, Stored] = {
            name: (timer.due_at, timer.facts, timer.evidence) for name, timer in watch.deadlines.items()
        }
        for name, stored in after.items():
            if before.get(name) != stored:
                due_at, facts, evidence = stored
                yield self.log, place, *name, due_at, msgspec.json.encode(facts).decode(), evidence
        for name in before.keys() - after.keys():
            # Marked first, deleted together: one statement for all that were met in this batch.
            yield self.log, place, *name, NEVER, "[]", -1
        self._stored[place] = after
