"""Folds of rounds, cameras, guards, door keys and stock."""

from typing import Any

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.ledger.naming import log_of
from awas.warehouse.events import (
    CctvReported,
    CheckpointScanned,
    GuardsReported,
    KeyReturned,
    KeyTaken,
    RoundCompleted,
    StockGlanced,
)
from awas.warehouse.fold.changes import Changes, ItemFold, SiteFold, amend, stocked
from awas.warehouse.items import KeyHolding, Round
from awas.warehouse.site import Site, stock_key


def _scanned(site: Site, _: Stamp, event: CheckpointScanned) -> Changes:
    return _water(site, event)


def _water(site: Site, event: CheckpointScanned | RoundCompleted) -> Changes:
    """A leak seen on a round is a leak, though nobody reported it as a condition."""
    return {"water_seen": site.water_seen + 1} if "leak" in event.findings else {}


def _completed(site: Site, stamp: Stamp, event: RoundCompleted) -> Changes:
    at = moment(stamp)
    if at < site.last_round_at:
        return _water(site, event)
    return _water(site, event) | {"last_round_at": at, "last_round_missed": len(event.missed)}


def _cctv(_: Site, stamp: Stamp, event: CctvReported) -> Changes:
    return {
        "cctv_total": event.total,
        "cctv_working": event.working,
        "cctv_recording": event.recording,
        "cctv_at": moment(stamp),
    }


def _guards(_: Site, stamp: Stamp, event: GuardsReported) -> Changes:
    return {
        "guards": event.kpu + event.police + event.army + event.satpol_pp,
        "guards_asleep": event.asleep,
        "guards_at": moment(stamp),
    }


def _key_taken(site: Site, _: Stamp, event: KeyTaken) -> Changes:
    return {} if event.was_out else {"keys_out": site.keys_out + 1}


def _key_returned(site: Site, _: Stamp, __: KeyReturned) -> Changes:
    return {"keys_out": site.keys_out - 1}


def _glanced(site: Site, stamp: Stamp, event: StockGlanced) -> Changes:
    stock = site.stock
    for count in event.counts:
        kind = stock_key(count.item, count.ballot)
        stock = stocked(stock, kind, count.units - stock.get(kind, 0))
    changes: Changes = {"stock": stock, "stock_seen_at": moment(stamp)}
    if event.ballots_inside is not None:
        changes["ballots_seen"] = event.ballots_inside
    return changes


SITE: dict[type, SiteFold] = {
    CheckpointScanned: _scanned,
    RoundCompleted: _completed,
    CctvReported: _cctv,
    GuardsReported: _guards,
    KeyTaken: _key_taken,
    KeyReturned: _key_returned,
    StockGlanced: _glanced,
}


def _walk(stamp: Stamp, key: str, started_at: int) -> Round:
    return Round(key=key, log=log_of(stamp.place), place=stamp.place, by=stamp.actor, started_at=started_at)


def _added(known: tuple[str, ...], *new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *new)))


def _stood_at(items: Items, stamp: Stamp, event: CheckpointScanned) -> None:
    walk: Round = items.get("round", event.round_id) or _walk(stamp, event.round_id, moment(stamp))
    items.put(
        "round",
        event.round_id,
        replace(
            walk,
            scanned=_added(walk.scanned, event.checkpoint),
            by_token=_added(walk.by_token, event.checkpoint) if event.by_token else walk.by_token,
            findings=_added(walk.findings, *(found for found in event.findings if found != "none")),
        ),
    )


def _walked(items: Items, stamp: Stamp, event: RoundCompleted) -> None:
    walk: Round = items.get("round", event.round_id) or _walk(stamp, event.round_id, event.started_at)
    items.put(
        "round",
        event.round_id,
        replace(
            walk,
            completed_at=max(moment(stamp), walk.started_at),
            findings=event.findings,
            missed=event.missed,
            planned_count=event.planned_count,
        ),
    )


def _handed_out(items: Items, stamp: Stamp, event: KeyTaken) -> None:
    before: KeyHolding | None = items.get("key_holding", event.key_id)
    items.put(
        "key_holding",
        event.key_id,
        KeyHolding(
            key=event.key_id,
            log=log_of(stamp.place),
            place=stamp.place,
            door=event.door,
            is_out=True,
            holder_ref=event.holder.ref,
            holder_code=event.holder_code,
            taken_at=moment(stamp),
            returned_at=before.returned_at if before else 0,
            taken_count=before.taken_count + 1 if before else 1,
        ),
    )


def _handed_back(items: Items, stamp: Stamp, event: KeyReturned) -> None:
    amend(items, "key_holding", event.key_id, is_out=False, returned_at=max(moment(stamp), event.taken_at))


def _nothing_kept(_: Items, __: Stamp, ___: Any) -> None:
    """The snapshot holds all there is to know."""


ITEMS: dict[type, ItemFold] = {
    CheckpointScanned: _stood_at,
    RoundCompleted: _walked,
    CctvReported: _nothing_kept,
    GuardsReported: _nothing_kept,
    KeyTaken: _handed_out,
    KeyReturned: _handed_back,
    StockGlanced: _nothing_kept,
}
