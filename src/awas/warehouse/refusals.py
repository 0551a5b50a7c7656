"""What the gate log's refusals say to people: every code that a decision may raise, in both languages.

The record refuses only what contradicts it or itself. A sentence says what is the matter and, where it helps, what to
do; keys of things are for programs and don't stand in it.
"""

from collections.abc import Mapping

from awas.ledger.refusals import Sentence

_KEYS: Mapping[str, Sentence] = {
    "key_of_other_place": Sentence(
        "Kode catatan ini milik tempat lain, bukan %(place)s.",
        "This entry's code belongs to another place than %(place)s.",
    ),
    "key_of_other_district": Sentence(
        "Kode ini bukan milik kabupaten/kota %(district)s.", "This code doesn't belong to district %(district)s."
    ),
    "person_key_not_allowed": Sentence("Kode orang ini tidak boleh dipakai.", "This code can't stand for a person."),
    "seal_key_mismatch": Sentence(
        "Kode segel tidak cocok dengan nomor %(number)s.", "The seal's code doesn't match number %(number)s."
    ),
    "access_key_mismatch": Sentence(
        "Kode baris daftar akses tidak cocok dengan orang atau perannya.",
        "The access line's code doesn't match its person or role.",
    ),
    "ends_before_it_begins": Sentence(
        "Waktu akhir harus setelah waktu awal.", "The end must come after the beginning."
    ),
}

_ASKED_FOR: Mapping[str, Sentence] = {
    "unknown_person": Sentence(
        "Orang ini belum dikenal di kabupaten/kota ini, atau namanya sudah dihapus. Catat dengan namanya.",
        "This person isn't known in this district, or the name was erased. Log the entry with the name.",
    ),
    "unknown_visit": Sentence("Kunjungan ini tidak ada di tempat ini.", "There is no such visit at this place."),
    "unknown_entry": Sentence(
        "Catatan nomor %(index)s tidak ada di tempat ini.", "There is no entry number %(index)s at this place."
    ),
}
"""Of what a page or a phone names before anything is decided."""

_GATE: Mapping[str, Sentence] = {
    "visit_exists": Sentence("Kunjungan ini sudah dicatat.", "This visit has been recorded already."),
    "visit_unknown": Sentence(
        "Kunjungan ini tidak ada dalam catatan. Catat dulu masuknya.",
        "This visit isn't on record. Log the entry first.",
    ),
    "visit_elsewhere": Sentence(
        "Kunjungan ini tercatat di %(place)s, bukan di sini.", "This visit is on record at %(place)s, not here."
    ),
    "visit_void": Sentence("Kunjungan ini sudah dinyatakan salah catat.", "This visit was marked as a mistake."),
    "visit_already_left": Sentence(
        "Orang ini sudah tercatat keluar.", "This person is on record as having left already."
    ),
    "visit_still_open": Sentence(
        "Orang ini masih tercatat di dalam; belum ada catatan keluar.",
        "This person is still on record as inside; there is no exit to correct.",
    ),
    "person_mismatch": Sentence("Kunjungan ini atas nama orang lain.", "This visit is another person's."),
    "person_inside_since": Sentence(
        "Orang ini sejak itu tercatat masuk lagi di %(place)s. Perbaiki dulu catatan itu.",
        "This person has been logged in again since, at %(place)s. Correct that entry first.",
    ),
    "vehicle_exists": Sentence("Kendaraan ini sudah dicatat.", "This vehicle's arrival has been recorded already."),
    "vehicle_unknown": Sentence(
        "Kendaraan ini tidak ada dalam catatan. Catat dulu kedatangannya.",
        "This vehicle isn't on record. Log its arrival first.",
    ),
    "vehicle_elsewhere": Sentence(
        "Kendaraan ini tercatat di %(place)s, bukan di sini.", "This vehicle is on record at %(place)s, not here."
    ),
    "vehicle_void": Sentence(
        "Catatan kendaraan ini sudah dinyatakan salah catat.", "This vehicle's entry was marked as a mistake."
    ),
    "vehicle_already_left": Sentence(
        "Kendaraan ini sudah tercatat pergi.", "This vehicle is on record as having left already."
    ),
    "vehicle_still_here": Sentence(
        "Kendaraan ini masih tercatat di sini; belum ada catatan pergi.",
        "This vehicle is still on record as here; there is no departure to correct.",
    ),
    "vehicle_not_unattended": Sentence(
        "Kendaraan ini tidak tercatat ditinggal.", "This vehicle isn't on record as unattended."
    ),
}

_GOODS: Mapping[str, Sentence] = {
    "consignment_exists": Sentence("Kiriman ini sudah ada dalam catatan.", "This consignment is on record already."),
    "consignment_unknown": Sentence(
        "Kiriman ini tidak ada dalam catatan. Pilih yang diberitahukan, atau catat sebagai tanpa pemberitahuan.",
        "This consignment isn't on record. Choose an announced one, or log it as unannounced.",
    ),
    "consignment_void": Sentence(
        "Kiriman ini sudah dinyatakan salah catat.", "This consignment was marked as a mistake."
    ),
    "consignment_of_other_place": Sentence(
        "Kiriman ini diberitahukan oleh %(place)s; hanya di sana dapat diubah.",
        "This consignment was announced by %(place)s and can be changed only there.",
    ),
    "consignment_closed": Sentence(
        "Kiriman ini sudah selesai atau dibatalkan.", "This consignment is finished or called off."
    ),
    "consignment_part_received": Sentence(
        "Sebagian kiriman ini sudah diterima, jadi tidak dapat dibatalkan.",
        "Part of this consignment has been counted in, so it can't be called off.",
    ),
    "consignment_is_incoming": Sentence(
        "Kiriman ini menuju ke sini, jadi tidak dapat dikeluarkan dari sini.",
        "This consignment is on its way here, so it can't go out from here.",
    ),
    "consignment_mismatch": Sentence(
        "Penghitungan ini milik kiriman lain.", "This count belongs to another consignment."
    ),
    "direction_contradicts_places": Sentence(
        "Arah kiriman tidak cocok dengan asal dan tujuannya.",
        "The direction doesn't fit where the goods come from and go to.",
    ),
    "line_twice": Sentence("Baris yang sama ditulis dua kali: %(line)s.", "The same line is given twice: %(line)s."),
    "nothing_counted": Sentence("Belum ada jumlah yang diisi.", "No quantity has been given."),
    "more_damaged_than_counted": Sentence(
        "Yang rusak dan basah lebih banyak daripada yang dihitung (%(units)s).",
        "More is damaged and wet than was counted (%(units)s).",
    ),
    "receipt_exists": Sentence("Penerimaan ini sudah dicatat.", "This receipt has been recorded already."),
    "release_exists": Sentence("Pengeluaran ini sudah dicatat.", "This release has been recorded already."),
    "receiver_counts_in": Sentence(
        "Penerima mencatat sendiri kiriman ini di %(place)s.",
        "The receiver counts this consignment in at %(place)s.",
    ),
    "not_in_transit": Sentence("Kiriman ini tidak sedang di jalan.", "This consignment isn't in transit."),
    "no_difference": Sentence("Kiriman ini tidak punya selisih.", "This consignment has no difference to explain."),
    "reason_missing": Sentence("Pilih alasan selisihnya.", "Choose the reason of the difference."),
}

_SEALS: Mapping[str, Sentence] = {
    "seal_already_removed": Sentence("Segel ini sudah tercatat dilepas.", "This seal is on record as removed already."),
    "seal_replaces_itself": Sentence("Segel tidak dapat menggantikan dirinya sendiri.", "A seal can't replace itself."),
    "seal_twice": Sentence("Segel %(number)s ditulis dua kali.", "Seal %(number)s is given twice."),
}

_ROUNDS: Mapping[str, Sentence] = {
    "round_elsewhere": Sentence("Patroli ini milik %(place)s.", "This round belongs to %(place)s."),
    "round_completed": Sentence(
        "Patroli ini sudah selesai. Mulai patroli baru.", "This round is finished. Begin a new one."
    ),
    "too_many_scans": Sentence(
        "Terlalu banyak titik dalam satu patroli. Selesaikan dan mulai yang baru.",
        "Too many checkpoints in one round. Finish it and begin a new one.",
    ),
    "more_cameras_work_than_there_are": Sentence(
        "Kamera yang berfungsi (%(working)s) lebih banyak daripada jumlah kamera (%(total)s).",
        "More cameras work (%(working)s) than there are (%(total)s).",
    ),
    "more_asleep_than_there_are": Sentence(
        "Penjaga yang tertidur lebih banyak daripada yang ada.", "More guards are asleep than there are."
    ),
    "key_unknown": Sentence("Anak kunci ini tidak ada dalam catatan.", "This key isn't on record."),
    "key_elsewhere": Sentence("Anak kunci ini milik %(place)s.", "This key belongs to %(place)s."),
    "key_not_out": Sentence("Anak kunci ini tidak sedang dipinjam.", "This key isn't out."),
    "unchanged_but_counts_differ": Sentence(
        "Ditulis tidak berubah, tetapi hitungannya lain dari catatan.",
        "It says unchanged, but the counts differ from the record.",
    ),
    "condition_unknown": Sentence("Keadaan ini tidak ada dalam catatan.", "This condition isn't on record."),
    "condition_elsewhere": Sentence("Keadaan ini dicatat di %(place)s.", "This condition is on record at %(place)s."),
    "condition_of_other_kind": Sentence(
        "Catatan ini tentang keadaan jenis lain.", "This entry is about another kind of condition."
    ),
    "condition_ended": Sentence(
        "Keadaan ini sudah berakhir. Laporkan sebagai yang baru.", "This condition is over. Report it as a new one."
    ),
    "incident_unknown": Sentence("Kejadian ini tidak ada dalam catatan.", "This incident isn't on record."),
    "incident_elsewhere": Sentence("Kejadian ini dicatat di %(place)s.", "This incident is on record at %(place)s."),
    "incident_closed": Sentence("Kejadian ini sudah ditutup.", "This incident has been closed."),
    "check_exists": Sentence("Pemeriksaan ini sudah dicatat.", "This check has been recorded already."),
    "answer_twice": Sentence("Butir %(item)s dijawab dua kali.", "Item %(item)s is answered twice."),
}

_ACCESS: Mapping[str, Sentence] = {
    "person_or_role": Sentence(
        "Isi orang atau peran, salah satu saja.", "Give either a person or a role, not both and not neither."
    ),
    "access_unknown": Sentence("Baris ini tidak ada di daftar akses.", "This line isn't on the access list."),
    "access_elsewhere": Sentence(
        "Baris ini ada di daftar akses %(place)s.", "This line is on the access list of %(place)s."
    ),
    "access_already_revoked": Sentence("Akses ini sudah dicabut.", "This access has been revoked already."),
    "not_watchlisted": Sentence("Orang ini tidak ada di daftar pantau.", "This person isn't on the watchlist."),
    "checkpoint_twice": Sentence(
        "Titik patroli %(checkpoint)s ditulis dua kali.", "Checkpoint %(checkpoint)s is given twice."
    ),
}

_CORRECTIONS: Mapping[str, Sentence] = {
    "correction_stands": Sentence(
        "Koreksi tidak dapat dikoreksi; buat koreksi baru atas catatan aslinya.",
        "A correction can't be corrected; make a new one of the original entry.",
    ),
    "subject_unknown": Sentence(
        "Hal yang dicatat di situ tidak ditemukan.", "What that entry is about isn't on record."
    ),
    "subject_elsewhere": Sentence(
        "Catatan itu milik %(place)s; koreksi dibuat di sana.", "That entry belongs to %(place)s; correct it there."
    ),
    "subject_of_other_kind": Sentence(
        "Hal itu ada dalam catatan jenis lain.", "That is recorded by another kind of entry."
    ),
    "already_void": Sentence(
        "Catatan itu sudah dinyatakan salah catat.", "That entry was marked as a mistake already."
    ),
    "cancel_instead": Sentence(
        "Pemberitahuan kiriman tidak dinyatakan salah catat; batalkan kirimannya.",
        "An announcement isn't marked as a mistake; call the consignment off.",
    ),
    "field_not_correctable": Sentence(
        "Isian %(field)s tidak dapat dikoreksi. Nyatakan salah catat lalu catat ulang.",
        "Field %(field)s can't be corrected. Mark the entry as a mistake and log it again.",
    ),
    "field_twice": Sentence("Satu isian dikoreksi dua kali.", "A field is corrected twice."),
    "value_not_valid": Sentence("Nilai untuk %(field)s tidak dapat dipakai.", "The value for %(field)s can't be used."),
}

_WEATHER: Mapping[str, Sentence] = {
    "weather_alert_known": Sentence("Peringatan ini sudah dicatat di sini.", "This alert is on record here already."),
    "weather_alert_unknown": Sentence("Peringatan ini tidak tercatat di sini.", "This alert isn't on record here."),
    "weather_alert_elsewhere": Sentence(
        "Peringatan ini tercatat di %(place)s, bukan di sini.", "This alert is on record at %(place)s, not here."
    ),
    "weather_alert_over": Sentence("Peringatan ini sudah berakhir.", "This alert is over already."),
}

WORDS: Mapping[str, Sentence] = {
    **_KEYS, **_ASKED_FOR, **_GATE, **_GOODS, **_SEALS, **_ROUNDS, **_ACCESS, **_CORRECTIONS, **_WEATHER,
}  # fmt: skip
