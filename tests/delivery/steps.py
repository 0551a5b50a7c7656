"""Entries of a warning's life, as the judge hands them on."""

from itertools import count
from typing import Any

import msgspec

from awas.ledger.area import Sealed, Stamp
from awas.ledger.fact import Appended
from awas.warnings import events as happened
from awas.warnings.models import Warning
from awas.warnings.policy import DEFAULTS, Policy
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


ABOUT = {"rule": "WAR-01", "key": "v1"}


def fired(
    level: str = "siaga", *, warning: str = "w0", policy: Policy | None = None, inhibited_by: str = "", **when: Any
) -> Appended:
    event = happened.WarningFired(
        warning=warning,
        **ABOUT,
        rule_version=1,
        level=level,
        facts=FACTS,
        evidence=(7,),
        policy=policy,
        inhibited_by=inhibited_by,
    )
    return entry(event, **when)


def standing(level: str, *, rung: int, warning: str = "w0") -> None:
    """The row of a warning as it stands now."""
    Warning.objects.update_or_create(
        id=warning,
        defaults={
            "fingerprint": "f", "log": "awas/36.02", "place": "36.02-G1", **ABOUT, "rule_version": 1, "level": level,
            "state": "firing", "holds": True, "since": NOW, "changed_at": NOW, "fired_at": NOW, "facts": "[]",
            "evidence": "[7]", "evidence_count": 1, "recurrence": 0, "refired_count": 0, "flapping": False,
            "policy": msgspec.json.encode(DEFAULTS[level]).decode(), "rung": rung,
        },
    )  # fmt: skip


def escalated(tier: str, rung: int, *, warning: str = "w0", **when: Any) -> Appended:
    return entry(happened.WarningEscalated(warning=warning, **ABOUT, tier=tier, rung=rung), **when)


def repeated(times: int, *, warning: str = "w0", **when: Any) -> Appended:
    return entry(happened.WarningRepeated(warning=warning, **ABOUT, times=times), **when)


def surfaced(*, warning: str = "w0", **when: Any) -> Appended:
    return entry(happened.WarningInhibitionEnded(warning=warning, **ABOUT, by="w9"), **when)


def assigned(to: str, *, warning: str = "w0", **when: Any) -> Appended:
    return entry(happened.WarningAssigned(warning=warning, **ABOUT, to=to), **when)


def mentioned(*people: str, warning: str = "w0", **when: Any) -> Appended:
    note = Sealed(ref="v1", digest="0" * 64)
    return entry(happened.WarningCommented(warning=warning, **ABOUT, text=note, mentions=people), **when)


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
