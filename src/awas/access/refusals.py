"""What this room's refusals say to people. Codes are stable; these words are translated."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, object] = {
    "access.username_taken": _("The user name %(username)s is taken."),
    "access.not_an_area": _("%(area)s is not the code of a region or a site."),
    "access.role_not_there": _("This role can't be held in %(area)s."),
    "access.duty_ends_before_it_begins": _("A duty ends after it begins."),
    "access.own_account": _("Nobody changes their own rights; ask another administrator."),
    "access.password_weak": _("This password is too weak: %(why)s"),
    "access.no_device": _("This session has no device any more. Sign in again."),
}
