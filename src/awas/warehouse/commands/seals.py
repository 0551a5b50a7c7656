"""What may be asked of the record about seals. `seal` is `key_in_log(place, number)`."""

from typing import Annotated

from msgspec import Meta

from awas.ledger.area import Sealed
from awas.ledger.message import ONE_LINE, Blob, Command, Key, KeyOrNone, Label
from awas.warehouse.codes import SealedObject, SealKind, SealRemovalReason, SealResult
from awas.warehouse.commands.goods import Actors, Institutions, SealNumber


class ApplySeal(Command, frozen=True, kw_only=True, tag="seal.apply@1"):
    """Put a seal on an object."""

    seal: Key
    number: SealNumber
    seal_kind: SealKind
    sealed_object: SealedObject
    object_name: Label = ""
    consignment_id: KeyOrNone = ""
    replaces: KeyOrNone = ""
    applied_by: Actors = ()
    witnesses: Institutions = ()
    document_number: Label = ""
    photo: Blob = ""


class CheckSeal(Command, frozen=True, kw_only=True, tag="seal.check@1"):
    """Say how a seal was found. `found_number` goes with the result `different`."""

    seal: Key
    number: SealNumber
    result: SealResult
    found_number: Annotated[str, Meta(max_length=32, pattern=ONE_LINE)] = ""
    sealed_object: SealedObject = "other"
    object_name: Label = ""
    consignment_id: KeyOrNone = ""
    details: Sealed | None = None
    photo: Blob = ""


class RemoveSeal(Command, frozen=True, kw_only=True, tag="seal.remove@1"):
    """Take a seal off, with the reason and the authority (a letter's number)."""

    seal: Key
    number: SealNumber
    reason: SealRemovalReason
    authority: Label = ""
    removed_by: Actors = ()
    witnesses: Institutions = ()
    details: Sealed | None = None
    photo: Blob = ""


COMMANDS: tuple[type[Command], ...] = (ApplySeal, CheckSeal, RemoveSeal)
