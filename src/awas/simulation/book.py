"""Names that scripts carry, sealed as a person's own words are: salted commitments whose values go to the vault.

A demo's salts come from its seed, so that it knows its people again after a pause. That is no secret worth keeping:
every one of them is invented. Whatever else is replayed brings salts of true chance.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import astuple

from awas.ledger import vault
from awas.ledger.area import Sealed
from awas.ledger.fact import Kept
from awas.ledger.models import VaultRow


class Book:
    """Seals names for the scripts and remembers what is to be kept with the command that first carries them."""

    def __init__(self, salt: Callable[[str], bytes], starts: str) -> None:
        """`salt` gives the salt of a reference; all references begin with `starts`."""
        self._salt = salt
        self._starts = starts
        self._kept: dict[str, Kept] = {}
        self._stored: set[str] | None = None

    def seal(self, reference: str, purpose: str, value: str, identity: tuple[str, ...]) -> Sealed:
        """The commitment; `identity` makes the same person known again when a user logs them by name and digits."""
        match = vault.match_of(purpose, *identity) if identity else None
        sealed, kept = vault.seal(value, purpose, (lambda: self._salt(reference), lambda: reference), match)
        self._kept[reference] = kept
        return sealed

    def kept_for(self, command: Any) -> tuple[Kept, ...]:
        """The vault rows that a command's commitments need and that aren't in the vault yet."""
        stored = self._in_vault()
        return tuple(
            self._kept[sealed.ref]
            for sealed in sealed_in(command)
            if sealed.ref not in stored and sealed.ref in self._kept
        )

    def keep(self, kept: Iterable[Kept]) -> None:
        """These lie in the vault now: their command was recorded."""
        self._in_vault().update(one.ref for one in kept)

    def _in_vault(self) -> set[str]:
        if self._stored is None:
            self._stored = set(VaultRow.objects.filter(ref__startswith=self._starts).values_list("ref", flat=True))
        return self._stored


def sealed_in(command: Any) -> Iterator[Sealed]:
    """The commitments among a command's own fields."""
    return (value for value in astuple(command) if type(value) is Sealed)
