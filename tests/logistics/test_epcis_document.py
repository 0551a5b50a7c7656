"""Reading EPCIS documents: what is accepted, and that each refusal names the field in both languages."""

import json
import re

import pytest
from django.utils.translation import override

from awas.ledger.area import Refused
from awas.logistics.epcis import names
from awas.logistics.epcis.document import read
from awas.logistics.epcis.incoming import Taken, map_events
from awas.logistics.epcis.mapping import MAPPING
from awas.logistics.epcis.refusals import NOT_APPLIED, REFUSED, WORDS
from awas.logistics.epcis.vocabulary import BIZ_STEPS, DISPOSITIONS, is_uri
from tests import shape
from tests.docs.pages import fenced, spans, text_of
from tests.logistics.epcis_sent import CONTEXT, DPR, WHEN, Reader, letter, seen, sent

EVENT = seen("receiving", "in_progress", 5)


def refused(event: object) -> tuple[str, object]:
    (one,) = read(letter([event]))
    assert isinstance(one, Refused), one
    return one.code, str(one.params["at"]).removeprefix("$.epcisBody.eventList[0]")


def without(name: str, event: dict = EVENT) -> dict:
    return {key: value for key, value in event.items() if key != name}


WRONG = [
    (without("action"), "epcis.field_missing", ".action"),
    (without("type"), "epcis.field_missing", ".type"),
    (without("eventTime"), "epcis.field_missing", ".eventTime"),
    (without("eventTimeZoneOffset"), "epcis.field_missing", ".eventTimeZoneOffset"),
    (without("quantityList"), "epcis.nothing_named", ""),
    (EVENT | {"type": "BallotEvent"}, "epcis.word_unknown", ".type"),
    (EVENT | {"type": 5}, "epcis.wrong_type", ".type"),
    (EVENT | {"action": "TAKE"}, "epcis.word_unknown", ".action"),
    (EVENT | {"bizStep": "sorting"}, "epcis.word_unknown", ".bizStep"),
    (EVENT | {"bizStep": "urn:epcglobal:cbv:bizstep:sorting"}, "epcis.word_unknown", ".bizStep"),
    (EVENT | {"disposition": None}, "epcis.wrong_type", ".disposition"),
    (EVENT | {"eventTime": "2024-02-30T07:00:00Z"}, "epcis.not_a_time", ".eventTime"),
    (EVENT | {"eventTime": "2024-02-14 07:00"}, "epcis.not_a_time", ".eventTime"),
    (EVENT | {"eventTimeZoneOffset": "WIB"}, "epcis.not_an_offset", ".eventTimeZoneOffset"),
    (EVENT | {"eventID": "812"}, "epcis.not_a_uri", ".eventID"),
    (EVENT | {"readPoint": {}}, "epcis.field_missing", ".readPoint.id"),
    (EVENT | {"quantityList": [{"epcClass": DPR, "quantity": "5"}]}, "epcis.wrong_type", ".quantityList[0].quantity"),
    (EVENT | {"quantityList": [{"epcClass": DPR, "station": 1}]}, "epcis.field_unknown", ".quantityList[0].station"),
    (EVENT | {"epcList": ["a:b", "a:b"]}, "epcis.value_twice", ".epcList"),
    (EVENT | {"station": "x"}, "epcis.field_unknown", ".station"),
    (EVENT | {"ilmd": {"a:b": 1}}, "epcis.field_unknown", ".ilmd"),
    (EVENT | {"persistentDisposition": {"set": []}}, "epcis.list_empty", ".persistentDisposition.set"),
    (EVENT | {"errorDeclaration": {"reason": "oops"}}, "epcis.word_unknown", ".errorDeclaration.reason"),
    (EVENT | {"bizTransactionList": [{"type": "letter", "bizTransaction": "a:b"}]}, "epcis.word_unknown",
     ".bizTransactionList[0].type"),
    (EVENT | {"certificationInfo": ["x y"]}, "epcis.not_a_uri", ".certificationInfo"),
    (EVENT | {"@context": ["a:b", "a:b"]}, "epcis.value_twice", ".@context"),
    (sent("TransactionEvent", action="ADD", epcList=[], bizTransactionList=[]), "epcis.list_empty",
     ".bizTransactionList"),
    (sent("AssociationEvent", action="ADD", childEPCs=["a:b"]), "epcis.field_missing", ".parentID"),
    (sent("AggregationEvent", action="ADD", parentID="a:b"), "epcis.nothing_named", ""),
    (sent("TransformationEvent", inputEPCList=["a:b"]), "epcis.nothing_named", ""),
    ("event", "epcis.wrong_type", ""),
]  # fmt: skip


@pytest.mark.parametrize(("event", "code", "at"), WRONG, ids=[f"{code} {at}" for _, code, at in WRONG])
def test_a_wrong_event_is_refused_with_the_field_named(event, code, at):
    assert refused(event) == (code, at)


def test_a_single_event_comes_with_its_context():
    assert read(json.dumps(EVENT | {"@context": CONTEXT}).encode())[0].event.action == "OBSERVE"
    with pytest.raises(Refused, match=r"field_missing.*@context"):
        read(json.dumps(EVENT).encode())


def test_the_answer_to_a_query_is_read_too():
    body = {"queryResults": {"queryName": "q", "resultsBody": {"eventList": [EVENT, without("action")]}}}
    found = read(json.dumps({"@context": CONTEXT, "type": "EPCISQueryDocument", "epcisBody": body}).encode())
    assert found[0].event.biz_step == "receiving"
    assert found[1].params["at"] == "$.epcisBody.queryResults.resultsBody.eventList[1].action"


@pytest.mark.parametrize(
    "written",
    ["receiving", "urn:epcglobal:cbv:bizstep:receiving", "https://ref.gs1.org/cbv/BizStep-receiving",
     "https://ns.gs1.org/cbv/BizStep-receiving"],
)  # fmt: skip
def test_a_word_may_come_in_its_long_forms(written):
    """The schema takes bare words only; documents that were once EPCIS 1.2 carry the others."""
    (one,) = read(letter([EVENT | {"bizStep": written}]))
    assert BIZ_STEPS.word(one.event.biz_step) == "receiving"


def test_somebodys_own_word_stays_as_it_is():
    own = "https://kpu.example/disposition/disegel"
    (one,) = read(letter([EVENT | {"disposition": own}]))
    assert DISPOSITIONS.word(one.event.disposition) == own


def test_the_words_are_those_of_the_standard():
    assert (len(BIZ_STEPS.bare), len(DISPOSITIONS.bare)) == (41, 33)


@pytest.mark.parametrize(
    ("made", "uri"),
    [
        (names.item_class("ballot", "dpr", "36.03-4"), "urn:awas:item:ballot:dpr:36.03-4"),
        (names.item_class("box"), "urn:awas:item:box"),
        (names.item_class("ballot", "", "x"), "urn:awas:item:ballot::x"),
        (names.place_urn("36.03-G1"), "urn:awas:place:36.03-G1"),
        (names.key_urn("unit", "36.03/B1"), "urn:awas:unit:36.03:B1"),
        (names.key_urn("unit", "36.03/B:1"), "urn:awas:unit:36.03:B%3A1"),
        (names.seal_urn("A-00774"), "urn:awas:seal:A-00774"),
        (names.document_urn("BA/1 Ω"), "urn:awas:document:BA%2F1%20%CE%A9"),
        (names.entry_urn("awas/36.03", 812, "damaged"), "urn:awas:entry:36.03:812:damaged"),
    ],
)
def test_our_names(made, uri):
    assert made == uri
    assert is_uri(made)


@pytest.mark.parametrize("text", ["", "00774", "A:1", "a/b%c", "Ω", "x" * 120])
def test_names_come_back_as_they_were(text):
    assert names.seal_number(names.seal_urn(text)) == text
    assert names.document_number(names.document_urn(text)) == (text or "urn:awas:document:")
    assert names.key_named(names.key_urn("unit", f"36.03/{text}"), "unit") == f"36.03/{text}"


# -- sentences -----------------------------------------------------------------------------------------------------

CALL = re.compile(r'"(epcis\.[a-z_]+)"')
SOURCES = sorted((shape.SOURCE / "logistics" / "epcis").glob("*.py"))


def test_every_code_has_its_sentence_and_every_sentence_its_code():
    used = {code for path in SOURCES if path.name != "refusals.py" for code in CALL.findall(path.read_text())}
    assert used == set(WORDS)
    assert not set(REFUSED) & set(NOT_APPLIED)


@pytest.mark.parametrize("code", WORDS)
def test_a_sentence_asks_for_the_same_in_both_languages(code):
    assert shape.wanted_parameters(WORDS[code].id) == shape.wanted_parameters(WORDS[code].en)
    assert WORDS[code].id != WORDS[code].en


@pytest.mark.parametrize("event", [event for event, _, _ in WRONG], ids=[f"{code} {at}" for _, code, at in WRONG])
def test_a_refusal_can_be_said(event):
    (one,) = read(letter([event]))
    for language in ("id", "en"):
        with override(language):
            assert str(WORDS[one.code]) % one.params


def test_whatever_text_a_refusal_shows_is_printable_and_short():
    odd = EVENT | {"x\u202e\n" + "y" * 500: 1}
    (one,) = read(letter([odd]))
    assert re.fullmatch(r"[ -~]{1,200}", str(one.params["at"]))


def test_times_far_off_are_read():
    for time in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-02-14T07:00:00.123456789z"):
        found = read(letter([EVENT | WHEN | {"eventTime": time}]))
        assert len(found) == 1


# -- the page ------------------------------------------------------------------------------------------------------

PAGE = text_of("docs/epcis.md")


def test_the_page_names_every_step_and_every_field_of_ours():
    said = " ".join(spans(PAGE))
    for _, _, step in MAPPING:
        assert step in said
    asked = re.compile(r'(?:ours|ours_by_thing|_instant_or_none)\((?:facts, )?"(\w+)"')
    fields = {name for path in SOURCES for name in asked.findall(path.read_text())}
    assert {"station", "taken", "dueAt"} <= fields
    assert {f"awas:{name}" for name in fields} <= set(re.findall(r"awas:\w+", said))


def test_the_example_of_the_page_is_read():
    (one,) = read(fenced(PAGE, "json")[0].encode())
    assert isinstance(map_events([one], "36.02-G1", Reader().known())[0], Taken)
