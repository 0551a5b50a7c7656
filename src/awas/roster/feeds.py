"""Calendar feeds: an address nobody can guess, under which somebody's own shifts are found, until it is revoked."""

import hashlib
import hmac

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from awas.ledger.area import DAY, Instant
from awas.places.services import names_of
from awas.roster.models import CalendarFeed, Shift
from awas.roster.planning.icalendar import Appointment, calendar

BEHIND, AHEAD = 31 * DAY, 93 * DAY


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def feed_of(person: str) -> CalendarFeed | None:
    """The address that is open."""
    return CalendarFeed.objects.filter(person=person, revoked_at__isnull=True).first()


def open_feed(person: str, token: str, now: Instant) -> None:
    """A new address; the one before is revoked with it. `token` is shown once and never kept."""
    revoke_feed(person, now)
    CalendarFeed.objects.create(person=person, token_digest=_digest(token), made_at=now)


def revoke_feed(person: str, now: Instant) -> None:
    """From now on the address leads nowhere."""
    CalendarFeed.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=now)


def person_behind(token: str) -> str | None:
    """Whose address it is, None for an unknown or revoked one.

    The database looks for the digest, which tells nothing of the token; the two are then compared in constant time.
    """
    digest = _digest(token)
    row = CalendarFeed.objects.filter(token_digest=digest, revoked_at__isnull=True).first()
    if row is None or not hmac.compare_digest(row.token_digest, digest):
        return None
    return row.person


def calendar_of(person: str, now: Instant) -> bytes:
    """The shifts of one person alone: place, begin and end. Nobody else appears, and not their own name either."""
    rows = Shift.objects.filter(state="planned", until_at__gt=now - BEHIND, from_at__lt=now + AHEAD)
    # The column's own type would encode what is sought; as plain text the database narrows the rows down.
    near = rows.annotate(text=Cast("people", TextField())).filter(text__contains=f'"{person}"').order_by("from_at")
    own = [shift for shift in near if person in shift.people]
    names = names_of({shift.place for shift in own})
    appointments = (
        Appointment(
            uid=f"{shift.key.replace('/', '.')}@awas",
            from_at=shift.from_at,
            until_at=shift.until_at,
            summary=_("Watch duty"),
            location=names.get(shift.place, shift.place),
            revision=shift.changed_count,
        )
        for shift in own
    )
    return calendar(_("Watch duty"), appointments, now)
