"""Reading EPCIS 2.0 in JSON or JSON-LD: whatever arrives becomes sound events, or is refused with the field named.

Pure: bytes in, structs out. What the published JSON schema refuses is refused here, but for what docs/epcis.md lists.
No XML. `@context` is read for prefixes only and nothing is ever fetched. Raises `Refused` with a code of
`epcis.refusals`; its `at` is the JSON path of what is wrong.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NoReturn, TypeVar

import msgspec
from msgspec import UNSET, Struct

from awas.ledger.area import Instant, Refused
from awas.logistics.epcis import shape
from awas.logistics.epcis.shape import EVENT_TYPES, MORE, Event, ExtendedEvent, Part, fields_of
from awas.logistics.epcis.vocabulary import is_uri

MOST_BYTES = 1_000_000
MOST_EVENTS = 500
DEEPEST = 24
"""Levels of objects and lists; the deepest of the published examples has twelve."""
LONGEST_NUMBER = 30
"""Characters of a number. Numbers of a million digits cost more to read than a document is worth."""

P = TypeVar("P", bound=Part)


class Bounds(Struct, frozen=True, kw_only=True):
    """How much may come at once. A file from the desk may be larger than what a device sends."""

    bytes: int = MOST_BYTES
    events: int = MOST_EVENTS


SENT = Bounds()


class Read(Struct, frozen=True, kw_only=True):
    """One event as it was read. `sent` is the JSON as it came, `at` where it stood, `prefixes` those in force."""

    event: Event
    sent: dict[str, Any]
    at: str
    prefixes: Mapping[str, str]


def read(body: bytes, bounds: Bounds = SENT) -> list[Read | Refused]:
    """The events of a document, a query document or a single event, in their order; a wrong one is its refusal.

    A body that is no JSON, too large, or wrong around its events is refused whole. Raises `Refused`.
    """
    content = _json(body, bounds)
    if not isinstance(content, dict):
        raise Refused("epcis.wrong_type", at="$")
    kind = content.get("type")
    if not isinstance(kind, str):
        raise Refused("epcis.field_missing" if kind is None else "epcis.wrong_type", at="$.type")
    if kind not in ("EPCISDocument", "EPCISQueryDocument"):
        _require_context(content, "$")
        return [_event(content, "$", {})]
    events, at = _events_of(content, kind)
    _require_context(content, "$")
    if len(events) > bounds.events:
        raise Refused("epcis.too_many_events", most=bounds.events, got=len(events))
    prefixes = _prefixes(content.get("@context"), {})
    return [_read_one(one, f"{at}[{number}]", prefixes) for number, one in enumerate(events)]


def _read_one(sent: Any, at: str, prefixes: Mapping[str, str]) -> Read | Refused:
    try:
        return _event(sent, at, prefixes)
    except Refused as refused:
        return refused


def _events_of(content: dict[str, Any], kind: str) -> tuple[list[Any], str]:
    if kind == "EPCISDocument":
        return part_of(content, shape.Document, "$").epcis_body.event_list, "$.epcisBody.eventList"
    found = part_of(content, shape.QueryDocument, "$").epcis_body.query_results.results_body.event_list
    return found, "$.epcisBody.queryResults.resultsBody.eventList"


# -- JSON ----------------------------------------------------------------------------------------------------------


def _json(body: bytes, bounds: Bounds) -> Any:
    if len(body) > bounds.bytes:
        raise Refused("epcis.too_large", most=bounds.bytes)
    try:
        content = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=_no_number,
        )
    except RecursionError:
        raise Refused("epcis.too_deep", most=DEEPEST) from None
    except ValueError as error:  # of the encoding or of JSON
        raise Refused("epcis.not_json", why=str(error)[:120]) from None
    _require_sound(content, "$", 0)
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        again = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Refused("epcis.name_twice", name=_shown(again, 40))
    return found


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        _no_number(digits)
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits) if len(digits) <= LONGEST_NUMBER else float("inf")
    if number in (float("inf"), float("-inf")):
        _no_number(digits)
    return number


def _no_number(digits: str) -> NoReturn:
    raise Refused("epcis.number_too_long", number=_shown(digits, 40))


def _shown(text: str, most: int = 160) -> str:
    """A path, a name or a number as a refusal shows it: short, and printable."""
    return _ODD.sub(lambda found: found[0].encode("unicode_escape").decode(), text[:most])[:most]


_ODD = re.compile(r"[^ -~]")


def _require_sound(value: Any, at: str, depth: int) -> None:
    """No text that a database or canonical JSON can't hold (NUL, half of a surrogate pair), and not too deep."""
    if depth > DEEPEST:
        raise Refused("epcis.too_deep", most=DEEPEST)
    if isinstance(value, str):
        _require_text(value, at)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _require_text(name, at)
            _require_sound(inner, f"{at}.{name}", depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _require_sound(inner, f"{at}[{number}]", depth + 1)


def _require_text(text: str, at: str) -> None:
    if "\0" in text or (not text.isascii() and any("\ud800" <= one <= "\udfff" for one in text)):
        raise Refused("epcis.text_not_allowed", at=_shown(at))


# -- parts ---------------------------------------------------------------------------------------------------------

_fields = cache(fields_of)

_TIMES = frozenset({"eventTime", "recordTime", "declarationTime", "time", "startTime", "endTime", "creationDate"})


def part_of(sent: Any, part: type[P], at: str) -> P:
    """What was sent as a struct of the standard. Raises `Refused`."""
    try:
        return msgspec.convert(_sorted_out(sent, part, at), part)
    except msgspec.ValidationError as error:
        raise _refusal_of(error, at) from None


def _sorted_out(sent: Any, part: type[Part], at: str) -> Any:
    """The fields of the standard and, apart from them, what the sender added."""
    if not isinstance(sent, dict):
        return sent
    known = _fields(part)
    found: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for name, value in sent.items():
        here = f"{at}.{name}"
        if name not in known:
            if not issubclass(part, shape.Loose | ExtendedEvent) and not (
                issubclass(part, shape.Open) and is_uri(name)
            ):
                raise Refused("epcis.field_unknown", at=_shown(here))
            more[name] = value
            continue
        inner = known[name]
        if name in _TIMES and isinstance(value, str):
            _require_time(value, here)
        if inner is None:
            found[name] = value
        elif isinstance(value, list):
            found[name] = [_sorted_out(one, inner, f"{here}[{number}]") for number, one in enumerate(value)]
        else:
            found[name] = _sorted_out(value, inner, here)
    if more:
        found[MORE] = more
    return found


_CODES = (
    ("required field", "epcis.field_missing"),
    ("enum value", "epcis.word_unknown"),
    ("of length", "epcis.list_empty"),
)
_BY_NAME = {
    "bizStep": "epcis.word_unknown",
    "disposition": "epcis.word_unknown",
    "set": "epcis.word_unknown",
    "unset": "epcis.word_unknown",
    "reason": "epcis.word_unknown",
    "component": "epcis.word_unknown",
    "eventTimeZoneOffset": "epcis.not_an_offset",
}


def _refusal_of(error: msgspec.ValidationError, at: str) -> Refused:
    why, _, path = str(error).partition(" - at `$")
    where = at + path.rstrip("`")
    if "required field" in why:
        return Refused("epcis.field_missing", at=_shown(f"{where}.{why.split('`')[1]}"))
    for mark, code in _CODES:
        if mark in why:
            return Refused(code, at=_shown(where))
    if "matching regex" not in why:
        return Refused("epcis.wrong_type", at=_shown(where))
    name = where.rpartition(".")[2].partition("[")[0]
    if name.lower().endswith(("time", "date")):
        return Refused("epcis.not_a_time", at=_shown(where))
    if name == "type" and ("List[" in where or "sensorReport" in where):
        return Refused("epcis.word_unknown", at=_shown(where))
    return Refused(_BY_NAME.get(name, "epcis.not_a_uri"), at=_shown(where))


def _require_context(content: dict[str, Any], at: str) -> None:
    if "@context" not in content:
        raise Refused("epcis.field_missing", at=f"{at}.@context")
    _require_sound_context(content["@context"], f"{at}.@context")


def _require_sound_context(context: Any, at: str) -> None:
    parts = context if isinstance(context, list) else [context]
    for part in parts:
        if isinstance(part, str):
            if not is_uri(part):
                raise Refused("epcis.not_a_uri", at=at)
        elif not isinstance(part, dict):
            raise Refused("epcis.wrong_type", at=at)
    _require_distinct(context if isinstance(context, list) else (), at)


def _prefixes(context: Any, before: Mapping[str, str]) -> dict[str, str]:
    """The prefixes a context declares on top of those in force."""
    found = dict(before)
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, dict):
            found |= {name: value for name, value in part.items() if isinstance(value, str)}
    return found


# -- events --------------------------------------------------------------------------------------------------------


def _event(sent: Any, at: str, prefixes: Mapping[str, str]) -> Read:
    if not isinstance(sent, dict):
        raise Refused("epcis.wrong_type", at=at)
    kind = sent.get("type")
    if not isinstance(kind, str):
        raise Refused("epcis.field_missing" if "type" not in sent else "epcis.wrong_type", at=f"{at}.type")
    part = EVENT_TYPES.get(kind)
    if part is None and not is_uri(kind):
        raise Refused("epcis.word_unknown", at=f"{at}.type")
    event = part_of(sent, part or ExtendedEvent, at)
    if event.context is not UNSET:
        _require_sound_context(event.context, f"{at}.@context")
        prefixes = _prefixes(event.context, prefixes)
    _require_certification(event.certification_info, f"{at}.certificationInfo")
    if part is not None:
        _require_step(event, at)  # type: ignore[arg-type]  # every type of the table is a Step
        _CONTENTS[part](event, at)
    return Read(event=event, sent=sent, at=at, prefixes=prefixes)


def instant(time: str) -> Instant:
    """A date and time with its offset as an instant. Raises ValueError or OverflowError for what no calendar has."""
    return round(datetime.fromisoformat(time.upper().replace("Z", "+00:00")).timestamp() * 1000)


def _require_certification(sent: Any, at: str) -> None:
    """A URI or a list of them. Not the struct's to say: msgspec 0.22 overruns its memory on a union of text that has
    a pattern with a list."""
    if sent is UNSET:
        return
    for one in sent if isinstance(sent, list) else [sent]:
        if not is_uri(one):
            raise Refused("epcis.not_a_uri" if isinstance(one, str) else "epcis.wrong_type", at=at)


def _require_time(time: str, at: str) -> None:
    try:
        instant(time)
    except (ValueError, OverflowError):
        raise Refused("epcis.not_a_time", at=at) from None


def _require_step(event: shape.Step, at: str) -> None:
    state = event.persistent_disposition
    if isinstance(state, shape.PersistentDisposition):
        at = f"{at}.persistentDisposition"
        if state.set is UNSET and state.unset is UNSET:
            raise Refused("epcis.field_missing", at=at)
        for name, words in (("set", state.set), ("unset", state.unset)):
            if words == ():
                raise Refused("epcis.list_empty", at=f"{at}.{name}")
            _require_distinct(words or (), f"{at}.{name}")


def _require_distinct(values: Iterable[Any], at: str) -> None:
    seen: list[Any] = []
    known: set[str] = set()
    for value in values:
        if (value in known) if isinstance(value, str) else (value in seen):
            raise Refused("epcis.value_twice", at=_shown(at))
        known.add(value) if isinstance(value, str) else seen.append(value)


def _require_any(event: Event, at: str, *choices: bool, names: str) -> None:
    if not any(choices):
        raise Refused("epcis.nothing_named", at=at, names=names)


def _object_event(event: shape.ObjectEvent, at: str) -> None:
    _require_distinct(event.epc_list or (), f"{at}.epcList")
    sensed = bool(event.sensor_element_list) and event.read_point is not UNSET
    named = event.epc_list is not UNSET or bool(event.quantity_list)
    _require_any(event, at, named, sensed, names="epcList, quantityList")
    if event.ilmd is not UNSET and event.action != "ADD":
        raise Refused("epcis.field_unknown", at=f"{at}.ilmd")
    _require_ilmd(event.ilmd, at)


def _require_ilmd(ilmd: Any, at: str) -> None:
    for name in ilmd or ():
        if not is_uri(name):
            raise Refused("epcis.field_unknown", at=_shown(f"{at}.ilmd.{name}"))


def _children(event: shape.AggregationEvent | shape.AssociationEvent, at: str) -> None:
    _require_any(
        event,
        at,
        event.action == "DELETE",
        bool(event.child_epcs),
        bool(event.child_quantity_list),
        names="childEPCs, childQuantityList",
    )


def _transaction_event(event: shape.TransactionEvent, at: str) -> None:
    named = event.epc_list is not UNSET or bool(event.quantity_list)
    _require_any(event, at, event.action == "DELETE", named, names="epcList, quantityList")


def _transformation_event(event: shape.TransformationEvent, at: str) -> None:
    _require_distinct(event.input_epc_list or (), f"{at}.inputEPCList")
    _require_distinct(event.output_epc_list or (), f"{at}.outputEPCList")
    put_in = bool(event.input_epc_list or event.input_quantity_list)
    came_out = bool(event.output_epc_list or event.output_quantity_list)
    partly = bool(event.transformation_id) and (put_in or came_out)
    _require_any(event, at, put_in and came_out, partly, names="inputQuantityList, outputQuantityList")
    _require_ilmd(event.ilmd, at)


_CONTENTS: Mapping[type[Event], Callable[[Any, str], None]] = {
    shape.ObjectEvent: _object_event,
    shape.AggregationEvent: _children,
    shape.AssociationEvent: _children,
    shape.TransactionEvent: _transaction_event,
    shape.TransformationEvent: _transformation_event,
}
