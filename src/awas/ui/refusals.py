"""The words of a refusal: every `Refused.code` in a sentence that says what to do.

Each room keeps its own sentences; `settings.AWAS_REFUSALS` names the mapping that joins them. A code without a sentence
is shown as itself: a reason must never be swallowed.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from awas.ledger.area import Refused


def _sentences() -> Mapping[str, Any]:
    path = getattr(settings, "AWAS_REFUSALS", "")
    return import_string(path) if path else {}


def in_words(refused: Refused) -> str:
    """The sentence for `refused` in the active language, with its parameters: "Seal %(seal)s is not on record."."""
    sentence = _sentences().get(refused.code)
    if sentence is None:
        return gettext("The record does not allow this (%(code)s).") % {"code": refused.code}
    return str(sentence) % refused.params
