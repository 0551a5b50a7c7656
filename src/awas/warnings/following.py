"""What the engine takes to heart of a step in a warning's life: its deadlines, who hides whom, how it climbs.

Every deadline here is cancelled by an answer: taken on, muted, gone or over, a warning climbs no further. Pure.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from awas.ledger.area import MINUTE
from awas.warnings import events as happened
from awas.warnings.asked import EndInhibition, Inhibit
from awas.warnings.policy import Policy, at_once
from awas.warnings.rule import Watch

HOLDS, KEEPS, ACKNOWLEDGEMENT, SILENCE = "holds", "keeps", "acknowledgement", "silence"
ESCALATION, REPETITION = "escalation", "repetition"
"""Purposes of the engine's own deadlines, beside the rules' `ABSENCE`."""

Hides = Mapping[str, Collection[str]]
"""By rule: the rules whose warnings it hides."""

Commands = Sequence[Any]


def follow(watch: Watch, event: Any, hides: Hides) -> Commands:
    """Sets and forgets deadlines. Returns what follows for other warnings of the place."""
    step = _STEPS.get(type(event))
    return () if step is None else step(watch, event, hides)


def may_hide(standing: Any) -> bool:
    """Whether a warning hides others: its condition stands, it speaks or somebody has it in hand, and none hides it."""
    return bool(standing.holds and not standing.pending and not standing.inhibited_by)


def _open(watch: Watch, event: Any) -> Any:
    """The warning that stands, if the event is about that episode."""
    standing = watch.open.get((event.rule, event.key))
    return standing if standing is not None and standing.id == event.warning else None


def _rest(watch: Watch, event: Any) -> None:
    """It climbs no further for now."""
    for purpose in (ESCALATION, REPETITION):
        watch.timers.disarm(watch, (event.rule, purpose, event.warning))


def _climb(watch: Watch, event: Any, policy: Policy | None, rung: int) -> None:
    """Sets the deadline of the next rung, or after the last one of the next repetition."""
    _rest(watch, event)
    if policy is None or rung < 0:
        return
    if rung + 1 < len(policy.rungs):
        wait = (policy.rungs[rung + 1].after - policy.rungs[rung].after) * MINUTE
        facts = (("rung", rung + 1), ("waited_ms", wait))
        watch.timers.arm(watch, (event.rule, ESCALATION, event.warning), watch.now + wait, facts)
    elif policy.repeat_most:
        watch.timers.arm(watch, (event.rule, REPETITION, event.warning), watch.now + policy.repeat_after * MINUTE)


def _fired(watch: Watch, event: happened.WarningFired, hides: Hides) -> Commands:
    standing = _open(watch, event)
    if standing is None:
        return ()
    told = event.policy is not None and not event.inhibited_by
    standing.policy, standing.inhibited_by = event.policy, event.inhibited_by
    standing.rung = at_once(event.policy) if told and event.policy is not None else -1
    _climb(watch, event, event.policy, standing.rung)
    return tuple(_hide(watch, event.rule, standing, hides))


def _hide(watch: Watch, rule: str, hider: Any, hides: Hides) -> Iterator[Inhibit]:
    """The warnings that only follow from this one, from now on."""
    hidden = hides.get(rule, ())
    if not hidden or not may_hide(hider):
        return
    for (other, _), standing in watch.open.items():
        lesser = other in hidden and standing.rank <= hider.rank and standing is not hider
        if lesser and not standing.pending and not standing.inhibited_by:
            yield Inhibit(warning=standing.id, by=hider.id)


def _release(watch: Watch, name: str) -> Commands:
    """What a warning hid speaks for itself again."""
    return tuple(
        EndInhibition(warning=standing.id, by=name) for standing in watch.open.values() if standing.inhibited_by == name
    )


def _raised(watch: Watch, event: happened.WarningEvidenceAdded, hides: Hides) -> Commands:
    standing = _open(watch, event)
    if standing is None or event.policy is None:
        return ()
    standing.policy = event.policy
    if not standing.inhibited_by:
        standing.rung = min(max(standing.rung, at_once(event.policy)), len(event.policy.rungs) - 1)
        _climb(watch, event, event.policy, standing.rung)
    return tuple(_hide(watch, event.rule, standing, hides))


def _escalated(watch: Watch, event: happened.WarningEscalated, hides: Hides) -> Commands:
    if (standing := _open(watch, event)) is not None:
        standing.rung = event.rung
        _climb(watch, event, standing.policy, event.rung)
    return ()


def _repeated(watch: Watch, event: happened.WarningRepeated, hides: Hides) -> Commands:
    standing = _open(watch, event)
    if standing is not None and standing.policy is not None and event.times < standing.policy.repeat_most:
        _climb(watch, event, standing.policy, standing.rung)
    return ()


def _acknowledged(watch: Watch, event: happened.WarningAcknowledged, hides: Hides) -> Commands:
    _rest(watch, event)
    watch.timers.disarm(watch, (event.rule, SILENCE, event.warning))
    watch.timers.arm(watch, (event.rule, ACKNOWLEDGEMENT, event.warning), event.until)
    return ()


def _silenced(watch: Watch, event: happened.WarningSilenced, hides: Hides) -> Commands:
    _rest(watch, event)
    watch.timers.disarm(watch, (event.rule, ACKNOWLEDGEMENT, event.warning))
    watch.timers.arm(watch, (event.rule, SILENCE, event.warning), event.until)
    return ()


def _asked_again(
    watch: Watch, event: happened.WarningAcknowledgementExpired | happened.WarningSilenceEnded, hides: Hides
) -> Commands:
    watch.timers.disarm(watch, (event.rule, ACKNOWLEDGEMENT, event.warning))
    standing = _open(watch, event)
    if standing is not None and standing.holds and not standing.inhibited_by:
        _climb(watch, event, standing.policy, standing.rung)
    return ()


def _inhibited(watch: Watch, event: happened.WarningInhibited, hides: Hides) -> Commands:
    _rest(watch, event)
    if (standing := _open(watch, event)) is not None:
        standing.inhibited_by = event.by
    return _release(watch, event.warning)


def _inhibition_ended(watch: Watch, event: happened.WarningInhibitionEnded, hides: Hides) -> Commands:
    standing = _open(watch, event)
    if standing is None:
        return ()
    standing.inhibited_by = ""
    if standing.policy is not None:
        standing.rung = max(standing.rung, at_once(standing.policy))
        _climb(watch, event, standing.policy, standing.rung)
    return tuple(_hide(watch, event.rule, standing, hides))


def _cleared(watch: Watch, event: happened.WarningCleared, hides: Hides) -> Commands:
    _rest(watch, event)
    return _release(watch, event.warning)


def _resolved(watch: Watch, event: happened.WarningResolved, hides: Hides) -> Commands:
    _rest(watch, event)
    for purpose in (ACKNOWLEDGEMENT, SILENCE):
        watch.timers.disarm(watch, (event.rule, purpose, event.warning))
    # An earlier episode's end, read late, must not hide the one that stands.
    if _open(watch, event) is not None:
        del watch.open[event.rule, event.key]
        for purpose in (HOLDS, KEEPS):
            watch.timers.disarm(watch, (event.rule, purpose, event.key))
    return _release(watch, event.warning)


_STEPS: Mapping[type[Struct], Callable[[Watch, Any, Hides], Commands]] = {
    happened.WarningFired: _fired,
    happened.WarningEvidenceAdded: _raised,
    happened.WarningEscalated: _escalated,
    happened.WarningRepeated: _repeated,
    happened.WarningAcknowledged: _acknowledged,
    happened.WarningSilenced: _silenced,
    happened.WarningAcknowledgementExpired: _asked_again,
    happened.WarningSilenceEnded: _asked_again,
    happened.WarningInhibited: _inhibited,
    happened.WarningInhibitionEnded: _inhibition_ended,
    happened.WarningCleared: _cleared,
    happened.WarningResolved: _resolved,
}
