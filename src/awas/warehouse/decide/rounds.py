"""Decisions about rounds, cameras, guards, door keys and stock."""

from awas.ledger.area import Items, Refused, Stamp
from awas.ledger.message import moment, twice
from awas.warehouse.commands import (
    CompleteRound,
    GlanceAtStock,
    ReportCctv,
    ReportGuards,
    ReturnKey,
    ScanCheckpoint,
    TakeKey,
)
from awas.warehouse.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_found,
    require_here,
)
from awas.warehouse.events import (
    CctvReported,
    CheckpointScanned,
    GuardsReported,
    KeyReturned,
    KeyTaken,
    RoundCompleted,
    StockChange,
    StockGlanced,
)
from awas.warehouse.items import KeyHolding, Round
from awas.warehouse.site import Site, stock_key

MAX_SCANS = 200
"""Scans of one round. A round is a bounded thing; a jammed scanner must not make it an endless one."""


def _open_round(items: Items, stamp: Stamp, round_id: str) -> Round | None:
    found: Round | None = items.get("round", round_id)
    if found is None:
        require_born_here(stamp, round_id)
        return None
    require_here(stamp, found, "round_elsewhere")
    if found.completed_at:
        raise Refused("round_completed", key=round_id)
    return found


def scan_checkpoint(site: Site, items: Items, stamp: Stamp, command: ScanCheckpoint) -> Decision:
    """The first scan begins the round. A checkpoint outside the plan is no mistake of the officer's."""
    walk = _open_round(items, stamp, command.round_id)
    scanned = walk.scanned if walk else ()
    if len(scanned) >= MAX_SCANS:
        raise Refused("too_many_scans", key=command.round_id)
    again = command.checkpoint in scanned
    return [
        CheckpointScanned(
            round_id=command.round_id,
            checkpoint=command.checkpoint,
            by_token=command.by_token,
            findings=command.findings,
            note=command.note,
            photo=command.photo,
            planned=not site.rules.checkpoints or command.checkpoint in site.rules.checkpoints,
            again=again,
            scanned_count=len(scanned) + (0 if again else 1),
        )
    ]


def complete_round(site: Site, items: Items, stamp: Stamp, command: CompleteRound) -> Decision:
    """A round may come in one piece, from paper or from a phone without scans."""
    walk = _open_round(items, stamp, command.round_id)
    at = moment(stamp)
    scanned = dict.fromkeys((*(walk.scanned if walk else ()), *command.ticked))
    findings = dict.fromkeys((*(walk.findings if walk else ()), *command.findings))
    findings.pop("none", None)
    return [
        RoundCompleted(
            round_id=command.round_id,
            started_at=min((walk.started_at if walk else command.started_at) or at, at),
            planned_count=len(site.rules.checkpoints),
            scanned_count=len(scanned),
            by_token_count=len(walk.by_token) if walk else 0,
            missed=tuple(checkpoint for checkpoint in site.rules.checkpoints if checkpoint not in scanned),
            findings=tuple(findings),
            note=command.note,
            photos=command.photos,
        )
    ]


def report_cctv(site: Site, _: Items, __: Stamp, command: ReportCctv) -> Decision:
    if command.working > command.total:
        raise Refused("more_cameras_work_than_there_are", working=command.working, total=command.total)
    return [
        CctvReported(
            total=command.total,
            working=command.working,
            recording=command.recording,
            down=command.down,
            cause=command.cause,
            working_before=site.cctv_working,
            recording_before=site.cctv_recording,
            changed=(site.cctv_total, site.cctv_working, site.cctv_recording)
            != (command.total, command.working, command.recording),
        )
    ]


def report_guards(site: Site, _: Items, __: Stamp, command: ReportGuards) -> Decision:
    if command.asleep > command.kpu + command.police + command.army + command.satpol_pp:
        raise Refused("more_asleep_than_there_are", asleep=command.asleep)
    return [
        GuardsReported(
            kpu=command.kpu,
            police=command.police,
            army=command.army,
            satpol_pp=command.satpol_pp,
            asleep=command.asleep,
            wanted=site.rules.guards_wanted,
        )
    ]


def take_key(_: Site, items: Items, stamp: Stamp, command: TakeKey) -> Decision:
    """A key that passes from hand to hand without coming back is recorded as such."""
    require_born_here(stamp, command.key_id)
    held: KeyHolding | None = items.get("key_holding", command.key_id)
    was_out = held is not None and held.is_out
    return [
        KeyTaken(
            key_id=command.key_id,
            door=command.door,
            holder=command.holder,
            holder_code=command.holder_code,
            purpose=command.purpose,
            was_out=was_out,
            taken_before_at=held.taken_at if held and was_out else 0,
        )
    ]


def return_key(_: Site, items: Items, stamp: Stamp, command: ReturnKey) -> Decision:
    held: KeyHolding = require_found(items, "key_holding", command.key_id, "key_unknown")
    require_here(stamp, held, "key_elsewhere")
    if not held.is_out:
        raise Refused("key_not_out", key=held.key)
    return [KeyReturned(key_id=held.key, door=held.door, taken_at=held.taken_at)]


def glance_at_stock(site: Site, _: Items, __: Stamp, command: GlanceAtStock) -> Decision:
    """Counts replace what the record knew of their kinds; what differed is a fact."""
    if double := twice(stock_key(count.item, count.ballot) for count in command.counts):
        raise Refused("line_twice", line=double)
    changes = tuple(
        StockChange(item=count.item, ballot=count.ballot, known=known, found=count.units)
        for count in command.counts
        if (known := site.stock.get(stock_key(count.item, count.ballot), 0)) != count.units
    )
    if command.unchanged and changes:
        raise Refused("unchanged_but_counts_differ", item=changes[0].item)
    return [
        StockGlanced(
            unchanged=command.unchanged,
            counts=command.counts,
            ballots_inside=command.ballots_inside,
            note=command.note,
            photos=command.photos,
            changes=changes,
            counted_by=command.counted_by,
            two_wanted="stock" in site.rules.two_persons,
        )
    ]


DECIDERS: dict[type, Decider] = {
    ScanCheckpoint: scan_checkpoint,
    CompleteRound: complete_round,
    ReportCctv: report_cctv,
    ReportGuards: report_guards,
    TakeKey: take_key,
    ReturnKey: return_key,
    GlanceAtStock: glance_at_stock,
}
NEEDS: dict[type, Need] = {
    ScanCheckpoint: lambda command: (("round", command.round_id),),
    CompleteRound: lambda command: (("round", command.round_id),),
    ReportCctv: lambda _: (),
    ReportGuards: lambda _: (),
    TakeKey: lambda command: (("key_holding", command.key_id),),
    ReturnKey: lambda command: (("key_holding", command.key_id),),
    GlanceAtStock: lambda _: (),
}
