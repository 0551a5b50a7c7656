"""Re-checks a whole log from outside: every byte of every entry, every stored hash, every signed checkpoint.

It believes nothing that is stored: leaves are hashed anew from the bodies, tiles and roots from those leaves. It never
writes and never repairs. The log may grow meanwhile: what was there at the start is checked.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Protocol

from msgspec import Struct

from awas.ledger.canonical import NotCanonical, require_profile, require_spelling
from awas.ledger.checkpoint import Checkpoint, open_checkpoint
from awas.ledger.merkle import Frontier, leaf_hash, parents
from awas.ledger.note import NoteInvalid, Verifier
from awas.ledger.tiles import HEIGHT, WIDTH, TileReader, tile_path

BATCH = 16 * WIDTH
"""Entries read at once: whole tiles, so that their roots come of the same hashing as the tree's."""
MAX_PROBLEMS = 100
"""One wrong byte can make many things disagree; the first few say what there is to say."""

FIELDS = ("actor", "data", "device", "kind", "log", "occurred_at", "part", "place", "recorded_at", "seq", "v")
_TYPES = (str, dict, str, str, str, int, int, str, int, int, int)
_KIND = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*@[1-9][0-9]*")
_NO_PART = 1 << 60
"""Stands for the part before the first of a device that was not seen yet: nothing follows it."""


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
        self.contents = _Contents(origin, self.wrong)
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
            self.compare_checkpoints(checkpoints, frontier, leaves)
            self.tiles.grow(frontier, leaves)
            if progress is not None:
                progress(frontier.size, size)
            if len(leaves) < BATCH:
                break
        self.compare_checkpoints(checkpoints, frontier, [])
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
        rows = list(islice(entries, count))
        indexes = [index for index, _ in rows]
        if indexes != list(range(first, first + count)):
            sound = next((n for n, index in enumerate(indexes) if index != first + n), len(rows))
            found = f"entry {indexes[sound]} stands there" if sound < len(rows) else "the log ends there"
            self.wrong(first + sound, "index_gap", f"{found}; nothing after it was checked")
            rows = rows[:sound]
        bodies = [body for _, body in rows]
        self.contents.check(first, bodies)
        leaves = [leaf_hash(body) for body in bodies]
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

    def compare_checkpoints(self, checkpoints: list[Checkpoint], frontier: Frontier, leaves: list[bytes]) -> None:
        """Takes from the end of `checkpoints` those that lie within these leaves, and compares their roots."""
        reached = frontier.copy()
        while checkpoints and checkpoints[-1].size <= frontier.size + len(leaves):
            signed = checkpoints.pop()
            reached.extend(leaves[reached.size - frontier.size : signed.size - frontier.size])
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


class _Contents:
    """The bodies of a log, read in order."""

    def __init__(self, origin: str, wrong: Callable[[int | None, str, str], None]) -> None:
        self._origin, self._wrong = origin, wrong
        self._recorded_at = 0
        self._devices: dict[str, tuple[int, int]] = {}
        self._kinds: set[str] = set()

    def check(self, first: int, bodies: list[bytes]) -> None:
        """The hot loop: one decoding and one encoding of each body, a few comparisons, no call that can be saved."""
        origin, wrong, kinds, devices = self._origin, self._wrong, self._kinds, self._devices
        recorded_before = self._recorded_at
        for index, body in enumerate(bodies, first):
            try:
                value = require_spelling(body)
                if type(value) is not dict or tuple(value) != FIELDS or tuple(map(type, value.values())) != _TYPES:
                    require_profile(value)
                    wrong(index, "envelope", _envelope(value))
                    continue
                _, data, device, kind, log, _, part, _, recorded_at, seq, version = value.values()
                require_profile(data)
            except NotCanonical as error:
                wrong(index, "not_canonical", error.reason)
                continue
            if log != origin or version != 1 or (kind not in kinds and not self._is_kind(kind)):
                wrong(index, "envelope", f"log {log!r}, version {version}, kind {kind!r}")
            if recorded_at < recorded_before:
                wrong(index, "recorded_backwards", f"{recorded_at} after {recorded_before}")
            else:
                recorded_before = recorded_at
            last_seq, last_part = devices.get(device, (0, _NO_PART))
            if (seq != last_seq + 1 or part) and (seq != last_seq or part != last_part + 1):
                after = "nothing" if last_part == _NO_PART else f"{last_seq}.{last_part}"
                wrong(index, "device_sequence", f"{seq}.{part} of device {device!r} follows {after}")
            devices[device] = seq, part
        self._recorded_at = recorded_before

    def _is_kind(self, kind: str) -> bool:
        if _KIND.fullmatch(kind) is None:
            return False
        self._kinds.add(kind)
        return True


def _envelope(value: Any) -> str:
    """What is wrong with the fields of an entry, in words."""
    if type(value) is not dict:
        return "not an object"
    missing = [name for name in FIELDS if name not in value]
    unknown = [name for name in value if name not in FIELDS]
    odd = [name for name, due in zip(FIELDS, _TYPES, strict=True) if name in value and type(value[name]) is not due]
    return f"missing {missing}, unknown {unknown}, of another type {odd}"


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

    def grow(self, frontier: Frontier, leaves: list[bytes]) -> None:
        """Adds leaves to the tree, which ends at a tile's edge, and compares the tiles that they complete."""
        full = len(leaves) // WIDTH
        row = leaves[: full * WIDTH]
        for n in range(full):
            self._compare(0, frontier.size // WIDTH + n, row[n * WIDTH : (n + 1) * WIDTH])
        for _ in range(HEIGHT):
            row = parents(row)
        for root in row:
            self._climb(1, root)
        frontier.extend_subtrees(HEIGHT, row)
        frontier.extend(leaves[full * WIDTH :])

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
