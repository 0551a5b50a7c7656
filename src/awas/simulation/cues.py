"""What every script of the simulation shares: cues, posts and the scene they are played in.

A cue is one command at one instant. Scripts (`routine`, `incidents`) only write cues; `playing` gives them to the
ordinary record. Pure: chance and the sealing of names are handed in; no clock, disk, network or framework.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol, TypeVar

from msgspec import Struct

from awas.ledger.area import DAY, HOUR, MINUTE, Instant, Sealed
from awas.ledger.naming import key_at
from awas.logistics.needs import KitItem
from awas.warnings.hours import offset_of

T = TypeVar("T")


class Chance(Protocol):
    """What scripts ask of a generator; `random.Random` fits."""

    def random(self) -> float: ...

    def randrange(self, start: int, stop: int, /) -> int: ...

    def choice(self, seq: Sequence[T], /) -> T: ...

    def sample(self, population: Sequence[T], k: int) -> list[T]: ...


Draw = Callable[[str], Chance]
"""A generator of its own for every name: what happens on one day doesn't depend on how many were played before."""

Seal = Callable[[str, str, str, tuple[str, ...]], Sealed]
"""(reference, purpose, value, identity) -> the commitment; whoever hands it in keeps the value for the vault.

`identity` holds what the same person would be known by again (kind, digits, name), or is empty."""

SHIFTS = (7, 15, 23)
"""Local hours at which the three shifts of eight hours begin."""

SHIFT = 8 * HOUR

CIRCLE = ("sorting",) * 10 + ("packing",) * 4
"""The phases of a warehouse, day by day; posts stand at different days of it, and a demo never runs out of it."""


REFERENCES = "demo"
"""How the references of the demo's vault rows begin."""


class DemoStation(Struct, frozen=True, kw_only=True):
    """An invented polling station: the size of its voter list and what it needs of each kind of ballot."""

    code: str
    kecamatan: str
    village: str
    number: int
    voters: int
    needs: tuple[tuple[str, int], ...]

    @property
    def short(self) -> str:
        """What tells it from the others of its district, for labels."""
        return self.code.replace(".", "").replace("-", "")[4:]


class Post(Struct, frozen=True, kw_only=True):
    """A warehouse as the simulation plays it. `watchers` are the actor codes of the three shifts.

    `stations` is the district's number of polling stations, `kecamatan` of its subdistricts, `needs` its sheets by kind
    of ballot; `turn` is where in the `CIRCLE` the post stands on day 0. `shown` are the few stations whose kits are
    packed and sent, in order; `equipment` is what lies in each besides ballots.
    """

    place: str
    watchers: tuple[str, str, str]
    officer: str
    stations: int = 3000
    kecamatan: int = 28
    sorters: int = 90
    cameras: int = 8
    turn: int = 0
    election: str = ""
    needs: tuple[tuple[str, int], ...] = ()
    shown: tuple[DemoStation, ...] = ()
    equipment: tuple[KitItem, ...] = ()

    @property
    def offset(self) -> int:
        return offset_of(self.place)

    def phase(self, day: int) -> str:
        """What goes on in the store on a local day: `sorting` or `packing`."""
        return CIRCLE[(day + self.turn) % len(CIRCLE)]


class Cue(Struct, frozen=True, kw_only=True):
    """One command, to be recorded at `at`.

    `name` is unique at the place for that instant. `strand` and `begins_at` say which stretch of ordinary life it
    belongs to, so that an incident can take that stretch out. `ahead_ms`: how far the device's clock runs ahead.
    `instead` is tried in order when the record refuses the command because a person was quicker. `known_as` is the
    nonce of a cue whose instant may be another one the next time.
    """

    at: Instant
    place: str
    actor: str
    device: str
    command: Any
    name: str
    strand: str = ""
    begins_at: Instant = 0
    ahead_ms: int = 0
    instead: tuple["Cue", ...] = ()
    known_as: str = ""

    @property
    def nonce(self) -> str:
        """Time first, so that the last one tells how far a place was played."""
        return self.known_as or f"{self.at:012x}{self.name}"


class SeeTo(Struct, frozen=True, kw_only=True):
    """What the district office does with the warnings of a place found since `since_at`.

    Only the record knows which there are, so the player makes the commands: `take` acknowledges those that fire,
    `settle` ends those that have cleared and those that only a person can end, `tidy` ends those that have cleared.
    """

    step: Literal["take", "settle", "tidy"]
    since_at: Instant = 0


class Overlay(Struct, frozen=True, kw_only=True):
    """An incident laid over ordinary life: its own cues, and the strands it takes out while it lasts.

    A routine cue is dropped when its strand is in `drops` and its stretch begins in [from_at, until_at).
    """

    script: str
    place: str
    from_at: Instant
    until_at: Instant
    cues: tuple[Cue, ...]
    drops: frozenset[str] = frozenset()

    def silences(self, cue: Cue) -> bool:
        return cue.strand in self.drops and self.from_at <= cue.begins_at < self.until_at


def instant_in(nonce: str) -> Instant:
    """The `at` of the cue that had this nonce."""
    return int(nonce[:12], 16)


def day_of(post: Post, at: Instant) -> int:
    """The number of the local day, from 1970-01-01."""
    return (at + post.offset) // DAY


def at_clock(post: Post, day: int, minute: int) -> Instant:
    """The instant at which the local clock of that day shows `minute`; more than 1440 reaches into the next."""
    return day * DAY - post.offset + minute * MINUTE


def some(chance: Chance, start: int, stop: int) -> int:
    """A number of whole seconds between two numbers of minutes, in milliseconds."""
    return chance.randrange(start * 60, stop * 60) * 1000


class Handover(Struct, frozen=True, kw_only=True):
    """When one watch passes to the next: the taker arrives, the giver offers, the taker signs."""

    due_at: Instant
    arrives_at: Instant
    offered_at: Instant
    accepted_at: Instant


class Scene:
    """One post with its chance: who is on watch when, and how a cue is written there."""

    def __init__(self, post: Post, draw: Draw, seal: Seal) -> None:
        self.post = post
        self.place = post.place
        self._draw = draw
        self._seal = seal
        self._handovers: dict[tuple[int, int], Handover] = {}

    def chance(self, *names: str | int) -> Chance:
        return self._draw("/".join([self.place, *map(str, names)]))

    def at(self, day: int, minute: int) -> Instant:
        return at_clock(self.post, day, minute)

    def key(self, name: str) -> str:
        return key_at(self.place, name)

    def seal(self, name: str, purpose: str, value: str, identity: tuple[str, ...] = ()) -> Sealed:
        """Something a fictional person wrote or is called. `name` is unique at the place."""
        return self._seal(self.reference(name), purpose, value, identity)

    def reference(self, name: str) -> str:
        return f"{REFERENCES}{self.place.replace('.', '')}-{name}"[:32]

    # -- the watch -----------------------------------------------------------------------------------------------

    def handover(self, day: int, shift: int) -> Handover:
        """The hand-over at the beginning of a shift of that local day, a few minutes early or late."""
        found = self._handovers.get((day, shift))
        if found is None:
            chance = self.chance("handover", day, shift)
            due_at = self.at(day, SHIFTS[shift] * 60)
            offered_at = due_at - some(chance, 0, 2)
            found = self._handovers[day, shift] = Handover(
                due_at=due_at,
                arrives_at=due_at - some(chance, 4, 10),
                offered_at=offered_at,
                accepted_at=offered_at + some(chance, 1, 5),
            )
        return found

    def shift_at(self, at: Instant) -> tuple[int, int]:
        """(local day, shift) of the watch that holds the post, by its hand-overs."""
        day = day_of(self.post, at)
        for one_day, shift in ((day, 2), (day, 1), (day, 0)):
            if self.handover(one_day, shift).accepted_at <= at:
                return one_day, shift
        return day - 1, 2

    def watcher(self, at: Instant) -> int:
        """Which of the three watchers holds the post."""
        return self.shift_at(at)[1]

    # -- cues ----------------------------------------------------------------------------------------------------

    def device(self, seat: str | int) -> str:
        return f"seed-{self.place}-{seat}"

    def watch(
        self, at: Instant, name: str, command: Any, *, strand: str = "", begins_at: Instant = 0, ahead_ms: int = 0
    ) -> Cue:
        """A cue of whoever is on watch at that instant."""
        return self.by_watcher(
            self.watcher(at), at, name, command, strand=strand, begins_at=begins_at, ahead_ms=ahead_ms
        )

    def by_watcher(self, shift: int, at: Instant, name: str, command: Any, **more: Any) -> Cue:
        return Cue(
            at=at,
            place=self.place,
            actor=self.post.watchers[shift],
            device=self.device(shift),
            command=command,
            name=name,
            **more,
        )

    def by_itself(self, at: Instant, name: str, command: Any) -> Cue:
        """A cue of nobody here: what is read of others, as the program reads it."""
        return Cue(at=at, place=self.place, actor="weather", device="weather", command=command, name=name)

    def seen_to(self, name: str, from_at: Instant, ends_at: Instant) -> tuple[Cue, Cue]:
        """The district office takes on what came up at `from_at`, and sees it settled after its end."""
        chance = self.chance(name)
        taken_at = from_at + some(chance, 6, 14)
        settled_at = ends_at + some(chance, 2, 6)
        return (
            self.office(taken_at, f"{name}.y", SeeTo(step="take", since_at=from_at)),
            self.office(settled_at, f"{name}.z", SeeTo(step="settle", since_at=from_at)),
        )

    def office(self, at: Instant, name: str, command: Any) -> Cue:
        """A cue of the district office."""
        return Cue(
            at=at, place=self.place, actor=self.post.officer, device=self.device("k"), command=command, name=name
        )
