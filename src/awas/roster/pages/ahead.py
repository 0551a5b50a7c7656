"""The days ahead at every site: nobody planned, too few, or somebody who can't be counted on."""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from awas.access.models import Person
from awas.access.services import actor_names, number_in, people_on
from awas.ledger.area import DAY, HOUR, Instant
from awas.places.models import Region
from awas.roster import monthly
from awas.roster.models import Absence, Shift
from awas.roster.pages.frame import Context, frame
from awas.roster.planning.ahead import Finding, Slot, findings
from awas.roster.planning.month import Month, Wanted
from awas.roster.words import DOUBTS, KINDS

MOST_DAYS = 31


def slots_ahead(district: str, now: Instant, days: int) -> list[Slot]:
    """Every shift that the district's sites want from now on, with who is planned; and what is planned besides."""
    sites = monthly.site_names(district)
    shifts = {(one.place, one.from_at): one for one in monthly.shifts_planned(sites, now, now + days * DAY)}
    wants = monthly.wants_of(district)
    skills = _skills(person for shift in shifts.values() for person in shift.people)
    found = []
    for month, day in _days(district, now, days):
        for want in wants:
            from_at, until_at = month.span(day, want.kind)
            if not now <= from_at < now + days * DAY:
                continue
            shift = shifts.pop((want.site, from_at), None)
            found.append(
                Slot(
                    place=want.site,
                    kind=want.kind,
                    from_at=from_at,
                    until_at=until_at,
                    wanted=want.wanted,
                    people=tuple(shift.people) if shift else (),
                    shift_id=shift.key if shift else "",
                    lacks=_lacks(want, shift, skills),
                )
            )
    return found + [_besides(shift) for shift in shifts.values()]


def _days(district: str, now: Instant, days: int) -> Iterable[tuple[Month, int]]:
    """The days from now on, each in its month."""
    for step in range(-1, days + 1):
        at = now + step * DAY
        name = monthly.month_name_at(district, at)
        month = monthly.whole_month(district, name, "3x8")
        yield month, (at - month.begins_at) // DAY


def _lacks(want: Wanted, shift: Shift | None, skills: Mapping[str, frozenset[str]]) -> tuple[tuple[str, int], ...]:
    if shift is None:
        return ()
    found = []
    for skill, wanted in want.qualities:
        having = sum(skill in skills.get(person, frozenset()) for person in shift.people)
        if having < wanted:
            found.append((skill, wanted - having))
    return tuple(found)


def _skills(people: Iterable[str]) -> dict[str, frozenset[str]]:
    return monthly.skills_of(set(people))


def _besides(shift: Shift) -> Slot:
    """A shift at other hours than the pattern's: its own minimum is what is wanted."""
    return Slot(
        place=shift.place,
        kind="",
        from_at=shift.from_at,
        until_at=shift.until_at,
        wanted=shift.minimum,
        people=tuple(shift.people),
        shift_id=shift.key,
    )


def findings_ahead(district: str, now: Instant, days: int) -> list[Finding]:
    """What is wrong with the days ahead."""
    slots = _without_covered(slots_ahead(district, now, days))
    people = {person for slot in slots for person in slot.people}
    away: dict[str, list[tuple[Instant, Instant]]] = {}
    for row in Absence.objects.filter(person__in=people, state="announced", until_at__gt=now):
        away.setdefault(row.person, []).append((row.from_at, row.until_at))
    there = {one.code for one in people_on(district, now, monthly.STANDS_WATCH)}
    there |= {one.person for one in monthly.keepers_of(district) if _is_active(one.person)}
    return findings(slots, away, people - there, _untold(people))


def _without_covered(slots: list[Slot]) -> list[Slot]:
    """Without empty shifts of the pattern whose every hour a shift at other hours covers."""
    others = [slot for slot in slots if not slot.kind]
    return [
        slot
        for slot in slots
        if slot.people
        or not any(
            one.place == slot.place and one.from_at <= slot.from_at + HOUR and one.until_at >= slot.until_at - HOUR
            for one in others
        )
    ]


def _is_active(code: str) -> bool:
    return Person.objects.filter(pk=number_in(code, "p") or 0, is_active=True).exists()


def _untold(people: Iterable[str]) -> set[str]:
    """Those with neither phone nor e-mail on file."""
    numbers = [number for code in people if (number := number_in(code, "p")) is not None]
    silent = Person.objects.filter(Q(phone="") & Q(email=""), pk__in=numbers)
    return {f"p{pk}" for pk in silent.values_list("pk", flat=True)}


def ahead_page(region: Region, now: Instant, days: int, name: str) -> Context:
    """Context of roster/ahead.html."""
    found = findings_ahead(region.code, now, days)
    sites = monthly.site_names(region.code)
    names = actor_names({person for one in found for person in one.slot.people})
    counts = {state: sum(one.state == state for one in found) for state in ("gap", "thin", "unreachable")}
    return frame(region, name, now) | {
        "days": days,
        "choices": (1, 3, 7, 14),
        "counts": counts,
        "findings": [_row(region.code, one, sites, names) for one in found],
    }


def _row(district: str, one: Finding, sites: Mapping[str, str], names: Mapping[str, str]) -> Context:
    slot = one.slot
    words = {"gap": _("gap"), "thin": _("thin"), "unreachable": _("unreachable")}
    why = [f"{names[person]}: {DOUBTS[doubt]}" for person, doubt in one.doubts]
    if one.state == "thin" and len(slot.people) < slot.wanted:
        why.append(_("%(n)s of %(wanted)s planned") % {"n": len(slot.people), "wanted": slot.wanted})
    if slot.lacks and one.state != "gap":
        why.append(_("no woman"))
    url = reverse("warehouse:act", args=[slot.place, "rencana-piket"])
    if slot.shift_id:
        url = reverse("roster:relief", args=[district, slot.place, slot.shift_id.rpartition("/")[2]])
    return {
        "state": one.state,
        "word": words[one.state],
        "site": sites.get(slot.place, slot.place),
        "kind": KINDS.get(slot.kind, ""),
        "from_at": slot.from_at,
        "until_at": slot.until_at,
        "people": [names[person] for person in slot.people],
        "why": why,
        "url": url,
    }
