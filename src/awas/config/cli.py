"""The command line's root. Each room brings its commands; this file only hangs them up."""

import json
import os
from pathlib import Path
from typing import Any

import click

from awas import __version__


def django_ready() -> None:
    """Sets Django up once for commands that need it."""
    import django  # noqa: PLC0415 - `awas --help` must not pay for it
    from django.apps import apps  # noqa: PLC0415

    if not apps.ready:
        django.setup()


class Awas(click.Group):
    """Loads Django only when a command runs; commands of the rooms are imported then too."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._hang_up()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            self._hang_up()
        return super().get_command(ctx, cmd_name)

    def _hang_up(self) -> None:
        django_ready()
        from awas.config import wiring  # noqa: PLC0415 - after django.setup()

        for command in wiring.commands():
            if command.name not in self.commands:
                self.add_command(command)

    def invoke(self, ctx: click.Context) -> Any:
        from django.db import DatabaseError  # noqa: PLC0415 - after django.setup()

        try:
            return super().invoke(ctx)
        except DatabaseError as error:
            if (waiting := _tables_waiting()) is None:
                raise
            raise click.ClickException(f"{waiting}: run `awas prepare` first") from error


def _tables_waiting() -> str | None:
    """In words, what is missing of the database's tables; None when they are complete."""
    from awas.config.examination import migrations_waiting  # noqa: PLC0415

    count = migrations_waiting()
    return f"the tables of this installation are not up to date ({count} steps wait)" if count else None


@click.group(cls=Awas, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="awas")
def awas() -> None:
    """The watch over election logistics, and the warning in time.

    Exit codes: 0 done, 1 something was found wrong, 2 the command was not understood.
    """


@awas.group()
def messages() -> None:
    """Translations."""


@messages.command("compile")
def messages_compile() -> None:
    """Write the compiled catalogues the server reads."""
    from awas.config.serving import compile_messages  # noqa: PLC0415

    click.echo(f"{compile_messages()} catalogues compiled")


@messages.command("extract")
@click.pass_context
def messages_extract(ctx: click.Context) -> None:
    """Bring the Indonesian catalogue up to date with the code; name what lacks a translation."""
    from awas.config.texts import extract  # noqa: PLC0415

    lacking = extract()
    for text in lacking:
        click.echo(text)
    if lacking:
        ctx.exit(1)


@awas.command()
def prepare() -> None:
    """Make or update tables, compiled texts and static files; `awas serve` does it too."""
    django_ready()
    from awas.config import serving  # noqa: PLC0415

    serving.prepare()


@awas.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--worker/--no-worker", default=True, show_default=True, help="Run the worker's jobs in this process.")
def serve(host: str, port: int, worker: bool) -> None:
    """Serve the program (Granian, one process with threads)."""
    django_ready()
    from django.conf import settings  # noqa: PLC0415

    from awas.config import serving  # noqa: PLC0415

    serving.prepare()
    lock = serving.only_server(Path(settings.HOME))
    with lock:
        click.echo(f"Awas: http://{host}:{port}/")
        serving.serve(host, port, background=worker)


@awas.command()
def worker() -> None:
    """Run the worker's jobs: judgement, deadlines, notices, checkpoints."""
    django_ready()
    from awas.config import wiring  # noqa: PLC0415

    wiring.run_worker()


@awas.command()
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Check this installation: database, tables, keys, logs, worker, disk."""
    django_ready()
    from awas.config.examination import examine  # noqa: PLC0415

    findings = examine()
    if as_json:
        click.echo(json.dumps([finding.__dict__ for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            mark = click.style("ok  ", fg="green") if finding.ok else click.style("FAIL", fg="red")
            click.echo(f"{mark} {finding.name}: {finding.detail}")
    if not all(finding.ok for finding in findings):
        ctx.exit(1)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "awas.config.settings")
