"""Warnings say of which station or place they speak by its name; rules and entries keep the code."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from awas.access.narration import NamesOf
from awas.access.policy import Role
from awas.delivery.audience import Occasion
from awas.delivery.wording import Step, Wording
from awas.ledger.area import Stamp
from awas.places.models import Region, Site, Station
from awas.places.services import place_name
from awas.warnings import services
from awas.warnings.events import WarningFired
from awas.warnings.models import Warning
from awas.warnings.narration import fired
from awas.warnings.pages import warning_rows
from tests.access.people import NOW, somebody

pytestmark = pytest.mark.django_db

HERE, ABOVE = "36.02-G1", "36.02.05-G1"
VILLAGE = "36.02.05.2001"
SAID_OF_PLACES = (
    ("LOG-16", ("stations", f"{VILLAGE}-002 +3"), ("count", 4)),
    ("LOG-19", ("stations", f"{VILLAGE}-001"), ("place", ABOVE)),
    ("LOG-23", ("things", "B7"), ("count", 1)),
    ("LOG-16", ("stations", f"{VILLAGE}-009"), ("count", 1)),
    ("LOG-22", ("place", "36.02.05")),
    ("WAR-23", ("number", "A-1"), ("object", "box"), ("found", "36")),
)


@pytest.fixture
def about_places() -> list[Warning]:
    """Warnings whose facts name stations, places and a box; station 9 isn't in the register."""
    above = {"36": 1, "36.02": 2, "36.02.05": 3}
    for code, level in above.items():
        Region.objects.create(code=code, name=f"Wilayah {code}", level=level, parent_id=code.rpartition(".")[0] or None)
    for code in (HERE, ABOVE):
        Site.objects.create(code=code, region_id=code.partition("-")[0], kind="kpu_warehouse", name=f"Gudang {code}")
    Region.objects.create(code=VILLAGE, name="Mekarjaya", level=4, parent_id="36.02.05")
    for number in (1, 2):
        Station.objects.create(code=f"{VILLAGE}-00{number}", region_id=VILLAGE, number=number)
    return [warning_of(number, rule, facts) for number, (rule, *facts) in enumerate(SAID_OF_PLACES)]


def warning_of(number: int, rule: str, facts: list) -> Warning:
    texts = {"fingerprint": f"f{number}", "key": f"k{number}", "log": "awas/36.02", "place": HERE, "evidence": "[]"}
    counts = {"rule_version": 1, "since": NOW - number, "changed_at": NOW, "evidence_count": 0, "recurrence": 0}
    return Warning.objects.create(
        id=f"w{number}", rule=rule, level="siaga", state="firing", holds=True, refired_count=0, flapping=False,
        facts=json.dumps(facts), **texts, **counts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "id",
            [
                "Salah dapil: TPS 2 Mekarjaya +3",
                f"Paket TPS 1 Mekarjaya dikirim ke Gudang {ABOVE}",
                "1 tidak sampai: B7",
                f"Salah dapil: {VILLAGE}-009",
                "Kiriman ke Wilayah 36.02.05 belum diterima",
                "Segel A-1 tidak seperti tercatat: 36",
            ],
        ),
        (
            "en",
            [
                "Wrong constituency: TPS 2 Mekarjaya +3",
                f"Kits TPS 1 Mekarjaya were sent to Gudang {ABOVE}",
                "1 did not arrive: B7",
                f"Wrong constituency: {VILLAGE}-009",
                "The transfer to Wilayah 36.02.05 isn't accepted yet",
                "Seal A-1 is not as recorded: 36",
            ],
        ),
    ],
)
def test_stations_and_places_are_called_by_their_names(about_places, language, said):
    with override(language):
        assert [row["summary"] for row in warning_rows(about_places)] == said


def test_the_page_of_one_warning_says_them_too(about_places, settings):
    settings.AWAS_NOW = lambda: NOW
    client = Client()
    client.force_login(somebody(Role.DISTRICT_OFFICER, "36.02"))
    page = client.get(reverse("warnings:warning", args=[HERE, "w1"]))
    assert page.context["warning"]["summary"] == f"Paket TPS 1 Mekarjaya dikirim ke Gudang {ABOVE}"


def test_a_list_asks_for_all_names_at_once(about_places, django_assert_num_queries):
    with django_assert_num_queries(3):  # sites, regions, stations
        warning_rows(about_places)
    with django_assert_num_queries(3):
        warning_rows(about_places * 20)


def test_the_log_and_a_letter_say_the_names_too(about_places):
    event = WarningFired(
        warning="w0", rule="LOG-16", rule_version=1, level="awas", key="k0",
        facts=(("stations", f"{VILLAGE}-002 +3"), ("count", 4)), evidence=(),
    )  # fmt: skip
    stamp = Stamp(place=HERE, actor="judge", device="judge", occurred_at=NOW, recorded_at=NOW)
    names = NamesOf([SimpleNamespace(entry=stamp, event=event)], may_see_names=False)
    with override("id"):
        assert "TPS 2 Mekarjaya +3" in fired(event, stamp, names).text
    step = Step(
        log="awas/36.02", index=0, place=HERE, warning="w0", rule="LOG-16", level="awas", occasion=Occasion.FIRED,
        facts=event.facts, at=NOW, now=NOW,
    )  # fmt: skip
    wording = Wording(rule=services.catalogue().get, place_name=place_name, link=lambda place, one: "")
    assert "Salah dapil: TPS 2 Mekarjaya +3" in wording.letter(step, "id").body
    envelope = json.loads(wording.envelope(step, message_id="m", source="s"))["data"]
    assert envelope["message"]["en"] == "Wrong constituency: TPS 2 Mekarjaya +3"
    assert envelope["facts"]["stations"] == f"{VILLAGE}-002 +3"
