"""A browser, a server and a small district for the tests of the screens. Without Chromium they are skipped."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from awas.config import serving, wiring
from awas.ledger import services as ledger
from tests.browser.people import Clock, District, settle
from tests.browser.visitor import Visitor

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for the whole run; each visitor has a context of their own."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine: apt install chromium")
    serving.compile_messages()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def district(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[District]:
    """One warehouse with its people, in a time of its own, with keys and evidence that no other test shares."""
    clock = Clock()
    settings.AWAS_NOW = clock
    settings.ANCHOR = tmp_path / "anchor.sqlite3"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.KEYS_ROOT = tmp_path / "keys"
    monkeypatch.setattr(ledger.sequencer(), "clock", clock)
    wiring.bench.cache_clear()
    cache.clear()
    yield settle(clock)
    wiring.bench.cache_clear()
    cache.clear()


@pytest.fixture
def visits(chromium: Browser, live_server: Any, district: District) -> Iterator[Callable[..., Visitor]]:
    """`visits("wati")`: Wati, signed in, at a phone; `visits()`: somebody unknown. The rest goes to the context."""
    visitors: list[Visitor] = []

    def visit(who: str = "", **named: Any) -> Visitor:
        visitor = Visitor(chromium, live_server.url, **named)
        visitors.append(visitor)
        if who:
            client = Client()
            client.force_login(district.people[who])
            name = django_settings.SESSION_COOKIE_NAME
            visitor.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return visitor

    yield visit
    for visitor in visitors:
        visitor.context.close()
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    assert not complaints, complaints
