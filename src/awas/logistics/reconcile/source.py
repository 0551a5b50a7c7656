"""Where the reconciliation reads the record: the rows of the projection, as streams of plain tuples.

Reads only. Rows come in the order of the columns in `engine`; nothing is held in memory.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from awas.elections.ballots import ballots_for
from awas.elections.schema import Election
from awas.ledger.models import Log
from awas.logistics.reconcile.engine import Row
from awas.places.codes import OVERSEAS, PARTS, log_origin, subtree
from awas.places.models import Station

CHUNK = 5_000

SHELVES = {
    "unsorted": "receiving",
    "good": "sorting",
    "folded": "folding",
    "packed": "packing",
    "returned": "return",
    "recapped": "recapitulation",
    "damaged": "destruction",
    "surplus": "destruction",
}
"""The stage whose result stands on a shelf; a shelf that follows several stages counts under its own name."""


def below_district(region: str) -> bool:
    """Whether it is a kecamatan or a village: a part of one log, and of one snapshot."""
    return len(region) > PARTS[1]


def districts_in(region: str) -> dict[str, str]:
    """The districts with a log in a region, or in which it lies ('' for all): state as entries and root, 1234-9f2c."""
    rows = Log.objects.order_by("origin").values_list("origin", "size", "root")
    states = {origin.partition("/")[2]: f"{size}-{bytes(root).hex()[:12]}" for origin, size, root in rows}
    return {district: state for district, state in states.items() if district.startswith(region[: PARTS[1]])}


def rows_of(region: str) -> Iterator[Row]:
    """Balances of the stages in a region, in the order of `engine.STAGE_ROWS`; '' is the nation."""
    columns = ("place", "station", "stage", "item", "ballot", "dapil")
    quantities = ("taken", "passed", "held", "damaged", "short", "over")
    for log, *row in _within("Balance", region).values_list("log", *columns, *quantities).iterator(CHUNK):
        yield (log.partition("/")[2], *row)


def counts_of(region: str) -> Iterator[Row]:
    """Independent counts in a region, in the order of `engine.COUNTS`: of each counter and shelf the latest one."""
    latest: dict[tuple[str, str, str], tuple[str, Any]] = {}
    columns = ("log", "place", "shelf", "counted_by", "lines")
    for log, place, shelf, counter, lines in _within("StockCount", region).order_by("at").values_list(*columns):
        latest[place, shelf, counter] = (log.partition("/")[2], lines)
    for (place, shelf, counter), (district, lines) in latest.items():
        for line in json.loads(lines) if isinstance(lines, str) else lines:
            thing = (line["item"], line.get("ballot", ""), line.get("dapil", ""))
            yield (district, place, "", *thing, SHELVES.get(shelf, shelf), counter, line["units"])


def stations_of(districts: Iterable[str], region: str = "") -> Iterator[Row]:
    """Polling stations of those districts, in the order of `engine.STATIONS`; voters None if unknown.

    Below a district only those of the `region`.
    """
    for district in districts:
        inside = region if below_district(region) else district
        held = Station.objects.within(inside).order_by("code").values_list("code", "voters")
        for code, voters in held.iterator(CHUNK):
            yield code, district, voters


def entitlements_of(election: Election, districts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(district, ballot) of what the stations of each district get; none where the election says nothing of it."""
    for district in districts:
        voters = "overseas" if district.startswith(OVERSEAS) else "domestic"
        try:
            ballots = ballots_for(election, district, voters)
        except LookupError:
            continue
        yield from ((district, ballot.id) for ballot in ballots)


def _within(model: str, region: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("logistics", model)._default_manager.all()
    if not region:
        return rows
    if below_district(region):
        inside = Q(place=region) | Q(place__startswith=f"{region}.") | Q(place__startswith=f"{region}-")
        return rows.filter(inside, log=log_origin(region))
    # A log's name is a fixed word and its district: a region is a range of names, as it is a range of codes.
    word = log_origin(f"{region[:2]}.01").partition("/")[0]
    first, last = subtree(region)
    return rows.filter(log__gte=f"{word}/{first}", log__lte=f"{word}/{last}")
