"""`awas rebuild`: holds what is derived from the record against its entries, or makes it anew."""

import json
import sys

import click
import msgspec

from awas.ledger import checkpoints
from awas.ledger import services as record
from awas.ledger.fact import LedgerCorrupt
from awas.ledger.rebuild import Rebuild, Rebuilt


@click.command()
@click.option("--log", "origin", help="One log, for example awas/36.02; all of them otherwise.")
@click.option("--check", is_flag=True, help="Only compare; exit code 1 names the first difference of each log.")
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
@click.pass_context
def rebuild(ctx: click.Context, origin: str | None, check: bool, as_json: bool) -> None:
    """Make states and tables anew from the entries; each log wholly or not at all.

    Restart a server or worker that runs meanwhile: its judge remembers the warnings it has read.
    """
    known = checkpoints.DatabaseReader().origins()
    if origin is not None and origin not in known:
        raise click.UsageError(f"there is no log {origin}; there are: {', '.join(known) or 'none'}")
    found: list[Rebuilt] = []
    corrupt: dict[str, str] = {}
    for one in known if origin is None else [origin]:
        try:
            found.append(_one(one, check=check, hidden=as_json))
        except LedgerCorrupt as wrong:
            corrupt[one] = wrong.why
    if as_json:
        click.echo(json.dumps({"logs": msgspec.to_builtins(found), "corrupt": corrupt}))
    else:
        _print(found, corrupt)
    if corrupt or (check and any(log.difference_count for log in found)):
        ctx.exit(1)


def _one(origin: str, *, check: bool, hidden: bool) -> Rebuilt:
    sequencer = record.sequencer()
    run = Rebuild(sequencer.store, sequencer.vocabulary, sequencer.tables, origin)
    with click.progressbar(length=record.size_of(origin), label=origin, file=sys.stderr, hidden=hidden) as bar:

        def shown(done: int, _size: int) -> None:
            bar.update(done - bar.pos)

        return run.check(shown) if check else run.repair(shown)


def _print(found: list[Rebuilt], corrupt: dict[str, str]) -> None:
    for log in found:
        mark = click.style("as its entries", fg="green")
        if log.difference_count:
            mark = click.style("repaired", fg="yellow") if log.repaired else click.style("DIFFERS", fg="red")
        click.echo(
            f"{log.origin}: {mark}, {log.entry_count} entries, {log.snapshot_count} states, {log.item_count} items,"
            f" {log.difference_count} differences"
        )
        if log.first is not None:
            click.echo(f"  the first: {log.first.table} {log.first.key}: {log.first.what}")
    for origin, why in corrupt.items():
        click.echo(f"{origin}: {click.style('CORRUPT', fg='red')}, nothing was changed: {why}")
