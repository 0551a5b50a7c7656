"""What we refuse of EPCIS documents, held against the published JSON schema: its examples, and mutations of them."""

import json
import random
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from awas.ledger.area import Refused
from awas.logistics.epcis.document import read
from awas.logistics.epcis.incoming import map_events
from tests.logistics.epcis_sent import Reader, as_document, letter
from tests.logistics.test_epcis import season
from tests.logistics.test_epcis_gate import EVENTS, out

jsonschema = pytest.importorskip("jsonschema", reason="the package jsonschema is not installed")
# Without these it takes any text for a URI or a time, and says so to nobody.
for needed in ("rfc3986_validator", "rfc3339_validator"):
    pytest.importorskip(needed, reason="jsonschema is installed without its extra format-nongpl")
FOLDER = Path(__file__).parents[3] / "shared" / "data" / "epcis"
SCHEMA = FOLDER / "gs1" / "EPCIS-JSON-Schema.json"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not SCHEMA.exists(), reason="the EPCIS schema and examples are not next to this checkout"),
]

TWO_IDS = "AssociationEvent-h.jsonld"
"""One event of it names `eventID` twice, with two values: no one can say which event it is."""
LAXER = {
    "AggregationEvent_with_persistentDisposition.json": "the standard's text lets other events have it too",
    "SensorData_with_combined_events.json": "sensor reports without type",
    "TransactionEvent_with_userExtensions.json": "a measurement that a later vocabulary has (EffectiveDoseRate)",
}
"""Examples that must be accepted and that the schema, read strictly, refuses."""

ROUNDS = 40
"""Mutations of each example."""


@cache
def schema() -> Any:
    return jsonschema.Draft7Validator(
        json.loads(SCHEMA.read_text()), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )


def examples() -> list[Path]:
    found = (*FOLDER.glob("gs1/JSON/**/*.jsonld"), *FOLDER.glob("openepcis/**/*.json"))
    return sorted(one for one in found if one.name != TWO_IDS)


def taken(document: object) -> str:
    """Empty where we accept all of a document, else the first refusal."""
    try:
        found = read(json.dumps(document).encode())
    except Refused as refused:
        return str(refused)
    return next((str(one) for one in found if isinstance(one, Refused)), "")


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.name)
def test_every_published_example_is_accepted(path):
    document = json.loads(path.read_text())
    assert taken(document) == ""
    assert schema().is_valid(document) is (path.name not in LAXER)
    verdicts = map_events(read(path.read_bytes()), "36.02-G1", Reader().known())
    assert verdicts
    assert not [one for one in verdicts if isinstance(one, Refused)]


def test_an_event_with_two_ids_is_refused():
    with pytest.raises(Refused, match=r"name_twice.*eventID"):
        read(next(FOLDER.rglob(TWO_IDS)).read_bytes())


def places_in(value: Any, within: tuple = ()) -> list[tuple]:
    """The paths of everything in a document that the schema speaks of: not what lies in a context or an extension."""
    found = [within] if within else []
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "@context" and ":" not in name:
                found += places_in(inner, (*within, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found += places_in(inner, (*within, number))
    return found


OTHERS = (
    None, 0, -1.5, True, "", "x", "no uri", "a:b", "ObjectEvent", "OBSERVE", "receiving", "in_progress", "+15:00",
    "+07:00", [], {}, [[]], [1], ["x"], ["a:b", "a:b"], [{}], {"x": 1}, {"a:b": 1}, {"id": "a:b"},
    "2024-02-30T00:00:00Z",
    "2024-02-14T07:00:00+07:00", "2024-02-14", "kg", "KGM", [{"epcClass": "a:b"}],
    [{"epcClass": "a:b", "quantity": "3"}],
    {"set": []}, {"set": ["active"], "unset": ["active", "active"]}, "did_not_occur",
)  # fmt: skip


def mutated(document: Any, chance: random.Random) -> tuple[Any, tuple]:
    """The document with one thing dropped, added, replaced or said twice."""
    made = deepcopy(document)
    path = chance.choice(places_in(made))
    around = made
    for part in path[:-1]:
        around = around[part]
    act = chance.choice(["drop", "replace", "replace", "replace", "add", "twice"])
    if act == "drop":
        del around[path[-1]]
    elif act == "replace":
        around[path[-1]] = deepcopy(chance.choice(OTHERS))
    elif act == "twice" and isinstance(around, list):
        around.append(deepcopy(around[path[-1]]))
    elif isinstance(around, dict):
        around[chance.choice(["unheard", "ilmd", "action", "epcList", "parentID", "uom", "x:y"])] = deepcopy(
            chance.choice(OTHERS)
        )
    return made, (act, path)


def laxer_on_purpose(path: tuple) -> bool:
    """Where docs/epcis.md says that we take more than the schema."""
    return "sensorReport" in path


@pytest.mark.parametrize("path", [one for one in examples() if one.name not in LAXER], ids=lambda path: path.name)
def test_what_the_schema_refuses_is_refused_and_nothing_else(path):
    document, chance = json.loads(path.read_text()), random.Random(path.name)
    for _ in range(ROUNDS):
        made, where = mutated(document, chance)
        refusal, valid = taken(made), schema().is_valid(made)
        if laxer_on_purpose(where[1]):
            assert valid <= (not refusal), (where, refusal)
        else:
            assert valid is (not refusal), (where, refusal)


@pytest.mark.parametrize("event", EVENTS, ids=lambda one: type(one).__name__)
def test_what_the_gate_sends_out_is_valid(event):
    schema().validate(json.loads(letter(out(event))))


def test_a_whole_season_sent_out_is_valid():
    schema().validate(json.loads(as_document(season())))
