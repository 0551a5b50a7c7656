"""The roster as a whole: its vocabulary, its tables, its refusals, and any sequence of its commands."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awas.ledger.area import HOUR, Refused
from awas.ledger.naming import key_at
from awas.ledger.refusals import WORDS as LEDGER_WORDS
from awas.roster import commands as ask
from awas.roster import kept, state
from awas.roster.area import AREA
from awas.roster.decide import DECIDERS, NEEDS
from awas.roster.events import HandoverSummary
from awas.roster.refusals import WORDS
from awas.warehouse.refusals import WORDS as GATE_WORDS
from tests import shape
from tests.book import OTHER, PLACE, START, Book

KINDS = ("shift", "absence", "duty", "handover", "swap")
RAISED = list(shape.raised(shape.SOURCE / "roster" / "decide", KINDS))


def test_every_command_is_decided_and_every_event_folded():
    assert set(DECIDERS) == set(NEEDS) == set(AREA.commands)
    assert set(state._FOLDS) == set(kept._FOLDS) == set(AREA.events)


@pytest.mark.parametrize("struct", [*AREA.events, *AREA.commands], ids=lambda one: one.__name__)
def test_a_message_has_a_stable_name_and_only_what_the_record_holds(struct):
    config = struct.__struct_config__
    assert re.fullmatch(r"roster\.[a-z_]+@1", config.tag)
    assert (config.tag_field, config.frozen, config.omit_defaults, config.forbid_unknown_fields) == (
        "kind",
        *[True] * 3,
    )
    assert shape.forbidden_types(struct) == []


def test_tables_have_the_columns_of_their_structs():
    assert shape.column_faults(AREA) == []


def test_columns_hold_whatever_a_command_may_say():
    written_by = {
        "shift": (ask.PlanShift, ask.ChangeShiftPeople),
        "duty": (ask.StartDuty,),
        "on_duty": (ask.StartDuty,),
        "absence": (ask.AnnounceAbsence,),
        "swap": (ask.RequestSwap,),
    }
    assert shape.too_narrow(AREA, written_by) == []


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal():
    raised = {code for code, _, _ in RAISED}
    assert set(WORDS) <= raised
    assert raised - set(WORDS) <= {f"{kind}_{tail}" for kind in KINDS for tail in ("exists", "unknown", "elsewhere")}
    assert not set(WORDS) & set(LEDGER_WORDS)


def test_rooms_that_share_a_code_share_its_sentence():
    assert {code: GATE_WORDS[code] for code in set(WORDS) & set(GATE_WORDS)} == {
        code: WORDS[code] for code in set(WORDS) & set(GATE_WORDS)
    }


@pytest.mark.parametrize(("code", "names", "where"), RAISED)
def test_a_sentence_asks_only_for_what_it_is_given(code, names, where):
    sentence = WORDS[code]
    assert shape.wanted_parameters(sentence.id) == shape.wanted_parameters(sentence.en), where
    assert shape.wanted_parameters(sentence.id) <= names, where


OFFICERS = ("ani", "budi", "cici")
PLACES = (PLACE, OTHER)


def known(data, book, kind, place):
    keys = [item.key for (found, _), item in book.items.items() if found == kind and item.place == place]
    return data.draw(st.sampled_from(keys)) if keys else key_at(place, "none")


def any_command(data, book, place, actor):
    fresh = key_at(place, str(len(book.entries)))
    duty, handover, shift = (known(data, book, kind, place) for kind in ("duty", "handover", "shift"))
    begins = book.now + data.draw(st.integers(-4, 12)) * HOUR
    people = tuple(sorted(data.draw(st.sets(st.sampled_from(OFFICERS), min_size=1))))
    return data.draw(
        st.sampled_from(
            (
                ask.PlanShift(shift_id=fresh, from_at=begins, until_at=begins + 8 * HOUR, people=people),
                ask.ChangeShiftPeople(shift_id=shift, people=people),
                ask.CancelShift(shift_id=shift, reason="mistake"),
                ask.AnnounceAbsence(
                    absence_id=fresh, person=actor, from_at=begins, until_at=begins + HOUR, reason="leave"
                ),
                ask.StartDuty(duty_id=fresh, person=actor),
                ask.StartDuty(duty_id=fresh, person=actor),
                ask.EndDuty(duty_id=duty),
                ask.OfferHandover(handover_id=fresh, duty_id=duty, summary=HandoverSummary()),
                ask.OfferHandover(handover_id=fresh, duty_id=duty, summary=HandoverSummary()),
                ask.AcceptHandover(handover_id=handover, duty_id=fresh, giver_stays=data.draw(st.booleans())),
                ask.AcceptHandover(handover_id=handover, duty_id=duty),
                ask.DisputeHandover(handover_id=handover, points=("keys",)),
                ask.WithdrawHandover(handover_id=handover),
                ask.VoidDuty(entry_index=1, duty_id=duty),
            )
        )
    )


def of(book, kind):
    return [item for (found, _), item in book.items.items() if found == kind]


def the_watch_agrees(book):
    on = [duty for duty in of(book, "duty") if duty.state == "on"]
    assert len({duty.person for duty in on}) == len(on), "an officer stands two watches"
    assert {one.person: one.duty_id for one in of(book, "on_duty") if one.place} == {
        duty.person: duty.key for duty in on
    }
    for place in PLACES:
        watch = book.state(place)
        assert {post.duty_id for post in watch.on_duty} == {duty.key for duty in on if duty.place == place}
        offers = [one.key for one in of(book, "handover") if one.place == place and one.state == "offered"]
        assert offers == ([watch.offer.handover_id] if watch.offer else [])
        assert (watch.held_by != "") == bool(watch.on_duty)
        assert not watch.held_by or watch.is_on_duty(watch.held_by)
        assert not (watch.on_duty and watch.uncovered_since_at)
        assert all(before.from_at <= after.from_at for before, after in pairwise(watch.shifts))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_the_watch_agrees_with_itself_after_any_sequence(data):
    book = Book(AREA)
    for _ in range(data.draw(st.integers(1, 30))):
        place, actor = data.draw(st.sampled_from(PLACES)), data.draw(st.sampled_from(OFFICERS))
        book.later(data.draw(st.integers(0, 200)))
        try:
            book.do(any_command(data, book, place, actor), place=place, actor=actor)
        except Refused:
            continue
        the_watch_agrees(book)
    again = book.rebuilt()
    assert (again.states, dict(again.items)) == (book.states, dict(book.items))
    assert book.unforeseen <= {"duty", "on_duty"}
    assert book.now >= START
