"""The load of warnings on screen: by site, by rule, by hour and by who answered."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import actor_names
from awas.ledger.area import DAY, MINUTE, Instant
from awas.places.services import names_of
from awas.warnings import services
from awas.warnings.hours import offset_of
from awas.warnings.load import FLOOD, Load, Spoken, hours_of, load_of, precision
from awas.warnings.models import Warning
from awas.warnings.narration import title_of
from awas.warnings.pages import Context, asked_areas

PERIODS = {"1": 1, "7": 7, "30": 30}
"""Days that may be asked for with `?hari=`."""
RULES_SHOWN = 15
COLUMNS = (
    "place", "rule", "fired_at", "answered_at", "resolved_at", "refired_count", "flapping", "inhibited_by", "rung",
    "repeated_count", "judgement", "answered_by",
)  # fmt: skip


def load_page(request: HttpRequest) -> Context:
    """Context of warnings/load.html; `?place=` or `?region=` narrow it, `?hari=` says how many days."""
    asked = request.GET.get("hari", "7")
    if asked not in PERIODS:
        raise Http404
    areas, now = asked_areas(request), settings.AWAS_NOW()
    since = now - PERIODS[asked] * DAY
    spoken = spoken_in(areas, since)
    places = names_of({one.place for one in spoken})
    hours = hours_of(spoken, offset_of(areas[0] if areas else "36"))
    return {
        "now": now,
        "days": PERIODS[asked],
        "periods": [
            {"days": days, "url": _with(request, key), "current": key == asked} for key, days in PERIODS.items()
        ],
        "whole": _row(load_of(spoken, since, now)),
        "flood": FLOOD,
        "sites": _rows(spoken, lambda one: one.place, places, since, now),
        "rules": _rules(spoken, since, now),
        "people": _people(request, spoken),
        "hours": [{"hour": hour, "count": count, "share": _share(count, hours)} for hour, count in enumerate(hours)],
        "back_url": reverse("warnings:list"),
    }


def spoken_in(areas: Iterable[str], since: Instant) -> list[Spoken]:
    """Every warning that spoke in some areas since an instant."""
    rows = Warning.objects.filter(services.within(areas), fired_at__gte=since).values_list(*COLUMNS)
    return [
        Spoken(
            place=place,
            rule=rule,
            fired_at=fired_at,
            answered_at=answered_at,
            ended_at=resolved_at,
            refired=refired,
            flapping=flapping,
            hidden=bool(hidden) and rung < 0,
            repeated=repeated,
            judgement=judgement,
            answered_by=answered_by,
        )
        for (
            place, rule, fired_at, answered_at, resolved_at, refired, flapping, hidden, rung, repeated, judgement,
            answered_by,
        ) in rows.iterator()
    ]  # fmt: skip


def _with(request: HttpRequest, days: str) -> str:
    values = request.GET.copy()
    values["hari"] = days
    return f"?{values.urlencode()}"


def _row(load: Load) -> Context:
    minutes = None if load.answer_ms is None else load.answer_ms // MINUTE
    return load._asdict() | {
        "per_day": f"{load.per_day:.1f}".replace(".", ","),
        "answer_minutes": minutes,
        "unanswered": load.total - load.answered,
        "is_flooded": load.is_flooded,
        "is_heavy": load.is_heavy,
    }


def _rows(
    spoken: Sequence[Spoken],
    group: Callable[[Spoken], str],
    names: Mapping[str, str],
    since: Instant,
    now: Instant,
) -> list[Context]:
    """A row for each group, the heaviest first."""
    groups: dict[str, list[Spoken]] = defaultdict(list)
    for one in spoken:
        groups[group(one)].append(one)
    rows = [
        {"code": code, "name": names.get(code, code), **_row(load_of(some, since, now))}
        for code, some in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row["total"], row["name"]))


def _rules(spoken: Sequence[Spoken], since: Instant, now: Instant) -> list[Context]:
    """The rules that speak most, with what people said they were worth."""
    said: dict[str, list[str]] = defaultdict(list)
    for one in spoken:
        said[one.rule].append(one.judgement)
    names = {rule: title_of(rule) for rule in said}
    rows = _rows(spoken, lambda one: one.rule, names, since, now)[:RULES_SHOWN]
    for row in rows:
        useful, judged = precision(said[row["code"]])
        row |= {"useful": useful, "judged": judged, "url": reverse("warnings:rule", args=[row["code"]])}
    return rows


def _people(request: HttpRequest, spoken: Sequence[Spoken]) -> list[Context]:
    """Who answered how many, for those who may see names at every site that is counted."""
    places = {one.place for one in spoken}
    if not all(allows(request, Permission.VIEW_PERSONAL, place) for place in places):
        return []
    answered = Counter(one.answered_by for one in spoken if one.answered_by)
    names = actor_names(answered)
    return [{"name": names[code], "count": count} for code, count in answered.most_common(20)]


def _share(count: int, hours: Sequence[int]) -> int:
    """Percent of the busiest hour."""
    return 100 * count // max(*hours, 1)
