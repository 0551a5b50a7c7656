"""Whoever makes a command, its declared limits hold: the form, the outbox, an importer, an attacker."""

import pytest
from msgspec.structs import replace

from awas.ledger.area import Refused
from awas.warehouse import commands as ask
from awas.warehouse.decide import decide, needs
from awas.warehouse.events import Carried, CountedLine, Line
from awas.warehouse.site import Site
from tests.book import START
from tests.warehouse.making import announce, arrive, at, ballots, counted, enter, receive, sealed

SCRIPT = "<script>alert(1)</script>"
SQL = "'; DROP TABLE warehouse_visit; --"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (enter("v1", institution="x" * 121), "length_out_of_range"),
        (enter("v1", institution="a\x00b"), "text_not_allowed"),
        (enter("v1", institution="\ud800"), "text_not_allowed"),
        (enter("v1", role="king"), "code_unknown"),
        (enter("v1", role=7), "field_wrong_type"),
        (enter("v1", gate="gerbang utama"), "text_not_allowed"),
        (enter("v1", photo="../../etc/passwd"), "text_not_allowed"),
        (enter("v1", watch_count=-1), "number_out_of_range"),
        (enter("v1", watch_count="2"), "field_wrong_type"),
        (enter("v1", until_at=1 << 60), "number_out_of_range"),
        (enter("v1", carried=(Carried(item="bag"),) * 21), "length_out_of_range"),
        (enter("v1", carried=(Carried(item="bag", count=-1),)), "number_out_of_range"),
        (enter("v1", pass_number="7 8"), "text_not_allowed"),
        (replace(enter("v1"), visit_id="v1"), "text_not_allowed"),
        (replace(enter("v1"), visit_id="36.02-G1/" + "x" * 44), "text_not_allowed"),
        (replace(enter("v1"), visit_id="36.02-G1/a/b"), "text_not_allowed"),
        (replace(enter("v1"), person=""), "text_not_allowed"),
        (arrive("k1", plate="a 1"), "text_not_allowed"),
        (arrive("k1", plate="-"), "text_not_allowed"),
        (arrive("k1", escort_count=10**9), "number_out_of_range"),
        (announce("c1", ballots(-1)), "number_out_of_range"),
        (announce("c1", Line(item="gold", units=1)), "code_unknown"),
        (announce("c1", direction="up"), "code_unknown"),
        (replace(announce("c1"), lines=()), "length_out_of_range"),
        (receive("r1", "c1", counted(1.5)), "field_wrong_type"),
        (receive("r1", "c1", counted(True)), "field_wrong_type"),
        (receive("r1", "c1", CountedLine(item="ballot", units=1, ballot="DPR RI")), "text_not_allowed"),
        (ask.ReportCctv(total=1, working=1, recording=None), "field_wrong_type"),
    ],
)
def test_what_breaks_a_limit_is_refused_by_name(book, command, code):
    with pytest.raises(Refused) as refusal:
        book.do(command)
    assert refusal.value.code == code
    assert refusal.value.params["field"]
    assert book.entries == []


@pytest.mark.parametrize("text", [SCRIPT, SQL, "Bawaslu Kabupaten Lebak — “Piket”", "印尼", "%(place)s {0} %s"])
def test_ordinary_and_hostile_text_is_kept_as_it_was_typed(book, text):
    assert book.one(enter("v1", institution=text, letter_number=text)).institution == text
    assert book.item("visit", at("v1")).letter_number == text


def test_the_refusal_names_the_field_of_a_nested_line():
    command = receive("r1", "c1", counted(1), CountedLine(item="ink", units=-5))
    stamp = None
    with pytest.raises(Refused) as refusal:
        decide(Site(), None, stamp, command)
    assert refusal.value.params["field"] == "lines[1].units"


@pytest.mark.parametrize("key", ["36.02-G1/\x00", "36.02-G1/\ud800", 7, None, ["x"], "", "36.02-G1", "é/é"])
def test_gathering_needs_never_fails_nor_asks_the_database_for_nonsense(key):
    for command in (enter("v1"), receive("r1", "c1"), arrive("k1")):
        field = next(name for name in command.__struct_fields__ if name.endswith("_id"))
        for _, wanted in needs(replace(command, **{field: key})):
            assert isinstance(wanted, str)
            assert wanted.isprintable()


def test_an_absurd_time_is_recorded_and_flagged(book):
    entered = book.one(enter("v1"), occurred_at=START * 3)
    assert entered.capture.clock_skew_ms == START * 2
    assert book.item("visit", at("v1")).entered_at == START
    assert book.one(enter("v2", "p2"), occurred_at=0).capture is None
    assert book.item("visit", at("v2")).entered_at == 0


def test_a_name_never_needs_to_stand_in_a_command():
    command = enter("v1", name=sealed("row-1"))
    assert command.name.ref == "row-1"
    assert "Budi" not in str(command)
