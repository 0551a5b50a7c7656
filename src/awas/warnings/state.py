"""The life of a warning as folded state: one `Warning` per episode, one `Standing` per fingerprint, settings per place.

States follow ISA 18.2 with the words of Alertmanager: pending, firing, acknowledged, silenced, cleared (the condition
has gone, nobody has looked), resolved. `state` is what people have done; `holds` is whether the condition stands.
Silence of data changes neither. Pure: the standard library and msgspec alone.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from awas.ledger.area import HOUR, Instant, Items, Stamp
from awas.ledger.naming import log_of
from awas.warnings import events as happened
from awas.warnings.events import Facts
from awas.warnings.own.state import OwnText, fold_own, own_after
from awas.warnings.policy import Policy, at_once

PENDING, FIRING, ACKNOWLEDGED, SILENCED, CLEARED, RESOLVED = (
    "pending",
    "firing",
    "acknowledged",
    "silenced",
    "cleared",
    "resolved",
)
OPEN = (PENDING, FIRING, ACKNOWLEDGED, SILENCED, CLEARED)
"""Everything but resolved."""

EVIDENCE_KEPT = 20
"""Entries named by one warning at most: enough to look at, and a bound on what a storm writes into the record."""

FLAPPING_RAISES = 4
FLAPPING_WITHIN = 6 * HOUR
"""A fingerprint that is raised this often in this time is flapping."""


class Warning(Struct, frozen=True, kw_only=True):
    """One episode of one finding (peringatan). The fields are the columns of its table, the key first.

    `since` is the instant the condition was found, `evidence` entry indexes of the log, `facts` what fills the words.
    `recurrence` counts the episodes of the same fingerprint before this one, `refired_count` its own comings back.
    `answered_at` is when somebody first answered since it fired. `rung` is the last one of its policy that has heard
    it, -1 where nobody was told; `links` are (kind, number) of what became of it elsewhere, `cause` what it came from,
    as people said afterwards.
    """

    id: str
    fingerprint: str
    log: str
    place: str
    rule: str
    rule_version: int
    key: str
    level: str
    state: str
    holds: bool
    since: Instant
    changed_at: Instant
    fired_at: Instant | None = None
    acknowledged_by: str = ""
    acknowledged_until: Instant | None = None
    silenced_until: Instant | None = None
    cleared_at: Instant | None = None
    resolved_at: Instant | None = None
    resolved_by: str = ""
    why: str = ""
    judgement: str = ""
    facts: Facts = ()
    evidence: tuple[int, ...] = ()
    evidence_count: int = 0
    recurrence: int = 0
    refired_count: int = 0
    flapping: bool = False
    policy: Policy | None = None
    rung: int = -1
    repeated_count: int = 0
    inhibited_by: str = ""
    assigned_to: str = ""
    links: tuple[tuple[str, str], ...] = ()
    cause: str = ""
    answered_at: Instant | None = None
    answered_by: str = ""


class Standing(Struct, frozen=True, kw_only=True):
    """What is remembered of a fingerprint across its episodes."""

    fingerprint: str
    log: str
    place: str
    last: str
    raised_count: int = 0
    recently: tuple[Instant, ...] = ()


class Setting(Struct, frozen=True, kw_only=True):
    """One threshold moved away from its default."""

    rule: str
    name: str
    value: int


class Settings(Struct, frozen=True, kw_only=True):
    """The snapshot of this area at one place: its moved thresholds, its own policies by level, its own rules in force.

    A district's code holds those of its whole log.
    """

    thresholds: tuple[Setting, ...] = ()
    policies: dict[str, Policy] = {}
    own: tuple[OwnText, ...] = ()


def fingerprint_of(rule: str, place: str, key: str) -> str:
    """What makes two findings the same one."""
    return f"{rule}:{place}:{key}"


def warning_id(fingerprint: str, since: Instant, index: int) -> str:
    """The name of an episode: the same finding of the same entry at the same instant is the same warning, in a replay
    too. What ends and begins anew within one instant is found in another entry."""
    return hashlib.sha256(f"{fingerprint}@{since}#{index}".encode()).hexdigest()[:16]


def fold(state: Settings, stamp: Stamp, event: Any) -> Settings:
    """The settings after one event."""
    if type(event) is happened.PolicySet:
        others = {level: policy for level, policy in state.policies.items() if level != event.level}
        return msgspec.structs.replace(state, policies=others | ({event.level: event.policy} if event.policy else {}))
    if type(event) in (happened.OwnRuleSet, happened.OwnRuleStopped):
        return msgspec.structs.replace(state, own=own_after(state.own, event))
    if type(event) is not happened.ThresholdSet:
        return state
    kept = tuple(one for one in state.thresholds if (one.rule, one.name) != (event.rule, event.name))
    if event.value is None:
        return msgspec.structs.replace(state, thresholds=kept)
    moved = Setting(rule=event.rule, name=event.name, value=event.value)
    return msgspec.structs.replace(state, thresholds=(*kept, moved))


def fold_items(items: Items, stamp: Stamp, event: Any) -> None:
    """Applies one event to the warning it is about."""
    if isinstance(event, happened.OwnRuleSet | happened.OwnRuleStopped):
        fold_own(items, stamp, event)
    if type(event) in happened.OF_SETTINGS:
        return
    standing = items.get("warning", event.warning)
    if standing is None:
        if isinstance(event, happened.WarningPended | happened.WarningFired):
            _begin(items, stamp, event)
        return
    changed = _STEPS[type(event)](standing, stamp, event)
    items.put("warning", event.warning, msgspec.structs.replace(standing, changed_at=stamp.occurred_at, **changed))


def _begin(items: Items, stamp: Stamp, event: happened.WarningPended | happened.WarningFired) -> None:
    fingerprint = fingerprint_of(event.rule, stamp.place, event.key)
    log = log_of(stamp.place)
    before = items.get("standing", fingerprint) or Standing(
        fingerprint=fingerprint, log=log, place=stamp.place, last=""
    )
    since = stamp.occurred_at
    recently = (*(at for at in before.recently if at > since - FLAPPING_WITHIN), since)[-FLAPPING_RAISES:]
    firing = isinstance(event, happened.WarningFired)
    items.put(
        "warning",
        event.warning,
        Warning(
            id=event.warning,
            fingerprint=fingerprint,
            log=log,
            place=stamp.place,
            rule=event.rule,
            rule_version=event.rule_version,
            key=event.key,
            level=event.level,
            state=FIRING if firing else PENDING,
            holds=True,
            since=since,
            changed_at=since,
            fired_at=since if firing else None,
            facts=event.facts,
            evidence=event.evidence,
            evidence_count=len(event.evidence),
            recurrence=before.raised_count,
            flapping=len(recently) >= FLAPPING_RAISES,
            **(_climbing(event) if isinstance(event, happened.WarningFired) else {}),
        ),
    )
    items.put(
        "standing",
        fingerprint,
        msgspec.structs.replace(before, last=event.warning, raised_count=before.raised_count + 1, recently=recently),
    )


def _climbing(event: happened.WarningFired) -> dict[str, Any]:
    """Where a warning stands on its ladder when it begins to speak; hidden by another one, nobody has heard it."""
    told = event.policy is not None and not event.inhibited_by
    return {
        "policy": event.policy,
        "rung": at_once(event.policy) if told and event.policy is not None else -1,
        "repeated_count": 0,
        "inhibited_by": event.inhibited_by,
        "answered_at": None,
        "answered_by": "",
    }


def _more(warning: Warning, event: happened.WarningFired | happened.WarningEvidenceAdded) -> dict[str, Any]:
    """The evidence and facts after a further finding."""
    new = tuple(index for index in event.evidence if index not in warning.evidence)
    evidence = (*warning.evidence, *new)[:EVIDENCE_KEPT]
    return {
        "level": event.level,
        "facts": event.facts or warning.facts,
        "evidence": evidence,
        "evidence_count": len(evidence),
    }


def _fired(warning: Warning, stamp: Stamp, event: happened.WarningFired) -> dict[str, Any]:
    again = warning.fired_at is not None
    return {
        **_more(warning, event),
        "state": FIRING,
        "holds": True,
        "fired_at": stamp.occurred_at,
        "cleared_at": None,
        "why": "",
        **_climbing(event),
        "refired_count": warning.refired_count + again,
        "flapping": warning.flapping or warning.refired_count + again >= FLAPPING_RAISES,
    }


def _evidence_added(warning: Warning, stamp: Stamp, event: happened.WarningEvidenceAdded) -> dict[str, Any]:
    changed = {**_more(warning, event), "holds": True}
    if event.policy is not None:
        # A higher level is another ladder: those whom it tells at once hear it now, whoever heard it before.
        rung = warning.rung if warning.inhibited_by else max(warning.rung, at_once(event.policy))
        changed |= {"policy": event.policy, "rung": min(rung, len(event.policy.rungs) - 1), "repeated_count": 0}
    return changed


def _acknowledged(warning: Warning, stamp: Stamp, event: happened.WarningAcknowledged) -> dict[str, Any]:
    return {
        "state": ACKNOWLEDGED,
        "acknowledged_by": stamp.actor,
        "acknowledged_until": event.until,
        "silenced_until": None,
        "why": event.reason,
        **_first_answer(warning, stamp),
    }


def _first_answer(warning: Warning, stamp: Stamp) -> dict[str, Any]:
    """Who answered first, and when; later ones only go on with it."""
    if warning.answered_at is not None:
        return {}
    return {"answered_at": stamp.recorded_at, "answered_by": stamp.actor}


def _acknowledgement_expired(
    warning: Warning, stamp: Stamp, event: happened.WarningAcknowledgementExpired
) -> dict[str, Any]:
    return {"state": FIRING, "acknowledged_until": None, "why": event.why}


def _cleared(warning: Warning, stamp: Stamp, event: happened.WarningCleared) -> dict[str, Any]:
    changed: dict[str, Any] = {"holds": False, "cleared_at": stamp.occurred_at, "why": event.why}
    if warning.state == FIRING:
        changed["state"] = CLEARED
    return changed


def _resolved(warning: Warning, stamp: Stamp, event: happened.WarningResolved) -> dict[str, Any]:
    return {
        "state": RESOLVED,
        "resolved_at": stamp.occurred_at,
        "resolved_by": stamp.actor,
        "why": event.how,
        "judgement": event.judgement,
        "acknowledged_until": None,
        "silenced_until": None,
        **(_first_answer(warning, stamp) if event.how in _BY_A_PERSON else {}),
    }


_BY_A_PERSON = frozenset({"by_person", "seen_after_clearing"})


def _silenced(warning: Warning, stamp: Stamp, event: happened.WarningSilenced) -> dict[str, Any]:
    return {
        "state": SILENCED,
        "silenced_until": event.until,
        "acknowledged_until": None,
        "why": event.reason,
        **_first_answer(warning, stamp),
    }


def _silence_ended(warning: Warning, stamp: Stamp, event: happened.WarningSilenceEnded) -> dict[str, Any]:
    return {"state": FIRING if warning.holds else CLEARED, "silenced_until": None, "why": ""}


def _escalated(warning: Warning, stamp: Stamp, event: happened.WarningEscalated) -> dict[str, Any]:
    return {"rung": event.rung, "repeated_count": 0}


def _repeated(warning: Warning, stamp: Stamp, event: happened.WarningRepeated) -> dict[str, Any]:
    return {"repeated_count": event.times}


def _inhibited(warning: Warning, stamp: Stamp, event: happened.WarningInhibited) -> dict[str, Any]:
    return {"inhibited_by": event.by}


def _inhibition_ended(warning: Warning, stamp: Stamp, event: happened.WarningInhibitionEnded) -> dict[str, Any]:
    rung = max(warning.rung, at_once(warning.policy)) if warning.policy is not None else warning.rung
    return {"inhibited_by": "", "rung": rung}


def _assigned(warning: Warning, stamp: Stamp, event: happened.WarningAssigned) -> dict[str, Any]:
    return {"assigned_to": event.to}


def _linked(warning: Warning, stamp: Stamp, event: happened.WarningLinked) -> dict[str, Any]:
    return {"links": (*warning.links, (event.link, event.reference))}


def _summarised(warning: Warning, stamp: Stamp, event: happened.WarningSummarised) -> dict[str, Any]:
    return {"cause": event.cause}


def _unchanged(warning: Warning, stamp: Stamp, event: Any) -> dict[str, Any]:
    return {}


_STEPS: Mapping[type[Struct], Callable[[Warning, Stamp, Any], dict[str, Any]]] = {
    happened.WarningPended: _unchanged,
    happened.WarningFired: _fired,
    happened.WarningEvidenceAdded: _evidence_added,
    happened.WarningAcknowledged: _acknowledged,
    happened.WarningAcknowledgementExpired: _acknowledgement_expired,
    happened.WarningCleared: _cleared,
    happened.WarningResolved: _resolved,
    happened.WarningSilenced: _silenced,
    happened.WarningSilenceEnded: _silence_ended,
    happened.WarningCommented: _unchanged,
    happened.WarningEscalated: _escalated,
    happened.WarningRepeated: _repeated,
    happened.WarningInhibited: _inhibited,
    happened.WarningInhibitionEnded: _inhibition_ended,
    happened.WarningAssigned: _assigned,
    happened.WarningLinked: _linked,
    happened.WarningSummarised: _summarised,
}
