"""Rules, people and steps of warnings for the tests of telling."""

import pytest

from awas.delivery import services
from awas.warnings.rule import Incident, Level, Rule, Words
from tests.access.people import NOW


@pytest.fixture(autouse=True)
def still_clock(settings):
    settings.AWAS_NOW = lambda: NOW
    settings.AWAS_URL = "https://awas.example"
    settings.AWAS_DEMO = False


RULE = Rule(
    id="WAR-01",
    title=Words("Kiriman tanpa pemberitahuan", "Unannounced delivery"),
    question=Words("?", "?"),
    message=Words("Truk {plate} datang tanpa pemberitahuan.", "Truck {plate} came unannounced."),
    basis=Words("-", "-"),
    level=Level.SIAGA,
    runbook=(Words("Tanya surat jalan.", "Ask for the delivery note."),),
    incident=Incident(what=Words("-", "-"), where="-", on="2024", source="-"),
    on_any=lambda watch, stamp, event, limits: (),
)


@pytest.fixture(autouse=True)
def words(still_clock, monkeypatch):
    monkeypatch.setattr(services, "_words", services._words)  # what start-up gave comes back afterwards
    services.use(
        rule=lambda rule: RULE if rule == RULE.id else None,
        place_name=lambda place: "Gudang Contoh",
        path=lambda place, warning: f"/peringatan/{place}/{warning}/",
    )
