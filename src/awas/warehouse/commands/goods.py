"""What may be asked of the record about goods."""

from typing import Annotated

from msgspec import Meta, Struct

from awas.ledger.area import Sealed
from awas.ledger.message import ONE_LINE, Blobs, Code, Command, Key, KeyOrNone, Label, PlaceOrNone, When
from awas.warehouse.codes import DifferenceReason, Direction, Escort, SealedObject, SealResult
from awas.warehouse.commands.gate import PlateOrNone
from awas.warehouse.events.goods import CountedLine, Line

SealNumber = Annotated[str, Meta(min_length=1, max_length=32, pattern=r"\A[A-Z0-9][A-Z0-9./\-]*\Z")]
"""A seal's number in capitals; prefix bare digits with a letter, or "00774" may be read as 774 by others."""
SealNumbers = Annotated[tuple[SealNumber, ...], Meta(max_length=100)]
Actors = Annotated[tuple[Code, ...], Meta(max_length=20)]
Institutions = Annotated[tuple[Code, ...], Meta(max_length=20)]


class SealSeen(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A seal as seen at a hand-over of goods. `seal` is its key, born in this district."""

    seal: Key
    number: SealNumber
    result: SealResult = "intact"
    sealed_object: SealedObject = "container"
    object_name: Label = ""
    found_number: Annotated[str, Meta(max_length=32, pattern=ONE_LINE)] = ""


LinesGiven = Annotated[tuple[Line, ...], Meta(min_length=1, max_length=200)]
CountsGiven = Annotated[tuple[CountedLine, ...], Meta(min_length=1, max_length=200)]
SealsSeen = Annotated[tuple[SealSeen, ...], Meta(max_length=50)]


class AnnounceConsignment(Command, frozen=True, kw_only=True, tag="goods.announce_consignment@1"):
    """Announce a movement to or from this place. `to_place`/`from_place` are codes where the record knows the place."""

    consignment_id: Key
    direction: Direction
    lines: LinesGiven
    delivery_letter: Label = ""
    order_number: Label = ""
    supplier: Label = ""
    carrier: Label = ""
    plate: PlateOrNone = ""
    from_place: PlaceOrNone = ""
    to_place: PlaceOrNone = ""
    from_name: Label = ""
    to_name: Label = ""
    expected_from_at: When = 0
    expected_until_at: When = 0
    seals: SealNumbers = ()
    escort_promised: bool = False


class ChangeConsignment(Command, frozen=True, kw_only=True, tag="goods.change_consignment@1"):
    """Change what was announced. Empty `lines` keep the lines; a window of 0 keeps the window."""

    consignment_id: Key
    lines: Annotated[tuple[Line, ...], Meta(max_length=200)] = ()
    delivery_letter: Label = ""
    plate: PlateOrNone = ""
    expected_from_at: When = 0
    expected_until_at: When = 0
    why: Sealed | None = None


class CancelConsignment(Command, frozen=True, kw_only=True, tag="goods.cancel_consignment@1"):
    """Call a movement off."""

    consignment_id: Key
    why: Sealed | None = None


class DispatchConsignment(Command, frozen=True, kw_only=True, tag="goods.dispatch_consignment@1"):
    """Say that announced goods have left the sender and are on their way here."""

    consignment_id: Key
    plate: PlateOrNone = ""
    carrier: Label = ""
    escort: Escort = "none"
    seals: SealNumbers = ()
    eta_at: When = 0


class ReceiveGoods(Command, frozen=True, kw_only=True, tag="goods.receive@1"):
    """Count goods in. Several receipts against one consignment are usual; `final` ends it.

    `unannounced`: nothing in the record speaks of these goods, `consignment_id` is new.
    """

    receipt_id: Key
    consignment_id: Key
    lines: CountsGiven
    unannounced: bool = False
    final: bool = False
    delivery_letter: Label = ""
    document_number: Label = ""
    supplier: Label = ""
    vehicle_id: KeyOrNone = ""
    counted_by: Actors = ()
    witnesses: Institutions = ()
    witness_names: Sealed | None = None
    seals: SealsSeen = ()
    difference_reason: DifferenceReason = "none"
    details: Sealed | None = None
    photos: Blobs = ()


class ReleaseGoods(Command, frozen=True, kw_only=True, tag="goods.release@1"):
    """Let goods out. `unannounced`: no order in the record covers them, `consignment_id` is new."""

    release_id: Key
    consignment_id: Key
    lines: CountsGiven
    unannounced: bool = False
    final: bool = False
    delivery_letter: Label = ""
    document_number: Label = ""
    vehicle_id: KeyOrNone = ""
    to_place: PlaceOrNone = ""
    receiver: Sealed | None = None
    receiver_institution: Label = ""
    counted_by: Actors = ()
    witnesses: Institutions = ()
    witness_names: Sealed | None = None
    seals: SealsSeen = ()
    difference_reason: DifferenceReason = "none"
    details: Sealed | None = None
    photos: Blobs = ()


class ConfirmDelivery(Command, frozen=True, kw_only=True, tag="goods.confirm_delivery@1"):
    """Record the paper by which a receiver outside the record took released goods over."""

    consignment_id: Key
    document_number: Label
    received_at: When = 0
    receiver: Sealed | None = None
    receiver_institution: Label = ""
    complete: bool = True
    details: Sealed | None = None
    photos: Blobs = ()


class ExplainDifference(Command, frozen=True, kw_only=True, tag="goods.explain_difference@1"):
    """Give the reason of a difference, found later."""

    consignment_id: Key
    reason: DifferenceReason
    details: Sealed | None = None
    document_number: Label = ""


COMMANDS: tuple[type[Command], ...] = (
    AnnounceConsignment,
    ChangeConsignment,
    CancelConsignment,
    DispatchConsignment,
    ReceiveGoods,
    ReleaseGoods,
    ConfirmDelivery,
    ExplainDifference,
)
