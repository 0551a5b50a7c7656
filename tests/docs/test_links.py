"""Links in the documents lead somewhere."""

import re

import pytest

from tests.docs.pages import PAGES, ROOT, SOURCE, name_of, spans

_LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]+))?\)")


def anchors(text):
    """GitHub's names of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    broken = []
    for target, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        file = (page.parent / target).resolve() if target else page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            broken.append(f"{target}#{anchor}")
    assert broken == []


MADE_ELSEWHERE = {"web/", "verifiers.txt", "var/demo"}
"""Folders and files that the program makes, or that are still to come."""

_PATH = re.compile(r"[\w./-]+/[\w.-]*|[\w-]+\.(?:py|md|toml|txt)")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_it_names_exist(page):
    named = {span for span in spans(page.read_text(encoding="utf-8")) if _PATH.fullmatch(span)}
    looked_in = (ROOT, SOURCE, page.parent, ROOT / "tests")
    gone = {
        path
        for path in named
        if path not in MADE_ELSEWHERE
        and not path.startswith(("/", "AWAS_HOME/", "awas/", "tile/", "cosignature/", "subtree/"))
        and not any((folder / path).exists() for folder in looked_in)
    }
    assert gone == set()
