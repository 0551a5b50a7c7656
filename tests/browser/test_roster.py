"""The district office's month: planned, corrected, published; a swap; somebody sick."""

from playwright.sync_api import expect

from awas.roster.models import Shift
from tests.browser.people import DISTRICT, HERE
from tests.browser.visitor import DESK, said

MONTH = f"/piket/{DISTRICT}/?bulan=2024-02"


def test_the_office_plans_a_month_corrects_it_and_publishes_it(visits, district):
    dewi, wati = visits("dewi", viewport=DESK), visits("wati")
    dewi.goes("/")
    dewi.follows("Roster")
    dewi.follows("What sites want")
    dewi.fills({f"{HERE} pagi": "1", f"{HERE} siang": "0", f"{HERE} malam": "1", f"{HERE} malam women": "1"})
    dewi.presses("Keep")
    dewi.follows("Officers and their limits")
    dewi.page.get_by_role("link", name="Wati Contoh").click()
    dewi.fills(woman=True, most_nights="3")
    dewi.presses("Keep")
    dewi.goes(MONTH)
    dewi.page.set_default_timeout(60_000)
    dewi.presses("Make a plan")
    dewi.reads("draft, nobody has been told")
    dewi.reads("What can't be met, and why")
    dewi.sees("hanya 1 perempuan dapat dijadwalkan di sana")
    dewi.reads("What would help")

    cell = dewi.page.locator(f"a[href$='/sel/{HERE}/2024-02-15/pagi/']")
    fixed = "Wati Contoh" if "Bayu" in (cell.text_content() or "") else "Bayu Contoh"
    cell.click()
    for name in ("Wati Contoh", "Bayu Contoh"):
        if dewi.page.get_by_label(name).is_checked() != (name == fixed):
            dewi.page.get_by_label(name).locator("xpath=..").click()
    dewi.presses("Fix and plan anew")
    expect(cell).to_contain_text(fixed)

    assert not Shift.objects.exists()
    dewi.presses("Publish")
    dewi.reads("published")
    wati.goes(f"/gudang/{HERE}/piket/")
    wati.sees("23.00–07.00")


def test_a_swap_is_asked_at_the_site_and_approved_at_the_desk(visits, district):
    district.clock.moves(1)
    district.plans_shifts("bayu", "wati", "bayu")
    dewi, wati = visits("dewi", viewport=DESK), visits("wati")
    wati.goes(f"/gudang/{HERE}/piket/")
    wati.follows("Swap")
    wati.fills(with_person=district.people["bayu"].code, why="Anak sakit")
    wati.presses("Ask the office")
    wati.reads("Logged")
    dewi.goes(MONTH)
    dewi.sees("Bayu Contoh")
    dewi.follows("Approve")
    dewi.presses("Approve")
    dewi.reads("Logged")
    wati.goes(f"/gudang/{HERE}/piket/")
    assert wati.page.get_by_role("link", name=said("Swap")).count() == 0


def test_who_can_come_is_asked_from_the_list_of_shifts(visits, district):
    district.plans_shifts("wati", "bayu")
    dewi = visits("dewi", viewport=DESK)
    dewi.goes(f"/gudang/{HERE}/piket/")
    dewi.follows("Who can come")
    dewi.reads("This shift keeps hours of its own, of which the planner knows nothing. Choose freely.")
    dewi.follows("Choose freely")
    dewi.sees("Bayu Contoh")
