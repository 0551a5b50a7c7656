"""The erasable vault of personal values.

The record holds `Sealed(ref, digest)`; salt and value lie here and can be erased (UU 27/2022) without breaking a
proof. A value must never reach a log line, an entry, an exception message or a public page.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Collection

from django.conf import settings

from awas.ledger.area import Instant, Sealed
from awas.ledger.fact import Kept
from awas.ledger.models import VaultRow

Chance = tuple[Callable[[], bytes], Callable[[], str]]
"""Draws a salt, draws a reference: chance is an argument here too."""

ERASED = ""


def digest_of(salt: bytes, value: str) -> str:
    """The commitment of a value: hex SHA-256 of salt followed by its UTF-8 bytes."""
    return hashlib.sha256(salt + value.encode()).hexdigest()


def seal(value: str, purpose: str, chance: Chance, match: str | None = None) -> tuple[Sealed, Kept]:
    """A commitment for the record and the row that opens it, to be stored with the command."""
    draw_salt, draw_ref = chance
    salt, ref = draw_salt(), draw_ref()
    kept = Kept(ref=ref, purpose=purpose, salt=salt, value=value, match=match)
    return Sealed(ref=ref, digest=digest_of(salt, value)), kept


def match_of(*parts: str) -> str:
    """A keyed hash of an identity's parts, insensitive to case, accents and spacing.

    The key is the installation's secret: without it, the hash of a name and four digits can't be guessed back.
    """
    plain = "|".join(" ".join(unicodedata.normalize("NFKD", part).casefold().split()) for part in parts)
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()


def find(match: str) -> Sealed | None:
    """The commitment of an identity seen before, or None."""
    row = VaultRow.objects.filter(match=match, erased_at=None).order_by("kept_at").first()
    return None if row is None else Sealed(ref=row.ref, digest=digest_of(bytes(row.salt), row.value))


def values(refs: Collection[str]) -> dict[str, str]:
    """The values behind references; erased and unknown ones are absent. The caller has checked who may see them."""
    rows = VaultRow.objects.filter(ref__in=list(refs), erased_at=None).values_list("ref", "value")
    return dict(rows)


def erase(ref: str, why: str, now: Instant) -> bool:
    """Empties a row for good; False when it was erased already or never was."""
    changed = VaultRow.objects.filter(ref=ref, erased_at=None).update(
        salt=b"", value=ERASED, match=None, erased_at=now, erased_why=why
    )
    return changed == 1
