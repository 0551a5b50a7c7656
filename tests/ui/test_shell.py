"""What every answer carries, how a refusal reads, which tab is the current one."""

import json

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from awas.ledger.area import Refused
from awas.ui import views
from awas.ui.middleware import ContentSecurityPolicy, RefusalsInWords
from awas.ui.navigation import Tab, shown

GET = RequestFactory().get
NIGHT = 1_707_765_245_000


def drawn(source: str, **values) -> str:
    with translation.override("id"):
        return Template(source).render(Context(values))


def test_every_answer_carries_the_policy():
    response = ContentSecurityPolicy(lambda request: HttpResponse("ok"))(GET("/"))
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "camera=(self)" in response["Permissions-Policy"]


def test_a_view_may_be_stricter():
    def strict(request):
        return HttpResponse("ok", headers={"Content-Security-Policy": "default-src 'none'"})

    assert ContentSecurityPolicy(strict)(GET("/"))["Content-Security-Policy"] == "default-src 'none'"


def test_a_refusal_reaches_a_program_as_json():
    answer = RefusalsInWords(lambda request: HttpResponse()).process_exception(
        GET("/", headers={"Accept": "application/json"}), Refused("no_such_code", seal="A-1")
    )
    assert answer.status_code == 409
    body = json.loads(answer.content)
    assert body["refused"] == "no_such_code"
    assert body["params"] == {"seal": "A-1"}
    assert "no_such_code" in body["reason"]


def test_only_refusals_are_caught():
    assert RefusalsInWords(lambda request: HttpResponse()).process_exception(GET("/"), ValueError("x")) is None


TABS = (
    Tab("Front", "home", lambda request: "/"),
    Tab("Site", "watch", lambda request: "/gudang/36.02-G1/"),
    Tab("Log", "list", lambda request: "/gudang/36.02-G1/catatan/"),
    Tab("Not mine", "key", lambda request: None),
    Tab("Not wired", "key", "no-such-name"),
)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", {"Front": "page"}),
        ("/gudang/36.02-G1/", {"Site": "page"}),
        ("/gudang/36.02-G1/catatan/7", {"Log": "true"}),
        ("/elsewhere", {}),
    ],
)
def test_the_deepest_tab_is_current(path, current):
    tabs = shown(TABS, GET(path))
    assert [tab.label for tab in tabs] == ["Front", "Site", "Log"]
    assert {tab.label: tab.current for tab in tabs if tab.current} == current


@pytest.mark.parametrize(
    ("chosen", "back", "cookie", "to"),
    [
        ("dark", "/a", "dark", "/a"),
        ("<script>", "/a", None, "/a"),
        ("light", "https://elsewhere.example/", "light", "/"),
    ],
)
def test_theme_is_kept_and_never_sends_elsewhere(chosen, back, cookie, to):
    response = views.theme(RequestFactory().post("/tema/", {"theme": chosen, "next": back}))
    assert response.url == to
    assert (response.cookies["theme"].value if cookie else "theme" in response.cookies) == (cookie or False)


def test_level_is_told_by_shape_and_word():
    badge = drawn("{% level_badge 'awas' %}")
    assert "#level-awas" in badge
    assert ">Awas<" in badge


@pytest.mark.parametrize("level", [None, "", "nonsense", 7])
def test_what_is_no_level_is_unknown_never_calm(level):
    assert "#level-unknown" in drawn("{% level_badge level %}", level=level)


def test_a_silent_hour_is_drawn():
    bars = drawn("{% pulse counts %}", counts=[3, 0, 12])
    assert bars.count("<rect") == 3
    assert bars.count('class="z"') == 1


def test_what_a_person_typed_is_never_markup():
    assert "<b>" not in drawn("{% icon name label %}", name="key", label="<b>x</b>")


def test_ago_keeps_its_instant():
    text = drawn("{% ago_time at now %}", at=NIGHT - 12 * 60_000, now=NIGHT)
    assert "12 mnt lalu" in text
    assert f'data-ago="{NIGHT - 12 * 60_000}"' in text


def test_query_changes_one_key():
    request = GET("/", {"kind": "gate", "page": "3"})
    assert drawn("{% query page=4 %}", request=request) == "?kind=gate&amp;page=4"
    assert drawn("{% query page=None %}", request=request) == "?kind=gate"
