"""Signed notes (C2SP signed-note) and the keys that sign them (C2SP tlog-cosignature for the timestamped kinds).

A note is a text, an empty line and signature lines. Who reads one must ignore its text until `open_note` has found a
signature of a key that was trusted beforehand. This module reads no clock: the time of a cosignature is an argument.
"""

import base64
import binascii
import enum
import hashlib
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from msgspec import Struct

DASH = "\N{EM DASH} "
MAX_SIGNATURES = 64
MAX_BYTES = 512 * 1024
"""More than 64 lines of ML-DSA-44. The specification wants a limit, and at least sixteen signatures."""
MAX_TIME = 2**63 - 1


class NoteInvalid(Exception):  # noqa: N818 - the finding, not the fault
    """A note, a key or a signature that must not be trusted. `reason` says why, for an operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Algorithm(enum.IntEnum):
    """The signature type byte of C2SP signed-note."""

    ED25519 = 0x01
    """Plain Ed25519 over the text: what a public log must sign with."""
    COSIGNATURE_V1 = 0x04
    """Ed25519 over time and text: a witness."""
    ML_DSA_44 = 0x06
    """ML-DSA-44 (FIPS 204, empty context) over time, origin, size and root: a log or a witness, safe from quantum
    computers. It signs checkpoints only."""

    @property
    def timestamped(self) -> bool:
        return self is not Algorithm.ED25519


_KEY_BYTES = {Algorithm.ED25519: 32, Algorithm.COSIGNATURE_V1: 32, Algorithm.ML_DSA_44: 1312}
_SIGNATURE_BYTES = {Algorithm.ED25519: 64, Algorithm.COSIGNATURE_V1: 64, Algorithm.ML_DSA_44: 2420}


class Verifier(Struct, frozen=True):
    """A public key under a name: what a reader must have been given beforehand, by another way than the log."""

    name: str
    algorithm: Algorithm
    key: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart. Not a fingerprint: anybody can make a key with the same."""
        named = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.key
        return hashlib.sha256(named).digest()[:4]

    def to_text(self) -> str:
        """The verifier key as it is published: name+hexid+base64."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.algorithm]) + self.key)}"

    @classmethod
    def from_text(cls, text: str) -> "Verifier":
        """Reads a published verifier key. Raises `NoteInvalid` if it contradicts itself."""
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise NoteInvalid("a verifier key has the form name+hexid+base64")
        name, key_id, encoded = parts
        require_name(name)
        body = _unbase64(encoded, "a verifier key")
        try:
            algorithm = Algorithm(body[0]) if body else None
        except ValueError:
            algorithm = None
        if algorithm is None:
            raise NoteInvalid(f"the key of {name} is of a kind that isn't known here")
        if len(body) != 1 + _KEY_BYTES[algorithm]:
            raise NoteInvalid(f"the key of {name} has {len(body) - 1} bytes, not {_KEY_BYTES[algorithm]}")
        verifier = cls(name, algorithm, body[1:])
        if verifier.key_id.hex() != key_id:
            raise NoteInvalid(f"the key id {key_id} isn't that of the key of {name}")
        return verifier

    def require(self, text: str, signature: bytes) -> int | None:
        """Checks what follows the key id in a signature line. Returns its time (seconds), None for plain Ed25519.

        Raises `NoteInvalid`.
        """
        head = 8 if self.algorithm.timestamped else 0
        if len(signature) != head + _SIGNATURE_BYTES[self.algorithm]:
            raise NoteInvalid(f"the signature of {self.name} has {len(signature)} bytes")
        time = int.from_bytes(signature[:head], "big") if head else None
        message = signed_message(self, text, time)
        try:
            if self.algorithm is Algorithm.ML_DSA_44:
                MLDSA44PublicKey.from_public_bytes(self.key).verify(signature[head:], message)
            else:
                Ed25519PublicKey.from_public_bytes(self.key).verify(signature[head:], message)
        except (InvalidSignature, ValueError) as error:
            raise NoteInvalid(f"the signature of {self.name} doesn't fit the text") from error
        return time


class Signer:
    """A private key with its verifier. It can sign a text; it never shows the key."""

    def __init__(self, name: str, algorithm: Algorithm, private: Ed25519PrivateKey | MLDSA44PrivateKey) -> None:
        require_name(name)
        if isinstance(private, MLDSA44PrivateKey) != (algorithm is Algorithm.ML_DSA_44):
            raise NoteInvalid(f"the key of {name} is not an {algorithm.name} key")
        self._private = private
        self.verifier = Verifier(name, algorithm, private.public_key().public_bytes_raw())

    def sign(self, text: str, time: int | None = None) -> str:
        """One signature line over `text`. `time` in seconds, for the timestamped algorithms alone."""
        if (time is not None) != self.verifier.algorithm.timestamped:
            raise NoteInvalid(f"{self.verifier.algorithm.name} signs with a time or without one, not as you please")
        signature = self._private.sign(signed_message(self.verifier, text, time))
        stamp = b"" if time is None else time.to_bytes(8, "big")
        return f"{DASH}{self.verifier.name} {_base64(self.verifier.key_id + stamp + signature)}\n"


def signed_message(verifier: Verifier, text: str, time: int | None) -> bytes:
    """The bytes that are signed, which differ by algorithm so that no signature can be taken for another."""
    if time is None:
        return text.encode()
    if not 0 < time <= MAX_TIME:
        raise NoteInvalid(f"{time} is no time of a cosignature")
    if verifier.algorithm is Algorithm.COSIGNATURE_V1:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    lines = text.split("\n", 3)
    if len(lines) != 4 or not _is_decimal(lines[1]):
        raise NoteInvalid("ML-DSA-44 signs checkpoints only")
    root = _unbase64(lines[2], "the root")
    if len(root) != 32:
        raise NoteInvalid("ML-DSA-44 signs checkpoints only")
    return b"".join(
        (
            b"subtree/v1\n\0",
            _short(verifier.name),
            time.to_bytes(8, "big"),
            _short(lines[0]),
            bytes(8),  # the subtree that is signed begins at leaf 0: the whole tree
            int(lines[1]).to_bytes(8, "big"),
            root,
        )
    )


class Signature(Struct, frozen=True):
    """One signature line, not yet checked."""

    name: str
    key_id: bytes
    body: bytes


class Signed(Struct, frozen=True):
    """A signature that was checked, and the time (seconds) that it states, if its kind states one."""

    by: Verifier
    time: int | None


class Note(Struct, frozen=True):
    """A note taken apart; nothing in it is trusted."""

    text: str
    signatures: tuple[Signature, ...]


def compose(text: str, *lines: str) -> str:
    """A note of `text` and signature lines. Raises `NoteInvalid` for a text that can't be signed."""
    require_text(text)
    return text + "\n" + "".join(lines)


def parse_note(body: bytes | str) -> Note:
    """Takes a note apart without trusting it. Raises `NoteInvalid`."""
    raw = body.encode() if isinstance(body, str) else body
    if len(raw) > MAX_BYTES:
        raise NoteInvalid(f"a note of {len(raw)} bytes is too long")
    try:
        whole = raw.decode()
    except UnicodeDecodeError as error:
        raise NoteInvalid("not UTF-8") from error
    text, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteInvalid("no signature lines after an empty line")
    text += "\n"
    require_text(text)
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteInvalid(f"{len(lines)} signatures are too many")
    return Note(text, tuple(map(_signature, lines)))


def open_note(body: bytes | str, verifiers: Iterable[Verifier]) -> tuple[str, tuple[Signed, ...]]:
    """The text of a note and who of `verifiers` signed it. Lines of other keys are passed over, as they must be.

    Raises `NoteInvalid` if nobody known signed, or if a line under a known key is wrong: that is never an accident.
    """
    known: dict[tuple[str, bytes], Verifier] = {}
    for verifier in verifiers:
        if known.setdefault((verifier.name, verifier.key_id), verifier) != verifier:
            raise NoteInvalid(f"two keys are called {verifier.name}+{verifier.key_id.hex()}")
    note = parse_note(body)
    signed: dict[tuple[str, bytes], Signed] = {}
    for signature in note.signatures:
        by = known.get((signature.name, signature.key_id))
        if by is not None:
            time = by.require(note.text, signature.body)
            signed.setdefault((signature.name, signature.key_id), Signed(by, time))
    if not signed:
        raise NoteInvalid("no key that is known here has signed")
    return note.text, tuple(signed.values())


def _signature(line: str) -> Signature:
    name, gap, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not gap:
        raise NoteInvalid("a signature line has the form — name base64")
    require_name(name)
    body = _unbase64(encoded, f"the signature of {name}")
    if len(body) < 5:
        raise NoteInvalid(f"the signature of {name} is too short")
    return Signature(name, body[:4], body[4:])


def require_name(name: str) -> None:
    """A key name is not empty and holds no space, plus or control character. Raises `NoteInvalid`."""
    if not name or "+" in name or any(one.isspace() or one < " " for one in name) or len(name.encode()) > 255:
        raise NoteInvalid(f"{name!r} can't name a key")


def require_text(text: str) -> None:
    """A text ends in a newline and holds no other control character. Raises `NoteInvalid`."""
    if not text.endswith("\n"):
        raise NoteInvalid("a text ends in a newline")
    if any(one < " " and one != "\n" for one in text):
        raise NoteInvalid("a control character in the text")


def _is_decimal(text: str) -> bool:
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and int(text) <= MAX_TIME


def _short(text: str) -> bytes:
    body = text.encode()
    if not 0 < len(body) < 256:
        raise NoteInvalid(f"{len(body)} bytes don't fit a name")
    return bytes([len(body)]) + body


def _base64(body: bytes) -> str:
    return base64.b64encode(body).decode()


def _unbase64(text: str, what: str) -> bytes:
    try:
        body = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteInvalid(f"{what} is not base64") from error
    # One spelling only: base64 would let the last bits of a group be anything.
    if _base64(body) != text:
        raise NoteInvalid(f"{what} is not in the one spelling of base64")
    return body
