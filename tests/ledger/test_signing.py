"""Signing a head: only what can't be lost any more is shown outside."""

import pytest

from awas import chance
from awas.ledger import checkpoints
from awas.ledger import services as ledger
from awas.ledger.fact import Submission
from awas.ledger.models import SignedCheckpoint
from awas.warehouse.commands import ReportGuards

pytestmark = pytest.mark.django_db

NOW = 1_707_800_000_000
LOG = "awas/36.02"


@pytest.fixture(autouse=True)
def folders(settings, monkeypatch, tmp_path):
    settings.KEYS_ROOT, settings.ANCHOR = tmp_path / "keys", tmp_path / "anchor.sqlite3"
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: NOW)


def guards_counted() -> None:
    ledger.record(
        Submission(
            log=LOG,
            place="36.02-G1",
            actor="p1",
            device="d1",
            occurred_at=NOW,
            command=ReportGuards(kpu=2),
            nonce=chance.nonce(NOW),
        )
    )


def test_what_comes_after_the_disk_was_asked_is_not_under_the_signature(monkeypatch):
    """The judge adds entries lazily: one that falls between the sync and the signature may yet be lost."""
    guards_counted()
    settled, store = [], ledger.sequencer().store
    settle = store.settle

    def then_one_more(origin):
        settle(origin)
        settled.append(ledger.size_of(origin))
        guards_counted()

    monkeypatch.setattr(store, "settle", then_one_more)
    checkpoints.sign(LOG, NOW)
    assert SignedCheckpoint.objects.get().size == settled[0]


def test_a_head_signed_already_costs_no_sync(monkeypatch):
    guards_counted()
    note = checkpoints.sign(LOG, NOW)
    monkeypatch.setattr(ledger.sequencer().store, "settle", lambda origin: pytest.fail("nothing new to make durable"))
    assert checkpoints.sign(LOG, NOW) == note
