"""`awas outbox …`: what could not be delivered, and sending it again."""

import json

import click

from awas.access.policy import NATION
from awas.clock import real_now
from awas.delivery.undelivered import Undelivered, send_again, undelivered_in


@click.group("outbox")
def outbox() -> None:
    """Messages that could not be delivered."""


@outbox.command("failed")
@click.option("--area", default=NATION, show_default=True, help="Of people, offices and systems in this area.")
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
def failed(area: str, as_json: bool) -> None:
    """What was given up or is unconfirmed, newest first: number, when, to whom, why. Never what it says."""
    rows = [_plain(one) for one in undelivered_in((area,))]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))
    if not rows:
        click.echo("Everything was delivered, or is on its way.")


def _plain(one: Undelivered) -> dict[str, object]:
    message = one.message
    return {
        "number": message.pk,
        "failed_at": message.failed_at,
        "state": message.state,
        "channel": message.channel,
        "to": message.address,
        "area": one.area,
        "why": message.last_error,
        "attempts": message.attempts,
    }


@outbox.command("replay")
@click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")
@click.option("--all", "everything", is_flag=True, help="All of the area.")
@click.option("--area", default=NATION, show_default=True, help="Only of people, offices and systems in this area.")
@click.pass_context
def replay(ctx: click.Context, numbers: tuple[int, ...], everything: bool, area: str) -> None:
    """Put messages back into the outbox, by their NUMBER or all; the worker sends them."""
    if bool(numbers) == everything:
        raise click.UsageError("give numbers, or --all")
    if everything:
        numbers = tuple(one.message.pk for one in undelivered_in((area,), limit=100_000))
    count = send_again(numbers, areas=(area,), by="awas", now=real_now())
    click.echo(f"{count} messages will be sent again")
    if count < len(numbers):
        ctx.exit(1)
