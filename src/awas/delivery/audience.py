"""Who is told of a warning, on what, and for what reason not. Pure: no clock, database or network.

The tiers follow the load a person can carry (ISA 18.2: an alarm to which nobody need respond is none): a Waspada stays
with those who can act on it, a Siaga reaches the province, an Awas the nation.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from awas.access.policy import Held, Instant, Permission, Role, allows, covers

MINUTE = 60_000
DAY = 24 * 60 * MINUTE

RANK: Mapping[str, int] = {"waspada": 1, "siaga": 2, "awas": 3}


class Channel(StrEnum):
    """How somebody is told."""

    SCREEN = "screen"
    EMAIL = "email"
    WEBHOOK = "webhook"
    PUSH = "push"
    """Web push: the phone or browser that a person has let in."""
    MESSENGER = "messenger"
    """A person's or an office's own address at a messenger, an SMS gateway or the like."""


class Occasion(StrEnum):
    """The steps of a warning's life that people are told of."""

    FIRED = "fired"
    RAISED = "raised"
    UNANSWERED = "unanswered"
    """Somebody took it on and the hour passed, or a silence ended while the condition stands."""
    ESCALATED = "escalated"
    """Nobody answered in time: the next tier hears it."""
    REPEATED = "repeated"
    """Still nobody has answered: all who heard it hear it again."""
    SURFACED = "surfaced"
    """What hid it is over, and it still stands."""
    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    RESOLVED = "resolved"


class Reason(StrEnum):
    """Why somebody was told, or was not. Recorded with every notice."""

    ON_DUTY = "on_duty"
    SUBSCRIBED = "subscribed"
    TOLD_BEFORE = "told_before"
    """Told of the warning, so told of its end."""
    ABOVE_THOSE_TOLD = "above_those_told"
    """Nobody answered: one tier higher is told too."""
    ASSIGNED = "assigned"
    """It was given to them."""
    MENTIONED = "mentioned"
    """Somebody named them in a note."""

    BELOW_LEVEL = "below_level"
    """The level is lower than the one asked for."""
    CHANNEL_OFF = "channel_off"
    NO_ADDRESS = "no_address"
    NO_DUTY = "no_duty"
    """A subscription reaches no further than the duties of its owner."""
    TOLD_RECENTLY = "told_recently"
    """The same warning at the same level, a moment ago."""
    INHIBITED = "inhibited"
    """It only follows from another warning, of which people were told."""
    LONG_PAST = "long_past"
    """The judge caught up with an old entry: nobody can act on that night any more."""


TIER_ROLES: Mapping[str, frozenset[Role]] = {
    "site": frozenset({Role.WATCHER, Role.FIELD_SUPERVISOR}),
    "district": frozenset({Role.DISTRICT_OFFICER}),
    "province": frozenset({Role.PROVINCE_OFFICER}),
    "nation": frozenset({Role.NATIONAL_OFFICER}),
}
"""The roles of each tier of a warning's ladder, each at the place and above it. Partners and administrators hear only
if they subscribe."""


def roles_of(tiers: Iterable[str]) -> frozenset[Role]:
    """The roles of some tiers."""
    return frozenset(role for tier in tiers for role in TIER_ROLES.get(tier, ()))


FROM_LEVEL: Mapping[Channel, Mapping[Role, str]] = {
    Channel.EMAIL: {
        Role.WATCHER: "awas",
        Role.FIELD_SUPERVISOR: "siaga",
        Role.DISTRICT_OFFICER: "siaga",
        Role.PROVINCE_OFFICER: "siaga",
        Role.NATIONAL_OFFICER: "awas",
    },
    Channel.PUSH: {
        Role.WATCHER: "waspada",
        Role.FIELD_SUPERVISOR: "waspada",
        Role.DISTRICT_OFFICER: "waspada",
        Role.PROVINCE_OFFICER: "siaga",
        Role.NATIONAL_OFFICER: "awas",
    },
    Channel.MESSENGER: {
        Role.WATCHER: "siaga",
        Role.FIELD_SUPERVISOR: "siaga",
        Role.DISTRICT_OFFICER: "siaga",
        Role.PROVINCE_OFFICER: "siaga",
        Role.NATIONAL_OFFICER: "awas",
    },
}
"""From which level on a role is told by a channel that reaches out, unless the person chose otherwise. What is shown on
screen needs no level: it disturbs nobody."""

REPEAT_AFTER_MS = 15 * MINUTE
LONG_PAST_MS = 6 * 60 * MINUTE


NEVER = "never"
"""In place of a level: this channel is not to be used."""


class Wish(NamedTuple):
    """What a person asked for: from `min_level` on, on these channels, for an area."""

    area: str
    min_level: str
    channels: frozenset[Channel]


class Quiet(NamedTuple):
    """Hours in which lesser warnings wait: minutes of the local day, from and up to. `offset_ms` is the local time's
    lead over UTC. What is above `up_to` comes through, and an Awas always does."""

    from_minute: int
    until_minute: int
    up_to: str
    offset_ms: int


class Preference(NamedTuple):
    """What a person chose for all areas: from which level on a channel is used (`NEVER`: not at all), and when it is
    quiet. A channel that isn't named goes by the role."""

    levels: Mapping[Channel, str] = {}
    quiet: Quiet | None = None


AS_THE_ROLE = Preference()


class Candidate(NamedTuple):
    """A person who might be told. `duties` are those held now; `messengers` the codes of their own addresses.

    `on_watch`: on duty at the place at this moment by the roster, so nothing waits for them.
    """

    code: str
    duties: tuple[Held, ...]
    wishes: tuple[Wish, ...]
    has_mail_address: bool
    has_push: bool = False
    messengers: tuple[str, ...] = ()
    preference: Preference = AS_THE_ROLE
    on_watch: bool = False


class Decision(NamedTuple):
    """One person, one channel: told or not, and why. `held_until`: told then, because it is quiet until then."""

    code: str
    channel: Channel
    told: bool
    reason: Reason
    held_until: Instant | None = None


def decide_for(
    candidate: Candidate,
    place: str,
    level: str,
    now: Instant,
    roles: frozenset[Role],
    *,
    reason: Reason = Reason.ON_DUTY,
    subscribers: bool = True,
) -> list[Decision]:
    """What becomes of a candidate for a warning at a place; nothing at all for somebody it doesn't concern.

    `roles` are those whose turn it is. Without `subscribers` a choice widens nothing, it only chooses channels.
    """
    asked = _closest(candidate.wishes, place)
    duties = [held for held in candidate.duties if held.holds(now) and covers(held.area, place)]
    in_turn = bool({held.role for held in duties} & roles)
    if not in_turn and (asked is None or not subscribers):
        return []
    if not allows(candidate.duties, Permission.VIEW_WARNING, place, now):
        return [Decision(candidate.code, Channel.SCREEN, False, Reason.NO_DUTY)]
    decisions = [
        _as_asked(address, channel, asked, level)
        if asked is not None
        else _by_role(address, channel, duties, level, reason, candidate.preference)
        for address, channel in _addresses(candidate)
    ]
    if asked is not None and RANK[level] < RANK[asked.min_level]:
        decisions = decisions[:1]  # said once: it is the same for every channel
    return [_in_its_time(candidate, _if_reachable(candidate, decision), level, now) for decision in decisions]


def decide_in_person(candidate: Candidate, place: str, now: Instant, reason: Reason) -> list[Decision]:
    """Somebody who was named: told by whatever reaches them, but by no channel they have shut.

    Never of a place that they may not see.
    """
    if not allows(candidate.duties, Permission.VIEW_WARNING, place, now):
        return [Decision(candidate.code, Channel.SCREEN, False, Reason.NO_DUTY)]
    decisions = []
    for address, channel in _addresses(candidate):
        shut = candidate.preference.levels.get(channel) == NEVER
        decided = Decision(address, channel, not shut, Reason.CHANNEL_OFF if shut else reason)
        decisions.append(_if_reachable(candidate, decided))
    return decisions


def quiet_until(quiet: Quiet | None, level: str, now: Instant) -> Instant | None:
    """When a warning of this level may disturb, if it is quiet now; None if it may at once. An Awas always may."""
    if quiet is None or level == "awas" or RANK[level] > RANK[quiet.up_to]:
        return None
    local = (now + quiet.offset_ms) % DAY
    since = (local - quiet.from_minute * MINUTE) % DAY
    lasts = (quiet.until_minute - quiet.from_minute) % (DAY // MINUTE) * MINUTE
    return now + lasts - since if since < lasts else None


def _closest(wishes: Iterable[Wish], place: str) -> Wish | None:
    """The wish for the smallest area that covers the place."""
    return max((wish for wish in wishes if covers(wish.area, place)), key=lambda wish: len(wish.area), default=None)


def _addresses(candidate: Candidate) -> list[tuple[str, Channel]]:
    """Where a person could be told. What nobody has and nobody asked for needs no decision."""
    found = [(candidate.code, Channel.SCREEN), (candidate.code, Channel.EMAIL)]
    if candidate.has_push or Channel.PUSH in candidate.preference.levels:
        found.append((candidate.code, Channel.PUSH))
    return found + [(code, Channel.MESSENGER) for code in candidate.messengers]


def _as_asked(address: str, channel: Channel, asked: Wish, level: str) -> Decision:
    if RANK[level] < RANK[asked.min_level]:
        return Decision(address, channel, False, Reason.BELOW_LEVEL)
    if channel not in asked.channels:
        return Decision(address, channel, False, Reason.CHANNEL_OFF)
    return Decision(address, channel, True, Reason.SUBSCRIBED)


def _by_role(
    address: str, channel: Channel, duties: Iterable[Held], level: str, reason: Reason, preference: Preference
) -> Decision:
    if channel is Channel.SCREEN:
        return Decision(address, channel, True, reason)
    by_role = min(
        (RANK[FROM_LEVEL[channel][held.role]] for held in duties if held.role in FROM_LEVEL[channel]),
        default=RANK["awas"] + 1,
    )
    chosen = preference.levels.get(channel)
    if chosen == NEVER:
        return Decision(address, channel, False, Reason.CHANNEL_OFF)
    told = RANK[level] >= (by_role if chosen is None else RANK[chosen])
    return Decision(address, channel, told, reason if told else Reason.BELOW_LEVEL)


def _if_reachable(candidate: Candidate, decision: Decision) -> Decision:
    has = {Channel.EMAIL: candidate.has_mail_address, Channel.PUSH: candidate.has_push}
    if decision.told and not has.get(decision.channel, True):
        return decision._replace(told=False, reason=Reason.NO_ADDRESS)
    return decision


def _in_its_time(candidate: Candidate, decision: Decision, level: str, now: Instant) -> Decision:
    """Quiet hours hold back what would disturb, never from somebody who has the watch."""
    if not decision.told or decision.channel is Channel.SCREEN or candidate.on_watch:
        return decision
    return decision._replace(held_until=quiet_until(candidate.preference.quiet, level, now))
