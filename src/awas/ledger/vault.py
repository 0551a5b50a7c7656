"""The erasable vault of personal values.

The record holds `Sealed(ref, digest)`; salt and value lie here and can be erased (UU 27/2022) without breaking a
proof. A value must never reach a log line, an entry, an exception message or a public page.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Collection, Iterable

from django.conf import settings

from awas.ledger.area import Instant, Sealed
from awas.ledger.fact import Kept
from awas.ledger.models import VaultRow
from awas.ledger.naming import log_of
from awas.ledger.store import ask

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


_OF_MATCH = "SELECT ref, place, salt, value FROM ledger_vaultrow WHERE match = ? AND erased_at IS NULL ORDER BY kept_at"
_SAME_IDENTITY = (
    "SELECT ref, place FROM ledger_vaultrow WHERE erased_at IS NULL"
    " AND match = COALESCE(?, (SELECT match FROM ledger_vaultrow WHERE ref = ?))"
)


def find(match: str, log: str) -> Sealed | None:
    """The commitment under which a log met an identity first, or None.

    Each log has its own: a person's pseudonym in one district says nothing about another's.
    """
    for ref, place, salt, value in ask(_OF_MATCH, (match,)):
        if log_of(place) == log:
            return Sealed(ref=ref, digest=digest_of(bytes(salt), value))
    return None


def in_other_logs(log: str, ref: str, kept: Iterable[Kept] = ()) -> list[tuple[str, str]]:
    """(ref, place it was first met at) of the same identity in other logs; `kept` holds rows not yet in the vault."""
    match = next((one.match for one in kept if one.ref == ref), None)
    return [(other, place) for other, place in ask(_SAME_IDENTITY, (match, ref)) if log_of(place) != log]


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
