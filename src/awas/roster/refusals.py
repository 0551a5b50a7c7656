"""What the roster's refusals say to people: every code that a decision may raise, in both languages."""

from collections.abc import Mapping

from awas.ledger.refusals import Sentence

WORDS: Mapping[str, Sentence] = {
    "key_of_other_place": Sentence(
        "Kode catatan ini milik tempat lain, bukan %(place)s.",
        "This entry's code belongs to another place than %(place)s.",
    ),
    "ends_before_it_begins": Sentence(
        "Waktu akhir harus setelah waktu awal.", "The end must come after the beginning."
    ),
    "too_long": Sentence("Lebih dari %(hours)s jam tidak mungkin.", "More than %(hours)s hours can't be."),
    "nobody_planned": Sentence("Pilih paling sedikit satu petugas.", "Choose at least one officer."),
    "person_twice": Sentence("Satu petugas ditulis dua kali.", "An officer is given twice."),
    "leader_not_in_shift": Sentence(
        "Koordinator harus salah satu petugas piket itu.", "The leader must be one of the shift's officers."
    ),
    "too_many_shifts": Sentence(
        "Paling banyak %(limit)s piket dapat direncanakan ke depan.", "At most %(limit)s shifts can be planned ahead."
    ),
    "too_many_absences": Sentence(
        "Paling banyak %(limit)s ketidakhadiran dapat dicatat.", "At most %(limit)s absences can be noted."
    ),
    "shift_exists": Sentence("Piket ini sudah direncanakan.", "This shift has been planned already."),
    "shift_unknown": Sentence("Piket ini tidak ada dalam catatan.", "This shift isn't on record."),
    "shift_elsewhere": Sentence("Piket ini milik %(place)s.", "This shift belongs to %(place)s."),
    "shift_cancelled": Sentence("Piket ini sudah dibatalkan.", "This shift has been called off."),
    "shift_over": Sentence("Piket ini sudah lewat.", "This shift is over."),
    "absence_exists": Sentence("Ketidakhadiran ini sudah dicatat.", "This absence has been noted already."),
    "absence_unknown": Sentence("Ketidakhadiran ini tidak ada dalam catatan.", "This absence isn't on record."),
    "absence_elsewhere": Sentence("Ketidakhadiran ini dicatat di %(place)s.", "This absence is noted at %(place)s."),
    "absence_withdrawn": Sentence("Ketidakhadiran ini sudah ditarik.", "This absence has been withdrawn already."),
    "not_own_shift": Sentence("Anda tidak dijadwalkan dalam piket ini.", "You aren't planned for this shift."),
    "already_in_shift": Sentence(
        "Petugas itu sudah dijadwalkan dalam piket ini.", "That officer is planned for this shift already."
    ),
    "not_their_shift": Sentence(
        "Piket yang diminta sebagai ganti bukan piket petugas itu.",
        "The shift asked for in turn isn't that officer's.",
    ),
    "swap_closed": Sentence("Permintaan tukar ini sudah dijawab.", "This wish to swap has been answered already."),
    "swap_mismatch": Sentence(
        "Permintaan tukar ini tentang piket lain; muat ulang halaman.",
        "This wish is about another shift; load the page again.",
    ),
    "swap_overtaken": Sentence(
        "Petugas piket itu sudah berubah sejak tukar diminta.",
        "The shift's officers have changed since the swap was asked for.",
    ),
    "own_swap": Sentence(
        "Tukar piket disetujui oleh orang lain, bukan yang meminta.",
        "A swap is approved by somebody else than who asked.",
    ),
    "swap_exists": Sentence("Permintaan tukar ini sudah dicatat.", "This wish to swap has been noted already."),
    "swap_unknown": Sentence("Permintaan tukar ini tidak ada dalam catatan.", "This wish to swap isn't on record."),
    "swap_elsewhere": Sentence("Permintaan tukar ini milik %(place)s.", "This wish to swap belongs to %(place)s."),
    "not_own_duty": Sentence(
        "Piket dijalani sendiri, tidak dapat atas nama orang lain.",
        "Duty is stood in person; nobody can do it for another.",
    ),
    "already_on_duty": Sentence("Anda sudah bertugas di sini.", "You are on duty here already."),
    "duty_exists": Sentence("Tugas ini sudah dicatat.", "This stretch of duty has been recorded already."),
    "duty_unknown": Sentence("Tugas ini tidak ada dalam catatan.", "This stretch of duty isn't on record."),
    "duty_elsewhere": Sentence("Tugas ini tercatat di %(place)s.", "This stretch of duty is on record at %(place)s."),
    "duty_over": Sentence("Tugas ini sudah berakhir.", "This stretch of duty is over."),
    "duty_void": Sentence("Tugas ini sudah dinyatakan salah catat.", "This stretch of duty was marked as a mistake."),
    "duty_mismatch": Sentence(
        "Anda sudah bertugas di sini dengan catatan lain; muat ulang halaman.",
        "You are on duty here under another entry; load the page again.",
    ),
    "handover_exists": Sentence("Serah terima ini sudah dicatat.", "This hand-over has been recorded already."),
    "handover_unknown": Sentence("Serah terima ini tidak ada dalam catatan.", "This hand-over isn't on record."),
    "handover_elsewhere": Sentence("Serah terima ini milik %(place)s.", "This hand-over belongs to %(place)s."),
    "handover_closed": Sentence(
        "Serah terima ini sudah dijawab atau ditarik.", "This hand-over has been answered or withdrawn."
    ),
    "same_person": Sentence(
        "Yang menyerahkan tidak dapat menerima sendiri. Petugas lain yang harus menerima.",
        "Who gives the watch can't take it. Another officer must accept.",
    ),
    "not_own_offer": Sentence(
        "Hanya yang menawarkan dapat menarik serah terima ini.", "Only who offered this hand-over can withdraw it."
    ),
}
