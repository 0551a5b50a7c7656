"""Web push against a push service on loopback that checks who sends and opens what was sent, with others' code."""

import base64
import json
import stat
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from awas.access.devices import open_session_device, revoke_device
from awas.access.models import Device
from awas.access.policy import Role
from awas.delivery import own, services, vapid
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import MessageState, OutboxMessage, PushSubscription
from awas.delivery.outbox import deliver_due, drafted
from awas.delivery.webpush import Browser, browser_of, encrypted, send_push
from awas.ledger.area import Refused
from tests.access.people import NOW, somebody
from tests.delivery.steps import fired


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Phone:
    """A browser: its keys, and what it reads of a push message."""

    def __init__(self) -> None:
        self.key = generate_private_key(SECP256R1())
        self.secret = b"0123456789abcdef"

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def reads(self, body: bytes) -> dict:
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return json.loads(plain)


class PushService:
    """Takes messages as RFC 8030 has it; answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 201
        service = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.got.append((self.path, dict(self.headers), body))
                self.send_response(service.status)
                self.end_headers()

            def log_message(self, *args) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def service(settings, tmp_path):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = True
    settings.KEYS_ROOT = tmp_path / "keys"
    made = PushService()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def phone():
    return Phone()


def let_in(person, service, phone, name="a", device=None):
    return own.let_browser_in(
        person,
        endpoint=f"{service.origin}/{name}",
        p256dh=b64(phone.public),
        auth=b64(phone.secret),
        device=device,
        label="Mozilla/5.0 (Linux; Android 14) Chrome/130",
        now=NOW,
    )


def message(person) -> OutboxMessage:
    made = drafted(
        channel=Channel.PUSH, address=person.code, dedupe_key="k", now=NOW, subject="[AWAS] Contoh", level="awas"
    )
    made.save()
    return made


def test_the_example_of_rfc_8291():
    ours = derive_private_key(int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), SECP256R1())
    browser = Browser(
        "https://push.example/",
        raw("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        raw("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    body = encrypted(
        browser,
        b"When I grow up, I want to be a watermelon",
        draw=lambda: raw("DGv6ra1nlYgDCS1FRnbzlw"),
        own=ours,
    )
    assert b64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
        "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.django_db
def test_a_phone_reads_what_was_sent_and_knows_who_sent_it(service, phone):
    person = somebody(Role.WATCHER)
    let_in(person, service, phone)
    sent = message(person)
    now = time.time_ns() // 1_000_000
    send_push(sent, now)
    ((path, headers, body),) = service.got
    assert path == "/a"
    assert phone.reads(body) == {
        "title": "[AWAS] Contoh",
        "level": "awas",
        "link": f"https://awas.example/pesan/buka/{sent.message_id}/",
        "tag": sent.message_id,
    }
    assert (headers["Urgency"], headers["Content-Encoding"]) == ("high", "aes128gcm")
    assert headers["TTL"] == str(12 * 3600)
    token, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
    assert key == vapid.public_key()
    assert Vapid02.verify(headers["Authorization"].replace(", ", ","))
    claims = json.loads(raw(token.split(".")[1]))
    assert claims["aud"] == service.origin
    assert now // 1000 < claims["exp"] <= now // 1000 + 24 * 3600
    assert claims["sub"] == "https://awas.example"
    kept = PushSubscription.objects.get()
    assert (kept.delivered_at, kept.failure_count) == (now, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_forgotten(service, phone, status):
    person = somebody(Role.WATCHER)
    let_in(person, service, phone)
    service.status = status
    with pytest.raises(DeliveryFailed) as failed:
        send_push(message(person), NOW)
    assert failed.value.permanent
    assert not PushSubscription.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "permanent"), [(500, False), (429, False), (403, True), (301, True)])
def test_other_answers_are_tried_again_or_not(service, phone, status, permanent):
    person = somebody(Role.WATCHER)
    let_in(person, service, phone)
    service.status = status
    with pytest.raises(DeliveryFailed) as failed:
        send_push(message(person), NOW)
    assert (failed.value.permanent, failed.value.reason) == (permanent, f"push.status_{status}")
    assert PushSubscription.objects.get().failure_count == 1


@pytest.mark.django_db
def test_one_of_two_phones_is_enough(service, phone):
    person = somebody(Role.WATCHER)
    let_in(person, service, phone)
    own.let_browser_in(
        person,
        endpoint="http://127.0.0.1:1/dead",
        p256dh=b64(phone.public),
        auth=b64(phone.secret),
        device=None,
        label="",
        now=NOW,
    )
    send_push(message(person), NOW)
    assert sorted(PushSubscription.objects.values_list("failure_count", flat=True)) == [0, 1]


@pytest.mark.django_db
def test_a_private_endpoint_is_never_asked(service, phone, settings):
    person = somebody(Role.WATCHER)
    let_in(person, service, phone)
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = False
    with pytest.raises(DeliveryFailed) as failed:
        send_push(message(person), NOW)
    assert failed.value.reason == "push.without_tls"
    assert service.got == []


@pytest.mark.django_db
def test_a_shared_phone_tells_only_who_let_it_in_last(service, phone):
    first, second = somebody(Role.WATCHER), somebody(Role.WATCHER)
    let_in(first, service, phone)
    let_in(second, service, phone)
    assert PushSubscription.objects.get().person == second
    with pytest.raises(DeliveryFailed) as failed:
        send_push(message(first), NOW)
    assert failed.value.reason == "push.no_phone"


@pytest.mark.django_db
def test_a_session_that_was_ended_is_told_no_more(service, phone):
    person = somebody(Role.WATCHER)
    code = open_session_device(person, None, label="x", now=NOW)
    let_in(person, service, phone, device=code)
    revoke_device(Device.objects.get(), now=NOW)
    with pytest.raises(DeliveryFailed):
        send_push(message(person), NOW)
    assert service.got == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "bad",
    [
        {"endpoint": "ftp://x/"},
        {"endpoint": "https://x y/"},
        {"p256dh": "AAAA"},
        {"p256dh": "!"},
        {"auth": "AAAA"},
        {"auth": ""},
    ],
)
def test_what_is_no_browser_is_refused(service, phone, bad):
    good = {"endpoint": f"{service.origin}/a", "p256dh": b64(phone.public), "auth": b64(phone.secret)}
    with pytest.raises(Refused):
        own.let_browser_in(somebody(Role.WATCHER), **(good | bad), device=None, label="", now=NOW)


@pytest.mark.django_db
def test_the_endpoint_is_nowhere_in_the_clear(service, phone):
    kept = let_in(somebody(Role.WATCHER), service, phone)
    assert service.origin not in kept.sealed
    assert kept.label == "Chrome, Android"


def test_the_key_is_made_once_and_is_its_owners_alone(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    first = vapid.public_key()
    file = Path(settings.KEYS_ROOT) / vapid.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    vapid._key.cache_clear()
    assert vapid.public_key() == first
    vapid._key.cache_clear()
    file.chmod(0o644)
    with pytest.raises(DeliveryFailed):
        vapid.public_key()


def test_browsers_keys_are_checked():
    with pytest.raises(ValueError):
        browser_of("https://x/", b64(b"\x04" + bytes(64)), b64(bytes(16)))


@pytest.mark.django_db
def test_from_a_warning_to_the_phone(service, phone):
    watcher = somebody(Role.WATCHER)
    let_in(watcher, service, phone)
    services.tell([fired("awas")])
    assert deliver_due(NOW, senders={"push": send_push}, compose=services.compose).sent == 1
    said = phone.reads(service.got[0][2])
    assert said["title"] == "[AWAS] Kiriman tanpa pemberitahuan · Gudang Contoh (36.02-G1)"
    assert watcher.display_name not in json.dumps(said)
    assert OutboxMessage.objects.get(channel="push").state == MessageState.SENT
