"""A receipt that stands alone: C2SP tlog-proof, version 1, with the entry itself as its extra line.

The file (`.tlog-proof`) can be checked offline by anyone who has the log's verifier key. The extra line of a
tlog-proof is unauthenticated by itself; here its hash is the leaf whose place in the tree the rest proves.
"""

import base64
from collections.abc import Iterable

from msgspec import Struct

from awas.ledger.canonical import MAX_BYTES
from awas.ledger.checkpoint import Checkpoint, Opened, open_checkpoint
from awas.ledger.merkle import (
    HASH_BYTES,
    ProofInvalid,
    SubtreeReader,
    inclusion_proof,
    leaf_hash,
    verify_inclusion,
)
from awas.ledger.note import MAX_TIME, Verifier, parse_note

HEADER = "c2sp.org/tlog-proof@v1"


class EntryProof(Struct, frozen=True, kw_only=True):
    """A `.tlog-proof` taken apart; nothing in it is trusted. `entry` is None where it came without one."""

    index: int
    path: tuple[bytes, ...]
    note: str
    entry: bytes | None = None

    def to_text(self) -> str:
        """The file."""
        extra = [] if self.entry is None else [f"extra {_base64(self.entry)}"]
        lines = [HEADER, *extra, f"index {self.index}", *map(_base64, self.path)]
        return "\n".join(lines) + "\n\n" + self.note

    @classmethod
    def from_text(cls, text: str) -> "EntryProof":
        """Reads the file. Raises `ProofInvalid` for anything but the one spelling."""
        head, gap, note = text.partition("\n\n")
        lines = head.split("\n")
        if not gap or lines[0] != HEADER:
            raise ProofInvalid(f"the first line isn't {HEADER}")
        lines = lines[1:]
        entry = None
        if lines and lines[0].startswith("extra "):
            entry = _unbase64(lines.pop(0).removeprefix("extra "))
            if len(entry) > MAX_BYTES:
                raise ProofInvalid(f"an entry has at most {MAX_BYTES} bytes")
        index = lines.pop(0).removeprefix("index ") if lines else ""
        if not (index.isascii() and index.isdigit()) or len(index) > 19 or int(index) > MAX_TIME:
            raise ProofInvalid("no index")
        path = tuple(map(_unbase64, lines))
        if any(len(one) != HASH_BYTES for one in path):
            raise ProofInvalid(f"every hash of a path has {HASH_BYTES} bytes")
        proof = cls(index=int(index), path=path, note=note, entry=entry)
        if proof.to_text() != text:
            raise ProofInvalid("the proof is not in its one spelling")
        return proof


class Proven(Struct, frozen=True, kw_only=True):
    """An entry that stands in a log, by a checkpoint that was checked."""

    entry: bytes
    index: int
    opened: Opened


def prove(entry: bytes, index: int, note: str, hashes: SubtreeReader) -> EntryProof:
    """The receipt of entry `index` under a signed checkpoint that covers it. Raises ValueError if it doesn't."""
    size = Checkpoint.from_text(parse_note(note).text).size
    return EntryProof(index=index, path=tuple(inclusion_proof(index, size, hashes)), note=note, entry=entry)


def verify_proof(
    text: str,
    log: Iterable[Verifier],
    *,
    entry: bytes | None = None,
    witnesses: Iterable[Verifier] = (),
    quorum: int = 0,
) -> Proven:
    """Checks a `.tlog-proof` for the entry that it carries, or for `entry`.

    Raises `ProofInvalid` for a wrong path and `NoteInvalid` for a checkpoint that isn't signed as asked.
    """
    proof = EntryProof.from_text(text)
    body = proof.entry if entry is None else entry
    if body is None:
        raise ProofInvalid("the proof carries no entry, and none was given")
    if proof.entry is not None and proof.entry != body:
        raise ProofInvalid("the proof carries another entry than the one that was given")
    opened = open_checkpoint(proof.note, log, witnesses=witnesses, quorum=quorum)
    head = opened.checkpoint
    verify_inclusion(leaf_hash(body), proof.index, head.size, proof.path, head.root)
    return Proven(entry=body, index=proof.index, opened=opened)


def _base64(body: bytes) -> str:
    return base64.b64encode(body).decode()


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ProofInvalid("a line of the proof is not base64") from error
