"""What happened at the gate: people and vehicles in and out, and who was turned away.

An event repeats what the snapshot and the rules need, so that neither must look anything up.
"""

from msgspec import Struct

from awas.ledger.area import Instant, Sealed
from awas.ledger.message import Count, Event
from awas.warehouse.codes import (
    CarriedItem,
    Escort,
    IdentityKind,
    LeaveReason,
    ListState,
    PassState,
    Purpose,
    RefusalReason,
    RefusedSubject,
    Role,
    VehicleKind,
    VehiclePosition,
    VehiclePurpose,
    WindowFit,
)


class Carried(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Things a person carries (barang bawaan)."""

    item: CarriedItem
    count: Count = 1


class PersonEntered(Event, frozen=True, kw_only=True, tag="gate.person_entered@1"):
    """Somebody went in (buku tamu). `person` is a pseudonym that stays the same within the log of the district.

    `inside_after` counts everybody inside, this person too; `others_inside` everybody but this person, with the
    `watch_count` officers of the watch who are on duty here: 0 means alone. `elsewhere_place` is where the record had
    this person until now; in the same log that visit was closed by the same act (`elsewhere_closed`). `late`: the
    record already knew where this person was afterwards (an offline entry), so this visit was closed at once.
    """

    visit_id: str
    person: str
    name: Sealed
    role: Role
    purpose: Purpose
    identity_kind: IdentityKind = "none"
    identity: Sealed | None = None
    institution: str = ""
    purpose_text: Sealed | None = None
    letter_number: str = ""
    escorted_by: str = ""
    escort_name: Sealed | None = None
    carried: tuple[Carried, ...] = ()
    pass_number: str = ""
    gate: str = ""
    photo: str = ""
    body_checked: bool | None = None
    until_at: Instant = 0
    # facts for the rules
    on_access_list: ListState = "no_list"
    access_until_at: Instant = 0
    on_watchlist: bool = False
    watchlist_reason: str = ""
    escort_inside: bool | None = None
    inside_after: int = 1
    others_inside: int = 0
    watch_count: int = 0
    same_role_inside: int = 0
    elsewhere_place: str = ""
    elsewhere_closed: bool = False
    entered_again: bool = False
    late: bool = False
    pass_state: PassState = "none"  # noqa: S105 - a visitor's pass
    pass_held_by: str = ""


class PersonLeft(Event, frozen=True, kw_only=True, tag="gate.person_left@1"):
    """Somebody went out, or the record closed a visit because the same person entered again here or elsewhere.

    `left_at` is 0 when it is the moment of this entry. `already_closed`: the record had closed this visit by force
    before, so nobody leaves the count now. `inside_after` is None where the closing was caused at another place.
    `alone_after`: exactly one is left inside and no officer of the watch is on duty.
    """

    visit_id: str
    person: str
    role: str
    entered_at: Instant
    left_at: Instant = 0
    reason: LeaveReason = "left"
    forced: bool = False
    already_closed: bool = False
    to_place: str = ""
    carried: tuple[Carried, ...] = ()
    carried_differs: bool = False
    pass_number: str = ""
    pass_returned: bool | None = None
    body_checked: bool | None = None
    gate: str = ""
    photo: str = ""
    until_at: Instant = 0
    inside_after: int | None = None
    watch_count: int = 0
    alone_after: bool = False


class VisitExtended(Event, frozen=True, kw_only=True, tag="gate.visit_extended@1"):
    """A visit may last longer than planned."""

    visit_id: str
    person: str
    role: str
    entered_at: Instant
    until_at: Instant
    until_before_at: Instant = 0
    letter_number: str = ""


class EntryRefused(Event, frozen=True, kw_only=True, tag="gate.entry_refused@1"):
    """Somebody or something was turned away at the gate, and why. A fact as good as an entry.

    `refused_before` counts the earlier refusals of this person in the district.
    """

    subject: RefusedSubject
    reason: RefusalReason
    person: str = ""
    name: Sealed | None = None
    identity_kind: IdentityKind = "none"
    identity: Sealed | None = None
    institution: str = ""
    role: Role | None = None
    purpose: Purpose | None = None
    plate: str = ""
    consignment_id: str = ""
    pass_number: str = ""
    gate: str = ""
    details: Sealed | None = None
    photo: str = ""
    on_access_list: ListState = "no_list"
    on_watchlist: bool = False
    watchlist_reason: str = ""
    refused_before: int = 0


class VehicleArrived(Event, frozen=True, kw_only=True, tag="gate.vehicle_arrived@1"):
    """A vehicle came, to the gate or into the yard. `escort_count` people accompany it; `escort` says whose.

    `announced`: a consignment of the record is expected here for it. `window_fit` and `off_window_ms` compare the
    arrival with the announced window (0 inside it).
    """

    vehicle_id: str
    plate: str
    vehicle: VehicleKind
    purpose: VehiclePurpose
    position: VehiclePosition = "yard"
    driver: Sealed | None = None
    carrier: str = ""
    escort: Escort = "none"
    escort_names: Sealed | None = None
    escort_count: int = 0
    consignment_id: str = ""
    letter_number: str = ""
    gate: str = ""
    photos: tuple[str, ...] = ()
    announced: bool = False
    window_fit: WindowFit = "no_window"
    off_window_ms: int = 0
    expected_place: str = ""
    ballots_expected: bool = False
    vehicles_after: int = 1
    plate_inside_already: str = ""


class VehicleUnattended(Event, frozen=True, kw_only=True, tag="gate.vehicle_unattended@1"):
    """A vehicle stands with nobody watching it (truk ditinggal pengemudi)."""

    vehicle_id: str
    plate: str
    position: VehiclePosition
    since_at: Instant
    loaded: bool = False
    again: bool = False
    consignment_id: str = ""
    photos: tuple[str, ...] = ()


class VehicleAttended(Event, frozen=True, kw_only=True, tag="gate.vehicle_attended@1"):
    """Somebody is with the vehicle again."""

    vehicle_id: str
    plate: str
    since_at: Instant


class VehicleLeft(Event, frozen=True, kw_only=True, tag="gate.vehicle_left@1"):
    """A vehicle went. `loaded` as seen at the gate; `released` says that the record holds a release onto it."""

    vehicle_id: str
    plate: str
    vehicle: str
    purpose: str
    arrived_at: Instant
    loaded: bool = False
    released: bool = False
    unattended: bool = False
    escort: Escort = "none"
    escort_count: int = 0
    consignment_id: str = ""
    photos: tuple[str, ...] = ()
    vehicles_after: int = 0


EVENTS: tuple[type[Event], ...] = (
    PersonEntered,
    PersonLeft,
    VisitExtended,
    EntryRefused,
    VehicleArrived,
    VehicleUnattended,
    VehicleAttended,
    VehicleLeft,
)
