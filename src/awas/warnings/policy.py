"""How a warning climbs when nobody answers: which tier hears it after how long, and how often it is said again.

A policy belongs to a level, may be moved by an office within bounds, and is kept with a warning as it stood when that
began. No law fixes these minutes: they are an office's standing order. Pure.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

Tier = Literal["site", "district", "province", "nation"]
"""Who hears: the watch of the site, then the supervisors above it."""

TIERS: tuple[Tier, ...] = get_args(Tier)
LONGEST_WAIT = 24 * 60
"""Minutes until the last tier at most: a warning that waits a day for the next one is a letter."""

SHORTEST_REPEAT = 5
MOST_REPEATS = 24


class Rung(Struct, frozen=True, kw_only=True):
    """A tier, and the minutes without an answer after which it hears."""

    tier: Tier
    after: int = 0


class Policy(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The ladder of a level, lowest rung first. Unanswered, all who heard hear again every `repeat_after` minutes, but
    no more than `repeat_most` times."""

    rungs: tuple[Rung, ...]
    repeat_after: int = 0
    repeat_most: int = 0


def _ladder(*waits: int) -> tuple[Rung, ...]:
    return tuple(Rung(tier=tier, after=wait) for tier, wait in zip(TIERS, waits, strict=False))


DEFAULTS: Mapping[str, Policy] = {
    "waspada": Policy(rungs=_ladder(0, 60), repeat_after=120, repeat_most=2),
    "siaga": Policy(rungs=_ladder(0, 0, 30, 120), repeat_after=30, repeat_most=4),
    "awas": Policy(rungs=_ladder(0, 0, 5, 15), repeat_after=10, repeat_most=12),
}
"""By level. Uncertain: an office sets its own."""


def faults(policy: Policy) -> list[str]:
    """What is wrong with a policy, as codes; none for a sound one."""
    found = []
    tiers = [rung.tier for rung in policy.rungs]
    waits = [rung.after for rung in policy.rungs]
    if not tiers or waits[0] != 0:
        found.append("nobody_at_once")
    if tiers != [tier for tier in TIERS if tier in tiers]:
        found.append("tiers_out_of_order")
    if waits != sorted(waits) or any(wait < 0 or wait > LONGEST_WAIT for wait in waits):
        found.append("waits_out_of_order")
    if policy.repeat_most and not SHORTEST_REPEAT <= policy.repeat_after <= LONGEST_WAIT:
        found.append("repeat_out_of_bounds")
    if not 0 <= policy.repeat_most <= MOST_REPEATS:
        found.append("repeats_out_of_bounds")
    return found


def at_once(policy: Policy) -> int:
    """The last rung that hears a warning as soon as it fires."""
    return max(number for number, rung in enumerate(policy.rungs) if rung.after == 0)


def heard_by(policy: Policy, rung: int) -> tuple[Tier, ...]:
    """The tiers up to a rung."""
    return tuple(one.tier for one in policy.rungs[: rung + 1])
