"""The page of sheets, as an office uses it: templates down, filled in, sent, sent again, wrong, on top, by others."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from awas.ledger import services as ledger
from awas.ledger.area import HOUR
from awas.logistics import models
from awas.logistics import services as logistics
from awas.logistics.pages.table import board_csv, board_ndjson, board_xlsx
from awas.logistics.sheets.held import Held, held, hold
from awas.logistics.sheets.kinds import file_name, kinds_of
from awas.logistics.sheets.layout import SHEETS
from awas.logistics.sheets.opening import MOST_BYTES, open_file
from awas.logistics.sheets.services import ground_of
from awas.logistics.sheets.writing import GUIDE
from tests.browser.people import DISTRICT, HERE, KECAMATAN, THERE, VILLAGE, District
from tests.logistics.making import ballots, offer, packs, tally

PAGE = f"/logistik/{HERE}/lembar/"
S1, S2 = f"{VILLAGE}-001", f"{VILLAGE}-002"
RECEIVE = "Barang;Menurut surat;Baik;Nomor dokumen\n"
HELD = re.compile(r'name="held" value="([^"]+)"')


@pytest.fixture
def wati(visits: Callable[[str], Client]) -> Client:
    return visits("wati")


def sends(client: Client, content: str | bytes, name: str = "berkas.csv", page: str = PAGE, **more: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(page, {"file": SimpleUploadedFile(name, raw), **more})


def says(answer: Any) -> str:
    """What the page shows, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def received(*lines: tuple[int, str]) -> str:
    return RECEIVE + "".join(f"dpr;{units};{units};{document}\n" for units, document in lines)


def stock(shelf: str = "unsorted") -> int:
    found = models.Stock.objects.filter(place=HERE, shelf=shelf, ballot="dpr").first()
    return found.units if found else 0


def filled(content: bytes, **cells: object) -> bytes:
    """A template with a row filled in, by heading."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    headings = {str(cell.value).rstrip(" *"): cell.column for cell in page[1]}
    for heading, value in cells.items():
        page.cell(2, headings[heading.replace("_", " ")], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# -- templates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SHEETS)
def test_every_template_can_be_taken_opened_and_known_again(visits, kind):
    dewi = visits("dewi")
    book = dewi.get(f"{PAGE}{kind}/xlsx/")
    assert book.status_code == 200
    assert book.headers["Content-Disposition"] == f'attachment; filename="{file_name(HERE, kind, "xlsx")}"'
    opened = openpyxl.load_workbook(io.BytesIO(book.content))
    assert opened.sheetnames[1] == GUIDE
    text = dewi.get(f"{PAGE}{kind}/csv/")
    assert text.headers["Content-Type"] == "text/csv; charset=utf-8"
    ground = ground_of(HERE, 0, "")
    assert kinds_of(open_file(book.content, "x.xlsx"), "x.xlsx", ground) == (kind,)
    for name in (file_name(HERE, kind, "csv"), file_name(HERE, kind, "csv").replace(".csv", " (1).csv")):
        assert kinds_of(open_file(text.content, name), name, ground) == (kind,)


def test_templates_speak_the_language_of_whoever_takes_them(wati):
    wati.cookies["django_language"] = "en"
    assert "In hand *" in wati.get(f"{PAGE}sort/csv/").text
    assert "Excel sheets" in says(wati.get(PAGE))


def test_the_packing_template_names_the_stations_and_the_accepting_one_what_is_on_its_way(district, visits, wati):
    assert wati.get(f"{PAGE}pack/csv/").text.count(VILLAGE) == 2
    assert "2 TPS sudah terisi." in says(wati.get(PAGE))
    sends_a_kit(district)
    page = f"/logistik/{KECAMATAN}/lembar/"
    eka = visits("eka")
    assert "1 paket atau kotak yang sedang dikirim ke sini sudah terisi." in says(eka.get(page))
    book = openpyxl.load_workbook(io.BytesIO(eka.get(f"{page}transfer-accept/xlsx/").content))
    assert [book.worksheets[0].cell(2, column).value for column in (1, 2)] == [f"{HERE}/t", S1]


def sends_a_kit(district: District) -> None:
    for command in (
        *(tally(step, step, ballots(500)) for step in ("receive", "sort", "fold")),
        packs("p", S1),
        offer("t", S1, to=KECAMATAN),
    ):
        logistics.record(district.desk("wati"), command)


# -- sending -------------------------------------------------------------------------------------------------------


def test_a_template_filled_in_is_recorded_seen_at_the_place_and_not_counted_twice(wati):
    template = wati.get(f"{PAGE}receive/xlsx/").content
    book = filled(template, Barang="DPR", Menurut_surat=1000, Baik=990, Rusak=10, Nomor_dokumen="BTTB/1")
    answer = sends(wati, book, "terima.xlsx")
    assert answer.status_code == 200
    said = says(answer)
    assert "Tercatat: Penerimaan" in said
    assert "1 baris baru dicatat (catatan #0)." in said
    assert "DPR 2 1.000 990 10 #0" in said
    receipt = wati.get(f"/logistik/{HERE}/tanda-terima/0/")
    assert f'href="/logistik/{HERE}/tanda-terima/0/"' in answer.text
    assert receipt.status_code == 200
    fingerprint = hashlib.sha256(book).hexdigest()
    assert f"yang tertulis dalam setiap catatannya: {fingerprint}" in said
    assert f"Dari dokumen dengan sidik jari (SHA-256) {fingerprint}" in says(receipt)
    assert f"Dari dokumen {fingerprint[:4].upper()}" in says(wati.get(f"/gudang/{HERE}/log/0/"))
    assert re.search(r"DPR 990", says(wati.get(f"/logistik/{HERE}/")))
    size = ledger.size_of(f"awas/{DISTRICT}")
    again = sends(wati, book, "terima.xlsx")
    assert again.status_code == 200
    assert "Tidak ada yang baru: Penerimaan" in says(again)
    assert "Dicatat sebelumnya: #0" in says(again)
    assert ledger.size_of(f"awas/{DISTRICT}") == size


def test_a_committee_accepts_by_its_sheet(district, visits):
    sends_a_kit(district)
    page, eka = f"/logistik/{KECAMATAN}/lembar/", visits("eka")
    book = filled(eka.get(f"{page}transfer-accept/xlsx/").content, Datang="Ya")
    answer = sends(eka, book, "terima.xlsx", page)
    assert answer.status_code == 200
    assert f"{S1} 2 datang" in says(answer)
    assert models.Kit.objects.get(station=S1).state == "held"


@pytest.mark.parametrize("place", [DISTRICT, VILLAGE, S1])
def test_every_place_of_a_district_has_its_sheets(visits, place):
    dewi = visits("dewi")
    assert dewi.get(f"/logistik/{place}/lembar/").status_code == 200
    assert dewi.get(f"/logistik/{place}/lembar/pack/xlsx/").status_code == 200


def test_labels_lead_to_their_printing(wati):
    answer = sends(wati, "Jenis;Label;TPS\n" + f"box;K1;{S1}\n")
    assert f'href="/logistik/{HERE}/label/"' in answer.text
    assert "K1 2 #0" in says(answer)


def test_what_is_missing_by_the_file_raises_a_warning_that_is_shown(wati):
    answer = sends(wati, "Barang;Menurut surat;Baik;Nomor dokumen;Alasan selisih\ndpr;1000;900;B1;not_known\n")
    assert "Berkas ini menimbulkan peringatan" in says(answer)


# -- what is wrong -------------------------------------------------------------------------------------------------


def test_every_wrong_line_is_named_and_nothing_recorded(wati):
    text = RECEIVE + "dpr;1000;1000;B1\ndpr;abc;5;B2\npemilih;5;5;B3\n"
    answer = sends(wati, text)
    assert answer.status_code == 422
    said = says(answer)
    assert "Tidak ada yang dicatat: 2 hal perlu dibetulkan" in said
    assert 'Baris 3 Menurut surat "abc" bukan bilangan.' in said
    assert 'Baris 4 Barang "pemilih" tidak dikenal.' in said
    assert ledger.size_of(f"awas/{DISTRICT}") == 0
    wati.cookies["django_language"] = "en"
    assert 'Row 3 By the letter "abc" is no number.' in says(sends(wati, text))


def test_what_the_record_refuses_is_named_by_its_row(wati):
    answer = sends(wati, "Barang;Di tangan;Baik\ndpr;5;5\n", kind="sort")
    assert answer.status_code == 422
    assert 'Belum ada surat suara DPR di sini dengan keadaan "Diterima, belum disortir"' in says(answer)


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (90 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Berkas kosong."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "Berkas ini bukan teks CSV."),
        (b"PK\x03\x04 no archive", "Berkas tidak dapat dibaca."),
        (a_bomb(), "Isi berkas terlalu besar setelah dibuka: paling besar 80 MB."),
        (b"x" * (MOST_BYTES + 1), "Berkas lebih besar dari 5 MB."),
    ],
    ids=["empty", "photo", "torn", "bomb", "too large"],
)
def test_what_is_no_sheet_is_said_in_words(wati, content, said):
    answer = sends(wati, content, "foto.xlsx")
    assert answer.status_code == 422
    assert said in says(answer)
    assert ledger.size_of(f"awas/{DISTRICT}") == 0


def test_what_no_page_takes_is_turned_away_unread(wati):
    assert wati.post(PAGE, CONTENT_LENGTH=str(200 << 20)).status_code == 413


def test_a_form_without_a_file_says_so(wati):
    answer = wati.post(PAGE)
    assert answer.status_code == 422
    assert "Pilih berkasnya terlebih dahulu." in says(answer)


def test_markup_is_shown_as_it_is_typed(wati):
    evil = "<script>alert(1)</script>"
    answer = sends(wati, f"Barang;Menurut surat;Baik\n{evil};5;5\n", f"{evil.replace('/', '')}.csv", kind="receive")
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    taken = sends(wati, f"Penyedia;Nomor kontrak;Barang;Jumlah\n{evil};{evil};dpr;5\n", f"{evil}.csv")
    assert "<script>alert" not in taken.text


# -- which kind ----------------------------------------------------------------------------------------------------


def test_a_file_that_may_be_two_kinds_is_asked_about_and_kept_meanwhile(wati):
    sends(wati, received((100, "B1")))
    answer = sends(wati, "Barang;Di tangan;Baik\ndpr;60;60\n")
    assert answer.status_code == 422
    assert "Lembar apakah ini?" in says(answer)
    assert re.findall(r'<button class="btn" name="kind" value="(\w+)">', answer.text) == ["sort", "fold"]
    chosen = wati.post(PAGE, {"held": HELD.search(answer.text)[1], "kind": "sort"})
    assert chosen.status_code == 200
    assert (stock(), stock("good")) == (40, 60)


def test_headings_of_no_sheet_are_asked_about_and_then_named(wati):
    answer = sends(wati, "Nama;Alamat\nA;B\n")
    assert answer.status_code == 422
    assert "Judul kolomnya tidak cocok dengan lembar mana pun." in says(answer)
    chosen = wati.post(PAGE, {"held": HELD.search(answer.text)[1], "kind": "sort"})
    assert chosen.status_code == 422
    assert "Judul kolom tidak ditemukan." in says(chosen)


def test_a_template_of_another_kind_than_chosen_is_no_count(wati):
    sends(wati, received((100, "B1")))
    book = filled(wati.get(f"{PAGE}sort/xlsx/").content, Barang="DPR", Di_tangan=60, Baik=60)
    answer = sends(wati, book, "lipat.xlsx", kind="fold")
    assert answer.status_code == 422
    assert 'Berkas ini lembar "Sortir", padahal yang dipilih "Lipat".' in says(answer)
    assert stock("good") == 0
    assert sends(wati, book, "lipat.xlsx").status_code == 200
    assert stock("good") == 60


# -- on top --------------------------------------------------------------------------------------------------------


def test_other_figures_are_asked_about_and_come_on_top_without_the_file_being_chosen_again(wati):
    sends(wati, received((1000, "B1")))
    answer = sends(wati, received((1200, "B1")), "susulan.csv")
    assert answer.status_code == 422
    assert "apakah ini tambahan?" in says(answer)
    assert "surat suara DPR 2 1.000 1.200" in says(answer)
    assert stock() == 1000
    sent = {"held": HELD.search(answer.text)[1], "kind": "receive", "on_top": "on"}
    taken = wati.post(PAGE, sent)
    assert taken.status_code == 200
    assert stock() == 2200
    again = wati.post(PAGE, sent)
    assert "Tidak ada yang baru: Penerimaan" in says(again)
    assert stock() == 2200


def test_a_kept_file_is_for_who_sent_it_where_and_for_an_hour(district, visits, wati):
    sends(wati, received((1000, "B1")))
    token = HELD.search(sends(wati, received((1200, "B1"))).text)[1]
    sent = {"held": token, "kind": "receive", "on_top": "on"}
    bayu, dewi = visits("bayu"), visits("dewi")
    for client, page in ((bayu, PAGE), (dewi, PAGE), (wati, PAGE.replace(HERE, THERE))):
        assert client.post(page, sent).status_code in {404, 422}
    assert wati.post(PAGE, sent | {"held": token[:-2] + "xx"}).status_code == 422
    district.clock.moves(2 * HOUR)
    late = wati.post(PAGE, sent)
    assert late.status_code == 422
    assert "Berkas tidak lagi tersimpan di sini." in says(late)
    assert re.search(r'<input type="checkbox" name="on_top"[^>]* checked>', late.text)
    assert stock() == 1000
    again = sends(wati, received((1200, "B1")), kind="receive", on_top="on")
    assert (again.status_code, stock()) == (200, 2200)


def test_one_file_is_kept_for_each_person_and_goes_in_time(settings, tmp_path):
    settings.HELD_ROOT = tmp_path / "held"
    first = hold(Held(content=b"a", name="a.csv"), "p1", HERE, 0)
    second = hold(Held(content=b"b", name="b.csv"), "p1", HERE, 0)
    other = hold(Held(content=b"c", name="c.csv"), "p2", HERE, HOUR // 2)
    assert held(first, "p1", HERE, 0) is None
    assert held(second, "p1", HERE, HOUR) == Held(content=b"b", name="b.csv")
    assert held(second, "p1", HERE, HOUR + 1) is None
    assert held(second, "p1", THERE, 0) is None
    assert held(second, "p2", HERE, 0) is None
    assert {path.stat().st_mode & 0o777 for path in settings.HELD_ROOT.iterdir()} == {0o600}
    hold(Held(content=b"d", name="d.csv"), "p3", HERE, HOUR + 1)
    assert held(other, "p2", HERE, HOUR + 1) == Held(content=b"c", name="c.csv")
    assert len(list(settings.HELD_ROOT.iterdir())) == 2


# -- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("wati", 200), ("dewi", 200), ("putra", 200), ("eka", 404), ("tono", 404), ("lina", 404), ("mitra", 403)],
)
def test_the_page_is_for_those_who_record_or_plan_here(visits, who, status):
    client = visits(who)
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}contract/xlsx/").status_code == (403 if who == "wati" else status)
    place = client.get(f"/logistik/{HERE}/")
    assert (f'href="{PAGE}"' in place.text) == (status == 200)
    if status != 200:
        assert sends(client, received((5, "B1"))).status_code == status
        assert ledger.size_of(f"awas/{DISTRICT}") == 0


def test_nobody_comes_in_and_no_form_from_elsewhere(district, wati):
    assert Client().get(PAGE).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(district.people["wati"])
    assert sends(strict, received((5, "B1"))).status_code == 403
    for missing in (PAGE.replace(HERE, "36.02-G9"), PAGE.replace(HERE, "36"), f"{PAGE}nothing/xlsx/"):
        assert wati.get(missing).status_code == 404


def test_a_contract_is_for_those_who_plan(visits, wati):
    text = "Penyedia;Nomor kontrak;Barang;Jumlah\nPT Contoh;K-1;dpr;1000\n"
    assert 'value="contract"' not in wati.get(PAGE).text
    assert sends(wati, text).status_code == 403
    assert sends(wati, text, kind="contract").status_code == 422
    assert not models.Contract.objects.exists()
    putra = visits("putra")
    assert sends(putra, received((5, "B1"))).status_code == 403
    assert sends(putra, text).status_code == 200
    assert models.Contract.objects.get().supplier == "PT Contoh"


# -- the board -----------------------------------------------------------------------------------------------------


def test_the_board_leaves_as_csv_excel_and_lines_of_json(visits, wati):
    sends(wati, received((1000, "B1"), (500, "B2")))
    dewi = visits("dewi")
    files = {form: dewi.get(f"/logistik/papan/{DISTRICT}/{form}/") for form in ("csv", "xlsx", "ndjson")}
    assert {one.status_code for one in files.values()} == {200}
    board = dewi.get(f"/logistik/papan/{DISTRICT}/").text
    assert all(f'href="/logistik/papan/{DISTRICT}/{form}/"' in board for form in files)
    text = files["csv"].content.decode("utf-8-sig").splitlines()
    assert text[0].startswith('"Tahap";"Surat suara"')
    assert text[1].startswith('"Penerimaan";"DPR";1500;1500;0;0;0;0;0;')
    row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(files["xlsx"].content)).active[2]]
    assert row[:4] == ["Penerimaan", "DPR", 1500, 1500]
    told = json.loads(files["ndjson"].content.splitlines()[0])
    assert told["region"] == DISTRICT
    assert (told["stage"], told["ballot"], told["dapil"]) == ("receiving", "dpr", "")
    assert (told["passed"], told["need"]) == (row[3], row[9])
    assert len(text) - 1 == len(files["ndjson"].content.splitlines())
    for form in files:
        assert visits("lina").get(f"/logistik/papan/{DISTRICT}/{form}/").status_code == 404


def test_no_name_on_a_board_becomes_a_formula():
    figures = dict.fromkeys(("taken", "passed", "held", "damaged", "short", "over", "unexplained"), 1)
    kind = {"name": "=1+1", "ballot": "dpr", "dapil": "=1+1", "need": None} | figures
    board = {
        "region": {"code": DISTRICT, "name": "Kabupaten [Contoh]/Uji"},
        "stages": [{"id": "receiving", "title": "@SUM(A1)", "kinds": [kind]}],
    }
    assert board_csv(board).decode("utf-8-sig").splitlines()[1] == '"\'@SUM(A1)";"\'=1+1";1;1;1;1;1;1;1;""'
    row = openpyxl.load_workbook(io.BytesIO(board_xlsx(board))).active[2]
    assert [row[0].value, row[1].value, row[1].data_type] == ["'@SUM(A1)", "'=1+1", "s"]
    assert json.loads(board_ndjson(board))["need"] is None
