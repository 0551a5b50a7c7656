"""What is done at the desk, in sentences: who may enter, the site's settings, corrections of older entries."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _in

from awas.access.narration import Names, Tellers, Told, chips, count, listed, moment, who, word
from awas.ledger.area import Stamp
from awas.warehouse import events as happened
from awas.warehouse.forms.access import WATCHLIST_REASONS
from awas.warehouse.telling.goods import differing, goods
from awas.warehouse.words import CORRECTION_REASONS, PURPOSES, ROLES

FIELDS = {
    "entered_at": gettext_lazy("time of entry"),
    "left_at": gettext_lazy("time of exit"),
    "until_at": gettext_lazy("allowed until"),
    "arrived_at": gettext_lazy("time of arrival"),
    "role": gettext_lazy("role"),
    "purpose": gettext_lazy("purpose"),
    "institution": gettext_lazy("institution"),
    "letter_number": gettext_lazy("letter"),
    "gate": gettext_lazy("gate"),
    "carrier": gettext_lazy("carrier"),
    "escort_count": gettext_lazy("people of the escort"),
    "document_number": gettext_lazy("number of the document"),
    "delivery_letter": gettext_lazy("delivery letter"),
    "spot": _in("place", "spot"),
}
"""The fields that `awas.warehouse.correctable` lets be corrected."""

INSTANTS = frozenset({"entered_at", "left_at", "until_at", "arrived_at"})


def granted(event: happened.AccessGranted, stamp: Stamp, names: Names) -> Told:
    role = word(ROLES, event.role) if event.role else ""
    until = event.until_at
    said = {
        "who": who(names.person(event.name), role, event.institution),
        "role": role,
        "until": moment(until, stamp) if until else "",
    }
    everybody = not event.person
    if everybody and until:
        text = _("Everybody of the role %(role)s may enter until %(until)s") % said
    elif everybody:
        text = _("Everybody of the role %(role)s may enter") % said
    elif until:
        text = _("%(who)s may enter until %(until)s") % said
    else:
        text = _("%(who)s may enter") % said
    return Told(text=text, icon="list", flags=chips((not event.letter_number, _("no letter"))), subject=event.access_id)


def revoked(event: happened.AccessRevoked, stamp: Stamp, names: Names) -> Told:
    role = word(ROLES, event.role) if event.role else ""
    said = {"who": who(names.person(None, event.person), role), "role": role}
    if event.person:
        text = _("%(who)s may no longer enter") % said
    else:
        text = _("Everybody of the role %(role)s may no longer enter") % said
    return Told(
        text=text, icon="forbidden", flags=chips((event.visit_inside, _("still inside"))), subject=event.access_id
    )


def watchlisted(event: happened.PersonWatchlisted, stamp: Stamp, names: Names) -> Told:
    said = {"who": names.person(event.name), "reason": word(WATCHLIST_REASONS, event.reason)}
    inside = _("inside at %(place)s") % {"place": names.site(event.inside_at)}
    return Told(
        text=_("Look out for %(who)s: %(reason)s") % said,
        icon="watch",
        level="siaga" if event.inside_at else "",
        flags=chips((event.inside_at, inside)),
        subject=event.person,
    )


def unlisted(event: happened.PersonUnlisted, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("%(who)s is no longer looked out for") % {"who": names.person(None, event.person)},
        icon="watch",
        subject=event.person,
    )


def rules_set(event: happened.SiteRulesSet, stamp: Stamp, names: Names) -> Told:
    said = {"document": event.document_number}
    if event.document_number:
        text = _("The rules of this warehouse were set by %(document)s") % said
    else:
        text = _("The rules of this warehouse were set")
    return Told(text=text, icon="settings")


# ---------------------------------------------------------------- corrections


def voided(event: happened.EntryVoided, stamp: Stamp, names: Names) -> Told:
    said = {"index": count(event.entry_index), "reason": word(CORRECTION_REASONS, event.reason)}
    return Told(
        text=_("Entry #%(index)s does not count: %(reason)s") % said,
        icon="correction",
        subject=event.subject,
    )


def corrected(event: happened.EntryCorrected, stamp: Stamp, names: Names) -> Told:
    changes = listed(*(_change(one, stamp) for one in event.fields))
    said = {
        "index": count(event.entry_index),
        "reason": word(CORRECTION_REASONS, event.reason),
        "changes": changes,
    }
    return Told(
        text=_("Entry #%(index)s reads differently (%(reason)s): %(changes)s") % said,
        icon="correction",
        subject=event.subject,
    )


def _change(one: happened.CorrectedField, stamp: Stamp) -> str:
    return _("%(field)s %(value)s instead of %(before)s") % {
        "field": word(FIELDS, one.field),
        "value": _value(one.field, one.value, stamp),
        "before": _value(one.field, one.value_before, stamp),
    }


def _value(field: str, value: str, stamp: Stamp) -> str:
    if not value or value == "0":
        return _("(none)")
    if field in INSTANTS and value.isascii() and value.isdigit():
        return moment(int(value), stamp)
    return word({"role": ROLES, "purpose": PURPOSES}.get(field, {}), value)


def count_corrected(event: happened.CountCorrected, stamp: Stamp, names: Names) -> Told:
    said = {
        "index": count(event.entry_index),
        "goods": goods(event.lines),
        "before": goods(event.lines_before),
        "differences": differing(event.differences),
    }
    if event.differences:
        text = _("The count of entry #%(index)s is %(goods)s instead of %(before)s; %(differences)s") % said
    else:
        text = _("The count of entry #%(index)s is %(goods)s instead of %(before)s") % said
    return Told(text=text, icon="correction", subject=event.consignment_id)


TELLERS: Tellers = {
    happened.AccessGranted: granted,
    happened.AccessRevoked: revoked,
    happened.PersonWatchlisted: watchlisted,
    happened.PersonUnlisted: unlisted,
    happened.SiteRulesSet: rules_set,
    happened.EntryVoided: voided,
    happened.EntryCorrected: corrected,
    happened.CountCorrected: count_corrected,
}
