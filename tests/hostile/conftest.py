"""A small district in front of which strangers send whatever they like."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from awas.config import wiring
from awas.ledger import services as ledger
from tests.browser.people import Clock, settle
from tests.hostile.attack import Gate
from tests.logistics.conftest import database

__all__ = ["database", "gate"]


@pytest.fixture
def gate(database: str, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Gate]:
    """The gate of a warehouse with something of every kind inside. Afterwards its record must be sound."""
    clock = Clock()
    settings.AWAS_NOW = clock
    settings.ANCHOR = tmp_path / "anchor.sqlite3"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.KEYS_ROOT = tmp_path / "keys"
    monkeypatch.setattr(ledger.sequencer(), "clock", clock)
    wiring.bench.cache_clear()
    cache.clear()
    gate = Gate(settle(clock))
    yield gate
    gate.must_be_sound()
    wiring.bench.cache_clear()
    cache.clear()
