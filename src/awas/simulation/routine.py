"""Ordinary life of one warehouse as an endless stream of cues in order of time, the same for the same chance.

Pure: chance and sealing are handed in. A day is written alone, from generators named after it, so that a demo which
was stopped goes on from any instant without playing what was before.
"""

import heapq
from collections.abc import Iterator

from awas.ledger.area import Instant
from awas.simulation.cast import Company, company_of
from awas.simulation.cues import Cue, Draw, Post, Scene, Seal, day_of
from awas.simulation.life.goods import goods_of
from awas.simulation.life.house import house_of, opening
from awas.simulation.life.people import people_of
from awas.simulation.life.stages import stages_of
from awas.simulation.life.watch import watch_of

PARTS = (watch_of, people_of, goods_of, house_of)

DAY_BEGINS = 6
"""Local hour before which nothing of a day happens: the hand-over at seven is the first."""


class Routine:
    """One post's ordinary life, from the morning of its first local day on."""

    def __init__(self, post: Post, first_day: int, draw: Draw, seal: Seal) -> None:
        self.scene = Scene(post, draw, seal)
        self.company: Company = company_of(self.scene)
        self.post = post
        self.first_day = first_day

    @property
    def begins_at(self) -> Instant:
        """Nothing happens before."""
        return self.scene.at(self.first_day, DAY_BEGINS * 60)

    def day(self, day: int) -> list[Cue]:
        """Everything of one local day in order of time, from its morning's hand-over into the next morning."""
        is_first = day == self.first_day
        cues = [cue for part in PARTS for cue in part(self.scene, self.company, day, is_first)]
        cues += stages_of(self.scene, day, self.first_day)
        if is_first:
            cues += opening(self.scene, self.company, day)
        cues.sort(key=_order)
        return cues

    def cues(self, from_at: Instant = 0) -> Iterator[Cue]:
        """Cues from an instant on, without end. Days overlap at their seams, so two are merged."""
        day = max(self.first_day, day_of(self.post, from_at) - 1)
        waiting: list[tuple[Instant, str, Cue]] = []
        while True:
            for cue in self.day(day):
                if cue.at >= from_at:
                    heapq.heappush(waiting, (cue.at, cue.name, cue))
            day += 1
            seam = self.scene.at(day, DAY_BEGINS * 60)
            while waiting and waiting[0][0] < seam:
                yield heapq.heappop(waiting)[2]

    def between(self, from_at: Instant, until_at: Instant) -> Iterator[Cue]:
        """Cues in [from_at, until_at)."""
        for cue in self.cues(from_at):
            if cue.at >= until_at:
                return
            yield cue


def _order(cue: Cue) -> tuple[Instant, str]:
    return cue.at, cue.name
