"""From a gate entry that is on the disk to the warning that stands, and to the message that a receiver has.

Entries at night, each of which raises a warning (WAR-08), one after the other through the sequencer's thread; the
worker's jobs run as `awas serve` runs them; a webhook on loopback receives. What disturbs people (push, messenger,
e-mail) waits by design on top of it: an Awas not at all, others 20 or 60 seconds for what belongs to them. Run as a
process of its own (`python -m benchmarks.notices`) with an empty AWAS_HOME; prints JSON, milliseconds.
"""

import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.web import NIGHT, clock_at

PLACE = "36.02-G1"


class Receiver(BaseHTTPRequestHandler):
    """Notes when which entry's message came."""

    came: dict[str, float] = {}

    def do_POST(self) -> None:
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Receiver.came[event["data"]["warning"]] = time.perf_counter()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def entry(number: int) -> Any:
    from awas.ledger.area import Sealed
    from awas.ledger.fact import Submission
    from awas.warehouse.commands import EnterPerson

    digest = f"{number:064x}"
    command = EnterPerson(
        visit_id=f"{PLACE}/v{number}",
        person=f"36.02/p{number}",
        name=Sealed(ref=f"p{number}", digest=digest),
        role="guest",
        purpose="visit",
        watch_count=1,
    )
    now = NIGHT + number
    return Submission(log="awas/36.02", place=PLACE, actor="p1", device="d1", occurred_at=now, command=command)


def quantiles(values: list[float]) -> dict[str, float]:
    """p50, p95 and the worst, in milliseconds."""
    ordered = sorted(value * 1000 for value in values)
    at = lambda share: ordered[min(int(len(ordered) * share), len(ordered) - 1)]  # noqa: E731
    return {"p50_ms": at(0.5), "p95_ms": at(0.95), "worst_ms": ordered[-1]}


def measured(count: int) -> dict[str, Any]:
    from awas.access.policy import Role
    from awas.access.services import assign_duty, create_person
    from awas.config import wiring
    from awas.delivery import services as delivery
    from awas.ledger import services as ledger
    from awas.places.services import load_banten
    from awas.warnings.models import Warning

    load_banten()
    officer = create_person(
        username="kab", display_name="x", home="36.02", password=None, now=NIGHT - 1, email="k@awas.example"
    )
    assign_duty(officer, Role.DISTRICT_OFFICER, "36.02", from_at=NIGHT - 1)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    delivery.add_webhook(f"http://127.0.0.1:{server.server_port}/", "36.02", secret="whsec_eA==", now=NIGHT)
    stop = wiring.start_background()
    committed: dict[str, float] = {}
    visible: list[float] = []
    known: set[str] = set()
    for number in range(count):
        ledger.record(entry(number))
        done = time.perf_counter()
        while not (fresh := set(Warning.objects.exclude(fired_at=None).values_list("id", flat=True)) - known):
            time.sleep(0.001)
        visible.append(time.perf_counter() - done)
        known |= fresh
        committed[fresh.pop()] = done
        time.sleep(0.037 * (number % 13))  # not in step with the worker
    until = time.monotonic() + 20
    while len(Receiver.came) < count and time.monotonic() < until:
        time.sleep(0.01)
    stop.set()
    received = [Receiver.came[key] - at for key, at in committed.items() if key in Receiver.came]
    if len(received) != count:
        raise SystemExit(f"{count - len(received)} messages never came")
    return {"entries": count, "warning_visible": quantiles(visible), "message_received": quantiles(received)}


def main(quick: bool) -> None:
    os.environ |= {"AWAS_CLOCK": clock_at(NIGHT), "AWAS_WEBHOOK_ALLOW_PRIVATE": "1"}
    import django

    django.setup()
    from awas.config import serving

    serving.prepare()
    print(json.dumps(measured(25 if quick else 150)))
    sys.stdout.flush()
    os._exit(0)  # the worker's threads are not waited for


if __name__ == "__main__":
    main("--quick" in sys.argv)
