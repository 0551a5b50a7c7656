"""From a tap at the gate to a warning on the wall, and back by those who answer it."""

import time

from playwright.sync_api import Locator, Page, expect

from awas.config import wiring
from tests.browser.people import HERE, MINUTE
from tests.browser.visitor import DESK, WALL, said

NO_ESCORT = "A 8213 KX tanpa pengawalan polisi"
ALONE = "A 8213 KX tanpa penjaga lebih dari 15 menit"
LIVE_MS = 5_000 + 1_500
"""Live within five seconds; the rest is for a busy machine to draw in."""


def warning(page: Page, text: str) -> Locator:
    """The warning that says so in a list of open ones."""
    return page.locator("a.warn", has_text=text)


def test_a_truck_nobody_announced_is_on_the_wall_within_five_seconds(visits, district):
    district.begins_duty("wati")
    wati, gate = visits("wati"), visits("wati")
    dewi, putra, hall = visits("dewi", viewport=DESK), visits("putra", viewport=DESK), visits("putra", viewport=WALL)
    wati.goes(f"/gudang/{HERE}/")
    dewi.goes("/")
    for wall in (putra, hall):
        wall.goes("/")
        wall.reads("No open warning.")
    seen = [wati.page, dewi.page, putra.page, hall.page]
    for page in seen:
        page.evaluate("window.loadedOnce = true")

    gate.goes(f"/gudang/{HERE}/")
    gate.follows("Vehicle")
    gate.follows("A vehicle comes in")
    gate.fills(plate="a 8213 kx", vehicle="truck", purpose="deliver", position="outside")
    gate.presses("Record arrival")
    gate.reads("This entry raised a warning")
    told = time.monotonic()
    for page in seen:
        expect(warning(page, NO_ESCORT)).to_be_visible(timeout=max(LIVE_MS - 1000 * (time.monotonic() - told), 1))

    gate.goes(f"/gudang/{HERE}/kendaraan/")
    gate.follows("Vehicle left alone")
    gate.fills(loaded=True)
    gate.presses("Record")
    district.clock.moves(16 * MINUTE)
    wiring.judge_due()
    for page in seen:
        expect(warning(page, ALONE)).to_be_visible(timeout=LIVE_MS)
        assert page.evaluate("window.loadedOnce") is True

    warning(dewi.page, ALONE).click()
    dewi.reads("What to do")
    dewi.page.locator("details:has(form[action$='/acknowledge/']) summary").click()
    dewi.page.locator("form[action$='/acknowledge/']").get_by_label(said("Note")).fill("Petugas menuju lokasi")
    dewi.presses("I take it on")
    dewi.reads("being handled")
    dewi.sees("Dewi Contoh")
    dewi.sees("Petugas menuju lokasi")
    expect(warning(hall.page, ALONE)).to_contain_text(said("being handled"), timeout=LIVE_MS)

    dewi.page.locator("details:has(form[action$='/resolve/']) summary").click()
    dewi.page.locator("form[action$='/resolve/'] label:has([value=useful])").click()
    dewi.presses("Resolve")
    dewi.reads("resolved")
    for page in seen[2:]:
        expect(warning(page, ALONE)).to_have_count(0, timeout=LIVE_MS)


def test_an_answer_that_comes_too_late_is_refused_in_words_and_the_page_stays_alive(visits, district):
    district.begins_duty("wati")
    wati, dewi = visits("wati"), visits("dewi", viewport=DESK)
    wati.goes(f"/gudang/{HERE}/catat/kejadian/")
    wati.fills(incident="protest", severity="high", details="Massa di depan gerbang", spot="Gerbang")
    wati.presses("Report incident")
    wati.page.locator("a.warn").click()
    wati.reads("What to do")
    first, second = dewi.page, dewi.context.new_page()
    for page in (first, second):
        page.goto(wati.page.url)
        page.locator("details:has(form[action$='/resolve/']) summary").click()
        page.locator("form[action$='/resolve/'] label:has([value=useful])").click()
    second.locator("form[action$='/resolve/'] button").click()
    expect(second.locator("#head")).to_contain_text(said("resolved"))

    dewi.expects(422)
    first.locator("form[action$='/resolve/'] [name=note]").fill("Sudah selesai")
    first.locator("form[action$='/resolve/'] button").click()
    expect(first.get_by_role("alert")).to_be_visible()
    expect(first.locator("form[action$='/resolve/'] [name=note]")).to_have_value("Sudah selesai")
    with first.expect_response(lambda answer: "/peringatan/" in answer.url and answer.status == 200):
        pass
    expect(first.locator("#stale")).to_be_hidden()
    first.get_by_role("button", name="English").click()
    expect(first.locator("#head")).to_contain_text("resolved")
