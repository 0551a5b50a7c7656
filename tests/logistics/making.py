"""Commands of logistics with everything that doesn't matter filled in. All places and people are invented or codes."""

from typing import Any

from awas.logistics import commands as ask
from awas.logistics.keys import closure_key, kit_key, unit_key
from awas.logistics.lines import Line, TallyLine
from awas.warehouse.events import CountedLine
from tests.book import PLACE, Book

__all__ = ["KECAMATAN", "PLACE", "S1", "S2", "S3", "VILLAGE", "Book"]

KECAMATAN = "36.02.05"
VILLAGE = "36.02.05.2001"
S1, S2, S3 = "36.02.05.2001-001", "36.02.05.2001-002", "36.02.06.2003-001"


def at(name: str, place: str = PLACE) -> str:
    return f"{place}/{name}"


def unit(label: str) -> str:
    return unit_key(PLACE, label)


def ballots(taken: int, passed: int | None = None, *, ballot: str = "dpr", **more: Any) -> TallyLine:
    """A line of ballots; nothing is lost unless said."""
    damaged = more.get("damaged", 0)
    passed = taken - damaged if passed is None else passed
    return TallyLine(**({"item": "ballot", "ballot": ballot, "taken": taken, "passed": passed} | more))


def tally(name: str, step: str, *lines: TallyLine, place: str = PLACE, **more: Any) -> ask.Tally:
    papers = {"document_number": "BA-1"} if step.startswith(("receive", "destroy")) else {}
    return ask.Tally(tally_id=at(name, place), step=step, lines=lines, **(papers | more))


def packs(name: str, *stations: str, need: int = 100, units: int | None = None, **more: Any) -> ask.Tally:
    """Packs one ballot kind for stations."""
    units = need if units is None else units
    lines = [ballots(units, ballot="dpr", station=one, need=need, **more) for one in stations]
    return tally(name, "pack", *lines)


def offer(name: str, *stations: str, to: str = KECAMATAN, leg: str = "to_kecamatan", place: str = PLACE, **more: Any):
    filled = {"escort": "police"} | more
    return ask.OfferTransfer(transfer_id=at(name, place), leg=leg, to_place=to, stations=stations, **filled)


def accept(name: str, *stations: str, place: str = PLACE, **more: Any) -> ask.AcceptTransfer:
    return ask.AcceptTransfer(transfer_id=at(name, place), stations=stations, **more)


def asks_leave(name: str, action: str, subject: str, place: str = PLACE) -> ask.AskApproval:
    return ask.AskApproval(approval_id=at(name, place), action=action, subject=subject)


def gives_leave(name: str, granted: bool = True, place: str = PLACE) -> ask.AnswerApproval:
    return ask.AnswerApproval(approval_id=at(name, place), granted=granted)


def reopening(stage: str) -> str:
    return closure_key(PLACE, stage)


def unpacking(station: str) -> str:
    return kit_key(station)


def season(**more: Any) -> ask.OpenSeason:
    return ask.OpenSeason(**({"election": "pemilu-2024", "voting_at": 0} | more))


def counted_in(units: int, ballot: str = "dpr", **more: Any) -> CountedLine:
    return CountedLine(item="ballot", ballot=ballot, units=units, **more)


def line(units: int, ballot: str = "dpr", **more: Any) -> Line:
    return Line(**({"item": "ballot", "ballot": ballot, "units": units} | more))


def folded(book: Book, units: int, ballot: str = "dpr", dapil: str = "") -> Book:
    """So many sheets received, sorted and folded."""
    for step in ("receive", "sort", "fold"):
        book.do(tally(f"{step}{len(book.entries)}", step, ballots(units, ballot=ballot, dapil=dapil)))
    return book
