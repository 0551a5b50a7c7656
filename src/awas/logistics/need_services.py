"""Needs out of the register of stations: one grouped query per level, so that a nation takes seconds.

The database counts stations by region and size; what a station of a size needs, the election's own functions say. No
rule of rounding is written in SQL. Reads only.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from msgspec import Struct
from msgspec.structs import replace

from awas.elections.ballots import ballots_needed
from awas.elections.schema import Election
from awas.elections.services import current_election, election, election_slugs
from awas.logistics.need_bounds import Bounds, ballot_bounds, measured_rounding
from awas.logistics.need_published import Case, Verdict, cases, judge
from awas.logistics.needs import (
    Reckoning,
    RegionNeed,
    RevoteStock,
    StationNeed,
    Thing,
    kinds_in,
    revote_stock,
    station_need,
    things,
    together,
)
from awas.places.codes import OVERSEAS, PARTS, subtree
from awas.places.constituencies import whole_within
from awas.places.importing import Progress, silent
from awas.places.models import Region
from awas.places.voter_report import Norms

PROVINCE, DISTRICT, KECAMATAN, VILLAGE = 1, 2, 3, 4
EVERYWHERE = ("00", "99.99.99.9999-999")
CHUNK = 10_000


class Needs(Struct, frozen=True, kw_only=True):
    """The needs of a region's parts at one level, by code. `region` is empty for the nation.

    `total` is what lies at home; `overseas` the posts overseas together, None where there are none. `names` by code.
    """

    election: str
    region: str
    level: int
    things: tuple[Thing, ...]
    rows: tuple[RegionNeed, ...]
    names: dict[str, str]
    total: RegionNeed
    overseas: RegionNeed | None
    revote: tuple[RevoteStock, ...]


def needs(
    region: str,
    level: int,
    election: Election | None = None,
    progress: Progress = silent,
    using: str = DEFAULT_DB_ALIAS,
) -> Needs:
    """What the stations of a region need, summed for each of its parts of `level` (1 province … 4 village).

    `level` is not above the region's own. Parts without stations are left out.
    """
    election = election or current_election()
    villages = _villages(region, using)
    rows = tuple(_summed(region, level, election, villages, progress, using))
    home = [row for row in rows if not row.region.startswith(OVERSEAS)]
    abroad = [row for row in rows if row.region.startswith(OVERSEAS)]
    whole = abroad if region.startswith(OVERSEAS) else home
    committees = {village[: PARTS[2]] for village in villages if village.startswith(OVERSEAS) == (whole is abroad)}
    count = len(committees) if len(region) <= PARTS[2] else 0
    districts = sorted({village[: PARTS[1]] for village in villages if not village.startswith(OVERSEAS)})
    return Needs(
        election=election.slug,
        region=region,
        level=level,
        things=things(election),
        rows=rows,
        names=_names(region, level, using),
        total=_bounded(together(election, region, whole, count), election),
        overseas=together(election, OVERSEAS, abroad, 0) if abroad and not region else None,
        revote=revote_stock(election, region, districts, _tabled(election, region, villages)),
    )


def _tabled(election: Election, region: str, villages: Iterable[str]) -> dict[str, int | None]:
    """How many constituencies the table has for a region, by kind of ballot; kinds it doesn't know are left out."""
    home = [village for village in villages if not village.startswith(OVERSEAS)]
    found: dict[str, int | None] = {}
    for row in election.constituencies:
        if row.area.startswith("dapil_"):
            voting = [village for village in home if row.ballot in kinds_in(election, village[: PARTS[1]])]
            with suppress(LookupError):
                found[row.ballot] = whole_within(region, voting, row.ballot)
    return found


def station_needs(
    region: str, election: Election | None = None, using: str = DEFAULT_DB_ALIAS
) -> Iterator[tuple[str, StationNeed]]:
    """Code and need of every station of a region, in the order of codes; streams."""
    election = election or current_election()
    known: dict[tuple[str, int | None], StationNeed] = {}
    select = "SELECT code, voters FROM places_station WHERE code BETWEEN %s AND %s ORDER BY code"
    for code, voters in _ask(using, select, _span(region)):
        key = (code[: PARTS[1]], voters)
        if key not in known:
            known[key] = station_need(election, key[0], voters)
        yield code, known[key]


def count_stations(region: str, using: str = DEFAULT_DB_ALIAS) -> int:
    """Stations of a region in the register; of the nation and the posts overseas for an empty one."""
    return int(next(_ask(using, "SELECT COUNT(*) FROM places_station WHERE code BETWEEN %s AND %s", _span(region)))[0])


def sizes_at_home(using: str = DEFAULT_DB_ALIAS) -> list[tuple[int | None, int]]:
    """All stations at home by size: (voters, how many)."""
    select = "SELECT voters, COUNT(*) FROM places_station WHERE code < %s GROUP BY voters"
    return list(_ask(using, select, (OVERSEAS,)))


def stations_of(district: str, using: str = DEFAULT_DB_ALIAS) -> list[tuple[int | None, int]]:
    """The stations of a region by size: (voters, how many)."""
    select = "SELECT voters, COUNT(*) FROM places_station WHERE code BETWEEN %s AND %s GROUP BY voters"
    return list(_ask(using, select, _span(district)))


def ballot_kinds() -> tuple[str, ...]:
    """The kinds of ballots of the watched election, for `awas import constituencies`."""
    return tuple(one.id for one in current_election().ballots)


def voter_norms() -> Norms:
    """What the watched election says of a station, for `awas import voters`."""
    election = current_election()
    first = election.ballots[0].id
    rows = [row for part in election.electorate for row in (part.whole, *part.rows)]
    return Norms(
        voters_max=election.station.voters_max.value,
        voters_max_by_law=election.station.voters_max_by_law.value,
        ballots=lambda voters: ballots_needed(election, first, voters),
        published={row.region: (row.voters, row.stations) for row in rows if row.voters and row.stations},
    )


def _span(region: str) -> tuple[str, str]:
    return subtree(region) if region else EVERYWHERE


def _ask(using: str, select: str, parameters: tuple[Any, ...]) -> Iterator[Any]:
    with connections[using].cursor() as cursor:
        cursor.execute(select, parameters)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _villages(region: str, using: str) -> list[str]:
    """The villages that have stations, out of the index of the foreign key alone."""
    select = "SELECT DISTINCT region_id FROM places_station WHERE region_id BETWEEN %s AND %s"
    return [village for (village,) in _ask(using, select, _span(region))]


def _names(region: str, level: int, using: str) -> dict[str, str]:
    found = Region.objects.using(using).filter(level=level)
    return dict((found.within(region) if region else found).values_list("code", "name"))


def _summed(
    region: str, level: int, election: Election, villages: Iterable[str], progress: Progress, using: str
) -> Iterator[RegionNeed]:
    reckoning = Reckoning(election)
    kecamatan: dict[str, set[str]] = defaultdict(set)
    for village in villages if level <= KECAMATAN else ():
        kecamatan[village[: PARTS[level - 1]]].add(village[: PARTS[2]])
    width = PARTS[level - 1]
    # A province's districts may vote on different things, so a province is the sum of its districts.
    counted = max(width, PARTS[1])
    select = (
        f"SELECT SUBSTR(region_id, 1, {counted}) AS part, voters, COUNT(*) FROM places_station"  # noqa: S608 - a number of ours
        " WHERE region_id BETWEEN %s AND %s GROUP BY part, voters ORDER BY part"
    )
    with progress("counting", count_stations(region, using)) as advance:
        parts = []
        for code, sizes in groupby(_ask(using, select, _span(region)), key=lambda row: row[0]):
            held = [(voters, count) for _, voters, count in sizes]
            parts.append(reckoning.region(code, held, len(kecamatan[code]) if counted == width else 0))
            advance(parts[-1].stations)
    for code, rows in groupby(parts, key=lambda row: row.region[:width]):
        if counted == width:
            yield _bounded(next(rows), election)
            continue
        yield _bounded(together(election, code, rows, len(kecamatan[code])), election)


def _bounded(need: RegionNeed, election: Election) -> RegionNeed:
    """With the bounds of the whole need where voters per station are unknown and the region's total is published."""
    published = [row for part in election.electorate for row in (part.whole, *part.rows) if row.region == need.region]
    if not need.unknown_count or not published or published[0].voters is None:
        return need
    waiting = published[0].voters - need.voters
    bounds = {}
    for kind in _kinds(need, election):
        try:
            rest = ballot_bounds(election, kind, waiting, need.unknown_count)
        except ValueError:
            continue  # what is known of the stations contradicts the published total: no bound holds
        known = need.ballots.get(kind, 0)
        bounds[kind] = Bounds(known + rest.least, known + rest.most)
    return replace(need, bounds=bounds)


def _kinds(need: RegionNeed, election: Election) -> tuple[str, ...]:
    """Kinds that all voters of a region get: those of its districts that agree."""
    reckoning = Reckoning(election)
    if len(need.region) >= PARTS[1]:
        return reckoning.kinds(need.region)
    return tuple(kind for kind in reckoning.kinds(f"{need.region}.01") if kind in reckoning.kinds(f"{need.region}.71"))


def judged(lines: Iterable[str], using: str = DEFAULT_DB_ALIAS) -> list[Verdict]:
    """A verdict on every published figure of need, with the mean rounding that the register's stations have."""
    current = current_election()
    others = [election(slug) for slug in election_slugs() if slug != current.slug]
    elections = {one.slug: one for one in (current, *others)}
    districts: dict[str, str] | None = None
    found = []
    for case in cases(lines):
        verdict = judge(case, tuple(elections.values())) if isinstance(case, Case) else case
        if verdict.rounding_e6 is not None and verdict.stations != 1:
            districts = districts if districts is not None else _districts(using)
            verdict = _measured(verdict, elections[verdict.election], districts, using)
        found.append(verdict)
    return found


def _measured(verdict: Verdict, election: Election, districts: dict[str, str], using: str) -> Verdict:
    kind = election.ballots[0].id
    district = districts.get(_plain(verdict.region), "")
    for place in filter(None, (district, "nation")):
        sizes = sizes_at_home(using) if place == "nation" else stations_of(place, using)
        rounding = measured_rounding(election, kind, sizes)
        if rounding is not None:
            return replace(
                verdict,
                measured_e6=round(rounding * 1_000_000),
                measured_stations=sum(count for voters, count in sizes if voters is not None),
                measured_in=place,
            )
    return verdict


def _districts(using: str) -> dict[str, str]:
    """Codes of districts by their name as the press writes it; a name that two bear is left out."""
    rows = Region.objects.using(using).filter(level=DISTRICT).values_list("code", "name")
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in rows:
        codes[_plain(name)].add(code)
    return {name: held.pop() for name, held in codes.items() if len(held) == 1}


def _plain(name: str) -> str:
    """`Kab. Kepahiang (Bengkulu)` and `KABUPATEN KEPAHIANG` alike."""
    words = name.partition("(")[0].casefold().replace(".", " ").split()
    return " ".join("kabupaten" if word == "kab" else word for word in words if word != "administrasi")
