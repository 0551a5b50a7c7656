"""A toy area with doors, for what must hold of the engine whatever the rules are."""

from msgspec import Struct

from awas.ledger.area import MINUTE, Area
from awas.warnings.policy import Policy, Rung
from awas.warnings.rule import Arm, Cleared, Disarm, Found, Incident, Level, Rule, Threshold, Words

PLACE = "36.02-G1"
NINE = 1_707_789_600_000
"""An instant to begin at."""
FLAT = {level.value: Policy(rungs=(Rung(tier="site"),)) for level in Level}
"""Nobody above is told: for what has nothing to do with climbing."""


class _Event(Struct, frozen=True, kw_only=True, tag_field="kind"):
    door: str = "front"


class Opened(_Event, frozen=True, kw_only=True, tag="door.opened@1"):
    wide: bool = False


class Shut(_Event, frozen=True, kw_only=True, tag="door.shut@1"):
    pass


class Passed(_Event, frozen=True, kw_only=True, tag="door.passed@1"):
    pass


class Open(Struct, frozen=True, kw_only=True, tag_field="kind", tag="door.open"):
    door: str = "front"
    wide: bool = False


class Shutting(Struct, frozen=True, kw_only=True, tag_field="kind", tag="door.shut"):
    door: str = "front"


class Doors(Struct, frozen=True, kw_only=True):
    open: int = 0


def fold(state, stamp, event):
    if isinstance(event, Opened):
        return Doors(open=state.open + 1)
    if isinstance(event, Shut):
        return Doors(open=state.open - 1)
    return state


def decide(state, items, stamp, command):
    if isinstance(command, Open):
        return [Opened(door=command.door, wide=command.wide)]
    return [Shut(door=command.door)]


AREA = Area(
    name="doors",
    events=(Opened, Shut, Passed),
    commands=(Open, Shutting),
    state=Doors,
    items={},
    needs=lambda command: (),
    decide=decide,
    fold=fold,
    fold_items=lambda items, stamp, event: None,
)


def minutes(name, default):
    return Threshold(
        name=name, unit="minutes", default=default, least=0, most=600, label=Words(name, name), source="a toy"
    )


def rule(rule_id, **named):
    words = Words("kata", "words")
    return Rule(
        id=rule_id,
        title=words,
        question=words,
        message=named.pop("message", words),
        basis=words,
        level=named.pop("level", Level.SIAGA),
        runbook=(words,),
        incident=Incident(what=words, where="here", on="2024", source="a toy"),
        **named,
    )


def shut(watch, stamp, event, limits):
    return (Disarm(key=event.door), Cleared(key=event.door, why="left"))


OPEN = rule(
    "TOY-01",
    on={
        Opened: lambda watch, stamp, event, limits: (
            Found(key=event.door, facts=(("open", watch.doors.open),), level=Level.AWAS if event.wide else None),
        ),
        Shut: shut,
    },
)
LONG_OPEN = rule(
    "TOY-02",
    thresholds=(minutes("minutes", 30),),
    on={
        Opened: lambda watch, stamp, event, limits: (
            Arm(key=event.door, due_at=stamp.occurred_at + limits["minutes"] * MINUTE),
        ),
        Shut: shut,
    },
    due=lambda watch, key, armed, now, limits: (Found(key=key, facts=(("minutes", limits["minutes"]),)),),
)
PATIENT = rule(
    "TOY-03",
    thresholds=(minutes("holds", 10),),
    holds_for="holds",
    on={Opened: lambda watch, stamp, event, limits: (Found(key=event.door),), Shut: shut},
)
CALM = rule(
    "TOY-04",
    thresholds=(minutes("keeps", 20),),
    keeps_firing_for="keeps",
    on={Opened: lambda watch, stamp, event, limits: (Found(key=event.door),), Shut: shut},
)
