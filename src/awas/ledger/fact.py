"""The FACT: one transaction that turns a group of waiting commands into durable entries and the state they leave.

For each command in order: decide, append, fold, project. A refusal costs only its own command. Nothing is answered
here; the sequencer answers after COMMIT. Rules are not evaluated here: a broken rule can't refuse a record.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from awas.ledger import entry as envelope
from awas.ledger.area import Area, Elsewhere, Instant, Refused, Stamp
from awas.ledger.items import ItemTable, StoredItems
from awas.ledger.merkle import leaf_hash
from awas.ledger.store import DEVICE_HEADS, ENTRIES, SNAPSHOTS, TILES, VAULT, Head, Store
from awas.ledger.tiles import complete_tiles


class LedgerHalted(Exception):  # noqa: N818 - a state, not a fault of the caller
    """The log takes no entries: something in it was found wrong. It is served read-only until people have looked."""


class LedgerCorrupt(Exception):  # noqa: N818
    """A log's own head doesn't agree with itself. From then on the log takes no entries."""

    def __init__(self, origin: str, why: str) -> None:
        super().__init__(f"{origin}: {why}")
        self.origin = origin
        self.why = why


class Kept(Struct, frozen=True, kw_only=True):
    """A personal value on its way into the vault; its `Sealed` stands in the command."""

    ref: str
    purpose: str
    salt: bytes
    value: str
    match: str | None = None


class Submission(Struct, frozen=True, kw_only=True):
    """A command with everything it needs to become durable.

    An enrolled device gives its gapless `seq`; a browser form gives a time-ordered `nonce` and gets the next number
    of its session. `digest` identifies what was sent, so that the same key with other content is told apart from a
    second tap.
    """

    log: str
    place: str
    actor: str
    device: str
    occurred_at: Instant
    command: Any
    seq: int | None = None
    nonce: str | None = None
    digest: bytes | None = None
    kept: tuple[Kept, ...] = ()


class Receipt(Struct, frozen=True, kw_only=True):
    """The durable answer: where the first entry of the command stands, and its leaf hash."""

    log: str
    index: int
    count: int
    leaf: str
    recorded_at: Instant
    seq: int
    replayed: bool = False


class Appended(Struct, frozen=True, kw_only=True):
    """An entry of this transaction, as the judgement after it wants it."""

    log: str
    index: int
    stamp: Stamp
    area: str
    event: Any


class Fact:
    """Everything one transaction touches. Made inside `Store.transaction`, flushed once at its end."""

    def __init__(
        self,
        store: Store,
        vocabulary: envelope.Vocabulary,
        tables: Mapping[str, Mapping[str, ItemTable]],
        origins: Iterable[str],
        now: Instant,
    ) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.now = now
        self._tables = tables
        self.heads = store.heads(list(origins))
        for head in self.heads.values():
            if not head.halted_why and head.frontier.root() != head.stored_root:
                raise LedgerCorrupt(head.origin, "the frontier doesn't give the stored root")
        self._first = {origin: head.frontier.size for origin, head in self.heads.items()}
        self._leaves: dict[str, list[bytes]] = {origin: [] for origin in self.heads}
        self._rows: list[tuple[Any, ...]] = []
        self._items: dict[str, StoredItems] = {}
        self._states: dict[tuple[str, str], Any] = {}
        self._touched: dict[tuple[str, str], str] = {}
        self._devices: dict[tuple[int, str], int] = {}
        self._receipts: dict[tuple[str, str, str | int], tuple[Receipt, bytes | None]] = {}
        self._kept: list[tuple[Any, ...]] = []
        self.appended: list[Appended] = []

    # -- what a command sees -------------------------------------------------------------------------------------

    def items(self, area: Area) -> StoredItems:
        found = self._items.get(area.name)
        if found is None:
            found = self._items[area.name] = StoredItems(self.store, self._tables.get(area.name, {}))
        return found

    def prefetch(self, submissions: Sequence[Submission]) -> None:
        """Loads in a few statements what the whole group will ask for."""
        wanted: dict[str, set[tuple[str, str]]] = {}
        places: set[tuple[str, str]] = set()
        for submission in submissions:
            area = self.vocabulary.area_of_command[type(submission.command)]
            wanted.setdefault(area.name, set()).update(area.needs(submission.command))
            places.add((submission.place, area.name))
        for name, keys in wanted.items():
            self.items(self.vocabulary.areas[name]).prefetch(keys)
        self._load_states(places)
        devices = {(self.heads[one.log].log_id, one.device) for one in submissions}
        for log_id, device, last in self.store.select(DEVICE_HEADS, list(devices)):
            self._devices[log_id, device] = last

    def _load_states(self, places: Iterable[tuple[str, str]]) -> None:
        rows = self.store.select(SNAPSHOTS, [key for key in places if key not in self._states])
        for place, area_name, _, _, body in rows:
            self._states[place, area_name] = msgspec.msgpack.decode(
                bytes(body), type=self.vocabulary.areas[area_name].state
            )

    def state(self, area: Area, place: str) -> Any:
        key = (place, area.name)
        if key not in self._states:
            self._load_states([key])
            if key not in self._states:
                self._states[key] = area.state()
        return self._states[key]

    # -- one command ---------------------------------------------------------------------------------------------

    def execute(self, submission: Submission) -> Receipt:
        """Decides one command and appends its events. Raises `Refused` (or `LedgerHalted`), then nothing changed."""
        head = self.heads[submission.log]
        if head.halted_why:
            raise LedgerHalted(head.halted_why)
        if (earlier := self._replayed(head, submission)) is not None:
            return earlier
        seq = self._next_seq(head, submission)
        area = self.vocabulary.area_of_command[type(submission.command)]
        stamp = Stamp(
            place=submission.place,
            actor=submission.actor,
            device=submission.device,
            occurred_at=submission.occurred_at,
            recorded_at=max(self.now, head.last_recorded_at),
        )
        events = area.decide(self.state(area, submission.place), self.items(area), stamp, submission.command)
        receipt = self.append(head, stamp, seq, events, submission.nonce, submission.digest)
        self._kept += [
            (one.ref, one.purpose, submission.place, one.salt, one.value, one.match, stamp.recorded_at, None, "")
            for one in submission.kept
        ]
        if submission.nonce is not None:
            self._receipts[submission.log, submission.device, submission.nonce] = receipt, submission.digest
        self._receipts[submission.log, submission.device, seq] = receipt, submission.digest
        return receipt

    def append(
        self,
        head: Head,
        stamp: Stamp,
        seq: int,
        events: Sequence[Any],
        nonce: str | None = None,
        digest: bytes | None = None,
    ) -> Receipt:
        """Appends the events of one act as consecutive entries and folds them into state and items."""
        if not events:
            raise Refused("nothing_to_record")
        # Encoding may refuse (a text too long for an entry): all bodies first, so that a refusal changes nothing.
        parts = [self._encoded(head, stamp, seq, part, event) for part, event in enumerate(events)]
        first = head.frontier.size
        leaves = [
            self._add(head, where, seq, part, event, body, nonce if part == 0 else None, digest if part == 0 else None)
            for part, (where, event, body) in enumerate(parts)
        ]
        head.last_recorded_at = stamp.recorded_at
        self._devices[head.log_id, stamp.device] = seq
        return Receipt(
            log=head.origin,
            index=first,
            count=len(parts),
            leaf=leaves[0].hex(),
            recorded_at=stamp.recorded_at,
            seq=seq,
        )

    @staticmethod
    def _encoded(head: Head, stamp: Stamp, seq: int, part: int, event: Any) -> tuple[Stamp, Any, bytes]:
        if isinstance(event, Elsewhere):
            stamp, event = msgspec.structs.replace(stamp, place=event.place), event.event
        return stamp, event, envelope.encode(head.origin, stamp, seq, part, event)

    def _add(
        self,
        head: Head,
        stamp: Stamp,
        seq: int,
        part: int,
        event: Any,
        body: bytes,
        nonce: str | None,
        digest: bytes | None,
    ) -> bytes:
        """Puts one encoded event at the end of the log and folds it; returns its leaf."""
        leaf, index = leaf_hash(body), head.frontier.size
        head.frontier.append(leaf)
        self._leaves[head.origin].append(leaf)
        self._rows.append(
            (
                head.log_id, index, stamp.place, type(event).__struct_config__.tag, stamp.device, seq, part,
                nonce, stamp.recorded_at, digest, leaf, body,
            )
        )  # fmt: skip
        area = self.vocabulary.area_of_event[type(event)]
        key = (stamp.place, area.name)
        self._states[key] = area.fold(self.state(area, stamp.place), stamp, event)
        self._touched[key] = head.origin
        area.fold_items(self.items(area), stamp, event)
        for other, follow in self.vocabulary.followers.get(type(event), ()):
            key = (stamp.place, other.name)
            self._states[key] = follow.fold(self.state(other, stamp.place), stamp, event)
            self._touched[key] = head.origin
            follow.fold_items(self.items(other), stamp, event)
        self.appended.append(Appended(log=head.origin, index=index, stamp=stamp, area=area.name, event=event))
        return leaf

    def next_seq(self, head: Head, device: str) -> int:
        """The number that follows the last one of a device in a log."""
        key = (head.log_id, device)
        if key not in self._devices:
            rows = self.store.select(DEVICE_HEADS, [key])
            self._devices[key] = rows[0][2] if rows else 0
        return self._devices[key] + 1

    def _next_seq(self, head: Head, submission: Submission) -> int:
        expected = self.next_seq(head, submission.device)
        if submission.seq is not None and submission.seq != expected:
            raise Refused("sequence_gap", expected=expected, got=submission.seq)
        return expected

    def _replayed(self, head: Head, submission: Submission) -> Receipt | None:
        """The first receipt of a command that was recorded already."""
        name: str | int | None = submission.nonce if submission.seq is None else submission.seq
        if name is None:
            return None
        found = self._receipts.get((submission.log, submission.device, name))
        if found is None:
            if submission.seq is not None and submission.seq >= self.next_seq(head, submission.device):
                return None
            found = self._stored_receipt(head, submission)
        if found is None:
            return None
        receipt, digest = found
        if submission.digest is not None and digest is not None and digest != submission.digest:
            raise Refused("already_recorded_otherwise", index=receipt.index)
        return msgspec.structs.replace(receipt, replayed=True)

    def _stored_receipt(self, head: Head, submission: Submission) -> tuple[Receipt, bytes | None] | None:
        column, value = ("nonce", submission.nonce) if submission.seq is None else ("seq", submission.seq)
        rows = self.store.query(
            "SELECT idx, leaf, recorded_at, seq, digest FROM ledger_entry"  # noqa: S608 - one of two column names
            f" WHERE log_id = ? AND device = ? AND {column} = ? AND part = 0"
            + (" AND nonce IS NOT NULL" if column == "nonce" else ""),
            (head.log_id, submission.device, value),
        )
        if not rows:
            return None
        index, leaf, recorded_at, seq, digest = rows[0]
        count = self.store.query(
            "SELECT count(*) FROM ledger_entry WHERE log_id = ? AND device = ? AND seq = ?",
            (head.log_id, submission.device, seq),
        )[0][0]
        receipt = Receipt(
            log=head.origin, index=index, count=count, leaf=bytes(leaf).hex(), recorded_at=recorded_at, seq=seq
        )
        return receipt, None if digest is None else bytes(digest)

    # -- the end of the transaction ------------------------------------------------------------------------------

    def flush(self) -> None:
        """Writes everything. After COMMIT all of it is durable; if the power fails before, none of it happened."""
        if not self._rows:
            return
        self.store.insert(ENTRIES, self._rows)
        if self._kept:
            self.store.upsert(VAULT, self._kept)
        for items in self._items.values():
            items.flush()
        self.store.upsert(
            SNAPSHOTS,
            [
                (
                    place, area_name, self.heads[origin].log_id, self.heads[origin].frontier.size,
                    msgspec.msgpack.encode(self._states[place, area_name]),
                )
                for (place, area_name), origin in self._touched.items()
            ],
        )  # fmt: skip
        moved = [head for origin, head in self.heads.items() if self._leaves[origin]]
        log_ids = {head.log_id for head in moved}
        self.store.upsert(
            DEVICE_HEADS,
            [(log_id, device, seq) for (log_id, device), seq in self._devices.items() if log_id in log_ids],
        )
        for head in moved:
            self._write_tiles(head)
        self.store.save_heads(moved)

    def _write_tiles(self, head: Head) -> None:
        first, new = self._first[head.origin], self._leaves[head.origin]
        reader = StoredTiles(self.store, head.log_id, first, new)
        rows = [
            (head.log_id, level, n, hashes) for level, n, hashes in complete_tiles(first, head.frontier.size, reader)
        ]
        self.store.insert(TILES, rows)


class StoredTiles:
    """A `TileReader` over the tables, with the leaves of a running transaction (from index `first`) on top."""

    def __init__(self, store: Store, log_id: int, first: int = 0, new: Sequence[bytes] = ()) -> None:
        self._store, self._log_id, self._first, self._new = store, log_id, first, new

    def leaf_hashes(self, start: int, stop: int) -> list[bytes]:
        stored_stop = min(stop, self._first) if self._new else stop
        found: list[bytes] = []
        if start < stored_stop:
            found = [
                bytes(leaf)
                for (leaf,) in self._store.query(
                    "SELECT leaf FROM ledger_entry WHERE log_id = ? AND idx >= ? AND idx < ? ORDER BY idx",
                    (self._log_id, start, stored_stop),
                )
            ]
        if self._new:
            found += self._new[max(start - self._first, 0) : max(stop - self._first, 0)]
        return found

    def full_tile(self, level: int, n: int) -> bytes | None:
        rows = self._store.query(
            "SELECT hashes FROM ledger_tile WHERE log_id = ? AND level = ? AND n = ?", (self._log_id, level, n)
        )
        return bytes(rows[0][0]) if rows else None
