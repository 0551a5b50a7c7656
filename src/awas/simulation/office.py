"""What the district office of the demo does about warnings, so that they go again. Pure.

It stands for people; it uses their commands and no others.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from awas.ledger.area import HOUR, Instant
from awas.simulation.cues import SeeTo
from awas.warnings.asked import Acknowledge, Resolve
from awas.warnings.state import ACKNOWLEDGED, CLEARED, FIRING, Warning


def answers(step: SeeTo, at: Instant, warnings: Iterable[Warning]) -> Iterator[tuple[str, Any]]:
    """(warning id, command) for each of a place's open warnings that this step is about."""
    for warning in warnings:
        if warning.since < step.since_at:
            continue
        if step.step == "take":
            if warning.state == FIRING:
                yield warning.id, Acknowledge(warning=warning.id, until=at + 4 * HOUR, reason="handling")
        elif warning.state == CLEARED:
            yield warning.id, Acknowledge(warning=warning.id, until=at + HOUR, reason="handling")
        elif step.step == "settle" and warning.state in (FIRING, ACKNOWLEDGED):
            yield warning.id, Resolve(warning=warning.id, judgement="useful")
