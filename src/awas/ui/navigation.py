"""One entry of the navigation. The list itself is wired in `awas.config.wiring.NAVIGATION`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Address = Callable[[HttpRequest], str | None]


@dataclass(frozen=True, slots=True)
class Tab:
    """`address` is a URL name, or a callable that returns the URL or None where the tab isn't for this person."""

    label: Any
    icon: str
    address: str | Address
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True, slots=True)
class ShownTab:
    """A tab as the template needs it. `current` is "page" on the very page, "true" below it, "" elsewhere."""

    label: Any
    icon: str
    url: str
    current: str
    count: int


def _url(tab: Tab, request: HttpRequest) -> str | None:
    if callable(tab.address):
        return tab.address(request)
    try:
        return reverse(tab.address)
    except NoReverseMatch:
        return None


def shown(tabs: list[Tab] | tuple[Tab, ...], request: HttpRequest) -> list[ShownTab]:
    """The tabs this person has, the deepest matching one marked as current."""
    pairs = [(tab, url) for tab in tabs if (url := _url(tab, request))]
    below = [url for _, url in pairs if request.path == url or (url != "/" and request.path.startswith(url))]
    deepest = max(below, key=len, default=None)
    return [
        ShownTab(
            tab.label,
            tab.icon,
            url,
            "" if url != deepest else "page" if request.path == url else "true",
            tab.count(request) if tab.count else 0,
        )
        for tab, url in pairs
    ]
