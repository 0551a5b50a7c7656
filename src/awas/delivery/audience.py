"""Who is told of a warning, on what, and for what reason not. Pure: no clock, database or network.

The tiers follow the load a person can carry (ISA 18.2: an alarm to which nobody need respond is none): a Waspada stays
with those who can act on it, a Siaga reaches the province, an Awas the nation.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from awas.access.policy import Held, Instant, Permission, Role, allows, covers

MINUTE = 60_000

RANK: Mapping[str, int] = {"waspada": 1, "siaga": 2, "awas": 3}


class Channel(StrEnum):
    """How somebody is told."""

    SCREEN = "screen"
    EMAIL = "email"
    WEBHOOK = "webhook"


class Occasion(StrEnum):
    """The steps of a warning's life that people are told of."""

    FIRED = "fired"
    RAISED = "raised"
    UNANSWERED = "unanswered"
    """Somebody took it on and the hour passed, or a silence ended while the condition stands."""
    RESOLVED = "resolved"


class Reason(StrEnum):
    """Why somebody was told, or was not. Recorded with every notice."""

    ON_DUTY = "on_duty"
    SUBSCRIBED = "subscribed"
    TOLD_BEFORE = "told_before"
    """Told of the warning, so told of its end."""
    ABOVE_THOSE_TOLD = "above_those_told"
    """Nobody answered: one tier higher is told too."""

    BELOW_LEVEL = "below_level"
    """The level is lower than the one asked for."""
    CHANNEL_OFF = "channel_off"
    NO_ADDRESS = "no_address"
    NO_DUTY = "no_duty"
    """A subscription reaches no further than the duties of its owner."""
    TOLD_RECENTLY = "told_recently"
    """The same warning at the same level, a moment ago."""
    LONG_PAST = "long_past"
    """The judge caught up with an old entry: nobody can act on that night any more."""


AUDIENCE: Mapping[str, frozenset[Role]] = {
    "waspada": frozenset({Role.WATCHER, Role.FIELD_SUPERVISOR, Role.DISTRICT_OFFICER}),
    "siaga": frozenset({Role.WATCHER, Role.FIELD_SUPERVISOR, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER}),
    "awas": frozenset(
        {
            Role.WATCHER,
            Role.FIELD_SUPERVISOR,
            Role.DISTRICT_OFFICER,
            Role.PROVINCE_OFFICER,
            Role.NATIONAL_OFFICER,
        }
    ),
}
"""The roles told at each level, each at the place and above it. Partners and administrators only if they subscribe."""

MAIL_FROM: Mapping[Role, str] = {
    Role.WATCHER: "awas",
    Role.FIELD_SUPERVISOR: "siaga",
    Role.DISTRICT_OFFICER: "siaga",
    Role.PROVINCE_OFFICER: "siaga",
    Role.NATIONAL_OFFICER: "awas",
}
"""From which level on a role is also told by e-mail, unless a subscription says otherwise."""

REPEAT_AFTER_MS = 15 * MINUTE
LONG_PAST_MS = 6 * 60 * MINUTE


class Wish(NamedTuple):
    """What a person asked for: from `min_level` on, on these channels, for an area."""

    area: str
    min_level: str
    channels: frozenset[Channel]


class Candidate(NamedTuple):
    """A person who might be told. `duties` are those held now."""

    code: str
    duties: tuple[Held, ...]
    wishes: tuple[Wish, ...]
    has_mail_address: bool


class Decision(NamedTuple):
    """One person, one channel: told or not, and why."""

    code: str
    channel: Channel
    told: bool
    reason: Reason


def higher(level: str) -> str:
    """One level up; Awas stays."""
    return {"waspada": "siaga"}.get(level, "awas")


def decide_for(candidate: Candidate, place: str, level: str, now: Instant, *, unanswered: bool) -> list[Decision]:
    """What becomes of a candidate for a warning at a place; nothing at all for somebody it doesn't concern.

    `unanswered` widens the circle by one tier, never the channels' own levels.
    """
    asked = _closest(candidate.wishes, place)
    duties = [held for held in candidate.duties if held.holds(now) and covers(held.area, place)]
    reason = _circle(duties, level, unanswered=unanswered)
    if asked is None and reason is None:
        return []
    if not allows(candidate.duties, Permission.VIEW_WARNING, place, now):
        return [Decision(candidate.code, Channel.SCREEN, False, Reason.NO_DUTY)]
    if asked is not None:
        decisions = _as_asked(candidate.code, asked, level)
    else:
        decisions = _by_role(candidate.code, duties, level, reason or Reason.ON_DUTY)
    return [_if_reachable(candidate, decision) for decision in decisions]


def _closest(wishes: Iterable[Wish], place: str) -> Wish | None:
    """The wish for the smallest area that covers the place."""
    return max((wish for wish in wishes if covers(wish.area, place)), key=lambda wish: len(wish.area), default=None)


def _circle(duties: Iterable[Held], level: str, *, unanswered: bool) -> Reason | None:
    roles = {held.role for held in duties}
    if roles & AUDIENCE[level]:
        return Reason.ON_DUTY
    if unanswered and roles & AUDIENCE[higher(level)]:
        return Reason.ABOVE_THOSE_TOLD
    return None


def _as_asked(code: str, asked: Wish, level: str) -> list[Decision]:
    if RANK[level] < RANK[asked.min_level]:
        return [Decision(code, Channel.SCREEN, False, Reason.BELOW_LEVEL)]
    return [
        Decision(
            code,
            channel,
            channel in asked.channels,
            Reason.SUBSCRIBED if channel in asked.channels else Reason.CHANNEL_OFF,
        )
        for channel in (Channel.SCREEN, Channel.EMAIL)
    ]


def _by_role(code: str, duties: Iterable[Held], level: str, reason: Reason) -> list[Decision]:
    from_level = min(
        (RANK[MAIL_FROM[held.role]] for held in duties if held.role in MAIL_FROM), default=RANK["awas"] + 1
    )
    mailed = RANK[level] >= from_level
    return [
        Decision(code, Channel.SCREEN, True, reason),
        Decision(code, Channel.EMAIL, mailed, reason if mailed else Reason.BELOW_LEVEL),
    ]


def _if_reachable(candidate: Candidate, decision: Decision) -> Decision:
    if decision.told and decision.channel is Channel.EMAIL and not candidate.has_mail_address:
        return decision._replace(told=False, reason=Reason.NO_ADDRESS)
    return decision
