"""The words of a refusal: every `Refused.code` in a sentence that says what to do, in people's own words.

Each room keeps its own sentences; `settings.AWAS_REFUSALS` names the mapping that joins them, and
`settings.AWAS_REFUSED_NAMES` the one that says what people call the things they name: the code of a place, a step or a
shelf never stands in a sentence. A code without a sentence is shown as itself: a reason must never be swallowed.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext

from awas.ledger.area import Refused
from awas.ui.formats import number

Names = Mapping[str, Callable[[str], object]]
"""By a parameter of sentences: what people call that which it holds."""

_PARTS = re.compile(r"[a-z_]+")


def _wired(setting: str) -> Mapping[str, Any]:
    path = getattr(settings, setting, "")
    return import_string(path) if path else {}


def in_words(refused: Refused, labels: Mapping[str, object] = {}) -> str:
    """The sentence for `refused` in the active language, with its parameters: "Seal %(seal)s is not on record.".

    `labels` are the names under which whoever reads it knows the fields of what was refused.
    """
    sentence = _wired("AWAS_REFUSALS").get(refused.code)
    if sentence is None:
        return gettext("The record does not allow this (%(code)s).") % {"code": refused.code}
    return str(sentence) % _Named(refused.params, labels)


class _Named(dict[str, Any]):
    """The parameters of a refusal, each in words once its sentence asks for it: a name may be a question to the
    database.
    """

    def __init__(self, params: Mapping[str, str | int], labels: Mapping[str, object]) -> None:
        super().__init__(params)
        self._names: Names = {**_wired("AWAS_REFUSED_NAMES"), "field": lambda path: field_name(path, labels)}

    def __getitem__(self, name: str) -> str:
        value = super().__getitem__(name)
        if isinstance(value, int):
            return number(value, get_language() or "id")
        return str(self._names[name](value)) if name in self._names else value


def field_name(path: str, labels: Mapping[str, object]) -> str:
    """What a field is called: `lines[0].dapil` by the label nearest to its end; where nobody has one, as it is."""
    parts = reversed(_PARTS.findall(path))
    return next((str(labels[part]) for part in parts if labels.get(part)), path)
