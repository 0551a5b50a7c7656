"""What the shell of every page needs: navigation, theme, language, the hour, whether this is the demo.

The navigation is named by a setting and imported when first used, because this room lies below the one that wires it.
Must never fail: an error page is drawn by the same shell.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.module_loading import import_string

from awas.ledger.services import halted
from awas.ui.navigation import ShownTab, shown

THEMES = ("auto", "light", "dark")


def theme_of(request: HttpRequest) -> str:
    """The theme this browser chose; "auto" follows the device."""
    chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


class Shell:
    """Read by base.html only; computed when the template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def nav(self) -> list[ShownTab]:
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        try:
            tabs = import_string(getattr(settings, "AWAS_NAVIGATION", "awas.config.wiring.NAVIGATION"))
        except ImportError:
            return []
        return shown(tabs, self._request)

    @cached_property
    def now(self) -> int:
        return int(settings.AWAS_NOW())

    @property
    def theme(self) -> str:
        return theme_of(self._request)

    @property
    def demo(self) -> bool:
        return bool(getattr(settings, "AWAS_DEMO", False))

    @cached_property
    def halted(self) -> bool:
        """Whether any log takes no entries; asked of the database at most every half minute."""
        found = cache.get("halted")
        if found is None:
            found = bool(halted())
            cache.set("halted", found, 30)
        return bool(found)

    @property
    def demo_accounts(self) -> Sequence[Any]:
        """What the sign-in page offers in a demo: mappings with username, password, name and duty."""
        return getattr(settings, "AWAS_DEMO_ACCOUNTS", ()) if self.demo else ()


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, and `now` for the filters (a view's own `now` goes before it)."""
    drawn = Shell(request)
    return {"shell": drawn, "now": drawn.now}
