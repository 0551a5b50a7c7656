"""The judge over the stored record, against the judge in memory: one suite, inherited by SQLite and PostgreSQL."""

import msgspec
import pytest
from django.db import connections

from awas.ledger import entry as envelope
from awas.ledger.area import MINUTE, Refused
from awas.ledger.fact import Submission
from awas.ledger.items import ItemTable
from awas.ledger.naming import log_of
from awas.ledger.sequencer import Sequencer
from awas.ledger.store import store_for
from awas.warnings import services
from awas.warnings.area import warnings_area
from awas.warnings.asked import Acknowledge, Resolve, SetThreshold, Silence
from awas.warnings.engine import DEVICE, Engine
from awas.warnings.judge import Judge
from awas.warnings.services import Bench
from awas.warnings.state import Standing, Warning
from tests.settings import POSTGRES_URL
from tests.warnings.doors import AREA, CALM, FLAT, LONG_OPEN, NINE, OPEN, PATIENT, PLACE, Open, Shutting

LOG = "awas/36.02"
NEIGHBOUR = "36.03-G1"
RULES = (OPEN, LONG_OPEN, PATIENT, CALM)
TABLES = {
    "warnings": {
        "warning": ItemTable(Warning, "warnings_warning"),
        "standing": ItemTable(Standing, "warnings_standing"),
    }
}


class Clock:
    def __init__(self):
        self.instant = NINE

    def __call__(self):
        return self.instant

    def at(self, minute):
        self.instant = NINE + minute * MINUTE


class JudgeSuite:
    alias = "default"

    @pytest.fixture(autouse=True)
    def wired(self, transactional_db):
        self.clock = Clock()
        self.told = []
        self.sequencer = Sequencer(
            store_for(self.alias),
            envelope.Vocabulary([AREA, warnings_area(RULES)]),
            TABLES,
            self.clock,
            lambda appended: None,
        )
        self.bench = self.new_bench()

    def new_bench(self):
        return Bench(self.sequencer, Engine(RULES, [AREA], FLAT), self.told.extend)

    def do(self, command, place=PLACE):
        log = log_of(place)
        return self.sequencer.submit(
            Submission(log=log, place=place, actor="p1", device="d1", occurred_at=self.clock.instant, command=command)
        )

    def query(self, sql, *parameters):
        return self.sequencer.store.query(sql, parameters)

    def warnings(self):
        table = TABLES["warnings"]["warning"]
        rows = self.query(f"SELECT {', '.join(table.table.columns)} FROM warnings_warning")
        return {row[0]: table.item(row) for row in rows}

    def deadlines(self):
        return self.query("SELECT rule, purpose, key, due_at FROM warnings_deadline ORDER BY rule, purpose, key")

    def replayed(self):
        """The same log through the judge in memory: what it says of warnings, without their own entries."""
        judge = Judge(RULES, [AREA], policies=FLAT)
        for index, body in self.query("SELECT idx, body FROM ledger_entry ORDER BY idx"):
            entry = envelope.decode(bytes(body))
            if entry.device != DEVICE:
                judge.observe(entry.stamp, self.sequencer.vocabulary.event(entry), index)
        judge.advance(self.clock.instant)
        return dict(judge.warnings)

    def test_steps_stand_in_the_same_log(self):
        self.do(Open())
        assert self.bench.judge(LOG) == 3
        kinds = [kind for (kind,) in self.query("SELECT kind FROM ledger_entry ORDER BY idx")]
        assert kinds == ["door.opened@1", "warning.fired@1", "warning.pended@1", "warning.fired@1"]
        assert [one.event.rule for one in self.told] == ["TOY-01", "TOY-03", "TOY-04"]
        assert self.bench.judge(LOG) == 0

    def test_position_passes_its_own_entries(self):
        self.do(Open())
        self.bench.judge(LOG)
        assert self.query("SELECT position, turn FROM warnings_judgement") == [(4, 1)]

    def test_a_deadline_is_a_row_that_the_worker_asks_for(self):
        self.do(Open())
        self.bench.judge(LOG)
        assert self.deadlines() == [
            ("TOY-02", "absence", "front", NINE + 30 * MINUTE),
            ("TOY-03", "holds", "front", NINE + 10 * MINUTE),
        ]
        assert self.bench.due() == []
        self.clock.at(31)
        assert self.bench.due() == [LOG]
        self.bench.judge(LOG)
        states = {one.rule: (one.state, one.fired_at) for one in self.warnings().values()}
        assert states["TOY-02"] == ("firing", NINE + 30 * MINUTE)
        assert states["TOY-03"] == ("firing", NINE + 10 * MINUTE)
        assert self.deadlines() == []
        assert self.bench.due() == []

    def test_a_met_deadline_leaves_its_table(self):
        self.do(Open())
        self.bench.judge(LOG)
        self.clock.at(5)
        self.do(Shutting())
        self.bench.judge(LOG)
        assert [row[:2] for row in self.deadlines()] == [("TOY-04", "keeps")]

    def test_entries_not_judged_yet_are_seen_by_the_worker(self):
        self.do(Open())
        assert self.bench.due() == [LOG]

    @pytest.mark.parametrize("every", [1, 3, 100])
    @pytest.mark.parametrize("forget", [False, True], ids=["same process", "a new process each time"])
    def test_however_it_is_cut_the_verdict_is_that_of_the_log(self, every, forget):
        for number in range(30):
            self.clock.at(number * 7)
            self.do(Open(door=f"d{number % 4}", wide=number % 5 == 0))
            if number % 3 == 2:
                self.do(Shutting(door=f"d{(number + 1) % 4}"))
            if number % every == 0:
                if forget:
                    self.bench = self.new_bench()
                self.bench.judge(LOG)
        self.clock.at(1000)
        self.bench.judge(LOG)
        assert self.warnings() == self.replayed()

    def test_a_process_behind_reads_anew(self):
        other = self.new_bench()
        self.do(Open())
        self.bench.judge(LOG)
        self.clock.at(1)
        self.do(Open(door="back"))
        other.judge(LOG)
        self.clock.at(2)
        self.do(Shutting())
        self.do(Shutting(door="back"))
        self.bench.judge(LOG)
        assert self.warnings() == self.replayed()

    def test_more_entries_than_one_transaction_takes(self, monkeypatch):
        monkeypatch.setattr(services, "BATCH", 4)
        for minute in range(11):
            self.clock.at(minute)
            self.do(Open(door=f"d{minute}"))
        self.bench.judge(LOG)
        assert len(self.warnings()) == 33
        assert self.bench.due() == []

    def test_people_and_judge_share_a_warning(self):
        self.do(Open())
        self.bench.judge(LOG)
        name = next(one.id for one in self.warnings().values() if one.rule == "TOY-01")
        self.clock.at(1)
        self.do(Acknowledge(warning=name, until=NINE + 60 * MINUTE, reason="handling"))
        self.bench.judge(LOG)
        assert ("TOY-01", "acknowledgement", name, NINE + 60 * MINUTE) in self.deadlines()
        self.bench = self.new_bench()
        self.clock.at(61)
        self.bench.judge(LOG)
        assert self.warnings()[name].state == "firing"
        self.do(Silence(warning=name, until=NINE + 120 * MINUTE, reason="other"))
        self.clock.at(121)
        self.bench.judge(LOG)
        assert self.warnings()[name].state == "firing"
        self.do(Resolve(warning=name, judgement="useful"))
        self.do(Open())
        self.bench.judge(LOG)
        episodes = [one for one in self.warnings().values() if one.rule == "TOY-01"]
        assert sorted(one.recurrence for one in episodes) == [0, 1]

    def test_a_warning_found_and_resolved_before_the_judge_read_it(self):
        """The resolution is read late; it must not hide what was found again meanwhile."""
        self.do(Open())
        self.bench.judge(LOG)
        name = next(one.id for one in self.warnings().values() if one.rule == "TOY-01")
        self.do(Resolve(warning=name, judgement="useful"))
        self.clock.at(1)
        self.do(Open())
        self.clock.at(2)
        self.do(Shutting())
        self.bench.judge(LOG)
        latest = max((one for one in self.warnings().values() if one.rule == "TOY-01"), key=lambda one: one.since)
        assert (latest.recurrence, latest.state) == (1, "cleared")

    def test_a_threshold_holds_from_its_entry_on(self):
        self.do(SetThreshold(rule="TOY-02", name="minutes", value=5), place="36.02")
        self.bench.judge(LOG)
        self.bench = self.new_bench()
        self.do(Open())
        self.bench.judge(LOG)
        assert ("TOY-02", "absence", "front", NINE + 5 * MINUTE) in self.deadlines()

    def test_a_failing_outbox_undoes_the_judgement_and_the_next_one_does_it(self):
        def fail(appended):
            raise RuntimeError("the outbox is broken")

        self.do(Open())
        broken = Bench(self.sequencer, Engine(RULES, [AREA], FLAT), fail)
        with pytest.raises(RuntimeError):
            broken.judge(LOG)
        assert self.warnings() == {}
        assert self.query("SELECT count(*) FROM ledger_entry") == [(1,)]
        broken._tell = self.told.extend
        assert broken.judge(LOG) == 3

    def test_a_halted_log_is_left_alone(self):
        self.do(Open())
        self.sequencer.store.execute("UPDATE ledger_log SET halted_why = 'wrong'")
        assert self.bench.judge(LOG) == 0
        assert self.bench.due() == []

    def test_one_logs_failure_is_its_own(self, monkeypatch):
        for place in (PLACE, NEIGHBOUR):
            self.do(Open(), place)
        judge = self.bench._turn

        def fails_here(log, entries):
            if log == LOG:
                raise RuntimeError("a rule is broken")
            return judge(log, entries)

        monkeypatch.setattr(self.bench, "_turn", fails_here)
        with pytest.raises(RuntimeError, match="a rule is broken"):
            self.bench.judge_due()
        assert {one.place for one in self.warnings().values()} == {NEIGHBOUR}

    def test_the_deadlines_of_a_halted_log_hide_nobody_elses(self, monkeypatch):
        for place in (PLACE, NEIGHBOUR):
            self.do(Open(), place)
            self.bench.judge(log_of(place))
            self.clock.at(1)
        self.sequencer.store.execute("UPDATE ledger_log SET halted_why = 'wrong' WHERE origin = ?", (LOG,))
        monkeypatch.setattr(services, "DUE_READ", 1)
        self.clock.at(60)
        assert self.bench.due() == [log_of(NEIGHBOUR)]

    def test_due_deadlines_are_found_by_the_index(self):
        with connections[self.alias].cursor() as cursor:
            explain = "EXPLAIN QUERY PLAN" if connections[self.alias].vendor == "sqlite" else "EXPLAIN"
            if explain == "EXPLAIN":
                cursor.execute("SET enable_seqscan = off")
            cursor.execute(f"{explain} {services.DUE.replace('?', '5')}")
            plan = str(cursor.fetchall())
        assert "due_at" in plan

    def test_the_judge_refuses_nothing(self):
        self.do(Open())
        self.bench.judge(LOG)
        with pytest.raises(Refused):
            self.do(Resolve(warning="nothing", judgement="useful"))
        assert msgspec.to_builtins(next(iter(self.warnings().values())))["place"] == PLACE


@pytest.mark.django_db(transaction=True)
class TestSqlite(JudgeSuite):
    pass


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server")
@pytest.mark.django_db(transaction=True, databases=["default", "postgres"])
class TestPostgres(JudgeSuite):
    alias = "postgres"
