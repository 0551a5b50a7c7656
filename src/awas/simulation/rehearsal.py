"""A record in memory: cues played through the ordinary `decide` and `fold`, and judged, without a database.

What tests, scorecards and forecasts use. It must stay equal to the FACT in what it does with a command. Pure.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from awas.ledger.area import Area, Elsewhere, ItemsInMemory, Stamp
from awas.roster.commands import OfferHandover
from awas.roster.events import HandoverSummary
from awas.simulation.cues import Cue, SeeTo
from awas.simulation.office import answers
from awas.warnings.judge import Judge, Step
from awas.warnings.state import RESOLVED

Summarise = Callable[[Any], HandoverSummary]


class Entry(Struct, frozen=True, kw_only=True):
    """One entry as it would stand in the log."""

    index: int
    stamp: Stamp
    event: Any


class Rehearsal:
    """Areas, their states and items, and a judge, at any number of places of any districts."""

    def __init__(self, areas: Iterable[Area], judge: Judge | None = None) -> None:
        self.judge = judge
        self.entries: list[Entry] = []
        self.steps: list[Step] = []
        self.states: dict[tuple[str, str], Any] = {}
        self.items: dict[str, ItemsInMemory] = {}
        self._area_of_command: dict[type, Area] = {}
        self._areas = tuple(areas)
        for area in self._areas:
            self.items[area.name] = ItemsInMemory()
            self._area_of_command |= dict.fromkeys(area.commands, area)

    def state(self, area: Area, place: str) -> Any:
        return self.states.get((place, area.name)) or area.state()

    def play(self, cue: Cue) -> Sequence[Any]:
        """Records one cue and judges what it left. Raises `Refused`; then nothing changed but deadlines."""
        stamp = Stamp(
            place=cue.place,
            actor=cue.actor,
            device=cue.device,
            occurred_at=cue.at + cue.ahead_ms,
            recorded_at=cue.at,
        )
        if self.judge is not None:
            self.steps += self.judge.advance(cue.at)
        if isinstance(cue.command, SeeTo):
            return self._seen_to(cue.command, stamp)
        area, command = self._area_of_command[type(cue.command)], cue.command
        if isinstance(command, OfferHandover):
            command = self._with_summary(command, cue.place)
        events = area.decide(self.state(area, cue.place), self.items[area.name], stamp, command)
        for event in events:
            self._append(area, stamp, event)
        return events

    def _seen_to(self, step: SeeTo, stamp: Stamp) -> Sequence[Any]:
        if self.judge is None:
            return ()
        found = [
            warning
            for warning in self.judge.warnings.values()
            if warning.place == stamp.place and warning.state != RESOLVED
        ]
        steps = [
            one for _, command in answers(step, stamp.recorded_at, found) for one in self.judge.command(stamp, command)
        ]
        self.steps += steps
        return [one.event for one in steps]

    def _append(self, area: Area, stamp: Stamp, event: Any) -> None:
        if isinstance(event, Elsewhere):
            stamp, event = msgspec.structs.replace(stamp, place=event.place), event.event
        self.states[stamp.place, area.name] = area.fold(self.state(area, stamp.place), stamp, event)
        area.fold_items(self.items[area.name], stamp, event)
        for other in self._areas:
            if (follow := other.follows.get(type(event))) is not None:
                self.states[stamp.place, other.name] = follow.fold(self.state(other, stamp.place), stamp, event)
                follow.fold_items(self.items[other.name], stamp, event)
        index = len(self.entries)
        self.entries.append(Entry(index=index, stamp=stamp, event=event))
        if self.judge is not None:
            self.steps += self.judge.observe(stamp, event, index)

    def _with_summary(self, command: OfferHandover, place: str) -> OfferHandover:
        site = self.states.get((place, "warehouse"))
        if site is None:
            return command
        return msgspec.structs.replace(command, summary=summary_of(site))


def summary_of(site: Any) -> HandoverSummary:
    """What a hand-over says, read from the warehouse's snapshot."""
    return HandoverSummary(
        people_inside=site.inside_count,
        vehicles_inside=max(site.vehicles_inside, 0),
        vehicles_unattended=max(site.vehicles_unattended, 0),
        open_consignments=max(site.open_consignments, 0),
        seals_on=max(site.seals_on, 0),
        seals_bad=max(site.seals_bad, 0),
        cctv_total=site.cctv_total or 0,
        cctv_working=site.cctv_working or 0,
        cctv_recording=site.cctv_recording,
        keys_out=max(site.keys_out, 0),
        open_incidents=max(site.open_incidents, 0),
        open_conditions=sum(site.open_conditions.values()) + site.open_uses,
        ballots_inside=site.ballots_inside,
        stock_units=site.stock_units,
        last_round_at=site.last_round_at,
    )
