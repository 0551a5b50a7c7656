"""Rounds, cameras, guards, door keys, stock."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import MINUTE
from awas.warehouse import commands as ask
from awas.warehouse.events import StockCount
from tests.book import START
from tests.warehouse.making import OTHER, at, ballots, counted, receive, sealed

PLAN = ask.SetSiteRules(checkpoints=("pagar", "pintu", "belakang"))


def scan(checkpoint, **named):
    return ask.ScanCheckpoint(round_id=at("w1"), checkpoint=checkpoint, **named)


def test_a_round_tells_what_was_missed(book):
    book.do(PLAN)
    first = book.one(scan("pagar", by_token=True))
    assert (first.planned, first.again, first.scanned_count) == (True, False, 1)
    assert book.one(scan("pagar")).again
    assert not book.one(scan("gardu", findings=("light_out",))).planned
    done = book.later(12).one(ask.CompleteRound(round_id=at("w1"), ticked=("pintu",)))
    assert (done.started_at, done.planned_count, done.scanned_count, done.by_token_count) == (START, 3, 3, 1)
    assert (done.missed, done.findings) == (("belakang",), ("light_out",))
    assert (book.state().last_round_at, book.state().last_round_missed) == (START + 12 * MINUTE, 1)
    assert book.refused(scan("pintu")) == "round_completed"


def test_a_round_from_paper_comes_whole(book):
    started = START - 20 * MINUTE
    done = book.one(ask.CompleteRound(round_id=at("w1"), ticked=("a", "b", "a"), started_at=started))
    assert (done.started_at, done.scanned_count, done.missed) == (started, 2, ())
    assert book.item("round", at("w1")).started_at == started


def test_a_round_uploaded_late_is_not_the_last_one(book):
    book.later(60).do(ask.CompleteRound(round_id=at("w2")))
    book.do(ask.CompleteRound(round_id=at("w1")), occurred_at=START)
    assert book.state().last_round_at == START + 60 * MINUTE


def test_a_jammed_scanner_cannot_make_an_endless_round(book):
    for number in range(200):
        book.do(scan(f"c{number}"))
    assert book.refused(scan("c200")) == "too_many_scans"
    assert book.refused(scan("pagar"), place=OTHER) == "round_elsewhere"


def test_cameras_are_compared_with_the_last_report(book):
    first = book.one(ask.ReportCctv(total=8, working=8, recording=True))
    assert (first.working_before, first.changed) == (None, True)
    second = book.one(ask.ReportCctv(total=8, working=6, recording=False, down=("k3", "k4")))
    assert (second.working_before, second.recording_before, second.changed) == (8, True, True)
    assert not book.one(ask.ReportCctv(total=8, working=6, recording=False)).changed
    assert book.refused(ask.ReportCctv(total=8, working=9, recording=True)) == "more_cameras_work_than_there_are"


def test_guards_are_counted_against_the_setting(book):
    book.do(ask.SetSiteRules(guards_wanted=4))
    assert book.one(ask.ReportGuards(kpu=1, police=2, asleep=1)).wanted == 4
    assert (book.state().guards, book.state().guards_asleep) == (3, 1)
    assert book.refused(ask.ReportGuards(kpu=1, asleep=2)) == "more_asleep_than_there_are"


def test_a_key_goes_from_hand_to_hand(book):
    take = ask.TakeKey(key_id=at("k1"), door="Pintu utama", holder=sealed("h1"))
    assert not book.one(take).was_out
    again = book.later(5).one(replace(take, holder=sealed("h2")))
    assert (again.was_out, again.taken_before_at) == (True, START)
    assert book.state().keys_out == 1
    assert book.item("key_holding", at("k1")).holder_ref == "h2"
    book.do(ask.ReturnKey(key_id=at("k1")))
    assert book.state().keys_out == 0
    assert book.refused(ask.ReturnKey(key_id=at("k1"))) == "key_not_out"
    assert book.refused(ask.ReturnKey(key_id=at("k9"))) == "key_unknown"


def test_a_glance_at_the_stock_finds_differences_and_replaces_the_record(book):
    book.do(receive("r1", "c1", counted(100), unannounced=True))
    assert book.one(ask.GlanceAtStock(unchanged=True)).changes == ()
    found = (StockCount(item="ballot", ballot="dpr", units=97), StockCount(item="ink", units=4))
    changes = book.one(ask.GlanceAtStock(unchanged=False, counts=found)).changes
    assert [(one.item, one.known, one.found) for one in changes] == [("ballot", 100, 97), ("ink", 0, 4)]
    assert book.state().stock == {"ballot:dpr": 97, "ink": 4}
    assert book.one(ask.GlanceAtStock(unchanged=True, counts=found)).changes == ()
    changed = replace(found[0], units=1)
    assert book.refused(ask.GlanceAtStock(unchanged=True, counts=(changed,))) == "unchanged_but_counts_differ"
    assert book.refused(ask.GlanceAtStock(unchanged=False, counts=(changed, changed))) == "line_twice"


@pytest.mark.parametrize(
    ("stock", "seen", "inside"),
    [(0, None, False), (5, None, True), (5, False, True), (0, True, True), (0, False, False)],
)
def test_ballots_are_inside_if_count_or_sight_says_so(book, stock, seen, inside):
    counts = (StockCount(item="ballot", ballot="dpr", units=stock),)
    book.do(ask.GlanceAtStock(unchanged=False, counts=counts, ballots_inside=seen))
    assert book.state().ballots_inside == inside


def test_the_snapshot_stays_small_whatever_kinds_are_invented(book):
    for number in range(300):
        book.do(receive(f"r{number}", f"c{number}", counted(1, f"jenis{number}"), unannounced=True))
    assert len(book.state().stock) == 201
    assert sum(book.state().stock.values()) == 300


def test_lines_and_glances_are_bounded(book):
    many = tuple(ballots(1, f"b{number}") for number in range(201))
    announced = ask.AnnounceConsignment(consignment_id=at("c1"), direction="in", lines=many)
    assert book.refused(announced) == "length_out_of_range"
