"""The glossary and the code name the same things."""

import ast
from typing import get_args

import pytest
from django.utils.translation import override

from awas.access.models import Roles
from awas.access.policy import Role
from awas.config.texts import catalogue
from awas.logistics.area import AREA as LOGISTICS
from awas.logistics.stages import STAGES, Shelf
from awas.roster.area import AREA as ROSTER
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warehouse.codes import ITEM_KINDS, ROLES
from awas.warehouse.words import ROLES as ROLE_WORDS
from awas.warnings.events import EVENTS as WARNING_EVENTS
from tests.docs.pages import SOURCE, spans, table_rows, text_of

ROWS = list(table_rows(text_of("docs/glossary.md")))
TERMS = {term: row for row in ROWS for term in spans(row[0])}


def named_in_code():
    """Every identifier and every short text of the code."""
    names = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.Name(id=name) | ast.arg(arg=name):
                    names.add(name)
                case ast.Attribute(attr=name) | ast.keyword(arg=str(name)) | ast.Constant(value=str(name)):
                    names.add(name)
    return names


@pytest.mark.parametrize(
    "event",
    [*WAREHOUSE.events, *LOGISTICS.events, *ROSTER.events, *WARNING_EVENTS],
    ids=lambda event: event.__name__,
)
def test_every_event_has_its_indonesian_name(event):
    assert event.__name__ in TERMS


def test_every_role_is_there_in_the_words_of_the_pages():
    with override("en"):
        english = {role.value: str(Roles(role.value).label) for role in Role}
        english |= {role: str(ROLE_WORDS[role]) for role in ROLES if role not in english}
    indonesian = catalogue()
    shown = {role: indonesian.get(words, "kind" if role == "other" else None).string for role, words in english.items()}
    told = {role: TERMS[role][1] for role in shown}
    assert {role: words.casefold() for role, words in told.items()} == {
        role: words.casefold() for role, words in shown.items()
    }


def test_every_stage_and_every_kind_of_stock_is_there():
    assert {row.id for row in STAGES} <= TERMS.keys()
    assert {*get_args(Shelf)} - {"outside"} <= TERMS.keys()


def test_equipment_named_by_law_is_there():
    assert {"ballot", "box", "booth", "ink", "paper_seal", "punch_kit"} <= TERMS.keys() & set(ITEM_KINDS)


def test_nothing_is_explained_that_the_code_does_not_have():
    unknown = sorted(TERMS.keys() - named_in_code())
    assert unknown == []


def test_each_row_says_it_in_indonesian():
    for row in ROWS:
        assert len(row) == 3, row
        assert spans(row[0]), row
        assert row[1], row


def test_nothing_is_explained_twice():
    seen = [term for row in ROWS for term in spans(row[0])]
    assert sorted(seen) == sorted(set(seen))
