"""Rules on boxes and packages, on stages closed and reopened, and on what is destroyed in the end. Pure."""

from awas.ledger.area import Stamp
from awas.ledger.naming import name_of
from awas.logistics import events as happened
from awas.logistics.keys import closure_key
from awas.logistics.rules import grounds
from awas.logistics.rules.making import BY_TALLY, NAMES, first_of, found_if, found_or_cleared
from awas.warehouse.rules import grounds as seen
from awas.warnings.rule import Cleared, Found, Level, Limits, Outcomes, Rule, Watch, Words


def _unsealed(
    watch: Watch, stamp: Stamp, event: happened.TransferOffered | happened.UnitChecked, limits: Limits
) -> Outcomes:
    units = (event.unit,) * event.unsealed if isinstance(event, happened.UnitChecked) else event.unsealed
    return tuple(Found(key=unit, facts=(("unit", name_of(unit)),)) for unit in units)


UNSEALED = Rule(
    id="LOG-26",
    title=Words("Kotak tidak tersegel", "A box without seal"),
    question=Words("Mengapa kotak ini tidak disegel?", "Why is this box not sealed?"),
    message=Words("Kotak tidak tersegel: {unit}", "Box without seal: {unit}"),
    basis=grounds.CONFORMITY,
    level=Level.SIAGA,
    runbook=(
        Words("Hitung isi berdua, lalu segel dan catat nomornya.", "Count by two, then seal, and note the numbers."),
        Words("Periksa kotak lain dari tempat yang sama.", "Check the other boxes from there."),
    ),
    incident=seen.UNSEALED_BOXES,
    on={happened.TransferOffered: _unsealed, happened.UnitChecked: _unsealed},
    ends={happened.UnitSealed: ("unit", "replaced")},
)


def _mismatch(watch: Watch, stamp: Stamp, event: happened.UnitChecked, limits: Limits) -> Outcomes:
    bad = event.differs or event.absent or event.result != "intact"
    if not bad and not event.seals:
        return ()  # "intact" without a number read says nothing about a seal that was another one before
    what = first_of(event.differs or event.absent) or event.result
    return found_or_cleared(bad, event.unit, "checked", ("unit", name_of(event.unit)), ("seal", what))


SEAL_MISMATCH = Rule(
    id="LOG-27",
    title=Words("Segel berbeda antara dua pemeriksaan", "Seals differ between two checks"),
    question=Words("Kapan dan oleh siapa segelnya diganti?", "When and by whom was the seal changed?"),
    message=Words("{unit}: segel {seal} tidak sesuai catatan", "{unit}: seal {seal} isn't what the record has"),
    basis=grounds.CONFORMITY,
    level=Level.AWAS,
    runbook=(
        Words("Buka rute kotak: pemeriksaan terakhir yang sesuai.", "Open the box's way: the last check that agreed."),
        Words("Amankan; hitung isi dengan saksi sebelum dipakai.", "Secure it; count with witnesses before use."),
    ),
    incident=seen.UNSEALED_BOXES,
    on={happened.UnitChecked: _mismatch},
    ends={happened.UnitSealed: ("unit", "replaced")},
)


def _two_places(watch: Watch, stamp: Stamp, event: happened.UnitChecked, limits: Limits) -> Outcomes:
    facts = (("unit", name_of(event.unit)), ("place", event.elsewhere))
    # Looked at here once more, it says nothing about the other place: only a person ends this.
    return found_if(event.elsewhere, event.unit, *facts)


TWO_PLACES = Rule(
    id="LOG-28",
    title=Words("Satu kotak di dua tempat", "A unit in two places"),
    question=Words("Label ganda, atau pindah tanpa serah terima?", "A second label, or moved without hand-over?"),
    message=Words("{unit} terlihat di sini, tercatat di {place}", "{unit} was seen here; the record has it at {place}"),
    places=("place",),
    basis=grounds.OWN_RECORD,
    level=Level.AWAS,
    runbook=(
        Words("Bandingkan nomor segel di kedua tempat.", "Compare the seals at both places."),
        Words("Tanyakan tempat yang tercatat apakah kotaknya masih ada.", "Ask there whether the box still stands."),
    ),
    incident=seen.WRONG_DESTINATION,
    on={happened.UnitChecked: _two_places},
)


def _store(watch: Watch, stamp: Stamp, event: happened.UnofficialStoreReported, limits: Limits) -> Outcomes:
    return (Found(key=event.report_id, facts=(("where", event.where),)),)


UNOFFICIAL_STORE = Rule(
    id="LOG-30",
    title=Words("Disimpan di tempat tidak resmi", "Kept in an unofficial store"),
    question=Words("Mengapa logistik ada di sana?", "Why are logistics there?"),
    message=Words("Logistik disimpan di {where}", "Logistics are kept at {where}"),
    basis=seen.FIVE_RIGHTS,
    level=Level.SIAGA,
    runbook=(
        Words("Datangi, foto, hitung dengan KPU dan Polri.", "Go there; photograph; count with KPU and the police."),
        Words("Minta dipindahkan dengan pengawalan ke gudang resmi.", "Have it moved under escort to the warehouse."),
    ),
    incident=seen.UNOFFICIAL_STORE,
    on={happened.UnofficialStoreReported: _store},
    ends={happened.UnofficialStoreCleared: ("report_id", "returned")},
)


def _closed_open(watch: Watch, stamp: Stamp, event: happened.StageClosed, limits: Limits) -> Outcomes:
    facts = (("units", event.open_units), ("count", event.unexplained))
    left = event.stage != "destruction" and (event.open_units or event.unexplained)
    return found_if(left, closure_key(stamp.place, event.stage), *facts)


def _may_reopen(watch: Watch, stamp: Stamp, event: happened.ApprovalAnswered, limits: Limits) -> Outcomes:
    return (Cleared(key=event.subject, why="corrected"),) if event.granted else ()


CLOSED_OPEN = Rule(
    id="LOG-31",
    title=Words("Tahap ditutup dengan sisa atau selisih", "A stage closed with things left"),
    question=Words("Apa yang belum selesai?", "What isn't done?"),
    message=Words("Ditutup dengan sisa {units} dan {count} selisih", "{units} left and {count} differences at closing"),
    basis=grounds.OWN_RECORD,
    level=Level.SIAGA,
    runbook=(
        Words("Minta persetujuan membuka kembali tahap itu.", "Ask leave to reopen the stage."),
        Words("Selesaikan sisa dan jelaskan selisih, lalu tutup lagi.", "Finish what is left, explain, close again."),
    ),
    incident=seen.MALANG_TIRED,
    on={happened.StageClosed: _closed_open, happened.ApprovalAnswered: _may_reopen},
)


def _not_destroyed(watch: Watch, stamp: Stamp, event: happened.StageClosed, limits: Limits) -> Outcomes:
    if event.stage != "destruction":
        return ()
    return found_or_cleared(event.open_units, "destruction", "settled", ("units", event.open_units))


NOT_DESTROYED = Rule(
    id="LOG-32",
    title=Words("Yang dimusnahkan tidak sama dengan rusak + kelebihan", "Destroyed isn't damaged + surplus"),
    question=Words("Di mana sisa yang tidak dimusnahkan?", "Where are those not destroyed?"),
    message=Words("{units} rusak atau lebih tidak dimusnahkan", "{units} damaged or surplus were not destroyed"),
    basis=grounds.DESTROYED,
    level=Level.AWAS,
    runbook=(
        Words("Hitung sisa per jenis dengan saksi; jangan ditinggalkan.", "Count the rest by kind, with witnesses."),
        Words("Minta berita acara pemusnahan dengan angka per jenis.", "Ask for minutes with figures by kind."),
    ),
    incident=grounds.SERANG_DESTROYED,
    on={happened.StageClosed: _not_destroyed},
)


def _no_paper(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    return found_if(event.document_missing, event.tally_id, ("step", event.step))


NO_PAPER = Rule(
    id="LOG-33",
    title=Words("Tanpa surat atau berita acara", "Without paper"),
    question=Words("Apa nomor BTTB atau berita acaranya?", "What is the number of the receipt or the minutes?"),
    message=Words("{step} tanpa nomor dokumen", "{step} without a document's number"),
    basis=grounds.MINUTES,
    level=Level.WASPADA,
    runbook=(
        Words("Minta dokumennya hari ini; catat nomornya.", "Ask for it today, and note its number."),
        Words("Bila tidak dibuat, tulis dalam Formulir Model A.", "If there is none, put it in Form A."),
    ),
    incident=grounds.SERANG_DESTROYED,
    names=NAMES,
    on={happened.Tallied: _no_paper},
    ends=BY_TALLY,
)


def _unchecked(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    if event.step not in {"sort", "fold"} or event.workers_checked is None:
        return ()
    return found_or_cleared(not event.workers_checked, "workers", "checked", ("count", event.workers))


UNCHECKED_WORKERS = Rule(
    id="LOG-34",
    title=Words("Pekerja sortir-lipat belum dicek", "Sorters not checked"),
    question=Words("Sudahkah pekerja dicek di SIPOL dan digeledah?", "Were the workers looked up and searched?"),
    message=Words("{count} pekerja belum dicek", "{count} workers not checked"),
    basis=seen.SORTER_RULES,
    level=Level.WASPADA,
    runbook=(
        Words("Minta daftar pekerja dan hasil cek SIPOL.", "Ask for the list and the register's answers."),
        Words("Periksa badan saat masuk dan keluar.", "Have them searched going in and out."),
    ),
    incident=grounds.DEPOK_SORTERS,
    on={happened.Tallied: _unchecked},
)


def _reopened(watch: Watch, stamp: Stamp, event: happened.ApprovalAnswered, limits: Limits) -> Outcomes:
    return found_if(event.granted and event.action == "reopen", event.subject, ("subject", event.subject))


def _closed_again(watch: Watch, stamp: Stamp, event: happened.StageClosed, limits: Limits) -> Outcomes:
    return (Cleared(key=closure_key(stamp.place, event.stage), why="settled"),)


REOPENED = Rule(
    id="LOG-35",
    title=Words("Tahap dibuka kembali", "A stage was reopened"),
    question=Words("Mengapa dibuka kembali, dan siapa yang setuju?", "Why was it reopened, and who agreed?"),
    message=Words("Dibuka kembali: {subject}", "Reopened: {subject}"),
    basis=grounds.OWN_RECORD,
    level=Level.WASPADA,
    runbook=(
        Words("Awasi langsung selama tahap terbuka.", "Watch it in person while it is open."),
        Words("Tutup kembali segera sesudah selesai.", "Close it again as soon as it is done."),
    ),
    incident=seen.SERANG_PACKING,
    on={happened.ApprovalAnswered: _reopened, happened.StageClosed: _closed_again},
)

RULES: tuple[Rule, ...] = (
    UNSEALED, SEAL_MISMATCH, TWO_PLACES, UNOFFICIAL_STORE, CLOSED_OPEN, NOT_DESTROYED, NO_PAPER, UNCHECKED_WORKERS,
    REOPENED,
)  # fmt: skip
