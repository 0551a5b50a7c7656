"""People with addresses on every channel, for tests of telling. Endpoints and addresses lead nowhere."""

from awas.access.models import Person
from awas.access.policy import Role
from awas.delivery.models import Messenger, PushSubscription
from awas.delivery.sealing import seal
from tests.access.people import NOW, somebody


def with_push(person: Person, sealed: str = "x") -> PushSubscription:
    return PushSubscription.objects.create(
        person=person,
        endpoint_digest=f"e{person.pk}-{sealed[:8]}",
        sealed=sealed,
        label="Chrome, Android",
        created_at=NOW,
    )


def with_messenger(person: Person | None, url: str = "json://127.0.0.1/x", area: str = "") -> Messenger:
    return Messenger.objects.create(
        person=person, area=area, sealed=seal(url), service="JSON", ending=url[-4:], created_at=NOW
    )


def crew_with_addresses() -> dict[Role, Person]:
    """A watcher, a district and a province officer: each with a mailbox, a phone and a messenger."""
    made = {role: somebody(role) for role in (Role.WATCHER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)}
    for person in made.values():
        person.email = f"{person.username}@example.org"
        person.save()
        with_push(person)
        with_messenger(person)
    return made
