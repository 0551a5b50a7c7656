"""What is decided at a desk: stages closed and reopened, leave asked and given, stores that are none. Pure."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.logistics import events as happened
from awas.logistics.items import Approval, Closure, Leave, UnofficialStore
from awas.logistics.keys import closure_key, log_of


def _closed(items: Items, stamp: Stamp, event: happened.StageClosed) -> None:
    key = closure_key(stamp.place, event.stage)
    before: Closure | None = items.get("closure", key)
    items.put(
        "closure",
        key,
        Closure(
            key=key,
            log=log_of(stamp.place),
            place=stamp.place,
            stage=event.stage,
            state="closed",
            by=stamp.actor,
            at=moment(stamp),
            reopened_count=before.reopened_count if before else 0,
        ),
    )


def _asked(items: Items, stamp: Stamp, event: happened.ApprovalAsked) -> None:
    items.put(
        "approval",
        event.approval_id,
        Approval(
            key=event.approval_id,
            log=log_of(stamp.place),
            place=stamp.place,
            action=event.action,
            subject=event.subject,
            state="asked",
            asked_by=stamp.actor,
            asked_at=moment(stamp),
            why_ref=event.why.ref if event.why else "",
        ),
    )
    leave = Leave(key=event.subject, log=log_of(stamp.place), place=stamp.place, approval_id=event.approval_id)
    items.put("leave", event.subject, leave)


def close_leave(items: Items, approval: Approval, state: str, **answer: Any) -> None:
    """A request that was denied or used stands no longer: the same may be asked anew."""
    items.put("approval", approval.key, replace(approval, state=state, **answer))
    leave: Leave | None = items.get("leave", approval.subject)
    if leave is not None and leave.approval_id == approval.key:
        items.put("leave", leave.key, replace(leave, approval_id=""))


def _answered(items: Items, stamp: Stamp, event: happened.ApprovalAnswered) -> None:
    approval: Approval | None = items.get("approval", event.approval_id)
    if approval is None:
        return
    answer = {"answered_by": stamp.actor, "answered_at": moment(stamp)}
    if not event.granted:
        close_leave(items, approval, "denied", **answer)
    elif event.action == "reopen":
        closure: Closure | None = items.get("closure", event.subject)
        if closure is not None:
            reopened = replace(closure, state="open", reopened_count=closure.reopened_count + 1)
            items.put("closure", closure.key, reopened)
        close_leave(items, approval, "used", **answer)
    else:
        items.put("approval", approval.key, replace(approval, state="granted", **answer))


def _store_reported(items: Items, stamp: Stamp, event: happened.UnofficialStoreReported) -> None:
    items.put(
        "unofficial_store",
        event.report_id,
        UnofficialStore(
            key=event.report_id,
            log=log_of(stamp.place),
            place=stamp.place,
            location=event.where,
            state="open",
            reported_at=moment(stamp),
            by=stamp.actor,
        ),
    )


def _store_cleared(items: Items, stamp: Stamp, event: happened.UnofficialStoreCleared) -> None:
    found: UnofficialStore | None = items.get("unofficial_store", event.report_id)
    if found is not None:
        items.put("unofficial_store", found.key, replace(found, state="cleared"))


FOLDS: dict[type, Callable[[Items, Stamp, Any], None]] = {
    happened.StageClosed: _closed,
    happened.ApprovalAsked: _asked,
    happened.ApprovalAnswered: _answered,
    happened.UnofficialStoreReported: _store_reported,
    happened.UnofficialStoreCleared: _store_cleared,
}
