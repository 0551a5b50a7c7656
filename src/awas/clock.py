"""The one clock. Every other module takes `now` as an argument.

Instants are integers: milliseconds since 1970-01-01T00:00:00Z. They order, subtract and serialise without a time
zone to lose, fit a canonical-JSON integer, and cost nothing in a fold. Pages turn them into WIB/WITA/WIT.

A demo or a drill runs in its own time: AWAS_CLOCK="REAL:SHOWN:SPEED" (milliseconds, milliseconds, whole number) maps
the real instant REAL to the instant SHOWN and lets time pass SPEED times as fast from there.
"""

import os
import time
from collections.abc import Callable


def _real() -> int:
    return time.time_ns() // 1_000_000


def mapped(real: int, shown: int, speed: int, clock: Callable[[], int] = _real) -> Callable[[], int]:
    """A clock that showed `shown` when the real one showed `real` and runs `speed` times as fast."""
    return lambda: shown + (clock() - real) * speed


def _chosen(clock: Callable[[], int] = _real) -> Callable[[], int]:
    mapping = os.environ.get("AWAS_CLOCK")
    if not mapping:
        return clock
    real, shown, speed = (int(part) for part in mapping.split(":"))
    return mapped(real, shown, speed, clock)


_clock = _chosen()


def now() -> int:
    """The current instant of this installation in milliseconds since the Unix epoch."""
    return _clock()


def shown_at(real: int) -> int:
    """What this installation's clock shows when the wall clock shows `real`: for people who look at what left."""
    return _chosen(lambda: real)()


def real_now() -> int:
    """The wall clock, also in a demo: for what leaves the program (tokens, retries, certificates)."""
    return _real()
