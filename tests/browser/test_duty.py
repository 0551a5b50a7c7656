"""The watch changes hands: offered by one, accepted by another, each on an account of their own."""

from playwright.sync_api import expect

from tests.browser.people import HERE, HOUR
from tests.browser.visitor import DESK, said


def test_both_sign_the_hand_over(visits, district):
    district.plans_shifts("wati", "bayu")
    district.begins_duty("wati")
    district.lets_in("Joko Contoh")
    district.clock.moves(7 * HOUR)
    wati, bayu = visits("wati"), visits("bayu")
    wati.goes(f"/gudang/{HERE}/")
    wati.follows("Wati Contoh")
    hands_over, takes_over = (
        wati.page.locator(f"section[aria-labelledby=h-{side}]") for side in ("leaving", "arriving")
    )
    expect(hands_over).to_contain_text("Wati Contoh")
    expect(takes_over).to_contain_text("Bayu Contoh")
    expect(wati.page.locator("section[aria-labelledby=h-facts] li").first).to_contain_text("1")
    wati.fills(note="Kunci gudang ada di pos")
    wati.presses("Offer the watch")
    wati.reads("Logged")
    offered = wati.number()
    wati.goes(f"/gudang/{HERE}/serah-terima/")
    wati.reads("Waiting for the other signature, on that person's own account.")
    expect(hands_over).to_contain_text(f"#{offered}")
    assert wati.page.locator("main form").count() == 0

    bayu.goes(f"/gudang/{HERE}/serah-terima/")
    bayu.presses("I take the watch over")
    bayu.reads("Logged")
    accepted = next(one for one in range(offered + 1, district.size()) if _kind(one) == "roster.handover_accepted@1")
    for one in (wati, bayu):
        one.goes(f"/gudang/{HERE}/serah-terima/")
        one.reads("Both have signed. The watch has changed hands.")
        both = one.page.locator("section[aria-labelledby=h-last]")
        for text in ("Wati Contoh", f"#{offered}", "Bayu Contoh", f"#{accepted}"):
            expect(both).to_contain_text(text)
    bayu.goes(f"/gudang/{HERE}/")
    expect(bayu.page.locator(".duty")).to_contain_text("Bayu Contoh")
    expect(bayu.page.locator(".duty")).not_to_contain_text("Wati Contoh")


def test_what_is_not_as_described_is_said_and_the_watch_stays(visits, district):
    district.plans_shifts("wati", "bayu")
    district.begins_duty("wati")
    wati, bayu = visits("wati"), visits("bayu")
    wati.goes(f"/gudang/{HERE}/serah-terima/")
    wati.presses("Offer the watch")
    bayu.expects(422)
    bayu.goes(f"/gudang/{HERE}/serah-terima/")
    bayu.follows("Not as described")
    bayu.presses("I don't take it over like this")
    expect(bayu.page.get_by_role("alert")).to_be_visible()
    bayu.fills(points=["seals"])
    bayu.presses("I don't take it over like this")
    bayu.reads("Logged")
    bayu.goes(f"/gudang/{HERE}/")
    expect(bayu.page.locator(".duty")).to_contain_text("Wati Contoh")


def test_the_district_plans_a_shift_and_the_site_shows_it(visits, district):
    dewi, wati = visits("dewi", viewport=DESK), visits("wati")
    dewi.goes(f"/gudang/{HERE}/piket/")
    dewi.follows("Plan a shift")
    dewi.fills(from_at="2024-02-13T15:00", until_at="2024-02-13T23:00", minimum="1")
    dewi.page.get_by_label("Bayu Contoh").locator("xpath=..").click()
    dewi.presses("Plan it")
    dewi.reads("Logged")
    wati.goes(f"/gudang/{HERE}/piket/")
    wati.sees("15.00–23.00")
    wati.sees("Bayu Contoh")
    assert wati.page.get_by_role("link", name=said("Plan a shift")).count() == 0


def _kind(index: int) -> str:
    from awas.ledger import services as ledger

    return ledger.line("awas/36.02", index).entry.kind
