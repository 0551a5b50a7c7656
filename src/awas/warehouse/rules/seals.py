"""Rules on seals: whole, themselves, used once, looked at, and taken off on somebody's authority. Pure."""

from awas.ledger.area import MINUTE, Instant, Stamp
from awas.ledger.message import moment
from awas.warehouse import events as happened
from awas.warehouse.rules import grounds, names
from awas.warehouse.rules.endings import voided
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Fact,
    Found,
    Level,
    Limits,
    Outcomes,
    Rule,
    Watch,
    Words,
    minutes,
)

STANDING = frozenset({"door", "gate", "room", "container", "cabinet", "cctv_recorder"})
"""Seals that stay in their place and are looked at every day; those on boxes, and on goods that travel, are many and
are looked at when the goods are counted."""


def _named(event: happened.SealChecked | happened.SealApplied | happened.SealRemoved) -> tuple[Fact, ...]:
    return (("number", event.number), ("object", event.object_name or event.sealed_object))


def _broken(watch: Watch, stamp: Stamp, event: happened.SealChecked, limits: Limits) -> Outcomes:
    if event.result == "intact":
        return (Cleared(key=event.seal, why="checked"),)
    if event.result not in ("broken", "missing"):
        return ()
    level = Level.AWAS if event.ballots_inside else Level.SIAGA
    return (Found(key=event.seal, facts=_named(event), level=level),)


def _replaced(watch: Watch, stamp: Stamp, event: happened.SealApplied, limits: Limits) -> Outcomes:
    return (Cleared(key=event.replaces or event.seal, why="replaced"),)


BROKEN = Rule(
    id="WAR-22",
    title=Words("Segel rusak atau hilang", "Seal broken or missing"),
    question=Words("Siapa yang membuka segel ini?", "Who opened this seal?"),
    message=Words("Segel {number} rusak atau hilang ({object})", "Seal {number} is broken or missing ({object})"),
    names={"object": names.SEALED_OBJECTS},
    basis=grounds.SEALED,
    level=Level.SIAGA,
    runbook=(
        Words(
            "Jangan sentuh; foto segel, pintu, dan sekelilingnya.",
            "Don't touch; photograph the seal, the door and around it.",
        ),
        Words(
            "Panggil KPU dan polisi; jaga pintunya sampai mereka datang.",
            "Call KPU and the police; stand at the door until they come.",
        ),
        Words("Lihat rekaman CCTV sejak pemeriksaan terakhir.", "Look at the footage since the last check."),
        Words(
            "Hitung isi, segel ulang dengan nomor baru, dan tanda tangani berita acara.",
            "Count what is inside, seal it with a new number, and sign a record.",
        ),
    ),
    incident=grounds.UNSEALED_BOXES,
    on={happened.SealChecked: _broken, happened.SealApplied: _replaced, happened.EntryVoided: voided},
)


def _other_number(watch: Watch, stamp: Stamp, event: happened.SealChecked, limits: Limits) -> Outcomes:
    if event.result == "different":
        return (Found(key=event.seal, facts=(*_named(event), ("found", event.found_number))),)
    if event.elsewhere:
        return (Found(key=event.seal, facts=(*_named(event), ("found", event.place_before))),)
    return ()


def _not_the_announced(watch: Watch, stamp: Stamp, event: happened.GoodsReceived, limits: Limits) -> Outcomes:
    if not event.seals_missing and not event.seals_unexpected:
        return ()
    number = (*event.seals_missing, *event.seals_unexpected)[0]
    found = ", ".join(event.seals_unexpected[:3])
    facts = (("number", number), ("object", event.delivery_letter), ("found", found))
    return (Found(key=event.receipt_id, facts=facts, level=Level.SIAGA),)


SWAPPED = Rule(
    id="WAR-23",
    title=Words("Segel tertukar", "Seal swapped"),
    question=Words("Mengapa nomor segel lain dari catatan?", "Why is the seal's number not the one on record?"),
    message=Words("Segel {number} tidak seperti tercatat: {found}", "Seal {number} is not as recorded: {found}"),
    names={"found": {"": Words("nomor itu tidak ditemukan", "that number was not found")}},
    places=("found",),
    basis=grounds.SEALED,
    level=Level.AWAS,
    runbook=(
        Words(
            "Jangan dibuka; foto nomor yang terpasang dan nomor dalam catatan.",
            "Don't open; photograph the number on it and the one on record.",
        ),
        Words(
            "Tanyakan pengirim atau penjaga sebelumnya siapa yang mengganti segel.",
            "Ask the sender or the watch before who changed the seal.",
        ),
        Words(
            "Buka dan hitung hanya bersama KPU, Polri, dan saksi.",
            "Open and count only with KPU, police and witnesses.",
        ),
    ),
    incident=grounds.UNSEALED_BOXES,
    on={
        happened.SealChecked: _other_number,
        happened.GoodsReceived: _not_the_announced,
        happened.SealApplied: _replaced,
        happened.EntryVoided: voided,
    },
)


def _used_before(watch: Watch, stamp: Stamp, event: happened.SealApplied, limits: Limits) -> Outcomes:
    if not event.reused:
        return ()
    before = event.object_before or event.place_before or "?"
    return (Found(key=event.seal, facts=(("number", event.number), ("before", before))),)


USED_TWICE = Rule(
    id="WAR-24",
    title=Words("Nomor segel dipakai dua kali", "Seal number used twice"),
    question=Words("Apakah ada dua segel dengan nomor sama?", "Are there two seals of the same number?"),
    message=Words(
        "Nomor segel {number} pernah dipakai di {before}", "Seal number {number} was used before on {before}"
    ),
    basis=grounds.SEALED,
    level=Level.SIAGA,
    runbook=(
        Words("Periksa kedua tempat: segel mana yang asli?", "Look at both places: which seal is the real one?"),
        Words("Ganti dengan nomor baru di hadapan saksi.", "Replace it by a new number before witnesses."),
        Words("Minta KPU daftar nomor segel yang diterima.", "Ask KPU for the list of seal numbers received."),
    ),
    incident=grounds.UNSEALED_BOXES,
    on={happened.SealApplied: _used_before, happened.EntryVoided: voided},
)


def _looked_at(
    watch: Watch, stamp: Stamp, event: happened.SealApplied | happened.SealChecked, limits: Limits
) -> Outcomes:
    if event.sealed_object not in STANDING or event.consignment_id:
        return ()
    due_at = moment(stamp) + limits["minutes"] * MINUTE
    again = Arm(key=event.seal, due_at=due_at, facts=(*_named(event), ("hours", limits["minutes"] // 60)))
    return (again, Cleared(key=event.seal, why="checked"))


def _not_looked_at(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    again = Arm(key=key, due_at=now + limits["minutes"] * MINUTE, facts=armed.facts)
    return (Found(key=key, facts=armed.facts), again)


UNCHECKED = Rule(
    id="WAR-25",
    title=Words("Segel lama tidak diperiksa", "Seal not checked for long"),
    question=Words("Kapan segel ini terakhir dilihat?", "When was this seal last looked at?"),
    message=Words(
        "Segel {number} ({object}) tidak diperiksa lebih dari {hours} jam",
        "Seal {number} ({object}) has not been checked for over {hours} hours",
    ),
    names={"object": names.SEALED_OBJECTS},
    basis=grounds.SEALED,
    level=Level.WASPADA,
    thresholds=(
        minutes(
            "minutes",
            1560,
            (60, 10_080),
            Words("Tidak diperiksa selama", "Not checked for"),
            "SOP; perlu ditetapkan kantor",
        ),
    ),
    runbook=(
        Words(
            "Periksa segelnya sekarang dan catat hasilnya dengan foto.",
            "Check the seal now and record it with a photograph.",
        ),
        Words("Masukkan segel ini ke pemeriksaan setiap serah terima.", "Make this seal part of every hand-over."),
    ),
    incident=grounds.UNSEALED_BOXES,
    on={
        happened.SealApplied: _looked_at,
        happened.SealChecked: _looked_at,
        happened.EntryVoided: voided,
    },
    ends={
        happened.SealApplied: ("replaces", "replaced"),
        happened.SealRemoved: ("seal", "checked"),
        happened.SealMovedAway: ("seal", "checked"),
    },
    due=_not_looked_at,
)


def _no_authority(watch: Watch, stamp: Stamp, event: happened.SealRemoved, limits: Limits) -> Outcomes:
    if event.authority or event.witnesses:
        return ()
    level = Level.AWAS if watch.warehouse.ballots_inside and event.sealed_object in STANDING else None
    return (Found(key=event.seal, facts=_named(event), level=level),)


NO_AUTHORITY = Rule(
    id="WAR-26",
    title=Words("Segel dibuka tanpa perintah dan saksi", "Seal opened on nobody's authority"),
    question=Words(
        "Atas surat apa dan di hadapan siapa segel dibuka?", "By what letter and before whom was the seal opened?"
    ),
    message=Words(
        "Segel {number} ({object}) dibuka tanpa surat dan tanpa saksi",
        "Seal {number} ({object}) was opened with no letter and no witness",
    ),
    names={"object": names.SEALED_OBJECTS},
    basis=grounds.SEALED,
    level=Level.SIAGA,
    runbook=(
        Words("Tanyakan siapa yang memerintahkan; minta suratnya.", "Ask who ordered it; ask for the letter."),
        Words(
            "Hitung isi di hadapan saksi dan segel ulang.", "Count what is inside before a witness and seal it again."
        ),
        Words("Tuangkan dalam Formulir Model A.", "Put it in Form A."),
    ),
    incident=grounds.UNSEALED_BOXES,
    on={happened.SealRemoved: _no_authority, happened.SealApplied: _replaced, happened.EntryVoided: voided},
)

RULES = (BROKEN, SWAPPED, USED_TWICE, UNCHECKED, NO_AUTHORITY)
