"""The watch itself in sentences: planned, begun, handed over, ended."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awas.access.narration import Names, Tellers, Told, chips, count, listed, moment, span, word
from awas.ledger.area import MINUTE, Stamp
from awas.roster import events as happened
from awas.roster.words import ABSENCE_REASONS, CANCEL_REASONS, DISPUTED_POINTS, DUTY_ENDS

LATE_FROM = MINUTE
"""A lateness below a minute is none."""


def _people(codes: Iterable[str], names: Names) -> str:
    return listed(*(names.actor(code) for code in codes)) or _("nobody")


def _points(points: Iterable[str]) -> str:
    return listed(*(word(DISPUTED_POINTS, one) for one in points))


def _trouble(
    event: happened.ShiftPlanned | happened.ShiftPeopleChanged, names: Names
) -> tuple[tuple[object, str], ...]:
    few = ngettext("%(n)s person wanted", "%(n)s people wanted", event.minimum) % {"n": count(event.minimum)}
    return (
        (len(event.people) < event.minimum, few),
        (event.double_booked, _("in two shifts: %(people)s") % {"people": _people(event.double_booked, names)}),
        (event.absent, _("absent: %(people)s") % {"people": _people(event.absent, names)}),
        (event.short_rest, _("too little rest: %(people)s") % {"people": _people(event.short_rest, names)}),
    )


def shift_planned(event: happened.ShiftPlanned, stamp: Stamp, names: Names) -> Told:
    said = {
        "from": moment(event.from_at, stamp),
        "span": span(event.until_at - event.from_at),
        "people": _people(event.people, names),
    }
    gap = _("%(span)s without anybody before it") % {"span": span(event.gap_before_ms)}
    return Told(
        text=_("Shift of %(span)s planned from %(from)s: %(people)s") % said,
        icon="clock",
        flags=chips(*_trouble(event, names), (event.gap_before_ms > 0, gap)),
        subject=event.shift_id,
    )


def shift_people_changed(event: happened.ShiftPeopleChanged, stamp: Stamp, names: Names) -> Told:
    said = {
        "from": moment(event.from_at, stamp),
        "people": _people(event.people, names),
        "before": _people(event.people_before, names),
    }
    return Told(
        text=_("The shift from %(from)s goes to %(people)s instead of %(before)s") % said,
        icon="people",
        flags=chips(*_trouble(event, names)),
        subject=event.shift_id,
    )


def shift_cancelled(event: happened.ShiftCancelled, stamp: Stamp, names: Names) -> Told:
    said = {"from": moment(event.from_at, stamp), "reason": word(CANCEL_REASONS, event.reason)}
    return Told(text=_("The shift from %(from)s was cancelled: %(reason)s") % said, icon="x", subject=event.shift_id)


def absence_announced(event: happened.AbsenceAnnounced, stamp: Stamp, names: Names) -> Told:
    said = {
        "who": names.actor(event.person),
        "from": moment(event.from_at, stamp),
        "until": moment(event.until_at, stamp),
        "reason": word(ABSENCE_REASONS, event.reason),
    }
    number = len(event.shifts)
    touched = ngettext("%(n)s shift without them", "%(n)s shifts without them", number) % {"n": count(number)}
    return Told(
        text=_("%(who)s can't serve from %(from)s until %(until)s: %(reason)s") % said,
        icon="user",
        flags=chips((number, touched)),
        subject=event.absence_id,
    )


def absence_withdrawn(event: happened.AbsenceWithdrawn, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("%(who)s can serve after all") % {"who": names.actor(event.person)},
        icon="user",
        subject=event.absence_id,
    )


def duty_started(event: happened.DutyStarted, stamp: Stamp, names: Names) -> Told:
    said = {"who": names.actor(event.person), "span": span(event.late_ms)}
    if event.late_ms >= LATE_FROM:
        text = _("%(who)s took up duty, %(span)s late") % said
    else:
        text = _("%(who)s took up duty") % said
    proven = event.by_handover or (event.proof is not None and (event.proof.by_token or event.proof.photo))
    elsewhere = _("still on duty at %(place)s") % {"place": names.site(event.elsewhere_place)}
    return Told(
        text=text,
        icon="watch",
        flags=chips(
            (not event.on_roster, _("not on the roster")),
            (event.elsewhere_place, elsewhere),
            (not proven, _("presence not shown")),
        ),
        photos=(event.proof.photo,) if event.proof is not None and event.proof.photo else (),
        subject=event.duty_id,
    )


def duty_ended(event: happened.DutyEnded, stamp: Stamp, names: Names) -> Told:
    said = {"who": names.actor(event.person), "reason": word(DUTY_ENDS, event.reason)}
    return Told(
        text=_("%(who)s left duty: %(reason)s") % said,
        icon="watch",
        level="siaga" if event.uncovered else "",
        flags=chips(
            (event.uncovered, _("nobody on duty")),
            (event.short and not event.uncovered, _("too few on duty")),
            (event.early_ms >= LATE_FROM, _("%(span)s early") % {"span": span(event.early_ms)}),
            (event.forced, _("forced")),
        ),
        subject=event.duty_id,
    )


def handover_offered(event: happened.HandoverOffered, stamp: Stamp, names: Names) -> Told:
    said = {"by": names.actor(event.by), "people": _people(event.to_people, names)}
    if event.to_people:
        text = _("%(by)s hands the watch over to %(people)s; not yet accepted") % said
    else:
        text = _("%(by)s hands the watch over; not yet accepted") % said
    summary = event.summary
    seals = ngettext("%(n)s seal not intact", "%(n)s seals not intact", summary.seals_bad)
    return Told(
        text=text,
        icon="handover",
        flags=chips(
            (summary.seals_bad, seals % {"n": count(summary.seals_bad)}),
            (summary.cctv_recording is False, _("CCTV not recording")),
        ),
        photos=event.photos,
        subject=event.handover_id,
    )


def handover_accepted(event: happened.HandoverAccepted, stamp: Stamp, names: Names) -> Told:
    said = {"by": names.actor(event.by), "from": names.actor(event.offered_by), "span": span(event.late_ms)}
    if event.late_ms >= LATE_FROM:
        text = _("%(by)s took the watch over from %(from)s, %(span)s late") % said
    else:
        text = _("%(by)s took the watch over from %(from)s") % said
    return Told(
        text=text,
        icon="handover",
        flags=chips(
            (event.differences, _("differs: %(points)s") % {"points": _points(event.differences)}),
            (not event.expected, _("not the one expected")),
            (event.same_device, _("both on one device")),
        ),
        photos=event.photos,
        subject=event.handover_id,
    )


def handover_disputed(event: happened.HandoverDisputed, stamp: Stamp, names: Names) -> Told:
    said = {
        "by": names.actor(event.by),
        "from": names.actor(event.offered_by),
        "points": _points(event.points),
    }
    return Told(
        text=_("%(by)s does not take the watch over from %(from)s as described: %(points)s") % said,
        icon="handover",
        level="waspada",
        photos=event.photos,
        subject=event.handover_id,
    )


def handover_withdrawn(event: happened.HandoverWithdrawn, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("%(by)s keeps the watch: the hand-over was withdrawn") % {"by": names.actor(event.by)},
        icon="handover",
        subject=event.handover_id,
    )


def rules_set(event: happened.RosterRulesSet, stamp: Stamp, names: Names) -> Told:
    text = ngettext(
        "The rules of the watch were set: at least %(n)s person on duty",
        "The rules of the watch were set: at least %(n)s people on duty",
        event.minimum,
    )
    return Told(text=text % {"n": count(event.minimum)}, icon="settings")


def _swap(
    event: happened.SwapRequested | happened.SwapApproved | happened.SwapDeclined, names: Names
) -> dict[str, str]:
    return {"who": names.actor(event.by), "other": names.actor(event.with_person)}


def swap_requested(event: happened.SwapRequested, stamp: Stamp, names: Names) -> Told:
    said = _swap(event, names) | {"from": moment(event.from_at, stamp)}
    text = _("%(who)s asks %(other)s to take the shift from %(from)s")
    if event.other_shift_id:
        said["theirs"] = moment(event.other_from_at, stamp)
        text = _("%(who)s asks to swap the shift from %(from)s for that of %(other)s from %(theirs)s")
    return Told(text=text % said, icon="people", subject=event.shift_id)


def swap_approved(event: happened.SwapApproved, stamp: Stamp, names: Names) -> Told:
    text = _("The swap of %(who)s with %(other)s is approved") % _swap(event, names)
    return Told(text=text, icon="check", subject=event.shift_id)


def swap_declined(event: happened.SwapDeclined, stamp: Stamp, names: Names) -> Told:
    text = _("The swap of %(who)s with %(other)s is declined")
    if event.withdrawn:
        text = _("%(who)s no longer asks to swap with %(other)s")
    return Told(text=text % _swap(event, names), icon="x", subject=event.shift_id)


def duty_voided(event: happened.DutyVoided, stamp: Stamp, names: Names) -> Told:
    said = {"index": count(event.entry_index), "who": names.actor(event.person)}
    return Told(
        text=_("Entry #%(index)s does not count: %(who)s had not taken up duty") % said,
        icon="correction",
        subject=event.duty_id,
    )


TELLERS: Tellers = {
    happened.ShiftPlanned: shift_planned,
    happened.ShiftPeopleChanged: shift_people_changed,
    happened.ShiftCancelled: shift_cancelled,
    happened.AbsenceAnnounced: absence_announced,
    happened.AbsenceWithdrawn: absence_withdrawn,
    happened.SwapRequested: swap_requested,
    happened.SwapApproved: swap_approved,
    happened.SwapDeclined: swap_declined,
    happened.DutyStarted: duty_started,
    happened.DutyEnded: duty_ended,
    happened.HandoverOffered: handover_offered,
    happened.HandoverAccepted: handover_accepted,
    happened.HandoverDisputed: handover_disputed,
    happened.HandoverWithdrawn: handover_withdrawn,
    happened.RosterRulesSet: rules_set,
    happened.DutyVoided: duty_voided,
}
