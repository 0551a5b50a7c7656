"""Everything that may be asked of the roster, in the imperative. People of the watch stand here by their codes."""

from typing import Annotated

from msgspec import Meta

from awas.ledger.area import Sealed
from awas.ledger.message import Blobs, Code, Command, Count, Key, KeyOrNone, Label, PlaceOrNone, When
from awas.roster.codes import AbsenceReason, CancelReason, DisputedPoint, DutyEndReason
from awas.roster.events import HandoverSummary, Proof

PersonCode = Annotated[str, Meta(min_length=1, max_length=43, pattern=r"\A[A-Za-z0-9_.:\-]+\Z")]
People = Annotated[tuple[PersonCode, ...], Meta(max_length=30)]


class PlanShift(Command, frozen=True, kw_only=True, tag="roster.plan_shift@1"):
    """Plan a shift at this place. `leader` is one of the `people`, empty for the first."""

    shift_id: Key
    from_at: When
    until_at: When
    people: People
    minimum: Annotated[int, Meta(ge=1, le=30)] = 1
    leader: Code = ""
    letter_number: Label = ""


class ChangeShiftPeople(Command, frozen=True, kw_only=True, tag="roster.change_shift_people@1"):
    """Give a shift to other people: a swap or a replacement. `people` is the whole new list."""

    shift_id: Key
    people: People
    leader: Code = ""
    why: Sealed | None = None


class CancelShift(Command, frozen=True, kw_only=True, tag="roster.cancel_shift@1"):
    """Call a shift off."""

    shift_id: Key
    reason: CancelReason
    why: Sealed | None = None


class AnnounceAbsence(Command, frozen=True, kw_only=True, tag="roster.announce_absence@1"):
    """Say that an officer can't serve for a while."""

    absence_id: Key
    person: PersonCode
    from_at: When
    until_at: When
    reason: AbsenceReason


class WithdrawAbsence(Command, frozen=True, kw_only=True, tag="roster.withdraw_absence@1"):
    """Say that the officer can serve after all."""

    absence_id: Key


class RequestSwap(Command, frozen=True, kw_only=True, tag="roster.request_swap@1"):
    """Ask that somebody else takes a shift of one's own; with `other_shift_id` one's own turn for theirs."""

    swap_id: Key
    shift_id: Key
    with_person: PersonCode
    other_shift_id: KeyOrNone = ""
    why: Sealed | None = None


class ApproveSwap(Command, frozen=True, kw_only=True, tag="roster.approve_swap@1"):
    """Let a swap be. The shifts are those of the request: deciding needs them at hand."""

    swap_id: Key
    shift_id: Key
    other_shift_id: KeyOrNone = ""


class DeclineSwap(Command, frozen=True, kw_only=True, tag="roster.decline_swap@1"):
    """Don't let a swap be; or, by whoever asked, take the wish back."""

    swap_id: Key
    why: Sealed | None = None


class StartDuty(Command, frozen=True, kw_only=True, tag="roster.start_duty@1"):
    """Take up duty at this place. Officers start their own duty; `person` is the acting officer's code.

    `reported_elsewhere`: a place of another log where this officer is on duty; the service looks it up.
    """

    duty_id: Key
    person: PersonCode
    proof: Proof | None = None
    reported_elsewhere: PlaceOrNone = ""


class EndDuty(Command, frozen=True, kw_only=True, tag="roster.end_duty@1"):
    """Leave duty."""

    duty_id: Key
    reason: DutyEndReason = "shift_over"


class OfferHandover(Command, frozen=True, kw_only=True, tag="roster.offer_handover@1"):
    """Offer the watch to the next officers, with what is inside and open. `duty_id` is the giver's running duty."""

    handover_id: Key
    duty_id: Key
    summary: HandoverSummary
    note: Sealed | None = None
    photos: Blobs = ()


class AcceptHandover(Command, frozen=True, kw_only=True, tag="roster.accept_handover@1"):
    """Take the watch over. `duty_id` is the taker's running duty, or a new one that begins with this.

    `giver_stays`: the giver remains on duty. `differences` are points noted on acceptance.
    """

    handover_id: Key
    duty_id: Key
    giver_stays: bool = False
    proof: Proof | None = None
    differences: Annotated[tuple[DisputedPoint, ...], Meta(max_length=10)] = ()
    note: Sealed | None = None
    photos: Blobs = ()


class DisputeHandover(Command, frozen=True, kw_only=True, tag="roster.dispute_handover@1"):
    """Don't take the watch over as described; say at which points it is wrong."""

    handover_id: Key
    points: Annotated[tuple[DisputedPoint, ...], Meta(min_length=1, max_length=10)]
    note: Sealed | None = None
    photos: Blobs = ()


class WithdrawHandover(Command, frozen=True, kw_only=True, tag="roster.withdraw_handover@1"):
    """Take an offer back."""

    handover_id: Key


class SetRosterRules(Command, frozen=True, kw_only=True, tag="roster.set_rules@1"):
    """Set how the watch of this site is run; all settings each time."""

    minimum: Annotated[int, Meta(ge=1, le=30)] = 1
    rest_ms: Annotated[int, Meta(ge=0, le=172_800_000)] = 0
    handover_grace_ms: Annotated[int, Meta(ge=0, le=86_400_000)] = 0
    document_number: Label = ""


class VoidDuty(Command, frozen=True, kw_only=True, tag="roster.void_duty@1"):
    """Say that a start of duty was logged by mistake."""

    entry_index: Count
    duty_id: Key
    why: Sealed | None = None


COMMANDS: tuple[type[Command], ...] = (
    PlanShift,
    ChangeShiftPeople,
    CancelShift,
    AnnounceAbsence,
    WithdrawAbsence,
    RequestSwap,
    ApproveSwap,
    DeclineSwap,
    StartDuty,
    EndDuty,
    OfferHandover,
    AcceptHandover,
    DisputeHandover,
    WithdrawHandover,
    SetRosterRules,
    VoidDuty,
)
