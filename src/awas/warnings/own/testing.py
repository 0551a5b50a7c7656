"""Conditions and keys of an own rule as closures over an event's own fields. Pure."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from awas.ledger.area import Stamp
from awas.ledger.message import moment
from awas.warnings.hours import between, minute_of_day
from awas.warnings.own.vocabulary import Field
from awas.warnings.own.written import NO_KEY, Condition, Conditions, Hours

Holds = Callable[[Stamp, Any], bool]
KeyOf = Callable[[Any], str]

LONGEST_KEY = 64
NOTHING = (None, "", ())


def holds_of(conditions: Conditions, fields: Mapping[str, Field]) -> Holds | None:
    """Whether all of some conditions hold of an entry; None when there are none."""
    tests = tuple(_hours(one) if isinstance(one, Hours) else _test(one, fields[one.field]) for one in conditions)
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]

    def holds(stamp: Stamp, event: Any) -> bool:
        return all(test(stamp, event) for test in tests)

    return holds


def _hours(hours: Hours) -> Holds:
    start, end = hours.start, hours.end
    return lambda stamp, event: between(minute_of_day(stamp.place, moment(stamp)), start, end)


def _test(condition: Condition, field: Field) -> Holds:
    get = attrgetter(condition.field)
    first, several = condition.values[0], frozenset(condition.values)
    match condition.test:
        case "is":
            return lambda stamp, event: bool(get(event) == first)
        case "is_not":
            return lambda stamp, event: bool(get(event) != first)
        case "in":
            return lambda stamp, event: get(event) in several
        case "over":
            return lambda stamp, event: (value := get(event)) is not None and value > first
        case "under":
            return lambda stamp, event: (value := get(event)) is not None and value < first
    nothing = (*NOTHING, 0) if field.holds == "instant" else NOTHING
    return lambda stamp, event: (get(event) in nothing) is first


def key_of(fields: Sequence[str]) -> KeyOf:
    """What tells the warnings of a rule apart: the values of its fields; "" where one of them isn't known."""
    if not fields:
        return lambda event: NO_KEY
    if len(fields) == 1:
        get = attrgetter(fields[0])
        return lambda event: _said(get(event))
    get_all = attrgetter(*fields)

    def key(event: Any) -> str:
        values = [_said(value) for value in get_all(event)]
        if not all(values):
            return ""
        joined = "|".join(values)
        return joined if len(joined) <= LONGEST_KEY else hashlib.sha256(joined.encode()).hexdigest()[:32]

    return key


def _said(value: Any) -> str:
    if type(value) is str:
        return value if len(value) <= LONGEST_KEY else hashlib.sha256(value.encode()).hexdigest()[:32]
    return "" if value is None else str(value)
