"""The things of logistics that can be many. Each struct has a table of the same fields in `models.py`. Pure."""

from msgspec import Struct

from awas.ledger.area import Instant
from awas.logistics.lines import Line, TallyLine
from awas.warehouse.items import ConsignmentLine


class Stock(Struct, frozen=True, kw_only=True, gc=False):
    """What the record has of one thing on one shelf of a place. Negative: more was taken than was there."""

    key: str
    log: str
    place: str
    shelf: str
    item: str
    ballot: str
    dapil: str
    units: int = 0
    changed_at: Instant = 0


class Balance(Struct, frozen=True, kw_only=True, gc=False):
    """What went through a stage at a place or for a station: taken + over = passed + held + damaged + short.

    `place` is the station's code where the row is a station's. `need` is -1 where it isn't known.
    """

    key: str
    log: str
    place: str
    station: str
    stage: str
    item: str
    ballot: str
    dapil: str
    taken: int = 0
    passed: int = 0
    held: int = 0
    damaged: int = 0
    short: int = 0
    over: int = 0
    need: int = -1
    unexplained: int = 0
    changed_at: Instant = 0


class Contract(Struct, frozen=True, kw_only=True, gc=False):
    """An order. `printed` and `ordered` by line, in the same order; `verified` counts how often it was.

    `is_void`: it was taken back.
    """

    key: str
    log: str
    place: str
    supplier: str
    document_number: str
    lines: tuple[Line, ...]
    printed: tuple[int, ...] = ()
    verified: int = 0
    is_void: bool = False
    deliver_by_at: Instant = 0
    replacement: bool = False
    recorded_at: Instant = 0


class Delivery(Struct, frozen=True, kw_only=True, gc=False):
    """A movement of goods, as the gate's log tells it. Key: the consignment.

    `place` is where it is to go, empty where that is no place of the log; `inside`: it sets out from one. `counted` is
    what came at which place, `receipts` the counts by which it did; `reason` says why they differ from what was
    expected.
    """

    key: str
    log: str
    place: str
    status: str
    lines: tuple[ConsignmentLine, ...]
    inside: bool = False
    counted: dict[str, tuple[ConsignmentLine, ...]] = {}
    receipts: tuple[str, ...] = ()
    reason: str = "none"
    changed_at: Instant = 0


class TallyRow(Struct, frozen=True, kw_only=True, gc=False):
    """One tally. `state`: counted or void. What came by the gate's log is taken back there."""

    key: str
    log: str
    place: str
    step: str
    stage: str
    state: str
    lines: tuple[TallyLine, ...]
    reason: str = "none"
    reason_at_first: str = "none"
    document_number: str = ""
    sorting_table: str = ""
    shift: str = ""
    opened_unit: str = ""
    taken: int = 0
    damaged: int = 0
    short: int = 0
    over: int = 0
    workers: int = 0
    by: str = ""
    at: Instant = 0
    station: str = ""
    by_gate: bool = False
    consignment: str = ""
    contract: str = ""


class Kit(Struct, frozen=True, kw_only=True, gc=False):
    """Everything packed for a station. `place` is where it is, or the one that answers for it while in transit.

    `contents` are units by line key ("ballot.ppwp."), `checked` units by thing that were seen in it and taken from no
    stock, `needs` by ballot or thing. `lacks` names what is below need, `unlike` the contents that are ballots of
    another constituency.
    """

    key: str
    log: str
    place: str
    station: str
    state: str
    contents: dict[str, int]
    needs: dict[str, int]
    checked: dict[str, int] = {}
    lacks: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    complete: bool = False
    transfer_id: str = ""
    packed_at: Instant = 0
    supplied_at: Instant = 0
    changed_at: Instant = 0


class Transfer(Struct, frozen=True, kw_only=True, gc=False):
    """A hand-over: offered, accepted, refused or recalled. `place` is the sender's."""

    key: str
    log: str
    place: str
    to_place: str
    leg: str
    state: str
    stations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    plate: str = ""
    escort: str = "none"
    document_number: str = ""
    offered_by: str = ""
    offered_at: Instant = 0
    due_at: Instant = 0
    answered_by: str = ""
    answered_at: Instant = 0
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    seals_bad: int = 0
    reason: str = "none"


class Unit(Struct, frozen=True, kw_only=True, gc=False):
    """A box or a package with a label. `place` is where it was last, `holder` the transfer that has it."""

    key: str
    log: str
    place: str
    unit_kind: str
    state: str
    station: str = ""
    ballot: str = ""
    parent: str = ""
    holder: str = ""
    seals: tuple[str, ...] = ()
    steps: int = 0
    changed_at: Instant = 0


class UnitStep(Struct, frozen=True, kw_only=True, gc=False):
    """One step of a unit's way."""

    key: str
    log: str
    place: str
    unit: str
    number: int
    what: str
    other: str = ""
    seals: tuple[str, ...] = ()
    by: str = ""
    at: Instant = 0


class StockCount(Struct, frozen=True, kw_only=True, gc=False):
    """An independent count of a shelf, beside what the record said then."""

    key: str
    log: str
    place: str
    shelf: str
    counted_by: str
    lines: tuple[Line, ...]
    recorded: tuple[int, ...]
    reason: str = "none"
    differing: int = 0
    by: str = ""
    at: Instant = 0


class Closure(Struct, frozen=True, kw_only=True, gc=False):
    """Whether a stage is closed at a place."""

    key: str
    log: str
    place: str
    stage: str
    state: str
    by: str = ""
    at: Instant = 0
    reopened_count: int = 0


class Approval(Struct, frozen=True, kw_only=True, gc=False):
    """Leave asked of somebody else. `state`: asked, granted, denied or used."""

    key: str
    log: str
    place: str
    action: str
    subject: str
    state: str
    asked_by: str
    asked_at: Instant = 0
    answered_by: str = ""
    answered_at: Instant = 0
    why_ref: str = ""


class Leave(Struct, frozen=True, kw_only=True, gc=False):
    """The request that stands for a thing: asked at `place`, and neither denied nor used; "" for none.

    Its key is the thing's own: by that a second request finds the first.
    """

    key: str
    log: str
    place: str
    approval_id: str = ""


class UnofficialStore(Struct, frozen=True, kw_only=True, gc=False):
    """Logistics seen where they shouldn't be. `state`: open or cleared."""

    key: str
    log: str
    place: str
    location: str
    state: str
    reported_at: Instant = 0
    by: str = ""


ITEMS: dict[str, type[Struct]] = {
    "stock": Stock,
    "balance": Balance,
    "contract": Contract,
    "delivery": Delivery,
    "tally": TallyRow,
    "kit": Kit,
    "transfer": Transfer,
    "unit": Unit,
    "unit_step": UnitStep,
    "stock_count": StockCount,
    "closure": Closure,
    "approval": Approval,
    "leave": Leave,
    "unofficial_store": UnofficialStore,
}
"""Items by kind. The table of a kind is the model of the struct's name."""
