"""The page of a place as those who work there use it: what asks for a reason has the form for it beside it."""

from typing import Any

import pytest
from django.utils.translation import override

from awas.access.narration import NamesOf, tell
from awas.config import wiring
from awas.ledger import services as ledger
from awas.logistics import services as logistics
from awas.logistics.commands import LabelUnits
from awas.logistics.events import TransferAnswered
from awas.logistics.narration import TELLERS
from awas.places.models import Region
from awas.warehouse import services as gate
from awas.warehouse.commands import ReceiveGoods
from awas.warehouse.events import CountedLine
from awas.warnings import services as warnings
from tests.browser.people import DISTRICT, HERE, KECAMATAN, VILLAGE, District
from tests.logistics.making import accept, at, ballots, offer, packs, tally, unit
from tests.logistics.test_sheet_pages import says

S1, S2 = f"{VILLAGE}-001", f"{VILLAGE}-002"
OTHER = "36.02.06"
LOG = "awas/36.02"


def form(slug: str, subject: str, place: str = HERE) -> str:
    return f"/logistik/{place}/catat/{slug}/{HERE}~{subject}/"


def records(district: District, *commands: Any, who: str = "wati", place: str = HERE) -> None:
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


# -- a transfer that was accepted in part --------------------------------------------------------------------------


def comes_in_part(district: District) -> int:
    """Two kits set out; one comes, and a box that nobody sent. The entry of its acceptance."""
    records(district, *sets_out(S1, S2), LabelUnits(unit_kind="box", units=(unit("K7"),)))
    taken = accept("t", S1, units=(unit("K7"),), reason="not_known")
    receipt = logistics.record(district.desk("eka", KECAMATAN), taken)
    wiring.judge_due()
    return receipt.index


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ("Diterima dari Gudang Contoh", "Tidak sampai: TPS 2 Desa Contoh", "Datang di luar daftar kiriman: K7")),
        ("en", ("Accepted from Gudang Contoh", "Did not come: TPS 2 Desa Contoh", "Came and was not on the list: K7")),
    ],
)
def test_the_receipt_says_what_is_missing_and_what_was_not_sent(district, visits, language, said):
    index = comes_in_part(district)
    eka = visits("eka")
    eka.cookies["django_language"] = language
    page = eka.get(f"/logistik/{KECAMATAN}/tanda-terima/{index}/")
    assert [one for one in said if one not in says(page)] == []
    assert S2 not in page.text.partition("</section>")[0]


def test_the_sender_reads_it_too(district, visits):
    comes_in_part(district)
    text = says(visits("wati").get(f"/logistik/{HERE}/"))
    said = ("tidak sampai: TPS 2 Desa Contoh", "di luar daftar: K7", "Diterima sebagian")
    assert [one for one in said if one not in text] == []
    (line,) = [one for one in ledger.lines_at(HERE, LOG) if isinstance(one.event, TransferAnswered)]
    with override("id"):
        told = tell(TELLERS, line, NamesOf([line], may_see_names=False))
    assert told.text == "Kecamatan Contoh telah menerima sebagian kiriman"
    assert told.flags == ("tidak sampai: TPS 2 Desa Contoh", "di luar daftar: K7", "Belum diketahui")


# -- tables and shifts ---------------------------------------------------------------------------------------------


def test_each_table_and_shift_stands_beside_the_others(district, visits):
    counts = [("M1", "morning", 10), ("M2", "morning", 9), ("M1", "night", 12), ("M3", "night", 90)]
    sorts = [
        tally(f"s{number}", "sort", ballots(1000, damaged=damaged), table=table, shift=shift, workers=8)
        for number, (table, shift, damaged) in enumerate(counts)
    ]
    records(district, tally("r", "receive", ballots(4000)), *sorts)
    page = visits("wati").get(f"/logistik/{HERE}/hitungan/?tahap=sorting")
    tables = page.context["tables"]
    assert [(one["table"], str(one["shift"]), one["damaged"], one["outlier"]) for one in tables] == [
        ("M3", "Malam", 90, True),
        ("M1", "Malam", 12, False),
        ("M1", "Pagi", 10, False),
        ("M2", "Pagi", 9, False),
    ]
    assert visits("wati").get(f"/logistik/{HERE}/hitungan/").context["tables"] == []


def test_what_came_damaged_stands_once_on_the_board(district, visits):
    line = CountedLine(item="ballot", ballot="dpr", units=500, damaged=20)
    came = ReceiveGoods(receipt_id=at("r"), consignment_id=at("c"), lines=(line,), unannounced=True)
    gate.record(district.desk("wati"), came)
    (row,) = visits("dewi").get(f"/logistik/papan/{DISTRICT}/").context["ballots"]
    assert (row["received"], row["damaged"], row["unexplained"]) == (480, 20, 0)
