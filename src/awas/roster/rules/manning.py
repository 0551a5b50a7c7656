"""Rules on who is on watch: as many as planned, never nobody, not too long, not at two posts. Pure."""

from awas.ledger.area import HOUR, MINUTE, Instant, Stamp
from awas.ledger.message import moment
from awas.roster import events as happened
from awas.roster.rules import grounds
from awas.roster.state import PlannedShift
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Ends,
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
SOON = 12 * HOUR
"""A site whose next shift is further off than this isn't watched now by anybody's plan."""


def _planned(watch: Watch, stamp: Stamp, event: happened.ShiftPlanned, limits: Limits) -> Outcomes:
    return (Arm(key=event.shift_id, due_at=event.from_at + limits["grace"] * MINUTE),)


def _wanted(watch: Watch, at: Instant) -> int:
    shift: PlannedShift | None = watch.roster.shift_at(at)
    minimum: int = watch.roster.rules.minimum
    return max(shift.minimum, minimum) if shift is not None else 0


def _came(watch: Watch, stamp: Stamp, event: happened.DutyStarted, limits: Limits) -> Outcomes:
    if not watch.is_open("ROS-01", "staff") or event.on_duty_after < _wanted(watch, moment(stamp)):
        return ()
    return (Cleared(key="staff", why="on_duty"),)


def _went(watch: Watch, stamp: Stamp, event: happened.DutyEnded, limits: Limits) -> Outcomes:
    if not event.short or event.uncovered:
        return ()
    shift: PlannedShift | None = watch.roster.shift_at(moment(stamp))
    if shift is None:
        return ()
    # Time for the one who relieves to come in.
    return (Arm(key=shift.shift_id, due_at=watch.now + limits["grace"] * MINUTE),)


def _count(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    shift: PlannedShift | None = watch.roster.shift(key)
    if shift is None or not shift.from_at <= now < shift.until_at:
        return ()
    count, wanted = len(watch.roster.on_duty), _wanted(watch, now)
    if count >= wanted or (not count and watch.is_open("ROS-02", "post")):
        return ()
    facts = (("count", count), ("wanted", wanted))
    return (Found(key="staff", facts=facts, level=Level.AWAS if not count else None),)


TOO_FEW = Rule(
    id="ROS-01",
    title=Words("Petugas piket kurang", "Fewer on watch than planned"),
    question=Words("Mengapa petugas yang dijadwalkan tidak ada?", "Why are the planned officers not there?"),
    message=Words(
        "{count} petugas bertugas, seharusnya {wanted}", "{count} officers on watch where {wanted} are planned"
    ),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.SIAGA,
    thresholds=(
        minutes(
            "grace",
            15,
            (0, 120),
            Words("Kelonggaran sejak awal giliran", "Grace from the shift's beginning"),
            BY_OFFICE,
        ),
    ),
    runbook=(
        Words("Telepon petugas yang belum datang.", "Call the officers who haven't come."),
        Words(
            "Minta petugas lama bertahan sampai pengganti tiba.",
            "Ask the earlier officers to stay until somebody comes.",
        ),
        Words("Ubah jadwal bila ada yang berhalangan.", "Change the roster if somebody can't serve."),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={
        happened.ShiftPlanned: _planned,
        happened.DutyStarted: _came,
        happened.DutyEnded: _went,
    },
    ends={happened.ShiftCancelled: ("shift_id", "withdrawn")},
    due=_count,
)


def _is_watched_by_plan(watch: Watch, at: Instant) -> bool:
    following = watch.roster.next_shift(at)
    return watch.roster.shift_at(at) is not None or (following is not None and following.from_at - at <= SOON)


def _left_empty(
    watch: Watch, stamp: Stamp, event: happened.DutyEnded | happened.DutyVoided, limits: Limits
) -> Outcomes:
    if watch.roster.on_duty or not _is_watched_by_plan(watch, moment(stamp)):
        return ()
    return (Found(key="post", facts=(("minutes", limits["minutes"]),)),)


def _manned(watch: Watch, stamp: Stamp, event: happened.DutyStarted, limits: Limits) -> Outcomes:
    return (Cleared(key="post", why="on_duty"),)


NOBODY = Rule(
    id="ROS-02",
    title=Words("Tidak ada yang piket", "Nobody on watch"),
    question=Words("Siapa yang mengawasi gudang sekarang?", "Who is watching the warehouse now?"),
    message=Words(
        "Tidak ada petugas bertugas lebih dari {minutes} menit", "Nobody has been on watch for over {minutes} minutes"
    ),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.AWAS,
    thresholds=(minutes("minutes", 10, (0, 240), Words("Kosong selama", "Empty for"), BY_OFFICE),),
    holds_for="minutes",
    runbook=(
        Words(
            "Kirim orang terdekat sekarang; minta polisi menjaga sampai ia tiba.",
            "Send whoever is nearest now; ask the police to stand by until then.",
        ),
        Words(
            "Periksa segel, pintu, dan rekaman CCTV selama kosong.",
            "Check seals, doors and the footage of the empty time.",
        ),
        Words("Catat lama kosong dalam Formulir Model A.", "Note in Form A how long it was empty."),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={
        happened.DutyEnded: _left_empty,
        happened.DutyVoided: _left_empty,
        happened.DutyStarted: _manned,
    },
)


DUTY_OVER: Ends = {happened.DutyEnded: ("duty_id", "shift_over"), happened.DutyVoided: ("duty_id", "corrected")}


def _serves(watch: Watch, stamp: Stamp, event: happened.DutyStarted, limits: Limits) -> Outcomes:
    facts = (("hours", limits["minutes"] // 60),)
    return (Arm(key=event.duty_id, due_at=moment(stamp) + limits["minutes"] * MINUTE, facts=facts),)


def _still_serves(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    return (Found(key=key, facts=armed.facts),)


TOO_LONG = Rule(
    id="ROS-07",
    title=Words("Bertugas terlalu lama", "On duty too long"),
    question=Words("Kapan petugas ini terakhir beristirahat?", "When did this officer last rest?"),
    message=Words(
        "Seorang petugas bertugas lebih dari {hours} jam", "An officer has been on duty for over {hours} hours"
    ),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.WASPADA,
    thresholds=(minutes("minutes", 840, (240, 2880), Words("Bertugas selama", "On duty for"), BY_OFFICE),),
    runbook=(
        Words("Carikan pengganti; orang lelah salah hitung.", "Find somebody to relieve them; tired people miscount."),
        Words(
            "Bila sudah pulang tanpa dicatat, akhiri tugasnya sekarang.",
            "If they went home unlogged, end their duty now.",
        ),
    ),
    incident=grounds.MALANG_TIRED,
    on={
        happened.DutyStarted: _serves,
    },
    ends=DUTY_OVER,
    due=_still_serves,
)


def _came_from_elsewhere(watch: Watch, stamp: Stamp, event: happened.DutyStarted, limits: Limits) -> Outcomes:
    if not event.elsewhere_place:
        return ()
    return (Found(key=event.duty_id, facts=(("elsewhere", event.elsewhere_place),)),)


TWO_POSTS = Rule(
    id="ROS-08",
    title=Words("Petugas di dua pos", "One officer at two posts"),
    question=Words("Siapa yang kini berjaga di pos yang ditinggalkan?", "Who watches the post that was left?"),
    message=Words(
        "Petugas mulai bertugas di sini, padahal tercatat bertugas di {elsewhere}",
        "An officer took up duty here while on duty at {elsewhere}",
    ),
    places=("elsewhere",),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.WASPADA,
    runbook=(
        Words("Pastikan pos yang ditinggalkan ada penjaganya.", "See that somebody watches the post that was left."),
        Words(
            "Betulkan catatan bila hanya lupa mengakhiri tugas.",
            "Correct the record if the end of duty was only forgotten.",
        ),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={
        happened.DutyStarted: _came_from_elsewhere,
    },
    ends=DUTY_OVER,
)


RULES = (TOO_FEW, NOBODY, TOO_LONG, TWO_POSTS)
