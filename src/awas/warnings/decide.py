"""What people and the judge may do to a warning, and what follows.

People are refused what contradicts the record. The judge is never refused: it works from a slightly older view, and
what no longer applies leads to no event. Pure: the standard library and msgspec alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeGuard

from msgspec import Struct

from awas.ledger.area import DAY, HOUR, Instant, Items, Refused, Stamp
from awas.warnings import events as happened
from awas.warnings.asked import (
    Acknowledge,
    Assign,
    Clear,
    Comment,
    EndInhibition,
    EndSilence,
    Escalate,
    ExpireAcknowledgement,
    Find,
    Fire,
    Inhibit,
    Link,
    Repeat,
    Resolve,
    SetOwnRule,
    SetPolicy,
    SetThreshold,
    Silence,
    StopOwnRule,
    Summarise,
)
from awas.warnings.own.deciding import set_own_rule, stop_own_rule
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.policy import DEFAULTS, faults
from awas.warnings.reasons import ACKNOWLEDGED as ACKNOWLEDGED_REASONS
from awas.warnings.reasons import CAUSES, JUDGEMENTS, LINKS
from awas.warnings.reasons import SILENCED as SILENCED_REASONS
from awas.warnings.rule import Level, Rule
from awas.warnings.state import (
    ACKNOWLEDGED,
    CLEARED,
    EVIDENCE_KEPT,
    FIRING,
    PENDING,
    RESOLVED,
    SILENCED,
    Settings,
    Warning,
)

ACKNOWLEDGED_AT_MOST = 24 * HOUR
"""Nobody takes a warning on for longer than a day: then it is asked again."""

SILENCED_AT_MOST = 7 * DAY
"""A longer silence is a rule to change, not a warning to mute."""


def needs(command: Any) -> Iterable[tuple[str, str]]:
    """The items to load together; the standing of a fingerprint is read when an episode begins, which is rare."""
    of_settings = SetThreshold | SetPolicy | SetOwnRule | StopOwnRule
    return () if isinstance(command, of_settings) else (("warning", command.warning),)


def decider(rules: Sequence[Rule], vocabulary: Vocabulary) -> Callable[[Settings, Items, Stamp, Any], Sequence[Any]]:
    """`decide` over a catalogue: the bounds of thresholds are the rules' own, offices' rules speak of `vocabulary`."""
    by_id = {rule.id: rule for rule in rules}

    def decide(state: Settings, items: Items, stamp: Stamp, command: Any) -> Sequence[Any]:
        if isinstance(command, SetThreshold):
            return _set_threshold(by_id, state, command)
        if isinstance(command, SetPolicy):
            return _set_policy(command)
        if isinstance(command, SetOwnRule):
            return set_own_rule(vocabulary, state, items, stamp, command)
        if isinstance(command, StopOwnRule):
            return stop_own_rule(state, command)
        warning = items.get("warning", command.warning)
        judged = _JUDGED.get(type(command))
        if judged is not None:
            return judged(warning, stamp, command)
        if warning is None or warning.place != stamp.place:
            raise Refused("warning_unknown", warning=command.warning)
        if warning.state == RESOLVED and type(command) not in _AT_ANY_TIME:
            raise Refused("warning_already_resolved", warning=warning.id)
        return _BY_PEOPLE[type(command)](warning, stamp, command)

    return decide


def _about(warning: Warning) -> dict[str, Any]:
    return {"warning": warning.id, "rule": warning.rule, "key": warning.key}


# -- the judge ---------------------------------------------------------------------------------------------------------


def _find(warning: Warning | None, stamp: Stamp, command: Find) -> Sequence[Any]:
    about: dict[str, Any] = {"warning": command.warning, "rule": command.rule, "key": command.key}
    if warning is None:
        began: dict[str, Any] = about | {
            "rule_version": command.rule_version,
            "level": command.level,
            "facts": command.facts,
            "evidence": command.evidence,
        }
        return [
            happened.WarningPended(**began) if command.pending else happened.WarningFired(**began, **_climbs(command))
        ]
    if warning.state in (RESOLVED, PENDING):
        return []
    level = max(Level(warning.level), Level(command.level), key=lambda one: one.rank)
    new = tuple(index for index in command.evidence if index not in warning.evidence)
    if warning.state == CLEARED:
        return [
            happened.WarningFired(
                **about,
                rule_version=command.rule_version,
                level=level.value,
                facts=command.facts,
                evidence=new,
                **_climbs(command),
            )
        ]
    raised = level.value != warning.level
    if warning.holds and not raised and (not new or warning.evidence_count >= EVIDENCE_KEPT):
        return []
    found: list[Any] = [
        happened.WarningEvidenceAdded(
            **about,
            level=level.value,
            facts=command.facts,
            evidence=new,
            policy=command.policy if raised else None,
        )
    ]
    if raised and warning.state == ACKNOWLEDGED:
        # What somebody took on is no longer what it was: ask again.
        found.append(happened.WarningAcknowledgementExpired(**about, why="level_raised"))
    return found


def _fire(warning: Warning | None, stamp: Stamp, command: Fire) -> Sequence[Any]:
    if warning is None or warning.state != PENDING:
        return []
    fired = _about(warning) | {"rule_version": warning.rule_version, "level": warning.level}
    return [happened.WarningFired(**fired, **_climbs(command))]


def _climbs(command: Find | Fire) -> dict[str, Any]:
    return {"policy": command.policy, "inhibited_by": command.inhibited_by}


def _clear(warning: Warning | None, stamp: Stamp, command: Clear) -> Sequence[Any]:
    if warning is None or warning.state == RESOLVED or not warning.holds:
        return []
    found: list[Any] = [happened.WarningCleared(**_about(warning), why=command.why, evidence=command.evidence)]
    if warning.state == PENDING:
        found.append(happened.WarningResolved(**_about(warning), how="never_fired"))
    elif warning.state == ACKNOWLEDGED:
        found.append(happened.WarningResolved(**_about(warning), how="cleared_after_acknowledgement"))
    elif warning.inhibited_by and warning.rung < 0:
        # Nobody was ever told: there is nothing to be seen by anybody.
        found.append(happened.WarningResolved(**_about(warning), how="gone_while_hidden"))
    return found


def _expire(warning: Warning | None, stamp: Stamp, command: ExpireAcknowledgement) -> Sequence[Any]:
    if warning is None or warning.state != ACKNOWLEDGED or warning.acknowledged_until != command.until:
        return []
    return [happened.WarningAcknowledgementExpired(**_about(warning), why="time")]


def _end_silence(warning: Warning | None, stamp: Stamp, command: EndSilence) -> Sequence[Any]:
    if warning is None or warning.state != SILENCED or warning.silenced_until != command.until:
        return []
    return [happened.WarningSilenceEnded(**_about(warning))]


def _escalate(warning: Warning | None, stamp: Stamp, command: Escalate) -> Sequence[Any]:
    if not _unanswered(warning) or command.rung <= warning.rung:
        return []
    rungs = warning.policy.rungs if warning.policy is not None else ()
    if command.rung >= len(rungs):
        return []
    tier = rungs[command.rung].tier
    return [happened.WarningEscalated(**_about(warning), tier=tier, rung=command.rung, waited_ms=command.waited_ms)]


def _repeat(warning: Warning | None, stamp: Stamp, command: Repeat) -> Sequence[Any]:
    if not _unanswered(warning) or warning.policy is None or warning.repeated_count >= warning.policy.repeat_most:
        return []
    return [happened.WarningRepeated(**_about(warning), times=warning.repeated_count + 1)]


def _unanswered(warning: Warning | None) -> TypeGuard[Warning]:
    return warning is not None and warning.state == FIRING and not warning.inhibited_by


def _inhibit(warning: Warning | None, stamp: Stamp, command: Inhibit) -> Sequence[Any]:
    if warning is None or warning.state == RESOLVED or warning.inhibited_by:
        return []
    return [happened.WarningInhibited(**_about(warning), by=command.by)]


def _end_inhibition(warning: Warning | None, stamp: Stamp, command: EndInhibition) -> Sequence[Any]:
    if warning is None or warning.state == RESOLVED or warning.inhibited_by != command.by:
        return []
    return [happened.WarningInhibitionEnded(**_about(warning), by=command.by)]


_JUDGED: Mapping[type[Struct], Callable[[Warning | None, Stamp, Any], Sequence[Any]]] = {
    Find: _find,
    Fire: _fire,
    Clear: _clear,
    ExpireAcknowledgement: _expire,
    EndSilence: _end_silence,
    Escalate: _escalate,
    Repeat: _repeat,
    Inhibit: _inhibit,
    EndInhibition: _end_inhibition,
}

# -- people ------------------------------------------------------------------------------------------------------------


def _require_until(stamp: Stamp, until: Instant, at_most: int) -> None:
    if until <= stamp.recorded_at:
        raise Refused("until_in_the_past", until=until)
    if until > stamp.recorded_at + at_most:
        raise Refused("until_too_far", hours=at_most // HOUR)


def _acknowledge(warning: Warning, stamp: Stamp, command: Acknowledge) -> Sequence[Any]:
    if command.reason not in ACKNOWLEDGED_REASONS:
        raise Refused("reason_unknown", reason=command.reason)
    if not warning.holds:
        return [happened.WarningResolved(**_about(warning), how="seen_after_clearing", note=command.note)]
    if warning.state == PENDING:
        raise Refused("warning_not_firing", warning=warning.id)
    _require_until(stamp, command.until, ACKNOWLEDGED_AT_MOST)
    return [
        happened.WarningAcknowledged(**_about(warning), until=command.until, reason=command.reason, note=command.note)
    ]


def _silence(warning: Warning, stamp: Stamp, command: Silence) -> Sequence[Any]:
    if command.reason not in SILENCED_REASONS:
        raise Refused("reason_unknown", reason=command.reason)
    if warning.state not in (FIRING, ACKNOWLEDGED, SILENCED):
        raise Refused("warning_not_firing", warning=warning.id)
    _require_until(stamp, command.until, SILENCED_AT_MOST)
    return [happened.WarningSilenced(**_about(warning), until=command.until, reason=command.reason, note=command.note)]


def _resolve(warning: Warning, stamp: Stamp, command: Resolve) -> Sequence[Any]:
    if command.judgement not in JUDGEMENTS:
        raise Refused("judgement_unknown", judgement=command.judgement)
    return [
        happened.WarningResolved(
            **_about(warning),
            how="by_person",
            held=warning.holds,
            judgement=command.judgement,
            note=command.note,
        )
    ]


def _comment(warning: Warning, stamp: Stamp, command: Comment) -> Sequence[Any]:
    return [happened.WarningCommented(**_about(warning), text=command.text, mentions=command.mentions)]


def _assign(warning: Warning, stamp: Stamp, command: Assign) -> Sequence[Any]:
    if command.to == warning.assigned_to:
        raise Refused("warning_assigned_already", warning=warning.id)
    return [happened.WarningAssigned(**_about(warning), to=command.to, before=warning.assigned_to, note=command.note)]


def _link(warning: Warning, stamp: Stamp, command: Link) -> Sequence[Any]:
    if command.link not in LINKS:
        raise Refused("link_unknown", link=command.link)
    if not command.reference.strip():
        raise Refused("field_missing", field="reference", why="reference")
    if (command.link, command.reference) in warning.links:
        raise Refused("warning_linked_already", reference=command.reference)
    return [happened.WarningLinked(**_about(warning), link=command.link, reference=command.reference)]


def _summarise(warning: Warning, stamp: Stamp, command: Summarise) -> Sequence[Any]:
    if warning.state != RESOLVED:
        raise Refused("warning_not_over", warning=warning.id)
    if command.cause not in CAUSES:
        raise Refused("reason_unknown", reason=command.cause)
    return [happened.WarningSummarised(**_about(warning), cause=command.cause, text=command.text)]


_AT_ANY_TIME = frozenset({Comment, Link, Summarise})
"""What may still be said of a warning that is over."""

_BY_PEOPLE: Mapping[type[Struct], Callable[[Warning, Stamp, Any], Sequence[Any]]] = {
    Acknowledge: _acknowledge,
    Silence: _silence,
    Resolve: _resolve,
    Comment: _comment,
    Assign: _assign,
    Link: _link,
    Summarise: _summarise,
}


def _set_policy(command: SetPolicy) -> Sequence[Any]:
    if command.level not in DEFAULTS:
        raise Refused("level_unknown", level=command.level)
    if command.policy is not None and (wrong := faults(command.policy)):
        raise Refused(f"policy.{wrong[0]}")
    return [happened.PolicySet(level=command.level, policy=command.policy, note=command.note)]


def _set_threshold(by_id: Mapping[str, Rule], state: Settings, command: SetThreshold) -> Sequence[Any]:
    rule = by_id.get(command.rule)
    threshold = rule.threshold(command.name) if rule is not None else None
    if threshold is None:
        raise Refused("threshold_unknown", rule=command.rule, name=command.name)
    if command.value is not None and not threshold.least <= command.value <= threshold.most:
        raise Refused("threshold_out_of_bounds", least=threshold.least, most=threshold.most)
    return [happened.ThresholdSet(rule=command.rule, name=command.name, value=command.value, note=command.note)]
