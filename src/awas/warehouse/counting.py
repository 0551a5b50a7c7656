"""The arithmetic of goods: lines announced, let out, counted in; what is outstanding, what differs. Pure.

For every line: received + outstanding = announced + excess. Units are single sheets, boxes, bottles.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from awas.ledger.area import Instant
from awas.warehouse.codes import DifferenceKind, WindowFit
from awas.warehouse.events import BeyondStock, CountedLine, Difference, Line
from awas.warehouse.items import Consignment, ConsignmentLine
from awas.warehouse.site import stock_key

OPEN = frozenset({"announced", "in_transit", "part_received"})

LineKey = tuple[str, str, str]


def line_key(line: Line | CountedLine | ConsignmentLine) -> LineKey:
    """What makes two lines the same: the thing, the kind of ballot, the electoral district."""
    return line.item, line.ballot, line.dapil


def announced_lines(lines: Iterable[Line]) -> tuple[ConsignmentLine, ...]:
    """A consignment's lines at its announcement."""
    return tuple(
        ConsignmentLine(
            item=line.item, ballot=line.ballot, dapil=line.dapil, packages=line.packages, announced=line.units
        )
        for line in lines
    )


def reannounced(lines: Sequence[ConsignmentLine], announced: Iterable[Line]) -> tuple[ConsignmentLine, ...]:
    """Lines after a changed announcement: what was counted already stays."""
    counted = {line_key(line): line for line in lines}
    result = []
    for line in announced:
        before = counted.pop(line_key(line), None)
        fresh = ConsignmentLine(item=line.item, ballot=line.ballot, dapil=line.dapil)
        result.append(replace(before or fresh, announced=line.units, packages=line.packages))
    result += [replace(line, announced=0, packages=0) for line in counted.values() if line.received or line.released]
    return tuple(result)


def counted_in(
    lines: Sequence[ConsignmentLine], counts: Iterable[CountedLine], sign: int = 1
) -> tuple[ConsignmentLine, ...]:
    """Lines with a count added (`sign` 1) or taken back (-1) on the receiver's side."""
    merged = {line_key(line): line for line in lines}
    for count in counts:
        key = line_key(count)
        line = merged.get(key) or ConsignmentLine(item=count.item, ballot=count.ballot, dapil=count.dapil)
        merged[key] = replace(
            line,
            received=line.received + sign * count.units,
            received_packages=line.received_packages + sign * count.packages,
            damaged=line.damaged + sign * count.damaged,
            wet=line.wet + sign * count.wet,
        )
    return _without_empty(merged)


def let_out(
    lines: Sequence[ConsignmentLine], counts: Iterable[CountedLine], sign: int = 1
) -> tuple[ConsignmentLine, ...]:
    """Lines with a count added or taken back on the sender's side."""
    merged = {line_key(line): line for line in lines}
    for count in counts:
        key = line_key(count)
        line = merged.get(key) or ConsignmentLine(item=count.item, ballot=count.ballot, dapil=count.dapil)
        merged[key] = replace(line, released=line.released + sign * count.units)
    return _without_empty(merged)


def _without_empty(merged: dict[LineKey, ConsignmentLine]) -> tuple[ConsignmentLine, ...]:
    """A line that a correction emptied is gone, as if it had never been counted."""
    return tuple(
        line for line in merged.values() if line.announced or line.released or line.received or line.received_packages
    )


def expected_units(line: ConsignmentLine) -> int:
    """What the receiver should count: the announcement; for goods sent without one, what the sender let out."""
    return line.announced or line.released


def is_complete(lines: Sequence[ConsignmentLine]) -> bool:
    """Nothing is outstanding."""
    return all(line.received >= expected_units(line) for line in lines)


def received_differences(lines: Iterable[ConsignmentLine], final: bool) -> tuple[Difference, ...]:
    """How the receiver's count differs. Short counts only after the last receipt."""
    return tuple(
        _difference(line, expected_units(line), line.received)
        for line in lines
        if line.received > expected_units(line) or (final and line.received < expected_units(line))
    )


def released_differences(lines: Iterable[ConsignmentLine], final: bool) -> tuple[Difference, ...]:
    """How the sender's count differs from the order."""
    return tuple(
        _difference(line, line.announced, line.released)
        for line in lines
        if line.released > line.announced or (final and line.released < line.announced)
    )


def _difference(line: ConsignmentLine, expected: int, counted: int) -> Difference:
    kind: DifferenceKind = "short" if counted < expected else "over" if expected else "unexpected"
    return Difference(
        item=line.item,
        ballot=line.ballot,
        dapil=line.dapil,
        difference=kind,
        announced=expected,
        counted=counted,
    )


def outstanding_units(lines: Iterable[ConsignmentLine]) -> int:
    """Units not yet counted in."""
    return sum(max(expected_units(line) - line.received, 0) for line in lines)


def excess_units(lines: Iterable[ConsignmentLine]) -> int:
    """Units counted in beyond the announcement."""
    return sum(max(line.received - expected_units(line), 0) for line in lines)


def beyond_stock(stock: dict[str, int], counts: Iterable[CountedLine]) -> tuple[BeyondStock, ...]:
    """Kinds of which more goes out than the record says is here, all electoral districts together."""
    wanted: dict[tuple[str, str], int] = {}
    for count in counts:
        wanted[count.item, count.ballot] = wanted.get((count.item, count.ballot), 0) + count.units
    return tuple(
        BeyondStock(item=item, ballot=ballot, released=units, stock=stock.get(stock_key(item, ballot), 0))
        for (item, ballot), units in wanted.items()
        if units > max(stock.get(stock_key(item, ballot), 0), 0)
    )


def window_fit(consignment: Consignment | None, at: Instant) -> tuple[WindowFit, int]:
    """Where `at` lies against the announced window, and by how many milliseconds it misses it."""
    if consignment is None or not (consignment.expected_from_at or consignment.expected_until_at):
        return "no_window", 0
    if consignment.expected_from_at and at < consignment.expected_from_at:
        return "early", consignment.expected_from_at - at
    if consignment.expected_until_at and at > consignment.expected_until_at:
        return "late", at - consignment.expected_until_at
    return "within", 0


def status_of(consignment: Consignment) -> str:
    """The status that its counts give, after a count was taken back or corrected."""
    if consignment.status in {"cancelled", "void"}:
        return consignment.status
    if consignment.receipt_count:
        return "received" if is_complete(consignment.lines) or not is_covered(consignment) else "part_received"
    if consignment.release_count or consignment.dispatched_at:
        return "in_transit"
    return "announced" if consignment.announced_at else "void"


def is_covered(consignment: Consignment) -> bool:
    """Something says how much should come: an announcement, or the sender's own count."""
    return consignment.announced_at > 0 or consignment.release_count > 0


def status_after_change(before: Consignment, after: Consignment, *, last_receipt_gone: bool = False) -> str:
    """The status after a count was taken back or corrected. What a last receipt closed stays closed while it stands."""
    closed_short = before.status == "received" and not is_complete(before.lines)
    if closed_short and after.receipt_count and not last_receipt_gone:
        return "received"
    return status_of(after)


def first_line_twice(lines: Sequence[Line] | Sequence[CountedLine]) -> str:
    """The name of the first line given twice, or an empty string."""
    seen: set[LineKey] = set()
    for line in lines:
        key = line_key(line)
        if key in seen:
            return " ".join(part for part in key if part)
        seen.add(key)
    return ""
