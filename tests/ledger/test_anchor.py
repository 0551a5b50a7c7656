"""The second store of the last signed checkpoint: a restored backup must not fork a log."""

import threading
from pathlib import Path

import pytest

from awas.ledger import merkle
from awas.ledger.anchor import Anchor, ForkedLog, Moved
from awas.ledger.checkpoint import Checkpoint, sign_checkpoint
from tests.ledger.test_note import signer

ORIGIN = "awas/36.02"
LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(20)]
OTHER = [*LEAVES[:5], merkle.leaf_hash(b"another"), *LEAVES[6:]]


def root(size: int, leaves: list[bytes] = LEAVES) -> bytes:
    return merkle.tree_root(leaves[:size])


def note(size: int, leaves: list[bytes] = LEAVES, origin: str = ORIGIN) -> str:
    head = Checkpoint(origin=origin, size=size, root=root(size, leaves))
    return sign_checkpoint(head, [signer(origin)], 1_707_868_800_000)


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    return Anchor(tmp_path / "elsewhere" / "anchor.sqlite3")


def test_what_was_put_is_there_for_the_next_program(anchor: Anchor, tmp_path: Path) -> None:
    assert anchor.fetch(ORIGIN) is None
    anchor.replace(ORIGIN, None, note(3))
    anchor.replace(ORIGIN, note(3), note(10))
    again = Anchor(tmp_path / "elsewhere" / "anchor.sqlite3")
    assert again.fetch(ORIGIN) == note(10)
    assert again.fetch("awas/36.03") is None


def test_the_second_of_two_writers_is_told(anchor: Anchor) -> None:
    anchor.replace(ORIGIN, None, note(3))
    with pytest.raises(Moved):
        anchor.replace(ORIGIN, None, note(4))
    anchor.replace(ORIGIN, note(3), note(5))
    with pytest.raises(Moved):
        anchor.replace(ORIGIN, note(3), note(7))
    assert anchor.fetch(ORIGIN) == note(5)
    with pytest.raises(Moved):
        anchor.replace("awas/36.03", note(3, origin="awas/36.03"), note(4, origin="awas/36.03"))


def test_it_never_goes_back(anchor: Anchor) -> None:
    anchor.replace(ORIGIN, None, note(10))
    with pytest.raises(ForkedLog):
        anchor.replace(ORIGIN, note(10), note(9))
    with pytest.raises(ForkedLog):
        anchor.replace(ORIGIN, note(10), note(10, OTHER))
    anchor.replace(ORIGIN, note(10), note(10))
    assert anchor.fetch(ORIGIN) == note(10)


def test_a_checkpoint_stands_under_its_own_log(anchor: Anchor) -> None:
    with pytest.raises(ValueError, match=r"36\.03"):
        anchor.replace(ORIGIN, None, note(3, origin="awas/36.03"))


def test_a_log_that_goes_on_may_open(anchor: Anchor) -> None:
    assert anchor.require_not_behind(ORIGIN, 0, merkle.EMPTY_ROOT, root) is None
    anchor.replace(ORIGIN, None, note(10))
    for size in (10, 11, 20):
        signed = anchor.require_not_behind(ORIGIN, size, root(size), root)
        assert signed is not None
        assert signed.size == 10


@pytest.mark.parametrize(
    ("size", "leaves", "why"),
    [
        (0, LEAVES, "restored from a backup"),
        (9, LEAVES, "restored from a backup"),
        (10, OTHER, "another root"),
        (11, OTHER, "not those that were signed"),
        (20, OTHER, "not those that were signed"),
    ],
)
def test_a_log_that_went_back_or_astray_may_not(anchor: Anchor, size: int, leaves: list[bytes], why: str) -> None:
    """Restored from yesterday (9 < 10), or restored and written on (11 others): both must stay shut."""
    anchor.replace(ORIGIN, None, note(10))
    with pytest.raises(ForkedLog, match=why):
        anchor.require_not_behind(ORIGIN, size, root(size, leaves), lambda n: root(n, leaves))


def test_of_many_threads_one_wins(anchor: Anchor) -> None:
    anchor.replace(ORIGIN, None, note(1))
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def put(size: int) -> None:
        start.wait()
        try:
            anchor.replace(ORIGIN, note(1), note(size))
        except Moved:
            outcomes.append("moved")
        else:
            outcomes.append(str(size))

    threads = [threading.Thread(target=put, args=(size,)) for size in range(2, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [outcome for outcome in outcomes if outcome != "moved"]
    assert outcomes.count("moved") == 7
    assert anchor.fetch(ORIGIN) == note(int(winner))
