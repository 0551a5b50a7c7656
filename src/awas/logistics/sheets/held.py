"""Keeps a file about which a question is asked, until it is answered: one for each person, for an hour.

The token on the page is signed, and names who sent the file, to which place, and its hash: it opens nothing for anybody
else, anywhere else, or once the same person's next file lies in its stead. Nothing here is part of the record; what is
lost is chosen again.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.signing import BadSignature, Signer
from msgspec import Struct

from awas.ledger.area import HOUR, Instant

KEPT_FOR = HOUR
UNFINISHED = ".part"
SIGNER = Signer(salt="awas.logistics.sheets.held")


class Held(Struct, frozen=True, kw_only=True):
    """A file as it came: its bytes, and its name for telling."""

    content: bytes
    name: str

    @property
    def sha256(self) -> str:
        """The hash by which the entries made from it name it."""
        return sha256_of(self.content)


def hold(file: Held, person: str, place: str, now: Instant) -> str:
    """Keeps a file and returns its token. What is out of date goes."""
    folder = Path(settings.HELD_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(folder, now)
    until = now + KEPT_FOR
    # Readable by its owner alone, and never half written: two answers of one person may come at once.
    descriptor, unfinished = tempfile.mkstemp(dir=folder, suffix=UNFINISHED)
    with os.fdopen(descriptor, "wb") as target:
        target.write(file.content)
    # The age of a file tells when it may go, in the program's own time.
    os.utime(unfinished, (until / 1000, until / 1000))
    Path(unfinished).replace(_path(person))
    told = {"by": person, "at": place, "name": file.name, "sha256": file.sha256, "until": until}
    return SIGNER.sign_object(told)


def held(token: str, person: str, place: str, now: Instant) -> Held | None:
    """The file of a token; None for anybody else, elsewhere, too late, or when another file has taken its place."""
    try:
        told = SIGNER.unsign_object(token)
    except BadSignature:
        return None
    if (told["by"], told["at"]) != (person, place) or told["until"] < now:
        return None
    try:
        content = _path(person).read_bytes()
    except FileNotFoundError:
        return None
    return Held(content=content, name=told["name"]) if sha256_of(content) == told["sha256"] else None


def _path(person: str) -> Path:
    # By a hash: a code must never name a path.
    return Path(settings.HELD_ROOT) / sha256_of(person.encode())


def sha256_of(content: bytes) -> str:
    """The hash of a file's bytes as hex."""
    return hashlib.sha256(content).hexdigest()


def _sweep(folder: Path, now: Instant) -> None:
    for path in folder.iterdir():
        # What somebody is writing at this moment has no end of its own yet.
        spared = KEPT_FOR if path.suffix == UNFINISHED else 0
        try:
            if path.stat().st_mtime * 1000 + spared < now:
                path.unlink()
        except FileNotFoundError:
            continue  # somebody else was quicker
