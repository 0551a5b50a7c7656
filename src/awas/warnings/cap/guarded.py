"""XML from a stranger, as a tree: bounded in size, depth and number, without any document type. Pure.

A first pass by expat builds nothing and stops at the first thing that no alert needs: a document type (with it every
entity, internal or external, goes), too many elements, too deep a nest. Only what passes is made a tree, by a parser
that neither resolves nor fetches anything.
"""

from typing import Any, Final
from xml.parsers import expat

from lxml import etree

from awas.ledger.area import Refused

MOST_BYTES: Final = 1_000_000
"""Real alerts have a few kilobytes, those with a long coastline some hundred."""
DEPTH: Final = 16
"""alert, info, area, geocode, value are five; a signature with its certificate needs eight."""
ELEMENTS: Final = 20_000
ATTRIBUTES: Final = 16

_PARSER_OPTIONS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class _Guard:
    """Counts while expat reads."""

    def __init__(self) -> None:
        self.depth = self.count = 0

    def doctype(self, *_: object) -> None:
        raise Refused("cap.doctype")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEPTH:
            raise Refused("cap.too_deep", most=DEPTH)
        if self.count > ELEMENTS:
            raise Refused("cap.too_many_elements", most=ELEMENTS)
        if len(attributes) > ATTRIBUTES:
            raise Refused("cap.not_xml", why=f"{len(attributes)} attributes")

    def end(self, name: str) -> None:
        self.depth -= 1


def tree_of(body: bytes) -> etree._Element:
    """The root element. Raises `Refused`."""
    if len(body) > MOST_BYTES:
        raise Refused("cap.too_large", most=MOST_BYTES)
    guard = _Guard()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = guard.doctype
    parser.EntityDeclHandler = guard.doctype
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    try:
        parser.Parse(body, True)
        return etree.fromstring(body, etree.XMLParser(**_PARSER_OPTIONS))
    except (expat.ExpatError, etree.XMLSyntaxError, ValueError, LookupError) as broken:
        # LookupError: an encoding that nobody knows. A message may quote the document: one short line of it.
        raise Refused("cap.not_xml", why=" ".join(str(broken).split())[:160]) from None
