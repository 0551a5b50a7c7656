"""Files made to do harm, and files that are merely broken: refused in words, at once, with nothing recorded."""

import base64
import datetime
import io
import json
import re
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from awas.logistics.sheets import native, opening
from awas.logistics.sheets.faults import BadSheet
from awas.logistics.sheets.opening import MOST_BYTES, MOST_ROWS
from awas.logistics.sheets.reading import read
from tests.logistics.test_sheets import GROUND, SORT, filled

HEADINGS = ["Barang", "Di tangan", "Baik", "Rusak", "Nomor dokumen"]
GOOD = ["dpr", 5, 5, None, None]


def book(*rows: list[object], sheet: str = "Sortir") -> bytes:
    """A workbook with the headings of sorting."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = sheet
    for row in (HEADINGS, *rows):
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def faults(content: bytes, name: str = "berkas.xlsx", language: str = "id") -> list[str]:
    with pytest.raises(BadSheet) as caught:
        read("sort", content, name, GROUND)
    return caught.value.lines(language)


def rewritten(content: bytes, member: str, change: object) -> bytes:
    """The workbook with one member changed by a function of its text, or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == member:
                text = change(text) if callable(change) else change  # type: ignore[assignment]
            new.writestr(name, text)
    return out.getvalue()


PAGE = "xl/worksheets/sheet1.xml"
UNREADABLE = "Berkas tidak dapat dibaca."


# -- no workbook at all --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "indonesian"),
    [
        (b"", "Berkas kosong."),
        (b" \r\n\t", "Berkas kosong."),
        (b"PK\x03\x04 and no archive", UNREADABLE),
        (b"PK\x03\x04", UNREADABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, UNREADABLE),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Berkas ini bukan teks CSV."),
        (b"%PDF-1.7\n\x01\x02", "Berkas ini bukan teks CSV."),
        (b"Barang;Di tangan;Baik\ndpr;5\x00;5\n", "Berkas ini bukan teks CSV."),
        (b"\xff\xfe\x00\xd8\x00\xd8", "Berkas ini bukan teks CSV."),
        (b"Barang;Di tangan;Baik\n\x81\x8d\n", "Berkas ini bukan teks CSV."),
        (b"<html><script>alert(1)</script></html>", "Judul kolom tidak ditemukan."),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(content, indonesian):
    assert faults(content)[0].startswith(indonesian)


def test_an_archive_that_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    assert faults(out.getvalue())[0].startswith(UNREADABLE)


def test_too_large_a_file_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(opening, "_from_workbook", lambda *_: pytest.fail("it was unpacked"))
    assert faults(b"PK\x03\x04" + b"x" * MOST_BYTES)[0] == "Berkas lebih besar dari 5 MB."
    assert faults(b"PK\x03\x04" + b"x" * MOST_BYTES, language="en")[0] == "The file is larger than 5 MB."


# -- archives ------------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to 300 MB."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return rewritten(book(GOOD), PAGE, head + b" " * (300 << 20))


def test_a_bomb_is_refused_by_its_directory_before_anything_is_unpacked(monkeypatch):
    content = bomb()
    assert len(content) < 1 << 20
    monkeypatch.setattr(opening, "_from_workbook", lambda *_: pytest.fail("it was unpacked"))
    assert faults(content)[0] == "Isi berkas terlalu besar setelah dibuka: paling besar 80 MB."


def test_a_bomb_whose_directory_lies_takes_only_its_own_process_with_it():
    content = bytearray(bomb())
    size = content.rindex(PAGE.encode()) - 46 + 24
    assert int.from_bytes(content[size : size + 4], "little") > 300 << 20
    content[size : size + 4] = (1000).to_bytes(4, "little")
    began = time.monotonic()
    assert faults(bytes(content))
    assert time.monotonic() - began < opening.PATIENCE_SECONDS


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(opening, "MOST_MEMBERS", 5)
    assert faults(book(GOOD))[0].startswith("Isi berkas terlalu besar")


def test_a_cell_at_the_far_corner_takes_no_memory_of_ours():
    content = rewritten(
        book(GOOD),
        PAGE,
        lambda text: text.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
        ),
    )
    assert faults(content)[0].startswith(UNREADABLE)


def test_entities_that_multiply_are_not_expanded():
    dtd = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    content = rewritten(book(GOOD), "xl/workbook.xml", lambda text: dtd + b"]>" + text.replace(b"Sortir", b"&j;"))
    assert faults(content)


def test_an_outer_entity_is_not_fetched():
    dtd = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    content = rewritten(book(["dpr", 5, 5, None, "SECRET"]), PAGE, lambda text: dtd + text.replace(b"SECRET", b"&x;"))
    try:
        (row,) = read("sort", content, "b.xlsx", GROUND).rows
    except BadSheet:
        return
    assert "root" not in row.known["document_number"]


def test_macros_and_links_are_left_alone():
    out = io.BytesIO(book(GOOD))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xcc\x61" * 100)
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert len(read("sort", out.getvalue(), "b.xlsm", GROUND).rows) == 1


# -- cells ---------------------------------------------------------------------------------------------------------


def test_a_formula_that_was_never_calculated_is_a_fault_and_no_zero():
    assert faults(book(["dpr", 5, 5, "=SUM(B2:C2)", None])) == [
        "Baris 2, kolom Rusak: rumusnya belum dihitung. Buka di Excel lalu simpan, atau tempel sebagai nilai."
    ]


def test_a_formula_is_what_it_showed_when_it_was_saved():
    def saved(text: bytes) -> bytes:
        return re.sub(rb"<f>2\+3</f><v ?(/>|></v>)", b"<f>2+3</f><v>5</v>", text)

    content = rewritten(book(["dpr", "=2+3", 5, None, None]), PAGE, saved)
    (row,) = read("sort", content, "b.xlsx", GROUND).rows
    assert row.things[0].taken == 5  # type: ignore[union-attr]


def test_a_formula_that_fails_is_a_fault_and_no_zero():
    made = openpyxl.load_workbook(io.BytesIO(book(GOOD)))
    made.active["D2"] = "#REF!"
    made.active["D2"].data_type = "e"
    out = io.BytesIO()
    made.save(out)
    assert faults(out.getvalue()) == ["Baris 2, kolom Rusak: rumusnya gagal (seperti #REF!). Tulis angkanya."]
    assert faults(out.getvalue(), language="en") == [
        "Row 2, column Damaged: its formula fails (such as #REF!). Write the figure."
    ]


def test_an_infinite_number_and_no_number():
    content = rewritten(
        book(["dpr", 7, 7, None, None]), PAGE, lambda text: text.replace(b"<v>7</v>", b"<v>1e999</v>", 1)
    )
    assert faults(content)[0].startswith("Baris 2, kolom Di tangan:")


@pytest.mark.parametrize("text", ["<b>BA</b>", "=HYPERLINK(1)", "'; DROP TABLE", "{{7*7}}", "%(x)s", "%s%n", "😀"])
def test_markup_in_a_cell_is_plain_text(text):
    content = ";".join(HEADINGS) + f'\ndpr;5;5;;"{text}"\n'
    (row,) = read("sort", content.encode(), "b.csv", GROUND).rows
    assert row.known["document_number"] == text.removeprefix("'")
    assert faults(f"{';'.join(HEADINGS)}\n{text.replace(';', '')};5;5;;\n".encode())


@pytest.mark.parametrize("text", ["a\x08b", "a\x1bb", "a\x7fb", "a\u202eb", "a\u200bb"])
def test_what_cannot_be_seen_is_a_fault(text):
    content = ";".join(HEADINGS) + f"\ndpr;5;5;;{text}\n"
    assert faults(content.encode())[0].startswith("Baris 2, kolom Nomor dokumen:")


def test_what_a_fault_quotes_is_short_and_can_be_printed():
    content = ";".join(HEADINGS) + "\n" + "\x1b[31m" * 200 + ";5;5;;\n"
    (line,) = faults(content.encode())
    assert line.isprintable()
    assert len(line) < 700


# -- many rows -----------------------------------------------------------------------------------------------------


def test_thirty_thousand_rows_are_too_many_in_every_form():
    rows = [["dpr", 5, 5, None, f"B{number}"] for number in range(30_000)]
    text = "\n".join(f"dpr;5;5;;B{number}" for number in range(30_000))
    for content in (book(*rows), f"{';'.join(HEADINGS)}\n{text}\n".encode()):
        assert faults(content) == ["Lebih dari 20.000 baris. Pecah menjadi beberapa berkas."]
    assert faults(book(*rows), language="en") == ["More than 20,000 rows. Split the file."]


def test_as_many_rows_as_may_be_are_read_in_seconds():
    text = "\n".join(f"dpr;5;5;;B{number}" for number in range(MOST_ROWS))
    began = time.monotonic()
    assert len(read("sort", f"{';'.join(HEADINGS)}\n{text}\n".encode(), "b.csv", GROUND).rows) == MOST_ROWS
    assert time.monotonic() - began < 30


def test_faults_without_end_are_counted_and_the_first_named():
    text = "\n".join("dprx;5;5;;" for _number in range(3_000))
    with pytest.raises(BadSheet) as caught:
        read("sort", f"{';'.join(HEADINGS)}\n{text}\n".encode(), "b.csv", GROUND)
    assert (caught.value.count, len(caught.value.faults)) == (3_000, 1_000)


def test_a_stray_cell_far_below_the_table_costs_nothing():
    made = openpyxl.load_workbook(io.BytesIO(book(GOOD)))
    made.active["A900000"] = " "
    out = io.BytesIO()
    made.save(out)
    assert len(read("sort", out.getvalue(), "b.xlsx", GROUND).rows) == 1


# -- other formats -------------------------------------------------------------------------------------------------

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet>
<table:table table:name="Sortir">{rows}</table:table>
</office:spreadsheet></office:body>
</office:document-content>"""


def ods(*rows: list[object], attributes: str = "") -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value or ""}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in (HEADINGS, *rows))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", CONTENT.format(rows=lines))
    return out.getvalue()


def test_a_libreoffice_file_is_read():
    (row,) = read("sort", ods(["dpr", 1250, 1250, 0, "B1"]), "b.ods", GROUND).rows
    assert (row.sheet, row.row, row.things[0].taken) == ("Sortir", 2, 1250)  # type: ignore[union-attr]


def test_a_libreoffice_cell_repeated_without_end_takes_only_its_own_process():
    began = time.monotonic()
    assert faults(ods(["dpr", 5, 5, 0, "B1"], attributes='table:number-columns-repeated="2000000000"'))
    assert time.monotonic() - began < opening.PATIENCE_SECONDS


OLD = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHQ5dPj~^GlnbHdR_7go0ITwN??lw9yjnsijuI9|YZ+P(n&t)_Bl^R%<STAb3)|6zaiC)r&u<pm^~hRP;~~ltho71O*Rm"
        ")_JqLv8f6TXrZ#-vh!x<y_q+=@6GJb>)A+g>Rw9;OV9%s%7!1FMLI#J-xk84e#4Ng-TLS>9IPt%eYB7sHy+o&^2#-o>s^9^yXteI"
        "z(+cdVH^WvxpaI5(aSMtLdMWdRNy9Qf@tQb8knAB+Q{?{k9@*(H*2mi?WVCsaTK$Of%aY2E<UWZa$gYA?*q1Z$C@rQ;icTg=dTKL"
        "tQ&juj5fN;I$~-ara=qZm(HbiDTi<i0U(*|?C<Y9LMS3ii#?5RMjZHRXZ5qVqhDFQ0O`M1>%D)_`)CoD>aQs(FahHPCrN=e^%m7k"
        "<O5@RKBLbg$%WZ#CU>u<Yq=4s;>k=rPn?!hr81Ls14E}zX;~U~kn|(ks0&Dq>!k16x_#%ifGqx8EW%aAqMnnej%W%Y<|CX+VVZUR"
        "_Ln#P!-I+AteN0A%*V)j88r-CkQQVd<Q^AOni1`6v6<;b_PUPw7N$`eLv7n&lf~?t<T01Hw~gl6!FZe4u!!GCeBtx{hq1z^#3tfr"
        "`buY`GjoY4w9;cOMfUQTM2F}QH?B)OO4zNiO3r(x&A*f%pAxoWH>_u62n#ad2oa{HB=3%>NQ!l@Ovy!(t0Ji+sg`H)8_$A0%X@WB"
        "32@{QTyBKbCp~*AeJVx&;f2D!6!u;1OR4yJ%GW7<#aI{PDBX&WsElu|=usMQUm8%E{fPh^IB?*=fddB)9IOfme!(+ey;bYw+hct$"
        "$p1PEbe5gpB>ydjFh)n7J}UPjN3D)CHSM1@a0}a)Sf-8rzfj^3&8{PhVU8nP^ZupJ6|wkwmTegRdnr`w{N-BW{KxbE08BpNI{"
    )
)
"""A workbook of Excel 97: row 2 good, with a date; row 3 with #REF! under Rusak."""


def test_a_workbook_of_excel_97_is_read_and_its_errors_are_no_zeros():
    assert faults(OLD, "b.xls") == ["Baris 3, kolom Rusak: rumusnya gagal (seperti #REF!). Tulis angkanya."]
    grid = opening.open_file(OLD, "b.xls")[0]
    assert grid.rows[1] == (2, ["dpr", 1250, "1.250", None, datetime.date(2024, 1, 12)])


def test_a_failed_formula_of_excel_97_is_found():
    record = b"\x06\x00\x16\x00" + b"\x05\x00\x03\x00\x0f\x00" + b"\x02\x00\x2a\x00\x00\x00\xff\xff"
    assert native.broken_cells(b"\xd0\xcf" + record) == {native.EVERY_SHEET: {5: {3: "error"}}}


def test_the_process_that_unpacks_knows_nothing_of_ours():
    source = Path(native.__file__).read_text(encoding="utf-8")
    assert "awas" not in source.partition('"""')[2].partition('"""')[2]
    done = subprocess.run(
        [sys.executable, "-I", native.__file__, "900"],
        input=filled("sort", SORT),
        capture_output=True,
        env={},
        check=True,
    )
    assert json.loads(done.stdout)["sheets"][0]["rows"][1][0] == 2
