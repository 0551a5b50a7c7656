"""What a threshold would have done: one rule over a stretch of the record, as it is set now and as it would be.

Both times the same entries through the same engine. What people answered is left out: it has no part in what a rule
finds. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from awas.ledger.area import Area, Instant, Stamp
from awas.ledger.naming import district_of
from awas.warnings import events as happened
from awas.warnings.judge import Judge
from awas.warnings.own.state import OwnText
from awas.warnings.rule import Rule
from awas.warnings.state import Setting, Settings

Entry = tuple[int, Stamp, Any]
"""(index, stamp, event) of an entry that isn't the judge's own."""


class Preview(NamedTuple):
    """How often a rule spoke, and would have spoken; `gone` and `new` are (place, key, instant) of single ones."""

    before: int
    after: int
    gone: tuple[tuple[str, str, Instant], ...]
    new: tuple[tuple[str, str, Instant], ...]


def changed(
    settings: Mapping[str, Settings], place: str, rule: str, name: str, value: int | None
) -> dict[str, Settings]:
    """The settings with one threshold moved at a place (a district's code: in its whole log), or moved back."""
    before = settings.get(place) or Settings()
    kept = tuple(one for one in before.thresholds if (one.rule, one.name) != (rule, name))
    moved = () if value is None else (Setting(rule=rule, name=name, value=value),)
    return {**settings, place: replace(before, thresholds=(*kept, *moved))}


def spoken(
    rule: Rule,
    areas: Iterable[Area],
    entries: Iterable[Entry],
    settings: Mapping[str, Settings],
    since: Instant,
    until: Instant,
) -> list[tuple[str, str, Instant]]:
    """Every time the rule spoke between two instants, over entries from the beginning of the record."""
    judge = Judge([rule], areas)
    judge.settings.update({code: replace(one, own=()) for code, one in settings.items()})
    found = []
    for index, stamp, event in entries:
        found += _fired(judge.observe(stamp, event, index), since)
    return found + _fired(judge.advance(until), since)


def _fired(steps: Sequence[Any], since: Instant) -> list[tuple[str, str, Instant]]:
    return [
        (step.stamp.place, step.event.key, step.stamp.recorded_at)
        for step in steps
        if isinstance(step.event, happened.WarningFired) and step.stamp.recorded_at >= since
    ]


class Tried(NamedTuple):
    """What an office's rule would have done: (place, key, instant) of each warning, and how often one that stood was
    found again."""

    spoken: tuple[tuple[str, str, Instant], ...]
    again: int


def tried(
    own: OwnText, areas: Sequence[Area], entries: Iterable[Entry], place: str, between: tuple[Instant, Instant]
) -> Tried:
    """An office's rule alone, as if it had been put in force at a place at the first of two instants."""
    since, until = between
    judge = Judge((), areas)
    put = Stamp(place=place, actor="", device="", occurred_at=since, recorded_at=since)
    steps: list[Any] = []
    is_put = False
    for index, stamp, event in entries:
        if not is_put and stamp.recorded_at >= since:
            is_put = True
            judge.heed(put, happened.OwnRuleSet(rule=own.rule, text=own.text, version=own.version))
        steps += judge.observe(stamp, event, index)
    steps += judge.advance(until)
    again = sum(isinstance(step.event, happened.WarningEvidenceAdded) for step in steps)
    return Tried(spoken=tuple(_fired(steps, since)), again=again)


def preview(
    rule: Rule,
    areas: Sequence[Area],
    entries: Sequence[Entry],
    now_set: Mapping[str, Settings],
    then_set: Mapping[str, Settings],
    place: str,
    since: Instant,
    until: Instant,
) -> Preview:
    """One rule at a place, or with a district's code at all of its log, as set now and as it would be."""
    is_whole = place == district_of(place)
    runs = [
        [one for one in spoken(rule, areas, entries, settings, since, until) if is_whole or one[0] == place]
        for settings in (now_set, then_set)
    ]
    before, after = (set(run) for run in runs)
    return Preview(
        before=len(runs[0]),
        after=len(runs[1]),
        gone=tuple(sorted(before - after, key=lambda one: one[2])),
        new=tuple(sorted(after - before, key=lambda one: one[2])),
    )
