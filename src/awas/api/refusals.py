"""What the device API's own refusals say to people. Codes are stable; a phone shows the sentence."""

from collections.abc import Mapping

from awas.ledger.refusals import Sentence
from awas.logistics.epcis.refusals import WORDS as EPCIS

WORDS: Mapping[str, Sentence] = {
    **EPCIS,
    "api.length_needed": Sentence(
        "Kirim dengan Content-Length; kiriman terpotong-potong (chunked) tidak diterima.",
        "Send it with a Content-Length; chunked bodies are not taken.",
    ),
    "api.empty": Sentence("Tidak ada butir yang dikirim.", "Nothing was sent."),
    "api.too_many_items": Sentence(
        "Terlalu banyak butir: %(got)s; paling banyak %(most)s sekali kirim.",
        "Too many items: %(got)s; at most %(most)s at once.",
    ),
    "api.too_large": Sentence(
        "Kiriman terlalu besar: paling besar %(most)s bita.", "The body is too large: at most %(most)s bytes."
    ),
    "api.not_json": Sentence("Kiriman bukan JSON yang sah: %(why)s", "The body is not valid JSON: %(why)s"),
    "api.item_not_json": Sentence("Butir ini bukan JSON yang sah: %(why)s", "This item is not valid JSON: %(why)s"),
    "api.kind_unknown": Sentence(
        "Jenis %(kind)s tidak dikenal atau tidak dapat dikirim dari perangkat.",
        "The kind %(kind)s is not known, or can't be sent by a device.",
    ),
    "api.token_only": Sentence(
        "Alamat ini hanya untuk perangkat yang terdaftar, dengan tokennya.",
        "This address is for enrolled devices alone, with their token.",
    ),
    "api.place_unknown": Sentence("Tempat %(place)s tidak dikenal.", "There is no place %(place)s."),
    "api.halted": Sentence(
        "Log ini sedang dihentikan dan tidak menerima catatan; simpan dan kirim lagi nanti.",
        "This log is halted and takes no entries; keep them and send them again later.",
    ),
    "api.unavailable": Sentence(
        "Catatan belum tersimpan; kirim lagi butir yang sama.", "It was not stored; send the same item again."
    ),
}
