"""Rules on the plan ahead: enough people in each shift, and a roster that doesn't run out. Pure."""

from awas.ledger.area import MINUTE, Instant, Stamp
from awas.roster import events as happened
from awas.roster.rules import grounds
from awas.roster.rules.planning import BY_OFFICE
from awas.roster.state import PlannedShift
from awas.warnings.rule import Arm, Armed, Cleared, Disarm, Found, Level, Limits, Outcomes, Rule, Watch, Words, minutes


def _few(
    watch: Watch, stamp: Stamp, event: happened.ShiftPlanned | happened.ShiftPeopleChanged, limits: Limits
) -> Outcomes:
    count = len(event.people)
    if count >= event.minimum:
        return (Cleared(key=event.shift_id, why="corrected"),)
    # Once the shift is over, nobody can be added to it.
    over = Arm(key=event.shift_id, due_at=event.until_at)
    return (Found(key=event.shift_id, facts=(("count", count), ("wanted", event.minimum))), over)


def _over(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    return (Cleared(key=key, why="shift_over"),)


FEW_PLANNED = Rule(
    id="ROS-09",
    title=Words("Terlalu sedikit petugas dijadwalkan", "Too few officers planned"),
    question=Words("Siapa lagi yang dapat berjaga pada giliran ini?", "Who else can stand this shift?"),
    message=Words(
        "{count} petugas dijadwalkan, seharusnya {wanted}", "{count} officers are planned where {wanted} are wanted"
    ),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.WASPADA,
    runbook=(
        Words("Tambahkan petugas sebelum giliran dimulai.", "Add officers before the shift begins."),
        Words(
            "Lihat pada jadwal kabupaten/kota siapa yang dapat datang.", "See on the district's roster who can come."
        ),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={happened.ShiftPlanned: _few, happened.ShiftPeopleChanged: _few},
    ends={happened.ShiftCancelled: ("shift_id", "withdrawn")},
    due=_over,
)

PLAN = "plan"


def _end(shifts: tuple[PlannedShift, ...]) -> Instant:
    return max((shift.until_at for shift in shifts), default=0)


def _reaches(watch: Watch, stamp: Stamp, event: happened.ShiftPlanned, limits: Limits) -> Outcomes:
    """A plan for a few hours alone is no roster that runs out."""
    due_at = _end(watch.roster.shifts) - limits["minutes"] * MINUTE
    if due_at <= watch.now:
        return ()
    longer = (Cleared(key=PLAN, why="corrected"),) if watch.is_open("ROS-10", PLAN) else ()
    return (*longer, Arm(key=PLAN, due_at=due_at))


def _shortened(watch: Watch, stamp: Stamp, event: happened.ShiftCancelled, limits: Limits) -> Outcomes:
    end = _end(watch.roster.shifts)
    if not end:
        return (Disarm(key=PLAN),)
    return (Arm(key=PLAN, due_at=max(end - limits["minutes"] * MINUTE, watch.now)),)


def _runs_out(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    left = (_end(watch.roster.shifts) - now) // MINUTE
    if not 0 < left <= limits["minutes"]:
        return ()
    return (Found(key=PLAN, facts=(("hours", left // 60),)),)


RUNS_OUT = Rule(
    id="ROS-10",
    title=Words("Jadwal piket hampir habis", "The roster runs out"),
    question=Words("Siapa yang berjaga sesudahnya?", "Who watches after that?"),
    message=Words("Sesudah {hours} jam tidak ada lagi yang dijadwalkan", "After {hours} hours nobody is planned"),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.WASPADA,
    thresholds=(
        minutes("minutes", 1440, (60, 10_080), Words("Sisa jadwal kurang dari", "Roster left below"), BY_OFFICE),
    ),
    runbook=(
        Words("Susun dan terbitkan jadwal berikutnya.", "Make and publish the next roster."),
        Words("Sampaikan kepada petugas yang baru dijadwalkan.", "Tell those who are newly planned."),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={happened.ShiftPlanned: _reaches, happened.ShiftCancelled: _shortened},
    due=_runs_out,
)

RULES = (FEW_PLANNED, RUNS_OUT)
