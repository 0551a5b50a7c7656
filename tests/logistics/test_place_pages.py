"""The page of a place as those who work there use it: what asks for a reason has the form for it beside it."""

from typing import Any

from awas.config import wiring
from awas.logistics import services as logistics
from awas.places.models import Region
from awas.warnings import services as warnings
from tests.browser.people import DISTRICT, HERE, KECAMATAN, VILLAGE
from tests.logistics.making import ballots, offer, packs, tally

S1, S2 = f"{VILLAGE}-001", f"{VILLAGE}-002"
OTHER = "36.02.06"


def form(slug: str, subject: str, place: str = HERE) -> str:
    return f"/logistik/{place}/catat/{slug}/{HERE}~{subject}/"


def records(district: Any, *commands: Any, who: str = "wati", place: str = HERE) -> None:
    for command in commands:
        logistics.record(district.desk(who, place), command)
    wiring.judge_due()


def sets_out(*stations: str, **more: Any) -> list[Any]:
    steps = [tally(step, step, ballots(500)) for step in ("receive", "sort", "fold")]
    return [*steps, packs("p", *stations), offer("t", *stations, to=KECAMATAN, **more)]


def stand(place: str = HERE) -> set[str]:
    return {one.rule for one in warnings.open_warnings([place])}


# -- what a warning asks for ---------------------------------------------------------------------------------------


def test_a_transfer_that_set_out_incomplete_can_be_explained_from_the_senders_page(district, visits):
    wati = visits("wati")
    records(district, *sets_out(S1))
    assert "LOG-20" in stand()
    assert form("jelaskan-kiriman", "t") in wati.get(f"/logistik/{HERE}/").text
    answer = wati.post(
        form("jelaskan-kiriman", "t"), {"nonce": "n1", "reason": "follows_later", "document_number": "", "details": ""}
    )
    assert answer.status_code == 302
    wiring.judge_due()
    assert form("jelaskan-kiriman", "t") not in wati.get(f"/logistik/{HERE}/").text


def test_a_transfer_sent_to_the_wrong_place_can_be_explained(district, visits):
    Region.objects.create(code=OTHER, name="Kecamatan Lain", level=Region.Level.KECAMATAN, parent_id=DISTRICT)
    records(district, *sets_out(S1)[:-1], offer("t", S1, to=OTHER))
    assert "LOG-19" in stand()
    assert form("jelaskan-kiriman", "t") in visits("wati").get(f"/logistik/{HERE}/").text


def test_a_count_without_paper_can_be_explained_from_the_list_of_counts(district, visits):
    records(district, tally("r", "receive", ballots(500), document_number=""), tally("s", "sort", ballots(500)))
    assert "LOG-33" in stand()
    page = visits("wati").get(f"/logistik/{HERE}/hitungan/").text
    assert form("jelaskan", "r") in page
    assert form("jelaskan", "s") not in page
