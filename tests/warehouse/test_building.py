"""The building and what happens in it."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import MINUTE
from awas.warehouse import commands as ask
from awas.warehouse.events import Answer
from tests.book import START
from tests.warehouse.making import OTHER, at, counted, receive

LEAK = ask.ReportCondition(condition_id=at("d1"), condition="leak", severity="high", spot="Lorong 1-2")
USE = ask.ReportUse(use_id=at("u1"), use="sport", people_count=12)
INCIDENT = ask.ReportIncident(incident_id=at("i1"), incident="intrusion", severity="high")
END_LEAK = ask.EndCondition(condition_id=at("d1"), units_harmed=85)


def test_a_leak_over_ballots(book):
    assert not book.one(LEAK).ballots_inside
    book.do(receive("r1", "c1", counted(10), unannounced=True))
    worse = book.later(30).one(replace(LEAK, severity="critical", spot=""))
    assert (worse.ballots_inside, worse.severity_before, worse.began_at) == (True, "high", START)
    assert book.state().open_conditions == {"leak": 1}
    assert book.item("condition", at("d1")).spot == "Lorong 1-2"
    over = book.later(30).one(END_LEAK)
    assert (over.severity, over.began_at, over.units_harmed) == ("critical", START, 85)
    assert book.state().open_conditions == {}
    assert book.item("condition", at("d1")).ended_at == START + 60 * MINUTE


def test_what_the_watcher_sees_goes_before_what_the_record_reckons(book):
    assert book.one(replace(LEAK, ballots_inside=True)).ballots_inside


def test_the_warehouse_serves_for_something_else(book):
    assert not book.one(USE).again
    assert book.later(10).one(USE).again
    assert book.state().open_uses == 1
    assert book.one(ask.EndUse(use_id=at("u1"))).began_at == START
    assert book.state().open_uses == 0


def test_an_incident_is_told_on_and_closed(book):
    book.do(replace(INCIDENT, spot="Pagar", photos=("a" * 64,)))
    more = book.later(5).one(replace(INCIDENT, severity="critical", police_told=True, photos=("b" * 64,)))
    assert (more.severity_before, more.reported_at) == ("high", START)
    kept = book.item("incident", at("i1"))
    assert (kept.spot, kept.police_told, kept.photos) == ("Pagar", True, ("a" * 64, "b" * 64))
    assert book.state().open_incidents == 1
    book.do(ask.CloseIncident(incident_id=at("i1"), outcome="handed_to_police", document_number="LP-1"))
    assert book.state().open_incidents == 0
    assert book.refused(INCIDENT) == "incident_closed"


def test_fitness_tells_what_got_worse(book):
    answers = (
        Answer(item="flood", verdict="ok"),
        Answer(item="cctv", verdict="bad"),
        Answer(item="pests", verdict="na"),
    )
    check = ask.CheckFitness(check_id=at("f1"), checklist="kpu-12", answers=answers, item_count=12)
    first = book.one(check)
    assert (first.bad, first.newly_bad, first.unanswered) == (("cctv",), ("cctv",), 9)
    worse = (Answer(item="flood", verdict="bad"), Answer(item="cctv", verdict="bad"))
    second = book.one(replace(check, check_id=at("f2"), answers=worse))
    assert second.newly_bad == ("flood",)
    assert book.state().fitness_bad == ("flood", "cctv")
    assert book.refused(replace(check, check_id=at("f3"), answers=worse + worse)) == "answer_twice"
    assert book.refused(check) == "check_exists"


@pytest.mark.parametrize(
    ("command", "place", "code"),
    [
        (replace(LEAK, condition="fire"), None, "condition_of_other_kind"),
        (replace(USE, use_id=at("d1")), None, "condition_of_other_kind"),
        (LEAK, OTHER, "condition_elsewhere"),
        (replace(LEAK, condition_id=at("d2")), OTHER, "key_of_other_place"),
        (ask.EndCondition(condition_id=at("d9")), None, "condition_unknown"),
        (ask.EndCondition(condition_id=at("u1")), None, "condition_of_other_kind"),
        (ask.EndUse(use_id=at("d1")), None, "condition_of_other_kind"),
        (INCIDENT, OTHER, "incident_elsewhere"),
        (ask.CloseIncident(incident_id=at("i9"), outcome="resolved"), None, "incident_unknown"),
    ],
)
def test_what_contradicts_the_record_is_refused(book, command, place, code):
    for known in (LEAK, USE, INCIDENT):
        book.do(known)
    assert book.refused(command, **({"place": place} if place else {})) == code


def test_what_is_over_is_over(book):
    book.do(LEAK)
    book.do(END_LEAK)
    assert book.refused(END_LEAK) == "condition_ended"
    assert book.refused(LEAK) == "condition_ended"
