"""A building's badge log as a site's traffic: every badge event becomes an act at the gate.

The log knows who held a badge to which zone's reader, and no exits. It is read so:

- A zone is a gate (`l2z4`: floor 2, zone 4); a floor belongs to one of the given places, in their order.
- A move to another zone ends the visit under way, at the gate it began at, and begins a new one.
- Zone 1 of floor 1 is the entrance. An event there, after which the badge rests for `REST` or for good, is an exit.
- An event there with nobody inside and such a rest is a visit that begins and ends at once.

So each event makes one entry at least. Somebody whose last event before a rest lies elsewhere stays inside: the log
doesn't say that they left, and the rules shall find it. A badge stands for its holder and goes to the vault.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone

from msgspec import Struct

from awas.ledger.area import DAY, HOUR, Instant
from awas.ledger.naming import key_at, key_in_log
from awas.simulation.book import Book
from awas.simulation.cues import Cue
from awas.warehouse.commands import EnterPerson, LeavePerson
from awas.warnings.hours import offset_of

REST = 4 * HOUR
ENTRANCE = ("1", "1")
WEEK = 7 * DAY

_LINE = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*,\s*(?P<kind>[a-z-]+)\s*,\s*(?P<badge>[A-Za-z0-9]{1,16})\s*,"
    r"\s*(?P<floor>\d{1,2})\s*,\s*(?P<zone>[A-Za-z0-9 ]{1,16}?)\s*"
)


class Badge(Struct, frozen=True, kw_only=True):
    """One event of the log. `at` is local time at the first place, as an instant."""

    line: int
    at: Instant
    badge: str
    floor: str
    zone: str

    @property
    def gate(self) -> str:
        return f"l{self.floor}z{self.zone.replace(' ', '').lower()}"


class BadLine(Struct, frozen=True, kw_only=True):
    """A line that is no event, and why."""

    line: int
    why: str


def read_badges(lines: Iterable[str], place: str) -> tuple[list[Badge], list[BadLine]]:
    """The events in order of time, and the lines that are none. A heading on the first line is passed over."""
    zone = timezone(timedelta(milliseconds=offset_of(place)))
    found: list[Badge] = []
    bad: list[BadLine] = []
    for number, text in enumerate(lines, 1):
        line = text.strip()
        if not line or (number == 1 and line.lower().startswith("timestamp")):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            bad.append(BadLine(line=number, why=f"not a badge event: {line[:60]!r}"))
            continue
        try:
            at = datetime.strptime(match["at"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
        except ValueError:
            bad.append(BadLine(line=number, why=f"no such time: {match['at']}"))
            continue
        found.append(
            Badge(
                line=number,
                at=int(at.timestamp()) * 1000,
                badge=match["badge"].lower(),
                floor=match["floor"],
                zone=match["zone"],
            )
        )
    found.sort(key=lambda one: (one.at, one.line))
    return found, bad


def shift_of(events: Sequence[Badge], now: Instant) -> int:
    """By how many milliseconds the log is moved so that it ends before `now`: whole weeks keep weekday and hour."""
    return (now - events[-1].at) // WEEK * WEEK


class Gatekeeper:
    """Turns badge events into cues at the gates of places."""

    def __init__(self, places: Sequence[str], book: Book, source: str) -> None:
        self.places = tuple(places)
        self.book = book
        self.device = f"badge-{source}"
        self._visits: dict[str, tuple[str, str, str]] = {}

    def cues(self, events: Sequence[Badge], shift_ms: int) -> Iterator[tuple[Badge, tuple[Cue, ...]]]:
        """Each event with its cues, one or two. `shift_ms` is added to the events' times."""
        resting = rests(events)
        for event in events:
            yield event, tuple(self._cues(event, event.line in resting, event.at + shift_ms))

    def _cues(self, event: Badge, rests_after: bool, at: Instant) -> Iterator[Cue]:
        inside = self._visits.pop(event.badge, None)
        if inside is not None:
            yield self._leaves(event, inside, at, "a")
        goes = rests_after and (event.floor, event.zone) == ENTRANCE
        if goes and inside is not None:
            return
        place = self.places[(int(event.floor) - 1) % len(self.places)]
        entered = (place, key_at(place, f"{self.device}.{event.line}"), event.gate)
        yield self._enters(event, entered, at)
        if goes:
            yield self._leaves(event, entered, at, "c")
        else:
            self._visits[event.badge] = entered

    def _person(self, badge: str, place: str) -> str:
        return key_in_log(place, self._reference(badge))

    def _reference(self, badge: str) -> str:
        return f"{self.device[:14]}-{badge}"

    def _enters(self, event: Badge, visit: tuple[str, str, str], at: Instant) -> Cue:
        place, key, gate = visit
        command = EnterPerson(
            visit_id=key,
            person=self._person(event.badge, place),
            name=self.book.seal(self._reference(event.badge), "person", event.badge, ()),
            role="kpu_staff",
            purpose="duty",
            identity_kind="staff_card",
            gate=gate,
        )
        return self._cue(event, place, at, command, "b")

    def _leaves(self, event: Badge, visit: tuple[str, str, str], at: Instant, part: str) -> Cue:
        place, key, gate = visit
        command = LeavePerson(visit_id=key, person=self._person(event.badge, place), gate=gate)
        return self._cue(event, place, at, command, part)

    def _cue(self, event: Badge, place: str, at: Instant, command: EnterPerson | LeavePerson, part: str) -> Cue:
        # Named after the line alone: the same log replayed later, moved by other weeks, is known again.
        return Cue(
            at=at,
            place=place,
            actor="badge-reader",
            device=self.device,
            command=command,
            name=f"{event.line:08d}{part}",
            known_as=f"{event.line:08d}{part}",
        )


def rests(events: Sequence[Badge]) -> set[int]:
    """The lines of events after which a badge isn't seen for `REST`."""
    found: set[int] = set()
    last: dict[str, Badge] = {}
    for event in events:
        before = last.get(event.badge)
        if before is not None and event.at - before.at >= REST:
            found.add(before.line)
        last[event.badge] = event
    return found | {event.line for event in last.values()}


def source_of(content: bytes) -> str:
    """A short name for a file's content: the same file is the same device."""
    return hashlib.sha256(content).hexdigest()[:8]
