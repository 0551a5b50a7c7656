"""Messengers through Apprise, against a gateway on loopback: what arrives, what is tried again, what is a maybe."""

import ipaddress
import json
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import apprise
import pytest

from awas.access.policy import Denied, Role
from awas.delivery import addresses, apprise_child, messenger, own, schemes, services
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.messenger import send_messenger
from awas.delivery.models import MessageState, Messenger, OutboxMessage
from awas.delivery.outbox import deliver_due, drafted
from awas.ledger.area import Refused
from tests.access.people import NOW, somebody
from tests.delivery.crew import with_messenger
from tests.delivery.steps import fired

pytestmark = pytest.mark.django_db


class Gateway:
    """An office's own program: keeps what is posted, answers as told, or sleeps."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.status, self.sleep_s, self.location, self.drops = 200, 0.0, "", False
        gateway = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                gateway.got.append((self.path, self.rfile.read(int(self.headers.get("Content-Length", 0)))))
                time.sleep(gateway.sleep_s)
                if gateway.drops:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(gateway.status)
                if gateway.location:
                    self.send_header("Location", gateway.location)
                self.end_headers()

            def log_message(self, *args) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, scheme: str = "json") -> str:
        return f"{scheme}://127.0.0.1:{self.server.server_port}/notify"


@pytest.fixture
def gateway(settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = True
    made = Gateway()
    yield made
    made.server.shutdown()
    made.server.server_close()


def message(to: Messenger) -> OutboxMessage:
    made = drafted(
        channel=Channel.MESSENGER, address=to.code, dedupe_key="k", now=NOW, subject="[SIAGA] Contoh", body="https://x/"
    )
    made.save()
    return made


def failed(to: Messenger, **how) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        send_messenger(message(to), NOW, **how)
    return caught.value


@pytest.mark.parametrize("scheme", ["json", "form"])
def test_a_gateway_gets_title_and_link_and_nothing_else(gateway, scheme):
    to = with_messenger(somebody(Role.WATCHER), gateway.url(scheme))
    send_messenger(message(to), NOW)
    ((path, body),) = gateway.got
    assert path == "/notify"
    assert b"Contoh" in body
    if scheme == "json":
        said = json.loads(body)
        assert (said["title"], said["message"]) == ("[SIAGA] Contoh", "https://x/")
    to.refresh_from_db()
    assert (to.delivered_at, to.failure_count) == (NOW, 0)


@pytest.mark.parametrize(
    ("status", "permanent", "unconfirmed"),
    [(500, False, False), (503, False, False), (429, False, False), (401, True, False), (504, False, True)],
)
def test_what_an_answer_means(gateway, status, permanent, unconfirmed):
    gateway.status = status
    found = failed(with_messenger(somebody(Role.WATCHER), gateway.url()))
    assert (found.reason, found.permanent, found.unconfirmed) == (f"messenger.status_{status}", permanent, unconfirmed)


def test_a_refused_connection_is_known_not_to_have_arrived(gateway):
    found = failed(with_messenger(somebody(Role.WATCHER), "json://127.0.0.1:1/x"))
    assert (found.reason, found.permanent, found.unconfirmed) == ("messenger.unreachable", False, False)


def test_a_time_out_is_a_maybe_and_is_not_sent_again_by_itself(gateway):
    gateway.sleep_s = 6
    to = with_messenger(somebody(Role.WATCHER), gateway.url())
    found = failed(to, patience_s=2.5)
    assert (found.reason, found.unconfirmed) == ("messenger.timeout", True)

    def sender(one, now):
        raise found

    OutboxMessage.objects.update(attempts=0)
    assert deliver_due(NOW, senders={"messenger": sender}).unconfirmed == 1
    kept = OutboxMessage.objects.get()
    assert (kept.state, kept.last_error) == (MessageState.UNCONFIRMED, "messenger.timeout")
    assert deliver_due(NOW + 3_600_000, senders={"messenger": sender}).unconfirmed == 0


def test_a_line_that_breaks_after_the_message_is_a_maybe(gateway):
    gateway.drops = True
    found = failed(with_messenger(somebody(Role.WATCHER), gateway.url()))
    assert (found.reason, found.unconfirmed) == ("messenger.no_answer", True)


def test_private_addresses_are_closed(gateway, settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = False
    found = failed(with_messenger(somebody(Role.WATCHER), gateway.url()))
    assert (found.reason, found.permanent) == ("messenger.private_address", True)
    assert gateway.got == []


def fenced(code: str, allow_private: bool = False) -> str:
    """What happens to some code behind the fence, in a process of its own."""
    program = (
        "import sys, os, socket, subprocess\n"
        f"sys.path.insert(0, {str(Path(apprise_child.__file__).parent)!r})\n"
        "import apprise_child\n"
        f"sys.addaudithook(apprise_child.Fence({allow_private}))\n"
        f"try:\n    {code}\n    print('did')\n"
        "except PermissionError as stopped:\n    print(stopped)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=20)
    return done.stdout.strip()


@pytest.mark.parametrize(
    "code",
    [
        "open('/etc/passwd')",
        "open('/proc/self/environ')",
        "open('/tmp/awas-fence-test', 'w')",
        "os.open(sys.prefix + '/x', os.O_WRONLY | os.O_CREAT)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.remove('/tmp/awas-fence-test')",
        "socket.socket().bind(('127.0.0.1', 0))",
    ],
)
def test_services_code_can_not_touch_this_machine(code):
    assert fenced(code) == "not_allowed"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1"],
)
def test_services_code_can_not_reach_the_neighbours(address):
    assert fenced(f"socket.create_connection(({address!r}, 80), 1)") == "private_address"
    assert fenced("socket.socket(socket.AF_INET6).connect(('::1', 80))") == "private_address"
    assert fenced("socket.socket(socket.AF_UNIX).connect('/run/x')") == "private_address"


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "127.0.0.1",
        "10.1.2.3",
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "64:ff9b::a00:1",
        "2606:4700::1",
        "fe80::1",
    ],
)
def test_both_judges_of_addresses_agree(address):
    assert apprise_child.is_public(address) == addresses.is_public(ipaddress.ip_address(address))


# ---------------------------------------------------------------- adding one


def test_one_is_added_and_never_shown_again(gateway):
    person = somebody(Role.WATCHER)
    kept = own.add_messenger(gateway.url() + "/geheim1234", now=NOW, by=person)
    assert kept.shown == "JSON …1234"
    assert "geheim" not in kept.sealed
    assert gateway.got == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "messenger_scheme"),
        ("dbus://", "messenger_scheme"),
        ("syslog://", "messenger_scheme"),
        ("mailto://a:b@c.example", "messenger_scheme"),
        ("mastodon://token@host", "messenger_scheme"),
        ("nonsense", "messenger_scheme"),
        ("", "messenger_scheme"),
        ("slack://T1/A1/B1?template=/etc/passwd", "messenger_option"),
        ("jsons://host/x?verify=no", "messenger_option"),
        ("tgram://", "messenger_address"),
        ("tgram://123456789:AABBCCDDEEFFGGHHIIJJKKLLMMNNOOPPQQR/12345/6789", "messenger_one"),
    ],
)
def test_what_is_not_taken(url, code):
    with pytest.raises(Refused) as refused:
        own.add_messenger(url, now=NOW, by=somebody(Role.WATCHER))
    assert refused.value.code == f"delivery.{code}"
    assert not Messenger.objects.exists()
    assert "AABBCC" not in str(refused.value.params)


def test_no_dangerous_service_is_allowed():
    dangerous = {
        "dbus",
        "kde",
        "qt",
        "gnome",
        "glib",
        "gio",
        "windows",
        "macosx",
        "syslog",
        "rsyslog",
        "blink1",
        "growl",
    }
    assert not schemes.ALLOWED & (dangerous | {"mailto", "mailtos", "file", "custom", "mqtt", "smpp", "aprs"})


def test_every_allowed_service_is_one_of_apprise():
    known = {
        one
        for service in apprise.Apprise().details()["schemas"]
        for kind in ("protocols", "secure_protocols")
        for one in service[kind] or ()
    }
    assert schemes.ALLOWED - known == set()


def test_an_office_s_messenger_belongs_to_who_keeps_channels(gateway):
    with pytest.raises(Denied):
        own.add_messenger(gateway.url(), now=NOW, by=somebody(Role.WATCHER), area="36.02")
    with pytest.raises(Denied):
        own.add_messenger(gateway.url(), now=NOW, by=somebody(Role.ADMINISTRATOR), area="36.03")
    made = own.add_messenger(gateway.url(), now=NOW, by=somebody(Role.ADMINISTRATOR), area="36.02", min_level="siaga")
    services.tell([fired("waspada"), fired("siaga", warning="w1")])
    assert list(OutboxMessage.objects.filter(channel="messenger").values_list("address", "warning")) == [
        (made.code, "w1")
    ]


def test_a_changed_secret_of_the_installation_is_said(gateway, settings):
    to = with_messenger(somebody(Role.WATCHER), gateway.url())
    settings.SECRET_KEY = "another"
    assert failed(to).reason == "sealed_under_another_secret"


def test_a_stopped_one_gets_nothing_and_forgets(gateway):
    to = with_messenger(somebody(Role.WATCHER), gateway.url())
    own.stop_messenger(to)
    assert failed(to).reason == "messenger.stopped"
    assert Messenger.objects.get().sealed == ""


def test_the_process_says_nothing_of_the_address(gateway):
    found = messenger.run("tgram://geheim/1", "t", "b", check=True)
    assert "geheim" not in json.dumps(found)
