"""Entries of a warning's life, as the judge hands them on."""

from itertools import count
from typing import Any

from awas.ledger.area import Stamp
from awas.ledger.fact import Appended
from awas.warnings import events as happened
from tests.access.people import NOW

FACTS = (("plate", "A 9012 XX"),)
_index = count(100)


def entry(event: Any, *, at: int = NOW, recorded_at: int | None = None, place: str = "36.02-G1") -> Appended:
    stamp = Stamp(
        place=place,
        actor="judge",
        device="judge",
        occurred_at=at,
        recorded_at=at if recorded_at is None else recorded_at,
    )
    return Appended(log="awas/36.02", index=next(_index), stamp=stamp, area="warnings", event=event)


def fired(level: str = "siaga", *, warning: str = "w0", **when: Any) -> Appended:
    event = happened.WarningFired(
        warning=warning, rule="WAR-01", key="v1", rule_version=1, level=level, facts=FACTS, evidence=(7,)
    )
    return entry(event, **when)


def more(level: str, *, warning: str = "w0", **when: Any) -> Appended:
    event = happened.WarningEvidenceAdded(warning=warning, rule="WAR-01", key="v1", level=level, facts=FACTS)
    return entry(event, **when)


def expired(why: str = "time", *, warning: str = "w0", **when: Any) -> Appended:
    return entry(happened.WarningAcknowledgementExpired(warning=warning, rule="WAR-01", key="v1", why=why), **when)


def resolved(*, warning: str = "w0", **when: Any) -> Appended:
    return entry(happened.WarningResolved(warning=warning, rule="WAR-01", key="v1", how="by_person"), **when)


def pended(*, warning: str = "w0", **when: Any) -> Appended:
    event = happened.WarningPended(warning=warning, rule="WAR-01", key="v1", rule_version=1, level="siaga")
    return entry(event, **when)
