"""What a form can ask for the record: each ask is a field on the page and the value it gives to a command.

A person's own words become `Sealed` here, photos become their hash; a command never sees either.
"""

import datetime
import re
import zoneinfo
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from awas.ledger import blobs
from awas.ledger.area import Instant
from awas.ledger.desk import Desk
from awas.ledger.message import ONE_LINE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Text: TypeAlias = "str | StrPromise"
Words: TypeAlias = "Mapping[str, str | StrPromise]"
"""Codes and what people call them."""

Choices = Iterable[tuple[str, Text]]

CHIPS = 8
"""Up to so many choices stand as chips under the thumb; more become a list."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Where and when the form is filled in: what the choices depend on."""

    place: str
    now: Instant
    zone: zoneinfo.ZoneInfo

    def local(self, at: Instant) -> str:
        """An instant as a form shows it: local date and time to the minute."""
        return datetime.datetime.fromtimestamp(at / 1000, self.zone).strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question. `make` builds the form field; `take` turns its cleaned value into the command's.

    A field that is the same wherever and whenever it is asked is made once and shared by all forms (`still`): to make
    a form's fields anew costs as much as to record it.
    """

    name: str
    make: Callable[[Asked], forms.Field]
    take: Callable[[Any, Desk], Any] = field(default=lambda value, desk: value)
    still: bool = False

    def field_for(self, asked: Asked) -> forms.Field:
        """The form field; it must not be changed."""
        return self._once(asked) if self.still else self.make(asked)

    def _once(self, asked: Asked) -> forms.Field:
        made: forms.Field | None = self.__dict__.get("_made")
        if made is None:
            made = self.__dict__["_made"] = self.make(asked)
        return made


class ChipSelect(forms.RadioSelect):
    """Radio buttons as chips."""

    template_name = "ui/widgets/chips.html"


class ChipSelectMultiple(forms.CheckboxSelectMultiple):
    """Check boxes as chips."""

    template_name = "ui/widgets/chips.html"


class OneLineField(forms.CharField):
    """One line of what can be seen; see `ONE_LINE`."""

    default_validators = [
        RegexValidator(ONE_LINE, _("There is a character here that can't be seen. Delete this and type it anew."))
    ]


def text(
    name: str, label: Text, *, required: bool = False, most: int = 120, capitals: bool = False, hint: Text = ""
) -> Ask:
    """A plain number or name of a thing or an institution; never a person's."""

    def make(asked: Asked) -> forms.Field:
        made = OneLineField(label=label, required=required, max_length=most, help_text=hint)
        if capitals:
            made.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}
        return made

    return Ask(name=name, still=True, make=make, take=lambda value, desk: value.upper() if capitals else value)


def sealed(name: str, label: Text, purpose: str, *, required: bool = False, long: bool = False, hint: Text = "") -> Ask:
    """A person's name or a person's own words: stands in the record as a commitment only."""

    def make(asked: Asked) -> forms.Field:
        if not long:
            return OneLineField(label=label, required=required, max_length=120, help_text=hint)
        widget = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=label, required=required, max_length=2000, widget=widget, help_text=hint)

    return Ask(name=name, still=True, make=make, take=lambda value, desk: desk.seal(value, purpose))


def choice(
    name: str,
    label: Text,
    words: Words,
    *,
    required: bool = True,
    initial: str = "",
    only: Sequence[str] = (),
    hint: Text = "",
) -> Ask:
    """One of some codes."""

    def make(asked: Asked) -> forms.Field:
        choices: list[tuple[str, Text]] = [(code, words[code]) for code in (only or words)]
        widget: forms.Widget = ChipSelect() if len(choices) <= CHIPS else forms.Select()
        if len(choices) > CHIPS or not required:
            choices = [("", "—"), *choices]
        return forms.ChoiceField(
            label=label, required=required, choices=choices, initial=initial, widget=widget, help_text=hint
        )

    return Ask(name=name, still=True, make=make, take=lambda value, desk: value or None)


def several(name: str, label: Text, words: Words, *, hint: Text = "", required: bool = False) -> Ask:
    """Any number of some codes."""

    def make(asked: Asked) -> forms.Field:
        return forms.MultipleChoiceField(
            label=label, required=required, choices=list(words.items()), widget=ChipSelectMultiple(), help_text=hint
        )

    return Ask(name=name, still=True, make=make, take=lambda value, desk: tuple(value))


def thing(
    name: str,
    label: Text,
    choices: Callable[[Asked], Choices],
    *,
    required: bool = True,
    hint: Text = "",
    none: str | None = "",
) -> Ask:
    """One of the things at this place."""

    def make(asked: Asked) -> forms.Field:
        # Read when they are shown or checked: most entries name none of them.
        def found() -> Choices:
            return [("", "—"), *choices(asked)]

        return forms.ChoiceField(label=label, required=required, choices=found, help_text=hint)

    return Ask(name=name, make=make, take=lambda value, desk: value or none)


def things(name: str, label: Text, choices: Callable[[Asked], Choices], *, hint: Text = "") -> Ask:
    """Any number of the things or people at this place."""

    def make(asked: Asked) -> forms.Field:
        return forms.MultipleChoiceField(
            label=label,
            required=False,
            choices=lambda: choices(asked),
            widget=ChipSelectMultiple(),
            help_text=hint,
        )

    return Ask(name=name, make=make, take=lambda value, desk: tuple(value))


def yes(name: str, label: Text, *, hint: Text = "", initial: bool = False) -> Ask:
    """A check box."""
    return Ask(
        name=name,
        still=True,
        make=lambda asked: forms.BooleanField(label=label, required=False, help_text=hint, initial=initial),
    )


def yes_or_no(name: str, label: Text, *, hint: Text = "") -> Ask:
    """Yes, no, or not looked at."""

    def make(asked: Asked) -> forms.Field:
        return forms.ChoiceField(
            label=label,
            required=False,
            choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not looked at"))],
            widget=ChipSelect(),
            help_text=hint,
        )

    return Ask(name=name, still=True, make=make, take=lambda value, desk: {"yes": True, "no": False}.get(value))


def count(
    name: str,
    label: Text,
    *,
    required: bool = False,
    most: int = 10_000_000,
    hint: Text = "",
    initial: int | None = None,
) -> Ask:
    """A whole number, not negative."""

    def make(asked: Asked) -> forms.Field:
        return WholeNumberField(
            label=label, required=required, min_value=0, max_value=most, help_text=hint, initial=initial
        )

    return Ask(name=name, still=True, make=make, take=lambda value, desk: value or 0)


class WholeNumberField(forms.IntegerField):
    """A whole number in plain digits."""

    default_error_messages = {"invalid": _("Write a whole number, without a point or comma.")}
    # Django takes 1.000 for 1; here it is a thousand.
    re_decimal = re.compile(r"(?!)")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric"}


def moment(name: str, label: Text, *, required: bool = False, hint: Text = "") -> Ask:
    """A date and time at the site's own clock; 0 for none."""

    def make(asked: Asked) -> forms.Field:
        return LocalInstantField(asked.zone, label=label, required=required, help_text=hint)

    return Ask(name=name, make=make, take=lambda value, desk: value or 0)


class LocalInstantField(forms.DateTimeField):
    """A local date and time that becomes an instant in milliseconds."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, zone: zoneinfo.ZoneInfo, **named: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **named)
        self.zone = zone

    def clean(self, value: Any) -> Instant | None:
        cleaned = forms.DateTimeField.clean(self, value)
        if cleaned is None:
            return None
        # Django has read the digits in its own zone; they are the site's.
        return int(cleaned.replace(tzinfo=self.zone).timestamp() * 1000)


class PhotosInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Photos or a PDF, kept by their hash. Django's own field takes one file; this takes as many as were chosen."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(one, initial) for one in given]


def photos(name: str = "photos", label: Text = _("Photos"), *, hint: Text = "") -> Ask:
    """Evidence: at most eight files."""

    def make(asked: Asked) -> forms.Field:
        made = PhotosField(label=label, required=False, help_text=hint)
        made.widget.attrs |= {"accept": "image/jpeg,image/png,image/webp,application/pdf", "capture": "environment"}
        return made

    return Ask(name=name, still=True, make=make, take=lambda value, desk: tuple(_kept(one, desk) for one in value))


def photo(name: str = "photo", label: Text = _("Photo")) -> Ask:
    """One photo."""

    def make(asked: Asked) -> forms.Field:
        made = forms.FileField(label=label, required=False)
        made.widget.attrs |= {"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
        return made

    return Ask(name=name, still=True, make=make, take=lambda value, desk: _kept(value, desk) if value else "")


def _kept(upload: Any, desk: Desk) -> str:
    # One byte more than allowed tells "too large" without reading the rest.
    return blobs.keep(upload.read(blobs.MAX_BYTES + 1), desk.place, desk.now)
