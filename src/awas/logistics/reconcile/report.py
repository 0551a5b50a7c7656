"""What a reconciliation found, as plain structs, and the few sums over them. Pure.

Units are single things (sheets, boxes). A difference's `units` are negative where something is missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, Literal

import msgspec
from msgspec import Struct

from awas.logistics.stages import ORDER, STAGES

STATION_STAGES: tuple[str, ...] = tuple(row.id for row in STAGES if row.per_station)
"""Stages whose rows are a station's; the SQL spells them out."""
NEED_STAGES = ("packing", "to_station")
"""Stages at which what is there is held against the station's need."""
STOCK_STAGES: tuple[str, ...] = tuple(row.id for row in STAGES if ORDER[row.id] <= ORDER["packing"])
"""Stages that a district's goods pass before they are a station's."""

Reason = Literal[
    "unbalanced",  # taken + over is not passed + held + damaged + short
    "gap_less",  # took less than the stage before passed on
    "gap_more",  # took more than the stage before passed on
    "need_short",  # less than the voter list asks for
    "need_over",  # more than the voter list asks for
    "missing",  # recorded as not found after looking
    "found_over",  # recorded as found beyond what was said
    "absent",  # nothing recorded for a station while its district has begun
    "stock_more",  # a district's stage took more than all before it passed on
]


class Totals(Struct, frozen=True, kw_only=True):
    """One district, thing and stage: sums of units, and how many stations have what their voter list asks for.

    `station_count` counts rows of stations, `listed_count` those of ballots whose station is in the register, and
    `known_count` those of them whose voters are known: the others are neither complete nor short nor over. Gaps are
    against the stage before, station by station.
    """

    district: str
    item: str
    ballot: str
    dapil: str
    stage: str
    row_count: int
    taken: int
    passed: int
    held: int
    damaged: int
    short: int
    over_units: int
    unbalanced_rows: int = 0
    unbalanced_units: int = 0
    station_count: int = 0
    listed_count: int = 0
    known_count: int = 0
    need: int = 0
    short_count: int = 0
    need_short: int = 0
    over_count: int = 0
    need_over: int = 0
    gap_less_count: int = 0
    gap_less_units: int = 0
    gap_more_count: int = 0
    gap_more_units: int = 0

    @property
    def damaged_per_mille(self) -> int | None:
        """Damaged of what was looked at, in whole per mille, rounded down; None where nothing was."""
        looked_at = self.taken + self.over_units
        return self.damaged * 1000 // looked_at if looked_at > 0 else None

    @property
    def complete_count(self) -> int:
        """Stations that have exactly what their voter list asks for."""
        return self.known_count - self.short_count - self.over_count

    @property
    def unknown_count(self) -> int:
        """Stations with ballots whose voters nobody knows: unknown is not zero."""
        return self.station_count - self.known_count if self.item == "ballot" else 0

    @property
    def thing(self) -> tuple[str, str, str, str]:
        """District and what it is about: the rows of one thing differ in stage alone."""
        return self.district, self.item, self.ballot, self.dapil

    @property
    def differs(self) -> bool:
        """Whether anything in this row needs an explanation."""
        needed = self.stage in NEED_STAGES and (self.short_count or self.over_count)
        gaps = self.gap_less_count or self.gap_more_count
        return bool(self.unbalanced_rows or self.short or self.over_units or gaps or needed)


class Absent(Struct, frozen=True, kw_only=True):
    """Stations of a district without a ballot of a kind at a stage that has begun, and their need as far as known."""

    district: str
    ballot: str
    stage: str
    absent_count: int
    absent_need: int


class Difference(Struct, frozen=True, kw_only=True):
    """One difference with its place and stage. `place` is the station's code where it is a station's."""

    district: str
    place: str
    station: str
    stage: str
    item: str
    ballot: str
    dapil: str
    reason: Reason
    units: int


class Pair(Struct, frozen=True, kw_only=True):
    """Two counts of the same thing. None: that one has not counted, which is no agreement."""

    district: str
    place: str
    station: str
    stage: str
    item: str
    ballot: str
    dapil: str
    first_units: int | None
    second_units: int | None
    difference: int | None


class Flow(Struct, frozen=True, kw_only=True):
    """A district's stock between two stages: what waits there, or (negative) what came from nowhere."""

    district: str
    item: str
    ballot: str
    dapil: str
    before: str
    stage: str
    waiting: int


class Mixed(Struct, frozen=True, kw_only=True):
    """A village whose stations have ballots of more than one constituency: it lies in one."""

    district: str
    village: str
    item: str
    ballot: str
    first_dapil: str
    last_dapil: str
    dapil_count: int


class Reconciliation(Struct, frozen=True, kw_only=True):
    """A whole reconciliation. `differences` are the worst ones, up to the limit asked for."""

    region: str
    totals: tuple[Totals, ...]
    absent: tuple[Absent, ...]
    flows: tuple[Flow, ...]
    differences: tuple[Difference, ...]
    mixed: tuple[Mixed, ...]
    counted_by: tuple[str, str]
    pairs: tuple[Pair, ...]

    @property
    def balanced(self) -> bool:
        """Whether nothing needs an explanation. Unknown voters and one-sided counts are no difference."""
        return not (
            self.differences
            or self.mixed
            or any(row.differs for row in self.totals)
            or self.absent
            or any(row.waiting < 0 for row in self.flows)
            or any(row.difference for row in self.pairs)
        )


def with_gaps(rows: Iterable[Mapping[str, Any]], sums: Iterable[Mapping[str, Any]]) -> list[Totals]:
    """Totals of `balance.sql` with the gaps that `gap_sums.sql` found, in the stages' order."""
    found = {(row["district"], row["item"], row["ballot"], row["dapil"]): row for row in sums}
    totals = []
    for row in rows:
        gaps = found.get((row["district"], row["item"], row["ballot"], row["dapil"]), {})
        stage = row["stage"]
        more = {
            f"gap_{side}_{what}": gaps.get(f"{side}_{what}_{stage}") or 0
            for side in ("less", "more")
            for what in ("count", "units")
        }
        totals.append(msgspec.convert({**row, **more}, Totals))
    return sorted(totals, key=lambda one: (*one.thing, ORDER.get(one.stage, len(ORDER))))


def asked(
    totals: Iterable[Totals],
    stage: str,
    entitlements: Iterable[tuple[str, str]],
    registered: Mapping[str, int],
    mixed: Iterable[Mixed],
) -> list[tuple[str, str]]:
    """(district, ballot) of which stations may be absent at a stage: what has begun there and isn't surely complete.

    As many rows as stations in the register can only be one of each, where no station has two constituencies' rows: a
    search is spared.
    """
    begun: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in totals:
        if row.stage == stage and row.item == "ballot" and row.station_count:
            begun[row.district, row.ballot][row.dapil] = row.listed_count
    doubtful = {(one.district, one.ballot) for one in mixed}
    doubtful |= {pair for pair, rows in begun.items() if "" in rows and len(rows) > 1}
    return [
        pair
        for pair in entitlements
        if pair in begun and (pair in doubtful or sum(begun[pair].values()) != registered.get(pair[0], 0))
    ]


def flows(totals: Iterable[Totals]) -> list[Flow]:
    """What a district's stages before the stations passed on and the next of them with a record has not taken.

    A rest waits for work and is no fault; a stage that took more than all before it passed on is one.
    """
    things: dict[tuple[str, str, str, str], dict[str, Totals]] = defaultdict(dict)
    for row in totals:
        if row.stage in STOCK_STAGES:
            things[row.thing][row.stage] = row
    found = []
    for (district, item, ballot, dapil), stages in things.items():
        known = [stages[stage] for stage in STOCK_STAGES if stage in stages]
        for before, after in pairwise(known):
            if waiting := before.passed - after.taken:
                found.append(
                    Flow(
                        district=district,
                        item=item,
                        ballot=ballot,
                        dapil=dapil,
                        before=before.stage,
                        stage=after.stage,
                        waiting=waiting,
                    )
                )
    return found


def stock_differences(found: Iterable[Flow]) -> list[Difference]:
    """The flows in which more was taken than had been passed on."""
    return [
        Difference(
            district=flow.district,
            place=flow.district,
            station="",
            stage=flow.stage,
            item=flow.item,
            ballot=flow.ballot,
            dapil=flow.dapil,
            reason="stock_more",
            units=-flow.waiting,
        )
        for flow in found
        if flow.waiting < 0
    ]


def worst_first(differences: Iterable[Difference], limit: int) -> tuple[Difference, ...]:
    """The largest differences; equal ones in the order of their places."""
    ranked = sorted(differences, key=lambda one: (-abs(one.units), one.place, one.stage, one.item, one.ballot))
    return tuple(ranked[:limit])
