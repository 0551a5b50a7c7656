"""How the hashes of a log are cut into tiles: C2SP tlog-tiles, height 8.

A full tile is 256 hashes (8,192 bytes) and never changes. Level 0 holds leaf hashes; a hash of level L + 1 is the root
over a full tile of level L. Only full tiles are stored, each once, in the transaction that completes it; what is
partial is computed from the leaves and tiles below it. Nothing here writes.
"""

from collections import OrderedDict
from contextlib import suppress
from typing import Any, Protocol

from awas.ledger.merkle import HASH_BYTES, parents

HEIGHT = 8
WIDTH = 1 << HEIGHT
TILE_BYTES = WIDTH * HASH_BYTES


class TileReader(Protocol):
    """Where a log's hashes are kept."""

    def leaf_hashes(self, start: int, stop: int) -> list[bytes]:
        """The leaf hashes of entries `start` up to, not including, `stop`; fewer if the log ends before."""

    def full_tile(self, level: int, n: int) -> bytes | None:
        """The 8,192 bytes of a full tile, or None if it isn't stored."""


class HashesMissing(Exception):  # noqa: N818 - the finding, not the fault
    """A hash was asked for that the store doesn't have: beyond the end of the log, or lost."""


def tile_path(level: int, n: int, width: int = WIDTH) -> str:
    """The path of a tile below a log's prefix: `tile/0/x001/x234/067`, with `.p/112` after it when it is partial."""
    return f"tile/{level}/{_number(n)}{_partial(width)}"


def bundle_path(n: int, width: int = WIDTH) -> str:
    """The path of a bundle of entries, `tile/entries/…`, which goes with the tile of level 0 of the same number."""
    return f"tile/entries/{_number(n)}{_partial(width)}"


def parse_path(path: str) -> tuple[int | None, int, int]:
    """(level or None for entries, n, width) of a path as the two functions above write it. Raises ValueError."""
    head, _, rest = path.removeprefix("tile/").partition("/")
    number, _, width = rest.partition(".p/")
    try:
        level = None if head == "entries" else int(head)
        n = int(number.replace("/", "").replace("x", ""))
        parsed = level, n, int(width) if width else WIDTH
    except ValueError:
        raise ValueError(f"{path!r} is no path of a tile") from None
    again = bundle_path(n, parsed[2]) if level is None else tile_path(level, n, parsed[2])
    # No log has 2**63 entries, and no database can be asked for one behind them.
    beyond = n >> (63 - HEIGHT)
    if path != again or beyond or not 0 < parsed[2] <= WIDTH or (level is not None and not 0 <= level <= 63):
        raise ValueError(f"{path!r} is no path of a tile")
    return parsed


def _number(n: int) -> str:
    digits = str(n)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    return "/".join([*("x" + group for group in groups[:-1]), groups[-1]])


def _partial(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"


def partial_width(level: int, size: int) -> int:
    """How many hashes the partial tile at the right edge of `level` has in a tree of `size`; 0 if there is none."""
    return (size >> (HEIGHT * level)) % WIDTH


def bundle(bodies: list[bytes]) -> bytes:
    """An entry bundle: each entry after its length in two bytes, big-endian."""
    return b"".join(len(body).to_bytes(2, "big") + body for body in bodies)


def tile_root(tile: bytes) -> bytes:
    """The root over a full tile: the hash that stands for it one level up."""
    return row_root(split(tile))


def split(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[start : start + HASH_BYTES] for start in range(0, len(tile), HASH_BYTES)]


def row_root(row: list[bytes]) -> bytes:
    """The root over a power of two of hashes."""
    while len(row) > 1:
        row = parents(row)
    return row[0]


def complete_tiles(old_size: int, new_size: int, reader: TileReader) -> list[tuple[int, int, bytes]]:
    """(level, n, bytes) of every tile that becomes full while a log grows from `old_size` to `new_size`.

    Lower levels come first. `reader` must give the leaves up to `new_size` and the tiles that were full at `old_size`:
    called inside the append's transaction, so that a tile is stored exactly once and never without its entries.
    """
    found: list[tuple[int, int, bytes]] = []
    # Roots of the tiles just made: the level above wants them, and the store doesn't have them yet.
    roots: dict[int, bytes] = {}
    level = 0
    while new_size >> (HEIGHT * (level + 1)):
        shift = HEIGHT * (level + 1)
        made: dict[int, bytes] = {}
        for n in range(old_size >> shift, new_size >> shift):
            first = n << HEIGHT
            if level == 0:
                row = _leaves(reader, first, first + WIDTH)
            else:
                row = [
                    roots[below] if below in roots else tile_root(_tile(reader, level - 1, below))
                    for below in range(first, first + WIDTH)
                ]
            found.append((level, n, b"".join(row)))
            made[n] = row_root(row)
        roots = made
        level += 1
    return found


def _leaves(reader: TileReader, start: int, stop: int) -> list[bytes]:
    row = reader.leaf_hashes(start, stop)
    if len(row) != stop - start:
        raise HashesMissing(f"leaf hashes {start} to {stop}: {len(row)} of {stop - start} are there")
    return row


def _tile(reader: TileReader, level: int, n: int) -> bytes:
    tile = reader.full_tile(level, n)
    if tile is None or len(tile) != TILE_BYTES:
        raise HashesMissing(f"{tile_path(level, n)} is missing or not {TILE_BYTES} bytes long")
    return tile


class Subtrees:
    """A `merkle.SubtreeReader` over tiles.

    Full tiles and their roots never change, so both are remembered: keep one of these per log and a proof costs some
    hundred hashes. The first proof after the start hashes the tiles under the right edge, at most 255 a level. Safe
    for threads as far as the reader is. It trusts the store; `awas.ledger.verify` doesn't, and starts afresh.
    """

    TILES_KEPT = 64
    ROOTS_KEPT = 4096

    def __init__(self, reader: TileReader) -> None:
        self._reader = reader
        self._tiles: OrderedDict[tuple[int, int], list[bytes] | None] = OrderedDict()
        self._roots: OrderedDict[tuple[int, int], bytes] = OrderedDict()

    def subtree(self, height: int, n: int) -> bytes:
        """The root of a complete subtree. Raises `HashesMissing` if the log doesn't reach that far."""
        level, rest = divmod(height, HEIGHT)
        return row_root(self.hashes(level, n << rest, (n + 1) << rest))

    def hashes(self, level: int, start: int, stop: int) -> list[bytes]:
        """The hashes `start` up to `stop` of a level, all within one tile, full or partial."""
        row = self._row(level, start >> HEIGHT)
        if row is not None:
            return row[start % WIDTH : start % WIDTH + stop - start]
        if level == 0:
            return _leaves(self._reader, start, stop)
        return [self._root(level - 1, n) for n in range(start, stop)]

    def tile(self, level: int, n: int, width: int = WIDTH) -> bytes:
        """The bytes of a tile of that width, as tlog-tiles serves it. Raises `HashesMissing`."""
        return b"".join(self.hashes(level, n * WIDTH, n * WIDTH + width))

    def _row(self, level: int, n: int) -> list[bytes] | None:
        key = level, n
        row = self._tiles.get(key)
        if row is None:
            body = self._reader.full_tile(level, n)
            if body is None:
                return None
            if len(body) != TILE_BYTES:
                raise HashesMissing(f"{tile_path(level, n)} is {len(body)} bytes long")
            row = self._tiles[key] = split(body)
            if len(self._tiles) > self.TILES_KEPT:
                self._forget(self._tiles)
        return row

    def _root(self, level: int, n: int) -> bytes:
        root = self._roots.get((level, n))
        if root is None:
            root = self._roots[level, n] = row_root(split(_tile(self._reader, level, n)))
            if len(self._roots) > self.ROOTS_KEPT:
                self._forget(self._roots)
        return root

    @staticmethod
    def _forget(kept: OrderedDict[tuple[int, int], Any]) -> None:
        with suppress(KeyError):  # another thread was faster
            kept.popitem(last=False)
