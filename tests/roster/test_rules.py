"""Scenarios of the rules on the watch itself: what fires, and what must not."""

import pytest

from awas.roster.rules.ahead import FEW_PLANNED, RUNS_OUT
from awas.roster.rules.handover import DISPUTED, HANDOVER_LATE
from awas.roster.rules.manning import NOBODY, TOO_FEW, TOO_LONG, TWO_POSTS
from awas.roster.rules.planning import CLASH, GAP
from tests.score import PLACE, Score, at, warning

OTHER = "36.02-G2"

# -- manning -----------------------------------------------------------------------------------------------------------


def test_nobody_comes_for_the_shift():
    score = Score(TOO_FEW)
    score.at("06:00").plans("s1", "07:00-15:00")
    score.want(at("07:15"), warning("ROS-01", "awas"))
    score.at("08:00").on_duty("p1")
    score.ends("20:00")
    assert score.cleared("ROS-01") == ["on_duty"]


def test_one_comes_where_two_are_planned():
    score = Score(TOO_FEW)
    score.at("06:00").plans("s1", "07:00-15:00", "p1", "p2", minimum=2)
    score.at("06:55").on_duty("p1")
    score.want(at("07:15"), warning("ROS-01", "siaga"))
    score.at("09:00", actor="p2").on_duty("p2")
    score.ends("14:00")
    assert score.cleared("ROS-01") == ["on_duty"]


def test_one_of_two_goes_early():
    score = Score(TOO_FEW)
    score.at("06:00").plans("s1", "07:00-15:00", "p1", "p2", minimum=2)
    score.at("06:55").on_duty("p1")
    score.at("06:56", actor="p2").on_duty("p2")
    score.at("12:00", actor="p2").off_duty("p2", "unwell")
    score.want(at("12:15"), warning("ROS-01"))
    score.ends("14:00")


@pytest.mark.parametrize("what", ["all come", "relieved at once", "called off", "no shift planned"])
def test_manned_as_planned(what):
    score = Score(TOO_FEW)
    if what != "no shift planned":
        score.at("06:00").plans("s1", "07:00-15:00", "p1", "p2", minimum=2)
    if what == "called off":
        score.at("06:30").cancels_shift("s1")
    else:
        score.at("06:55").on_duty("p1")
        score.at("07:05", actor="p2").on_duty("p2")
    if what == "relieved at once":
        score.at("10:00", actor="p2").off_duty("p2")
        score.at("10:10", actor="p3").on_duty("p3")
    score.ends("14:00")


def test_the_post_is_left_empty():
    score = Score(NOBODY)
    score.at("06:00").plans("s1", "07:00-15:00").plans("s2", "15:00-23:00", "p2")
    score.at("07:00").on_duty("p1")
    score.at("15:00").off_duty("p1")
    score.want(at("15:10"), warning("ROS-02", "awas"))
    score.at("15:40", actor="p2").on_duty("p2")
    score.ends("22:00")
    assert score.cleared("ROS-02") == ["on_duty"]


@pytest.mark.parametrize("what", ["relieved", "a moment later", "nothing planned"])
def test_the_post_is_held(what):
    score = Score(NOBODY)
    score.at("06:00").plans("s1", "07:00-15:00")
    if what != "nothing planned":
        score.at("06:01").plans("s2", "15:00-23:00", "p2")
    score.at("07:00").on_duty("p1")
    if what == "relieved":
        score.at("14:55", actor="p2").on_duty("p2")
    score.at("15:00").off_duty("p1")
    if what == "a moment later":
        score.at("15:08", actor="p2").on_duty("p2")
    score.ends("22:00")


def test_one_fact_is_one_warning():
    """An empty post at the change of shifts is found once, not by both rules."""
    score = Score(NOBODY, TOO_FEW)
    score.at("06:00").plans("s1", "07:00-15:00").plans("s2", "15:00-23:00", "p2")
    score.at("07:00").on_duty("p1")
    score.at("15:00").off_duty("p1")
    score.want(at("15:10"), warning("ROS-02"))
    score.ends("22:00")


def test_on_duty_for_too_long():
    score = Score(TOO_LONG)
    score.at("06:00").on_duty("p1")
    score.want(at("20:00"), warning("ROS-07", "waspada"))
    score.at("21:00").off_duty("p1")
    score.ends("23:00")
    assert score.cleared("ROS-07") == ["shift_over"]


def test_on_duty_for_a_shift():
    score = Score(TOO_LONG)
    score.at("06:00").on_duty("p1")
    score.at("14:30").off_duty("p1")
    score.ends("+1 23:00")


def test_one_officer_at_two_posts():
    score = Score(TWO_POSTS, places=(PLACE, OTHER))
    score.at("06:00").on_duty("p1")
    score.at("07:00", place=OTHER).on_duty("p1")
    score.want(at("07:00"), warning("ROS-08", "waspada"))
    score.ends("10:00")


def test_one_post_after_the_other():
    score = Score(TWO_POSTS, places=(PLACE, OTHER))
    score.at("06:00").on_duty("p1")
    score.at("06:59").off_duty("p1")
    score.at("07:00", place=OTHER).on_duty("p1")
    score.ends("10:00")


# -- the hand-over -----------------------------------------------------------------------------------------------------


def two_shifts(score):
    score.at("06:00").plans("s1", "07:00-15:00").plans("s2", "15:00-23:00", "p2")
    score.at("07:00").on_duty("p1")


def test_a_hand_over_late():
    score = Score(HANDOVER_LATE)
    two_shifts(score)
    score.at("14:55", actor="p2").on_duty("p2")
    score.want(at("15:30"), warning("ROS-03", "siaga"))
    score.at("15:40").offers("h1", "p1")
    score.at("15:45", actor="p2", device="d2").accepts("h1", "p2")
    score.ends("22:00")
    assert score.cleared("ROS-03") == ["handed_over"]


def test_the_giver_simply_goes():
    score = Score(HANDOVER_LATE)
    two_shifts(score)
    score.at("14:55", actor="p2").on_duty("p2")
    score.at("15:00").off_duty("p1")
    score.want(at("15:30"), warning("ROS-03"))
    score.ends("22:00")


@pytest.mark.parametrize("signed", ["14:50", "15:02", "15:29"])
def test_a_hand_over_in_time(signed):
    score = Score(HANDOVER_LATE)
    two_shifts(score)
    score.at("14:45").offers("h1", "p1")
    score.at(signed, actor="p2", device="d2").accepts("h1", "p2")
    score.ends("22:00")


def test_nobody_is_planned_to_take_over():
    score = Score(HANDOVER_LATE)
    score.at("06:00").plans("s1", "07:00-15:00")
    score.at("07:00").on_duty("p1")
    score.ends("22:00")


def test_the_second_hand_over_of_the_day_is_watched_too():
    score = Score(HANDOVER_LATE)
    two_shifts(score)
    score.at("07:30").plans("s3", "23:00-07:00", "p3")
    score.at("14:45").offers("h1", "p1")
    score.at("15:00", actor="p2", device="d2").accepts("h1", "p2")
    score.want(at("23:30"), warning("ROS-03"))
    score.ends("+1 02:00")


def test_a_disputed_hand_over():
    score = Score(DISPUTED)
    two_shifts(score)
    score.at("14:55").offers("h1", "p1")
    score.at("15:00", actor="p2").disputes("h1", "seals", "people")
    score.want(at("15:00"), warning("ROS-04", "siaga"))
    score.at("15:10").offers("h2", "p1")
    score.at("15:15", actor="p2", device="d2").accepts("h2", "p2")
    score.ends("22:00")
    assert score.cleared("ROS-04") == ["handed_over"]


def test_an_agreed_hand_over():
    score = Score(DISPUTED)
    two_shifts(score)
    score.at("14:55").offers("h1", "p1")
    score.at("15:00", actor="p2", device="d2").accepts("h1", "p2")
    score.ends("22:00")


# -- the plan ----------------------------------------------------------------------------------------------------------


def test_somebody_booked_twice():
    score = Score(CLASH)
    score.at("06:00").plans("s1", "07:00-15:00", "p1").plans("s2", "14:00-22:00", "p1")
    score.want(at("06:00"), warning("ROS-05", "waspada"))
    score.at("06:30").reassigns("s2", "p2")
    score.ends("22:00")
    assert score.cleared("ROS-05") == ["corrected"]


def test_somebody_planned_can_not_come():
    score = Score(CLASH)
    score.at("06:00").plans("s1", "15:00-23:00", "p1")
    score.at("07:00").is_absent("p1", "12:00-20:00")
    score.want(at("07:00"), warning("ROS-05"))
    score.ends("08:00")


def test_a_sound_plan():
    score = Score(CLASH, GAP)
    score.at("06:00").plans("s1", "07:00-15:00", "p1").plans("s2", "15:00-23:00", "p2").plans("s3", "23:00-07:00", "p3")
    score.ends("22:00")


def test_empty_hours():
    score = Score(GAP)
    score.at("06:00").plans("s1", "07:00-15:00", "p1").plans("s2", "17:00-23:00", "p2")
    score.want(at("06:30"), warning("ROS-06", "waspada"))
    score.at("08:00").plans("s3", "15:00-17:00", "p3")
    score.ends("22:00")
    assert score.cleared("ROS-06") == ["corrected"]
    assert score.words() == ["Nobody is planned for 120 minutes"]


def test_a_plan_not_typed_in_order():
    score = Score(GAP)
    score.at("06:00").plans("s1", "07:00-15:00", "p1").plans("s3", "23:00-07:00", "p3")
    score.at("06:10").plans("s2", "15:00-23:00", "p2")
    score.ends("22:00")


def test_a_shift_called_off_leaves_a_gap():
    score = Score(GAP)
    score.at("06:00").plans("s1", "07:00-15:00", "p1").plans("s2", "15:00-23:00", "p2").plans("s3", "23:00-07:00", "p3")
    score.at("08:00").cancels_shift("s2")
    score.want(at("08:30"), warning("ROS-06"))
    score.ends("12:00")


# -- the plan ahead ----------------------------------------------------------------------------------------------------


def test_one_is_planned_where_two_are_wanted():
    score = Score(FEW_PLANNED)
    score.at("06:00").plans("s1", "15:00-23:00", "p1", minimum=2)
    score.want(at("06:00"), warning("ROS-09", "waspada"))
    score.at("07:00").reassigns("s1", "p1", "p2")
    score.ends("22:00")
    assert score.cleared("ROS-09") == ["corrected"]
    assert score.words() == ["1 officers are planned where 2 are wanted"]


def test_a_thin_shift_that_is_over_is_no_longer_a_matter():
    score = Score(FEW_PLANNED)
    score.at("06:00").plans("s1", "07:00-15:00", "p1", minimum=2)
    score.want(at("06:00"), warning("ROS-09"))
    score.ends("16:00")
    assert score.cleared("ROS-09") == ["shift_over"]


def test_as_many_are_planned_as_are_wanted():
    score = Score(FEW_PLANNED)
    score.at("06:00").plans("s1", "15:00-23:00", "p1", "p2", minimum=2)
    score.ends("22:00")


def test_a_roster_that_ends_tomorrow():
    score = Score(RUNS_OUT)
    score.at("06:00").plans("s1", "07:00-15:00", "p1").plans("s2", "39:00-47:00", "p2")
    score.want(at("23:00"), warning("ROS-10", "waspada"))
    score.at("23:30").plans("s3", "47:00-55:00", "p3")
    score.ends("23:50")
    assert score.cleared("ROS-10") == ["corrected"]


def test_a_roster_that_is_carried_on_in_time():
    score = Score(RUNS_OUT)
    score.at("06:00").plans("s1", "07:00-15:00", "p1").plans("s2", "39:00-47:00", "p2")
    score.at("22:00").plans("s3", "47:00-55:00", "p3")
    score.ends("23:50")


def test_a_few_hours_planned_are_no_roster():
    score = Score(RUNS_OUT)
    score.at("06:00").plans("s1", "07:00-15:00", "p1")
    score.ends("20:00")
