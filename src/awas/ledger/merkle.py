"""The Merkle tree of a log: RFC 6962 section 2 and RFC 9162 section 2.1, over SHA-256.

Hashes are 32 bytes. A subtree is named by its height and its number among those of that height: it covers the leaves
from `n << height` up to `(n + 1) << height`. Nothing here knows what a leaf means or where hashes are kept.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

_sha256 = hashlib.sha256
_ONE_LENGTH = frozenset((HASH_BYTES,))


class ProofInvalid(Exception):  # noqa: N818 - the finding, not the fault
    """A proof that doesn't lead to the root it should. The message says at which step."""


class SubtreeReader(Protocol):
    """Gives the root of any complete subtree of a log."""

    def subtree(self, height: int, n: int) -> bytes: ...


def leaf_hash(data: bytes) -> bytes:
    """The hash under which `data` stands in the tree."""
    return _sha256(b"\x00" + data).digest()


def leaf_hashes(bodies: Iterable[bytes]) -> list[bytes]:
    """`leaf_hash` of each, without a call for each."""
    return [_sha256(b"\x00" + body).digest() for body in bodies]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return _sha256(b"\x01" + left + right).digest()


def parents(row: Sequence[bytes]) -> list[bytes]:
    """The nodes above `row`, whose length is even. The inner loop of everything that hashes many leaves."""
    pairs = iter(row)
    return [_sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]


class Frontier:
    """The right edge of a growing tree: all that is needed to append to it and to know its root.

    One hash for each bit that is set in `size`: the roots of the complete subtrees that cover the leaves from left to
    right. Not safe for threads; `copy` before trying something that may have to be forgotten.
    """

    __slots__ = ("_at", "size")

    def __init__(self) -> None:
        self.size = 0
        self._at: list[bytes | None] = []  # by height; None where that bit of `size` is clear

    def append(self, leaf: bytes) -> None:
        """Adds one leaf hash."""
        at, node = self._at, leaf
        for height, left in enumerate(at):
            if left is None:
                at[height] = node
                break
            node = _sha256(b"\x01" + left + node).digest()
            at[height] = None
        else:
            at.append(node)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Adds leaf hashes in order, a level at a time: one hash a leaf, with hardly anything around it."""
        row = list(leaves)
        self.size += len(row)
        self._merge(row, 0)

    def extend_subtrees(self, height: int, roots: Iterable[bytes]) -> None:
        """Adds complete subtrees of one height. Raises ValueError if the tree doesn't end where one could begin."""
        if self.size & ((1 << height) - 1):
            raise ValueError(f"a subtree of height {height} can't begin at leaf {self.size}")
        row = list(roots)
        self.size += len(row) << height
        self._at.extend([None] * (height - len(self._at)))
        self._merge(row, height)

    def _merge(self, row: list[bytes], height: int) -> None:
        at = self._at
        while row:
            if height == len(at):
                at.append(None)
            left = at[height]
            if left is not None:
                row.insert(0, left)
            at[height] = row.pop() if len(row) % 2 else None
            row = parents(row)
            height += 1

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        right: bytes | None = None
        for node in self._at:
            if node is not None:
                right = node if right is None else node_hash(node, right)
        return EMPTY_ROOT if right is None else right

    def copy(self) -> "Frontier":
        other = Frontier()
        other.size, other._at = self.size, self._at.copy()
        return other

    def to_bytes(self) -> bytes:
        """Eight bytes of size, big-endian, then the subtree roots from left to right, 32 bytes each."""
        return self.size.to_bytes(8, "big") + b"".join(node for node in reversed(self._at) if node is not None)

    @classmethod
    def from_bytes(cls, body: bytes) -> "Frontier":
        """The frontier that `to_bytes` wrote. Raises ValueError if the length doesn't fit the size."""
        size = int.from_bytes(body[:8], "big")
        if len(body) != 8 + HASH_BYTES * size.bit_count():
            raise ValueError(f"{len(body)} bytes are no frontier of {size} leaves")
        frontier = cls()
        frontier.size = size
        end = len(body)
        for height in range(size.bit_length()):
            if size >> height & 1:
                frontier._at.append(body[end - HASH_BYTES : end])
                end -= HASH_BYTES
            else:
                frontier._at.append(None)
        return frontier


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes in order."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def frontier_of(size: int, hashes: SubtreeReader) -> Frontier:
    """The frontier of the first `size` leaves, read from their subtrees."""
    roots = b"".join(hashes.subtree(height, n) for height, n in _subtrees(0, size))
    return Frontier.from_bytes(size.to_bytes(8, "big") + roots)


def root_at(size: int, hashes: SubtreeReader) -> bytes:
    """The root of the tree as it was at `size`."""
    return _range_root(0, size, hashes) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, hashes: SubtreeReader) -> list[bytes]:
    """The path from leaf `index` to the root at `size`, sibling of the leaf first (RFC 9162 section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_range_root(middle, high, hashes))
            high = middle
        else:
            path.append(_range_root(low, middle, hashes))
            low = middle
    return path[::-1]


def consistency_proof(old: int, new: int, hashes: SubtreeReader) -> list[bytes]:
    """What shows that the tree at `new` begins with the tree at `old` (RFC 9162 section 2.1.4.1).

    Empty when `old` is zero (every tree begins with the empty one) or equal to `new`.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} doesn't begin with one of {old}")
    if old in (0, new):
        return []
    path = []
    low, high = 0, new
    whole = True  # the old tree is the complete subtree [low, high): its root is known to who verifies
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_range_root(middle, high, hashes))
            high = middle
        else:
            path.append(_range_root(low, middle, hashes))
            low = middle
            whole = False
    if not whole:
        path.append(_range_root(low, high, hashes))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raises `ProofInvalid` unless `leaf` is number `index` of the tree of `size` leaves with that root.

    The same verdict as RFC 9162 section 2.1.3.2. Up to the height where the paths of this leaf and of the last one
    meet, the bits of `index` say on which side a sibling stands; above it all siblings stand on the left.
    """
    if not 0 <= index < size:
        raise ProofInvalid(f"there is no leaf {index} in a tree of {size}")
    meet = (index ^ (size - 1)).bit_length()
    _require_hashes(proof, meet + (index >> meet).bit_count())
    if len(leaf) != HASH_BYTES:
        raise ProofInvalid(f"a leaf hash has {HASH_BYTES} bytes, not {len(leaf)}")
    node = leaf
    for sibling in proof[:meet]:
        node = _sha256(b"\x01" + (sibling + node if index & 1 else node + sibling)).digest()
        index >>= 1
    for sibling in proof[meet:]:
        node = _sha256(b"\x01" + sibling + node).digest()
    if node != root:
        raise ProofInvalid("the path leads to another root")


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raises `ProofInvalid` unless the tree at `new` begins with the tree at `old`. As RFC 9162 section 2.1.4.2."""
    if not 0 <= old <= new:
        raise ProofInvalid(f"a tree of {new} doesn't begin with one of {old}")
    if old in (0, new):
        _require_same_tree(old, old_root, new, new_root, proof)
        return
    # Both paths start at the largest complete subtree that ends where the old tree ends, `low` levels up. Its root is
    # the first of the proof, unless it is the whole old tree: then the verifier has it already.
    low = (old & -old).bit_length() - 1
    here = (old - 1) >> low
    meet = (here ^ ((new - 1) >> low)).bit_length()
    path = [old_root, *proof] if here == 0 else proof
    _require_hashes(path, 1 + meet + (here >> meet).bit_count())
    first = second = path[0]
    for sibling in path[1 : meet + 1]:
        if here & 1:  # on the left: part of both trees
            first = _sha256(b"\x01" + sibling + first).digest()
            second = _sha256(b"\x01" + sibling + second).digest()
        else:
            second = _sha256(b"\x01" + second + sibling).digest()
        here >>= 1
    for sibling in path[meet + 1 :]:
        first = _sha256(b"\x01" + sibling + first).digest()
        second = _sha256(b"\x01" + sibling + second).digest()
    if first != old_root:
        raise ProofInvalid(f"the proof leads to another root at {old}")
    if second != new_root:
        raise ProofInvalid(f"the proof leads to another root at {new}")


def _require_same_tree(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """The two cases without a path: from the empty tree, and from a tree to itself."""
    if proof:
        raise ProofInvalid("this proof must be empty")
    if old == new and old_root != new_root:
        raise ProofInvalid(f"two trees of {new} leaves have different roots")
    if old == 0 and old_root != EMPTY_ROOT:
        raise ProofInvalid("the empty tree has another root")


def _require_hashes(path: Sequence[bytes], count: int) -> None:
    if len(path) != count:
        raise ProofInvalid(f"a path of {count} hashes is due, not of {len(path)}")
    if not _ONE_LENGTH.issuperset(map(len, path)):
        raise ProofInvalid(f"every hash of a path has {HASH_BYTES} bytes")


def _split(count: int) -> int:
    """The largest power of two below `count`, where RFC 6962 parts a tree."""
    return 1 << ((count - 1).bit_length() - 1)


def _subtrees(start: int, stop: int) -> list[tuple[int, int]]:
    """(height, n) of the complete subtrees that cover [start, stop) from left to right, the largest first."""
    found = []
    while start < stop:
        height = (stop - start).bit_length() - 1
        found.append((height, start >> height))
        start += 1 << height
    return found


def _range_root(start: int, stop: int, hashes: SubtreeReader) -> bytes:
    """The root over [start, stop), a range that a split of RFC 6962 can give; not empty."""
    *lefts, last = _subtrees(start, stop)
    node = hashes.subtree(*last)
    for height, n in reversed(lefts):
        node = node_hash(hashes.subtree(height, n), node)
    return node
