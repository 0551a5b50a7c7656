"""Everything that may be asked of a warning: by the judge, and by people. Pure."""

from typing import Annotated

from msgspec import Meta, Struct

from awas.ledger.area import Instant, Sealed
from awas.ledger.message import Code, Label
from awas.warnings.events import Facts
from awas.warnings.policy import Policy


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
    policy: Policy | None = None
    inhibited_by: str = ""


class Fire(_Command, frozen=True, kw_only=True, tag="warning.fire"):
    """The judge: the pending time is over and the condition still holds."""

    policy: Policy | None = None
    inhibited_by: str = ""


class Escalate(_Command, frozen=True, kw_only=True, tag="warning.escalate"):
    """The judge: nobody answered in time, so this rung of its policy hears it."""

    rung: int
    waited_ms: int = 0


class Repeat(_Command, frozen=True, kw_only=True, tag="warning.repeat"):
    """The judge: nobody has answered since it was said last."""


class Inhibit(_Command, frozen=True, kw_only=True, tag="warning.inhibit"):
    """The judge: another warning at the same place hides this one."""

    by: str


class EndInhibition(_Command, frozen=True, kw_only=True, tag="warning.end_inhibition"):
    """The judge: what hid it is over."""

    by: str


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
    """Write something beside a warning; `mentions` are codes of people."""

    text: Sealed
    mentions: tuple[Code, ...] = ()


class Assign(_Command, frozen=True, kw_only=True, tag="warning.assign"):
    """Let somebody see to a warning; nobody, with an empty `to`."""

    to: Code
    note: Sealed | None = None


class Link(_Command, frozen=True, kw_only=True, tag="warning.link"):
    """Say what became of a warning elsewhere."""

    link: Code
    reference: Label


class Summarise(_Command, frozen=True, kw_only=True, tag="warning.summarise"):
    """Look back on a warning that is over."""

    cause: Code
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


class SetPolicy(
    Struct,
    frozen=True,
    kw_only=True,
    tag="warning.set_policy",
    tag_field="kind",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """How warnings of a level climb at the stamp's place (a district's code: in its whole log); None: as it comes."""

    level: str
    policy: Policy | None
    note: Sealed | None = None


class SetOwnRule(
    Struct,
    frozen=True,
    kw_only=True,
    tag="warning.set_own_rule",
    tag_field="kind",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """Put a rule that an office wrote in force at the stamp's place (a district's code: in its whole log)."""

    rule: Code
    text: Annotated[str, Meta(max_length=6_000)]
    note: Sealed | None = None


class StopOwnRule(
    Struct,
    frozen=True,
    kw_only=True,
    tag="warning.stop_own_rule",
    tag_field="kind",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """Stop a rule of an office at the stamp's place."""

    rule: Code
    note: Sealed | None = None


COMMANDS: tuple[type[Struct], ...] = (
    Find, Fire, Clear, ExpireAcknowledgement, EndSilence, Escalate, Repeat, Inhibit, EndInhibition,
    Acknowledge, Silence, Resolve, Comment, Assign, Link, Summarise, SetThreshold, SetPolicy,
    SetOwnRule, StopOwnRule,
)  # fmt: skip
