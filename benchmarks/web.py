"""Gate entry over HTTP against the server that `awas serve` starts, with rules evaluated, and its memory after it."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = 64

FORENOON = 1_707_274_800_000
"""7 February 2024, 10.00 WIB: people come and go, and no rule has anything to say about it."""
NIGHT = FORENOON + 13 * 3_600_000
"""23.00 the same day: everyone who enters raises a warning (WAR-08), the worst a gate can do to the judge."""


def clock_at(shown: int) -> str:
    """An AWAS_CLOCK that shows an instant now, so that what is measured doesn't depend on the hour of the day."""
    return f"{time.time_ns() // 1_000_000}:{shown}:1"


def environment(home: str, **more: str) -> dict[str, str]:
    """The environment of a process with a data folder of its own and nothing else of ours."""
    left_out = {"DATABASE_URL", "AWAS_CLOCK", "AWAS_DEMO", "AWAS_DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"AWAS_HOME": home, "DJANGO_SETTINGS_MODULE": "awas.config.settings"} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def make_scene(home: str, clock: str) -> list[dict[str, str]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scene", str(CLIENTS)],
        cwd=ROOT,
        env=environment(home, AWAS_SEQUENCER="inline", AWAS_CLOCK=clock),
        stdout=subprocess.PIPE,
        check=True,
    )
    clients: list[dict[str, str]] = json.loads(done.stdout.splitlines()[-1])
    return clients


@contextmanager
def serving(home: str, clock: str) -> Iterator[tuple[int, int]]:
    """(port, pid) of a server on loopback; stopped at the end, whatever happened."""
    port = free_port()
    with (Path(home) / "server.log").open("wb") as out:
        server = subprocess.Popen(
            [str(Path(sys.executable).with_name("awas")), "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment(home, AWAS_CLOCK=clock),
            stdout=out,
            stderr=out,
        )
        try:
            wait_for(port, server)
            yield port, server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server didn't answer within a minute")


def family(pid: int) -> list[int]:
    """A process and everything below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += family(int(child))
    return found


def memory_mb(pid: int) -> dict[str, float]:
    """Resident memory of the server's processes, and their proportional share of it."""
    rss = pss = 0
    for one in family(pid):
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in ("Rss", "Pss"):
                value = int(rest.split()[0])
                rss, pss = rss + (value if name == "Rss" else 0), pss + (value if name == "Pss" else 0)
    return {"rss": rss / 1024, "pss": pss / 1024, "processes": len(family(pid))}


def cpu_seconds(pid: int) -> float:
    """What the server's processes have spent so far, in user and kernel mode."""
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(port: int, pid: int, clock: str, clients: list[dict[str, str]], **plan: Any) -> dict[str, Any]:
    """Runs the load generator in a process of its own. `cpu_ms` is what the server spent for one entry."""
    spent = cpu_seconds(pid)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        cwd=ROOT,
        env=environment("", AWAS_CLOCK=clock),
        input=json.dumps({"port": port, "clients": clients, "warm_up": 1.0, "most": 100_000, **plan}).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    measured: dict[str, Any] = json.loads(done.stdout)
    entries = measured["entries"] + measured["warm_entries"]
    measured["cpu_ms"] = 1000 * (cpu_seconds(pid) - spent) / max(entries, 1)
    return measured


def measure(seconds: float) -> dict[str, Any]:
    """By day with forms and devices, and at night, when every entry raises a warning; each on a server of its own."""
    forms, devices = forenoon("form", seconds), forenoon("api", seconds)
    worst = max(forms["memory"], devices["memory"], key=lambda one: one["rss"])
    return {**forms, **devices, "memory": worst, "night_api_64": night(seconds)}


def forenoon(kind: str, seconds: float) -> dict[str, Any]:
    clock = clock_at(FORENOON)
    with tempfile.TemporaryDirectory(prefix="awas-bench-") as home:
        clients = make_scene(home, clock)
        found: dict[str, Any] = {}
        with serving(home, clock) as (port, pid):
            for count in (1, CLIENTS):
                name = f"{kind}_{count}"
                found[name] = load(port, pid, clock, clients[:count], kind=kind, name=name, seconds=seconds)
            found["memory"] = memory_mb(pid)
    return found


def night(seconds: float) -> dict[str, Any]:
    clock = clock_at(NIGHT)
    with tempfile.TemporaryDirectory(prefix="awas-bench-") as home:
        clients = make_scene(home, clock)
        with serving(home, clock) as (port, pid):
            return load(port, pid, clock, clients, kind="api", name="night", seconds=seconds)


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1])), indent=1))
