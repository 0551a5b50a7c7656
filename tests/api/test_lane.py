"""The short lane of devices, through the program's own WSGI door: the same answers, and nothing less safe."""

import io
import json

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from awas.config import wsgi
from awas.ledger import services as ledger
from awas.ledger.sequencer import LedgerUnavailable
from tests.api.conftest import HERE, NOW, item

ENTRIES = f"/api/v1/sites/{HERE}/entries"
ENTERS = item(1, "gate.enter_person@1", visit_id=f"{HERE}/v1", name="Tamu Contoh", role="guest", purpose="visit")


@pytest.fixture(autouse=True)
def one_connection():
    """The test's own transaction must outlive a request, as under Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def through_the_door(path: str, token: str = "", body: object = None, kind: str = "application/json", **more: str):
    """(status, headers, content) of a request as a server hands it over."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    environ = {
        "REQUEST_METHOD": "GET" if body is None else "POST", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(sent), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
        "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(sent)),
    } | more  # fmt: skip
    if token:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    answered = []
    content = b"".join(wsgi.application(environ, lambda status, headers: answered.append((status, headers))))
    status, headers = answered[0]
    return int(status.split()[0]), {name.lower(): value for name, value in headers}, content


@pytest.fixture
def lanes(monkeypatch):
    """Which lane each request took."""
    taken = []
    for name in ("_pages", "_devices"):
        lane = getattr(wsgi, name)
        monkeypatch.setattr(wsgi, name, lambda *given, lane=lane, name=name: (taken.append(name), lane(*given))[1])
    return taken


def test_a_body_in_chunks_is_told_to_bring_its_length(token):
    chunked = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    status, _, content = through_the_door(ENTRIES, token, [ENTERS], **chunked)
    assert (status, json.loads(content)["refused"]) == (411, "api.length_needed")


def test_an_entry_goes_the_short_way(token, lanes):
    status, headers, content = through_the_door(ENTRIES, token, [ENTERS])
    assert (status, lanes) == (200, ["_devices"])
    assert json.loads(content)["answers"][0]["index"] == 0
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("bad", ["awas_d1_wrong", "awas_d999_x", "x", "awas__"])
def test_a_wrong_token_opens_nothing(token, bad):
    status, _, content = through_the_door(ENTRIES, bad, [ENTERS])
    assert (status, json.loads(content)) == (401, {"error": "access.token_unknown"})


@pytest.mark.parametrize("site", ["36.03-G1", "31.74-G1", "36.02.05-G1"])
def test_other_places_are_not_there(token, site):
    status, _, content = through_the_door(f"/api/v1/sites/{site}/entries", token, [ENTERS])
    assert (status, json.loads(content)) == (404, {"error": "access.not_found"})


def test_a_page_takes_the_other_lane_whatever_is_sent_along(token, lanes):
    assert (
        through_the_door(f"/gudang/{HERE}/", token)[0]
        == Client(headers={"Authorization": f"Bearer {token}"}).get(f"/gudang/{HERE}/").status_code
    )
    assert through_the_door(ENTRIES, "", [ENTERS])[0] == 403  # no cookie, no secret of a form
    assert lanes == ["_pages", "_pages"]


def test_a_refusal_is_in_the_language_of_the_phones_owner(token):
    unknown = item(1, "gate.leave_person@1", visit_id=f"{HERE}/v9")
    status, headers, content = through_the_door(ENTRIES, token, [unknown])
    assert (status, headers["content-language"]) == (200, "id")
    assert json.loads(content)["answers"][0]["reason"].startswith("Kunjungan ini")


DEEP = b'{"seq": 1, "data": ' + b"[" * 9000 + b"]" * 9000 + b"}"


@pytest.mark.parametrize("body", [b"[" * 500_000, b"[" + DEEP + b"]"])
def test_an_array_of_brackets_without_end_is_no_json(token, body):
    status, _, content = through_the_door(ENTRIES, token, body)
    assert (status, json.loads(content)["refused"]) == (400, "api.not_json")


def test_a_line_of_brackets_without_end_costs_only_itself(token):
    status, _, content = through_the_door(ENTRIES, token, DEEP + b"\n" + json.dumps(ENTERS).encode())
    deep, entered = json.loads(content)["answers"]
    assert (status, deep["refused"], entered["index"]) == (200, "api.item_not_json", 0)


@pytest.mark.parametrize("kind", ["application/json", "application/x-ndjson", ""])
def test_a_phone_gets_its_refusal_as_json_whatever_it_calls_its_body(token, kind, monkeypatch):
    def late(submissions):
        raise LedgerUnavailable("the commit didn't finish in time")

    monkeypatch.setattr(ledger.sequencer(), "outcomes", late)
    status, _, content = through_the_door(ENTRIES, token, [ENTERS], kind)
    assert (status, json.loads(content)["refused"]) == (503, "ledger_unavailable")


def test_both_lanes_answer_alike(token):
    short = json.loads(through_the_door(f"/api/v1/sites/{HERE}/state", token)[2])
    long = Client(headers={"Authorization": f"Bearer {token}"}).get(f"/api/v1/sites/{HERE}/state").json()
    assert short == long
    assert short["now"] == NOW
