"""Decisions made at a desk: the season, counts, reasons, closing and reopening, leave asked and given. Pure."""

from awas.ledger.area import Elsewhere, Items, Refused, Stamp
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.commands import (
    AnswerApproval,
    AskApproval,
    ClearUnofficialStore,
    CloseStage,
    ExplainDifference,
    OpenSeason,
    RecordCount,
    ReportUnofficialStore,
)
from awas.logistics.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_new,
    require_reason,
)
from awas.logistics.events import (
    ApprovalAnswered,
    ApprovalAsked,
    Counted,
    DifferenceExplained,
    SeasonOpened,
    StageClosed,
    UnofficialStoreCleared,
    UnofficialStoreReported,
)
from awas.logistics.fold.stock import stock_of
from awas.logistics.items import Approval, Closure, Leave, UnofficialStore
from awas.logistics.keys import closure_key, place_of, stock_key
from awas.logistics.stages import BY_ID, STEPS
from awas.logistics.state import Logistics


def open_season(state: Logistics, items: Items, stamp: Stamp, command: OpenSeason) -> Decision:
    """Opened again, the newer dates hold."""
    return [
        SeasonOpened(
            election=command.election,
            voting_at=command.voting_at,
            needs=command.needs,
            station_count=command.station_count,
            sorted_by_at=command.sorted_by_at,
            packed_by_at=command.packed_by_at,
            replaced_by_at=command.replaced_by_at,
            supplied_by_at=command.supplied_by_at,
            area_count=command.area_count,
            constituencies=command.constituencies,
        )
    ]


def record_count(state: Logistics, items: Items, stamp: Stamp, command: RecordCount) -> Decision:
    """Beside the record's own number; neither replaces the other."""
    require_born_here(stamp, command.count_id)
    require_new(items, "stock_count", command.count_id, "logistics.count_exists")
    recorded = tuple(stock_of(items, stamp.place, command.shelf, line) for line in command.lines)
    differing = sum(line.units != units for line, units in zip(command.lines, recorded, strict=True))
    require_reason(command.reason, bool(differing), "count")
    return [
        Counted(
            count_id=command.count_id,
            shelf=command.shelf,
            counted_by=command.counted_by,
            lines=command.lines,
            recorded=recorded,
            reason=command.reason,
            details=command.details,
            differing=differing,
        )
    ]


def explain_difference(state: Logistics, items: Items, stamp: Stamp, command: ExplainDifference) -> Decision:
    """A reason found later, for something of this log that differed."""
    if command.reason in OPEN_REASONS:
        raise Refused("logistics.explanation_needed")
    found = next(
        (one for kind in ("tally", "transfer", "stock_count") if (one := items.get(kind, command.subject))), None
    )
    if found is None:
        raise Refused("logistics.subject_unknown", key=command.subject)
    if getattr(found, "state", "") == "void":
        raise Refused("logistics.tally_void", key=command.subject)
    # Those who counted, sent or took it over; a third place of the district knows nothing of it.
    concerned = dict.fromkeys((found.place, getattr(found, "to_place", found.place)))
    if stamp.place not in concerned:
        raise Refused("logistics.explained_elsewhere", key=command.subject, place=found.place)
    explained = DifferenceExplained(
        subject=command.subject,
        reason=command.reason,
        reason_before=found.reason,
        details=command.details,
        document_number=command.document_number,
    )
    # Of a hand-over both ends learn it: what is open, and the warning, stand at the receiver's.
    return [explained, *(Elsewhere(place=one, event=explained) for one in concerned if one != stamp.place)]


def close_stage(state: Logistics, items: Items, stamp: Stamp, command: CloseStage) -> Decision:
    """Done here, with what is left over said."""
    if BY_ID[command.stage].by_gate:
        raise Refused("logistics.stage_of_gate", stage=command.stage)
    closure: Closure | None = items.get("closure", closure_key(stamp.place, command.stage))
    if closure is not None and closure.state == "closed":
        raise Refused("logistics.stage_closed", stage=command.stage)
    # What could be taken back again isn't left over: a packed kit is done.
    steps = [step for step in STEPS.values() if step.stage == command.stage and not step.takes_back]
    left = 0
    for thing in dict.fromkeys(key.partition("/")[2] for key in state.progress):
        item, ballot, dapil = thing.split(".", 2)
        for shelf in {step.shelves(item)[0] for step in steps} - {"outside"}:
            found = items.get("stock", stock_key(stamp.place, shelf, item, ballot, dapil))
            left += max(found.units, 0) if found is not None else 0
    return [StageClosed(stage=command.stage, open_units=left, unexplained=len(state.unexplained))]


_SUBJECT_KINDS = {"reopen": "closure", "recall": "transfer", "unpack": "kit"}


def ask_approval(state: Logistics, items: Items, stamp: Stamp, command: AskApproval) -> Decision:
    """Asked once for each thing: a second request for the same would let one person collect two answers."""
    require_born_here(stamp, command.approval_id)
    require_new(items, "approval", command.approval_id, "logistics.approval_exists")
    subject = require_found(items, _SUBJECT_KINDS[command.action], command.subject, "logistics.subject_unknown")
    if command.action == "reopen" and subject.state != "closed":
        raise Refused("logistics.stage_open", stage=subject.stage)
    if subject.place != stamp.place:
        raise Refused("logistics.subject_elsewhere", key=command.subject, place=subject.place)
    leave: Leave | None = items.get("leave", command.subject)
    # Leave given where the thing was before is good for nothing here.
    if leave is not None and leave.approval_id and leave.place == stamp.place:
        raise Refused("logistics.leave_stands", action=command.action, place=leave.place)
    return [
        ApprovalAsked(approval_id=command.approval_id, action=command.action, subject=command.subject, why=command.why)
    ]


def answer_approval(state: Logistics, items: Items, stamp: Stamp, command: AnswerApproval) -> Decision:
    """By somebody else than the one who asked."""
    approval: Approval = require_found(items, "approval", command.approval_id, "logistics.approval_unknown")
    if approval.place != stamp.place:
        raise Refused("logistics.subject_elsewhere", key=approval.key, place=approval.place)
    if approval.state != "asked":
        raise Refused("logistics.approval_answered", key=approval.key, state=approval.state)
    if approval.asked_by == stamp.actor:
        raise Refused("logistics.same_person", key=approval.key)
    return [
        ApprovalAnswered(
            approval_id=approval.key,
            action=approval.action,
            subject=approval.subject,
            granted=command.granted,
            why=command.why,
        )
    ]


def report_unofficial_store(state: Logistics, items: Items, stamp: Stamp, command: ReportUnofficialStore) -> Decision:
    """A place that is no warehouse."""
    require_born_here(stamp, command.report_id)
    require_new(items, "unofficial_store", command.report_id, "logistics.report_exists")
    if not command.where.strip():
        raise Refused("field_missing", field="where", why="where")
    return [
        UnofficialStoreReported(
            report_id=command.report_id,
            where=command.where,
            lines=command.lines,
            details=command.details,
            photos=command.photos,
        )
    ]


def clear_unofficial_store(state: Logistics, items: Items, stamp: Stamp, command: ClearUnofficialStore) -> Decision:
    """Nothing lies there any more."""
    store: UnofficialStore = require_found(items, "unofficial_store", command.report_id, "logistics.report_unknown")
    if store.place != stamp.place:
        raise Refused("logistics.subject_elsewhere", key=store.key, place=store.place)
    if store.state != "open":
        raise Refused("logistics.report_cleared", key=store.key)
    return [UnofficialStoreCleared(report_id=store.key)]


DECIDERS: dict[type, Decider] = {
    OpenSeason: open_season,
    RecordCount: record_count,
    ExplainDifference: explain_difference,
    CloseStage: close_stage,
    AskApproval: ask_approval,
    AnswerApproval: answer_approval,
    ReportUnofficialStore: report_unofficial_store,
    ClearUnofficialStore: clear_unofficial_store,
}


def _count_needs(command: RecordCount) -> tuple[tuple[str, str], ...]:
    place = place_of(command.count_id)
    shelves = (("stock", stock_key(place, command.shelf, line.item, line.ballot, line.dapil)) for line in command.lines)
    return (("stock_count", command.count_id), *shelves)


NEEDS: dict[type, Need] = {
    OpenSeason: lambda command: (),
    RecordCount: _count_needs,
    ExplainDifference: lambda command: tuple((kind, command.subject) for kind in ("tally", "transfer", "stock_count")),
    CloseStage: lambda command: (),
    AskApproval: lambda command: (
        ("approval", command.approval_id),
        ("leave", command.subject),
        (_SUBJECT_KINDS[command.action], command.subject),
    ),
    AnswerApproval: lambda command: (("approval", command.approval_id),),
    ReportUnofficialStore: lambda command: (("unofficial_store", command.report_id),),
    ClearUnofficialStore: lambda command: (("unofficial_store", command.report_id),),
}
