"""The things of the roster that can be many. Each struct has a table of the same fields in `models.py`."""

from msgspec import Struct

from awas.ledger.area import Instant
from awas.roster.events import HandoverSummary


class Shift(Struct, frozen=True, kw_only=True, gc=False):
    """One planned shift. `state`: planned or cancelled. Key: born at the place."""

    key: str
    log: str
    place: str
    state: str
    from_at: Instant
    until_at: Instant
    people: tuple[str, ...]
    minimum: int
    leader: str = ""
    letter_number: str = ""
    planned_by: str = ""
    changed_count: int = 0


class Duty(Struct, frozen=True, kw_only=True, gc=False):
    """One stretch of duty of one officer: every check-in is kept. `state`: on, ended or void."""

    key: str
    log: str
    place: str
    person: str
    state: str
    started_at: Instant
    ended_at: Instant = 0
    shift_id: str = ""
    on_roster: bool = False
    late_ms: int = 0
    end_reason: str = ""
    by_token: bool = False
    distance_m: int | None = None
    photo: str = ""


class OnDuty(Struct, frozen=True, kw_only=True, gc=False):
    """Where an officer of the district is on duty. Key: district and officer. Empty place: nowhere."""

    key: str
    log: str
    place: str
    person: str
    duty_id: str
    since_at: Instant


class Handover(Struct, frozen=True, kw_only=True, gc=False):
    """One hand-over. `state`: offered, accepted, disputed, withdrawn or superseded."""

    key: str
    log: str
    place: str
    state: str
    offered_by: str
    offered_at: Instant
    offered_device: str
    duty_id: str
    shift_id: str = ""
    to_shift_id: str = ""
    summary: HandoverSummary
    note_ref: str = ""
    due_at: Instant = 0
    answered_by: str = ""
    answered_at: Instant = 0
    points: tuple[str, ...] = ()
    answer_note_ref: str = ""
    late_ms: int = 0
    photos: tuple[str, ...] = ()


class Absence(Struct, frozen=True, kw_only=True, gc=False):
    """One announced absence. `state`: announced or withdrawn."""

    key: str
    log: str
    place: str
    person: str
    state: str
    from_at: Instant
    until_at: Instant
    reason: str


class Swap(Struct, frozen=True, kw_only=True, gc=False):
    """One wish to swap. `state`: requested, approved, declined or withdrawn."""

    key: str
    log: str
    place: str
    state: str
    shift_id: str
    asked_by: str
    with_person: str
    asked_at: Instant
    other_shift_id: str = ""
    answered_by: str = ""
    answered_at: Instant = 0


ITEMS: dict[str, type[Struct]] = {
    "shift": Shift,
    "duty": Duty,
    "on_duty": OnDuty,
    "handover": Handover,
    "absence": Absence,
    "swap": Swap,
}
"""Items by kind. The table of a kind is the model of the struct's name."""
