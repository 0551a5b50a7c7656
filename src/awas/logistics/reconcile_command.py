"""`awas reconcile`: what the stages of the goods say of one another, of the voter list and of other counts.

Exit codes: 0 everything agrees, 1 something differs (with --published also: could not be checked), 2 the command was
not understood.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
from django.conf import settings
from django.utils.translation import get_language

from awas.elections.services import current_election
from awas.logistics.reconcile import snapshot, source
from awas.logistics.reconcile.engine import STAGE_ROWS, DuckDB, EngineMissing, Tables
from awas.logistics.reconcile.published import Published, read_published
from awas.logistics.reconcile.published_wording import published_lines
from awas.logistics.reconcile.reconciling import Wanted, reconcile
from awas.logistics.reconcile.report import NEED_STAGES, Reconciliation, Totals
from awas.logistics.reconcile.wording import TEXTS, signed, stage_title, thing, told
from awas.logistics.stages import BY_ID
from awas.places.codes import is_region
from awas.places.commands import JSON, spoken
from awas.ui.formats import number
from awas.warnings.rule import Words

FOLDER = "reconcile"
"""Under the installation's home: the snapshots, which may be deleted at any time."""


@click.command("reconcile")
@click.option(
    "--region", default="", help="A province, district, kecamatan or village, such as 36.03; the nation otherwise."
)
@click.option("--stage", default="", help="Only this stage, such as packing.")
@click.option("--ballot", default="", help="Only this ballot, such as dpr.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="Differences that are named.")
@click.option(
    "--published", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Check printed figures."
)
@click.option("--fresh", is_flag=True, help="Read all districts again, as after `awas rebuild`.")
@JSON
@spoken
@click.pass_context
def reconcile_command(
    ctx: click.Context,
    region: str,
    stage: str,
    ballot: str,
    limit: int,
    published: Path | None,
    fresh: bool,
    as_json: bool,
) -> None:
    """Hold the stages of the goods against one another, the voter list and other counts.

    With --published FILE: do the arithmetic of printed figures again (JSON lines with `figures` and `checks`).
    """
    if published is not None:
        _published(ctx, read_published(published.read_text("utf-8", errors="replace").splitlines()), as_json)
        return
    _require_known(region, stage, ballot)
    try:
        found = reconciliation(Wanted(region=region, stage=stage, ballot=ballot, limit=limit), fresh=fresh)
    except EngineMissing as missing:
        raise click.ClickException(said(TEXTS["no_engine"])) from missing
    if as_json:
        totals = [{**msgspec.to_builtins(row), **_derived(row)} for row in found.totals]
        click.echo(msgspec.json.encode({"balanced": found.balanced, **msgspec.to_builtins(found), "totals": totals}))
    else:
        click.echo("\n".join(_lines(found)))
    if not found.balanced:
        ctx.exit(1)


def said(words: Words) -> str:
    """The words in the language of this process."""
    return words.en if get_language() == "en" else words.id


def reconciliation(wanted: Wanted, *, fresh: bool = False) -> Reconciliation:
    """What the record of a region says of itself. Raises EngineMissing."""
    election = current_election()
    with DuckDB() as engine, tempfile.TemporaryDirectory(prefix="awas-reconcile-") as work:
        states = source.districts_in(wanted.region)
        if source.below_district(wanted.region):
            # A few thousand rows of one log: read as they are, into no snapshot.
            files: tuple[Path, ...] = (Path(work) / "rows.parquet",)
            engine.write(files[0], STAGE_ROWS, source.rows_of(wanted.region))
        else:
            folder = Path(settings.HOME) / FOLDER
            files = snapshot.refresh(engine, folder, states, source.rows_of, fresh=fresh).files
        tables = Tables(
            stage_rows=files,
            stations=source.stations_of(states, wanted.region),
            counts=source.counts_of(wanted.region),
            entitlements=source.entitlements_of(election, states),
            per_mille=election.reserve.per_mille.value,
            multiple=2 if election.reserve.rounding.value == "up_to_even" else 1,
        )
        return reconcile(engine, tables, wanted)


def _require_known(region: str, stage: str, ballot: str) -> None:
    if region and not is_region(region):
        raise click.UsageError(f"{region} is no region; 36, 36.03, 36.03.05 and 36.03.05.2001 are")
    if stage and stage not in BY_ID:
        raise click.UsageError(f"no stage {stage}; there are: {', '.join(BY_ID)}")
    ballots = [one.id for one in current_election().ballots]
    if ballot and ballot not in ballots:
        raise click.UsageError(f"no ballot {ballot}; there are: {', '.join(ballots)}")


def _derived(row: Totals) -> dict[str, int | None]:
    names = ("complete_count", "unknown_count", "damaged_per_mille")
    return {name: getattr(row, name) for name in names}


def _figure(units: int | None) -> str:
    return number(units, get_language() or "id")


def _filled(name: str, **facts: str | int) -> str:
    shown = {key: _figure(value) if isinstance(value, int) else value for key, value in facts.items()}
    return said(TEXTS[name]).format_map(shown)


def _lines(found: Reconciliation) -> Iterator[str]:
    if not found.totals and not found.pairs:
        yield _filled("nothing", region=found.region or said(TEXTS["nation"]))
        return
    yield said(TEXTS["head"])
    for row in found.totals:
        # Of the nation only what differs: a line for each district, ballot and stage is for a program to read.
        if found.region or row.differs:
            yield from _totals(row)
    for gone in found.absent:
        yield _filled(
            "absent",
            district=gone.district,
            ballot=gone.ballot,
            count=gone.absent_count,
            stage=said(stage_title(gone.stage)),
            need=gone.absent_need,
        )
    for flow in found.flows:
        if flow.waiting > 0:
            yield _filled(
                "waiting",
                district=flow.district,
                thing=said(thing(flow.item, flow.ballot, flow.dapil)),
                units=flow.waiting,
                before=said(stage_title(flow.before)),
                stage=said(stage_title(flow.stage)),
            )
    yield from _named(found)
    yield (
        click.style(said(TEXTS["balanced"]), fg="green")
        if found.balanced
        else click.style(said(TEXTS["differs"]), fg="red")
    )


def _totals(row: Totals) -> Iterator[str]:
    needs = ""
    if row.stage in NEED_STAGES and row.item == "ballot":
        stations = (row.complete_count, row.short_count, row.over_count, row.unknown_count)
        needs = f"{_figure(row.need):>10} {'/'.join(map(_figure, stations))}"
    share = row.damaged_per_mille or 0
    damaged = _figure(row.damaged) + (f" {share}‰" if share else "")
    name, stage = said(thing(row.item, row.ballot, row.dapil)), said(stage_title(row.stage))
    figures = f"{_figure(row.passed):>11} {damaged:>10} {_figure(row.short):>8} {_figure(row.over_units):>8} {needs}"
    yield f"{row.district:<9} {name:<28} {stage:<28} {figures}".rstrip()
    if row.unbalanced_rows:
        yield _filled("unbalanced", rows=row.unbalanced_rows, units=row.unbalanced_units)
    if row.gap_less_count or row.gap_more_count:
        yield _filled(
            "gaps",
            less_count=row.gap_less_count,
            less_units=row.gap_less_units,
            more_count=row.gap_more_count,
            more_units=row.gap_more_units,
        )


def _named(found: Reconciliation) -> Iterator[str]:
    for village in found.mixed:
        yield _filled(
            "mixed",
            village=village.village,
            ballot=village.ballot,
            count=village.dapil_count,
            first=village.first_dapil,
            last=village.last_dapil,
        )
    if found.differences:
        yield said(TEXTS["worst"])
        yield from (f"  {said(told(one))}" for one in found.differences)
    if found.pairs:
        first, second = found.counted_by
        yield _filled("counts", first=first, second=second)
    for pair in found.pairs:
        if pair.difference is None:
            outcome = said(TEXTS["one_sided"])
        else:
            language = get_language() or "id"
            outcome = signed(pair.difference, language) if pair.difference else said(TEXTS["equal"])
        name, stage = said(thing(pair.item, pair.ballot, pair.dapil)), said(stage_title(pair.stage))
        yield f"  {pair.place}, {stage}, {name}: {_figure(pair.first_units)} / {_figure(pair.second_units)}: {outcome}"


def _published(ctx: click.Context, found: Published, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        click.echo("\n".join(said(line) for line in published_lines(found)))
    if not found.sound:
        ctx.exit(1)
