"""`awas ledger …` from entry to stranger: sign, prove, export, and check it all without the database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from awas.ledger import services as record
from awas.ledger.commands import ledger
from awas.ledger.fact import Submission
from awas.roster.commands import StartDuty

LOG, PLACE = "awas/36.02", "36.02-G1"
VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "verify_log.py"


def run(*arguments):
    return CliRunner().invoke(ledger, [str(argument) for argument in arguments])


@pytest.fixture
def three_entries(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    settings.ANCHOR = tmp_path / "anchor.sqlite3"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    for number in (1, 2, 3):
        record.sequencer().submit(
            Submission(
                log=LOG,
                place=PLACE,
                actor=f"p{number}",
                device=f"d{number}",
                occurred_at=settings.AWAS_NOW(),
                command=StartDuty(duty_id=f"36.02-G1/duty{number}", person=f"p{number}"),
                seq=1,
            )
        )


@pytest.fixture
def key(three_entries):
    return run("checkpoint").output.splitlines()[0].removeprefix("key: ")


def test_a_stranger_checks_an_export_with_the_line_that_is_printed(three_entries, tmp_path):
    done = run("export", LOG, tmp_path / "export")
    assert done.exit_code == 0, done.output
    command = done.output.splitlines()[-1]
    _, _, entries, checkpoint, key = command.split()
    checked = subprocess.run(
        [sys.executable, VERIFIER, entries, checkpoint, key.strip('"')], check=False, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    assert LOG in checked.stdout
    assert "there already" in run("export", LOG, tmp_path / "export").output


def test_a_receipt_is_checked_from_its_file(key, tmp_path):
    receipt = tmp_path / "1.tlog-proof"
    assert run("prove", LOG, 1, "--out", receipt).exit_code == 0
    done = run("check-proof", receipt, "--key", key)
    assert "proven: entry 1 of awas/36.02" in done.output
    receipt.write_text(receipt.read_text(encoding="utf-8").replace("index 1", "index 0"), encoding="utf-8")
    done = run("check-proof", receipt, "--key", key)
    assert done.exit_code == 1
    assert "not proven" in done.output


def test_verify_names_the_first_wrong_entry_and_may_halt_the_log(key):
    assert run("verify").exit_code == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET body = leaf WHERE idx = 1")
    done = run("verify", "--json")
    assert done.exit_code == 1
    assert json.loads(done.output)["logs"][0]["first_wrong"] == 1
    assert record.halted() == {}
    assert run("verify", "--halt").exit_code == 1
    assert LOG in record.halted()


def test_an_unknown_log_or_entry_is_said_so(three_entries):
    assert "there is no log" in run("verify", "--log", "awas/99.99").output
    assert run("prove", LOG, 9_999).exit_code == 1
