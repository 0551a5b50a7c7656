"""The judge in memory: the engine, its deadlines and the life of warnings over any number of sites.

What the simulator, the scorecard and the scenario tests use; the database's judge (`services`) runs the same engine.
Time is that of the entries it is given. Pure: no clock, disk, network, chance or framework.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from awas.ledger.area import Area, Instant, ItemsInMemory, Stamp
from awas.ledger.naming import district_of
from awas.warnings import events as happened
from awas.warnings.area import warnings_area
from awas.warnings.engine import DEVICE, Engine
from awas.warnings.own.forcing import Engines, is_about_own, withdrawn
from awas.warnings.policy import DEFAULTS, Policy
from awas.warnings.rule import Rule, Watch
from awas.warnings.state import Settings, Warning
from awas.warnings.timers import Timers


class Step(Struct, frozen=True, kw_only=True):
    """One step in the life of a warning, as it would stand in the record."""

    stamp: Stamp
    event: Any


class Judge:
    """Watches sites. Each call returns the steps that followed from it."""

    def __init__(
        self,
        rules: Sequence[Rule],
        areas: Iterable[Area],
        on_step: Callable[[Step], None] | None = None,
        policies: Mapping[str, Policy] = DEFAULTS,
    ) -> None:
        self.engine = Engine(rules, areas, policies)
        self.engines = Engines(self.engine)
        self.area = warnings_area(rules, self.engine.areas.values())
        self.timers = Timers()
        self.items = ItemsInMemory()
        self.watches: dict[str, Watch] = {}
        self.settings: dict[str, Settings] = {}
        self.index = 0
        self.now: Instant = 0
        self._on_step = on_step
        self._engines: dict[str, Engine] = {}

    @property
    def warnings(self) -> Mapping[str, Warning]:
        """Every warning there has been, by id."""
        return {key: cast(Warning, item) for (kind, key), item in self.items.items() if kind == "warning"}

    def watch(self, place: str) -> Watch:
        """The site as the rules see it."""
        found = self.watches.get(place)
        if found is None:
            found = self.watches[place] = self.engine.watch(place, self.timers)
            self._limit(found)
        return found

    def engine_at(self, place: str) -> Engine:
        """The engine that judges a place, with the own rules in force there."""
        found = self._engines.get(place)
        if found is None:
            found = self._engines[place] = self.engines.at(place, self.settings)
        return found

    def observe(self, stamp: Stamp, event: Any, index: int | None = None) -> Sequence[Step]:
        """Judges one entry of the record, after every deadline that came up before it."""
        now = stamp.recorded_at
        early = self.advance(now) if self.timers.next_at <= now else ()
        if now > self.now:  # noqa: PLR1730 - once an event: a call of max costs as much as a rule
            self.now = now
        if index is None:
            index = self.index
        self.index = index + 1
        watch = self.watches.get(stamp.place) or self.watch(stamp.place)
        engine = self._engines.get(stamp.place) or self.engine_at(stamp.place)
        commands = engine.observe(watch, index, stamp, event)
        if not commands:
            return early
        return [*early, *self._live(watch, now, commands)]

    def advance(self, now: Instant) -> Sequence[Step]:
        """Lets time pass: every deadline up to `now`, in order."""
        steps: list[Step] = []
        for timer in self.timers.pop_due(now):
            self.now = timer.due_at
            commands = self.engine_at(timer.watch.place).due(timer.watch, timer)
            steps += self._live(timer.watch, timer.due_at, commands)
        self.now = max(self.now, now)
        return steps

    def command(self, stamp: Stamp, command: Any) -> Sequence[Step]:
        """What a person does with a warning or a threshold. Raises `Refused`."""
        early = self.advance(stamp.recorded_at)
        return [*early, *self._step(self.watch(stamp.place), stamp, command)]

    def heed(self, stamp: Stamp, event: Any, index: int | None = None) -> Sequence[Step]:
        """What somebody did with a warning or a rule, as it stands in the record."""
        early = self.advance(stamp.recorded_at)
        if index is not None:
            self.index = index + 1
        return [*early, *self._take(self.watch(stamp.place), stamp, event)]

    def _live(self, watch: Watch, now: Instant, commands: Sequence[Any]) -> list[Step]:
        stamp = Stamp(place=watch.place, actor=DEVICE, device=DEVICE, occurred_at=now, recorded_at=now)
        return [step for command in commands for step in self._step(watch, stamp, command)]

    def _step(self, watch: Watch, stamp: Stamp, command: Any) -> list[Step]:
        state = self.settings.get(stamp.place) or Settings()
        events = self.area.decide(state, self.items, stamp, command)
        return [step for event in events for step in self._take(watch, stamp, event)]

    def _take(self, watch: Watch, stamp: Stamp, event: Any) -> list[Step]:
        """One step as it happened, and those that follow from it."""
        self.area.fold_items(self.items, stamp, event)
        step = Step(stamp=stamp, event=event)
        if self._on_step is not None:
            self._on_step(step)
        if type(event) in happened.OF_SETTINGS:
            return [step, *self._set(stamp, event)]
        follows = self.engine_at(watch.place).follow(watch, event, stamp.recorded_at)
        return [step, *(self._live(watch, watch.now, follows) if follows else ())]

    def _set(self, stamp: Stamp, event: Any) -> list[Step]:
        before = dict(self.settings)
        self.settings[stamp.place] = self.area.fold(before.get(stamp.place) or Settings(), stamp, event)
        self._engines.clear()
        for one in self.watches.values():
            self._limit(one)
        if not is_about_own(event):
            return []
        settings = (before, self.settings)
        ended = withdrawn(self.watches.values(), event.rule, settings, self.index - 1, stamp.recorded_at)
        return [
            step
            for place, commands in ended
            for step in self._live(self.watches[place], self.watches[place].now, commands)
        ]

    def _limit(self, watch: Watch) -> None:
        names = (district_of(watch.place), watch.place)
        self.engine_at(watch.place).limit(watch, [self.settings[name] for name in names if name in self.settings])
