"""A CAP 1.2 document of somebody else as an alert, or a refusal that names the field. Pure.

As strict as the standard's schema: what is read here is valid there (a test holds the two together). A polygon or a
circle is kept as its text; whether it can be understood is asked when somebody asks where the alert holds
(`shapes`), because one bad ring mustn't silence an alert.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

from lxml import etree
from msgspec import Struct

from awas.ledger.area import Refused
from awas.warnings.cap import message
from awas.warnings.cap.guarded import tree_of
from awas.warnings.cap.message import NAMESPACE, SIGNATURE_NAMESPACE, Alert, Area, Info, Reference, Resource

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_BLANKS: Final = " \t\r\n"

Check = Callable[[str], bool]


def _one_of(words: tuple[str, ...]) -> Check:
    return lambda text: text in words


def _is_time(text: str) -> bool:
    try:
        message.instant_of(text.strip(_BLANKS))
    except ValueError:
        return False
    return True


def _matches(pattern: str) -> Check:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text.strip(_BLANKS)) is not None


def _anything(text: str) -> bool:
    return True


def _is_address(text: str) -> bool:
    """An anyURI takes nearly everything; what libxml2 refuses, we do, too."""
    return re.search(r"[\x00-\x1f<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})|#.*#|^:", text.strip(_BLANKS)) is None


_is_name = _matches(r"[^\s,<&]+")


class _Field(Struct, frozen=True):
    """One element of a sequence: how often it may stand, and what its text may be, or what it holds."""

    name: str
    least: int = 0
    most: int | None = 1
    check: Check = _anything
    holds: tuple["_Field", ...] = ()


def _needed(name: str, check: Check = _anything) -> _Field:
    return _Field(name, 1, 1, check)


def _maybe(name: str, check: Check = _anything) -> _Field:
    return _Field(name, 0, 1, check)


def _many(name: str, check: Check = _anything, *, least: int = 0, holds: tuple[_Field, ...] = ()) -> _Field:
    return _Field(name, least, None, check, holds)


_NAMED: Final = (_needed("valueName"), _needed("value"))
_DECIMAL: Final = _matches(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")

AREA: Final = (
    _needed("areaDesc"),
    _many("polygon"),
    _many("circle"),
    _many("geocode", holds=_NAMED),
    _maybe("altitude", _DECIMAL),
    _maybe("ceiling", _DECIMAL),
)
RESOURCE: Final = (
    _needed("resourceDesc"),
    _needed("mimeType"),
    _maybe("size", _matches(r"[+-]?\d+")),
    _maybe("uri", _is_address),
    _maybe("derefUri"),
    _maybe("digest"),
)
INFO: Final = (
    _maybe("language", _matches(r"(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)?")),
    _many("category", _one_of(message.CATEGORIES), least=1),
    _needed("event"),
    _many("responseType", _one_of(message.RESPONSES)),
    _needed("urgency", _one_of(message.URGENCIES)),
    _needed("severity", _one_of(message.SEVERITIES)),
    _needed("certainty", _one_of(message.CERTAINTIES)),
    _maybe("audience"),
    _many("eventCode", holds=_NAMED),
    _maybe("effective", _is_time),
    _maybe("onset", _is_time),
    _maybe("expires", _is_time),
    _maybe("senderName"),
    _maybe("headline"),
    _maybe("description"),
    _maybe("instruction"),
    _maybe("web", _is_address),
    _maybe("contact"),
    _many("parameter", holds=_NAMED),
    _many("resource", holds=RESOURCE),
    _many("area", holds=AREA),
)
ALERT: Final = (
    _needed("identifier", _is_name),
    _needed("sender", _is_name),
    _needed("sent", _is_time),
    _needed("status", _one_of(message.STATUSES)),
    _needed("msgType", _one_of(message.KINDS)),
    _maybe("source"),
    _needed("scope", _one_of(message.SCOPES)),
    _maybe("restriction"),
    _maybe("addresses"),
    _many("code"),
    _maybe("note"),
    _maybe("references"),
    _maybe("incidents"),
    _many("info", holds=INFO),
)

Values = dict[str, list[Any]]
"""By the name of an element: its texts, or the values of what it holds."""


def read(body: bytes) -> Alert:
    """The alert in a document. Raises `Refused` with a code of `warnings.refusals`."""
    return alert_in(tree_of(body))


def alert_in(root: etree._Element) -> Alert:
    """The alert that a tree holds. Raises `Refused`."""
    if root.tag != f"{{{NAMESPACE}}}alert":
        raise Refused("cap.not_cap", found=str(root.tag)[:120])
    return _alert(_values(root, ALERT, "", signed=True))


def _values(element: etree._Element, fields: tuple[_Field, ...], path: str, *, signed: bool = False) -> Values:
    """What stands in an element, in the order that the standard asks for."""
    _require_plain(element, path or "alert")
    found: Values = {field.name: [] for field in fields}
    position = 0
    for child in element:
        if signed and _is_signature(child):
            position = len(fields)  # a signature is last
            continue
        field, position = _next(child, fields, position, path)
        where = f"{path}{field.name}"
        found[field.name].append(
            _values(child, field.holds, where + ".") if field.holds else _text(child, field, where)
        )
    for field in fields:
        if len(found[field.name]) < field.least:
            raise Refused("cap.field_missing", field=f"{path}{field.name}")
    return found


def _is_signature(child: etree._Element) -> bool:
    return isinstance(child.tag, str) and child.tag.startswith(f"{{{SIGNATURE_NAMESPACE}}}")


def _next(child: etree._Element, fields: tuple[_Field, ...], position: int, path: str) -> tuple[_Field, int]:
    """The field that a child is, not before `position`, and where the next one may be."""
    namespace, _, name = str(child.tag).rpartition("}")
    if namespace != "{" + NAMESPACE:
        raise Refused("cap.field_unknown", field=f"{path}{name[:60]}")
    names = [field.name for field in fields]
    if name not in names:
        raise Refused("cap.field_unknown", field=f"{path}{name[:60]}")
    at = names.index(name)
    if at < position:
        code: Literal["cap.field_twice", "cap.field_misplaced"]
        code = "cap.field_twice" if at == position - 1 and fields[at].most == 1 else "cap.field_misplaced"
        raise Refused(code, field=f"{path}{name}")
    return fields[at], at + 1 if fields[at].most == 1 else at


def _require_plain(element: etree._Element, where: str) -> None:
    """No text between the elements, and no attributes."""
    _require_no_attributes(element, where.rstrip("."))
    stray = [element.text, *(child.tail for child in element)]
    if any(text and text.strip(_BLANKS) for text in stray):
        raise Refused("cap.field_wrong", field=where.rstrip("."), value=_short(" ".join(text or "" for text in stray)))


def _text(element: etree._Element, field: _Field, where: str) -> str:
    if len(element):
        raise Refused("cap.field_unknown", field=f"{where}.{str(element[0].tag).rpartition('}')[2][:60]}")
    _require_no_attributes(element, where)
    text = element.text or ""
    if not field.check(text):
        raise Refused("cap.field_wrong", field=where, value=_short(text))
    return text


def _require_no_attributes(element: etree._Element, where: str) -> None:
    """None but those that say where a schema is."""
    for name in element.attrib:
        if not str(name).startswith(_XSI):
            raise Refused("cap.field_unknown", field=f"{where}@{str(name)[:60]}")


def _short(text: str) -> str:
    """A value as a refusal may quote it: one short line of what can be seen."""
    return "".join(char if char.isprintable() else " " for char in text).strip()[:60]


# ---------------------------------------------------------------- values into structs


def _first(values: Values, name: str) -> str:
    return str(values[name][0]).strip(_BLANKS) if values[name] else ""


def _named(values: Values, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((_first(one, "valueName"), _first(one, "value")) for one in values[name])


def _texts(values: Values, name: str) -> tuple[str, ...]:
    return tuple(str(one).strip(_BLANKS) for one in values[name])


def _alert(values: Values) -> Alert:
    return Alert(
        identifier=_first(values, "identifier"),
        sender=_first(values, "sender"),
        sent=_first(values, "sent"),
        status=_first(values, "status"),
        kind=_first(values, "msgType"),
        source=_first(values, "source"),
        scope=_first(values, "scope"),
        restriction=_first(values, "restriction"),
        addresses=_first(values, "addresses"),
        codes=_texts(values, "code"),
        note=_first(values, "note"),
        references=tuple(_references(_first(values, "references"))),
        incidents=_first(values, "incidents"),
        infos=tuple(_info(one) for one in values["info"]),
    )


def _references(text: str) -> Iterator[Reference]:
    """ "sender,identifier,sent" as often as there are, with blanks between. Raises `Refused`."""
    for word in text.split():
        parts = word.split(",")
        if len(parts) != 3 or not all(parts) or not _is_time(parts[2]):
            raise Refused("cap.field_wrong", field="references", value=_short(word))
        yield Reference(*parts)


def _info(values: Values) -> Info:
    return Info(
        language=_first(values, "language") or "en-US",
        categories=_texts(values, "category"),
        event=_first(values, "event"),
        responses=_texts(values, "responseType"),
        urgency=_first(values, "urgency"),
        severity=_first(values, "severity"),
        certainty=_first(values, "certainty"),
        audience=_first(values, "audience"),
        event_codes=_named(values, "eventCode"),
        effective=_first(values, "effective"),
        onset=_first(values, "onset"),
        expires=_first(values, "expires"),
        sender_name=_first(values, "senderName"),
        headline=_first(values, "headline"),
        description=_first(values, "description"),
        instruction=_first(values, "instruction"),
        web=_first(values, "web"),
        contact=_first(values, "contact"),
        parameters=_named(values, "parameter"),
        resources=tuple(
            Resource(
                description=_first(one, "resourceDesc"),
                media_type=_first(one, "mimeType"),
                size=_first(one, "size"),
                uri=_first(one, "uri"),
                inline=_first(one, "derefUri"),
                digest=_first(one, "digest"),
            )
            for one in values["resource"]
        ),
        areas=tuple(
            Area(
                description=_first(one, "areaDesc"),
                polygons=_texts(one, "polygon"),
                circles=_texts(one, "circle"),
                geocodes=_named(one, "geocode"),
                altitude=_first(one, "altitude"),
                ceiling=_first(one, "ceiling"),
            )
            for one in values["area"]
        ),
    )
