"""`awas elections …`: what the election files say, and what in them is not certain.

Reads files only; it changes nothing.
"""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from pathlib import Path

import click
import msgspec

from awas.elections import services
from awas.elections.calendar import day_label
from awas.elections.load import BadElectionFile, load_almanac, load_election
from awas.elections.schema import Almanac, Clock, ClockReading, Election, Fact, Reading, Stage, facts

SHOWN = 6
"""Values of one uncertain part that are printed; the rest is in --json."""


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a file that must not be taken for settled."""

    file: str
    key: str
    values: tuple[str | int, ...]
    certainty: str
    source: str
    note: str
    readings: tuple[Reading | ClockReading, ...]


@click.group("elections")
def elections() -> None:
    """The elections as data: ballots, reserve, calendar, clocks, each value with its source."""


@elections.command("list")
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
def list_elections(as_json: bool) -> None:
    """The elections there are files for; * marks the one this installation watches."""
    current = services.current_election().slug
    known = [services.election(slug) for slug in services.election_slugs()]
    if as_json:
        rows = [{"slug": e.slug, "name": e.name.id, "voting_on": e.voting.on} for e in known]
        click.echo(msgspec.json.encode({"current": current, "elections": rows}))
        return
    for election in known:
        click.echo(
            f"{'*' if election.slug == current else ' '} {election.slug}  {election.voting.on}  {election.name.id}"
        )


@elections.command("show")
@click.argument("slug", required=False)
@click.option("--json", "as_json", is_flag=True, help="For a program to read, every value with its source.")
def show_election(slug: str | None, as_json: bool) -> None:
    """What SLUG's file says (without SLUG: the election this installation watches)."""
    try:
        election = services.election(slug) if slug else services.current_election()
    except services.UnknownElection as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        click.echo(msgspec.json.encode({"slug": election.slug, "name": election.name, "facts": list(facts(election))}))
    else:
        click.echo("\n".join(_pages(election)))


@elections.command("check")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
@click.pass_context
def check_elections(ctx: click.Context, file: Path | None, as_json: bool) -> None:
    """Check FILE, or every file shipped, and list each value that is uncertain. Exit code 1: a file is not sound."""
    problems: list[str] = []
    doubts: list[Doubt] = []
    values = 0
    for name, load in _to_check(file):
        try:
            found = list(facts(load()))
        except BadElectionFile as error:
            problems += str(error).splitlines()
        else:
            values += len(found)
            doubts += _doubts(name, found)
    if as_json:
        click.echo(msgspec.json.encode({"values": values, "problems": problems, "uncertain": doubts}))
    else:
        _tell(values, problems, doubts)
    if problems:
        ctx.exit(1)


def _to_check(file: Path | None) -> Iterable[tuple[str, Callable[[], Election | Almanac]]]:
    if file is not None:
        load = load_almanac if file.name.startswith(services.ALMANAC) else load_election
        return [(file.name, partial(load, file))]
    return [
        *((f"{slug}.toml", partial(services.election, slug)) for slug in services.election_slugs()),
        *((f"{slug}.toml", partial(services.almanac, slug)) for slug in services.almanac_slugs()),
    ]


def _doubts(file: str, found: Iterable[Fact]) -> Iterable[Doubt]:
    for key, group in groupby((fact for fact in found if fact.uncertain), key=lambda fact: fact.cited_at):
        rows = list(group)
        yield Doubt(
            file=file,
            key=key,
            values=tuple(fact.value for fact in rows),
            certainty=rows[0].certainty,
            source=rows[0].source,
            note=rows[0].note,
            readings=rows[0].readings,
        )


def _tell(values: int, problems: list[str], doubts: list[Doubt]) -> None:
    for problem in problems:
        click.echo(click.style("FAIL ", fg="red") + problem)
    for doubt in doubts:
        said = ", ".join(str(value) for value in doubt.values[:SHOWN]) + (" …" if len(doubt.values) > SHOWN else "")
        click.echo(f"{click.style(doubt.certainty.ljust(5), fg='yellow')} {doubt.file} {doubt.key}: {said}")
        if doubt.note:
            click.echo(f"        {doubt.note}")
        for reading in doubt.readings:
            click.echo(f"        {_reading(reading)} ({reading.source})")
    click.echo(f"{values} values, each with its source; {len(doubts)} uncertain; {len(problems)} problems")


def _reading(reading: Reading | ClockReading) -> str:
    if isinstance(reading, ClockReading):
        return f"{_days(reading)} by {reading.article}"
    return str(reading.value)


def _pages(election: Election) -> Iterable[str]:
    hours = election.voting.hours
    reserve = election.reserve
    yield f"{election.name.id} ({election.slug}), {election.law.value}"
    yield f"Voting {election.voting.on}, {hours.opens}-{hours.closes} {election.time_rule.value} time"
    yield f"Reserve {reserve.per_mille.value} per mille of each station, rounded {reserve.rounding.value}"
    yield f"At most {election.station.voters_max.value} voters per station"
    yield f"Re-vote stock {election.revote_stock.value} ballots, kept apart"
    yield "\nBallots"
    yield from (f"  {ballot.id:<10} {ballot.name.id}: {ballot.colour.id}" for ballot in election.ballots)
    yield "\nFor each station"
    for thing in election.equipment:
        yield f"  {thing.per_station.value:>4} {thing.name.id} ({thing.basis})"
    yield "\nCalendar"
    for stage in sorted(election.calendar, key=lambda stage: (stage.start_on, stage.end_on)):
        yield f"  {_span(election, stage)}  {stage.name.id}"
    yield "\nClocks"
    yield from (f"  {_clock(clock)}" for clock in election.clocks)
    yield "\nNot legal advice. `awas elections check` lists what is uncertain."


def _span(election: Election, stage: Stage) -> str:
    days = f"{day_label(election, stage.start_on)} … {day_label(election, stage.end_on)}"
    return f"{stage.start_on} … {stage.end_on}  {days:<16}"


def _clock(clock: Clock) -> str:
    doubt = " (uncertain)" if clock.uncertain else ""
    return f"{clock.name.id}: {_days(clock)} {clock.direction} {clock.starts_at}, {clock.article}{doubt}"


def _days(clock: Clock | ClockReading) -> str:
    return f"{clock.amount} {clock.unit.replace('_', ' ')}{'' if clock.amount == 1 else 's'}"
