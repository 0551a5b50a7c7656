"""Electoral districts (daerah pemilihan, dapil): for which one a region's ballots of a kind are printed.

UU 7/2017 Pasal 187, 189 and 192 make those of DPR and of the province out of districts or parts of them, and those of
the district out of subdistricts. Which ones stands in annexes and regulations, so they come as a table and are nowhere
assumed. A row holds for everything below its region that has no row of its own.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, transaction
from msgspec import Struct

from awas.places.codes import PARTS, is_region, subtree
from awas.places.importing import CUT_SHORT, Change, Progress, silent
from awas.places.models import Constituency, Region, Station
from awas.places.rows import shown
from awas.places.table import Table

COLUMNS = ("wilayah", "surat_suara", "dapil")
_DAPIL = re.compile(r"[A-Za-z0-9.\-]{1,16}", re.ASCII)

Row = tuple[str, str, str]
"""(region's code, kind of ballot, dapil)."""


class ConstituenciesReport(Struct, frozen=True):
    """An import of electoral districts. `constituencies` counts them by kind of ballot."""

    file: str
    rows: int
    constituencies: dict[str, int]
    register: Change
    remarks: tuple[str, ...]


def constituency_row(region: str, ballot: str, dapil: str) -> Row:
    """A line `wilayah,surat_suara,dapil`. Raises ValueError in words a person can act on."""
    if not is_region(region):
        raise ValueError(f'"{shown(region)}" is no region code such as 36, 36.02, 36.02.05 or 36.02.05.2001')
    if not _DAPIL.fullmatch(dapil):
        raise ValueError(f'dapil "{shown(dapil)}" must be 1 to 16 letters, digits, dots or hyphens, such as 36.02-1')
    return region, ballot, dapil


def constituencies_of(places: Iterable[str], ballots: Iterable[str]) -> dict[tuple[str, str], str]:
    """(region or station, kind of ballot) -> dapil in which its ballots count, where the table says it. One query."""
    wanted = set(places)
    regions = {region for place in wanted for region in _above(place)}
    rows = Constituency.objects.filter(region__in=regions, ballot__in=set(ballots))
    found: dict[str, dict[str, str]] = {}
    for region, ballot, dapil in rows.values_list("region_id", "ballot", "code"):
        found.setdefault(ballot, {})[region] = dapil
    return {
        (place, ballot): dapil
        for place in wanted
        for ballot, table in found.items()
        if (dapil := nearest(table, place))
    }


def _above(place: str) -> tuple[str, ...]:
    """The regions in which a place lies, itself first."""
    region = place.partition("-")[0]
    return tuple(region[:length] for length in reversed(PARTS) if length <= len(region))


def constituency_of(place: str, ballot: str) -> str:
    """The dapil in which a region's or station's ballots of a kind count; "" where no table says it."""
    return constituencies_of((place,), (ballot,)).get((place, ballot), "")


def constituencies_within(region: str, ballot: str) -> Mapping[str, str]:
    """Region code -> dapil, of the rows that speak of a region: those in it, and the nearest one above it."""
    rows = dict(Constituency.objects.within(region).filter(ballot=ballot).values_list("region_id", "code"))
    if region not in rows and (above := constituency_of(region, ballot)):
        rows[region] = above
    return rows


def nearest(rows: Mapping[str, str], place: str) -> str:
    """The dapil of a place among rows of regions: the longest code above it; "" where none is."""
    return next((rows[region] for region in _above(place) if region in rows), "")


def voted_in(region: str, ballots: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The dapil in which a region's voters get their ballots, by kind.

    Voters are where stations are, or, as long as none are registered, in all regions that have none below them. A kind
    that the table doesn't know for each of them is left out.
    """
    villages = set(Station.objects.within(region).values_list("region_id", flat=True))
    villages = villages or set(Region.objects.within(region).filter(children=None).values_list("code", flat=True))
    found: dict[str, tuple[str, ...]] = {}
    for ballot in ballots:
        rows = constituencies_within(region, ballot)
        dapils = {nearest(rows, village) for village in villages}
        if dapils and "" not in dapils:
            found[ballot] = tuple(sorted(dapils))
    return found


def whole_within(region: str, villages: Iterable[str], ballot: str) -> int | None:
    """How many constituencies a region is made of; None where one reaches beyond it. `villages` are all of the region.

    Raises LookupError where the table doesn't speak of every village. `region` is a code, empty for the nation.
    """
    spoken = constituencies_within(region, ballot) if region else _all_of(ballot)
    found = {nearest(spoken, village) for village in villages}
    if not found or "" in found:
        raise LookupError(ballot)
    if region:
        first, last = subtree(region)
        beyond = Constituency.objects.filter(ballot=ballot, code__in=found)
        if beyond.exclude(region_id__gte=first, region_id__lte=last).exists():
            return None
    return len(found)


def _all_of(ballot: str) -> Mapping[str, str]:
    return dict(Constituency.objects.filter(ballot=ballot).values_list("region_id", "code"))


def import_constituencies(
    path: Path, kinds: Iterable[str], progress: Progress = silent, using: str = DEFAULT_DB_ALIAS
) -> ConstituenciesReport:
    """Takes in a table of electoral districts: the whole file or nothing.

    `kinds` are the election's kinds of ballots. For every kind the file is the whole truth about the districts it
    names: older rows of theirs that it lacks are removed. Raises DamagedFile, OSError.
    """
    table = Table(path, COLUMNS, constituency_row)
    rows = _read(table, frozenset(kinds), using, progress)
    with progress("writing", 1) as advance, transaction.atomic(using=using):
        register = _write(rows, using)
        advance(1)
    counted = {kind: len({dapil for (_, ballot), dapil in rows.items() if ballot == kind}) for _, kind in sorted(rows)}
    return ConstituenciesReport(
        file=path.name,
        rows=len(rows),
        constituencies=counted,
        register=register,
        remarks=() if table.ends_in_a_line else (CUT_SHORT,),
    )


def _read(table: Table[Row], kinds: frozenset[str], using: str, progress: Progress) -> dict[tuple[str, str], str]:
    regions = set(Region.objects.using(using).values_list("code", flat=True))
    rows: dict[tuple[str, str], str] = {}
    lines: dict[tuple[str, str], int] = {}
    with progress("reading", table.path.stat().st_size) as advance:
        for number, (region, ballot, dapil) in table.rows(advance):
            key = region, ballot
            if ballot not in kinds:
                table.bad.add(number, f'surat_suara "{shown(ballot)}" is none of {", ".join(sorted(kinds))}')
            elif region not in regions:
                table.bad.add(number, f"{region} is not in the register of regions")
            elif key in lines:
                table.bad.add(number, f"{region} stands on line {lines[key]} already, for {ballot}")
            else:
                lines[key], rows[key] = number, dapil
    table.bad.require_none(table.path.name)
    return rows


def _write(rows: Mapping[tuple[str, str], str], using: str) -> Change:
    spoken_of = {(region[: PARTS[1]], ballot) for region, ballot in rows}
    there = {
        (one.region_id, one.ballot): one
        for one in Constituency.objects.using(using).filter(ballot__in={ballot for _, ballot in spoken_of})
        if (one.region_id[: PARTS[1]], one.ballot) in spoken_of
    }
    gone = [one.pk for key, one in there.items() if key not in rows]
    changed = [one for key, one in there.items() if key in rows and one.code != rows[key]]
    new = [
        Constituency(region_id=region, ballot=ballot, code=code)
        for (region, ballot), code in rows.items()
        if (region, ballot) not in there
    ]
    for one in changed:
        one.code = rows[one.region_id, one.ballot]
    constituencies = Constituency.objects.using(using)
    constituencies.filter(pk__in=gone).delete()
    constituencies.bulk_update(changed, ["code"], batch_size=500)
    constituencies.bulk_create(new, batch_size=500)
    same = len(rows) - len(new) - len(changed)
    return Change(new=len(new), changed=len(changed), same=same, removed=len(gone))
