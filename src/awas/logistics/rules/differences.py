"""Rules on differences: what is short or over, what nobody explains, two counts, the end of a day. Pure."""

from awas.ledger.area import HOUR, Instant, Stamp
from awas.logistics import events as happened
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.rules import grounds
from awas.logistics.rules.making import (
    BY_TALLY,
    NAMES,
    SORTED,
    TOLERANCE,
    beyond,
    found_if,
    number,
)
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
    if not differs or event.reason not in OPEN_REASONS:
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


RULES: tuple[Rule, ...] = (SHORT, OVER, UNEXPLAINED, COUNTS_DIFFER, DAY_UNBALANCED)
