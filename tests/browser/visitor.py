"""Somebody at a screen: a browser of their own, and everything in it that must not have gone wrong.

What a page complains of (an error on the console, a script that failed, something the content policy held back, an
answer of 400 or above that the story didn't expect) is kept and fails the test at its end.
"""

import re
from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
WALL = {"width": 1920, "height": 1080}

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
AXE = Axe()

_STATUS_LOGGED = re.compile(r"^Failed to load resource: the server responded with a status of (\d+)")


def said(text: str, language: str = "id") -> str:
    """What a page shows for a text of the program, in Indonesian unless asked otherwise."""
    with translation.override(language):
        return gettext(text)


def counted(one: str, many: str, n: int, language: str = "id") -> str:
    """As `said`, for a text with a number in it."""
    with translation.override(language):
        return ngettext(one, many, n) % {"n": n}


class Visitor:
    """One person with one browser window. `page` is Playwright's.

    Texts are given in the program's own words (its English message ids) and looked for in the visitor's language;
    fields and choices by their names and codes.
    """

    language = "id"

    def __init__(self, browser: Browser, base_url: str, **named: Any) -> None:
        named.setdefault("viewport", PHONE)
        self.context: BrowserContext = browser.new_context(base_url=base_url, locale="id-ID", **named)
        self.context.set_default_timeout(8_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self._base_url = base_url
        self._expected: set[int] = set()
        self._cut_off = False
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)

    def speaks(self, language: str) -> None:
        """The language of every page from now on, as if chosen before."""
        self.language = language
        url = self._base_url
        self.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])

    def expects(self, *statuses: int) -> None:
        """Answers that belong to the story."""
        self._expected.update(statuses)

    def goes(self, path: str) -> Response | None:
        return self.page.goto(path)

    def button(self, text: str) -> Locator:
        """The button that begins with these words."""
        return self.page.get_by_role("button", name=self._named(text)).first

    def link(self, text: str) -> Locator:
        return self.page.get_by_role("link", name=self._named(text)).first

    def presses(self, text: str) -> None:
        """A tap on the button, after which the page is another."""
        self.button(text).click()
        self.page.wait_for_load_state()

    def follows(self, text: str) -> None:
        """A tap on the link."""
        self.link(text).click()
        self.page.wait_for_load_state()

    def _named(self, text: str) -> re.Pattern[str]:
        return re.compile(rf"^{re.escape(said(text, self.language))}(?!\w)")

    def fills(self, fields: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        """Answers fields by name: a text, a code to choose, several codes to tick, True for a check box, files."""
        for name, value in {**(fields or {}), **more}.items():
            self._fill(name, value)

    def _fill(self, name: str, value: Any) -> None:
        field = self.page.locator(f'main [name="{name}"]')
        kind = field.first.evaluate("one => one.type")
        if kind in ("radio", "checkbox"):
            for code in [value] if isinstance(value, str | bool) else value:
                which = "" if code is True else f'[value="{code}"]'
                self.page.locator(f'label:has([name="{name}"]{which})').click()
        elif kind.startswith("select"):
            field.first.select_option(value)
        elif kind == "file":
            field.first.set_input_files(value)
        else:
            field.first.fill(value)

    def sees(self, text: str, within: str = "main", timeout: float | None = None) -> None:
        """The words stand on the page, as they are."""
        expect(self.page.locator(within).first).to_contain_text(text, timeout=timeout)

    def reads(self, text: str, within: str = "main", timeout: float | None = None) -> None:
        """The program says this, in the visitor's language."""
        self.sees(said(text, self.language), within, timeout)

    def number(self) -> int:
        """The number on the receipt that is shown."""
        return int(re.sub(r"\D", "", self.page.locator(".receipt .number").inner_text()))

    def offline(self, cut_off: bool = True) -> None:
        """The connection goes, or comes back."""
        self._cut_off = self._cut_off or cut_off
        self.context.set_offline(cut_off)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or _STATUS_LOGGED.match(message.text):
            return
        if self._cut_off and ("net::ERR_INTERNET_DISCONNECTED" in message.text or "Failed to fetch" in message.text):
            return
        self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.complaints.append(f"{response.request.method} {response.url}: {response.status}")

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than the window."""
        return bool(
            self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        )

    def violations(self) -> list[str]:
        """What axe finds on the page as it stands, one line each with the elements."""
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE.axe_script)
        found = self.page.evaluate("options => window.axe.run(document, options)", AXE_OPTIONS)["violations"]
        return [
            f"{one['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
            for one in found
            for node in one["nodes"][:4]
        ]
