"""What is said to people of an EPCIS document: why it or an event of it is refused, or accepted and not applied."""

from collections.abc import Mapping

from awas.ledger.refusals import Sentence

REFUSED: Mapping[str, Sentence] = {
    "epcis.not_json": Sentence("Dokumen EPCIS bukan JSON yang sah: %(why)s", "The document is not valid JSON: %(why)s"),
    "epcis.too_large": Sentence(
        "Dokumen EPCIS terlalu besar: paling besar %(most)s bita.", "The document is too large: at most %(most)s bytes."
    ),
    "epcis.too_many_events": Sentence(
        "Terlalu banyak peristiwa: %(got)s; paling banyak %(most)s sekali kirim.",
        "Too many events: %(got)s; at most %(most)s at once.",
    ),
    "epcis.too_deep": Sentence(
        "Dokumen EPCIS bersarang terlalu dalam: paling dalam %(most)s tingkat.",
        "The document is nested too deeply: at most %(most)s levels.",
    ),
    "epcis.name_twice": Sentence(
        "Nama %(name)s muncul dua kali dalam satu objek.", "The name %(name)s stands twice in one object."
    ),
    "epcis.number_too_long": Sentence(
        "Angka %(number)s terlalu panjang atau bukan bilangan.", "The number %(number)s is too long, or none."
    ),
    "epcis.text_not_allowed": Sentence(
        "%(at)s memuat tanda yang tidak boleh dipakai.", "%(at)s has a character that can't be used."
    ),
    "epcis.wrong_type": Sentence("%(at)s tidak sesuai jenisnya.", "%(at)s has the wrong kind of value."),
    "epcis.field_missing": Sentence("%(at)s wajib diisi.", "%(at)s is required."),
    "epcis.field_unknown": Sentence(
        "%(at)s tidak dikenal EPCIS 2.0 di tempat itu; nama tambahan harus berawalan, misalnya awas:station.",
        "%(at)s is not known to EPCIS 2.0 in that place; a name of your own needs a prefix, such as awas:station.",
    ),
    "epcis.list_empty": Sentence("%(at)s tidak boleh kosong.", "%(at)s can't be empty."),
    "epcis.value_twice": Sentence("%(at)s memuat nilai yang sama dua kali.", "%(at)s has the same value twice."),
    "epcis.word_unknown": Sentence(
        "%(at)s bukan kata yang dikenal, dan bukan URI sendiri.", "%(at)s is no word of the vocabulary, nor a URI."
    ),
    "epcis.not_a_uri": Sentence("%(at)s harus berupa URI.", "%(at)s must be a URI."),
    "epcis.not_a_time": Sentence(
        "%(at)s harus berupa tanggal dan waktu dengan zona, misalnya 2024-02-14T07:00:00+07:00.",
        "%(at)s must be a date and time with its zone, such as 2024-02-14T07:00:00+07:00.",
    ),
    "epcis.not_an_offset": Sentence(
        "%(at)s harus berupa selisih waktu seperti +07:00.", "%(at)s must be an offset such as +07:00."
    ),
    "epcis.nothing_named": Sentence(
        "%(at)s tidak menyebut barang apa pun (%(names)s).", "%(at)s names no things (%(names)s)."
    ),
    "epcis.other_place": Sentence(
        "Peristiwa ini terjadi di %(place)s, bukan di %(here)s.", "This event is of %(place)s, not of %(here)s."
    ),
}
"""The document, or the event, is wrong."""

NOT_APPLIED: Mapping[str, Sentence] = {
    "epcis.no_mapping": Sentence(
        "Diterima, tidak diterapkan: %(type)s %(action)s dengan langkah %(step)s tidak punya padanan di sini.",
        "Accepted, not applied: %(type)s %(action)s with the step %(step)s has no counterpart here.",
    ),
    "epcis.kind_foreign": Sentence(
        "Diterima, tidak diterapkan: jenis peristiwa %(type)s milik pengirimnya.",
        "Accepted, not applied: events of the kind %(type)s are the sender's own.",
    ),
    "epcis.class_foreign": Sentence(
        "Diterima, tidak diterapkan: %(name)s bukan jenis barang yang dikenal (urn:awas:item:…).",
        "Accepted, not applied: %(name)s is no kind of thing known here (urn:awas:item:…).",
    ),
    "epcis.name_foreign": Sentence(
        "Diterima, tidak diterapkan: %(name)s bukan nama yang dikenal di sini (urn:awas:…).",
        "Accepted, not applied: %(name)s is no name known here (urn:awas:…).",
    ),
    "epcis.not_a_unit": Sentence(
        'Diterima, tidak diterapkan: "%(name)s" bukan kotak atau kemasan berlabel (urn:awas:unit:…).',
        'Accepted, not applied: "%(name)s" is no labelled box or package (urn:awas:unit:…).',
    ),
    "epcis.not_pieces": Sentence(
        "Diterima, tidak diterapkan: %(name)s diukur dalam %(uom)s, bukan dalam satuan.",
        "Accepted, not applied: %(name)s is measured in %(uom)s, not in pieces.",
    ),
    "epcis.no_quantity": Sentence(
        "Diterima, tidak diterapkan: jumlah %(name)s tidak disebut.",
        "Accepted, not applied: how much of %(name)s is not said.",
    ),
    "epcis.not_whole": Sentence(
        "Diterima, tidak diterapkan: jumlah %(quantity)s dari %(name)s bukan bilangan bulat yang mungkin.",
        "Accepted, not applied: %(quantity)s of %(name)s is no possible number of pieces.",
    ),
    "epcis.nothing_counted": Sentence(
        "Diterima, tidak diterapkan: tidak ada jumlah yang disebut.", "Accepted, not applied: no quantity is given."
    ),
    "epcis.nothing_labelled": Sentence(
        "Diterima, tidak diterapkan: pengiriman tanpa paket TPS atau kotak berlabel dicatat di gerbang.",
        "Accepted, not applied: what leaves without a kit or a labelled box is recorded at the gate.",
    ),
    "epcis.made_of_nothing": Sentence(
        "Diterima, tidak diterapkan: %(name)s keluar dari proses tanpa pernah masuk.",
        "Accepted, not applied: %(name)s came out of the process and never went in.",
    ),
    "epcis.time_out_of_range": Sentence(
        "Diterima, tidak diterapkan: waktu %(time)s di luar jangkauan.",
        "Accepted, not applied: the time %(time)s is out of range.",
    ),
    "epcis.disposition_unknown": Sentence(
        "Diterima, tidak diterapkan: keadaan %(disposition)s tidak berarti baik atau rusak di sini.",
        "Accepted, not applied: the disposition %(disposition)s means neither good nor damaged here.",
    ),
    "epcis.step_unknown": Sentence(
        "Diterima, tidak diterapkan: langkah %(step)s tidak ada dalam tabel tahapan.",
        "Accepted, not applied: the step %(step)s isn't in the table of stages.",
    ),
    "epcis.station_needed": Sentence(
        "Diterima, tidak diterapkan: sebutkan TPS-nya (awas:station).",
        "Accepted, not applied: name the station (awas:station).",
    ),
    "epcis.damaged_or_surplus": Sentence(
        "Diterima, tidak diterapkan: yang dimusnahkan rusak atau lebih? Sebutkan awas:step.",
        "Accepted, not applied: were the damaged destroyed or the surplus? Say awas:step.",
    ),
    "epcis.shelf_needed": Sentence(
        "Diterima, tidak diterapkan: stok mana yang dihitung? Sebutkan awas:shelf.",
        "Accepted, not applied: which stock was counted? Say awas:shelf.",
    ),
    "epcis.leg_needed": Sentence(
        "Diterima, tidak diterapkan: perjalanan ke %(place)s termasuk tahap apa? Sebutkan awas:leg.",
        "Accepted, not applied: which leg is the way to %(place)s? Say awas:leg.",
    ),
    "epcis.no_destination": Sentence(
        "Diterima, tidak diterapkan: destinationList tidak menyebut tempat yang dikenal (urn:awas:place:…).",
        "Accepted, not applied: destinationList names no place known here (urn:awas:place:…).",
    ),
    "epcis.no_transfer": Sentence(
        "Diterima, tidak diterapkan: serah terima mana? Sebutkan urn:awas:transfer:… atau surat jalan dan pengirimnya.",
        "Accepted, not applied: which transfer? Name urn:awas:transfer:…, or the letter and the sender.",
    ),
    "epcis.nothing_to_take_back": Sentence(
        "Diterima, tidak diterapkan: tidak ada hitungan dalam catatan yang berasal dari peristiwa ini.",
        "Accepted, not applied: no tally on record was made from this event.",
    ),
    "epcis.half_of_a_pair": Sentence(
        "Diterima, tidak diterapkan: hitungan ini berasal dari dua peristiwa (baik dan rusak); batalkan keduanya.",
        "Accepted, not applied: that tally was made from two events (good and damaged); declare both.",
    ),
}
"""The event is sound; nothing here follows from it. The document is kept."""

WORDS: Mapping[str, Sentence] = {**REFUSED, **NOT_APPLIED}
