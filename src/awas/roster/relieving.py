"""Use cases when a plan breaks: who can come instead, and putting them there."""

from collections.abc import Sequence

from msgspec import Struct

from awas.access.services import actor_names
from awas.ledger import services as ledger
from awas.ledger.area import Instant
from awas.ledger.desk import Desk
from awas.ledger.naming import district_of
from awas.roster import monthly
from awas.roster.commands import AnnounceAbsence, ChangeShiftPeople
from awas.roster.models import Shift
from awas.roster.planning.month import PATTERNS
from awas.roster.planning.problem import Placed, with_fair
from awas.roster.planning.relief import Relief, who_can_come


class Candidates(Struct, frozen=True, kw_only=True):
    """Those who might come for somebody, best first, and what they are called."""

    reliefs: Sequence[Relief]
    names: dict[str, str]


def candidates(shift: Shift, gone: str, now: Instant) -> Candidates | None:
    """Who can come for `gone` in a shift; None where the shift fits no pattern of the planner."""
    district = district_of(shift.place)
    for pattern in PATTERNS:
        month = monthly.whole_month(district, monthly.month_name_at(district, shift.from_at), pattern)
        cell = month.cell_of(shift.from_at)
        if cell is not None and month.span(*cell)[1] == shift.until_at:
            break
    else:
        return None
    problem = with_fair(monthly.question(district, month, now))
    placed = list(problem.present)
    reliefs = who_can_come(problem, placed, Placed(person=gone, day=cell[0], kind=cell[1], site=shift.place))
    return Candidates(reliefs=reliefs, names=actor_names({one.person for one in reliefs} | {gone, *shift.people}))


def relieve(desk: Desk, shift: Shift, gone: str, comes: str, *, sick: bool) -> None:
    """Puts somebody into a shift for another, with the absence of the one who can't come. Raises `Refused`."""
    people = tuple(comes if person == gone else person for person in shift.people)
    wanted = [desk.submission(ChangeShiftPeople(shift_id=shift.key, people=people))]
    if sick:
        absence = AnnounceAbsence(
            absence_id=desk.key(),
            person=gone,
            from_at=shift.from_at,
            until_at=shift.until_at,
            reason="sick",
        )
        # First the change: an absence of somebody still planned would warn of a clash that is already solved.
        wanted.append(desk.submission(absence))
    for outcome in ledger.record_all(wanted):
        if isinstance(outcome, Exception):
            raise outcome
