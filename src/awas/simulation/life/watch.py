"""A day of the watch itself: shifts planned, hand-overs, rounds, what is reported every few hours. Pure.

A missing round or hand-over is never written here: normal life is clean, and incidents take stretches out of it.
"""

from collections.abc import Iterator

from awas.ledger.area import HOUR, MINUTE
from awas.roster.commands import AcceptHandover, EndDuty, OfferHandover, PlanShift, StartDuty
from awas.roster.events import HandoverSummary, Proof
from awas.simulation.cast import Company
from awas.simulation.cues import SHIFT, SHIFTS, Cue, Scene, some
from awas.warehouse.commands import CompleteRound, ReportCctv, ReportGuards, ScanCheckpoint

CHECKPOINTS = ("gerbang", "pintu-utama", "gudang-depan", "gudang-belakang", "panel-listrik")
ROUND_EVERY = 58
"""Minutes from the beginning of one round to that of the next: every hour, eight to a shift."""

GUARDS_WANTED = 2
AHEAD_DAYS = 2
"""Shifts are planned that many days before."""


def watch_of(scene: Scene, company: Company, day: int, is_first: bool) -> Iterator[Cue]:
    """Hand-overs at 07, 15 and 23, rounds in between, and tomorrow's tomorrow planned."""
    yield from shifts_planned(scene, day + AHEAD_DAYS, scene.at(day, 9 * 60 + 30))
    for shift in range(len(SHIFTS)):
        if is_first and shift == 0:
            yield _first_duty(scene, day)
        else:
            yield from handover(scene, day, shift)
        yield from _rounds(scene, day, shift)
        yield from _reports(scene, day, shift)


def duty_key(scene: Scene, day: int, shift: int) -> str:
    return scene.key(f"tugas{day}-{shift}")


def shifts_planned(scene: Scene, day: int, at: int) -> Iterator[Cue]:
    """The three shifts of a day, planned by the district office."""
    for shift, hour in enumerate(SHIFTS):
        from_at = scene.at(day, hour * 60)
        name = f"piket{day}-{shift}"
        person = scene.post.watchers[shift]
        command = PlanShift(
            shift_id=scene.key(name),
            from_at=from_at,
            until_at=from_at + SHIFT,
            people=(person,),
            leader=person,
            letter_number=f"ST/{day % 1000:03d}/DEMO",
        )
        yield scene.office(at + shift * 20_000, name, command)


def _first_duty(scene: Scene, day: int) -> Cue:
    duty = StartDuty(duty_id=duty_key(scene, day, 0), person=scene.post.watchers[0], proof=Proof(by_token=True))
    return scene.by_watcher(0, scene.at(day, SHIFTS[0] * 60) + MINUTE, "mulai", duty)


def handover(scene: Scene, day: int, shift: int) -> Iterator[Cue]:
    """The taker arrives, the giver offers, the taker signs; the giver's duty ends with it."""
    when = scene.handover(day, shift)
    before_day, before = (day, shift - 1) if shift else (day - 1, 2)
    name = f"serah{day}-{shift}"
    part = {"strand": "handover", "begins_at": when.due_at}
    taker = StartDuty(
        duty_id=duty_key(scene, day, shift), person=scene.post.watchers[shift], proof=Proof(by_token=True)
    )
    yield scene.by_watcher(shift, when.arrives_at, f"{name}.d", taker)
    offer = OfferHandover(
        handover_id=scene.key(name), duty_id=duty_key(scene, before_day, before), summary=HandoverSummary()
    )
    yield scene.by_watcher(before, when.offered_at, f"{name}.o", offer, **part)
    # Should a person have answered the offer, the giver still goes home.
    goes = EndDuty(duty_id=duty_key(scene, before_day, before))
    home = scene.by_watcher(before, when.accepted_at, f"{name}.e", goes)
    accept = AcceptHandover(handover_id=scene.key(name), duty_id=duty_key(scene, day, shift))
    yield scene.by_watcher(shift, when.accepted_at, f"{name}.a", accept, instead=(home,), **part)


def _rounds(scene: Scene, day: int, shift: int) -> Iterator[Cue]:
    begins_at = scene.at(day, SHIFTS[shift] * 60)
    count = SHIFT // MINUTE // ROUND_EVERY
    for number in range(count):
        chance = scene.chance("round", day, shift, number)
        starts_at = begins_at + (8 + number * ROUND_EVERY) * MINUTE + some(chance, 0, 5)
        yield from walk(scene, f"ronda{day}-{shift}{number}", starts_at)


def walk(scene: Scene, name: str, starts_at: int) -> Iterator[Cue]:
    """One round by the five checkpoints, about two minutes from one to the next."""
    chance, key, at = scene.chance(name), scene.key(name), starts_at
    for number, checkpoint in enumerate(CHECKPOINTS):
        scanned = ScanCheckpoint(round_id=key, checkpoint=checkpoint, by_token=True)
        yield scene.watch(at, f"{name}.{number}", scanned, strand="round", begins_at=starts_at)
        at += some(chance, 1, 3)
    yield scene.watch(at, f"{name}.f", CompleteRound(round_id=key), strand="round", begins_at=starts_at)


def _reports(scene: Scene, day: int, shift: int) -> Iterator[Cue]:
    """Cameras every four hours, guards twice a shift."""
    begins_at, cameras = scene.at(day, SHIFTS[shift] * 60), scene.post.cameras
    for number in range(2):
        chance = scene.chance("report", day, shift, number)
        at = begins_at + number * 4 * HOUR + some(chance, 12, 25)
        seen = ReportCctv(total=cameras, working=cameras, recording=True)
        yield scene.watch(at, f"cctv{day}-{shift}{number}", seen, strand="cctv", begins_at=at)
        guards = ReportGuards(kpu=GUARDS_WANTED, police=1)
        yield scene.watch(at + 90_000, f"jaga{day}-{shift}{number}", guards, strand="guards", begins_at=at)
