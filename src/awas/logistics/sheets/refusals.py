"""What a sheet that can't be taken says to people: every code of its faults, in both languages.

The place (row and column) stands before the sentence; see `faults.Fault.words`.
"""

from collections.abc import Mapping

from awas.ledger.refusals import Sentence

WORDS: Mapping[str, Sentence] = {
    # -- the file ----------------------------------------------------------------------------------------------------
    "sheet.too_large": Sentence("Berkas lebih besar dari %(most)s MB.", "The file is larger than %(most)s MB."),
    "sheet.empty": Sentence("Berkas kosong.", "The file is empty."),
    "sheet.unreadable": Sentence(
        "Berkas tidak dapat dibaca. Simpan sebagai .xlsx, .ods atau .csv; bila tetap gagal, salin tabelnya ke berkas"
        " baru (mungkin ada isian jauh di luar tabel).",
        "The file can't be read. Save it as .xlsx, .ods or .csv; if that doesn't help, copy its table to a new file"
        " (something may stand far outside the table).",
    ),
    "sheet.locked": Sentence(
        "Berkas dilindungi kata sandi. Simpan tanpa kata sandi.",
        "The file is locked with a password. Save it without one.",
    ),
    "sheet.unpacks_too_large": Sentence(
        "Isi berkas terlalu besar setelah dibuka: paling besar %(most)s MB.",
        "The file is too large once it is unpacked: at most %(most)s MB.",
    ),
    "sheet.too_many_rows": Sentence(
        "Lebih dari %(most)s baris. Pecah menjadi beberapa berkas.", "More than %(most)s rows. Split the file."
    ),
    "sheet.not_text": Sentence(
        "Berkas ini bukan teks CSV. Simpan sebagai .xlsx atau CSV UTF-8.",
        "This is no CSV text. Save it as .xlsx or as CSV UTF-8.",
    ),
    "sheet.no_heading": Sentence(
        "Judul kolom tidak ditemukan. Pakai berkas contoh untuk %(sheet)s; kolom wajib: %(columns)s.",
        "No heading row was found. Use the template for %(sheet)s; it needs the columns: %(columns)s.",
    ),
    "sheet.other_kind": Sentence(
        'Berkas ini lembar "%(found)s", padahal yang dipilih "%(chosen)s".',
        'This file is a sheet of "%(found)s", but "%(chosen)s" was chosen.',
    ),
    "sheet.column_missing": Sentence("Kolom wajib ini tidak ada.", "This column is missing, and is needed."),
    "sheet.column_unknown": Sentence(
        '"%(typed)s" bukan judul kolom lembar ini. Hapus kolom itu atau betulkan judulnya.',
        '"%(typed)s" is no heading of this sheet. Take the column out or correct its heading.',
    ),
    "sheet.column_twice": Sentence("Kolom ini ada dua kali.", "This column stands there twice."),
    "sheet.nothing": Sentence("Tidak ada baris yang diisi.", "No row is filled in."),
    # -- one value ---------------------------------------------------------------------------------------------------
    "sheet.missing": Sentence("wajib diisi.", "must be filled in."),
    "sheet.not_number": Sentence(
        '"%(typed)s" bukan bilangan. Tulis angka saja, misalnya 1250 atau 1.250.',
        '"%(typed)s" is no number. Write figures alone, such as 1250 or 1.250.',
    ),
    "sheet.not_whole": Sentence(
        "%(typed)s bukan bilangan bulat. Yang dihitung selalu utuh; tulis ribuan sebagai 1250 atau 1.250.",
        "%(typed)s is not a whole number. What is counted is whole; write thousands as 1250 or 1.250.",
    ),
    "sheet.number_out_of_range": Sentence(
        "%(typed)s di luar batas: 0 sampai %(most)s.", "%(typed)s is out of range: 0 to %(most)s."
    ),
    "sheet.formula_not_calculated": Sentence(
        "rumusnya belum dihitung. Buka di Excel lalu simpan, atau tempel sebagai nilai.",
        "its formula has not been calculated. Open it in Excel and save it, or paste it as a value.",
    ),
    "sheet.formula_fails": Sentence(
        "rumusnya gagal (seperti #REF!). Tulis angkanya.", "its formula fails (such as #REF!). Write the figure."
    ),
    "sheet.code_unknown": Sentence(
        '"%(typed)s" tidak dikenal. Pilihannya: %(choices)s.', '"%(typed)s" is not known. Choose from: %(choices)s.'
    ),
    "sheet.text_too_long": Sentence("paling banyak %(most)s huruf.", "at most %(most)s characters."),
    "sheet.text_not_allowed": Sentence(
        '"%(typed)s" memuat tanda yang tidak boleh dipakai di sini.', '"%(typed)s" has a character that can\'t be used.'
    ),
    "sheet.not_date": Sentence(
        '"%(typed)s" bukan tanggal. Tulis misalnya 13/02/2024.', '"%(typed)s" is no date. Write 13/02/2024, say.'
    ),
    "sheet.date_ahead": Sentence("%(typed)s belum tiba.", "%(typed)s has not come yet."),
    "sheet.date_too_old": Sentence("%(typed)s terlalu lama.", "%(typed)s is too long ago."),
    "sheet.not_station": Sentence(
        '"%(typed)s" bukan TPS. Tulis kode seperti 36.02.05.2001-001, atau TPS 1 dengan desa/kelurahannya.',
        '"%(typed)s" is no polling station. Write a code such as 36.02.05.2001-001, or TPS 1 with its village.',
    ),
    "sheet.station_unknown": Sentence(
        "TPS %(station)s tidak ada dalam daftar.", "Station %(station)s is not in the register."
    ),
    "sheet.region_unknown": Sentence(
        '"%(typed)s" tidak ada di kabupaten/kota ini.', '"%(typed)s" does not lie in this district.'
    ),
    "sheet.region_ambiguous": Sentence(
        '"%(typed)s" ada lebih dari satu (%(codes)s). Isi kecamatannya atau tulis kodenya.',
        'There is more than one "%(typed)s" (%(codes)s). Fill in its subdistrict, or write its code.',
    ),
    "sheet.place_unknown": Sentence(
        '"%(typed)s" bukan tujuan yang dikenal: tulis nama atau kode kecamatan, desa/kelurahan, TPS atau gudang.',
        '"%(typed)s" is no known place: write the name or code of a subdistrict, village, station or warehouse.',
    ),
    # -- one row -----------------------------------------------------------------------------------------------------
    "sheet.damage_sum": Sentence(
        "%(terms)s = %(sum)s, padahal tertulis %(damaged)s.", "%(terms)s = %(sum)s, but %(damaged)s is written there."
    ),
    "sheet.usable_beyond": Sentence(
        "%(usable)s lebih banyak daripada yang baik (%(passed)s).",
        "%(usable)s is more than the good ones (%(passed)s).",
    ),
    "sheet.reason_needed": Sentence(
        'di tangan %(taken)s, padahal %(passed)s + %(damaged)s = %(sum)s: pilih alasannya. "Belum diketahui" juga'
        " alasan.",
        'in hand %(taken)s, but %(passed)s + %(damaged)s = %(sum)s: choose the reason. "Not known yet" is one.',
    ),
    "sheet.must_be_equal": Sentence(
        "di langkah ini keduanya harus sama: di tangan %(taken)s, diteruskan %(passed)s.",
        "in this step both must be the same: in hand %(taken)s, passed on %(passed)s.",
    ),
    "sheet.nothing_counted": Sentence("semua jumlah nol.", "every figure is zero."),
    "sheet.row_twice": Sentence(
        "sama persis dengan baris %(row)s. Bila memang dua hitungan, bedakan dengan tanggal atau nomor dokumennya.",
        "the same as row %(row)s. If there were two counts, tell them apart by date or document number.",
    ),
    "sheet.thing_twice": Sentence("%(what)s sudah ada di baris %(row)s.", "%(what)s: in row %(row)s already."),
    "sheet.station_or_label": Sentence(
        "isi TPS atau label, salah satu saja.", "fill in a station or a label, one of them."
    ),
    "sheet.other_answers": Sentence(
        "berbeda dari baris %(row)s; satu kiriman punya satu jawaban.",
        "differs from row %(row)s; one transfer has one answer.",
    ),
    # -- the record --------------------------------------------------------------------------------------------------
    "sheet.recorded_otherwise": Sentence(
        "%(what)s sudah tercatat dengan jumlah lain (%(before)s, sekarang %(now)s). Bila ini pembetulan, batalkan"
        " hitungan itu dahulu; bila hitungan tambahan, katakan demikian.",
        "%(what)s: on record with other figures (%(before)s, now %(now)s). If this corrects it, take that count back"
        " first; if it comes on top, say so.",
    ),
    "sheet.transfer_unknown": Sentence(
        "kiriman %(transfer)s tidak ditujukan ke sini.", "the transfer %(transfer)s is not on its way here."
    ),
    "sheet.transfer_answered": Sentence(
        "kiriman %(transfer)s sudah dijawab dengan isi lain.",
        "the transfer %(transfer)s has been answered with other content.",
    ),
    "sheet.not_offered": Sentence("%(what)s tidak termasuk kiriman ini.", "%(what)s is not part of this transfer."),
    "sheet.unanswered": Sentence(
        "belum dijawab, padahal baris lain kiriman ini sudah.",
        "has no answer, though other rows of this transfer have.",
    ),
    "sheet.missing_reason": Sentence(
        'kiriman %(transfer)s: %(count)s tidak datang atau tidak ada barisnya; pilih alasannya. "Belum diketahui" juga'
        " alasan.",
        'transfer %(transfer)s: %(count)s did not come or have no row; choose the reason. "Not known yet" is one.',
    ),
    "sheet.label_taken": Sentence(
        "label %(label)s sudah dipakai untuk hal lain.", "the label %(label)s is in use for something else."
    ),
    "sheet.entry_too_long": Sentence(
        "terlalu banyak untuk satu catatan. Pecah kirimannya.", "too much for one entry. Split the transfer."
    ),
}
