"""Rules on the watch's own eyes: rounds, checkpoints, guards, and a site that has gone silent. Pure."""

from typing import Any

from awas.ledger.area import MINUTE, Instant, Stamp
from awas.ledger.message import moment
from awas.warehouse import events as happened
from awas.warehouse.rules import grounds, names
from awas.warnings.hours import between, minute_of_day
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Found,
    Level,
    Limits,
    Outcomes,
    Rule,
    Threshold,
    Watch,
    Words,
    minutes,
)

BY_OFFICE = "SOP; perlu ditetapkan kantor"


def _next_round(watch: Watch, stamp: Stamp, limits: Limits) -> Arm:
    last_at = max(watch.warehouse.last_round_at, moment(stamp))
    return Arm(key="round", due_at=last_at + limits["minutes"] * MINUTE, facts=(("minutes", limits["minutes"]),))


def _walked(watch: Watch, stamp: Stamp, event: happened.RoundCompleted, limits: Limits) -> Outcomes:
    return (_next_round(watch, stamp, limits), Cleared(key="round", why="round_done"))


def _rounds_begin(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
    """Somebody watches a site with a planned round: from now on rounds are due. A plan alone starts nothing."""
    if watch.armed("WAR-27", "round") is not None or not watch.warehouse.rules.checkpoints:
        return ()
    if type(event) is happened.SiteRulesSet and not watch.roster.on_duty:
        return ()
    return (_next_round(watch, stamp, limits),)


def _no_round(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    waited = int(dict(armed.facts)["minutes"])
    level = Level.SIAGA if waited >= 2 * limits["minutes"] else None
    later = (("minutes", waited + limits["minutes"]),)
    return (
        Found(key=key, facts=armed.facts, level=level),
        Arm(key=key, due_at=now + limits["minutes"] * MINUTE, facts=later),
    )


ROUND_MISSED = Rule(
    id="WAR-27",
    title=Words("Patroli terlewat", "Round missed"),
    question=Words("Kapan petugas terakhir berkeliling?", "When did an officer last make the round?"),
    message=Words("Tidak ada patroli selama {minutes} menit", "No round for {minutes} minutes"),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.WASPADA,
    thresholds=(minutes("minutes", 120, (30, 720), Words("Tanpa patroli selama", "No round for"), BY_OFFICE),),
    runbook=(
        Words("Hubungi petugas piket; minta patroli sekarang.", "Call the officer on duty; ask for a round now."),
        Words("Bila tidak menjawab, kirim orang terdekat.", "If there is no answer, send whoever is nearest."),
        Words("Periksa segel dan pintu pada patroli berikutnya.", "Check seals and doors on the next round."),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on={
        happened.RoundCompleted: _walked,
        happened.SiteRulesSet: _rounds_begin,
        happened.CheckpointScanned: _rounds_begin,
        happened.GuardsReported: _rounds_begin,
        happened.CctvReported: _rounds_begin,
    },
    due=_no_round,
)


def _skipped(watch: Watch, stamp: Stamp, event: happened.RoundCompleted, limits: Limits) -> Outcomes:
    count = len(event.missed)
    if count < limits["checkpoints"]:
        return (Cleared(key="checkpoints", why="round_done"),)
    facts = (("count", count), ("planned", event.planned_count), ("first", event.missed[0]))
    return (Found(key="checkpoints", facts=facts),)


SKIPPED = Rule(
    id="WAR-28",
    title=Words("Titik patroli dilewati", "Checkpoint skipped"),
    question=Words("Mengapa titik ini tidak didatangi?", "Why was this checkpoint not visited?"),
    message=Words(
        "{count} dari {planned} titik patroli tidak didatangi, antara lain {first}",
        "{count} of {planned} checkpoints were not visited, {first} among them",
    ),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.WASPADA,
    thresholds=(
        Threshold(
            name="checkpoints",
            unit="checkpoints",
            default=1,
            least=1,
            most=60,
            label=Words("Titik terlewat mulai", "Checkpoints skipped from"),
            source=BY_OFFICE,
        ),
    ),
    runbook=(
        Words("Datangi titik yang terlewat sekarang.", "Go to the skipped checkpoints now."),
        Words(
            "Bila kode QR rusak atau terhalang, laporkan untuk diganti.",
            "If the QR code is damaged or blocked, report it for replacement.",
        ),
    ),
    incident=grounds.BANDUNG_OUTSIDERS,
    on={happened.RoundCompleted: _skipped},
)

GRAVE: dict[str, Level] = {
    "smell_of_smoke": Level.AWAS,
    "lock_broken": Level.AWAS,
    "stranger": Level.SIAGA,
    "seal_broken": Level.SIAGA,
    "door_open": Level.SIAGA,
    "camera_covered": Level.SIAGA,
    "guard_absent": Level.SIAGA,
    "window_open": Level.WASPADA,
    "guard_asleep": Level.WASPADA,
    "stack_fallen": Level.WASPADA,
    "leak": Level.WASPADA,
}
"""What an officer may find on a round and somebody must act on; lights, noise and pests go into the hand-over."""


def _seen(
    watch: Watch, stamp: Stamp, event: happened.CheckpointScanned | happened.RoundCompleted, limits: Limits
) -> Outcomes:
    if not event.findings:
        return ()
    return tuple(
        Found(key=finding, facts=(("finding", finding),), level=GRAVE[finding])
        for finding in event.findings
        if finding in GRAVE
    )


def _round_seen(watch: Watch, stamp: Stamp, event: happened.RoundCompleted, limits: Limits) -> Outcomes:
    """A whole round that doesn't find it again has looked and found it gone."""
    seen = _seen(watch, stamp, event, limits)
    if event.missed or not watch.open:
        return seen
    gone = (finding for finding in GRAVE if finding not in event.findings and watch.is_open("WAR-29", finding))
    return (*seen, *(Cleared(key=finding, why="checked") for finding in gone))


ROUND_FINDING = Rule(
    id="WAR-29",
    title=Words("Temuan patroli", "Finding on a round"),
    question=Words("Siapa yang menindaklanjuti temuan ini?", "Who acts on this finding?"),
    message=Words("Patroli menemukan: {finding}", "A round found: {finding}"),
    names={"finding": names.FINDINGS},
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.SIAGA,
    runbook=(
        Words("Foto keadaannya dan tetap di tempat sampai aman.", "Photograph it and stay until it is safe."),
        Words(
            "Pintu, jendela, kunci: panggil KPU, periksa segel di dalam, tutup kembali.",
            "Door, window, lock: call KPU, check the seals inside, close it again.",
        ),
        Words(
            "Bau asap atau orang asing: panggil polisi atau pemadam dahulu.",
            "Smoke or a stranger: call the police or fire brigade first.",
        ),
    ),
    incident=grounds.BANDUNG_OUTSIDERS,
    on={happened.CheckpointScanned: _seen, happened.RoundCompleted: _round_seen},
)


def _guards(watch: Watch, stamp: Stamp, event: happened.GuardsReported, limits: Limits) -> Outcomes:
    awake = event.kpu + event.police + event.army + event.satpol_pp - event.asleep
    if not event.wanted or awake >= event.wanted:
        return (Cleared(key="guards", why="on_duty"),)
    facts = (("count", awake), ("wanted", event.wanted))
    return (Found(key="guards", facts=facts, level=Level.AWAS if not awake else None),)


TOO_FEW_GUARDS = Rule(
    id="WAR-30",
    title=Words("Penjaga kurang", "Too few guards"),
    question=Words("Mengapa penjaga tidak lengkap?", "Why are guards missing?"),
    message=Words(
        "{count} penjaga terlihat, seharusnya {wanted}", "{count} guards were seen where {wanted} should stand"
    ),
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.SIAGA,
    holds_for="minutes",
    thresholds=(minutes("minutes", 0, (0, 120), Words("Kurang selama", "Too few for"), BY_OFFICE),),
    runbook=(
        Words("Tanyakan komandan jaga ke mana penjaga pergi.", "Ask the commander of the guard where they are."),
        Words("Minta KPU dan polisi mengisi pos yang kosong.", "Ask KPU and the police to man the empty post."),
        Words("Tetap di tempat sampai pos terisi.", "Stay until the post is manned."),
    ),
    incident=grounds.BANDUNG_OUTSIDERS,
    on={happened.GuardsReported: _guards},
)


MADE_ON_WATCH = frozenset(
    {
        "roster.duty_started@1",
        "roster.handover_offered@1",
        "roster.handover_accepted@1",
        "roster.handover_disputed@1",
        "roster.handover_withdrawn@1",
    }
)
"""Events of the roster that somebody at the site makes; plans are made at a desk. Named by their tags, which outlive
the code: rooms don't import one another."""


def _wait(watch: Watch, since_at: Instant, limits: Limits) -> int:
    """Minutes a site may be silent after an entry at that time."""
    by_day = between(minute_of_day(watch.place, since_at), limits["day_from"], limits["day_until"])
    return limits["by_day"] if by_day else limits["by_night"]


def _sign_of_life(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
    """The deadline isn't moved by every entry: when it comes up, it asks the state for the last one."""
    now, is_open = watch.now, watch.open and ("WAR-31", "site") in watch.open
    if watch.warehouse.last_entry_at == now:
        if not is_open and watch.armed("WAR-31", "site") is not None:
            return ()
    elif type(event).__struct_config__.tag not in MADE_ON_WATCH:
        return ()  # written at a desk or caused at another place: it doesn't show that anybody is there
    again = _ask_again(watch, now, now, limits)
    return (again, Cleared(key="site", why="entry_seen")) if is_open else (again,)


def _ask_again(watch: Watch, now: Instant, since_at: Instant, limits: Limits) -> Arm:
    """`since_at` is remembered because signs of life of the roster don't stand in the warehouse's state."""
    due_at = since_at + _wait(watch, since_at, limits) * MINUTE
    return Arm(key="site", due_at=max(due_at, now + MINUTE), facts=(("since_at", since_at),))


def _dark(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    since_at = max(int(dict(armed.facts)["since_at"]), watch.warehouse.last_entry_at)
    silent = (now - since_at) // MINUTE
    if silent < _wait(watch, since_at, limits):
        return (_ask_again(watch, now, since_at, limits),)
    level = Level.AWAS if silent >= limits["long"] else None
    # Asked again while it lasts: it rises, and a warning that somebody resolved too early comes back.
    later = Arm(key="site", due_at=now + limits["by_day"] * MINUTE, facts=(("since_at", since_at),))
    return (Found(key=key, facts=(("minutes", silent),), level=level), later)


DARK = Rule(
    id="WAR-31",
    title=Words("Gudang tanpa kabar", "Dark site"),
    question=Words("Apakah masih ada orang yang mengawasi gudang ini?", "Is anybody still watching this warehouse?"),
    message=Words("Tidak ada catatan apa pun selama {minutes} menit", "No entry of any kind for {minutes} minutes"),
    basis=grounds.ROUND_THE_CLOCK,
    level=Level.SIAGA,
    thresholds=(
        minutes("by_day", 120, (15, 720), Words("Tanpa catatan, siang", "No entry by day for"), BY_OFFICE),
        minutes("by_night", 150, (15, 720), Words("Tanpa catatan, malam", "No entry by night for"), BY_OFFICE),
        minutes("long", 360, (60, 2880), Words("Lama: menjadi Awas", "Long: becomes Awas"), BY_OFFICE),
        Threshold(
            name="day_from",
            unit="minute_of_day",
            default=6 * 60,
            least=0,
            most=1439,
            label=Words("Siang mulai", "Day begins"),
            source=BY_OFFICE,
        ),
        Threshold(
            name="day_until",
            unit="minute_of_day",
            default=18 * 60,
            least=0,
            most=1439,
            label=Words("Siang berakhir", "Day ends"),
            source=BY_OFFICE,
        ),
    ),
    runbook=(
        Words("Telepon petugas piket, lalu ketua regu.", "Call the officer on duty, then the head of the shift."),
        Words(
            "Tidak ada jawaban: minta polisi atau pengawas terdekat melihat ke gudang.",
            "No answer: ask the police or the nearest supervisor to look.",
        ),
        Words(
            "Bila hanya sinyal, minta catatan dari kertas diunggah kemudian.",
            "If it is only the signal, have the paper notes uploaded later.",
        ),
    ),
    incident=grounds.THREE_FOR_ALL_HOURS,
    on_any=_sign_of_life,
    due=_dark,
    # What is missing in the record where nobody writes in it.
    hides=("WAR-05", "WAR-06", "WAR-12", "WAR-13", "WAR-25", "WAR-27", "ROS-03"),
)

RULES = (ROUND_MISSED, SKIPPED, ROUND_FINDING, TOO_FEW_GUARDS, DARK)
