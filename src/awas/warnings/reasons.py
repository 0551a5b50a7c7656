"""Why a warning changed: the closed lists of words that stand in its events, in both languages.

A word stays for ever once it has been recorded; its text may be improved. Pure: no framework, no translation files.
"""

from collections.abc import Mapping

from awas.warnings.rule import Words

CLEARED: Mapping[str, Words] = {
    "left": Words("Orang atau kendaraan sudah keluar.", "The person or vehicle has left."),
    "someone_joined": Words("Ada orang kedua di dalam.", "A second person is inside."),
    "attended": Words("Kendaraan sudah dibongkar atau dijaga.", "The vehicle is being unloaded or watched."),
    "arrived": Words("Kiriman sudah datang.", "The delivery has arrived."),
    "postponed": Words("Jadwal dipindah.", "The time was moved."),
    "extended": Words("Kunjungan diperpanjang.", "The visit was extended."),
    "explained": Words("Selisih sudah dijelaskan.", "The difference was explained."),
    "withdrawn": Words("Pemberitahuan kiriman dibatalkan.", "The announcement was withdrawn."),
    "counted": Words("Sudah dihitung ulang.", "It has been counted again."),
    "checked": Words("Sudah diperiksa.", "It has been checked."),
    "replaced": Words("Segel sudah diganti dan dicatat.", "The seal was replaced and recorded."),
    "round_done": Words("Patroli sudah dilakukan.", "A round has been made."),
    "on_duty": Words("Petugas sudah bertugas.", "The guard is on duty."),
    "shift_over": Words("Jaga sudah berakhir.", "The shift is over."),
    "handed_over": Words("Serah terima sudah ditandatangani.", "The hand-over has been signed."),
    "entry_seen": Words("Catatan masuk lagi.", "Entries are arriving again."),
    "working_again": Words("Kembali berfungsi.", "It works again."),
    "returned": Words("Sudah dikembalikan.", "It has been returned."),
    "incident_closed": Words("Kejadian dinyatakan selesai.", "The incident was closed."),
    "fewer_inside": Words("Jumlah orang di dalam sudah turun.", "Fewer people are inside."),
    "repaired": Words("Kelayakan sudah diperbaiki.", "The fitness item is good again."),
    "corrected": Words("Catatan dikoreksi.", "The record was corrected."),
    "alert_over": Words("Peringatan cuaca atau bencana berakhir.", "The weather or disaster alert is over."),
    "alert_eased": Words("Peringatan cuaca atau bencana diperlunak.", "The weather or disaster alert was eased."),
    "settled": Words("Sudah tenang kembali.", "It has become quiet again."),
    "expected_came": Words("Yang ditunggu sudah dicatat.", "What was waited for is on record."),
    "rule_stopped": Words("Aturannya dihentikan atau diganti.", "Its rule was stopped or replaced."),
}
"""What ended a condition."""

RESOLVED: Mapping[str, Words] = {
    "by_person": Words("Diselesaikan petugas.", "Resolved by a person."),
    "seen_after_clearing": Words(
        "Keadaan sudah hilang dan petugas sudah melihatnya.", "The condition had gone, and a person has seen it."
    ),
    "cleared_after_acknowledgement": Words(
        "Keadaan hilang sesudah ditangani.", "The condition went after somebody had taken it on."
    ),
    "gone_while_hidden": Words(
        "Keadaan hilang selagi tersembunyi di balik peringatan lain.",
        "The condition went while another warning hid this one.",
    ),
    "never_fired": Words("Keadaan hilang sebelum peringatan menyala.", "The condition went before the warning fired."),
}
"""How a warning came to its end."""

EXPIRED: Mapping[str, Words] = {
    "time": Words("Batas waktu penanganan lewat.", "The time to handle it has run out."),
    "level_raised": Words("Tingkat peringatan naik.", "The level rose."),
}
"""Why an acknowledgement no longer holds."""

ACKNOWLEDGED: Mapping[str, Words] = {
    "seen": Words("Sudah saya lihat.", "I have seen it."),
    "going": Words("Saya ke sana.", "I am going there."),
    "handling": Words("Saya tangani.", "I am handling it."),
    "sent_someone": Words("Petugas sudah dikirim.", "Somebody has been sent."),
    "asked_kpu": Words("KPU sudah dihubungi.", "KPU has been asked."),
    "asked_police": Words("Polisi sudah dihubungi.", "The police have been asked."),
    "expected": Words("Sudah diketahui sebelumnya.", "It was known beforehand."),
    "other": Words("Lainnya.", "Other."),
}
"""What a person says when taking a warning on; a sealed note may say more."""

SILENCED: Mapping[str, Words] = {
    "works_in_progress": Words("Perbaikan sedang berjalan.", "Repairs are under way."),
    "planned_activity": Words("Kegiatan terjadwal.", "A planned activity."),
    "sensor_fault": Words("Alat rusak.", "The device is faulty."),
    "other": Words("Lainnya.", "Other."),
}
"""Why a warning is muted until a given time."""

JUDGEMENTS: Mapping[str, Words] = {
    "useful": Words("Berguna", "Useful"),
    "false": Words("Keliru", "False"),
    "noise": Words("Benar tetapi tidak perlu", "True but needless"),
}
"""What the warning was worth. It feeds the scorecard of the rule."""

LINKS: Mapping[str, Words] = {
    "form_a": Words("Formulir Model A", "Form A"),
    "finding": Words("Temuan", "Finding"),
    "advice": Words("Saran perbaikan", "Advice for correction"),
    "report": Words("Laporan", "Report"),
    "letter": Words("Surat", "Letter"),
    "other": Words("Lainnya", "Other"),
}
"""What became of a warning elsewhere."""

CAUSES: Mapping[str, Words] = {
    "procedure": Words("Prosedur tidak diikuti", "A procedure wasn't followed"),
    "no_procedure": Words("Tidak ada prosedur", "There was no procedure"),
    "people": Words("Kurang orang atau kelelahan", "Too few people, or tired ones"),
    "building": Words("Gedung atau alat", "Building or equipment"),
    "supplier": Words("Penyedia atau pengangkut", "Supplier or carrier"),
    "intent": Words("Diduga disengaja", "Suspected intent"),
    "weather": Words("Cuaca atau bencana", "Weather or disaster"),
    "record": Words("Pencatatan keliru", "Wrong record"),
    "unknown": Words("Belum diketahui", "Not known yet"),
}
"""What a warning came from, as people say when they look back."""

TIERS: Mapping[str, Words] = {
    "site": Words("piket gudang", "the watch of the site"),
    "district": Words("kabupaten/kota", "the district"),
    "province": Words("provinsi", "the province"),
    "nation": Words("nasional", "the nation"),
}
"""Who hears a warning."""
