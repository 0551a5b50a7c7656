"""A folder of private signing keys, one PKCS #8 PEM file each, readable by its owner alone.

Losing a key means that a log can't go on under its name; letting one out means that somebody else can. A key is
never overwritten and never deleted here.
"""

import os
import stat
from pathlib import Path
from urllib.parse import quote, unquote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from awas.ledger.note import Algorithm, NoteInvalid, Signer, require_name

_SUFFIX = {
    Algorithm.ED25519: ".ed25519.pem",
    Algorithm.COSIGNATURE_V1: ".cosignature.pem",
    Algorithm.ML_DSA_44: ".mldsa44.pem",
}


class KeyUnusable(Exception):  # noqa: N818
    """A key that is absent, unreadable, readable by others, or not of the kind that its name says."""


class KeyFolder:
    """The signing keys below `path`; the folder is made with the first key."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def file_of(self, name: str, algorithm: Algorithm = Algorithm.ED25519) -> Path:
        """Where the key of that name lies or would lie."""
        require_name(name)
        return self.path / (quote(name, safe="") + _SUFFIX[algorithm])

    def names(self, algorithm: Algorithm = Algorithm.ED25519) -> list[str]:
        """The names of all keys of that kind."""
        suffix = _SUFFIX[algorithm]
        return sorted(unquote(file.name.removesuffix(suffix)) for file in self.path.glob("*" + suffix))

    def load(self, name: str, algorithm: Algorithm = Algorithm.ED25519) -> Signer:
        """The signer of that name. Raises `KeyUnusable`."""
        file = self.file_of(name, algorithm)
        private = private_key_in(file, read_privately(file))
        if not isinstance(private, Ed25519PrivateKey | MLDSA44PrivateKey):
            raise KeyUnusable(f"{file} holds a key of another kind")
        try:
            return Signer(name, algorithm, private)
        except NoteInvalid as error:
            raise KeyUnusable(f"{file}: {error.reason}") from error

    def create(self, name: str, algorithm: Algorithm = Algorithm.ED25519) -> Signer:
        """A new key under that name. Raises `KeyUnusable` if there is one already."""
        file = self.file_of(name, algorithm)
        private = MLDSA44PrivateKey.generate() if algorithm is Algorithm.ML_DSA_44 else Ed25519PrivateKey.generate()
        keep_once(file, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return Signer(name, algorithm, private)

    def load_or_create(self, name: str, algorithm: Algorithm = Algorithm.ED25519) -> Signer:
        """The signer of that name, made now if there is none. Raises `KeyUnusable`."""
        if not self.file_of(name, algorithm).exists():
            try:
                return self.create(name, algorithm)
            except KeyUnusable:
                # Another process was faster; if that isn't so, loading says what is wrong.
                return self.load(name, algorithm)
        return self.load(name, algorithm)


def read_privately(file: Path) -> bytes:
    """What stands in a key's file. Raises `KeyUnusable` where it can't be read, or by others too."""
    try:
        body = file.read_bytes()
        mode = file.stat().st_mode
    except OSError as error:
        raise KeyUnusable(f"{file}: {error.strerror}") from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise KeyUnusable(f"{file} can be read by others: chmod 600, and think about a new key")
    return body


def private_key_in(file: Path, body: bytes) -> PrivateKeyTypes:
    """The private key that a key's file holds. Raises `KeyUnusable`."""
    try:
        return load_pem_private_key(body, password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnusable(f"{file} holds no PKCS #8 private key") from error


def keep_once(file: Path, body: bytes) -> None:
    """Writes a new key's file, readable by its owner alone. Raises `KeyUnusable` if there is one already.

    The file appears under its name complete and durable, or not at all: a power cut leaves at most a `.new` file.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(body)
            handle.flush()
            os.fsync(handle.fileno())
        # A link fails where a rename would replace: two processes can't both make the key of a log.
        os.link(draft, file)
    except FileExistsError as error:
        raise KeyUnusable(f"{error.filename2 or error.filename} is there already") from error
    except OSError as error:
        raise KeyUnusable(f"{file}: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(file.parent)


def _sync_folder(path: Path) -> None:
    """Makes a new name in a folder survive a power cut, where the system can."""
    if os.name == "posix":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
