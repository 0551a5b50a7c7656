"""`awas demo`: a running watch over Banten's eight warehouses, clearly fictional, in a time of its own.

The demo stands seven days before the vote of 14 February 2024. Its clock starts there and runs on; what was seeded
once stays, and a later start goes on where the last one stopped.
"""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from awas import clock

START = datetime(2024, 2, 7, 9, 40, tzinfo=ZoneInfo("Asia/Jakarta"))
"""H-7 in the morning: packing crews inside, trucks expected."""

SEED = 20240214

MARK = "this-is-a-demo"
"""What tells a demo's folder from a real one: only such a folder is ever emptied."""


def _clock(home: Path, speed: int) -> str:
    """AWAS_CLOCK for this run: the demo's time goes on from its last entry, however long it was off."""
    shown = max(int(START.timestamp() * 1000), _last_entry(home / "awas.sqlite3"))
    return f"{clock.real_now()}:{shown}:{speed}"


def _last_entry(database: Path) -> int:
    """When the newest entry of a demo's record was made; 0 before there is one."""
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("SELECT max(last_recorded_at) FROM ledger_log").fetchone()[0]
        except sqlite3.OperationalError:
            return 0  # a start that was cut off before the tables were made
    return int(found or 0)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--speed", default=1, show_default=True, type=click.IntRange(1, 3600), help="Let time pass so fast.")
@click.option("--fresh", is_flag=True, help="Forget the demo of before and seed anew.")
@click.option("--seed-only", is_flag=True, help="Seed and stop.")
def demo(host: str, port: int, speed: int, fresh: bool, seed_only: bool) -> None:
    """Seed a week of watch over eight warehouses and serve it, living on."""
    home = Path(os.environ.get("AWAS_DEMO_HOME", "var/demo")).resolve()
    if fresh and home.exists():
        _forget(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).touch()
    os.environ |= {"AWAS_HOME": str(home), "AWAS_DEMO": "1", "AWAS_CLOCK": _clock(home, speed)}
    # The settings of this process were read before the demo's home was known: the rest runs in a process of its own.
    command = ["demo-seed"] if seed_only else ["demo-serve", "--host", host, "--port", str(port)]
    os.execv(_awas(), [_awas(), *command])  # noqa: S606 - our own program, no shell between


def _awas() -> str:
    return str(Path(sys.executable).with_name("awas"))


def _forget(home: Path) -> None:
    if not (home / MARK).exists():
        raise click.ClickException(f"{home} holds no demo; it is left alone")
    shutil.rmtree(home)


def _seed() -> None:
    from django.conf import settings  # noqa: PLC0415

    from awas.config import serving  # noqa: PLC0415
    from awas.simulation.rostering import ensure_roster  # noqa: PLC0415
    from awas.simulation.services import seed  # noqa: PLC0415

    click.echo("Preparing tables …", err=True)
    serving.prepare()
    with click.progressbar(length=100, label="Seeding a week of watch", file=sys.stderr) as bar:

        def show(done: float) -> None:
            bar.update(max(0, int(done * 100) - bar.pos))

        seed(settings.AWAS_NOW(), days=7, seed=SEED, progress=show)
    ensure_roster(settings.AWAS_NOW())


@click.command("demo-seed", hidden=True)
def demo_seed() -> None:
    """Seed the demo's home."""
    _seed()


@click.command("demo-serve", hidden=True)
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
def demo_serve(host: str, port: int) -> None:
    """Seed if need be, then serve."""
    from django.conf import settings  # noqa: PLC0415

    from awas.config import serving  # noqa: PLC0415
    from awas.simulation.cast import accounts_shown  # noqa: PLC0415

    _seed()
    with serving.only_server(Path(settings.HOME)):
        click.echo("\nDEMO: every person, delivery and incident is fictional.\n")
        for line in accounts_shown():
            click.echo(f"  {line}")
        click.echo(f"\nAwas: http://{host}:{port}/\n")
        serving.serve(host, port, background=True)
