"""Everything that can happen to the watch itself: planned, begun, handed over, ended.

The tag of an event is its name for ever; a field is only ever added, with a default. Never change a default.
People of the watch stand here by their codes, never by name.
"""

from msgspec import Struct

from awas.ledger.area import Instant, Sealed
from awas.ledger.message import Blob, Count, Event, When
from awas.roster.codes import AbsenceReason, CancelReason, DisputedPoint, DutyEndReason


class Proof(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How it is known that the officer really stood there. `by_token`: the QR code at the post was scanned."""

    by_token: bool = False
    distance_m: Count | None = None
    photo: Blob = ""


class HandoverSummary(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is handed over with the watch, as the record had it when offered. `cctv_recording` None: not reported.

    `log_size` is the number of entries of the log then: what stood in the book is settled by it.
    """

    people_inside: Count = 0
    vehicles_inside: Count = 0
    vehicles_unattended: Count = 0
    open_consignments: Count = 0
    in_transit: Count = 0
    seals_on: Count = 0
    seals_bad: Count = 0
    cctv_total: Count = 0
    cctv_working: Count = 0
    cctv_recording: bool | None = None
    keys_out: Count = 0
    open_incidents: Count = 0
    open_conditions: Count = 0
    ballots_inside: bool = False
    stock_units: Count = 0
    last_round_at: When = 0
    open_warnings: Count = 0
    log_size: Count = 0


class ShiftPlanned(Event, frozen=True, kw_only=True, tag="roster.shift_planned@1"):
    """A shift (piket) was planned: who, from when, until when. `minimum` is how many must be there.

    `double_booked` stand in another shift of this place at the same time; `absent` have announced an absence;
    `short_rest` have less than the site's rest between two shifts. `gap_before_ms`: nobody is planned between the
    shift before and this one.
    """

    shift_id: str
    from_at: Instant
    until_at: Instant
    people: tuple[str, ...]
    minimum: int = 1
    leader: str = ""
    letter_number: str = ""
    double_booked: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    short_rest: tuple[str, ...] = ()
    gap_before_ms: int = 0


class ShiftPeopleChanged(Event, frozen=True, kw_only=True, tag="roster.shift_people_changed@1"):
    """Other people take the shift (a swap or a replacement). `people` is the whole new list."""

    shift_id: str
    from_at: Instant
    until_at: Instant
    people: tuple[str, ...]
    people_before: tuple[str, ...]
    minimum: int = 1
    leader: str = ""
    why: Sealed | None = None
    double_booked: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    short_rest: tuple[str, ...] = ()


class ShiftCancelled(Event, frozen=True, kw_only=True, tag="roster.shift_cancelled@1"):
    """The shift won't take place."""

    shift_id: str
    from_at: Instant
    until_at: Instant
    reason: CancelReason
    why: Sealed | None = None


class AbsenceAnnounced(Event, frozen=True, kw_only=True, tag="roster.absence_announced@1"):
    """An officer can't serve. `shifts` are those of this place that fall into it."""

    absence_id: str
    person: str
    from_at: Instant
    until_at: Instant
    reason: AbsenceReason
    shifts: tuple[str, ...] = ()


class AbsenceWithdrawn(Event, frozen=True, kw_only=True, tag="roster.absence_withdrawn@1"):
    """The officer can serve after all."""

    absence_id: str
    person: str


class SwapRequested(Event, frozen=True, kw_only=True, tag="roster.swap_requested@1"):
    """An officer asks that `with_person` takes their shift; in turn for `other_shift_id`, if there is one."""

    swap_id: str
    shift_id: str
    from_at: Instant
    until_at: Instant
    by: str
    with_person: str
    other_shift_id: str = ""
    other_from_at: Instant = 0
    why: Sealed | None = None


class SwapApproved(Event, frozen=True, kw_only=True, tag="roster.swap_approved@1"):
    """The office lets the swap be. The shifts' new people stand in the entries that follow."""

    swap_id: str
    shift_id: str
    by: str
    with_person: str
    other_shift_id: str = ""


class SwapDeclined(Event, frozen=True, kw_only=True, tag="roster.swap_declined@1"):
    """The swap won't be. `withdrawn`: by whoever asked."""

    swap_id: str
    shift_id: str
    by: str
    with_person: str
    withdrawn: bool = False
    why: Sealed | None = None


class DutyStarted(Event, frozen=True, kw_only=True, tag="roster.duty_started@1"):
    """An officer took up duty. `on_roster`: planned for `shift_id` now; `late_ms` after its start, negative early.

    `on_duty_after` counts the officers on duty, this one too.
    """

    duty_id: str
    person: str
    shift_id: str = ""
    proof: Proof | None = None
    on_roster: bool = False
    late_ms: int = 0
    shift_from_at: Instant = 0
    shift_until_at: Instant = 0
    by_handover: str = ""
    elsewhere_place: str = ""
    on_duty_after: int = 1


class DutyEnded(Event, frozen=True, kw_only=True, tag="roster.duty_ended@1"):
    """An officer left duty. `uncovered`: nobody is on duty now; `short`: fewer than the shift under way wants."""

    duty_id: str
    person: str
    started_at: Instant
    reason: DutyEndReason
    shift_id: str = ""
    early_ms: int = 0
    by_handover: str = ""
    forced: bool = False
    to_place: str = ""
    on_duty_after: int | None = None
    uncovered: bool = False
    short: bool = False


class HandoverOffered(Event, frozen=True, kw_only=True, tag="roster.handover_offered@1"):
    """The officer in charge offers the watch (serah terima piket). It counts only once another accepts it."""

    handover_id: str
    by: str
    duty_id: str
    shift_id: str = ""
    to_shift_id: str = ""
    to_people: tuple[str, ...] = ()
    summary: HandoverSummary
    note: Sealed | None = None
    photos: tuple[str, ...] = ()
    due_at: Instant = 0
    supersedes: str = ""


class HandoverAccepted(Event, frozen=True, kw_only=True, tag="roster.handover_accepted@1"):
    """Another officer took the watch over: with the offer, the signature of both.

    `late_ms` after the end of the giver's shift, negative early. `same_device`: offered and accepted on one device.
    """

    handover_id: str
    by: str
    offered_by: str
    offered_at: Instant
    duty_id: str = ""
    shift_id: str = ""
    expected: bool = False
    late_ms: int = 0
    due_at: Instant = 0
    same_device: bool = False
    differences: tuple[DisputedPoint, ...] = ()
    note: Sealed | None = None
    photos: tuple[str, ...] = ()
    next_due_at: Instant = 0


class HandoverDisputed(Event, frozen=True, kw_only=True, tag="roster.handover_disputed@1"):
    """The other officer doesn't take the watch over as described, and says at which points."""

    handover_id: str
    by: str
    offered_by: str
    points: tuple[DisputedPoint, ...]
    note: Sealed | None = None
    photos: tuple[str, ...] = ()


class HandoverWithdrawn(Event, frozen=True, kw_only=True, tag="roster.handover_withdrawn@1"):
    """The offer no longer stands."""

    handover_id: str
    by: str


class RosterRulesSet(Event, frozen=True, kw_only=True, tag="roster.rules_set@1"):
    """How the watch of this site is run, all settings each time."""

    minimum: int = 1
    rest_ms: int = 0
    handover_grace_ms: int = 0
    document_number: str = ""


class DutyVoided(Event, frozen=True, kw_only=True, tag="roster.duty_voided@1"):
    """A start of duty was logged by mistake; `entry_index` is the older entry's."""

    entry_index: int
    duty_id: str
    person: str
    was_on_duty: bool
    why: Sealed | None = None


EVENTS: tuple[type[Event], ...] = (
    ShiftPlanned,
    ShiftPeopleChanged,
    ShiftCancelled,
    AbsenceAnnounced,
    AbsenceWithdrawn,
    SwapRequested,
    SwapApproved,
    SwapDeclined,
    DutyStarted,
    DutyEnded,
    HandoverOffered,
    HandoverAccepted,
    HandoverDisputed,
    HandoverWithdrawn,
    RosterRulesSet,
    DutyVoided,
)
