"""Rules on the hand-over of the watch: signed in time, and agreed. Pure."""

from typing import Any

from awas.ledger.area import HOUR, MINUTE, Instant, Stamp
from awas.roster import events as happened
from awas.roster.rules import grounds
from awas.roster.state import PlannedShift
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Disarm,
    Found,
    Level,
    Limits,
    Outcomes,
    Rule,
    Threshold,
    Watch,
    Words,
)

BY_OFFICE = "SOP; perlu ditetapkan kantor"


def _watch_held(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
    """The holder of the watch has an hour to hand it over by; the deadline stays when the holder simply goes."""
    due_at: Instant = watch.roster.due_at
    if not due_at or watch.armed("ROS-03", str(due_at)) is not None or due_at + limits["minutes"] * MINUTE < watch.now:
        return ()
    facts = (("minutes", limits["minutes"]),)
    return (Arm(key=str(due_at), due_at=due_at + limits["minutes"] * MINUTE, facts=facts),)


def _handed_over(watch: Watch, stamp: Stamp, event: happened.HandoverAccepted, limits: Limits) -> Outcomes:
    met = str(event.due_at)
    return (Disarm(key=met), Cleared(key=met, why="handed_over"), *_watch_held(watch, stamp, event, limits))


def _not_handed_over(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    ended_at = int(key)
    shifts: tuple[PlannedShift, ...] = watch.roster.shifts
    if not any(shift.until_at == ended_at for shift in shifts):
        return ()  # the shift was called off meanwhile
    if not any(ended_at - 2 * HOUR <= shift.from_at <= ended_at + 2 * HOUR for shift in shifts):
        return ()  # nobody is planned to take over: the roster's own rule says so
    return (Found(key=key, facts=armed.facts),)


HANDOVER_LATE = Rule(
    id="ROS-03",
    title=Words("Serah terima terlambat", "Hand-over late"),
    question=Words("Mengapa piket belum diserahterimakan?", "Why has the watch not been handed over?"),
    message=Words(
        "Serah terima belum ditandatangani {minutes} menit sesudah giliran berakhir",
        "The hand-over is not signed {minutes} minutes after the shift's end",
    ),
    basis=grounds.HANDOVER,
    level=Level.SIAGA,
    thresholds=(
        Threshold(
            name="minutes",
            unit="minutes",
            default=30,
            least=5,
            most=240,
            label=Words("Terlambat", "Late by"),
            source="SOP piket: serah terima lewat 30 menit adalah peringatan",
            uncertain=False,
        ),
    ),
    runbook=(
        Words(
            "Telepon kedua petugas: siapa yang memegang piket sekarang?", "Call both officers: who has the watch now?"
        ),
        Words(
            "Minta serah terima ditandatangani dengan isi, segel, dan hal yang terbuka.",
            "Have the hand-over signed with stock, seals and open matters.",
        ),
        Words(
            "Bila yang lama sudah pulang, buat serah terima dengan ketua regu.",
            "If the earlier officer has gone, hand over with the head of the shift.",
        ),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={
        happened.DutyStarted: _watch_held,
        happened.DutyEnded: _watch_held,
        happened.ShiftPlanned: _watch_held,
        happened.ShiftPeopleChanged: _watch_held,
        happened.HandoverAccepted: _handed_over,
    },
    due=_not_handed_over,
)


def _disputed(watch: Watch, stamp: Stamp, event: happened.HandoverDisputed, limits: Limits) -> Outcomes:
    facts = (("count", len(event.points)), ("first", event.points[0] if event.points else "other"))
    return (Found(key="handover", facts=facts),)


def _settled(watch: Watch, stamp: Stamp, event: happened.HandoverAccepted, limits: Limits) -> Outcomes:
    return (Cleared(key="handover", why="handed_over"),)


DISPUTED = Rule(
    id="ROS-04",
    title=Words("Serah terima disangkal", "Hand-over disputed"),
    question=Words("Apa yang tidak cocok pada serah terima?", "What doesn't agree in the hand-over?"),
    message=Words("Serah terima disangkal pada {count} hal", "The hand-over was disputed on {count} points"),
    basis=grounds.HANDOVER,
    level=Level.SIAGA,
    runbook=(
        Words("Kedua petugas tetap di tempat sampai selesai.", "Both officers stay until it is settled."),
        Words(
            "Periksa bersama hal yang disangkal: orang di dalam, segel, jumlah.",
            "Look together at what is disputed: people inside, seals, counts.",
        ),
        Words("Catat hasilnya dan tanda tangani serah terima yang baru.", "Note the result and sign a new hand-over."),
    ),
    incident=grounds.MALANG_TIRED,
    on={happened.HandoverDisputed: _disputed, happened.HandoverAccepted: _settled},
)


RULES = (HANDOVER_LATE, DISPUTED)
