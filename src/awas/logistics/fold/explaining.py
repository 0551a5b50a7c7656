"""A reason found later: what it settles in the balance of a stage, wherever it was said. Pure."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.logistics import events as happened
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.fold import delivery
from awas.logistics.items import Balance, TallyRow
from awas.logistics.keys import balance_key
from awas.logistics.lines import TallyLine


def _explained(items: Items, stamp: Stamp, event: happened.DifferenceExplained) -> None:
    tally: TallyRow | None = items.get("tally", event.subject)
    if tally is not None and tally.by_gate and tally.consignment:
        explained_at_gate(items, stamp, tally.consignment, event.reason)
    elif tally is not None and _is_open(tally):
        items.put("tally", tally.key, replace(tally, reason=event.reason))
        for line in tally.lines if event.reason != "not_known" else ():
            _settle(items, stamp, tally.stage, line)
    for kind in ("transfer", "stock_count"):
        found = items.get(kind, event.subject)
        if found is not None:
            items.put(kind, found.key, replace(found, reason=event.reason))


def explained_at_gate(items: Items, stamp: Stamp, consignment: str, reason: str) -> None:
    """Of a delivery, all counts by which it came in are explained together."""
    for receipt in delivery.explained(items, stamp, consignment, reason):
        tally: TallyRow | None = items.get("tally", receipt)
        if tally is not None and _is_open(tally):
            items.put("tally", receipt, replace(tally, reason=reason))


def _is_open(tally: TallyRow) -> bool:
    """Whether it differs and nobody has said why: a reason that was given stays, whatever else is explained."""
    return bool(tally.short or tally.over) and tally.reason in OPEN_REASONS


def _settle(items: Items, stamp: Stamp, stage: str, line: TallyLine) -> None:
    key = balance_key(line.station or stamp.place, stage, line.item, line.ballot, line.dapil)
    found: Balance | None = items.get("balance", key)
    if found is not None:
        left = max(found.unexplained - line.short - line.over, 0)
        items.put("balance", key, replace(found, unexplained=left))


FOLDS: dict[type, Callable[[Items, Stamp, Any], None]] = {happened.DifferenceExplained: _explained}
