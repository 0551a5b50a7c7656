"""The Merkle tree against RFC 6962's own recursive definition and the published vectors."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger import merkle
from awas.ledger.merkle import EMPTY_ROOT, Frontier, ProofInvalid

# The eight inputs and the roots at each size that Certificate Transparency's implementations test themselves with.
INPUTS = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
PAIR_1 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEFT_2 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
LEFT_4 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
RIGHT_4 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
PAIR_3 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
PAIR_2 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
INCLUSION = [  # index, size, path
    (0, 1, []),
    (0, 8, [LEAF_1, PAIR_1, RIGHT_4]),
    (5, 8, [LEAF_4, PAIR_3, LEFT_4]),
    (2, 3, [LEFT_2]),
    (1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", PAIR_1, LEAF_4]),
]
CONSISTENCY = [  # old, new, path
    (1, 1, []),
    (1, 8, [LEAF_1, PAIR_1, RIGHT_4]),
    (6, 8, [PAIR_2, PAIR_3, LEFT_4]),
    (2, 5, [PAIR_1, LEAF_4]),
]

LEAVES = [merkle.leaf_hash(data) for data in INPUTS]


def mth(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


class InMemory:
    """Subtree hashes straight from the definition."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.leaves = leaves

    def subtree(self, height: int, n: int) -> bytes:
        covered = self.leaves[n << height : (n + 1) << height]
        assert len(covered) == 1 << height, "asked for a subtree that isn't complete"
        return mth(covered)


def some_leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(n.to_bytes(4, "big")) for n in range(count)]


def test_published_roots() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for size in range(1, 9):
        assert merkle.tree_root(LEAVES[:size]) == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_published_inclusion_proofs(index: int, size: int, path: list[str]) -> None:
    proof = merkle.inclusion_proof(index, size, InMemory(LEAVES[:size]))
    assert [one.hex() for one in proof] == path
    merkle.verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size - 1])


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_published_consistency_proofs(old: int, new: int, path: list[str]) -> None:
    proof = merkle.consistency_proof(old, new, InMemory(LEAVES[:new]))
    assert [one.hex() for one in proof] == path
    merkle.verify_consistency(old, ROOTS[old - 1], new, ROOTS[new - 1], proof)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_a_frontier_grown_in_any_steps_has_the_root_of_the_whole(steps: list[int]) -> None:
    leaves = some_leaves(sum(steps))
    one_by_one, in_batches, at = Frontier(), Frontier(), 0
    for step in steps:
        for leaf in leaves[at : at + step]:
            one_by_one.append(leaf)
        in_batches.extend(leaves[at : at + step])
        at += step
        in_batches = Frontier.from_bytes(in_batches.to_bytes())
        assert in_batches.size == one_by_one.size == at
        assert in_batches.root() == one_by_one.root() == mth(leaves[:at])
        assert merkle.frontier_of(at, InMemory(leaves)).to_bytes() == in_batches.to_bytes() == one_by_one.to_bytes()
        assert merkle.root_at(at, InMemory(leaves)) == in_batches.root()


@given(st.integers(0, 3), st.integers(0, 12), st.integers(0, 9))
def test_a_frontier_takes_whole_subtrees(height: int, before: int, count: int) -> None:
    leaves = some_leaves((before + count) << height)
    frontier = Frontier()
    frontier.extend(leaves[: before << height])
    frontier.extend_subtrees(
        height, [mth(leaves[n << height : (n + 1) << height]) for n in range(before, before + count)]
    )
    assert frontier.root() == mth(leaves)
    assert frontier.size == len(leaves)


def test_a_subtree_begins_where_one_can() -> None:
    frontier = Frontier()
    frontier.append(LEAVES[0])
    with pytest.raises(ValueError, match="leaf 1"):
        frontier.extend_subtrees(1, [LEAVES[1]])


def test_a_copy_of_a_frontier_goes_its_own_way() -> None:
    frontier = Frontier()
    frontier.extend(LEAVES[:3])
    tried = frontier.copy()
    tried.extend(LEAVES[3:])
    assert (frontier.root(), tried.root()) == (ROOTS[2], ROOTS[7])


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 7, b"\x00" * 7 + b"\x01", b"\x00" * 40, b"\x00" * 7 + b"\x03" + b"x" * 63]
)
def test_bytes_that_are_no_frontier(body: bytes) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(body)


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))))
def test_every_inclusion_proof_holds_and_no_other_does(where: tuple[int, int]) -> None:
    index, size = where
    leaves = some_leaves(size)
    root = mth(leaves)
    proof = merkle.inclusion_proof(index, size, InMemory(leaves))
    merkle.verify_inclusion(leaves[index], index, size, proof, root)

    def fails(leaf: bytes = leaves[index], at: int = index, of: int = size, path: list[bytes] = proof) -> None:
        with pytest.raises(ProofInvalid):
            merkle.verify_inclusion(leaf, at, of, path, root)

    fails(leaf=merkle.leaf_hash(b"another"))
    fails(path=[*proof, root])
    fails(at=size)
    fails(at=-1)
    for step in range(len(proof)):
        fails(path=proof[:step] + proof[step + 1 :])
        fails(path=[*proof[:step], merkle.leaf_hash(b"another"), *proof[step + 1 :]])
        fails(path=[*proof[:step], proof[step][:31], *proof[step + 1 :]])
    for other in range(size):
        if other != index:
            fails(at=other)


@given(st.integers(0, 70).flatmap(lambda new: st.tuples(st.integers(0, new), st.just(new))))
def test_every_consistency_proof_holds_and_no_other_does(sizes: tuple[int, int]) -> None:
    old, new = sizes
    leaves = some_leaves(new)
    old_root, new_root = mth(leaves[:old]), mth(leaves)
    proof = merkle.consistency_proof(old, new, InMemory(leaves))
    merkle.verify_consistency(old, old_root, new, new_root, proof)

    def fails(check: Callable[[], None]) -> None:
        with pytest.raises(ProofInvalid):
            check()

    other = merkle.leaf_hash(b"another")
    fails(lambda: merkle.verify_consistency(old, other, new, new_root, proof))
    if old:
        fails(lambda: merkle.verify_consistency(old, old_root, new, other, proof))
    fails(lambda: merkle.verify_consistency(old, old_root, new, new_root, [*proof, other]))
    fails(lambda: merkle.verify_consistency(new + 1, old_root, new, new_root, proof))
    for step in range(len(proof)):
        fails(lambda: merkle.verify_consistency(old, old_root, new, new_root, proof[:step] + proof[step + 1 :]))  # noqa: B023
        changed = [*proof[:step], other, *proof[step + 1 :]]
        fails(lambda: merkle.verify_consistency(old, old_root, new, new_root, changed))  # noqa: B023


def test_a_log_that_was_rewritten_has_no_proof() -> None:
    """The reason for all this: entry 2 is altered after a checkpoint at 5; no path joins the two roots."""
    honest, rewritten = some_leaves(9), some_leaves(9)
    rewritten[2] = merkle.leaf_hash(b"a kinder count")
    proof = merkle.consistency_proof(5, 9, InMemory(rewritten))
    with pytest.raises(ProofInvalid, match="root at 5"):
        merkle.verify_consistency(5, mth(honest[:5]), 9, mth(rewritten), proof)


def test_a_leaf_hash_of_another_length_is_refused() -> None:
    """33 bytes of sibling and 31 of leaf join to the same 64 bytes."""
    leaves = some_leaves(2)
    joined = leaves[0] + leaves[1]
    with pytest.raises(ProofInvalid, match="32 bytes"):
        merkle.verify_inclusion(joined[33:], 1, 2, [joined[:33]], mth(leaves))
    with pytest.raises(ProofInvalid, match="32 bytes"):
        merkle.verify_inclusion(joined[32:][:31], 1, 2, [joined[:32]], mth(leaves))


@pytest.mark.parametrize("index", [-1, 4, 9])
def test_no_proof_of_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(index, 4, InMemory(LEAVES))


def test_no_proof_backwards() -> None:
    with pytest.raises(ValueError, match="begin"):
        merkle.consistency_proof(5, 4, InMemory(LEAVES))
