"""The live log of a site, and what can be looked for in it."""

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awas.ledger import services as ledger
from awas.ledger.naming import log_of
from awas.places.models import Site
from awas.ui.formats import day as day_of
from awas.warehouse import services
from awas.warehouse.pages.frame import Context, frame, rows

PER_PAGE = 60
LONGEST = 80

KINDS = {
    "": (_("Everything"), ()),
    "people": (_("People"), ("gate.person", "gate.visit", "gate.entry_refused")),
    "vehicles": (_("Vehicles"), ("gate.vehicle",)),
    "goods": (_("Goods"), ("goods.",)),
    "seals": (_("Seals"), ("seal.",)),
    "rounds": (_("Rounds and building"), ("round.",)),
    "watch": (_("Watch and hand-over"), ("roster.",)),
    "warnings": (_("Warnings"), ("warning.",)),
    "weather": (_("Alerts"), ("weather.",)),
    "corrections": (_("Corrections"), ("correction.",)),
    "settings": (_("Access list and rules"), ("access.",)),
}
"""What one can look for: the value in the address, its label, and how the kinds of its entries begin."""


def subject_of(kind: str) -> Any:
    """What an entry of that kind is about, in a word or two."""
    return next((label for label, kinds in KINDS.values() if kinds and kind.startswith(kinds)), kind)


def _number(text: str) -> int | None:
    """The entry somebody asked for by its number, "#1.234" or "1234"."""
    digits = text.lstrip("#").replace(".", "").replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


def _day(on: str) -> date | None:
    """A day that a log can have; the calendar's last one has no day after it."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    return day if date(1970, 1, 1) <= day < date.max else None


def _start(day: date, zone: ZoneInfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


def sought(request: HttpRequest, site: Site) -> ledger.Sought:
    """What the address asks for; what makes no sense in it is passed over."""
    zone, on = ZoneInfo(site.time_zone), _day(request.GET.get("on", ""))
    before = request.GET.get("before", "")
    text = request.GET.get("q", "").strip()[:LONGEST]
    number = _number(text) if text.startswith("#") else None
    return ledger.Sought(
        kinds=KINDS.get(request.GET.get("kind", ""), KINDS[""])[1],
        text="" if number is not None else text,
        from_at=_start(on, zone) if on else 0,
        until_at=_start(on + timedelta(days=1), zone) if on else 0,
        before=number + 1 if number is not None else _number(before),
    )


def _not_looked_at(site: Site, wanted: ledger.Sought) -> int:
    """Where a search that stopped before it reached the beginning can go on; 0 where it has seen everything."""
    first, _stop = ledger.span_of(log_of(site.code), wanted)
    beginning, _stop = ledger.span_of(log_of(site.code), msgspec.structs.replace(wanted, kinds=(), text=""))
    return first if first > beginning else 0


def log_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/log.html."""
    wanted = sought(request, site)
    found = ledger.lines_at(site.code, log_of(site.code), wanted, limit=PER_PAGE + 1)
    shown = found[:PER_PAGE]
    older = shown[-1].index if len(found) > PER_PAGE else _not_looked_at(site, wanted)
    entries = rows(request, site, shown)
    days = [
        {"at": some[0]["at"], "entries": some}
        for _same, group in groupby(entries, key=lambda entry: day_of(entry["at"], site.time_zone, "id"))
        for some in [list(group)]
    ]
    here = reverse("warehouse:log", args=[site.code])
    asked = {name: request.GET[name] for name in ("kind", "on", "q") if request.GET.get(name)}
    newest = "before" not in request.GET
    kind = request.GET.get("kind", "")
    return frame(request, site, "log") | {
        "days": days,
        "kinds": [{"value": value, "label": label, "selected": value == kind} for value, (label, _k) in KINDS.items()],
        "q": request.GET.get("q", "")[:LONGEST],
        "on": request.GET.get("on", "") if _day(request.GET.get("on", "")) else "",
        "older_url": f"{here}?{urlencode(asked | {'before': older})}" if older else "",
        "newer_url": "" if newest else f"{here}?{urlencode(asked)}",
        # What somebody looks for is looked for once: again every few seconds, it would keep the database busy.
        "live": newest and not wanted.text,
        "total": services.site_state(site.code).entry_count,
        "export_url": "",
    }
