"""Checkpoints (C2SP tlog-checkpoint): a log's size and root, signed by the log and cosigned by witnesses.

A log must never sign two checkpoints that contradict each other; this module can't know that. Who signs has asked
`awas.ledger.anchor` first, and a witness `require_consistent`.
"""

import base64
from collections.abc import Iterable, Sequence

from msgspec import Struct

from awas.ledger.area import Instant
from awas.ledger.merkle import HASH_BYTES, verify_consistency
from awas.ledger.note import (
    MAX_TIME,
    Algorithm,
    NoteInvalid,
    Signed,
    Signer,
    Verifier,
    compose,
    open_note,
    parse_note,
    require_text,
)


class Checkpoint(Struct, frozen=True, kw_only=True):
    """The head of a log: `size` entries under `root`. Extension lines are opaque, and better left out."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def to_text(self) -> str:
        """The note text. Raises `NoteInvalid` if it couldn't be read back."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        text = "".join(f"{line}\n" for line in lines)
        if Checkpoint.from_text(text) != self:
            raise NoteInvalid("a line of the checkpoint holds a newline")
        return text

    @classmethod
    def from_text(cls, text: str) -> "Checkpoint":
        """Reads a note text. Raises `NoteInvalid` for anything but the one spelling of a checkpoint."""
        require_text(text)
        lines = text[:-1].split("\n")
        if len(lines) < 3 or not all(lines):
            raise NoteInvalid("a checkpoint has at least three lines, and no empty one")
        origin, size, root = lines[:3]
        if not (size.isascii() and size.isdigit()) or (size[0] == "0" and size != "0") or int(size) > MAX_TIME:
            raise NoteInvalid(f"{size!r} is no size of a tree")
        try:
            hashed = base64.b64decode(root, validate=True)
        except ValueError as error:
            raise NoteInvalid("the root is not base64") from error
        if len(hashed) != HASH_BYTES or base64.b64encode(hashed).decode() != root:
            raise NoteInvalid("the root is not the base64 of 32 bytes")
        return cls(origin=origin, size=int(size), root=hashed, extensions=tuple(lines[3:]))


class Opened(Struct, frozen=True, kw_only=True):
    """A checkpoint that was checked, and the signatures that were."""

    checkpoint: Checkpoint
    signed: tuple[Signed, ...]


def sign_checkpoint(checkpoint: Checkpoint, signers: Sequence[Signer], signed_at: Instant) -> str:
    """The checkpoint as a note, with one line of each of the log's keys. `signed_at` is used by ML-DSA-44 alone.

    Raises `NoteInvalid` if a signer isn't the log's own (its name is the origin).
    """
    text = checkpoint.to_text()
    for signer in signers:
        if signer.verifier.name != checkpoint.origin or signer.verifier.algorithm is Algorithm.COSIGNATURE_V1:
            raise NoteInvalid(f"{signer.verifier.to_text()} is no key of the log {checkpoint.origin}")
    if not signers:
        raise NoteInvalid("nobody signs")
    return compose(text, *(_line(signer, text, signed_at) for signer in signers))


def cosign(note: str, witness: Signer, signed_at: Instant) -> str:
    """`note` with one more line, the witness's. The witness has checked log key and consistency before.

    Raises `NoteInvalid` if the note is no checkpoint or the witness has signed it already.
    """
    parsed = parse_note(note)
    Checkpoint.from_text(parsed.text)
    verifier = witness.verifier
    if not verifier.algorithm.timestamped:
        raise NoteInvalid("a witness signs with a time")
    if any((one.name, one.key_id) == (verifier.name, verifier.key_id) for one in parsed.signatures):
        raise NoteInvalid(f"{verifier.name} has signed this checkpoint already")
    return note + _line(witness, parsed.text, signed_at)


def open_checkpoint(
    note: bytes | str,
    log: Iterable[Verifier],
    *,
    witnesses: Iterable[Verifier] = (),
    quorum: int = 0,
    origin: str | None = None,
) -> Opened:
    """The checkpoint in `note`, signed by one of the `log`'s keys and by `quorum` different `witnesses`.

    Raises `NoteInvalid` if that isn't so, if a known key's line is wrong, or if it is of another log than `origin`.
    """
    own = tuple(log)
    text, signed = open_note(note, (*own, *witnesses))
    checkpoint = Checkpoint.from_text(text)
    if origin is not None and checkpoint.origin != origin:
        raise NoteInvalid(f"this is a checkpoint of {checkpoint.origin}, not of {origin}")
    if not any(one.by in own for one in signed):
        raise NoteInvalid(f"no key of the log {checkpoint.origin} has signed")
    # By name: one party with two keys is one witness.
    seen = {one.by.name for one in signed if one.by not in own}
    if len(seen) < quorum:
        raise NoteInvalid(f"{len(seen)} of {quorum} witnesses have signed")
    return Opened(checkpoint=checkpoint, signed=signed)


def require_consistent(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    """What a witness asks before it cosigns `new` after `old`. Raises `NoteInvalid` or `ProofInvalid`."""
    if old.origin != new.origin:
        raise NoteInvalid(f"checkpoints of two logs: {old.origin} and {new.origin}")
    verify_consistency(old.size, old.root, new.size, new.root, proof)


def _line(signer: Signer, text: str, signed_at: Instant) -> str:
    return signer.sign(text, signed_at // 1000 if signer.verifier.algorithm.timestamped else None)
