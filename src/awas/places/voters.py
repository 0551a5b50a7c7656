"""Importing voters per station (DPT per TPS) into the register: the whole file or nothing.

Real lists hold dirt: unknown voters, stations above the limit, villages that no table knows or that two claim. None of
it is dropped: every row is applied or stands under the name of what kept it out, and `VotersReport.fates` add up to the
rows of the file. A damaged line, in contrast, stops the whole. A second import of the same file changes nothing.
"""

import gzip
import shutil
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from awas.places.codes import LAST_NUMBER, PARTS, station_code, subtree
from awas.places.importing import CUT_SHORT, Change, Progress, silent
from awas.places.staging import Staging, run
from awas.places.table import BadLine, DamagedFile, Table
from awas.places.voter_report import (
    Fate,
    Finding,
    MapCount,
    Norms,
    Noted,
    RegencySum,
    Unused,
    VotersReport,
)
from awas.places.voter_rows import MAP_COLUMNS, Form, MapRow, RollRow, form_of, map_row, spans

UNPACKED_MAX = 1 << 30
"""Bytes that a packed file may unpack to: more is no list of stations."""
PACKED = b"\x1f\x8b"
AMBIGUOUS = "ambiguous"
APPLIED = ("new", "changed", "same")


class MapMissing(ValueError):  # noqa: N818 - it is the map that is missing
    """The file names villages by ids of its own, and no map to Kemendagri codes was given."""


class IdMap:
    """From a file's village ids to codes, and which of them can't be used."""

    def __init__(self, rows: Mapping[str, MapRow]) -> None:
        self.rows = rows
        claims: dict[str, list[MapRow]] = defaultdict(list)
        for row in rows.values():
            if row.code:
                claims[row.code].append(row)
        self.codes: dict[str, str] = {}
        for code, rivals in claims.items():
            exact = [row for row in rivals if row.match == "exact"]
            # One that was found by its whole path beats one found by some names of it; two equals beat nobody.
            winner = rivals[0] if len(rivals) == 1 else exact[0] if len(exact) == 1 else None
            if winner:
                self.codes[winner.id] = code

        coded = sum(len(rivals) for rivals in claims.values())
        ambiguous = sum(not row.code and row.match == AMBIGUOUS for row in rows.values())
        self.count = MapCount(
            villages=len(rows),
            unmatched=len(rows) - coded - ambiguous,
            ambiguous=ambiguous,
            claimed_codes=sum(len(rivals) > 1 for rivals in claims.values()),
            claims_too_many=coded - len(claims),
        )

    def reason(self, village: str) -> str:
        """Why a village has no code to use."""
        row = self.rows.get(village)
        if row and row.code:
            return "matched_twice"
        return AMBIGUOUS if row and row.match == AMBIGUOUS else "unmatched"


class RollFile:
    """What a pass over the file gathers."""

    def __init__(self, norms: Norms, ids: IdMap | None) -> None:
        self.norms, self.ids = norms, ids
        self.lines: dict[tuple[str, int], int] = {}
        self.voters = 0
        self.fates: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.noted: dict[str, list[Noted]] = defaultdict(list)
        self.unused: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        self.names: dict[str, str] = {}
        self.sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.provinces: Counter[str] = Counter()

    def take(self, line: int, row: RollRow) -> tuple[str, str, int, int | None] | None:
        """Counts a good line; the values to stage, or None where its fate is known already."""
        self.lines[row.village, row.number] = line
        voters = row.voters or 0
        self.voters += voters
        held = self.sums[row.regency]
        held[0] += 1
        held[1] += voters
        code = self.ids.codes.get(row.village) if self.ids else row.village
        if row.name and code != row.village:
            self.names.setdefault(code or row.village, row.name)
        fits = 1 <= row.number <= LAST_NUMBER
        station = station_code(code, row.number) if code and fits else f"{row.village}/{row.number}"
        for kind, what in self._dirt(row):
            self.noted[kind].append(Noted(line, station, row.voters, what))
        if code and fits:
            self.provinces[code[: PARTS[0]]] += 1
            return station, code, row.number, row.voters
        reason = self.ids.reason(row.village) if self.ids and not code else "no_such_number"
        self.leave(reason, row.village, row.number, row.voters)
        return None

    def leave(self, fate: str, village: str, number: int, voters: int | None) -> None:
        """A row that is not applied."""
        self.count(fate, 1, voters or 0)
        self.unused[fate, village].append((number, voters or 0))

    def count(self, fate: str, rows: int, voters: int) -> None:
        """So many rows had this fate."""
        self.fates[fate][0] += rows
        self.fates[fate][1] += voters

    def _dirt(self, row: RollRow) -> Iterator[tuple[str, str]]:
        voters, norms = row.voters, self.norms
        if voters is None:
            yield "unknown", ""
            return
        if voters > norms.voters_max_by_law:
            yield "above_law", f"{voters} voters, the law allows {norms.voters_max_by_law}"
        elif voters > norms.voters_max:
            yield "above_rule", f"{voters} voters, the rule allows {norms.voters_max}"
        elif not voters:
            yield "empty", ""
        if voters and (row.men == 0 or row.women == 0):
            yield "one_sex", f"{row.men} men, {row.women} women"
        if row.votes is not None and row.votes > norms.ballots(voters):
            yield "more_votes_than_ballots", f"{row.votes} votes, {norms.ballots(voters)} ballots"


def import_voters(
    path: Path,
    norms: Norms,
    id_map: Path | None = None,
    add_stations: bool = False,
    progress: Progress = silent,
    using: str = DEFAULT_DB_ALIAS,
) -> VotersReport:
    """Takes in voters per station in one of `voter_rows.FORMS`. Raises DamagedFile, MapMissing, OSError.

    The file may be packed by gzip. `id_map` is the map of villages that the third form needs. With `add_stations`,
    stations of villages that the register has are added to it; otherwise they are named only. Regions are never added.
    """
    with _unpacked(path) as plain:
        table, form = _table(plain)
        if form.needs_map and id_map is None:
            raise MapMissing(f"{path.name} names villages by ids of its own: it needs their map to codes")
        ids = _id_map(id_map, progress) if id_map and form.needs_map else None
        found = RollFile(norms, ids)
        columns = "code varchar(17) PRIMARY KEY, village varchar(13), number integer, voters integer"
        with Staging("incoming_voters", columns, using) as staging:
            _stage(table, path.name, found, staging, progress)
            register_only, differing = _compare(found, using, add_stations, progress)
            register = _write(found, using, add_stations, differing, progress)
    remarks = [] if table.ends_in_a_line else [CUT_SHORT]
    if id_map and not form.needs_map:
        remarks.append(f"{id_map.name} was not needed: the file's villages have codes")
    return _report(path.name, form, found, register, register_only, tuple(remarks))


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """The file itself, or a copy of what a gzip file holds, gone when the block ends."""
    with path.open("rb") as file:
        if file.read(2) != PACKED:
            yield path
            return
    with tempfile.TemporaryDirectory(prefix="awas-") as folder:
        plain = Path(folder) / "plain.csv"
        try:
            with gzip.open(path) as packed, plain.open("wb") as unpacked:
                shutil.copyfileobj(_Bounded(packed), unpacked, 1 << 20)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            with plain.open("rb") as unpacked:
                lines = sum(1 for _ in unpacked)
            damage = f"the packed file ends or breaks here: {error}"
            raise DamagedFile(path.name, [BadLine(max(lines, 1), damage)], 1) from None
        yield plain


class _Bounded:
    """Reads a packed file up to UNPACKED_MAX bytes."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self.file = file
        self.left = UNPACKED_MAX

    def read(self, size: int = -1, /) -> bytes:
        block = self.file.read(size)
        self.left -= len(block)
        if self.left < 0:
            raise EOFError(f"it unpacks to more than {UNPACKED_MAX} bytes")
        return block


def _table(path: Path) -> tuple[Table[RollRow], Form]:
    with path.open("rb") as file:
        header = file.readline(4096).decode("utf-8-sig", "replace").strip().replace('"', "").split(",")
    form = form_of(header)
    return Table(path, form.columns, form.parse), form


def _id_map(path: Path, progress: Progress) -> IdMap:
    table, rows = Table(path, MAP_COLUMNS, map_row), {}
    with progress("reading", path.stat().st_size) as advance:
        for line, row in table.rows(advance):
            if row.id in rows:
                table.bad.add(line, f"the village {row.id} stands above already")
            rows[row.id] = row
    table.bad.require_none(path.name)
    return IdMap(rows)


def _stage(table: Table[RollRow], file: str, found: RollFile, staging: Staging, progress: Progress) -> None:
    with progress("reading", table.path.stat().st_size) as advance:
        for line, row in table.rows(advance):
            if before := found.lines.get((row.village, row.number)):
                table.bad.add(line, f"station {row.number} of {row.village} stands on line {before} already")
            elif staged := found.take(line, row):
                staging.add(staged)
    table.bad.require_none(file)
    staging.complete()


_FATES = """
    SELECT CASE
        WHEN s.code IS NULL THEN 'lacking'
        WHEN i.voters IS NULL THEN 'unknown'
        WHEN s.voters IS NULL THEN 'new'
        WHEN s.voters = i.voters THEN 'same'
        ELSE 'changed' END AS fate, COUNT(*), SUM(COALESCE(i.voters, 0))
    FROM incoming_voters i LEFT JOIN places_station s ON s.code = i.code
    WHERE i.code BETWEEN %s AND %s GROUP BY fate
"""
_LACKING = """
    SELECT i.village, i.number, i.voters,
        CASE WHEN EXISTS (SELECT 1 FROM places_region r WHERE r.code = i.village) THEN 1 ELSE 0 END
    FROM incoming_voters i
    WHERE i.code BETWEEN %s AND %s AND NOT EXISTS (SELECT 1 FROM places_station s WHERE s.code = i.code)
    ORDER BY i.code
"""
_REGISTER_ONLY = """
    SELECT COUNT(*) FROM places_station s
    WHERE s.code BETWEEN %s AND %s
    AND s.region_id IN (SELECT i.village FROM incoming_voters i WHERE i.code BETWEEN %s AND %s)
    AND NOT EXISTS (SELECT 1 FROM incoming_voters i WHERE i.code = s.code)
"""
_SET = """
    UPDATE places_station SET voters = (SELECT i.voters FROM incoming_voters i WHERE i.code = places_station.code)
    WHERE code BETWEEN %s AND %s AND EXISTS (
        SELECT 1 FROM incoming_voters i WHERE i.code = places_station.code AND i.voters IS NOT NULL
        AND (places_station.voters IS NULL OR places_station.voters <> i.voters))
"""
_ADD = """
    INSERT INTO places_station (code, region_id, number, voters)
    SELECT i.code, i.village, i.number, i.voters FROM incoming_voters i
    WHERE i.code BETWEEN %s AND %s AND EXISTS (SELECT 1 FROM places_region r WHERE r.code = i.village)
    AND NOT EXISTS (SELECT 1 FROM places_station s WHERE s.code = i.code) ORDER BY i.code
"""

Spans = list[tuple[str, str]]


def _compare(found: RollFile, using: str, add_stations: bool, progress: Progress) -> tuple[int, Spans]:
    """What will become of every staged row, province by province, which locks nobody; and where something differs."""
    register_only, differing = 0, []
    with progress("comparing", len(found.provinces)) as advance:
        for province in sorted(found.provinces):
            span = subtree(province)
            fates = {fate: (rows, voters) for fate, rows, voters in _rows(using, _FATES, span)}
            writes = bool(fates.keys() & {"new", "changed"})
            if fates.pop("lacking", None):
                writes |= _lacking(found, using, add_stations, span)
            for fate, (rows, voters) in fates.items():
                found.count(fate, rows, voters)
            register_only += next(_rows(using, _REGISTER_ONLY, span + span))[0]
            if writes:
                differing.append(span)
            advance(1)
    return register_only, differing


def _lacking(found: RollFile, using: str, add_stations: bool, span: tuple[str, str]) -> bool:
    """Sorts the rows of stations that the register lacks; whether some of them will be added."""
    before = found.fates["added"][0]
    for village, number, voters, village_known in _rows(using, _LACKING, span):
        if not village_known:
            found.leave("no_such_village", village, number, voters)
        elif add_stations:
            found.count("added", 1, voters or 0)
        else:
            found.leave("no_such_station", village, number, voters)
    return found.fates["added"][0] > before


def _rows(using: str, select: str, span: tuple[str, ...]) -> Iterator[Any]:
    with connections[using].cursor() as cursor:
        cursor.execute(select, span)
        yield from iter(cursor.fetchall())


def _write(found: RollFile, using: str, add_stations: bool, differing: Spans, progress: Progress) -> Change:
    added = updated = 0
    if differing:
        with progress("writing", len(differing)) as advance, transaction.atomic(using=using):
            for span in differing:
                updated += run(using, _SET, span)
                added += run(using, _ADD, span) if add_stations else 0
                advance(1)
    fates = {fate: rows for fate, (rows, _) in found.fates.items()}
    return Change(new=added, changed=updated, same=sum(fates.get(fate, 0) for fate in APPLIED) - updated)


def _report(
    file: str, form: Form, found: RollFile, register: Change, register_only: int, remarks: tuple[str, ...]
) -> VotersReport:
    unused = []
    for (fate, village), rows in found.unused.items():
        row = found.ids.rows.get(village) if found.ids else None
        numbers = spans(number for number, _ in rows)
        voters = sum(voters for _, voters in rows)
        name = found.names.get(village) or (row.name if row else "")
        unused.append(Unused(fate, village, name, numbers, len(rows), voters, row.code if row else ""))
    return VotersReport(
        file=file,
        form=form.name,
        rows=len(found.lines),
        voters=found.voters,
        fates=tuple(Fate(fate, rows, voters) for fate, (rows, voters) in sorted(found.fates.items()) if rows),
        findings=tuple(Finding(kind, len(noted), tuple(noted)) for kind, noted in sorted(found.noted.items())),
        unused=tuple(sorted(unused, key=lambda row: (row.fate, -row.voters, row.village))),
        villages=found.ids.count if found.ids else None,
        regencies=tuple(_regencies(found)),
        register=register,
        register_only=register_only,
        remarks=remarks,
    )


def _regencies(found: RollFile) -> Iterator[RegencySum]:
    stated: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    if found.ids:
        present = {village for village, _ in found.lines}
        for row in found.ids.rows.values():
            told = stated[row.regency]
            told[0] += row.stations
            told[1] += row.voters
            told[2] += row.id not in present
    else:
        for region, (voters, stations) in found.norms.published.items():
            if region in found.sums:
                stated[region] = [stations, voters, 0]
    for regency in sorted(found.sums.keys() | stated.keys()):
        rows, voters = found.sums.get(regency, (0, 0))
        told = stated.get(regency, [])
        equal = [rows, voters] == told[:2] if told and rows else None
        yield RegencySum(
            regency,
            rows,
            voters,
            told[0] if told else None,
            told[1] if told else None,
            told[2] if told else 0,
            equal,
        )
