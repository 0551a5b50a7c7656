"""The bytes of an entry, held against a slow writer of RFC 8785 that shares no code with orjson."""

import datetime
import enum
import uuid

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger import canonical
from awas.ledger.canonical import NotCanonical
from tests.ledger.sample import LETTERS

WIDEST = 2**53 - 1
ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def jcs(value: object) -> str:
    """RFC 8785 section 3.2, written from the text of the RFC; integers and no other numbers."""
    match value:
        case None | True | False:
            return {None: "null", True: "true", False: "false"}[value]
        case int():
            return str(value)
        case str():
            return '"' + "".join(ESCAPES.get(ord(c)) or (f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in value) + '"'
        case list() | tuple():
            return "[" + ",".join(jcs(inner) for inner in value) + "]"
        case dict():
            keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
            return "{" + ",".join(jcs(key) + ":" + jcs(value[key]) for key in keys) + "}"
    raise AssertionError(value)


texts = st.text(LETTERS, max_size=20)
ascii_texts = st.text(LETTERS[:128], max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-WIDEST, WIDEST) | texts,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ascii_texts, inner, max_size=6),
    max_leaves=25,
)


@given(values)
def test_equals_rfc_8785(value: object) -> None:
    assert canonical.encode(value) == jcs(value).encode()


@given(values)
def test_what_was_written_is_canonical_and_reads_back(value: object) -> None:
    body = canonical.encode(value)
    assert canonical.require_canonical(body) == value
    assert canonical.decode(body) == value


@given(values, st.data())
def test_any_other_spelling_is_found(value: object, data: st.DataObject) -> None:
    """Space, another order of keys or another escape gives other bytes for the same value."""
    body = canonical.encode(value)
    other = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + data.draw(
        st.sampled_from([b"", b" ", b"\n"])
    )
    if other != body:
        with pytest.raises(NotCanonical):
            canonical.require_canonical(other)


class Colour(enum.Enum):
    RED = "red"


class Name(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        {"a": [1, {"b": 0.5}]},
        (1, (2, 3.5)),
        2**53,
        -(2**53),
        2**70,
        {"é": 1},
        {1: "a"},
        {"a": {"b": {"č": None}}},
        "\ud800",
        {"a\ud800": 1},
        uuid.UUID(int=1),
        datetime.datetime(2024, 2, 13, tzinfo=datetime.UTC),
        datetime.date(2024, 2, 13),
        Colour.RED,
        {"colour": Colour.RED},
        Name("a"),
        orjson.Fragment(b"1.0"),
        b"bytes",
        {"a"},
    ],
    ids=lambda value: type(value).__name__,
)
def test_refuses_what_has_no_place_in_an_entry(value: object) -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical.encode(value)
    assert caught.value.reason


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b"-0",
        b"01",
        b"1.0",
        b"1e3",
        b"9007199254740992",
        b"123456789012345678901234567890",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u001F"',
        b'"\\ud800"',
        b'{"\xc3\xa9":1}',
        b'"\xff"',
        b"NaN",
        b"\xef\xbb\xbf{}",
    ],
)
def test_bytes_that_are_not_the_canonical_form(body: bytes) -> None:
    with pytest.raises(NotCanonical):
        canonical.require_canonical(body)


def test_an_entry_holds_65535_bytes_and_not_one_more() -> None:
    assert len(canonical.encode("x" * 65_533)) == canonical.MAX_BYTES
    with pytest.raises(NotCanonical, match="65536"):
        canonical.encode("x" * 65_534)


def test_depth_is_bounded_and_does_not_crash() -> None:
    value: object = 1
    for _ in range(100_000):
        value = [value]
    with pytest.raises(NotCanonical):
        canonical.encode(value)
    with pytest.raises(NotCanonical):
        canonical.require_canonical(b"[" * 60_000)
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(NotCanonical):
        canonical.encode(circle)
