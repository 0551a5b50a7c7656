"""Re-checks a whole log from outside: every byte of every entry, every stored hash, every signed checkpoint.

It believes nothing that is stored: leaves are hashed anew from the bodies, tiles and roots from those leaves. It never
writes and never repairs. The log may grow meanwhile: what was there at the start is checked.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol

from msgspec import Struct

from awas.ledger.checkpoint import Checkpoint, open_checkpoint
from awas.ledger.contents import Contents
from awas.ledger.merkle import Frontier, leaf_hashes, parents
from awas.ledger.note import NoteInvalid, Verifier
from awas.ledger.tiles import HEIGHT, WIDTH, TileReader, tile_path

BATCH = 16 * WIDTH
"""Entries read at once: whole tiles, so that their roots come of the same hashing as the tree's."""
MAX_PROBLEMS = 100
"""One wrong byte can make many things disagree; the first few say what there is to say."""


class LedgerReader(Protocol):
    """What a store gives to be checked, one log at a time."""

    def origins(self) -> list[str]: ...

    def head(self, origin: str) -> tuple[int, bytes]:
        """Size and root as stored."""

    def entries(self, origin: str, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
        """(index, body) of the entries there are in [start, stop), by index."""

    def tiles(self, origin: str) -> TileReader: ...

    def checkpoints(self, origin: str) -> Iterator[bytes | str]:
        """Every signed checkpoint that is kept, as notes."""


class Problem(Struct, frozen=True, kw_only=True):
    """Something that isn't as it should be. `index` names the entry where it is one entry's fault.

    Codes: `index_gap` `not_canonical` `envelope` `recorded_backwards` `device_sequence` `leaf_differs` `tile_differs`
    `root_differs` `beyond_head` `checkpoint_signature` `checkpoint_differs` `checkpoint_ahead`.
    """

    index: int | None
    code: str
    detail: str


class Report(Struct, frozen=True, kw_only=True):
    """What was found. `entry_count` entries were read and `root` was computed from them."""

    origin: str
    entry_count: int
    root: bytes
    checkpoint_count: int
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return not self.problems

    @property
    def first_wrong(self) -> int | None:
        """The lowest index among the wrong entries."""
        return min((one.index for one in self.problems if one.index is not None), default=None)


def verify_log(
    reader: LedgerReader,
    origin: str,
    verifiers: Iterable[Verifier],
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Checks one log against the log's own verifier keys. `progress(done, size)` is called after every batch.

    Signatures of other keys (witnesses) on the checkpoints are passed over.
    """
    return _Audit(reader, origin, tuple(verifiers)).run(progress)


class _Audit:
    """One run over one log."""

    def __init__(self, reader: LedgerReader, origin: str, verifiers: tuple[Verifier, ...]) -> None:
        self.reader, self.origin, self.verifiers = reader, origin, verifiers
        self.problems: list[Problem] = []
        self.contents = Contents(origin, self.wrong)
        self.tiles = _Tiles(reader.tiles(origin), self.wrong)

    def wrong(self, index: int | None, code: str, detail: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(index=index, code=code, detail=detail))

    def run(self, progress: Callable[[int, int], None] | None) -> Report:
        # Checkpoints before the head: then every one of them must lie within it, though the log grows meanwhile.
        checkpoints = self.open_checkpoints()
        count = len(checkpoints)
        size, root = self.reader.head(self.origin)
        while checkpoints and checkpoints[0].size > size:
            ahead = checkpoints.pop(0)
            self.wrong(None, "checkpoint_ahead", f"{ahead.size} entries were signed, {size} are there")
        entries = self.reader.entries(self.origin, 0, size)
        frontier = Frontier()
        while frontier.size < size:
            leaves = self.batch(entries, frontier.size, min(BATCH, size - frontier.size))
            roots = self.tiles.grow(frontier.size, leaves)
            self.compare_checkpoints(checkpoints, frontier, leaves, roots)
            frontier.extend_subtrees(HEIGHT, roots)
            frontier.extend(leaves[len(roots) * WIDTH :])
            if progress is not None:
                progress(frontier.size, size)
            if len(leaves) < BATCH:
                break
        self.compare_checkpoints(checkpoints, frontier, [], [])
        if frontier.size == size:
            if frontier.root() != root:
                self.wrong(
                    None, "root_differs", f"the entries give {frontier.root().hex()}, the head says {root.hex()}"
                )
            self.look_beyond(size)
        return Report(
            origin=self.origin,
            entry_count=frontier.size,
            root=frontier.root(),
            checkpoint_count=count,
            problems=tuple(self.problems),
        )

    def batch(self, entries: Iterator[tuple[int, bytes]], first: int, count: int) -> list[bytes]:
        """Reads and checks the next entries. Returns their leaf hashes; fewer than `count` if an index is missing."""
        indexes, bodies = tuple(zip(*islice(entries, count), strict=True)) or ((), ())
        if indexes != tuple(range(first, first + count)):
            sound = next((n for n, index in enumerate(indexes) if index != first + n), len(indexes))
            found = f"entry {indexes[sound]} stands there" if sound < len(indexes) else "the log ends there"
            self.wrong(first + sound, "index_gap", f"{found}; nothing after it was checked")
            bodies = bodies[:sound]
        self.contents.check(first, bodies)
        leaves = leaf_hashes(bodies)
        self.tiles.compare_leaves(first, leaves)
        return leaves

    def open_checkpoints(self) -> list[Checkpoint]:
        """The checkpoints whose signatures hold, the largest first."""
        opened = []
        for number, note in enumerate(self.reader.checkpoints(self.origin)):
            try:
                opened.append(open_checkpoint(note, self.verifiers, origin=self.origin).checkpoint)
            except NoteInvalid as error:
                self.wrong(None, "checkpoint_signature", f"checkpoint number {number}: {error.reason}")
        return sorted(opened, key=lambda one: -one.size)

    def compare_checkpoints(
        self, checkpoints: list[Checkpoint], frontier: Frontier, leaves: list[bytes], roots: list[bytes]
    ) -> None:
        """Takes from the end of `checkpoints` those that lie within these leaves, and compares their roots.

        `roots` are those of the tiles that the leaves fill: whole tiles need no second hashing.
        """
        first = frontier.size
        whole = frontier.copy()
        while checkpoints and checkpoints[-1].size <= first + len(leaves):
            signed = checkpoints.pop()
            whole.extend_subtrees(HEIGHT, roots[(whole.size - first) // WIDTH : (signed.size - first) // WIDTH])
            reached = whole.copy()
            reached.extend(leaves[whole.size - first : signed.size - first])
            if reached.root() != signed.root:
                self.wrong(
                    None,
                    "checkpoint_differs",
                    f"the first {signed.size} entries give {reached.root().hex()}, {signed.root.hex()} was signed",
                )

    def look_beyond(self, size: int) -> None:
        """Entries and tiles after the head. The head is read again after them: the log may have grown."""
        entry = next(self.reader.entries(self.origin, size, size + 1), None)
        if entry is not None and self.reader.head(self.origin)[0] <= size:
            self.wrong(size, "beyond_head", f"the head counts {size} entries")
        n = size // WIDTH
        if self.tiles.reader.full_tile(0, n) is not None and self.reader.head(self.origin)[0] < (n + 1) * WIDTH:
            self.wrong(None, "beyond_head", f"{tile_path(0, n)} is stored, but not complete")


class _Tiles:
    """The stored hashes of a log, compared with those of its entries."""

    def __init__(self, reader: TileReader, wrong: Callable[[int | None, str, str], None]) -> None:
        self.reader, self._wrong = reader, wrong
        self._rows: list[list[bytes]] = []  # by level above 0: the roots that aren't a full tile yet
        self._done: list[int] = []  # by level above 0: the full tiles so far

    def compare_leaves(self, first: int, leaves: list[bytes]) -> None:
        """Against the leaf hashes that stand beside the entries."""
        stored = self.reader.leaf_hashes(first, first + len(leaves))
        if stored == leaves:
            return
        for index, leaf in enumerate(leaves, first):
            beside = stored[index - first] if index - first < len(stored) else None
            if beside != leaf:
                found = "none" if beside is None else beside.hex()
                self._wrong(index, "leaf_differs", f"the entry hashes to {leaf.hex()}, {found} is stored")

    def grow(self, first: int, leaves: list[bytes]) -> list[bytes]:
        """Compares the tiles that these leaves complete; `first` is at a tile's edge. Returns the tiles' roots."""
        full = len(leaves) // WIDTH
        row = leaves[: full * WIDTH]
        for n in range(full):
            self._compare(0, first // WIDTH + n, row[n * WIDTH : (n + 1) * WIDTH])
        for _ in range(HEIGHT):
            row = parents(row)
        for root in row:
            self._climb(1, root)
        return row

    def _climb(self, level: int, root: bytes) -> None:
        if level > len(self._rows):
            self._rows.append([])
            self._done.append(0)
        row = self._rows[level - 1]
        row.append(root)
        if len(row) == WIDTH:
            self._compare(level, self._done[level - 1], row)
            self._rows[level - 1] = []
            self._done[level - 1] += 1
            while len(row) > 1:
                row = parents(row)
            self._climb(level + 1, row[0])

    def _compare(self, level: int, n: int, row: list[bytes]) -> None:
        stored = self.reader.full_tile(level, n)
        if stored != b"".join(row):
            found = "is not stored" if stored is None else "holds other hashes than the entries give"
            self._wrong(None, "tile_differs", f"{tile_path(level, n)} {found}")
