"""Why a plan falls short, who can come, what lies ahead, who came, a calendar: the pure rest of the planner."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from awas.ledger.area import DAY, HOUR, MINUTE
from awas.roster.planning.ahead import Slot, findings
from awas.roster.planning.explain import shortfalls
from awas.roster.planning.icalendar import Appointment, calendar
from awas.roster.planning.month import FEMALE, NIGHT, Month, Officer, Wanted, problem_of
from awas.roster.planning.problem import Candidate, Placed, Plan, Problem, Weights, lacking_in, with_fair
from awas.roster.planning.quality import presence
from awas.roster.planning.relief import who_can_come
from awas.roster.planning.remedies import remedies
from awas.roster.planning.solve import solve
from tests.roster.planning.making import G1, G2, KINDS, nights, person

JANUARY = Month(year=2024, month=1, begins_at=1_704_042_000_000)
"""From Monday 1 January 2024, 00.00 WIB."""


def asked(people: tuple[Candidate, ...], days: int = 7, wanted: int = 1, women: int = 0) -> Problem:
    return Problem(days=days, kinds=KINDS, people=people, demands=nights(days, wanted, women), rest_minutes=660)


# -- why not -----------------------------------------------------------------------------------------------------------

WEEK_AWAY = tuple((day, "") for day in range(7))


@pytest.mark.parametrize(
    ("people", "wanted", "women", "cause"),
    [
        ((person("p1", sites=((G2, 0),)),), 1, 0, "nobody"),
        ((person("p1"),), 1, 1, "nobody"),
        ((person("p1", barred=WEEK_AWAY),), 1, 0, "all_away"),
        ((person("p1", most_night_run=3),), 1, 0, "too_few"),
        ((person("p1"), *(person(f"p{number}", barred=WEEK_AWAY[:2]) for number in (2, 3))), 2, 0, "away"),
    ],
)
def test_the_cause_of_a_shortfall_is_told(people, wanted, women, cause):
    problem = asked(people, wanted=wanted, women=women)
    plan = solve(problem, 5.0)
    found = [one for one in shortfalls(problem, plan) if bool(one.skill) == bool(women)]
    assert {one.cause for one in found} == {cause}


def test_rest_alone_can_leave_nobody():
    problem = asked((person("p1"), person("p2")), days=1, wanted=2)
    left = Plan(placed=(), lacking=lacking_in(problem, ()))
    assert [(one.cause, one.count) for one in shortfalls(problem, left)] == [("limits", 2)]


def test_one_more_woman_would_help_and_one_night_more_in_a_row_too():
    problem = asked((person("p1", skills=(FEMALE,), most_night_run=3), person("p2")), wanted=1, women=1)
    plan = solve(problem, 5.0)
    found = {one.change: one.left for one in remedies(problem, plan)}
    assert found["one_more"] == 0
    assert "nights" not in found or found["nights"] > 0


# -- who can come ------------------------------------------------------------------------------------------------------


def test_whoever_breaks_no_rule_comes_first_then_whoever_costs_least():
    people = (
        person("gone"),
        person("far", sites=((G2, 0), (G1, 9))),
        person("near"),
        person("tired", worked=((-1, NIGHT),), most_night_run=1),
        person("stranger", sites=((G2, 0),)),
    )
    problem = with_fair(replace(asked(people), weights=Weights(total=5)))
    gone = Placed(person="gone", day=0, kind=NIGHT, site=G1)
    found = who_can_come(problem, [gone], gone)
    assert [one.person for one in found] == ["near", "far", "tired", "stranger"]
    assert [one.broken for one in found[2:]] == [("most_night_run",), ("site_out_of_reach",)]


def test_what_the_shift_would_lose_is_told():
    people = (person("gone", skills=(FEMALE,)), person("man"), person("woman", skills=(FEMALE,)))
    problem = with_fair(asked(people, women=1))
    gone = Placed(person="gone", day=0, kind=NIGHT, site=G1)
    assert [(one.person, one.lost) for one in who_can_come(problem, [gone], gone)] == [
        ("woman", ()),
        ("man", (FEMALE,)),
    ]


# -- a month -----------------------------------------------------------------------------------------------------------


def test_a_leave_bars_every_shift_that_it_touches():
    noon = JANUARY.begins_at + 12 * HOUR
    officer = Officer(code="p1", sites=((G1, 3),), away=((noon, noon + DAY),), wishes_off=(2, 40))
    problem = problem_of(JANUARY, [officer], [Wanted(site=G1, kind=NIGHT, wanted=1)])
    (who,) = problem.people
    assert set(who.barred) == {(0, ""), (1, "pagi")}
    assert [wish.day for wish in who.wishes] == [1]
    assert len(problem.demands) == 31


def test_the_shifts_before_the_month_are_known():
    before = [JANUARY.begins_at - HOUR, JANUARY.begins_at - 20 * DAY]
    officer = Officer(code="p1", sites=((G1, 3),))
    problem = problem_of(JANUARY, [officer], [], worked={"p1": before})
    assert problem.people[0].worked == ((-1, NIGHT),)


# -- the days ahead ----------------------------------------------------------------------------------------------------


def slot(begins: int, *people: str, place: str = G1, **more: Any) -> Slot:
    return Slot(
        place=place, kind=NIGHT, from_at=begins * HOUR, until_at=(begins + 8) * HOUR, wanted=1, people=people, **more
    )


def test_gaps_thin_shifts_and_doubts():
    slots = [
        slot(0),
        slot(8, "a", lacks=((FEMALE, 1),)),
        slot(16, "away"),
        slot(24, "gone"),
        slot(32, "both"),
        slot(36, "both", place=G2),
        slot(48, "mute"),
        slot(56, "a"),
    ]
    found = findings(slots, {"away": [(17 * HOUR, 18 * HOUR)]}, ["gone"], ["mute"])
    assert [(one.slot.from_at // HOUR, one.state, [doubt for _, doubt in one.doubts]) for one in found] == [
        (0, "gap", []),
        (8, "thin", []),
        (16, "unreachable", ["absent"]),
        (24, "unreachable", ["closed"]),
        (32, "unreachable", ["two_posts"]),
        (36, "unreachable", ["two_posts"]),
        (48, "unreachable", ["untold"]),
    ]


# -- presence ----------------------------------------------------------------------------------------------------------


def stood(person_: str, shift: str, late: int = 0, *, token: bool = False, state: str = "ended") -> Any:
    return SimpleNamespace(
        person=person_, shift_id=shift, late_ms=late, by_token=token, distance_m=None, photo="", state=state
    )


def test_the_score_of_a_site():
    shifts = [
        SimpleNamespace(key=key, people=people, until_at=1) for key, people in (("s1", ["a", "b"]), ("s2", ["c"]))
    ]
    later = SimpleNamespace(key="s3", people=["a"], until_at=9)
    duties = [stood("a", "s1", token=True), stood("b", "s1", 20 * MINUTE), stood("c", "s2", state="void")]
    found = presence([*shifts, later], duties, {"s1": True}, now=5)
    assert (found.planned, found.stood, found.in_time, found.proven) == (3, 2, 1, 1)
    assert found.score == round(50 * 2 / 3 + 20 / 3 + 15 / 3 + 15 / 2)


def test_nothing_planned_has_no_score_and_all_there_has_a_hundred():
    assert presence([], [], {}, now=5).score is None
    shift = SimpleNamespace(key="s1", people=["a"], until_at=1)
    assert presence([shift], [stood("a", "s1", token=True)], {"s1": True}, now=5).score == 100


# -- a calendar --------------------------------------------------------------------------------------------------------


def unfolded(content: bytes) -> list[str]:
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in lines)
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_a_calendar_by_the_letter():
    one = Appointment(uid="k@awas", from_at=1_707_868_800_000, until_at=1_707_897_600_000, summary="Piket", revision=2)
    lines = unfolded(calendar("Piket", [one], 1_707_000_000_000))
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Awas//Roster//EN"]
    assert lines[-1] == "END:VCALENDAR"
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert event == [
        "BEGIN:VEVENT",
        "UID:k@awas",
        "DTSTAMP:20240203T224000Z",
        "DTSTART:20240214T000000Z",
        "DTEND:20240214T080000Z",
        "SEQUENCE:2",
        "SUMMARY:Piket",
    ]


@given(st.text(max_size=200))
def test_no_text_breaks_a_calendar(text):
    one = Appointment(uid="k", from_at=0, until_at=1000, summary=text, location=text)
    lines = unfolded(calendar(text, [one], 0))
    assert sum(line.startswith("BEGIN:") for line in lines) == 2
    (summary,) = (line for line in lines if line.startswith("SUMMARY:"))
    told = (
        summary.removeprefix("SUMMARY:")
        .replace("\\\\", "\0")
        .replace("\\n", "\n")
        .replace("\\;", ";")
        .replace("\\,", ",")
    )
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert told.replace("\0", "\\") == "".join(one for one in plain if one.isprintable() or one == "\n")
