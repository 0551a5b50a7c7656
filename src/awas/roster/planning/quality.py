"""Whether those who were planned came, in time, with proof, and handed over: a score for a site and a month. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from awas.ledger.area import MINUTE, Instant

LATE_FROM = 15 * MINUTE
"""The grace of rule ROS-01."""


class Stood(Protocol):
    """What this module asks of a duty on record."""

    @property
    def person(self) -> str: ...
    @property
    def shift_id(self) -> str: ...
    @property
    def late_ms(self) -> int: ...
    @property
    def by_token(self) -> bool: ...
    @property
    def distance_m(self) -> int | None: ...
    @property
    def photo(self) -> str: ...
    @property
    def state(self) -> str: ...


class Held(Protocol):
    """What this module asks of a planned shift."""

    @property
    def key(self) -> str: ...
    @property
    def people(self) -> Sequence[str]: ...
    @property
    def until_at(self) -> Instant: ...


class Presence(Struct, frozen=True, kw_only=True):
    """Places planned in shifts that are over, and how many of them were stood, in time, with proof; and how many of
    these shifts were handed over with both signatures."""

    planned: int = 0
    stood: int = 0
    in_time: int = 0
    proven: int = 0
    shifts: int = 0
    handed_over: int = 0
    off_roster: int = 0

    @property
    def score(self) -> int | None:
        """0 to 100, None with nothing planned: half for standing there, a fifth for in time, the rest for proof and
        hand-over."""
        if not self.planned:
            return None
        stood, shifts = self.planned, max(self.shifts, 1)
        parts = 50 * self.stood / stood + 20 * self.in_time / stood + 15 * self.proven / stood
        return round(parts + 15 * self.handed_over / shifts)


def presence(
    shifts: Iterable[Held], duties: Iterable[Stood], handed_over: Mapping[str, bool], now: Instant, off_roster: int = 0
) -> Presence:
    """The presence of one site. `handed_over`: by shift, whether a hand-over that began in it was accepted.

    Proof is a scanned code at the post, a photo, or a device that says where it was; a check-in counts once.
    """
    of: dict[tuple[str, str], Stood] = {}
    for duty in duties:
        if duty.state != "void":
            of.setdefault((duty.shift_id, duty.person), duty)
    over = [shift for shift in shifts if shift.until_at <= now]
    places = [(shift.key, person) for shift in over for person in shift.people]
    came = [of[place] for place in places if place in of]
    return Presence(
        planned=len(places),
        stood=len(came),
        in_time=sum(duty.late_ms <= LATE_FROM for duty in came),
        proven=sum(duty.by_token or duty.distance_m is not None or bool(duty.photo) for duty in came),
        shifts=len(over),
        handed_over=sum(handed_over.get(shift.key, False) for shift in over),
        off_roster=off_roster,
    )
