"""An EPCIS document as it came, kept under its SHA-256 beside photos and papers: what it says beyond our acts stays."""

import hashlib

from awas.ledger import blobs
from awas.ledger.area import Instant
from awas.ledger.models import Blob, BlobElsewhere

MEDIA_TYPE = "application/ld+json"


def keep(body: bytes, place: str, now: Instant) -> str:
    """Stores a document durably and returns its SHA-256. Keeping the same bytes again changes nothing."""
    sha256 = hashlib.sha256(body).hexdigest()
    path = blobs.path_of(sha256)
    if not path.exists():
        blobs.write_durably(path, body)
    # As with photos: the row after the file, or it would claim what isn't there.
    blob, _ = Blob.objects.get_or_create(
        sha256=sha256,
        defaults={"media_type": MEDIA_TYPE, "byte_count": len(body), "place": place, "received_at": now},
    )
    if blob.place != place:
        BlobElsewhere.objects.get_or_create(blob=blob, place=place)
    return sha256
