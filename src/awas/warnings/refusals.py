"""What the refusals about warnings say to people, in both languages."""

from collections.abc import Mapping

from awas.ledger.refusals import Sentence

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
}
