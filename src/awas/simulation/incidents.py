"""When and where incidents happen, and the stream of everything: ordinary life with incidents laid over it. Pure.

Time is cut into slots; each slot has one incident, drawn from a generator named after it. So the same demo has the same
incidents, however often it was stopped, and no place has two at once.
"""

import heapq
from collections.abc import Iterator, Sequence

from msgspec import Struct

from awas.ledger.area import HOUR, MINUTE, Instant
from awas.simulation.cues import Chance, Cue, Draw, Overlay
from awas.simulation.routine import Routine
from awas.simulation.trouble import goods, people, stages, watch
from awas.simulation.trouble.script import LONGEST, Script

SCRIPTS: tuple[Script, ...] = (*goods.SCRIPTS, *people.SCRIPTS, *stages.SCRIPTS, *watch.SCRIPTS)

WINDOW = 30 * MINUTE
"""How far ahead the stream is written at a time."""

STRIDE = 3
"""Slots step through the places by this; it has no common factor with eight, so each place rests for seven slots."""


class Arranged(Struct, frozen=True, kw_only=True):
    """An incident fixed beforehand: what a newcomer finds on the wall."""

    script: str
    turn: int
    at: Instant


class Schedule(Struct, frozen=True, kw_only=True):
    """How often incidents come: rarely in the seeded past, often once somebody is watching.

    Between `quiet_from_at` and `live_from_at` there are only those of `arranged`. A period of 0 means none.
    """

    from_at: Instant = 0
    quiet_from_at: Instant = 0
    live_from_at: Instant = 0
    past_every_ms: int = 5 * HOUR
    live_every_ms: int = 30 * MINUTE
    arranged: tuple[Arranged, ...] = ()

    def slots(self, from_at: Instant, until_at: Instant) -> Iterator[tuple[str, int, Instant, int]]:
        """(name, turn, begin, length) of the slots that begin in [from_at, until_at)."""
        yield from _slots("p", self.past_every_ms, max(from_at, self.from_at), min(until_at, self.quiet_from_at))
        yield from _slots("l", self.live_every_ms, max(from_at, self.live_from_at), until_at)


def _slots(letter: str, every: int, from_at: Instant, until_at: Instant) -> Iterator[tuple[str, int, Instant, int]]:
    if every <= 0:
        return
    number = -(-from_at // every)
    while number * every < until_at:
        yield f"{letter}{number}", number * STRIDE, number * every, every
        number += 1


class Stage:
    """Several posts played together."""

    def __init__(self, routines: Sequence[Routine], schedule: Schedule, draw: Draw) -> None:
        self.routines = tuple(routines)
        self.schedule = schedule
        self._draw = draw

    def overlays(self, from_at: Instant, until_at: Instant) -> list[Overlay]:
        """The incidents whose slots begin in [from_at, until_at), in order."""
        found = []
        for name, turn, begin, length in self.schedule.slots(from_at, until_at):
            chance = self._draw(f"incident/{name}")
            at = begin + chance.randrange(0, max(min(length, HOUR) // 2000, 1)) * 1000
            if (written := self._written(turn, at, name, chance)) is not None:
                found.append(written)
        for number, arranged in enumerate(self.schedule.arranged):
            if from_at <= arranged.at < until_at:
                routine = self._routine(arranged.turn)
                script = script_named(arranged.script)
                found.append(script.write(routine.scene, routine.company, arranged.at, f"kini{number}"))
        return found

    def _routine(self, turn: int) -> Routine:
        return self.routines[turn % len(self.routines)]

    def _written(self, turn: int, at: Instant, name: str, chance: Chance) -> Overlay | None:
        routine = self._routine(turn)
        fitting = [script for script in SCRIPTS if script.fits(routine.scene, at)]
        if not fitting:
            return None
        return chance.choice(fitting).write(routine.scene, routine.company, at, name)

    def cues(self, from_at: Instant) -> Iterator[Cue]:
        """Everything from an instant on, in order of time, without end."""
        from_at = max(from_at, min(routine.begins_at for routine in self.routines))
        lives = [_Ahead(routine.cues(from_at)) for routine in self.routines]
        running = self.overlays(from_at - LONGEST - HOUR, from_at)
        waiting: list[tuple[Instant, str, str, Cue]] = []
        _push(waiting, (cue for one in running for cue in one.cues), from_at)
        while True:
            until_at = from_at + WINDOW
            coming = self.overlays(from_at, until_at)
            _push(waiting, (cue for one in coming for cue in one.cues), from_at)
            running = [one for one in running if one.until_at + HOUR > from_at] + coming
            for life in lives:
                _push(waiting, (cue for cue in life.until(until_at) if not _silenced(cue, running)), from_at)
            while waiting and waiting[0][0] < until_at:
                yield heapq.heappop(waiting)[3]
            from_at = until_at


def _push(waiting: list[tuple[Instant, str, str, Cue]], cues: Iterator[Cue], from_at: Instant) -> None:
    for cue in cues:
        if cue.at >= from_at:
            heapq.heappush(waiting, (cue.at, cue.place, cue.name, cue))


def _silenced(cue: Cue, running: Sequence[Overlay]) -> bool:
    return cue.strand != "" and any(one.place == cue.place and one.silences(cue) for one in running)


class _Ahead:
    """A stream that can be read up to an instant."""

    def __init__(self, cues: Iterator[Cue]) -> None:
        self._cues = cues
        self._next: Cue | None = next(cues, None)

    def until(self, until_at: Instant) -> Iterator[Cue]:
        while self._next is not None and self._next.at < until_at:
            yield self._next
            self._next = next(self._cues, None)


def script_named(name: str) -> Script:
    """The script of that name. Raises KeyError."""
    return _BY_NAME[name]


_BY_NAME = {script.name: script for script in SCRIPTS}
