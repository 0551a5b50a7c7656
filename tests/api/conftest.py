"""An enrolled phone at a warehouse, and places around it. Everybody is invented."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from awas import chance
from awas.access.devices import enrol_device
from awas.access.policy import Role
from awas.ledger import services as ledger
from awas.places.models import Region, Site
from tests.access.people import NOW, somebody

HERE, NEXT_DOOR, FAR = "36.02-G1", "36.02.05-G1", "31.74-G1"

Answer = dict[str, Any]


@pytest.fixture(autouse=True)
def sites(db, settings, monkeypatch):
    make_sites(settings, monkeypatch)


def make_sites(settings, monkeypatch) -> None:
    """A warehouse in each of the places, at a fixed time."""
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
def token() -> str:
    """The token of a phone enrolled for a watcher at `HERE`."""
    return enrol_device(somebody(Role.WATCHER, HERE), label="HP", secret=chance.token(32), now=NOW)[1]


def item(seq: int, kind: str, **data: Any) -> Answer:
    """One item of a phone's outbox."""
    return {"seq": seq, "occurred_at": NOW, "kind": kind, "data": data}


@pytest.fixture
def phone(token) -> Callable[..., Answer]:
    """Sends one item and returns its answer."""

    def send(seq: int, kind: str, **data: Any) -> Answer:
        answer = Client(headers={"Authorization": f"Bearer {token}"}).post(
            f"/api/v1/sites/{HERE}/entries", json.dumps([item(seq, kind, **data)]), content_type="application/json"
        )
        return answer.json()["answers"][0]

    return send
