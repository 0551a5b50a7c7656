"""Sheets as offices fill them in: from the template to the record's own quantities; every fault by its place."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger.message import require_valid
from awas.logistics.area import AREA
from awas.logistics.commands import AcceptTransfer, LabelUnits, OfferTransfer, RecordContract, RecordCount, Tally
from awas.logistics.keys import kit_key, stock_key
from awas.logistics.needs import KitItem
from awas.logistics.sheets import typed
from awas.logistics.sheets.column import Kind
from awas.logistics.sheets.faults import BadSheet, Mistyped
from awas.logistics.sheets.ground import Ground, Offered, OfferedRow, StationRow
from awas.logistics.sheets.ground import folded as folded_name
from awas.logistics.sheets.layout import SHEETS, choices_of, columns_of
from awas.logistics.sheets.reading import Read, read
from awas.logistics.sheets.refusals import WORDS
from awas.logistics.sheets.rows import MAKERS
from awas.logistics.sheets.writing import (
    GUIDE,
    export_csv,
    export_xlsx,
    offered_prefill,
    safe,
    station_prefill,
    template,
)
from awas.logistics.stages import STEPS
from awas.warnings.rule import Words
from tests.book import START
from tests.logistics.making import KECAMATAN, PLACE, S1, S2, S3, Book, at, folded, unit

BALLOTS = {
    "dpr": Words("DPR", "House of Representatives (DPR)"),
    "dprd_kab": Words("DPRD Kabupaten/Kota", "District council (DPRD Kabupaten/Kota)"),
}
GROUND = Ground(
    place=PLACE,
    now=START,
    ballots=BALLOTS,
    regions={
        "36.02.05": "CIMARGA",
        "36.02.06": "CIPANAS",
        "36.02.05.2001": "MEKARJAYA",
        "36.02.05.2002": "SUKAMAJU",
        "36.02.06.2003": "SUKAMAJU",
    },
    sites={PLACE: "Gudang KPU"},
    stations=frozenset({S1, S2, S3}),
    equipment=(KitItem(item="box", units=5, counted=True), KitItem(item="form", units=1, counted=False)),
)
LONG_AGO = "01/01/2001"


def filled(kind: str, *rows: dict[str, Any], ground: Ground = GROUND, language: str = "id", prefill: Any = ()) -> bytes:
    """A template filled in by the columns' names, as Excel would save it; rows go under those prefilled."""
    book = openpyxl.load_workbook(io.BytesIO(template(kind, ground, rows=prefill, language=language)))
    page = book.worksheets[0]
    names = [column.name for column in columns_of(SHEETS[kind], ground)]
    first = len(list(prefill)) + 2
    for number, row in enumerate(rows, first):
        for name, value in row.items():
            page.cell(number, names.index(name) + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def said(kind: str, *rows: dict[str, Any], ground: Ground = GROUND, **more: Any) -> Read:
    return read(kind, filled(kind, *rows, ground=ground, **more), "berkas.xlsx", ground)


def faults(kind: str, *rows: dict[str, Any], ground: Ground = GROUND, **more: Any) -> tuple[list[str], list[str]]:
    """The faults of a filled template, in Indonesian and in English."""
    with pytest.raises(BadSheet) as caught:
        said(kind, *rows, ground=ground, **more)
    return caught.value.lines("id"), caught.value.lines("en")


def text_faults(kind: str, text: str, language: str = "id") -> list[str]:
    with pytest.raises(BadSheet) as caught:
        read(kind, text.encode(), "berkas.csv", GROUND)
    return caught.value.lines(language)


def stock(book: Book, shelf: str, ballot: str = "dpr") -> int:
    found = book.item("stock", stock_key(PLACE, shelf, "ballot", ballot, ""))
    return found.units if found else 0


def do_all(book: Book, read_: Read, place: str = PLACE, **named: Any) -> list[Any]:
    drafts = read_.drafts(place)
    for draft in drafts:
        book.do(draft.command, place=place, **named)
    return [draft.command for draft in drafts]


# -- the way through -----------------------------------------------------------------------------------------------


def test_sheets_of_a_whole_chain_give_the_records_quantities():
    book = Book(AREA)
    received = {"what": "DPR", "taken": "1.000", "passed": 1000, "document_number": "BAST-1"}
    do_all(book, said("receive", received, {"what": "Kotak suara", "taken": 10, "passed": 10}))
    counted = {"what": "dpr", "taken": 1000, "passed": 985, "damaged": 15, "damage_wet": 12, "damage_hole": 3}
    (sorted_,) = do_all(book, said("sort", counted | {"table": "Meja 3", "workers": 8, "workers_checked": "Ya"}))
    assert isinstance(sorted_, Tally)
    assert (sorted_.table, sorted_.workers, sorted_.workers_checked) == ("Meja-3", 8, True)
    do_all(book, said("fold", {"what": "surat suara DPR", "taken": "985", "passed": "985"}))
    assert (stock(book, "folded"), stock(book, "damaged")) == (985, 15)
    do_all(
        book,
        said(
            "pack",
            {"station": S1, "ballot_dpr": 204, "kit_box": 5, "kit_form": 1},
            {"station": S2, "ballot_dpr": "100"},
        ),
    )
    assert (stock(book, "packed"), stock(book, "folded")) == (304, 681)
    assert book.item("kit", kit_key(S1)).contents["box.."] == 5
    do_all(book, said("set_aside", {"what": "dpr", "taken": 681, "passed": 681}))
    do_all(book, said("destroy_damaged", {"what": "dpr", "taken": 15, "passed": 15, "document_number": "BA-9"}))
    do_all(book, said("destroy_surplus", {"what": "dpr", "taken": 681, "passed": 681, "document_number": "BA-9"}))
    assert (stock(book, "destroyed"), stock(book, "surplus"), stock(book, "damaged")) == (696, 0, 0)


def test_kits_and_boxes_go_out_and_are_accepted_by_sheet():
    book = folded(Book(AREA), 400)
    do_all(book, said("labels", {"unit_kind": "Kotak suara", "label": "k1", "station": S1, "ballot": "DPR"}))
    assert book.item("unit", unit("K1")).station == S1
    do_all(book, said("pack", {"station": S1, "ballot_dpr": 204}, {"station": S2, "ballot_dpr": 100}))
    leg = {"leg": "to_kecamatan", "to_place": "Cimarga", "plate": "a 1234 bc", "escort": "Polisi", "seals": "z1, z2"}
    (offer,) = do_all(book, said("transfer-offer", {"station": S1} | leg, {"station": S2} | leg, {"label": "K1"} | leg))
    assert isinstance(offer, OfferTransfer)
    assert (offer.to_place, offer.stations, offer.units) == (KECAMATAN, (S1, S2), (unit("K1"),))
    assert (offer.plate, offer.escort, offer.seals) == ("A 1234 BC", "police", ("Z1", "Z2"))
    ground = arriving(offer)
    rows = offered_prefill(offered_of(offer))
    answers = [{"came": "Ya"}, {"came": "tidak", "reason": "Menyusul", "bad_seals": "Z2"}, {"came": "yes"}]
    whole = [row | given for row, given in zip(rows, answers, strict=True)]
    (accepted,) = do_all(book, said("transfer-accept", *whole, ground=ground), place=KECAMATAN, actor="rina")
    assert isinstance(accepted, AcceptTransfer)
    assert (accepted.stations, accepted.units, accepted.reason) == ((S1,), (unit("K1"),), "follows_later")
    assert [(one.number, one.result) for one in accepted.seals] == [("Z1", "intact"), ("Z2", "broken")]
    assert book.item("transfer", offer.transfer_id).missing == (S2,)


def offered_of(offer: OfferTransfer) -> list[OfferedRow]:
    rows = [OfferedRow(transfer=offer.transfer_id, station=station) for station in offer.stations]
    return rows + [OfferedRow(transfer=offer.transfer_id, label=key.partition("/")[2]) for key in offer.units]


def arriving(offer: OfferTransfer) -> Ground:
    sent = Offered(state="offered", stations=offer.stations, units=offer.units, seals=offer.seals)
    return Ground(
        place=KECAMATAN, now=START, ballots=BALLOTS, stations=GROUND.stations, offered={offer.transfer_id: sent}
    )


def test_contracts_and_stock_counts():
    book = folded(Book(AREA), 50)
    row = {"supplier": "PT Contoh", "document_number": "K-1", "what": "DPR", "units": "125.000"}
    (contract,) = do_all(
        book,
        said(
            "contract",
            row | {"deliver_by": "15/02/2024"},
            row | {"deliver_by": "15/02/2024", "what": "Tinta", "units": 60},
        ),
    )
    assert isinstance(contract, RecordContract)
    assert [(line.item, line.units) for line in contract.lines] == [("ballot", 125_000), ("ink", 60)]
    assert contract.deliver_by_at == typed.noon(datetime.date(2024, 2, 15), "Asia/Jakarta") + 12 * 3_600_000
    (count,) = do_all(
        book,
        said("count", {"shelf": "folded", "what": "dpr", "units": 48, "counted_by": "KPU", "reason": "Hilang"}),
    )
    assert isinstance(count, RecordCount)
    assert (count.shelf, count.reason, count.counted_by) == ("folded", "lost", "kpu")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_template_is_read_in_whichever_language_it_was_written(language):
    row = {"what": "dpr", "taken": 5, "passed": 5}
    assert len(said("sort", row, language=language).rows) == 1


def test_every_kind_has_a_maker_and_its_columns_both_headings():
    assert set(SHEETS) == set(Kind.__args__) == {*MAKERS, "transfer-accept"}  # type: ignore[attr-defined]
    for sheet in SHEETS.values():
        columns = columns_of(sheet, GROUND)
        for words in ([one.id.casefold() for one in columns], [one.en.casefold() for one in columns]):
            assert len(set(words)) == len(words)
        assert any(column.required for column in columns)
        assert all(
            column.example in choices_of(column, GROUND) for column in columns if column.codes and column.example
        )


def test_no_word_stands_for_two_codes():
    for sheet in SHEETS.values():
        for column in columns_of(sheet, GROUND):
            choices = choices_of(column, GROUND)
            known = typed.lookup(choices)
            assert {known[folded_name(getattr(word, one))] for word in choices.values() for one in ("id", "en")} == set(
                choices
            )


def test_tallies_of_the_stages_are_sheets():
    own = {step for step, row in STEPS.items() if step not in {"order", "print"} and not row.approval}
    assert own <= set(SHEETS)


# -- templates -----------------------------------------------------------------------------------------------------


def test_a_packing_template_has_a_row_for_each_station_with_its_needs():
    rows = [
        StationRow(code=S1, kecamatan="CIMARGA", village="MEKARJAYA", needs={"dpr": 204, "dprd_kab": 204}),
        StationRow(code=S2, kecamatan="CIMARGA", village="=MEKAR()", needs={}),
    ]
    book = openpyxl.load_workbook(io.BytesIO(template("pack", GROUND, rows=station_prefill(rows))))
    page = book.worksheets[0]
    assert page.freeze_panes == "B2"
    assert page["A1"].font.bold
    assert [cell.value for cell in page[2]][:6] == [S1, "CIMARGA", "MEKARJAYA", 204, 204, None]
    assert page["C3"].value == "'=MEKAR()"
    assert page["C3"].data_type == "s"
    assert (page["D2"].number_format, page["A2"].number_format) == ("#,##0", "@")
    assert book.sheetnames[1] == GUIDE


def test_only_stations_that_are_filled_in_are_packed():
    rows = station_prefill(
        [StationRow(code=one, kecamatan="CIMARGA", village="MEKARJAYA", needs={"dpr": 9}) for one in (S1, S2)]
    )
    given = said("pack", rows[0], rows[1] | {"ballot_dpr": 100})
    assert (len(given.rows), given.left_empty) == (1, 1)
    assert said("pack", rows[0] | {"ballot_dpr": 0}, rows[1] | {"ballot_dpr": 100}).left_empty == 1


@pytest.mark.parametrize("kind", sorted(SHEETS))
@pytest.mark.parametrize("language", ["id", "en"])
def test_choices_drop_down_and_stand_in_the_guide_in_both_languages(kind, language):
    book = openpyxl.load_workbook(io.BytesIO(template(kind, GROUND, language=language)))
    lists = [rule for rule in book.worksheets[0].data_validations.dataValidation if rule.type == "list"]
    columns = [column for column in columns_of(SHEETS[kind], GROUND) if choices_of(column, GROUND)]
    assert len(lists) == len(columns)
    for rule, column in zip(lists, columns, strict=True):
        cells = book[GUIDE][rule.formula1.rpartition("!")[2].replace("$", "")]
        words = [getattr(word, language) for word in choices_of(column, GROUND).values()]
        assert [cell.value for row in cells for cell in row] == words
    told = {cell.value for row in book[GUIDE].iter_rows() for cell in row}
    assert {SHEETS[kind].title.id, SHEETS[kind].title.en} <= told


def test_an_empty_template_says_nothing():
    assert faults("sort")[0] == ["Tidak ada baris yang diisi."]


# -- numbers as typed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (1250, 1250), (1250.0, 1250), ("1250", 1250), ("1.250", 1250), ("1,250", 1250), (" 1 250 ", 1250),
        ("1.250.000", 1_250_000), ("0", 0), ("007", 7), ("1\u00a0250", 1250), ("'1250", 1250), (1e8, 100_000_000),
    ],
)  # fmt: skip
def test_a_number_as_offices_type_it(cell, number):
    assert typed.count(cell) == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (1.5, "sheet.not_whole"), ("1.5", "sheet.not_whole"), ("1,5", "sheet.not_whole"), ("0.250", "sheet.not_whole"),
        ("1.250,5", "sheet.not_whole"), ("1.250,000", "sheet.not_whole"), ("12.50", "sheet.not_whole"),
        ("1250.", "sheet.not_whole"), (1e999, "sheet.number_out_of_range"), (float("nan"), "sheet.number_out_of_range"),
        ("1e999", "sheet.not_number"), (-1, "sheet.number_out_of_range"), ("-1", "sheet.number_out_of_range"),
        (100_000_001, "sheet.number_out_of_range"), ("９", "sheet.not_number"), ("١", "sheet.not_number"),
        (True, "sheet.not_number"), ("12 lembar", "sheet.not_number"), (datetime.date(2024, 1, 1), "sheet.not_number"),
        ("<b>5</b>", "sheet.not_number"), ("5\x00", "sheet.not_number"), ("0x10", "sheet.not_number"),
    ],
)  # fmt: skip
def test_what_is_no_whole_number_is_refused(cell, code):
    with pytest.raises(Mistyped) as caught:
        typed.count(cell)
    assert caught.value.code == code


@given(st.integers(0, 100_000_000), st.sampled_from(["{:d}", "{:,d}", "{:_d}", "{:,d}|."]))
def test_any_number_is_read_however_it_is_grouped(number, form):
    form, _, separator = form.partition("|")
    text = form.format(number).replace("_", " ")
    assert typed.count(text.replace(",", separator) if separator else text) == number


@given(st.integers(0, 10_000_000), st.integers(1, 99), st.sampled_from(".,"))
def test_a_fraction_is_never_taken_for_a_number(whole, part, separator):
    for cell in (f"{whole}{separator}{part}", whole + part / 100):
        with pytest.raises(Mistyped):
            typed.count(cell)


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.dates()))
def test_nothing_typed_breaks_the_reading(cell):
    for parse in (
        typed.count,
        typed.day,
        typed.seals,
        lambda cell: typed.text_of(cell, 40),
        lambda cell: typed.station(cell, GROUND, "36.02.05.2001"),
        lambda cell: typed.region(cell, GROUND, 13),
        lambda cell: typed.destination(cell, GROUND),
        lambda cell: typed.past_day(cell, GROUND),
        lambda cell: typed.deadline(cell, GROUND),
    ):
        try:
            parse(cell)
        except Mistyped as mistyped:
            assert mistyped.code in WORDS


# -- places and codes as typed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "village"),
    [
        (S1, ""), ("3602052001001", ""), (3602052001001.0, ""), ("36.02.05.2001.001", ""), ("3602052001 001", ""),
        ("TPS 1", "36.02.05.2001"), ("tps 001", "36.02.05.2001"), ("TPS No. 1", "36.02.05.2001"), (1, "36.02.05.2001"),
    ],
)  # fmt: skip
def test_a_station_as_offices_write_it(cell, village):
    assert typed.station(cell, GROUND, village) == S1


def test_a_village_is_found_by_name_and_told_apart_by_its_kecamatan():
    row = {"station": "TPS 1", "ballot_dpr": 3}
    given = said("pack", row | {"village": "Desa Mekarjaya"}, row | {"station": "TPS 2", "village": "3602052001"})
    assert [one.things[0].station for one in given.rows] == [S1, S2]  # type: ignore[union-attr]
    given = said("pack", row | {"kecamatan": "Kec. Cipanas", "village": "Sukamaju"})
    assert given.rows[0].things[0].station == S3  # type: ignore[union-attr]


@pytest.mark.parametrize("typed_as", ["dpr", "DPR", "Surat Suara DPR", "house of representatives (dpr)", " Dpr "])
def test_a_ballot_is_known_by_code_or_name(typed_as):
    (row,) = said("sort", {"what": typed_as, "taken": 5, "passed": 5}).rows
    assert (row.things[0].item, row.things[0].ballot) == ("ballot", "dpr")  # type: ignore[union-attr]


@pytest.mark.parametrize("typed_as", ["ink", "Tinta", "INK"])
def test_other_things_are_known_by_code_or_word(typed_as):
    (row,) = said("receive", {"what": typed_as, "taken": 5, "passed": 5}).rows
    assert (row.things[0].item, row.things[0].ballot) == ("ink", "")  # type: ignore[union-attr]


HALF_PAST_NINE = datetime.datetime(2024, 1, 12, 9, 30)  # noqa: DTZ001 - a workbook's cells know no zone


@pytest.mark.parametrize("cell", [datetime.date(2024, 1, 12), HALF_PAST_NINE, "12/01/2024", "12-1-2024", "2024-01-12"])
def test_a_day_as_offices_write_it_is_when_it_happened(cell):
    (draft,) = said("sort", {"day": cell, "what": "dpr", "taken": 5, "passed": 5}).drafts(PLACE)
    assert draft.at == 1_705_035_600_000  # 12 January 2024, noon WIB
    assert draft.key.startswith(f"{PLACE}/xl.240112.")


# -- faults --------------------------------------------------------------------------------------------------------

SORT = {"what": "dpr", "taken": 100, "passed": 100}
PACKED = {"station": S1, "ballot_dpr": 5}
SENT = {"leg": "to_kecamatan", "to_place": "36.02.05", "station": S1}

FAULTY = [
    ("sort", SORT | {"damaged": 14, "passed": 86, "damage_wet": 12, "damage_hole": 3},
     "Baris 2, kolom Rusak: 3 + 12 = 15, padahal tertulis 14.",
     "Row 2, column Damaged: 3 + 12 = 15, but 14 is written there."),
    ("sort", SORT | {"taken": ""}, "Baris 2, kolom Di tangan: wajib diisi.",
     "Row 2, column In hand: must be filled in."),
    ("sort", SORT | {"passed": "seratus"},
     'Baris 2, kolom Baik: "seratus" bukan bilangan. Tulis angka saja, misalnya 1250 atau 1.250.',
     'Row 2, column Good: "seratus" is no number. Write figures alone, such as 1250 or 1.250.'),
    ("sort", SORT | {"passed": 99.5}, "Baris 2, kolom Baik: 99.5 bukan bilangan bulat.",
     "Row 2, column Good: 99.5 is not a whole number."),
    ("sort", SORT | {"taken": 200_000_000},
     "Baris 2, kolom Di tangan: 200000000 di luar batas: 0 sampai 100.000.000.",
     "Row 2, column In hand: 200000000 is out of range: 0 to 100,000,000."),
    ("sort", SORT | {"passed": 90},
     "Baris 2, kolom Alasan selisih: di tangan 100, padahal 90 + 0 = 90: pilih alasannya.",
     "Row 2, column Reason for the difference: in hand 100, but 90 + 0 = 90: choose the reason."),
    ("sort", SORT | {"usable": 101},
     "Baris 2, kolom Tidak sempurna tetapi layak: 101 lebih banyak daripada yang baik (100).",
     "Row 2, column Imperfect but usable: 101 is more than the good ones (100)."),
    ("sort", SORT | {"taken": 0, "passed": 0}, "Baris 2, kolom Di tangan: semua jumlah nol.",
     "Row 2, column In hand: every figure is zero."),
    ("sort", SORT | {"what": "dprx"}, 'Baris 2, kolom Barang: "dprx" tidak dikenal. Pilihannya: DPR,',
     'Row 2, column Item: "dprx" is not known. Choose from: House'),
    ("sort", SORT | {"day": "31/02/2024"}, 'Baris 2, kolom Tanggal: "31/02/2024" bukan tanggal.',
     'Row 2, column Date: "31/02/2024" is no date.'),
    ("sort", SORT | {"day": "29/01/2024"}, "Baris 2, kolom Tanggal: 29/01/2024 belum tiba.",
     "Row 2, column Date: 29/01/2024 has not come yet."),
    ("sort", SORT | {"day": LONG_AGO}, "Baris 2, kolom Tanggal: 01/01/2001 terlalu lama.",
     "Row 2, column Date: 01/01/2001 is too long ago."),
    ("sort", SORT | {"document_number": "x" * 121}, "Baris 2, kolom Nomor dokumen: paling banyak 120 huruf.",
     "Row 2, column Document number: at most 120 characters."),
    ("sort", SORT | {"dapil": "36 03/4"}, 'Baris 2, kolom Dapil: "36 03/4" memuat tanda',
     'Row 2, column Constituency: "36 03/4" has a character'),
    ("sort", SORT | {"workers_checked": "mungkin"},
     'Baris 2, kolom Petugas diperiksa SIPOL: "mungkin" tidak dikenal. Pilihannya: Ya, Tidak.',
     'Row 2, column Workers looked up in SIPOL: "mungkin" is not known. Choose from: Yes, No.'),
    ("set_aside", SORT | {"passed": 90},
     "Baris 2, kolom Dipisahkan: di langkah ini keduanya harus sama: di tangan 100, diteruskan 90.",
     "Row 2, column Set aside: in this step both must be the same: in hand 100, passed on 90."),
    ("pack", PACKED | {"station": "TPS 1"}, 'Baris 2, kolom TPS: "TPS 1" bukan TPS.',
     'Row 2, column Polling station: "TPS 1" is no polling station.'),
    ("pack", PACKED | {"station": "36.02.05.2001-044"},
     "Baris 2, kolom TPS: TPS 36.02.05.2001-044 tidak ada dalam daftar.",
     "Row 2, column Polling station: Station 36.02.05.2001-044 is not in the register."),
    ("pack", PACKED | {"village": "Entah"}, 'Baris 2, kolom Desa/Kelurahan: "Entah" tidak ada di kabupaten/kota ini.',
     'Row 2, column Village: "Entah" does not lie in this district.'),
    ("pack", PACKED | {"village": "Sukamaju"},
     'Baris 2, kolom Desa/Kelurahan: "Sukamaju" ada lebih dari satu (36.02.05.2002, 36.02.06.2003).',
     'Row 2, column Village: There is more than one "Sukamaju" (36.02.05.2002, 36.02.06.2003).'),
    ("transfer-offer", SENT | {"to_place": "Bulan"}, 'Baris 2, kolom Tujuan: "Bulan" bukan tujuan yang dikenal',
     'Row 2, column Goes to: "Bulan" is no known place'),
    ("transfer-offer", SENT | {"label": "K1"}, "Baris 2, kolom TPS: isi TPS atau label, salah satu saja.",
     "Row 2, column Polling station: fill in a station or a label, one of them."),
    ("contract", {"supplier": "P", "document_number": "K", "what": "dpr", "units": 0},
     "Baris 2, kolom Jumlah: semua jumlah nol.", "Row 2, column Quantity: every figure is zero."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "indonesian", "english"), FAULTY)
def test_a_fault_is_named_by_row_and_column_in_both_languages(kind, row, indonesian, english):
    ours, theirs = faults(kind, row)
    assert len(ours) == len(theirs) == 1
    assert ours[0].startswith(indonesian)
    assert theirs[0].startswith(english)


def test_all_faults_are_named_and_nothing_is_half_imported():
    ours, _ = faults("sort", SORT, SORT | {"passed": "x", "what": "y"}, SORT | {"taken": 101, "passed": 100})
    assert [line.partition(":")[0] for line in ours] == [
        "Baris 3, kolom Barang", "Baris 3, kolom Baik", "Baris 4, kolom Alasan selisih",
    ]  # fmt: skip


def test_a_row_said_twice_and_a_station_packed_twice():
    assert faults("sort", SORT, SORT)[0] == [
        "Baris 3: sama persis dengan baris 2. Bila memang dua hitungan, bedakan dengan tanggal atau nomor dokumennya."
    ]
    assert len(said("sort", SORT, SORT | {"document_number": "2"}).rows) == 2
    ours, theirs = faults("pack", PACKED, PACKED | {"ballot_dpr": 6})
    assert ours == [f"Baris 3: surat suara DPR, TPS {S1} sudah ada di baris 2."]
    assert theirs == [f"Row 3: House of Representatives (DPR) ballots, TPS {S1}: in row 2 already."]
    label = {"unit_kind": "box", "label": "K1"}
    assert faults("labels", label, label | {"unit_kind": "bag"})[0] == ["Baris 3: K1 sudah ada di baris 2."]


def test_answers_to_a_transfer_are_one():
    offer = OfferTransfer(transfer_id=at("t"), leg="to_kecamatan", to_place=KECAMATAN, stations=(S1, S2))
    rows, ground = offered_prefill(offered_of(offer)), arriving(offer)

    def wrong(*given: dict[str, Any]) -> list[str]:
        whole = [row | answer for row, answer in zip(rows, given, strict=False)]
        return faults("transfer-accept", *whole, ground=ground)[0]

    assert wrong({"came": "Ya"}, {}) == [
        "Baris 3, kolom Datang: belum dijawab, padahal baris lain kiriman ini sudah.",
        'Baris 3, kolom Alasan selisih: kiriman t: 1 tidak datang atau tidak ada barisnya; pilih alasannya. "Belum'
        ' diketahui" juga alasan.',
    ]
    assert wrong({"came": "Ya"}, {"came": "Tidak"})[0].startswith("Baris 3, kolom Alasan selisih: kiriman t: 1 tidak")
    assert wrong({"came": "Ya"})[0].startswith("Baris 2, kolom Alasan selisih: kiriman t: 1 tidak datang")
    both = ({"came": "Ya", "reason": "Hilang"}, {"came": "Tidak", "reason": "Menyusul"})
    assert wrong(*both) == ["Baris 3, kolom Alasan selisih: berbeda dari baris 2; satu kiriman punya satu jawaban."]
    assert wrong({"came": "Ya", "transfer": at("x")}, {"came": "Ya"})[0] == (
        f"Baris 2, kolom Kiriman: kiriman {at('x')} tidak ditujukan ke sini."
    )
    assert wrong({"came": "Ya", "station": S3}, {"came": "Ya"})[0] == (
        f"Baris 2, kolom TPS: {S3} tidak termasuk kiriman ini."
    )
    assert wrong({"came": "Ya"}, {"came": "Ya", "station": S1})[0] == f"Baris 3, kolom TPS: {S1} sudah ada di baris 2."
    with pytest.raises(BadSheet, match="faults: 1"):
        said("transfer-accept", *rows, ground=ground)


def test_a_second_sheet_is_named_and_sheets_without_headings_are_left_out():
    book = openpyxl.load_workbook(io.BytesIO(filled("sort", SORT)))
    other = book.copy_worksheet(book.worksheets[0])
    other.title = "Meja 2"
    other["D2"] = "x"
    book.worksheets[0]["E2"] = "y"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(BadSheet) as caught:
        read("sort", out.getvalue(), "b.xlsx", GROUND)
    assert [line.partition(":")[0] for line in caught.value.lines("id")] == [
        "Lembar Sortir, baris 2, kolom Baik", "Lembar Meja 2, baris 2, kolom Di tangan",
    ]  # fmt: skip
    assert said("sort", SORT).ignored == (GUIDE,)


# -- headings and text files ---------------------------------------------------------------------------------------


def test_headings_may_stand_lower_in_any_order_beside_columns_for_people():
    text = "Rekap sortir;;;\n;;;\nNo;Baik;Barang;Di tangan;Keterangan\n1;5;dpr;5;lancar\n\n2;6;dprd_kab;6;\n"
    given = read("sort", text.encode(), "b.csv", GROUND)
    assert [row.row for row in given.rows] == [4, 6]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_files_of_every_usual_kind(delimiter, encoding):
    lines = [["Barang", "Di tangan", "Baik", "Nomor dokumen"], ["dpr", '"1,250"', "1.250", '"BA – é;7"']]
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    (row,) = read("sort", content, "b.csv", GROUND).rows
    assert row.known["document_number"] == "BA – é;7"
    assert row.things[0].taken == 1250  # type: ignore[union-attr]


def test_excels_line_that_names_the_delimiter():
    (row,) = read("sort", b"sep=,\r\nBarang,Di tangan,Baik\r\ndpr,5,5\r\n", "b.csv", GROUND).rows
    assert row.row == 3


@pytest.mark.parametrize(
    ("text", "indonesian"),
    [
        ("", "Berkas kosong."),
        (
            "halo\n1\n",
            "Judul kolom tidak ditemukan. Pakai berkas contoh untuk Sortir; kolom wajib: Barang, Di tangan, Baik.",
        ),
        ("Barang;Di tangan\ndpr;5\n", "Baris 1, kolom Baik: Kolom wajib ini tidak ada."),
        ("Barang;Di tangan;Baik;Rusk\ndpr;5;5;1\n", 'Baris 1: "Rusk" bukan judul kolom lembar ini.'),
        ("Barang;Di tangan;Baik;Good\ndpr;5;5;1\n", "Baris 1, kolom Baik: Kolom ini ada dua kali."),
        ("Barang;Di tangan;Baik\n", "Tidak ada baris yang diisi."),
    ],
)
def test_headings_that_are_wrong(text, indonesian):
    assert text_faults("sort", text)[0].startswith(indonesian)


# -- commands ------------------------------------------------------------------------------------------------------


def test_an_entry_holds_200_lines_at_most_and_a_kit_stays_whole():
    stations = [f"36.02.05.2001-{number:03d}" for number in range(1, 302)]
    lines = "\n".join(f"{station};204;204;5" for station in stations)
    text = f"TPS;DPR;DPRD Kabupaten/Kota;Kotak suara\n{lines}\n"
    ground = Ground(place=PLACE, now=START, ballots=BALLOTS, equipment=GROUND.equipment)
    drafts = read("pack", text.encode(), "b.csv", ground).drafts(PLACE)
    assert len(drafts) == 5
    seen: set[str] = set()
    for draft in drafts:
        assert isinstance(draft.command, Tally)
        assert len(draft.command.lines) <= 200
        require_valid(draft.command)
        own = {line.station for line in draft.command.lines}
        assert not own & seen
        seen |= own
    assert seen == set(stations)


def test_the_same_rows_give_the_same_keys_however_they_are_typed():
    one = said("sort", {"what": "DPR", "taken": "1.250", "passed": 1250}).drafts(PLACE)
    other = read("sort", b"Good,In hand,Item\n1250,1250,dpr\n", "c.csv", GROUND).drafts(PLACE)
    assert [(draft.key, draft.nonce, draft.digest) for draft in one] == [
        (draft.key, draft.nonce, draft.digest) for draft in other
    ]
    changed = said("sort", {"what": "DPR", "taken": "1.251", "passed": 1251}).drafts(PLACE)
    assert changed[0].key != one[0].key


def test_rows_with_other_reasons_or_papers_are_other_commands():
    short = SORT | {"passed": 90, "reason": "Belum diketahui"}
    drafts = said("sort", SORT, short, SORT | {"what": "dprd_kab"}, SORT | {"document_number": "2"}).drafts(PLACE)
    assert [[row.row for row in draft.rows] for draft in drafts] == [[2, 4], [3], [5]]


def test_labels_of_one_station_are_one_command():
    row = {"unit_kind": "Kotak suara", "station": S1}
    (command,) = [draft.command for draft in said("labels", row | {"label": "K1"}, row | {"label": "k2"}).drafts(PLACE)]
    assert isinstance(command, LabelUnits)
    assert command.units == (unit("K1"), unit("K2"))


# -- plain lists ---------------------------------------------------------------------------------------------------

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text):
    assert safe(text) == f"'{text}"
    book = openpyxl.load_workbook(io.BytesIO(export_xlsx(["a"], [[text]])))
    cell = book.active["A2"]
    assert (cell.data_type, cell.value.strip()) == ("s", f"'{text}".strip())
    assert f'"\'{text}"' in export_csv(["a"], [[text]]).decode("utf-8-sig")


def test_a_list_comes_back_from_its_files():
    rows = [['Kertas; "segel"', 1250, None], ["baris\nbaru", 0, -3], ["\x07\ud800", True, 1.5]]
    content = export_csv(["Nama", "Jumlah", "Lagi"], rows)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == '"Kertas; ""segel""";1250;""'
    book = openpyxl.load_workbook(io.BytesIO(export_xlsx(["Nama", "Jumlah", "Lagi"], rows, title="a/b:c")))
    page = book.active
    assert page.title == "a b c"
    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    assert [cell.value for cell in page[2]] == ['Kertas; "segel"', 1250, None]
    assert page["B2"].number_format == "#,##0"
    assert page["A4"].value == "��"


def test_what_was_exported_can_be_read_again():
    content = export_csv(["Barang", "Di tangan", "Baik", "Nomor dokumen"], [["dpr", 5, 5, "-7/BA"]])
    (row,) = read("sort", content, "b.csv", GROUND).rows
    assert row.known["document_number"] == "-7/BA"


def test_every_sentence_stands_in_both_languages_with_the_same_names():
    import re

    for code, sentence in WORDS.items():
        names = [sorted(set(re.findall(r"%\((\w+)\)s", text))) for text in (sentence.id, sentence.en)]
        assert code.startswith("sheet.")
        assert names[0] == names[1], code
