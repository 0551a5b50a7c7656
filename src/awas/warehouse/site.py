"""The snapshot of one warehouse: what a screen asks first and what decisions need, bounded and small. Pure.

Whatever can be many is an item. Every count here is that of items in a state; a test holds them equal.
"""

from typing import Final

from msgspec import Struct

from awas.ledger.area import Instant

STOCK_KINDS: Final = 200
"""Distinct kinds of thing whose stock is kept apart; more are added up as `other`, so that the snapshot stays small."""


ALERTS_KEPT: Final = 8
"""Alerts of others that the snapshot holds, those that last longest."""


class AlertInForce(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alert of others over this site, as rules and pages ask for it. `thread` is its chain."""

    thread: str
    hazard: str
    severity: str
    expires_at: Instant
    event: str = ""
    source: str = ""


class SiteRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The settings of a site that change a verdict; see `SiteRulesSet`."""

    access_list_in_force: bool = False
    two_persons: tuple[str, ...] = ()
    letter_required: bool = False
    checkpoints: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    opens_minute: int = 0
    closes_minute: int = 0
    guards_wanted: int = 0
    cameras_wanted: int = 0
    people_limit: int = 0


class Site(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A warehouse as the record has it now.

    `inside` counts people by role, `stock` single units by `stock_key`; a stock below zero means that goods went out
    which nobody had logged in. `last_entry_at` is the server's time of the last entry made by the watch here: entries
    mirrored from other places and settings made at a desk are no sign of life. Other instants are when it happened.
    None means: nobody has reported yet. `water_seen` counts leaks and floods ever reported here; `alerts` may hold some
    that have run out.
    """

    entry_count: int = 0
    last_entry_at: Instant = 0
    last_gate_at: Instant = 0
    inside: dict[str, int] = {}
    watch_count: int = 0
    refused_count: int = 0
    vehicles_inside: int = 0
    vehicles_unattended: int = 0
    open_consignments: int = 0
    stock: dict[str, int] = {}
    stock_seen_at: Instant = 0
    ballots_seen: bool | None = None
    seals_on: int = 0
    seals_bad: int = 0
    keys_out: int = 0
    cctv_total: int | None = None
    cctv_working: int | None = None
    cctv_recording: bool | None = None
    cctv_at: Instant = 0
    guards: int | None = None
    guards_asleep: int = 0
    guards_at: Instant = 0
    open_conditions: dict[str, int] = {}
    open_uses: int = 0
    open_incidents: int = 0
    last_round_at: Instant = 0
    last_round_missed: int = 0
    fitness_at: Instant = 0
    fitness_bad: tuple[str, ...] = ()
    correction_count: int = 0
    water_seen: int = 0
    alerts: tuple[AlertInForce, ...] = ()
    rules: SiteRules = SiteRules()

    @property
    def inside_count(self) -> int:
        """Everybody inside with an open visit."""
        return sum(self.inside.values())

    @property
    def ballots_inside(self) -> bool:
        """Ballots are here by count or by sight: if either says so, they are."""
        return self.ballots_seen is True or any(
            units > 0 for kind, units in self.stock.items() if kind.startswith("ballot")
        )

    @property
    def stock_units(self) -> int:
        """Single units of everything, stocks below zero left out."""
        return sum(units for units in self.stock.values() if units > 0)


def stock_key(item: str, ballot: str) -> str:
    """How `Site.stock` names a kind of thing: `ink`, `ballot:dpr`."""
    return f"{item}:{ballot}" if ballot else item
