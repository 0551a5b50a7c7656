"""What this room's refusals say to people."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, object] = {
    "delivery.webhook_address": _("A webhook needs an address that begins with https:// and names a server."),
    "delivery.level": _("There is no level %(level)s."),
    "delivery.not_your_area": _("You can't see the warnings of %(area)s, so you can't be told of them."),
}
