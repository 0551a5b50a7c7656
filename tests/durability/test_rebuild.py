"""What stands beside the entries is what the entries give: held together after a day of watch, and put right."""

import json

import pytest
from click.testing import CliRunner
from django.db import IntegrityError

from awas.ledger import services as ledger
from awas.ledger.rebuild import Rebuild
from awas.ledger.rebuild_command import rebuild
from awas.ledger.store import SNAPSHOTS, ask
from awas.simulation.services import seed
from awas.warehouse.models import Seal, Visit
from awas.warnings.models import Warning
from tests.simulation.conftest import clock

__all__ = ["clock"]

LOG = "awas/36.02"

pytestmark = pytest.mark.xdist_group("durability")


@pytest.fixture
def day(clock):
    """A day and a night of watch over eight warehouses."""
    seed(clock.now, days=1, seed=7)


def run(*arguments):
    done = CliRunner().invoke(rebuild, ["--json", *arguments])
    return done.exit_code, json.loads(done.output)


def change(sql, *parameters):
    ledger.sequencer().store.execute(sql, parameters)


def test_what_stands_is_what_the_entries_give_and_what_does_not_is_put_right(day):
    code, found = run("--check")
    assert code == 0, [log["first"] for log in found["logs"]]
    assert len(found["logs"]) == 8
    assert all(log["entry_count"] > 20 and log["item_count"] > 5 for log in found["logs"])
    visit, warning = Visit.objects.filter(log=LOG).earliest("key"), Warning.objects.filter(log=LOG).earliest("id")
    change("UPDATE warehouse_visit SET institution = 'PT Lain' WHERE key = ?", visit.key)
    change("DELETE FROM warehouse_presence WHERE key = ?", visit.person)
    change("UPDATE ledger_snapshot SET body = ? WHERE place = '36.02-G1' AND area = 'roster'", b"\x80")
    Seal(key="36.02/K1", log=LOG, place="36.02-G1", number="K1", state="applied").save()
    change("UPDATE warnings_warning SET why = 'nobody' WHERE id = ?", warning.id)

    code, found = run("--check")
    assert code == 1
    [wrong] = [log for log in found["logs"] if log["difference_count"]]
    assert (wrong["origin"], wrong["difference_count"], wrong["repaired"]) == (LOG, 5, False)
    assert wrong["first"] == {"table": "ledger_snapshot", "key": "36.02-G1/roster", "what": "body"}
    assert Visit.objects.get(key=visit.key).institution == "PT Lain"

    assert run("--log", LOG)[0] == 0
    assert run("--check")[0] == 0
    assert Visit.objects.get(key=visit.key).institution == visit.institution
    assert Warning.objects.get(id=warning.id).why == warning.why
    assert not Seal.objects.filter(key="36.02/K1").exists()


def test_a_repair_is_whole_or_not_at_all(day, monkeypatch):
    visit = Visit.objects.filter(log=LOG).first()
    change("UPDATE warehouse_visit SET institution = 'PT Lain' WHERE key = ?", visit.key)
    change("DELETE FROM ledger_snapshot WHERE place = '36.02-G1' AND area = 'roster'")
    sequencer = ledger.sequencer()
    upsert = sequencer.store.upsert

    def no_room(table, rows):
        if table is not SNAPSHOTS:
            raise IntegrityError("no room on the disk")
        upsert(table, rows)

    monkeypatch.setattr(sequencer.store, "upsert", no_room)
    with pytest.raises(IntegrityError):
        Rebuild(sequencer.store, sequencer.vocabulary, sequencer.tables, LOG).repair()
    monkeypatch.undo()
    assert ask("SELECT count(*) FROM ledger_snapshot WHERE place = '36.02-G1' AND area = 'roster'") == [(0,)]
    assert run("--check", "--log", LOG)[1]["logs"][0]["difference_count"] == 2


def test_nothing_is_made_of_entries_that_do_not_give_the_root(day):
    [(index, body)] = ask(
        "SELECT idx, body FROM ledger_entry JOIN ledger_log ON id = log_id"
        " WHERE origin = ? AND kind = 'gate.person_entered@1' ORDER BY idx LIMIT 1",
        (LOG,),
    )
    forged = bytes(body).replace(b"36.02-G1/", b"36.02-G9/")
    assert forged != bytes(body)
    change(
        "UPDATE ledger_entry SET body = ? WHERE idx = ? AND log_id = (SELECT id FROM ledger_log WHERE origin = ?)",
        forged, index, LOG,
    )  # fmt: skip
    before = sorted(Visit.objects.filter(log=LOG).values_list("key", "institution"))
    code, found = run("--log", LOG)
    assert code == 1
    assert "verify" in found["corrupt"][LOG]
    assert sorted(Visit.objects.filter(log=LOG).values_list("key", "institution")) == before
