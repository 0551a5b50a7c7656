"""The stage board of a province or a district: progress, readiness, differences."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from awas.ledger.naming import log_of
from awas.logistics import models, progress
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.pages.doors import board_url, may_see_place
from awas.logistics.pages.frame import FAR, SUPPLIED, Context, tally_row
from awas.logistics.pages.stage_rows import StageRows, pace_rows, per_mille, percent
from awas.places.codes import zone_of
from awas.places.models import Region
from awas.warnings import services as warnings
from awas.warnings.pages import warning_rows

BOARD = ("delivery", "receiving", "sorting", "folding", "packing")


def districts_of(region: str) -> list[Region]:
    """The districts of a province, or the district itself. Raises Http404 for anything else."""
    found = Region.objects.filter(code=region).first()
    if found is None or found.level > Region.Level.DISTRICT:
        raise Http404
    if found.level == Region.Level.DISTRICT:
        return [found]
    return list(Region.objects.filter(parent_id=region, level=Region.Level.DISTRICT).order_by("code"))


def board_page(request: HttpRequest, region: str) -> Context:
    """Progress, readiness and differences of every stage, for a province or a district."""
    districts = districts_of(region)
    here = Region.objects.get(code=region)
    origins = [log_of(one.code) for one in districts]
    one_district = here.level == Region.Level.DISTRICT
    now = settings.AWAS_NOW()
    sums = progress.stage_sums(origins)
    paces = {one.code: progress.paces_of(one.code, now) for one in districts}
    rows = _district_rows(districts, origins, sums, paces)
    totals = _added(rows)
    kinds = StageRows(sums, [one.code for one in districts], by_constituency=one_district)
    return {
        "region": _region(request, here),
        "tz": zone_of(region),
        "files": [
            {"form": name, "url": reverse(f"logistics:board-{form}", args=[region])}
            for form, name in (("xlsx", "Excel"), ("csv", "CSV"), ("ndjson", "NDJSON"))
        ],
        "now": now,
        "districts": [] if one_district else rows,
        "totals": totals,
        "ballots": kinds.overview(),
        "stages": kinds.by_stage(),
        "paces": pace_rows(paces[region]) if one_district else [],
        "parts": _part_rows(region, origins) if one_district else [],
        "sites": _site_links(request, region) if one_district else [],
        "in_transit": progress.transfers_open(origins),
        "kits_url": reverse("logistics:kits", args=[region]) if one_district else "",
        "differences": _differences(request, origins),
        "warnings": warning_rows(
            [one for one in warnings.open_warnings([region], limit=60) if one.rule.startswith("LOG-")][:8]
        ),
    }


def _region(request: HttpRequest, region: Region) -> Context:
    up = region.parent
    return {
        "code": region.code,
        "name": region.name,
        "url_up": board_url(request, up.code) if up is not None else "",
        "up_name": up.name if up is not None else "",
    }


def _kits_by(rows: list[dict[str, Any]], name: str) -> dict[str, Context]:
    found: dict[str, Context] = {}
    for row in rows:
        one = found.setdefault(row[name], {"kits": 0, "complete": 0, "left": 0, "supplied": 0})
        one["kits"] += row["kits"]
        one["complete"] += row["kits"] * row["complete"]
        one["left"] += row["kits"] * (row["state"] in FAR)
        one["supplied"] += row["kits"] * (row["state"] in SUPPLIED)
    return found


def _district_rows(
    districts: list[Region],
    origins: list[str],
    stage_sums: Iterable[Mapping[str, Any]],
    paces: Mapping[str, Iterable[progress.StagePace]],
) -> list[Context]:
    kits = _kits_by(progress.kit_sums(origins), "log")
    stations: dict[str, int] = {}
    for district in districts:
        stations[district.code] = sum(progress.stations_below(district.code).values())
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for row in stage_sums:
        one = sums.setdefault((row["log"], row["stage"]), {"passed": 0, "damaged": 0, "taken": 0, "unexplained": 0})
        for name in one:
            one[name] += row[name] or 0
    rows = []
    for district in districts:
        origin = log_of(district.code)
        known = kits.get(origin, {"kits": 0, "complete": 0, "left": 0, "supplied": 0})
        stages = {stage: sums.get((origin, stage), {}) for stage in BOARD}
        rows.append(
            {
                "name": district.name,
                "code": district.code,
                "url": reverse("logistics:board", args=[district.code]),
                "stations": stations[district.code],
                **known,
                "ready": percent(known["complete"], stations[district.code]),
                "received": stages["receiving"].get("passed", 0),
                "sorted": percent(stages["sorting"].get("taken", 0), stages["receiving"].get("passed", 0)),
                "folded": percent(stages["folding"].get("passed", 0), stages["receiving"].get("passed", 0)),
                "damaged": stages["sorting"].get("damaged", 0) + stages["receiving"].get("damaged", 0),
                "share": per_mille(stages["sorting"].get("damaged", 0), stages["sorting"].get("taken", 0)),
                "unexplained": sum(one.get("unexplained", 0) for one in stages.values()),
                "days_late": max((one.pace.days_late for one in paces[district.code]), default=None),
            }
        )
    return rows


def _added(rows: list[Context]) -> Context:
    names = ("stations", "kits", "complete", "left", "supplied", "received", "damaged", "unexplained")
    totals: Context = {name: sum(row[name] for row in rows) for name in names}
    totals["ready"] = percent(totals["complete"], totals["stations"])
    return totals


def _part_rows(region: str, origins: list[str]) -> list[Context]:
    """The regions right under a district: stations, kits packed, gone and there."""
    stations = progress.stations_below(region)
    kits = _kits_by(progress.kit_sums(origins, below=region), "part")
    names = dict(Region.objects.filter(parent_id=region).values_list("code", "name"))
    return [
        {
            "name": names.get(code, code),
            "code": code,
            "url": reverse("logistics:kits", args=[code]),
            "stations": stations.get(code, 0),
            **kits.get(code, {"kits": 0, "complete": 0, "left": 0, "supplied": 0}),
            "ready": percent(kits.get(code, {}).get("complete", 0), stations.get(code, 0)),
        }
        for code in sorted(stations.keys() | kits.keys())
    ]


def _site_links(request: HttpRequest, region: str) -> list[Context]:
    from awas.places.services import sites_within  # noqa: PLC0415 - only a district's board names its sites

    return [
        {"name": site.name, "code": site.code, "url": reverse("logistics:place", args=[site.code])}
        for site in sites_within(region)
        if may_see_place(request, site.code)
    ]


def _differences(request: HttpRequest, origins: list[str]) -> list[Context]:
    """The newest tallies with a difference nobody has explained."""
    rows = models.TallyRow.objects.filter(log__in=origins, state="counted", reason__in=OPEN_REASONS)
    open_ones = rows.exclude(short=0, over=0).order_by("-at")[:12]
    return [tally_row(request, one) for one in open_ones]
