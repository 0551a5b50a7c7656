"""Small problems for the planner's tests."""

from typing import Any

from hypothesis import strategies as st

from awas.roster.planning.month import FEMALE, NIGHT, PATTERNS
from awas.roster.planning.problem import Candidate, Demand, Placed, Problem, Quality, Weights, Wish

KINDS = PATTERNS["3x8"]
G1, G2 = "36.02-G1", "36.02-G2"


def person(name: str, **given: Any) -> Candidate:
    """Somebody of G1, without limits but those given."""
    return Candidate(id=name, **{"sites": ((G1, 0),), **given})


def nights(days: int, wanted: int = 1, women: int = 0) -> tuple[Demand, ...]:
    """So many people every night at G1."""
    qualities = (Quality(skill=FEMALE, wanted=women),) if women else ()
    return tuple(Demand(site=G1, day=day, kind=NIGHT, wanted=wanted, qualities=qualities) for day in range(days))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Problems of a few days and people, often impossible to meet, never impossible to plan."""
    days = draw(st.integers(1, 6))
    cells = st.tuples(st.integers(0, days - 1), st.sampled_from(["", *(kind.id for kind in KINDS)]))
    limit = st.none() | st.integers(1, 4)
    people = tuple(
        Candidate(
            id=f"p{number}",
            sites=draw(st.sampled_from((((G1, 0),), ((G2, 0), (G1, 3)), ((G1, 0), (G2, 2))))),
            skills=draw(st.sampled_from(((), (FEMALE,)))),
            barred=tuple(draw(st.lists(cells, max_size=3))),
            worked=tuple(
                draw(
                    st.lists(
                        st.tuples(st.integers(-4, -1), st.sampled_from([kind.id for kind in KINDS])),
                        max_size=4,
                        unique_by=lambda cell: cell[0],
                    )
                )
            ),
            wishes=tuple(
                Wish(day=day, kind=kind, on=on)
                for (day, kind), on in draw(st.lists(st.tuples(cells, st.booleans()), max_size=3))
            ),
            most_in_week=draw(limit),
            most_run=draw(limit),
            most_night_run=draw(limit),
            most_weekends=draw(st.none() | st.integers(0, 1)),
            most_minutes_in_week=draw(st.none() | st.sampled_from((480, 1440))),
            least_run=draw(st.integers(1, 2)),
            least_off_run=draw(st.integers(1, 2)),
        )
        for number in range(draw(st.integers(1, 5)))
    )
    demands = tuple(
        Demand(
            site=site,
            day=day,
            kind=kind.id,
            wanted=draw(st.integers(0, 2)),
            over=draw(st.sampled_from((0, 7))),
            most=draw(st.sampled_from((None, 2))),
            qualities=draw(st.sampled_from(((), (Quality(skill=FEMALE, wanted=1),)))),
        )
        for site in (G1, G2)
        for day in range(days)
        for kind in KINDS
    )
    places = st.builds(
        Placed,
        person=st.sampled_from([one.id for one in people]),
        day=st.integers(0, days - 1),
        kind=st.sampled_from([kind.id for kind in KINDS]),
        site=st.sampled_from((G1, G2)),
    )
    return Problem(
        days=days,
        first_weekday=draw(st.integers(0, 6)),
        kinds=KINDS,
        people=people,
        demands=demands,
        rest_minutes=660,
        fixed=tuple(draw(st.lists(places, max_size=4))),
        present=tuple(draw(st.lists(places, max_size=4, unique=True))),
        weights=Weights(total=20, night=12, weekend=8, change=15),
    )
