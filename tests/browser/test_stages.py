"""A consignment's way through the stages, seen by those who stand at each of them, in two districts."""

import pytest
from playwright.sync_api import expect

from awas.places.models import Constituency
from awas.warehouse.commands import AnnounceConsignment
from awas.warehouse.events import Line
from tests.browser.people import DISTRICT, HERE, HOUR, KECAMATAN, OTHER_DISTRICT, THERE, VILLAGE
from tests.browser.visitor import DESK, said

STATION = f"{VILLAGE}-001"
OURS, THEIRS = "36.02-1", "36.02-2"
OFFICE = f"/logistik/{HERE}/"
BOARD = f"/logistik/papan/{DISTRICT}/"


@pytest.fixture
def constituencies(district):
    """The village lies in the first of two constituencies of its district."""
    Constituency.objects.create(region_id=DISTRICT, ballot="dprd_kab", code=THEIRS)
    Constituency.objects.create(region_id=VILLAGE, ballot="dprd_kab", code=OURS)


@pytest.fixture
def announced(district):
    """A delivery of ballots of DPR is expected at the warehouse."""
    now = district.clock()
    district.begins_duty("wati")
    district.records(
        "dewi",
        lambda desk: AnnounceConsignment(
            consignment_id=desk.key(), direction="in", to_place=HERE, supplier="Percetakan Contoh",
            delivery_letter="SJ/0417", lines=(Line(item="ballot", ballot="dpr", units=600),),
            expected_from_at=now, expected_until_at=now + HOUR,
        ),
    )  # fmt: skip


def counts(visitor, title, what, taken, passed, **more):
    """One of the counts on the place's page."""
    visitor.goes(OFFICE)
    visitor.follows(title)
    visitor.fills({"what": f"ballot:{what}", "taken": str(taken), "passed": str(passed), **more})
    visitor.presses("Record the count")
    visitor.reads("Logged")


def test_from_the_gate_to_the_subdistrict(visits, announced, constituencies):
    """Short at the gate, of the wrong constituency in the kit, with a broken seal at the subdistrict: each is found."""
    dewi, wati, eka = visits("dewi", viewport=DESK), visits("wati"), visits("eka")

    # The district opens the season: needs come from its two stations.
    dewi.goes(OFFICE)
    dewi.page.locator("summary", has_text=said("More to record")).click()
    dewi.follows("Watch against the election's dates")
    dewi.presses("Begin")
    dewi.reads("Logged")

    # Received at the gate, short; it stands on the board and waits for a reason.
    wati.goes(f"/gudang/{HERE}/")
    wati.follows("Goods")
    wati.follows("Receive")
    wati.fills({"lines-0-units": "580", "document_number": "BTTB/88", "witnesses": ["kpu"]})
    wati.fills(final=True, difference_reason="not_known")
    wati.page.locator('label:has([name="counted_by"])').first.click()
    wati.presses("Record receipt")
    dewi.goes(BOARD)
    dewi.sees("kurang 20")
    dewi.follows("Explain")
    dewi.fills(reason="miscounted_at_source")
    dewi.presses("Record the reason")
    dewi.goes(BOARD)
    expect(dewi.page.locator("section[aria-labelledby=h-diff]")).to_contain_text(said("None."))

    # The council's ballots come by another door, and are of the other constituency.
    counts(wati, "Count received goods", "dprd_kab", 600, 600, dapil=THEIRS, document_number="BTTB/89")
    counts(wati, "Count sorting", "dpr", 580, 560, damaged="20", criterion="colour")
    counts(wati, "Count sorting", "dprd_kab", 600, 600, dapil=THEIRS)
    counts(wati, "Count folding", "dpr", 560, 560)
    counts(wati, "Count folding", "dprd_kab", 600, 600, dapil=THEIRS)

    # What was never received can't be folded, and nothing typed is lost.
    wati.expects(422)
    wati.goes(OFFICE)
    wati.follows("Count folding")
    wati.fills({"what": "ballot:dpd", "taken": "77", "passed": "77"})
    wati.presses("Record the count")
    expect(wati.page.locator("[name=taken]")).to_have_value("77")
    expect(wati.page.get_by_role("alert").first).to_be_visible()

    # A kit with what the station needs of one kind, and a sheet of the wrong constituency of another.
    wati.goes(OFFICE)
    wati.follows("Pack a station's kit")
    wati.fills(station=STATION, ballot_dpr="255", ballot_dprd_kab="255", dapil=THEIRS)
    wati.presses("Record the kit")
    wati.reads("This entry raised a warning")
    wati.sees("Salah dapil")
    wati.goes(f"/logistik/tps/{STATION}/")
    wati.sees(THEIRS)
    wati.reads("wrong constituency")

    # Boxes get labels and seals; what has no seal is seen when it sets out.
    wati.goes(OFFICE)
    wati.follows("Label boxes")
    wati.fills(unit_kind="box", labels="K1 K2", station=STATION)
    wati.presses("Record the labels")
    wati.goes(f"/logistik/kotak/{DISTRICT}/K1/")
    wati.follows("Seal a box")
    wati.fills(seals="S-101")
    wati.presses("Record the seals")
    wati.goes(OFFICE)
    wati.follows("Hand over: send")
    wati.fills(leg="to_kecamatan", to_place=KECAMATAN, stations=[STATION], plate="A 8213 KX", escort="police")
    wati.fills(units=[f"{DISTRICT}/K1", f"{DISTRICT}/K2"], seals="TR-1")
    wati.presses("Record that it sets out")
    wati.reads("This entry raised a warning")

    # What is under way can't set out again, and its sender can't count it in.
    wati.goes(f"/logistik/kotak/{DISTRICT}/K1/")
    wati.reads("on its way")
    assert wati.link("Seal a box").count() == 0
    wati.expects(404)
    wati.goes(f"/logistik/{KECAMATAN}/")

    # The subdistrict counts in: one box is not there, the lorry's seal is broken.
    eka.goes(f"/logistik/{KECAMATAN}/")
    eka.follows("Accept")
    eka.page.locator(f'label:has([name="units"][value="{DISTRICT}/K2"])').click()
    eka.fills(bad_seals="TR-1", reason="not_known", document_number="BAST/5")
    eka.presses("Accept what is ticked")
    eka.reads("This entry raised a warning")
    eka.goes(f"/logistik/kotak/{DISTRICT}/K1/")
    way = eka.page.locator("section[aria-labelledby=h-way] tbody tr")
    expect(way).to_have_count(4)
    expect(way.last).to_contain_text("Kecamatan Contoh")
    eka.sees("S-101")

    # The sender sees what did not arrive, and the district each of the three.
    wati.goes(OFFICE)
    expect(wati.page.locator("section[aria-labelledby=h-going]")).to_contain_text("K2")
    dewi.goes("/peringatan/")
    for words in ("Salah dapil", "K2", "Segel rusak saat serah terima", "Kotak tidak tersegel"):
        dewi.sees(words)


def test_ballots_of_another_district_are_found_where_they_came(visits, district):
    """Swapped between districts: the one who gets them sees whose they are, and sees nothing else of that district."""
    tono, lina, dewi = visits("tono"), visits("lina", viewport=DESK), visits("dewi")
    tono.goes(f"/logistik/{THERE}/")
    tono.follows("Count received goods")
    tono.fills(what="ballot:dprd_kab", dapil=OURS, taken="500", passed="500", document_number="BTTB/7")
    tono.presses("Record the count")
    tono.reads("This entry raised a warning")
    tono.sees(OURS)

    lina.goes(f"/logistik/papan/{OTHER_DISTRICT}/")
    lina.sees(OURS)
    expect(lina.page.locator("section[aria-labelledby=h-warn]")).to_contain_text(OURS)

    dewi.expects(404)
    lina.expects(404)
    dewi.goes(f"/logistik/{THERE}/")
    lina.goes(BOARD)
    assert lina.page.locator("main").inner_text().count(OURS) == 0


def test_from_the_province_to_a_box_in_four_taps(visits, district):
    from tests.browser.stages import furnish_stages

    furnish_stages(district)
    putra = visits("putra", viewport=DESK)
    putra.goes("/logistik/")
    for words in ("Kabupaten Contoh", "Kecamatan Contoh", STATION, "K2"):
        putra.page.locator("main").get_by_role("link", name=words).first.click()
        putra.page.wait_for_load_state()
    putra.reads("Its whole way")
