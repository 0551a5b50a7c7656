"""What the record's own refusals say to people, and the form in which every area keeps its sentences.

One table per room: code → sentence in Indonesian and English, with the refusal's parameters as `%(name)s`. A test
holds that every code raised stands in its room's table and that no sentence asks for a parameter that isn't given.
"""

from collections.abc import Mapping

from django.utils.translation import get_language
from msgspec import Struct


class Sentence(Struct, frozen=True):
    """One sentence in both languages; as text, in the language of the page."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "id").startswith("en") else self.id


WORDS: Mapping[str, Sentence] = {
    "nothing_to_record": Sentence("Tidak ada yang dicatat.", "There is nothing to record."),
    "sequence_gap": Sentence(
        "Urutan catatan perangkat ini terputus: ditunggu nomor %(expected)s, diterima %(got)s.",
        "This device's entries are out of order: number %(expected)s was due, %(got)s came.",
    ),
    "already_recorded_otherwise": Sentence(
        "Catatan dengan nomor yang sama sudah ada dengan isi lain (catatan #%(index)s).",
        "An entry with the same number already stands with other content (entry %(index)s).",
    ),
    "photo_too_many_pixels": Sentence(
        "Foto terlalu besar: paling banyak %(most)s piksel.", "The photo is too large: at most %(most)s pixels."
    ),
    "photo_unreadable": Sentence("Berkas itu bukan foto yang dapat dibaca.", "That file is not a readable photo."),
    "photo_too_large": Sentence(
        "Foto terlalu besar: paling besar %(most)s MB.", "The photo is too large: at most %(most)s MB."
    ),
    "sent_too_large": Sentence(
        "Kiriman terlalu besar: paling besar %(most)s MB sekali kirim.",
        "What was sent is too large: at most %(most)s MB at once.",
    ),
    "text_not_allowed": Sentence(
        'Isian "%(field)s" memuat huruf atau tanda yang tidak boleh dipakai.',
        '"%(field)s" has a character that can\'t be used there.',
    ),
    "code_unknown": Sentence(
        'Pilihan pada "%(field)s" tidak dikenal.', 'The choice in "%(field)s" is not one of those offered.'
    ),
    "length_out_of_range": Sentence(
        'Isian "%(field)s" terlalu panjang, terlalu pendek, atau terlalu banyak barisnya.',
        '"%(field)s" is too long, too short, or has too many lines.',
    ),
    "number_out_of_range": Sentence(
        'Angka pada "%(field)s" di luar batas; jumlah tidak boleh kurang dari nol.',
        'The number in "%(field)s" is out of range; a count can\'t be below zero.',
    ),
    "field_missing": Sentence('Isian "%(field)s" wajib diisi.', '"%(field)s" must be filled in.'),
    "field_wrong_type": Sentence(
        'Isian "%(field)s" tidak sesuai jenisnya.', '"%(field)s" has the wrong kind of value.'
    ),
}
