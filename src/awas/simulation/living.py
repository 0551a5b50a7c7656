"""Living time: the demo goes on while somebody watches, from wherever its record stands."""

from collections.abc import Iterator

from awas.delivery.worker import Job
from awas.ledger.area import MINUTE, Instant
from awas.simulation.cues import Cue
from awas.simulation.models import Demo
from awas.simulation.playing import Player, played_until
from awas.simulation.services import play_until, player_of, stage_of

PAUSE = 2 * MINUTE
"""A gap longer than this is played as past, each cue at its own instant; within it, cues are simply a little late."""


class Living:
    """Emits what is due. One per process; made anew, it goes on from the record."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self._player: Player | None = None
        self._cues: Iterator[Cue] = iter(())
        self._next: Cue | None = None
        self._reached: Instant = 0

    def tick(self, now: Instant) -> int:
        """Records every cue due up to `now`. Returns how many entries or acts came of it; a refusal is passed over."""
        if self._player is None:
            taken = play_until(self.demo, now)
            self._begin(now)
            return taken
        is_late = now - self._reached > PAUSE
        due = list(self._due(now))
        if not due:
            self._reached = now
            return 0
        # Should the record fail here, the next tick begins anew from what it has.
        player, self._player = self._player, None
        taken = player.past_of_all(due, now) if is_late else player.now(due)
        self._player, self._reached = player, now
        return taken

    def _due(self, now: Instant) -> Iterator[Cue]:
        while self._next is not None and self._next.at <= now:
            yield self._next
            self._next = next(self._cues, None)

    def _begin(self, now: Instant) -> None:
        self._player = player_of(self.demo)
        stage = stage_of(self.demo, self._player.book)
        self._reached = now
        # From the record, not from `now`: what another process played meanwhile isn't played twice.
        played = max(played_until(routine.post.place) for routine in stage.routines)
        self._cues = stage.cues(max(now, played) + 1)
        self._next = next(self._cues, None)


def living_job() -> Job:
    """The worker's job; it does nothing where no demo was seeded."""
    living: list[Living] = []

    def live(now: Instant) -> int:
        if not living:
            demo = Demo.objects.first()
            if demo is None:
                return 0
            living.append(Living(demo))
        return living[0].tick(now)

    return Job("demo", 1_000, live)
