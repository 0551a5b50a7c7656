"""What administrators type about accounts. Whether they may is the services' question, not the form's."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from awas.access.days import begin_of, end_of
from awas.access.models import Person, Roles
from awas.access.policy import Instant, tier_of
from awas.places.codes import zone_of


def _require_area(code: str) -> None:
    try:
        tier_of(code)
    except ValueError as unknown:
        raise forms.ValidationError(_("This is not the code of a region or a site.")) from unknown


class ParticularsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name and addresses of an account, and whether it may sign in."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Person
        fields = ["display_name", "email", "phone", "language", "is_active"]


class NewPersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new account. Its home says which administrators keep it; duties are given afterwards."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    home = forms.CharField(
        label=_("Area"),
        max_length=24,
        validators=[_require_area],
        help_text=_("Code of the region whose administrators keep this account, such as 36.02"),
    )

    class Meta:
        model = Person
        fields = ["username", "display_name", "home", "email", "phone", "language"]

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()


class DutyForm(forms.Form):
    """A role in an area. Days are whole days where the area lies; no first day means from now on."""

    role = forms.ChoiceField(label=_("Role"), choices=Roles.choices)
    area = forms.CharField(
        label=_("Area"),
        max_length=24,
        validators=[_require_area],
        help_text=_("Code of a region or a site, such as 36.02 or 36.02-G1"),
    )
    from_on = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("A duty ends after it begins."))
        return cleaned

    def span(self, now: Instant) -> tuple[Instant, Instant | None]:
        """The asked days as instants in the area's own time."""
        asked = self.cleaned_data
        zone = ZoneInfo(zone_of(asked["area"]))
        from_at = begin_of(asked["from_on"], zone) if asked["from_on"] else now
        return from_at, end_of(asked["until_on"], zone) if asked["until_on"] else None


class DeviceForm(forms.Form):
    """A device to enrol."""

    label = forms.CharField(label=_("What device is it?"), max_length=80)
