"""What a refusal says: the words people have for what it names, in both languages, on forms and sheets alike."""

import re
from collections.abc import Iterable
from typing import Any, get_args

import msgspec
import pytest
from django.utils.translation import override

from awas.ledger.area import Refused
from awas.ledger.message import refusal_of
from awas.ledger.refusals import WORDS as LEDGER_WORDS
from awas.logistics.codes import KitState, Leg, TransferState
from awas.logistics.refusals import WORDS
from awas.logistics.sheets.faults import Fault
from awas.logistics.sheets.layout import headings_of
from awas.logistics.stages import STAGES, STEPS
from awas.logistics.words import ACTIONS, SHELVES
from awas.ui.refusals import in_words
from awas.warehouse.refusals import WORDS as GATE_WORDS
from tests import shape
from tests.browser.people import DISTRICT, HERE, KECAMATAN, VILLAGE
from tests.logistics.making import unit
from tests.logistics.test_sheet_pages import says, sends, sends_a_kit

S1, S2 = f"{VILLAGE}-001", f"{VILLAGE}-002"

CODES: dict[str, tuple[str, ...]] = {
    "step": tuple(STEPS),
    "stage": tuple(stage.id for stage in STAGES),
    "shelf": tuple(SHELVES),
    "what": ("ppwp", "dpr", "dpd", "dprd_prov", "dprd_kab", "paper_seal", "box", "ballot"),
    "state": (*get_args(KitState), *get_args(TransferState), "asked", "granted", "denied", "used"),
    "leg": get_args(Leg),
    "action": tuple(ACTIONS),
    "station": (S1,),
    "key": (f"{S1}/kit", f"{HERE}/xl.0.0f1e2d", unit("K7")),
    "unit": (unit("K7"),),
    "transfer": (f"{HERE}/t",),
    "line": (
        f"{S1}ballot.dprd_kab.36.02-4",
        "ballot dprd_kab 36.02-4",
        "paper_seal",
        "ballot:dprd_prov",
        S1,
        unit("K7"),
    ),
    "place": (HERE, KECAMATAN, S1),
    "district": (DISTRICT,),
}
FIGURES = frozenset({"number", "sum", "damaged", "usable", "passed", "short", "units"})


def refused(code: str, **params: Any) -> list[str]:
    """The sentence in Indonesian and in English."""
    said = []
    for language in ("id", "en"):
        with override(language):
            said.append(in_words(Refused(code, **params)))
    return said


@pytest.mark.parametrize("code", [*WORDS, "line_twice", "key_of_other_place", "key_of_other_district"])
def test_no_sentence_names_a_thing_by_its_code(district, code):
    sends_a_kit(district)
    sentence = (WORDS | GATE_WORDS)[code]
    wanted = shape.wanted_parameters(sentence.id)
    assert wanted <= CODES.keys() | FIGURES
    most = max((len(CODES[name]) for name in wanted & CODES.keys()), default=1)
    for number in range(most):
        params = {name: CODES[name][number % len(CODES[name])] for name in wanted & CODES.keys()}
        indonesian, english = refused(code, **params, **dict.fromkeys(FIGURES, 1250))
        # An English word may be spelled like its code: packed.
        codes = {value for value in params.values() if not value.isalpha()}
        assert stands_in(indonesian, params.values()) == []
        assert stands_in(english, codes) == []


def stands_in(said: str, codes: Iterable[str]) -> list[str]:
    return [code for code in codes if re.search(rf"(?<![\w.-]){re.escape(code)}(?![\w.-])", said)]


def test_it_says_what_people_say(district):
    sends_a_kit(district)
    nothing = {"step": "sort", "shelf": "unsorted", "what": "dpr"}
    assert refused("logistics.nothing_there", **nothing) == [
        'Belum ada surat suara DPR di sini dengan keadaan "Diterima, belum disortir":'
        " langkah sebelumnya belum dicatat.",
        'No House of Representatives (DPR) ballots here on the shelf "Received, not sorted" yet:'
        " the step before isn't on record.",
    ]
    leg = {"station": S1, "state": "packing", "leg": "to_station"}
    assert refused("logistics.leg_not_next", **leg) == [
        "Paket TPS 1 Desa Contoh (sedang dikemas) belum dapat menempuh tahap perjalanan ini: ke TPS.",
        "The kit of TPS 1 Desa Contoh (being packed) can't set out on this leg yet: to the polling station.",
    ]
    assert refused("logistics.no_station", step="sort")[0] == "Langkah Sortir tidak dihitung per TPS."
    assert refused("logistics.unit_on_its_way", unit=unit("K7"), transfer=f"{HERE}/t")[0] == (
        "K7 sedang dalam perjalanan (Gudang Contoh → Kecamatan Contoh)."
    )
    assert refused("line_twice", line=f"{S1}ballot.dprd_kab.36.02-4")[0] == (
        "Baris yang sama ditulis dua kali: surat suara DPRD Kabupaten/Kota 36.02-4, TPS 1 Desa Contoh."
    )
    assert refused("logistics.damage_sum", sum=1250, damaged=1300)[0].startswith("Jumlah per kriteria 1.250,")


def test_who_reads_it_knows_the_place(district):
    assert refused("logistics.kit_elsewhere", station=S1, place=KECAMATAN)[0] == (
        "Paket TPS 1 Desa Contoh ada di Kecamatan Contoh."
    )
    assert refused("logistics.kit_elsewhere", station=f"{VILLAGE}-077", place="36.02-G9")[0] == (
        f"Paket TPS {VILLAGE}-077 ada di 36.02-G9."
    )


@pytest.mark.parametrize("code", [code for code, one in LEDGER_WORDS.items() if "%(field)s" in one.id])
def test_a_field_is_called_as_on_the_page(code):
    labels = {"dapil": "Dapil", "lines": "Barang"}
    for path, label in (("lines[0].dapil", "Dapil"), ("lines[3].units", "Barang"), ("seals[2]", "seals[2]")):
        assert f'"{label}"' in in_words(Refused(code, field=path), labels)


def test_a_sheet_names_the_field_by_its_heading():
    fault = Fault(code="text_not_allowed", refused=Refused("text_not_allowed", field="lines[0].dapil"), row=4,
                  headings=headings_of("sort"))  # fmt: skip
    assert fault.words("id") == 'Baris 4: Isian "Dapil" memuat huruf atau tanda yang tidak boleh dipakai.'
    assert fault.words("en") == 'Row 4: "Constituency" has a character that can\'t be used there.'


def test_what_is_missing_is_named():
    class Named(msgspec.Struct):
        gate: str

    with pytest.raises(msgspec.ValidationError) as wrong:
        msgspec.json.decode(b'{"lines": [{}]}', type=dict[str, list[Named]])
    assert 'gate"' in in_words(refusal_of(wrong.value))


def test_a_form_names_the_field_by_its_label(district, visits):
    filled = {"nonce": "n1", "what": "ballot:dpr", "dapil": "36.02 4", "taken": "5", "passed": "5", "reason": "none"}
    answer = visits("wati").post(f"/logistik/{HERE}/catat/terima/", filled)
    assert answer.status_code == 422
    text = says(answer)
    assert 'Isian "Dapil, misalnya 36.03-4" memuat huruf atau tanda yang tidak boleh dipakai.' in text
    assert "lines[0]" not in text


def test_a_sheet_and_a_form_refuse_in_the_same_words(district, visits):
    wati = visits("wati")
    filled = {"nonce": "n1", "what": "ballot:dpr", "taken": "5", "passed": "5", "reason": "none"}
    on_form = says(wati.post(f"/logistik/{HERE}/catat/sortir/", filled))
    in_file = says(sends(wati, "Barang;Di tangan;Baik\ndpr;5;5\n", kind="sort"))
    said = refused("logistics.nothing_there", step="sort", shelf="unsorted", what="dpr")[0]
    assert said in on_form
    assert said in in_file


def test_a_program_still_reads_the_codes(district):
    why = Refused("logistics.nothing_there", step="sort", shelf="unsorted", what="dpr")
    in_words(why)
    assert why.params == {"step": "sort", "shelf": "unsorted", "what": "dpr"}
