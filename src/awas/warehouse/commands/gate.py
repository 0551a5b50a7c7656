"""What the gate may ask the record to take. Personal values are sealed before a command is made."""

from typing import Annotated

from msgspec import Meta

from awas.ledger.area import Sealed
from awas.ledger.message import Blob, Blobs, Code, Command, Count, Key, KeyOrNone, Label, PlaceOrNone, When
from awas.warehouse.codes import (
    Escort,
    IdentityKind,
    Purpose,
    RefusalReason,
    RefusedSubject,
    Role,
    VehicleKind,
    VehiclePosition,
    VehiclePurpose,
)
from awas.warehouse.events.gate import Carried

Carriage = Annotated[tuple[Carried, ...], Meta(max_length=20)]
Plate = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"\A[A-Z0-9][A-Z0-9 \-]*\Z")]
"""A number plate in capitals: `A 8213 KX`."""
PlateOrNone = Annotated[str, Meta(max_length=16, pattern=r"\A[A-Z0-9 \-]*\Z")]
PassNumber = Annotated[str, Meta(max_length=24, pattern=r"\A[A-Za-z0-9_.:\-]*\Z")]


class EnterPerson(Command, frozen=True, kw_only=True, tag="gate.enter_person@1"):
    """Log a person in. `visit_id` is new and born at this place, `person` the pseudonym in this district.

    `watch_count`: officers of the watch on duty here without a visit of their own, as the roster says.
    `reported_elsewhere`: a place of another log that still has this person inside; the service looks it up.
    """

    visit_id: Key
    person: Key
    name: Sealed
    role: Role
    purpose: Purpose
    identity_kind: IdentityKind = "none"
    identity: Sealed | None = None
    institution: Label = ""
    purpose_text: Sealed | None = None
    letter_number: Label = ""
    escorted_by: KeyOrNone = ""
    escort_name: Sealed | None = None
    carried: Carriage = ()
    pass_number: PassNumber = ""
    gate: Code = ""
    photo: Blob = ""
    body_checked: bool | None = None
    until_at: When = 0
    watch_count: Count = 0
    reported_elsewhere: PlaceOrNone = ""


class LeavePerson(Command, frozen=True, kw_only=True, tag="gate.leave_person@1"):
    """Log a person out. `pass_returned` None: no pass, or not asked. `carried` None: not looked at.

    `person` is whoever has the visit; empty, the record looks it up.
    """

    visit_id: Key
    person: KeyOrNone = ""
    carried: Carriage | None = None
    pass_returned: bool | None = None
    pass_number: PassNumber = ""
    body_checked: bool | None = None
    gate: Code = ""
    photo: Blob = ""
    watch_count: Count = 0


class ExtendVisit(Command, frozen=True, kw_only=True, tag="gate.extend_visit@1"):
    """Let a visit last until `until_at`."""

    visit_id: Key
    until_at: When
    letter_number: Label = ""


class RefuseEntry(Command, frozen=True, kw_only=True, tag="gate.refuse_entry@1"):
    """Note that somebody or something was turned away."""

    subject: RefusedSubject
    reason: RefusalReason
    person: KeyOrNone = ""
    name: Sealed | None = None
    identity_kind: IdentityKind = "none"
    identity: Sealed | None = None
    institution: Label = ""
    role: Role | None = None
    purpose: Purpose | None = None
    plate: PlateOrNone = ""
    consignment_id: KeyOrNone = ""
    pass_number: PassNumber = ""
    gate: Code = ""
    details: Sealed | None = None
    photo: Blob = ""


class ArriveVehicle(Command, frozen=True, kw_only=True, tag="gate.arrive_vehicle@1"):
    """Log a vehicle in. `consignment_id` names the announced consignment it says it brings or fetches."""

    vehicle_id: Key
    plate: Plate
    vehicle: VehicleKind
    purpose: VehiclePurpose
    position: VehiclePosition = "yard"
    driver: Sealed | None = None
    carrier: Label = ""
    escort: Escort = "none"
    escort_names: Sealed | None = None
    escort_count: Count = 0
    consignment_id: KeyOrNone = ""
    letter_number: Label = ""
    gate: Code = ""
    photos: Blobs = ()


class ReportVehicleUnattended(Command, frozen=True, kw_only=True, tag="gate.report_vehicle_unattended@1"):
    """Say that nobody is with a vehicle. `since_at` 0: since now."""

    vehicle_id: Key
    position: VehiclePosition = "yard"
    since_at: When = 0
    loaded: bool = False
    photos: Blobs = ()


class ReportVehicleAttended(Command, frozen=True, kw_only=True, tag="gate.report_vehicle_attended@1"):
    """Say that somebody is with it again."""

    vehicle_id: Key


class LeaveVehicle(Command, frozen=True, kw_only=True, tag="gate.leave_vehicle@1"):
    """Log a vehicle out, with its load as seen."""

    vehicle_id: Key
    loaded: bool = False
    escort: Escort = "none"
    escort_count: Count = 0
    photos: Blobs = ()


COMMANDS: tuple[type[Command], ...] = (
    EnterPerson,
    LeavePerson,
    ExtendVisit,
    RefuseEntry,
    ArriveVehicle,
    ReportVehicleUnattended,
    ReportVehicleAttended,
    LeaveVehicle,
)
