"""Reads the public instances of schedulingbenchmarks.org into a planner's problem. Pure.

Their format is that of Curtois & Qu, "Computational results on new staff scheduling benchmark instances" (2014).
"""

from collections.abc import Iterator, Mapping

from awas.roster.planning.problem import Candidate, Demand, Problem, ShiftKind, Wish

WARD = "ward"
"""The one place of an instance."""


def read(text: str) -> Problem:
    """The problem of an instance's text. Raises ValueError or KeyError for another format."""
    sections: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("SECTION_"):
            rows = sections[line.removeprefix("SECTION_")] = []
        elif line and not line.startswith("#"):
            rows.append([cell.strip() for cell in line.split(",")])
    off: dict[str, tuple[tuple[int, str], ...]] = {
        person: tuple((int(day), "") for day in days) for person, *days in sections["DAYS_OFF"]
    }
    wishes: dict[str, list[Wish]] = {}
    for person, wish in _requests(sections):
        wishes.setdefault(person, []).append(wish)
    return Problem(
        days=int(sections["HORIZON"][0][0]),
        kinds=tuple(
            ShiftKind(id=kind, starts=0, minutes=int(minutes), not_followed_by=tuple(filter(None, after.split("|"))))
            for kind, minutes, after in sections["SHIFTS"]
        ),
        people=tuple(_person(row, off.get(row[0], ()), tuple(wishes.get(row[0], ()))) for row in sections["STAFF"]),
        demands=tuple(
            Demand(site=WARD, day=int(day), kind=kind, wanted=int(wanted), under=int(under), over=int(over))
            for day, kind, wanted, under, over in sections["COVER"]
        ),
    )


def _person(row: list[str], off: tuple[tuple[int, str], ...], wishes: tuple[Wish, ...]) -> Candidate:
    name, most, most_minutes, least_minutes, most_run, least_run, least_off, weekends = row
    by_kind = (pair.split("=") for pair in most.split("|"))
    return Candidate(
        id=name,
        sites=((WARD, 0),),
        barred=off,
        wishes=wishes,
        most_of_kind=tuple((kind, int(count)) for kind, count in by_kind),
        most_minutes=int(most_minutes),
        least_minutes=int(least_minutes),
        most_run=int(most_run),
        least_run=int(least_run),
        least_off_run=int(least_off),
        most_weekends=int(weekends),
    )


def _requests(sections: Mapping[str, list[list[str]]]) -> Iterator[tuple[str, Wish]]:
    for section, on in (("SHIFT_ON_REQUESTS", True), ("SHIFT_OFF_REQUESTS", False)):
        for person, day, kind, weight in sections[section]:
            yield person, Wish(day=int(day), kind=kind, on=on, weight=int(weight))
