"""The way to a warehouse: what the gate's log announces, sends and counts is a balance of its own stage."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awas.ledger.area import Refused
from awas.logistics import commands as ask
from awas.logistics.area import AREA
from awas.logistics.fold.delivery import shares
from awas.logistics.follow import FOLLOWS
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warehouse.commands import (
    CancelConsignment,
    ChangeConsignment,
    CorrectCount,
    ExplainDifference,
    VoidEntry,
)
from awas.warehouse.counting import OPEN, expected_units
from tests.book import OTHER, PLACE, Book, Stamp
from tests.warehouse import making as gate
from tests.warehouse import test_sequences as taps


class Gate(Book):
    """The log of a warehouse's gate, and what logistics makes of it."""

    def __init__(self) -> None:
        super().__init__(WAREHOUSE)
        self.stages = Book(AREA)

    def take(self, stamp: Stamp, event: Any) -> None:
        super().take(stamp, event)
        if follow := FOLLOWS.get(type(event)):
            state = self.stages.state(stamp.place)
            self.stages.states[stamp.place] = follow.fold(state, stamp, event)
            follow.fold_items(self.stages.items, stamp, event)

    def balance(self, stage: str = "delivery", place: str = PLACE) -> dict[str, int]:
        """The sums of a stage that aren't 0."""
        total: Counter[str] = Counter()
        for row in self.rows(stage, place):
            for name in ("taken", "passed", "held", "damaged", "short", "over", "unexplained"):
                total[name] += getattr(row, name)
        return {name: units for name, units in total.items() if units}

    def rows(self, stage: str, place: str = "") -> list[Any]:
        found = [item for (kind, _), item in self.stages.items.items() if kind == "balance" and item.stage == stage]
        return [row for row in found if row.place == place or not place]


@pytest.fixture
def book() -> Gate:
    return Gate()


def test_announced_goods_are_on_their_way_until_they_are_counted_in(book):
    book.do(gate.announce("c"))
    assert book.balance() == {"taken": 1000, "held": 1000}
    assert book.balance("receiving") == {}
    book.do(gate.receive("r1", "c", gate.counted(600, damaged=10)))
    assert book.balance() == {"taken": 1000, "passed": 590, "damaged": 10, "held": 400}
    assert book.balance("receiving") == {"taken": 600, "passed": 590, "damaged": 10}
    book.do(gate.receive("r2", "c", gate.counted(400)))
    assert book.balance() == {"taken": 1000, "passed": 990, "damaged": 10}


def test_what_never_came_is_missing_once_nothing_more_is_to_come(book):
    book.do(gate.announce("c"))
    book.do(gate.receive("r1", "c", gate.counted(975), final=True, difference_reason="not_known"))
    missing = {"taken": 1000, "passed": 975, "short": 25}
    assert book.balance() == missing | {"unexplained": 25}
    assert book.balance("receiving") == {"taken": 975, "passed": 975}, "it was lost before, and is lost once"
    book.do(ExplainDifference(consignment_id=gate.at("c"), reason="miscounted_at_source"))
    assert book.balance() == missing
    assert book.stages.item("tally", gate.at("r1")).reason == "miscounted_at_source"


def test_a_reason_given_on_the_stage_board_holds_for_the_delivery(book):
    book.do(gate.announce("c"))
    book.do(gate.receive("r1", "c", gate.counted(975), final=True, difference_reason="not_known"))
    book.stages.do(ask.ExplainDifference(subject=gate.at("r1"), reason="miscounted_at_source"))
    assert book.balance() == {"taken": 1000, "passed": 975, "short": 25}
    book.do(VoidEntry(entry_index=1, entry_kind="goods.received@1", subject=gate.at("r1"), reason="duplicate"))
    assert book.balance() == {"taken": 1000, "held": 1000}, "it is still to come"


def test_more_than_announced_is_over_and_what_nobody_announced_is_what_it_is(book):
    book.do(gate.announce("c"))
    book.do(gate.receive("r1", "c", gate.counted(1010), difference_reason="miscounted_at_source"))
    assert book.balance() == {"taken": 1000, "passed": 1010, "over": 10}
    book.do(gate.receive("r2", "x", gate.counted(50), unannounced=True))
    assert book.balance() == {"taken": 1050, "passed": 1060, "over": 10}


def test_a_changed_or_cancelled_announcement_changes_what_is_expected(book):
    book.do(gate.announce("c"))
    book.do(ChangeConsignment(consignment_id=gate.at("c"), lines=(gate.ballots(800),)))
    assert book.balance() == {"taken": 800, "held": 800}
    book.do(CancelConsignment(consignment_id=gate.at("c")))
    assert book.balance() == {}


def test_a_correction_of_a_count_corrects_the_delivery(book):
    book.do(gate.announce("c"))
    book.do(gate.receive("r1", "c", gate.counted(100)))
    lines = (gate.counted(1000),)
    correction = {"receipt_id": gate.at("r1"), "consignment_id": gate.at("c"), "reason": "typing", "lines": lines}
    book.do(CorrectCount(entry_index=1, **correction))
    assert book.balance() == {"taken": 1000, "passed": 1000}
    assert book.balance("receiving") == {"taken": 1000, "passed": 1000}


def test_goods_that_come_to_another_store_are_delivered_there(book):
    book.do(gate.announce("c"))
    book.do(gate.receive("r1", "c", gate.counted(400)))
    book.do(gate.receive("r2", gate.at("c"), gate.counted(10), place=OTHER), place=OTHER)
    assert book.balance() == {"taken": 990, "passed": 400, "held": 590}
    assert book.balance(place=OTHER) == {"taken": 10, "passed": 10}
    gone = VoidEntry(
        entry_index=2, entry_kind="goods.received@1", subject=gate.at("r2", OTHER), reason="duplicate",
    )  # fmt: skip
    book.do(gone, place=OTHER)
    assert (book.balance(), book.balance(place=OTHER)) == ({"taken": 1000, "passed": 400, "held": 600}, {})


def test_what_moves_within_the_district_was_delivered_before(book):
    book.do(gate.receive("r0", "x", gate.counted(500), unannounced=True))
    came = {"taken": 500, "passed": 500}
    book.do(gate.release("s", "y", gate.counted(300), unannounced=True, to_place=OTHER))
    assert (book.balance(), book.balance(place=OTHER)) == (came, {})
    short = gate.receive("r1", gate.at("y"), gate.counted(280), place=OTHER, final=True, difference_reason="not_known")
    book.do(short, place=OTHER)
    assert (book.balance(), book.balance(place=OTHER)) == (came, {"taken": 20, "short": 20, "unexplained": 20})
    book.do(gate.announce("k", direction="out", to_place="36.02.05"))
    assert book.balance(place="36.02.05") == {}


GOODS = (
    taps.announces, taps.about_a_consignment, taps.receives, taps.receives, taps.releases, taps.voids, taps.corrects,
)  # fmt: skip


@settings(deadline=None)
@given(st.data())
def test_deliveries_balance_after_any_sequence(data):
    book = Gate()
    for _ in range(data.draw(st.integers(1, 30))):
        place, act = data.draw(st.sampled_from(taps.PLACES)), data.draw(st.sampled_from(GOODS))
        try:
            book.do(act(taps.Hand(data.draw, book, place)), place=place)
        except Refused:
            continue
        book.later(1)
        balances(book)


def balances(book: Gate) -> None:
    """Against the consignments of the gate itself, which know nothing of stages."""
    total: Counter[str] = Counter()
    for row in book.rows("delivery"):
        sums = (row.taken, row.passed, row.held, row.damaged, row.short, row.over, row.unexplained)
        assert min(sums) >= 0, row
        assert row.taken + row.over == row.passed + row.held + row.damaged + row.short
        total += {"came": row.passed + row.damaged, "held": row.held}
    came = held = 0
    tallies = [item for (kind, _), item in book.items.items() if kind == "tally" and item.state == "stands"]
    sent = {one.consignment_id for one in tallies if one.direction == "out"}
    for one in (item for (kind, _), item in book.items.items() if kind == "consignment"):
        delivery = book.stages.item("delivery", one.key)
        assert delivery.lines == one.lines
        assert (delivery.status in OPEN) == (one.status in OPEN)
        assert delivery.receipts == tuple(
            tally.key for tally in tallies if tally.consignment_id == one.key and tally.direction == "in"
        )
        if delivery.inside:
            continue
        assert one.key not in sent, "what a place of ours let out moves inside"
        came += sum(line.received for line in one.lines)
        if one.status in OPEN and delivery.place:
            held += sum(max(expected_units(line) - line.received, 0) for line in one.lines)
    inside = sum(
        line.passed
        for (kind, _), item in book.stages.items.items()
        if kind == "delivery" and item.inside
        for _, line, _ in shares(item)
    )
    assert (total["came"] - inside, total["held"]) == (came, held)
