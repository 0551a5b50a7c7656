"""The gate in sentences: people and vehicles in and out, and who was turned away."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awas.access.narration import Names, Tellers, Told, chips, count, listed, moment, span, who, word
from awas.ledger.area import Stamp
from awas.ledger.message import moment as happened_at
from awas.warehouse import events as happened
from awas.warehouse.words import PURPOSES, REFUSAL_REASONS, ROLES, VEHICLE_PURPOSES, VEHICLES

VISITING = frozenset({"supplier", "technician", "party_witness", "observer", "press", "guest"})
"""Roles that nobody leaves to walk alone."""

NO_ESCORT = frozenset({"", "none"})


def person_entered(event: happened.PersonEntered, stamp: Stamp, names: Names) -> Told:
    somebody = who(names.person(event.name), word(ROLES, event.role), event.institution)
    escorted = event.escorted_by or event.escort_name is not None
    pass_trouble = {"held": _("pass is out already"), "missing": _("pass had been lost")}.get(event.pass_state, "")
    flags = chips(
        (event.on_watchlist, _("on the watchlist")),
        (event.on_access_list == "unlisted", _("off the list")),
        (event.role in VISITING and not escorted, _("no escort")),
        (event.escort_inside is False, _("escort not inside")),
        (event.others_inside == 0 and event.watch_count == 0, _("alone")),
        (event.elsewhere_place, _("was inside %(place)s") % {"place": names.site(event.elsewhere_place)}),
        (event.entered_again, _("was already inside")),
        (pass_trouble, pass_trouble),
        (event.body_checked is False, _("no body check")),
        (event.late, _("already left again")),
    )
    return Told(
        text=_("%(who)s came in: %(purpose)s") % {"who": somebody, "purpose": word(PURPOSES, event.purpose)},
        icon="person-in",
        level="siaga" if event.on_watchlist else "",
        flags=flags,
        photos=_one(event.photo),
        subject=event.visit_id,
    )


def person_left(event: happened.PersonLeft, stamp: Stamp, names: Names) -> Told:
    somebody = who(names.person(None, event.visit_id), word(ROLES, event.role))
    at = event.left_at or happened_at(stamp)
    said = {"who": somebody, "span": span(max(at - event.entered_at, 0)), "place": names.site(event.to_place)}
    if event.reason == "entered_elsewhere":
        text = _("%(who)s is counted out, having come in at %(place)s") % said
    elif event.reason == "entered_again":
        text = _("%(who)s is counted out, having come in again") % said
    elif event.already_closed:
        text = _("The exit of %(who)s was logged afterwards") % said
    else:
        text = _("%(who)s went out after %(span)s") % said
    flags = chips(
        (event.forced, _("forced")),
        (event.carried_differs, _("carried something else out")),
        (event.pass_returned is False, _("pass not returned")),
        (event.body_checked is False, _("no body check")),
        (event.until_at and at > event.until_at, _("over time")),
        (event.alone_after, _("one left alone")),
    )
    return Told(text=text, icon="person-out", flags=flags, photos=_one(event.photo), subject=event.visit_id)


def visit_extended(event: happened.VisitExtended, stamp: Stamp, names: Names) -> Told:
    somebody = who(names.person(None, event.visit_id), word(ROLES, event.role))
    return Told(
        text=_("%(who)s may stay until %(until)s") % {"who": somebody, "until": moment(event.until_at, stamp)},
        icon="clock",
        flags=chips((not event.letter_number, _("no letter"))),
        subject=event.visit_id,
    )


def entry_refused(event: happened.EntryRefused, stamp: Stamp, names: Names) -> Told:
    role = word(ROLES, event.role) if event.role else ""
    said = {
        "who": who(names.person(event.name), role, event.institution),
        "plate": event.plate or _("(no plate)"),
        "reason": word(REFUSAL_REASONS, event.reason),
    }
    if event.subject == "vehicle":
        text = _("Vehicle %(plate)s was turned away: %(reason)s") % said
    elif event.subject == "goods":
        text = _("Goods were turned away: %(reason)s") % said
    else:
        text = _("%(who)s was turned away: %(reason)s") % said
    before = ngettext("turned away %(n)s time before", "turned away %(n)s times before", event.refused_before)
    return Told(
        text=text,
        icon="forbidden",
        level="siaga" if event.on_watchlist else "",
        flags=chips(
            (event.on_watchlist, _("on the watchlist")),
            (event.refused_before, before % {"n": count(event.refused_before)}),
        ),
        photos=_one(event.photo),
        subject=event.person or event.consignment_id,
    )


def off_window(fit: str, off_ms: int) -> tuple[tuple[object, str], ...]:
    """Chips for an arrival outside the announced window."""
    return (
        (fit == "early", _("%(span)s early") % {"span": span(off_ms)}),
        (fit == "late", _("%(span)s late") % {"span": span(off_ms)}),
    )


def vehicle_arrived(event: happened.VehicleArrived, stamp: Stamp, names: Names) -> Told:
    said = {
        "vehicle": listed(word(VEHICLES, event.vehicle), event.carrier),
        "plate": event.plate,
        "purpose": word(VEHICLE_PURPOSES, event.purpose),
    }
    brings = event.purpose == "deliver"
    flags = chips(
        (brings and not event.announced, _("unannounced")),
        (event.ballots_expected and event.escort in NO_ESCORT, _("no escort")),
        (event.expected_place, _("expected at %(place)s") % {"place": names.site(event.expected_place)}),
        (event.plate_inside_already, _("plate is inside already")),
        *off_window(event.window_fit, event.off_window_ms),
    )
    return Told(
        text=_("%(plate)s (%(vehicle)s) arrived: %(purpose)s") % said,
        icon="truck",
        flags=flags,
        photos=event.photos,
        subject=event.vehicle_id,
    )


def vehicle_unattended(event: happened.VehicleUnattended, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("Nobody is watching %(plate)s") % {"plate": event.plate},
        icon="truck",
        level="waspada" if event.loaded else "",
        flags=chips((event.loaded, _("loaded")), (event.again, _("again"))),
        photos=event.photos,
        subject=event.vehicle_id,
    )


def vehicle_attended(event: happened.VehicleAttended, stamp: Stamp, names: Names) -> Told:
    alone = span(max(happened_at(stamp) - event.since_at, 0))
    return Told(
        text=_("Somebody is with %(plate)s again, after %(span)s") % {"plate": event.plate, "span": alone},
        icon="truck",
        subject=event.vehicle_id,
    )


def vehicle_left(event: happened.VehicleLeft, stamp: Stamp, names: Names) -> Told:
    stayed = span(max(happened_at(stamp) - event.arrived_at, 0))
    said = {"plate": event.plate, "vehicle": word(VEHICLES, event.vehicle), "span": stayed}
    flags = chips(
        (event.loaded and not event.released, _("loaded, nothing released")),
        (event.released and event.escort in NO_ESCORT, _("no escort")),
        (event.unattended, _("had been left unattended")),
    )
    return Told(
        text=_("%(plate)s (%(vehicle)s) left after %(span)s") % said,
        icon="truck",
        level="waspada" if event.loaded and not event.released else "",
        flags=flags,
        photos=event.photos,
        subject=event.vehicle_id,
    )


def _one(photo: str) -> tuple[str, ...]:
    return (photo,) if photo else ()


TELLERS: Tellers = {
    happened.PersonEntered: person_entered,
    happened.PersonLeft: person_left,
    happened.VisitExtended: visit_extended,
    happened.EntryRefused: entry_refused,
    happened.VehicleArrived: vehicle_arrived,
    happened.VehicleUnattended: vehicle_unattended,
    happened.VehicleAttended: vehicle_attended,
    happened.VehicleLeft: vehicle_left,
}
