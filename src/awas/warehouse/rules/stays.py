"""Rules on who stays: too long, past the evening, too many, and who keeps trying to get in. Pure."""

from awas.ledger.area import MINUTE, Instant, Stamp
from awas.ledger.message import moment
from awas.warehouse import events as happened
from awas.warehouse.rules import grounds
from awas.warehouse.rules.endings import VISIT_OVER, voided
from awas.warehouse.rules.people import GUARDING
from awas.warnings.hours import next_at
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
A_DAY = 24 * 60


def _stays(watch: Watch, stamp: Stamp, event: happened.PersonEntered, limits: Limits) -> Outcomes:
    if event.role in GUARDING or event.late:
        return ()  # how long a guard serves is the roster's question
    until_at = event.until_at or moment(stamp) + limits["longest"] * MINUTE
    return (Arm(key=event.visit_id, due_at=until_at + limits["grace"] * MINUTE, facts=(("role", event.role),)),)


def _stays_longer(watch: Watch, stamp: Stamp, event: happened.VisitExtended, limits: Limits) -> Outcomes:
    if event.role in GUARDING:
        return ()
    due_at = event.until_at + limits["grace"] * MINUTE
    moved = Arm(key=event.visit_id, due_at=due_at, facts=(("role", event.role),))
    return (moved, Cleared(key=event.visit_id, why="extended")) if due_at > watch.now else (moved,)


def _stayed(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    return (Found(key=key, facts=(*armed.facts, ("minutes", limits["grace"]))),)


OVERSTAY = Rule(
    id="WAR-12",
    title=Words("Terlalu lama di dalam", "Overstay"),
    question=Words("Mengapa orang ini belum keluar?", "Why has this person not left?"),
    message=Words(
        "Seseorang masih di dalam lebih dari {minutes} menit sesudah waktunya",
        "Somebody is still inside over {minutes} minutes after their time",
    ),
    basis=grounds.GATE_BOOK,
    level=Level.WASPADA,
    thresholds=(
        minutes(
            "longest",
            720,
            (30, 1440),
            Words("Paling lama tanpa batas tertulis", "Longest stay without a set end"),
            BY_OFFICE,
        ),
        minutes("grace", 30, (0, 240), Words("Kelonggaran", "Grace"), BY_OFFICE),
    ),
    runbook=(
        Words("Cari orang itu di dalam; tanyakan keperluannya.", "Find the person inside; ask what they are doing."),
        Words(
            "Perpanjang kunjungan bila beralasan, atau antar keluar.",
            "Extend the visit if there is a reason, or see them out.",
        ),
        Words("Bila sudah keluar tanpa dicatat, catat keluarnya sekarang.", "If they left unlogged, log the exit now."),
    ),
    incident=grounds.SERANG_PACKING,
    on={
        happened.PersonEntered: _stays,
        happened.VisitExtended: _stays_longer,
        happened.EntryVoided: voided,
    },
    ends=VISIT_OVER,
    due=_stayed,
)


def _visitors(watch: Watch) -> int:
    return sum(count for role, count in watch.warehouse.inside.items() if role not in GUARDING)


def _evening_is_set(watch: Watch, stamp: Stamp, event: happened.PersonEntered, limits: Limits) -> Outcomes:
    if event.role in GUARDING or watch.armed("WAR-13", "evening") is not None:
        return ()
    return (Arm(key="evening", due_at=next_at(watch.place, watch.now, limits["evening"])),)


def _evening(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    count = _visitors(watch)
    if not count:
        return ()
    tomorrow = Arm(key="evening", due_at=next_at(watch.place, now, limits["evening"]))
    return (Found(key="inside", facts=(("count", count),)), tomorrow)


def _last_one_left(watch: Watch, stamp: Stamp, event: happened.PersonLeft, limits: Limits) -> Outcomes:
    if not watch.is_open("WAR-13", "inside") or _visitors(watch):
        return ()
    return (Cleared(key="inside", why="left"),)


NEVER_LEFT = Rule(
    id="WAR-13",
    title=Words("Belum keluar sampai malam", "Still inside at night"),
    question=Words("Siapa yang masih di dalam setelah kegiatan selesai?", "Who is still inside after the day's work?"),
    message=Words(
        "{count} orang belum tercatat keluar sampai malam", "{count} people have not been logged out by night"
    ),
    basis=grounds.GATE_BOOK,
    level=Level.SIAGA,
    thresholds=(
        Threshold(
            name="evening",
            unit="minute_of_day",
            default=22 * 60 + 30,
            least=0,
            most=1439,
            label=Words("Diperiksa pukul", "Looked at"),
            source="SOP; jam kerja gudang ditetapkan kantor",
        ),
    ),
    runbook=(
        Words(
            "Periksa seluruh ruang, termasuk kamar kecil dan lorong.",
            "Search every room, lavatories and corridors too.",
        ),
        Words(
            "Cocokkan daftar di dalam dengan orang yang ditemukan.",
            "Compare the list of those inside with the people found.",
        ),
        Words(
            "Catat keluar yang ternyata sudah pulang; antar keluar yang tertinggal.",
            "Log out those who went home; see out those who stayed.",
        ),
    ),
    incident=grounds.SERANG_PACKING,
    on={happened.PersonEntered: _evening_is_set, happened.PersonLeft: _last_one_left},
    due=_evening,
)


def _counted(watch: Watch, key: str, window: int) -> tuple[int, Arm]:
    """One attempt more within a window that began with the first, and the deadline that remembers the count."""
    armed = watch.armed("WAR-14", key)
    facts = dict(armed.facts) if armed is not None else {}
    count, since_at = int(facts.get("count", 0)) + 1, int(facts.get("since_at", watch.now))
    remembered = (("count", count), ("since_at", since_at))
    return count, Arm(key=key, due_at=since_at + window * MINUTE, facts=remembered)


def _refused(watch: Watch, stamp: Stamp, event: happened.EntryRefused, limits: Limits) -> Outcomes:
    count, remembered = _counted(watch, "gate", limits["window"])
    outcomes: Outcomes = (remembered,)
    if count >= limits["attempts"]:
        outcomes += (Found(key="gate", facts=(("count", count), ("minutes", limits["window"]))),)
    if who := event.person or event.plate:
        count, remembered = _counted(watch, who, A_DAY)
        outcomes += (remembered,)
        if count >= limits["same"]:
            outcomes += (Found(key=who, facts=(("count", count), ("minutes", A_DAY))),)
    return outcomes


def _window_over(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    return ()  # the count begins anew; what was found stays until somebody has looked


REFUSED_AGAIN = Rule(
    id="WAR-14",
    title=Words("Percobaan masuk berulang", "Repeated attempts to enter"),
    question=Words("Siapa yang terus mencoba masuk, dan mengapa?", "Who keeps trying to get in, and why?"),
    message=Words(
        "{count} percobaan masuk ditolak dalam {minutes} menit",
        "{count} attempts to enter were refused within {minutes} minutes",
    ),
    basis=grounds.GATE_BOOK,
    level=Level.SIAGA,
    thresholds=(
        Threshold(
            name="attempts",
            unit="attempts",
            default=5,
            least=2,
            most=100,
            label=Words("Penolakan di gerbang", "Refusals at the gate"),
            source=BY_OFFICE,
        ),
        Threshold(
            name="same",
            unit="attempts",
            default=3,
            least=2,
            most=20,
            label=Words("Penolakan orang yang sama sehari", "Refusals of the same person in a day"),
            source=BY_OFFICE,
        ),
        minutes("window", 60, (5, 1440), Words("Dalam waktu", "Within"), BY_OFFICE),
    ),
    runbook=(
        Words("Minta polisi di lokasi berjaga di gerbang.", "Ask the police on site to stand at the gate."),
        Words("Foto dan catat ciri orang serta kendaraannya.", "Photograph and describe the person and the vehicle."),
        Words("Beri tahu gudang lain di kabupaten/kota ini.", "Tell the other warehouses of the district."),
    ),
    incident=grounds.BANDUNG_OUTSIDERS,
    on={happened.EntryRefused: _refused},
    due=_window_over,
)


def _crowd(watch: Watch, stamp: Stamp, event: happened.PersonEntered, limits: Limits) -> Outcomes:
    most = watch.warehouse.rules.people_limit or limits["people"]
    if event.inside_after <= most:
        return ()
    return (Found(key="inside", facts=(("count", event.inside_after), ("most", most))),)


def _thinned(watch: Watch, stamp: Stamp, event: happened.PersonLeft, limits: Limits) -> Outcomes:
    if event.inside_after is None or not watch.is_open("WAR-15", "inside"):
        return ()
    most = watch.warehouse.rules.people_limit or limits["people"]
    # A tenth below the limit: one going and one coming must not ring the bell each time.
    if event.inside_after > most - most // 10:
        return ()
    return (Cleared(key="inside", why="fewer_inside"),)


CROWD = Rule(
    id="WAR-15",
    title=Words("Terlalu banyak orang di dalam", "Too many people inside"),
    question=Words("Masih dapatkah semua orang di dalam diawasi?", "Can everybody inside still be watched?"),
    message=Words("{count} orang di dalam, batas {most}", "{count} people inside, the limit is {most}"),
    basis=grounds.SORTER_RULES,
    level=Level.SIAGA,
    thresholds=(
        Threshold(
            name="people",
            unit="people",
            default=150,
            least=5,
            most=2000,
            label=Words("Paling banyak orang", "People at most"),
            source=BY_OFFICE,
        ),
    ),
    runbook=(
        Words(
            "Minta KPU menghentikan orang masuk sampai jumlahnya turun.",
            "Ask KPU to stop entries until there are fewer.",
        ),
        Words(
            "Pisahkan meja yang bekerja dari orang yang menunggu.", "Keep working tables apart from people who wait."
        ),
        Words(
            "Tambah pengawas; sarankan pengepakan bergilir per kecamatan.",
            "Add supervisors; advise packing by subdistrict in turns.",
        ),
    ),
    incident=grounds.SERANG_PACKING,
    on={happened.PersonEntered: _crowd, happened.PersonLeft: _thinned},
)

RULES = (OVERSTAY, NEVER_LEFT, REFUSED_AGAIN, CROWD)
