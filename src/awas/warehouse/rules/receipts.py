"""Rules on what was received: as many as the letter says, under the letter announced, dry and whole. Pure."""

from collections.abc import Iterable

from awas.ledger.area import Stamp
from awas.warehouse import events as happened
from awas.warehouse.rules import grounds
from awas.warehouse.rules.endings import voided
from awas.warnings.rule import Cleared, Fact, Found, Level, Limits, Outcomes, Rule, Threshold, Watch, Words


def _sums(differences: Iterable[happened.Difference]) -> tuple[int, int]:
    """Units short and units over."""
    short = over = 0
    for line in differences:
        missing = line.announced - line.counted
        short, over = short + max(missing, 0), over + max(-missing, 0)
    return short, over


def _differs(
    key: str, differences: Iterable[happened.Difference], final: bool, level: Level, limits: Limits
) -> Outcomes:
    short, over = _sums(differences)
    if not final:
        short = 0  # the rest may still come
    if short + over < limits["units"]:
        return ()
    facts: tuple[Fact, ...] = (("short", short), ("over", over))
    return (Found(key=key, facts=facts, level=level),)


def _level(event: happened.GoodsReceived | happened.GoodsReleased) -> Level:
    ballots = any(line.item == "ballot" for line in event.differences)
    return Level.SIAGA if ballots and event.difference_unexplained else Level.WASPADA


def _received(watch: Watch, stamp: Stamp, event: happened.GoodsReceived, limits: Limits) -> Outcomes:
    if not event.announced:
        return ()
    level = _level(event)
    return _differs(event.consignment_id, event.differences, event.final, level, limits)


def _released(watch: Watch, stamp: Stamp, event: happened.GoodsReleased, limits: Limits) -> Outcomes:
    if not event.announced:
        return ()
    level = _level(event)
    return _differs(event.consignment_id, event.differences, event.final, level, limits)


def _told_by_receiver(watch: Watch, stamp: Stamp, event: happened.ReceiptReported, limits: Limits) -> Outcomes:
    final = event.status_after == "received"
    return _differs(event.consignment_id, event.differences, final, Level.WASPADA, limits)


def _counted_again(watch: Watch, stamp: Stamp, event: happened.CountCorrected, limits: Limits) -> Outcomes:
    short, over = _sums(event.differences)
    if short + over >= limits["units"]:
        return ()
    return (Cleared(key=event.consignment_id, why="counted"),)


def _explained(watch: Watch, stamp: Stamp, event: happened.DifferenceExplained, limits: Limits) -> Outcomes:
    return (Cleared(key=event.consignment_id, why="explained"),)


def _never_counted(watch: Watch, stamp: Stamp, event: happened.EntryVoided, limits: Limits) -> Outcomes:
    if event.effect not in ("receipt_void", "release_void"):
        return ()
    return (Cleared(key=event.related, why="corrected"),)


COUNT_DIFFERS = Rule(
    id="WAR-18",
    title=Words("Jumlah berbeda dari surat", "Count differs from the letter"),
    question=Words(
        "Mengapa hitungan tidak sama dengan surat jalan?", "Why does the count differ from the delivery letter?"
    ),
    message=Words(
        "Selisih dengan surat jalan: kurang {short}, lebih {over}",
        "Differs from the letter: {short} short, {over} over",
    ),
    basis=grounds.VERIFIED_COUNT,
    level=Level.SIAGA,
    thresholds=(
        Threshold(
            name="units",
            unit="units",
            default=1,
            least=1,
            most=10_000,
            label=Words("Selisih mulai", "Difference from"),
            source="SOP; perlu ditetapkan kantor",
        ),
    ),
    runbook=(
        Words(
            "Hitung ulang bersama KPU dan saksi; pisahkan kemasan yang berselisih.",
            "Count again with KPU and witnesses; set the doubtful packages apart.",
        ),
        Words(
            "Catat selisih per jenis dan dapil dalam BTTB dan berita acara.",
            "Note the difference by kind and district in the BTTB and a signed record.",
        ),
        Words(
            "Beri tahu pengirim; catat alasannya bila sudah diketahui.",
            "Tell the sender; record the reason once it is known.",
        ),
        Words(
            "Kekurangan surat suara: minta KPU mengajukan pengganti.",
            "If ballots are short: ask KPU to order replacements.",
        ),
    ),
    incident=grounds.WRONG_NUMBER,
    on={
        happened.GoodsReceived: _received,
        happened.GoodsReleased: _released,
        happened.ReceiptReported: _told_by_receiver,
        happened.CountCorrected: _counted_again,
        happened.DifferenceExplained: _explained,
        happened.EntryVoided: _never_counted,
    },
)


def _other_letter(watch: Watch, stamp: Stamp, event: happened.GoodsReceived, limits: Limits) -> Outcomes:
    if not event.letter_differs:
        return ()
    return (Found(key=event.receipt_id, facts=(("letter", event.delivery_letter),)),)


OTHER_LETTER = Rule(
    id="WAR-19",
    title=Words("Surat jalan lain dari yang diberitahukan", "Another letter than announced"),
    question=Words("Apakah ini kiriman yang diberitahukan?", "Is this the delivery that was announced?"),
    message=Words("Surat jalan {letter} bukan yang diberitahukan", "Delivery letter {letter} is not the one announced"),
    basis=grounds.RECEIVING,
    level=Level.WASPADA,
    runbook=(
        Words("Bandingkan kedua nomor dengan pengirim.", "Compare both numbers with the sender."),
        Words("Foto surat jalan yang dibawa.", "Photograph the letter that came along."),
    ),
    incident=grounds.PANDEGLANG_SHORT,
    on={happened.GoodsReceived: _other_letter, happened.EntryVoided: voided},
)


def _harmed(watch: Watch, stamp: Stamp, event: happened.GoodsReceived, limits: Limits) -> Outcomes:
    units = sum(line.units for line in event.lines)
    wet = event.wet_units >= limits["wet"]
    share = event.damaged_units * 10_000 // units if units else 0
    damaged = event.damaged_units >= limits["damaged"] and share >= limits["share"]
    if not wet and not damaged:
        return ()
    level = Level.SIAGA if wet or share >= 2 * limits["share"] else Level.WASPADA
    facts = (("damaged", event.damaged_units), ("wet", event.wet_units), ("units", units))
    return (Found(key=event.receipt_id, facts=facts, level=level),)


HARMED = Rule(
    id="WAR-20",
    title=Words("Diterima rusak atau basah", "Received damaged or wet"),
    question=Words("Berapa yang tidak dapat dipakai, dan mengapa?", "How many can't be used, and why?"),
    message=Words(
        "{damaged} rusak dan {wet} basah dari {units} satuan", "{damaged} damaged and {wet} wet of {units} units"
    ),
    basis=grounds.VERIFIED_COUNT,
    level=Level.WASPADA,
    thresholds=(
        Threshold(
            name="share",
            unit="per_ten_thousand",
            default=68,
            least=1,
            most=10_000,
            label=Words("Bagian rusak mulai", "Damaged share from"),
            source="Banten, DPRD Provinsi 2024: 60.030 dari 8.842.646 = 0,68 persen",
        ),
        Threshold(
            name="damaged",
            unit="units",
            default=10,
            least=1,
            most=10_000,
            label=Words("Rusak paling sedikit", "Damaged at least"),
            source="SOP; perlu ditetapkan kantor",
        ),
        Threshold(
            name="wet",
            unit="units",
            default=1,
            least=1,
            most=10_000,
            label=Words("Basah mulai", "Wet from"),
            source="Lebak 28/1/2024: 85 surat suara basah",
        ),
    ),
    runbook=(
        Words(
            "Pisahkan dan segel yang rusak; catat per jenis menurut delapan kriteria KPU.",
            "Set the damaged apart under seal; note them by kind and by KPU's eight criteria.",
        ),
        Words(
            "Yang basah: keringkan di bawah pengawasan, cari sumber airnya.",
            "The wet: dry them under watch and find where the water comes from.",
        ),
        Words("Minta KPU mengajukan pengganti sejak hari ini.", "Ask KPU to order replacements today."),
    ),
    incident=grounds.BANTEN_DAMAGED,
    on={happened.GoodsReceived: _harmed, happened.EntryVoided: voided},
)

RULES = (COUNT_DIFFERS, OTHER_LETTER, HARMED)
