"""What the refusals about warnings say to people, in both languages."""

from collections.abc import Mapping

from awas.ledger.refusals import Sentence

_CAP: Mapping[str, Sentence] = {
    "cap.too_large": Sentence(
        "Dokumen CAP lebih besar dari %(most)s bita.", "The CAP document is larger than %(most)s bytes."
    ),
    "cap.not_xml": Sentence("Dokumen ini bukan XML yang utuh: %(why)s", "The document is no sound XML: %(why)s"),
    "cap.doctype": Sentence(
        "Dokumen CAP tidak boleh memuat DOCTYPE atau entitas.",
        "A CAP document must have no document type and no entities.",
    ),
    "cap.too_deep": Sentence(
        "Unsur dokumen bersarang lebih dari %(most)s tingkat.", "Elements are nested deeper than %(most)s."
    ),
    "cap.too_many_elements": Sentence(
        "Dokumen memuat lebih dari %(most)s unsur.", "The document has more than %(most)s elements."
    ),
    "cap.not_cap": Sentence(
        "Ini bukan peringatan CAP 1.2; unsur pertamanya %(found)s.",
        "This is no CAP 1.2 alert; its first element is %(found)s.",
    ),
    "cap.field_missing": Sentence("Unsur %(field)s tidak ada.", "The element %(field)s is missing."),
    "cap.field_wrong": Sentence(
        "Isi unsur %(field)s tidak sah: “%(value)s”.", "The element %(field)s can't say “%(value)s”."
    ),
    "cap.field_unknown": Sentence("CAP 1.2 tidak mengenal unsur %(field)s.", "CAP 1.2 knows no element %(field)s."),
    "cap.field_twice": Sentence("Unsur %(field)s hanya boleh satu.", "The element %(field)s may stand only once."),
    "cap.field_misplaced": Sentence(
        "Unsur %(field)s tidak pada tempatnya; CAP 1.2 menentukan urutan.",
        "The element %(field)s is out of place; CAP 1.2 gives the order.",
    ),
}
"""Of a document in the Common Alerting Protocol that somebody hands in."""

WORDS: Mapping[str, Sentence] = {
    "warning_unknown": Sentence("Peringatan ini tidak ada di tempat ini.", "There is no such warning at this place."),
    "warning_already_resolved": Sentence("Peringatan ini sudah selesai.", "This warning is resolved already."),
    "warning_not_firing": Sentence("Peringatan ini belum atau tidak lagi menyala.", "This warning isn't firing."),
    "until_in_the_past": Sentence("Batas waktunya sudah lewat.", "That time has passed already."),
    "until_too_far": Sentence("Paling lama %(hours)s jam ke depan.", "At most %(hours)s hours ahead."),
    "reason_unknown": Sentence("Alasan itu tidak ada dalam pilihan.", "That reason isn't one of those offered."),
    "judgement_unknown": Sentence(
        "Penilaian itu tidak ada dalam pilihan.", "That judgement isn't one of those offered."
    ),
    "threshold_unknown": Sentence(
        "Aturan %(rule)s tidak mempunyai ambang %(name)s.", "Rule %(rule)s has no threshold %(name)s."
    ),
    "threshold_out_of_bounds": Sentence(
        "Nilainya harus antara %(least)s dan %(most)s.", "The value must be between %(least)s and %(most)s."
    ),
    "warning_assigned_already": Sentence(
        "Peringatan ini sudah dipegang orang itu.", "This warning is with that person already."
    ),
    "warning_linked_already": Sentence("%(reference)s sudah dicatat.", "%(reference)s is on record already."),
    "warning_not_over": Sentence(
        "Peringatan ini belum selesai: tinjau kembali sesudah diselesaikan.",
        "This warning isn't over: look back on it once it is.",
    ),
    "link_unknown": Sentence("Jenis tindak lanjut ini tidak dikenal.", "This kind of outcome isn't known."),
    "own_rule_faulty": Sentence("Aturan belum benar, %(fault_id)s.", "The rule isn't right yet, %(fault_en)s."),
    "own_rule_other_id": Sentence(
        "Naskahnya berisi aturan %(written)s, bukan %(rule)s.", "The text holds rule %(written)s, not %(rule)s."
    ),
    "own_rule_unchanged": Sentence(
        "Aturan %(rule)s sudah berlaku di sini dengan naskah yang sama.",
        "Rule %(rule)s is in force here with this very text.",
    ),
    "own_rule_id_taken": Sentence(
        "%(rule)s sudah dipakai aturan lain di %(place)s; pilih id lain.",
        "%(rule)s is another rule's id at %(place)s; choose another one.",
    ),
    "own_rules_too_many": Sentence(
        "Paling banyak %(most)s aturan sendiri di satu tempat.", "At most %(most)s own rules at one place."
    ),
    "own_rule_not_in_force": Sentence("Aturan %(rule)s tidak berlaku di sini.", "Rule %(rule)s isn't in force here."),
    "log_too_long": Sentence(
        "Catatan lebih dari %(most)s entri: terlalu panjang untuk dicoba dari halaman.",
        "The log has more than %(most)s entries: too long to be tried from a page.",
    ),
    "level_unknown": Sentence("Tingkat %(level)s tidak ada.", "There is no level %(level)s."),
    "policy.nobody_at_once": Sentence("Harus ada yang langsung diberi tahu.", "Somebody must hear of it at once."),
    "policy.tiers_out_of_order": Sentence(
        "Urutannya dari gudang ke kabupaten/kota, provinsi, lalu nasional.",
        "The order is site, district, province, nation.",
    ),
    "policy.waits_out_of_order": Sentence(
        "Tingkat yang lebih tinggi tidak boleh diberi tahu lebih dahulu, dan paling lambat dalam 24 jam.",
        "A higher tier can't hear before a lower one, and hears within 24 hours.",
    ),
    "policy.repeat_out_of_bounds": Sentence(
        "Diulang paling cepat tiap 5 menit dan paling lambat tiap 24 jam.",
        "Said again every 5 minutes at the soonest, every 24 hours at the latest.",
    ),
    "policy.repeats_out_of_bounds": Sentence("Diulang paling banyak 24 kali.", "Said again 24 times at most."),
    **_CAP,
}
