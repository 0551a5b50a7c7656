"""What happened to seals (segel). A seal is an object with a number, a life and a history, wherever it travels."""

from awas.ledger.area import Sealed
from awas.ledger.message import Event
from awas.warehouse.codes import SealedObject, SealKind, SealRemovalReason, SealResult


class SealApplied(Event, frozen=True, kw_only=True, tag="seal.applied@1"):
    """A seal was put on. `reused`: its number stood in the record already, then in `state_before` at `place_before`.

    `replaces` is the seal that was on the object before.
    """

    seal: str
    number: str
    seal_kind: SealKind
    sealed_object: SealedObject
    object_name: str = ""
    consignment_id: str = ""
    replaces: str = ""
    applied_by: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    document_number: str = ""
    photo: str = ""
    reused: bool = False
    state_before: str = "unregistered"
    place_before: str = ""
    object_before: str = ""


class SealChecked(Event, frozen=True, kw_only=True, tag="seal.checked@1"):
    """A seal was looked at. `known` is false for a number the record had never seen.

    `found_number` is what was there instead, for the result `different`. `elsewhere`: the record had it at
    `place_before`, and goods it travelled with don't explain it.
    """

    seal: str
    number: str
    result: SealResult
    sealed_object: str = "other"
    object_name: str = ""
    found_number: str = ""
    consignment_id: str = ""
    receipt_id: str = ""
    details: Sealed | None = None
    photo: str = ""
    known: bool = True
    state_before: str = "unregistered"
    place_before: str = ""
    elsewhere: bool = False
    ballots_inside: bool = False


class SealRemoved(Event, frozen=True, kw_only=True, tag="seal.removed@1"):
    """A seal was taken off: by whom, why, on whose authority."""

    seal: str
    number: str
    reason: SealRemovalReason
    authority: str = ""
    removed_by: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    details: Sealed | None = None
    photo: str = ""
    sealed_object: str = "other"
    object_name: str = ""
    known: bool = True
    state_before: str = "unregistered"
    place_before: str = ""
    two_wanted: bool = False


class SealMovedAway(Event, frozen=True, kw_only=True, tag="seal.moved_away@1"):
    """At the place that had the seal: it turned up at another place of the district."""

    seal: str
    number: str
    to_place: str
    state_before: str


EVENTS: tuple[type[Event], ...] = (SealApplied, SealChecked, SealRemoved, SealMovedAway)
