"""What happens to a warning (peringatan). Every step of its life is an entry in the record, each with its reason.

A warning carries no personal data: its key names a visit, a vehicle or a seal by number, and what people write about
it is sealed. Pure: the standard library and msgspec alone.
"""

from msgspec import Struct

from awas.ledger.area import Instant, Sealed

Facts = tuple[tuple[str, str | int], ...]


class _Event(Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True, forbid_unknown_fields=True):
    """`warning` is its id; `rule` and `key` repeat what it is about, so that a reader of the log needs no table."""

    warning: str
    rule: str
    key: str


class WarningPended(_Event, frozen=True, kw_only=True, tag="warning.pended@1"):
    """The condition holds, but not yet for as long as the rule asks. `evidence` are entry indexes in the same log."""

    rule_version: int
    level: str
    facts: Facts = ()
    evidence: tuple[int, ...] = ()


class WarningFired(_Event, frozen=True, kw_only=True, tag="warning.fired@1"):
    """The warning speaks: for the first time, at the end of its pending time, or again after it had cleared."""

    rule_version: int
    level: str
    facts: Facts = ()
    evidence: tuple[int, ...] = ()


class WarningEvidenceAdded(_Event, frozen=True, kw_only=True, tag="warning.evidence_added@1"):
    """A warning that stands was found again: one warning, one more entry behind it, perhaps a higher level."""

    level: str
    facts: Facts = ()
    evidence: tuple[int, ...] = ()


class WarningAcknowledged(_Event, frozen=True, kw_only=True, tag="warning.acknowledged@1"):
    """A person takes the warning on until an hour they name. `reason` is a word of `reasons.ACKNOWLEDGED`."""

    until: Instant
    reason: str
    note: Sealed | None = None


class WarningAcknowledgementExpired(_Event, frozen=True, kw_only=True, tag="warning.acknowledgement_expired@1"):
    """The hour has passed, or the level has risen: the warning fires again. `why` is a word of `reasons.EXPIRED`."""

    why: str


class WarningCleared(_Event, frozen=True, kw_only=True, tag="warning.cleared@1"):
    """The condition has gone. `why` is a word of `reasons.CLEARED`; `evidence` is the entry that ended it, or -1."""

    why: str
    evidence: int = -1


class WarningResolved(_Event, frozen=True, kw_only=True, tag="warning.resolved@1"):
    """The warning is over, as `how` (a word of `reasons.RESOLVED`) says.

    `held`: its condition still stood. `judgement`: what it was worth to the person who ended it.
    """

    how: str
    held: bool = False
    judgement: str = ""
    note: Sealed | None = None


class WarningSilenced(_Event, frozen=True, kw_only=True, tag="warning.silenced@1"):
    """A person mutes the warning until an hour they name. `reason` is a word of `reasons.SILENCED`."""

    until: Instant
    reason: str
    note: Sealed | None = None


class WarningSilenceEnded(_Event, frozen=True, kw_only=True, tag="warning.silence_ended@1"):
    """The hour of the silence has passed; the warning is again what its condition makes it."""


class WarningCommented(_Event, frozen=True, kw_only=True, tag="warning.commented@1"):
    """A person writes something beside the warning."""

    text: Sealed


class ThresholdSet(
    Struct,
    frozen=True,
    kw_only=True,
    tag="warning.threshold_set@1",
    tag_field="kind",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """A threshold of a rule has a new value at the place of the entry; a district's code means its whole log.

    `value` is None when the rule's own default holds again. Verdicts before this entry keep the old value.
    """

    rule: str
    name: str
    value: int | None
    note: Sealed | None = None


WarningEvent = (
    WarningPended
    | WarningFired
    | WarningEvidenceAdded
    | WarningAcknowledged
    | WarningAcknowledgementExpired
    | WarningCleared
    | WarningResolved
    | WarningSilenced
    | WarningSilenceEnded
    | WarningCommented
)

EVENTS: tuple[type[Struct], ...] = (
    WarningPended,
    WarningFired,
    WarningEvidenceAdded,
    WarningAcknowledged,
    WarningAcknowledgementExpired,
    WarningCleared,
    WarningResolved,
    WarningSilenced,
    WarningSilenceEnded,
    WarningCommented,
    ThresholdSet,
)
