"""The erasable vault of personal values.

The record holds `Sealed(ref, digest)`; salt and value lie here and can be erased (UU 27/2022) without breaking a
proof. A value must never reach a log line, an entry, an exception message or a public page.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence

from django.conf import settings

from awas.ledger.area import Instant, Sealed
from awas.ledger.fact import Kept
from awas.ledger.models import VaultRow
from awas.ledger.naming import log_of
from awas.ledger.store import ask_in

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


def sealed_as(kept: Kept) -> Sealed:
    """The commitment that a row of the vault opens."""
    return Sealed(ref=kept.ref, digest=digest_of(kept.salt, kept.value))


def find_all(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Sealed]:
    """The commitments under which logs met identities first, by (log, match); those not met yet are absent.

    Each log has its own: a person's pseudonym in one district says nothing about another's.
    """
    found: dict[tuple[str, str], Sealed] = {}
    for match, ref, place, salt, value in ask_in(
        "SELECT match, ref, place, salt, value FROM ledger_vaultrow"
        " WHERE erased_at IS NULL AND match IN (%s) ORDER BY kept_at",
        list({match for _log, match in wanted}),
    ):
        key = log_of(place), match
        if key in wanted and key not in found:
            found[key] = Sealed(ref=ref, digest=digest_of(bytes(salt), value))
    return found


Met = tuple[str, str]
"""The reference of an identity in a log, and the place it was first met at."""


def same_identities(refs: Sequence[str], kept: Iterable[Kept] = ()) -> dict[str, list[Met]]:
    """For each reference, those of the same identity in every log; `kept` holds rows not yet in the vault."""
    new = {one.ref: one.match for one in kept if one.match is not None}
    found: dict[str, list[Met]] = {ref: [] for ref in refs}
    for ref, other, place in ask_in(
        "SELECT a.ref, b.ref, b.place FROM ledger_vaultrow a JOIN ledger_vaultrow b ON b.match = a.match"
        " WHERE b.erased_at IS NULL AND a.ref IN (%s)",
        [ref for ref in found if ref not in new],
    ):
        found[ref].append((other, place))
    met: dict[str, list[Met]] = {}
    for match, other, place in ask_in(
        "SELECT match, ref, place FROM ledger_vaultrow WHERE erased_at IS NULL AND match IN (%s)",
        list({new[ref] for ref in found if ref in new}),
    ):
        met.setdefault(match, []).append((other, place))
    return found | {ref: met.get(new[ref], []) for ref in found if ref in new}


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
