"""An own rule as it was written, understood but not compiled: plain values, each in its one meaning. Pure."""

from typing import Literal

from msgspec import Struct

from awas.ledger.area import Instant
from awas.warnings.rule import Level, Words

Test = Literal["is", "is_not", "in", "over", "under", "missing"]
Value = str | int | bool
TESTS: tuple[Test, ...] = ("is", "is_not", "in", "over", "under", "missing")

NO_KEY = "here"
"""The key of a rule without `group_by`: one warning for the whole place."""


class Condition(Struct, frozen=True, kw_only=True):
    """One comparison of a field; `values` holds one value, or for `in` several."""

    field: str
    test: Test
    values: tuple[Value, ...]


class Hours(Struct, frozen=True, kw_only=True):
    """It happened between two local hours, as minutes of the day; the end isn't included and may lie after midnight."""

    start: int
    end: int


Conditions = tuple[Condition | Hours, ...]


class Met(Struct, frozen=True, kw_only=True):
    """Entries that end what a rule found, or that it waits for: their kinds, the fields that hold the key, and why."""

    kinds: tuple[str, ...]
    key: tuple[str, ...]
    conditions: Conditions
    why: str


class Absent(Struct, frozen=True, kw_only=True):
    """The rule finds something when `expect` doesn't come within `within` ms of the entry, or of its field `after`."""

    expect: Met
    within: Instant
    after: str = ""


class Counted(Struct, frozen=True, kw_only=True):
    """The rule finds something at the n-th entry within some ms."""

    at_least: int
    within: Instant


class Written(Struct, frozen=True, kw_only=True):
    """One own rule. `says` are the names that its message mentions; times are in minutes."""

    id: str
    title: Words
    question: Words
    basis: Words
    message: Words
    level: Level
    runbook: tuple[Words, ...]
    when: tuple[str, ...]
    conditions: Conditions
    group_by: tuple[str, ...]
    says: tuple[str, ...]
    absent: Absent | None
    count: Counted | None
    holds: int
    keeps: int
    ends: tuple[Met, ...]
