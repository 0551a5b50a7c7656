"""Webhooks against a real server on loopback that checks the signature, fails, redirects, drips and hangs."""

import base64
import hashlib
import hmac
import ipaddress
import json
import socket
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from awas.access.policy import Denied, Role
from awas.delivery import addresses, services
from awas.delivery.addresses import is_public
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import MessageState, OutboxMessage, Webhook
from awas.delivery.outbox import deliver_due, drafted, enqueue
from awas.delivery.webhooks import send_webhook, sign
from awas.ledger.area import Refused
from tests.access.people import NOW, somebody

KEY = b"0123456789abcdef0123456789abcdef"
SECRET = "whsec_" + base64.b64encode(KEY).decode()


class Receiver(ThreadingHTTPServer):
    """Another system. `statuses` are answered in turn, then 204; `stuck` makes it hang until released."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.manner = ""
        self.release = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        if self.server.manner == "hangs":
            self.server.release.wait(10)
            return
        if self.server.manner == "drips":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.server.release.wait(0.02):
                self.wfile.write(b"X: y\r\n")
                self.wfile.flush()
            return
        if self.server.manner == "drops":
            return
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", self.server.url + "/elsewhere")
        self.end_headers()

    def log_message(self, *_args) -> None:
        pass


@pytest.fixture
def receiver(settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = True
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def message_to(url: str, **hook) -> OutboxMessage:
    made = Webhook.objects.create(url=url, secret=SECRET, area="36.02", **hook)
    payload = json.dumps({"specversion": "1.0", "data": {"place": "36.02-G1", "title": "Segel “A1” rusak"}})
    enqueue([drafted(channel=Channel.WEBHOOK, address=made.code, dedupe_key=f"x{made.pk}", now=NOW, payload=payload)])
    return OutboxMessage.objects.get(dedupe_key=f"x{made.pk}")


def failure(message: OutboxMessage, patience_s: float | None = None) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        send_webhook(message, NOW, patience_s)
    return failed.value


@pytest.mark.django_db
def test_a_receiver_can_check_what_it_gets(receiver):
    message = message_to(receiver.url + "/hook?room=1")
    send_webhook(message, NOW)
    ((path, headers, body),) = receiver.got
    assert path == "/hook?room=1"
    assert headers["content-type"].startswith("application/cloudevents+json")
    assert headers["webhook-id"] == message.message_id
    assert headers["webhook-timestamp"] == str(NOW // 1000)
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert body.decode() == message.payload


def test_the_signature_is_the_one_of_the_published_example():
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    signature = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "permanent"),
    [(500, False), (503, False), (429, False), (408, False), (400, True), (401, True), (404, True), (410, True)],
)
def test_the_status_decides_whether_to_try_again(receiver, status, permanent):
    receiver.statuses = [status]
    failed = failure(message_to(receiver.url))
    assert (failed.reason, failed.permanent) == (f"webhook.status_{status}", permanent)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(receiver, status):
    receiver.statuses = [status]
    assert failure(message_to(receiver.url)).permanent
    assert len(receiver.got) == 1


@pytest.mark.django_db
def test_a_flaky_receiver_gets_the_same_message_again(receiver):
    message = message_to(receiver.url)
    receiver.statuses = [503, 500]
    now = NOW
    for _ in range(3):
        deliver_due(now, chance=lambda: 1.0)
        message.refresh_from_db()
        now = message.due_at
    assert (message.state, message.attempts) == (MessageState.SENT, 3)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    assert len({body for _, _, body in receiver.got}) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("manner", "reason"), [("hangs", "timeout"), ("drips", "timeout"), ("drops", "broken_off")])
def test_bad_manners_end_within_ones_patience(receiver, manner, reason):
    receiver.manner = manner
    failed = failure(message_to(receiver.url), patience_s=0.3)
    assert (failed.reason, failed.permanent) == (f"webhook.{reason}", False)


@pytest.mark.django_db
def test_nobody_listening_is_a_reason_to_try_again(settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = True
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    failed = failure(message_to(f"http://127.0.0.1:{port}/"))
    assert (failed.reason, failed.permanent) == ("webhook.unreachable", False)


@pytest.mark.django_db
def test_plain_speech_where_tls_was_expected(receiver):
    failed = failure(message_to(receiver.url.replace("http:", "https:")), patience_s=1)
    assert failed.reason in {"webhook.tls", "webhook.broken_off"}


@pytest.mark.django_db
def test_a_stopped_webhook_gets_nothing_more(receiver):
    message = message_to(receiver.url)
    services.stop_webhook(Webhook.objects.get(), now=NOW)
    assert failure(message).permanent
    assert receiver.got == []


# ---------------------------------------------------------------- where it may lead


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),
        ("10.0.0.5", False),
        ("172.16.3.4", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("192.0.2.7", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.215.14", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("2001:db8::1", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(ipaddress.ip_address(address)) is public


def answering(*found: str):
    return lambda host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::ffff:127.0.0.1]/",
    ],
)
def test_the_way_inside_is_shut(url, settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = False
    failed = failure(message_to(url))
    assert failed.reason in {"webhook.private_address", "webhook.unknown_name"}


@pytest.mark.django_db
@pytest.mark.parametrize("found", [["10.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["169.254.169.254"]])
def test_a_public_name_of_a_private_address_is_shut_too(monkeypatch, settings, found):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = False
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answering(*found))
    failed = failure(message_to("https://hook.example/"))
    assert (failed.reason, failed.permanent) == ("webhook.private_address", True)


@pytest.mark.django_db
def test_the_name_is_asked_once_and_that_address_is_used(monkeypatch, receiver):
    """A name that answers differently the second time leads nowhere else: the connection goes to the judged address."""
    asked = []

    def once(host: str, port: int, **_):
        asked.append(host)
        return answering("127.0.0.1" if len(asked) == 1 else "203.0.113.9")(host, port)

    port = receiver.server_address[1]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", _only_for("hook.example", once))
    send_webhook(message_to(f"http://hook.example:{port}/"), NOW)
    assert asked == ["hook.example"]
    assert receiver.got[0][1]["host"] == f"hook.example:{port}"


def _only_for(name: str, answer):
    real = socket.getaddrinfo
    return lambda host, *rest, **more: answer(host, rest[0], **more) if host == name else real(host, *rest, **more)


@pytest.mark.django_db
def test_without_tls_nothing_is_sent(settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = False
    assert failure(message_to("http://hook.example/")).reason == "webhook.without_tls"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "http://hook.example/",
        "ftp://hook.example/",
        "https:///x",
        "https://a:b@hook.example/",
        "javascript:x",
        "",
        "https://[",
        "https://hook.example:99999/",
    ],
)
def test_addresses_that_are_none(url, settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = False
    with pytest.raises(Refused, match="webhook_address"):
        services.add_webhook(url, "36.02", secret=SECRET, now=NOW)


@pytest.mark.django_db
def test_only_those_who_manage_channels_there_add_one():
    for role, area in ((Role.DISTRICT_OFFICER, "36.02"), (Role.ADMINISTRATOR, "36.03")):
        with pytest.raises(Denied):
            services.add_webhook("https://hook.example/", "36.02", secret=SECRET, now=NOW, by=somebody(role, area))
    hook = services.add_webhook(
        "https://hook.example/", "36.02", secret=SECRET, now=NOW, by=somebody(Role.ADMINISTRATOR)
    )
    assert hook.active


@pytest.mark.django_db
def test_no_secret_stands_in_logs_or_failures(receiver, caplog):
    receiver.statuses = [500]
    message = message_to(receiver.url + "/hook?token=rahasia")
    with caplog.at_level("DEBUG"):
        deliver_due(NOW, chance=lambda: 1.0)
    message.refresh_from_db()
    for text in (caplog.text, message.last_error):
        assert "rahasia" not in text
        assert SECRET not in text
