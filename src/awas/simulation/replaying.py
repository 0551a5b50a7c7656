"""Replaying a badge log into the record, and what the rules made of it.

Entries stand at the log's own hours, moved by whole weeks to the time just before now, where the district's log has
nothing later; otherwise they are recorded now, as anything that comes in late. A second replay changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from awas.chance import salt
from awas.ledger import services as ledger
from awas.ledger.area import HOUR, Instant
from awas.ledger.models import DeviceHead, Entry, Log, VaultRow
from awas.ledger.naming import log_of
from awas.simulation.badges import Badge, BadLine, Gatekeeper, read_badges, shift_of, source_of
from awas.simulation.book import Book
from awas.simulation.cues import Cue
from awas.simulation.playing import Player
from awas.warnings import services as warnings
from awas.warnings.models import Warning
from awas.warnings.past import past_of

CHUNK = 1000
"""Badge events in one transaction."""

AFTERWARDS = 12 * HOUR
"""How long after the last event the rules go on watching: long enough for a night to be missed."""

Progress = Callable[[int], object]


class Finding(Struct, frozen=True, kw_only=True):
    """What one rule found."""

    rule: str
    title: str
    found_count: int
    open_count: int


class Replay(Struct, frozen=True, kw_only=True):
    """What a replay did. `events_kept` are events with at least one entry in the record."""

    places: tuple[str, ...]
    events: int
    events_kept: int
    entries: int
    entries_new: int
    refused: int
    bad_lines: tuple[BadLine, ...]
    at_own_hours: bool
    milliseconds: int = 0
    findings: tuple[Finding, ...] = ()


def replay_badges(path: Path, places: Sequence[str], now: Instant, progress: Progress = lambda done: None) -> Replay:
    """Plays a badge log through the gates of `places`; `progress` is told how many events were played."""
    content = path.read_bytes()
    events, bad = read_badges(content.decode("utf-8", "replace").splitlines(), places[0])
    device = f"badge-{source_of(content)}"
    book = Book(_salts(device), device)
    player = Player(warnings.bench(), book)
    keeper = Gatekeeper(places, book, source_of(content))
    logs = sorted({log_of(place) for place in places})
    before = {log: ledger.size_of(log) for log in logs}
    shift_ms = _shift(device, events, now)
    as_past = bool(events) and all(_is_free(log, device, events[0].at + shift_ms) for log in logs)
    waiting: list[Cue] = []
    for number, (_, cues) in enumerate(keeper.cues(events, shift_ms), 1):
        waiting += cues
        if number % CHUNK == 0 or number == len(events):
            _play(player, waiting, as_past=as_past)
            progress((number - 1) % CHUNK + 1)
            waiting = []
    if events:
        _catch_up(player, logs, min(events[-1].at + shift_ms + AFTERWARDS, now), as_past=as_past)
    return Replay(
        places=tuple(places),
        events=len(events),
        events_kept=len({nonce[:8] for nonce in _nonces(device, logs)}),
        entries=Entry.objects.filter(log__origin__in=logs, device=device).count(),
        entries_new=sum(ledger.size_of(log) - before[log] for log in logs),
        refused=len(player.refused),
        bad_lines=tuple(bad),
        at_own_hours=as_past,
        findings=findings_at(places),
    )


def findings_at(places: Iterable[str]) -> tuple[Finding, ...]:
    """What every rule that spoke found at some places."""
    found: Counter[str] = Counter()
    still: Counter[str] = Counter()
    for rule, state in Warning.objects.filter(place__in=list(places)).values_list("rule", "state"):
        found[rule] += 1
        still[rule] += state in warnings.STANDING
    catalogue = warnings.catalogue()
    result = []
    for name in sorted(found):
        known = catalogue.get(name)
        title = known.title.en if known else name
        result.append(Finding(rule=name, title=title, found_count=found[name], open_count=still[name]))
    return tuple(result)


def _salts(device: str) -> Callable[[str], bytes]:
    """The salt a badge already has in the vault, or a fresh one."""
    stored = {
        ref: bytes(old) for ref, old in VaultRow.objects.filter(ref__startswith=device).values_list("ref", "salt")
    }
    return lambda reference: stored.get(reference) or salt()


def _shift(device: str, events: Sequence[Badge], now: Instant) -> int:
    """The shift of an earlier replay of the same file, so that it can be finished; else a new one."""
    if not events:
        return 0
    first = DeviceHead.objects.filter(device=device).first()
    if first is not None:
        entry = Entry.objects.filter(log=first.log_id, device=device, nonce__isnull=False).order_by("seq").first()
        if entry is not None and entry.nonce:
            line = int(entry.nonce[:8])
            at = next((event.at for event in events if event.line == line), None)
            decoded = ledger.line(first.log.origin, entry.index)
            if at is not None and decoded is not None:
                return decoded.entry.occurred_at - at
    return shift_of(events, now)


def _is_free(log: str, device: str, first_at: Instant) -> bool:
    """Nothing in the log is later than the first event, or this replay began it."""
    row = Log.objects.filter(origin=log).first()
    if row is None or row.last_recorded_at <= first_at:
        return True
    return Entry.objects.filter(log=row, index=0, device=device).exists()


def _play(player: Player, cues: Sequence[Cue], *, as_past: bool) -> None:
    if not as_past:
        player.now(cues)
        return
    if cues:
        player.past_of_all(cues, cues[-1].at)


def _catch_up(player: Player, logs: Sequence[str], until_at: Instant, *, as_past: bool) -> None:
    for log in logs:
        if as_past:
            with past_of(player.bench, log) as past:
                past.reach(until_at)
        else:
            player.bench.judge(log)


def _nonces(device: str, logs: Sequence[str]) -> Iterable[str]:
    rows = Entry.objects.filter(log__origin__in=logs, device=device, part=0, nonce__isnull=False)
    return (nonce for nonce in rows.values_list("nonce", flat=True) if nonce)
