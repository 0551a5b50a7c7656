"""What the refusals of logistics say to people: every code that a decision may raise, in both languages.

A sentence gives the room for what it names, `NAMES` what people call it: no sentence is told apart there.
"""

import re
from collections.abc import Callable, Mapping

from awas.access.narration import word
from awas.ledger.naming import name_of, place_of
from awas.ledger.refusals import Sentence
from awas.logistics import models
from awas.logistics.keys import kit_key
from awas.logistics.words import (
    ACTIONS,
    APPROVAL_STATES,
    KIT_STATES,
    LEGS,
    SHELVES,
    TRANSFER_STATES,
    ballot_names,
    stage_title,
    step_title,
    thing_said,
    within,
)
from awas.places.codes import is_station
from awas.places.services import names_of, place_name

WORDS: Mapping[str, Sentence] = {
    "logistics.step_unknown": Sentence(
        "Langkah %(step)s tidak ada dalam tabel tahapan.", "The step %(step)s isn't in the table of stages."
    ),
    "logistics.tally_exists": Sentence("Hitungan ini sudah dicatat.", "This tally is on record already."),
    "logistics.tally_unknown": Sentence("Hitungan ini tidak ada dalam catatan.", "This tally isn't on record."),
    "logistics.tally_elsewhere": Sentence("Hitungan ini milik %(place)s.", "This tally belongs to %(place)s."),
    "logistics.tally_void": Sentence("Hitungan ini sudah dibatalkan.", "This tally has been taken back already."),
    "logistics.tally_by_gate": Sentence(
        "Hitungan ini dicatat di gerbang: perbaiki atau batalkan catatan di sana.",
        "This was counted in at the gate: correct it or take it back there.",
    ),
    "logistics.station_needed": Sentence(
        "Langkah %(step)s dihitung per TPS: sebutkan TPS-nya.", "The step %(step)s is counted per station: name it."
    ),
    "logistics.no_station": Sentence(
        "Langkah %(step)s tidak dihitung per TPS.", "The step %(step)s isn't counted per station."
    ),
    "logistics.step_finds_no_damage": Sentence(
        "Pada langkah %(step)s tidak ada pencatatan rusak; sortir dahulu.",
        "The step %(step)s finds no damage; sort first.",
    ),
    "logistics.checked_in_kits": Sentence(
        "Hanya perlengkapan dalam paket TPS yang cukup diperiksa tanpa diambil dari stok; surat suara selalu dihitung.",
        "Only equipment in a station's kit may be looked at without taking it from stock; ballots are always counted.",
    ),
    "logistics.damage_sum": Sentence(
        "Jumlah per kriteria %(sum)s, padahal yang rusak %(damaged)s.",
        "The criteria add up to %(sum)s, but %(damaged)s are damaged.",
    ),
    "logistics.usable_beyond": Sentence(
        "Yang tidak sempurna tetapi layak (%(usable)s) lebih banyak daripada yang baik (%(passed)s).",
        "More imperfect but usable ones (%(usable)s) than good ones (%(passed)s).",
    ),
    "logistics.step_misses_nothing": Sentence(
        "Pada langkah %(step)s jumlah tidak boleh berkurang; selisih %(short)s.",
        "Nothing may go missing in the step %(step)s; %(short)s are short.",
    ),
    "logistics.nothing_there": Sentence(
        'Belum ada %(what)s di sini dengan keadaan "%(shelf)s": langkah sebelumnya belum dicatat.',
        'No %(what)s here on the shelf "%(shelf)s" yet: the step before isn\'t on record.',
    ),
    "logistics.kit_unknown": Sentence("Paket %(key)s belum dikemas.", "The kit of %(key)s isn't packed yet."),
    "logistics.kit_holds_less": Sentence(
        "Paket %(station)s tidak berisi sebanyak itu: %(what)s kurang %(units)s.",
        "The kit of %(station)s doesn't hold that many: %(what)s lacks %(units)s.",
    ),
    "logistics.kit_elsewhere": Sentence(
        "Paket %(station)s ada di %(place)s.", "The kit of %(station)s is at %(place)s."
    ),
    "logistics.kit_on_its_way": Sentence(
        "Paket %(station)s sudah keluar dari gudang (%(state)s).",
        "The kit of %(station)s has left the warehouse (%(state)s).",
    ),
    "logistics.kit_not_offered": Sentence(
        "Paket %(station)s tidak termasuk kiriman ini; pengirimnya harus menyerahkannya sendiri.",
        "The kit of %(station)s isn't part of this transfer; its own sender must hand it over.",
    ),
    "logistics.leg_not_next": Sentence(
        "Paket %(station)s (%(state)s) belum dapat menempuh tahap perjalanan ini: %(leg)s.",
        "The kit of %(station)s (%(state)s) can't set out on this leg yet: %(leg)s.",
    ),
    "logistics.leg_ends_at_station": Sentence(
        "Distribusi ke TPS berakhir di TPS, bukan di %(place)s.", "The leg to a station ends at one, not at %(place)s."
    ),
    "logistics.station_unknown": Sentence(
        "%(station)s tidak ada dalam daftar TPS; periksa kodenya.",
        "%(station)s isn't in the register; check its code.",
    ),
    "logistics.station_elsewhere": Sentence(
        "%(station)s tidak berada di %(district)s.", "%(station)s doesn't lie in %(district)s."
    ),
    "logistics.stage_closed": Sentence(
        "Tahap %(stage)s sudah ditutup di sini; minta persetujuan untuk membukanya kembali.",
        "The stage %(stage)s is closed here; ask for leave to reopen it.",
    ),
    "logistics.stage_open": Sentence("Tahap %(stage)s masih terbuka.", "The stage %(stage)s is open."),
    "logistics.leave_needed": Sentence(
        "Perlu persetujuan orang lain untuk tindakan ini (%(action)s).",
        "This needs somebody else's leave: to %(action)s.",
    ),
    "logistics.leave_not_given": Sentence(
        "Persetujuan untuk tindakan ini (%(action)s) tidak dapat dipakai: %(state)s.",
        "The leave to %(action)s can't be used: %(state)s.",
    ),
    "logistics.leave_stands": Sentence(
        "Persetujuan untuk ini sudah diminta di %(place)s dan belum ditolak atau dipakai (%(action)s).",
        "Leave for this has been asked for at %(place)s already, and was neither denied nor used yet (%(action)s).",
    ),
    "logistics.reason_needed": Sentence(
        'Ada selisih: pilih alasannya. "Belum diketahui" juga alasan.',
        'There is a difference: choose its reason. "Not known yet" is one.',
    ),
    "logistics.explanation_needed": Sentence(
        'Pilih alasan yang menjelaskan selisihnya; "belum diketahui" tidak menjelaskan.',
        'Choose a reason that explains the difference; "not known yet" explains nothing.',
    ),
    "logistics.explained_elsewhere": Sentence(
        "Selisih ini dijelaskan di tempat barangnya dihitung atau dikirim: %(place)s.",
        "This difference is explained where the goods were counted or sent: %(place)s.",
    ),
    "logistics.contract_exists": Sentence("Kontrak ini sudah dicatat.", "This contract is on record already."),
    "logistics.stage_of_gate": Sentence(
        "Tahap %(stage)s mengikuti catatan gerbang dan tidak ditutup tersendiri.",
        "The stage %(stage)s follows the gate's log and isn't closed by itself.",
    ),
    "logistics.verification": Sentence(
        "Ini verifikasi cetak: batalkan pada kontraknya.",
        "This is a print verification: take it back at its contract.",
    ),
    "logistics.contract_void": Sentence("Kontrak ini sudah dibatalkan.", "This contract has been taken back already."),
    "logistics.contract_printed": Sentence(
        "Kontrak %(number)s sudah dicetak sebanyak %(units)s: batalkan dahulu verifikasi cetaknya.",
        "%(units)s have been printed for contract %(number)s: take the verifications back first.",
    ),
    "logistics.contract_unknown": Sentence("Kontrak ini tidak ada dalam catatan.", "This contract isn't on record."),
    "logistics.transfer_exists": Sentence("Kiriman ini sudah dicatat.", "This transfer is on record already."),
    "logistics.transfer_unknown": Sentence("Kiriman ini tidak ada dalam catatan.", "This transfer isn't on record."),
    "logistics.transfer_answered": Sentence(
        "Kiriman ini sudah dijawab (%(state)s).", "This transfer has been answered (%(state)s)."
    ),
    "logistics.transfer_of_other_place": Sentence(
        "Kiriman ini urusan %(place)s.", "This transfer is a matter of %(place)s."
    ),
    "logistics.to_itself": Sentence("Kiriman harus menuju tempat lain.", "A transfer goes to another place."),
    "logistics.other_district": Sentence(
        "%(place)s berada di kabupaten/kota lain; catat sebagai barang keluar di gerbang.",
        "%(place)s lies in another district; record it as goods out at the gate.",
    ),
    "logistics.same_person": Sentence(
        "Yang menyerahkan atau meminta tidak boleh menjawabnya sendiri.",
        "Whoever hands over or asks can't be the one who answers.",
    ),
    "logistics.unit_unknown": Sentence("Label %(key)s tidak ada dalam catatan.", "The label %(key)s isn't on record."),
    "logistics.unit_exists": Sentence("Label %(key)s sudah dipakai.", "The label %(key)s is in use already."),
    "logistics.unit_void": Sentence("Label %(unit)s sudah dibatalkan.", "The label %(unit)s is void."),
    "logistics.unit_on_its_way": Sentence(
        "%(unit)s sedang dalam perjalanan (%(transfer)s).", "%(unit)s is on its way (%(transfer)s)."
    ),
    "logistics.unit_elsewhere": Sentence(
        "Menurut catatan %(unit)s ada di %(place)s; periksa dahulu di sini.",
        "The record has %(unit)s at %(place)s; check it here first.",
    ),
    "logistics.unit_in_itself": Sentence(
        "%(unit)s tidak dapat dimasukkan ke dalam dirinya sendiri.", "%(unit)s can't be put into itself."
    ),
    "logistics.count_exists": Sentence("Hitungan stok ini sudah dicatat.", "This count is on record already."),
    "logistics.subject_unknown": Sentence(
        "Tidak ada hal dengan kode %(key)s dalam catatan.", "Nothing with the code %(key)s is on record."
    ),
    "logistics.subject_elsewhere": Sentence("Hal ini urusan %(place)s.", "This is a matter of %(place)s."),
    "logistics.approval_exists": Sentence("Permintaan ini sudah dicatat.", "This request is on record already."),
    "logistics.approval_unknown": Sentence("Permintaan ini tidak ada.", "There is no such request."),
    "logistics.approval_answered": Sentence(
        "Permintaan ini sudah dijawab (%(state)s).", "This request has been answered (%(state)s)."
    ),
    "logistics.report_exists": Sentence("Laporan ini sudah dicatat.", "This report is on record already."),
    "logistics.report_unknown": Sentence("Laporan ini tidak ada.", "There is no such report."),
    "logistics.report_cleared": Sentence("Laporan ini sudah selesai.", "This report has been settled."),
}


_STATES = {**KIT_STATES, **TRANSFER_STATES, **APPROVAL_STATES}
"""Of whatever a sentence is about; no code means two things in them."""
_LINE = re.compile(
    r"(?P<station>[0-9.]{13}-[0-9]{3})?(?P<item>[a-z_]+)"
    r"(?:[.: ](?P<ballot>[a-z0-9_]*))?(?:[. ](?P<dapil>[A-Za-z0-9.\-]*))?"
)


def _station(code: str) -> str:
    return place_name(code) or f"TPS {code}"


def _key(key: str) -> str:
    """A kit by its station, anything else by its own name."""
    station = place_of(key)
    return _station(station) if is_station(station) and key in {station, kit_key(station)} else name_of(key)


def _transfer(key: str) -> str:
    """A transfer by both its ends."""
    ends = models.Transfer.objects.filter(key=key).values_list("place", "to_place").first()
    if ends is None:
        return name_of(key)
    names = names_of(ends)
    return " → ".join(names.get(one, one) for one in ends)


def _line(line: str) -> str:
    """A line that was given twice: a thing, with the station it is for, or a kit or a box by itself."""
    found = _LINE.fullmatch(line)
    if found is None:
        return _key(line)
    said = thing_said(found["item"], found["ballot"] or "", found["dapil"] or "")
    return f"{said}, {_station(found['station'])}" if found["station"] else said


NAMES: Mapping[str, Callable[[str], str]] = {
    "step": step_title,
    "stage": lambda stage: within(stage_title(stage)),
    "shelf": lambda shelf: word(SHELVES, shelf),
    "what": lambda what: thing_said("ballot", what) if what in ballot_names() else thing_said(what),
    "state": lambda state: within(word(_STATES, state)),
    "leg": lambda leg: within(word(LEGS, leg)),
    "action": lambda action: within(word(ACTIONS, action)),
    "line": _line,
    "station": _station,
    "key": _key,
    "unit": name_of,
    "transfer": _transfer,
}
"""What people call that which a sentence names, by the name of the parameter."""
