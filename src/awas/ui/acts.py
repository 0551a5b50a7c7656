"""An act: one thing a person can put on record, as a form.

A room lists its acts in a table; the page, the checks, the sealing of personal words and the protection against a
second tap are the same for all of them.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict

from awas.ledger.area import Refused
from awas.ledger.desk import Desk
from awas.ui.asks import Ask, Asked, Text
from awas.ui.refusals import in_words

Values = dict[str, Any]
Build = Callable[[Values, Desk, str], Any]
"""(values by ask name, the desk, the key of the thing the act is about or "") -> a command."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One row of a room's table of acts.

    `about` names the kind of thing whose key stands in the URL, empty for none; `initial` fills the form for it. With
    `or_new` the act may also be about a thing that the record doesn't have yet.
    """

    slug: str
    title: Text
    icon: str
    asks: tuple[Ask, ...]
    build: Build
    send: Text
    about: str = ""
    or_new: bool = False
    permission: str = "record_at_site"
    hint: Text = ""
    initial: Callable[[Asked, str], Mapping[str, Any]] = field(default=lambda asked, subject: {})


class ActForm(forms.Form):
    """The form of an act. `nonce` names this form on this screen: a second tap on it finds the first's receipt."""

    nonce = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, act: Act, asked: Asked, **named: Any) -> None:
        super().__init__(**named)
        self.act = act
        for ask in act.asks:
            self.fields[ask.name] = ask.field_for(asked)

    def command(self, desk: Desk, subject: str) -> Any:
        """The command of a valid form. Raises `Refused` for evidence that can't be kept."""
        values = {ask.name: ask.take(self.cleaned_data[ask.name], desk) for ask in self.act.asks}
        return self.act.build(values, desk, subject)

    def refuse(self, refused: Refused, nonce: str) -> None:
        """Says on the form why it was refused, with nothing typed lost.

        A form whose number is used up by other content could never be sent: it gets a fresh one.
        """
        labels: dict[str, object] = {}
        for name, field_ in self.fields.items():
            labels |= {name: field_.label, **getattr(field_, "headings", {})}
        self.add_error(None, in_words(refused, labels))
        sent: Any = self.data
        self.data = sent_again = sent.copy()
        sent_again["nonce"] = nonce


def digest_of(posted: Mapping[str, Any], files: MultiValueDict[str, Any], subject: str) -> bytes:
    """What tells a second tap from another content under the same nonce: a keyed hash of everything sent."""
    mark = hmac.new(settings.SECRET_KEY.encode(), subject.encode(), hashlib.sha256)
    for name in sorted(set(posted) - {"csrfmiddlewaretoken", "nonce"}):
        for value in _all(posted, name):
            mark.update(f"\x1e{name}\x1f{value}".encode())
    for name in sorted(files):
        for upload in files.getlist(name):
            mark.update(f"\x1d{name}\x1f{upload.size}".encode())
            for chunk in upload.chunks():
                mark.update(chunk)
            upload.seek(0)
    return mark.digest()


def _all(posted: Mapping[str, Any], name: str) -> Iterable[Any]:
    getlist = getattr(posted, "getlist", None)
    return getlist(name) if getlist else [posted[name]]
