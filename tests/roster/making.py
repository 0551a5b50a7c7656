"""Commands of the roster with everything that doesn't matter filled in. Times are hours after the book's start."""

from typing import Any

from awas.ledger.area import HOUR
from awas.ledger.naming import key_at
from awas.roster import commands as ask
from awas.roster.events import HandoverSummary
from tests.book import PLACE, START


def at(name: str, place: str = PLACE) -> str:
    return key_at(place, name)


def plan(shift: str, start: float, end: float, *people: str, **named: Any) -> ask.PlanShift:
    return ask.PlanShift(
        shift_id=at(shift),
        from_at=START + int(start * HOUR),
        until_at=START + int(end * HOUR),
        people=people or ("ani",),
        **named,
    )


def start(duty: str, person: str, *, place: str = PLACE, **named: Any) -> ask.StartDuty:
    return ask.StartDuty(duty_id=at(duty, place), person=person, **named)


def end(duty: str, **named: Any) -> ask.EndDuty:
    return ask.EndDuty(duty_id=at(duty), **named)


def offer(handover: str, duty: str, **named: Any) -> ask.OfferHandover:
    summary = HandoverSummary(people_inside=3, seals_on=12)
    return ask.OfferHandover(handover_id=at(handover), duty_id=at(duty), **({"summary": summary} | named))


def accept(handover: str, duty: str, **named: Any) -> ask.AcceptHandover:
    return ask.AcceptHandover(handover_id=at(handover), duty_id=at(duty), **named)


def away(absence: str, person: str, start: float, end: float) -> ask.AnnounceAbsence:
    return ask.AnnounceAbsence(
        absence_id=at(absence),
        person=person,
        from_at=START + int(start * HOUR),
        until_at=START + int(end * HOUR),
        reason="leave",
    )
