"""Alerts of others on pages: a line where the site is, a page to hand one in, for those who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from awas.access.policy import NATION, Role
from awas.ledger import services as ledger
from awas.warehouse import models
from awas.warnings.cap.guarded import MOST_BYTES
from awas.warnings.cap.message import Area
from awas.warnings.cap.writing import written
from tests.access.people import somebody
from tests.warehouse.test_weather_taken import LEBAK, SERANG, now, places, rain, take  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

PAGE = "/cuaca/"
HTML = "<script>alert(1)</script>"
BANTEN = Area(description="x", geocodes=(("kemendagri", "36"),))


def client_of(role: Role, area: str) -> Client:
    client = Client()
    client.force_login(somebody(role, area))
    return client


def handed(client: Client, body: bytes):
    return client.post(PAGE, {"file": SimpleUploadedFile("alert.xml", body, "application/xml")})


def test_the_sites_page_and_the_districts_say_it_in_a_line():
    take(rain())
    for role, area, page in (
        (Role.WATCHER, LEBAK, f"/gudang/{LEBAK}/"),
        (Role.DISTRICT_OFFICER, "36.02", "/kabupaten/36.02/"),
        (Role.PARTNER, "36.02", "/kabupaten/36.02/"),
        (Role.DISTRICT_OFFICER, "36.02", PAGE),
    ):
        shown = client_of(role, area).get(page).content.decode()
        assert "<strong>BMKG:</strong> Hujan Lebat s.d. " in shown, page
    assert "Hujan Lebat" not in client_of(Role.DISTRICT_OFFICER, "36.04").get("/kabupaten/36.04/").content.decode()


def test_the_log_tells_it_in_both_languages():
    take(rain())
    watcher = client_of(Role.WATCHER, LEBAK)
    shown = watcher.get(f"/gudang/{LEBAK}/log/").content.decode()
    assert "BMKG memperingatkan Hujan Lebat sampai" in shown
    assert "Peringatan pihak lain" in shown
    take(rain(2, kind="Cancel", references=[rain()], infos=()))
    watcher.cookies["django_language"] = "en"
    english = watcher.get(f"/gudang/{LEBAK}/log/").content.decode()
    assert "no longer holds here: cancelled by its sender" in english


def test_an_office_hands_one_in_for_its_own_sites_and_twice_does_nothing():
    office = client_of(Role.DISTRICT_OFFICER, "36.02")
    answer = handed(office, written(rain(area=BANTEN)))
    assert answer.status_code == 200
    assert "Dicatat di: Gudang Lebak." in answer.content.decode()
    assert [row.place for row in models.WeatherAlert.objects.all()] == [LEBAK]
    (line,) = ledger.lines_of_kinds(LEBAK, "awas/36.02", ["weather.alert_noted@1"])
    assert line.entry.actor.startswith("p"), "a person handed it in, and is named"
    assert "Sudah tercatat." in handed(office, written(rain(area=BANTEN))).content.decode()
    assert (
        "Gudang Serang" in handed(client_of(Role.PROVINCE_OFFICER, "36"), written(rain(area=BANTEN))).content.decode()
    )
    assert (
        "tidak berlaku" in handed(office, written(rain(3, area=Area(description="Lampung")))).content.decode().lower()
    )
    assert "latihan" in handed(office, written(rain(4, status="Test"))).content.decode()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"kata", "bukan XML"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        (written(rain()).replace(b">Actual<", b">Real<"), "status"),
        (b"", "kosong"),
        (b"<a/>" + b" " * MOST_BYTES, "lebih besar"),
    ],
)
def test_what_cant_be_read_is_an_error_on_the_form(body, says):
    answer = handed(client_of(Role.DISTRICT_OFFICER, "36.02"), body)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert client_of(Role.DISTRICT_OFFICER, "36.02").post(PAGE).status_code == 422


def test_who_may_look_and_who_may_hand_in():
    take(rain(area=BANTEN))
    assert Client().get(PAGE).status_code == 302
    assert client_of(Role.WATCHER, LEBAK).get(PAGE).status_code == 403
    partner = client_of(Role.PARTNER, "36.02")
    assert "Serahkan peringatan" not in partner.get(PAGE).content.decode()
    assert handed(partner, written(rain(2))).status_code == 403
    shown = partner.get(PAGE).content.decode()
    assert "Gudang Lebak" in shown
    assert "Gudang Serang" not in shown
    assert f"/gudang/{LEBAK}/" not in shown, "a partner doesn't look into a site"
    nation = client_of(Role.NATIONAL_OFFICER, NATION).get(PAGE).content.decode()
    assert f"/gudang/{SERANG}/" in nation


def test_what_a_sender_writes_is_text():
    info = rain().infos[0]
    fields = {name: getattr(info, name) for name in info.__struct_fields__} | {"event": HTML, "sender_name": HTML}
    take(rain(sender="x@y.example", infos=(type(info)(**fields),)))
    for page in (PAGE, "/kabupaten/36.02/", f"/gudang/{LEBAK}/", f"/gudang/{LEBAK}/log/"):
        shown = client_of(Role.DISTRICT_OFFICER, "36.02").get(page).content.decode()
        assert HTML not in shown
        assert "&lt;script&gt;" in shown
