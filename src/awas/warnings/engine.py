"""The engine: rules compiled to a dispatch table by event type, and what follows from their answers.

It folds an event into the watch of its place, asks the rules that listen to its type, moves their deadlines and turns
findings into commands for the life of warnings. The simulator and the database's judge run these same functions, so
no rule is written twice. Pure: no clock, disk, network, chance or framework. It must never decide what a warning
becomes (that is `decide`), and silence of data never clears anything here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from awas.ledger.area import MINUTE, Area, Instant, Stamp
from awas.warnings import following
from awas.warnings.asked import Clear, EndSilence, Escalate, ExpireAcknowledgement, Find, Fire, Repeat
from awas.warnings.following import ACKNOWLEDGEMENT, ESCALATION, HOLDS, KEEPS, REPETITION, SILENCE
from awas.warnings.policy import DEFAULTS, Policy
from awas.warnings.rule import ABSENCE, Arm, Cleared, Disarm, Found, Handler, Level, Outcomes, Rule, Watch
from awas.warnings.state import EVIDENCE_KEPT, PENDING, Settings, Warning, fingerprint_of, warning_id
from awas.warnings.timers import Timer, Timers

LEVEL_OF = {level.rank: level.value for level in Level}

SETTLE = MINUTE
"""A deadline set in the past (a phone that was offline tells late) is given this long: the rest of the batch may
already tell that it was met."""

DEVICE = "judge"
"""The device and actor in the stamps of the judge's own entries."""

NOTHING: tuple[()] = ()


class Plan(NamedTuple):
    """What the engine does with one type of event. `ends`: (field, ((rule, has a deadline, position, why), ...))."""

    area: str
    fold: Callable[[Any, Stamp, Any], Any]
    followers: tuple[tuple[str, Callable[[Any, Stamp, Any], Any]], ...]
    ends: tuple[tuple[str, tuple[tuple[str, bool, int, str], ...]], ...]
    listeners: tuple[tuple[int, Handler], ...]
    on_capture: tuple[tuple[int, Handler], ...]


class Open:
    """What the engine keeps of a warning that isn't resolved: enough not to ask its life about every event."""

    __slots__ = ("evidence_count", "holds", "id", "inhibited_by", "last_index", "pending", "policy", "rank", "rung")

    def __init__(
        self, name: str, rank: int, *, pending: bool, holds: bool = True, evidence_count: int = 1, last_index: int = -1
    ) -> None:
        self.id = name
        self.rank = rank
        self.pending = pending
        self.holds = holds
        self.evidence_count = evidence_count
        self.last_index = last_index
        self.policy: Policy | None = None
        self.rung = -1
        self.inhibited_by = ""

    @classmethod
    def stored(cls, warning: Warning) -> "Open":
        """As it stands in the record."""
        found = cls(
            warning.id,
            Level(warning.level).rank,
            pending=warning.state == PENDING,
            holds=warning.holds,
            evidence_count=warning.evidence_count,
            last_index=warning.evidence[-1] if warning.evidence else -1,
        )
        found.policy, found.rung, found.inhibited_by = warning.policy, warning.rung, warning.inhibited_by
        return found


def _escalate(timer: Timer) -> Escalate:
    facts = dict(timer.facts)
    return Escalate(warning=timer.key, rung=int(facts["rung"]), waited_ms=int(facts["waited_ms"]))


_OF_PEOPLE: Mapping[str, Callable[[Timer], Any]] = {
    ACKNOWLEDGEMENT: lambda timer: ExpireAcknowledgement(warning=timer.key, until=timer.due_at),
    SILENCE: lambda timer: EndSilence(warning=timer.key, until=timer.due_at),
    ESCALATION: _escalate,
    REPETITION: lambda timer: Repeat(warning=timer.key),
}
"""What follows when people's time is up, whatever has become of the condition."""


class Engine:
    """The rules in force over some areas. Holds no site: watches and timers are arguments.

    `policies` hold by level where no office has set its own.
    """

    def __init__(self, rules: Sequence[Rule], areas: Iterable[Area], policies: Mapping[str, Policy] = DEFAULTS) -> None:
        self.rules = tuple(rules)
        self.policies = policies
        self._position = {rule.id: position for position, rule in enumerate(self.rules)}
        self._hides = {rule.id: frozenset(rule.hides) for rule in self.rules if rule.hides}
        self._hidden_by = [
            tuple(other.id for other in self.rules if rule.id in other.hides and other is not rule)
            for rule in self.rules
        ]
        if len(self._position) != len(self.rules):
            raise ValueError("two rules have the same id")
        self.areas: Mapping[str, Area] = {area.name: area for area in areas}
        self._plans: dict[type[Struct], Plan] = {}
        for area in self.areas.values():
            for event_type in area.events:
                self._plans[event_type] = self._plan(area, event_type)
        unheard = {one for rule in self.rules for one in (*rule.on, *rule.ends)} - self._plans.keys()
        if unheard:
            raise ValueError(f"rules listen to events of no wired area: {sorted(one.__name__ for one in unheard)}")

    def _plan(self, area: Area, event_type: type[Struct]) -> Plan:
        fields = event_type.__struct_fields__
        ends: dict[str, list[tuple[str, bool, int, str]]] = {}
        for position, rule in enumerate(self.rules):
            if event_type in rule.ends:
                name, why = rule.ends[event_type]
                if name not in fields:
                    raise ValueError(f"{rule.id}: {event_type.__name__} has no field {name}")
                ends.setdefault(name, []).append((rule.id, rule.due is not None, position, why))
        return Plan(
            area=area.name,
            fold=area.fold,
            followers=tuple(
                (other.name, other.follows[event_type].fold)
                for other in self.areas.values()
                if event_type in other.follows
            ),
            ends=tuple((name, tuple(ended)) for name, ended in ends.items()),
            listeners=tuple(
                (position, handler)
                for position, rule in enumerate(self.rules)
                for handler in (rule.on.get(event_type), rule.on_any)
                if handler is not None
            ),
            on_capture=tuple(
                (position, rule.on_capture)
                for position, rule in enumerate(self.rules)
                if rule.on_capture is not None and "capture" in fields
            ),
        )

    def watch(self, place: str, timers: Timers, states: Mapping[str, Any] | None = None) -> Watch:
        """A site at its beginning, or with remembered states."""
        watch = Watch(place, timers, {area.name: area.state() for area in self.areas.values()} | dict(states or {}))
        self.limit(watch, ())
        return watch

    def limit(self, watch: Watch, settings: Iterable[Settings]) -> None:
        """Sets the thresholds and policies of a watch: the defaults, then each of `settings` over what stands before
        it."""
        moved: dict[str, dict[str, int]] = {}
        watch.policies = self.policies
        for one in settings:
            watch.policies = {**watch.policies, **one.policies}
            for setting in one.thresholds:
                moved.setdefault(setting.rule, {})[setting.name] = setting.value
        watch.limits = [
            {**rule.defaults, **moved[rule.id]} if rule.id in moved else rule.defaults for rule in self.rules
        ]

    def observe(self, watch: Watch, index: int, stamp: Stamp, event: Any) -> Sequence[Any]:
        """Folds one entry of the watch's place and judges it. Returns commands for the life of warnings."""
        plan = self._plans.get(type(event))
        if plan is None:
            return NOTHING
        area_name, fold, followers, ends, listeners, on_capture = plan
        watch.now = stamp.recorded_at
        watch.index = index
        states = watch.__dict__
        states[area_name] = fold(states[area_name], stamp, event)
        for name, follow in followers:
            states[name] = follow(states[name], stamp, event)
        commands: list[Any] = []
        if ends:
            self._end(watch, ends, event, commands)
        limits = watch.limits
        for position, handler in listeners:
            outcomes = handler(watch, stamp, event, limits[position])
            if outcomes:
                self._apply(watch, position, outcomes, commands)
        if on_capture and event.capture is not None:
            for position, handler in on_capture:
                self._apply(watch, position, handler(watch, stamp, event, limits[position]), commands)
        return commands

    def _end(self, watch: Watch, ends: Any, event: Any, commands: list[Any]) -> None:
        """What a rule's `ends` names: almost always nothing stands there, so only two tables are asked."""
        opened, deadlines = watch.open, watch.deadlines
        for name, ended in ends:
            key = getattr(event, name)
            for rule_id, has_deadline, position, why in ended:
                if has_deadline and (rule_id, ABSENCE, key) in deadlines:
                    watch.timers.disarm(watch, (rule_id, ABSENCE, key))
                if opened and (standing := opened.get((rule_id, key))) is not None and standing.holds:
                    self._cleared(watch, self.rules[position], standing, Cleared(key=key, why=why), commands)

    def due(self, watch: Watch, timer: Timer) -> Sequence[Any]:
        """What follows from a deadline that has come up. Returns commands for the life of warnings."""
        position = self._position.get(timer.rule)
        watch.now = timer.due_at
        watch.index = timer.evidence
        if position is None:
            # The rule was withdrawn after the deadline was stored. What people set still comes to its end.
            about_people = _OF_PEOPLE.get(timer.purpose)
            return NOTHING if about_people is None else [about_people(timer)]
        rule = self.rules[position]
        if timer.purpose == ABSENCE:
            commands: list[Any] = []
            if rule.due is not None:
                outcomes = rule.due(watch, timer.key, timer, timer.due_at, watch.limits[position])
                self._apply(watch, position, outcomes, commands)
            return commands
        return self._own_due(watch, timer)

    def _own_due(self, watch: Watch, timer: Timer) -> Sequence[Any]:
        about_people = _OF_PEOPLE.get(timer.purpose)
        if about_people is not None:
            return [about_people(timer)]
        standing = watch.open.get((timer.rule, timer.key))
        if standing is None:
            return NOTHING
        if timer.purpose == HOLDS:
            standing.pending = False
            hider = self._hider(watch, self._position[timer.rule], standing.rank)
            policy = watch.policies[LEVEL_OF[standing.rank]]
            return [Fire(warning=standing.id, policy=policy, inhibited_by=hider)]
        standing.holds = False
        return [Clear(warning=standing.id, why=str(dict(timer.facts)["why"]), evidence=timer.evidence)]

    def follow(self, watch: Watch, event: Any, now: Instant = 0) -> Sequence[Any]:
        """Takes a step in the life of a warning to heart, as of `now` (without one, of the entry judged last).

        Returns commands for other warnings of the place.
        """
        watch.now = max(watch.now, now)
        return following.follow(watch, event, self._hides)

    def _apply(self, watch: Watch, position: int, outcomes: Outcomes, commands: list[Any]) -> None:
        rule = self.rules[position]
        for outcome in outcomes:
            kind = type(outcome)
            if kind is Arm:
                due_at = outcome.due_at  # type: ignore[union-attr]  # told apart by `kind`, once
                if due_at <= watch.now:
                    due_at = watch.now + SETTLE
                watch.timers.arm(watch, (rule.id, ABSENCE, outcome.key), due_at, outcome.facts, watch.index)  # type: ignore[union-attr]
            elif kind is Cleared:
                standing = watch.open.get((rule.id, outcome.key))
                if standing is not None and standing.holds:
                    self._cleared(watch, rule, standing, outcome, commands)  # type: ignore[arg-type]
            elif kind is Disarm:
                watch.timers.disarm(watch, (rule.id, ABSENCE, outcome.key))
            else:
                self._found(watch, position, outcome, commands)  # type: ignore[arg-type]

    def _found(self, watch: Watch, position: int, found: Found, commands: list[Any]) -> None:
        rule, limits, timers = self.rules[position], watch.limits[position], watch.timers
        level = found.level or rule.level
        evidence = (watch.index, *found.evidence) if watch.index >= 0 else found.evidence
        standing = watch.open.get((rule.id, found.key))
        pending = False
        if standing is None:
            wait = limits[rule.holds_for] if rule.holds_for else 0
            pending = wait > 0
            name = warning_id(fingerprint_of(rule.id, watch.place, found.key), watch.now, watch.index)
            standing = watch.open[rule.id, found.key] = Open(name, level.rank, pending=pending)
            standing.evidence_count = 0
            if pending:
                timers.arm(watch, (rule.id, HOLDS, found.key), watch.now + wait * MINUTE, (), watch.index)
        elif standing.holds:
            if rule.keeps_firing_for:
                timers.disarm(watch, (rule.id, KEEPS, found.key))
            known = standing.last_index == watch.index or standing.evidence_count >= EVIDENCE_KEPT
            if standing.pending or (known and level.rank <= standing.rank):
                return
        standing.holds = True
        standing.rank = max(standing.rank, level.rank)
        standing.evidence_count += len(evidence)
        standing.last_index = watch.index
        commands.append(
            Find(
                warning=standing.id,
                rule=rule.id,
                rule_version=rule.version,
                key=found.key,
                level=level.value,
                pending=pending,
                facts=found.facts,
                evidence=evidence,
                policy=None if pending else watch.policies[level.value],
                inhibited_by="" if pending else self._hider(watch, position, level.rank),
            )
        )

    def _hider(self, watch: Watch, position: int, rank: int) -> str:
        """The warning that stands at the place and hides one of this rule; "" for none."""
        for rule_id in self._hidden_by[position]:
            for (other, _), standing in watch.open.items():
                if other == rule_id and standing.rank >= rank and following.may_hide(standing):
                    return str(standing.id)
        return ""

    def _cleared(self, watch: Watch, rule: Rule, standing: Open, cleared: Cleared, commands: list[Any]) -> None:
        timers = watch.timers
        keep = watch.limits[self._position[rule.id]][rule.keeps_firing_for] if rule.keeps_firing_for else 0
        if keep and not standing.pending:
            due_at: Instant = watch.now + keep * MINUTE
            facts = (("why", cleared.why),)
            timers.arm(watch, (rule.id, KEEPS, cleared.key), due_at, facts, watch.index)
            return
        if standing.pending:
            timers.disarm(watch, (rule.id, HOLDS, cleared.key))
        standing.holds = False
        commands.append(Clear(warning=standing.id, why=cleared.why, evidence=watch.index))
