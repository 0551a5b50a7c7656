"""What a round may ask the record to take."""

from typing import Annotated

from msgspec import Meta

from awas.ledger.area import Sealed
from awas.ledger.message import Blob, Blobs, Code, Command, Count, Key, KeyOrNone, Label, When
from awas.warehouse.codes import (
    ConditionKind,
    Finding,
    IncidentKind,
    IncidentOutcome,
    OtherUse,
    Severity,
)
from awas.warehouse.commands.goods import Actors
from awas.warehouse.events.rounds import Answer, StockCount

Findings = Annotated[tuple[Finding, ...], Meta(max_length=12)]


class ScanCheckpoint(Command, frozen=True, kw_only=True, tag="round.scan_checkpoint@1"):
    """Stand at a checkpoint. The first scan of a new `round_id` begins the round."""

    round_id: Key
    checkpoint: Annotated[str, Meta(min_length=1, max_length=32, pattern=r"\A[A-Za-z0-9_.:\-]+\Z")]
    by_token: bool = False
    findings: Findings = ()
    note: Sealed | None = None
    photo: Blob = ""


class CompleteRound(Command, frozen=True, kw_only=True, tag="round.complete@1"):
    """End a round. A round without scans may be given whole: `ticked` lists where the officer stood."""

    round_id: Key
    ticked: Annotated[tuple[Code, ...], Meta(max_length=60)] = ()
    started_at: When = 0
    findings: Findings = ()
    note: Sealed | None = None
    photos: Blobs = ()


class ReportCctv(Command, frozen=True, kw_only=True, tag="round.report_cctv@1"):
    """Say how the cameras are. `down` are codes of cameras that don't work."""

    total: Count
    working: Count
    recording: bool
    down: Annotated[tuple[Code, ...], Meta(max_length=64)] = ()
    cause: Sealed | None = None


class ReportGuards(Command, frozen=True, kw_only=True, tag="round.report_guards@1"):
    """Say how many guards stand at their posts."""

    kpu: Count = 0
    police: Count = 0
    army: Count = 0
    satpol_pp: Count = 0
    asleep: Count = 0


class TakeKey(Command, frozen=True, kw_only=True, tag="round.take_key@1"):
    """Hand a door key out. `holder_code` is the code of a person of the watch, empty for others."""

    key_id: Key
    door: Label
    holder: Sealed
    holder_code: Code = ""
    purpose: Code = ""


class ReturnKey(Command, frozen=True, kw_only=True, tag="round.return_key@1"):
    """Take a door key back."""

    key_id: Key


class GlanceAtStock(Command, frozen=True, kw_only=True, tag="round.glance_at_stock@1"):
    """Look at the stock: unchanged, or with counts that replace what the record knew of those kinds."""

    unchanged: bool
    counts: Annotated[tuple[StockCount, ...], Meta(max_length=60)] = ()
    ballots_inside: bool | None = None
    counted_by: Actors = ()
    note: Sealed | None = None
    photos: Blobs = ()


class ReportCondition(Command, frozen=True, kw_only=True, tag="round.report_condition@1"):
    """Report a leak, a flood, a fire and the like. `ballots_inside` None: as the record knows."""

    condition_id: Key
    condition: ConditionKind
    severity: Severity
    spot: Label = ""
    details: Sealed | None = None
    photos: Blobs = ()
    ballots_inside: bool | None = None


class EndCondition(Command, frozen=True, kw_only=True, tag="round.end_condition@1"):
    """Say that it is over."""

    condition_id: Key
    units_harmed: Count = 0
    details: Sealed | None = None
    photos: Blobs = ()


class ReportUse(Command, frozen=True, kw_only=True, tag="round.report_use@1"):
    """Report that the warehouse serves for something else."""

    use_id: Key
    use: OtherUse
    people_count: Count = 0
    details: Sealed | None = None
    photos: Blobs = ()


class EndUse(Command, frozen=True, kw_only=True, tag="round.end_use@1"):
    """Say that the other use is over."""

    use_id: Key


class ReportIncident(Command, frozen=True, kw_only=True, tag="round.report_incident@1"):
    """Report an incident, or tell more of one that is open."""

    incident_id: Key
    incident: IncidentKind
    severity: Severity
    spot: Label = ""
    details: Sealed | None = None
    photos: Blobs = ()
    police_told: bool = False
    visit_id: KeyOrNone = ""
    vehicle_id: KeyOrNone = ""
    consignment_id: KeyOrNone = ""
    seal: KeyOrNone = ""


class CloseIncident(Command, frozen=True, kw_only=True, tag="round.close_incident@1"):
    """Close an incident with its outcome."""

    incident_id: Key
    outcome: IncidentOutcome
    document_number: Label = ""
    details: Sealed | None = None
    photos: Blobs = ()


class CheckFitness(Command, frozen=True, kw_only=True, tag="round.check_fitness@1"):
    """Hold the warehouse against a checklist. `item_count` is the number of items the checklist has."""

    check_id: Key
    checklist: Code
    answers: Annotated[tuple[Answer, ...], Meta(min_length=1, max_length=80)]
    item_count: Count = 0
    photos: Blobs = ()


COMMANDS: tuple[type[Command], ...] = (
    ScanCheckpoint,
    CompleteRound,
    ReportCctv,
    ReportGuards,
    TakeKey,
    ReturnKey,
    GlanceAtStock,
    ReportCondition,
    EndCondition,
    ReportUse,
    EndUse,
    ReportIncident,
    CloseIncident,
    CheckFitness,
)
