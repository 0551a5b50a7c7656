"""Offices' own rules as folded state: the texts in force at a place, and what is known of each rule. Pure."""

from typing import Any

import msgspec
from msgspec import Struct

from awas.ledger.area import Instant, Items, Stamp
from awas.ledger.naming import log_of
from awas.warnings import events as happened


class OwnText(Struct, frozen=True, kw_only=True):
    """A rule that an office wrote, as it is in force."""

    rule: str
    text: str
    version: int = 1


class OwnRule(Struct, frozen=True, kw_only=True):
    """What is known of an office's rule at one place: its latest text, since when, by whom, and whether it is in force.

    The fields are the columns of its table. `id` is place and rule, with a slash between.
    """

    id: str
    log: str
    place: str
    rule: str
    version: int
    text: str
    in_force: bool
    set_at: Instant
    set_by: str
    stopped_at: Instant | None = None
    stopped_by: str = ""


def own_after(before: tuple[OwnText, ...], event: Any) -> tuple[OwnText, ...]:
    """The own rules in force at a place after one of them was set or stopped."""
    others = tuple(one for one in before if one.rule != event.rule)
    if isinstance(event, happened.OwnRuleStopped):
        return others
    return (*others, OwnText(rule=event.rule, text=event.text, version=event.version))


def own_id(place: str, rule: str) -> str:
    """The key of an office's rule at a place."""
    return f"{place}/{rule}"


def fold_own(items: Items, stamp: Stamp, event: happened.OwnRuleSet | happened.OwnRuleStopped) -> None:
    """What is known of the rule after the event."""
    key = own_id(stamp.place, event.rule)
    if isinstance(event, happened.OwnRuleSet):
        items.put(
            "own_rule",
            key,
            OwnRule(
                id=key,
                log=log_of(stamp.place),
                place=stamp.place,
                rule=event.rule,
                version=event.version,
                text=event.text,
                in_force=True,
                set_at=stamp.recorded_at,
                set_by=stamp.actor,
            ),
        )
    elif (known := items.get("own_rule", key)) is not None:
        stopped = {"in_force": False, "stopped_at": stamp.recorded_at, "stopped_by": stamp.actor}
        items.put("own_rule", key, msgspec.structs.replace(known, **stopped))
