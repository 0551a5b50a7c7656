"""Naming somebody by key: a phone may, for people of its own district; never to open another's vault."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from awas import chance
from awas.access.devices import enrol_device
from awas.access.policy import Role
from awas.ledger import services as ledger
from awas.ledger import vault
from awas.ledger.models import VaultRow
from awas.places.models import Region, Site
from tests.access.people import NOW, somebody

pytestmark = pytest.mark.django_db

HERE, NEXT_DOOR, FAR = "36.02-G1", "36.02.05-G1", "31.74-G1"
NAME = "Bunga Contoh Rahasia"


@pytest.fixture(autouse=True)
def sites(settings, monkeypatch):
    settings.AWAS_NOW = lambda: NOW
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: NOW)
    cache.clear()
    for code in (HERE, NEXT_DOOR, FAR):
        region, parent = code.partition("-")[0], None
        for depth in range(1, region.count(".") + 2):
            name = ".".join(region.split(".")[:depth])
            Region.objects.get_or_create(code=name, defaults={"name": name, "level": depth, "parent_id": parent})
            parent = name
        Site.objects.create(code=code, region_id=region, kind="kpu_warehouse", name=f"Gudang {code}")


@pytest.fixture
def phone():
    """Sends one item of a phone enrolled at `HERE` and returns its answer."""
    person = somebody(Role.WATCHER, HERE)
    _, token = enrol_device(person, label="HP", secret=chance.token(32), now=NOW)

    def send(seq: int, kind: str, **data) -> dict:
        item = {"seq": seq, "occurred_at": NOW, "kind": kind, "data": data}
        answer = Client(headers={"Authorization": f"Bearer {token}"}).post(
            f"/api/v1/sites/{HERE}/entries", json.dumps([item]), content_type="application/json"
        )
        return answer.json()["answers"][0]

    return send


def kept(place: str, purpose: str = "person") -> str:
    """A personal value in the vault; returns its reference."""
    _, row = vault.seal(NAME, purpose, (chance.salt, chance.reference))
    VaultRow.objects.create(ref=row.ref, purpose=purpose, place=place, salt=row.salt, value=row.value, kept_at=NOW)
    return row.ref


def enters(phone, seq: int, person: str, **more) -> dict:
    return phone(
        seq,
        "gate.enter_person@1",
        visit_id=f"{HERE}/v{seq}",
        person=person,
        role="kpu_staff",
        purpose="meeting",
        **more,
    )


def test_somebody_of_the_district_is_known_again(phone):
    assert "index" in enters(phone, 1, f"36.02/{kept(NEXT_DOOR)}")


@pytest.mark.parametrize(
    ("place", "purpose", "prefix"),
    [(FAR, "person", "36.02"), (FAR, "person", "31.74"), (HERE, "note", "36.02"), (HERE, "person", "31.74")],
)
def test_a_reference_of_another_log_or_of_a_note_opens_nothing(phone, place, purpose, prefix):
    answer = enters(phone, 1, f"{prefix}/{kept(place, purpose)}")
    assert answer["refused"] == "unknown_person"
    assert ledger.size_of("awas/36.02") == 0
