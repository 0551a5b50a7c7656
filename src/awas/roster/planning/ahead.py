"""The days ahead: shifts that nobody stands, too few, or whose people can't be counted on. Pure."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from awas.ledger.area import Instant

State = Literal["gap", "thin", "unreachable"]
Doubt = Literal["absent", "closed", "two_posts", "untold"]


class Slot(Struct, frozen=True, kw_only=True):
    """A shift that a site wants, and who is planned for it. `lacks`: skills wanted and how many are lacking."""

    place: str
    kind: str
    from_at: Instant
    until_at: Instant
    wanted: int
    people: tuple[str, ...] = ()
    lacks: tuple[tuple[str, int], ...] = ()
    shift_id: str = ""


class Finding(Struct, frozen=True, kw_only=True):
    """What is wrong with a slot; `doubts`: who can't be counted on, and why."""

    slot: Slot
    state: State
    doubts: tuple[tuple[str, Doubt], ...] = ()


def findings(
    slots: Iterable[Slot],
    absences: Mapping[str, Iterable[tuple[Instant, Instant]]],
    closed: Iterable[str],
    untold: Iterable[str],
) -> list[Finding]:
    """Every slot that isn't sound, earliest first.

    `closed`: people who no longer hold a duty there; `untold`: with neither phone nor address, whom nobody can reach.
    Somebody in two slots at one time can be at one of them only. Who is away or gone doesn't fill a slot.
    """
    found, every = [], sorted(slots, key=lambda one: (one.from_at, one.place))
    gone, unheard = set(closed), set(untold)
    booked: dict[str, list[Slot]] = {}
    for slot in every:
        for person in slot.people:
            booked.setdefault(person, []).append(slot)
    for slot in every:
        doubts: list[tuple[str, Doubt]] = []
        for person in slot.people:
            if any(begin < slot.until_at and end > slot.from_at for begin, end in absences.get(person, ())):
                doubts.append((person, "absent"))
            elif person in gone:
                doubts.append((person, "closed"))
            elif any(_overlap(slot, other) for other in booked[person] if other is not slot):
                doubts.append((person, "two_posts"))
            elif person in unheard:
                doubts.append((person, "untold"))
        sure = len(slot.people) - sum(why != "untold" for _person, why in doubts)
        state: State | None = None
        if not slot.people and slot.wanted:
            state = "gap"
        elif doubts and (sure < slot.wanted or any(why == "untold" for _person, why in doubts)):
            state = "unreachable"
        elif len(slot.people) < slot.wanted or slot.lacks:
            state = "thin"
        if state:
            found.append(Finding(slot=slot, state=state, doubts=tuple(doubts)))
    return found


def _overlap(one: Slot, other: Slot) -> bool:
    return one.from_at < other.until_at and other.from_at < one.until_at
