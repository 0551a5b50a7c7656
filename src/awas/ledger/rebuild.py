"""What is derived from a log, folded anew from its entries and put in the place of what stands there.

Snapshots and item rows are caches of the entries; this proves it, and repairs them. It never touches an entry, a hash
or a checkpoint, and writes nothing from entries that don't give the root of the log's head.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from awas.ledger import entry as envelope
from awas.ledger.area import ItemsInMemory
from awas.ledger.fact import LedgerCorrupt
from awas.ledger.items import ItemTable
from awas.ledger.merkle import Frontier, leaf_hashes
from awas.ledger.store import SNAPSHOTS, Head, Store, Table

CHUNK = 2_000
"""Entries read in one statement."""

Progress = Callable[[int, int], None]
"""Told how many entries are folded, of how many."""


class Difference(Struct, frozen=True, kw_only=True):
    """One row that isn't what the entries give. `what`: `missing`, `unknown` (no entry made it), or the column."""

    table: str
    key: str
    what: str


class Rebuilt(Struct, frozen=True, kw_only=True):
    """What was found in one log, and whether it has been put right."""

    origin: str
    entry_count: int
    snapshot_count: int
    item_count: int
    difference_count: int
    first: Difference | None
    repaired: bool


class _Change(Struct, frozen=True, kw_only=True):
    """A difference with the row that belongs there; none where no row does."""

    table: Table
    key: tuple[Any, ...]
    row: tuple[Any, ...] | None
    what: str

    @property
    def difference(self) -> Difference:
        return Difference(table=self.table.name, key="/".join(str(part) for part in self.key), what=self.what)


class Rebuild:
    """One log, folded from its first entry. Every item struct must have a field `log`: whose rows are compared."""

    def __init__(
        self,
        store: Store,
        vocabulary: envelope.Vocabulary,
        tables: Mapping[str, Mapping[str, ItemTable]],
        origin: str,
    ) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.origin = origin
        self._tables = tables
        self._frontier = Frontier()
        self._states: dict[tuple[str, str], Any] = {}
        self._items = {name: ItemsInMemory() for name in vocabulary.areas}

    def check(self, progress: Progress = lambda done, size: None) -> Rebuilt:
        """Compares and changes nothing. Raises `LedgerCorrupt` when the entries don't give the head's root."""
        return self._run(progress, repair=False)

    def repair(self, progress: Progress = lambda done, size: None) -> Rebuilt:
        """Puts right whatever differs, in one transaction: all of it, or, if the power fails before COMMIT, nothing.

        Raises `LedgerCorrupt` like `check`; then nothing was written.
        """
        return self._run(progress, repair=True)

    def _run(self, progress: Progress, *, repair: bool) -> Rebuilt:
        # The long part without the log's lock: entries are only ever added. What came meanwhile is folded under it.
        self._fold_up_to(self._head(), progress)
        with self.store.transaction([self.origin]):
            head = self._head()
            self._fold_up_to(head, progress)
            if self._frontier.root() != head.stored_root:
                raise LedgerCorrupt(
                    self.origin, "the entries don't give the head's root; `awas ledger verify` says why"
                )
            changes = [*self._snapshot_changes(head), *self._item_changes()]
            if repair:
                self._write(changes)
        return Rebuilt(
            origin=self.origin,
            entry_count=self._frontier.size,
            snapshot_count=len(self._states),
            item_count=sum(len(items) for items in self._items.values()),
            difference_count=len(changes),
            first=changes[0].difference if changes else None,
            repaired=repair and bool(changes),
        )

    # -- folding -----------------------------------------------------------------------------------------------------

    def _head(self) -> Head:
        return self.store.heads([self.origin])[self.origin]

    def _fold_up_to(self, head: Head, progress: Progress) -> None:
        size = head.frontier.size
        while self._frontier.size < size:
            first = self._frontier.size
            rows = self.store.query(
                "SELECT idx, body FROM ledger_entry WHERE log_id = ? AND idx >= ? AND idx < ? ORDER BY idx",
                (head.log_id, first, min(first + CHUNK, size)),
            )
            if [index for index, _ in rows] != list(range(first, min(first + CHUNK, size))):
                raise LedgerCorrupt(self.origin, f"entries are missing after {first}")
            bodies = [bytes(body) for _, body in rows]
            for index, body in enumerate(bodies, first):
                self._fold(index, body)
            self._frontier.extend(leaf_hashes(bodies))
            progress(self._frontier.size, size)

    def _fold(self, index: int, body: bytes) -> None:
        try:
            entry = envelope.decode(body)
            event = self.vocabulary.event(entry)
        except (KeyError, msgspec.MsgspecError) as wrong:
            raise LedgerCorrupt(self.origin, f"entry {index} can't be read: {wrong}") from wrong
        area, stamp = self.vocabulary.area_of_event[type(event)], entry.stamp
        for other, fold, fold_items in (
            (area, area.fold, area.fold_items),
            *((other, *follow) for other, follow in self.vocabulary.followers.get(type(event), ())),
        ):
            key = (stamp.place, other.name)
            state = self._states.get(key)
            self._states[key] = fold(other.state() if state is None else state, stamp, event)
            fold_items(self._items[other.name], stamp, event)

    # -- comparing ---------------------------------------------------------------------------------------------------

    def _snapshot_changes(self, head: Head) -> Iterator[_Change]:
        """The position isn't compared: it is where the transaction ended, which the entries don't tell."""
        rows = self.store.query("SELECT place, area, body FROM ledger_snapshot WHERE log_id = ?", (head.log_id,))
        stored = {(place, area): bytes(body) for place, area, body in rows}
        for key, state in sorted(self._states.items(), key=lambda one: one[0]):
            what = "missing" if key not in stored else "" if _is_state(stored[key], state) else "body"
            if what:
                row = (*key, head.log_id, head.frontier.size, msgspec.msgpack.encode(state))
                yield _Change(table=SNAPSHOTS, key=key, row=row, what=what)
        for key in sorted(stored.keys() - self._states.keys()):
            yield _Change(table=SNAPSHOTS, key=key, row=None, what="unknown")

    def _item_changes(self) -> Iterator[_Change]:
        for area, tables in sorted(self._tables.items()):
            for kind, table in sorted(tables.items()):
                folded = {key: item for (of, key), item in self._items[area].items() if of == kind}
                yield from self._changes_of(table, folded)

    def _changes_of(self, table: ItemTable, folded: Mapping[str, Struct]) -> Iterator[_Change]:
        columns = table.table.columns
        rows = self.store.query(
            f"SELECT {', '.join(columns)} FROM {table.table.name} WHERE log = ?",  # noqa: S608 - names from models alone
            (self.origin,),
        )
        stored = {row[0]: row for row in rows}
        for key, item in sorted(folded.items()):
            what = _difference(table, stored[key], item) if key in stored else "missing"
            if what:
                yield _Change(table=table.table, key=(key,), row=table.row(item), what=what)
        for key in sorted(stored.keys() - folded.keys()):
            yield _Change(table=table.table, key=(key,), row=None, what="unknown")

    # -- writing -----------------------------------------------------------------------------------------------------

    def _write(self, changes: list[_Change]) -> None:
        rows: dict[str, tuple[Table, list[tuple[Any, ...]]]] = {}
        for change in changes:
            if change.row is not None:
                rows.setdefault(change.table.name, (change.table, []))[1].append(change.row)
                continue
            where = " AND ".join(f"{name} = ?" for name in change.table.columns[: change.table.key_count])
            self.store.execute(f"DELETE FROM {change.table.name} WHERE {where}", change.key)  # noqa: S608 - as above
        for table, some in rows.values():
            self.store.upsert(table, some)


def _is_state(body: bytes, state: Any) -> bool:
    try:
        return bool(msgspec.msgpack.decode(body, type=type(state)) == state)
    except msgspec.MsgspecError:
        return False


def _difference(table: ItemTable, row: tuple[Any, ...], item: Struct) -> str:
    """The first column that differs, or ""."""
    wanted = table.row(item)
    unlike = [name for name, has, wants in zip(table.table.columns, row, wanted, strict=True) if has != wants]
    return unlike[0] if unlike else ""
