"""Odd addresses and forms that came late: an answer in words, never a failure, and never another act than was meant."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from awas.access.policy import Role
from awas.ledger import services as ledger
from awas.places.models import Region, Site
from awas.warehouse.acts import ACTS
from awas.warehouse.forms.lines import COUNTED, MOST_ROWS
from awas.warehouse.models import Consignment
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
        ("/gudang/36.02-G1%00/", 400),
        ("/gudang/36.02-G1/log/?kind=%00", 400),
    ],
)
def test_an_address_nobody_was_given_is_answered(address, status):
    assert client_of(Role.DISTRICT_OFFICER).get(address).status_code == status


def test_a_correction_of_no_entry_is_refused_and_nothing_is_recorded():
    answer = client_of(Role.WATCHER).post(f"/gudang/{HERE}/catat/koreksi/abc/", {"nonce": "a", "reason": "typing"})
    assert answer.status_code == 404
    assert ledger.size_of("awas/36.02") == 0


def sent(client: Client, slug: str, nonce: str, subject: str = "", **values):
    """Sends the form of an act."""
    address = f"/gudang/{HERE}/catat/{slug}/" + (f"{subject}/" if subject else "")
    return client.post(address, {"nonce": nonce, **values})


def kinds() -> list[str]:
    """What people recorded, oldest first."""
    lines = ledger.lines_at(HERE, "awas/36.02")
    return [line.entry.kind for line in reversed(lines) if line.entry.device != "judge"]


def test_a_second_tap_gets_the_receipt_though_what_it_named_can_no_longer_be_chosen():
    """Counted in, a consignment is done: the same form sent again must not look as if it had failed."""
    officer = client_of(Role.DISTRICT_OFFICER)
    lines = {"lines-0-item": "box", "lines-0-units": "10"}
    announced = sent(officer, "umumkan-kiriman", "a1", direction="in", expected_until_at="2024-02-14T10:00", **lines)
    assert announced.status_code == 302
    key = Consignment.objects.get().key
    counted = {"consignment_id": key, "difference_reason": "none", "final": "on", **lines}
    first = sent(officer, "barang-masuk", "b1", **counted)
    again = sent(officer, "barang-masuk", "b1", **counted)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert kinds().count("goods.received@1") == 1
    other = sent(officer, "barang-masuk", "b1", **counted | {"lines-0-units": "11"})
    assert other.status_code == 422


def form_of(client: Client) -> tuple[str, str]:
    """Where the form on the page of the hand-over is sent, and its number."""
    page = client.get(f"/gudang/{HERE}/serah-terima/").content.decode()
    form = re.search(r'<form class="form" method="post" action="([^"]+)".*?name="nonce" value="([^"]+)"', page, re.S)
    return form[1], form[2]


def test_a_form_of_the_watch_that_came_late_does_nothing_else_than_it_said():
    """Two tabs to begin duty: the second must not offer the watch that the first has just begun."""
    watcher = client_of(Role.WATCHER)
    (address, one), (_, two) = form_of(watcher), form_of(watcher)
    assert watcher.post(address, {"nonce": one}).status_code == 302
    assert watcher.post(address, {"nonce": two}).status_code == 422
    assert kinds() == ["roster.duty_started@1"]


def test_of_two_who_take_over_one_offer_the_second_is_told_and_takes_up_nothing():
    giver, taker, other = (client_of(Role.WATCHER) for _ in range(3))
    for _ in range(2):  # begins duty, then offers the watch
        address, nonce = form_of(giver)
        assert giver.post(address, {"nonce": nonce}).status_code == 302
    forms = {client: form_of(client) for client in (taker, other)}
    answers = [client.post(address, {"nonce": nonce}).status_code for client, (address, nonce) in forms.items()]
    assert answers == [302, 422]
    assert kinds().count("roster.handover_accepted@1") == 1
    assert kinds().count("roster.duty_started@1") == 2


def test_an_address_never_brings_the_number_of_its_form():
    page = client_of(Role.WATCHER).get(f"/gudang/{HERE}/catat/penjaga/?nonce=chosen-by-a-stranger&kpu=3")
    assert "chosen-by-a-stranger" not in page.context["form"]["nonce"].as_widget()
    assert page.context["form"]["kpu"].value() == "3"


@pytest.mark.parametrize(
    ("role", "megabytes", "status"), [(None, 3, 413), (Role.WATCHER, 3, 404), (Role.WATCHER, 99, 413)]
)
def test_a_body_that_would_only_fill_the_disk_is_not_read(role, megabytes, status):
    """Only its length is claimed here: were it read, the test would wait for bytes that never come."""
    client = client_of(role) if role else Client()
    answer = client.generic("POST", "/gudang/36.02-G9/catat/ronde/", CONTENT_LENGTH=str(megabytes << 20))
    assert answer.status_code == status


def test_the_longest_count_of_goods_can_be_sent():
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert most >= MOST_ROWS * len(COUNTED) + 2 * len(ACTS["barang-keluar"].asks)


def test_somebody_denied_leaves_no_stack_trace(caplog):
    assert client_of(Role.ADMINISTRATOR).get(f"/gudang/{HERE}/").status_code == 403
    assert not any(record.exc_info for record in caplog.records)


def test_a_search_looks_at_a_bounded_part_of_the_log_and_can_go_on(monkeypatch):
    watcher = client_of(Role.WATCHER)
    for number in range(4):
        sent(watcher, "segel-periksa", f"s{number}", number=f"K{number}", result="intact", sealed_object="door")
    monkeypatch.setattr(ledger, "LOOKED_AT", 2)
    address = f"/gudang/{HERE}/log/?q=K1"
    looked = 0
    while address:
        page = watcher.get(address)
        assert page.status_code == 200
        assert not page.context["live"]
        found = [entry for day in page.context["days"] for entry in day["entries"]]
        looked, address = looked + 1, page.context["older_url"]
        if found:
            break
    assert len(found) == 1
    assert looked > 1
    everything = watcher.get(f"/gudang/{HERE}/log/").context["days"]
    assert sum(len(day["entries"]) for day in everything) >= 4
