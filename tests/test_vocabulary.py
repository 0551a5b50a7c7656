"""What the record's events were called, they are called for ever: entries of years ago are read with these types.

`vocabulary.json` holds every kind of event with its fields and their defaults, as published. A new kind or a new field
is added to it; a line that changes or goes would make old entries unreadable, or read them as something else.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from awas.logistics.area import AREA as LOGISTICS
from awas.roster.area import AREA as ROSTER
from awas.warehouse.area import AREA as WAREHOUSE

PUBLISHED = json.loads((Path(__file__).parent / "vocabulary.json").read_text(encoding="utf-8"))
NEEDED = "needed"


def described(struct: type[msgspec.Struct]) -> dict[str, Any]:
    info = msgspec.inspect.type_info(struct)
    assert isinstance(info, msgspec.inspect.StructType)
    return {
        field.name: NEEDED if field.required else repr(field.default)
        for field in info.fields
        if field.name != "capture"
    }


def nested_in(kind: Any) -> set[type[msgspec.Struct]]:
    """The structs that stand in a field, and in theirs."""
    if isinstance(kind, msgspec.inspect.UnionType):
        return {struct for one in kind.types for struct in nested_in(one)}
    if isinstance(kind, msgspec.inspect.VarTupleType):
        return nested_in(kind.item_type)
    if isinstance(kind, msgspec.inspect.StructType):
        return {kind.cls} | {struct for field in kind.fields for struct in nested_in(field.type)}
    return set()


EVENTS = [struct for area in (WAREHOUSE, ROSTER, LOGISTICS) for struct in area.events]
PARTS = {part for struct in EVENTS for part in nested_in(msgspec.inspect.type_info(struct))} - set(EVENTS)
NOW = {struct.__struct_config__.tag: described(struct) for struct in EVENTS} | {
    f"in {part.__module__.rpartition('.')[0]}: {part.__name__}": described(part) for part in PARTS
}


@pytest.mark.parametrize("kind", sorted(PUBLISHED))
def test_a_published_kind_of_event_is_read_as_it_was_written(kind):
    assert {field: NOW[kind].get(field) for field in PUBLISHED[kind]} == PUBLISHED[kind]


@pytest.mark.parametrize("kind", sorted(NOW))
def test_a_new_field_can_be_missing_in_old_entries(kind):
    published = PUBLISHED.get(kind, {})
    assert NEEDED not in {default for field, default in NOW[kind].items() if field not in published} or not published
    assert NOW[kind] == published, "add it to vocabulary.json"
