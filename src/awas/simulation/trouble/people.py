"""Incidents with people at the gate. Pure."""

from awas.ledger.area import HOUR, MINUTE, Instant
from awas.simulation.cast import Company, Figure
from awas.simulation.cues import Cue, Overlay, Scene, day_of, some
from awas.simulation.life.people import enters, leaves
from awas.simulation.trouble.script import BY_DAY, BY_NIGHT, Script, overlay
from awas.warehouse.codes import RefusalReason
from awas.warehouse.commands import GrantAccess, RefuseEntry, RevokeAccess
from awas.warehouse.keys import access_key, access_key_of_role


def stranger_by_night(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """Somebody off the list is let in at night and seen out again."""
    chance, day = scene.chance(name), day_of(scene.post, at)
    figure = chance.choice(company.strangers)
    ends_at = at + some(chance, 14, 28)
    cues = [
        enters(scene, day, figure, at, purpose="visit", until_at=at + HOUR, part=name),
        leaves(scene, day, figure, ends_at, name),
    ]
    return overlay(scene, "stranger_by_night", name, cues, from_at=at, ends_at=ends_at)


def watchlisted(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """Somebody on the watchlist is inside before the guard reads the list."""
    chance, day, figure = scene.chance(name), day_of(scene.post, at), company.wanted
    ends_at = at + some(chance, 12, 22)
    cues = [
        enters(scene, day, figure, at, purpose="visit", until_at=at + HOUR, part=name, letter_number="TANPA NOMOR"),
        leaves(scene, day, figure, ends_at, name),
    ]
    return overlay(scene, "watchlisted", name, cues, from_at=at, ends_at=ends_at)


def overstay(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """A visitor with a letter for half an hour stays for an hour and a half."""
    chance, day, figure = scene.chance(name), day_of(scene.post, at), company.strangers[0]
    until_at = at + 11 * MINUTE
    ends_at = until_at + 30 * MINUTE + some(chance, 12, 25)
    cues = [
        scene.office(at, f"{name}.1", _listed(scene, figure, at, until_at)),
        enters(
            scene,
            day,
            figure,
            at + MINUTE,
            purpose="meeting",
            until_at=until_at,
            part=name,
            letter_number="31/TAMU/DEMO",
        ),
        leaves(scene, day, figure, ends_at, name),
    ]
    return overlay(scene, "overstay", name, cues, from_at=at, ends_at=ends_at)


def _listed(scene: Scene, figure: Figure, from_at: Instant, until_at: Instant) -> GrantAccess:
    return GrantAccess(
        access_id=access_key(scene.place, figure.person),
        person=figure.person,
        name=figure.name,
        from_at=from_at,
        until_at=until_at + 4 * HOUR,
        letter_number="31/TAMU/DEMO",
    )


def never_left(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """A porter comes with the last truck and is forgotten inside until the night round finds him."""
    chance, day, figure = scene.chance(name), day_of(scene.post, at), company.porters[3]
    ends_at = scene.at(day, 22 * 60 + 30) + some(chance, 25, 50)
    cues = [
        enters(scene, day, figure, at, purpose="delivery", until_at=ends_at + HOUR, part=name),
        leaves(scene, day, figure, ends_at, name),
    ]
    return overlay(scene, "never_left", name, cues, from_at=at, ends_at=ends_at)


def packing_crowd(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """People of the subdistricts push in to help with packing; more than anybody can watch."""
    chance, day = scene.chance(name), day_of(scene.post, at)
    crew = company.helpers
    access = access_key_of_role(scene.place, "ad_hoc_staff")
    let_in = GrantAccess(access_id=access, role="ad_hoc_staff", letter_number="32/PPK/DEMO")
    cues: list[Cue] = [scene.office(at, f"{name}.1", let_in)]
    full_at = at + 2 * MINUTE + len(crew) * 10_000
    ends_at = full_at + some(chance, 20, 30)
    for number, figure in enumerate(crew):
        cues.append(
            enters(
                scene,
                day,
                figure,
                at + 2 * MINUTE + number * 10_000,
                purpose="packing",
                until_at=ends_at + HOUR,
                part=name,
            )
        )
        cues.append(leaves(scene, day, figure, ends_at - len(crew) * 6_000 + number * 6_000, name))
    cues.append(scene.office(ends_at + MINUTE, f"{name}.2", RevokeAccess(access_id=access)))
    return overlay(scene, "packing_crowd", name, cues, from_at=at, ends_at=ends_at)


def tries_again(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """The same person comes back to the gate three times."""
    chance, figure = scene.chance(name), company.strangers[1]
    reasons: tuple[RefusalReason, ...] = ("no_letter", "off_list", "no_letter")
    cues: list[Cue] = []
    for number, reason in enumerate(reasons):
        at_gate = at + number * 7 * MINUTE + some(chance, 0, 3)
        refused = RefuseEntry(
            subject="person",
            reason=reason,
            person=figure.person,
            name=figure.name,
            identity_kind=figure.identity_kind,
            identity=figure.identity,
            role=figure.role,
            purpose="visit",
            gate="gerbang",
        )
        cues.append(scene.watch(at_gate, f"{name}.{number}", refused))
    return overlay(scene, "tries_again", name, cues, from_at=at, ends_at=at + 40 * MINUTE)


SCRIPTS = (
    Script(
        name="stranger_by_night",
        rules=("WAR-07", "WAR-08"),
        write=stranger_by_night,
        real="Bandung, January 2024: weak guarding, outsiders passing",
        hours=BY_NIGHT,
    ),
    Script(
        name="watchlisted",
        rules=("WAR-10",),
        write=watchlisted,
        real="Depok, January 2024: sorters looked up in the party register first",
        hours=BY_DAY,
    ),
    Script(name="overstay", rules=("WAR-12",), write=overstay, real="Kabupaten Serang, January 2024", hours=BY_DAY),
    Script(
        name="never_left",
        rules=("WAR-13",),
        write=never_left,
        real="Kabupaten Serang, January 2024",
        hours=(21 * 60, 22 * 60 + 15),
    ),
    Script(
        name="packing_crowd",
        rules=("WAR-15",),
        write=packing_crowd,
        real="Kabupaten Serang, 31 January 2024: packing chaos, too many people from PPK",
        hours=BY_DAY,
        phases=("sorting",),
    ),
    Script(name="tries_again", rules=("WAR-14",), write=tries_again, real="Bandung, January 2024", hours=BY_DAY),
)
