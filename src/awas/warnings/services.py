"""Use cases of warnings: the judge over the record's logs, and what people do with a warning.

The judge reads the entries after its position, folds and judges each with the pure engine, and records what becomes
of warnings in the same log: entries, items, deadlines and position change in one transaction. If the power fails
before its COMMIT, nothing of that judgement happened and the next one does it again; facts are never held up by it.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from awas.access.policy import NATION
from awas.ledger import entry as envelope
from awas.ledger import services as ledger
from awas.ledger.area import Area, Elsewhere, Instant, Stamp
from awas.ledger.fact import Appended, Fact, Receipt, Submission
from awas.ledger.naming import log_of
from awas.ledger.sequencer import Sequencer
from awas.warnings import events as happened
from awas.warnings.area import NAME
from awas.warnings.asked import (
    Acknowledge,
    Assign,
    Comment,
    Link,
    Resolve,
    SetOwnRule,
    SetPolicy,
    SetThreshold,
    Silence,
    StopOwnRule,
    Summarise,
)
from awas.warnings.catalogue import Catalogue
from awas.warnings.engine import DEVICE, Engine
from awas.warnings.models import Warning
from awas.warnings.own.forcing import Engines, is_about_own, withdrawn
from awas.warnings.rule import Level, Watch
from awas.warnings.seat import JUDGEMENTS, Seat
from awas.warnings.state import ACKNOWLEDGED, CLEARED, FIRING, SILENCED

BATCH = 1000
"""Entries judged in one transaction at most: bounds how long a catching-up judge keeps the log from its writers."""

DUE = (
    "SELECT log FROM warnings_deadline WHERE due_at <= ?"
    " AND log NOT IN (SELECT origin FROM ledger_log WHERE halted_why <> '') ORDER BY due_at LIMIT ?"
)
"""Ordered by the index on `due_at`; with DISTINCT, SQLite would rather scan the whole primary key. A halted log keeps
its deadlines for good: they mustn't stand before those of all others."""

DUE_READ = 10_000
"""Deadlines looked at: so many of one log that can't be judged, and the next log is still seen."""

Tell = Callable[[Sequence[Appended]], None]
"""What is done with the steps of warnings inside the judge's transaction: the notices of the outbox."""


class Bench:
    """Judges logs, each from its own position. One per process; several processes may judge the same log in turn."""

    def __init__(self, sequencer: Sequencer, engine: Engine, tell: Tell) -> None:
        self._sequencer = sequencer
        self._engines = Engines(engine)
        self._tell = tell
        self._seats: dict[str, Seat] = {}
        self._lock = threading.RLock()

    @property
    def engines(self) -> Engines:
        """What judges a place by the own rules in force there."""
        return self._engines

    @property
    def areas(self) -> Sequence[Area]:
        """What the rules see of a site."""
        return tuple(self._engines.base.areas.values())

    def after_commit(self, appended: Sequence[Appended]) -> None:
        """Judges what has just become durable: the logs of one commit in one transaction of their own."""
        by_log: dict[str, list[Appended]] = {}
        for one in appended:
            by_log.setdefault(one.log, []).append(one)
        for log in self._together(by_log):
            self.judge(log)

    def judge(self, log: str, entries: Sequence[Appended] = ()) -> int:
        """Brings the judgement of a log up to its head and up to now. Returns how many steps warnings took.

        `entries` saves reading them again where they follow the position; others are read from the record.
        """
        steps = 0
        with self._lock:
            while True:
                more, count = self._turn(log, entries)
                steps += count
                if not more:
                    return steps
                entries = ()

    def due(self, limit: int = 100) -> list[str]:
        """Logs with a deadline that has come up, or with entries not judged yet: by index, never by a scan."""
        now = self._sequencer.clock()
        late = self._sequencer.store.query(DUE, (now, DUE_READ))
        behind = self._sequencer.store.query(
            "SELECT l.origin FROM ledger_log l LEFT JOIN warnings_judgement j ON j.log = l.origin"
            " WHERE l.halted_why = '' AND l.size > COALESCE(j.position, 0) LIMIT ?",
            (limit,),
        )
        return list(dict.fromkeys(log for (log,) in [*late, *behind]))[:limit]

    def judge_due(self) -> int:
        """Brings every log's judgement up to now; returns the steps warnings took.

        Whatever goes wrong in one district, the others' absences are still noticed; it is raised at the end.
        """
        steps: list[int] = []
        with ExitStack() as each:  # does all of them, though some fail, and then raises
            for log in reversed(self.due()):
                each.callback(lambda log: steps.append(self.judge(log)), log)
        return sum(steps)

    def _turn(self, log: str, entries: Sequence[Appended]) -> tuple[bool, int]:
        """One transaction. Returns whether entries are left, and how many steps were recorded."""
        with self.sitting(log, lazily=True) as (fact, seat):
            if fact.heads[log].halted_why:
                return False, 0
            more = Sitting(seat, fact).hear(self._following(seat, fact, entries))
            if fact.appended:
                self._tell(fact.appended)
            return more, len(fact.appended)

    def _together(self, by_log: Mapping[str, Sequence[Appended]]) -> list[str]:
        """One transaction over several logs. Returns those with entries left."""
        left = []
        try:
            with self._lock, self._sequencer.fact(sorted(by_log), lazily=True) as fact:
                for log, entries in by_log.items():
                    if fact.heads[log].halted_why:
                        continue
                    seat = self._seat(log, fact)
                    if Sitting(seat, fact).hear(self._following(seat, fact, entries)):
                        left.append(log)
                    seat.save(fact.store, fact.now)
                if fact.appended:
                    self._tell(fact.appended)
        except BaseException:
            self._forget(by_log)
            raise
        return left

    def _forget(self, logs: Iterable[str]) -> None:
        """What stands in memory may be ahead of a transaction that didn't happen: it is read anew next time."""
        for log in logs:
            self._seats.pop(log, None)

    @contextmanager
    def sitting(self, log: str, *, lazily: bool = False) -> Iterator[tuple[Fact, Seat]]:
        """One transaction with the seat of a log, saved on leaving."""
        try:
            with self._lock, self._sequencer.fact([log], lazily=lazily) as fact:
                seat = self._seat(log, fact)
                yield fact, seat
                if not fact.heads[log].halted_why:
                    seat.save(fact.store, fact.now)
        except BaseException:
            self._forget([log])
            raise

    def _seat(self, log: str, fact: Fact) -> Seat:
        """The seat in memory while nobody else has judged this log since, otherwise as the tables have it."""
        kept = self._seats.get(log)
        rows = fact.store.select(JUDGEMENTS, [(log,)])
        if kept is not None and rows and rows[0][2] == kept.turn:
            return kept
        seat = self._seats[log] = Seat(self._engines, log)
        seat.load(fact.store)
        return seat

    def _following(self, seat: Seat, fact: Fact, entries: Sequence[Appended]) -> Sequence[Appended]:
        if entries and entries[0].index == seat.position and entries[-1].index - seat.position == len(entries) - 1:
            return entries[:BATCH]
        if seat.position >= fact.heads[seat.log].frontier.size:
            return ()
        rows = fact.store.query(
            "SELECT idx, body FROM ledger_entry WHERE log_id = ? AND idx >= ? ORDER BY idx LIMIT ?",
            (fact.heads[seat.log].log_id, seat.position, BATCH),
        )
        return [_read(fact, seat.log, index, bytes(body)) for index, body in rows]


def _read(fact: Fact, log: str, index: int, body: bytes) -> Appended:
    entry = envelope.decode(body)
    return Appended(
        log=log,
        index=index,
        stamp=entry.stamp,
        area=fact.vocabulary.area_of(entry.kind).name,
        event=fact.vocabulary.event(entry),
    )


class Sitting:
    """One transaction of the judge over one log."""

    def __init__(self, seat: Seat, fact: Fact) -> None:
        self.seat = seat
        self.fact = fact
        self.head = fact.heads[seat.log]
        self.area = fact.vocabulary.areas[NAME]
        self.now: Instant = max(fact.now, self.head.last_recorded_at)

    def hear(self, entries: Sequence[Appended]) -> bool:
        """Judges entries in order, each after the deadlines that came before it. Returns whether more are waiting."""
        size = self.head.frontier.size
        seat = self.seat
        for entry in entries:
            seat.position = entry.index + 1
            if entry.stamp.device == DEVICE:
                continue  # its own steps were taken to heart when they were made
            self._advance(entry.stamp.recorded_at)
            self.judge(entry)
        if seat.position < size:
            return True
        self._advance(self.now)
        # Everything before this transaction has been judged, and what it added is its own.
        seat.position = self.head.frontier.size
        return False

    def judge(self, entry: Appended) -> None:
        """Judges one entry that isn't the judge's own."""
        if entry.area == NAME:
            self._follow(entry)
        else:
            watch = self.seat.watch(entry.stamp.place)
            engine = self.seat.engine_at(watch.place)
            self.live(watch, engine.observe(watch, entry.index, entry.stamp, entry.event))

    def _advance(self, until: Instant) -> None:
        if self.seat.timers.next_at > until:
            return
        for timer in self.seat.timers.pop_due(until):
            watch = self.seat.watch(timer.watch.place)
            self.live(watch, self.seat.engine_at(watch.place).due(watch, timer))

    def _follow(self, entry: Appended) -> None:
        stamp, event, seat = entry.stamp, entry.event, self.seat
        if type(event) not in happened.OF_SETTINGS:
            watch = seat.watch(stamp.place)
            self.live(watch, seat.engine_at(watch.place).follow(watch, event, stamp.recorded_at))
            return
        before = dict(seat.settings)
        seat.set(stamp.place, self.area.fold(before.get(stamp.place) or self.area.state(), stamp, event))
        if is_about_own(event):
            ended = withdrawn(
                seat.watches.values(), event.rule, (before, seat.settings), entry.index, stamp.recorded_at
            )
            for place, commands in ended:
                self.live(seat.watch(place), commands)

    def live(self, watch: Watch, commands: Sequence[Any]) -> None:
        """Records what becomes of warnings, as of the instant judged."""
        for command in commands:
            stamp = Stamp(place=watch.place, actor=DEVICE, device=DEVICE, occurred_at=watch.now, recorded_at=self.now)
            state = self.fact.state(self.area, watch.place)
            events = self.area.decide(state, self.fact.items(self.area), stamp, command)
            if not events:
                continue
            seq = self.fact.next_seq(self.head, DEVICE)
            self.fact.append(self.head, stamp, seq, events)
            for event in events:
                step = event.event if isinstance(event, Elsewhere) else event
                self.live(watch, self.seat.engine_at(watch.place).follow(watch, step))


STANDING = (FIRING, ACKNOWLEDGED, SILENCED, CLEARED)
"""What a screen counts as open: everything that spoke and has not been resolved."""

SPEAKING = (FIRING, ACKNOWLEDGED)
"""What colours a site: its condition holds, and nobody has muted it."""

WORST_FIRST = (
    Case(*(When(level=level.value, then=Value(-level.rank)) for level in Level), output_field=IntegerField()),
    "since",
    "id",
)
"""The order of a list on which something must be done."""

_catalogue: Catalogue | None = None
_bench: Callable[[], Bench] | None = None


def use(catalogue: Catalogue, bench: Callable[[], Bench] | None = None) -> None:
    """Start-up only: the rules in force and the judge of this process, from the composition root."""
    global _catalogue, _bench
    _catalogue, _bench = catalogue, bench


def catalogue() -> Catalogue:
    """The rules in force."""
    if _catalogue is None:
        raise RuntimeError("the rules aren't wired: awas.config.wiring.install() has not run")
    return _catalogue


def bench() -> Bench:
    """The judge of this process."""
    if _bench is None:
        raise RuntimeError("the judge isn't wired: awas.config.wiring.install() has not run")
    return _bench()


def within(areas: Iterable[str]) -> Q:
    """What lies in some areas: sites, or regions with all that is below them; the nation's code is everything."""
    found = Q(pk__in=[])
    for area in areas:
        if area == NATION:
            return Q()
        if "-" in area:
            found |= Q(place=area)
        else:
            found |= Q(place=area) | Q(place__startswith=area + "-") | Q(place__startswith=area + ".")
    return found


def open_warnings(areas: Iterable[str], *, limit: int | None = None) -> QuerySet[Warning]:
    """What stands in some areas: the worst level first, then the longest standing."""
    found = Warning.objects.filter(within(areas), state__in=STANDING).order_by(*WORST_FIRST)
    return found if limit is None else found[:limit]


def found_of(log: str, keys: Iterable[str], rules: Iterable[str]) -> set[str]:
    """Which of some keys of a log are still found by some rules: what a warning stands on that hasn't cleared."""
    found = Warning.objects.filter(log=log, key__in=list(keys), rule__in=list(rules), state__in=STANDING, holds=True)
    return set(found.values_list("key", flat=True))


def open_count(area: str) -> int:
    """How many warnings stand at a site or in a region."""
    return Warning.objects.filter(within([area]), state__in=STANDING).count()


def open_counts(places: Collection[str]) -> dict[str, int]:
    """How many warnings stand at each place, in one query; places without any are absent."""
    rows = Warning.objects.filter(place__in=list(places), state__in=STANDING).values_list("place")
    return dict(rows.annotate(count=Count("id")))


def worst_level(places: Collection[str]) -> dict[str, str]:
    """The highest level that speaks at each place; places where nothing does are absent."""
    found: dict[str, Level] = {}
    rows = Warning.objects.filter(place__in=list(places), state__in=SPEAKING).values_list("place", "level").distinct()
    for place, name in rows:
        level = Level(name)
        if place not in found or level.rank > found[place].rank:
            found[place] = level
    return {place: level.value for place, level in found.items()}


PeoplesCommand = (
    Acknowledge
    | Silence
    | Resolve
    | Comment
    | Assign
    | Link
    | Summarise
    | SetThreshold
    | SetPolicy
    | SetOwnRule
    | StopOwnRule
)


def record(
    place: str, actor: str, device: str, occurred_at: Instant, command: PeoplesCommand, **submitted: Any
) -> Receipt:
    """What a person does with a warning or a threshold at a place; `submitted` are further fields of `Submission`.

    Raises `Refused` with the codes of `awas.warnings.decide`. The caller has checked that the person may.
    """
    return ledger.record(
        Submission(
            log=log_of(place),
            place=place,
            actor=actor,
            device=device,
            occurred_at=occurred_at,
            command=command,
            **submitted,
        )
    )
