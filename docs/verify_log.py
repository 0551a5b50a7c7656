"""Checks an exported log; imports nothing of Awas. python verify_log.py entries.ndjson checkpoint VERIFIER-KEY

The key (Ed25519) must have come to you by another way than the log. The rules stand in ledger-format.md."""

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIELDS = {**dict.fromkeys(("actor", "device", "kind", "log", "place"), str), "data": dict}
FIELDS |= dict.fromkeys(("occurred_at", "part", "recorded_at", "seq", "v"), int)


def require(fact, why):
    if not fact:
        sys.exit(f"WRONG: {why}")


def open_checkpoint(note, verifier_key):
    name, key_id, key = verifier_key.split("+", 2)
    key = base64.b64decode(key)
    named = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    require(named.hex() == key_id and key[0] == 1, "the verifier key contradicts itself or is not Ed25519")
    text, _, lines = note.rpartition("\n\n")
    signed = [base64.b64decode(line.split(" ")[2]) for line in lines.split("\n") if line.startswith(f"— {name} ")]
    try:
        ours = next(one[4:] for one in signed if one[:4] == named)
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(ours, f"{text}\n".encode())
    except (StopIteration, InvalidSignature):
        require(False, "the checkpoint is not signed with this key")
    require(text.split("\n")[0] == name, "the checkpoint is of another log")
    return name, int(text.split("\n")[1]), base64.b64decode(text.split("\n")[2])


def main(entries, checkpoint, verifier_key):
    origin, size, root = open_checkpoint(Path(checkpoint).read_bytes().decode(), verifier_key)
    tree, count, recorded_at, devices = [], 0, 0, {}  # tree: (leaves, hash) of complete subtrees, left to right
    for count, line in enumerate(Path(entries).open("rb"), 1):  # noqa: SIM115 - read once, then the program ends
        body, where = line.removesuffix(b"\n"), f"entry {count - 1}"
        e = json.loads(body, parse_float=str)  # a number that is no integer won't come back the same
        again = json.dumps(e, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        require(again == body, f"{where}: not canonical JSON")
        require({key: type(value) for key, value in e.items()} == FIELDS, f"{where}: other fields")
        require(e["log"] == origin and e["v"] == 1 and e["recorded_at"] >= recorded_at, f"{where}: out of place")
        act, part = devices.get(e["device"], (0, float("inf")))
        require((e["seq"], e["part"]) in ((act + 1, 0), (act, part + 1)), f"{where}: a gap in its device's acts")
        recorded_at, devices[e["device"]] = e["recorded_at"], (e["seq"], e["part"])
        tree.append((1, hashlib.sha256(b"\0" + body).digest()))
        while len(tree) > 1 and (tree[-2][0] == tree[-1][0] or count == size):  # at the end, join what is left
            tree[-2:] = [(2 * tree[-1][0], hashlib.sha256(b"\1" + tree[-2][1] + tree[-1][1]).digest())]
    require(count == size, f"{count} entries, but the checkpoint covers {size}")
    require((tree[0][1] if tree else hashlib.sha256(b"").digest()) == root, "not the entries that were signed")
    print(f"{origin}: these {size} entries are the ones that were signed, root {root.hex()}")


main(*sys.argv[1:])
