"""CAP of others: everything valid is read, everything else is refused with its field, and nothing hostile does harm."""

import copy
import time
import tracemalloc

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from awas.ledger.area import Refused
from awas.ui.refusals import in_words
from awas.warnings.cap import message
from awas.warnings.cap.guarded import MOST_BYTES
from awas.warnings.cap.reading import read
from awas.warnings.cap.shapes import unread_shapes
from tests.warnings.cap_making import schema_in

RAIN = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>2.49.0.1.360.0.2024.01.28.1</identifier><sender>cuaca@bmkg.example</sender>
  <sent>2024-01-28T14:00:00+07:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
  <info>
    <language>id</language><category>Met</category><event>Hujan Lebat</event>
    <urgency>Immediate</urgency><severity>Moderate</severity><certainty>Likely</certainty>
    <expires>2024-01-28T21:00:00+07:00</expires>
    <headline>Hujan lebat</headline>
    <area><areaDesc>Lebak</areaDesc><polygon>-6.3,106.2 -6.3,106.3 -6.4,106.3 -6.4,106.2 -6.3,106.2</polygon>
      <geocode><valueName>kemendagri</valueName><value>36.02</value></geocode></area>
  </info>
</alert>"""


def refusal(body) -> Refused:
    with pytest.raises(Refused) as refused:
        read(body if isinstance(body, bytes) else body.encode())
    for language in ("id", "en"):
        with override(language):
            assert "%" not in in_words(refused.value)
    return refused.value


def test_what_it_says_is_read():
    alert = read(RAIN.encode())
    (info,) = alert.infos
    assert (alert.kind, alert.sender, info.event, info.severity) == (
        "Alert", "cuaca@bmkg.example", "Hujan Lebat", "Moderate",
    )  # fmt: skip
    assert info.areas[0].geocodes == (("kemendagri", "36.02"),)


def test_every_valid_sample_is_read(realdata):
    samples = sorted((realdata / "cap" / "valid").iterdir())
    assert len(samples) >= 4
    for file in samples:
        alert = read(file.read_bytes())
        assert alert.identifier
        assert alert.infos
    banten = read((realdata / "cap" / "valid" / "bmkg_banten_2026-05-20_sample.xml").read_bytes())
    assert (banten.infos[0].event, banten.infos[0].areas[0].description) == ("Hujan Lebat dan Petir", "Banten")
    assert not unread_shapes(banten)
    flood = read((realdata / "cap" / "valid" / "defra_nws-alert.xml").read_bytes())
    assert len(unread_shapes(flood)) == 1, "a ring that can't be understood silences no alert"


@pytest.mark.parametrize(
    ("before", "after", "code", "field"),
    [
        ("<sender>cuaca@bmkg.example</sender>", "", "cap.field_missing", "sender"),
        ("<status>Actual</status>", "", "cap.field_missing", "status"),
        (">Actual<", ">actual<", "cap.field_wrong", "status"),
        (">Alert<", ">Warning<", "cap.field_wrong", "msgType"),
        ("14:00:00+07:00", "14:00:00Z", "cap.field_wrong", "sent"),
        ("14:00:00+07:00", "14:00:00", "cap.field_wrong", "sent"),
        ("2024-01-28T21", "2024-02-31T21", "cap.field_wrong", "info.expires"),
        (">cuaca@bmkg.example<", ">cuaca bmkg<", "cap.field_wrong", "sender"),
        ("<category>Met</category>", "", "cap.field_missing", "info.category"),
        (">Met<", ">Weather<", "cap.field_wrong", "info.category"),
        (">Moderate<", ">Heavy<", "cap.field_wrong", "info.severity"),
        ("<areaDesc>Lebak</areaDesc>", "", "cap.field_missing", "info.area.areaDesc"),
        ("<value>36.02</value>", "", "cap.field_missing", "info.area.geocode.value"),
        ("<headline>", "<colour>red</colour><headline>", "cap.field_unknown", "info.colour"),
        ("<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>", "cap.field_twice", "scope"),
        ("<scope>", "<references>x,y</references><scope>", "cap.field_misplaced", "scope"),
        ("<info>", "<references>x,y</references><info>", "cap.field_wrong", "references"),
        ("<info>", "kata <info>", "cap.field_wrong", "alert"),
        ("<headline>Hujan lebat", "<headline>Hujan <b>lebat</b>", "cap.field_unknown", "info.headline.b"),
        ("<info>", '<info colour="red">', "cap.field_unknown", "info@colour"),
        ("cap:1.2", "cap:1.1", "cap.not_cap", None),
        (' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', "", "cap.not_cap", None),
        ("<headline>Hujan lebat</headline>", '<h:headline xmlns:h="urn:x">x</h:headline>', "cap.field_unknown",
         "info.headline"),
        ("</alert>", "", "cap.not_xml", None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_field(before, after, code, field):
    assert before in RAIN
    refused = refusal(RAIN.replace(before, after, 1))
    assert (refused.code, refused.params.get("field")) == (code, field)


def doctyped(definition: str, said: str = "&b;") -> str:
    head, _, rest = RAIN.partition("\n")
    return f"{head}\n<!DOCTYPE alert {definition}>\n{rest.replace('Hujan lebat<', said + '<')}"


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    "body",
    [
        doctyped('[<!ENTITY b "x">]'),
        doctyped(f'[<!ENTITY l0 "haha">{LAUGHS}]', "&l9;"),
        doctyped('[<!ENTITY b SYSTEM "file:///etc/passwd">]'),
        doctyped('[<!ENTITY b SYSTEM "http://127.0.0.1:9/x">]'),
        doctyped('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]', ""),
        doctyped('SYSTEM "http://127.0.0.1:9/cap.dtd"', ""),
        doctyped("", ""),
        doctyped('[<!ENTITY b "x">]').replace("UTF-8", "UTF-16").encode("utf-16"),
        doctyped(f'[<!ENTITY b "{"x" * 100_000}">]', "&b;" * 50),
    ],
)
def test_no_document_type_and_so_no_entity_comes_in(body):
    began = time.process_time()
    assert refusal(body).code == "cap.doctype"
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "cap.not_xml"),
        (b"\x00" * 100, "cap.not_xml"),
        (b"{}", "cap.not_xml"),
        (RAIN.replace("Hujan lebat", "Hujan \udcff").encode("utf-8", "surrogatepass"), "cap.not_xml"),
        (RAIN.replace("UTF-8", "EBCDIC-CP-BE").encode(), "cap.not_xml"),
        (RAIN.replace("UTF-8", "UTF-7").encode(), "cap.not_xml"),
        (RAIN.replace("UTF-8", "UTF-16").encode(), "cap.not_xml"),
        (RAIN.replace("lebat", "lébat").encode("latin-1"), "cap.not_xml"),
        (RAIN.replace("Hujan lebat", "&undefined;").encode(), "cap.not_xml"),
        (RAIN.replace("Hujan lebat", "&#0;").encode(), "cap.not_xml"),
        (RAIN.replace("Hujan lebat", "&#xD800;").encode(), "cap.not_xml"),
        (b"<a>" * 100_000, "cap.too_deep"),
        (RAIN.replace("<headline>", "<headline>" * 300).encode(), "cap.too_deep"),
        (b"<a>" + b"<b/>" * 100_000 + b"</a>", "cap.too_many_elements"),
        (b"<a " + b" ".join(b'a%d="x"' % n for n in range(5000)) + b"/>", "cap.not_xml"),
        (b"<" + b"a" * 900_000, "cap.not_xml"),
        (RAIN.encode() + b"<x/>", "cap.not_xml"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_hostile_documents_are_refused_soon(body, code):
    began = time.process_time()
    assert refusal(body).code == code
    assert time.process_time() - began < 1


def test_fifty_megabytes_are_not_looked_at():
    body = RAIN.encode() + b" " * 50_000_000
    tracemalloc.start()
    assert refusal(body).code == "cap.too_large"
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_the_largest_document_costs_little():
    """Close to the limit: one polygon of tens of thousands of points."""
    points = " ".join(f"-6.{n:05},106.{n:05}" for n in range(40_000))
    body = RAIN.replace("-6.3,106.2 ", points + " ", 1).encode()
    assert len(body) < MOST_BYTES
    began = time.process_time()
    assert len(unread_shapes(read(body))) == 1
    assert time.process_time() - began < 1


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
def test_encodings_that_xml_knows_are_read(encoding):
    text = RAIN.replace("UTF-8", encoding).replace("Hujan lebat", "Hujan lébat")
    assert read(text.encode(encoding)).infos[0].headline == "Hujan lébat"


def test_comments_instructions_prefixes_and_cdata_are_xml_like_any_other():
    text = RAIN.replace("<headline>Hujan lebat", "<headline>Hujan <!-- x --><?y z?><![CDATA[lebat]]>")
    assert read(text.encode()).infos[0].headline == "Hujan lebat"
    root = etree.fromstring(RAIN.encode())
    prefixed = (
        etree.tostring(root).replace(b"<", b"<cap:").replace(b"<cap:/", b"</cap:").replace(b"xmlns=", b"xmlns:cap=")
    )
    assert read(prefixed) == read(RAIN.encode())


# ---------------------------------------------------------------- as strict as the schema


def elements(root):
    return [one for one in root.iter() if isinstance(one.tag, str)]


TEXTS = st.sampled_from(
    ["", " ", "x", "Actual", " Actual", "Alert", "Update", "Public", "Met", "Fire", "Severe", "Unknown", "Past",
     "id-ID", "id_ID", "2024-01-28T21:00:00+07:00", " 2024-01-28T21:00:00+07:00 ", "2024-01-28T21:00:00Z",
     "2024-13-28T21:00:00+07:00", "2024-01-28T21:00:00.5+07:00", "12", "-1.5", "1e3", "https://x.example/a b", "%zz",
     "a,b", "a&b"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["identifier", "sender", "sent", "status", "msgType", "scope", "note", "info", "language", "category", "event",
     "urgency", "severity", "certainty", "expires", "web", "area", "areaDesc", "polygon", "circle", "geocode",
     "valueName", "value", "altitude", "resource", "mimeType", "colour"]
)  # fmt: skip
MUTATIONS = st.lists(
    st.tuples(st.sampled_from(["drop", "double", "retext", "rename", "insert", "swap", "attribute"]),
              st.integers(0, 10**6), TEXTS, NAMES),
    max_size=3,
)  # fmt: skip


def mutated(root, mutations):
    for how, which, text, name in mutations:
        found = elements(root)[1:]
        if not found:
            return root
        one = found[which % len(found)]
        parent, place = one.getparent(), one.getparent().index(one)
        tag = f"{{{message.NAMESPACE}}}{name}"
        if how == "drop":
            parent.remove(one)
        elif how == "double":
            parent.insert(place, copy.deepcopy(one))
        elif how == "retext":
            one.text = text
        elif how == "rename":
            one.tag = tag
        elif how == "insert":
            new = etree.Element(tag)
            new.text = text
            parent.insert(place, new)
        elif how == "swap" and place:
            parent.insert(place - 1, one)
        elif how == "attribute":
            one.set("x", "y")
    return root


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MUTATIONS, st.integers(0, 4))
@example([("retext", 1036, "", "identifier")], 0)
def test_what_is_read_is_valid_and_what_is_valid_is_read(realdata, mutations, which):
    """Beyond the schema we ask only for what the standard's prose does: names without blanks, whole references."""
    samples = [RAIN.encode(), *(file.read_bytes() for file in sorted((realdata / "cap" / "valid").iterdir()))]
    root = mutated(etree.fromstring(samples[which]), mutations)
    sent = etree.tostring(root)
    valid = schema_in(realdata).validate(etree.fromstring(sent))  # as sent: an empty text node isn't an empty element
    try:
        read(sent)
    except Refused as refused:
        by_prose = refused.params.get("field") in {"identifier", "sender", "references"}
        assert by_prose or not valid, (refused.code, refused.params)
    else:
        assert valid, schema_in(realdata).error_log


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body):
    with pytest.raises(Refused):
        read(body)
