"""The wall and the district's today: what each reader may see of the logs, and clocks that were wrong."""

import pytest
from django.core.cache import cache
from django.test import Client

from awas import chance
from awas.access.policy import Role
from awas.ledger import services as ledger
from awas.ledger.area import HOUR
from awas.ledger.fact import Submission
from awas.places.models import Region, Site
from awas.warehouse.commands import ReportGuards
from awas.warehouse.pages.overview import entries_today, pulse
from tests.access.people import NOW, somebody

pytestmark = pytest.mark.django_db

HERE = "36.02-G1"
LOG = "awas/36.02"
WALL, TODAY = "/provinsi/36/", "/kabupaten/36.02/"


@pytest.fixture(autouse=True)
def clock(settings, monkeypatch):
    """A clock that tests move, in the pages and in the record; one site."""
    hands = {"now": NOW}
    settings.AWAS_NOW = lambda: hands["now"]
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: hands["now"])
    cache.clear()
    Region.objects.create(code="36", name="Provinsi Contoh", level=1)
    Region.objects.create(code="36.02", name="Kabupaten Contoh", level=2, parent_id="36")
    Site.objects.create(code=HERE, region_id="36.02", kind="kpu_warehouse", name="Gudang Contoh")
    return hands


def client_of(role: Role, area: str) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(somebody(role, area))
    return client


def guards_counted(at: int = NOW) -> None:
    ledger.record(
        Submission(
            log=LOG,
            place=HERE,
            actor="p1",
            device="d1",
            occurred_at=at,
            command=ReportGuards(kpu=2),
            nonce=chance.nonce(at),
        )
    )


def test_the_stream_of_the_logs_is_for_those_who_may_read_them():
    guards_counted()
    link = f"/gudang/{HERE}/log/0/"
    assert link in client_of(Role.PROVINCE_OFFICER, "36").get(WALL).content.decode()
    partner = client_of(Role.PARTNER, "36").get(WALL)
    assert partner.status_code == 200
    assert "/log/0/" not in partner.content.decode()


@pytest.mark.parametrize("hours_ahead", [1, 5, 30])
def test_a_clock_set_back_leaves_the_pages_standing(clock, hours_ahead):
    """The server's clock ran ahead and was set right: `recorded_at` stays ahead until time has caught up."""
    clock["now"] = NOW + hours_ahead * HOUR + 1
    guards_counted(clock["now"])
    clock["now"] = NOW
    officer = client_of(Role.PROVINCE_OFFICER, "36")
    assert officer.get(WALL).status_code == 200
    assert officer.get(TODAY).status_code == 200
    assert pulse(LOG, NOW)[HERE][-1] == 1


def test_today_begins_at_the_midnight_of_the_place(clock):
    """22:30 at Jakarta is half past midnight at Jayapura: another day there."""
    half_past_midnight_wit = 1_707_838_200_000
    clock["now"] = half_past_midnight_wit - HOUR
    guards_counted(clock["now"])
    assert entries_today([LOG], half_past_midnight_wit, "Asia/Jakarta") == ledger.size_of(LOG)
    assert entries_today([LOG], half_past_midnight_wit, "Asia/Jayapura") == 0
