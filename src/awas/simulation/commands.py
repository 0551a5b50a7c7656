"""`awas replay …`: recorded traffic of elsewhere through the gates of a site."""

import sys
import time
from pathlib import Path

import click
import msgspec
from django.conf import settings

from awas.access.policy import Tier, tier_of
from awas.simulation.replaying import Replay, replay_badges

NAMED = 20
"""Bad lines that are named one by one on a screen; --json names all."""


@click.group()
def replay() -> None:
    """Play recorded traffic through the gates of a site, as if the watch had logged it."""


def _places(ctx: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for place in given:
        try:
            is_site = tier_of(place) is Tier.SITE
        except ValueError:
            is_site = False
        if not is_site:
            raise click.BadParameter(f"{place} is no code of a site, such as 36.02-G1")
    return given


@replay.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--place",
    "places",
    multiple=True,
    default=("36.99-G1",),
    show_default=True,
    callback=_places,
    help="A site whose gates the readers are; several share the floors.",
)
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
def badges(file: Path, places: tuple[str, ...], as_json: bool) -> None:
    """A building's badge log: `timestamp, type, badge, floor, zone` on each line.

    The default site stands in no register, so that an exercise doesn't mix with a real watch. A second replay changes
    nothing. Exit code 1 when lines were no badge events; they are named, the others are played.
    """
    with file.open("rb") as content:
        length = sum(1 for _ in content)
    began = time.perf_counter()
    with click.progressbar(length=length, label=file.name, file=sys.stderr, hidden=as_json) as bar:
        done = replay_badges(file, places, settings.AWAS_NOW(), bar.update)
        bar.update(max(length - bar.pos, 0))
    done = msgspec.structs.replace(done, milliseconds=round((time.perf_counter() - began) * 1000))
    if as_json:
        click.echo(msgspec.json.encode(done))
    else:
        _tell(file, done)
    if done.bad_lines:
        raise SystemExit(1)


def _tell(file: Path, done: Replay) -> None:
    for bad in done.bad_lines[:NAMED]:
        click.echo(click.style(f"{file.name}:{bad.line}: {bad.why}", fg="red"), err=True)
    if len(done.bad_lines) > NAMED:
        click.echo(f"… and {len(done.bad_lines) - NAMED} more bad lines", err=True)
    seconds = max(done.milliseconds, 1) / 1000
    when = "at the log's own hours" if done.at_own_hours else "as of now"
    kept = f"{done.events_kept:,} of {done.events:,} badge events stand in the record"
    click.echo(f"{kept}, {when}, at {', '.join(done.places)}")
    click.echo(
        f"{done.entries:,} entries of theirs; {done.entries_new:,} new with the warnings; {done.refused} refused"
    )
    speed = f"{done.events / seconds:,.0f} events/s, {done.entries_new / seconds:,.0f} entries/s"
    click.echo(f"{seconds:.1f} s: {speed}, judged")
    click.echo("\nWhat the rules found:")
    for finding in done.findings:
        click.echo(f"  {finding.rule}  {finding.found_count:>6,}  ({finding.open_count:,} open)  {finding.title}")
    if not done.findings:
        click.echo("  nothing")
