"""What a column of a sheet is: its headings, what it holds, the codes it takes. See `layout` for the sheets."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

from msgspec import Struct

from awas.logistics import words
from awas.ui.asks import Words
from awas.warehouse.words import ESCORTS, ITEMS
from awas.warnings.rule import Words as Both

Kind = Literal[
    "receive", "sort", "fold", "pack", "set_aside", "destroy_damaged", "destroy_surplus", "contract", "count", "labels",
    "transfer-offer", "transfer-accept",
]  # fmt: skip

Holds = Literal[
    "count",  # a whole number of single units
    "text",
    "code",  # one of `codes`
    "thing",  # a kind of ballot or another item
    "ballot",
    "dapil",
    "kecamatan",
    "village",
    "station",
    "label",  # of a box or package
    "short",  # a short name, such as a table's
    "numbers",  # several seal numbers, separated by spaces or commas
    "date",
    "deadline",  # a date that may lie ahead
    "yes_no",
    "place",  # where a transfer goes
    "transfer",
    "shown",  # written for people, never read
]


class Column(Struct, frozen=True, kw_only=True):
    """One column. `asked`: what stands there makes a row filled in; prefilled columns alone leave it empty.

    `per` multiplies it: one column for each kind of ballot, criterion of damage or thing in a kit. `empty` says what an
    empty cell means, where that isn't plain.
    """

    name: str
    id: str
    en: str
    holds: Holds
    required: bool = False
    asked: bool = True
    codes: Callable[[], Mapping[str, Both]] | None = None
    per: Literal["", "ballot", "criterion", "equipment"] = ""
    most: int = 0
    empty: Both | None = None
    example: str | int = ""
    width: int = 16

    @property
    def heading(self) -> Both:
        """What stands above it."""
        return Both(self.id, self.en)


class Sheet(Struct, frozen=True, kw_only=True):
    """One kind of sheet. `adds_up`: the same thing said again with other figures would count twice."""

    kind: Kind
    title: Both
    columns: tuple[Column, ...]
    notes: tuple[Both, ...] = ()
    adds_up: bool = False


@cache
def in_both(name: str) -> Mapping[str, Both]:
    table: Words = {"ESCORTS": ESCORTS, "ITEMS": ITEMS}.get(name) or getattr(words, name)
    return {code: words.bilingual(text.__str__) for code, text in table.items()}


def codes_of(name: str) -> Callable[[], Mapping[str, Both]]:
    """The codes of a table of `awas.logistics.words` with their words in both languages, looked up when asked for."""
    return lambda: in_both(name)
