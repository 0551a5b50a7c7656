"""Corrections. Nothing is edited or deleted: a correction is a new entry that points at an older one by its index."""

from msgspec import Struct

from awas.ledger.area import Instant, Sealed
from awas.ledger.message import Event
from awas.warehouse.codes import CorrectionReason
from awas.warehouse.events.goods import CountedLine, Difference


class CorrectedField(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A field of an older entry, as it should have been; instants and counts as decimal digits."""

    field: str
    value: str
    value_before: str = ""


class EntryVoided(Event, frozen=True, kw_only=True, tag="correction.entry_voided@1"):
    """The older entry shouldn't stand: it was made by mistake.

    `effect` says what the record undid: nothing (`none`: only marked), a visit that then never was (`visit_void`), an
    exit taken back (`visit_reopened`), and so on. The other fields are what the snapshot needs to undo it.
    """

    entry_index: int
    entry_kind: str
    reason: CorrectionReason
    effect: str = "none"
    subject: str = ""
    related: str = ""
    why: Sealed | None = None
    role: str = ""
    was_open: bool = False
    unattended: bool = False
    began_at: Instant = 0
    status_before: str = ""
    status_after: str = ""
    counted_open_before: bool = False
    counted_open_after: bool = False
    lines: tuple[CountedLine, ...] = ()
    condition: str = ""
    inside_after: int | None = None


class EntryCorrected(Event, frozen=True, kw_only=True, tag="correction.entry_corrected@1"):
    """Fields of an older entry read differently from now on. `role_before`/`role_after` tell the snapshot of a visit
    still open that changed its role."""

    entry_index: int
    entry_kind: str
    reason: CorrectionReason
    fields: tuple[CorrectedField, ...]
    subject: str = ""
    why: Sealed | None = None
    role_before: str = ""
    role_after: str = ""


class CountCorrected(Event, frozen=True, kw_only=True, tag="correction.count_corrected@1"):
    """A count of goods was wrong: `lines` replace the `lines_before` of that receipt or release."""

    entry_index: int
    receipt_id: str
    consignment_id: str
    direction: str
    reason: CorrectionReason
    lines: tuple[CountedLine, ...]
    lines_before: tuple[CountedLine, ...]
    differences: tuple[Difference, ...] = ()
    why: Sealed | None = None
    counted_by: tuple[str, ...] = ()
    status_before: str = ""
    status_after: str = ""
    counted_open_before: bool = False
    counted_open_after: bool = False


EVENTS: tuple[type[Event], ...] = (EntryVoided, EntryCorrected, CountCorrected)
