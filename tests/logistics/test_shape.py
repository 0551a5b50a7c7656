"""Logistics as a whole: its vocabulary, its tables, its refusals."""

import re

import pytest

from awas.ledger.items import ItemTable
from awas.ledger.refusals import WORDS as LEDGER_WORDS
from awas.ledger.store import store_for
from awas.logistics import commands as ask
from awas.logistics.area import AREA
from awas.logistics.decide import DECIDERS, NEEDS
from awas.logistics.follow import FOLLOWS
from awas.logistics.lines import Damage, Line
from awas.logistics.refusals import WORDS
from awas.roster.refusals import WORDS as ROSTER_WORDS
from awas.warehouse.events import CountedLine, GoodsReceived
from awas.warehouse.refusals import WORDS as GATE_WORDS
from tests import shape
from tests.logistics.making import (
    S1,
    S2,
    Book,
    asks_leave,
    at,
    ballots,
    folded,
    offer,
    packs,
    season,
    tally,
    unit,
    unpacking,
)


def test_every_command_is_decided():
    assert set(DECIDERS) == set(NEEDS) == set(AREA.commands)


@pytest.mark.parametrize("struct", [*AREA.events, *AREA.commands], ids=lambda one: one.__name__)
def test_a_message_has_a_stable_name_and_only_what_the_record_holds(struct):
    config = struct.__struct_config__
    assert re.fullmatch(r"logistics\.[a-z_]+@1", config.tag)
    assert (config.tag_field, config.frozen, config.omit_defaults, config.forbid_unknown_fields) == (
        "kind",
        *[True] * 3,
    )
    assert shape.forbidden_types(struct) == []


def test_tables_have_the_columns_of_their_structs():
    assert shape.column_faults(AREA) == []


def test_no_refusal_has_the_words_of_another_room():
    assert not set(WORDS) & (set(LEDGER_WORDS) | set(GATE_WORDS) | set(ROSTER_WORDS))


def a_season(book: Book) -> None:
    """A command of every kind, so that an item of every kind is written."""
    book.do(season())
    contract = ask.RecordContract(
        contract_id=at("k"), supplier="Pencetak", document_number="K-1", lines=(Line(item="ballot", units=9),)
    )
    book.do(contract)
    folded(book, 500)
    book.do(tally("s2", "receive", ballots(10, damaged=1, damage=(Damage(criterion="colour", units=1),))))
    book.do(packs("p", S1, S2))
    book.do(ask.LabelUnits(unit_kind="box", units=(unit("B1"),), station=S1))
    book.do(ask.SealUnit(unit=unit("B1"), seals=("X1",)))
    book.do(asks_leave("leave", "unpack", unpacking(S2)))
    book.do(offer("t", S1, units=(unit("B1"),), seals=("T1",)))
    seen = (Line(item="ballot", units=3),)
    counted = {"shelf": "folded", "counted_by": "bawaslu", "lines": seen, "reason": "miscounted_at_source"}
    book.do(ask.RecordCount(count_id=at("c"), **counted))
    book.do(ask.CloseStage(stage="sorting"))
    book.do(ask.ReportUnofficialStore(report_id=at("u"), where="Gudang sewaan"))
    stamp, _ = book.entries[0]
    FOLLOWS[GoodsReceived].fold_items(book.items, stamp, a_receipt(at("r")))


def a_receipt(key: str) -> GoodsReceived:
    """Goods that were counted in at the gate, of which logistics keeps the delivery."""
    return GoodsReceived(receipt_id=key, consignment_id=at("g"), lines=(CountedLine(item="ballot", units=5),))


def test_items_come_back_from_the_tables_as_they_were(database):
    book = Book(AREA)
    a_season(book)
    store, kinds = store_for(), set()
    with store.transaction([]):
        for (kind, key), item in book.items.items():
            model = shape.model_of(AREA, type(item))
            table = ItemTable(type(item), model._meta.db_table)
            store.upsert(table.table, [table.row(item)])
            assert table.item(store.select(table.table, [(key,)])[0]) == item
            assert model.objects.get(key=key).kept() == item
            kinds.add(kind)
    assert kinds == set(AREA.items), "a kind of item was never written"
