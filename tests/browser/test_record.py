"""What stands in the record: corrected by a new entry, proven under a signed head, its photos held to their hashes."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from awas.ledger import blobs, checkpoints
from awas.ledger.proof import verify_proof
from tests.browser.people import HERE
from tests.browser.visitor import DESK, said


def a_photo(colour: str = "darkorange") -> bytes:
    """A small real JPEG."""
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(drawn, "JPEG")
    return drawn.getvalue()


def test_a_wrong_entry_is_corrected_by_another(visits, district):
    district.begins_duty("wati")
    wrong = district.lets_in("Joko Contoh").index
    wati = visits("wati")
    wati.goes(f"/gudang/{HERE}/log/{wrong}/")
    wati.follows("Correct")
    wati.fills(reason="wrong_person", why="Salah orang")
    wati.presses("Record the correction")
    wati.reads("Logged")
    correction = wati.number()
    wati.goes(f"/gudang/{HERE}/log/{wrong}/")
    wati.reads("This entry was corrected later by")
    wati.sees("Joko Contoh")
    wati.page.get_by_role("link", name=f"#{correction}").first.click()
    wati.reads("This entry corrects")
    wati.goes(f"/gudang/{HERE}/log/")
    expect(wati.page.locator(f"#e{wrong}")).to_contain_text(f"#{correction}")
    assert wati.page.locator(f"#e{wrong} .entry-text").evaluate("one => getComputedStyle(one).textDecorationLine") == (
        "line-through"
    )
    wati.goes(f"/gudang/{HERE}/di-dalam/")
    wati.reads("Nobody is inside.")


def test_a_photo_that_was_changed_is_found(visits, district, settings):
    district.begins_duty("wati")
    wati, content = visits("wati"), a_photo()
    wati.goes(f"/gudang/{HERE}/")
    wati.follows("Incident")
    wati.fills(incident="protest", severity="critical", spot="Gerbang", details="Massa berkumpul di depan gerbang")
    wati.fills(photos=[{"name": "gerbang.jpg", "mimeType": "image/jpeg", "buffer": content}])
    expect(wati.page.get_by_role("img", name="gerbang.jpg")).to_be_visible()
    wati.presses("Report incident")
    wati.follows("Entry and proof")
    photo = wati.page.locator(".photos li")
    expect(photo).to_contain_text(said("unchanged"))
    photo.locator("img").scroll_into_view_if_needed()
    expect(photo.locator("img")).to_have_js_property("naturalWidth", 64)
    wati.sees("Massa berkumpul di depan gerbang")

    [kept] = [path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]
    assert kept.read_bytes() == content
    kept.write_bytes(a_photo("darkgreen"))
    wati.expects(404)
    wati.page.reload()
    expect(photo).to_contain_text(said("missing or changed"))
    kept.unlink()
    wati.page.reload()
    expect(photo).to_contain_text(said("missing or changed"))
    assert not blobs.path_of(photo.locator("img").get_attribute("src").rstrip("/").rsplit("/")[-1]).exists()


def test_what_is_no_photo_is_refused_and_the_words_are_kept(visits, district):
    district.begins_duty("wati")
    wati, before = visits("wati"), district.size()
    wati.expects(422)
    wati.goes(f"/gudang/{HERE}/catat/kejadian/")
    wati.fills(incident="protest", severity="high", details="Massa berkumpul")
    wati.fills(photos=[{"name": "gerbang.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"}])
    wati.presses("Report incident")
    expect(wati.page.get_by_role("alert")).to_be_visible()
    expect(wati.page.locator("[name=details]")).to_have_value("Massa berkumpul")
    assert district.size() == before


def test_anyone_can_check_an_entry_by_its_proof_file(visits, district):
    district.begins_duty("wati")
    entry = district.lets_in("Joko Contoh").index
    for number in range(5):
        district.lets_in(f"Tamu {number}", digits=str(1000 + number))
    dewi = visits("dewi", viewport=DESK)
    dewi.goes(f"/gudang/{HERE}/log/{entry}/")
    dewi.reads("Recorded. The next checkpoint will cover it within a minute.")
    checkpoints.sign("awas/36.02", district.clock())
    dewi.page.reload()
    dewi.reads("The proof holds.")
    with dewi.page.expect_download() as download:
        dewi.follows("Proof file")
    assert download.value.suggested_filename == f"entry-{entry}.tlog-proof"
    proof = Path(download.value.path()).read_text(encoding="utf-8")
    proven = verify_proof(proof, [checkpoints.verifier_of("awas/36.02")])
    assert proven.index == entry
    assert b"Joko" not in proven.entry
    assert dewi.page.locator(".hash").first.inner_text()


def test_the_open_log_is_open_to_all(visits, district):
    district.begins_duty("wati")
    checkpoints.sign("awas/36.02", district.clock())
    somebody = visits()
    somebody.goes("/log/")
    somebody.sees("awas/36.02")
    answer = somebody.page.request.get("/log/36.02/checkpoint")
    assert answer.text().startswith("awas/36.02\n1\n")
