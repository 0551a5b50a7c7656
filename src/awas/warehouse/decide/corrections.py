"""Decisions about entries that are wrong in a field or in a count. The older entry stays as it was written."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Refused, Stamp
from awas.warehouse.commands import CorrectCount, CorrectEntry
from awas.warehouse.correctable import CORRECTABLE
from awas.warehouse.counting import (
    OPEN,
    counted_in,
    is_covered,
    let_out,
    received_differences,
    released_differences,
    status_after_change,
)
from awas.warehouse.decide.goods import require_counts, told_of_count
from awas.warehouse.decide.require import Decider, Decision, Need, require_found, require_here
from awas.warehouse.events import CorrectedField, CountCorrected, EntryCorrected
from awas.warehouse.items import Consignment, Tally
from awas.warehouse.site import Site


def correct_entry(_: Site, items: Items, stamp: Stamp, command: CorrectEntry) -> Decision:
    """Each corrected field keeps how it read before."""
    if command.entry_kind.startswith("correction."):
        raise Refused("correction_stands", kind=command.entry_kind)
    kind, checks = CORRECTABLE.get(command.entry_kind, ("", {}))
    item: Any = None
    if kind:
        item = require_found(items, kind, command.subject, "subject_unknown")
        require_here(stamp, item, "subject_elsewhere")
        if getattr(item, "state", "") == "void":
            raise Refused("already_void", key=command.subject)
    fields = []
    for given in command.fields:
        if kind:
            check = checks.get(given.field)
            if check is None:
                raise Refused("field_not_correctable", field=given.field, kind=command.entry_kind)
            if not check(given.value):
                raise Refused("value_not_valid", field=given.field, value=given.value)
        before = "" if item is None else str(getattr(item, given.field))
        fields.append(CorrectedField(field=given.field, value=given.value, value_before=before))
    corrected = {field.field: field.value for field in fields}
    if len(corrected) != len(fields):
        raise Refused("field_twice")
    _require_order(item, corrected)
    open_visit = kind == "visit" and item.state == "inside" and "role" in corrected
    return [
        EntryCorrected(
            entry_index=command.entry_index,
            entry_kind=command.entry_kind,
            reason=command.reason,
            fields=tuple(fields),
            subject=command.subject,
            why=command.why,
            role_before=item.role if open_visit else "",
            role_after=corrected["role"] if open_visit else "",
        )
    ]


def _require_order(item: Any, corrected: Mapping[str, str]) -> None:
    """Nobody leaves before entering, and an exit can be moved only where there is one."""
    begins, ends = ("entered_at", "left_at") if hasattr(item, "entered_at") else ("arrived_at", "left_at")
    if begins not in corrected and ends not in corrected:
        return
    if ends in corrected and item.state != "left":
        raise Refused("visit_still_open" if begins == "entered_at" else "vehicle_still_here", key=item.key)
    begin = int(corrected.get(begins, getattr(item, begins)))
    end = int(corrected.get(ends, item.left_at))
    if item.state == "left" and end < begin:
        raise Refused("ends_before_it_begins", key=item.key)


def correct_count(_: Site, items: Items, stamp: Stamp, command: CorrectCount) -> Decision:
    """The new lines replace those of the receipt or release, for the consignment and for the stock."""
    tally: Tally = require_found(items, "tally", command.receipt_id, "subject_unknown")
    require_here(stamp, tally, "subject_elsewhere")
    if tally.state == "void":
        raise Refused("already_void", key=tally.key)
    if tally.consignment_id != command.consignment_id:
        raise Refused("consignment_mismatch", key=tally.key)
    require_counts(command.lines)
    before: Consignment = require_found(items, "consignment", tally.consignment_id, "consignment_unknown")
    move = counted_in if tally.direction == "in" else let_out
    after = replace(before, lines=move(move(before.lines, tally.lines, -1), command.lines))
    status = before.status if tally.direction == "out" else status_after_change(before, after)
    differ = received_differences if tally.direction == "in" else released_differences
    covered = is_covered(before) if tally.direction == "in" else before.announced_at > 0
    corrected = CountCorrected(
        entry_index=command.entry_index,
        receipt_id=tally.key,
        consignment_id=tally.consignment_id,
        direction=tally.direction,
        reason=command.reason,
        lines=command.lines,
        lines_before=tally.lines,
        differences=differ(after.lines, status == "received") if covered else (),
        why=command.why,
        counted_by=command.counted_by,
        status_before=before.status,
        status_after=status,
        counted_open_before=stamp.place in before.counted_open,
        counted_open_after=status in OPEN and (stamp.place in before.counted_open or before.status not in OPEN),
    )
    return [corrected, *told_of_count(stamp, before, corrected)]


def _count_needs(command: CorrectCount) -> tuple[tuple[str, str], ...]:
    return ("tally", command.receipt_id), ("consignment", command.consignment_id)


def _entry_needs(command: CorrectEntry) -> tuple[tuple[str, str], ...]:
    kind = CORRECTABLE[command.entry_kind][0] if command.entry_kind in CORRECTABLE else ""
    return ((kind, command.subject),) if kind and command.subject else ()


DECIDERS: dict[type, Decider] = {CorrectEntry: correct_entry, CorrectCount: correct_count}
NEEDS: dict[type, Need] = {CorrectEntry: _entry_needs, CorrectCount: _count_needs}
