"""What happened to logistics: ordered, tallied, packed, handed over, checked, closed.

The tag of an event is its name for ever; a field is only ever added, with a default. Never change a default. Quantities
are single units; every event that changes one says by how much, whichever way it was entered.
"""

from msgspec import Struct

from awas.ledger.area import Instant, Sealed
from awas.ledger.message import Event
from awas.logistics.codes import Counter, DifferenceReason, Escort, Leg, SealResult, UnitKind, WorkShift
from awas.logistics.lines import Beyond, Line, SealSeen, StationNeed, TallyLine, VotedIn


class SeasonOpened(Event, frozen=True, kw_only=True, tag="logistics.season_opened@1"):
    """From now on this place's logistics are watched against these dates. Out of the election's file.

    `needs` are the units per ballot and constituency that all stations of the district need, reserve included, or those
    of the `area_count` subdistricts and villages that this warehouse serves, where a district has several;
    `voting_at` is the opening of the stations. 0 where a date isn't known. `constituencies` are those of the district's
    voters; a kind of ballot of which they aren't known for all of them is left out.
    """

    election: str
    voting_at: Instant
    needs: tuple[Line, ...] = ()
    station_count: int = 0
    sorted_by_at: Instant = 0
    packed_by_at: Instant = 0
    replaced_by_at: Instant = 0
    supplied_by_at: Instant = 0
    area_count: int = 0
    constituencies: tuple[VotedIn, ...] = ()


class ContractRecorded(Event, frozen=True, kw_only=True, tag="logistics.contract_recorded@1"):
    """A contract: what was ordered from whom, and by when it is to be delivered here."""

    contract_id: str
    supplier: str
    document_number: str
    lines: tuple[Line, ...]
    deliver_by_at: Instant = 0
    replacement: bool = False


class ContractVoided(Event, frozen=True, kw_only=True, tag="logistics.contract_voided@1"):
    """A contract is taken back whole: it was entered by mistake. Nothing of its `lines` is ordered any more."""

    contract_id: str
    lines: tuple[Line, ...]
    reason: DifferenceReason
    why: Sealed | None = None
    document_number: str = ""
    replacement: bool = False


class PrintVerified(Event, frozen=True, kw_only=True, tag="logistics.print_verified@1"):
    """Number and quality printed, by signed minutes (UU 7/2017 Pasal 345(4)). `beyond` was printed over the order."""

    contract_id: str
    tally_id: str
    lines: tuple[TallyLine, ...]
    document_number: str = ""
    witnesses: tuple[str, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    plates_sealed: bool | None = None


class Tallied(Event, frozen=True, kw_only=True, tag="logistics.tallied@1"):
    """A step was counted: received, sorted, folded, packed, set aside, destroyed.

    `beyond` lists what was taken though the record didn't have it. `unlike` are stations whose ballots are of another
    electoral district, `incomplete` those whose kit lacks something after this, `surplus` those that got too much;
    `new_kits` were begun by it, and `completed` more (or fewer) are complete than before. `station_needs` is what the
    stations need of the ballots that no line names, `kit_needs` what each of their kits must hold besides ballots.
    """

    tally_id: str
    step: str
    lines: tuple[TallyLine, ...]
    reason: DifferenceReason = "none"
    details: Sealed | None = None
    document_number: str = ""
    opened_unit: str = ""
    table: str = ""
    shift: WorkShift = ""
    workers: int = 0
    workers_checked: bool | None = None
    counted_by: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    approval_id: str = ""
    # facts for the rules
    beyond: tuple[Beyond, ...] = ()
    short: int = 0
    over: int = 0
    damaged: int = 0
    taken: int = 0
    unlike: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    new_kits: int = 0
    completed: int = 0
    document_missing: bool = False
    station_needs: tuple[StationNeed, ...] = ()
    kit_needs: tuple[Line, ...] = ()


class TallyVoided(Event, frozen=True, kw_only=True, tag="logistics.tally_voided@1"):
    """A tally is taken back whole: it was entered by mistake. Its lines are undone on every shelf.

    `incomplete`, `unlike` and `surplus` are stations whose kit is so after this, `completed` (mostly negative) as in
    `Tallied`. Of a verification, `beyond` is what is still printed beyond the order of its contract.
    """

    tally_id: str
    step: str
    lines: tuple[TallyLine, ...]
    reason: DifferenceReason
    why: Sealed | None = None
    incomplete: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    completed: int = 0
    contract_id: str = ""
    beyond: tuple[Beyond, ...] = ()


class TransferOffered(Event, frozen=True, kw_only=True, tag="logistics.transfer_offered@1"):
    """Kits and units leave this place and are on their way; whoever offers answers for them until they are accepted.

    `astray` are stations that don't lie below the place it goes to.
    """

    transfer_id: str
    leg: Leg
    to_place: str
    stations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    plate: str = ""
    escort: Escort = "none"
    due_at: Instant = 0
    document_number: str = ""
    astray: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    unsealed: tuple[str, ...] = ()


class TransferAccepted(Event, frozen=True, kw_only=True, tag="logistics.transfer_accepted@1"):
    """The receiver has counted everything in; only now the hand-over is valid. Recorded at the receiving place.

    `missing` was offered and did not come, `extra` came and was not offered; `seals_bad` as found.
    """

    transfer_id: str
    leg: Leg
    from_place: str
    stations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    seals: tuple[SealSeen, ...] = ()
    seals_bad: int = 0
    reason: DifferenceReason = "none"
    details: Sealed | None = None
    document_number: str = ""
    photos: tuple[str, ...] = ()
    late_ms: int = 0


class TransferExpected(Event, frozen=True, kw_only=True, tag="logistics.transfer_expected@1"):
    """At the receiving place: something is on its way to here. It brings the season's dates along."""

    transfer_id: str
    from_place: str
    leg: Leg
    stations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    due_at: Instant = 0
    voting_at: Instant = 0
    supplied_by_at: Instant = 0


class TransferAnswered(Event, frozen=True, kw_only=True, tag="logistics.transfer_answered@1"):
    """At the sending place: what the receiver counted or refused; at the receiving one: that it was called back.

    Both hold a receipt. `kits_back` are the sender's again.
    """

    transfer_id: str
    at_place: str
    state: str
    kits_back: int = 0
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    reason: DifferenceReason = "none"


class TransferRefused(Event, frozen=True, kw_only=True, tag="logistics.transfer_refused@1"):
    """The receiver takes nothing of it; everything is the sender's again."""

    transfer_id: str
    from_place: str
    reason: DifferenceReason
    stations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    details: Sealed | None = None


class TransferRecalled(Event, frozen=True, kw_only=True, tag="logistics.transfer_recalled@1"):
    """Called back by the sender before it was accepted, with somebody else's approval."""

    transfer_id: str
    to_place: str
    approval_id: str
    stations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class UnitsLabelled(Event, frozen=True, kw_only=True, tag="logistics.units_labelled@1"):
    """Boxes or packages got labels. `parent` is the unit they lie in, empty for none."""

    unit_kind: UnitKind
    units: tuple[str, ...]
    station: str = ""
    ballot: str = ""
    parent: str = ""


class UnitNested(Event, frozen=True, kw_only=True, tag="logistics.unit_nested@1"):
    """A unit was put into another one, or taken out (empty parent)."""

    unit: str
    parent: str
    parent_before: str = ""


class UnitSealed(Event, frozen=True, kw_only=True, tag="logistics.unit_sealed@1"):
    """Closed with these seals."""

    unit: str
    seals: tuple[str, ...]


class UnitChecked(Event, frozen=True, kw_only=True, tag="logistics.unit_checked@1"):
    """Seen here with these seals. `differs` are numbers that aren't those it was closed with, `absent` those not found;
    `elsewhere` is where the record had it."""

    unit: str
    result: SealResult
    seals: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    elsewhere: str = ""
    unsealed: bool = False


class UnitOpened(Event, frozen=True, kw_only=True, tag="logistics.unit_opened@1"):
    """Opened, by whom and why stands in the stamp and here."""

    unit: str
    why: str
    seals_removed: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()


class Counted(Event, frozen=True, kw_only=True, tag="logistics.counted@1"):
    """Somebody counted a shelf by themselves. `recorded` is what the record said, line by line, at that moment."""

    count_id: str
    shelf: str
    counted_by: Counter
    lines: tuple[Line, ...]
    recorded: tuple[int, ...]
    reason: DifferenceReason = "none"
    details: Sealed | None = None
    differing: int = 0


class DifferenceExplained(Event, frozen=True, kw_only=True, tag="logistics.difference_explained@1"):
    """Why something differed, found later. `subject` is the tally, transfer or count."""

    subject: str
    reason: DifferenceReason
    reason_before: str = "none"
    details: Sealed | None = None
    document_number: str = ""


class StageClosed(Event, frozen=True, kw_only=True, tag="logistics.stage_closed@1"):
    """The stage is done here. `open_units` still lie on its shelf, `unexplained` differences have no reason yet."""

    stage: str
    open_units: int = 0
    unexplained: int = 0


class ApprovalAsked(Event, frozen=True, kw_only=True, tag="logistics.approval_asked@1"):
    """Leave is asked to reopen a stage, call a transfer back, or unpack: what nobody may do alone."""

    approval_id: str
    action: str
    subject: str
    why: Sealed | None = None


class ApprovalAnswered(Event, frozen=True, kw_only=True, tag="logistics.approval_answered@1"):
    """Somebody else gave leave, or didn't. A reopened stage is open from here on."""

    approval_id: str
    action: str
    subject: str
    granted: bool
    why: Sealed | None = None


class UnofficialStoreReported(Event, frozen=True, kw_only=True, tag="logistics.unofficial_store_reported@1"):
    """Logistics seen at a place that is no warehouse of KPU (Gunungsitoli, OKI 2023)."""

    report_id: str
    where: str
    lines: tuple[Line, ...] = ()
    details: Sealed | None = None
    photos: tuple[str, ...] = ()


class UnofficialStoreCleared(Event, frozen=True, kw_only=True, tag="logistics.unofficial_store_cleared@1"):
    """What lay there has been brought to the warehouse."""

    report_id: str


EVENTS: tuple[type[Struct], ...] = (
    SeasonOpened, ContractRecorded, ContractVoided, PrintVerified, Tallied, TallyVoided, TransferOffered,
    TransferAccepted, TransferExpected, TransferAnswered, TransferRefused, TransferRecalled, UnitsLabelled, UnitNested,
    UnitSealed, UnitChecked, UnitOpened, Counted, DifferenceExplained, StageClosed, ApprovalAsked, ApprovalAnswered,
    UnofficialStoreReported, UnofficialStoreCleared,
)  # fmt: skip
