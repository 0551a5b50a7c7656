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
