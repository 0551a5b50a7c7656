"""Links lead somewhere: whoever follows every link from their own first page finds no closed door and every act."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import resolve

from awas.logistics.forms import BY_SLUG
from awas.warehouse.acts import ACTS
from tests.browser.furniture import furnish
from tests.browser.people import ACCOUNTS
from tests.browser.stages import furnish_stages

SAME_KIND = 4
"""So many pages of one kind are looked at."""

_HREF = re.compile(r'<a\b[^>]*\bhref="([^"#]*)')


@pytest.fixture
def furnished(district):
    furnish(district)
    furnish_stages(district)
    return district


def walk(client: Client) -> Iterator[tuple[str, str, int]]:
    """(address, the page it was found on, the answer's status) of every page that can be reached by links."""
    ahead, seen, kinds = [("/", "")], {"/"}, Counter[str]()
    while ahead:
        address, found_on = ahead.pop(0)
        answer = client.get(address, follow=True)
        yield address, found_on, answer.status_code
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for found in _HREF.findall(answer.text):
            link = urljoin(here, unescape(found))
            if not link.startswith("/") or link in seen:
                continue
            match = resolve(link.partition("?")[0])
            kind = f"{match.route} {match.kwargs.get('slug', '')}"
            kinds[kind] += 1
            seen.add(link)
            if kinds[kind] <= SAME_KIND:
                ahead.append((link, here))


@pytest.mark.parametrize("who", ACCOUNTS)
def test_no_link_leads_to_a_closed_door(furnished, who):
    client = Client()
    client.force_login(furnished.people[who])
    walked = list(walk(client))
    assert [one for one in walked if one[2] >= 400] == []
    assert len(walked) > 5


def test_every_act_is_linked_from_somewhere(furnished):
    reached = set()
    for who in ("wati", "bayu", "dewi", "eka"):
        client = Client()
        client.force_login(furnished.people[who])
        reached |= {match[1] for one in walk(client) if (match := re.search(r"/catat/([\w-]+)/", one[0]))}
    # Asked on the page of the hand-over itself, whoever's turn it is.
    reached |= {"mulai-piket", "serah-piket", "terima-piket"}
    assert (set(ACTS) | set(BY_SLUG)) - reached == set()
