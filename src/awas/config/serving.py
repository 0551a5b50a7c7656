"""Starting the program: what must be true before it serves, and the server itself.

One server process with threads: on SQLite it holds the sequencers, so a second one is refused by a lock file.
"""

import fcntl
import os
import socket
from pathlib import Path
from typing import IO

import click

REQUEST_THREADS = 24
"""Requests in flight. They wait for the commit they share, so there are more of them than processors; but every one
that runs takes the interpreter from the sequencer, and with 64 of them an entry takes twice as long (`make bench`)."""

CONNECTIONS = 2048
"""Open connections, idle ones included: a phone keeps its own between two taps."""


def compile_messages() -> int:
    """Writes the .mo files beside every .po that is newer, and returns how many."""
    from babel.messages import mofile, pofile  # noqa: PLC0415 - needed once at set-up

    source = Path(__file__).resolve().parent.parent
    written = 0
    for po in sorted(source.glob("*/locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as file:
            catalogue = pofile.read_po(file, abort_invalid=True)
        unfinished = mo.with_suffix(f".{os.getpid()}.part")
        with unfinished.open("wb") as file:
            mofile.write_mo(file, catalogue)
        unfinished.replace(mo)
        written += 1
    return written


def prepare() -> None:
    """Messages, tables and static files, in that order; each is quick when nothing changed.

    Raises `SystemCheckError` where a system check finds an error, such as a view that doesn't say what it needs.
    """
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup()

    compile_messages()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    from awas.config import wiring  # noqa: PLC0415

    for wrong in wiring.hold_against_anchor():
        click.secho(f"read-only: {wrong}", fg="red", err=True)


def only_server(home: Path) -> IO[str]:
    """Holds the lock that makes this the one server of its data folder. Raises `click.ClickException`."""
    lock = (home / "server.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        raise click.ClickException(f"another server is running on {home}; stop it first") from taken
    return lock


def require_free(host: str, port: int) -> None:
    """Raises `click.ClickException` where somebody else listens: the server would share the port with them unasked."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise click.ClickException(f"{host}:{port}: {taken.strerror}; choose another with --port") from taken


def serve(host: str, port: int, *, background: bool) -> None:
    """Serves until interrupted. With `background`, the worker's jobs run in a thread of the same process."""
    from django.conf import settings  # noqa: PLC0415 - after django.setup()
    from granian.constants import Interfaces, Loops  # noqa: PLC0415 - only a server needs a server
    from granian.server import Server  # noqa: PLC0415

    require_free(host, port)
    os.environ["AWAS_BACKGROUND"] = "1" if background else "0"
    Server(
        "awas.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=REQUEST_THREADS,
        loop=Loops.asyncio,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        static_path_route=["/static"],
        static_path_mount=[Path(settings.STATIC_ROOT)],
    ).serve()
