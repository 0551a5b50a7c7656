"""Which CAP messages the life of one warning makes, from its entries in the log alone. Pure.

The same entries give the same messages, today and in a year: each is named by the entry that made it.

| what happened | message |
|---|---|
| fired for the first time | Alert |
| fired again, a higher level, nobody answered in time, a silence over while it holds | Update |
| the condition went, nobody has looked | Update that says AllClear: it may fire again under the same name |
| resolved | Cancel; the chain is over |
| it stands for another day | Update, since an alert without renewal expires |

Taking a warning on, silencing it and notes change nothing of the danger and make no message.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from awas.ledger.area import DAY, Instant, Stamp
from awas.warnings import events as happened
from awas.warnings.events import Facts

VALID_FOR: Final = DAY
"""How long a message holds unless a later one replaces it. CAP leaves it to the sender; an alert that nobody renews
must not stand for ever in somebody else's system."""

RENEWALS_AT_MOST: Final = 366

Phase = Literal["stands", "gone", "over"]


class Step(Struct, frozen=True, kw_only=True):
    """One entry about the warning. `act` tells which entries one command made."""

    index: int
    act: str
    stamp: Stamp
    event: happened.WarningEvent


class Issue(Struct, frozen=True, kw_only=True):
    """One message of the chain. `index` is the entry that made it, `renewal` 0 or the number of the day after it."""

    index: int
    renewal: int
    kind: Literal["Alert", "Update", "Cancel"]
    phase: Phase
    sent_at: Instant
    effective_at: Instant
    onset_at: Instant
    warning: str
    rule: str
    key: str
    level: str
    facts: Facts = ()
    evidence: tuple[int, ...] = ()
    why: str = ""
    how: str = ""
    judgement: str = ""

    @property
    def expires_at(self) -> Instant:
        return self.sent_at + VALID_FOR

    @property
    def name(self) -> str:
        """What names the message in its log: `812`, or `812.2` for its second renewal."""
        return f"{self.index}.{self.renewal}" if self.renewal else str(self.index)


class _Standing(Struct):
    """The warning as far as it has been read."""

    onset_at: Instant = 0
    level: str = ""
    holds: bool = False
    facts: Facts = ()
    evidence: tuple[int, ...] = ()
    why: str = ""
    how: str = ""
    judgement: str = ""


def issues_of(steps: Sequence[Step], now: Instant) -> tuple[Issue, ...]:
    """The messages of one warning up to `now`, oldest first. `steps` are its entries in their order."""
    standing = _Standing()
    found: list[Issue] = []
    for _, together in groupby(steps, key=lambda step: step.act):
        told: tuple[Step, Phase] | None = None
        for step in together:
            phase = _read(standing, step, begun=bool(found))
            # One command may take several steps (cleared and resolved): its last word is what is published.
            told = (step, phase) if phase else told
        if told is not None:
            found += _renewed(found, told[0].stamp.recorded_at)
            found.append(_issue(standing, *told, first=not found))
    return (*found, *_renewed(found, now))


def _read(standing: _Standing, step: Step, *, begun: bool) -> Phase | None:
    """Takes one step to heart. Returns the phase that must be told, None where nobody outside need know."""
    event = step.event
    phase: Phase | None = None
    match event:
        case happened.WarningPended():
            standing.onset_at = step.stamp.occurred_at
            standing.level, standing.holds = event.level, True
            standing.facts, standing.evidence = event.facts, event.evidence
        case happened.WarningFired():
            standing.onset_at = standing.onset_at or step.stamp.occurred_at
            standing.level, standing.holds, standing.why = event.level, True, ""
            _more(standing, event)
            return "stands"
        case happened.WarningEvidenceAdded():
            phase = "stands" if event.level != standing.level else None  # a level only rises
            standing.level, standing.holds = event.level, True
            _more(standing, event)
        case happened.WarningAcknowledgementExpired():
            phase = "stands"
        case happened.WarningSilenceEnded():
            phase = "stands" if standing.holds else None
        case happened.WarningCleared():
            standing.holds, standing.why = False, event.why
            phase = "gone"
        case happened.WarningResolved():
            standing.how, standing.judgement = event.how, event.judgement
            phase = "over"
    # Nothing is said of a warning that hasn't spoken yet.
    return phase if begun else None


def _more(standing: _Standing, event: happened.WarningFired | happened.WarningEvidenceAdded) -> None:
    standing.facts = event.facts or standing.facts
    standing.evidence = tuple(dict.fromkeys((*standing.evidence, *event.evidence)))


def _issue(standing: _Standing, step: Step, phase: Phase, *, first: bool) -> Issue:
    return Issue(
        index=step.index,
        renewal=0,
        kind="Cancel" if phase == "over" else "Alert" if first else "Update",
        phase=phase,
        sent_at=step.stamp.recorded_at,
        effective_at=min(step.stamp.occurred_at, step.stamp.recorded_at),
        onset_at=standing.onset_at,
        warning=step.event.warning,
        rule=step.event.rule,
        key=step.event.key,
        level=standing.level,
        facts=standing.facts,
        evidence=standing.evidence,
        why=standing.why,
        how=standing.how,
        judgement=standing.judgement,
    )


def _renewed(found: Sequence[Issue], until: Instant) -> Iterable[Issue]:
    """The daily renewals of the last message that fall due up to `until`, while the condition holds."""
    if not found or found[-1].phase != "stands":
        return
    last = found[-1]
    days = min((until - last.sent_at) // VALID_FOR, RENEWALS_AT_MOST)
    for day in range(1, days + 1):
        at = last.sent_at + day * VALID_FOR
        yield replace(last, renewal=day, kind="Update", sent_at=at, effective_at=at)
