"""What can be wrong with an own rule: the line, and a plain sentence in both languages. Pure."""

import difflib
from collections.abc import Iterable, Mapping

from msgspec import Struct

from awas.warnings.rule import Words

SHOWN = 40
"""So much of what was written is repeated in a sentence about it."""


class Fault(Struct, frozen=True, kw_only=True):
    """One thing to put right. `line` counts from 1."""

    line: int
    code: str
    words: Words

    @property
    def told(self) -> Words:
        """The sentence with its line before it."""
        return Words(f"baris {self.line}: {self.words.id}", f"line {self.line}: {self.words.en}")


def fault(line: int, code: str, **named: object) -> Fault:
    """A fault in words; what was written is cut short, so that a sentence stays one."""
    said = {name: _short(str(value)) for name, value in named.items()}
    words = SENTENCES[code]
    return Fault(line=line, code=code, words=Words(words.id.format_map(said), words.en.format_map(said)))


def meant(written: str, known: Iterable[str]) -> str:
    """What comes closest to a word nobody knows; empty when nothing does."""
    near = difflib.get_close_matches(written[:SHOWN], list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def unknown(line: int, code: str, written: str, known: Iterable[str], **named: object) -> Fault:
    """A fault about an unknown word, with the nearest known one as a question, or else the choices."""
    choices = list(known)
    near = meant(written, choices)
    if near:
        return _asked(fault(line, code, written=written, **named), near)
    found = fault(line, code, written=written, **named)
    if not choices or len(choices) > CHOICES_SHOWN:
        return found
    listed = ", ".join(choices)
    words = Words(f"{found.words.id}; pilihannya: {listed}", f"{found.words.en}; choose from: {listed}")
    return Fault(line=line, code=code, words=words)


CHOICES_SHOWN = 24


def _asked(found: Fault, near: str) -> Fault:
    words = Words(f"{found.words.id}; maksud Anda '{near}'?", f"{found.words.en}; did you mean '{near}'?")
    return Fault(line=found.line, code=found.code, words=words)


def _short(text: str) -> str:
    seen = "".join(one if one.isprintable() else "?" for one in text)
    return seen if len(seen) <= SHOWN * 2 else seen[: SHOWN * 2] + "…"


SENTENCES: Mapping[str, Words] = {
    "too_long": Words("aturan lebih dari {most} huruf", "the rule is longer than {most} characters"),
    "not_yaml": Words("bukan YAML yang benar ({why})", "this isn't sound YAML ({why})"),
    "alias": Words("jangkar dan alias (& dan *) tidak boleh", "anchors and aliases (& and *) aren't allowed"),
    "tag": Words("tag (!) tidak boleh", "tags (!) aren't allowed"),
    "too_deep": Words("terlalu dalam bersarang", "nested too deeply"),
    "too_many": Words("terlalu banyak isian", "too many values"),
    "many_documents": Words("satu aturan saja dalam satu naskah", "only one rule in one text"),
    "empty": Words("tidak ada isinya", "there is nothing in it"),
    "twice": Words("'{written}' ditulis dua kali", "'{written}' is written twice"),
    "unseen": Words("ada huruf yang tidak terlihat", "there is a character that can't be seen"),
    "not_a_map": Words("di sini harus ada isian 'nama: nilai'", "here 'name: value' is wanted"),
    "not_a_list": Words("di sini harus ada daftar", "here a list is wanted"),
    "not_a_text": Words("di sini harus ada satu nilai", "here a single value is wanted"),
    "key_unknown": Words("isian '{written}' tidak dikenal", "'{written}' isn't known here"),
    "key_missing": Words("isian '{name}' belum ada", "'{name}' is missing"),
    "no_text": Words("'{name}' belum diisi", "'{name}' is empty"),
    "text_too_long": Words("'{name}' lebih dari {most} huruf", "'{name}' is longer than {most} characters"),
    "too_many_of": Words("'{name}' paling banyak {most}", "at most {most} of '{name}'"),
    "id_wrong": Words(
        "id harus seperti OWN-BANTEN-01: OWN-, 2 sampai 10 huruf besar atau angka, lalu nomor",
        "an id looks like OWN-BANTEN-01: OWN-, 2 to 10 capitals or digits, then a number",
    ),
    "level_unknown": Words("tingkat '{written}' tidak dikenal", "there is no level '{written}'"),
    "kind_unknown": Words("jenis catatan '{written}' tidak dikenal", "there is no kind of entry '{written}'"),
    "field_unknown": Words("field '{written}' tidak ada pada {kind}", "there is no field '{written}' in {kind}"),
    "field_personal": Words(
        "field '{written}' menunjuk orang; aturan tidak memakai data pribadi",
        "field '{written}' names a person; a rule uses no personal data",
    ),
    "field_not_single": Words(
        "field '{written}' berisi banyak hal; hanya 'missing' dapat ditanyakan",
        "field '{written}' holds many things; only 'missing' can be asked of it",
    ),
    "field_not_key": Words(
        "field '{written}' tidak dapat membedakan peringatan; pilih nomor atau kode",
        "field '{written}' can't tell warnings apart; take a number or a code",
    ),
    "kinds_differ": Words(
        "field '{written}' tidak sama jenisnya pada {kind}", "field '{written}' isn't of the same type in {kind}"
    ),
    "no_test": Words(
        "tidak ada perbandingan: is, is_not, in, over, under atau missing",
        "there is no comparison: is, is_not, in, over, under or missing",
    ),
    "many_tests": Words("satu perbandingan saja untuk satu syarat", "only one comparison in one condition"),
    "not_a_number": Words("'{written}' bukan bilangan bulat", "'{written}' isn't a whole number"),
    "not_a_yes": Words("'{written}' harus ya atau tidak", "'{written}' must be yes or no"),
    "not_compared": Words(
        "'{test}' tidak dapat ditanyakan pada field '{written}'", "'{test}' can't be asked of field '{written}'"
    ),
    "value_unknown": Words("nilai '{written}' tidak dikenal pada {field}", "'{written}' is no value of {field}"),
    "duration_wrong": Words(
        "lama waktu '{written}' tidak terbaca; tulis seperti 10m, 2h atau 1d",
        "can't read the duration '{written}'; write 10m, 2h or 1d",
    ),
    "out_of_bounds": Words("'{name}' harus dari {least} sampai {most}", "'{name}' must be from {least} to {most}"),
    "clock_wrong": Words("jam '{written}' tidak terbaca; tulis seperti 22.00", "can't read '{written}'; write 22.00"),
    "window_wrong": Words(
        "'between' memuat dua jam yang berbeda, seperti [22.00, 05.00]",
        "'between' holds two different hours, like [22.00, 05.00]",
    ),
    "not_an_instant": Words("field '{written}' bukan waktu", "field '{written}' isn't a time"),
    "why_unknown": Words("alasan '{written}' tidak dikenal", "there is no reason '{written}'"),
    "brace_wrong": Words(
        "kurung kurawal hanya memuat nama field, seperti {{plate}}", "braces hold only a field's name, like {{plate}}"
    ),
    "absent_and_count": Words("pakai 'absent' atau 'count', tidak keduanya", "use 'absent' or 'count', not both"),
    "keys_differ": Words(
        "'key' harus memuat {count} field, seperti group_by", "'key' must hold {count} fields, like group_by"
    ),
    "never_ends": Words(
        "'keep_firing_for' hanya berarti bila ada 'ends' atau 'absent'",
        "'keep_firing_for' means something only with 'ends' or 'absent'",
    ),
}
