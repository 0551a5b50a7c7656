"""An office that lives in Excel: a template comes to a phone, goes back filled in, and every answer can be read."""

from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.browser.people import HERE
from tests.browser.visitor import counted, said

PAGE = f"/logistik/{HERE}/lembar/"


def fill(template: Path, *rows: dict[str, object]) -> Path:
    """A copy of a template with some rows filled in, by heading."""
    book = openpyxl.load_workbook(template)
    page = book.worksheets[0]
    columns = {str(cell.value).rstrip(" *"): cell.column for cell in page[1]}
    for number, row in enumerate(rows, 2):
        for heading, value in row.items():
            page.cell(number, columns[heading], value)
    filled = template.with_name(f"filled-{template.name}")
    book.save(filled)
    return filled


def looks_well(visitor):
    assert not visitor.scrolls_sideways()
    assert visitor.violations() == []


def test_a_sheet_is_taken_filled_in_sent_corrected_and_added_to(visits, district, settings, tmp_path):
    settings.HELD_ROOT = tmp_path / "held"
    wati = visits("wati")
    wati.expects(422)
    wati.goes(f"/logistik/{HERE}/")
    wati.page.locator("main").get_by_role("link", name="Excel").click()
    with wati.page.expect_download() as coming:
        wati.page.get_by_role("link", name="Excel: Penerimaan").click()
    template = tmp_path / coming.value.suggested_filename
    coming.value.save_as(template)
    assert template.name == f"awas-{HERE}-receive.xlsx"
    good = {"Barang": "DPR", "Menurut surat": 1000, "Baik": 990, "Rusak": 10, "Nomor dokumen": "BTTB/1"}

    def sends(*rows: dict[str, object]) -> None:
        wati.goes(PAGE)
        wati.fills(file=fill(template, *rows))
        wati.presses("Check and record")

    # One line is wrong: it is named, and the good one isn't recorded either.
    sends(good, good | {"Barang": "DPD", "Baik": "seribu"})
    wati.sees(
        counted(
            "Nothing was recorded: one thing needs correction", "Nothing was recorded: %(n)s things need correction", 1
        )
    )
    wati.sees('"seribu"')
    assert district.size() == 0
    looks_well(wati)

    sends(good)
    expect(wati.page.locator("section[aria-labelledby=h-taken] tbody tr")).to_contain_text("990")
    looks_well(wati)
    wati.page.get_by_role("link", name="#0").click()
    wati.reads("Logged")
    wati.goes(f"/logistik/{HERE}/")
    wati.sees("990")

    sends(good)
    wati.reads("Nothing new in it")
    assert district.size() == 1

    # Another figure under the same document: asked about, and added without choosing the file again.
    sends(good | {"Menurut surat": 500, "Baik": 500, "Rusak": None})
    wati.reads("On record with other figures: does this come on top?")
    looks_well(wati)
    wati.presses("These come on top: record them")
    expect(wati.page.locator("#h-taken")).to_contain_text(said("Recorded"))
    wati.goes(f"/logistik/{HERE}/")
    wati.sees("1.490")
