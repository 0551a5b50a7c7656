"""`awas needs`: ballots and equipment that stations must get, and what rounding per station says of published totals.

Exit codes: 0 told (with --check-published: every figure holds), 1 the register has no station there, or a published
figure does not hold or could not be read, 2 the command was not understood.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click
import msgspec
from django.utils.translation import get_language

from awas.elections.services import current_election
from awas.logistics import need_services
from awas.logistics.need_services import Needs
from awas.logistics.needs import RegionNeed, StationNeed, Thing, things
from awas.logistics.needs_wording import Voice, bounds, columns, notes, row, verdict_lines
from awas.places.codes import is_region, level_of
from awas.places.commands import JSON, bar, spoken

LEVELS = ("province", "district", "kecamatan", "village", "station")
STATION = len(LEVELS)
OUTPUT = click.Path(dir_okay=False, path_type=Path)
INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)
STEP = 10_000

Cells = Sequence[int | str | None]
"""Figures of a line of the CSV file. None, an empty cell: voters are unknown."""


@click.command("needs")
@click.option("--region", default="", help="A region such as 36, 36.02 or 36.02.05; the nation otherwise.")
@click.option("--level", type=click.Choice(LEVELS), help="A row for each; one level below the region otherwise.")
@click.option("--csv", "table", type=OUTPUT, help="Write the rows to this file and show the total.")
@click.option("--check-published", "published", type=INPUT, help="Check official figures (JSON lines) instead.")
@JSON
@spoken
@click.pass_context
def needs_command(
    ctx: click.Context, region: str, level: str | None, table: Path | None, published: Path | None, as_json: bool
) -> None:
    """Ballots of each kind and equipment for every station, summed for the regions of a level.

    Stations of unknown voters are counted as unknown, never as 0. With --check-published FILE: whether official totals
    lie between what rounding at each station can come to.
    """
    voice = Voice(get_language() or "id")
    if published is not None:
        _check(ctx, voice, published, as_json)
        return
    wanted = _level(region, level)
    if not need_services.count_stations(region):
        raise click.ClickException(voice.says("no_stations", region=region or voice.says("nation")))
    if wanted == STATION:
        _stations(voice, region, table, as_json)
        return
    found = need_services.needs(region, wanted, progress=bar)
    if table is not None:
        _write(table, _region_heads(found.things), (_region_cells(one, found) for one in found.rows), len(found.rows))
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        click.echo("\n".join(_lines(voice, found, table)))


def _level(region: str, level: str | None) -> int:
    """1 province … 5 station. Raises UsageError."""
    if region and not is_region(region):
        raise click.UsageError(f"{region} is no region; 36, 36.02, 36.02.05 and 36.02.05.2001 are")
    own = level_of(region) if region else 0
    wanted = LEVELS.index(level) + 1 if level else own + 1
    if wanted < own:
        raise click.UsageError(f"{region} lies in one {level}: ask for {LEVELS[own - 1]} or a level below")
    return wanted


def _lines(voice: Voice, found: Needs, table: Path | None) -> Iterator[str]:
    yield columns(voice, found.things)
    for need in found.rows if table is None else ():
        label = f"{need.region} {found.names.get(need.region, '')}"
        yield row(voice, label, need, found.things)
        yield from bounds(voice, need.region, need)
    yield row(voice, voice.says("total"), found.total, found.things)
    yield from bounds(voice, voice.says("total"), found.total)
    if found.overseas and found.level > 1:
        yield row(voice, voice.says("overseas"), found.overseas, found.things)
    yield voice.says("per_station", election=found.election)
    yield from (f"  {note}" for note in notes(voice, found.total, found.things, found.revote))
    if table is not None:
        yield voice.says("written", rows=len(found.rows), file=table.name)


def _stations(voice: Voice, region: str, table: Path | None, as_json: bool) -> None:
    """Station by station, as they come out of the database: a nation is 820,161 of them."""
    known = things(current_election())
    length = need_services.count_stations(region)
    rows = need_services.station_needs(region)
    if table is not None:
        _write(table, _station_heads(known), (_station_cells(code, need, known) for code, need in rows), length)
        click.echo(voice.says("written", rows=length, file=table.name), err=as_json)
        if not as_json:
            return
        rows = need_services.station_needs(region)
    if as_json:
        encode = msgspec.json.encode
        click.echo(b'{"stations":[', nl=False)
        for position, (code, need) in enumerate(rows):
            mark = b"," if position else b""
            click.echo(mark + encode({"code": code, **msgspec.to_builtins(need)}), nl=False)
        click.echo(b"]}")
        return
    click.echo("  ".join(str(head) for head in _station_heads(known)))
    for code, need in rows:
        click.echo("  ".join("?" if cell is None else str(cell) for cell in _station_cells(code, need, known)))


def _write(path: Path, heads: Cells, rows: Iterable[Cells], length: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file, bar("writing", length) as advance:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)
        for position, cells in enumerate(rows, 1):
            writer.writerow(cells)
            if position % STEP == 0:
                advance(STEP)
        advance(length % STEP)


def _region_heads(known: Sequence[Thing]) -> Cells:
    kinds = [thing.id for thing in known if thing.item == "ballot"]
    items = [thing for thing in known if thing.item == "equipment"]
    sums = [*kinds, *(f"{item.id} ({item.basis})" for item in items), *(f"{item.id} (kecamatan)" for item in items)]
    between = [f"{kind} {end}" for kind in kinds for end in ("least", "most")]
    return ["region", "name", "stations", "unknown_count", "above_count", "voters", *sums, *between]


def _region_cells(need: RegionNeed, found: Needs) -> Cells:
    kinds = [thing.id for thing in found.things if thing.item == "ballot"]
    items = [thing.id for thing in found.things if thing.item == "equipment"]
    ballots = [_kind(need.kinds, need.ballots or None, kind) for kind in kinds]
    known = need.voters if need.unknown_count < need.stations else None
    between: list[int | None] = []
    for kind in kinds:
        limits = need.bounds.get(kind)
        between += (limits.least, limits.most) if limits else (None, None)
    sums = [*(need.equipment.get(item, 0) for item in items), *(need.extra.get(item, 0) for item in items)]
    facts: Cells = [
        need.region,
        _no_formula(found.names.get(need.region, "")),
        need.stations,
        need.unknown_count,
        need.above_count,
        known,
    ]
    return [*facts, *ballots, *sums, *between]


def _no_formula(name: str) -> str:
    """A name that no spreadsheet takes for a formula: region tables come from outside."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@")) else name


def _kind(kinds: Iterable[str], ballots: Mapping[str, int] | None, kind: str) -> int | None:
    """0 of a ballot that nobody there gets, None where nobody knows."""
    if kind not in kinds:
        return 0
    return None if ballots is None else ballots[kind]


def _station_heads(known: Sequence[Thing]) -> Cells:
    heads = (thing.id if thing.item == "ballot" else f"{thing.id} ({thing.basis})" for thing in known)
    return ["station", "voters", *heads]


def _station_cells(code: str, need: StationNeed, known: Sequence[Thing]) -> Cells:
    cells: list[int | str | None] = [code, need.voters]
    for thing in known:
        if thing.item == "equipment":
            cells.append(need.equipment[thing.id])
        else:
            cells.append(None if need.ballots is None else need.ballots.get(thing.id, 0))
    return cells


def _check(ctx: click.Context, voice: Voice, published: Path, as_json: bool) -> None:
    verdicts = need_services.judged(published.read_text("utf-8", errors="replace").splitlines())
    sound = all(verdict.sound for verdict in verdicts)
    if as_json:
        rows = [{**msgspec.to_builtins(verdict), "sound": verdict.sound} for verdict in verdicts]
        click.echo(msgspec.json.encode({"sound": sound, "figures": rows}))
    elif verdicts:
        click.echo("\n".join(line for verdict in verdicts for line in verdict_lines(voice, verdict)))
        count = sum(verdict.sound for verdict in verdicts)
        click.echo(click.style(voice.says("checked", sound=count, count=len(verdicts)), fg="green" if sound else "red"))
    else:
        click.echo(voice.says("none"))
    if not sound:
        ctx.exit(1)
