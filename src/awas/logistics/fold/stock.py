"""Stock and stages: what an order, a print, a tally, a count changes. Pure.

Stock moves between shelves; the sum over all shelves but `outside` grows only by orders and by what was found over.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.logistics import events as happened
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.fold.desk import close_leave
from awas.logistics.fold.kits import Wanted, pack
from awas.logistics.items import Approval, Balance, Contract, Stock, StockCount, TallyRow
from awas.logistics.keys import balance_key, log_of, stock_key
from awas.logistics.lines import Line, TallyLine, as_put_in
from awas.logistics.stages import STEPS


def stock_of(items: Items, place: str, shelf: str, line: Any) -> int:
    """Units of a line's thing that the record has on a shelf of a place; 0 for a shelf nobody ever used."""
    found: Stock | None = items.get("stock", stock_key(place, shelf, line.item, line.ballot, line.dapil))
    return 0 if found is None else found.units


def add_stock(items: Items, stamp: Stamp, shelf: str, line: Any, units: int, place: str = "") -> None:
    """More, or with negative units fewer, on a shelf of a place (without one, of the stamp's)."""
    if not units or shelf == "outside":
        return
    place = place or stamp.place
    key = stock_key(place, shelf, line.item, line.ballot, line.dapil)
    found: Stock = items.get("stock", key) or Stock(
        key=key,
        log=log_of(place),
        place=place,
        shelf=shelf,
        item=line.item,
        ballot=line.ballot,
        dapil=line.dapil,
    )
    items.put("stock", key, replace(found, units=found.units + units, changed_at=moment(stamp)))


def add_balance(
    items: Items,
    stamp: Stamp,
    stage: str,
    line: TallyLine,
    unexplained: int,
    sign: int = 1,
    *,
    held: int = 0,
    place: str = "",
) -> None:
    """A line that went through a stage: for its station, or at a place (without one, the stamp's).

    `held` of what was taken is still on its way, and not short.
    """
    if not line.moves:
        return
    where = line.station or place or stamp.place
    key = balance_key(where, stage, line.item, line.ballot, line.dapil)
    found: Balance = items.get("balance", key) or Balance(
        key=key,
        log=log_of(stamp.place),
        place=where,
        station=line.station,
        stage=stage,
        item=line.item,
        ballot=line.ballot,
        dapil=line.dapil,
    )
    items.put(
        "balance",
        key,
        replace(
            found,
            taken=found.taken + sign * line.taken,
            passed=found.passed + sign * line.passed,
            damaged=found.damaged + sign * line.damaged,
            held=found.held + sign * held,
            short=found.short + sign * (line.short - held),
            over=found.over + sign * line.over,
            need=line.need if line.need >= 0 else found.need,
            unexplained=found.unexplained + sign * unexplained,
            changed_at=moment(stamp),
        ),
    )


def move(items: Items, stamp: Stamp, step_id: str, lines: Iterable[TallyLine], sign: int = 1) -> None:
    """Moves what a step took: passed on, damaged and missing to their shelves, what was found over from outside.

    What never came from outside is on no shelf, not even among the lost.
    """
    step = STEPS[step_id]
    if step.source == step.target:
        return  # ordered and printed things are nowhere of ours yet
    for line in lines:
        source, target = step.shelves(line.item)
        add_stock(items, stamp, source, line, -sign * line.taken)
        add_stock(items, stamp, target, line, sign * line.passed)
        add_stock(items, stamp, "damaged", line, sign * line.damaged)
        if source != "outside":
            add_stock(items, stamp, "lost", line, sign * line.short)


def _contract(items: Items, stamp: Stamp, event: happened.ContractRecorded) -> None:
    items.put(
        "contract",
        event.contract_id,
        Contract(
            key=event.contract_id,
            log=log_of(stamp.place),
            place=stamp.place,
            supplier=event.supplier,
            document_number=event.document_number,
            lines=event.lines,
            printed=(0,) * len(event.lines),
            deliver_by_at=event.deliver_by_at,
            replacement=event.replacement,
            recorded_at=moment(stamp),
        ),
    )
    _order(items, stamp, event.lines, 1)


def _contract_void(items: Items, stamp: Stamp, event: happened.ContractVoided) -> None:
    contract: Contract | None = items.get("contract", event.contract_id)
    if contract is not None:
        items.put("contract", contract.key, replace(contract, is_void=True))
        _order(items, stamp, event.lines, -1)


def _order(items: Items, stamp: Stamp, lines: Iterable[Line], sign: int) -> None:
    for line in lines:
        counted = TallyLine(item=line.item, ballot=line.ballot, dapil=line.dapil, taken=line.units, passed=line.units)
        add_balance(items, stamp, "procurement", counted, 0, sign)


def _printed(items: Items, stamp: Stamp, event: happened.PrintVerified) -> None:
    _print(items, event.contract_id, event.lines, 1)
    for line in event.lines:
        add_balance(items, stamp, "production", line, 0)
    papers = {"document_number": event.document_number, "contract": event.contract_id}
    keep_tally(items, stamp, event.tally_id, "print", event.lines, **papers)


def _print(items: Items, contract_id: str, lines: Iterable[TallyLine], sign: int) -> None:
    contract: Contract | None = items.get("contract", contract_id) if contract_id else None
    if contract is not None:
        items.put("contract", contract_id, with_printed(contract, lines, sign))


def with_printed(contract: Contract, lines: Iterable[TallyLine], sign: int = 1) -> Contract:
    """A contract with a verification more, or less. What it didn't order gets a line of 0 ordered units."""
    ordered, printed = list(contract.lines), list(contract.printed)
    for line in lines:
        thing = (line.item, line.ballot, line.dapil)
        position = next((n for n, one in enumerate(ordered) if (one.item, one.ballot, one.dapil) == thing), None)
        if position is None:
            position = len(ordered)
            ordered.append(Line(item=line.item, ballot=line.ballot, dapil=line.dapil, units=0))
            printed.append(0)
        printed[position] += sign * line.passed
    return replace(contract, lines=tuple(ordered), printed=tuple(printed), verified=contract.verified + sign)


def keep_tally(items: Items, stamp: Stamp, key: str, step_id: str, lines: tuple[TallyLine, ...], **more: Any) -> None:
    items.put(
        "tally",
        key,
        TallyRow(
            key=key,
            log=log_of(stamp.place),
            place=stamp.place,
            step=step_id,
            stage=STEPS[step_id].stage,
            state="counted",
            lines=lines,
            taken=sum(line.taken for line in lines),
            damaged=sum(line.damaged for line in lines),
            short=sum(line.short for line in lines),
            over=sum(line.over for line in lines),
            by=stamp.actor,
            at=moment(stamp),
            station=lines[0].station if lines else "",
            **more,
        ),
    )


def open_difference(line: TallyLine, reason: str) -> int:
    return line.short + line.over if reason in OPEN_REASONS else 0


def _tallied(items: Items, stamp: Stamp, event: happened.Tallied) -> None:
    step = STEPS[event.step]
    move(items, stamp, event.step, event.lines)
    put_in = [as_put_in(line, takes_back=step.takes_back) for line in event.lines]
    for line in put_in:
        add_balance(items, stamp, step.stage, line, open_difference(line, event.reason))
    keep_tally(
        items,
        stamp,
        event.tally_id,
        event.step,
        event.lines,
        reason=event.reason,
        reason_at_first=event.reason,
        document_number=event.document_number,
        sorting_table=event.table,
        shift=event.shift,
        opened_unit=event.opened_unit,
        workers=event.workers,
    )
    if step.per_station:
        pack(items, stamp, put_in, 1, Wanted(event.station_needs, event.kit_needs))
    if event.approval_id:
        use_approval(items, event.approval_id)


def _void(items: Items, stamp: Stamp, event: happened.TallyVoided) -> None:
    tally: TallyRow | None = items.get("tally", event.tally_id)
    if tally is None:
        return
    items.put("tally", tally.key, replace(tally, state="void"))
    _print(items, tally.contract, event.lines, -1)
    step = STEPS[event.step]
    move(items, stamp, event.step, event.lines, -1)
    put_in = [as_put_in(line, takes_back=step.takes_back) for line in event.lines]
    for line in put_in:
        add_balance(items, stamp, step.stage, line, open_difference(line, tally.reason), -1)
    if step.per_station:
        pack(items, stamp, put_in, -1, Wanted())


def use_approval(items: Items, approval_id: str) -> None:
    approval: Approval | None = items.get("approval", approval_id)
    if approval is not None:
        close_leave(items, approval, "used")


def _counted(items: Items, stamp: Stamp, event: happened.Counted) -> None:
    items.put(
        "stock_count",
        event.count_id,
        StockCount(
            key=event.count_id,
            log=log_of(stamp.place),
            place=stamp.place,
            shelf=event.shelf,
            counted_by=event.counted_by,
            lines=event.lines,
            recorded=event.recorded,
            reason=event.reason,
            differing=event.differing,
            by=stamp.actor,
            at=moment(stamp),
        ),
    )


FOLDS: dict[type, Callable[[Items, Stamp, Any], None]] = {
    happened.ContractRecorded: _contract,
    happened.ContractVoided: _contract_void,
    happened.PrintVerified: _printed,
    happened.Tallied: _tallied,
    happened.TallyVoided: _void,
    happened.Counted: _counted,
}
