"""Deadlines of the judge: a lazy heap with one entry per key, whose deadline is moved in place.

Re-arming costs one attribute; the heap learns of it only when the old deadline comes up. A deadline is stored as a row
by the database's judge and lives in memory alone in the simulator. Pure; it must never read a clock.
"""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from awas.ledger.area import Instant
from awas.warnings.rule import Fact, Watch

NEVER: Instant = 1 << 62
"""The due time of a deadline that was disarmed while its heap entry waits to come up."""

Key = tuple[str, str, str]
"""(rule, purpose, key) within one watch."""


class Timer:
    """One deadline. `queued_at` is where the heap believes it to be."""

    __slots__ = ("due_at", "evidence", "facts", "key", "purpose", "queued_at", "rule", "watch")

    def __init__(self, watch: Watch, rule: str, purpose: str, key: str) -> None:
        self.watch = watch
        self.rule = rule
        self.purpose = purpose
        self.key = key
        self.due_at: Instant = NEVER
        self.queued_at: Instant = NEVER
        self.facts: tuple[Fact, ...] = ()
        self.evidence = -1


class Timers:
    """The deadlines of many watches in one heap."""

    def __init__(self) -> None:
        self._heap: list[tuple[Instant, int, Timer]] = []
        self._pushed = 0
        self.next_at: Instant = NEVER

    def arm(self, watch: Watch, name: Key, due_at: Instant, facts: tuple[Fact, ...] = (), evidence: int = -1) -> None:
        """Sets or moves the deadline `name` of a watch."""
        timer = watch.deadlines.get(name)
        if timer is None:
            timer = watch.deadlines[name] = Timer(watch, *name)
        timer.due_at = due_at
        timer.facts = facts
        timer.evidence = evidence
        if due_at < timer.queued_at:
            self._push(timer)

    def disarm(self, watch: Watch, name: Key) -> None:
        """Forgets a deadline; its heap entry is dropped when it comes up."""
        timer = watch.deadlines.pop(name, None)
        if timer is not None:
            timer.due_at = NEVER

    def pop_due(self, now: Instant) -> Iterator[Timer]:
        """Each deadline at or before `now`, earliest first, no longer armed. Deadlines set meanwhile are seen too."""
        heap = self._heap
        while heap and heap[0][0] <= now:
            queued_at, _, timer = heappop(heap)
            if queued_at != timer.queued_at:
                continue  # it was moved earlier and came up then
            timer.queued_at = NEVER
            if timer.due_at == NEVER:
                continue
            if timer.due_at > queued_at:
                self._push(timer)
                continue
            del timer.watch.deadlines[timer.rule, timer.purpose, timer.key]
            self.next_at = heap[0][0] if heap else NEVER
            yield timer
        self.next_at = heap[0][0] if heap else NEVER

    def drop(self, watch: Watch) -> None:
        """Forgets all deadlines of a watch."""
        for timer in watch.deadlines.values():
            timer.due_at = NEVER
        watch.deadlines.clear()
        self._heap = [entry for entry in self._heap if entry[2].watch is not watch]
        heapify(self._heap)
        self.next_at = self._heap[0][0] if self._heap else NEVER

    def _push(self, timer: Timer) -> None:
        self._pushed += 1
        timer.queued_at = timer.due_at
        heappush(self._heap, (timer.due_at, self._pushed, timer))
        self.next_at = min(self.next_at, timer.due_at)
