"""Use cases of a month's roster: what is known of its people and sites, and the question that the planner is asked."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from awas.access.days import begin_of
from awas.access.models import Person
from awas.access.policy import Role, covers
from awas.access.services import people_on
from awas.ledger.area import DAY, Instant
from awas.places.codes import zone_of
from awas.places.models import Site
from awas.places.services import sites_within
from awas.roster.models import Absence, Shift, SiteWant, Watchkeeper
from awas.roster.planning.month import FEMALE, PATTERNS, SOON, Month, Officer, Wanted, problem_of
from awas.roster.planning.problem import Placed, Problem

STANDS_WATCH = (Role.WATCHER, Role.FIELD_SUPERVISOR)


def month_named(district: str, name: str, now: Instant, *, pattern: str = "3x8") -> Month:
    """What can still be planned of a month such as 2024-02: from tomorrow on, if it has begun. Raises ValueError."""
    whole = whole_month(district, name, pattern)
    if not 2000 <= whole.year <= 2100:
        raise ValueError(name)
    begun = max(-(-(now - whole.begins_at) // DAY), 0)
    gone = min(begun, whole.days)
    return msgspec.structs.replace(whole, first_day=gone, begins_at=whole.begins_at + gone * DAY)


def whole_month(district: str, name: str, pattern: str) -> Month:
    """All of a month, what has passed of it too."""
    year, number = (int(part) for part in name.split("-"))
    begins_at = begin_of(date(year, number, 1), ZoneInfo(zone_of(district)))
    return Month(year=year, month=number, begins_at=begins_at, pattern=pattern)


def officers_of(district: str, month: Month, now: Instant) -> list[Officer]:
    """Everybody who can be planned: a watcher at their own sites, others where the office has said so."""
    kept = {one.person: one for one in Watchkeeper.objects.filter(district=district)}
    sites = [site.code for site in sites_within(district)]
    people = {one.code: one for one in people_on(district, now, STANDS_WATCH).prefetch_related("duties")}
    away = _absences(people, month)
    found = []
    for code, person in people.items():
        row = kept.get(code)
        reach = dict.fromkeys(_posts(person, sites, now), row.home_km if row else 0)
        reach |= {site: kilometres for site, kilometres in (row.sites if row else ()) if site in sites}
        if reach:
            found.append(_officer(code, tuple(reach.items()), row, month, tuple(away.get(code, ()))))
    return sorted(found, key=lambda one: one.code)


def _posts(person: Person, sites: Sequence[str], now: Instant) -> list[str]:
    """The sites of one's duties as a watcher."""
    held = [duty.held for duty in person.duties.all()]
    areas = [one.area for one in held if one.role is Role.WATCHER and one.holds(now)]
    return [site for site in sites if any(covers(area, site) for area in areas)]


def _officer(
    code: str,
    sites: tuple[tuple[str, int], ...],
    row: Watchkeeper | None,
    month: Month,
    away: tuple[tuple[Instant, Instant], ...],
) -> Officer:
    if row is None:
        return Officer(code=code, sites=sites, away=away)
    return Officer(
        code=code,
        sites=sites,
        away=away,
        skills=tuple(row.skills),
        no_kinds=tuple(row.no_kinds),
        wishes_off=tuple(row.wishes.get(month.name, ())),
        share=row.share,
        most_in_week=row.most_in_week,
        most_hours_in_week=row.most_hours_in_week,
        most_nights=row.most_nights,
    )


def _absences(people: Iterable[str], month: Month) -> dict[str, list[tuple[Instant, Instant]]]:
    found: dict[str, list[tuple[Instant, Instant]]] = {}
    rows = Absence.objects.filter(
        person__in=list(people), state="announced", until_at__gt=month.begins_at, from_at__lt=month.ends_at + DAY
    )
    for row in rows:
        found.setdefault(row.person, []).append((row.from_at, row.until_at))
    return found


def wants_of(district: str, pattern: str = "3x8") -> list[Wanted]:
    """What each site of the district wants; one officer in each shift where the office has said nothing."""
    sites = [site.code for site in sites_within(district)]
    kept = {(one.place, one.kind): one for one in SiteWant.objects.filter(place__in=sites)}
    found = []
    for site in sites:
        for kind in PATTERNS[pattern]:
            row = kept.get((site, kind.id))
            women = ((FEMALE, row.women),) if row and row.women else ()
            found.append(Wanted(site=site, kind=kind.id, wanted=row.wanted if row else 1, qualities=women))
    return [one for one in found if one.wanted]


def shifts_planned(sites: Iterable[str], from_at: Instant, until_at: Instant) -> list[Shift]:
    """Shifts of these sites that begin in a span and stand, earliest first."""
    return list(
        Shift.objects.filter(
            place__in=list(sites), state="planned", from_at__gte=from_at, from_at__lt=until_at
        ).order_by("from_at", "place")
    )


def present_plan(district: str, month: Month) -> tuple[Placed, ...]:
    """What the record has planned in the month, as far as it fits the pattern of its shifts."""
    sites = [site.code for site in sites_within(district)]
    return tuple(
        Placed(person=person, day=cell[0], kind=cell[1], site=shift.place)
        for shift in shifts_planned(sites, month.begins_at, month.ends_at)
        if (cell := month.cell_of(shift.from_at)) is not None
        for person in shift.people
    )


def question(
    district: str, month: Month, now: Instant, fixed: tuple[Placed, ...] = (), present: tuple[Placed, ...] | None = None
) -> Problem:
    """The month's problem as the office's rows and the record have it. `present` is the record's plan unless given."""
    officers = officers_of(district, month, now)
    known = {one.code for one in officers}
    sites = [site.code for site in sites_within(district)]
    worked: dict[str, list[Instant]] = {}
    for shift in shifts_planned(sites, month.begins_at - SOON, month.begins_at):
        for person in shift.people:
            worked.setdefault(person, []).append(shift.from_at)
    now_planned = present_plan(district, month) if present is None else present
    return problem_of(
        month,
        officers,
        wants_of(district, month.pattern),
        worked=worked,
        fixed=tuple(one for one in fixed if one.person in known),
        present=tuple(one for one in now_planned if one.person in known),
    )


def site_names(district: str) -> dict[str, str]:
    """What people call the district's sites."""
    return dict(Site.objects.within(district).values_list("code", "name"))


def month_name_at(district: str, at: Instant) -> str:
    """The month of an instant at the district, such as 2024-02."""
    return datetime.fromtimestamp(at / 1000, ZoneInfo(zone_of(district))).strftime("%Y-%m")


def keepers_of(district: str) -> list[Watchkeeper]:
    """The rows that the district office keeps of people."""
    return list(Watchkeeper.objects.filter(district=district))


def skills_of(people: Iterable[str]) -> dict[str, frozenset[str]]:
    """What people can do, by code; those of whom nothing is kept are left out."""
    rows = Watchkeeper.objects.filter(person__in=list(people))
    return {one.person: frozenset(one.skills) for one in rows}


def own_sites(district: str, now: Instant) -> dict[str, list[str]]:
    """Everybody who stands watch in the district, with the sites of their own duties; none for who helps out."""
    sites = [site.code for site in sites_within(district)]
    people = people_on(district, now, STANDS_WATCH).prefetch_related("duties")
    return {one.code: _posts(one, sites, now) for one in people}


def others_of(district: str, now: Instant, known: Iterable[str]) -> list[str]:
    """Field supervisors of the district who could help out once the office says where."""
    planned_ = set(known)
    return [code for code in own_sites(district, now) if code not in planned_]
