"""Rules on quantities: short, over, damaged, beyond the order or the need. Pure."""

import re
from typing import get_args

from awas.ledger.area import HOUR, Instant, Stamp
from awas.ledger.naming import district_of
from awas.logistics import events as happened
from awas.logistics.rules import grounds
from awas.logistics.rules.making import (
    BY_TALLY,
    NAMES,
    TOLERANCE,
    ballots,
    beyond,
    found_if,
    found_or_cleared,
    needed,
    number,
)
from awas.logistics.state import Logistics
from awas.warehouse.events import CountCorrected, EntryVoided, GoodsReceived
from awas.warehouse.rules import grounds as seen
from awas.warnings.hours import next_at
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Found,
    Level,
    Limits,
    Outcomes,
    Rule,
    Watch,
    Words,
)

SORTED = ("sort", "fold")


def _short(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    told = beyond(limits, event.short, sum(line.taken for line in event.lines))
    return found_if(told, event.tally_id, ("step", event.step), ("units", event.short))


SHORT = Rule(
    id="LOG-01",
    title=Words("Kurang pada tahap", "Short at a stage"),
    question=Words("Ke mana yang kurang ini?", "Where have the missing ones gone?"),
    message=Words("{step}: kurang {units} lembar/unit", "{step}: {units} units short"),
    basis=seen.VERIFIED_COUNT,
    level=Level.SIAGA,
    thresholds=TOLERANCE,
    runbook=(
        Words("Hitung ulang berdua, sebelum meja berikutnya dibuka.", "Count again by two before another table opens."),
        Words("Cocokkan label karton dengan surat jalan; foto label.", "Match the carton's label with the letter."),
        Words("Catat alasannya; bila tidak ditemukan, minta KPU membuat berita acara.", "Note the reason, or minutes."),
    ),
    incident=grounds.TANGSEL_COUNTS,
    names=NAMES,
    on={happened.Tallied: _short},
    ends=BY_TALLY,
)


def _over(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    told = beyond(limits, event.over, sum(line.taken for line in event.lines))
    return found_if(told, event.tally_id, ("step", event.step), ("units", event.over))


OVER = Rule(
    id="LOG-02",
    title=Words("Lebih pada tahap", "Over at a stage"),
    question=Words("Dari mana kelebihan ini?", "Where do the extra ones come from?"),
    message=Words("{step}: lebih {units} lembar/unit", "{step}: {units} units too many"),
    basis=seen.VERIFIED_COUNT,
    level=Level.SIAGA,
    thresholds=TOLERANCE,
    runbook=(
        Words("Pisahkan kelebihan; jangan dicampur.", "Set the extra ones apart; don't mix them in."),
        Words("Hitung ulang berdua dan cocokkan dengan label.", "Count again by two, and match with the label."),
        Words("Tanyakan KPU apakah kiriman lain tertukar.", "Ask KPU whether another delivery was swapped."),
    ),
    incident=seen.WRONG_NUMBER,
    names=NAMES,
    on={happened.Tallied: _over},
    ends=BY_TALLY,
)


def _unexplained(watch: Watch, stamp: Stamp, event: happened.Tallied | happened.Counted, limits: Limits) -> Outcomes:
    differs = event.short or event.over if isinstance(event, happened.Tallied) else event.differing
    key = event.tally_id if isinstance(event, happened.Tallied) else event.count_id
    if not differs or event.reason not in {"none", "not_known"}:
        return ()
    return (Arm(key=key, due_at=watch.now + limits["hours"] * HOUR, facts=(("hours", limits["hours"]),)),)


def _still_unexplained(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    return (Found(key=key, facts=armed.facts),)


UNEXPLAINED = Rule(
    id="LOG-03",
    title=Words("Selisih belum dijelaskan", "Difference not explained"),
    question=Words("Apa alasan selisih ini?", "What is the reason for this difference?"),
    message=Words("Selisih belum dijelaskan sesudah {hours} jam", "A difference isn't explained after {hours} hours"),
    basis=grounds.OWN_RECORD,
    level=Level.WASPADA,
    thresholds=(number("hours", "hours", 24, (1, 168), Words("Sesudah", "After")),),
    runbook=(
        Words("Buka hitungannya; tanyakan penghitung dan KPU.", "Open the tally; ask who counted, and KPU."),
        Words("Catat alasan dengan nomor surat atau berita acara.", "Note the reason with a letter or minutes."),
    ),
    incident=grounds.TANGSEL_COUNTS,
    on={happened.Tallied: _unexplained, happened.Counted: _unexplained},
    ends=BY_TALLY,
    due=_still_unexplained,
)


def _counts_differ(watch: Watch, stamp: Stamp, event: happened.Counted, limits: Limits) -> Outcomes:
    apart = sum(abs(line.units - units) for line, units in zip(event.lines, event.recorded, strict=True))
    return found_if(beyond(limits, apart, sum(event.recorded)), event.count_id, ("units", apart))


COUNTS_DIFFER = Rule(
    id="LOG-04",
    title=Words("Dua hitungan berbeda", "Two counts differ"),
    question=Words("Hitungan siapa yang benar?", "Whose count is right?"),
    message=Words("Hitungan mandiri berbeda {units} dari catatan", "An independent count differs by {units}"),
    basis=grounds.OWN_RECORD,
    level=Level.SIAGA,
    thresholds=TOLERANCE,
    runbook=(
        Words("Hitung ketiga kalinya bersama KPU dan saksi.", "Count a third time together with KPU and witnesses."),
        Words("Cari hitungan tahap yang keliru dan batalkan dengan alasan.", "Find the wrong tally, and take it back."),
    ),
    incident=seen.MALANG_TIRED,
    on={happened.Counted: _counts_differ},
    ends={happened.DifferenceExplained: ("subject", "explained")},
)


def _beyond_order(watch: Watch, stamp: Stamp, event: happened.PrintVerified, limits: Limits) -> Outcomes:
    if not event.beyond:
        return ()
    units = sum(one.taken - one.stock for one in event.beyond)
    return (Found(key=event.contract_id, facts=(("units", units), ("ballot", event.beyond[0].ballot))),)


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
    on={happened.PrintVerified: _beyond_order},
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


_TAKEN_FROM = (("receiving", "sorting", "sort"), ("sorting", "folding", "fold"))
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


def _other_district(
    watch: Watch, stamp: Stamp, event: GoodsReceived | CountCorrected | happened.Tallied, limits: Limits
) -> Outcomes:
    if isinstance(event, CountCorrected) and event.direction != "in":
        return ()
    if isinstance(event, GoodsReceived | CountCorrected):
        key, came = event.receipt_id, [(line.dapil, line.units) for line in event.lines]
    elif event.step == "receive":
        key, came = event.tally_id, [(line.dapil, line.passed + line.damaged) for line in event.lines]
    else:
        return ()
    own = district_of(stamp.place)
    strange = [(dapil, units) for dapil, units in came if _DISTRICT_FIRST.match(dapil) and dapil[:5] != own]
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


def _day_runs(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    if event.step not in SORTED:
        return ()
    return (Arm(key="day", due_at=next_at(stamp.place, watch.now, limits["hour"] * 60)),)


def _day_ends(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    left = len(watch.logistics.unexplained)
    return found_if(left, key, ("count", left))


def _day_settled(
    watch: Watch, stamp: Stamp, event: happened.DifferenceExplained | happened.TallyVoided, limits: Limits
) -> Outcomes:
    return () if watch.logistics.unexplained else (Cleared(key="day", why="explained"),)


DAY_UNBALANCED = Rule(
    id="LOG-36",
    title=Words("Akhir hari belum seimbang", "The day's end does not balance"),
    question=Words("Selisih mana yang dibawa ke hari esok?", "Which difference is carried into tomorrow?"),
    message=Words(
        "{count} selisih belum dijelaskan saat hari kerja berakhir",
        "{count} differences without a reason when the day's work ended",
    ),
    basis=grounds.OWN_RECORD,
    level=Level.WASPADA,
    thresholds=(number("hour", "hours", 21, (12, 23), Words("Hari kerja berakhir pukul", "The day's work ends at")),),
    runbook=(
        Words("Sebelum ruang disegel, hitung ulang karton yang selisih.", "Count the cartons again before sealing."),
        Words("Catat alasannya, atau buat berita acara bersama KPU.", "Note the reason, or minutes together with KPU."),
    ),
    incident=grounds.TANGSEL_COUNTS,
    on={
        happened.Tallied: _day_runs,
        happened.DifferenceExplained: _day_settled,
        happened.TallyVoided: _day_settled,
    },
    due=_day_ends,
)

RULES: tuple[Rule, ...] = (
    SHORT, OVER, UNEXPLAINED, COUNTS_DIFFER, PRINTED_BEYOND, PRINT_UNWITNESSED, DAMAGED_SHARE, DAMAGED_CARTON, SURPLUS,
    BEYOND_STOCK, OTHER_DISTRICT, DAY_UNBALANCED,
)  # fmt: skip
