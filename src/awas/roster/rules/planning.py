"""Rules on the plan of the watch: people who can serve, and no empty hours. Pure."""

from awas.ledger.area import MINUTE, Instant, Stamp
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
    Watch,
    Words,
    minutes,
)

BY_OFFICE = "SOP; perlu ditetapkan kantor"


def _clashes(
    watch: Watch, stamp: Stamp, event: happened.ShiftPlanned | happened.ShiftPeopleChanged, limits: Limits
) -> Outcomes:
    count = len({*event.double_booked, *event.absent, *event.short_rest})
    if not count:
        return (Cleared(key=event.shift_id, why="corrected"),)
    return (Found(key=event.shift_id, facts=(("count", count),)),)


def _absent(watch: Watch, stamp: Stamp, event: happened.AbsenceAnnounced, limits: Limits) -> Outcomes:
    return tuple(Found(key=shift_id, facts=(("count", 1),)) for shift_id in event.shifts[:20])


CLASH = Rule(
    id="ROS-05",
    title=Words("Jadwal piket bertabrakan", "Clash in the roster"),
    question=Words("Siapa yang dapat menggantikan?", "Who can take their place?"),
    message=Words(
        "{count} petugas dalam giliran ini rangkap, berhalangan, atau kurang istirahat",
        "{count} officers of this shift are booked twice, absent or short of rest",
    ),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.WASPADA,
    runbook=(
        Words(
            "Ganti petugas yang berhalangan sebelum giliran dimulai.",
            "Replace who can't serve before the shift begins.",
        ),
        Words("Pastikan istirahat antar giliran cukup.", "See that there is enough rest between shifts."),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={
        happened.ShiftPlanned: _clashes,
        happened.ShiftPeopleChanged: _clashes,
        happened.AbsenceAnnounced: _absent,
    },
    ends={happened.ShiftCancelled: ("shift_id", "withdrawn")},
)


def _gap_before(watch: Watch, shift: PlannedShift) -> int:
    """Minutes before a shift in which nobody is planned; 0 if it is the first."""
    ends = [other.until_at for other in watch.roster.shifts if other.from_at < shift.from_at]
    return max(shift.from_at - max(ends), 0) // MINUTE if ends else 0


def _gap_planned(watch: Watch, stamp: Stamp, event: happened.ShiftPlanned, limits: Limits) -> Outcomes:
    closed = tuple(
        Cleared(key=shift.shift_id, why="corrected")
        for shift in watch.roster.shifts
        if watch.is_open("ROS-06", shift.shift_id) and _gap_before(watch, shift) < limits["minutes"]
    )
    if event.gap_before_ms < limits["minutes"] * MINUTE:
        return closed
    # A plan is typed shift by shift and not always in order: the hole may close in a moment.
    return (*closed, Arm(key=event.shift_id, due_at=watch.now + limits["settle"] * MINUTE))


def _gap_opened(watch: Watch, stamp: Stamp, event: happened.ShiftCancelled, limits: Limits) -> Outcomes:
    following = watch.roster.next_shift(event.until_at)
    gone = Cleared(key=event.shift_id, why="withdrawn")
    if following is None or _gap_before(watch, following) < limits["minutes"]:
        return (Disarm(key=event.shift_id), gone)
    again = Arm(key=following.shift_id, due_at=watch.now + limits["settle"] * MINUTE)
    return (Disarm(key=event.shift_id), gone, again)


def _gap_stands(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    shift: PlannedShift | None = watch.roster.shift(key)
    if shift is None or shift.from_at <= now:
        return ()
    gap = _gap_before(watch, shift)
    return (Found(key=key, facts=(("minutes", gap),)),) if gap >= limits["minutes"] else ()


GAP = Rule(
    id="ROS-06",
    title=Words("Celah dalam jadwal piket", "Gap in the roster"),
    question=Words("Siapa yang berjaga pada jam yang kosong?", "Who watches in the empty hours?"),
    message=Words("Tidak ada petugas dijadwalkan selama {minutes} menit", "Nobody is planned for {minutes} minutes"),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.WASPADA,
    thresholds=(
        minutes("minutes", 15, (1, 1440), Words("Celah mulai", "Gap from"), BY_OFFICE),
        minutes("settle", 30, (0, 1440), Words("Waktu menyelesaikan jadwal", "Time to finish the plan"), BY_OFFICE),
    ),
    runbook=(Words("Jadwalkan petugas pada jam yang kosong.", "Plan somebody for the empty hours."),),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={happened.ShiftPlanned: _gap_planned, happened.ShiftCancelled: _gap_opened},
    due=_gap_stands,
)


RULES = (CLASH, GAP)
