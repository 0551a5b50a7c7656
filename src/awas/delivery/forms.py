"""What people type about how they and other systems are told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awas.delivery.models import Levels


class SubscriptionForm(forms.Form):
    """What to be told of an area, in place of what the role is told."""

    area = forms.CharField(
        label=_("Area"), max_length=24, help_text=_("Code of a region or a site, such as 36.02 or 36.02-G1")
    )
    min_level = forms.ChoiceField(label=_("From this level"), choices=Levels.choices, initial=Levels.SIAGA)
    by_screen = forms.BooleanField(label=_("On screen"), required=False, initial=True)
    by_email = forms.BooleanField(label=_("By e-mail"), required=False, initial=True)


class WebhookForm(forms.Form):
    """Another system to be told."""

    url = forms.CharField(label=_("Address"), max_length=400, help_text=_("https://…"))
    area = forms.CharField(label=_("Area"), max_length=24)
    min_level = forms.ChoiceField(label=_("From this level"), choices=Levels.choices)
