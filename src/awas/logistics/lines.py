"""Lines of goods as commands and events carry them. Pure."""

from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from awas.ledger.message import Code, Count
from awas.logistics.codes import DamageCriterion
from awas.warehouse.codes import ItemKind

StationCode = Annotated[str, Meta(max_length=20, pattern=r"\A(?:[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}-[0-9]{3})?\Z")]
"""A polling station; empty for none."""
Dapil = Annotated[str, Meta(max_length=16, pattern=r"\A[A-Za-z0-9.\-]*\Z")]
"""An electoral district's code; empty where the thing is the same for all."""
Ballot = Annotated[str, Meta(max_length=16, pattern=r"\A[a-z0-9_]*\Z")]
"""The election's code of a ballot kind; empty for other things."""


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """So many units of one thing: sheets, boxes, bottles."""

    item: ItemKind
    units: Count
    ballot: Ballot = ""
    dapil: Dapil = ""


class Damage(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How many of the damaged by one criterion. A sheet with two faults stands under the first."""

    criterion: DamageCriterion
    units: Count


class TallyLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line of a step as counted: `taken` in hand, `passed` on, `damaged` by criteria.

    `usable` are among the passed: imperfect, and still good. `need` is what the station's voter list asks for, -1 where
    it isn't known; `expected_dapil` the one the station lies in. `checked` units of equipment were seen in a station's
    kit without being taken from a stock: of forms nobody keeps one, and not every warehouse has its booths on record.
    """

    item: ItemKind
    taken: Count
    passed: Count
    ballot: Ballot = ""
    dapil: Dapil = ""
    station: StationCode = ""
    damaged: Count = 0
    damage: tuple[Damage, ...] = ()
    usable: Count = 0
    need: Annotated[int, Meta(ge=-1, le=100_000_000)] = -1
    expected_dapil: Dapil = ""
    checked: Count = 0

    @property
    def moves(self) -> bool:
        """Whether anything went from one shelf to another; else it was only looked at."""
        return bool(self.taken or self.passed or self.damaged)

    @property
    def short(self) -> int:
        """Units in hand that were neither passed on nor damaged: missing."""
        return max(self.taken - self.passed - self.damaged, 0)

    @property
    def over(self) -> int:
        """Units found beyond what was taken in hand."""
        return max(self.passed + self.damaged - self.taken, 0)


class StationNeed(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a station needs of the kinds of ballots of which a count has no line: without them its kit isn't complete.

    Two lists in the same order are short enough for an entry that names hundreds of stations.
    """

    station: StationCode
    ballots: Annotated[tuple[Ballot, ...], Meta(max_length=20)]
    units: Annotated[tuple[Count, ...], Meta(max_length=20)]


class VotedIn(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The electoral districts in which a district's voters get their ballots of one kind."""

    ballot: Ballot
    dapils: Annotated[tuple[Dapil, ...], Meta(min_length=1, max_length=60)]


def as_put_in(line: TallyLine, *, takes_back: bool) -> TallyLine:
    """A line as its stage's balance and kit count it: what is taken out again left the kit and went back to stock."""
    if not takes_back:
        return line
    return replace(line, taken=-line.passed, passed=-line.taken, checked=-line.checked)


class Beyond(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """More was taken than the record says was there. `stock` is what it said before."""

    item: str
    taken: int
    stock: int
    ballot: str = ""
    dapil: str = ""


class SealSeen(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A seal as found at a check: its number, and whether it is the one that was put on."""

    number: Code
    result: Code = "intact"


def line_key(item: str, ballot: str, dapil: str) -> str:
    """What makes two lines the same thing, as a part of a key: `ballot.dprd_kab.36.03-4`."""
    return f"{item}.{ballot}.{dapil}"
