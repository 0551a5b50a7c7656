"""Use cases of a draft: made by the planner, corrected by the office, put on record."""

from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec import Struct

from awas.ledger import services as ledger
from awas.ledger.area import DAY, Instant
from awas.ledger.desk import Desk
from awas.ledger.fact import Receipt
from awas.places.services import sites_within
from awas.roster.commands import CancelShift, ChangeShiftPeople, PlanShift
from awas.roster.models import RosterDraft
from awas.roster.monthly import question, shifts_planned, wants_of, whole_month
from awas.roster.planning.apart import Answered, planned
from awas.roster.planning.month import Month
from awas.roster.planning.problem import Placed, Plan, Problem
from awas.roster.planning.remedies import Remedy

SECONDS, SECONDS_A_SITE, MOST_SECONDS = 6.0, 4.0, 45.0
"""How long a page lets the planner search: one site is proven best in less; and somebody waits."""

_problem = msgspec.json.Decoder(Problem)
_plan = msgspec.json.Decoder(Plan)
_remedies = msgspec.json.Decoder(list[Remedy])


class NothingToPlanError(Exception):
    """No plan can be asked for: `month_over`, or `nobody` stands watch in the district."""


class Draft(Struct, frozen=True, kw_only=True):
    """A draft as pages and commands read it."""

    month: Month
    problem: Problem
    plan: Plan
    remedies: list[Remedy]
    made_at: Instant
    made_by: str
    published_at: Instant


def draft_of(district: str, name: str) -> Draft | None:
    """The draft of a month, if there is one."""
    row = RosterDraft.objects.filter(district=district, month=name).first()
    if row is None:
        return None
    whole = whole_month(district, name, row.pattern)
    return Draft(
        month=msgspec.structs.replace(whole, first_day=row.first_day, begins_at=whole.begins_at + row.first_day * DAY),
        problem=_problem.decode(row.question),
        plan=_plan.decode(row.answer),
        remedies=_remedies.decode(row.remedies),
        made_at=row.made_at,
        made_by=row.made_by,
        published_at=row.published_at,
    )


def make_draft(
    district: str,
    month: Month,
    now: Instant,
    by: str,
    *,
    fixed: tuple[Placed, ...] = (),
    present: tuple[Placed, ...] | None = None,
    seconds: float = 0.0,
) -> Draft:
    """Plans a month and keeps the draft in the place of the one before.

    Raises `NothingToPlanError`, and `SolverGoneError` of `planning.apart`.
    """
    asked = question(district, month, now, fixed, present)
    if not month.days:
        raise NothingToPlanError("month_over")
    if not asked.people:
        raise NothingToPlanError("nobody")
    sites = len({one.site for one in asked.demands})
    answered = planned(asked, seconds or min(SECONDS + SECONDS_A_SITE * (sites - 1), MOST_SECONDS))
    return keep_draft(district, month, asked, answered, now, by)


def keep_draft(district: str, month: Month, asked: Problem, answered: Answered, now: Instant, by: str) -> Draft:
    """Keeps what the planner answered as the month's draft."""
    RosterDraft.objects.update_or_create(
        district=district,
        month=month.name,
        defaults={
            "pattern": month.pattern,
            "first_day": month.first_day,
            "question": msgspec.json.encode(asked).decode(),
            "answer": msgspec.json.encode(answered.plan).decode(),
            "remedies": msgspec.json.encode(answered.remedies).decode(),
            "made_at": now,
            "made_by": by,
            "published_at": 0,
            "published_by": "",
        },
    )
    found = draft_of(district, month.name)
    assert found is not None
    return found


def with_cell(draft: Draft, site: str, day: int, kind: str, people: Iterable[str]) -> tuple[Placed, ...]:
    """The draft's fixed places when a cell is set to these people."""
    others = tuple(one for one in draft.problem.fixed if (one.site, one.day, one.kind) != (site, day, kind))
    return (*others, *(Placed(person=person, day=day, kind=kind, site=site) for person in people))


def publish(district: str, draft: Draft, desk_at: Callable[[str], Desk], now: Instant) -> int:
    """Puts a draft on record, as far as it differs from what the record has planned. Returns the entries' number.

    A shift that has begun by now is left alone. Published twice, it adds nothing. Raises `Refused`.
    """
    people = _by_cell(draft)
    wants = {(one.site, one.kind): one.wanted for one in wants_of(district, draft.month.pattern)}
    sites = [site.code for site in sites_within(district)]
    there = {
        (shift.place, shift.from_at): shift
        for shift in shifts_planned(sites, draft.month.begins_at, draft.month.ends_at)
    }
    submissions = []
    for demand in draft.problem.demands:
        from_at, until_at = draft.month.span(demand.day, demand.kind)
        crew = people.get((demand.site, demand.day, demand.kind), ())
        shift = there.get((demand.site, from_at))
        if from_at <= now:
            continue
        desk = desk_at(demand.site)
        if shift is None and crew:
            minimum = max(wants.get((demand.site, demand.kind), 1), 1)
            submissions.append(
                desk.submission(
                    PlanShift(shift_id=desk.key(), from_at=from_at, until_at=until_at, people=crew, minimum=minimum)
                )
            )
        elif shift is not None and not crew:
            submissions.append(desk.submission(CancelShift(shift_id=shift.key, reason="replaced")))
        elif shift is not None and set(shift.people) != set(crew):
            submissions.append(desk.submission(ChangeShiftPeople(shift_id=shift.key, people=crew)))
    outcomes = ledger.record_all(submissions) if submissions else []
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    by = desk_at(sites[0]).actor if sites else ""
    RosterDraft.objects.filter(district=district, month=draft.month.name).update(published_at=now, published_by=by)
    return sum(isinstance(outcome, Receipt) for outcome in outcomes)


def _by_cell(draft: Draft) -> Mapping[tuple[str, int, str], tuple[str, ...]]:
    found: dict[tuple[str, int, str], tuple[str, ...]] = {}
    for one in draft.plan.placed:
        where = one.site, one.day, one.kind
        found[where] = (*found.get(where, ()), one.person)
    return found


def kept_fixed(before: Draft | None, month: Month) -> tuple[Placed, ...]:
    """What an office fixed in the draft before, as far as it still lies ahead."""
    return _shifted(before, month, before.problem.fixed if before else ())


def kept_plan(before: Draft | None, month: Month) -> tuple[Placed, ...] | None:
    """The open draft's own plan, from which a new one should differ little; None: the record's."""
    if before is None or before.published_at or before.month.pattern != month.pattern:
        return None
    return _shifted(before, month, before.plan.placed)


def _shifted(before: Draft | None, month: Month, placed: Iterable[Placed]) -> tuple[Placed, ...]:
    """Places of a draft that began on another day, counted from the first day of this one."""
    if before is None or before.month.pattern != month.pattern:
        return ()
    step = month.first_day - before.month.first_day
    moved = (msgspec.structs.replace(one, day=one.day - step) for one in placed)
    return tuple(one for one in moved if one.day >= 0)
