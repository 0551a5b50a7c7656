"""Many sites at once: a district's today and the wall of a province."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import actor_names
from awas.elections.calendar import days_to_vote
from awas.elections.services import current_election
from awas.ledger import services as ledger
from awas.ledger.area import DAY, MINUTE, Instant
from awas.ledger.naming import district_of, log_of
from awas.places.codes import zone_of
from awas.places.models import Region, Site
from awas.roster import services as roster
from awas.roster.models import Shift
from awas.warehouse import models, services
from awas.warehouse.forms.things import OPEN_CONSIGNMENTS
from awas.warehouse.narration import entry_rows
from awas.warehouse.pages.frame import Context
from awas.warehouse.pages.goods import sender_of, summary_of
from awas.warehouse.pages.site import DARK, ROUND_LATE, level_of
from awas.warnings import services as warnings
from awas.warnings.pages import warning_rows

HOME_ZONE = "Asia/Jakarta"
RANK = {"": 0, "normal": 0, "unknown": 1, "waspada": 2, "siaga": 3, "awas": 4}

TILES = {
    "36.72": (1, 1), "36.73": (1, 2), "36.71": (1, 4), "36.04": (1, 3),
    "36.01": (2, 1), "36.02": (2, 2), "36.03": (2, 3), "36.74": (2, 4),
}  # fmt: skip
"""Row and column of Banten's districts, roughly as they lie; a district without a place follows behind."""

COLUMNS = 4


def election_line(now: Instant) -> Context:
    """Which election, and how far it is."""
    election = current_election()
    today = datetime.fromtimestamp(now / 1000, ZoneInfo(HOME_ZONE)).date().isoformat()
    left = days_to_vote(election, today)
    name = getattr(election.name, "en" if get_language() == "en" else "id")
    return {"name": name, "vote_on": election.voting.on, "days_left": left, "days_after": -left}


def pulse(origin: str, now: Instant) -> dict[str, list[int]]:
    """Entries per hour of the last day by place, oldest first; kept for a minute, since it changes slowly."""
    key = f"pulse/{origin}/{now // MINUTE}"
    found: dict[str, list[int]] | None = cache.get(key)
    if found is None:
        found = defaultdict(lambda: [0] * 24)
        for place, hours_ago, count in ledger.entries_per_hour(origin, now - DAY, now):
            # An entry may be ahead of this server's clock, which was set right after it: it belongs to this hour.
            found[place][23 - max(0, min(hours_ago, 23))] += count
        found = dict(found)
        cache.set(key, found, 90)
    return found


class Survey:
    """What the pages say of some sites, gathered in a handful of queries however many sites there are."""

    def __init__(self, sites: Sequence[Site], now: Instant) -> None:
        codes = [site.code for site in sites]
        self.sites, self.now = sites, now
        self.states = services.site_states(codes)
        self.duty = roster.on_duty_in(codes)
        self.names = actor_names({code for some in self.duty.values() for code in some})
        self.worst = warnings.worst_level(codes)
        self.counts = warnings.open_counts(codes)
        self.shifts: dict[str, Shift] = {}
        running = Shift.objects.filter(place__in=codes, state="planned", from_at__lte=now, until_at__gt=now)
        for shift in running.order_by("from_at"):
            self.shifts[shift.place] = shift
        self.held = self.shifts | roster.shifts_held(codes)
        self.pulses: dict[str, list[int]] = {}
        for origin in {log_of(code) for code in codes}:
            self.pulses |= pulse(origin, now)
        self.expected: dict[str, list[models.Consignment]] = defaultdict(list)
        for one in models.Consignment.objects.filter(
            at_place__in=codes, status__in=OPEN_CONSIGNMENTS, direction="in"
        ).order_by("expected_until_at"):
            self.expected[one.at_place].append(one)

    def level(self, code: str) -> str:
        return level_of(code, self.states[code].last_entry_at, self.now, self.worst.get(code, ""))

    def row(self, site: Site, *, may_look: bool = True) -> Context:
        """A site as places/district.html wants it; without its address for those who may not look into it."""
        code, now = site.code, self.now
        state, held = self.states[code], self.held.get(code)
        coming = self.expected[code][0] if self.expected[code] else None
        return {
            "code": code,
            "name": site.name,
            "url": reverse("warehouse:watch", args=[code]) if may_look else "",
            "level": self.level(code),
            "pulse": self.pulses.get(code, [0] * 24),
            "duty": [self.names[one] for one in self.duty[code]],
            "duty_late": held is not None and now > held.until_at,
            "handover_due_at": held.until_at if held else None,
            "inside_count": state.inside_count,
            "vehicle_count": state.vehicles_inside,
            "last_round_at": state.last_round_at or None,
            "round_late": now - state.last_round_at > ROUND_LATE,
            "last_entry_at": state.last_entry_at or None,
            "dark": now - state.last_entry_at > DARK,
            "next": {
                "text": summary_of(coming.lines),
                "at": coming.expected_until_at or None,
                "late": bool(coming.expected_until_at) and now > coming.expected_until_at,
            }
            if coming
            else None,
            "warning_count": self.counts.get(code, 0),
        }


def entries_today(origins: Iterable[str], now: Instant, zone: str) -> int:
    """Entries since the midnight of a zone."""
    midnight = datetime.fromtimestamp(now / 1000, ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    start = int(midnight.timestamp() * 1000)
    return sum(ledger.size_of(origin) - ledger.index_at(origin, start) for origin in origins)


def district_page(request: HttpRequest, region: Region) -> Context:
    """Context of places/district.html."""
    now = settings.AWAS_NOW()
    sites = list(Site.objects.within(region.code))
    survey = Survey(sites, now)
    may_look = allows(request, Permission.VIEW_SITE, region.code)
    rows = [survey.row(site, may_look=may_look) for site in sites]
    expected = [(site, one) for site in sites for one in survey.expected[site.code]]
    late = [one for _site, one in expected if one.expected_until_at and now > one.expected_until_at]
    up = region.parent if region.parent and allows(request, Permission.VIEW_REGION, region.parent_id or "") else None
    link = f"{reverse('warnings:list')}?region={region.code}"
    return {
        "region": {
            "code": region.code,
            "name": region.name,
            "url_up": reverse("wall", args=[up.code]) if up else "",
            "up_name": up.name if up else "",
        },
        "tz": zone_of(region.code),
        "now": now,
        "level": max((row["level"] for row in rows), key=lambda level: RANK[level], default="normal"),
        "election": election_line(now),
        "totals": {
            "sites": len(rows),
            "on_duty": sum(len(row["duty"]) for row in rows),
            "sites_without_duty": sum(not row["duty"] for row in rows),
            "inside": sum(row["inside_count"] for row in rows),
            "vehicles": sum(row["vehicle_count"] for row in rows),
            "expected": len(expected),
            "expected_late": len(late),
            "warnings": sum(row["warning_count"] for row in rows),
            "entries_today": entries_today({log_of(site.code) for site in sites}, now, zone_of(region.code)),
        },
        "sites": rows,
        "warnings": warning_rows(warnings.open_warnings([region.code], limit=12)),
        "deliveries": [
            {
                "url": reverse("warehouse:delivery", args=[site.code, one.key.replace("/", "~")]) if may_look else "",
                "letter": one.delivery_letter,
                "place_name": site.name,
                "what": f"{summary_of(one.lines)} · {sender_of(one)}",
                "at": one.expected_until_at or None,
                "late": one in late,
            }
            for site, one in expected[:12]
        ],
        "links": {"warnings": link, "wall": reverse("wall", args=[up.code]) if up else ""},
    }


def wall_page(request: HttpRequest, region: Region) -> Context:
    """Context of places/wall.html."""
    now = settings.AWAS_NOW()
    sites = list(Site.objects.within(region.code).exclude(kind=Site.Kind.OFFICE))
    survey = Survey(sites, now)
    by_district: dict[str, list[Site]] = defaultdict(list)
    for site in sites:
        by_district[district_of(site.code)].append(site)
    names = dict(Region.objects.filter(code__in=by_district).values_list("code", "name"))
    open_warnings = warnings.open_warnings([region.code], limit=200)
    why: dict[str, str] = {}
    for row in warning_rows(open_warnings):
        why.setdefault(district_of(row["place"]), row["title"])
    tally = {level: sum(one.level == level for one in open_warnings) for level in ("awas", "siaga", "waspada")}
    tiles = [
        _tile(code, names.get(code, code), some, survey, why.get(code, ""), number)
        for number, (code, some) in enumerate(sorted(by_district.items()))
    ]
    site_names = {site.code: site.name for site in sites}
    return {
        "region": {"code": region.code, "name": region.name},
        "tz": zone_of(region.code),
        "now": now,
        "election": election_line(now),
        "tally": tally | {"unknown": sum(tile["level"] == "unknown" for tile in tiles)},
        "tiles": tiles,
        "warnings": warning_rows(open_warnings[:14]),
        "entries": _stream(request, region, sorted({log_of(site.code) for site in sites}), site_names),
        "links": {"warnings": f"{reverse('warnings:list')}?region={region.code}"},
    }


def _tile(code: str, name: str, sites: Sequence[Site], survey: Survey, why: str, number: int) -> Context:
    rows = [survey.row(site) for site in sites]
    place = TILES.get(code, (3 + number // COLUMNS, 1 + number % COLUMNS))
    return {
        "name": name,
        "url": reverse("district", args=[code]),
        "row": place[0],
        "col": place[1],
        "level": max((row["level"] for row in rows), key=lambda level: RANK[level], default="normal"),
        "why": why,
        "warning_count": sum(row["warning_count"] for row in rows),
        "site_count": len(rows),
        "duty_count": sum(len(row["duty"]) for row in rows),
        "duty_wanted": sum(survey.shifts[site.code].minimum if site.code in survey.shifts else 1 for site in sites),
        "inside_count": sum(row["inside_count"] for row in rows),
        "expected_count": sum(len(survey.expected[site.code]) for site in sites),
        "last_entry_at": max((row["last_entry_at"] or 0 for row in rows), default=0) or None,
        "dark": any(row["dark"] for row in rows),
        "pulse": [sum(hour) for hour in zip(*(row["pulse"] for row in rows), strict=True)],
    }


def _stream(
    request: HttpRequest, region: Region, origins: Sequence[str], site_names: dict[str, str]
) -> list[dict[str, Any]]:
    """The newest entries of several logs, newest first; only of sites whose log is open to whoever looks.

    A region's states and counts are for partners too, what is written at a gate is not.
    """
    lines = [
        line for line in ledger.newest_lines(origins, 18) if allows(request, Permission.VIEW_SITE, line.entry.place)
    ]
    rows = entry_rows(
        lines,
        viewer_may_see_names=allows(request, Permission.VIEW_PERSONAL, region.code),
        tz=zone_of(region.code),
        url_of=lambda line: reverse("warehouse:entry", args=[line.entry.place, line.index]),
        corrections={},
    )
    return [row | {"place_name": site_names.get(line.entry.place, "")} for row, line in zip(rows, lines, strict=True)]
