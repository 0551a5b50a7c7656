"""One suite for the storage of the record, inherited by SQLite and by PostgreSQL."""

import threading
from typing import Any

import msgspec
import pytest
from django.db import OperationalError, connections

from awas.ledger import entry as envelope
from awas.ledger import sequencer as sequencer_module
from awas.ledger.area import Refused
from awas.ledger.fact import LedgerCorrupt, LedgerHalted, Receipt, StoredTiles, Submission
from awas.ledger.items import ItemTable
from awas.ledger.merkle import leaf_hash, tree_root
from awas.ledger.sequencer import LedgerUnavailable, Sequencer, ThreadedSequencer
from awas.ledger.store import store_for
from tests.ledger import tally
from tests.settings import POSTGRES_URL

LOG = "awas/36.02"
PLACE = "36.02-G1"


class Clock:
    def __init__(self) -> None:
        self.instant = 1_700_000_000_000

    def __call__(self) -> int:
        self.instant += 1
        return self.instant


class StorageSuite:
    """What must hold of the record on any database."""

    alias = "default"

    @pytest.fixture
    def sequencer(self, transactional_db):
        return self.make(Sequencer)

    @pytest.fixture
    def threaded(self, transactional_db):
        sequencer = self.make(ThreadedSequencer)
        yield sequencer
        sequencer.stop()

    @pytest.fixture(autouse=True)
    def shelf_table(self, transactional_db):
        with connections[self.alias].cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS tally_shelf")
            cursor.execute(
                "CREATE TABLE tally_shelf (key varchar(40) PRIMARY KEY, place varchar(24), total bigint,"
                " notes text, last bigint, empty boolean)"
            )
        yield
        with connections[self.alias].cursor() as cursor:
            cursor.execute("DROP TABLE tally_shelf")

    def make(self, kind):
        self.clock = Clock()
        self.judged = []
        return kind(
            store_for(self.alias),
            envelope.Vocabulary([tally.AREA]),
            {"tally": {"shelf": ItemTable(tally.Shelf, "tally_shelf")}},
            self.clock,
            self.judged.extend,
        )

    def add(self, count=1, shelf="a", device="d1", log=LOG, place=PLACE, **named):
        command = tally.Add(shelf=shelf, count=count, twice_at=named.pop("twice_at", ""))
        return Submission(
            log=log, place=place, actor="p1", device=device, occurred_at=self.clock.instant, command=command, **named
        )

    def query(self, sql, *parameters):
        return store_for(self.alias).query(sql, parameters)

    def bodies(self, log=LOG):
        return [
            bytes(body)
            for (body,) in self.query(
                "SELECT body FROM ledger_entry JOIN ledger_log ON id = log_id WHERE origin = ? ORDER BY idx", log
            )
        ]

    # -- appending -----------------------------------------------------------------------------------------------

    def test_a_receipt_names_index_and_leaf_of_what_is_stored(self, sequencer):
        first, second = sequencer.submit_many([self.add(2), self.add(3)])
        assert (first.index, second.index, first.count) == (0, 1, 1)
        assert [leaf_hash(body).hex() for body in self.bodies()] == [first.leaf, second.leaf]
        assert envelope.decode(self.bodies()[1]).data["count"] == 3

    def test_head_is_the_root_of_all_leaves(self, sequencer):
        for size in (1, 2, 300, 1, 513):
            sequencer.submit_many([self.add() for _ in range(size)])
        leaves = [leaf_hash(body) for body in self.bodies()]
        [(size, root)] = self.query("SELECT size, root FROM ledger_log WHERE origin = ?", LOG)
        assert (size, bytes(root)) == (817, tree_root(leaves))
        [(log_id,)] = self.query("SELECT id FROM ledger_log WHERE origin = ?", LOG)
        tiles = StoredTiles(store_for(self.alias), log_id)
        assert [tiles.full_tile(0, n) for n in range(4)] == [
            *(b"".join(leaves[n * 256 :][:256]) for n in range(3)),
            None,
        ]
        assert tiles.leaf_hashes(255, 258) == leaves[255:258]

    def test_logs_are_separate(self, sequencer):
        sequencer.submit_many([self.add(), self.add(log="awas/36.01", place="36.01-G1"), self.add()])
        assert len(self.bodies()) == 2
        assert len(self.bodies("awas/36.01")) == 1

    def test_state_and_items_survive_between_transactions(self, sequencer):
        sequencer.submit(self.add(5))
        sequencer.submit(self.add(-5))
        with pytest.raises(Refused) as refusal:
            sequencer.submit(self.add(-1))
        assert refusal.value.params == {"total": 0}
        assert self.query("SELECT total, empty, notes FROM tally_shelf") == [(0, True, "[]")]

    def test_an_event_elsewhere_folds_there(self, sequencer):
        receipt = sequencer.submit(self.add(4, twice_at="36.02-G2"))
        assert receipt.count == 2
        places = [envelope.decode(body).place for body in self.bodies()]
        assert places == [PLACE, "36.02-G2"]
        with pytest.raises(Refused):
            sequencer.submit(self.add(-5, place="36.02-G2"))

    def test_a_refusal_costs_only_its_own_command(self, sequencer):
        outcomes = sequencer.outcomes([self.add(1), self.add(-9), self.add(1)])
        assert isinstance(outcomes[1], Refused)
        assert [outcomes[0].index, outcomes[2].index] == [0, 1]
        assert envelope.decode(self.bodies()[1]).seq == 2, "the refused command left a hole in the sequence"

    def test_what_the_profile_cannot_hold_is_refused_and_leaves_nothing(self, sequencer):
        command = tally.Add(shelf="a", count=1, notes=("x" * 70_000,))
        with pytest.raises(Exception, match=r"65|long|large"):
            sequencer.submit(msgspec.structs.replace(self.add(), command=command))
        assert self.bodies() == []
        assert sequencer.submit(self.add()).index == 0

    def test_recorded_at_never_runs_backwards(self, sequencer):
        sequencer.submit(self.add())
        self.clock.instant -= 60_000
        sequencer.submit(self.add())
        stamps = [envelope.decode(body).recorded_at for body in self.bodies()]
        assert stamps == sorted(stamps)

    def test_judgement_sees_the_events_in_order_after_the_commit(self, sequencer):
        sequencer.submit_many([self.add(1), self.add(2)])
        assert [one.event.count for one in self.judged] == [1, 2]

    # -- idempotency ---------------------------------------------------------------------------------------------

    def test_a_second_tap_gets_the_first_receipt(self, sequencer):
        first = sequencer.submit(self.add(nonce="n1", digest=b"x"))
        again = sequencer.submit(self.add(nonce="n1", digest=b"x"))
        assert again == msgspec.structs.replace(first, replayed=True)
        assert len(self.bodies()) == 1

    def test_a_second_tap_within_one_group_gets_the_first_receipt(self, sequencer):
        first, again = sequencer.submit_many([self.add(nonce="n1"), self.add(nonce="n1")])
        assert (again.index, again.replayed) == (first.index, True)

    def test_same_key_with_other_content_is_told_apart(self, sequencer):
        sequencer.submit(self.add(nonce="n1", digest=b"x"))
        with pytest.raises(Refused) as refusal:
            sequencer.submit(self.add(2, nonce="n1", digest=b"y"))
        assert refusal.value.code == "already_recorded_otherwise"

    def test_a_device_sequence_replays_and_has_no_gaps(self, sequencer):
        one, two = sequencer.submit_many([self.add(device="phone", seq=n) for n in (1, 2)])
        assert sequencer.submit(self.add(device="phone", seq=1)).index == one.index
        assert sequencer.submit(self.add(device="phone", seq=2)).index == two.index
        with pytest.raises(Refused) as refusal:
            sequencer.submit(self.add(device="phone", seq=4))
        assert refusal.value.params == {"expected": 3, "got": 4}

    # -- what goes wrong -----------------------------------------------------------------------------------------

    def test_a_halted_log_takes_nothing_and_others_go_on(self, sequencer):
        sequencer.submit(self.add())
        store_for(self.alias).execute("UPDATE ledger_log SET halted_why = 'entry 0 is wrong' WHERE origin = ?", (LOG,))
        outcomes = sequencer.outcomes([self.add(), self.add(log="awas/36.01", place="36.01-G1")])
        assert isinstance(outcomes[0], LedgerHalted)
        assert isinstance(outcomes[1], Receipt)

    def test_a_head_that_disagrees_with_itself_is_found_before_anything_is_added(self, sequencer):
        sequencer.submit(self.add())
        store_for(self.alias).execute("UPDATE ledger_log SET root = ? WHERE origin = ?", (b"\0" * 32, LOG))
        with pytest.raises(LedgerCorrupt):
            sequencer.submit(self.add())
        assert len(self.bodies()) == 1
        with pytest.raises(LedgerHalted):
            sequencer.submit(self.add())

    def test_a_failed_commit_leaves_nothing_behind(self, sequencer, monkeypatch):
        sequencer.submit(self.add())
        monkeypatch.setattr(sequencer.store, "save_heads", lambda heads: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sequencer.submit(self.add(7))
        monkeypatch.undo()
        assert sequencer.submit(self.add()).index == 1
        assert self.query("SELECT total FROM tally_shelf") == [(2,)]

    # -- many at once --------------------------------------------------------------------------------------------

    def test_many_threads_get_each_their_own_receipt(self, threaded):
        receipts = {}

        def tap(name):
            receipts[name] = [
                threaded.submit(self.add(device=name, seq=n, shelf=name, digest=b"x")) for n in range(1, 21)
            ]

        threads = [threading.Thread(target=tap, args=(f"d{n}",)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        indexes = [receipt.index for some in receipts.values() for receipt in some]
        assert sorted(indexes) == list(range(160))
        for name, some in receipts.items():
            for receipt in some:
                body = envelope.decode(self.bodies()[receipt.index])
                assert (body.device, body.seq) == (name, receipt.seq)

    def test_a_bug_in_one_command_costs_its_neighbours_nothing(self, threaded):
        outcomes = {}

        def tap(name, shelf):
            try:
                outcomes[name] = threaded.submit(self.add(device=name, shelf=shelf))
            except LedgerUnavailable as failure:
                outcomes[name] = failure

        group = [(f"d{n}", "bug" if n == 3 else "a") for n in range(6)]
        threads = [threading.Thread(target=tap, args=one) for one in group]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert isinstance(outcomes.pop("d3"), LedgerUnavailable)
        assert all(isinstance(outcome, Receipt) for outcome in outcomes.values())
        assert len(self.bodies()) == 5

    def test_a_database_that_cannot_be_opened_costs_a_group_and_not_the_writer(self, threaded, monkeypatch):
        real, failed = threaded.store._cursor, []

        def once() -> Any:
            if threading.current_thread().name == "sequencer" and not failed:
                failed.append(True)
                raise OperationalError("unable to open database file")
            return real()

        monkeypatch.setattr(sequencer_module, "PATIENCE_SECONDS", 5.0)
        monkeypatch.setattr(threaded.store, "_cursor", once)
        with pytest.raises(LedgerUnavailable, match="unable to open"):
            threaded.submit(self.add())
        assert threaded.submit(self.add()).index == 0

    def test_the_writer_has_its_connection_prepared_anew_after_a_failure(self, threaded, monkeypatch):
        prepared = []
        monkeypatch.setattr(threaded.store, "expect_writing", lambda: prepared.append(True))
        threaded.submit(self.add())
        threaded.submit(self.add())
        assert len(prepared) == 1
        with pytest.raises(LedgerUnavailable):
            threaded.submit(self.add(shelf="bug"))
        threaded.submit(self.add())
        assert len(prepared) == 2


@pytest.mark.django_db(transaction=True)
class TestSqlite(StorageSuite):
    pass


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server")
@pytest.mark.django_db(transaction=True, databases=["default", "postgres"])
class TestPostgres(StorageSuite):
    alias = "postgres"
