"""Rules on quantities: printed beyond the order, damaged, beyond the need, of another district. Pure."""

import re
from typing import get_args

from awas.ledger.area import Stamp
from awas.ledger.naming import district_of
from awas.logistics import events as happened
from awas.logistics.rules import grounds
from awas.logistics.rules.making import (
    BY_TALLY,
    NAMES,
    SORTED,
    ballots,
    found_if,
    found_or_cleared,
    needed,
    number,
)
from awas.logistics.state import Logistics
from awas.places.codes import PARTS
from awas.warehouse.events import CountCorrected, EntryVoided, GoodsReceived
from awas.warehouse.rules import grounds as seen
from awas.warnings.rule import (
    Cleared,
    Found,
    Level,
    Limits,
    Outcomes,
    Rule,
    Watch,
    Words,
)


def _beyond_order(watch: Watch, stamp: Stamp, event: happened.PrintVerified, limits: Limits) -> Outcomes:
    if not event.beyond:
        return ()
    units = sum(one.taken - one.stock for one in event.beyond)
    return (Found(key=event.contract_id, facts=(("units", units), ("ballot", event.beyond[0].ballot))),)


def _beyond_no_more(watch: Watch, stamp: Stamp, event: happened.TallyVoided, limits: Limits) -> Outcomes:
    return (Cleared(key=event.contract_id, why="corrected"),) if event.contract_id and not event.beyond else ()


PRINTED_BEYOND = Rule(
    id="LOG-05",
    title=Words("Dicetak melebihi pesanan", "Printed beyond the order"),
    question=Words("Untuk apa kelebihan cetak ini, dan di mana?", "What are the extra prints for, and where are they?"),
    message=Words("{ballot}: {units} dicetak melebihi pesanan", "{ballot}: {units} printed beyond the order"),
    basis=grounds.NOT_BEYOND_ORDER,
    level=Level.AWAS,
    runbook=(
        Words("Minta kelebihan disegel dan dihitung di tempat.", "Have the extra ones sealed and counted on the spot."),
        Words("Minta berita acara verifikasi (Pasal 345 ayat 4).", "Ask for the minutes of verification."),
        Words("Laporkan: mencetak melebihi jumlah adalah pidana (Pasal 529-531).", "Report it: it is a crime."),
    ),
    incident=seen.WRONG_NUMBER,
    names=NAMES,
    on={happened.PrintVerified: _beyond_order, happened.TallyVoided: _beyond_no_more},
)


def _unwitnessed(watch: Watch, stamp: Stamp, event: happened.PrintVerified, limits: Limits) -> Outcomes:
    return found_if(not event.document_number or not event.witnesses, event.tally_id, ("contract", event.contract_id))


PRINT_UNWITNESSED = Rule(
    id="LOG-06",
    title=Words("Verifikasi cetak tanpa berita acara atau saksi", "Print verified without minutes or witnesses"),
    question=Words("Siapa menandatangani verifikasi ini?", "Who signed this verification?"),
    message=Words("Verifikasi {contract} tanpa berita acara/saksi", "{contract} verified without minutes or witnesses"),
    basis=seen.VERIFIED_COUNT,
    level=Level.WASPADA,
    runbook=(
        Words("Minta berita acara yang ditandatangani percetakan dan KPU.", "Ask for minutes signed by both."),
        Words("Catat nomornya pada verifikasi berikutnya.", "Note its number with the next verification."),
    ),
    incident=seen.WRONG_NUMBER,
    on={happened.PrintVerified: _unwitnessed},
    ends={happened.TallyVoided: ("tally_id", "corrected")},
)


def _damaged_share(
    watch: Watch, stamp: Stamp, event: happened.Tallied | happened.TallyVoided, limits: Limits
) -> Outcomes:
    if event.step not in SORTED:
        return ()
    outcomes: list[Found | Cleared] = []
    for ballot in ballots(event.lines):
        total = watch.logistics.total("sorting", "ballot", ballot)
        if total.taken < limits["sample"]:
            if isinstance(event, happened.TallyVoided):
                outcomes.append(Cleared(key=f"damaged-{ballot}", why="corrected"))
            continue
        share = 1000 * total.damaged // total.taken
        facts = (("ballot", ballot), ("per_mille", share), ("units", total.damaged))
        outcomes += found_or_cleared(share >= limits["per_mille"], f"damaged-{ballot}", "counted", *facts)  # type: ignore[arg-type]
    return tuple(outcomes)


DAMAGED_SHARE = Rule(
    id="LOG-09",
    title=Words("Bagian rusak di atas kewajaran", "Damaged share above the norm"),
    question=Words("Mengapa begitu banyak yang rusak?", "Why are so many damaged?"),
    message=Words("{ballot}: {per_mille} per seribu rusak ({units})", "{ballot}: {per_mille} ‰ damaged ({units})"),
    basis=grounds.CRITERIA,
    level=Level.SIAGA,
    thresholds=(
        number(
            "per_mille",
            "per_mille",
            7,
            (1, 500),
            Words("Bagian rusak", "Damaged share"),
            "Banten 2024: DPRD Provinsi 60.030 dari 8.842.646 (0,68 persen); jenis lain di bawah 0,05 persen",
        ),
        number("sample", "units", 2000, (100, 100_000), Words("Sesudah", "After so many")),
    ),
    runbook=(
        Words("Pisahkan menurut kriteria; foto contoh tiap kriteria.", "Set apart by criterion; photograph examples."),
        Words("Minta KPU meminta pengganti hari ini lewat KPU provinsi.", "Have KPU ask for replacements today."),
        Words("Tanyakan kabupaten/kota lain dengan percetakan yang sama.", "Ask districts with the same printer."),
    ),
    incident=seen.BANTEN_DAMAGED,
    names=NAMES,
    on={happened.Tallied: _damaged_share, happened.TallyVoided: _damaged_share},
)


def _damaged_carton(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    if event.step != "sort" or event.taken < limits["sample"]:
        return ()
    share = 1000 * event.damaged // event.taken
    return found_if(share >= limits["per_mille"], event.tally_id, ("per_mille", share), ("table", event.table or "-"))


DAMAGED_CARTON = Rule(
    id="LOG-10",
    title=Words("Satu karton banyak rusak", "A carton with many damaged"),
    question=Words("Kerusakan cetak, air, atau kesengajaan?", "A misprint, water, or intent?"),
    message=Words("Meja {table}: {per_mille} per seribu rusak", "Table {table}: {per_mille} per mille damaged"),
    basis=grounds.CRITERIA,
    level=Level.WASPADA,
    thresholds=(
        number("per_mille", "per_mille", 50, (5, 1000), Words("Bagian rusak", "Damaged share")),
        number("sample", "units", 100, (10, 10_000), Words("Karton mulai dari", "Cartons from")),
    ),
    runbook=(
        Words("Simpan karton dan labelnya; jangan dibuang.", "Keep the carton and its label."),
        Words("Periksa karton berikutnya dari seri yang sama lebih dahulu.", "Check the next carton of that series."),
    ),
    incident=grounds.TANGSEL_VIOLET,
    on={happened.Tallied: _damaged_carton},
    ends={happened.TallyVoided: ("tally_id", "corrected")},
)


Counted = GoodsReceived | CountCorrected | EntryVoided | happened.Tallied | happened.TallyVoided
"""Whatever changes what was counted in."""


def _surplus(watch: Watch, stamp: Stamp, event: Counted, limits: Limits) -> Outcomes:
    if isinstance(event, happened.Tallied | happened.TallyVoided) and event.step != "receive":
        return ()
    state: Logistics = watch.logistics
    outcomes: list[Found | Cleared] = []
    for ballot in dict.fromkeys(line.ballot for line in event.lines if line.item == "ballot"):
        need, got = needed(state, ballot), state.total("receiving", "ballot", ballot).passed
        if need:
            units = got - need - need * limits["per_mille"] // 1000
            facts = (("ballot", ballot), ("units", units))
            outcomes += found_or_cleared(units > 0, f"surplus-{ballot}", "counted", *facts)  # type: ignore[arg-type]
    return tuple(outcomes)


SURPLUS = Rule(
    id="LOG-13",
    title=Words("Melebihi kebutuhan (DPT + cadangan)", "Beyond the need (list + reserve)"),
    question=Words("Untuk apa kelebihan ini?", "What is the surplus for?"),
    message=Words("{ballot}: {units} lebih dari kebutuhan", "{ballot}: {units} more than needed"),
    basis=grounds.NEED,
    level=Level.SIAGA,
    thresholds=(
        number("per_mille", "per_mille", 5, (0, 100), Words("Kelonggaran", "Tolerance"), "pengganti yang rusak"),
    ),
    runbook=(
        Words("Pisahkan dan segel kelebihan; catat di berita acara.", "Set the surplus apart and seal it."),
        Words("Pastikan tidak ikut dikemas untuk TPS.", "See that none is packed for a station."),
    ),
    incident=seen.TANGERANG_SURPLUS,
    names=NAMES,
    on=dict.fromkeys(get_args(Counted), _surplus),
)


def _beyond_stock(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    filled = _undone(watch, stamp, event, limits)
    if not event.beyond:
        return filled
    units = sum(one.taken - max(one.stock, 0) for one in event.beyond)
    return (*filled, Found(key=event.tally_id, facts=(("step", event.step), ("units", units))))


_TAKEN_FROM = (("receiving", "sorting", "sort"), ("sorting", "folding", "fold"), ("folding", "packing", "pack"))
"""Stages of which the second takes all that the first one passed on, and its step."""


def _undone(watch: Watch, stamp: Stamp, event: Counted, limits: Limits) -> Outcomes:
    """What was taken back here after the next stage had taken it; no longer so once it is counted again."""
    state: Logistics = watch.logistics
    things = dict.fromkeys((line.ballot, line.dapil) for line in event.lines if line.item == "ballot")
    outcomes: list[Found | Cleared] = []
    for ballot, dapil in things:
        for first, second, step in _TAKEN_FROM:
            units = state.of(second, "ballot", ballot, dapil).taken - state.of(first, "ballot", ballot, dapil).passed
            key = f"{step}-{ballot}-{dapil}"
            if units <= 0:
                outcomes.append(Cleared(key=key, why="counted"))
            elif not isinstance(event, happened.Tallied):
                outcomes.append(Found(key=key, facts=(("step", step), ("units", units))))
    return tuple(outcomes)


BEYOND_STOCK = Rule(
    id="LOG-14",
    title=Words("Lebih banyak diambil daripada yang tercatat", "More taken than the record has"),
    question=Words("Tahap mana yang belum dicatat?", "Which step is missing in the record?"),
    message=Words("{step}: {units} diambil padahal tidak tercatat", "{step}: {units} taken that weren't on record"),
    basis=grounds.OWN_RECORD,
    level=Level.SIAGA,
    runbook=(
        Words("Periksa apakah hitungan tahap sebelumnya tertinggal.", "Is a tally of the step before missing?"),
        Words("Bila tidak, hitung fisik dan catat hitungan mandiri.", "If not, count, and note an independent count."),
    ),
    incident=grounds.TANGSEL_COUNTS,
    names=NAMES,
    on=dict.fromkeys(get_args(Counted), _undone) | {happened.Tallied: _beyond_stock},
    ends=BY_TALLY,
)


_DISTRICT_FIRST = re.compile(r"\d\d\.\d\d(?!\d)", re.ASCII)
"""A constituency's code that begins with the code of its district, as those of a district's council do."""


def _is_strange(state: Logistics, place: str, ballot: str, dapil: str) -> bool:
    """Whether no voter of the district votes in a constituency, as far as its season or its code tells."""
    own = state.season.constituencies.get(ballot)
    if dapil and own is not None:
        return dapil not in own
    return _DISTRICT_FIRST.match(dapil) is not None and dapil[: PARTS[1]] != district_of(place)


def _other_district(
    watch: Watch, stamp: Stamp, event: GoodsReceived | CountCorrected | happened.Tallied, limits: Limits
) -> Outcomes:
    if isinstance(event, CountCorrected) and event.direction != "in":
        return ()
    if isinstance(event, GoodsReceived | CountCorrected):
        key, came = event.receipt_id, [(one.ballot, one.dapil, one.units) for one in event.lines]
    elif event.step == "receive":
        key, came = event.tally_id, [(one.ballot, one.dapil, one.passed + one.damaged) for one in event.lines]
    else:
        return ()
    state: Logistics = watch.logistics
    strange = [(dapil, units) for ballot, dapil, units in came if _is_strange(state, stamp.place, ballot, dapil)]
    if not strange:
        return (Cleared(key=key, why="corrected"),)
    return (Found(key=key, facts=(("dapil", strange[0][0]), ("units", sum(units for _, units in strange)))),)


OTHER_DISTRICT = Rule(
    id="LOG-15",
    title=Words("Surat suara kabupaten/kota lain", "Ballots of another district"),
    question=Words("Apakah dua truk tertukar?", "Were two trucks exchanged?"),
    message=Words("{units} surat suara dapil {dapil} diterima di sini", "{units} ballots of {dapil} came here"),
    basis=seen.FIVE_RIGHTS,
    level=Level.AWAS,
    runbook=(
        Words("Jangan dibuka; segel dan pisahkan.", "Don't open it; seal it and set it apart."),
        Words("Telepon Bawaslu kabupaten/kota yang tertulis; mungkin kiriman Anda ada di sana.", "Call that district."),
        Words("Catat dengan berita acara bersama KPU dan Polri.", "Note it in minutes with KPU and the police."),
    ),
    incident=seen.WRONG_DESTINATION,
    on=dict.fromkeys((GoodsReceived, CountCorrected, happened.Tallied), _other_district),
    ends={**BY_TALLY, EntryVoided: ("subject", "corrected")},
)


RULES: tuple[Rule, ...] = (
    PRINTED_BEYOND, PRINT_UNWITNESSED, DAMAGED_SHARE, DAMAGED_CARTON, SURPLUS, BEYOND_STOCK, OTHER_DISTRICT,
)  # fmt: skip
