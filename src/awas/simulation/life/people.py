"""A day of people at the gate: guards and police by shift, staff and crews by day, visitors with a letter. Pure.

Everybody who comes is on the access list and goes before their time is up.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from awas.ledger.area import HOUR, MINUTE, Instant
from awas.simulation.cast import Company, Figure
from awas.simulation.cues import SHIFT, SHIFTS, Chance, Cue, Scene, some
from awas.warehouse.codes import Purpose, Role
from awas.warehouse.commands import EnterPerson, GrantAccess, LeavePerson, RefuseEntry
from awas.warehouse.events import Carried
from awas.warehouse.keys import access_key

PACKERS = 40
"""A packing crew (pengepakan) as seen in Banten."""

LISTED: tuple[Role, ...] = ("guard", "police", "kpu_staff", "watcher", "sorter", "porter", "driver")
"""Roles that stand on a site's access list as a whole; everybody else by name and letter."""


def people_of(scene: Scene, company: Company, day: int, is_first: bool) -> Iterator[Cue]:
    """Everybody who comes on a local day, and tomorrow's visitors put on the list."""
    for shift in range(len(SHIFTS)):
        yield from _relief(scene, company, day, shift, is_first and shift == 0)
    yield from _staff(scene, company, day)
    yield from _crew(scene, company, day)
    if not is_first:
        yield from _visitors(scene, company, day)
        yield from _turned_away(scene, company, day)
    yield from _tomorrows_visitors(scene, company, day)


def visit_key(scene: Scene, day: int, figure: Figure, part: str = "") -> str:
    return scene.key(f"masuk{day}-{figure.code}{part}")


def enters(
    scene: Scene, day: int, figure: Figure, at: Instant, *, purpose: Purpose, until_at: Instant, **more: Any
) -> Cue:
    """Somebody in at the gate."""
    part = more.pop("part", "")
    command = EnterPerson(
        visit_id=visit_key(scene, day, figure, part),
        person=figure.person,
        name=figure.name,
        role=figure.role,
        purpose=purpose,
        identity_kind=figure.identity_kind,
        identity=figure.identity,
        institution=figure.institution,
        gate="gerbang",
        until_at=until_at,
        watch_count=1,
        **more,
    )
    return scene.watch(at, f"m{day}{figure.code}{part}", command)


def leaves(scene: Scene, day: int, figure: Figure, at: Instant, part: str = "", **more: Any) -> Cue:
    """The same person out again. A demo's user may have logged the exit: then there is nothing left to do."""
    command = LeavePerson(
        visit_id=visit_key(scene, day, figure, part), person=figure.person, gate="gerbang", watch_count=1, **more
    )
    return scene.watch(at, f"k{day}{figure.code}{part}", command)


def _relief(scene: Scene, company: Company, day: int, shift: int, is_first: bool) -> Iterator[Cue]:
    """Guards and police relieve one another: the new ones come before the old ones go."""
    due_at = scene.at(day, SHIFTS[shift] * 60)
    before_day, before = (day, shift - 1) if shift else (day - 1, 2)
    for figure in (*company.guards[shift], *company.police[shift]):
        chance = scene.chance("relief", day, figure.code)
        early = -some(chance, 2, 6) if is_first else some(chance, 4, 14)
        yield enters(scene, day, figure, due_at - early, purpose="duty", until_at=due_at + SHIFT + HOUR)
    if is_first:
        return
    for figure in (*company.guards[before], *company.police[before]):
        out = some(scene.chance("relieved", day, figure.code), 3, 12)
        yield leaves(scene, before_day, figure, due_at + out)


def _staff(scene: Scene, company: Company, day: int) -> Iterator[Cue]:
    for figure in company.staff:
        chance = scene.chance("staff", day, figure.code)
        came_at = scene.at(day, 7 * 60 + 35) + some(chance, 0, 35)
        yield enters(scene, day, figure, came_at, purpose="duty", until_at=scene.at(day, 18 * 60))
        yield leaves(scene, day, figure, scene.at(day, 16 * 60 + 40) + some(chance, 0, 35))


def _crew(scene: Scene, company: Company, day: int) -> Iterator[Cue]:
    """Sorters or packers: searched going in and coming out, nothing carried (as at Depok)."""
    is_sorting = scene.post.phase(day) == "sorting"
    purpose: Purpose = "sorting" if is_sorting else "packing"
    chance = scene.chance("crew", day)
    for figure in company.sorters if is_sorting else company.sorters[:PACKERS]:
        if chance.random() < 0.04:
            continue  # ill today
        came_at = scene.at(day, 7 * 60 + 42) + some(chance, 0, 24)
        yield enters(
            scene, day, figure, came_at, purpose=purpose, until_at=scene.at(day, 17 * 60 + 30), body_checked=True
        )
        yield leaves(scene, day, figure, scene.at(day, 16 * 60) + some(chance, 0, 24), body_checked=True)


def guests_of(scene: Scene, company: Company, day: int) -> tuple[Chance, Sequence[Figure]]:
    """Who visits on a day, known the day before."""
    chance = scene.chance("visitors", day)
    return chance, chance.sample(company.visitors, chance.randrange(0, 4))


def _visitors(scene: Scene, company: Company, day: int) -> Iterator[Cue]:
    chance, guests = guests_of(scene, company, day)
    host = company.staff[0]
    for number, figure in enumerate(guests):
        came_at = scene.at(day, 9 * 60 + number * 90) + some(chance, 0, 60)
        yield enters(
            scene,
            day,
            figure,
            came_at,
            purpose="visit",
            until_at=came_at + 2 * HOUR,
            letter_number=_letter(figure, day),
            escorted_by=visit_key(scene, day, host),
            escort_name=host.name,
            carried=(Carried(item="bag"), Carried(item="documents")),
            pass_number=f"T{number + 1:02d}",
            body_checked=True,
        )
        yield leaves(
            scene,
            day,
            figure,
            came_at + 25 * MINUTE + some(chance, 0, 40),
            pass_number=f"T{number + 1:02d}",
            pass_returned=True,
            body_checked=True,
        )


def _tomorrows_visitors(scene: Scene, company: Company, day: int) -> Iterator[Cue]:
    """The letter came in; the office puts the visitor on the list for that day."""
    _, guests = guests_of(scene, company, day + 1)
    for number, figure in enumerate(guests):
        command = GrantAccess(
            access_id=access_key(scene.place, figure.person),
            person=figure.person,
            name=figure.name,
            institution=figure.institution,
            from_at=scene.at(day + 1, 7 * 60),
            until_at=scene.at(day + 1, 18 * 60),
            letter_number=_letter(figure, day + 1),
        )
        yield scene.office(scene.at(day, 15 * 60 + 40) + number * MINUTE, f"izin{day}-{figure.code}", command)


def _letter(figure: Figure, day: int) -> str:
    return f"{figure.code.upper()}/{day % 1000:03d}/TAMU/DEMO"


def _turned_away(scene: Scene, company: Company, day: int) -> Iterator[Cue]:
    """Now and then somebody comes without a letter and goes away again."""
    chance = scene.chance("refused", day)
    if chance.random() > 0.25:
        return
    figure = chance.choice(company.strangers)
    command = RefuseEntry(
        subject="person",
        reason="no_letter",
        person=figure.person,
        name=figure.name,
        identity_kind=figure.identity_kind,
        identity=figure.identity,
        institution=figure.institution,
        role=figure.role,
        purpose="visit",
        gate="gerbang",
    )
    yield scene.watch(scene.at(day, 10 * 60) + some(chance, 0, 300), f"tolak{day}", command)
