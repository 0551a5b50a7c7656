"""The form by which an alert in CAP is handed in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awas.warnings.cap.guarded import MOST_BYTES
from awas.warnings.refusals import WORDS


class DocumentInput(forms.FileInput):
    """A file that is no photo."""


class AlertForm(forms.Form):
    """One document. It is read in memory, with limits, and never fetched from anywhere."""

    file = forms.FileField(
        label=_("CAP document (XML)"),
        help_text=_("As BMKG publishes it, at most 1 MB."),
        error_messages={"required": _("Choose the file first.")},
        widget=DocumentInput(attrs={"accept": ".xml,.cap,application/cap+xml,application/xml,text/xml"}),
    )

    def clean_file(self) -> UploadedFile:
        """Looks at the size that came, before anything is read."""
        sent: UploadedFile = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_BYTES:
            words = WORDS["cap.too_large"]
            sentence = words.en if get_language() == "en" else words.id
            raise forms.ValidationError(sentence % {"most": MOST_BYTES})
        return sent
