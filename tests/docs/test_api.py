"""The device API's page names every kind a device may send, and its example is taken by the program."""

import json

import pytest

from awas.api.intake import INTAKES
from tests.api.conftest import phone, sites, token  # noqa: F401 - fixtures
from tests.docs.pages import fenced, spans, text_of

PAGE = text_of("docs/api.md")


def test_every_kind_is_named_and_no_other():
    named = {span for span in spans(PAGE) if "@" in span}
    assert named == set(INTAKES)


@pytest.mark.django_db
def test_the_example_is_recorded(phone):  # noqa: F811
    (sent,) = json.loads(fenced(PAGE, "json")[0])
    answer = phone(sent["seq"], sent["kind"], **sent["data"])
    assert answer.keys() == json.loads(fenced(PAGE, "json")[1].replace("…", ""))["answers"][0].keys()
