"""How heavy the load of warnings is, after EEMUA 191: who could still see the one that matters? Pure.

A person can see to about one alarm in ten minutes; more than ten in ten minutes is a flood, in which none is seen. What
has stood unanswered for a day was forgotten, and what comes and goes is a rule to mend, not a warning to answer.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from awas.ledger.area import DAY, HOUR, MINUTE, Instant

WINDOW = 10 * MINUTE
"""In which alarms are counted together (EEMUA 191)."""
FLOOD = 10
"""More than so many in one window can't be answered by one person."""
ACCEPTABLE_PER_DAY = 144
"""One in ten minutes, around the clock: the most that one person can see to."""
FORGOTTEN_AFTER = DAY


class Spoken(NamedTuple):
    """One warning that spoke. `answered_at` is when somebody first answered, None for nobody yet."""

    place: str
    rule: str
    fired_at: Instant
    answered_at: Instant | None = None
    ended_at: Instant | None = None
    refired: int = 0
    flapping: bool = False
    hidden: bool = False
    repeated: int = 0
    judgement: str = ""
    answered_by: str = ""


class Load(NamedTuple):
    """The load of a place, a rule or a day. `answer_ms` is the median time to the first answer, None for no answer."""

    total: int
    per_day: float
    peak: int
    flood_count: int
    answered: int
    answer_ms: int | None
    forgotten: int
    flapping: int
    hidden: int
    repeated: int

    @property
    def is_flooded(self) -> bool:
        """Whether there was a window in which nobody could have seen every one."""
        return self.flood_count > 0

    @property
    def is_heavy(self) -> bool:
        """Whether one person could not have seen to all of them day by day."""
        return self.per_day > ACCEPTABLE_PER_DAY


def load_of(spoken: Sequence[Spoken], since: Instant, now: Instant) -> Load:
    """The load of some warnings between two instants. Hidden ones told nobody, and weigh nothing."""
    heard = [one for one in spoken if not one.hidden]
    waits = sorted(one.answered_at - one.fired_at for one in heard if one.answered_at is not None)
    days = max((now - since) / DAY, 1 / 24)
    windows = Counter((one.fired_at - since) // WINDOW for one in heard)
    return Load(
        total=len(heard),
        per_day=len(heard) / days,
        peak=peak([one.fired_at for one in heard]),
        flood_count=sum(count > FLOOD for count in windows.values()),
        answered=len(waits),
        answer_ms=waits[len(waits) // 2] if waits else None,
        forgotten=sum(_is_forgotten(one, now) for one in heard),
        flapping=sum(one.flapping for one in heard),
        hidden=len(spoken) - len(heard),
        repeated=sum(one.repeated for one in heard),
    )


def _is_forgotten(one: Spoken, now: Instant) -> bool:
    return one.answered_at is None and one.ended_at is None and now - one.fired_at >= FORGOTTEN_AFTER


def peak(instants: Iterable[Instant], window: int = WINDOW) -> int:
    """The most that fell within one window, wherever it begins."""
    ordered = sorted(instants)
    most = first = 0
    for last, at in enumerate(ordered):
        while at - ordered[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most


def precision(judgements: Iterable[str]) -> tuple[int, int]:
    """(useful, judged): what people said of those that they ended with a judgement."""
    said = [one for one in judgements if one]
    return sum(one == "useful" for one in said), len(said)


def hours_of(spoken: Iterable[Spoken], offset: int) -> list[int]:
    """How many spoke in each hour of the local day, 0 to 23; `offset` is the local time's lead over UTC, in ms."""
    found = Counter((one.fired_at + offset) // HOUR % 24 for one in spoken if not one.hidden)
    return [found[hour] for hour in range(24)]
