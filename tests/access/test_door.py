"""Nothing passes the door undeclared, and nobody beyond their areas learns what is there."""

import re

import pytest
from django.test import Client

from awas.access import services
from awas.access.devices import SESSION_KEY, enrol_device, revoke_device
from awas.access.middleware import UndeclaredView
from awas.access.models import Device, Duty, Person
from awas.access.policy import NATION, Role
from tests.access.people import DAY, NOW, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.doors"), pytest.mark.usefixtures("bare_shell")]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("role", "url", "status"),
    [
        (Role.WATCHER, "/site/36.02-G1/", 200),
        (Role.WATCHER, "/site/36.02-G2/", 404),
        (Role.WATCHER, "/site/36.02-G11/", 404),
        (Role.WATCHER, "/thing/1/", 200),
        (Role.WATCHER, "/thing/2/", 404),
        (Role.WATCHER, "/thing/3/", 404),
        (Role.WATCHER, "/rules/", 200),
        (Role.WATCHER, "/mine/", 200),
        (Role.WATCHER, "/site/36.02-G1/accounts/", 403),
        (Role.WATCHER, "/site/36.03-G1/accounts/", 404),
        (Role.WATCHER, "/site/36.02-G1/later/", 404),
        (Role.NATIONAL_OFFICER, "/site/36.03-G1/later/", 200),
        (Role.DISTRICT_OFFICER, "/site/36.02-G9/", 200),
        (Role.PARTNER, "/site/36.02-G1/", 403),
        (Role.ADMINISTRATOR, "/site/36.02-G1/", 403),
        (Role.ADMINISTRATOR, "/site/36.02-G1/accounts/", 200),
        (None, "/site/36.02-G1/", 404),
        (None, "/rules/", 403),
        (None, "/mine/", 200),
        (None, "/", 200),
    ],
)
def test_who_comes_through(role, url, status):
    answer = signed_in(somebody(role)).get(url)
    assert answer.status_code == status
    assert b"secret" not in answer.content


@pytest.mark.parametrize("person", [None, Role.NATIONAL_OFFICER])
@pytest.mark.parametrize("url", ["/silent/"])
def test_a_silent_view_is_open_to_nobody(person, url):
    client = Client() if person is None else signed_in(somebody(person))
    with pytest.raises(UndeclaredView):
        client.get(url)


def test_the_anonymous_are_asked_to_sign_in_and_come_back():
    answer = Client().get("/site/36.02-G1/?x=1")
    assert (answer.status_code, answer.url) == (302, "/akun/login/?next=/site/36.02-G1/%3Fx%3D1")


def test_after_a_lost_form_one_starts_at_the_front():
    answer = Client().post("/site/36.02-G1/record/", {"name": "x"})
    assert (answer.status_code, answer.url) == (302, "/akun/login/")


def test_programs_get_a_status_and_no_page():
    answer = Client().get("/site/36.02-G1/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"error": "access.sign_in_required"})
    answer = Client().get("/site/36.02-G1/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/akun/login/")
    client = signed_in(somebody(Role.PARTNER))
    for url, status in (("/site/36.02-G1/", 403), ("/site/36.03-G1/", 404)):
        assert client.get(url, headers={"Accept": "application/json"}).status_code == status


def test_404_tells_the_same_of_what_is_there_and_what_isnt():
    client = signed_in(somebody(Role.WATCHER))
    there, nowhere = client.get("/thing/2/"), client.get("/thing/3/")
    assert there.status_code == nowhere.status_code == 404
    changing = re.compile(r'value="\w{64}"|/thing/[23]/')  # the form's token, and the address itself
    assert changing.sub("", there.text) == changing.sub("", nowhere.text)


def test_an_ended_duty_closes_the_door_at_the_next_request():
    person = somebody(Role.WATCHER)
    client = signed_in(person)
    assert client.get("/site/36.02-G1/").status_code == 200
    services.end_duty(Duty.objects.get(person=person), at=NOW)
    assert client.get("/site/36.02-G1/").status_code == 404


def test_a_closed_account_is_signed_out():
    person = somebody(Role.WATCHER)
    client = signed_in(person)
    services.update_person(person, display_name="C", email="", phone="", language="id", is_active=False, now=NOW)
    assert client.get("/site/36.02-G1/").status_code == 302


def test_a_revoked_session_device_is_signed_out_everywhere():
    person = somebody(Role.WATCHER)
    client = signed_in(person)
    code = client.session[SESSION_KEY]
    assert client.get("/mine/").content.decode() == code
    revoke_device(Device.objects.get(pk=int(code[1:])), now=NOW)
    assert client.get("/site/36.02-G1/").status_code == 302
    assert client.get("/").content == b"front of None"
    client.force_login(person)
    assert client.session[SESSION_KEY] != code
    assert client.get("/site/36.02-G1/").status_code == 200


def test_signing_in_again_in_the_same_browser_keeps_the_device():
    person = somebody(Role.WATCHER)
    client = signed_in(person)
    code = client.session[SESSION_KEY]
    client.force_login(person)
    assert client.session[SESSION_KEY] == code
    other = somebody(Role.WATCHER)
    client.force_login(other)
    assert client.session[SESSION_KEY] != code


def test_a_signed_in_page_costs_one_query_at_most(django_assert_max_num_queries):
    client = signed_in(somebody(Role.WATCHER))
    client.get("/site/36.02-G1/")
    with django_assert_max_num_queries(0):
        assert client.get("/site/36.02-G1/").status_code == 200


def test_a_device_is_seen_now_and_then(settings):
    client = signed_in(somebody(Role.WATCHER))
    device = Device.objects.get(pk=int(client.session[SESSION_KEY][1:]))
    client.get("/site/36.02-G1/")
    device.refresh_from_db()
    assert device.last_seen_at == NOW
    settings.AWAS_NOW = lambda: NOW + DAY
    client.get("/site/36.02-G1/")
    device.refresh_from_db()
    assert device.last_seen_at == NOW + DAY


# ---------------------------------------------------------------- first things first


def test_a_given_password_is_changed_first():
    client = signed_in(somebody(Role.WATCHER, must_change_password=True))
    answer = client.get("/site/36.02-G1/")
    assert (answer.status_code, answer.url) == (302, "/akun/password/change/")
    assert client.get("/site/36.02-G1/", headers={"Accept": "application/json"}).status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        (Role.PROVINCE_OFFICER, True),
        (Role.NATIONAL_OFFICER, True),
        (Role.ADMINISTRATOR, True),
        (Role.DISTRICT_OFFICER, False),
        (Role.WATCHER, False),
    ],
)
def test_far_reaching_roles_need_a_second_factor_where_it_is_required(settings, role, asked):
    person = somebody(role)
    settings.AWAS_REQUIRE_MFA = True
    answer = signed_in(person).get("/rules/")
    if asked:
        assert (answer.status_code, answer.url) == (302, "/akun/2fa/totp/activate/")
        person.authenticator_set.create(type="totp", data={"secret": "x"})
        answer = signed_in(person).get("/rules/")
    assert answer.status_code == 200


# ---------------------------------------------------------------- tokens

SECRET = "s" * 43


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_records_in_its_persons_name():
    person = somebody(Role.WATCHER)
    device, token = enrol_device(person, label="HP pos 1", secret=SECRET, now=NOW)
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/site/36.02-G1/record/", headers=bearer(token))
    assert answer.json() == {"device": device.code, "person": person.code}
    assert client.post("/site/36.03-G1/record/", headers=bearer(token)).status_code == 404


@pytest.mark.parametrize(
    "header",
    [
        "Bearer ",
        "Bearer x",
        "Bearer awas_{code}_",
        "Bearer awas_{code}_wrong",
        "Bearer awas_d999999_{secret}",
        "Bearer awas_d{big}_{secret}",
        "Bearer awas__{secret}",
        "Bearer lain_{code}_{secret}",
        "Bearer awas_{session}_{secret}",
        "Bearer awas_{code}_{secret}x",
        "Bearer awas_{code}_é",
    ],
)
def test_anything_but_a_good_token_is_refused_even_with_a_good_session(header):
    person = somebody(Role.WATCHER)
    device, _ = enrol_device(person, label="HP", secret=SECRET, now=NOW)
    client = signed_in(person)
    text = header.format(code=device.code, secret=SECRET, session=client.session[SESSION_KEY], big="9" * 40)
    answer = client.get("/site/36.02-G1/", headers={"Authorization": text})
    assert (answer.status_code, answer.json()) == (401, {"error": "access.token_unknown"})


def test_a_token_opens_no_account_page_and_no_vault():
    person = somebody(Role.DISTRICT_OFFICER)
    services.assign_duty(person, Role.ADMINISTRATOR, "36.02", from_at=NOW - 1)
    _, token = enrol_device(person, label="HP", secret=SECRET, now=NOW)
    for url in ("/mine/", "/site/36.02-G1/accounts/", "/akun/password/change/", "/akun/2fa/"):
        assert Client().get(url, headers=bearer(token)).status_code == 403
    with_names = Client().get("/site/36.02-G1/later/", headers=bearer(token))
    assert with_names.status_code == 403


def test_a_revoked_token_and_a_closed_account_end_at_once():
    person = somebody(Role.WATCHER)
    device, token = enrol_device(person, label="HP", secret=SECRET, now=NOW)
    _, second = enrol_device(person, label="HP 2", secret=SECRET, now=NOW)
    assert Client().get("/site/36.02-G1/", headers=bearer(token)).status_code == 200
    revoke_device(device, now=NOW)
    assert Client().get("/site/36.02-G1/", headers=bearer(token)).status_code == 401
    assert Client().get("/site/36.02-G1/", headers=bearer(second)).status_code == 200
    services.update_person(person, display_name="C", email="", phone="", language="id", is_active=False, now=NOW)
    assert Client().get("/site/36.02-G1/", headers=bearer(second)).status_code == 401


def test_a_session_needs_its_csrf_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody(Role.WATCHER))
    assert client.post("/site/36.02-G1/record/").status_code == 403


def test_the_nation_covers_every_place():
    assert signed_in(somebody(Role.NATIONAL_OFFICER, NATION)).get("/site/11.01-G1/").status_code == 200
