"""Warnings' notices through outbox and senders that fail at random: what was lost, told twice, out of order.

Used by a test with few and by `benchmarks.soak` with ten thousand. Time is the caller's own; chance is seeded.
"""

import random
from collections import Counter
from typing import Any

from awas.delivery import services
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import MessageState, OutboxMessage
from awas.delivery.outbox import deliver_due
from tests.access.people import NOW
from tests.delivery.crew import crew_with_addresses
from tests.delivery.steps import fired

SECOND, MINUTE = 1_000, 60_000
LEVELS = ("waspada",) * 5 + ("siaga",) * 4 + ("awas",)


class Gateways:
    """Take, refuse for a while, or hang: three in ten of all tries fail, and now and then a whole channel is down."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.taken: list[OutboxMessage] = []
        self.tries = 0

    def __call__(self, message: OutboxMessage, now: int) -> None:
        self.tries += 1
        down = (now // (7 * MINUTE) + len(message.channel)) % 5 == 0
        if down or self.chance.random() < 0.3:
            raise DeliveryFailed(f"{message.channel}.unreachable", permanent=False)
        self.taken.append(message)


def soaked(warnings: int, chance: random.Random, per_step: int = 10) -> dict[str, Any]:
    """Counts of a soak: warnings in bursts of `per_step`, a worker that looks every five seconds until all is told."""
    crew_with_addresses()
    gateways, now, told = Gateways(chance), NOW, 0
    senders = dict.fromkeys(("email", "push", "messenger", "webhook"), gateways)
    while told < warnings or OutboxMessage.objects.filter(state=MessageState.WAITING).exists():
        if told < warnings and chance.random() < 0.5:
            burst = min(per_step, warnings - told)
            levels = [chance.choice(LEVELS) for _ in range(burst)]
            services.tell([fired(level, warning=f"s{told + n}", at=NOW) for n, level in enumerate(levels)])
            told += burst
        deliver_due(now, 200, senders=senders, compose=services.compose, chance=chance.random)
        now += MINUTE if told >= warnings else 5 * SECOND
    return counted(gateways)


def counted(gateways: Gateways) -> dict[str, Any]:
    """What came of it, by the outbox and by what the gateways took."""
    outgoing = OutboxMessage.objects.exclude(channel="screen")
    originals = dict(outgoing.exclude(kind="digest").values_list("pk", "carried_by_id"))
    taken = Counter(one.pk for one in gateways.taken)
    arrived = {pk: taken[carried or pk] for pk, carried in originals.items()}
    orders = 0
    seen: dict[tuple[str, str], int] = {}
    rows = dict(outgoing.values_list("pk", "level"))
    by_carrier: dict[int, list[int]] = {}
    for pk, carried in originals.items():
        by_carrier.setdefault(carried or pk, []).append(pk)
    for message in gateways.taken:
        for pk in sorted(by_carrier.get(message.pk, ())):
            if rows[pk] == "awas":  # overtakes what is being tried again
                continue
            key = (message.channel, message.address)
            orders += message.channel != "webhook" and pk < seen.get(key, 0)
            seen[key] = max(pk, seen.get(key, 0))
    return {
        "notices": len(originals),
        "delivered": sum(1 for count in arrived.values() if count),
        "lost": sum(1 for pk, count in arrived.items() if not count),
        "twice": sum(1 for count in arrived.values() if count > 1),
        "out_of_order": orders,
        "buzzes": len(gateways.taken),
        "tries": gateways.tries,
    }
