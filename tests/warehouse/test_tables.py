"""What a decision put away comes back from the tables as it was, both ways of reading it."""

import pytest

from awas.ledger.items import ItemTable
from awas.ledger.store import store_for
from awas.warehouse import commands as ask
from awas.warehouse.area import AREA
from awas.warehouse.events import Answer, Carried
from tests import shape
from tests.book import Book
from tests.warehouse.making import (
    announce,
    apply_seal,
    arrive,
    at,
    ballots,
    counted,
    enter,
    grant,
    leave,
    person,
    receive,
    sealed,
    seen,
)

A_DAY = (
    ask.SetSiteRules(checkpoints=("a", "b")),
    grant("p1"),
    ask.WatchlistPerson(person=person("p2"), name=sealed(), reason="sipol"),
    enter("v1", pass_number="7", carried=(Carried(item="bag", count=2),), body_checked=True),
    enter("v2", "p2"),
    leave("v1", pass_returned=False),
    arrive("k1", photos=("a" * 64,)),
    announce("c1", ballots(100), seals=("S1",)),
    apply_seal("S1", applied_by=("ani", "budi")),
    receive("r1", "c1", counted(90, damaged=2, wet=1), final=True, counted_by=("ani",), seals=(seen("S1"),)),
    ask.ScanCheckpoint(round_id=at("w1"), checkpoint="a", by_token=True, findings=("leak",)),
    ask.TakeKey(key_id=at("key1"), door="Pintu utama", holder=sealed()),
    ask.ReportCondition(condition_id=at("d1"), condition="leak", severity="high", photos=("b" * 64,)),
    ask.ReportIncident(incident_id=at("i1"), incident="theft", severity="low"),
    ask.NoteWeatherAlert(
        alert_id=at("w1"), sender="a@b.example", source="BMKG", identifier="x", event="Hujan", hazard="rain",
        severity="severe", urgency="future", certainty="likely", sent_at=1, onset_at=1, expires_at=2, basis="name",
    ),
    ask.CheckFitness(check_id=at("f1"), checklist="x", answers=(Answer(item="a", verdict="bad", note=sealed()),)),
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_items_come_back_as_they_were():
    book = Book(AREA)
    for command in A_DAY:
        book.do(command)
    store = store_for()
    kinds = set()
    with store.transaction([]):
        for (kind, key), item in book.items.items():
            model = shape.model_of(AREA, type(item))
            table = ItemTable(type(item), model._meta.db_table)
            store.upsert(table.table, [table.row(item)])
            assert table.item(store.select(table.table, [(key,)])[0]) == item
            assert model.objects.get(key=key).kept() == item
            kinds.add(kind)
    assert kinds == set(AREA.items), "a kind of item was never written"
