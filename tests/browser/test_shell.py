"""What every page shares: the connection lost and found, language, theme, the keyboard alone, paper."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import HERE, PASSWORD
from tests.browser.visitor import DESK, said

FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), label = one.closest('label');
  const shown = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const near = label ? [style, getComputedStyle(label)] : [style];
  return one === document.body || near.some(shown) || near.some((one) => one.boxShadow !== 'none');
}"""
"""Whether what has the focus can be told from what hasn't: by an outline or a ring of its own or of its label."""


BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor"


def shell_word(page: Page, name: str) -> str:
    """The beginning of a sentence that the page carries for its script."""
    return str(page.evaluate("name => document.body.dataset[name]", name)).split("%s", maxsplit=1)[0]


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Tabs on until `selector` has the focus; every stop on the way must be visible."""
    for _press in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"{selector} can't be reached by Tab")


def test_a_lost_connection_is_said_and_taken_back(visits, district):
    district.begins_duty("wati")
    wati = visits("wati")
    wati.goes(f"/gudang/{HERE}/")
    banner = wati.page.locator("#stale")
    expect(banner).to_be_hidden()
    wati.offline()
    expect(banner).to_be_visible()
    expect(banner).to_contain_text(shell_word(wati.page, "lost"))
    district.lets_in("Joko Contoh")
    wati.offline(False)
    expect(banner).to_be_hidden(timeout=7_000)
    expect(wati.page.locator("#spoken")).to_contain_text(shell_word(wati.page, "back"))
    wati.sees("Joko Contoh")


def test_a_session_that_ended_is_said_and_leads_back(visits, district):
    district.begins_duty("wati")
    wati = visits("wati")
    wati.expects(401)
    wati.goes(f"/gudang/{HERE}/log/")
    wati.context.clear_cookies(name="sessionid")
    banner = wati.page.locator("#stale")
    expect(banner).to_contain_text(shell_word(wati.page, "ended"), timeout=7_000)
    banner.get_by_role("link").click()
    wati.fills(login="wati", password=PASSWORD)
    wati.presses("Sign in")
    expect(wati.page).to_have_url(re.compile(f"/gudang/{HERE}/log/$"))
    wati.sees("Wati Contoh")


def test_language_to_english_and_back(visits, district):
    wati = visits("wati")
    wati.goes(f"/gudang/{HERE}/catat/orang-masuk/")
    html = wati.page.locator("html")
    expect(html).to_have_attribute("lang", "id")
    wati.page.locator("details.menu").last.locator("summary").click()
    wati.page.get_by_role("button", name="English").click()
    expect(html).to_have_attribute("lang", "en")
    wati.sees("Person in")
    wati.goes(f"/gudang/{HERE}/")
    wati.sees("Nobody has the watch")
    wati.page.locator("details.menu").last.locator("summary").click()
    wati.page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(html).to_have_attribute("lang", "id")
    wati.reads("Nobody has the watch")


def test_the_chosen_theme_stays(visits, district):
    wati = visits("wati")
    wati.goes(f"/gudang/{HERE}/")
    html = wati.page.locator("html")
    light = wati.page.evaluate(BACKGROUND)
    wati.page.locator("details.menu").last.locator("summary").click()
    wati.page.get_by_role("button", name=said("Dark")).click()
    expect(html).to_have_attribute("data-theme", "dark")
    assert wati.page.evaluate(BACKGROUND) != light
    wati.goes(f"/gudang/{HERE}/log/")
    expect(html).to_have_attribute("data-theme", "dark")
    wati.page.locator("details.menu").last.locator("summary").click()
    expect(wati.page.get_by_role("button", name=said("Dark"))).to_have_attribute("aria-pressed", "true")
    wati.page.get_by_role("button", name=said("As the device")).click()
    wati.page.reload()
    assert html.get_attribute("data-theme") is None


def test_the_keyboard_alone_is_enough(visits, district):
    wati = visits(viewport=DESK)
    page = wati.page
    wati.goes("/")
    tab_to(page, "[name=login]")
    page.keyboard.type("wati")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    wati.reads("Nobody has the watch")

    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "a.pad-main")
    page.keyboard.press("Enter")
    wati.reads("Record entry")
    tab_to(page, "[name=person_name]")
    page.keyboard.type("Siti Contoh")
    tab_to(page, "[name=role]")
    page.keyboard.type(said("Porter"))
    tab_to(page, "[name=purpose]")
    page.keyboard.type(said("Delivery"))
    tab_to(page, "[name=identity_kind]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=identity_kind][value=sim]")).to_be_checked()
    tab_to(page, "[name=carried]")
    page.keyboard.press("Space")
    tab_to(page, ".dock button")
    page.keyboard.press("Enter")
    wati.reads("Logged")
    wati.sees("Siti Contoh")


def test_the_menu_closes_on_escape_and_gives_the_focus_back(visits, district):
    wati = visits("wati")
    wati.goes(f"/gudang/{HERE}/")
    summary = wati.page.locator("details.menu").last.locator("summary")
    summary.press("Enter")
    wati.page.keyboard.press("Tab")
    wati.page.keyboard.press("Escape")
    expect(wati.page.locator("details.menu").last).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_the_log_and_an_entry_on_paper(visits, district):
    district.begins_duty("wati")
    entry = district.lets_in("Joko Contoh").index
    wati = visits("wati")
    wati.page.emulate_media(media="print")
    for path in ("log/", f"log/{entry}/"):
        wati.goes(f"/gudang/{HERE}/{path}")
        for screen_only in (".top", ".tabs", ".filters", ".actions"):
            for one in wati.page.locator(screen_only).all():
                expect(one).to_be_hidden()
        wati.sees("Joko Contoh")
        assert wati.page.evaluate(BACKGROUND) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
        assert len(wati.page.pdf(format="A4")) > 5_000
        expect(wati.page.locator("footer")).to_contain_text("13 Feb 2024")
