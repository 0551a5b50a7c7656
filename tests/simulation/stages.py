"""Posts, routines and a rehearsed record for the tests of this room."""

from awas.ledger.area import DAY, HOUR, Instant, Refused, Sealed
from awas.logistics.area import AREA as LOGISTICS
from awas.logistics.rules import RULES as LOGISTICS_RULES
from awas.roster.area import AREA as ROSTER
from awas.roster.rules import RULES as ROSTER_RULES
from awas.simulation.chances import drawing
from awas.simulation.cues import Cue, DemoStation, Post, at_clock
from awas.simulation.rehearsal import Rehearsal
from awas.simulation.routine import Routine
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warehouse.rules import RULES as WAREHOUSE_RULES
from awas.warnings.judge import Judge

AREAS = (WAREHOUSE, ROSTER, LOGISTICS)
RULES = (*WAREHOUSE_RULES, *ROSTER_RULES, *LOGISTICS_RULES)
FIRST_DAY = 19_750
"""28 January 2024."""

SORTING = 4
"""The turn of a post that sorts for ten days from `FIRST_DAY` on; at turn 0 it packs for four."""


class Names:
    """Seals nothing, remembers everything."""

    def __init__(self) -> None:
        self.values: dict[str, tuple[str, str]] = {}

    def seal(self, reference: str, purpose: str, value: str, identity: tuple[str, ...]) -> Sealed:
        self.values[reference] = purpose, value
        return Sealed(ref=reference, digest="0" * 64)


def post(number: int = 2, turn: int = SORTING, sorters: int = 12) -> Post:
    return Post(
        place=f"36.{number:02}-G1",
        watchers=(f"p{number}1", f"p{number}2", f"p{number}3"),
        officer=f"p{number}9",
        stations=1400,
        kecamatan=14,
        sorters=sorters,
        turn=turn,
        election="pemilu-2024",
        needs=(("ppwp", 400_000), ("dpd", 400_000)),
        shown=tuple(
            DemoStation(
                code=f"36.{number:02}.90.2001-00{one}",
                kecamatan=f"36.{number:02}.90",
                village=f"36.{number:02}.90.2001",
                number=one,
                voters=300,
                needs=(("ppwp", 306), ("dpd", 306)),
            )
            for one in range(1, 7)
        ),
    )


def routine(seed: int = 1, names: Names | None = None, **of_post: int) -> Routine:
    return Routine(post(**of_post), FIRST_DAY, drawing(seed), (names or Names()).seal)


def at(day: int, hour: int, minute: int = 0) -> Instant:
    """The local clock on the n-th day of the routine."""
    return at_clock(post(), FIRST_DAY + day, hour * 60 + minute)


def rehearsed(cues: list[Cue], until_at: Instant = 0) -> tuple[Rehearsal, list[tuple[Cue, Refused]]]:
    """The record that the cues leave, judged up to `until_at`, and what was refused."""
    record, refused = Rehearsal(AREAS, Judge(RULES, AREAS)), []
    for cue in cues:
        try:
            record.play(cue)
        except Refused as refusal:
            refused.append((cue, refusal))
    if until_at and record.judge:
        record.steps += record.judge.advance(until_at)
    return record, refused


__all__ = ["DAY", "HOUR", "Names", "at", "post", "rehearsed", "routine"]
