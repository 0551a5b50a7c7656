"""Somebody can't come; two want to swap; who came; and a calendar of one's own."""

import re

import pytest

from awas.access import services as access
from awas.access.policy import Role
from awas.ledger.area import DAY, HOUR, MINUTE
from awas.roster.commands import PlanShift
from awas.roster.models import Absence, CalendarFeed, Shift, Swap
from tests.browser.people import DISTRICT, HERE, District
from tests.browser.visitor import said

OFFICE = f"/piket/{DISTRICT}"
SEVEN = 1_707_868_800_000
"""14 February 2024, 07.00 WIB."""


def plans(district: District, begins: int, *people: str) -> Shift:
    """A shift of eight hours."""
    key = district.desk("dewi").key()
    codes = tuple(district.people[who].code for who in people)
    command = PlanShift(shift_id=key, from_at=begins, until_at=begins + 8 * HOUR, people=codes)
    district.records("dewi", lambda desk: command)
    return Shift.objects.get(key=key)


def name(key: str) -> str:
    return key.rpartition("/")[2]


def test_who_can_come_stands_first_and_one_tap_puts_them_there(visits, district: District):
    budi = access.create_person(
        username="budi", display_name="Budi Contoh", home=DISTRICT, password=None, now=district.clock() - DAY
    )
    access.assign_duty(budi, Role.WATCHER, HERE, from_at=district.clock() - DAY)
    district.people["budi"] = budi
    shift = plans(district, SEVEN, "wati")
    plans(district, SEVEN - 8 * HOUR, "bayu")
    client, wati = visits("dewi"), district.people["wati"].code
    address = f"{OFFICE}/pengganti/{HERE}/{name(shift.key)}/"
    page = client.get(address).text
    assert page.index("Budi Contoh") < page.index(said("Can't come")) < page.index("Bayu Contoh")
    assert said("less than 11 hours of rest") in page
    client.post(address, {"gone": wati, "comes": budi.code, "sick": "1"})
    assert Shift.objects.get(key=shift.key).people == [budi.code]
    absence = Absence.objects.get()
    assert (absence.person, absence.reason, absence.from_at) == (wati, "sick", shift.from_at)
    assert client.post(address, {"gone": budi.code, "comes": "p999"}).status_code == 404


def test_a_shift_of_other_hours_is_changed_freely(visits, district: District):
    shift = plans(district, SEVEN + HOUR, "wati")
    page = visits("dewi").get(f"{OFFICE}/pengganti/{HERE}/{name(shift.key)}/")
    assert (page.status_code, said("Choose freely") in page.text) == (200, True)
    assert visits("dewi").get(f"{OFFICE}/pengganti/{HERE}/none/").status_code == 404
    assert visits("wati").get(f"{OFFICE}/pengganti/{HERE}/{name(shift.key)}/").status_code == 404


def fields(page: str) -> dict[str, str]:
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)
    assert nonce
    return {"nonce": nonce[1]}


def test_a_swap_is_asked_by_the_watcher_and_approved_by_the_office(visits, district: District):
    mine, theirs = plans(district, SEVEN, "wati"), plans(district, SEVEN + DAY, "bayu")
    wati, dewi = visits("wati"), visits("dewi")
    ask = f"/gudang/{HERE}/catat/tukar-piket/{name(mine.key)}/"
    asked = {"with_person": district.people["bayu"].code, "other_shift_id": theirs.key}
    assert wati.post(ask, fields(wati.get(ask).text) | asked).status_code == 302
    swap = Swap.objects.get()
    assert Shift.objects.get(key=mine.key).people == [district.people["wati"].code]
    approve = f"/gudang/{HERE}/catat/setujui-tukar/{name(swap.key)}/"
    assert approve in dewi.get(f"{OFFICE}/?bulan=2024-02").text
    assert wati.get(approve).status_code == 403
    assert dewi.post(approve, fields(dewi.get(approve).text)).status_code == 302
    assert Shift.objects.get(key=mine.key).people == [district.people["bayu"].code]
    assert Shift.objects.get(key=theirs.key).people == [district.people["wati"].code]
    assert Swap.objects.get().state == "approved"
    assert approve not in dewi.get(f"{OFFICE}/?bulan=2024-02").text


def test_presence_is_read_from_the_record(visits, district: District):
    shift = plans(district, district.clock() + MINUTE, "wati")
    plans(district, shift.until_at, "bayu")
    district.begins_duty("wati")
    district.clock.moves(20 * HOUR)
    page = visits("dewi").get(f"{OFFICE}/kehadiran/?bulan=2024-02").text
    assert "1/2" in page
    assert "Bayu Contoh" in page
    # One of two came, in time, without proof; nothing was handed over: 25 + 10.
    assert "<strong>35</strong>" in page


@pytest.fixture
def address(visits, district: District) -> str:
    page = visits("wati").post("/piket/kalender/").text
    found = re.search(r"/piket/kalender/([\w-]+)\.ics", page)
    assert found
    return found[0]


def test_a_calendar_holds_ones_own_shifts_and_nobody_elses_name(client, district: District, address):
    own, other = plans(district, SEVEN, "wati", "bayu"), plans(district, SEVEN + DAY, "bayu")
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART:20240214T000000Z" in text
    assert name(own.key) in text
    assert name(other.key) not in text
    for person in ("Wati", "Bayu", district.people["wati"].code):
        assert person not in text


def test_an_address_is_kept_as_a_digest_and_ends_when_revoked(client, visits, address):
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in str(CalendarFeed.objects.values())
    assert client.get(address.replace(token, token[:-1] + ("A" if token[-1] != "A" else "B"))).status_code == 404
    visits("wati").post("/piket/kalender/", {"what": "revoke"})
    assert client.get(address).status_code == 404


def test_a_new_address_ends_the_old_one(client, visits, address):
    visits("wati").post("/piket/kalender/")
    assert client.get(address).status_code == 404
    assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 1
