"""The form by which a filled-in sheet is sent, or an answer to a question about the one that was sent before."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awas.logistics.sheets.faults import Fault
from awas.logistics.sheets.opening import MEGABYTE, MOST_BYTES
from awas.ui.asks import Text

TYPES = (
    ".xlsx,.xlsm,.xls,.ods,.csv,text/csv,application/vnd.ms-excel,application/vnd.oasis.opendocument.spreadsheet,"
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
"""What a phone offers to choose from; what comes is looked at all the same."""


class SheetInput(forms.FileInput):
    """A file that is no photo."""


class SheetForm(forms.Form):
    """`file`, or the token `held` of one that was sent before; the kind where it is chosen; `on_top` when it was asked.

    `choices` are the kinds that whoever asks may send here.
    """

    file = forms.FileField(
        label=_("Filled-in file"),
        help_text=format_lazy(
            _("Excel, LibreOffice or CSV, at most {most} MB. Only values are read: macros are never run."),
            most=MOST_BYTES // MEGABYTE,
        ),
        error_messages={"required": _("Choose the file first.")},
        allow_empty_file=True,
        widget=SheetInput(attrs={"accept": TYPES}),
    )
    kind = forms.ChoiceField(label=_("Kind of sheet"), required=False)
    on_top = forms.BooleanField(label=_("These counts come on top of what is on record"), required=False)
    held = forms.CharField(required=False, max_length=2_000, widget=forms.HiddenInput)

    def __init__(self, choices: Iterable[tuple[str, Text]], **named: Any) -> None:
        super().__init__(**named)
        self.fields["kind"].choices = [("", _("As the file says")), *choices]  # type: ignore[attr-defined]
        self.fields["file"].required = not (self.is_bound and self.data.get("held"))

    def clean_file(self) -> UploadedFile | None:
        """Looks at the size that came, before anything is read. Whether it is empty is seen in opening it."""
        sent: UploadedFile | None = self.cleaned_data["file"]
        if sent is not None and (sent.size or 0) > MOST_BYTES:
            fault = Fault(code="sheet.too_large", params={"most": MOST_BYTES // MEGABYTE})
            raise forms.ValidationError(fault.words(get_language() or "id"))
        return sent
