"""The one clock. Every other module takes `now` as an argument.

Instants are integers: milliseconds since 1970-01-01T00:00:00Z. They order, subtract and serialise without a time
zone to lose, fit a canonical-JSON integer, and cost nothing in a fold. Pages turn them into WIB/WITA/WIT.
"""

import time


def now() -> int:
    """The wall clock in milliseconds since the Unix epoch."""
    return time.time_ns() // 1_000_000  # the composition root owns the clock
