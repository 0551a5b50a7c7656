"""What people type about how they and other systems are told."""

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from awas.delivery.audience import NEVER, Channel
from awas.delivery.models import Levels

_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SubscriptionForm(forms.Form):
    """What to be told of an area, in place of what the role is told."""

    area = forms.CharField(
        label=_("Area"), max_length=24, help_text=_("Code of a region or a site, such as 36.02 or 36.02-G1")
    )
    min_level = forms.ChoiceField(label=_("From this level"), choices=Levels.choices, initial=Levels.SIAGA)
    by_screen = forms.BooleanField(label=_("On screen"), required=False, initial=True)
    by_email = forms.BooleanField(label=_("By e-mail"), required=False, initial=True)
    by_push = forms.BooleanField(label=_("By push message"), required=False, initial=True)
    by_messenger = forms.BooleanField(label=_("By messenger"), required=False, initial=True)


class WebhookForm(forms.Form):
    """Another system to be told."""

    url = forms.CharField(label=_("Address"), max_length=400, help_text=_("https://…"))
    area = forms.CharField(label=_("Area"), max_length=24)
    min_level = forms.ChoiceField(label=_("From this level"), choices=Levels.choices)


class MessengerForm(forms.Form):
    """One's own address at a messenger."""

    url = forms.CharField(
        label=_("Address"),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("As Apprise writes it, such as tgram://token/chat. It is encrypted and never shown again."),
    )


class OfficeMessengerForm(MessengerForm):
    """An office's address at a messenger."""

    area = forms.CharField(label=_("Area"), max_length=24)
    min_level = forms.ChoiceField(label=_("From this level"), choices=Levels.choices)


FROM_LEVELS = [("", _("as my role")), *Levels.choices, (NEVER, _("never"))]


class PreferenceForm(forms.Form):
    """From which level on each channel is used, when it is quiet, and in which language."""

    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)
    push_from = forms.ChoiceField(label=_("Push message from"), choices=FROM_LEVELS, required=False)
    email_from = forms.ChoiceField(label=_("E-mail from"), choices=FROM_LEVELS, required=False)
    messenger_from = forms.ChoiceField(label=_("Messenger from"), choices=FROM_LEVELS, required=False)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=_TIME, help_text=_("Empty: never quiet"))
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=_TIME)
    quiet_up_to = forms.ChoiceField(
        label=_("What waits until then"),
        choices=[("waspada", _("Waspada")), ("siaga", _("Waspada and Siaga"))],
        help_text=_("An Awas always comes through, and nothing waits while you have the watch."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if (begin is None) != (end is None):
            self.add_error("quiet_until", _("Quiet hours have a beginning and an end."))
        elif begin is not None and begin == end:
            self.add_error("quiet_until", _("Quiet hours end before they begin again."))
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What `own.choose` takes."""
        asked = self.cleaned_data
        begin, end = asked["quiet_from"], asked["quiet_until"]
        return {
            "language": asked["language"],
            "levels": {channel: asked[f"{channel.value}_from"] for channel in BY_LEVEL},
            "quiet": None if begin is None else (_minute(begin), _minute(end), asked["quiet_up_to"]),
        }


BY_LEVEL = (Channel.PUSH, Channel.EMAIL, Channel.MESSENGER)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def as_time(minute: int | None) -> time | None:
    """A minute of the day as a form shows it."""
    return None if minute is None else time(minute // 60, minute % 60)
