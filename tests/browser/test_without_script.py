"""An old phone, a script that didn't arrive: the essentials are forms and links, and work all the same."""

import re

import pytest
from playwright.sync_api import expect

from awas.config import wiring
from awas.warnings import own_pages
from tests.browser.people import DISTRICT, HERE, HOUR, MINUTE, PASSWORD
from tests.browser.visitor import said


@pytest.fixture
def plain(visits):
    """Somebody whose browser runs no script."""

    def visit(who: str = ""):
        return visits(who, java_script_enabled=False)

    return visit


def test_sign_in_begin_duty_somebody_in_and_out(plain, district):
    wati = plain()
    wati.goes("/")
    wati.fills(login="wati", password=PASSWORD)
    wati.presses("Sign in")
    wati.follows("Nobody has the watch")
    wati.presses("I am here")
    wati.follows("Back to the watch")
    wati.follows("Person in")
    wati.fills(person_name="Siti Contoh", role="kpu_staff", purpose="duty", identity_digits="4821")
    wati.fills(carried=["bag"])
    wati.presses("Record entry")
    wati.reads("Logged")
    assert wati.number() == district.size() - 1
    wati.follows("Back to the watch")
    wati.follows("Person out")
    wati.page.get_by_role("button", name="Siti Contoh").click()
    wati.reads("Nobody is inside.")
    wati.goes(f"/gudang/{HERE}/catat/orang-masuk/")
    wati.page.get_by_role("button", name="Siti Contoh").click()
    wati.reads("Logged")


def test_an_unannounced_truck_warns_and_is_answered(plain, district):
    district.begins_duty("wati")
    wati, dewi = plain("wati"), plain("dewi")
    wati.goes(f"/gudang/{HERE}/")
    wati.follows("Vehicle")
    wati.follows("A vehicle comes in")
    wati.fills(plate="A 8213 KX", vehicle="truck")
    wati.presses("Record arrival")
    wati.goes(f"/gudang/{HERE}/kendaraan/")
    wati.follows("Vehicle left alone")
    wati.presses("Record")
    district.clock.moves(16 * MINUTE)
    wiring.judge_due()
    dewi.goes("/")
    dewi.page.locator("a.warn", has_text="tanpa penjaga").click()
    dewi.page.locator("details:has(form[action$='/acknowledge/']) summary").click()
    dewi.presses("I take it on")
    dewi.reads("being handled")
    dewi.page.locator("details:has(form[action$='/resolve/']) summary").click()
    dewi.page.locator("form[action$='/resolve/'] label:has([value=useful])").click()
    dewi.presses("Resolve")
    dewi.reads("resolved")


def test_a_delivery_is_announced_and_counted(plain, district):
    district.begins_duty("wati")
    wati, dewi = plain("wati"), plain("dewi")
    dewi.goes(f"/gudang/{HERE}/kiriman/")
    dewi.follows("Announce a delivery")
    dewi.fills(
        {
            "delivery_letter": "SJ/0417",
            "expected_until_at": "2024-02-13T11:00",
            "lines-0-item": "ballot",
            "lines-0-ballot": "dpr",
            "lines-0-units": "10000",
        }
    )
    dewi.presses("Announce")
    dewi.reads("Logged")
    wati.goes(f"/gudang/{HERE}/kiriman/")
    wati.follows("Receive")
    wati.fills({"lines-0-units": "9750", "seals": f"KL-1002 {said('Broken')}"})
    wati.presses("Record receipt")
    wati.reads("This entry raised a warning")


def test_the_watch_changes_hands_and_a_wrong_entry_is_corrected(plain, district):
    district.plans_shifts("wati", "bayu")
    district.begins_duty("wati")
    district.clock.moves(7 * HOUR)
    wati, bayu = plain("wati"), plain("bayu")
    wati.goes(f"/gudang/{HERE}/serah-terima/")
    wati.presses("Offer the watch")
    bayu.goes(f"/gudang/{HERE}/serah-terima/")
    bayu.presses("I take the watch over")
    bayu.goes(f"/gudang/{HERE}/serah-terima/")
    bayu.reads("Both have signed. The watch has changed hands.")

    wrong = district.lets_in("Joko Contoh").index
    bayu.goes(f"/gudang/{HERE}/log/{wrong}/")
    bayu.follows("Correct")
    bayu.fills(reason="wrong_person")
    bayu.presses("Record the correction")
    bayu.goes(f"/gudang/{HERE}/log/{wrong}/")
    bayu.reads("This entry was corrected later by")


def test_language_and_theme(plain, district):
    wati = plain("wati")
    wati.goes(f"/gudang/{HERE}/")
    for button, attribute, value in (("Dark", "data-theme", "dark"), ("English", "lang", "en")):
        wati.page.locator("details.menu").last.locator("summary").click()
        wati.page.get_by_role("button", name=re.compile(f"^({said(button)}|{button})$")).last.click()
        expect(wati.page.locator("html")).to_have_attribute(attribute, value)
    expect(wati.page).to_have_url(re.compile(f"/gudang/{HERE}/$"))


def test_an_office_writes_a_rule_of_its_own(plain, district):
    district.begins_duty("wati")
    putra = plain("putra")
    putra.goes("/peringatan/aturan/")
    putra.follows("Own rules")
    putra.follows("Write a rule")
    wrong = own_pages.EXAMPLE.replace("damaged_units, over", "damagd_units, over")
    putra.fills(text=wrong, place=DISTRICT)
    putra.presses("Check it")
    putra.sees("maksud Anda 'damaged_units'?")
    putra.fills(text=own_pages.EXAMPLE)
    putra.presses("Try it on the last 30 days")
    putra.sees("30 hari terakhir: 0 peringatan")
    putra.fills(note="Instruksi provinsi")
    putra.presses("Put in force")
    putra.reads("in force")
    putra.sees("OWN-KANTOR-01")
    putra.page.locator("details:has(form[action$='/hentikan/']) summary").click()
    putra.page.locator("form[action$='/hentikan/'] textarea").fill("Selesai")
    putra.presses("Stop it")
    putra.reads("Stopped")
