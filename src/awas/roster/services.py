"""Use cases of the roster: who has the watch, who comes next, and what the hand-over says."""

from collections.abc import Collection, Iterable

from awas.ledger.area import HOUR, Instant
from awas.ledger.desk import Desk
from awas.ledger.naming import district_of
from awas.ledger.store import ask_in
from awas.roster.models import Duty, Handover, Shift


def on_duty_at(place: str) -> list[str]:
    """Codes of the officers on duty at a place, longest first."""
    return list(Duty.objects.filter(place=place, state="on").order_by("started_at").values_list("person", flat=True))


def on_duty_counts(places: Collection[str]) -> dict[str, int]:
    """How many officers are on duty at each place; places with none are absent."""
    return dict(
        ask_in(
            "SELECT place, count(*) FROM roster_duty WHERE state = 'on' AND place IN (%s) GROUP BY place",
            list(places),
        )
    )


def on_duty_in(places: Iterable[str]) -> dict[str, list[str]]:
    """The officers on duty by place, in one query."""
    found: dict[str, list[str]] = {place: [] for place in places}
    for place, person in (
        Duty.objects.filter(place__in=list(found), state="on").order_by("started_at").values_list("place", "person")
    ):
        found[place].append(person)
    return found


def duty_of(place: str, person: str) -> Duty | None:
    """The running duty of an officer at a place."""
    return Duty.objects.filter(place=place, person=person, state="on").first()


def duty_elsewhere(place: str, person: str) -> str:
    """Another district's place where the officer is on duty, or ""; the same district's the record finds itself."""
    running = Duty.objects.filter(person=person, state="on").exclude(place__startswith=district_of(place))
    return running.values_list("place", flat=True).first() or ""


def shift_now(place: str, now: Instant) -> Shift | None:
    """The shift under way."""
    return (
        Shift.objects.filter(place=place, state="planned", from_at__lte=now, until_at__gt=now)
        .order_by("-from_at")
        .first()
    )


def is_planned(place: str, from_at: Instant) -> bool:
    """Whether a shift that begins then is planned."""
    return Shift.objects.filter(place=place, state="planned", from_at=from_at).exists()


def shifts_held(places: Iterable[str]) -> dict[str, Shift]:
    """By place, the shift for which its officers on duty took up duty, the latest where there are several: until they
    hand over, that is whose watch it is, whatever the clock says. Places without one are left out."""
    held = Duty.objects.filter(place__in=list(places), state="on").exclude(shift_id="")
    shifts = Shift.objects.filter(key__in=held.values_list("shift_id", flat=True)).order_by("from_at")
    return {shift.place: shift for shift in shifts}


def shifts_between(place: str, from_at: Instant, until_at: Instant) -> list[Shift]:
    """Planned and cancelled shifts that touch a span of time, earliest first."""
    return list(Shift.objects.filter(place=place, until_at__gt=from_at, from_at__lt=until_at).order_by("from_at"))


def next_shift(place: str, now: Instant) -> Shift | None:
    """The first shift that begins after `now`, within a day."""
    return (
        Shift.objects.filter(place=place, state="planned", from_at__gt=now, from_at__lt=now + 24 * HOUR)
        .order_by("from_at")
        .first()
    )


def offer_at(place: str) -> Handover | None:
    """The hand-over that waits to be accepted."""
    return Handover.objects.filter(place=place, state="offered").order_by("-offered_at").first()


def own_duty_key(desk: Desk) -> str:
    """The key of the actor's running duty at the desk's place, or a new one that begins with the act."""
    running = duty_of(desk.place, desk.actor)
    return desk.key() if running is None else running.key
