"""What the watch saw on its rounds: checkpoints, cameras, door keys, guards, stock, the building, incidents."""

from msgspec import Struct

from awas.ledger.area import Instant, Sealed
from awas.ledger.message import Blob, Code, Count, Event
from awas.warehouse.codes import (
    ConditionKind,
    Finding,
    IncidentKind,
    IncidentOutcome,
    ItemKind,
    OtherUse,
    Severity,
    Verdict,
)


class StockCount(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a glance or a count found of one kind of thing, all electoral districts together."""

    item: ItemKind
    units: Count
    ballot: Code = ""
    packages: Count = 0


class StockChange(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A stock that differs from the record. `known` is what the record said."""

    item: str
    known: int
    found: int
    ballot: str = ""


class Answer(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One answer of the fitness checklist; `item` is the checklist's own id."""

    item: Code
    verdict: Verdict
    note: Sealed | None = None
    photo: Blob = ""


class CheckpointScanned(Event, frozen=True, kw_only=True, tag="round.checkpoint_scanned@1"):
    """The officer stood at a checkpoint. `by_token`: its QR code was scanned, not merely ticked."""

    round_id: str
    checkpoint: str
    by_token: bool = False
    findings: tuple[Finding, ...] = ()
    note: Sealed | None = None
    photo: str = ""
    planned: bool = True
    again: bool = False
    scanned_count: int = 1


class RoundCompleted(Event, frozen=True, kw_only=True, tag="round.completed@1"):
    """A round (patroli) ended. `missed` are planned checkpoints where nobody stood."""

    round_id: str
    started_at: Instant
    planned_count: int
    scanned_count: int
    by_token_count: int = 0
    missed: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    note: Sealed | None = None
    photos: tuple[str, ...] = ()


class CctvReported(Event, frozen=True, kw_only=True, tag="round.cctv_reported@1"):
    """How the cameras are. `changed` compares with the last report."""

    total: int
    working: int
    recording: bool
    down: tuple[str, ...] = ()
    cause: Sealed | None = None
    working_before: int | None = None
    recording_before: bool | None = None
    changed: bool = True


class GuardsReported(Event, frozen=True, kw_only=True, tag="round.guards_reported@1"):
    """Guards seen at their posts, by institution. `wanted` is what the site's settings ask for."""

    kpu: int = 0
    police: int = 0
    army: int = 0
    satpol_pp: int = 0
    asleep: int = 0
    wanted: int = 0


class KeyTaken(Event, frozen=True, kw_only=True, tag="round.key_taken@1"):
    """A door key was handed out. `was_out`: by the record it hung with somebody else, `held_by_before`."""

    key_id: str
    door: str
    holder: Sealed
    holder_code: str = ""
    purpose: str = ""
    was_out: bool = False
    taken_before_at: Instant = 0


class KeyReturned(Event, frozen=True, kw_only=True, tag="round.key_returned@1"):
    """A door key came back."""

    key_id: str
    door: str
    taken_at: Instant


class StockGlanced(Event, frozen=True, kw_only=True, tag="round.stock_glanced@1"):
    """A quick look at the stock, or a count. `ballots_inside` as seen, None when not looked at."""

    unchanged: bool
    counts: tuple[StockCount, ...] = ()
    ballots_inside: bool | None = None
    note: Sealed | None = None
    photos: tuple[str, ...] = ()
    changes: tuple[StockChange, ...] = ()
    counted_by: tuple[str, ...] = ()
    two_wanted: bool = False


class ConditionReported(Event, frozen=True, kw_only=True, tag="round.condition_reported@1"):
    """Something threatens the building or what lies in it. A second report of the same id tells how it went on."""

    condition_id: str
    condition: ConditionKind
    severity: Severity
    spot: str = ""
    details: Sealed | None = None
    photos: tuple[str, ...] = ()
    ballots_inside: bool = False
    severity_before: str = ""
    began_at: Instant = 0


class ConditionEnded(Event, frozen=True, kw_only=True, tag="round.condition_ended@1"):
    """It is over. `units_harmed` as far as known."""

    condition_id: str
    condition: str
    severity: str
    began_at: Instant
    units_harmed: int = 0
    details: Sealed | None = None
    photos: tuple[str, ...] = ()


class UseReported(Event, frozen=True, kw_only=True, tag="round.use_reported@1"):
    """The warehouse serves for something else than the election's goods."""

    use_id: str
    use: OtherUse
    people_count: int = 0
    details: Sealed | None = None
    photos: tuple[str, ...] = ()
    ballots_inside: bool = False
    again: bool = False
    began_at: Instant = 0


class UseEnded(Event, frozen=True, kw_only=True, tag="round.use_ended@1"):
    """The other use is over."""

    use_id: str
    use: str
    began_at: Instant


class IncidentReported(Event, frozen=True, kw_only=True, tag="round.incident_reported@1"):
    """An incident (kejadian khusus)."""

    incident_id: str
    incident: IncidentKind
    severity: Severity
    spot: str = ""
    details: Sealed | None = None
    photos: tuple[str, ...] = ()
    police_told: bool = False
    visit_id: str = ""
    vehicle_id: str = ""
    consignment_id: str = ""
    seal: str = ""
    ballots_inside: bool = False
    severity_before: str = ""
    reported_at: Instant = 0


class IncidentClosed(Event, frozen=True, kw_only=True, tag="round.incident_closed@1"):
    """How an incident ended."""

    incident_id: str
    incident: str
    severity: str
    outcome: IncidentOutcome
    reported_at: Instant
    document_number: str = ""
    details: Sealed | None = None
    photos: tuple[str, ...] = ()


class FitnessChecked(Event, frozen=True, kw_only=True, tag="round.fitness_checked@1"):
    """The warehouse was held against the checklist of fitness (kelayakan gudang). `bad` lists failing items."""

    check_id: str
    checklist: str
    answers: tuple[Answer, ...]
    bad: tuple[str, ...] = ()
    newly_bad: tuple[str, ...] = ()
    unanswered: int = 0
    photos: tuple[str, ...] = ()


EVENTS: tuple[type[Event], ...] = (
    CheckpointScanned,
    RoundCompleted,
    CctvReported,
    GuardsReported,
    KeyTaken,
    KeyReturned,
    StockGlanced,
    ConditionReported,
    ConditionEnded,
    UseReported,
    UseEnded,
    IncidentReported,
    IncidentClosed,
    FitnessChecked,
)
