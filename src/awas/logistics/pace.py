"""The rate of a stage beside its deadline. Pure."""

from typing import NamedTuple

from awas.ledger.area import DAY, Instant


class Pace(NamedTuple):
    """A rate carried forward: units left, units a day since the work began, and when it would be done at that rate.

    `wanted` is the rate that would still meet `due_at`, 0 once that has passed; `days_late` counts whole days past it.
    """

    left: int
    per_day: int
    wanted: int
    ready_at: Instant
    due_at: Instant

    @property
    def late(self) -> bool:
        """Whether it would not be done in time."""
        return self.left > 0 and self.ready_at > self.due_at

    @property
    def days_late(self) -> int:
        """Whole days by which it would be late."""
        return max(self.ready_at - self.due_at, 0) // DAY if self.left else 0


def pace(done: int, left: int, worked: int, now: Instant, due_at: Instant) -> Pace | None:
    """The pace of work of which `done` units took `worked` milliseconds; None where no rate can be told yet."""
    if done <= 0 or worked <= 0 or not due_at:
        return None
    left = max(left, 0)
    remaining = due_at - now
    return Pace(
        left=left,
        per_day=done * DAY // worked,
        wanted=-(-left * DAY // remaining) if remaining > 0 else 0,
        ready_at=now + left * worked // done,
        due_at=due_at,
    )
