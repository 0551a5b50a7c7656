"""Rules on dates: orders and replacements that don't come, sorting that won't be done in time. Pure."""

from awas.ledger.area import DAY, HOUR, Instant, Stamp
from awas.logistics import events as happened
from awas.logistics.pace import pace
from awas.logistics.rules import grounds
from awas.logistics.rules.making import NAMES, ballots, ballots_needed, found_if, found_or_cleared, needed, number
from awas.logistics.state import Logistics
from awas.warehouse.events import GoodsReceived
from awas.warehouse.rules import grounds as seen
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Disarm,
    Found,
    Level,
    Limits,
    Outcomes,
    Rule,
    Watch,
    Words,
)


def _order_waits(watch: Watch, stamp: Stamp, event: happened.ContractRecorded, limits: Limits) -> Outcomes:
    if not event.deliver_by_at:
        return ()
    return (Arm(key=event.contract_id, due_at=event.deliver_by_at, facts=(("contract", event.document_number),)),)


def _order_overdue(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    left = watch.logistics.still_to_come(key)
    return found_if(left, key, *armed.facts, ("units", left))


def _order_void(watch: Watch, stamp: Stamp, event: happened.ContractVoided, limits: Limits) -> Outcomes:
    return (Disarm(key=event.contract_id), Cleared(key=event.contract_id, why="corrected"))


def _order_met(watch: Watch, stamp: Stamp, event: GoodsReceived | happened.Tallied, limits: Limits) -> Outcomes:
    state: Logistics = watch.logistics
    if isinstance(event, happened.Tallied) and event.step != "receive":
        return ()
    return tuple(Cleared(key=key, why="arrived") for key in state.ordered if not state.still_to_come(key))


ORDER_OVERDUE = Rule(
    id="LOG-07",
    title=Words("Pesanan lewat tanggal serah", "Order past its date"),
    question=Words("Mengapa pesanan belum lengkap diterima?", "Why has the order not come in full?"),
    message=Words("Kontrak {contract}: masih kurang {units}", "Contract {contract}: {units} still to come"),
    basis=seen.FIVE_RIGHTS,
    level=Level.SIAGA,
    runbook=(
        Words("Tanyakan KPU jadwal kiriman sisanya; catat jawabannya.", "Ask KPU when the rest will come."),
        Words("Laporkan ke provinsi bila melewati tahap sortir.", "Tell the province if sorting would suffer."),
    ),
    incident=seen.BANTEN_LATE,
    on={
        happened.ContractRecorded: _order_waits,
        happened.ContractVoided: _order_void,
        GoodsReceived: _order_met,
        happened.Tallied: _order_met,
    },
    due=_order_overdue,
)


def _replacement_waits(watch: Watch, stamp: Stamp, event: happened.SeasonOpened, limits: Limits) -> Outcomes:
    if event.replaced_by_at <= watch.now:
        return ()
    return (Arm(key="replacement", due_at=event.replaced_by_at),)


def _replacement_late(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    left = watch.logistics.replacements_due
    return found_if(left, key, ("units", left))


def _replacement_came(
    watch: Watch, stamp: Stamp, event: GoodsReceived | happened.Tallied | happened.ContractVoided, limits: Limits
) -> Outcomes:
    return () if watch.logistics.replacements_due else (Cleared(key="replacement", why="arrived"),)


REPLACEMENT_LATE = Rule(
    id="LOG-08",
    title=Words("Pengganti belum datang pada H-7", "Replacement not here by H-7"),
    question=Words("Di mana surat suara pengganti?", "Where are the replacement ballots?"),
    message=Words("Pengganti {units} lembar belum datang", "{units} replacement ballots have not come"),
    basis=grounds.CRITERIA,
    level=Level.AWAS,
    runbook=(
        Words("Minta KPU provinsi memastikan nomor kiriman dan pengawalnya.", "Have KPU confirm the delivery."),
        Words("Siapkan surat saran perbaikan; minta pengiriman langsung.", "Prepare an advice; ask for direct lorry."),
    ),
    incident=grounds.LATE_REPLACEMENT,
    on={
        happened.SeasonOpened: _replacement_waits,
        happened.ContractVoided: _replacement_came,
        GoodsReceived: _replacement_came,
        happened.Tallied: _replacement_came,
    },
    due=_replacement_late,
)


def _too_slow(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    """The rate since sorting began, carried forward. A rate needs a day of work before it means anything."""
    state: Logistics = watch.logistics
    due_at = state.season.sorted_by_at
    if event.step != "sort" or not due_at:
        return ()
    outcomes: list[Found | Cleared] = []
    for ballot in ballots(event.lines):
        done = state.total("sorting", "ballot", ballot)
        worked = done.last_at - done.first_at
        left = state.total("receiving", "ballot", ballot).passed - done.taken
        if worked < limits["hours"] * HOUR:
            continue
        at_this_rate = pace(done.taken, left, worked, watch.now, due_at)
        if at_this_rate is None:
            continue
        facts = (("ballot", ballot), ("days", at_this_rate.days_late), ("units", left))
        outcomes += found_or_cleared(at_this_rate.late, f"slow-{ballot}", "counted", *facts)  # type: ignore[arg-type]
    return tuple(outcomes)


TOO_SLOW = Rule(
    id="LOG-11",
    title=Words("Sortir terlalu lambat", "Sorting too slow"),
    question=Words("Apa yang harus ditambah agar selesai pada waktunya?", "What must be added to finish in time?"),
    message=Words(
        "{ballot}: sisa {units}, dengan laju ini lewat {days} hari dari jadwal",
        "{ballot}: {units} left; at this rate {days} days past the date",
    ),
    basis=seen.FIVE_RIGHTS,
    level=Level.SIAGA,
    thresholds=(number("hours", "hours", 12, (1, 96), Words("Sesudah bekerja", "After working")),),
    runbook=(
        Words("Hitung meja dan pekerja; minta KPU menambah giliran.", "Count tables; ask for a shift more."),
        Words("Dahulukan jenis yang paling lambat.", "Put the slowest kind first."),
    ),
    incident=seen.SERANG_PACKING,
    names=NAMES,
    on={happened.Tallied: _too_slow},
)


def _need_waits(watch: Watch, stamp: Stamp, event: happened.SeasonOpened, limits: Limits) -> Outcomes:
    due_at = event.voting_at - limits["days"] * DAY
    # A season opened late gives a day to enter what is here already.
    return (Arm(key="need", due_at=max(due_at, watch.now + DAY), facts=(("days", limits["days"]),)),)


def _not_all_here(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    state: Logistics = watch.logistics
    outcomes: list[Found] = []
    for ballot in ballots_needed(state):
        got = state.total("receiving", "ballot", ballot)
        left = needed(state, ballot) - got.passed - got.damaged
        if left > 0:
            outcomes.append(Found(key=f"need-{ballot}", facts=(("ballot", ballot), ("units", left), *armed.facts)))
    return tuple(outcomes)


def _more_came(watch: Watch, stamp: Stamp, event: GoodsReceived | happened.Tallied, limits: Limits) -> Outcomes:
    state: Logistics = watch.logistics
    return tuple(
        Cleared(key=f"need-{ballot}", why="arrived")
        for ballot in ballots_needed(state)
        if state.total("receiving", "ballot", ballot).passed >= needed(state, ballot)
    )


NOT_ALL_HERE = Rule(
    id="LOG-12",
    title=Words("Belum lengkap diterima pada H-30", "Not all received at H-30"),
    question=Words("Kapan sisanya tiba?", "When will the rest come?"),
    message=Words("{ballot}: kurang {units} pada H-{days}", "{ballot}: {units} lacking at H-{days}"),
    basis=grounds.NEED,
    level=Level.SIAGA,
    thresholds=(number("days", "days", 30, (7, 60), Words("Hari sebelum pemungutan", "Days before voting")),),
    runbook=(
        Words("Tanyakan KPU jadwal kedatangan dan percetakannya.", "Ask KPU for the date and the printer."),
        Words("Laporkan ke provinsi: jenis dan jumlah yang kurang.", "Tell the province which kind and how many."),
    ),
    incident=seen.BANTEN_LATE,
    names=NAMES,
    on={happened.SeasonOpened: _need_waits, GoodsReceived: _more_came, happened.Tallied: _more_came},
    due=_not_all_here,
)


RULES: tuple[Rule, ...] = (ORDER_OVERDUE, REPLACEMENT_LATE, TOO_SLOW, NOT_ALL_HERE)
