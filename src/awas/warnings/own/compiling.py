"""An own rule made into the same `Rule` as those written in Python: once, as closures over the fields it asks.

Like every rule it keeps nothing between calls. What it waits for is an armed deadline; what it has counted lies in the
facts of one, as pairs of ("at", instant) and ("entry", index), the latest `at_least` - 1 at most. So the judge stores
it, loads it and replays it like anything else, and it is forgotten with its deadline. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from msgspec import Struct

from awas.ledger.area import DAY, MINUTE, Instant, Stamp
from awas.ledger.message import moment
from awas.warnings.hours import offset_of
from awas.warnings.own.testing import Holds, KeyOf, holds_of, key_of
from awas.warnings.own.vocabulary import Field, Kind, Vocabulary
from awas.warnings.own.written import Absent, Counted, Met, Written
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Disarm,
    DueHandler,
    Fact,
    Found,
    Handler,
    Incident,
    Limits,
    Outcome,
    Outcomes,
    Rule,
    Threshold,
    Watch,
    Words,
)

FactsOf = Callable[[Stamp, Any], tuple[Fact, ...]]
SOURCE = "aturan kantor"
HOLD, KEEP = "for", "keep_firing_for"
YES_NO = {"1": Words("ya", "yes"), "0": Words("tidak", "no")}
INCIDENT = Incident(
    what=Words("Ditulis oleh kantor sendiri, tanpa kejadian rujukan", "Written by an office, from no known incident"),
    where="-",
    on="-",
    source="",
)


def compiled(written: Written, vocabulary: Vocabulary, version: int = 1) -> Rule:
    """The rule. `written` must have come out of the linter with this vocabulary."""
    kinds = [vocabulary.kinds[name] for name in written.when]
    on = _Handlers()
    for met in written.ends:
        for name in met.kinds:
            kind = vocabulary.kinds[name]
            ending = _ending(met, kind, written)
            on.add(kind.event, _unless_begun(ending, met, kind, written) if name in written.when else ending)
    if written.absent is not None:
        for name in written.absent.expect.kinds:
            kind = vocabulary.kinds[name]
            on.add(kind.event, _ending(written.absent.expect, kind, written))
    for kind in kinds:
        on.add(kind.event, _beginning(written, kind))
    fields = {name: kinds[0].fields[name] for name in written.says if name in kinds[0].fields}
    return Rule(
        id=written.id,
        title=written.title,
        question=written.question,
        message=written.message,
        basis=written.basis,
        level=written.level,
        runbook=written.runbook,
        incident=INCIDENT,
        thresholds=tuple(
            _fixed(name, value) for name, value in ((HOLD, written.holds), (KEEP, written.keeps)) if value
        ),
        names={name: YES_NO for name in fields if all(kind.fields[name].holds == "yes_no" for kind in kinds)},
        places=tuple(name for name in fields if name.endswith("_place") or name in ("inside_at", "station")),
        on=on.made(),
        due=_due(written),
        holds_for=HOLD if written.holds else "",
        keeps_firing_for=KEEP if written.keeps else "",
        version=version,
    )


def _fixed(name: str, value: int) -> Threshold:
    """A time that only the rule's own text changes."""
    label = Words("berlangsung paling sedikit", "it must hold for") if name == HOLD else KEEP_LABEL
    return Threshold(
        name=name, unit="minutes", default=value, least=value, most=value, label=label, source=SOURCE, uncertain=False
    )


KEEP_LABEL = Words("tetap menyala sesudah keadaan hilang", "it fires on after the condition has gone")


class _Handlers:
    """What a rule does with each type of event; endings come before beginnings, so that a rule can wait for the next
    entry of the kind it began with."""

    def __init__(self) -> None:
        self._steps: dict[type[Struct], list[Handler]] = {}

    def add(self, event: type[Struct], step: Handler) -> None:
        self._steps.setdefault(event, []).append(step)

    def made(self) -> Mapping[type[Struct], Handler]:
        return {
            event: steps[0] if len(steps) == 1 else _one_by_one(tuple(steps)) for event, steps in self._steps.items()
        }


def _one_by_one(steps: tuple[Handler, ...]) -> Handler:
    def handle(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
        found: list[Outcome] = []
        for step in steps:
            found += step(watch, stamp, event, limits)
        return tuple(found)

    return handle


def _ending(met: Met, kind: Kind, written: Written) -> Handler:
    holds, key_from = holds_of(met.conditions, kind.fields), key_of(met.key)
    why, has_deadline = met.why, written.absent is not None or written.count is not None

    def handle(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
        if holds is not None and not holds(stamp, event):
            return ()
        key = key_from(event)
        cleared = Cleared(key=key, why=why)
        return (Disarm(key=key), cleared) if has_deadline else (cleared,)

    return handle


def _unless_begun(ending: Handler, met: Met, kind: Kind, written: Written) -> Handler:
    """An entry that a rule begins with ends nothing under the same key."""
    begins, key_from, met_key = holds_of(written.conditions, kind.fields), key_of(written.group_by), key_of(met.key)

    def handle(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
        if (begins is None or begins(stamp, event)) and key_from(event) == met_key(event):
            return ()
        return ending(watch, stamp, event, limits)

    return handle


def _beginning(written: Written, kind: Kind) -> Handler:
    holds, key_from = holds_of(written.conditions, kind.fields), key_of(written.group_by)
    facts_of = _facts_of(written.says, kind.fields)
    if written.absent is not None:
        return _waiting(written, written.absent, kind, (holds, key_from, facts_of))
    if written.count is not None:
        return _counting(written.id, written.count, (holds, key_from, facts_of))

    def handle(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
        if holds is not None and not holds(stamp, event):
            return ()
        key = key_from(event)
        return (Found(key=key, facts=facts_of(stamp, event)),) if key else ()

    return handle


Asked = tuple[Holds | None, KeyOf, FactsOf]


def _waiting(written: Written, absent: Absent, kind: Kind, asked: Asked) -> Handler:
    holds, key_from, facts_of = asked
    rule_id, within = written.id, absent.within
    after = attrgetter(absent.after) if absent.after else None
    # One that is met by its own kind begins anew with each entry; otherwise the first one not answered counts.
    meets = holds_of(absent.expect.conditions, kind.fields) if kind.name in absent.expect.kinds else None
    is_met = kind.name in absent.expect.kinds

    def handle(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
        if holds is not None and not holds(stamp, event):
            return ()
        key = key_from(event)
        if not key:
            return ()
        if after is not None:
            base = after(event)
            if not base:
                return ()  # nobody said when
        else:
            begins_anew = is_met and (meets is None or meets(stamp, event))
            if not begins_anew and watch.armed(rule_id, key) is not None:
                return ()
            base = moment(stamp)
        return (Arm(key=key, due_at=base + within, facts=facts_of(stamp, event)),)

    return handle


def _counting(rule_id: str, count: Counted, asked: Asked) -> Handler:
    holds, key_from, facts_of = asked
    at_least, within = count.at_least, count.within

    def handle(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
        if holds is not None and not holds(stamp, event):
            return ()
        key = key_from(event)
        if not key:
            return ()
        armed = watch.armed(rule_id, key)
        counted = remembered(armed.facts if armed else ())
        counted.append((moment(stamp), watch.index))
        counted.sort()
        newest = counted[-1][0]
        counted = [one for one in counted if newest - one[0] < within]
        # An entry told late belongs to its own time; the memory lasts as long as another late one may come.
        kept = tuple(fact for at, entry in counted[-(at_least - 1) :] for fact in (("at", at), ("entry", entry)))
        arm = Arm(key=key, due_at=watch.now + within, facts=kept)
        if len(counted) < at_least:
            return (arm,)
        facts = (*facts_of(stamp, event), ("count", len(counted)))
        others = tuple(entry for _at, entry in counted if entry not in (watch.index, -1))
        return (arm, Found(key=key, facts=facts, evidence=others))

    return handle


def remembered(facts: Sequence[Fact]) -> list[tuple[Instant, int]]:
    """(instant, entry) of what a count holds on to."""
    numbers = [int(value) for _name, value in facts]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _due(written: Written) -> DueHandler | None:
    if written.absent is not None:
        return lambda watch, key, armed, now, limits: (Found(key=key, facts=armed.facts),)
    return _forgotten if written.count is not None else None


def _forgotten(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    """Nothing has come for as long as a count looks back. That clears nothing: it is silence."""
    return ()


def _facts_of(names: Sequence[str], fields: Mapping[str, Field]) -> FactsOf:
    """What fills the words of a rule's message, from one entry."""
    known = tuple((name, attrgetter(name), _TOLD.get(fields[name].holds, _plain)) for name in names if name in fields)
    if not known:
        return lambda stamp, event: ()
    return lambda stamp, event: tuple((name, told(stamp, get(event))) for name, get, told in known)


def _plain(stamp: Stamp, value: Any) -> str | int:
    return value if type(value) in (str, int) else ("-" if value is None else str(value))


def _yes(stamp: Stamp, value: Any) -> str | int:
    return "-" if value is None else int(value)


def _local(stamp: Stamp, value: Any) -> str | int:
    """An instant on the clock of the place, as hours and minutes; with its days from the entry's where they differ."""
    if not value:
        return "-"
    offset = offset_of(stamp.place)
    days = (value + offset) // DAY - (moment(stamp) + offset) // DAY
    minute = (value + offset) % DAY // MINUTE
    return f"{minute // 60:02}.{minute % 60:02}" + (f" ({days:+})" if days else "")


def _in_minutes(stamp: Stamp, value: Any) -> str | int:
    return "-" if value is None else int(value) // MINUTE


_TOLD: Mapping[str, Callable[[Stamp, Any], str | int]] = {
    "yes_no": _yes,
    "instant": _local,
    "duration": _in_minutes,
}
