"""Acts of the watch itself: planned, begun, handed over, ended."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awas.access.policy import Role
from awas.access.services import actor_names, people_covering
from awas.ledger.area import DAY, HOUR
from awas.ledger.desk import Desk
from awas.roster import commands as ask_for
from awas.roster import services
from awas.roster.models import Shift, Swap
from awas.roster.words import ABSENCE_REASONS, CANCEL_REASONS, DISPUTED_POINTS, DUTY_ENDS
from awas.ui.acts import Act, Values
from awas.ui.asks import Asked, choice, count, moment, photos, sealed, several, text, thing, things
from awas.ui.formats import moment as moment_of

WATCHES = (Role.WATCHER, Role.FIELD_SUPERVISOR, Role.DISTRICT_OFFICER)


def officers_of(asked: Asked) -> Iterable[tuple[str, str]]:
    """Everybody who may stand watch at the place."""
    for person in people_covering(asked.place, asked.now, WATCHES).order_by("display_name")[:200]:
        yield person.code, person.display_name


def _start(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.StartDuty(
        duty_id=desk.key(),
        person=desk.actor,
        reported_elsewhere=services.duty_elsewhere(desk.place, desk.actor),
    )


def _accept(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.AcceptHandover(handover_id=subject, duty_id=services.own_duty_key(desk), **values)


def _window(asked: Asked, subject: str) -> Mapping[str, Any]:
    """The next whole shift after the last one planned."""
    last = Shift.objects.filter(place=asked.place, state="planned").order_by("-until_at").first()
    if last is None:
        return {}
    length = last.until_at - last.from_at
    return {
        "from_at": asked.local(last.until_at),
        "until_at": asked.local(last.until_at + (length or 8 * HOUR)),
        "minimum": last.minimum,
    }


def others_at(asked: Asked) -> Iterable[tuple[str, str]]:
    """Those who stand watch there: whom a watcher may ask."""
    for person in people_covering(asked.place, asked.now, (Role.WATCHER, Role.FIELD_SUPERVISOR)):
        yield person.code, person.display_name


def shifts_ahead(asked: Asked) -> Iterable[tuple[str, str]]:
    """The shifts of the next month, with who stands in them."""
    ahead = Shift.objects.filter(
        place=asked.place, state="planned", from_at__gt=asked.now, from_at__lt=asked.now + 31 * DAY
    ).order_by("from_at")
    shifts = list(ahead[:200])
    names = actor_names({person for shift in shifts for person in shift.people})
    for shift in shifts:
        when = moment_of(shift.from_at, asked.zone.key, get_language() or "id")
        yield shift.key, f"{when}: {', '.join(names[person] for person in shift.people)}"


def _swap(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.RequestSwap(swap_id=desk.key(), shift_id=subject, **values)


def _approve(values: Values, desk: Desk, subject: str) -> Any:
    swap = Swap.objects.get(key=subject)
    return ask_for.ApproveSwap(swap_id=subject, shift_id=swap.shift_id, other_shift_id=swap.other_shift_id)


def _away(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.AnnounceAbsence(absence_id=desk.key(), person=values.pop("person", desk.actor), **values)


_ABSENCE = (
    moment("from_at", _("From"), required=True),
    moment("until_at", _("Until"), required=True),
    choice("reason", _("Why"), ABSENCE_REASONS),
)

ACTS = (
    Act(
        slug="mulai-piket",
        title=_("Begin duty"),
        icon="clock",
        send=_("I am here"),
        hint=_("You take up duty now, under your own name."),
        asks=(),
        build=_start,
    ),
    Act(
        slug="akhiri-piket",
        title=_("End duty"),
        icon="clock",
        about="duty",
        send=_("End my duty"),
        asks=(choice("reason", _("Why"), DUTY_ENDS, initial="shift_over"),),
        build=lambda values, desk, subject: ask_for.EndDuty(duty_id=subject, **values),
    ),
    Act(
        slug="terima-piket",
        title=_("Take the watch over"),
        icon="handover",
        about="handover",
        send=_("I take the watch over"),
        hint=_("With this both have signed. Look first whether what was handed over is so."),
        asks=(
            several("differences", _("Noted as different"), DISPUTED_POINTS),
            sealed("note", _("Note"), "note", long=True),
            photos(),
        ),
        build=_accept,
    ),
    Act(
        slug="tolak-serah",
        title=_("Not as described"),
        icon="x",
        about="handover",
        send=_("I don't take it over like this"),
        asks=(
            several("points", _("What is not so"), DISPUTED_POINTS, required=True),
            sealed("note", _("Note"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.DisputeHandover(handover_id=subject, **values),
    ),
    Act(
        slug="rencana-piket",
        title=_("Plan a shift"),
        icon="list",
        permission="plan_shifts",
        send=_("Plan it"),
        initial=_window,
        asks=(
            moment("from_at", _("From"), required=True),
            moment("until_at", _("Until"), required=True),
            things("people", _("Officers"), officers_of),
            count("minimum", _("At least so many"), required=True, most=30, initial=1),
            text("letter_number", _("Letter of assignment, number")),
        ),
        build=lambda values, desk, subject: ask_for.PlanShift(shift_id=desk.key(), **values),
    ),
    Act(
        slug="ganti-piket",
        title=_("Others take the shift"),
        icon="user",
        about="shift",
        permission="plan_shifts",
        send=_("Change it"),
        asks=(
            things("people", _("Officers"), officers_of),
            sealed("why", _("Why"), "note", long=True),
        ),
        build=lambda values, desk, subject: ask_for.ChangeShiftPeople(shift_id=subject, **values),
    ),
    Act(
        slug="batal-piket",
        title=_("Cancel the shift"),
        icon="x",
        about="shift",
        permission="plan_shifts",
        send=_("Cancel it"),
        asks=(
            choice("reason", _("Why"), CANCEL_REASONS),
            sealed("why", _("Note"), "note", long=True),
        ),
        build=lambda values, desk, subject: ask_for.CancelShift(shift_id=subject, **values),
    ),
    Act(
        slug="berhalangan",
        title=_("I can't serve"),
        icon="user",
        send=_("Say so"),
        hint=_("The office sees it at once and looks for somebody else."),
        asks=_ABSENCE,
        build=_away,
    ),
    Act(
        slug="petugas-berhalangan",
        title=_("An officer can't serve"),
        icon="user",
        permission="plan_shifts",
        send=_("Put it on record"),
        asks=(thing("person", _("Officer"), officers_of), *_ABSENCE),
        build=_away,
    ),
    Act(
        slug="dapat-bertugas",
        title=_("The officer can serve after all"),
        icon="check",
        about="absence",
        permission="plan_shifts",
        send=_("Put it on record"),
        asks=(),
        build=lambda values, desk, subject: ask_for.WithdrawAbsence(absence_id=subject),
    ),
    Act(
        slug="tukar-piket",
        title=_("Ask to swap the shift"),
        icon="people",
        about="shift",
        send=_("Ask the office"),
        hint=_("The shift stays yours until the office has approved."),
        asks=(
            thing("with_person", _("Who takes it"), others_at),
            thing("other_shift_id", _("Their shift in turn"), shifts_ahead, required=False),
            sealed("why", _("Why"), "note", long=True),
        ),
        build=_swap,
    ),
    Act(
        slug="setujui-tukar",
        title=_("Approve the swap"),
        icon="check",
        about="swap",
        permission="plan_shifts",
        send=_("Approve"),
        asks=(),
        build=_approve,
    ),
    Act(
        slug="tolak-tukar",
        title=_("Decline the swap"),
        icon="x",
        about="swap",
        permission="plan_shifts",
        send=_("Decline"),
        asks=(sealed("why", _("Why"), "note", long=True),),
        build=lambda values, desk, subject: ask_for.DeclineSwap(swap_id=subject, **values),
    ),
)
