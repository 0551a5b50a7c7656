"""The five words under which a place or a warning stands, with the mark that tells them apart without colour.

Normal, Waspada, Siaga and Awas are Indonesia's official warning scale and are the same in both languages. `unknown` is
a state of its own: silence of data is never shown as calm.
"""

from django.utils.translation import gettext_lazy as _

NORMAL, WASPADA, SIAGA, AWAS, UNKNOWN = "normal", "waspada", "siaga", "awas", "unknown"

WORDS = {
    NORMAL: _("Normal"),
    WASPADA: _("Waspada"),
    SIAGA: _("Siaga"),
    AWAS: _("Awas"),
    UNKNOWN: _("Unknown"),
}


def known(level: object) -> str:
    """The level in lower case; anything that isn't one of the five reads as unknown."""
    text = str(level or "").lower()
    return text if text in WORDS else UNKNOWN
