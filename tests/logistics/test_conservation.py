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

    @rule(leg=LEGS, station=STATIONS)
    def sends(self, leg: tuple[str, str, str], station: str) -> None:
        name, (what, source, target) = self.name(), leg
        if self.tries(offer(name, station, leg=what, to=target, place=source), place=source):
            self.transfers.append((name, source))

    @rule(pick=st.integers(0, 50), take=st.booleans())
    def answers(self, pick: int, take: bool) -> None:
        if not self.transfers:
            return
        name, source = self.transfers[pick % len(self.transfers)]
        transfer = self.book.item("transfer", at(name, source))
        command = (
            accept(name, *transfer.stations, place=source)
            if take
            else ask.RefuseTransfer(transfer_id=transfer.key, reason="other")
        )
        self.tries(command, place=transfer.to_place, actor="budi")

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

    def teardown(self) -> None:
        if hasattr(self, "book"):
            rebuilt = self.book.rebuilt()
            assert rebuilt.items == self.book.items
            assert rebuilt.states == self.book.states


Logistics.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
test_nothing_vanishes = Logistics.TestCase
