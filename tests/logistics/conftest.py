"""What the tests of logistics share that need a database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from awas.config import wiring
from awas.ledger import services as ledger
from tests.browser.people import Clock, District, settle
from tests.databases import DATABASES, standing_on


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """SQLite, and PostgreSQL where there is one: the record and all that reads it stand on it."""
    with standing_on(request.param):
        yield request.param


@pytest.fixture
def district(database: str, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[District]:
    clock = Clock()
    settings.AWAS_NOW = clock
    settings.ANCHOR = tmp_path / "anchor.sqlite3"
    settings.KEYS_ROOT = tmp_path / "keys"
    settings.HELD_ROOT = tmp_path / "held"
    monkeypatch.setattr(ledger.sequencer(), "clock", clock)
    wiring.bench.cache_clear()
    yield settle(clock)
    wiring.bench.cache_clear()


@pytest.fixture
def visits(district: District) -> Callable[[str], Client]:
    def visit(who: str) -> Client:
        client = Client()
        client.force_login(district.people[who])
        return client

    return visit
