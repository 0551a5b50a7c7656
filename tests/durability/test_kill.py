"""The program is killed at its work, fifty times: what was acknowledged is there, and all of it agrees."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 50

pytestmark = [
    pytest.mark.xdist_group("durability"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the controller saw."""
    home = tmp_path_factory.mktemp("killed")
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "AWAS_ANCHOR")} | {
        "AWAS_HOME": str(home),
        "AWAS_SEQUENCER": "thread",
        "AWAS_SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "awas.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.durability.controller", str(ROUNDS), "20240214"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1]) | {"stderr": done.stderr[-4000:]}


def test_every_child_was_killed_at_work(found):
    assert found["killed"] == ROUNDS, found["stderr"]
    assert found["synchronous"] == 2, "not synchronous=FULL"
    assert found["failed"] == []
    assert found["receipts"] >= ROUNDS, "a child is killed only after its first receipt"
    assert found["of_several"] > 0
    assert found["warning_entries"] > 0


def test_the_kills_fell_between_commit_and_answer_and_between_fact_and_judgement(found):
    assert found["sent_again"] > 0
    assert found["left_unjudged"] > 0


def test_nothing_acknowledged_is_lost(found):
    assert found["lost"] == []


def test_nothing_is_recorded_twice_and_no_number_is_left_out(found):
    assert found["broken_sequences"] == []


def test_the_judgement_catches_up(found):
    assert found["judged"]


def test_the_logs_are_sound_and_all_beside_them_is_what_they_give(found):
    assert found["unsound"] == []
