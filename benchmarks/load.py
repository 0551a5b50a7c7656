"""The load generator, a light process of its own: keep-alive connections, each sends, waits for the answer, sends.

`python -m benchmarks.load` reads what to do as JSON from its input and prints what was measured as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

from benchmarks.traffic import Visitors, batches, forms


class Connection(asyncio.Protocol):
    """One client's connection; `ask` gives (status, head, body) of the answer or raises ConnectionError."""

    def __init__(self) -> None:
        self._waiting: asyncio.Future[tuple[int, bytes, bytes]] | None = None
        self._got = b""
        self._lost = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self._lost = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, blank, body = self._got.partition(b"\r\n\r\n")
        if not blank or self._waiting is None:
            return
        lower = head.lower()
        at = lower.find(b"content-length:")
        length = int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(body) < length:
            return
        self._got = body[length:]
        waiting, self._waiting = self._waiting, None
        waiting.set_result((int(head[9:12]), head, body[:length]))

    def ask(self, request: bytes) -> "asyncio.Future[tuple[int, bytes, bytes]]":
        self._waiting = asyncio.get_running_loop().create_future()
        if self._lost:
            self._waiting.set_exception(ConnectionError("the server had hung up"))
        else:
            self.transport.write(request)
        return self._waiting


async def connect(port: int) -> Connection:
    _transport, protocol = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    return protocol


async def csrf_of(connection: Connection, place: str, session: str) -> str:
    """Opens the form once, as a browser does, for the cookie that goes with it."""
    request = (
        f"GET /gudang/{place}/catat/orang-masuk/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={session}\r\n\r\n"
    )
    status, head, _body = await connection.ask(request.encode())
    if status != 200:
        raise SystemExit(f"the form answered {status}")
    cookies = SimpleCookie()
    for line in head.decode().split("\r\n"):
        if line.lower().startswith("set-cookie:"):
            cookies.load(line.split(":", 1)[1].strip())
    return cookies["csrftoken"].value


class Tally:
    """What all clients measured together."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.entries = 0
        self.refused: dict[str, int] = {}
        self.reconnected = 0

    def note(self, seconds: float, kind: str, size: int, answer: tuple[int, bytes, bytes]) -> None:
        status, _head, body = answer
        good = size
        if kind == "form" and status != 302:
            good = 0
        if kind == "api":
            good = body.count(b'"leaf"') if status == 200 else 0
        self.seconds.append(seconds)
        self.entries += good
        if good != size:
            key = f"{status} {body[:120].decode(errors='replace')}"
            self.refused[key] = self.refused.get(key, 0) + size - good


class Client:
    """Sends, waits, sends. Who loses the connection sends the same again on a new one, as a phone would."""

    def __init__(self, port: int, connection: Connection, requests: Iterator[bytes]) -> None:
        self.port = port
        self.connection = connection
        self.requests = requests

    async def run(self, kind: str, size: int, until: float, most: int, tally: Tally) -> None:
        clock = time.perf_counter
        for _ in range(most):
            begun = clock()
            if begun >= until:
                return
            answer = await self._ask(next(self.requests), tally)
            tally.note(clock() - begun, kind, size, answer)

    async def _ask(self, request: bytes, tally: Tally) -> tuple[int, bytes, bytes]:
        for _ in range(5):
            try:
                return await self.connection.ask(request)
            except ConnectionError:
                tally.reconnected += 1
                self.connection = await connect(self.port)
        raise SystemExit("the server keeps hanging up")


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    kind, size, port = plan["kind"], plan.get("size", 1), plan["port"]
    running = []
    for number, one in enumerate(plan["clients"]):
        connection = await connect(port)
        visitors = Visitors(f"{plan['name']}{number}x")
        if kind == "form":
            csrf = await csrf_of(connection, one["place"], one["session"])
            requests = forms(one["place"], one["session"], csrf, visitors)
        else:
            requests = batches(one["place"], one["token"], visitors, size)
        running.append(Client(port, connection, requests))
    warm, tally = Tally(), Tally()
    for seconds, most, into in ((plan["warm_up"], plan["most"], warm), (plan["seconds"], plan["most"], tally)):
        begun, spent = time.perf_counter(), time.process_time()
        until = begun + seconds
        await asyncio.gather(*(one.run(kind, size, until, most, into) for one in running))
        took, busy = time.perf_counter() - begun, time.process_time() - spent
    times = sorted(tally.seconds)
    return {
        "clients": len(running),
        "requests": len(times),
        "entries": tally.entries,
        "warm_entries": warm.entries,
        "per_second": tally.entries / took,
        "p50_ms": 1000 * times[len(times) // 2],
        "p99_ms": 1000 * times[min(len(times) * 99 // 100, len(times) - 1)],
        "worst_ms": 1000 * times[-1],
        "generator_busy": busy / took,
        "reconnected": tally.reconnected + warm.reconnected,
        "refused": tally.refused | warm.refused,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.load(sys.stdin)))))
