"""Odd addresses and forms that came late: an answer in words, never a failure, and never another act than was meant."""

import pytest
from django.core.cache import cache
from django.test import Client

from awas.access.policy import Role
from awas.ledger import services as ledger
from awas.places.models import Region, Site
from tests.access.people import NOW, somebody

pytestmark = pytest.mark.django_db

HERE = "36.02-G1"


@pytest.fixture(autouse=True)
def site(settings, monkeypatch):
    """One site, and a clock that stands."""
    settings.AWAS_NOW = lambda: NOW
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: NOW)
    cache.clear()
    Region.objects.create(code="36", name="Provinsi Contoh", level=1)
    Region.objects.create(code="36.02", name="Kabupaten Contoh", level=2, parent_id="36")
    return Site.objects.create(code=HERE, region_id="36.02", kind="kpu_warehouse", name="Gudang Contoh")


def client_of(role: Role, area: str | None = None) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(somebody(role, area))
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/gudang/36.02-G1/log/?on=9999-12-31", 200),
        ("/gudang/36.02-G1/log/?on=0001-01-01", 200),
        ("/gudang/36.02-G1/log/?before=999999999999999", 200),
        ("/gudang/36.02-G1/log/99999999999999999999999/", 404),
        ("/gudang/36.02-G1/tanda-terima/99999999999999999999999/", 404),
        ("/gudang/36.02-G1/ronde/titik/A/é/", 404),
        ("/gudang/36.02-G1/catat/koreksi/abc/", 404),
        ("/gudang/36.02-G1/catat/koreksi/²/", 404),
        ("/gudang/36.02-G1/catat/koreksi/" + "9" * 40 + "/", 404),
        ("/kabupaten/36.02-G1/", 404),
        ("/peringatan/?region=36.02.nowhere", 404),
        ("/log/36.02/tile/0/" + "x999/" * 8 + "999", 404),
    ],
)
def test_an_address_nobody_was_given_is_answered(address, status):
    assert client_of(Role.DISTRICT_OFFICER).get(address).status_code == status


def test_a_correction_of_no_entry_is_refused_and_nothing_is_recorded():
    answer = client_of(Role.WATCHER).post(f"/gudang/{HERE}/catat/koreksi/abc/", {"nonce": "a", "reason": "typing"})
    assert answer.status_code == 404
    assert ledger.size_of("awas/36.02") == 0
