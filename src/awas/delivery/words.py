"""What a notice's outcome is called on a warning's page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awas.delivery.audience import Channel, Reason
from awas.delivery.models import MessageState

CHANNELS: Mapping[str, Promise] = {
    Channel.SCREEN.value: _("on screen"),
    Channel.EMAIL.value: _("e-mail"),
    Channel.WEBHOOK.value: _("webhook"),
}

NOT_TOLD: Mapping[str, Promise] = {
    Reason.BELOW_LEVEL.value: _("not told: below the level asked for"),
    Reason.CHANNEL_OFF.value: _("not told: does not want this channel"),
    Reason.NO_ADDRESS.value: _("not told: has no e-mail address"),
    Reason.NO_DUTY.value: _("not told: has no duty here"),
    Reason.TOLD_RECENTLY.value: _("not told again: told a moment ago"),
    Reason.LONG_PAST.value: _("nobody told: too long past"),
}

OUTCOMES: Mapping[str, Promise] = {
    MessageState.WAITING.value: _("waiting to be sent"),
    MessageState.SENT.value: _("sent"),
    MessageState.FAILED.value: _("could not be delivered"),
}

SHOWN: Promise = _("shown")
SEEN: Promise = _("seen")
EVERYBODY: Promise = _("Everybody")
