"""People at the gate, as the watcher's phone shows it."""

from playwright.sync_api import expect

from tests.browser.people import HERE, PASSWORD
from tests.browser.visitor import counted


def test_a_watch_begins_and_somebody_comes_and_goes(visits, district):
    wati = visits()
    wati.goes("/")
    wati.fills(login="wati", password=PASSWORD)
    wati.presses("Sign in")
    wati.reads("Nobody has the watch")

    wati.follows("Nobody has the watch")
    wati.presses("I am here")
    wati.reads("Logged")
    wati.follows("Back to the watch")
    wati.sees("Wati Contoh")

    wati.follows("Person in")
    wati.fills(person_name="Siti Contoh", role="kpu_staff", purpose="duty", institution="KPU", identity_digits="4821")
    wati.fills(identity_kind="sim", carried=["bag", "phone"], body_checked="yes")
    wati.presses("Record entry")
    wati.reads("Logged")
    assert wati.number() == district.size() - 1
    wati.sees("Siti Contoh")

    wati.goes(f"/gudang/{HERE}/log/")
    entry = wati.page.locator(f"#e{district.size() - 1}")
    expect(entry).to_contain_text("Siti Contoh")
    wati.follows("Watch")
    expect(wati.page.locator(".duo")).to_contain_text("1")

    wati.follows("Person out")
    wati.page.get_by_role("button", name="Siti Contoh").click()
    wati.sees(counted("%(n)s person inside", "%(n)s people inside", 0))
    wati.reads("Nobody is inside.")


def test_somebody_often_here_enters_in_one_tap(visits, district):
    district.begins_duty("wati")
    district.lets_in("Joko Contoh")
    wati = visits("wati")
    wati.goes(f"/gudang/{HERE}/keluar/")
    wati.page.get_by_role("button", name="Joko Contoh").click()
    wati.reads("Nobody is inside.")

    wati.goes(f"/gudang/{HERE}/catat/orang-masuk/")
    wati.reads("Often here")
    wati.page.get_by_role("button", name="Joko Contoh").click()
    wati.reads("Logged")
    wati.sees("Joko Contoh")
    wati.goes(f"/gudang/{HERE}/di-dalam/")
    wati.sees("Joko Contoh")


def test_two_taps_are_one_entry(visits, district):
    district.begins_duty("wati")
    wati, before = visits("wati"), district.size()
    wati.goes(f"/gudang/{HERE}/catat/orang-masuk/")
    wati.fills(person_name="Siti Contoh", role="porter", purpose="delivery")
    wati.button("Record entry").dblclick()
    wati.reads("Logged")
    assert (wati.number(), district.size()) == (before, before + 1)


def test_back_and_once_more_gives_the_same_receipt(visits, district):
    district.begins_duty("wati")
    wati, before = visits("wati"), district.size()
    wati.goes(f"/gudang/{HERE}/catat/orang-masuk/")
    wati.fills(person_name="Siti Contoh", role="porter", purpose="delivery")
    wati.presses("Record entry")
    wati.reads("Logged")
    wati.page.go_back()
    expect(wati.page.locator("[name=person_name]")).to_have_value("Siti Contoh")
    wati.presses("Record entry")
    wati.reads("Logged")
    assert (wati.number(), district.size()) == (before, before + 1)


def test_what_is_missing_is_named_and_nothing_typed_is_lost(visits, district):
    district.begins_duty("wati")
    wati, before = visits("wati"), district.size()
    wati.expects(422)
    wati.goes(f"/gudang/{HERE}/catat/orang-masuk/")
    wati.fills(
        role="guest", institution="Dinas Contoh", carried=["bag"], identity_kind="passport", purpose_text="Rapat"
    )
    wati.presses("Record entry")

    summary = wati.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    for name in ("person_name", "purpose"):
        field = wati.page.locator(f"main [name={name}]")
        expect(field).to_have_attribute("aria-invalid", "true")
        told_by = field.get_attribute("aria-describedby") or ""
        assert any(wati.page.locator(f"#{one}").inner_text().strip() for one in told_by.split())
    summary.get_by_role("link").first.click()
    expect(wati.page.locator("main [name=person_name]")).to_be_focused()

    expect(wati.page.locator("main [name=role]")).to_have_value("guest")
    expect(wati.page.locator("main [name=institution]")).to_have_value("Dinas Contoh")
    expect(wati.page.locator("main [name=purpose_text]")).to_have_value("Rapat")
    expect(wati.page.locator('[name=carried][value="bag"]')).to_be_checked()
    expect(wati.page.locator('[name=identity_kind][value="passport"]')).to_be_checked()
    assert district.size() == before

    wati.fills(person_name="Siti Contoh", purpose="meeting")
    wati.presses("Record entry")
    wati.reads("Logged")
    assert district.size() == before + 1
