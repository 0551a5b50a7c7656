"""An alert as XML, in the order that the schema asks for. Pure: bytes out, nothing else."""

import re
from collections.abc import Iterable
from functools import cache

from lxml import etree

from awas.warnings.cap.message import NAMESPACE, Alert, Area, Info, Named, Resource

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, not even escaped."""


def element_of(alert: Alert) -> etree._Element:
    """The alert's element, ready to be signed."""
    root = etree.Element(_tag("alert"), nsmap={None: NAMESPACE})
    _texts(
        root,
        ("identifier", alert.identifier),
        ("sender", alert.sender),
        ("sent", alert.sent),
        ("status", alert.status),
        ("msgType", alert.kind),
        ("source", alert.source),
        ("scope", alert.scope),
        ("restriction", alert.restriction),
        ("addresses", alert.addresses),
        *(("code", code) for code in alert.codes),
        ("note", alert.note),
        ("references", " ".join(str(one) for one in alert.references)),
        ("incidents", alert.incidents),
    )
    for info in alert.infos:
        _info(etree.SubElement(root, _tag("info")), info)
    return root


def bytes_of(root: etree._Element) -> bytes:
    """An element as a document of its own, in UTF-8."""
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return body


def written(alert: Alert) -> bytes:
    """The alert as an unsigned document."""
    return bytes_of(element_of(alert))


@cache
def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _held(text: str) -> str:
    """What of a text XML can hold. What can be printed can be held: nearly all of it, and told without a search."""
    return text if text.isprintable() else _NOT_XML.sub("", text)


def _texts(parent: etree._Element, *given: tuple[str, str]) -> None:
    """An element for each text that isn't empty."""
    for name, text in given:
        if text:
            etree.SubElement(parent, _tag(name)).text = _held(text)


def _named(parent: etree._Element, name: str, pairs: Iterable[Named]) -> None:
    for value_name, value in pairs:
        found = etree.SubElement(parent, _tag(name))
        # Both are asked for by the schema, though the value be empty.
        etree.SubElement(found, _tag("valueName")).text = _held(value_name)
        etree.SubElement(found, _tag("value")).text = _held(value)


def _info(parent: etree._Element, info: Info) -> None:
    _texts(
        parent,
        ("language", info.language),
        *(("category", one) for one in info.categories),
        ("event", info.event),
        *(("responseType", one) for one in info.responses),
        ("urgency", info.urgency),
        ("severity", info.severity),
        ("certainty", info.certainty),
        ("audience", info.audience),
    )
    _named(parent, "eventCode", info.event_codes)
    _texts(
        parent,
        ("effective", info.effective),
        ("onset", info.onset),
        ("expires", info.expires),
        ("senderName", info.sender_name),
        ("headline", info.headline),
        ("description", info.description),
        ("instruction", info.instruction),
        ("web", info.web),
        ("contact", info.contact),
    )
    _named(parent, "parameter", info.parameters)
    for resource in info.resources:
        _resource(etree.SubElement(parent, _tag("resource")), resource)
    for area in info.areas:
        _area(etree.SubElement(parent, _tag("area")), area)


def _resource(parent: etree._Element, resource: Resource) -> None:
    _texts(
        parent,
        ("resourceDesc", resource.description),
        ("mimeType", resource.media_type),
        ("size", resource.size),
        ("uri", resource.uri),
        ("derefUri", resource.inline),
        ("digest", resource.digest),
    )


def _area(parent: etree._Element, area: Area) -> None:
    _texts(
        parent,
        ("areaDesc", area.description),
        *(("polygon", one) for one in area.polygons),
        *(("circle", one) for one in area.circles),
    )
    _named(parent, "geocode", area.geocodes)
    _texts(parent, ("altitude", area.altitude), ("ceiling", area.ceiling))
