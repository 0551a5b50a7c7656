"""The record's use cases: the only way in for the areas.

`awas.config.wiring` gives the sequencer at start-up; nothing else is kept here.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Sum
from msgspec import Struct

from awas.ledger import entry as envelope
from awas.ledger.area import Instant, Sealed
from awas.ledger.fact import Appended, Receipt, StoredTiles, Submission
from awas.ledger.models import DeviceHead, Entry, Log, VaultRow
from awas.ledger.naming import log_of
from awas.ledger.sequencer import Outcome, Sequencer
from awas.ledger.vault import digest_of

_sequencer: Sequencer | None = None


def use(sequencer: Sequencer) -> None:
    """Start-up only: the sequencer that every record goes through."""
    global _sequencer  # noqa: PLW0603 - set once by the composition root
    _sequencer = sequencer


def sequencer() -> Sequencer:
    """The sequencer in use."""
    if _sequencer is None:
        raise RuntimeError("the record isn't wired: awas.config.wiring.install() has not run")
    return _sequencer


def record(submission: Submission) -> Receipt:
    """Makes one command durable. Raises `Refused`, `LedgerHalted`, `LedgerCorrupt` or `LedgerUnavailable`."""
    return sequencer().submit(submission)


def record_all(submissions: Sequence[Submission]) -> list[Outcome]:
    """Makes a batch durable in one commit (or few); refusals stand in their places."""
    return sequencer().outcomes(submissions)


def vocabulary() -> envelope.Vocabulary:
    """The kinds of event that the wired areas know."""
    return sequencer().vocabulary


class Line(Struct, frozen=True, kw_only=True):
    """One entry with its typed event, as pages and the judge want it."""

    log: str
    index: int
    entry: envelope.Entry
    event: object
    leaf: str

    @property
    def document(self) -> str:
        """The SHA-256 of the sheet or EPCIS document that the entry came out of; empty for none."""
        return getattr(getattr(self.event, "capture", None), "document", "")

    @property
    def appended(self) -> Appended:
        return Appended(
            log=self.log,
            index=self.index,
            stamp=self.entry.stamp,
            area=vocabulary().area_of(self.entry.kind).name,
            event=self.event,
        )


def _line(origin: str, index: int, leaf: bytes, body: bytes) -> Line:
    decoded = envelope.decode(body)
    return Line(log=origin, index=index, entry=decoded, event=vocabulary().event(decoded), leaf=leaf.hex())


def line_of(row: Entry, origin: str) -> Line:
    return _line(origin, row.index, bytes(row.leaf), bytes(row.body))


def line(origin: str, index: int) -> Line | None:
    """One entry of a log, or None."""
    row = Entry.objects.filter(log__origin=origin, index=index).first()
    return None if row is None else line_of(row, origin)


def lines_numbered(origin: str, indexes: Collection[int]) -> list[Line]:
    """Some entries of a log by their indexes, oldest first; those it doesn't have are left out."""
    rows = Entry.objects.filter(log__origin=origin, index__in=list(indexes))
    return [line_of(row, origin) for row in rows.order_by("index")]


def lines_beside(line: Line) -> list[Line]:
    """The entries that one command made, the given one among them, in their order."""
    made = Entry.objects.filter(log__origin=line.log, device=line.entry.device, seq=line.entry.seq)
    return [line_of(row, line.log) for row in made.order_by("index")]


class Sought(Struct, frozen=True, kw_only=True):
    """What is looked for among the entries of a place. `text` is found as typed or in capitals; 0 means no bound."""

    kinds: tuple[str, ...] = ()
    text: str = ""
    from_at: Instant = 0
    until_at: Instant = 0
    before: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether entries must be looked at one by one to be found."""
        return bool(self.kinds or self.text)


LOOKED_AT = 50_000
"""Entries of a log looked at for one question: bounds what a search costs; the next one goes on from there."""


def span_of(origin: str, sought: Sought) -> tuple[int, int]:
    """(first, stop) of the indexes that `lines_at` looks at; what is older than `first` has not been looked at."""
    size = size_of(origin)
    stop = size if sought.before is None else min(sought.before, size)
    if sought.until_at:
        stop = min(stop, index_at(origin, sought.until_at))
    first = index_at(origin, sought.from_at) if sought.from_at else 0
    return (max(first, stop - LOOKED_AT) if sought.narrows else first), stop


def lines_at(place: str, origin: str, sought: Sought = Sought(), limit: int = 50) -> list[Line]:  # noqa: B008 - frozen
    """The newest entries of a place that match, newest first. `kinds` are beginnings of kinds, such as "seal.".

    Where kinds or a text narrow it, at most `LOOKED_AT` entries are looked at; `span_of` says which.
    """
    store = sequencer().store
    log = Log.objects.filter(origin=origin).first()
    if log is None:
        return []
    where = ["log_id = ?", "place = ?", "idx >= ?", "idx < ?"]
    bound: list[Any] = [log.pk, place, *span_of(origin, sought)]
    if sought.kinds:
        where.append("(" + " OR ".join(["kind LIKE ?"] * len(sought.kinds)) + ")")
        bound += [kind + "%" for kind in sought.kinds]
    if sought.text:
        where.append(f"({store.body_contains} OR {store.body_contains})")
        bound += [sought.text.encode(), sought.text.upper().encode()]
    rows = store.query(
        f"SELECT idx, leaf, body FROM ledger_entry WHERE {' AND '.join(where)} ORDER BY idx DESC LIMIT ?",  # noqa: S608
        [*bound, limit],
    )
    return [_line(origin, index, bytes(leaf), bytes(body)) for index, leaf, body in rows]


def lines_of_kinds(place: str, origin: str, kinds: Collection[str], *, since: int = 0, limit: int = 1000) -> list[Line]:
    """Entries of some kinds at a place from `since` on, oldest first."""
    rows = Entry.objects.filter(log__origin=origin, place=place, kind__in=list(kinds), index__gte=since)
    return [line_of(row, origin) for row in rows.order_by("index")[:limit]]


def sealed_value(ref: str) -> Sealed | None:
    """The commitment of a vault row as it stands in the record, or None when it was erased."""
    row = VaultRow.objects.filter(ref=ref, erased_at=None).first()
    return None if row is None else Sealed(ref=ref, digest=digest_of(bytes(row.salt), row.value))


def sealed_person(ref: str, log: str) -> Sealed | None:
    """The commitment of a person's name first met in that log, or None: no other log's, no note's, none erased."""
    row = VaultRow.objects.filter(ref=ref, purpose="person", erased_at=None).first()
    if row is None or log_of(row.place) != log:
        return None
    return Sealed(ref=ref, digest=digest_of(bytes(row.salt), row.value))


def lines_since(origin: str, position: int, limit: int) -> list[Line]:
    """Entries from `position` on, oldest first."""
    rows = Entry.objects.filter(log__origin=origin, index__gte=position).order_by("index")[:limit]
    return [line_of(row, origin) for row in rows]


def size_of(origin: str) -> int:
    """How many entries a log has; 0 for one that hasn't begun."""
    return Log.objects.filter(origin=origin).values_list("size", flat=True).first() or 0


def recorded_before(origin: str, device: str, nonce: str, digest: bytes) -> int | None:
    """The index of the entry that a form of that number and content made already, or None."""
    if "\0" in nonce:  # PostgreSQL can't even be asked
        return None
    made = Entry.objects.filter(log__origin=origin, device=device, nonce=nonce, part=0)
    found = made.values_list("index", "digest").first()
    return found[0] if found is not None and found[1] is not None and bytes(found[1]) == digest else None


def last_seq(origin: str, device: str) -> int:
    """The number of a device's last command in a log; 0 before its first."""
    found = DeviceHead.objects.filter(log__origin=origin, device=device).values_list("last_seq", flat=True).first()
    return found or 0


def total_size(origins: Collection[str]) -> int:
    """How many entries some logs have together: it grows with each of them."""
    return Log.objects.filter(origin__in=list(origins)).aggregate(total=Sum("size"))["total"] or 0


def index_at(origin: str, at: Instant) -> int:
    """The index of the first entry recorded at or after an instant. `recorded_at` never runs backwards, so it is
    found by halving; no index on time is needed, which every append would have to pay for."""
    rows = Entry.objects.filter(log__origin=origin)
    low, high = 0, size_of(origin)
    while low < high:
        middle = (low + high) // 2
        recorded_at = rows.filter(index=middle).values_list("recorded_at", flat=True).first()
        if recorded_at is not None and recorded_at < at:
            low = middle + 1
        else:
            high = middle
    return low


def entries_per_hour(origin: str, since: Instant, now: Instant) -> list[tuple[str, int, int]]:
    """(place, whole hours before `now`, count) of the entries since an instant."""
    return [
        (place, int(hours), int(count))
        for place, hours, count in sequencer().store.query(
            "SELECT e.place, (? - e.recorded_at) / 3600000 AS hours, count(*) FROM ledger_entry e"
            " JOIN ledger_log l ON l.id = e.log_id WHERE l.origin = ? AND e.idx >= ? AND e.device <> 'judge'"
            " GROUP BY e.place, hours",
            (now, origin, index_at(origin, since)),
        )
    ]


def newest_lines(origins: Collection[str], limit: int) -> list[Line]:
    """The newest entries of several logs together, newest first."""
    found: list[Line] = []
    for log in Log.objects.filter(origin__in=list(origins)):
        rows = Entry.objects.filter(log=log, index__gte=log.size - limit).order_by("-index")[:limit]
        found += [line_of(row, log.origin) for row in rows]
    return sorted(found, key=lambda line: -line.entry.recorded_at)[:limit]


def halt(origin: str, why: str) -> None:
    """Stops a log from taking entries; it stays readable. Never undone by the program itself."""
    Log.objects.filter(origin=origin).update(halted_why=why[:300])


def halted() -> dict[str, str]:
    """The logs that take no entries, with the reason."""
    return dict(Log.objects.exclude(halted_why="").values_list("origin", "halted_why"))


def tiles_of(origin: str) -> StoredTiles:
    """The stored hashes of a log, to prove from."""
    return StoredTiles(sequencer().store, Log.objects.get(origin=origin).pk)


def entries_of(origin: str, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
    """Bodies of entries [start, stop) in order, straight from the disk."""
    rows = Entry.objects.filter(log__origin=origin, index__gte=start, index__lt=stop).order_by("index")
    for index, body in rows.values_list("index", "body"):
        yield index, bytes(body)
