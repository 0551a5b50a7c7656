"""When a message may disturb somebody, and with which others together: no storm of buzzes, and nothing lost. Pure.

The first of a burst comes at once if it is an Awas, else after a short wait that gathers what belongs to it; what comes
after it within a window comes together at the window's end. What goes out takes everything along that waits for the
same person on the same channel, in order.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from awas.access.policy import Instant

SECOND = 1_000
MINUTE = 60 * SECOND


class Patience(NamedTuple):
    """`wait_ms`: how long the first of a burst waits for others. `window_ms`: how long after one was heard the next
    may disturb."""

    wait_ms: int
    window_ms: int


PATIENCE: Mapping[str, Patience] = {
    "awas": Patience(0, 2 * MINUTE),
    "siaga": Patience(20 * SECOND, 10 * MINUTE),
    "waspada": Patience(60 * SECOND, 10 * MINUTE),
}
"""By level. ISA 18.2 gives a person one alarm in ten minutes as what can be borne; an Awas may ask for more."""

LONGEST_WINDOW_MS = max(one.window_ms for one in PATIENCE.values())
MOST_TOGETHER = 500


class Waiting(NamedTuple):
    """A message that waits. `due_at` 0: nobody has looked at it yet, and it waits `hold_ms` for quiet hours to end."""

    id: int
    level: str
    due_at: Instant = 0
    hold_ms: int = 0


class Heard(NamedTuple):
    """When the person last heard something on the channel, and when last an Awas."""

    at: Instant | None = None
    awas_at: Instant | None = None


class Plan(NamedTuple):
    """`together`: the ids that go out now as one, in order; `due`: by id, when the others are looked at again;
    `released`: those among them whose quiet hours are over."""

    together: tuple[int, ...]
    due: Mapping[int, Instant]
    released: frozenset[int] = frozenset()


def plan(waiting: Sequence[Waiting], heard: Heard, now: Instant, not_before: Instant = 0) -> Plan:
    """What becomes of everything that waits for one person on one channel.

    `not_before`: an earlier message is being tried again until then; only an Awas overtakes it.
    """
    held = {one.id for one in waiting if one.hold_ms and (not one.due_at or one.due_at > now)}
    due = {
        one.id: (one.due_at or now + one.hold_ms) if one.id in held else _ready_at(one, heard, now, not_before)
        for one in waiting
    }
    together: tuple[int, ...] = ()
    if any(at <= now for at in due.values()):
        free = (one.id for one in waiting if one.id not in held and (one.level == "awas" or not_before <= now))
        together = tuple(sorted(free)[:MOST_TOGETHER])
    rest = {key: at for key, at in due.items() if key not in frozenset(together)}
    return Plan(together, rest, frozenset(one.id for one in waiting if one.hold_ms and one.id in rest) - held)


def _ready_at(one: Waiting, heard: Heard, now: Instant, not_before: Instant) -> Instant:
    patience = PATIENCE[one.level]
    wanted = one.due_at or now + patience.wait_ms
    last = heard.awas_at if one.level == "awas" else heard.at
    if last is not None:
        wanted = max(wanted, last + patience.window_ms)
    return wanted if one.level == "awas" else max(wanted, not_before)
