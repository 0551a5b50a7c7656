"""Scenarios of the rules on goods and seals: what fires, and what must not."""

import pytest

from awas.warehouse.commands import SealSeen
from awas.warehouse.events import CountedLine, Line
from awas.warehouse.keys import seal_key
from awas.warehouse.rules.goods import BEYOND_STOCK, NO_ORDER, ONE_FOR_TWO
from awas.warehouse.rules.receipts import COUNT_DIFFERS, HARMED, OTHER_LETTER
from awas.warehouse.rules.seals import BROKEN, NO_AUTHORITY, SWAPPED, UNCHECKED, USED_TWICE
from tests.score import BALLOTS, BOXES, PLACE, Score, at, counted, warning

OTHER = "36.02-G2"
TRUCK = f"{PLACE}/t-A1B"

# -- goods out ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "level"), [(BALLOTS, "awas"), (BOXES, "siaga")])
def test_goods_out_with_no_order(line: Line, level: str):
    score = Score(NO_ORDER)
    score.at("07:00").has_stock().has_stock(item="box")
    score.at("10:00").releases("o1", counted(line), unannounced=True)
    score.want(at("10:00"), warning("WAR-16", level))
    score.ends("12:00")


def test_goods_out_on_an_order():
    score = Score(NO_ORDER)
    score.at("07:00").has_stock().announces("o1", "", BALLOTS, direction="out", order_number="SP/1")
    score.at("09:00").vehicle_arrives("A 1 B", purpose="collect", bringing="o1")
    score.at("10:00").releases("o1", vehicle_id=TRUCK)
    score.at("10:30").vehicle_leaves("A 1 B", loaded=True)
    score.ends("12:00")


def test_a_truck_leaves_with_what_nobody_released():
    score = Score(NO_ORDER)
    score.at("09:00").vehicle_arrives("A 1 B", purpose="service")
    score.at("10:00").vehicle_leaves("A 1 B", loaded=True)
    score.want(at("10:00"), warning("WAR-16", "awas"))
    score.ends("12:00")


def test_an_empty_truck_leaves():
    score = Score(NO_ORDER)
    score.at("09:00").vehicle_arrives("A 1 B")
    score.at("10:00").vehicle_leaves("A 1 B")
    score.ends("12:00")


def test_more_went_out_than_there_was():
    score = Score(BEYOND_STOCK)
    score.at("07:00").has_stock(400)
    score.at("10:00").releases("o1", unannounced=True)
    score.want(at("10:00"), warning("WAR-17", "siaga"))
    score.ends("12:00")
    assert score.words() == ["600 units went out beyond what the record had"]


def test_what_was_there_went_out():
    score = Score(BEYOND_STOCK)
    score.at("07:00").has_stock(1000)
    score.at("10:00").releases("o1", unannounced=True)
    score.ends("12:00")


@pytest.mark.parametrize(("people", "fires"), [(("p1",), True), ((), True), (("p1", "p2"), False)])
def test_two_count_where_two_are_wanted(people: tuple[str, ...], fires: bool):
    score = Score(ONE_FOR_TWO)
    score.at("06:00").sets_rules(two_persons=("receiving", "releasing", "stock", "seal_removal"))
    score.at("07:00").announces("k1", "08:00-10:00")
    score.at("09:00").receives("k1", counted_by=people)
    score.at("10:00").releases("o1", unannounced=True, counted_by=people)
    score.at("11:00").seals("S1")
    score.at("12:00").unseals("S1", removed_by=people)
    score.at("13:00").has_stock(counted_by=people)
    if fires:
        for hour in (9, 10, 12, 13):
            score.want(at(f"{hour:02}:00"), warning("WAR-21"))
    score.ends("15:00")


def test_one_may_count_where_nobody_asks_for_two():
    score = Score(ONE_FOR_TWO)
    score.at("07:00").announces("k1", "08:00-10:00")
    score.at("09:00").receives("k1", counted_by=("p1",))
    score.ends("12:00")


# -- receipts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "level"), [(1000, None), (999, "siaga"), (1001, "siaga"), (0, "siaga")], ids=["all", "short", "over", "0"]
)
def test_the_count_against_the_letter(units: int, level: str | None):
    score = Score(COUNT_DIFFERS)
    score.at("07:00").announces("k1", "08:00-10:00", BALLOTS)
    score.at("09:00").receives("k1", CountedLine(item="ballot", ballot="dpr", units=units, packages=1))
    if level:
        score.want(at("09:00"), warning("WAR-18", level))
    score.ends("12:00")


def test_the_rest_may_still_come():
    score = Score(COUNT_DIFFERS)
    score.at("07:00").announces("k1", "08:00-10:00", BALLOTS)
    score.at("09:00").receives("k1", counted(BALLOTS, 400), final=False)
    score.at("11:00").receives("k1", counted(BALLOTS, 600), receipt_id=f"{PLACE}/r-2")
    score.ends("12:00")


def test_a_difference_of_boxes_or_with_its_reason_is_smaller():
    score = Score(COUNT_DIFFERS)
    score.at("07:00").announces("k1", "08:00-10:00", BOXES).announces("k2", "08:00-10:00", BALLOTS)
    score.at("09:00").receives("k1", counted(BOXES, 90))
    score.want(at("09:00"), warning("WAR-18", "waspada"))
    score.at("10:00").receives("k2", counted(BALLOTS, 990), difference_reason="follows_later")
    score.want(at("10:00"), warning("WAR-18", "waspada"))
    score.ends("12:00")


def test_an_explained_difference_is_over():
    score = Score(COUNT_DIFFERS)
    score.at("07:00").announces("k1", "08:00-10:00", BALLOTS)
    score.at("09:00").receives("k1", counted(BALLOTS, 990))
    score.want(at("09:00"), warning("WAR-18"))
    score.at("11:00").explains("k1")
    score.ends("12:00")
    assert score.cleared("WAR-18") == ["explained"]


def test_the_sender_sees_what_the_receiver_counted():
    score = Score(COUNT_DIFFERS, places=(PLACE, OTHER))
    score.at("06:00").has_stock().announces("k1", "", BALLOTS, direction="out", to_place=OTHER, order_number="SP/1")
    score.at("08:00").releases("k1")
    score.at("10:00", place=OTHER).receives("k1", counted(BALLOTS, 900), consignment_id=f"{PLACE}/k1")
    score.want(at("10:00"), warning("WAR-18"))
    score.want(at("10:00"), warning("WAR-18"))
    score.ends("12:00")
    assert {one.place for one in score.judge.warnings.values()} == {PLACE, OTHER}


@pytest.mark.parametrize(("letter", "fires"), [("SJ/7", False), ("SJ/8", True), ("", False)])
def test_another_letter_than_announced(letter: str, fires: bool):
    score = Score(OTHER_LETTER)
    score.at("07:00").announces("k1", "08:00-10:00", BALLOTS, delivery_letter="SJ/7")
    score.at("09:00").receives("k1", delivery_letter=letter)
    if fires:
        score.want(at("09:00"), warning("WAR-19", "waspada"))
    score.ends("12:00")


@pytest.mark.parametrize(
    ("damaged", "wet", "level"),
    [(0, 0, None), (6, 0, None), (9, 0, None), (10, 0, "waspada"), (14, 0, "siaga"), (0, 1, "siaga"), (0, 85, "siaga")],
)
def test_damaged_or_wet(damaged: int, wet: int, level: str | None):
    """The default share is that of Banten in 2024; 85 ballots got wet in Lebak."""
    score = Score(HARMED)
    score.at("07:00").announces("k1", "08:00-10:00", BALLOTS)
    score.at("09:00").receives("k1", counted(BALLOTS, damaged=damaged, wet=wet))
    if level:
        score.want(at("09:00"), warning("WAR-20", level))
    score.ends("12:00")


# -- seals -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ballots", "level"), [(True, "awas"), (False, "siaga")])
@pytest.mark.parametrize("result", ["broken", "missing"])
def test_a_broken_seal(result: str, ballots: bool, level: str):
    score = Score(BROKEN)
    score.at("07:00").seals("S1")
    if ballots:
        score.at("07:10").has_stock()
    score.at("09:00").checks_seal("S1", result)
    score.want(at("09:00"), warning("WAR-22", level))
    score.at("10:00").seals("S2", replaces="S1")
    score.ends("12:00")
    assert score.cleared("WAR-22") == ["replaced"]


def test_a_seal_found_whole():
    score = Score(BROKEN, SWAPPED, USED_TWICE)
    score.at("07:00").seals("S1")
    score.at("09:00").checks_seal("S1")
    score.ends("12:00")


def test_a_slip_of_the_eye_is_put_right():
    score = Score(BROKEN)
    score.at("07:00").seals("S1")
    score.at("09:00").checks_seal("S1", "broken")
    score.want(at("09:00"), warning("WAR-22"))
    score.at("09:10").checks_seal("S1")
    score.ends("12:00")
    assert score.cleared("WAR-22") == ["checked"]


def test_another_number_on_the_door():
    score = Score(SWAPPED)
    score.at("07:00").seals("S1")
    score.at("09:00").checks_seal("S1", "different", found_number="X9")
    score.want(at("09:00"), warning("WAR-23", "awas"))
    score.ends("12:00")


def test_a_seal_that_turns_up_elsewhere():
    score = Score(SWAPPED, places=(PLACE, OTHER))
    score.at("07:00").seals("S1")
    score.at("09:00", place=OTHER).checks_seal("S1")
    score.want(at("09:00"), warning("WAR-23", "awas"))
    score.ends("12:00")


def test_seals_that_werent_announced():
    score = Score(SWAPPED)
    score.at("07:00").announces("k1", "08:00-10:00", BALLOTS, seals=("C1", "C2"))
    score.at("09:00").receives("k1", seals=(_seen("C1"), _seen("C9")))
    score.want(at("09:00"), warning("WAR-23", "siaga"))
    score.ends("12:00")


def test_seals_as_announced():
    score = Score(SWAPPED)
    score.at("07:00").announces("k1", "08:00-10:00", BALLOTS, seals=("C1", "C2"))
    score.at("09:00").receives("k1", seals=(_seen("C1"), _seen("C2")))
    score.ends("12:00")


def test_a_number_used_twice():
    score = Score(USED_TWICE)
    score.at("07:00").seals("S1", object_name="Pintu 1")
    score.at("08:00").unseals("S1")
    score.at("09:00").seals("S1", object_name="Pintu 2")
    score.want(at("09:00"), warning("WAR-24", "siaga"))
    score.ends("12:00")


def test_a_door_seal_that_nobody_looks_at():
    score = Score(UNCHECKED)
    score.at("07:00").seals("S1").seals("B1", sealed_object="box")
    score.at("12:00").checks_seal("S1")
    score.want(at("+1 14:00"), warning("WAR-25", "waspada", "36.02/S1"))
    score.at("+1 15:00").checks_seal("S1")
    score.ends("+1 20:00")
    assert score.cleared("WAR-25") == ["checked"]


@pytest.mark.parametrize("act", ["checked every day", "removed", "replaced", "moved away"])
def test_a_door_seal_that_somebody_sees_to(act: str):
    score = Score(UNCHECKED, places=(PLACE, OTHER))
    score.at("07:00").seals("S1")
    if act == "removed":
        score.at("08:00").unseals("S1")
    elif act == "replaced":
        score.at("08:00").seals("S2", replaces="S1", sealed_object="other")
    elif act == "moved away":
        score.at("08:00", place=OTHER).checks_seal("S1", consignment_id=f"{PLACE}/k1")
    for day in range(3):
        if act == "checked every day":
            score.at(f"+{day} 19:00").checks_seal("S1")
    score.ends("+3 06:00")


@pytest.mark.parametrize(
    ("authority", "witnesses", "fires"), [("", (), True), ("ST/1", (), False), ("", ("kpu",), False)]
)
def test_a_seal_opened_on_nobodys_authority(authority: str, witnesses: tuple[str, ...], fires: bool):
    score = Score(NO_AUTHORITY)
    score.at("06:00").has_stock()
    score.at("07:00").seals("S1")
    score.at("09:00").unseals("S1", authority=authority, witnesses=witnesses)
    if fires:
        score.want(at("09:00"), warning("WAR-26", "awas"))
    score.ends("12:00")


def _seen(number: str) -> SealSeen:
    return SealSeen(seal=seal_key(PLACE, number), number=number)
