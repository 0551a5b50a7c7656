"""Incidents of the watch itself and of the building. Pure."""

from awas.ledger.area import MINUTE, Instant
from awas.roster.commands import AcceptHandover, EndDuty, OfferHandover
from awas.roster.events import HandoverSummary
from awas.simulation.cast import Company
from awas.simulation.cues import Overlay, Scene, some
from awas.simulation.life.goods import two
from awas.simulation.life.watch import GUARDS_WANTED, duty_key, walk
from awas.simulation.trouble.script import Script, next_handover, overlay
from awas.warehouse.commands import (
    ApplySeal,
    CheckSeal,
    CloseIncident,
    EndCondition,
    EndUse,
    NoteWeatherAlert,
    RemoveSeal,
    ReportCctv,
    ReportCondition,
    ReportGuards,
    ReportIncident,
    ReportUse,
)
from awas.warehouse.keys import seal_key


def leak_in_rain(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """Heavy rain, the passage between two halls under water, ballots get wet."""
    chance, key = scene.chance(name), scene.key(name)
    ends_at = at + some(chance, 38, 55)
    first = ReportCondition(
        condition_id=key,
        condition="leak",
        severity="high",
        spot="Lorong gudang 1 dan 2",
        details=scene.seal(f"{name}a", "details", "Hujan lebat, air menetes di atas tumpukan (demo)"),
        ballots_inside=True,
    )
    worse = ReportCondition(
        condition_id=key,
        condition="leak",
        severity="critical",
        spot="Lorong gudang 1 dan 2",
        details=scene.seal(f"{name}b", "details", "Lorong tergenang, tumpukan dipindah (demo)"),
        ballots_inside=True,
    )
    over = EndCondition(condition_id=key, units_harmed=chance.randrange(10, 90))
    cues = [
        scene.by_itself(at, f"{name}.0", _rain(scene, at, ends_at, f"{name}r")),
        scene.watch(at, f"{name}.1", first),
        scene.watch(at + some(chance, 10, 16), f"{name}.2", worse),
        scene.watch(ends_at, f"{name}.3", over),
    ]
    return overlay(scene, "leak_in_rain", name, cues, from_at=at, ends_at=ends_at)


def _rain(scene: Scene, at: Instant, ends_at: Instant, name: str) -> NoteWeatherAlert:
    """What the weather office said of it beforehand (invented, like all of a demo)."""
    return NoteWeatherAlert(
        alert_id=scene.key(name),
        sender="contoh@bmkg.example",
        source="BMKG (demo)",
        identifier=f"demo.{name}",
        event="Hujan Lebat dan Petir",
        hazard="rain",
        severity="moderate",
        urgency="immediate",
        certainty="observed",
        sent_at=at - 10 * MINUTE,
        onset_at=at,
        expires_at=ends_at,
        basis="name",
    )


def hall_for_sport(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """The hall serves for badminton."""
    chance, key = scene.chance(name), scene.key(name)
    ends_at = at + some(chance, 30, 50)
    cues = [
        scene.watch(at, f"{name}.1", ReportUse(use_id=key, use="sport", people_count=chance.randrange(4, 12))),
        scene.watch(ends_at, f"{name}.2", EndUse(use_id=key)),
    ]
    return overlay(scene, "hall_for_sport", name, cues, from_at=at, ends_at=ends_at)


def seal_different(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """The seal on a ballot box isn't the one that was put there."""
    chance = scene.chance(name)
    number, other, new = (f"KS{scene.place[3:5]}{chance.randrange(10_000, 99_999)}{letter}" for letter in "ABC")
    key, box, incident = seal_key(scene.place, number), "Kotak suara contoh", scene.key(name)
    seen_at = at + some(chance, 3, 6)
    ends_at = seen_at + some(chance, 25, 40)
    on = ApplySeal(
        seal=key,
        number=number,
        seal_kind="cable_tie",
        sealed_object="box",
        object_name=box,
        applied_by=two(scene, at),
    )
    seen = CheckSeal(
        seal=key,
        number=number,
        result="different",
        found_number=other,
        sealed_object="box",
        object_name=box,
        details=scene.seal(f"{name}a", "details", "Nomor segel tidak sama dengan catatan (demo)"),
    )
    told = ReportIncident(incident_id=incident, incident="tampering", severity="high", spot=box, seal=key)
    off = RemoveSeal(
        seal=key, number=number, reason="replacement", authority="BA/SEGEL/DEMO", removed_by=two(scene, ends_at)
    )
    again = ApplySeal(
        seal=seal_key(scene.place, new),
        number=new,
        seal_kind="cable_tie",
        sealed_object="box",
        object_name=box,
        replaces=key,
        applied_by=two(scene, ends_at),
        witnesses=("kpu", "bawaslu", "police"),
    )
    cues = [
        scene.watch(at, f"{name}.1", on),
        scene.watch(seen_at, f"{name}.2", seen),
        scene.watch(seen_at + 3 * MINUTE, f"{name}.3", told),
        scene.watch(ends_at - 4 * MINUTE, f"{name}.4", off),
        scene.watch(ends_at - 3 * MINUTE, f"{name}.5", again),
        scene.watch(ends_at, f"{name}.6", CloseIncident(incident_id=incident, outcome="handed_to_bawaslu")),
    ]
    return overlay(scene, "seal_different", name, cues, from_at=at, ends_at=ends_at)


def guard_asleep(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """No rounds for two hours and more: the guard sleeps, until somebody looks."""
    chance = scene.chance(name)
    ends_at = at + 150 * MINUTE + some(chance, 0, 15)
    seen = ReportGuards(kpu=GUARDS_WANTED, police=1, asleep=1)
    awake = ReportGuards(kpu=GUARDS_WANTED, police=1)
    cues = [
        scene.watch(ends_at - 17 * MINUTE, f"{name}.1", seen),
        *walk(scene, f"{name}r", ends_at - 15 * MINUTE),
        scene.watch(ends_at, f"{name}.2", awake),
    ]
    return overlay(scene, "guard_asleep", name, cues, from_at=at, ends_at=ends_at, drops=frozenset({"round", "guards"}))


def cameras_down(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """The recorder stops and three cameras go dark."""
    chance, total = scene.chance(name), scene.post.cameras
    ends_at = at + some(chance, 35, 50)
    down = ReportCctv(
        total=total,
        working=total - 3,
        recording=False,
        down=("k1", "k2", "k3"),
        cause=scene.seal(f"{name}a", "details", "Listrik padam sebentar, perekam tidak hidup lagi (demo)"),
    )
    cues = [
        scene.watch(at, f"{name}.1", down),
        scene.watch(ends_at, f"{name}.2", ReportCctv(total=total, working=total, recording=True)),
    ]
    return overlay(scene, "cameras_down", name, cues, from_at=at, ends_at=ends_at, drops=frozenset({"cctv"}))


def no_handover(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """The watch changes without a word; the hand-over is signed three quarters of an hour later."""
    chance = scene.chance(name)
    day, shift, due_at = next_handover(scene, at)
    before_day, before = (day, shift - 1) if shift else (day - 1, 2)
    ends_at = due_at + some(chance, 40, 55)
    offer = OfferHandover(
        handover_id=scene.key(name), duty_id=duty_key(scene, before_day, before), summary=HandoverSummary()
    )
    accept = AcceptHandover(handover_id=scene.key(name), duty_id=duty_key(scene, day, shift))
    home = EndDuty(duty_id=duty_key(scene, before_day, before))
    goes = scene.by_watcher(before, ends_at, f"{name}.e", home)
    cues = [
        scene.by_watcher(before, ends_at - 3 * MINUTE, f"{name}.1", offer),
        scene.by_watcher(shift, ends_at, f"{name}.2", accept, instead=(goes,)),
    ]
    return overlay(scene, "no_handover", name, cues, from_at=at, ends_at=ends_at, drops=frozenset({"handover"}))


def clock_ahead(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """The watcher's phone is twenty minutes ahead, until somebody sets it."""
    chance, ahead_ms = scene.chance(name), 22 * MINUTE
    ends_at = at + some(chance, 25, 40)
    seen = ReportGuards(kpu=GUARDS_WANTED, police=1)
    cues = [
        scene.watch(at, f"{name}.1", seen, ahead_ms=ahead_ms),
        scene.watch(at + 9 * MINUTE, f"{name}.2", seen, ahead_ms=ahead_ms),
        scene.watch(ends_at, f"{name}.3", seen),
    ]
    return overlay(scene, "clock_ahead", name, cues, from_at=at, ends_at=ends_at)


SCRIPTS = (
    Script(
        name="leak_in_rain",
        rules=("WAR-34", "WAR-42"),
        write=leak_in_rain,
        real="Lebak, 28 January 2024: passage flooded, 85 ballots wet",
    ),
    Script(
        name="hall_for_sport",
        rules=("WAR-36",),
        write=hall_for_sport,
        real="Karawang: warehouse used as a badminton hall",
        hours=(17 * 60, 21 * 60),
    ),
    Script(
        name="seal_different", rules=("WAR-23",), write=seal_different, real="voting eve 2024: 3,441 boxes unsealed"
    ),
    Script(
        name="guard_asleep",
        rules=("WAR-27",),
        write=guard_asleep,
        real="Bandung, January 2024: weak guarding",
        hours=(23 * 60 + 30, 4 * 60),
    ),
    Script(name="cameras_down", rules=("WAR-32",), write=cameras_down, real="Kota Cirebon: too few cameras; Grobogan"),
    Script(
        name="no_handover",
        rules=("ROS-03",),
        write=no_handover,
        real="Bandung, January 2024: three supervisors for all hours",
        near_handover=True,
    ),
    Script(name="clock_ahead", rules=("WAR-39",), write=clock_ahead, real="any phone"),
)
