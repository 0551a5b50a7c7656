"""A district to watch over in the tests of the screens: one warehouse, six people, a clock that can be moved.

Everything is made through the rooms' own services, small and at once; nobody here is real.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from awas import chance
from awas.access import services as access
from awas.access.models import Person
from awas.access.policy import Role
from awas.ledger import services as ledger
from awas.ledger.area import DAY, HOUR, MINUTE, Instant
from awas.ledger.desk import Desk
from awas.ledger.fact import Receipt
from awas.places.models import Region, Site, Station
from awas.roster.commands import PlanShift, StartDuty
from awas.warehouse import commands as ask_for
from awas.warehouse import services as warehouse

PROVINCE, DISTRICT, OTHER_DISTRICT = "36", "36.02", "36.03"
KECAMATAN, VILLAGE = "36.02.05", "36.02.05.2001"
HERE, THERE = "36.02-G1", "36.03-G1"
PASSWORD = "gudang-jaga-malam-17"

MORNING = 1_707_789_600_000
"""13 February 2024, 09.00 WIB: the day before the vote, with the warehouse at work."""

ACCOUNTS = {
    "wati": ("Wati Contoh", Role.WATCHER, HERE),
    "bayu": ("Bayu Contoh", Role.WATCHER, HERE),
    "dewi": ("Dewi Contoh", Role.DISTRICT_OFFICER, DISTRICT),
    "eka": ("Eka Contoh", Role.FIELD_SUPERVISOR, KECAMATAN),
    "putra": ("Putra Contoh", Role.PROVINCE_OFFICER, PROVINCE),
    "tono": ("Tono Contoh", Role.WATCHER, THERE),
    "lina": ("Lina Contoh", Role.DISTRICT_OFFICER, OTHER_DISTRICT),
    "mitra": ("Mitra Contoh", Role.PARTNER, DISTRICT),
    "sari": ("Sari Contoh", Role.PARTNER, PROVINCE),
    "arif": ("Arif Contoh", Role.ADMINISTRATOR, DISTRICT),
}
"""Watchers of a warehouse, a subdistrict's supervisor, the district's officer; a watcher and the officer of another
district; the province's, partners, and who keeps the accounts."""


class Clock:
    """Runs on from the morning it was set to, and can be moved forward."""

    def __init__(self, starts: Instant = MORNING) -> None:
        self._offset = starts - self._real()

    @staticmethod
    def _real() -> int:
        return time.monotonic_ns() // 1_000_000

    def __call__(self) -> Instant:
        return self._real() + self._offset

    def moves(self, forward: int) -> None:
        """`forward` milliseconds at once."""
        self._offset += forward


@dataclass(frozen=True, kw_only=True)
class District:
    """What the tests act on: the people by name, and the clock they live by."""

    people: dict[str, Person]
    clock: Clock

    def records(self, who: str, act: Callable[[Desk], Any], place: str = HERE) -> Receipt:
        """One act of a person, past the pages, for what a story needs to have happened: `act` gives its command."""
        desk = self.desk(who, place)
        return warehouse.record(desk, act(desk), nonce=chance.nonce(self.clock()))

    def desk(self, who: str, place: str = HERE) -> Desk:
        return Desk(
            place=place, actor=self.people[who].code, device="d-test", now=self.clock(), salt=chance.salt,
            reference=chance.reference,
        )  # fmt: skip

    def begins_duty(self, who: str, place: str = HERE) -> Receipt:
        return self.records(who, lambda desk: StartDuty(duty_id=desk.key(), person=desk.actor), place)

    def plans_shifts(self, *crews: str) -> None:
        """Shifts of eight hours, one after another from an hour ago, each with one person."""
        starts = self.clock() - HOUR
        for number, who in enumerate(crews):
            shift = PlanShift(
                shift_id=self.desk("dewi").key(),
                from_at=starts + number * 8 * HOUR,
                until_at=starts + (number + 1) * 8 * HOUR,
                people=(self.people[who].code,),
            )
            self.records("dewi", lambda desk, shift=shift: shift)

    def lets_in(self, name: str, digits: str = "1234", **more: Any) -> Receipt:
        """Somebody enters, known again by name and digits."""
        fields = {"role": "kpu_staff", "purpose": "duty", "institution": "KPU Kabupaten"} | more

        def enters(desk: Desk) -> Any:
            person, sealed, number = warehouse.somebody(desk, name, "ktp", digits)
            assert sealed is not None
            return ask_for.EnterPerson(
                visit_id=desk.key(), person=person, name=sealed, identity_kind="ktp", identity=number, **fields
            )

        return self.records("wati", enters)

    def size(self) -> int:
        """How many entries the district's log has."""
        return ledger.size_of(f"awas/{DISTRICT}")


def settle(clock: Clock) -> District:
    """Makes the places and the people."""
    now = clock()
    Region.objects.create(code=PROVINCE, name="Provinsi Contoh", level=Region.Level.PROVINCE)
    for district, name, site in ((DISTRICT, "Kabupaten Contoh", HERE), (OTHER_DISTRICT, "Kabupaten Seberang", THERE)):
        Region.objects.create(code=district, name=name, level=Region.Level.DISTRICT, parent_id=PROVINCE)
        Site.objects.create(
            code=site, region_id=district, kind=Site.Kind.KPU_WAREHOUSE, name=f"Gudang {name.split()[-1]}"
        )
    Region.objects.create(code=KECAMATAN, name="Kecamatan Contoh", level=Region.Level.KECAMATAN, parent_id=DISTRICT)
    Region.objects.create(code=VILLAGE, name="Desa Contoh", level=Region.Level.VILLAGE, parent_id=KECAMATAN)
    for number in (1, 2):
        Station.objects.create(code=f"{VILLAGE}-00{number}", region_id=VILLAGE, number=number, voters=250)
    people = {}
    for username, (name, role, area) in ACCOUNTS.items():
        people[username] = access.create_person(
            username=username, display_name=name, home=area.partition("-")[0], password=PASSWORD, now=now - DAY,
            must_change_password=False,
        )  # fmt: skip
        access.assign_duty(people[username], role, area, from_at=now - DAY)
    return District(people=people, clock=clock)


__all__ = ["DAY", "HERE", "HOUR", "MINUTE", "PASSWORD", "THERE", "Clock", "District", "settle"]
