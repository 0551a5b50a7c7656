"""The planner: no hard rule is ever broken, what it pays is what it says, and what it can't meet it names."""

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from awas.roster.planning.checker import breaches
from awas.roster.planning.cost import cost_of
from awas.roster.planning.first import first_plan
from awas.roster.planning.month import AFTERNOON, FEMALE, MORNING, NIGHT
from awas.roster.planning.problem import Demand, Lacking, Placed, Problem, Weights, Wish, with_fair
from awas.roster.planning.solve import solve, tenable
from tests.roster.planning.making import G1, G2, KINDS, nights, person, problems


def asked(**given_: object) -> Problem:
    return Problem(**{"days": 7, "kinds": KINDS, "rest_minutes": 660, **given_})  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(problems())
def test_no_plan_breaks_a_hard_rule_and_every_plan_costs_what_it_says(problem: Problem) -> None:
    plan = solve(problem, 5.0)
    if not plan.possible:
        # Only a least run can make that, and only together with what an office fixed.
        assert problem.fixed
        return
    assert breaches(problem, plan.placed) == []
    assert plan.cost == cost_of(with_fair(problem), plan.placed)
    assert {*problem.fixed} <= {*plan.placed, *plan.rejected}


def test_what_cannot_be_met_is_left_open_and_named() -> None:
    plan = solve(asked(people=(person("p1", most_night_run=2),), demands=nights(3)), 5.0)
    assert len(plan.placed) == 2
    assert [one.count for one in plan.lacking] == [1]


def test_three_nights_without_a_woman_where_the_only_one_is_away() -> None:
    woman = person("p1", skills=(FEMALE,), barred=tuple((day, "") for day in (1, 2, 3)))
    men = tuple(person(f"p{number}") for number in (2, 3, 4))
    plan = solve(asked(days=5, people=(woman, *men), demands=nights(5, wanted=2, women=1)), 5.0)
    assert plan.lacking == tuple(Lacking(site=G1, day=day, kind=NIGHT, skill=FEMALE) for day in (1, 2, 3))
    assert len(plan.placed) == 10


def test_nobody_begins_in_the_morning_after_the_night_before_the_month() -> None:
    morning = (Demand(site=G1, day=0, kind=MORNING, wanted=1),)
    plan = solve(asked(days=1, people=(person("p1", worked=((-1, NIGHT),)),), demands=morning), 5.0)
    assert plan.placed == ()


def test_nights_are_shared_out_evenly() -> None:
    people = tuple(person(f"p{number}") for number in range(3))
    plan = solve(asked(days=6, people=people, demands=nights(6), weights=Weights(night=12)), 5.0)
    assert {sum(one.person == who.id for one in plan.placed) for who in people} == {2}


def test_a_wish_counts_less_than_a_post_that_nobody_would_hold() -> None:
    who = person("p1", wishes=(Wish(day=0),))
    assert len(solve(asked(days=1, people=(who,), demands=nights(1)), 5.0).placed) == 1


def test_a_new_plan_changes_no_more_than_it_must() -> None:
    people = tuple(person(f"p{number}", most_night_run=1) for number in range(4))
    problem = asked(days=6, people=people, demands=nights(6), weights=Weights(night=12, change=15))
    before = solve(problem, 5.0).placed
    sick = before[0].person
    away = [(one.day, "") for one in before if one.person == sick]
    again = replace(
        problem,
        present=before,
        people=tuple(replace(one, barred=tuple(away)) if one.id == sick else one for one in people),
    )
    after = solve(again, 5.0)
    assert after.lacking == ()
    assert {*before} - {*after.placed} == {one for one in before if one.person == sick}


def test_what_an_office_fixes_stays_and_what_contradicts_a_rule_is_handed_back() -> None:
    people = (person("p1"), person("p2", barred=((0, ""),)))
    good = Placed(person="p1", day=0, kind=NIGHT, site=G1)
    away = Placed(person="p2", day=0, kind=NIGHT, site=G1)
    unknown = Placed(person="p1", day=1, kind=AFTERNOON, site=G2)
    plan = solve(asked(days=2, people=people, demands=nights(2), fixed=(good, away, unknown)), 5.0)
    assert good in plan.placed
    assert plan.rejected == (away, unknown)


def test_least_limits_that_cannot_hold_leave_no_plan() -> None:
    plan = solve(asked(days=1, people=(person("p1", least_minutes=960),), demands=nights(1)), 5.0)
    assert (plan.possible, plan.placed) == (False, ())


def test_a_large_problem_goes_part_by_part_and_breaks_no_rule() -> None:
    people = [person(f"a{number}", most_in_week=6) for number in range(20)]
    people += [person(f"b{number}", sites=((G2, 0), (G1, 2)), most_in_week=6) for number in range(20)]
    people += [person("r1", sites=((G2, 0), (G1, 2), ("36.02-G3", 5)))]
    demands = tuple(
        Demand(site=site, day=day, kind=kind.id, wanted=3) for site in (G1, G2) for day in range(7) for kind in KINDS
    )
    problem = asked(people=tuple(people), demands=demands, weights=Weights(total=20))
    plan = solve(problem, 6.0)
    assert breaches(problem, plan.placed) == []
    assert plan.lacking == ()
    assert plan.cost == cost_of(with_fair(problem), plan.placed)


def test_a_large_plan_is_made_anew_from_the_one_of_now() -> None:
    people = tuple(person(f"a{number}", most_in_week=6, most_night_run=3) for number in range(45))
    demands = tuple(Demand(site=G1, day=day, kind=kind.id, wanted=10) for day in range(7) for kind in KINDS)
    problem = asked(people=people, demands=demands, weights=Weights(total=20, change=15))
    before = solve(problem, 4.0)
    again = solve(replace(problem, present=before.placed), 4.0)
    assert again.lacking == before.lacking == ()
    assert len({*before.placed} - {*again.placed}) <= 10


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_first_plan_breaks_none_of_the_most_limits(problem: Problem) -> None:
    fair = with_fair(problem)
    fixed, _rejected = tenable(fair)
    placed = first_plan(replace(fair, fixed=fixed))
    assert breaches(fair, placed, partial=True) == []
    assert {*fixed} <= {*placed}


@pytest.mark.parametrize(
    ("limits", "placed", "rule"),
    [
        ({}, [(0, MORNING), (0, NIGHT)], "twice_a_day"),
        ({}, [(0, NIGHT), (1, MORNING)], "rest"),
        ({"worked": ((-1, NIGHT),)}, [(0, AFTERNOON)], "rest"),
        ({"barred": ((0, NIGHT),)}, [(0, NIGHT)], "barred"),
        ({"barred": ((0, ""),)}, [(0, NIGHT)], "barred"),
        ({"sites": ((G2, 0),)}, [(0, NIGHT)], "site_out_of_reach"),
        ({"most_in_week": 1}, [(0, NIGHT), (6, NIGHT)], "most_in_week"),
        ({"most_in_week": 1, "worked": ((-1, MORNING),)}, [(0, NIGHT)], "most_in_week"),
        ({"most_minutes_in_week": 480}, [(0, NIGHT), (2, NIGHT)], "most_minutes_in_week"),
        ({"most_run": 1}, [(0, NIGHT), (1, NIGHT)], "most_run"),
        ({"most_run": 1, "worked": ((-1, MORNING),)}, [(0, NIGHT)], "most_run"),
        ({"most_night_run": 1}, [(0, NIGHT), (1, NIGHT)], "most_night_run"),
        ({"most_weekends": 0}, [(5, NIGHT)], "most_weekends"),
        ({"most_of_kind": ((NIGHT, 0),)}, [(0, NIGHT)], "most_of_kind"),
        ({"most_minutes": 400}, [(0, NIGHT)], "most_minutes"),
        ({"least_minutes": 500}, [(0, NIGHT)], "least_minutes"),
        ({"least_run": 2}, [(1, NIGHT)], "least_run"),
        ({"least_off_run": 2}, [(0, NIGHT), (2, NIGHT)], "least_off_run"),
    ],
)
def test_the_check_finds_each_broken_rule(limits: dict[str, object], placed: list[tuple[int, str]], rule: str) -> None:
    problem = asked(people=(person("p1", **limits),), demands=nights(7))
    some = [Placed(person="p1", day=day, kind=kind, site=G1) for day, kind in placed]
    assert rule in {one.rule for one in breaches(problem, some)}


def test_the_check_counts_a_crowd() -> None:
    problem = asked(people=(person("p1"), person("p2")), demands=(replace(nights(1)[0], most=1),))
    some = [Placed(person=name, day=0, kind=NIGHT, site=G1) for name in ("p1", "p2")]
    assert [one.rule for one in breaches(problem, some)] == ["most_in_shift"]
