"""The list of alerts as an Atom feed (RFC 4287), as CAP feeds are published. Pure: bytes out, nothing else."""

from collections.abc import Sequence
from typing import Final

from lxml import etree
from msgspec import Struct

from awas.warnings.cap.message import MEDIA_TYPE, Alert

ATOM: Final = "http://www.w3.org/2005/Atom"
FEED_TYPE: Final = "application/atom+xml"


class Listed(Struct, frozen=True, kw_only=True):
    """One alert of the list and where its document is."""

    alert: Alert
    url: str


def written(listed: Sequence[Listed], *, title: str, url: str, author: str, updated: str) -> bytes:
    """The feed, in the order given. `updated` is what is said of an empty list."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "id")
    _text(root, "id", url)
    _text(root, "title", title)
    _text(root, "updated", max((one.alert.sent for one in listed), default=updated))
    _text(etree.SubElement(root, f"{{{ATOM}}}author"), "name", author)
    etree.SubElement(root, f"{{{ATOM}}}link", rel="self", type=FEED_TYPE, href=url)
    for one in listed:
        _entry(etree.SubElement(root, f"{{{ATOM}}}entry"), one)
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return body


def _entry(entry: etree._Element, one: Listed) -> None:
    alert, info = one.alert, one.alert.infos[0]
    _text(entry, "id", one.url)
    _text(entry, "title", info.headline)
    _text(entry, "updated", alert.sent)
    _text(entry, "published", info.onset or alert.sent)
    etree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", type=MEDIA_TYPE, href=one.url)
    etree.SubElement(
        entry, f"{{{ATOM}}}category", term=alert.kind, scheme="urn:oasis:names:tc:emergency:cap:1.2:msgType"
    )
    etree.SubElement(
        entry, f"{{{ATOM}}}category", term=info.severity, scheme="urn:oasis:names:tc:emergency:cap:1.2:severity"
    )
    _text(entry, "summary", info.description)


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


LINKS_AT_MOST: Final = 200
"""Documents of one feed that are asked for, its first: senders list the newest first."""


def links_in(root: etree._Element) -> list[str] | None:
    """The addresses of the documents that a feed lists, Atom or RSS; None for what is no feed."""
    name = etree.QName(root).localname
    if root.tag == f"{{{ATOM}}}feed":
        found = [_best_link(entry) for entry in root.findall(f"{{{ATOM}}}entry")]
    elif name == "rss":
        found = [item.findtext("link") or "" for item in root.iter("item")]
    else:
        return None
    return list(dict.fromkeys(link.strip() for link in found if link.strip()))[:LINKS_AT_MOST]


def _best_link(entry: etree._Element) -> str:
    """The link to CAP itself where an entry says which it is, else its first."""
    links = entry.findall(f"{{{ATOM}}}link")
    for link in links:
        if MEDIA_TYPE in link.get("type", ""):
            return str(link.get("href", ""))
    return str(links[0].get("href", "")) if links else ""
