"""Our own names in EPCIS: `urn:awas:` for things, places, boxes, seals, papers. docs/epcis.md lists them. Pure.

urn:awas:item:ballot:dpr:36.03-4     a class of things: kind, ballot, constituency
urn:awas:place:36.03-G1              a warehouse, a region's committee, or a polling station
urn:awas:kit:36.03.01.2001-001       everything packed for a station
urn:awas:unit:36.03:B1               a labelled box or package: the district and its label
urn:awas:seal:A-00774                a seal by its number, which stays text: 00774 is not 774
urn:awas:transfer:36.03-G1:T1        a hand-over by its key
urn:awas:document:BA-1%2F2024        a paper by its number
urn:awas:entry:36.03:812             an entry of a district's log
urn:awas:step:set_aside              a step for which the standard has no word
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from awas.logistics.lines import Line

OURS = "urn:awas:"
PREFIX = "awas"
"""How our extension fields begin where a document doesn't bind another prefix to `urn:awas:`."""

_QUOTED = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=]")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def _quote(part: str) -> str:
    return _QUOTED.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), part)


def _unquote(part: str) -> str:
    return _ESCAPES.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode(errors="replace"), part)


def _urn(kind: str, *parts: str) -> str:
    return OURS + ":".join((kind, *map(_quote, parts)))


def _parts(urn: str, kind: str) -> list[str] | None:
    """What stands behind `urn:awas:<kind>:`, unquoted; None for any other URI."""
    head = f"{OURS}{kind}:"
    return [_unquote(part) for part in urn.removeprefix(head).split(":")] if urn.startswith(head) else None


def _single(urn: str, kind: str) -> str:
    parts = _parts(urn, kind)
    return parts[0] if parts is not None and len(parts) == 1 else ""


class Thing(Struct, frozen=True, kw_only=True):
    """A class of things as lines name it."""

    item: str
    ballot: str = ""
    dapil: str = ""


def item_class(item: str, ballot: str = "", dapil: str = "") -> str:
    """The class of a line's things."""
    parts = [item, ballot, dapil]
    while not parts[-1]:
        parts.pop()
    return _urn("item", *parts)


def thing_of(epc_class: str) -> Thing | None:
    """The things of a class of ours; None for others, and for what no line can hold."""
    parts = _parts(epc_class, "item")
    if parts is None or len(parts) > 3:
        return None
    item, ballot, dapil = (*parts, "", "")[:3]
    try:
        msgspec.convert({"item": item, "ballot": ballot, "dapil": dapil, "units": 0}, Line)
    except msgspec.ValidationError:
        return None
    return Thing(item=item, ballot=ballot, dapil=dapil)


def place_urn(place: str) -> str:
    """A place."""
    return _urn("place", place)


def place_named(uri: str) -> str:
    """The place behind a URI of ours; "" for any other."""
    return _single(uri, "place")


def kit_urn(station: str) -> str:
    """A station's kit."""
    return _urn("kit", station)


def station_of_kit(uri: str) -> str:
    """The station of a kit of ours; "" for any other URI."""
    return _single(uri, "kit")


def key_urn(kind: str, key: str) -> str:
    """A thing by its key: unit, transfer, tally, count."""
    return _urn(kind, *key.split("/", 1))


def key_named(uri: str, kind: str) -> str:
    """The key behind a URI of ours; "" for any other. A name may hold colons: they are quoted."""
    parts = _parts(uri, kind)
    return "/".join(parts) if parts is not None and len(parts) == 2 else ""


def seal_urn(number: str) -> str:
    """A seal."""
    return _urn("seal", number)


def seal_number(uri: str) -> str:
    """The number of a seal of ours; "" for any other URI."""
    return _single(uri, "seal")


def document_urn(number: str) -> str:
    """A paper by its number."""
    return _urn("document", number)


def document_number(uri: str) -> str:
    """The number of a paper: of ours as it stands on it, of others their URI."""
    return _single(uri, "document") or uri


def step_urn(step: str) -> str:
    """A step of ours for which the standard has no word."""
    return _urn("step", step)


def step_named(uri: str) -> str:
    """The step behind a URI of ours; "" for any other."""
    return _single(uri, "step")


def entry_urn(origin: str, index: int, part: str = "") -> str:
    """An entry of a log as the name of an event; `part` where an entry makes two."""
    return _urn("entry", origin.removeprefix("awas/"), str(index), *filter(None, (part,)))


def extension(more: Mapping[str, Any], prefixes: Mapping[str, str], name: str) -> Any:
    """An extension field of ours under whatever prefix the document binds to `urn:awas:`; None where it isn't there."""
    bound = [prefix for prefix, uri in prefixes.items() if uri == OURS]
    if PREFIX not in prefixes:
        bound.append(PREFIX)
    wanted = (*(f"{prefix}:{name}" for prefix in bound), OURS + name)
    return next((more[one] for one in wanted if one in more), None)
