"""Something for every URL kwarg, made inside a given site, so that the matrix can walk addresses added later.

A new kwarg that names a place, or from which a view finds one, gets a line in `MAKERS`. Kwargs that lie below the place
(an entry's index, a form's name) need no object for the door; they get a value of their converter's kind.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse

from awas.access.devices import open_session_device
from tests.access.people import NOW, somebody

INSIDE, OUTSIDE = "36.02-G1", "31.74-G1"
REACHED = 299

_serial = count(1)


def district_of(site: str) -> str:
    return site.partition("-")[0]


def make_places() -> None:
    """The rows behind both sites, where the room of places is installed."""
    if not apps.is_installed("awas.places"):
        return
    region, site = apps.get_model("places", "Region"), apps.get_model("places", "Site")
    for code in (INSIDE, OUTSIDE):
        district = district_of(code)
        region.objects.get_or_create(code=district[:2], defaults={"name": "Provinsi Contoh", "level": 1})
        region.objects.get_or_create(
            code=district, defaults={"name": "Kabupaten Contoh", "level": 2, "parent_id": district[:2]}
        )
        site.objects.get_or_create(
            code=code, defaults={"region_id": district, "kind": "kpu_warehouse", "name": "Gudang Contoh"}
        )


def make_person(site: str) -> str:
    return somebody(home=district_of(site)).code


def make_device(site: str) -> str:
    return open_session_device(somebody(home=district_of(site)), None, label="x", now=NOW)


def make_warning(site: str) -> str:
    model = apps.get_model("warnings", "Warning")
    fields: dict[str, Any] = {
        "fingerprint": f"x{next(_serial)}", "log": "awas/" + district_of(site), "place": site, "rule": "WAR-01",
        "rule_version": 1, "key": "k", "level": "siaga", "state": "firing", "holds": True, "since": NOW,
        "changed_at": NOW, "fired_at": NOW, "facts": "[]", "evidence": "[]", "evidence_count": 0, "recurrence": 0,
        "refired_count": 0, "flapping": False,
    }  # fmt: skip
    return str(model.objects.create(id=f"{next(_serial):016x}", **fields).pk)


def make_webhook(site: str) -> int:
    model = apps.get_model("delivery", "Webhook")
    return int(model.objects.create(url="https://hook.example/", secret="x", area=district_of(site)).pk)


def make_messenger(site: str) -> str:
    model = apps.get_model("delivery", "Messenger")
    return str(model.objects.create(area=district_of(site), sealed="x", service="x", ending="x", created_at=NOW).code)


MAKERS: dict[str, Callable[[str], Any]] = {
    "place": lambda site: site,
    "code": lambda site: site,
    "region": district_of,
    "district": district_of,
    "province": lambda site: site[:2],
    "log": lambda site: "awas/" + district_of(site),
    "origin": lambda site: "awas/" + district_of(site),
    "person": make_person,
    "device": make_device,
    "warning": make_warning,
    "webhook": make_webhook,
    "address": make_messenger,
}

BY_CONVERTER: dict[str, Any] = {
    "IntConverter": 1,
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
    "PathConverter": "a/b",
}


def value_for(name: str, converter: object, site: str) -> Any:
    """A value for one kwarg of a route."""
    if name in MAKERS:
        return MAKERS[name](site)
    return BY_CONVERTER.get(type(converter).__name__, "x")


class Reached:
    """Stands right behind the door: answers `REACHED` in place of any view, so that only the door is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse:
        return HttpResponse(status=REACHED)
