"""Texts in messages: a code has one spelling, whoever sends it."""

import re
import unicodedata

import msgspec
import pytest

from awas.api import intake, wire
from awas.config.wiring import AREAS
from awas.ledger.area import Refused
from awas.ledger.message import ONE_LINE, Blob, Code, Command, Key, KeyOrNone, Label, PlaceOrNone, require_valid
from awas.logistics.commands import RecordContract
from awas.logistics.events import ContractRecorded
from awas.logistics.lines import Ballot, Dapil, StationCode
from awas.warehouse.commands.gate import PassNumber, Plate, PlateOrNone
from awas.warehouse.commands.goods import SealNumber

SPELLINGS = [
    (Label, "Gudang"),
    (Code, "gate:1"),
    (Key, "36.02-G1/v1"),
    (KeyOrNone, "36.02-G1/v1"),
    (KeyOrNone, ""),
    (PlaceOrNone, "36.02-G1"),
    (PlaceOrNone, ""),
    (Blob, "a" * 64),
    (Blob, ""),
    (StationCode, "36.02.05.2001-001"),
    (StationCode, ""),
    (Dapil, "36.02-4"),
    (Ballot, "dpr"),
    (SealNumber, "A-1"),
    (Plate, "A 1 B"),
    (PlateOrNone, ""),
    (PassNumber, "7"),
    (intake.Digits, "7"),
]


@pytest.mark.parametrize(("kind", "text"), SPELLINGS)
def test_a_newline_at_the_end_is_another_text(kind, text):
    assert msgspec.convert(text, kind) == text
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text + "\n", kind)


def test_a_label_has_only_what_can_be_seen():
    unseen = [one for one in map(chr, range(0x110000)) if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    taken = [one for one in unseen if re.match(ONE_LINE, f"BA-1{one}2")]
    assert taken == []
    for text in ("BA-12/2024", "Café — “Piket” 印尼", "a\u00a0b", "\U0001f5f3"):
        assert msgspec.convert(text, Label) == text


def test_what_once_stood_in_a_command_can_be_read_in_an_event():
    number = "BA-1\u202e2"
    with pytest.raises(Refused) as refusal:
        require_valid(RecordContract(contract_id="36.02-G1/k", supplier="PT", document_number=number, lines=()))
    assert (refusal.value.code, refusal.value.params["field"]) == ("text_not_allowed", "document_number")
    event = ContractRecorded(contract_id="36.02-G1/k", supplier="PT", document_number=number, lines=())
    assert msgspec.json.decode(msgspec.json.encode(event), type=ContractRecorded) == event


def test_a_station_has_latin_digits():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert("٣٦.٠٢.٠٥.٢٠٠١-٠٠١", StationCode)


def test_a_command_with_one_is_refused_by_the_field():
    class Named(Command, tag="named@1"):
        gate: Code

    with pytest.raises(Refused) as refusal:
        require_valid(Named(gate="g1\n"))
    assert (refusal.value.code, refusal.value.params["field"]) == ("text_not_allowed", "gate")


def patterns(kind: object, seen: set[object]) -> set[str]:
    """Every pattern of a type and of the types inside it."""
    found = {kind.pattern} if isinstance(kind, msgspec.inspect.StrType) and kind.pattern else set()
    inside = [getattr(kind, name, ()) for name in ("fields", "types", "item_types")]
    below = [one for some in inside for one in some] + [getattr(kind, "item_type", None), getattr(kind, "type", None)]
    below += [getattr(kind, "key_type", None), getattr(kind, "value_type", None)]
    for one in below:
        if isinstance(one, msgspec.inspect.Type | msgspec.inspect.Field) and id(one) not in seen:
            seen.add(id(one))
            found |= patterns(one, seen)
    return found


def test_every_pattern_of_every_message_holds_to_the_end():
    structs = [one for area in AREAS for one in (*area.events, *area.commands)]
    structs += [
        one
        for room in (intake, wire)
        for one in vars(room).values()
        if isinstance(one, type) and issubclass(one, msgspec.Struct)
    ]
    found = set().union(*(patterns(msgspec.inspect.type_info(one), set()) for one in structs))
    assert len(found) > 15
    assert {one for one in found if not (one.startswith(r"\A") and one.endswith(r"\Z"))} == set()
