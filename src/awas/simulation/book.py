"""The names of the demo's people, sealed as a person's own words are: salted commitments whose values go to the vault.

Salts come from the demo's seed, so that a demo that goes on after a pause knows its people again. That is no secret
worth keeping: every name is invented. It must never seal anything about a real person.
"""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import astuple

from awas.ledger import vault
from awas.ledger.area import Sealed
from awas.ledger.fact import Kept
from awas.ledger.models import VaultRow
from awas.simulation.chances import salts

STARTS = "demo"
"""How the references of the demo's vault rows begin."""


class Book:
    """Seals names for the scripts and remembers what is to be kept with the command that first carries them."""

    def __init__(self, seed: int) -> None:
        self._salt = salts(seed)
        self._kept: dict[str, Kept] = {}
        self._stored: set[str] | None = None

    def seal(self, reference: str, purpose: str, value: str, identity: tuple[str, ...]) -> Sealed:
        """The commitment; `identity` makes the same person known again when a user logs them by name and digits."""
        log = f"awas/{reference[4:6]}.{reference[6:8]}"
        match = vault.match_of(log, purpose, *identity) if identity else None
        sealed, kept = vault.seal(value, purpose, (lambda: self._salt(reference), lambda: reference), match)
        self._kept[reference] = kept
        return sealed

    def kept_for(self, command: Any) -> tuple[Kept, ...]:
        """The vault rows that a command's commitments need and that aren't in the vault yet."""
        if self._stored is None:
            self._stored = set(VaultRow.objects.filter(ref__startswith=STARTS).values_list("ref", flat=True))
        found = []
        for sealed in sealed_in(command):
            if sealed.ref not in self._stored and sealed.ref in self._kept:
                self._stored.add(sealed.ref)
                found.append(self._kept[sealed.ref])
        return tuple(found)


def sealed_in(command: Any) -> Iterator[Sealed]:
    """The commitments among a command's own fields."""
    return (value for value in astuple(command) if type(value) is Sealed)
