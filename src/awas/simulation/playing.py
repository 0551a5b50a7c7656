"""Cues into the record: a stretch of the past at its own instants, or what is due now through the ordinary door.

Everything here can be played twice: a cue's nonce is the name of its command, and the record answers a known one with
its first receipt. A refusal is no failure: a user of the demo may have been quicker.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from awas.ledger import services as ledger
from awas.ledger.area import Instant, Refused
from awas.ledger.fact import LedgerHalted, Submission
from awas.ledger.models import DeviceHead, Entry, Log
from awas.ledger.naming import log_of
from awas.roster.commands import OfferHandover, PlanShift
from awas.roster.services import is_planned
from awas.simulation.book import Book
from awas.simulation.cues import Cue, SeeTo, instant_in
from awas.simulation.office import answers
from awas.simulation.rehearsal import summary_of
from awas.warehouse import services as warehouse
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warnings import services as warnings
from awas.warnings.past import Past, past_of
from awas.warnings.state import Warning

REFUSALS_KEPT = 100
"""The last refusals, for whoever looks into a demo; more are forgotten."""


class Player:
    """Plays cues. `bench` is the judge of this process."""

    def __init__(self, bench: warnings.Bench, book: Book) -> None:
        self.bench = bench
        self.book = book
        self.refused: deque[tuple[Cue, Refused]] = deque(maxlen=REFUSALS_KEPT)

    # -- the past ------------------------------------------------------------------------------------------------

    def past_of_all(self, cues: Iterable[Cue], until_at: Instant, logs: Iterable[str] = ()) -> int:
        """`past` for cues of several logs, and for `logs` without any. Returns the entries made."""
        by_log: dict[str, list[Cue]] = {log: [] for log in logs}
        for cue in cues:
            by_log.setdefault(log_of(cue.place), []).append(cue)
        return sum(self.past(log, some, until_at) for log, some in by_log.items())

    def past(self, log: str, cues: Sequence[Cue], until_at: Instant) -> int:
        """Records and judges cues of one log in one transaction, each at its own instant, and every deadline up to
        `until_at`. Returns the entries made.
        """
        with past_of(self.bench, log) as past:
            first = past.head.frontier.size
            past.expect([self._submission(cue, cue.command) for cue in cues if not isinstance(cue.command, SeeTo)])
            for cue in cues:
                past.reach(cue.at)
                self._remember(cue, past)
            past.reach(until_at)
            return past.head.frontier.size - first

    def _remember(self, cue: Cue, past: Past) -> None:
        for submission in self._in_past(cue, past):
            try:
                past.record(submission)
                self.book.keep(submission.kept)
            except Refused as refusal:
                self.refused.append((cue, refusal))
                for other in cue.instead:
                    self._remember(other, past)

    def _in_past(self, cue: Cue, past: Past) -> Iterator[Submission]:
        command = cue.command
        if isinstance(command, SeeTo):
            yield from self._seen_to(cue, past.open_at(cue.place))
            return
        if isinstance(command, OfferHandover):
            site = past.fact.state(WAREHOUSE, cue.place)
            summary = msgspec.structs.replace(
                summary_of(site), open_warnings=len(past.seat.watch(cue.place).open), log_size=past.head.frontier.size
            )
            command = msgspec.structs.replace(command, summary=summary)
        yield self._submission(cue, command)

    # -- now -----------------------------------------------------------------------------------------------------

    def now(self, cues: Sequence[Cue]) -> int:
        """Records cues that are due, through the record's ordinary door. Returns how many were taken.

        Runs of commands that ask nothing of the record share a commit; what reads the record first waits for it.
        """
        taken, run = 0, list[tuple[Cue, Submission]]()
        for cue in cues:
            if isinstance(cue.command, SeeTo | OfferHandover):
                taken += self._record(run)
                run = []
                taken += self._record([(cue, one) for one in self._in_present(cue)])
            else:
                run += [(cue, one) for one in self._in_present(cue)]
        return taken + self._record(run)

    def _record(self, run: Sequence[tuple[Cue, Submission]]) -> int:
        if not run:
            return 0
        taken = 0
        outcomes = ledger.record_all([submission for _, submission in run])
        for (cue, submission), outcome in zip(run, outcomes, strict=True):
            if isinstance(outcome, Refused):
                self.refused.append((cue, outcome))
                taken += self.now(cue.instead)
            elif isinstance(outcome, LedgerHalted):
                continue  # a halted log takes nothing; people will see why
            elif isinstance(outcome, Exception):
                raise outcome
            else:
                self.book.keep(submission.kept)
                taken += not outcome.replayed
        return taken

    def _in_present(self, cue: Cue) -> Iterator[Submission]:
        command = cue.command
        if isinstance(command, SeeTo):
            found = warnings.open_warnings([cue.place])
            yield from self._seen_to(cue, [_as_struct(row) for row in found])
            return
        if isinstance(command, PlanShift) and is_planned(cue.place, command.from_at):
            return  # a user of the demo has published a roster
        if isinstance(command, OfferHandover):
            command = msgspec.structs.replace(command, summary=warehouse.handover_summary(cue.place))
        yield self._submission(cue, command)

    # -- both ----------------------------------------------------------------------------------------------------

    def _seen_to(self, cue: Cue, found: Iterable[Warning]) -> Iterator[Submission]:
        for warning, command in answers(cue.command, cue.at, found):
            yield self._submission(cue, command, f"{cue.nonce}.{warning}")

    def _submission(self, cue: Cue, command: Any, nonce: str = "") -> Submission:
        return Submission(
            log=log_of(cue.place),
            place=cue.place,
            actor=cue.actor,
            device=cue.device,
            occurred_at=cue.at + cue.ahead_ms,
            command=command,
            nonce=nonce or cue.nonce,
            kept=self.book.kept_for(command),
        )


def _as_struct(row: Any) -> Warning:
    """The fields that `answers` reads, from a row of the table."""
    return Warning(
        id=row.id,
        fingerprint=row.fingerprint,
        log=row.log,
        place=row.place,
        rule=row.rule,
        rule_version=row.rule_version,
        key=row.key,
        level=row.level,
        state=row.state,
        holds=row.holds,
        since=row.since,
        changed_at=row.changed_at,
    )


def played_until(place: str) -> Instant:
    """Up to which cue a place was played, read from the record itself; 0 for not at all."""
    log = Log.objects.filter(origin=log_of(place)).first()
    if log is None:
        return 0
    heads = DeviceHead.objects.filter(log=log, device__startswith=f"seed-{place}-").values_list("device", "last_seq")
    nonces = [
        Entry.objects.filter(log=log, device=device, seq=seq, part=0).values_list("nonce", flat=True).first()
        for device, seq in heads
    ]
    return max((instant_in(nonce) for nonce in nonces if nonce), default=0)
