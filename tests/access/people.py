"""People for tests: fictional, each with one duty."""

from itertools import count

from awas.access import services
from awas.access.models import Person
from awas.access.policy import NATION, Role

NOW = 1_707_800_000_000
"""2024-02-13, in the week before the vote."""

HOUR, DAY = 3_600_000, 86_400_000
PASSWORD = "gudang-jaga-malam-17"

HOME = {
    Role.WATCHER: "36.02-G1",
    Role.FIELD_SUPERVISOR: "36.02.05",
    Role.DISTRICT_OFFICER: "36.02",
    Role.PROVINCE_OFFICER: "36",
    Role.NATIONAL_OFFICER: NATION,
    Role.PARTNER: "36.02",
    Role.ADMINISTRATOR: "36.02",
}
"""Where each role of the tests is held."""

_serial = count(1)


def somebody(
    role: Role | None = None,
    area: str | None = None,
    *,
    home: str = "36.02",
    password: str | None = None,
    username: str | None = None,
    must_change_password: bool = False,
) -> Person:
    """A new person, on duty for a day already if a role is named."""
    number = next(_serial)
    person = services.create_person(
        username=username or f"orang{number}",
        display_name=f"Contoh {number}",
        home=home,
        password=password,
        now=NOW - DAY,
        must_change_password=must_change_password,
    )
    if role is not None:
        services.assign_duty(person, role, area or HOME[role], from_at=NOW - DAY)
    return person
