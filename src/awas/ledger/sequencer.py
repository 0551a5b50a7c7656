"""The sequencer: gathers the waiting commands of all requests and makes them durable together (group commit).

One thread per process writes. On SQLite it is the file's only writer; on PostgreSQL an advisory lock per log orders
several processes. A command is answered only after COMMIT; what was refused is answered at once with its reason, and
costs its neighbours nothing. It must never answer before the disk has the entry, and never twice differently.
"""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from django.db import connections

from awas.ledger.area import Instant, Refused
from awas.ledger.entry import Vocabulary
from awas.ledger.fact import Appended, Fact, LedgerCorrupt, LedgerHalted, Receipt, Submission
from awas.ledger.items import ItemTable
from awas.ledger.store import Store

log = logging.getLogger(__name__)

BATCH = 1000
"""Commands in one commit at most: bounds the time a waiting request can lose to its neighbours."""

PATIENCE_SECONDS = 30.0

COMPANY_SECONDS = 0.004
"""How long a group waits for as many as came last time: a commit costs the same for one as for twenty. Who came alone
waits for nobody."""

UNJUDGED = 256
"""So many entries may wait for judgement while commands are waiting: judged together, they cost less."""

Outcome = Receipt | Exception
AfterCommit = Callable[[Sequence[Appended]], None]
Inform = Callable[[Sequence[Submission]], Sequence[Submission]]
"""Adds to a group's commands what only other areas' tables know: asked once for all of them, inside the transaction,
so that requests don't ask one by one. Must give as many back, in order, and refuse nothing."""
Waiting = tuple[Sequence[Submission], "Future[list[Outcome]]"]


class LedgerUnavailable(Exception):  # noqa: N818
    """The commit failed or took too long: nothing is known to be recorded; the same command may be sent again."""


class Sequencer:
    """Runs groups of submissions, each group in one transaction."""

    def __init__(
        self,
        store: Store,
        vocabulary: Vocabulary,
        tables: Mapping[str, Mapping[str, ItemTable]],
        clock: Callable[[], Instant],
        after_commit: AfterCommit,
        inform: Inform = lambda submissions: submissions,
    ) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.tables = tables
        self.clock = clock
        self.after_commit = after_commit
        self.inform = inform
        self._lock = threading.RLock()

    @contextlib.contextmanager
    def fact(self, origins: Sequence[str], *, lazily: bool = False) -> Iterator[Fact]:
        """One FACT transaction over some logs; flushed and committed on leaving, nothing kept on an exception.

        `lazily` is for the judge alone: what it adds follows from entries that are durable, and is judged anew if the
        power fails before the next commit.
        """
        with self._lock, self.store.transaction(origins, lazily=lazily):
            fact = Fact(self.store, self.vocabulary, self.tables, origins, self.clock())
            yield fact
            fact.flush()

    def run(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """Makes a group durable and returns each one's receipt or refusal, in order."""
        outcomes, appended = self._commit(submissions)
        if appended:
            self.after_commit(appended)
        return outcomes

    def _commit(self, submissions: Sequence[Submission]) -> tuple[list[Outcome], list[Appended]]:
        origins = sorted({one.log for one in submissions})
        try:
            return self._recorded(origins, submissions)
        except LedgerCorrupt as corrupt:
            with self._lock, self.store.transaction([corrupt.origin]):
                self.store.execute(
                    "UPDATE ledger_log SET halted_why = ? WHERE origin = ? AND halted_why = ''",
                    (corrupt.why, corrupt.origin),
                )
            raise

    def _recorded(
        self, origins: Sequence[str], submissions: Sequence[Submission]
    ) -> tuple[list[Outcome], list[Appended]]:
        outcomes: list[Outcome] = []
        with self.fact(origins) as fact:
            submissions = self.inform(submissions)
            fact.prefetch(submissions)
            for submission in submissions:
                try:
                    outcomes.append(fact.execute(submission))
                except (Refused, LedgerHalted) as refusal:
                    outcomes.append(refusal)
            appended = fact.appended
        return outcomes, appended

    def submit(self, submission: Submission) -> Receipt:
        """Records one command. Raises `Refused`, `LedgerHalted`, `LedgerCorrupt` or `LedgerUnavailable`."""
        return self.submit_many([submission])[0]

    def submit_many(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Records commands in order in the caller's own transaction; the first refusal is raised."""
        return [_receipt(outcome) for outcome in self.run(submissions)]

    def outcomes(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """Like `submit_many`, but each refusal stands in its own place."""
        return self.run(submissions)


class ThreadedSequencer(Sequencer):
    """A sequencer with its own thread; callers wait for the commit their command fell into."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._company = 1  # commands in the last group
        self._unjudged: list[Appended] = []
        self._connected = False  # by this thread's own connection, as a writer
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def outcomes(self, submissions: Sequence[Submission]) -> list[Outcome]:
        self._ensure_running()
        future: Future[list[Outcome]] = Future()
        self._waiting.put((submissions, future))
        try:
            return future.result(timeout=PATIENCE_SECONDS)
        except TimeoutError as late:
            raise LedgerUnavailable("the commit didn't finish in time") from late

    def submit_many(self, submissions: Sequence[Submission]) -> list[Receipt]:
        return [_receipt(outcome) for outcome in self.outcomes(submissions)]

    def stop(self) -> None:
        """Finishes what waits and ends the thread."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout=PATIENCE_SECONDS)
            self._thread = None

    def _ensure_running(self) -> None:
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._serve, name="sequencer", daemon=True)
                    self._thread.start()

    def _serve(self) -> None:
        self._connected = False
        while (group := self._gather()) is not None:
            self._answer(group)
            if len(self._unjudged) >= UNJUDGED or self._waiting.empty():
                self._judge()
        self._judge()
        connections.close_all()

    def _gather(self) -> list[Waiting] | None:
        """Waits for one command, then takes whatever else is there: the busier, the larger the group."""
        first = self._waiting.get()
        if first is None:
            return None
        group, count = [first], len(first[0])
        until = time.monotonic() + COMPANY_SECONDS
        while count < BATCH:
            try:
                more = self._waiting.get(timeout=max(until - time.monotonic(), 0) if count < self._company else 0)
            except queue.Empty:
                break
            if more is None:
                self._waiting.put(None)
                break
            group.append(more)
            count += len(more[0])
        self._company = count
        return group

    def _answer(self, group: list[Waiting]) -> None:
        everything = [submission for submissions, _ in group for submission in submissions]
        try:
            self._connect()
            outcomes, appended = self._commit(everything)
        except Exception as failure:  # noqa: BLE001 - the writer must outlive any one command; see _fail
            self._fail(group, failure)
            return
        position = 0
        for submissions, future in group:
            # A caller that gave up has cancelled or timed out; its entry stands all the same and a replay finds it.
            if not future.done():
                future.set_result(outcomes[position : position + len(submissions)])
            position += len(submissions)
        self._unjudged += appended

    def _fail(self, group: list[Waiting], failure: Exception) -> None:
        """Nothing of the group was committed. One bad command must not cost the others: each is tried alone."""
        self._disconnect()
        if len(group) > 1:
            for one in group:
                self._answer([one])
            return
        log.error("a group of commands could not be recorded", exc_info=failure)
        _, future = group[0]
        if not future.done():
            reason = failure if isinstance(failure, LedgerCorrupt) else LedgerUnavailable(str(failure))
            future.set_exception(reason)

    def _judge(self) -> None:
        appended, self._unjudged = self._unjudged, []
        if not appended:
            return
        try:
            self.after_commit(appended)
        except Exception:
            # The facts are durable; the worker catches the judgement up from its stored position.
            log.exception("judgement failed after a commit")
            self._disconnect()

    def _connect(self) -> None:
        """Opens this thread's connection as a writer's. A database that can't be opened costs a group, not the thread.

        So it is done with the first group, under the same care, and anew after a failure.
        """
        if not self._connected:
            self.store.expect_writing()
            self._connected = True

    def _disconnect(self) -> None:
        """What failed on a connection may have left it broken: the next group opens another."""
        self._connected = False
        connections[getattr(self.store, "alias", "default")].close()


def _receipt(outcome: Outcome) -> Receipt:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
