"""A record in its own time for the tests that need the database."""

import pytest

from awas.ledger import services as ledger
from tests.simulation.stages import at


class Clock:
    """Shows what it is told to."""

    def __init__(self):
        self.now = at(3, 9, 40)

    def __call__(self):
        return self.now


@pytest.fixture
def clock(transactional_db, monkeypatch, settings):
    shown = Clock()
    monkeypatch.setattr(ledger.sequencer(), "clock", shown)
    settings.AWAS_NOW = shown
    return shown
