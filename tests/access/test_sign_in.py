"""Signing in against those who shouldn't: redirects, fixed sessions, guessing, leaks into logs, cookies."""

import logging

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from awas.access.devices import SESSION_KEY
from awas.access.models import Device, Person
from awas.access.policy import Role
from tests.access.people import PASSWORD, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.doors"), pytest.mark.usefixtures("bare_shell")]

LOGIN = "/akun/login/"


@pytest.fixture
def watcher() -> Person:
    return somebody(Role.WATCHER, password=PASSWORD, username="petugas1")


def sign_in(client: Client, password: str = PASSWORD, username: str = "petugas1", **more):
    return client.post(LOGIN, {"login": username, "password": password, **more}, **{"REMOTE_ADDR": "10.0.0.1"})


def test_a_good_password_opens_the_door(watcher):
    client = Client()
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/site/36.02-G1/").status_code == 200
    assert Device.objects.get(person=watcher).code == client.session[SESSION_KEY]


def test_letter_case_of_the_user_name_doesnt_matter(watcher):
    assert sign_in(Client(), username="Petugas1").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "https://jahat.example/",
        "//jahat.example/",
        "///jahat.example",
        "/\\jahat.example",
        "javascript:alert(1)",
        "http:jahat.example",
        "\thttps://jahat.example",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(watcher, target):
    for url, data in ((f"{LOGIN}?next={target}", {}), (LOGIN, {"next": target})):
        answer = Client().post(url, {"login": "petugas1", "password": PASSWORD, **data})
        assert answer.status_code == 302
        assert answer.url == "/"


def test_one_comes_back_to_where_one_was_going(watcher):
    answer = Client().post(f"{LOGIN}?next=/site/36.02-G1/", {"login": "petugas1", "password": PASSWORD})
    assert answer.url == "/site/36.02-G1/"


def test_a_planted_session_isnt_the_one_that_gets_signed_in(watcher):
    attacker = Client()
    attacker.get(LOGIN)
    session = attacker.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    victim = Client()
    victim.cookies["sessionid"] = planted
    sign_in(victim)
    assert victim.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/site/36.02-G1/").status_code == 302


def test_signing_out_ends_the_session_and_its_device(watcher):
    client = Client()
    sign_in(client)
    stolen, code = client.session.session_key, client.session[SESSION_KEY]
    assert client.get("/akun/logout/").status_code == 200
    assert client.get("/site/36.02-G1/").status_code == 200
    client.post("/akun/logout/")
    assert Device.objects.get(pk=int(code[1:])).revoked_at is not None
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/site/36.02-G1/").status_code == 302


def test_guessing_ends_after_a_few_tries_even_with_the_right_one(watcher):
    client = Client()
    for _ in range(5):
        assert sign_in(client, "salah-salah-salah").status_code == 200
    answer = sign_in(client)
    assert answer.status_code != 302
    assert client.get("/site/36.02-G1/").status_code == 302


def test_a_known_name_answers_like_an_unknown_one(watcher):
    known, unknown = sign_in(Client(), "salah"), sign_in(Client(), "salah", username="siapa-ini")
    assert known.status_code == unknown.status_code == 200
    assert str(known.context["form"].errors) == str(unknown.context["form"].errors)


def test_a_closed_account_cant_sign_in(watcher):
    Person.objects.filter(pk=watcher.pk).update(is_active=False)
    client = Client()
    sign_in(client)
    assert client.get("/site/36.02-G1/").status_code == 302


def test_passwords_stay_out_of_the_logs(watcher, caplog):
    secret = "rahasia-sekali-9f31"
    with caplog.at_level(logging.DEBUG):
        sign_in(Client(), secret)
        sign_in(Client())
        for _ in range(7):
            sign_in(Client(), secret)
    assert secret not in caplog.text
    assert PASSWORD not in caplog.text


def test_nobody_signs_up(watcher):
    before = Person.objects.count()
    answer = Client().post("/akun/signup/", {"username": "tamu", "password1": PASSWORD, "email": "tamu@example.org"})
    assert answer.status_code == 200
    assert Person.objects.count() == before


@pytest.mark.parametrize("https", [False, True])
def test_cookies_are_shut(watcher, settings, https):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = https
    client = Client()
    client.get(LOGIN)
    answer = sign_in(client)
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert bool(cookie["secure"]) is https


def test_sign_in_needs_its_csrf_token(watcher):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_choosing_a_password_ends_the_duty_to_and_other_sessions():
    person = somebody(Role.WATCHER, password=PASSWORD, must_change_password=True)
    here, there = Client(), Client()
    here.force_login(person)
    there.force_login(person)
    fresh = "malam-panjang-di-gudang"
    answer = here.post("/akun/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert answer.status_code == 302
    assert here.get("/site/36.02-G1/").status_code == 200
    assert there.get("/site/36.02-G1/").status_code == 302
    assert person.changes.first().what == "password_chosen"


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_second_factor_stands_between_password_and_session(watcher):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    kept = get_adapter().encrypt(secret)
    assert secret not in kept
    Authenticator.objects.create(user=watcher, type=Authenticator.Type.TOTP, data={"secret": kept})
    client = Client()
    answer = sign_in(client)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/site/36.02-G1/").status_code == 302
    assert SESSION_KEY not in client.session
    assert client.post(answer.url, {"code": "000000"}).status_code == 200
    assert client.get("/site/36.02-G1/").status_code == 302
    cache.clear()  # the wrong code's own limit
    assert client.post(answer.url, {"code": totp_code(secret)}).status_code == 302
    assert client.get("/site/36.02-G1/").status_code == 200


@pytest.mark.parametrize(("proxies", "limited"), [(0, True), (1, False)])
def test_a_proxys_word_on_the_address_counts_only_where_one_stands(watcher, settings, proxies, limited):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number in range(10):
        address = {"X-Forwarded-For": f"10.1.0.{number}"}
        Client().post(LOGIN, {"login": f"nama{number}", "password": "salah"}, headers=address)
    answer = Client().post(LOGIN, {"login": "petugas1", "password": PASSWORD}, headers={"X-Forwarded-For": "10.9.9.9"})
    assert (answer.status_code != 302) is limited
