"""The desk between a person and the record: seals what they typed, names what is new, and makes the submission."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awas.ledger import vault
from awas.ledger.area import Instant, Sealed
from awas.ledger.fact import Kept, Submission
from awas.ledger.naming import key_at, log_of


class Desk:
    """One act of one person at one place. `salt` and `reference` draw chance."""

    def __init__(
        self,
        *,
        place: str,
        actor: str,
        device: str,
        now: Instant,
        salt: Callable[[], bytes],
        reference: Callable[[], str],
        occurred_at: Instant | None = None,
        just_sealed: dict[str, Kept] | None = None,
    ) -> None:
        self.place = place
        self.log = log_of(place)
        self.actor = actor
        self.device = device
        self.now = now
        self.occurred_at = now if occurred_at is None else occurred_at
        self._salt = salt
        self._reference = reference
        self._kept: list[Kept] = []
        # Identities of this batch that aren't in the vault yet, by their match: a batch gives one dictionary to all of
        # its desks, so that the same person twice in it is one person.
        self._just_sealed = {} if just_sealed is None else just_sealed

    def key(self) -> str:
        """The key of a new thing born at this place."""
        return key_at(self.place, self._reference())

    def seal(self, value: str, purpose: str) -> Sealed | None:
        """A commitment for what a person typed; None for nothing."""
        if not value:
            return None
        sealed, kept = vault.seal(value, purpose, (self._salt, self._reference))
        self._kept.append(kept)
        return sealed

    def seal_again(
        self, values: Mapping[str, str], identity: Sequence[str], *, at_once: bool = True
    ) -> dict[str, Sealed]:
        """Commitments by purpose that stay the same whenever the same identity is met in this log.

        Not `at_once`: the rows carry what they match, and whoever records the command looks whether they are known.
        """
        matches = {vault.match_of(purpose, *identity): purpose for purpose in values}
        known = vault.find_all({(self.log, match) for match in matches}) if at_once else {}
        found = {}
        for match, purpose in matches.items():
            if (self.log, match) in known:
                found[purpose] = known[self.log, match]
                continue
            kept = self._just_sealed.get(match)
            if kept is None:
                _, kept = vault.seal(values[purpose], purpose, (self._salt, self._reference), match)
                self._just_sealed[match] = kept
            # Each command that names the identity carries its row: the first one may yet be refused.
            self._kept.append(kept)
            found[purpose] = vault.sealed_as(kept)
        return found

    def submission(
        self, command: Any, *, nonce: str | None = None, seq: int | None = None, digest: bytes | None = None
    ) -> Submission:
        """Everything the sequencer needs to make `command` durable."""
        return Submission(
            log=self.log,
            place=self.place,
            actor=self.actor,
            device=self.device,
            occurred_at=self.occurred_at,
            command=command,
            nonce=nonce,
            seq=seq,
            digest=digest,
            kept=tuple(self._kept),
        )
