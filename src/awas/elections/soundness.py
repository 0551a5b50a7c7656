"""Whether an election or almanac file makes sense: what its shape alone can't say.

Pure. It finds every problem at once and raises nothing; `load` refuses a file that has any. It never mends a value.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import fields

from awas.elections.schema import DOUBTFUL, Almanac, Cited, Election, Stage, label

TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)
WORD = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def election_problems(election: Election) -> list[str]:
    """What is wrong with `election`, each as "key: what is wrong"; empty when all is well."""
    return [
        *_citations(election, ""),
        *_repeated("ballots", (ballot.id for ballot in election.ballots)),
        *_repeated("equipment", (thing.id for thing in election.equipment)),
        *_repeated("kit_contents", (item for group in election.kit_contents for item in group.items)),
        *_repeated("calendar", (stage.id for stage in election.calendar)),
        *_repeated("clocks", (clock.id for clock in election.clocks)),
        *_repeated("limits", (f"{limit.rule}.{limit.name}" for limit in election.limits)),
        *_repeated("totals", (total.id for total in election.totals)),
        *_voting(election),
        *_ballots(election),
        *_numbers(election),
        *_calendar(election),
        *_clocks(election),
        *_criteria(election),
        *_electorate(election),
    ]


def almanac_problems(almanac: Almanac) -> list[str]:
    """What is wrong with `almanac`, each as "key: what is wrong"; empty when all is well."""
    problems = list(_citations(almanac, ""))
    days: list[str] = []
    for number, holidays in enumerate(almanac.holidays):
        for position, holiday in enumerate(holidays.rows):
            days.append(holiday.on)
            problems += _date(f"holidays[{number}].rows[{position}].on", holiday.on)
    problems += _repeated("holidays", days)
    provinces: list[str] = []
    for zone in almanac.zones.rows:
        provinces += zone.provinces
        problems += _codes(f"zones[{zone.name}].provinces", zone.provinces)
    problems += _repeated("zones", provinces)
    return problems


def _citations(part: object, key: str) -> Iterator[str]:
    """A source must be named, and what is doubtful must say so and say why."""
    if isinstance(part, tuple):
        for position, inner in enumerate(part):
            yield from _citations(inner, f"{key}[{label(inner, position)}]")
    if not isinstance(part, Struct):
        return
    if isinstance(part, Cited):
        yield from _citation(part, key)
    for field in fields(part):
        yield from _citations(getattr(part, field.name), f"{key}.{field.name}".lstrip("."))


def _citation(cited: Cited, key: str) -> Iterator[str]:
    readings = getattr(cited, "readings", ())
    if not cited.source.strip():
        yield f"{key}.source: is empty; every value names where it was read"
    if cited.certainty in DOUBTFUL and not cited.uncertain:
        yield f"{key}.uncertain: must be true, since the certainty is {cited.certainty}"
    if cited.certainty == "X" and len(readings) < 2 and not cited.note:
        yield f"{key}.readings: sources disagree (X); list what each of them says, or say it in `note`"
    if cited.uncertain and not cited.note and not readings:
        yield f"{key}.note: an uncertain value says what is doubtful, in `note` or `readings`"


def _repeated(key: str, ids: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"{key}: {name} stands there {times} times"


def _date(key: str, text: str) -> Iterator[str]:
    try:
        sound = date.fromisoformat(text).isoformat() == text
    except ValueError:
        sound = False
    if not sound:
        yield f'{key}: "{text}" is not a date such as 2024-02-14'


def _time(key: str, text: str) -> Iterator[str]:
    if not TIME_OF_DAY.fullmatch(text):
        yield f'{key}: "{text}" is not a time of day such as 23:59'


def _codes(key: str, codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        if not REGION.fullmatch(code):
            yield f'{key}: "{code}" is not a region code such as 36.02'


def _voting(election: Election) -> Iterator[str]:
    voting = election.voting
    yield from _date("voting.on", voting.on)
    yield from _time("voting.hours.opens", voting.hours.opens)
    yield from _time("voting.hours.closes", voting.hours.closes)
    if voting.hours.opens >= voting.hours.closes:
        yield "voting.hours.closes: stations must close after they open"
    if not any(stage.start_on <= voting.on <= stage.end_on for stage in election.calendar if stage.track == "phase"):
        yield "calendar: no stage of the track `phase` holds the voting day"


def _ballots(election: Election) -> Iterator[str]:
    known = {ballot.id for ballot in election.ballots}
    for position, row in enumerate(election.entitlements):
        yield from _codes(f"entitlements[{position}].provinces", row.provinces)
        for unknown in sorted(set(row.ballots) - known):
            yield f'entitlements[{position}].ballots: "{unknown}" is no ballot of this election'
    areas = [row.ballot for row in election.constituencies]
    yield from _repeated("constituencies", areas)
    for unknown in sorted(set(areas) - known):
        yield f'constituencies: "{unknown}" is no ballot of this election'
    for missing in sorted(known - set(areas)):
        yield f'constituencies: ballot "{missing}" has no row'
    for unused in sorted(known - {ballot for row in election.entitlements for ballot in row.ballots}):
        yield f'entitlements: nobody gets ballot "{unused}"'


def _numbers(election: Election) -> Iterator[str]:
    if not 0 <= election.reserve.per_mille.value <= 1000:
        yield "reserve.per_mille: must lie between 0 and 1000"
    size = election.station
    if not 0 < size.voters_max.value <= size.voters_max_by_law.value:
        yield "station.voters_max: must be above 0 and not above station.voters_max_by_law"
    if election.revote_stock.value < 0:
        yield "revote_stock: must not be negative"
    for thing in election.equipment:
        if thing.per_station.value <= 0:
            yield f"equipment[{thing.id}].per_station: must be above 0"
        yield from _codes(f"equipment[{thing.id}].exceptions", (row.province for row in thing.exceptions))


def _calendar(election: Election) -> Iterator[str]:
    broken = False
    for stage in election.calendar:
        key = f"calendar[{stage.id}]"
        wrong = [*_date(f"{key}.start_on", stage.start_on), *_date(f"{key}.end_on", stage.end_on)]
        if not wrong and stage.start_on > stage.end_on:
            wrong.append(f"{key}.end_on: {stage.end_on} is before the start, {stage.start_on}")
        if stage.place:
            wrong += _codes(f"{key}.place", [stage.place])
        broken = broken or bool(wrong)
        yield from wrong
    if broken or list(_date("", election.voting.on)):
        return  # what follows counts days
    for stage in election.calendar:
        yield from _offsets(stage, date.fromisoformat(election.voting.on))
    phases = sorted((stage for stage in election.calendar if stage.track == "phase"), key=lambda s: s.start_on)
    for earlier, later in pairwise(phases):
        if later.start_on <= earlier.end_on:
            yield f"calendar[{later.id}].start_on: overlaps the phase before it, {earlier.id}"


def _offsets(stage: Stage, voting_on: date) -> Iterator[str]:
    for name, on, offset in (
        ("start_day", stage.start_on, stage.start_day),
        ("end_day", stage.end_on, stage.end_day),
    ):
        if offset is not None and (expected := voting_on + timedelta(days=offset)).isoformat() != on:
            yield f"calendar[{stage.id}].{name}: {offset} days from voting is {expected}, not {on}"


def _clocks(election: Election) -> Iterator[str]:
    for clock in election.clocks:
        key = f"clocks[{clock.id}]"
        if clock.amount <= 0:
            yield f"{key}.amount: must be above 0"
        if not clock.article.strip():
            yield f"{key}.article: is empty; a clock names the article it stands in"
        if not WORD.fullmatch(clock.starts_at):
            yield f'{key}.starts_at: "{clock.starts_at}" is not a name such as violation_known'
        if clock.cut_off:
            yield from _time(f"{key}.cut_off", clock.cut_off)
    if election.office_hours:
        for position, row in enumerate(election.office_hours.rows):
            yield from _time(f"office_hours.rows[{position}].opens", row.opens)
            yield from _time(f"office_hours.rows[{position}].closes", row.closes)
            if not set(row.weekdays) <= set(range(1, 8)):
                yield f"office_hours.rows[{position}].weekdays: are counted 1 (Monday) to 7 (Sunday)"


def _criteria(election: Election) -> Iterator[str]:
    for key, criteria in (("damaged", election.damaged), ("usable", election.usable)):
        if criteria and [row.number for row in criteria.rows] != list(range(1, len(criteria.rows) + 1)):
            yield f"{key}.rows: must be numbered 1, 2, 3 and so on"


def _electorate(election: Election) -> Iterator[str]:
    for position, table in enumerate(election.electorate):
        key = f"electorate[{position}]"
        yield from _codes(f"{key}.rows", (row.region for row in (table.whole, *table.rows)))
        yield from _repeated(f"{key}.rows", (row.region for row in table.rows))
        for column in ("voters", "stations"):
            figures = [getattr(row, column) for row in table.rows]
            whole = getattr(table.whole, column)
            if whole is not None and figures and None not in figures and sum(figures) != whole:
                yield f"{key}.whole.{column}: is {whole}, but the rows add up to {sum(figures)}"
