"""What this room's refusals say to people."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, object] = {
    "delivery.webhook_address": _("A webhook needs an address that begins with https:// and names a server."),
    "delivery.browser": _("This browser gave no address at which it can be told."),
    "delivery.too_many": _("%(most)s is the most. Remove one that is no longer used."),
    "delivery.messenger_scheme": _(
        "%(scheme)s:// is no service that may be used. Use an address such as tgram://, whatsapp://, twilio:// or jsons://."
    ),
    "delivery.messenger_option": _("The option %(option)s may not stand in an address."),
    "delivery.messenger_address": _("The service does not understand this address. Nothing of it was kept."),
    "delivery.messenger_one": _("An address leads to one recipient. Add each recipient by itself."),
    "delivery.test_just_sent": _("A test was sent a moment ago. Wait for its result."),
    "delivery.not_to_be_sent": _("This message can't be sent again."),
    "delivery.not_on_the_list": _("This person is not on the list of whom to ring."),
    "delivery.no_such_warning": _("There is no such warning at this place."),
    "delivery.level": _("There is no level %(level)s."),
    "delivery.not_your_area": _("You can't see the warnings of %(area)s, so you can't be told of them."),
}
