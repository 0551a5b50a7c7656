"""What the pages of a district's roster share."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest
from django.urls import reverse

from awas.ledger.area import Instant
from awas.places.codes import zone_of
from awas.places.models import Region

Context = dict[str, Any]


def district_or_404(code: str) -> Region:
    """A district (kabupaten/kota). Raises Http404."""
    found = Region.objects.filter(code=code, level=Region.Level.DISTRICT).first()
    if found is None:
        raise Http404
    return found


def month_asked(request: HttpRequest, district: str, now: Instant) -> str:
    """The month that the address names, such as 2024-02; else the one of now."""
    asked = str(request.GET.get("bulan") or request.POST.get("bulan") or "")
    if len(asked) == 7 and asked[4] == "-" and asked.isascii() and asked.replace("-", "").isdigit():
        year, month = asked.split("-")
        if 2000 <= int(year) <= 2100 and 1 <= int(month) <= 12:
            return asked
    return datetime.fromtimestamp(now / 1000, ZoneInfo(zone_of(district))).strftime("%Y-%m")


def beside(name: str, step: int) -> str:
    """The month before or after."""
    year, month = (int(part) for part in name.split("-"))
    count = year * 12 + month - 1 + step
    return f"{count // 12}-{count % 12 + 1:02}"


def frame(region: Region, name: str, now: Instant) -> Context:
    """The district, the month and where one can go."""

    def page(view: str) -> str:
        return reverse(f"roster:{view}", args=[region.code])

    return {
        "region": {"code": region.code, "name": region.name, "url": reverse("district", args=[region.code])},
        "month": name,
        "now": now,
        "tz": zone_of(region.code),
        "links": {
            "month": page("month") + f"?bulan={name}",
            "before": page("month") + f"?bulan={beside(name, -1)}",
            "after": page("month") + f"?bulan={beside(name, 1)}",
            "people": page("people"),
            "wants": page("wants"),
            "ahead": page("ahead"),
            "presence": page("presence") + f"?bulan={name}",
            "make": page("make"),
            "publish": page("publish"),
        },
    }
