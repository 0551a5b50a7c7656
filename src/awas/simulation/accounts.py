"""The demo's accounts: made once, all with the one password that its sign-in page shows."""

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password

from awas.access.models import Person
from awas.access.policy import Role
from awas.access.services import assign_duty, create_person
from awas.ledger.area import DAY, Instant
from awas.simulation.cast import DEMO_PASSWORD, Account, accounts_of, mailbox_of, phone_of


def ensure_accounts(places: Sequence[str], now: Instant) -> dict[str, str]:
    """Makes the accounts that aren't there yet, with their duties. Returns actor codes by user name."""
    return _ensured(accounts_of(places), now)


def ensure_watchers(wanted: Sequence[Account], now: Instant) -> list[str]:
    """Makes these accounts if they aren't there yet. Returns their actor codes in order."""
    codes = _ensured(wanted, now)
    return [codes[account.username] for account in wanted]


def _ensured(wanted: Sequence[Account], now: Instant) -> dict[str, str]:
    known = dict(
        Person.objects.filter(username__in=[account.username for account in wanted]).values_list("username", "pk")
    )
    made = [_made(account, now) for account in wanted if account.username not in known]
    # Hashing a password well takes a third of a second; thirty-six times the same one would be most of the seeding.
    Person.objects.filter(pk__in=[person.pk for person in made]).update(password=make_password(DEMO_PASSWORD))
    return {username: f"p{pk}" for username, pk in known.items()} | {person.username: person.code for person in made}


def _made(account: Account, now: Instant) -> Person:
    began_at = now - 30 * DAY
    person = create_person(
        username=account.username,
        display_name=account.display_name,
        home=account.home,
        password=None,
        now=began_at,
        email=mailbox_of(account),
        phone=phone_of(account),
        must_change_password=False,
    )
    assign_duty(person, Role(account.role), account.area, from_at=began_at)
    return person
