"""What a notice's outcome is called on a warning's page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awas.delivery.audience import Channel, Reason
from awas.delivery.models import MessageState, OutboxMessage
from awas.delivery.reach import Position, Way

CALL = "call"

CHANNELS: Mapping[str, Promise] = {
    Channel.SCREEN.value: _("on screen"),
    Channel.EMAIL.value: _("e-mail"),
    Channel.WEBHOOK.value: _("webhook"),
    Channel.PUSH.value: _("push message"),
    Channel.MESSENGER.value: _("messenger"),
    CALL: _("phone call"),
}

NOT_TOLD: Mapping[str, Promise] = {
    Reason.BELOW_LEVEL.value: _("not told: below the level asked for"),
    Reason.CHANNEL_OFF.value: _("not told: does not want this channel"),
    Reason.NO_ADDRESS.value: _("not told: has no address there"),
    Reason.NO_DUTY.value: _("not told: has no duty here"),
    Reason.TOLD_RECENTLY.value: _("not told again: told a moment ago"),
    Reason.INHIBITED.value: _("nobody told: it only follows from another warning"),
    Reason.LONG_PAST.value: _("nobody told: too long past"),
}

OUTCOMES: Mapping[str, Promise] = {
    MessageState.WAITING.value: _("waiting to be sent"),
    MessageState.SENT.value: _("sent"),
    MessageState.FAILED.value: _("could not be delivered"),
    MessageState.UNCONFIRMED.value: _("unconfirmed: it may have arrived"),
}

TO_A_GATEWAY = frozenset({Channel.EMAIL.value, Channel.WEBHOOK.value, Channel.PUSH.value, Channel.MESSENGER.value})
""""Sent" on these means that a server in between has taken it, not that anybody has it."""

SHOWN: Promise = _("shown")
SEEN: Promise = _("seen")
EVERYBODY: Promise = _("Everybody")
RANG: Mapping[bool, Promise] = {True: _("rang, answered"), False: _("rang, no answer")}

FAILURES: Mapping[str, Promise] = {
    "timeout": _("no answer in time"),
    "no_answer": _("the line broke before an answer"),
    "unreachable": _("could not be reached"),
    "broken_off": _("the line broke"),
    "unknown_name": _("no such server"),
    "private_address": _("leads into a private network"),
    "tls": _("its certificate is not trusted"),
    "without_tls": _("would go without encryption"),
    "stopped": _("the channel was stopped"),
    "no_phone": _("no phone is let in"),
    "no_address": _("has no address there"),
    "nobody": _("the account is closed"),
    "not_understood": _("the service does not understand the address"),
    "not_allowed": _("the service tried what it may not"),
    "gave_up": _("tried many times"),
    "unfinished": _("the server stopped while sending"),
    "sealed_under_another_secret": _("the address must be entered again"),
}
"""What went wrong in words, by the end of its code."""


def why(code: str) -> str:
    """A failure's code in words; of an answer with a number the number."""
    end = code.rpartition(".")[2]
    if end in FAILURES:
        return str(FAILURES[end])
    number = end.rpartition("_")[2]
    return gettext("refused with %(number)s") % {"number": number} if number.isdigit() else end


def result_of(message: OutboxMessage) -> str:
    """How a message fared: its state, what went wrong, and whether it was read."""
    if message.channel == Channel.SCREEN.value:
        return str(SHOWN if message.seen_at is None else SEEN)
    carrier = message.carried_by
    if carrier is not None:
        return gettext("together with others: %(result)s") % {"result": result_of(carrier)}
    said = str(OUTCOMES[message.state]) + (f" ({message.last_error})" if message.last_error else "")
    if message.state == MessageState.SENT:
        said = str(TAKEN if message.channel in TO_A_GATEWAY else OUTCOMES[message.state])
    return said if message.seen_at is None else gettext("%(result)s, read") % {"result": said}


TAKEN: Promise = _("accepted by the gateway")

POSITIONS: Mapping[Position, Promise] = {
    Position.ON_WATCH: _("has the watch"),
    Position.NEXT_WATCH: _("has the next watch"),
    Position.WATCHER: _("watch officer"),
    Position.FIELD_SUPERVISOR: _("field supervisor"),
    Position.DISTRICT: _("district office"),
    Position.PROVINCE: _("province office"),
    Position.NATION: _("national office"),
}

WAYS: Mapping[Way, Promise] = {
    Way.WORKS: _("works"),
    Way.UNPROVEN: _("not proven yet"),
    Way.FAILING: _("fails"),
    Way.NONE: _("none"),
}
