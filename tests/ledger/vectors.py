"""The test vectors of docs/ledger-format.md, made by the real code. A test holds the page against this.

`python -m tests.ledger.vectors` prints the section anew after a deliberate change of the format.
"""

import hashlib

from awas.ledger import canonical, merkle, proof, tiles
from awas.ledger.checkpoint import Checkpoint, cosign, sign_checkpoint
from awas.ledger.merkle import Frontier
from awas.ledger.note import Algorithm, parse_note, signed_message
from awas.ledger.tiles import Subtrees
from tests.ledger.sample import ORIGIN
from tests.ledger.test_note import signer
from tests.ledger.test_tiles import TilesInMemory

BEGIN, END = "<!-- vectors begin -->\n", "<!-- vectors end -->\n"
AT = 1_707_868_800_000
SALT = bytes(range(16))
PERSON = "Contoh Warga"


def acts() -> list[bytes]:
    """Three entries: someone enters, the round is walked, someone leaves."""
    digest = hashlib.sha256(SALT + PERSON.encode()).hexdigest()
    common = {"actor": "piket-1", "device": "gerbang-1", "log": ORIGIN, "place": "36.02-G1", "part": 0, "v": 1}
    events = [
        ("gate.person_entered@1", {"person": {"digest": digest, "ref": "r-0001"}, "role": "courier", "visit": "k-1"}),
        ("rounds.round_walked@1", {"found": [], "note": "Pintu “B” — aman\t"}),
        ("gate.person_left@1", {"role": "courier", "visit": "k-1"}),
    ]
    return [
        canonical.encode(
            {
                **common,
                "kind": kind,
                "data": data,
                "seq": n + 1,
                "occurred_at": AT + n * 60_000,
                "recorded_at": AT + n * 60_000 + 125,
            }
        )
        for n, (kind, data) in enumerate(events)
    ]


def vectors() -> list[tuple[str, str]]:
    """(title, text) of each vector."""
    bodies = acts()
    log = TilesInMemory([merkle.leaf_hash(body) for body in bodies])
    subtrees, frontier = Subtrees(log), Frontier()
    frontier.extend(log.leaves)
    head = Checkpoint(origin=ORIGIN, size=3, root=frontier.root())
    key, witness = signer(ORIGIN), signer("saksi.example/1", Algorithm.COSIGNATURE_V1, seed=2)
    quantum = signer(ORIGIN, Algorithm.ML_DSA_44).verifier
    note = sign_checkpoint(head, [key], AT)
    wide = TilesInMemory([merkle.leaf_hash(str(n).encode()) for n in range(300)])
    return [
        ("The commitment to a personal value", f"salt    {SALT.hex()}\nvalue   {PERSON}\ndigest  {_digest()}\n"),
        ("Three entries, a line each (the second holds a tab)", _lines(bodies)),
        ("Their leaf hashes", "".join(f"{leaf.hex()}\n" for leaf in log.leaves)),
        (
            "The roots of 0, 1, 2 and 3 entries",
            "".join(f"{merkle.tree_root(log.leaves[:n]).hex()}\n" for n in range(4)),
        ),
        ("The frontier of 3 entries (size, then roots of complete subtrees)", f"{frontier.to_bytes().hex()}\n"),
        (
            "Verifier keys: the log (private key 01 × 32), a witness (02 × 32)",
            f"{key.verifier.to_text()}\n{witness.verifier.to_text()}\n",
        ),
        ("The checkpoint of the three, signed by the log, cosigned by the witness", cosign(note, witness, AT)),
        (
            "ML-DSA-44: key id of the log (seed 01 × 32), and the message that it signs at that second",
            f"{quantum.key_id.hex()}\n{signed_message(quantum, parse_note(note).text, AT // 1000).hex()}\n",
        ),
        ("The proof of entry 1, as a .tlog-proof", proof.prove(bodies[1], 1, note, subtrees).to_text()),
        ("Consistency from 1 to 3", "".join(f"{one.hex()}\n" for one in merkle.consistency_proof(1, 3, subtrees))),
        (
            "Another log, of the 300 entries 0, 1, … 299 in decimal: root; root over tile/0/000; its tiles",
            f"{merkle.tree_root(wide.leaves).hex()}\n{tiles.tile_root(wide.tiles[0, 0]).hex()}\n{_paths(300)}",
        ),
    ]


def _digest() -> str:
    return hashlib.sha256(SALT + PERSON.encode()).hexdigest()


def _lines(bodies: list[bytes]) -> str:
    return "".join(f"{body.decode()}\n" for body in bodies)


def _paths(size: int) -> str:
    paths = [tiles.tile_path(0, n) for n in range(size // tiles.WIDTH)]
    paths += [
        tiles.tile_path(level, size >> (tiles.HEIGHT * (level + 1)), width)
        for level in range(8)
        if (width := tiles.partial_width(level, size))
    ]
    return "".join(f"{path}\n" for path in paths)


def section() -> str:
    """The section as it stands in the page."""
    return BEGIN + "".join(f"\n**{title}**\n\n```text\n{text}```\n" for title, text in vectors()) + "\n" + END


if __name__ == "__main__":
    print(section(), end="")
