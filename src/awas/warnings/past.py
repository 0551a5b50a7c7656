"""A past that is told at once: facts recorded and judged together, each at its own instant.

For a demo's seeded week and for the replay of an old log. The ordinary way records a batch at one instant and judges
it afterwards; there a deadline that passed within the batch would come too late. Here the record looks as if it had
been kept at the time. One transaction over one log; before its COMMIT nothing of it happened. It must never be used for
what people record now: `recorded_at` would not be the server's own time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from awas.ledger.area import Instant
from awas.ledger.fact import Fact, LedgerHalted, Receipt, Submission
from awas.warnings.seat import Seat
from awas.warnings.services import Bench, Sitting
from awas.warnings.state import Warning


class Past:
    """One stretch of the past of one log."""

    def __init__(self, fact: Fact, seat: Seat) -> None:
        self.fact = fact
        self.seat = seat
        self.head = fact.heads[seat.log]
        self._sitting = Sitting(seat, fact)

    def expect(self, submissions: Sequence[Submission]) -> None:
        """Loads in a few statements what these commands will ask for."""
        self.fact.prefetch(submissions)

    def reach(self, at: Instant) -> None:
        """Lets time pass: every deadline up to `at`, recorded when it came up."""
        seat = self.seat
        if seat.timers.next_at <= at:
            for timer in seat.timers.pop_due(at):
                self._now(timer.due_at)
                watch = seat.watch(timer.watch.place)
                self._sitting.live(watch, seat.engine_at(watch.place).due(watch, timer))
        self._now(at)

    def record(self, submission: Submission) -> Receipt:
        """Records and judges one command as of the instant reached. Raises `Refused`; then nothing changed."""
        first = len(self.fact.appended)
        receipt = self.fact.execute(submission)
        for entry in self.fact.appended[first:]:
            self._sitting.judge(entry)
        return receipt

    def open_at(self, place: str) -> list[Warning]:
        """The warnings of a place that aren't resolved."""
        items = self.fact.items(self._sitting.area)
        found = (items.get("warning", standing.id) for standing in self.seat.watch(place).open.values())
        return [warning for warning in found if warning is not None]

    def _now(self, at: Instant) -> None:
        """Time never runs backwards in a log."""
        self.fact.now = self._sitting.now = max(at, self.head.last_recorded_at)


@contextmanager
def past_of(bench: Bench, log: str) -> Iterator[Past]:
    """A stretch of the past, committed on leaving; nothing is kept on an exception. Raises `LedgerHalted`.

    Nobody is told of what came up in it: what stands at its end is on the screens.
    """
    with bench.sitting(log) as (fact, seat):
        if fact.heads[log].halted_why:
            raise LedgerHalted(fact.heads[log].halted_why)
        past = Past(fact, seat)
        yield past
        seat.position = past.head.frontier.size
