"""What happened to goods: announced, on their way, counted in, let out, explained.

Goods are in transit until the receiver has counted them in. Where both places stand in the same log, each holds the
movement: the sender sees what the receiver counted, the receiver what the sender announced.
"""

from msgspec import Struct

from awas.ledger.area import Instant, Sealed
from awas.ledger.message import Code, Count, Event
from awas.warehouse.codes import DifferenceKind, DifferenceReason, Direction, ItemKind, WindowFit


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line of a delivery letter. `ballot` is the election's code of a ballot kind, `dapil` its electoral district.

    `units` are sheets, boxes, bottles: single things; `packages` the cartons they come in.
    """

    item: ItemKind
    units: Count
    packages: Count = 0
    ballot: Code = ""
    dapil: Code = ""


class CountedLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line as counted. `damaged` and `wet` are among the `units`, and no unit is in both."""

    item: ItemKind
    units: Count
    packages: Count = 0
    ballot: Code = ""
    dapil: Code = ""
    damaged: Count = 0
    wet: Count = 0


class Difference(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A line whose count differs from the letter. `counted` is everything counted so far for the consignment."""

    item: str
    difference: DifferenceKind
    announced: int
    counted: int
    ballot: str = ""
    dapil: str = ""


class BeyondStock(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """More went out than the record says was there. `stock` is what it said before."""

    item: str
    released: int
    stock: int
    ballot: str = ""


class ConsignmentAnnounced(Event, frozen=True, kw_only=True, tag="goods.consignment_announced@1"):
    """A movement was announced: to KPU and to Bawaslu, beforehand. `order_number` is the authority for it.

    `expected_from_at`/`expected_until_at` is the window, 0 for none. `seals` are the numbers the sender put on.
    """

    consignment_id: str
    direction: Direction
    lines: tuple[Line, ...]
    delivery_letter: str = ""  # surat jalan
    order_number: str = ""
    supplier: str = ""
    carrier: str = ""
    plate: str = ""
    from_place: str = ""
    to_place: str = ""
    from_name: str = ""
    to_name: str = ""
    expected_from_at: Instant = 0
    expected_until_at: Instant = 0
    seals: tuple[str, ...] = ()
    escort_promised: bool = False


class ConsignmentExpected(Event, frozen=True, kw_only=True, tag="goods.consignment_expected@1"):
    """Another place of this district announced goods for this one, changed the announcement, or sent them off.

    `newly_open`: this place hadn't counted it among its open consignments before.
    """

    consignment_id: str
    from_place: str
    lines: tuple[Line, ...]
    delivery_letter: str = ""
    order_number: str = ""
    expected_from_at: Instant = 0
    expected_until_at: Instant = 0
    status: str = "announced"
    newly_open: bool = True


class ConsignmentChanged(Event, frozen=True, kw_only=True, tag="goods.consignment_changed@1"):
    """The announcement was changed: lines or window. Lines replace all earlier lines."""

    consignment_id: str
    lines: tuple[Line, ...]
    delivery_letter: str = ""
    plate: str = ""
    expected_from_at: Instant = 0
    expected_until_at: Instant = 0
    expected_until_before_at: Instant = 0
    lines_changed: bool = False
    why: Sealed | None = None
    status: str = "announced"


class ConsignmentCancelled(Event, frozen=True, kw_only=True, tag="goods.consignment_cancelled@1"):
    """The movement won't take place. `counted_open`: it counted among the open consignments here until now."""

    consignment_id: str
    why: Sealed | None = None
    status_before: str = "announced"
    counted_open: bool = True
    cancelled_by_place: str = ""


class ConsignmentDispatched(Event, frozen=True, kw_only=True, tag="goods.consignment_dispatched@1"):
    """The goods are on their way; from now on they are in transit until counted in. `eta_at` 0 when unknown."""

    consignment_id: str
    plate: str = ""
    carrier: str = ""
    escort: str = ""
    seals: tuple[str, ...] = ()
    eta_at: Instant = 0
    direction: Direction = "in"
    expected_until_at: Instant = 0
    to_place: str = ""


class GoodsReceived(Event, frozen=True, kw_only=True, tag="goods.received@1"):
    """Goods were counted in. `receipt_number` is the n-th count against the consignment, `final` the last one.

    `document_number` is that of BTTB or BAST. `counted_by` are codes of people, `witnesses` codes of institutions.
    `status_before` is empty when nothing had been announced. Seals follow as events of their own.
    """

    receipt_id: str
    consignment_id: str
    lines: tuple[CountedLine, ...]
    final: bool = False
    delivery_letter: str = ""
    document_number: str = ""
    supplier: str = ""
    vehicle_id: str = ""
    counted_by: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    witness_names: Sealed | None = None
    difference_reason: DifferenceReason = "none"
    details: Sealed | None = None
    photos: tuple[str, ...] = ()
    # facts for the rules
    announced: bool = False
    order_number: str = ""
    status_before: str = ""
    status_after: str = "received"
    receipt_number: int = 1
    differences: tuple[Difference, ...] = ()
    difference_unexplained: bool = False
    letter_differs: bool = False
    wrong_place: bool = False
    expected_place: str = ""
    window_fit: WindowFit = "no_window"
    off_window_ms: int = 0
    seals_seen: int = 0
    seals_bad: int = 0
    seals_missing: tuple[str, ...] = ()
    seals_unexpected: tuple[str, ...] = ()
    two_wanted: bool = False
    counted_open: bool = False
    ballots: bool = False
    damaged_units: int = 0
    wet_units: int = 0


class ReceiptReported(Event, frozen=True, kw_only=True, tag="goods.receipt_reported@1"):
    """At the sender's place, and at the one that waited: what another place counted, or how it corrected a count.

    `counted_open`: the consignment is closed by it, and this place counted it as open until now.
    """

    consignment_id: str
    receipt_id: str
    at_place: str
    status_after: str
    counted_open: bool = False
    differences: tuple[Difference, ...] = ()
    difference_reason: str = "none"


class GoodsReleased(Event, frozen=True, kw_only=True, tag="goods.released@1"):
    """Goods went out. `has_order`: a consignment of this place with an order number covers them.

    `beyond_stock` lists what the record didn't have. The consignment is in transit from now on.
    """

    release_id: str
    consignment_id: str
    lines: tuple[CountedLine, ...]
    final: bool = False
    order_number: str = ""
    delivery_letter: str = ""
    document_number: str = ""
    vehicle_id: str = ""
    plate: str = ""
    to_place: str = ""
    receiver: Sealed | None = None
    receiver_institution: str = ""
    counted_by: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    witness_names: Sealed | None = None
    escort: str = ""
    escort_count: int = 0
    difference_reason: DifferenceReason = "none"
    details: Sealed | None = None
    photos: tuple[str, ...] = ()
    has_order: bool = False
    announced: bool = False
    status_before: str = ""
    differences: tuple[Difference, ...] = ()
    difference_unexplained: bool = False
    beyond_stock: tuple[BeyondStock, ...] = ()
    seals_seen: int = 0
    seals_bad: int = 0
    two_wanted: bool = False
    ballots: bool = False
    expected_until_at: Instant = 0
    newly_open: bool = False


class DeliveryConfirmed(Event, frozen=True, kw_only=True, tag="goods.delivery_confirmed@1"):
    """A receiver outside the record confirmed the arrival by a signed paper (BAST)."""

    consignment_id: str
    document_number: str
    received_at: Instant
    receiver: Sealed | None = None
    receiver_institution: str = ""
    complete: bool = True
    details: Sealed | None = None
    photos: tuple[str, ...] = ()
    counted_open: bool = True


class DifferenceExplained(Event, frozen=True, kw_only=True, tag="goods.difference_explained@1"):
    """Why a count differed, found later."""

    consignment_id: str
    reason: DifferenceReason
    reason_before: str = "none"
    details: Sealed | None = None
    document_number: str = ""


EVENTS: tuple[type[Event], ...] = (
    ConsignmentAnnounced,
    ConsignmentExpected,
    ConsignmentChanged,
    ConsignmentCancelled,
    ConsignmentDispatched,
    GoodsReceived,
    ReceiptReported,
    GoodsReleased,
    DeliveryConfirmed,
    DifferenceExplained,
)
