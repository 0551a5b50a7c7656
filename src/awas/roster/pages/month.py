"""A month's roster as a table: sites, days, shifts; what is planned, what is only a draft, and why it falls short."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.urls import reverse

from awas.access.services import actor_names
from awas.ledger.area import DAY, Instant
from awas.places.models import Region
from awas.roster import drafting, monthly
from awas.roster.models import Absence, Shift, Swap
from awas.roster.pages.frame import Context, frame
from awas.roster.planning.explain import shortfalls
from awas.roster.planning.month import Month, Wanted
from awas.roster.planning.problem import Placed
from awas.roster.reasons import days_of, remedy_sentence, shortfall_sentence
from awas.roster.words import ABSENCE_REASONS, KINDS


def month_page(region: Region, name: str, now: Instant) -> Context:
    """Context of roster/month.html."""
    draft = drafting.draft_of(region.code, name)
    is_open = draft is not None and not draft.published_at
    whole = monthly.whole_month(region.code, name, draft.month.pattern if draft else "3x8")
    names = monthly.site_names(region.code)
    shifts = monthly.shifts_planned(names, whole.begins_at, whole.ends_at)
    rows = _cells_on_record(whole, shifts)
    if draft is not None and is_open:
        rows = {cell: one for cell, one in rows.items() if cell[1] < draft.month.first_day} | _cells_drafted(draft)
    people = actor_names({person for crew in rows.values() for person in crew["people"]})
    gone = draft.month.first_day if draft else 0
    wants = {(one.site, one.kind): one for one in monthly.wants_of(region.code, whole.pattern)}
    return frame(region, name, now) | {
        "first": whole.first,
        "kinds": [{"id": kind.id, "name": KINDS[kind.id], "hours": _hours(whole, kind.id)} for kind in whole.kinds],
        "sites": [
            {
                "code": site,
                "name": names[site],
                "url": reverse("warehouse:shifts", args=[site]),
                "days": [
                    _day(region.code, whole, site, day, rows, people, wants, editable=is_open and day >= gone, now=now)
                    for day in range(whole.days)
                ],
            }
            for site in names
        ],
        "loads": _loads(whole, rows, people),
        "draft": _draft(region, draft, names) if draft else None,
        "is_open": is_open,
        "may_make": whole.ends_at > now + DAY,
        "swaps": _swaps(names),
        "absences": _absences(region.code, whole, names),
        "absence_links": [
            {"name": name_, "url": reverse("warehouse:act", args=[site, "petugas-berhalangan"])}
            for site, name_ in names.items()
        ],
    }


def _hours(month: Month, kind: str) -> str:
    chosen = next(one for one in month.kinds if one.id == kind)
    ends = (chosen.starts + chosen.minutes) % 1440
    return f"{chosen.starts // 60:02}.{chosen.starts % 60:02}–{ends // 60:02}.{ends % 60:02}"


Cells = dict[tuple[str, int, str], Context]


def _cells_on_record(month: Month, shifts: Iterable[Shift]) -> Cells:
    found: Cells = {}
    for shift in shifts:
        cell = month.cell_of(shift.from_at) or month.nearest_kind(shift.from_at)
        found[shift.place, cell[0], cell[1]] = {"people": list(shift.people), "shift": shift, "fixed": frozenset()}
    return found


def _cells_drafted(draft: drafting.Draft) -> Cells:
    found: Cells = {}
    fixed = set(draft.problem.fixed)
    for one in draft.plan.placed:
        where = one.site, one.day + draft.month.first_day, one.kind
        cell = found.setdefault(where, {"people": [], "shift": None, "fixed": set()})
        cell["people"].append(one.person)
        if one in fixed:
            cell["fixed"].add(one.person)
    return found


def _day(
    district: str,
    month: Month,
    site: str,
    day: int,
    rows: Cells,
    people: Mapping[str, str],
    wants: Mapping[tuple[str, str], Wanted],
    *,
    editable: bool,
    now: Instant,
) -> Context:
    cells = []
    on = month.date_of(day)
    for kind in month.kinds:
        cell = rows.get((site, day, kind.id)) or {"people": [], "shift": None, "fixed": frozenset()}
        want = wants.get((site, kind.id))
        shift: Shift | None = cell["shift"]
        is_ahead = month.span(day, kind.id)[0] > now
        url = ""
        if editable:
            url = reverse("roster:cell", args=[district, site, on.isoformat(), kind.id])
        elif shift is not None and is_ahead:
            url = reverse("roster:relief", args=[district, site, shift.key.rpartition("/")[2]])
        cells.append(
            {
                "kind": KINDS[kind.id],
                "people": [{"name": _short(people[one]), "fixed": one in cell["fixed"]} for one in cell["people"]],
                "missing": max((want.wanted if want else 0) - len(cell["people"]), 0) if is_ahead else 0,
                "wanted": want.wanted if want else 0,
                "url": url,
            }
        )
    return {"on": on, "number": on.day, "weekend": on.weekday() >= 5, "cells": cells}


def _short(name: str) -> str:
    """A name for a narrow table: the first two words."""
    return " ".join(name.split()[:2])


def _loads(month: Month, rows: Cells, people: Mapping[str, str]) -> list[Context]:
    every: Counter[str] = Counter()
    nights: Counter[str] = Counter()
    weekends: Counter[str] = Counter()
    dark = {kind.id for kind in month.kinds if kind.night}
    for (_site, day, kind), cell in rows.items():
        every.update(cell["people"])
        if kind in dark:
            nights.update(cell["people"])
        if month.date_of(day).weekday() >= 5:
            weekends.update(cell["people"])
    return [
        {"name": people[one], "shifts": every[one], "nights": nights[one], "weekends": weekends[one]}
        for one in sorted(every, key=lambda code: people[code])
    ]


def _draft(region: Region, draft: drafting.Draft, names: Mapping[str, str]) -> Context:
    plan = draft.plan
    people = actor_names({one.person for one in plan.rejected} | ({draft.made_by} if draft.made_by else set()))
    return {
        "made_at": draft.made_at,
        "made_by": people.get(draft.made_by, ""),
        "published_at": draft.published_at,
        "proven": plan.proven,
        "seconds": round(plan.seconds, 1),
        "first_day": draft.month.first_day,
        "gaps": [
            {"text": shortfall_sentence(one, names), "days": days_of(one, draft.month)}
            for one in shortfalls(draft.problem, plan)
        ],
        "remedies": [remedy_sentence(one, names) for one in draft.remedies],
        "rejected": [
            {"name": people[one.person], "on": draft.month.date_of(one.day), "kind": KINDS[one.kind]}
            for one in plan.rejected
        ],
    }


def _swaps(names: Mapping[str, str]) -> list[Context]:
    """Wishes that wait for an answer."""
    swaps = list(Swap.objects.filter(place__in=list(names), state="requested").order_by("asked_at")[:50])
    shifts = Shift.objects.in_bulk([one.shift_id for one in swaps] + [one.other_shift_id for one in swaps])
    people = actor_names({person for one in swaps for person in (one.asked_by, one.with_person)})
    return [
        {
            "site": names[one.place],
            "by": people[one.asked_by],
            "other": people[one.with_person],
            "from_at": shifts[one.shift_id].from_at,
            "their_from_at": shifts[one.other_shift_id].from_at if one.other_shift_id else 0,
            "approve_url": reverse(
                "warehouse:act-about", args=[one.place, "setujui-tukar", one.key.rpartition("/")[2]]
            ),
            "decline_url": reverse("warehouse:act-about", args=[one.place, "tolak-tukar", one.key.rpartition("/")[2]]),
        }
        for one in swaps
        if one.shift_id in shifts
    ]


def _absences(district: str, month: Month, names: Mapping[str, str]) -> list[Context]:
    rows = list(
        Absence.objects.filter(
            place__in=list(names), state="announced", until_at__gt=month.begins_at, from_at__lt=month.ends_at
        ).order_by("from_at")[:100]
    )
    people = actor_names({one.person for one in rows})
    return [
        {
            "name": people[one.person],
            "from_at": one.from_at,
            "until_at": one.until_at,
            "reason": ABSENCE_REASONS.get(one.reason, one.reason),
            "back_url": reverse("warehouse:act-about", args=[one.place, "dapat-bertugas", one.key.rpartition("/")[2]]),
        }
        for one in rows
    ]


def cell_choices(draft: drafting.Draft, site: str) -> list[tuple[str, str]]:
    """Who can be put into a cell of a draft: everybody who can reach the site."""
    people = [one for one in draft.problem.people if any(code == site for code, _cost in one.sites)]
    names = actor_names({one.id for one in people})
    return sorted(((one.id, names[one.id]) for one in people), key=lambda pair: pair[1])


def in_cell(placed: Iterable[Placed], site: str, day: int, kind: str) -> list[str]:
    """Who stands in a cell."""
    return [one.person for one in placed if (one.site, one.day, one.kind) == (site, day, kind)]
