"""Rules on goods going out and on how they are counted: with an order, within the stock, by two. Pure."""

from awas.ledger.area import Stamp
from awas.warehouse import events as happened
from awas.warehouse.rules import grounds
from awas.warehouse.rules.endings import voided
from awas.warnings.rule import Found, Level, Limits, Outcomes, Rule, Watch, Words


def _released(watch: Watch, stamp: Stamp, event: happened.GoodsReleased, limits: Limits) -> Outcomes:
    if event.has_order:
        return ()
    units = sum(line.units for line in event.lines)
    what = event.plate or event.delivery_letter or event.document_number or event.release_id
    facts = (("what", what), ("units", units))
    level = Level.AWAS if event.ballots else Level.SIAGA
    return (Found(key=event.vehicle_id or event.release_id, facts=facts, level=level),)


def _carried_off(watch: Watch, stamp: Stamp, event: happened.VehicleLeft, limits: Limits) -> Outcomes:
    if not event.loaded or event.released:
        return ()
    # A delivery that goes on to another warehouse leaves with what was never for this one.
    level = Level.SIAGA if event.purpose == "deliver" else Level.AWAS
    return (Found(key=event.vehicle_id, facts=(("what", event.plate), ("units", 0)), level=level),)


NO_ORDER = Rule(
    id="WAR-16",
    title=Words("Barang keluar tanpa perintah", "Goods out with no order"),
    question=Words("Atas perintah siapa barang ini keluar?", "On whose order do these goods go out?"),
    message=Words("Barang keluar tanpa surat perintah: {what}", "Goods went out with no order: {what}"),
    basis=grounds.FIVE_RIGHTS,
    level=Level.AWAS,
    runbook=(
        Words(
            "Tahan kendaraan di gerbang bila masih ada; minta surat perintah pengeluaran.",
            "Hold the vehicle at the gate if it is still there; ask for the order of release.",
        ),
        Words(
            "Hubungi KPU dan polisi; catat tujuan dan pelat nomor.",
            "Call KPU and the police; note destination and plate.",
        ),
        Words(
            "Hitung isi gudang per jenis dan dapil di hadapan saksi.",
            "Count the stock by kind and electoral district before witnesses.",
        ),
        Words(
            "Tuangkan dalam Formulir Model A; nilai perlu tidaknya saran perbaikan.",
            "Put it in Form A; consider an advice to correct.",
        ),
    ),
    incident=grounds.TANGERANG_SURPLUS,
    on={
        happened.GoodsReleased: _released,
        happened.VehicleLeft: _carried_off,
        happened.EntryVoided: voided,
    },
)


def _beyond(watch: Watch, stamp: Stamp, event: happened.GoodsReleased, limits: Limits) -> Outcomes:
    if not event.beyond_stock:
        return ()
    units = sum(line.released - max(line.stock, 0) for line in event.beyond_stock)
    return (Found(key=event.release_id, facts=(("units", units),), level=Level.SIAGA if event.ballots else None),)


BEYOND_STOCK = Rule(
    id="WAR-17",
    title=Words("Keluar lebih dari persediaan", "More went out than there was"),
    question=Words(
        "Dari mana barang yang keluar melebihi catatan?", "Where did the goods beyond the record come from?"
    ),
    message=Words(
        "{units} satuan keluar melebihi yang tercatat ada", "{units} units went out beyond what the record had"
    ),
    basis=grounds.FIVE_RIGHTS,
    level=Level.WASPADA,
    runbook=(
        Words("Periksa apakah ada penerimaan yang belum dicatat.", "See whether a receipt was never logged."),
        Words("Hitung ulang sisa di gudang bersama KPU.", "Count what is left together with KPU."),
        Words("Cocokkan dengan BTTB dan BAST.", "Compare with BTTB and BAST."),
    ),
    incident=grounds.TANGERANG_SURPLUS,
    on={happened.GoodsReleased: _beyond, happened.EntryVoided: voided},
)


def _one_counted_in(watch: Watch, stamp: Stamp, event: happened.GoodsReceived, limits: Limits) -> Outcomes:
    return _one(event.two_wanted, event.counted_by, event.receipt_id, event.ballots)


def _one_counted_out(watch: Watch, stamp: Stamp, event: happened.GoodsReleased, limits: Limits) -> Outcomes:
    return _one(event.two_wanted, event.counted_by, event.release_id, event.ballots)


def _one_took_stock(watch: Watch, stamp: Stamp, event: happened.StockGlanced, limits: Limits) -> Outcomes:
    if not event.counts:
        return ()
    return _one(event.two_wanted, event.counted_by, f"stock:{watch.index}", watch.warehouse.ballots_inside)


def _one_unsealed(watch: Watch, stamp: Stamp, event: happened.SealRemoved, limits: Limits) -> Outcomes:
    return _one(event.two_wanted, event.removed_by, event.seal, watch.warehouse.ballots_inside)


def _one(two_wanted: bool, people: tuple[str, ...], key: str, ballots: bool) -> Outcomes:
    count = len(set(people))
    if not two_wanted or count >= 2:
        return ()
    return (Found(key=key, facts=(("count", count),), level=Level.SIAGA if ballots else None),)


ONE_FOR_TWO = Rule(
    id="WAR-21",
    title=Words("Satu orang untuk pekerjaan dua orang", "One person where two are wanted"),
    question=Words("Siapa orang kedua yang menyaksikan?", "Who was the second person?"),
    message=Words("Tercatat {count} orang, padahal wajib dua", "{count} on record where two are wanted"),
    basis=grounds.VERIFIED_COUNT,
    level=Level.WASPADA,
    runbook=(
        Words(
            "Ulangi hitungan atau pemeriksaan bersama orang kedua.",
            "Do the count or the check again with a second person.",
        ),
        Words(
            "Bila orang kedua ada tetapi tidak dicatat, koreksi catatannya.",
            "If there was a second person who wasn't noted, correct the record.",
        ),
    ),
    incident=grounds.MALANG_TIRED,
    on={
        happened.GoodsReceived: _one_counted_in,
        happened.GoodsReleased: _one_counted_out,
        happened.StockGlanced: _one_took_stock,
        happened.SealRemoved: _one_unsealed,
        happened.EntryVoided: voided,
    },
)

RULES = (NO_ORDER, BEYOND_STOCK, ONE_FOR_TWO)
