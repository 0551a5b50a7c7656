"""Sheets on their way into the record: all of a file or nothing of it, and the same file again changes nothing."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from awas import chance
from awas.config import wiring
from awas.ledger import checkpoints
from awas.ledger import services as ledger
from awas.ledger.desk import Desk
from awas.ledger.fact import LedgerHalted
from awas.ledger.models import Entry, VaultRow
from awas.ledger.verify import verify_log
from awas.logistics import models
from awas.logistics import services as logistics
from awas.logistics.commands import CloseStage, ExplainDifference, RecallTransfer, VoidContract, VoidTally
from awas.logistics.sheets import services
from awas.logistics.sheets.faults import BadSheet
from awas.logistics.sheets.reading import read
from awas.logistics.sheets.services import RecordedOtherwise, take
from awas.logistics.sheets.taken import Row, Taken
from awas.logistics.sheets.writing import offered_prefill, station_prefill, template
from awas.places.models import Region, Site, Station
from tests.book import START
from tests.logistics.making import KECAMATAN, PLACE, S1, S2, asks_leave, ballots, gives_leave, tally, unit

LOG = "awas/36.02"
VILLAGE = "36.02.05.2001"


class Office:
    """A district's office that sends files. `now` moves on with every file."""

    now = START

    def desk(self, actor: str = "dewi", place: str = PLACE, device: str = "d1") -> Desk:
        self.now += 60_000
        return Desk(place=place, actor=actor, device=device, now=self.now, salt=chance.salt, reference=chance.reference)

    def sends(self, kind: str, text: str, *, on_top: bool = False, **desk: str) -> Taken:
        return take(text.encode(), "berkas.csv", kind, lambda: self.desk(**desk), on_top=on_top)

    def refused(self, kind: str, text: str, **desk: str) -> list[str]:
        """The faults of a file; the record must be what it was before."""
        before = self.record()
        with pytest.raises(BadSheet) as caught:
            self.sends(kind, text, **desk)
        assert self.record() == before
        assert not isinstance(caught.value, RecordedOtherwise)
        return caught.value.lines("id")

    def does(self, command: Any, **desk: str) -> None:
        logistics.record(self.desk(**desk), command)

    def record(self) -> list[Any]:
        """Everything that a file could have changed."""
        tables = (models.Stock, models.TallyRow, models.Balance, models.Kit, models.Unit, models.Transfer)
        rows = [list(model.objects.order_by("key").values()) for model in tables]
        return [ledger.size_of(LOG), Entry.objects.count(), VaultRow.objects.count(), rows]

    def stock(self, shelf: str, ballot: str = "dpr") -> int:
        found = models.Stock.objects.filter(place=PLACE, shelf=shelf, ballot=ballot).first()
        return found.units if found else 0


@pytest.fixture
def office(database: str, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Office]:
    office = Office()
    settings.AWAS_NOW = lambda: office.now
    settings.ANCHOR = tmp_path / "anchor.sqlite3"
    settings.KEYS_ROOT = tmp_path / "keys"
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: office.now)
    wiring.bench.cache_clear()
    levels = {"36": 1, "36.02": 2, KECAMATAN: 3, VILLAGE: 4}
    for code, level in levels.items():
        Region.objects.create(code=code, name=f"Wilayah {code}", level=level, parent_id=code.rpartition(".")[0] or None)
    Site.objects.create(code=PLACE, region_id="36.02", kind=Site.Kind.KPU_WAREHOUSE, name="Gudang")
    for number in range(1, 301):
        Station.objects.create(code=f"{VILLAGE}-{number:03d}", region_id=VILLAGE, number=number, voters=200)
    yield office
    if ledger.size_of(LOG):
        checkpoints.sign(LOG, office.now)
        report = verify_log(checkpoints.DatabaseReader(), LOG, [checkpoints.verifier_of(LOG)])
        assert report.sound, report
    wiring.bench.cache_clear()


RECEIVE = "Barang;Menurut surat;Baik;Nomor dokumen\n"
SORT = "Tanggal;Barang;Di tangan;Baik;Rusak;Alasan selisih\n"
FOLD = "Barang;Di tangan;Baik\n"
PACK = "TPS;DPR;DPRD Kabupaten/Kota\n"
OFFER = "Perjalanan;Tujuan;TPS;Label\n"


def row(*cells: object) -> str:
    return ";".join(str(cell) for cell in cells) + "\n"


@pytest.fixture
def ready(office: Office) -> Office:
    """Ballots folded and ready to be packed."""
    office.sends("receive", RECEIVE + row("dpr", 100_000, 100_000, "B1") + row("dprd_kab", 100_000, 100_000, "B1"))
    office.sends("sort", "Barang;Di tangan;Baik\n" + row("dpr", 100_000, 100_000) + row("dprd_kab", 90_000, 90_000))
    office.sends("fold", FOLD + row("dpr", 100_000, 100_000) + row("dprd_kab", 90_000, 90_000))
    return office


def test_a_file_is_recorded_whole_with_receipts(office: Office):
    taken = office.sends("receive", RECEIVE + row("DPR", "1.000", 1000, "B1") + row("dprd_kab", 500, 500, "B2"))
    assert [one.index for one in taken.receipts] == [0, 1]
    assert taken.new == (Row("", 2), Row("", 3))
    assert (taken.there, taken.first, taken.already_recorded) == ((), (), False)
    assert (office.stock("unsorted"), office.stock("unsorted", "dprd_kab")) == (1000, 500)


def test_every_entry_names_the_file_it_came_out_of_first(office: Office):
    text = RECEIVE + row("dpr", 1000, 1000, "B1")
    first = office.sends("receive", text)
    again = office.sends("receive", text + row("dprd_kab", 500, 500, "B2"))
    assert first.document == hashlib.sha256(text.encode()).hexdigest()
    assert [ledger.line(LOG, index).document for index in (0, 1)] == [first.document, again.document]


def test_a_day_in_the_file_is_when_it_happened(office: Office):
    office.sends("receive", RECEIVE + row("dpr", 10, 10, "B1"))
    taken = office.sends("sort", SORT + row("12/01/2024", "dpr", 10, 10, 0, ""))
    line = ledger.line(LOG, taken.receipts[0].index)
    assert line is not None
    assert line.entry.occurred_at == 1_705_035_600_000
    assert line.entry.recorded_at == office.now
    assert models.TallyRow.objects.get(step="sort").at == 1_705_035_600_000


def test_one_refused_row_leaves_nothing_behind_and_is_named(ready: Office):
    ready.sends("pack", PACK + row(f"{VILLAGE}-010", 204, ""))
    ready.sends("transfer-offer", OFFER + row("to_kecamatan", KECAMATAN, f"{VILLAGE}-010", ""))
    rows = [row(f"{VILLAGE}-{number:03d}", "", 204) for number in range(1, 250)]
    assert ready.refused("pack", PACK + "".join(rows)) == [
        f"Baris 11: Paket TPS 10 Wilayah {VILLAGE} sudah keluar dari gudang (dalam perjalanan)."
    ]
    kept = PACK + "".join(one for one in rows if "-010;" not in one)
    assert len(ready.sends("pack", kept).receipts) == 2
    assert models.Kit.objects.count() == 249


def test_every_refused_row_is_named(office: Office):
    text = "Barang;Di tangan;Baik\n" + row("dpr", 5, 5) + row("dprd_kab", 5, 5)
    faults = office.refused("sort", text)
    assert [fault.partition(":")[0] for fault in faults] == ["Baris 2", "Baris 3"]
    assert faults[0] == (
        'Baris 2: Belum ada surat suara DPR di sini dengan keadaan "Diterima, belum disortir": langkah sebelumnya belum'
        " dicatat."
    )


def test_what_would_be_good_alone_is_not_recorded_beside_what_is_refused(office: Office):
    office.sends("receive", RECEIVE + row("dpr", 10, 10, "B1"))
    before = office.stock("unsorted")
    assert len(office.refused("sort", "Barang;Di tangan;Baik\n" + row("dpr", 10, 10) + row("dprd_kab", 5, 5))) == 1
    assert office.stock("unsorted") == before


def test_a_closed_stage_refuses_a_file(office: Office):
    office.sends("receive", RECEIVE + row("dpr", 10, 10, "B1"))
    office.does(CloseStage(stage="sorting"))
    assert "ditutup" in office.refused("sort", "Barang;Di tangan;Baik\n" + row("dpr", 10, 10))[0]


def test_a_halted_log_takes_no_file(office: Office):
    office.sends("receive", RECEIVE + row("dpr", 10, 10, "B1"))
    ledger.halt(LOG, "tampered")
    with pytest.raises(LedgerHalted):
        office.sends("receive", RECEIVE + row("dpr", 11, 11, "B2"))
    assert ledger.size_of(LOG) == 1


def test_what_is_recorded_is_judged(office: Office):
    office.sends("receive", RECEIVE + row("dpr", 10, 10, "B1"))
    before = ledger.size_of(LOG)
    office.sends("sort", SORT + row("", "dpr", 10, 4, 0, "not_known"))
    assert ledger.size_of(LOG) > before + 1, "missing ballots raise a warning"


# -- the same file again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("again", [{}, {"device": "d2", "actor": "budi"}])
def test_the_same_file_again_changes_nothing_and_gives_the_first_receipts(ready: Office, again: dict[str, str]):
    text = PACK + "".join(row(f"{VILLAGE}-{number:03d}", 204, 204) for number in range(1, 121))
    first = ready.sends("pack", text)
    before = ready.record()
    second = ready.sends("pack", text, **again)
    assert ready.record() == before
    assert second.already_recorded
    assert second.there == first.new
    assert second.first == tuple(receipt.index for receipt in first.receipts)


def test_typed_otherwise_it_is_still_the_same(office: Office):
    first = office.sends("receive", RECEIVE + row("DPR", "1.000", "1,000", "B1"))
    second = office.sends("receive", "Document number,Item,By the letter,Good\nB1,surat suara dpr,1000,1000\n")
    assert second.already_recorded
    assert second.first == (first.receipts[0].index,)


def test_a_longer_file_adds_only_what_is_new(office: Office):
    text = RECEIVE + row("dpr", 1000, 1000, "B1")
    first = office.sends("receive", text)
    second = office.sends("receive", text + row("dpr", 500, 500, "B2"))
    assert (second.new, second.there) == ((Row("", 3),), (Row("", 2),))
    assert second.first == (first.receipts[0].index,)
    assert len(second.receipts) == 1
    assert office.stock("unsorted") == 1500
    assert second.lines("id") == [
        "1 baris baru dicatat (catatan #1).",
        "1 baris sudah tercatat sebelumnya (catatan #0) dan tidak dihitung lagi.",
    ]
    third = office.sends("receive", text)
    assert third.lines("en") == [
        "Nothing is new: nothing was changed.",
        "Rows on record already, not counted again: 1 (entries #0).",
    ]


def test_a_row_with_new_cells_adds_those_alone(ready: Office):
    ready.sends("pack", PACK + row(S1, 204, ""))
    second = ready.sends("pack", PACK + row(S1, 204, 204))
    assert second.new == (Row("", 2),)
    assert models.Kit.objects.get(station=S1).contents == {"ballot.dpr.": 204, "ballot.dprd_kab.": 204}


def test_other_figures_for_what_is_on_record_are_asked_about(office: Office):
    office.sends("receive", RECEIVE + row("dpr", 1000, 1000, "B1"))
    before = office.record()
    text = RECEIVE + row("dpr", 1200, 1100, "B1").replace("\n", "") + "\n"
    text = text.replace("Nomor dokumen\n", "Nomor dokumen;Alasan selisih\n").replace(";B1\n", ";B1;Hilang\n")
    with pytest.raises(RecordedOtherwise) as caught:
        office.sends("receive", text)
    assert office.record() == before
    assert caught.value.lines("id")[0].startswith(
        "Baris 2: surat suara DPR sudah tercatat dengan jumlah lain (1.000, sekarang 1.200: 1.100 baik, 0 rusak)."
    )
    assert caught.value.lines("en")[0].startswith(
        "Row 2: House of Representatives (DPR) ballots: on record with other figures (1,000, now 1,200: 1,100"
    )
    office.sends("receive", text, on_top=True)
    assert office.stock("unsorted") == 2100


def test_a_count_taken_back_may_be_sent_anew_corrected_or_not(ready: Office):
    rows = [row(f"{VILLAGE}-{number:03d}", 204, "") for number in range(1, 4)]
    ready.sends("pack", PACK + "".join(rows))
    for _again in range(2):
        tally = models.TallyRow.objects.get(step="pack", state="counted")
        ready.does(VoidTally(tally_id=tally.key, reason="paper_error"))
        assert len(ready.sends("pack", PACK + "".join(rows)).new) == 3
    tally = models.TallyRow.objects.get(step="pack", state="counted")
    ready.does(VoidTally(tally_id=tally.key, reason="paper_error"))
    corrected = ready.sends("pack", PACK + rows[0] + rows[1] + rows[2].replace("204", "210"))
    assert len(corrected.new) == 3
    assert sorted(kit.contents["ballot.dpr."] for kit in models.Kit.objects.all()) == [204, 204, 210]


def test_two_days_with_the_same_figures_are_two_counts(office: Office):
    office.sends("receive", RECEIVE + row("dpr", 100, 100, "B1"))
    office.sends("sort", SORT + row("12/01/2024", "dpr", 10, 10, 0, ""))
    assert not office.sends("sort", SORT + row("13/01/2024", "dpr", 10, 10, 0, "")).already_recorded
    assert office.stock("good") == 20
    assert office.sends("sort", SORT + row("12/01/2024", "dpr", 10, 10, 0, "")).already_recorded


def test_a_reason_found_later_makes_no_new_count(office: Office):
    office.sends("receive", RECEIVE + row("dpr", 100, 100, "B1"))
    text = SORT + row("", "dpr", 10, 8, 1, "not_known")
    office.sends("sort", text)
    office.does(ExplainDifference(subject=models.TallyRow.objects.get(step="sort").key, reason="lost"))
    assert office.sends("sort", text).already_recorded


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("contract", "Penyedia;Nomor kontrak;Barang;Jumlah\nPT Contoh;K-1;dpr;1000\nPT Contoh;K-2;dpr;1000\n"),
        ("count", "Keadaan;Barang;Terhitung;Dihitung oleh\nfolded;dpr;0;kpu\nunsorted;dpr;0;bawaslu\n"),
        ("labels", "Jenis;Label;TPS\nbox;K1;36.02.05.2001-001\nbag;K2;\n"),
    ],
)
def test_every_kind_may_come_twice(office: Office, kind: str, text: str):
    first = office.sends(kind, text)
    assert len(first.receipts) == 2
    before = office.record()
    second = office.sends(kind, text, device="d9")
    assert office.record() == before
    assert (second.there, second.first) == (first.new, tuple(one.index for one in first.receipts))


def test_a_label_in_use_for_something_else_is_a_fault(office: Office):
    office.sends("labels", "Jenis;Label\nbox;K1\n")
    assert office.refused("labels", "Jenis;Label\nbag;K2\nbag;K1\n") == [
        "Baris 3, kolom Label: label K1 sudah dipakai untuk hal lain."
    ]


# -- hand-overs ----------------------------------------------------------------------------------------------------


def test_transfers_are_sent_and_accepted_by_sheet_and_may_come_twice(ready: Office):
    ready.sends("pack", PACK + row(S1, 204, "") + row(S2, 204, ""))
    ready.sends("labels", "Jenis;Label;TPS\n" + row("box", "K1", S1))
    offer = OFFER + "".join(row("Ke kecamatan", KECAMATAN, *what) for what in ((S1, ""), (S2, ""), ("", "K1")))
    offer = offer.replace("Ke kecamatan", "to_kecamatan")
    sent = ready.sends("transfer-offer", offer)
    assert ready.sends("transfer-offer", offer, device="d2").first == (sent.receipts[0].index,)
    given = services.offered_rows(KECAMATAN)
    assert [(one.station, one.label) for one in given] == [(S1, ""), (S2, ""), ("", "K1")]
    head = "Kiriman;TPS;Label;Datang;Alasan selisih\n"
    text = head + "".join(row(one.transfer, one.station, one.label, "Ya", "") for one in given)
    # Whoever sent may not accept: a refusal of the record, on a sheet.
    assert "tidak boleh menjawabnya sendiri" in ready.refused("transfer-accept", text, place=KECAMATAN)[0]
    other = {"place": KECAMATAN, "actor": "rina"}
    taken = ready.sends("transfer-accept", text, **other)
    assert models.Kit.objects.get(station=S1).state == "held"
    assert models.Unit.objects.get(key=unit("K1")).place == KECAMATAN
    again = ready.sends("transfer-accept", text, **other, device="d7")
    assert (again.already_recorded, again.first) == (True, (taken.receipts[0].index,))
    changed = text.replace(f"{S2};;Ya;", f"{S2};;Tidak;Hilang")
    assert ready.refused("transfer-accept", changed, **other)[0].startswith("Baris 2: kiriman xl.0.")


def test_a_transfer_called_back_may_be_sent_anew(ready: Office):
    ready.sends("pack", PACK + row(S1, 204, ""))
    offer = OFFER + row("to_kecamatan", KECAMATAN, S1, "")
    ready.sends("transfer-offer", offer)
    key = models.Transfer.objects.get().key
    ready.does(asks_leave("leave", "recall", key))
    ready.does(gives_leave("leave"), actor="budi")
    ready.does(RecallTransfer(transfer_id=key, approval_id=f"{PLACE}/leave"))
    assert len(ready.sends("transfer-offer", offer).receipts) == 1
    assert models.Transfer.objects.filter(state="offered").count() == 1


# -- templates out of the registers --------------------------------------------------------------------------------


def test_the_packing_template_of_a_place_names_needs_of_the_register_and_is_read_back(ready: Office):
    ground = services.ground_of(PLACE, ready.now, "pack")
    rows = services.station_rows(PLACE)
    assert (len(rows), rows[0].code, rows[0].needs["dpr"]) == (300, S1, 204)
    prefilled = [row | {f"ballot_{one}": 204 for one in ground.ballots} for row in station_prefill(rows)]
    content = template("pack", ground, rows=prefilled)
    given = read("pack", content, "b.xlsx", ground)
    assert len(given.rows) == 300
    assert offered_prefill(services.offered_rows(PLACE)) == []


def test_a_packing_sheet_is_recorded_beside_what_the_register_says_each_station_needs(ready: Office):
    ready.sends("pack", PACK + row(S1, 204, 200))
    (packed,) = models.TallyRow.objects.filter(step="pack")
    assert [(line["ballot"], line["passed"], line["need"]) for line in packed.lines] == [
        ("dpr", 204, 204),
        ("dprd_kab", 200, 204),
    ]


def test_a_large_file_is_one_commit(ready: Office, monkeypatch: pytest.MonkeyPatch):
    before, commits = ledger.size_of(LOG), []
    monkeypatch.setattr(ledger.sequencer(), "after_commit", lambda appended: commits.append(len(appended)))
    text = PACK + "".join(row(f"{VILLAGE}-{number:03d}", 204, 204) for number in range(1, 301))
    ready.sends("pack", text)
    assert commits == [3]
    assert ledger.size_of(LOG) == before + 3


def test_a_contract_taken_back_may_come_again(office):
    text = "Penyedia;Nomor kontrak;Barang;Jumlah\nPT Contoh;K-1;dpr;1000\n"
    office.sends("contract", text)
    first = models.Contract.objects.get()
    office.does(VoidContract(contract_id=first.key, reason="paper_error"))
    office.sends("contract", text)
    assert [(one.is_void, one.key == first.key) for one in models.Contract.objects.order_by("is_void")] == [
        (False, False),
        (True, True),
    ]


def test_equipment_is_known_again_whether_it_was_in_stock_or_only_seen(office):
    for step in ("receive", "sort", "fold"):
        office.does(tally(step, step, ballots(400)))
    text = f"TPS;DPR;Kotak suara;Segel kertas\n{S1};200;5;96\n"
    office.sends("pack", text)
    kit = models.Kit.objects.get(station=S1)
    assert (kit.contents, kit.checked) == ({"ballot.dpr.": 200}, {"box": 5, "paper_seal": 96})
    office.does(tally("r2", "receive", ballots(50, ballot="", item="box")))
    office.sends("pack", text)
    assert models.TallyRow.objects.filter(step="pack").count() == 1
    kit.refresh_from_db()
    assert kit.checked == {"box": 5, "paper_seal": 96}
