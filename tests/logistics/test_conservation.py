"""Nothing vanishes: whatever order of commands the record takes, every unit is on a shelf or has a reason."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from awas.ledger.area import Refused
from awas.logistics import commands as ask
from awas.logistics.area import AREA
from awas.logistics.stages import STEPS
from tests.logistics.making import (
    KECAMATAN,
    PLACE,
    S1,
    S2,
    Book,
    accept,
    asks_leave,
    at,
    ballots,
    gives_leave,
    offer,
    tally,
    unpacking,
)

NUMBERS = st.integers(0, 60)
STATIONS = st.sampled_from([S1, S2])
BALLOTS = st.sampled_from(["dpr", "dprd_kab"])
MOVES = st.sampled_from([name for name in STEPS if name not in {"order", "print", "unpack"}])
LEGS = st.sampled_from(
    [("to_kecamatan", PLACE, KECAMATAN), ("return", S1, KECAMATAN), ("recapitulation", KECAMATAN, PLACE)]
)


class Logistics(RuleBasedStateMachine):
    """Any commands in any order; what is refused changes nothing."""

    @initialize()
    def opens(self) -> None:
        self.book = Book(AREA)
        self.names = 0
        self.came_in = self.found = 0
        self.transfers: list[tuple[str, str]] = []
        self.tallies: list[str] = []
        # Enough to pack from the first step: most orders of commands would never come to a kit.
        for step in ("receive", "sort", "fold"):
            self.moves(step, "dpr", S1, 400, 400, 0)

    def name(self) -> str:
        self.names += 1
        return f"n{self.names}"

    def tries(self, command: Any, **named: Any) -> list[Any]:
        try:
            return self.book.do(command, **named)
        except Refused:
            return []

    @rule(step=MOVES, ballot=BALLOTS, station=STATIONS, taken=NUMBERS, passed=NUMBERS, damaged=st.integers(0, 9))
    def moves(self, step: str, ballot: str, station: str, taken: int, passed: int, damaged: int) -> None:
        more = {"station": station, "need": 40} if STEPS[step].per_station else {}
        line = ballots(taken, passed, ballot=ballot, damaged=damaged if STEPS[step].damages else 0, **more)
        name = self.name()
        for event in self.tries(tally(name, step, line, reason="not_known")):
            self.tallies.append(name)
            outside = STEPS[step].source == "outside"
            self.came_in += line.passed + line.damaged if outside else 0
            self.found += 0 if outside else event.over

    @rule(station=STATIONS, units=st.sampled_from([20, 40]))
    def packs(self, station: str, units: int) -> None:
        self.moves("pack", "dpr", station, units, units, 0)

    @rule(pick=st.integers(0, 50))
    def takes_back(self, pick: int) -> None:
        if not self.tallies:
            return
        name = self.tallies[pick % len(self.tallies)]
        row = self.book.item("tally", at(name))
        if self.tries(ask.VoidTally(tally_id=at(name), reason="paper_error")):
            outside = STEPS[row.step].source == "outside"
            self.came_in -= sum(one.passed + one.damaged for one in row.lines) if outside else 0
            self.found -= 0 if outside else row.over

    @rule(leg=LEGS, stations=st.lists(STATIONS, min_size=1, max_size=2, unique=True))
    def sends(self, leg: tuple[str, str, str], stations: list[str]) -> None:
        name, (what, source, target) = self.name(), leg
        if self.tries(offer(name, *stations, leg=what, to=target, place=source), place=source):
            self.transfers.append((name, source))

    @rule(pick=st.integers(0, 50), take=st.booleans(), station=STATIONS, all_of_it=st.booleans())
    def answers(self, pick: int, take: bool, station: str, all_of_it: bool) -> None:
        """Taken over whole or in part, the rest of it later, or refused."""
        if not self.transfers:
            return
        name, source = self.transfers[pick % len(self.transfers)]
        transfer = self.book.item("transfer", at(name, source))
        came = transfer.missing or transfer.stations if all_of_it else (station,)
        command = (
            accept(name, *came, place=source, reason="not_known")
            if take
            else ask.RefuseTransfer(transfer_id=transfer.key, reason="other")
        )
        self.tries(command, place=transfer.to_place, actor="budi")

    @rule(pick=st.integers(0, 50))
    def calls_back(self, pick: int) -> None:
        if not self.transfers:
            return
        name, source = self.transfers[pick % len(self.transfers)]
        leave, transfer = self.name(), at(name, source)
        self.tries(asks_leave(leave, "recall", transfer, place=source), place=source)
        self.tries(gives_leave(leave, place=source), place=source, actor="budi")
        recall = ask.RecallTransfer(transfer_id=transfer, approval_id=at(leave, source))
        self.tries(recall, place=source)

    @rule(station=STATIONS, units=NUMBERS)
    def unpacks(self, station: str, units: int) -> None:
        leave, name = self.name(), self.name()
        self.tries(asks_leave(leave, "unpack", unpacking(station)))
        self.tries(gives_leave(leave), actor="budi")
        line = ballots(units, ballot="dpr", station=station)
        for event in self.tries(tally(name, "unpack", line, approval_id=at(leave), reason="not_known")):
            self.found += event.over

    @invariant()
    def every_unit_is_on_a_shelf(self) -> None:
        if not hasattr(self, "book"):
            return
        stock = sum(item.units for (kind, _), item in self.book.items.items() if kind == "stock")
        assert stock == self.came_in + self.found

    @invariant()
    def every_stage_balances(self) -> None:
        if not hasattr(self, "book"):
            return
        for (kind, _), row in self.book.items.items():
            if kind == "balance":
                assert row.taken + row.over == row.passed + row.held + row.damaged + row.short

    @invariant()
    def every_kit_is_on_the_shelf_where_it_is(self) -> None:
        """What lies packed, in transit or at a committee is what the kits hold, and no kit holds less than nothing."""
        if not hasattr(self, "book"):
            return
        shelves = {"packed", "transit", "held", "returned", "recapped"}
        stock = sum(item.units for (_, _), item in self.book.items.items() if getattr(item, "shelf", "") in shelves)
        kits = [item for (kind, _), item in self.book.items.items() if kind == "kit"]
        assert stock == sum(units for kit in kits for units in kit.contents.values())
        assert all(units > 0 for kit in kits for units in kit.contents.values())

    @invariant()
    def what_is_counted_of_kits_is_so(self) -> None:
        if not hasattr(self, "book"):
            return
        kits = [item for (kind, _), item in self.book.items.items() if kind == "kit"]
        here = [kit for kit in kits if kit.place == PLACE and kit.state in {"packing", "packed"}]
        assert self.book.state(PLACE).packed_count == sum(kit.complete for kit in kits)
        assert self.book.state(PLACE).kits_here == len(here)

    def teardown(self) -> None:
        if hasattr(self, "book"):
            rebuilt = self.book.rebuilt()
            assert rebuilt.items == self.book.items
            assert rebuilt.states == self.book.states


Logistics.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
test_nothing_vanishes = Logistics.TestCase
