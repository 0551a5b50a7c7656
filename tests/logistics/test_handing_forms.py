"""What the forms of handing over let choose: kits and boxes by the names of their stations."""

from zoneinfo import ZoneInfo

import pytest

from awas.logistics import services as logistics
from awas.logistics.commands import LabelUnits
from awas.logistics.forms import BY_SLUG
from awas.logistics.forms.asked import stations_called
from awas.ui.asks import Asked
from tests.book import START
from tests.browser.people import HERE, KECAMATAN, VILLAGE, District
from tests.logistics.making import ballots, offer, packs, tally, unit

S1, S2 = f"{VILLAGE}-001", f"{VILLAGE}-002"


def choices(slug: str, name: str, place: str = HERE) -> list[tuple[str, str]]:
    """What a form lets choose, as its page shows it."""
    (ask,) = [one for one in BY_SLUG[slug].asks if one.name == name]
    asked = Asked(place=place, now=START, zone=ZoneInfo("Asia/Jakarta"))
    return [(value, str(label)) for value, label in ask.make(asked).choices]


@pytest.fixture
def kits_and_boxes(district: District) -> None:
    steps = [tally(step, step, ballots(500)) for step in ("receive", "sort", "fold")]
    boxes = [
        LabelUnits(unit_kind="box", units=(unit("B1"),), station=S1),
        LabelUnits(unit_kind="carton", units=(unit("B2"),)),
    ]
    for command in (*steps, packs("p", S1, S2), *boxes):
        logistics.record(district.desk("wati", HERE), command)


def test_kits_and_boxes_to_be_sent_are_called_by_their_stations(kits_and_boxes, django_assert_num_queries):
    with django_assert_num_queries(2):  # the kits, and the names of their stations
        kits = choices("kirim", "stations")
    assert [label.removesuffix(" ·") for _value, label in kits] == [
        f"TPS 1 Desa Contoh ({S1})",
        f"TPS 2 Desa Contoh ({S2})",
    ]
    with django_assert_num_queries(2):
        units = choices("kirim", "units")
    assert units == [(unit("B1"), "B1 · TPS 1 Desa Contoh"), (unit("B2"), "B2")]


def test_so_are_those_that_are_awaited(kits_and_boxes, district, django_assert_num_queries):
    offered = offer("t", S1, S2, to=KECAMATAN, units=(unit("B1"),))
    logistics.record(district.desk("wati", HERE), offered)
    with django_assert_num_queries(2):
        kits = choices("terima-kiriman", "stations", place=KECAMATAN)
    assert kits == [(S1, f"TPS 1 Desa Contoh ({S1})"), (S2, f"TPS 2 Desa Contoh ({S2})")]
    with django_assert_num_queries(3):  # the transfers, the boxes, the names
        assert choices("terima-kiriman", "units", place=KECAMATAN) == [(unit("B1"), "B1 · TPS 1 Desa Contoh")]


def test_a_station_that_nobody_knows_stays_a_code(district):
    assert stations_called([f"{VILLAGE}-777"]) == {f"{VILLAGE}-777": f"{VILLAGE}-777"}
