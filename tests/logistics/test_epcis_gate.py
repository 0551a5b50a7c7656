"""What goes out of the gate's log: goods, seals, movements of people; and documents longer than one page."""

import json

import pytest

from awas.ledger.area import Refused, Sealed, Stamp
from awas.logistics.epcis import exporting
from awas.logistics.epcis.document import MOST_BYTES, MOST_EVENTS, read
from awas.logistics.epcis.outgoing import KINDS, events_of
from awas.logistics.epcis.produced import Source
from awas.logistics.lines import TallyLine
from awas.roster.events import HandoverAccepted
from awas.warehouse import events as gate
from tests.book import PLACE, START
from tests.logistics.epcis_sent import WIB, Reader, letter, stock
from tests.logistics.making import ballots, counted_in, tally

STAMP = Stamp(place=PLACE, actor="p1", device="d1", occurred_at=START, recorded_at=START)
NAME = Sealed(ref="v9", digest="a" * 64)


def source(event: object, index: int = 0) -> Source:
    return Source(log="awas/36.02", index=index, stamp=STAMP, event=event, zone=WIB)


def out(event: object, before: object | None = None) -> list[dict]:
    earlier = None if before is None else source(before)
    return events_of(source(event, 1), lambda _: earlier)


RECEIVED = gate.GoodsReceived(
    receipt_id=f"{PLACE}/r1", consignment_id=f"{PLACE}/c1", document_number="BTTB-1", final=True,
    lines=(counted_in(1000, damaged=7, wet=3),), difference_reason="lost",
    differences=(gate.Difference(item="ballot", ballot="dpr", difference="short", announced=1020, counted=1000),),
)  # fmt: skip


def test_goods_counted_in_are_received_with_the_same_quantities():
    copy = Reader()
    assert copy.takes(*out(RECEIVED)) == ["applied", "applied"]
    (line,) = copy.entries[0][1].lines
    assert isinstance(line, TallyLine)
    assert (line.taken, line.passed, line.damaged, line.short) == (1020, 990, 10, 20)
    assert [(one.criterion, one.units) for one in line.damage] == [("other", 7), ("wet", 3)]
    assert copy.entries[0][1].document_number == "BTTB-1"


def test_a_voided_receipt_is_taken_back():
    voided = gate.EntryVoided(entry_index=0, entry_kind="goods.received@1", reason="wrong_entry", subject=f"{PLACE}/r1")
    declared = out(voided, RECEIVED)
    assert {one["errorDeclaration"]["reason"] for one in declared} == {"did_not_occur"}
    copy = Reader()
    copy.takes(*events_of(source(RECEIVED), lambda _: None))
    assert copy.takes(*declared)[0] == "applied"
    assert stock(copy) == {}


def test_a_corrected_count_takes_the_first_back_and_counts_anew():
    corrected = gate.CountCorrected(
        entry_index=0, receipt_id=f"{PLACE}/r1", consignment_id=f"{PLACE}/c1", direction="in", reason="typing_error",
        lines=(counted_in(900),), lines_before=RECEIVED.lines,
    )  # fmt: skip
    sent = out(corrected, RECEIVED)
    assert sent[0]["errorDeclaration"]["correctiveEventIDs"] == [sent[-1]["eventID"]]
    copy = Reader()
    copy.takes(*events_of(source(RECEIVED), lambda _: None))
    copy.takes(*sent)
    assert stock(copy) == {f"{PLACE}/unsorted:ballot.R.": 900}


def test_a_correction_of_something_that_does_not_go_out_says_nothing():
    voided = gate.EntryVoided(entry_index=0, entry_kind="gate.person_entered@1", reason="wrong_entry")
    assert out(voided) == []


EVENTS = [
    RECEIVED,
    gate.GoodsReleased(release_id=f"{PLACE}/o1", consignment_id=f"{PLACE}/c1", lines=(counted_in(5),),
                       delivery_letter="SJ/1", to_place="36.02.05", plate="B 1 XY"),
    gate.SealApplied(seal="36.02/A-1", number="A/1", seal_kind="cable_tie", sealed_object="door",
                     object_name="Pintu 1"),
    gate.SealChecked(seal="36.02/A-1", number="A/1", result="different", found_number="A-2", sealed_object="door"),
    gate.SealRemoved(seal="36.02/A-1", number="A/1", reason="opening", authority="S-1"),
    gate.PersonEntered(visit_id=f"{PLACE}/v1", person="36.02/v9", name=NAME, role="guest", purpose="visit"),
    gate.PersonLeft(visit_id=f"{PLACE}/v1", person="36.02/v9", role="guest", entered_at=START),
    HandoverAccepted(handover_id=f"{PLACE}/h1", by="p1", offered_by="p2", offered_at=START),
]  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=lambda one: type(one).__name__)
def test_what_the_gate_sends_out_is_sound(event):
    found = read(letter(out(event)))
    assert found
    assert not [one for one in found if isinstance(one, Refused)]


def test_nobody_is_named():
    written = json.dumps([one for event in EVENTS for one in out(event)])
    for private in ("v9", '"p1"', '"p2"', "36.02/v"):
        assert private not in written
    assert NAME.digest in written


def test_kinds_that_go_out_are_kinds_of_the_record():
    assert {"logistics.tallied@1", "goods.received@1", "seal.applied@1", "correction.count_corrected@1"} <= set(KINDS)


# -- pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def long_log(monkeypatch):
    """A place at which so much happened that it fills pages."""
    book = Reader()
    for number in range(400):
        book.do(tally(f"t{number}", "receive", ballots(10, damaged=3)))
    rows = [source(event, index) for index, (_, event) in enumerate(book.entries)]
    monkeypatch.setattr(exporting, "_source", lambda line: line)
    monkeypatch.setattr(exporting, "_lines", lambda place, origin, since: iter(rows[since:]))


def test_pages_are_small_enough_to_come_back_and_nothing_is_left_out(long_log):
    found = list(exporting.pages(PLACE))
    assert [len(page.events) for page in found] == [MOST_EVENTS, 300]
    assert len({event["eventID"] for page in found for event in page.events}) == 800
    assert all(len(json.dumps(page.events)) < MOST_BYTES for page in found)
    assert found[0].following == 250
