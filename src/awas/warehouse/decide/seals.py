"""Decisions about seals. A seal that is broken, swapped, used twice or unknown is recorded as it was found."""

from collections.abc import Sequence

from awas.ledger.area import Elsewhere, Items, Refused, Stamp
from awas.warehouse.commands import ApplySeal, CheckSeal, RemoveSeal, SealSeen
from awas.warehouse.decide.require import Decider, Decision, Need
from awas.warehouse.events import SealApplied, SealChecked, SealMovedAway, SealRemoved
from awas.warehouse.items import Seal
from awas.warehouse.keys import seal_key
from awas.warehouse.site import Site

COUNTED = frozenset({"intact", "broken", "different", "missing"})
"""States in which a seal counts in the snapshot of the place that has it."""


def _require_key(stamp: Stamp, seal: str, number: str) -> None:
    if seal != seal_key(stamp.place, number):
        raise Refused("seal_key_mismatch", key=seal, number=number)


def _moved_away(stamp: Stamp, seal: Seal | None) -> list[Elsewhere]:
    """The place that had the seal stops counting it."""
    if seal is None or seal.place == stamp.place or seal.state not in COUNTED:
        return []
    event = SealMovedAway(seal=seal.key, number=seal.number, to_place=stamp.place, state_before=seal.state)
    return [Elsewhere(place=seal.place, event=event)]


def apply_seal(_: Site, items: Items, stamp: Stamp, command: ApplySeal) -> Decision:
    """A number that was used before is a fact for a rule, not a reason to leave a seal unrecorded."""
    _require_key(stamp, command.seal, command.number)
    if command.replaces == command.seal:
        raise Refused("seal_replaces_itself", key=command.seal)
    before: Seal | None = items.get("seal", command.seal)
    known = before is not None and before.state != "void"
    applied = SealApplied(
        seal=command.seal,
        number=command.number,
        seal_kind=command.seal_kind,
        sealed_object=command.sealed_object,
        object_name=command.object_name,
        consignment_id=command.consignment_id,
        replaces=command.replaces,
        applied_by=command.applied_by,
        witnesses=command.witnesses,
        document_number=command.document_number,
        photo=command.photo,
        reused=known and before is not None and before.use_count > 0,
        state_before=before.state if before and known else "unregistered",
        place_before=before.place if before and known else "",
        object_before=before.object_name if before and known else "",
    )
    return [applied, *_moved_away(stamp, before)]


def check_seal(site: Site, items: Items, stamp: Stamp, command: CheckSeal) -> Decision:
    _require_key(stamp, command.seal, command.number)
    before: Seal | None = items.get("seal", command.seal)
    checked = SealChecked(
        seal=command.seal,
        number=command.number,
        result=command.result,
        sealed_object=_object(before, command.sealed_object),
        object_name=command.object_name or (before.object_name if before else ""),
        found_number=command.found_number,
        consignment_id=command.consignment_id or (before.consignment_id if before else ""),
        details=command.details,
        photo=command.photo,
        known=before is not None and before.use_count > 0,
        state_before=before.state if before else "unregistered",
        place_before=before.place if before else "",
        elsewhere=_is_elsewhere(stamp, before, command.consignment_id),
        ballots_inside=site.ballots_inside,
    )
    return [checked, *_moved_away(stamp, before)]


def _object(before: Seal | None, given: str) -> str:
    return given if before is None or given != "other" else before.sealed_object


def _is_elsewhere(stamp: Stamp, before: Seal | None, consignment_id: str) -> bool:
    """The seal turned up where the record doesn't have it, and no goods that it travels with explain that."""
    return before is not None and before.place != stamp.place and not (before.consignment_id or consignment_id)


def checks_of(
    site: Site, items: Items, stamp: Stamp, seals: Sequence[SealSeen], *, consignment_id: str, receipt_id: str
) -> list[SealChecked | Elsewhere]:
    """The checks that come with a count of goods, one event for each seal seen."""
    numbers: set[str] = set()
    events: list[SealChecked | Elsewhere] = []
    for seen in seals:
        _require_key(stamp, seen.seal, seen.number)
        if seen.number in numbers:
            raise Refused("seal_twice", number=seen.number)
        numbers.add(seen.number)
        before: Seal | None = items.get("seal", seen.seal)
        events.append(
            SealChecked(
                seal=seen.seal,
                number=seen.number,
                result=seen.result,
                sealed_object=_object(before, seen.sealed_object),
                object_name=seen.object_name or (before.object_name if before else ""),
                found_number=seen.found_number,
                consignment_id=consignment_id,
                receipt_id=receipt_id,
                known=before is not None and before.use_count > 0,
                state_before=before.state if before else "unregistered",
                place_before=before.place if before else "",
                ballots_inside=site.ballots_inside,
            )
        )
        events += _moved_away(stamp, before)
    return events


def remove_seal(site: Site, items: Items, stamp: Stamp, command: RemoveSeal) -> Decision:
    """A seal that the record doesn't have is taken off all the same; one already taken off can't be again."""
    _require_key(stamp, command.seal, command.number)
    before: Seal | None = items.get("seal", command.seal)
    if before is not None and before.state == "removed":
        raise Refused("seal_already_removed", key=before.key, removed_at=before.removed_at)
    removed = SealRemoved(
        seal=command.seal,
        number=command.number,
        reason=command.reason,
        authority=command.authority,
        removed_by=command.removed_by,
        witnesses=command.witnesses,
        details=command.details,
        photo=command.photo,
        sealed_object=before.sealed_object if before else "other",
        object_name=before.object_name if before else "",
        known=before is not None and before.use_count > 0,
        state_before=before.state if before else "unregistered",
        place_before=before.place if before else "",
        two_wanted="seal_removal" in site.rules.two_persons,
    )
    return [removed, *_moved_away(stamp, before)]


DECIDERS: dict[type, Decider] = {ApplySeal: apply_seal, CheckSeal: check_seal, RemoveSeal: remove_seal}
NEEDS: dict[type, Need] = {decided: lambda command: (("seal", command.seal),) for decided in DECIDERS}
