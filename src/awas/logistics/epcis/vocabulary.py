"""The words of EPCIS 2.0 and of its Core Business Vocabulary (CBV 2.0), and how each may be written. Pure.

Source: GS1 EPCIS and CBV 2.0 and its JSON schema. A word comes bare (`receiving`), as a URN of CBV 1.x
(`urn:epcglobal:cbv:bizstep:receiving`) or as a web address (`https://ref.gs1.org/cbv/BizStep-receiving`); inside we
hold the bare word. What is no word of the standard must be somebody's own URI.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

_PCHAR = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_NAME = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})"
_AUTHORITY = rf"(?:(?:{_NAME}|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|{_NAME}*)(?::[0-9]*)?"
URI = (
    rf"[A-Za-z][A-Za-z0-9+.\-]*:(?://{_AUTHORITY}(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?)"
    rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:\#(?:{_PCHAR}|[/?])*)?"
)
"""RFC 3986, section 3, as a regular expression without anchors. A name with a prefix (`awas:station`) is one too."""

_is_uri = re.compile(URI).fullmatch


def is_uri(text: object) -> bool:
    """Whether a value is a URI."""
    return isinstance(text, str) and _is_uri(text) is not None


class Words(Struct, frozen=True, kw_only=True):
    """One list of the vocabulary. `urn` and `web` are what stands before a word in its long forms."""

    bare: frozenset[str]
    urn: str
    web: str

    @property
    def pattern(self) -> str:
        """What may be sent, for a field's type: a word in one of its forms, or a URI that isn't the CBV's."""
        words = "|".join(sorted(self.bare))
        long_forms = rf"(?:urn:epcglobal:cbv:{self.urn}:|https?://(?:ns|ref)\.gs1\.org/cbv/{self.web}-)(?:{words})"
        foreign = rf"(?!urn:epcglobal:cbv|https?://ns\.gs1\.org/cbv/){URI}"
        return rf"\A(?:{words}|{long_forms}|{foreign})\Z"

    def word(self, sent: str) -> str:
        """The bare word of what was sent; what is no word of the standard comes back as it is."""
        for before in (f"urn:epcglobal:cbv:{self.urn}:", *(f"{one}/cbv/{self.web}-" for one in _HOSTS)):
            if sent.startswith(before) and sent.removeprefix(before) in self.bare:
                return sent.removeprefix(before)
        return sent


_HOSTS = ("https://ref.gs1.org", "https://ns.gs1.org", "http://ref.gs1.org", "http://ns.gs1.org")


def _words(urn: str, web: str, words: Iterable[str]) -> Words:
    return Words(bare=frozenset(words), urn=urn, web=web)


BIZ_STEPS = _words(
    "bizstep",
    "BizStep",
    (
        "accepting", "arriving", "assembling", "collecting", "commissioning", "consigning", "creating_class_instance",
        "cycle_counting", "decommissioning", "departing", "destroying", "disassembling", "dispensing", "encoding",
        "entering_exiting", "holding", "inspecting", "installing", "killing", "loading", "other", "packing", "picking",
        "receiving", "removing", "repackaging", "repairing", "replacing", "reserving", "retail_selling", "shipping",
        "staging_outbound", "stock_taking", "stocking", "storing", "transporting", "unloading", "unpacking",
        "void_shipping", "sensor_reporting", "sampling",
    ),
)  # fmt: skip
DISPOSITIONS = _words(
    "disp",
    "Disp",
    (
        "active", "container_closed", "damaged", "destroyed", "dispensed", "disposed", "encoded", "expired",
        "in_progress", "in_transit", "inactive", "no_pedigree_match", "non_sellable_other", "partially_dispensed",
        "recalled", "reserved", "retail_sold", "returned", "sellable_accessible", "sellable_not_accessible", "stolen",
        "unknown", "available", "completeness_verified", "completeness_inferred", "conformant", "container_open",
        "mismatch_instance", "mismatch_class", "mismatch_quantity", "needs_replacement", "non_conformant",
        "unavailable",
    ),
)  # fmt: skip
TRANSACTION_TYPES = _words(
    "btt",
    "BTT",
    ("bol", "cert", "desadv", "inv", "pedigree", "po", "poc", "prodorder", "recadv", "rma", "testprd", "testres",
     "upevt"),
)  # fmt: skip
PARTY_TYPES = _words("sdt", "SDT", ("owning_party", "possessing_party", "location"))
ERROR_REASONS = _words("er", "ER", ("did_not_occur", "incorrect_data"))
COMPONENTS = _words(
    "comp",
    "Comp",
    ("x", "y", "z", "axial_distance", "azimuth", "height", "spherical_radius", "polar_angle", "elevation_angle",
     "easting", "northing", "latitude", "longitude", "altitude"),
)  # fmt: skip

PIECES = frozenset({"", "EA", "H87", "C62"})
"""Units of measure (UN/ECE Recommendation 20) that mean single things: each, piece, one; empty for not said."""
