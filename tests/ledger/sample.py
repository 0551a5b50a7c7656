"""A small log in memory, made by the real code: what the checks of the record are tried on."""

from collections.abc import Iterator
from typing import Any

from awas.ledger import canonical, merkle
from awas.ledger.checkpoint import Checkpoint, sign_checkpoint
from awas.ledger.note import Algorithm, Signer
from tests.ledger.test_note import signer
from tests.ledger.test_tiles import TilesInMemory

ORIGIN = "awas/36.02"
BEGAN_AT = 1_707_868_800_000  # 2024-02-14T00:00:00Z, the night before voting
LETTERS = "".join(map(chr, [*range(0x300), 0x2013, 0x2028, 0xD7FF, 0xE000, 0xFEFF, 0xFFFF, 0x10000, 0x1F4A1, 0x10FFFF]))
"""Everything that an encoder of text might treat in its own way. Given, because Hypothesis takes a second to make its
table of all characters, which its own health check then finds too slow."""
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def envelope(index: int, **changed: Any) -> dict[str, Any]:
    """Entry `index` of a plausible log: two devices, of which one sends two parts with each act."""
    gate, turn = divmod(index, 3)
    seq, part, device = (gate + 1, 0, "gerbang-1") if turn == 0 else (gate + 1, turn - 1, "gudang-2")
    return {
        "actor": f"piket-{index % 7}",
        "data": {
            "visit": f"k-{index:06}",
            "person": {"ref": f"{index:032x}", "digest": DIGEST},
            "role": "logistics_worker",
            "institution": "KPU Kab. Tangerang",
            "expected": index % 5 > 0,
            "seals": [f"S-{index}", f"S-{index + 1}"],
        },
        "device": device,
        "kind": "gate.person_entered@1",
        "log": ORIGIN,
        "occurred_at": BEGAN_AT + index * 1000,
        "part": part,
        "place": "36.02-G1",
        "recorded_at": BEGAN_AT + index * 1000 + 250,
        "seq": seq,
        "v": 1,
        **changed,
    }


class LogInMemory:
    """A `LedgerReader` whose every part a test can spoil."""

    def __init__(self, bodies: list[bytes], checkpoint_sizes: tuple[int, ...] = (), keys: list[Signer] | None = None):
        self.bodies = dict(enumerate(bodies))
        self.stored = TilesInMemory([merkle.leaf_hash(body) for body in bodies])
        self.stated = len(bodies), merkle.tree_root(self.stored.leaves)
        self.keys = keys or [signer(ORIGIN), signer(ORIGIN, Algorithm.ML_DSA_44)]
        self.notes: list[bytes | str] = [self.sign(size) for size in checkpoint_sizes]

    def sign(self, size: int) -> str:
        head = Checkpoint(origin=ORIGIN, size=size, root=merkle.tree_root(self.stored.leaves[:size]))
        return sign_checkpoint(head, self.keys, BEGAN_AT + size * 1000)

    @classmethod
    def of(cls, count: int, *checkpoint_sizes: int, **changed: Any) -> "LogInMemory":
        return cls([canonical.encode(envelope(index, **changed)) for index in range(count)], checkpoint_sizes)

    def origins(self) -> list[str]:
        return [ORIGIN]

    def head(self, origin: str) -> tuple[int, bytes]:
        return self.stated

    def entries(self, origin: str, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
        return ((index, body) for index, body in sorted(self.bodies.items()) if start <= index < stop)

    def tiles(self, origin: str) -> TilesInMemory:
        return self.stored

    def checkpoints(self, origin: str) -> Iterator[bytes | str]:
        return iter(self.notes)
