"""What the record itself adds to counts of kits: what each station needs, and the constituency it lies in.

The voter list, the election's file and the table of constituencies know it; a form, a sheet or a document at most
repeats it. Asked once for a whole group, in the transaction that records it. Must refuse nothing.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from awas.elections.services import current_election
from awas.ledger.fact import Submission
from awas.logistics.commands import Tally
from awas.logistics.lines import Line, StationNeed, TallyLine
from awas.logistics.services import kit_items_of, needs_of
from awas.places.constituencies import constituencies_of

Needs = Mapping[str, Mapping[str, int]]
Constituencies = Mapping[tuple[str, str], str]


def informed(submissions: Sequence[Submission]) -> Sequence[Submission]:
    """The same commands in the same order, their stations' lines completed."""
    stations = {line.station for one in submissions for line in _lines(one) if line.station}
    if not stations:
        return submissions
    needs = needs_of(stations)
    kinds = [one.id for one in current_election().ballots]
    constituencies = constituencies_of(stations, kinds)
    return [_with(one, needs, constituencies) for one in submissions]


def _lines(submission: Submission) -> Iterable[TallyLine]:
    return submission.command.lines if isinstance(submission.command, Tally) else ()


def _with(submission: Submission, needs: Needs, constituencies: Constituencies) -> Submission:
    stations = [line.station for line in _lines(submission) if line.station]
    if not stations:
        return submission
    # All of one warehouse's district, where the same rule holds for each.
    kit = kit_items_of(stations[0])
    counted = {one.item: one.units for one in kit if one.counted}
    lines = tuple(_completed(line, needs, counted, constituencies) for line in _lines(submission))
    command = replace(
        submission.command,
        lines=lines,
        station_needs=_unnamed(lines, needs),
        kit_needs=tuple(Line(item=one.item, units=one.units) for one in kit),  # type: ignore[arg-type]
    )
    return replace(submission, command=command)


def _unnamed(lines: Iterable[TallyLine], needs: Needs) -> tuple[StationNeed, ...]:
    """What stations need of the kinds that the count is silent about: a kit with one kind of five isn't complete."""
    named: dict[str, set[str]] = {}
    for line in lines:
        named.setdefault(line.station, set()).add(line.ballot)
    unnamed = {
        station: {kind: units for kind, units in needs.get(station, {}).items() if kind not in kinds}
        for station, kinds in named.items()
    }
    return tuple(
        StationNeed(station=station, ballots=tuple(left), units=tuple(left.values()))
        for station, left in unnamed.items()
        if left
    )


def _completed(line: TallyLine, needs: Needs, kit: Mapping[str, int], constituencies: Constituencies) -> TallyLine:
    if not line.station:
        return line
    if line.item != "ballot":
        return replace(line, need=kit.get(line.item, line.need))
    known = needs.get(line.station, {}).get(line.ballot, line.need)
    lies_in = constituencies.get((line.station, line.ballot), line.expected_dapil)
    return replace(line, need=known, expected_dapil=lies_in)
