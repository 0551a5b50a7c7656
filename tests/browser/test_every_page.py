"""Every page, in both languages, light and dark, on a phone and on a desk: nothing that axe finds, nothing that scrolls
sideways, nothing on the console.

Each page is loaded once per language and looked at twice, so that every language meets every width, and every theme
every width: of what axe judges, the theme changes only contrast, and the language only words. The acts are made of the
same few fields; those that hold them all are among the pages, the others are looked at once per language.
"""

from collections.abc import Callable, Iterator

import pytest
from django.urls import resolve

from awas.access.declarations import routes
from awas.logistics.forms import BY_SLUG
from awas.warehouse.acts import ACTS
from tests.browser import pages
from tests.browser.furniture import furnish
from tests.browser.people import District
from tests.browser.stages import furnish_stages
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.ui.test_look import DRAWN

Looks = tuple[tuple[dict[str, int], str], ...]
LOOKS: dict[str, Looks] = {
    "id": ((PHONE, "light"), (DESK, "dark")),
    "en": ((DESK, "light"), (PHONE, "dark")),
}
ONCE: dict[str, Looks] = {"id": ((PHONE, "light"),), "en": ((DESK, "dark"),)}
GROUPS: dict[str, Callable[[District, dict[str, str]], Iterator[pages.Shown]]] = {
    "gate": pages.at_the_gate,
    "desk": pages.at_the_desk,
    "roster": pages.at_the_roster,
    "acts": lambda district, keys: pages.acts(keys),
    "stages": pages.at_the_stages,
    "stage acts": pages.stage_acts,
}


@pytest.fixture
def keys(district):
    """The district with something of everything, and the keys of it."""
    return {**furnish(district), **furnish_stages(district)}


class House:
    """A browser for each account, all in one language."""

    def __init__(self, visits: Callable[..., Visitor], language: str) -> None:
        self._visits, self._language = visits, language
        self._open: dict[str, Visitor] = {}

    def visitor(self, who: str) -> Visitor:
        if who not in self._open:
            one = self._open[who] = self._visits(who)
            one.speaks(self._language)
            one.expects(403, 404, 422)
        return self._open[who]


def wrong_with(shown: pages.Shown, visitor: Visitor, looks: Looks) -> Iterator[str]:
    """Everything that is wrong with a page."""
    answer = visitor.goes(shown.address)
    if shown.sends:
        visitor.page.locator("main form.form button").last.click()
        visitor.page.wait_for_load_state()
    elif answer is None or answer.status != shown.status:
        yield f"answered {answer and answer.status}"
    if (spoken := visitor.page.locator("html").get_attribute("lang")) != visitor.language:
        yield f"speaks {spoken}"
    for size, theme in looks:
        visitor.page.set_viewport_size(size)
        visitor.page.emulate_media(color_scheme=theme)
        if visitor.scrolls_sideways():
            yield f"scrolls sideways at {size['width']}"
        yield from (f"{found} ({theme}, {size['width']})" for found in visitor.violations())


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", LOOKS)
def test_nothing_is_wrong_with_any_page(visits, district, keys, language, group):
    house, looks = House(visits, language), (ONCE if group.endswith("acts") else LOOKS)[language]
    found = {
        shown.address: wrong
        for shown in GROUPS[group](district, keys)
        if (wrong := list(wrong_with(shown, house.visitor(shown.who), looks)))
    }
    assert not found, "\n".join(f"{address}: {wrong}" for address, wrong in found.items())


def test_the_table_names_every_page(district, keys):
    shown = [one for group in GROUPS.values() for one in group(district, keys)]
    named = {resolve(one.address.partition("?")[0]).route for one in shown if one.status != 404}
    there = {route.route for route in routes() if "(?P<" not in route.route}
    assert there - named - pages.NO_PAGES == set()
    assert named & pages.NO_PAGES == set()


def test_every_act_has_a_drawn_icon():
    assert {act.icon for act in (*ACTS.values(), *BY_SLUG.values())} <= DRAWN


def test_axe_is_awake(visits, district):
    wati = visits("wati")
    wati.expects(404)
    wati.goes("/")
    wati.page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/x.png\">')")
    wati.page.evaluate("document.querySelector('main').style.width = '2000px'")
    assert any(found.startswith("image-alt") for found in wati.violations())
    assert wati.scrolls_sideways()
