"""A delivery from its announcement at the district's desk to the count at the warehouse."""

from playwright.sync_api import expect

from tests.browser.people import HERE, HOUR
from tests.browser.visitor import DESK, said


def test_a_delivery_is_announced_counted_short_and_found_with_a_broken_seal(visits, district):
    district.begins_duty("wati")
    dewi, wati = visits("dewi", viewport=DESK), visits("wati")
    dewi.goes(f"/gudang/{HERE}/kiriman/")
    dewi.follows("Announce a delivery")
    until = district.desk("dewi").now + 2 * HOUR
    dewi.fills(
        {
            "delivery_letter": "SJ/0417",
            "supplier": "Percetakan Contoh",
            "expected_until_at": local(until),
            "lines-0-item": "ballot",
            "lines-0-ballot": "dpr",
            "lines-0-packages": "20",
            "lines-0-units": "10000",
            "lines-1-item": "ink",
            "lines-1-units": "400",
            "seals": "KL-1001\nKL-1002",
        }
    )
    dewi.fills(escort_promised=True)
    dewi.presses("Announce")
    dewi.reads("Logged")

    wati.goes(f"/gudang/{HERE}/")
    wati.follows("Goods")
    wati.sees("SJ/0417")
    wati.sees("Percetakan Contoh")
    wati.follows("Receive")
    expect(wati.page.locator("[name=lines-0-item]")).to_have_value("ballot")
    expect(wati.page.locator("[name=lines-1-item]")).to_have_value("ink")
    wati.fills(
        {
            "lines-0-units": "9750",
            "lines-1-units": "400",
            "document_number": "BTTB/88",
            "witnesses": ["kpu", "police"],
            "seals": f"KL-1001\nKL-1002 {said('Broken')}",
            "difference_reason": "not_known",
        }
    )
    wati.fills(final=True)
    wati.page.locator('label:has([name="counted_by"])').first.click()
    wati.presses("Record receipt")
    wati.reads("This entry raised a warning")
    for text in ("berbeda dari surat", "KL-1002"):
        wati.sees(text)

    wati.goes(f"/gudang/{HERE}/kiriman/")
    wati.page.get_by_role("link", name="SJ/0417").click()
    wati.reads("Announced and counted in")
    ballots = wati.page.get_by_role("row", name="DPR")
    expect(ballots).to_contain_text("10.000")
    expect(ballots).to_contain_text("9.750")
    expect(ballots).to_contain_text("-250")
    expect(wati.page.get_by_role("row", name=said("Ink"))).to_contain_text(said("matches"))
    expect(wati.page.locator("li.tag-bad", has_text="KL-1002")).to_contain_text(said("Broken"))
    expect(wati.page.locator("li.tag-good", has_text="KL-1001")).to_be_visible()
    for text in ("BTTB/88", "Wati Contoh"):
        wati.sees(text)
    log = wati.page.locator("section[aria-labelledby=h-entries] .entry")
    expect(log.last).to_contain_text("SJ/0417")
    expect(log.filter(has_text="KL-1002")).not_to_have_count(0)

    wati.follows("Explain a difference")
    wati.fills(reason="miscounted_at_source", details="Petugas percetakan menyusulkan")
    wati.presses("Record")
    wati.reads("Logged")
    wati.page.go_back()
    wati.page.go_back()
    wati.page.reload()
    wati.reads("Miscounted by the sender")


def local(at: int) -> str:
    """As the field of a date and time wants it."""
    from datetime import UTC, datetime, timedelta

    return (datetime.fromtimestamp(at / 1000, UTC) + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M")
