"""Everything that may be asked of the record about logistics, in the imperative."""

from typing import Annotated, Literal

from msgspec import Meta

from awas.ledger.area import Sealed
from awas.ledger.message import Blobs, Code, Command, Count, Key, KeyOrNone, Label, PlaceOrNone, When
from awas.logistics.codes import Counter, DifferenceReason, Escort, Leg, SealResult, UnitKind, WorkShift
from awas.logistics.lines import Ballot, Line, SealSeen, StationCode, StationNeed, TallyLine, VotedIn
from awas.logistics.stages import Shelf, Stage

Lines = Annotated[tuple[Line, ...], Meta(min_length=1, max_length=200)]
TallyLines = Annotated[tuple[TallyLine, ...], Meta(min_length=1, max_length=200)]
Stations = Annotated[tuple[StationCode, ...], Meta(max_length=300)]
Units = Annotated[tuple[Key, ...], Meta(max_length=300)]
Numbers = Annotated[tuple[Code, ...], Meta(max_length=60)]
People = Annotated[tuple[Code, ...], Meta(max_length=20)]
Place = Annotated[str, Meta(min_length=2, max_length=20, pattern=r"\A[0-9A-Za-z.\-]+\Z")]


class OpenSeason(Command, frozen=True, kw_only=True, tag="logistics.open_season@1"):
    """Watch this place's logistics against the election's dates. Made by the service out of the election's file."""

    election: Code
    voting_at: When
    needs: Annotated[tuple[Line, ...], Meta(max_length=200)] = ()
    station_count: Count = 0
    sorted_by_at: When = 0
    packed_by_at: When = 0
    replaced_by_at: When = 0
    supplied_by_at: When = 0
    area_count: Count = 0
    constituencies: Annotated[tuple[VotedIn, ...], Meta(max_length=20)] = ()


class RecordContract(Command, frozen=True, kw_only=True, tag="logistics.record_contract@1"):
    """Note a contract. `replacement`: it makes good for damaged or missing ones."""

    contract_id: Key
    supplier: Label
    document_number: Label
    lines: Lines
    deliver_by_at: When = 0
    replacement: bool = False


class VerifyPrint(Command, frozen=True, kw_only=True, tag="logistics.verify_print@1"):
    """Note the verification of what was printed against a contract."""

    tally_id: Key
    contract_id: Key
    lines: TallyLines
    document_number: Label = ""
    witnesses: People = ()
    plates_sealed: bool | None = None


class Tally(Command, frozen=True, kw_only=True, tag="logistics.tally@1"):
    """Count a step of the table of steps. A difference needs a reason; `not_known` is one.

    `station_needs` are added by the record, for kinds of ballots that the lines don't name, and `kit_needs`: what every
    kit must hold besides ballots.
    """

    tally_id: Key
    step: Code
    lines: TallyLines
    reason: DifferenceReason = "none"
    details: Sealed | None = None
    document_number: Label = ""
    opened_unit: KeyOrNone = ""
    table: Code = ""
    shift: WorkShift = ""
    workers: Count = 0
    workers_checked: bool | None = None
    counted_by: People = ()
    witnesses: People = ()
    photos: Blobs = ()
    approval_id: KeyOrNone = ""
    station_needs: Annotated[tuple[StationNeed, ...], Meta(max_length=200)] = ()
    kit_needs: Annotated[tuple[Line, ...], Meta(max_length=40)] = ()


class VoidContract(Command, frozen=True, kw_only=True, tag="logistics.void_contract@1"):
    """Take a contract back whole. What was verified against it has to be taken back before."""

    contract_id: Key
    reason: DifferenceReason
    why: Sealed | None = None


class VoidPrint(Command, frozen=True, kw_only=True, tag="logistics.void_print@1"):
    """Take the verification of a print back whole."""

    tally_id: Key
    reason: DifferenceReason
    why: Sealed | None = None


class VoidTally(Command, frozen=True, kw_only=True, tag="logistics.void_tally@1"):
    """Take a tally back whole."""

    tally_id: Key
    reason: DifferenceReason
    why: Sealed | None = None


class OfferTransfer(Command, frozen=True, kw_only=True, tag="logistics.offer_transfer@1"):
    """Send kits and units on a leg of their way."""

    transfer_id: Key
    leg: Leg
    to_place: Place
    stations: Stations = ()
    units: Units = ()
    seals: Numbers = ()
    plate: Label = ""
    escort: Escort = "none"
    due_at: When = 0
    document_number: Label = ""


class AcceptTransfer(Command, frozen=True, kw_only=True, tag="logistics.accept_transfer@1"):
    """Take over what came. Said at the receiving place; what is not named is missing."""

    transfer_id: Key
    stations: Stations = ()
    units: Units = ()
    seals: Annotated[tuple[SealSeen, ...], Meta(max_length=60)] = ()
    reason: DifferenceReason = "none"
    details: Sealed | None = None
    document_number: Label = ""
    photos: Blobs = ()


class RefuseTransfer(Command, frozen=True, kw_only=True, tag="logistics.refuse_transfer@1"):
    """Take nothing of it."""

    transfer_id: Key
    reason: DifferenceReason
    details: Sealed | None = None


class RecallTransfer(Command, frozen=True, kw_only=True, tag="logistics.recall_transfer@1"):
    """Call back what is on its way; `approval_id` is somebody else's leave."""

    transfer_id: Key
    approval_id: Key


class LabelUnits(Command, frozen=True, kw_only=True, tag="logistics.label_units@1"):
    """Put labels on boxes or packages; each is a key of this district."""

    unit_kind: UnitKind
    units: Annotated[tuple[Key, ...], Meta(min_length=1, max_length=300)]
    station: StationCode = ""
    ballot: Ballot = ""
    parent: KeyOrNone = ""


class NestUnit(Command, frozen=True, kw_only=True, tag="logistics.nest_unit@1"):
    """Put a unit into another one; with no parent, take it out."""

    unit: Key
    parent: KeyOrNone = ""


class SealUnit(Command, frozen=True, kw_only=True, tag="logistics.seal_unit@1"):
    """Close a unit with seals."""

    unit: Key
    seals: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=20)]


class CheckUnit(Command, frozen=True, kw_only=True, tag="logistics.check_unit@1"):
    """Say that a unit is here, and how its seals were found."""

    unit: Key
    result: SealResult
    seals: Numbers = ()


class OpenUnit(Command, frozen=True, kw_only=True, tag="logistics.open_unit@1"):
    """Open a unit."""

    unit: Key
    why: Literal["sorting", "packing", "voting", "counting", "recapitulation", "inspection", "damage", "other"]
    witnesses: People = ()


class RecordCount(Command, frozen=True, kw_only=True, tag="logistics.record_count@1"):
    """Note an independent count of a shelf."""

    count_id: Key
    shelf: Shelf
    counted_by: Counter
    lines: Lines
    reason: DifferenceReason = "none"
    details: Sealed | None = None


class ExplainDifference(Command, frozen=True, kw_only=True, tag="logistics.explain_difference@1"):
    """Say why a tally, a transfer or a count differed."""

    subject: Key
    reason: DifferenceReason
    details: Sealed | None = None
    document_number: Label = ""


class CloseStage(Command, frozen=True, kw_only=True, tag="logistics.close_stage@1"):
    """Declare a stage done here."""

    stage: Stage


class AskApproval(Command, frozen=True, kw_only=True, tag="logistics.ask_approval@1"):
    """Ask somebody else's leave. `subject`: the closure, the transfer, or the kit."""

    approval_id: Key
    action: Literal["reopen", "recall", "unpack"]
    subject: Key
    why: Sealed | None = None


class AnswerApproval(Command, frozen=True, kw_only=True, tag="logistics.answer_approval@1"):
    """Give leave, or don't. Never the one who asked."""

    approval_id: Key
    granted: bool
    why: Sealed | None = None


class ReportUnofficialStore(Command, frozen=True, kw_only=True, tag="logistics.report_unofficial_store@1"):
    """Note that logistics lie at a place that is no warehouse of KPU."""

    report_id: Key
    where: Label
    lines: Annotated[tuple[Line, ...], Meta(max_length=60)] = ()
    details: Sealed | None = None
    photos: Blobs = ()


class ClearUnofficialStore(Command, frozen=True, kw_only=True, tag="logistics.clear_unofficial_store@1"):
    """Note that nothing lies there any more."""

    report_id: Key


COMMANDS: tuple[type[Command], ...] = (
    OpenSeason, RecordContract, VoidContract, VerifyPrint, VoidPrint, Tally, VoidTally, OfferTransfer, AcceptTransfer,
    RefuseTransfer, RecallTransfer, LabelUnits, NestUnit, SealUnit, CheckUnit, OpenUnit, RecordCount, ExplainDifference,
    CloseStage, AskApproval, AnswerApproval, ReportUnofficialStore, ClearUnofficialStore,
)  # fmt: skip

__all__ = [command.__name__ for command in COMMANDS] + ["PlaceOrNone"]
