"""EPCIS events as acts of ours: the table of the mapping, documents sent again, and the way out and back in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awas.ledger.area import Refused
from awas.logistics import commands as ask
from awas.logistics.epcis.document import read
from awas.logistics.epcis.incoming import Taken
from awas.logistics.lines import Damage
from tests.logistics.epcis_sent import (
    DPR,
    Reader,
    as_document,
    balances,
    letter,
    produced,
    seen,
    sent,
    stock,
)
from tests.logistics.making import (
    KECAMATAN,
    PLACE,
    S1,
    S2,
    accept,
    asks_leave,
    at,
    ballots,
    folded,
    gives_leave,
    line,
    offer,
    packs,
    tally,
    unit,
    unpacking,
)

B1, B2 = "urn:awas:unit:36.02:B1", "urn:awas:unit:36.02:B2"
SEAL = "urn:awas:seal:A-00774"


def kit(station: str) -> str:
    return f"urn:awas:kit:{station}"


@pytest.fixture
def book() -> Reader:
    return Reader()


def party(kind: str, place: str) -> list:
    return [{"type": "possessing_party", kind: f"urn:awas:place:{place}"}]


# -- one event, one command ----------------------------------------------------------------------------------------


def test_receiving_is_a_tally(book):
    paper = [{"type": "recadv", "bizTransaction": "urn:awas:document:BTTB%2F7"}]
    command = book.only(seen("receiving", "in_progress", 1000, bizTransactionList=paper))
    assert (command.step, command.document_number) == ("receive", "BTTB/7")
    assert [(one.ballot, one.taken, one.passed) for one in command.lines] == [("dpr", 1000, 1000)]


def test_good_and_damaged_of_one_sorting_are_one_tally(book):
    book.takes(seen("receiving", "in_progress", 1000))
    good = seen("inspecting", "conformant", 980, "urn:x:1", awas__taken=[{"epcClass": DPR, "quantity": 985}])
    bad = seen("inspecting", "damaged", 15, "urn:x:2",
               awas__damage=[{"epcClass": DPR, "criterion": "hole", "quantity": 15}])  # fmt: skip
    assert book.takes(good, bad) == ["applied", "applied"]
    told = book.entries[-1][1]
    assert (told.step, told.taken, told.damaged, told.short, told.reason) == ("sort", 1000, 15, 5, "not_known")
    assert told.lines[0].damage == (Damage(criterion="hole", units=15),)
    before = len(book.entries)
    assert book.takes(good, bad) == book.takes(bad) + book.takes(good) == ["again", "again"]
    assert len(book.entries) == before


@pytest.mark.parametrize("first", [0, 1])
def test_a_pair_sent_half_by_half_counts_each_half_once(book, first):
    book.takes(seen("receiving", "in_progress", 1000))
    pair = [seen("inspecting", "conformant", 980, "urn:x:1"), seen("inspecting", "non_conformant", 20, "urn:x:2")]
    assert book.takes(pair[first]) == ["applied"]
    assert sorted(book.takes(*pair)) == ["again", "applied"]
    assert book.takes(*pair) == ["again", "again"]
    assert stock(book) == {"36.02-G1/good:ballot.R.": 980, "36.02-G1/damaged:ballot.R.": 20}


def test_of_three_events_of_one_instant_none_is_guessed_to_be_a_pair(book):
    book.takes(seen("receiving", "in_progress", 1000))
    some = [seen("inspecting", word, 10, f"urn:x:{word}{n}") for n, word in enumerate(["conformant"] * 2 + ["damaged"])]
    book.takes(*some)
    assert stock(book)["36.02-G1/good:ballot.R."] == 20
    assert len(book.entries) == 4


def test_folding_is_a_transformation(book):
    command = book.only(
        sent("TransformationEvent", bizStep="assembling", inputQuantityList=[{"epcClass": DPR, "quantity": 100}],
             outputQuantityList=[{"epcClass": DPR, "quantity": 95}], awas__reason="lost",
             awas__damaged=[{"epcClass": DPR, "quantity": 2}])
    )  # fmt: skip
    (counted,) = command.lines
    assert (command.step, command.reason) == ("fold", "lost")
    assert (counted.taken, counted.passed, counted.damaged, counted.short) == (100, 95, 2, 3)


def packing(station: str, units: int, parent: str = "", **more):
    listed = [{"epcClass": DPR, "quantity": units}]
    fields = {"action": "ADD", "bizStep": "packing", "parentID": parent or kit(station), "childQuantityList": listed}
    return sent("AggregationEvent", **(fields | more))


def test_packing_names_its_station_and_leaves_its_need_to_the_record(book):
    (counted,) = book.only(packing(S1, 300)).lines
    assert (counted.station, counted.passed, counted.need) == (S1, 300, -1)


def test_packing_into_a_labelled_box_labels_it_the_first_time(book):
    folded(book, 600)
    one = packing(S1, 100, B1, awas__station=S1)
    assert book.takes(one) == ["applied"]
    assert book.item("unit", "36.02/B1").station == S1
    assert book.takes(one) == ["again"]
    assert book.takes(packing(S1, 50, B1)) == ["applied"]  # the box tells the station
    assert book.item("kit", f"{S1}/kit").contents == {"ballot.dpr.": 150}


def test_boxes_are_labelled_nested_sealed_seen_and_opened(book):
    label = sent("ObjectEvent", action="ADD", bizStep="commissioning", epcList=[B1, B2], awas__unitKind="carton")
    nest = sent("AggregationEvent", action="ADD", bizStep="packing", parentID=B1, childEPCs=[B2])
    close = sent("AssociationEvent", action="ADD", parentID=B1, childEPCs=[SEAL])
    other = sent("AssociationEvent", action="OBSERVE", parentID=B1, childEPCs=["urn:awas:seal:774"],
                 disposition="mismatch_instance")  # fmt: skip
    look = sent("ObjectEvent", action="OBSERVE", bizStep="inspecting", epcList=[B2])
    opened = sent("AssociationEvent", action="DELETE", parentID=B1, awas__why="packing")
    assert book.takes(label, nest, close, other, look, opened) == ["applied"] * 6
    assert book.item("unit", "36.02/B2").parent == "36.02/B1"
    told = [event for _, event in book.entries]
    assert told[2].seals == ("A-00774",)
    assert (told[3].result, told[3].differs, told[3].absent) == ("different", ("774",), ("A-00774",))
    assert (told[5].why, told[5].seals_removed) == ("packing", ("A-00774",))
    assert book.takes(label, nest, close, other, look, opened) == ["again"] * 6


def test_a_hand_over_is_offered_by_one_and_accepted_by_the_other(book):
    folded(book, 300)
    book.do(packs("p", S1, need=300))
    desadv = [{"type": "desadv", "bizTransaction": "https://kpu.example/surat-jalan/9"}]
    paper = {"bizTransactionList": desadv}
    ways = {"sourceList": party("source", PLACE), "destinationList": party("destination", KECAMATAN)}
    gone = sent("ObjectEvent", action="OBSERVE", bizStep="shipping", epcList=[kit(S1)], **paper,
                awas__escort="police", awas__dueAt="2024-02-13T12:00:00+07:00", **ways)  # fmt: skip
    come = sent(
        "TransactionEvent", action="ADD", bizStep="accepting", epcList=[kit(S1)], bizTransactionList=desadv, **ways
    )
    assert book.takes(gone, actor="siti") == ["applied"]
    assert book.entries[-2][1].leg == "to_kecamatan"
    assert book.takes(come, place=KECAMATAN) == ["applied"]
    assert book.item("kit", f"{S1}/kit").place == KECAMATAN
    assert book.takes(gone, actor="siti") + book.takes(come, place=KECAMATAN) == ["again", "again"]


def test_destroying_says_what_was_destroyed(book):
    command = book.only(
        seen("destroying", "destroyed", 17, action="DELETE", persistentDisposition={"unset": ["damaged"]})
    )
    assert command.step == "destroy_damaged"
    assert book.only(seen("destroying", "destroyed", 3, action="DELETE", awas__step="destroy_surplus")).step == (
        "destroy_surplus"
    )
    assert book.takes(seen("destroying", "destroyed", 3, action="DELETE")) == ["epcis.damaged_or_surplus"]


def test_a_count_of_stock_stands_beside_the_record(book):
    folded(book, 100)
    assert book.takes(seen("stock_taking", "", 99, awas__shelf="folded", awas__countedBy="witness")) == ["applied"]
    told = book.entries[-1][1]
    assert (told.recorded, told.differing, told.counted_by, told.reason) == ((100,), 1, "witness", "not_known")


def test_a_step_the_standard_has_no_word_for(book):
    command = book.only(seen("urn:awas:step:set_aside", "", 5))
    assert command.step == "set_aside"


# -- corrections ---------------------------------------------------------------------------------------------------


def declared(event: dict, **more) -> dict:
    return event | {"errorDeclaration": {"declarationTime": "2024-01-29T07:00:00Z", **more}}


def test_an_error_declaration_takes_the_tally_back(book):
    one = seen("receiving", "in_progress", 1000)
    book.takes(one)
    assert book.takes(declared(one, reason="did_not_occur")) == ["applied"]
    assert stock(book) == {}
    assert book.entries[-1][1].reason == "other"
    assert book.takes(declared(one), declared(one)) == ["again", "again"]


def test_nothing_to_take_back_is_said(book):
    assert book.takes(declared(seen("receiving", "in_progress", 1))) == ["epcis.nothing_to_take_back"]


def test_half_a_pair_is_not_taken_back_alone(book):
    book.takes(seen("receiving", "in_progress", 1000))
    pair = [seen("inspecting", "conformant", 980, "urn:x:1"), seen("inspecting", "damaged", 20, "urn:x:2")]
    book.takes(*pair)
    assert book.takes(declared(pair[0])) == ["epcis.half_of_a_pair"]
    assert book.takes(declared(pair[0]), declared(pair[1]))[0] == "applied"
    assert stock(book) == {"36.02-G1/unsorted:ballot.R.": 1000}


# -- accepted, not applied; refused --------------------------------------------------------------------------------

LEFT = [
    (seen("arriving", "in_progress", 5), "epcis.no_mapping"),
    (seen("receiving", "in_progress", {"urn:epc:class:lgtin:4012345.012345.998877": 5}), "epcis.class_foreign"),
    (seen("receiving", "in_progress", {"urn:awas:item:gold": 5}), "epcis.class_foreign"),
    (seen("receiving", "in_progress", {"urn:awas:item:ballot:dpr:1:2": 5}), "epcis.class_foreign"),
    (seen("receiving", "in_progress", {DPR: 2.5}), "epcis.not_whole"),
    (seen("receiving", "in_progress", {DPR: -1}), "epcis.not_whole"),
    (seen("receiving", "in_progress", {DPR: 10**9}), "epcis.not_whole"),
    (seen("receiving", "in_progress", 1, quantityList=[{"epcClass": DPR}]), "epcis.no_quantity"),
    (seen("receiving", "in_progress", 1, quantityList=[{"epcClass": DPR, "quantity": 1, "uom": "KGM"}]),
     "epcis.not_pieces"),
    (seen("receiving", "expired", 5), "epcis.disposition_unknown"),
    (seen("receiving", "in_progress", 5, epcList=["urn:epc:id:sgtin:1.2.3"]), "epcis.name_foreign"),
    (seen("receiving", "in_progress", 5, quantityList=[], epcList=[]), "epcis.nothing_counted"),
    (seen("stock_taking", "", 5), "epcis.shelf_needed"),
    (seen("shipping", "in_transit", 5), "epcis.nothing_labelled"),
    (sent("ObjectEvent", action="OBSERVE", bizStep="shipping", epcList=[kit(S1)]), "epcis.no_destination"),
    (sent("ObjectEvent", action="OBSERVE", bizStep="shipping", epcList=[kit(S1)],
          destinationList=party("destination", "36.02-G2")), "epcis.leg_needed"),
    (sent("ObjectEvent", action="OBSERVE", bizStep="accepting", epcList=[kit(S1)]), "epcis.no_transfer"),
    (packing(S1, 5, "urn:epc:id:sscc:1.2"), "epcis.station_needed"),
    (sent("AssociationEvent", action="ADD", parentID="urn:x:y", childEPCs=[SEAL]), "epcis.not_a_unit"),
    (sent("AssociationEvent", action="ADD", parentID=B1, childEPCs=["urn:x:y"]), "epcis.name_foreign"),
    (sent("TransformationEvent", bizStep="assembling", inputQuantityList=[{"epcClass": DPR, "quantity": 5}],
          outputQuantityList=[{"epcClass": "urn:awas:item:box", "quantity": 5}]), "epcis.made_of_nothing"),
    (seen("urn:awas:step:dance", "", 5), "epcis.step_unknown"),
    (sent("urn:x:Inspection"), "epcis.kind_foreign"),
    (seen("receiving", "in_progress", 5, eventTime="1969-01-01T00:00:00Z"), "epcis.time_out_of_range"),
]  # fmt: skip
REFUSED = [
    (seen("receiving", "in_progress", 5, readPoint={"id": "urn:awas:place:36.02-G2"}), "epcis.other_place"),
    (seen("receiving", "in_progress", 5, awas__reason="whim"), "epcis.word_unknown"),
    (seen("receiving", "in_progress", 5, awas__taken="5"), "epcis.wrong_type"),
    (seen("inspecting", "conformant", 5), "logistics.nothing_there"),
]


@pytest.mark.parametrize(("event", "code"), LEFT + REFUSED, ids=lambda one: one if isinstance(one, str) else "")
def test_what_has_no_counterpart_is_said_and_nothing_of_it_recorded(book, event, code):
    assert book.takes(event) == [code]
    assert book.entries == []


def test_a_neighbour_that_cannot_be_applied_costs_nobody_anything(book):
    assert book.takes(LEFT[0][0], seen("receiving", "in_progress", 9), REFUSED[0][0]) == [
        "epcis.no_mapping", "applied", "epcis.other_place",
    ]  # fmt: skip


def test_what_no_act_holds_is_named(book):
    event = seen(
        "receiving",
        "in_progress",
        9,
        sourceList=party("source", KECAMATAN),
        ex__note="x",
        awas__table="3",
        awas__shelf="good",
    )
    (verdict,) = book.mapped(event)
    assert isinstance(verdict, Taken)
    assert verdict.unread == ("awas:shelf", "ex:note", "sourceList")


def test_a_document_may_bind_our_names_to_another_prefix(book):
    content = json.loads(letter([seen("stock_taking", "", 5, x__shelf="good", awas__shelf="folded")]))
    content["@context"] = ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
                           {"x": "urn:awas:", "awas": "https://elsewhere.example/"}]  # fmt: skip
    (one,) = read(json.dumps(content).encode())
    assert not isinstance(one, Refused)
    from awas.logistics.epcis.facts import Facts

    assert Facts(one, PLACE).ours("shelf") == "good"


# -- out and in again ----------------------------------------------------------------------------------------------


def season() -> Reader:
    """A book in which everything happens once."""
    book = Reader()
    book.do(tally("r", "receive", ballots(1000, 990, damaged=8), reason="miscounted_at_source"))
    book.do(tally("x", "receive", ballots(77)))
    book.do(ask.VoidTally(tally_id=at("x"), reason="paper_error"))
    book.do(tally("b", "receive", ballots(20, ballot="", item="box")))
    book.do(tally("s", "sort", ballots(990, 960, damaged=25, usable=4,
                                       damage=(Damage(criterion="hole", units=25),)), reason="lost"))  # fmt: skip
    book.do(tally("f", "fold", ballots(960, damaged=2)))
    book.do(packs("p", S1, S2, need=300))
    book.do(tally("a", "set_aside", ballots(358)))
    book.do(tally("d", "destroy_damaged", ballots(35)))
    book.do(tally("e", "destroy_surplus", ballots(58)))
    book.do(ask.LabelUnits(unit_kind="box", units=(unit("B1"), unit("B2")), station=S1))
    book.do(ask.NestUnit(unit=unit("B2"), parent=unit("B1")))
    book.do(ask.SealUnit(unit=unit("B1"), seals=("A-00774",)))
    book.do(ask.CheckUnit(unit=unit("B1"), result="intact", seals=("A-00774",)))
    book.do(ask.CheckUnit(unit=unit("B2"), result="broken"))
    book.do(ask.OpenUnit(unit=unit("B2"), why="inspection"))
    book.do(ask.NestUnit(unit=unit("B2"), parent=""))
    book.do(ask.RecordCount(count_id=at("c"), shelf="surplus", counted_by="bawaslu", lines=(line(300),)))
    book.do(offer("t", S1, S2, seals=("A-00774",)))
    book.do(accept("t", S1, reason="follows_later"), place=KECAMATAN, actor="budi")
    return book


def take_all(events: list[dict]) -> tuple[Reader, set[str]]:
    """A fresh book after events of two places were taken in."""
    copy, told = Reader(), set()
    for event in events:
        place = event["readPoint"]["id"].rpartition(":")[2]
        told |= set(copy.takes(event, place=place, actor=place))
    return copy, told


def test_a_season_goes_out_and_comes_in_with_the_same_quantities():
    book = season()
    events = produced(book)
    copy, told = take_all(events)
    assert told == {"applied"}
    assert stock(copy) == stock(book)
    assert balances(copy) == balances(book)
    for kind in ("kit", "unit", "stock_count"):
        assert sorted(key for name, key in copy.items if name == kind and kind != "stock_count") == sorted(
            key for name, key in book.items if name == kind and kind != "stock_count"
        )
    assert take_all(events + events)[0].entries == copy.entries


def test_what_goes_out_is_read_without_a_refusal():
    found = read(as_document(season()))
    assert not [one for one in found if isinstance(one, Refused)]
    assert len({one.event.event_id for one in found}) == len(found) - 1  # what was voided stands twice


def test_an_approved_unpacking_goes_out_with_its_leave():
    book = Reader()
    folded(book, 300)
    book.do(packs("p", S1, need=300))
    book.do(asks_leave("l", "unpack", unpacking(S1)))
    book.do(gives_leave("l"), actor="ketua")
    book.do(tally("u", "unpack", ballots(10, station=S1), approval_id=at("l")))
    last = produced(book)[-1]
    assert (last["action"], last["bizStep"], last["awas:approval"]) == (
        "DELETE", "unpacking", "urn:awas:approval:36.02-G1:l",
    )  # fmt: skip


counts = st.integers(0, 10_000)
kinds = st.sampled_from(["dpr", "dpd", "ppwp", "dprd_kab"])


@st.composite
def counted_lines(draw, step: str):
    lines = []
    for ballot in draw(st.lists(kinds, min_size=1, max_size=3, unique=True)):
        passed, damaged = draw(counts), draw(counts)
        taken = draw(st.one_of(st.just(passed + damaged), counts))
        if not (taken or passed or damaged):
            taken = passed = 1
        dapil = draw(st.sampled_from(["", "36.02-4"]))
        lines.append(ballots(taken, passed, ballot=ballot, dapil=dapil, damaged=damaged))
    return step, tuple(lines)


steps = st.lists(st.sampled_from(["receive", "sort", "fold"]).flatmap(counted_lines), max_size=8)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_any_counts_go_out_and_come_in_the_same(done):
    book = Reader()
    for number, (step, lines) in enumerate(done):
        try:
            book.later(1).do(tally(f"t{number}", step, *lines, reason="not_known"))
        except Refused:
            continue
    events = produced(book)
    copy = Reader()
    copy.now = book.now
    if events:
        assert set(copy.takes(*events)) <= {"applied"}
    assert stock(copy) == stock(book)
    assert balances(copy) == balances(book)
    assert not events or set(copy.takes(*reversed(events))) == {"again"}
