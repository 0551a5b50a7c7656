"""Rules on the building: cameras, keys, water, fire, power, other uses, fitness, incidents. Pure."""

from awas.ledger.area import MINUTE, Instant, Stamp
from awas.ledger.message import moment
from awas.warehouse import events as happened
from awas.warehouse.rules import grounds, names
from awas.warehouse.rules.endings import voided
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
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


def _cameras(watch: Watch, stamp: Stamp, event: happened.CctvReported, limits: Limits) -> Outcomes:
    wanted = max(event.total, watch.warehouse.rules.cameras_wanted)
    if event.recording and event.working >= wanted:
        return (Cleared(key="cctv", why="working_again"),)
    facts = (("working", event.working), ("wanted", wanted), ("recording", int(event.recording)))
    blind = not event.recording or not event.working
    return (Found(key="cctv", facts=facts, level=Level.SIAGA if blind else Level.WASPADA),)


CCTV_DOWN = Rule(
    id="WAR-32",
    title=Words("CCTV mati atau tidak merekam", "CCTV down or not recording"),
    question=Words("Apa yang tidak terlihat sekarang?", "What can't be seen now?"),
    message=Words(
        "{working} dari {wanted} kamera menyala, atau rekaman berhenti",
        "{working} of {wanted} cameras work, or the recording has stopped",
    ),
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.SIAGA,
    thresholds=(minutes("minutes", 0, (0, 240), Words("Mati selama", "Down for"), BY_OFFICE),),
    holds_for="minutes",
    runbook=(
        Words(
            "Catat kamera mana dan sejak kapan; foto layar pemantau.",
            "Note which camera and since when; photograph the monitor.",
        ),
        Words("Tempatkan orang di bagian yang tidak terlihat.", "Put somebody where nothing is seen."),
        Words(
            "Minta KPU memperbaiki hari ini; minta jaminan rekaman sebelumnya tersimpan.",
            "Ask KPU to repair it today, and to keep the earlier footage.",
        ),
    ),
    incident=grounds.CIREBON_CAMERAS,
    categories=("Infra", "Security"),
    on={happened.CctvReported: _cameras},
)


def _key_out(watch: Watch, stamp: Stamp, event: happened.KeyTaken, limits: Limits) -> Outcomes:
    facts = (("door", event.door), ("minutes", limits["minutes"]))
    return (Arm(key=event.key_id, due_at=moment(stamp) + limits["minutes"] * MINUTE, facts=facts),)


def _key_still_out(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    again = Arm(key=key, due_at=now + limits["minutes"] * MINUTE, facts=armed.facts)
    return (Found(key=key, facts=armed.facts), again)


KEY_OUT = Rule(
    id="WAR-33",
    title=Words("Kunci belum kembali", "Key not returned"),
    question=Words("Siapa yang memegang kunci ini?", "Who holds this key?"),
    message=Words(
        "Kunci {door} belum kembali sesudah {minutes} menit",
        "The key of {door} has been out for over {minutes} minutes",
    ),
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.WASPADA,
    thresholds=(minutes("minutes", 720, (15, 2880), Words("Dipinjam selama", "Out for"), BY_OFFICE),),
    runbook=(
        Words("Hubungi pemegang kunci; minta dikembalikan sekarang.", "Call the holder; ask for it back now."),
        Words("Periksa pintu dan segelnya.", "Check the door and its seal."),
        Words(
            "Kunci hilang: minta KPU mengganti gembok hari ini.",
            "If the key is lost: ask KPU to change the lock today.",
        ),
    ),
    incident=grounds.FOOTAGE_BY_LETTER,
    on={happened.KeyTaken: _key_out},
    ends={happened.KeyReturned: ("key_id", "returned")},
    due=_key_still_out,
)

DESTROYS = frozenset({"fire", "smoke", "flood", "gas"})
"""What can ruin a warehouse within the hour."""


def _threatened(watch: Watch, stamp: Stamp, event: happened.ConditionReported, limits: Limits) -> Outcomes:
    if event.condition == "power_cut":
        return ()
    if event.condition in DESTROYS:
        level = Level.AWAS if event.ballots_inside or event.severity == "critical" else Level.SIAGA
    elif event.ballots_inside:
        level = Level.AWAS if event.severity == "critical" else Level.SIAGA
    else:
        level = Level.SIAGA if event.severity == "critical" else Level.WASPADA
    facts = (("condition", event.condition), ("spot", event.spot), ("ballots", int(event.ballots_inside)))
    return (Found(key=event.condition_id, facts=facts, level=level),)


THREATENED = Rule(
    id="WAR-34",
    title=Words("Air, api, atau kerusakan mengancam logistik", "Water, fire or damage threatens the goods"),
    question=Words("Apakah surat suara di dalam aman?", "Are the ballots inside safe?"),
    message=Words("Gudang terancam: {condition} ({spot})", "The warehouse is threatened: {condition} ({spot})"),
    names={"condition": names.CONDITIONS, "spot": names.SPOT},
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.SIAGA,
    runbook=(
        Words(
            "Api atau asap: kosongkan gudang, panggil pemadam (113), lalu polisi dan KPU.",
            "Fire or smoke: clear the building, call the fire brigade (113), then police and KPU.",
        ),
        Words(
            "Air: pindahkan kotak dari lantai ke palet di hadapan saksi; catat nomor kotak.",
            "Water: lift boxes from the floor onto pallets before witnesses; note their numbers.",
        ),
        Words(
            "Foto sebelum dan sesudah; hitung yang basah atau rusak per jenis.",
            "Photograph before and after; count what is wet or damaged by kind.",
        ),
        Words(
            "Kirim surat kepada KPU dan pemerintah daerah (UU 7/2017 Pasal 434) dengan bukti.",
            "Write to KPU and the local government (Law 7/2017, Article 434) with the evidence.",
        ),
    ),
    incident=grounds.LEBAK_RAIN,
    categories=("Infra", "Met"),
    on={
        happened.ConditionReported: _threatened,
        happened.EntryVoided: voided,
    },
    ends={happened.ConditionEnded: ("condition_id", "repaired")},
    # Whoever lifts boxes out of the water walks no round.
    hides=("WAR-27", "WAR-28", "WAR-35", "WAR-36"),
)


def _power_gone(watch: Watch, stamp: Stamp, event: happened.ConditionReported, limits: Limits) -> Outcomes:
    if event.condition != "power_cut" or watch.armed("WAR-35", event.condition_id) is not None:
        return ()
    began_at = event.began_at or moment(stamp)
    due_at = began_at + limits["minutes"] * MINUTE
    return (Arm(key=event.condition_id, due_at=due_at, facts=(("minutes", limits["minutes"]),)),)


def _still_dark(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    return (Found(key=key, facts=armed.facts, level=Level.SIAGA if watch.warehouse.ballots_inside else None),)


POWER_CUT = Rule(
    id="WAR-35",
    title=Words("Listrik padam", "Power cut"),
    question=Words("Apakah lampu, CCTV, dan alarm masih hidup?", "Do lights, cameras and alarms still work?"),
    message=Words("Listrik padam lebih dari {minutes} menit", "The power has been out for over {minutes} minutes"),
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.WASPADA,
    thresholds=(minutes("minutes", 30, (5, 720), Words("Padam selama", "Out for"), BY_OFFICE),),
    runbook=(
        Words(
            "Nyalakan genset atau lampu darurat; tambah patroli.",
            "Start the generator or emergency lights; make more rounds.",
        ),
        Words(
            "Periksa apakah CCTV masih merekam; catat sela waktunya.",
            "See whether the cameras still record; note the gap.",
        ),
        Words("Tanyakan PLN kapan menyala kembali.", "Ask the power company when it comes back."),
    ),
    incident=grounds.MALANG_LEAKS,
    categories=("Infra",),
    on={
        happened.ConditionReported: _power_gone,
        happened.EntryVoided: voided,
    },
    ends={happened.ConditionEnded: ("condition_id", "repaired")},
    due=_still_dark,
)


def _used(watch: Watch, stamp: Stamp, event: happened.UseReported, limits: Limits) -> Outcomes:
    facts = (("use", event.use), ("count", event.people_count))
    return (Found(key=event.use_id, facts=facts, level=Level.AWAS if event.ballots_inside else None),)


OTHER_USE = Rule(
    id="WAR-36",
    title=Words("Gudang dipakai untuk hal lain", "Warehouse used for something else"),
    question=Words("Siapa yang mengizinkan pemakaian ini?", "Who allowed this use?"),
    message=Words("Gudang dipakai untuk {use}, {count} orang", "The warehouse serves for {use}, {count} people"),
    names={"use": names.USES},
    basis=grounds.KEPT_IN_ONE_PLACE,
    level=Level.SIAGA,
    runbook=(
        Words(
            "Minta kegiatan dihentikan dan orang keluar; catat siapa yang mengizinkan.",
            "Ask for it to stop and people to leave; note who allowed it.",
        ),
        Words("Periksa segel dan tumpukan logistik.", "Check seals and stacks."),
        Words(
            "Sampaikan saran perbaikan kepada KPU (Perbawaslu 5/2022 Pasal 18: 3 hari).",
            "Advise KPU to correct it (Perbawaslu 5/2022, Article 18: within 3 days).",
        ),
    ),
    incident=grounds.KARAWANG_BADMINTON,
    on={happened.UseReported: _used, happened.EntryVoided: voided},
    ends={happened.UseEnded: ("use_id", "incident_closed")},
)

DANGEROUS_ITEMS = frozenset({"FIT-03", "FIT-04", "FIT-05", "FIT-07", "FIT-09"})
"""Points of the checklist about flood, roof, floor, wiring and fire: they don't wait for the next inspection."""


def _checked(watch: Watch, stamp: Stamp, event: happened.FitnessChecked, limits: Limits) -> Outcomes:
    if not event.bad:
        return (Cleared(key="fitness", why="repaired"),)
    dangerous = DANGEROUS_ITEMS.intersection(event.bad)
    level = Level.SIAGA if dangerous and watch.warehouse.ballots_inside else Level.WASPADA
    first = min(dangerous or event.bad)
    return (Found(key="fitness", facts=(("count", len(event.bad)), ("first", first)), level=level),)


UNFIT = Rule(
    id="WAR-37",
    title=Words("Gudang tidak layak", "Warehouse not fit"),
    question=Words(
        "Apa yang harus diperbaiki sebelum hujan atau kiriman berikutnya?",
        "What must be repaired before the next rain or delivery?",
    ),
    message=Words(
        "{count} butir kelayakan buruk, antara lain {first}", "{count} fitness items are bad, {first} among them"
    ),
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.WASPADA,
    runbook=(
        Words("Sampaikan saran perbaikan tertulis kepada KPU dengan foto.", "Advise KPU in writing, with photographs."),
        Words(
            "Minta bantuan pemerintah daerah bila perlu (UU 7/2017 Pasal 434).",
            "Ask the local government to help where needed (Law 7/2017, Article 434).",
        ),
        Words("Periksa ulang dalam tiga hari.", "Check again within three days."),
    ),
    incident=grounds.MALANG_LEAKS,
    categories=("Infra",),
    on={happened.FitnessChecked: _checked},
)

GRAVE_INCIDENTS = frozenset({"intrusion", "theft", "tampering", "fire", "violence", "unofficial_storage"})
INCIDENT_LEVELS = {"low": Level.WASPADA, "high": Level.SIAGA, "critical": Level.AWAS}


def _incident(watch: Watch, stamp: Stamp, event: happened.IncidentReported, limits: Limits) -> Outcomes:
    level = INCIDENT_LEVELS[event.severity]
    if event.incident in GRAVE_INCIDENTS and level is Level.WASPADA:
        level = Level.SIAGA
    facts = (("incident", event.incident), ("spot", event.spot))
    return (Found(key=event.incident_id, facts=facts, level=level),)


INCIDENT = Rule(
    id="WAR-38",
    title=Words("Kejadian khusus", "Incident"),
    question=Words("Siapa yang menangani kejadian ini?", "Who is dealing with this incident?"),
    message=Words("Kejadian khusus: {incident} ({spot})", "An incident was reported: {incident} ({spot})"),
    names={"incident": names.INCIDENTS, "spot": names.SPOT},
    basis=grounds.REPORTED,
    level=Level.SIAGA,
    runbook=(
        Words("Amankan orang, lalu logistik, lalu bukti.", "Make people safe, then the goods, then the evidence."),
        Words(
            "Panggil polisi bila ada pencurian, perusakan, atau kekerasan.",
            "Call the police for theft, damage or violence.",
        ),
        Words("Catat waktu, saksi, dan bukti untuk Formulir Model A.", "Note time, witnesses and evidence for Form A."),
        Words("Tutup kejadian dengan hasilnya.", "Close the incident with its outcome."),
    ),
    incident=grounds.JAMBI_OBSTRUCTED,
    on={
        happened.IncidentReported: _incident,
        happened.EntryVoided: voided,
    },
    ends={happened.IncidentClosed: ("incident_id", "incident_closed")},
)

RULES = (CCTV_DOWN, KEY_OUT, THREATENED, POWER_CUT, OTHER_USE, UNFIT, INCIDENT)
