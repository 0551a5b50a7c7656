"""What a script of an incident is. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from awas.ledger.area import MINUTE, Instant
from awas.simulation.cast import Company
from awas.simulation.cues import SHIFTS, Cue, Overlay, Scene, day_of
from awas.warnings.hours import between, minute_of_day

ANY_HOUR = (0, 0)
BY_DAY = (8 * 60 + 30, 15 * 60)
BY_NIGHT = (22 * 60 + 30, 4 * 60)
LONGEST = 4 * 60 * MINUTE
"""No incident lasts longer: what has to be looked at after a pause is bounded."""

Write = Callable[[Scene, Company, Instant, str], Overlay]
"""(scene, company, when it begins, a name unique at the place) -> the overlay."""


@dataclass(frozen=True, kw_only=True)
class Script:
    """One kind of incident. `rules` are those that should speak; `hours` local minutes of the day when it can begin.

    `near_handover`: it needs a change of watch within the hour. `real` is what happened and where.
    """

    name: str
    rules: tuple[str, ...]
    write: Write
    real: str
    hours: tuple[int, int] = ANY_HOUR
    phases: tuple[str, ...] = ("sorting", "packing")
    near_handover: bool = False

    def fits(self, scene: Scene, at: Instant) -> bool:
        """Whether it can begin at that instant."""
        minute, (start, end) = minute_of_day(scene.place, at), self.hours
        if start != end and not between(minute, start, end):
            return False
        if scene.post.phase(day_of(scene.post, at)) not in self.phases:
            return False
        return not self.near_handover or next_handover(scene, at)[2] - at in range(15 * MINUTE, 75 * MINUTE)


def next_handover(scene: Scene, at: Instant) -> tuple[int, int, Instant]:
    """(day, shift, when it is due) of the change of watch that comes next."""
    day = day_of(scene.post, at)
    coming = [(one, shift, scene.at(one, hour * 60)) for one in (day, day + 1) for shift, hour in enumerate(SHIFTS)]
    return next(one for one in coming if one[2] > at)


def overlay(
    scene: Scene,
    script: str,
    name: str,
    cues: list[Cue],
    *,
    from_at: Instant,
    ends_at: Instant,
    drops: frozenset[str] = frozenset(),
) -> Overlay:
    """The cues with what the district office does about them."""
    return Overlay(
        script=script,
        place=scene.place,
        from_at=from_at,
        until_at=ends_at,
        cues=(*cues, *scene.seen_to(name, from_at, ends_at)),
        drops=drops,
    )
