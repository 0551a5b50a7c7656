"""What may be asked of the record when an older entry is wrong. The service reads the older entry and names, from it,
its kind, its subject and what the subject is related to."""

from typing import Annotated

from msgspec import Meta, Struct

from awas.ledger.area import Sealed
from awas.ledger.message import Command, Count, Key, KeyOrNone, Label
from awas.warehouse.codes import CorrectionReason
from awas.warehouse.commands.goods import Actors, CountsGiven

EntryKind = Annotated[str, Meta(min_length=3, max_length=48, pattern=r"\A[a-z_.]+@[0-9]+\Z")]


class FieldGiven(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A field and how it should read. Only fields without personal data can be corrected so."""

    field: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\A[a-z_]+\Z")]
    value: Label


class VoidEntry(Command, frozen=True, kw_only=True, tag="correction.void_entry@1"):
    """Say that an older entry shouldn't stand.

    `subject` is the key the entry is about (visit, vehicle, receipt, release, seal, condition, use, incident);
    `related` the person of a visit or the consignment of a receipt or release.
    """

    entry_index: Count
    entry_kind: EntryKind
    subject: KeyOrNone = ""
    related: KeyOrNone = ""
    reason: CorrectionReason
    why: Sealed | None = None


class CorrectEntry(Command, frozen=True, kw_only=True, tag="correction.correct_entry@1"):
    """Say how fields of an older entry should read."""

    entry_index: Count
    entry_kind: EntryKind
    subject: KeyOrNone = ""
    related: KeyOrNone = ""
    reason: CorrectionReason
    fields: Annotated[tuple[FieldGiven, ...], Meta(min_length=1, max_length=12)]
    why: Sealed | None = None


class CorrectCount(Command, frozen=True, kw_only=True, tag="correction.correct_count@1"):
    """Replace the lines of an older count of goods."""

    entry_index: Count
    receipt_id: Key
    consignment_id: Key
    reason: CorrectionReason
    lines: CountsGiven
    counted_by: Actors = ()
    why: Sealed | None = None


COMMANDS: tuple[type[Command], ...] = (VoidEntry, CorrectEntry, CorrectCount)
