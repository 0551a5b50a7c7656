"""A source of alerts read from a real server on loopback; the inside stays shut; the command says what it did."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner
from django.core.cache import cache

from awas.access.policy import NATION
from awas.api import cap_source
from awas.api.cap_command import cap
from awas.config import wiring
from awas.delivery.failure import DeliveryFailed
from awas.delivery.fetching import fetch
from awas.ledger.area import Refused
from awas.ledger.checkpoints import DatabaseReader
from awas.warehouse import models, weather
from awas.warnings.cap import publishing
from awas.warnings.cap.guarded import MOST_BYTES
from awas.warnings.cap.writing import bytes_of, element_of, written
from tests.access.people import NOW
from tests.warehouse.test_weather_taken import LEBAK, now, places, rain  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


class Publisher(ThreadingHTTPServer):
    """A sender of alerts: what lies under each path, and how it behaves."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {}
        self.asked = []
        self.manner = ""
        self.release = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def feed(self, *links):
        entries = "".join(f'<entry><link href="{link}" type="application/cap+xml"/></entry>' for link in links)
        self.pages["/feed"] = f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()


class Handler(BaseHTTPRequestHandler):
    server: Publisher

    def do_GET(self):
        server = self.server
        server.asked.append(self.path)
        if server.manner == "hangs":
            server.release.wait(10)
            return
        if server.manner == "redirects":
            self.send_response(302)
            self.send_header("Location", server.url + "/elsewhere")
            self.end_headers()
            return
        if server.manner in ("drips", "floods"):
            self.send_response(200)
            self.end_headers()
            try:
                while not server.release.wait(0.02 if server.manner == "drips" else 0):
                    self.wfile.write(b" " * (1 if server.manner == "drips" else 100_000))
                    self.wfile.flush()
            except OSError:
                pass
            return
        body = server.pages.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args):
        pass


@pytest.fixture
def source(settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = True
    server = Publisher()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    settings.AWAS_CAP_SOURCE = server.url + "/feed"
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def failure(url, most=MOST_BYTES, patience_s=2.0):
    with pytest.raises(DeliveryFailed) as failed:
        fetch(url, most, patience_s)
    return failed.value.reason


# ---------------------------------------------------------------- the source


def test_a_feed_is_read_in_the_order_of_its_messages_and_again_notes_nothing(source):
    first = rain(1)
    cancel = rain(2, kind="Cancel", references=[first], minutes=10, infos=())
    third = rain(3, minutes=20)
    source.pages |= {"/3": written(third), "/2": written(cancel), "/1": written(first)}
    source.feed("/3", "2", source.url + "/1")
    report = cap_source.read_source(NOW)
    assert [(one.alert.identifier, one.noted, one.ended) for one in report.taken] == [
        ("2.49.1", (LEBAK,), ()), ("2.49.2", (), (LEBAK,)), ("2.49.3", (LEBAK,), ()),
    ]  # fmt: skip
    assert report.listed == 3
    source.asked.clear()
    assert cap_source.read_source(NOW).taken == ()
    assert source.asked == ["/feed"], "what was read isn't fetched again"
    cache.clear()
    assert all(not one.noted and not one.ended for one in cap_source.read_source(NOW).taken)


def test_rss_is_a_feed_and_an_alert_alone_a_source(source):
    source.pages["/a"] = written(rain())
    source.pages["/feed"] = b"<rss><channel><item><link>/a</link></item><item><link>/a</link></item></channel></rss>"
    assert [one.noted for one in cap_source.read_source(NOW).taken] == [(LEBAK,)]
    source.pages["/feed"] = written(rain(2))
    assert [one.noted for one in cap_source.read_source(NOW).taken] == [(LEBAK,)]


def test_one_bad_document_keeps_no_other_from_being_read(source):
    source.pages |= {
        "/good": written(rain()),
        "/bad": written(rain(2)).replace(b"Actual", b"Real"),
        "/bomb": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    }
    source.feed("/bad", "/gone", "/bomb", "file:///etc/passwd", "/good")
    report = cap_source.read_source(NOW)
    assert [one.noted for one in report.taken] == [(LEBAK,)]
    assert [(one.code, one.field) for one in report.faults] == [
        ("cap.field_wrong", "status"), ("webhook.status_404", ""), ("cap.doctype", ""), ("webhook.bad_address", ""),
    ]  # fmt: skip


def test_a_source_that_cant_be_read_is_a_failed_job(source):
    source.pages["/feed"] = b"<html><body>Maintenance</body></html>"
    with pytest.raises(Refused, match=r"cap\.not_cap"):
        cap_source.read_source(NOW)
    del source.pages["/feed"]
    with pytest.raises(DeliveryFailed, match="status_404"):
        cap_source.read_source(NOW)


def test_what_the_record_couldnt_take_is_fetched_again(source, monkeypatch):
    source.pages["/1"] = written(rain())
    source.feed("/1")

    def full(*_):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(weather, "take", full)
        with pytest.raises(OSError, match="disk full"):
            cap_source.read_source(NOW)
    assert [one.noted for one in cap_source.read_source(NOW).taken] == [(LEBAK,)]


def test_the_worker_reads_only_a_source_that_is_named(settings):
    settings.AWAS_CAP_SOURCE = ""
    assert "weather" not in {job.name for job in wiring.jobs()}
    settings.AWAS_CAP_SOURCE = "https://alerts.example/feed"
    assert "weather" in {job.name for job in wiring.jobs()}


# ---------------------------------------------------------------- fetching


def test_what_is_there_is_fetched(source):
    source.pages["/x?y=1"] = b"abc"
    assert fetch(source.url + "/x?y=1", 3) == b"abc"
    assert failure(source.url + "/x?y=1", 2) == "webhook.too_large"


@pytest.mark.parametrize(
    ("manner", "reason"),
    [("hangs", "timeout"), ("drips", "timeout"), ("floods", "too_large"), ("redirects", "status_302")],
)
def test_bad_manners_end_soon(source, manner, reason):
    source.manner = manner
    assert failure(source.url + "/x", patience_s=0.5) == f"webhook.{reason}"
    assert source.asked == ["/x"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://alerts.example/x", "without_tls"),
        ("https://127.0.0.1/x", "private_address"),
        ("https://localhost/x", "private_address"),
        ("https://[::1]/x", "private_address"),
        ("https://169.254.169.254/latest/meta-data/", "private_address"),
        ("https://2130706433/", "private_address"),
        ("file:///etc/passwd", "bad_address"),
        ("ftp://alerts.example/x", "bad_address"),
        ("https:///x", "bad_address"),
        ("https://a:b@alerts.example/x", "bad_address"),
        ("https://[", "bad_address"),
        ("", "bad_address"),
        ("https://alerts.example:99999/", "bad_port"),
    ],
)
def test_the_inside_is_shut(settings, url, reason):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = False
    assert failure(url).removeprefix("webhook.") in {reason, "unknown_name"}


# ---------------------------------------------------------------- the command


def run(*arguments):
    return CliRunner().invoke(cap, [str(one) for one in arguments])


def test_the_command_takes_in_a_file_and_says_where_it_holds(tmp_path):
    file = tmp_path / "rain.xml"
    file.write_bytes(written(rain()))
    done = run("read", file)
    assert done.exit_code == 0, done.output
    assert f"noted: {LEBAK}" in done.output
    again = json.loads(run("read", file, "--json").output)
    assert (again["alerts"][0]["noted"], again["alerts"][0]["known"]) == ([], 1)
    assert run("read", file, "--area", "31").output.endswith("holds over no warehouse\n")
    assert run("read", tmp_path / "none.xml").exit_code == 2
    assert run("read", file, "--area", "x").exit_code == 2


def test_the_command_reads_an_address(source):
    source.pages |= {"/1": written(rain()), "/2": b"<a/>"}
    source.feed("/1", "/2")
    done = run("read", source.url + "/feed")
    assert done.exit_code == 1, "one of its documents is none"
    assert f"noted: {LEBAK}" in done.output
    assert "cap.not_cap" in done.output
    assert run("read", source.url + "/none").exit_code == 1


def test_the_command_checks_without_taking_in(tmp_path):
    file = tmp_path / "x.xml"
    file.write_bytes(written(rain()))
    assert run("check", file).exit_code == 0
    assert models.WeatherAlert.objects.count() == 0
    file.write_bytes(written(rain()).replace(b"<status>Actual", b"<status>Real"))
    wrong = run("check", file, "--json")
    assert wrong.exit_code == 1
    found = json.loads(wrong.output)
    assert (found["refused"], found["field"], found["value"]) == ("cap.field_wrong", "status", "Real")
    file.write_bytes(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    assert "cap.doctype" in run("check", file).output


def test_the_command_checks_signatures(tmp_path, settings):
    settings.KEYS_ROOT = tmp_path / "keys"
    file, certificate = tmp_path / "x.xml", tmp_path / "ours.pem"
    certificate.write_text(publishing.seal().certificate_pem)
    file.write_bytes(publishing.signed(element_of(rain())))
    assert json.loads(run("check", file, "--json").output)["signature"] == "good"
    assert json.loads(run("check", file, "--certificate", certificate, "--json").output)["signature"] == "good"
    file.write_bytes(file.read_bytes().replace(b">Moderate<", b">Minor<"))
    assert run("check", file).exit_code == 1
    file.write_bytes(bytes_of(element_of(rain())))
    assert "signature" not in json.loads(run("check", file, "--json").output)
    assert run("check", file, "--certificate", certificate).exit_code == 1, "asked for, and none there"


def test_the_command_prints_the_feed():
    assert "<feed" in run("feed").output
    assert "<feed" in run("feed", "--area", "36.02").output
    assert run("feed", "--area", "x").exit_code == 2
    assert run("feed", "--public", "--area", NATION).exit_code == 0
    assert not list(DatabaseReader().origins()), "it writes nothing"
