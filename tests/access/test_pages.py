"""The pages of accounts, duties and devices, as an administrator and as anyone uses them."""

import pytest
from django.test import Client
from django.urls import reverse

from awas.access.devices import SESSION_KEY, authenticate_device, enrol_device
from awas.access.models import Device, Duty, Person
from awas.access.policy import Role
from tests.access.people import DAY, NOW, somebody

pytestmark = pytest.mark.django_db
HTML = "<script>alert(1)</script>' OR 1=1 --"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def admin() -> Person:
    return somebody(Role.ADMINISTRATOR)


def test_an_administrator_makes_an_account_and_its_password_is_shown_once(admin):
    client = client_of(admin)
    asked = {"username": "Petugas9", "display_name": "Petugas Contoh", "home": "36.02", "language": "id"}
    answer = client.post(reverse("access:new-person"), asked)
    made = Person.objects.get(username="petugas9")
    password = answer.context["password"]
    assert made.check_password(password)
    assert made.must_change_password
    assert password in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert password not in client.get(reverse("access:person", args=[made.code])).text


@pytest.mark.parametrize(
    ("change", "status"), [({"home": "36.03"}, 404), ({"home": "rumah"}, 400), ({"username": "orang ini"}, 400)]
)
def test_what_makes_no_account(admin, change, status):
    asked = {"username": "baru", "display_name": "Baru", "home": "36.02", "language": "id"} | change
    assert client_of(admin).post(reverse("access:new-person"), asked).status_code == status
    assert not Person.objects.filter(username="baru").exists()


def test_a_taken_name_is_said_in_words(admin):
    somebody(username="sudah-ada")
    asked = {"username": "SUDAH-ADA", "display_name": "B", "home": "36.02", "language": "id"}
    answer = client_of(admin).post(reverse("access:new-person"), asked)
    assert answer.status_code == 400
    assert answer.context["form"].errors


def test_duties_are_given_in_whole_days_of_the_place(admin):
    person = somebody()
    url = reverse("access:assign", args=[person.code])
    asked = {"role": "watcher", "area": "36.02-G1", "from_on": "2024-02-13", "until_on": "2024-02-14"}
    assert client_of(admin).post(url, asked).status_code == 302
    duty = Duty.objects.get(person=person)
    midnight_in_jakarta = 1_707_757_200_000
    assert (duty.from_at, duty.until_at) == (midnight_in_jakarta, midnight_in_jakarta + 2 * DAY)
    assert duty.assigned_by == admin.code


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"role": "watcher", "area": "36.02"}, 400),
        ({"role": "province_officer", "area": "36"}, 403),
        ({"role": "watcher", "area": "36.03-G1"}, 403),
        ({"role": "raja", "area": "36.02-G1"}, 400),
        ({"role": "watcher", "area": "36.02-G1", "from_on": "2024-02-14", "until_on": "2024-02-13"}, 400),
        ({"role": "watcher", "area": HTML[:24]}, 400),
        ({}, 400),
    ],
)
def test_what_gives_no_duty(admin, asked, status):
    person = somebody()
    assert client_of(admin).post(reverse("access:assign", args=[person.code]), asked).status_code == status
    assert not Duty.objects.filter(person=person).exists()


def test_nobody_gives_themselves_a_duty(admin):
    answer = client_of(admin).post(
        reverse("access:assign", args=[admin.code]), {"role": "district_officer", "area": "36.02"}
    )
    assert answer.status_code == 400
    assert Duty.objects.filter(person=admin).count() == 1


def test_a_duty_of_somebody_else_isnt_ended_through_ones_own_address(admin):
    person, stranger = somebody(Role.WATCHER), somebody(Role.WATCHER, "36.03-G1", home="36.03")
    theirs = Duty.objects.get(person=stranger)
    client = client_of(admin)
    assert client.post(reverse("access:end-duty", args=[person.code, theirs.pk])).status_code == 404
    assert client.post(reverse("access:end-duty", args=[person.code, 2**70])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.until_at is None
    mine = Duty.objects.get(person=person)
    assert client.post(reverse("access:end-duty", args=[person.code, mine.pk])).status_code == 302
    mine.refresh_from_db()
    assert (mine.until_at, mine.ended_by) == (NOW, admin.code)


def test_an_account_that_reaches_further_is_shown_but_not_changed(admin):
    province = somebody(Role.PROVINCE_OFFICER, home="36.02")
    client = client_of(admin)
    page = client.get(reverse("access:person", args=[province.code]))
    assert page.status_code == 200
    assert not page.context["may_manage"]
    assert client.post(reverse("access:reset-password", args=[province.code])).status_code == 403
    assert client.post(reverse("access:enrol", args=[province.code]), {"label": "x"}).status_code == 403


def test_what_people_type_is_shown_as_text(admin):
    person = somebody()
    particulars = {"display_name": HTML, "email": "", "phone": HTML[:24], "language": "id", "is_active": "on"}
    client = client_of(admin)
    assert client.post(reverse("access:person", args=[person.code]), particulars).status_code == 302
    for url in (reverse("access:person", args=[person.code]), reverse("access:people")):
        text = client.get(url).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


def test_the_list_shows_only_the_accounts_one_keeps(admin):
    mine, theirs = somebody(), somebody(home="36.03")
    page = client_of(admin).get(reverse("access:people"), {"q": "contoh"})
    assert mine.display_name in page.text
    assert theirs.display_name not in page.text


def test_a_token_is_shown_once_works_and_is_revoked(admin):
    person = somebody(Role.WATCHER)
    client = client_of(admin)
    answer = client.post(reverse("access:enrol", args=[person.code]), {"label": "HP pos 1"})
    token = answer.context["token"]
    assert authenticate_device(f"Bearer {token}").person == person
    device = Device.objects.get(person=person)
    assert bytes(device.token_digest).hex() not in answer.text
    assert token.split("_")[2].encode() not in bytes(device.token_digest)
    assert client.post(reverse("access:revoke", args=[person.code, device.code])).status_code == 302
    assert authenticate_device(f"Bearer {token}") is None


def test_ones_own_page_and_signing_out_elsewhere():
    person = somebody(Role.WATCHER)
    here, there = client_of(person), client_of(person)
    page = here.get(reverse("access:me"))
    assert "36.02-G1" in page.text
    other = there.session[SESSION_KEY]
    assert here.post(reverse("access:revoke-mine", args=[other])).status_code == 302
    assert there.get(reverse("access:me")).status_code == 302
    assert here.get(reverse("access:me")).status_code == 200


def test_nobody_revokes_somebody_elses_device():
    victim = somebody(Role.WATCHER)
    device, token = enrol_device(victim, label="HP", secret="s" * 43, now=NOW)
    assert client_of(somebody(Role.WATCHER)).post(reverse("access:revoke-mine", args=[device.code])).status_code == 404
    assert authenticate_device(f"Bearer {token}") is not None


def test_a_secret_must_be_long():
    with pytest.raises(ValueError, match="secret"):
        enrol_device(somebody(), label="HP", secret="short", now=NOW)
