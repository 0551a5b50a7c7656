"""What the stage board reads: sums of stages and kits, what a district needs, and its pace. One query or two each."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Sum
from django.db.models.functions import Substr

from awas.elections import ballots as ballot_rules
from awas.elections.services import current_election
from awas.ledger.area import HOUR, Instant
from awas.logistics import models
from awas.logistics.pace import Pace, pace
from awas.logistics.services import ballots_of, needs_below, state_of
from awas.logistics.state import Progress, Season
from awas.places.codes import width_below
from awas.places.constituencies import constituencies_within, nearest
from awas.places.models import Station
from awas.places.services import sites_within
from awas.places.serving import areas_within, unserved

BALANCE_SUMS = {name: Sum(name) for name in ("taken", "passed", "held", "damaged", "short", "over", "unexplained")}


def stage_sums(origins: Iterable[str]) -> list[dict[str, Any]]:
    """What went through each stage of some logs, by log, stage, ballot kind and constituency; ballots only."""
    rows = models.Balance.objects.filter(log__in=list(origins), item="ballot")
    return list(rows.values("log", "stage", "ballot", "dapil").annotate(**BALANCE_SUMS))


def kit_sums(origins: Iterable[str], *, below: str = "") -> list[dict[str, Any]]:
    """Kits of some logs by log, state and completeness; with `below`, by the regions right under that one instead."""
    kits = models.Kit.objects.filter(log__in=list(origins))
    if not below:
        return list(kits.values("log", "state", "complete").annotate(kits=Count("key")))
    kits = kits.filter(station__startswith=below + ".").annotate(part=Substr("station", 1, width_below(below)))
    return list(kits.values("part", "state", "complete").annotate(kits=Count("key")))


def stations_below(region: str) -> dict[str, int]:
    """How many stations there are in each region right under one that is no village."""
    rows = Station.objects.within(region).annotate(part=Substr("code", 1, width_below(region)))
    return dict(rows.values_list("part").annotate(n=Count("code")))


def transfers_open(origins: Iterable[str]) -> int:
    """Transfers on their way in some logs."""
    return models.Transfer.objects.filter(log__in=list(origins), state="offered").count()


def needs_of_district(district: str) -> dict[str, int]:
    """Sheets a district needs by ballot kind: as its season was opened, else as its voter lists say today."""
    seasons = _seasons_of(district)
    if not seasons:
        lines, _stations = needs_below(district)
        return {line.ballot: line.units for line in lines}
    found: dict[str, int] = {}
    for season in seasons:
        for key, units in season.needs.items():
            item, ballot, _dapil = key.split(".", 2)
            if item == "ballot":
                found[ballot] = found.get(ballot, 0) + units
    return found


def _seasons_of(district: str) -> list[Season]:
    """The seasons whose needs are together those of a district: one of the whole, or one of each warehouse that serves
    areas, all stations lying in some area. None where these aren't all there: a part looks like the whole."""
    opened = {site.code: season for site in sites_within(district) if (season := state_of(site.code).season).needs}
    areas = areas_within(district)
    if not areas:
        return [season for season in opened.values() if not season.area_count][:1]
    warehouses = sorted(set(areas.values()))
    parts = [opened[code] for code in warehouses if code in opened and opened[code].area_count]
    return parts if len(parts) == len(warehouses) and not unserved(district) else []


def needs_by_constituency(district: str) -> dict[tuple[str, str], int]:
    """Sheets a district needs by (ballot kind, dapil), for the kinds whose constituencies are in the table.

    From the voter lists; stations of unknown size count as none, those outside any constituency are left out.
    """
    election = current_election()
    tables = {kind: rows for kind in ballots_of(district, election) if (rows := constituencies_within(district, kind))}
    sizes = Station.objects.within(district).filter(voters__isnull=False).values_list("region_id", "voters")
    counted = sizes.annotate(stations=Count("code")) if tables else ()
    found: dict[tuple[str, str], int] = {}
    for village, voters, stations in counted:
        for kind, rows in tables.items():
            if dapil := nearest(rows, village):
                need = ballot_rules.ballots_needed(election, kind, voters) * stations
                found[kind, dapil] = found.get((kind, dapil), 0) + need
    return found


RATE_NEEDS = 12 * HOUR
"""Work goes on so long before its rate means anything."""


class StagePace(NamedTuple):
    """The pace of one stage of one kind of ballot; `ballot` is "" for packing, which counts kits of stations."""

    stage: str
    ballot: str
    pace: Pace


def paces_of(district: str, now: Instant) -> list[StagePace]:
    """Sorting and folding by kind of ballot, and packing, of a district's warehouses, beside the season's dates."""
    states = [state_of(site.code) for site in sites_within(district)]
    states = [one for one in states if one.season.voting_at]
    if not states:
        return []
    season = states[0].season
    found: list[StagePace | None] = []
    for ballot in ballots_of(district):
        come, sort, fold = (
            [one.total(stage, "ballot", ballot) for one in states] for stage in ("receiving", "sorting", "folding")
        )
        sorted_ = sum(one.taken for one in sort)
        to_sort = sum(one.passed for one in come) - sorted_
        found.append(_paced("sorting", ballot, sort, sorted_, to_sort, now, season.sorted_by_at))
        folded = sum(one.taken for one in fold)
        to_fold = sum(one.passed for one in sort) - folded
        found.append(_paced("folding", ballot, fold, folded, to_fold, now, season.packed_by_at))
    packs = [one for state in states for key, one in state.progress.items() if key.startswith("packing/")]
    packed, stations = sum(one.packed_count for one in states), sum(stations_below(district).values())
    found.append(_paced("packing", "", packs, packed, stations - packed, now, season.packed_by_at))
    return [one for one in found if one is not None]


def _paced(
    stage: str, ballot: str, work: list[Progress], done: int, left: int, now: Instant, due_at: Instant
) -> StagePace | None:
    first_at = min((one.first_at for one in work if one.first_at), default=now)
    found = pace(done, left, now - first_at, now, due_at) if now - first_at >= RATE_NEEDS else None
    return None if found is None else StagePace(stage, ballot, found)
