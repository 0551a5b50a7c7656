"""What people and the judge may do to a warning, and what follows.

People are refused what contradicts the record. The judge is never refused: it works from a slightly older view, and
what no longer applies leads to no event. Pure: the standard library and msgspec alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from awas.ledger.area import DAY, HOUR, Instant, Items, Refused, Sealed, Stamp
from awas.warnings import events as happened
from awas.warnings.events import Facts
from awas.warnings.reasons import ACKNOWLEDGED as ACKNOWLEDGED_REASONS
from awas.warnings.reasons import JUDGEMENTS
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


class _Command(Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True, forbid_unknown_fields=True):
    warning: str


class Find(_Command, frozen=True, kw_only=True, tag="warning.find"):
    """The judge: a rule's condition holds. `pending` asks to wait before it fires."""

    rule: str
    rule_version: int
    key: str
    level: str
    pending: bool = False
    facts: Facts = ()
    evidence: tuple[int, ...] = ()


class Fire(_Command, frozen=True, kw_only=True, tag="warning.fire"):
    """The judge: the pending time is over and the condition still holds."""


class Clear(_Command, frozen=True, kw_only=True, tag="warning.clear"):
    """The judge: the condition has gone."""

    why: str
    evidence: int = -1


class ExpireAcknowledgement(_Command, frozen=True, kw_only=True, tag="warning.expire_acknowledgement"):
    """The judge: the hour that somebody named has passed."""

    until: Instant


class EndSilence(_Command, frozen=True, kw_only=True, tag="warning.end_silence"):
    """The judge: the silence is over."""

    until: Instant


class Acknowledge(_Command, frozen=True, kw_only=True, tag="warning.acknowledge"):
    """Take a warning on until an instant; one whose condition has gone is resolved by it."""

    until: Instant
    reason: str
    note: Sealed | None = None


class Silence(_Command, frozen=True, kw_only=True, tag="warning.silence"):
    """Mute a warning until an instant."""

    until: Instant
    reason: str
    note: Sealed | None = None


class Resolve(_Command, frozen=True, kw_only=True, tag="warning.resolve"):
    """End a warning and say what it was worth."""

    judgement: str
    note: Sealed | None = None


class Comment(_Command, frozen=True, kw_only=True, tag="warning.comment"):
    """Write something beside a warning."""

    text: Sealed


class SetThreshold(
    Struct,
    frozen=True,
    kw_only=True,
    tag="warning.set_threshold",
    tag_field="kind",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """Move a threshold of a rule at the stamp's place (a district's code: everywhere in its log); None: back again."""

    rule: str
    name: str
    value: int | None
    note: Sealed | None = None


COMMANDS: tuple[type[Struct], ...] = (
    Find,
    Fire,
    Clear,
    ExpireAcknowledgement,
    EndSilence,
    Acknowledge,
    Silence,
    Resolve,
    Comment,
    SetThreshold,
)


def needs(command: Any) -> Iterable[tuple[str, str]]:
    """The items to load together; the standing of a fingerprint is read when an episode begins, which is rare."""
    return () if isinstance(command, SetThreshold) else (("warning", command.warning),)


def decider(rules: Sequence[Rule]) -> Callable[[Settings, Items, Stamp, Any], Sequence[Any]]:
    """`decide` over a catalogue: the bounds of thresholds are the rules' own."""
    by_id = {rule.id: rule for rule in rules}

    def decide(state: Settings, items: Items, stamp: Stamp, command: Any) -> Sequence[Any]:
        if isinstance(command, SetThreshold):
            return _set_threshold(by_id, state, command)
        warning = items.get("warning", command.warning)
        judged = _JUDGED.get(type(command))
        if judged is not None:
            return judged(warning, stamp, command)
        if warning is None or warning.place != stamp.place:
            raise Refused("warning_unknown", warning=command.warning)
        if isinstance(command, Comment):
            return [happened.WarningCommented(**_about(warning), text=command.text)]
        if warning.state == RESOLVED:
            raise Refused("warning_already_resolved", warning=warning.id)
        return _BY_PEOPLE[type(command)](warning, stamp, command)

    return decide


def _about(warning: Warning) -> dict[str, Any]:
    return {"warning": warning.id, "rule": warning.rule, "key": warning.key}


# -- the judge ---------------------------------------------------------------------------------------------------------


def _find(warning: Warning | None, stamp: Stamp, command: Find) -> Sequence[Any]:
    about = {"warning": command.warning, "rule": command.rule, "key": command.key}
    if warning is None:
        begins = happened.WarningPended if command.pending else happened.WarningFired
        return [
            begins(
                **about,
                rule_version=command.rule_version,
                level=command.level,
                facts=command.facts,
                evidence=command.evidence,
            )
        ]
    if warning.state in (RESOLVED, PENDING):
        return []
    level = max(Level(warning.level), Level(command.level), key=lambda one: one.rank)
    new = tuple(index for index in command.evidence if index not in warning.evidence)
    if warning.state == CLEARED:
        return [
            happened.WarningFired(
                **about, rule_version=command.rule_version, level=level.value, facts=command.facts, evidence=new
            )
        ]
    raised = level.value != warning.level
    if warning.holds and not raised and (not new or warning.evidence_count >= EVIDENCE_KEPT):
        return []
    found: list[Any] = [happened.WarningEvidenceAdded(**about, level=level.value, facts=command.facts, evidence=new)]
    if raised and warning.state == ACKNOWLEDGED:
        # What somebody took on is no longer what it was: ask again.
        found.append(happened.WarningAcknowledgementExpired(**about, why="level_raised"))
    return found


def _fire(warning: Warning | None, stamp: Stamp, command: Fire) -> Sequence[Any]:
    if warning is None or warning.state != PENDING:
        return []
    return [happened.WarningFired(**_about(warning), rule_version=warning.rule_version, level=warning.level)]


def _clear(warning: Warning | None, stamp: Stamp, command: Clear) -> Sequence[Any]:
    if warning is None or warning.state == RESOLVED or not warning.holds:
        return []
    found: list[Any] = [happened.WarningCleared(**_about(warning), why=command.why, evidence=command.evidence)]
    if warning.state == PENDING:
        found.append(happened.WarningResolved(**_about(warning), how="never_fired"))
    elif warning.state == ACKNOWLEDGED:
        found.append(happened.WarningResolved(**_about(warning), how="cleared_after_acknowledgement"))
    return found


def _expire(warning: Warning | None, stamp: Stamp, command: ExpireAcknowledgement) -> Sequence[Any]:
    if warning is None or warning.state != ACKNOWLEDGED or warning.acknowledged_until != command.until:
        return []
    return [happened.WarningAcknowledgementExpired(**_about(warning), why="time")]


def _end_silence(warning: Warning | None, stamp: Stamp, command: EndSilence) -> Sequence[Any]:
    if warning is None or warning.state != SILENCED or warning.silenced_until != command.until:
        return []
    return [happened.WarningSilenceEnded(**_about(warning))]


_JUDGED: Mapping[type[Struct], Callable[[Warning | None, Stamp, Any], Sequence[Any]]] = {
    Find: _find,
    Fire: _fire,
    Clear: _clear,
    ExpireAcknowledgement: _expire,
    EndSilence: _end_silence,
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
    if warning.state == CLEARED:
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


_BY_PEOPLE: Mapping[type[Struct], Callable[[Warning, Stamp, Any], Sequence[Any]]] = {
    Acknowledge: _acknowledge,
    Silence: _silence,
    Resolve: _resolve,
}


def _set_threshold(by_id: Mapping[str, Rule], state: Settings, command: SetThreshold) -> Sequence[Any]:
    rule = by_id.get(command.rule)
    threshold = rule.threshold(command.name) if rule is not None else None
    if threshold is None:
        raise Refused("threshold_unknown", rule=command.rule, name=command.name)
    if command.value is not None and not threshold.least <= command.value <= threshold.most:
        raise Refused("threshold_out_of_bounds", least=threshold.least, most=threshold.most)
    return [happened.ThresholdSet(rule=command.rule, name=command.name, value=command.value, note=command.note)]
