"""What happens to a warning (peringatan). Every step of its life is an entry in the record, each with its reason.

A warning carries no personal data: its key names a visit, a vehicle or a seal by number, and what people write about
it is sealed. Pure: the standard library and msgspec alone.
"""

from msgspec import Struct

from awas.ledger.area import Instant, Sealed
from awas.warnings.policy import Policy

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
    """The warning speaks: for the first time, at the end of its pending time, or again after it had cleared.

    `policy` is how it climbs from now on, as it was set then. `inhibited_by` is a warning that hides it:
    nobody is told.
    """

    rule_version: int
    level: str
    facts: Facts = ()
    evidence: tuple[int, ...] = ()
    policy: Policy | None = None
    inhibited_by: str = ""


class WarningEvidenceAdded(_Event, frozen=True, kw_only=True, tag="warning.evidence_added@1"):
    """A warning that stands was found again: one warning, one more entry behind it, perhaps a higher level.

    Only then it has a `policy`: it climbs by the higher level's from now on.
    """

    level: str
    facts: Facts = ()
    evidence: tuple[int, ...] = ()
    policy: Policy | None = None


class WarningEscalated(_Event, frozen=True, kw_only=True, tag="warning.escalated@1"):
    """Nobody answered in time: `tier` hears it too. `rung` counts from 0, `waited_ms` since it was last asked."""

    tier: str
    rung: int
    waited_ms: int = 0


class WarningRepeated(_Event, frozen=True, kw_only=True, tag="warning.repeated@1"):
    """Still nobody has answered: all who heard it hear it again, for the `times`-th time."""

    times: int


class WarningInhibited(_Event, frozen=True, kw_only=True, tag="warning.inhibited@1"):
    """It only follows from another warning (`by`) at the same place: it stands, and nobody is told of it."""

    by: str


class WarningInhibitionEnded(_Event, frozen=True, kw_only=True, tag="warning.inhibition_ended@1"):
    """What hid it is over, and it still stands: it speaks for itself from now on."""

    by: str


class WarningAssigned(_Event, frozen=True, kw_only=True, tag="warning.assigned@1"):
    """Somebody is to see to it; an empty `to` takes that back. `to` and `before` are codes of people."""

    to: str
    before: str = ""
    note: Sealed | None = None


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
    """A person writes something beside the warning; `mentions` are codes of people who are told of it."""

    text: Sealed
    mentions: tuple[str, ...] = ()


class WarningLinked(_Event, frozen=True, kw_only=True, tag="warning.linked@1"):
    """What became of it elsewhere: a finding, a report, a letter. `reference` is its number there."""

    link: str
    reference: str


class WarningSummarised(_Event, frozen=True, kw_only=True, tag="warning.summarised@1"):
    """Looked back on after its end: what it came from, what helped, what is to change."""

    cause: str
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


class PolicySet(
    Struct,
    frozen=True,
    kw_only=True,
    tag="warning.policy_set@1",
    tag_field="kind",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """How warnings of a level climb at the place of the entry from now on; a district's code means its whole log.

    None: as Awas comes. Warnings that stand keep the policy they began with.
    """

    level: str
    policy: Policy | None
    note: Sealed | None = None


class OwnRuleSet(
    Struct,
    frozen=True,
    kw_only=True,
    tag="warning.own_rule_set@1",
    tag_field="kind",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """A rule that an office wrote itself is in force at the place of the entry from now on; a district's code means its
    whole log. `text` is the rule as written, `version` counts its texts there; an earlier text holds no longer.
    """

    rule: str
    text: str
    version: int
    note: Sealed | None = None


class OwnRuleStopped(
    Struct,
    frozen=True,
    kw_only=True,
    tag="warning.own_rule_stopped@1",
    tag_field="kind",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """A rule of an office is in force no longer at the place of the entry, and what it had found clears."""

    rule: str
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
    | WarningEscalated
    | WarningRepeated
    | WarningInhibited
    | WarningInhibitionEnded
    | WarningAssigned
    | WarningLinked
    | WarningSummarised
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
    WarningEscalated,
    WarningRepeated,
    WarningInhibited,
    WarningInhibitionEnded,
    WarningAssigned,
    WarningLinked,
    WarningSummarised,
    PolicySet,
    OwnRuleSet,
    OwnRuleStopped,
)

OF_SETTINGS = frozenset({ThresholdSet, PolicySet, OwnRuleSet, OwnRuleStopped})
"""What is set for a place, rather than said of one warning."""
