"""The codes of the roster in words; see `awas.warehouse.words`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from awas.ui.asks import Words

DUTY_ENDS: Words = {
    "relieved": _("Relieved"),
    "shift_over": _("Shift over"),
    "early": _("Leaves early"),
    "unwell": _("Unwell"),
    "no_relief": _("No relief came"),
    "other": _in("kind", "Other"),
}
CANCEL_REASONS: Words = {
    "mistake": _("Planned by mistake"),
    "site_closed": _("Warehouse closed"),
    "replaced": _("Replaced by another shift"),
    "other": _in("kind", "Other"),
}
ABSENCE_REASONS: Words = {
    "leave": _("Leave"),
    "sick": _("Sick"),
    "other_duty": _("Other duty"),
    "other": _in("kind", "Other"),
}
KINDS: Words = {
    "pagi": _("Morning"),
    "siang": _("Afternoon"),
    "malam": _("Night"),
    "hari": _("Day"),
}
"""Kinds of shift, as the planner's patterns name them."""
BROKEN_RULES: Words = {
    "barred": _("away, or never in this shift"),
    "site_out_of_reach": _("not planned for this site"),
    "twice_a_day": _("has another shift that day"),
    "rest": _("less than 11 hours of rest"),
    "most_in_week": _("over the shifts of a week"),
    "most_minutes_in_week": _("over the hours of a week"),
    "most_run": _("too many days in a row"),
    "most_night_run": _("too many nights in a row"),
    "most_of_kind": _("never in this shift"),
    "most_in_shift": _("the shift is full"),
}
DOUBTS: Words = {
    "absent": _("away"),
    "closed": _("no longer on duty there"),
    "two_posts": _("planned at two sites"),
    "untold": _("no phone and no e-mail on file"),
}
DISPUTED_POINTS: Words = {
    "people": _("People inside"),
    "vehicles": _("Vehicles"),
    "goods": _("Goods"),
    "seals": _("Seals"),
    "cctv": _("CCTV"),
    "keys": _("Keys"),
    "incidents": _("Incidents"),
    "stock": _("Stock"),
    "conditions": _("State of the building"),
    "other": _in("kind", "Other"),
}
