"""Evidence by content: photos and documents stored under their SHA-256, which stands in the entry.

The bytes are kept exactly as they came (their hash is the evidence). What is not one of a few still-image formats or
a PDF, is too large, or can't be opened, is refused with a reason; a file's name is never used. Reading back hashes
again, so a changed file is found when it is looked at and by `awas ledger verify`.
"""

import hashlib
import os
import threading
import warnings
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from PIL import Image, UnidentifiedImageError

from awas.ledger.area import Instant, Refused
from awas.ledger.models import Blob, BlobElsewhere

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 60_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


class EvidenceDamaged(Exception):  # noqa: N818
    """A stored file is missing or no longer has the hash under which it was recorded."""


def path_of(sha256: str) -> Path:
    """Where a blob lies. `sha256` is 64 lower-case hex digits, checked here because it names a file."""
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256[2:]


def media_type_of(content: bytes) -> str:
    """What the bytes are by their own account, never by their name. Raises `Refused`."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise Refused("photo_too_many_pixels", most=MAX_PIXELS)
                name = image.format or ""
                image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise Refused("photo_unreadable") from broken
    except Image.DecompressionBombWarning as bomb:
        raise Refused("photo_too_many_pixels", most=MAX_PIXELS) from bomb
    return FORMATS[name]


def keep(content: bytes, place: str, now: Instant) -> str:
    """Stores evidence durably and returns its SHA-256. Keeping the same bytes again changes nothing."""
    if len(content) > MAX_BYTES:
        raise Refused("photo_too_large", most=MAX_BYTES // (1024 * 1024))
    media_type = media_type_of(content)
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        write_durably(path, content)
    # After the file is on the disk: a row without its file would claim evidence that isn't there; the other way
    # round only leaves a file that nobody names.
    blob, _ = Blob.objects.get_or_create(
        sha256=sha256,
        defaults={"media_type": media_type, "byte_count": len(content), "place": place, "received_at": now},
    )
    if blob.place != place:
        BlobElsewhere.objects.get_or_create(blob=blob, place=place)
    return sha256


def brought_at(place: str, sha256: str) -> Blob | None:
    """The evidence of that hash if this place brought it, otherwise None: a hash alone opens no other site's photo."""
    mine = Q(place=place) | Q(elsewhere__place=place)
    return Blob.objects.filter(mine, sha256=sha256).first()


def write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A second tap sends the same photo while the first is still being written: each writes a file of its own, or one
    # would cut short what the other has just put in place.
    unfinished = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(path: Path) -> None:
    """Makes a new name in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(sha256: str) -> bytes:
    """The bytes of a blob, hashed again. Raises `EvidenceDamaged`."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError as gone:
        raise EvidenceDamaged("the file is missing") from gone
    if hashlib.sha256(content).hexdigest() != sha256:
        raise EvidenceDamaged("the file was changed after it was recorded")
    return content
