"""Tiles: the arithmetic of C2SP tlog-tiles, and the same proofs from tiles as from the definition."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awas.ledger import merkle, tiles
from awas.ledger.merkle import Frontier
from awas.ledger.tiles import HashesMissing, Subtrees, complete_tiles

BIG = 66_000  # above 256 * 256: two levels of full tiles


class TilesInMemory:
    """A log's hashes as a store keeps them: leaves, and the full tiles it was told to write."""

    def __init__(self, leaves: Sequence[bytes] = ()) -> None:
        self.leaves: list[bytes] = []
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.grow(leaves)

    def grow(self, leaves: Sequence[bytes]) -> None:
        old = len(self.leaves)
        self.leaves.extend(leaves)
        for level, n, body in complete_tiles(old, len(self.leaves), self):
            assert (level, n) not in self.tiles, "a tile is written once"
            self.tiles[level, n] = body

    def leaf_hashes(self, start: int, stop: int) -> list[bytes]:
        return self.leaves[start:stop]

    def full_tile(self, level: int, n: int) -> bytes | None:
        return self.tiles.get((level, n))


@pytest.fixture(scope="module")
def big() -> TilesInMemory:
    return TilesInMemory([merkle.leaf_hash(n.to_bytes(4, "big")) for n in range(BIG)])


@pytest.mark.parametrize(
    ("level", "n", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 5, 256, "tile/0/005"),
        (0, 273, 112, "tile/0/273.p/112"),
        (1, 1234, 1, "tile/1/x001/234.p/1"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (63, 1_000_000, 255, "tile/63/x001/x000/000.p/255"),
        (None, 999, 256, "tile/entries/999"),
        (None, 1000, 7, "tile/entries/x001/000.p/7"),
    ],
)
def test_paths_are_those_of_the_specification(level: int | None, n: int, width: int, path: str) -> None:
    written = tiles.bundle_path(n, width) if level is None else tiles.tile_path(level, n, width)
    assert written == path
    assert tiles.parse_path(path) == (level, n, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/5",
        "tile/00/005",
        "tile/-1/005",
        "tile/64/005",
        "tile/0/001/x002",
        "tile/0/x000/001",
        "tile/0/1/2",
        "tile/0/005.p/0",
        "tile/0/005.p/256",
        "tile/0/005.p/012",
        "tile/0/005.p/1/2",
        "tile/x/005",
        "tile/0/٠٠٥",
        "tile/0/" + "x999/" * 8 + "999",
        "checkpoint",
        "0/005",
    ],
)
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="no path"):
        tiles.parse_path(path)


def test_the_example_of_the_specification() -> None:
    """A tree of 70,000: 273 full tiles and one of 112 at level 0, one full and one of 17 at level 1, one of 1 above."""
    assert [tiles.partial_width(level, 70_000) for level in (0, 1, 2, 3)] == [112, 17, 1, 0]
    assert [tiles.partial_width(level, 256) for level in (0, 1)] == [0, 1]


def test_which_tiles_become_full_and_with_what(big: TilesInMemory) -> None:
    assert sorted(big.tiles) == [(0, n) for n in range(BIG // 256)] + [(1, 0)]
    assert big.tiles[0, 1] == b"".join(big.leaves[256:512])
    assert big.tiles[1, 0][32:64] == merkle.tree_root(big.leaves[256:512]) == tiles.tile_root(big.tiles[0, 1])
    assert tiles.tile_root(big.tiles[1, 0]) == merkle.tree_root(big.leaves[:65_536])


@given(st.lists(st.integers(0, 700), max_size=6))
@settings(max_examples=25)
def test_the_same_tiles_in_any_steps(steps: list[int]) -> None:
    leaves = [merkle.leaf_hash(n.to_bytes(4, "big")) for n in range(sum(steps))]
    stepwise = TilesInMemory()
    for step in steps:
        at = len(stepwise.leaves)
        stepwise.grow(leaves[at : at + step])
    assert stepwise.tiles == TilesInMemory(leaves).tiles


def test_a_level_one_tile_completed_across_two_appends(big: TilesInMemory) -> None:
    stepwise = TilesInMemory(big.leaves[:65_000])
    stepwise.grow(big.leaves[65_000:65_535])
    assert (1, 0) not in stepwise.tiles
    stepwise.grow(big.leaves[65_535:65_537])
    assert stepwise.tiles[1, 0] == big.tiles[1, 0]


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 65_535, 65_536, 65_537, BIG])
def test_proofs_from_tiles_hold(big: TilesInMemory, size: int) -> None:
    log = TilesInMemory(big.leaves[:size])
    subtrees, root = Subtrees(log), merkle.tree_root(big.leaves[:size])
    assert merkle.root_at(size, subtrees) == root
    for index in {0, 1, size // 3, size // 2, size - 2, size - 1} & set(range(size)):
        proof = merkle.inclusion_proof(index, size, subtrees)
        merkle.verify_inclusion(big.leaves[index], index, size, proof, root)
        old = index + 1
        proof = merkle.consistency_proof(old, size, subtrees)
        merkle.verify_consistency(old, merkle.tree_root(big.leaves[:old]), size, root, proof)
    frontier = merkle.frontier_of(size, subtrees)
    grown = Frontier()
    grown.extend(big.leaves[:size])
    assert frontier.to_bytes() == grown.to_bytes()


def test_one_reader_serves_a_log_that_grows(big: TilesInMemory) -> None:
    """What was partial a moment ago must not be remembered as it was."""
    log = TilesInMemory(big.leaves[:600])
    subtrees = Subtrees(log)
    for size in (600, 700, 769, 65_540, 65_800):
        log.grow(big.leaves[len(log.leaves) : size])
        assert merkle.root_at(size, subtrees) == merkle.tree_root(big.leaves[:size])


def test_partial_tiles_are_served_as_they_were(big: TilesInMemory) -> None:
    subtrees = Subtrees(big)
    assert subtrees.tile(0, 257, 208) == b"".join(big.leaves[257 * 256 :])
    assert subtrees.tile(0, 3, 5) == big.tiles[0, 3][: 5 * 32]
    assert subtrees.tile(1, 1, 1) == merkle.tree_root(big.leaves[65_536:65_792])
    assert subtrees.tile(2, 0, 1) == merkle.tree_root(big.leaves[:65_536])
    assert subtrees.tile(1, 0) == big.tiles[1, 0]


@pytest.mark.parametrize(("height", "n"), [(0, BIG), (3, BIG >> 3), (8, 257), (16, 1), (20, 0)])
def test_nothing_beyond_the_end(big: TilesInMemory, height: int, n: int) -> None:
    with pytest.raises(HashesMissing):
        Subtrees(big).subtree(height, n)


def test_a_lost_tile_is_not_papered_over(big: TilesInMemory) -> None:
    log = TilesInMemory(big.leaves[:1000])
    log.tiles[0, 1] = log.tiles[0, 1][:-1]
    with pytest.raises(HashesMissing, match="tile/0/001"):
        merkle.root_at(1000, Subtrees(log))


def test_a_bundle_gives_each_entry_after_its_length() -> None:
    assert tiles.bundle([b"ab", b"", b"c" * 300]) == b"\x00\x02ab\x00\x00\x01\x2c" + b"c" * 300
