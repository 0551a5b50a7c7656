"""Use cases of EPCIS: a document comes in and becomes entries; entries go out as a document.

The only way in for the API and the command line. A document is kept whole, under its SHA-256, whatever became of its
events: what has no counterpart here is not lost with that.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.conf import settings
from msgspec import UNSET, Struct
from msgspec.structs import replace

from awas.ledger import services as ledger
from awas.ledger.area import Instant, Refused
from awas.ledger.fact import Submission
from awas.ledger.message import Capture
from awas.ledger.models import DeviceHead, Entry
from awas.ledger.naming import log_of
from awas.ledger.sequencer import LedgerUnavailable, Outcome
from awas.logistics.epcis import names
from awas.logistics.epcis.acts import Act, Known
from awas.logistics.epcis.document import SENT, Bounds, Read, read
from awas.logistics.epcis.facts import Left, mark_of, unchanging
from awas.logistics.epcis.incoming import Taken, Verdict, map_events, marks_in
from awas.logistics.epcis.keeping import keep
from awas.logistics.keys import key_at, name_of
from awas.logistics.models import TallyRow, Unit

LANE = "epcis-"
"""Documents number their acts apart from the device's own outbox, whose numbers must stay gapless for the phone."""

LETTERS = "eloacv"
"""With which names of acts begin; tally or other act, label, offer, acceptance, count, void."""

AT_ONCE = 500
"""Names looked up in one question, and acts made durable in one commit."""


class Sender(Struct, frozen=True, kw_only=True):
    """Who brings a document: a person, by an enrolled device or from the desk."""

    person: str
    device: str


class Became(Struct, frozen=True, kw_only=True):
    """What became of one event: `outcomes` of its acts, or why there are none. `unread` stand in the document alone."""

    event_id: str
    outcomes: tuple[Outcome, ...] = ()
    why: Refused | None = None
    kept_only: bool = False
    unread: tuple[str, ...] = ()


class Arrived(Struct, frozen=True, kw_only=True):
    """A document that was read: the hash under which it is kept, and each event's fate in their order."""

    sha256: str
    events: list[Became]


def receive(body: bytes, place: str, sender: Sender, now: Instant, bounds: Bounds = SENT) -> Arrived:
    """Takes a document in at a place, its acts in one commit or a few; every entry of theirs names its hash.

    The same one again changes nothing and is answered by the first receipts. Raises `Refused` for a body that can't be
    read, of which nothing is kept then.
    """
    reads = read(body, bounds)
    sha256 = keep(body, place, now)
    sound = [one for one in reads if isinstance(one, Read)]
    lanes = _lanes(log_of(place), place, sound)
    known = _known(place, sound, set(lanes))
    verdicts = map_events(reads, place, known)
    outcomes = _recorded(verdicts, place, sender, lanes, Capture(document=sha256))
    return Arrived(
        sha256=sha256,
        events=[_became(one, verdict, outcomes) for one, verdict in zip(reads, verdicts, strict=True)],
    )


def _became(one: Read | Refused, verdict: Verdict, outcomes: dict[int, Outcome]) -> Became:
    event_id = one.event.event_id if isinstance(one, Read) else ""
    if isinstance(verdict, Taken):
        done = tuple(outcomes[id(act)] for act in verdict.acts)
        return Became(event_id=event_id, outcomes=done, unread=verdict.unread)
    if isinstance(verdict, Left):
        return Became(event_id=event_id, why=verdict.why, kept_only=True)
    return Became(event_id=event_id, why=verdict)


def _recorded(
    verdicts: Iterable[Verdict], place: str, sender: Sender, lanes: dict[str, str], capture: Capture
) -> dict[int, Outcome]:
    """The outcome of each act. Two events that are one act ask for it once."""
    acts: dict[int, Act] = {}
    submissions: list[Submission] = []
    for verdict in verdicts:
        for act in verdict.acts if isinstance(verdict, Taken) else ():
            if id(act) in acts:
                continue
            acts[id(act)] = act
            made = _submission(act, verdict.occurred_at, place, sender, lanes)  # type: ignore[union-attr]
            submissions.append(replace(made, command=replace(act.command, capture=capture)))
    return dict(zip(acts, _in_groups(submissions), strict=True))


def _in_groups(submissions: Sequence[Submission]) -> list[Outcome]:
    """A commit for each few hundred acts, in their order. Where one fails, nothing after it is tried: it may build on
    what is missing, and the same document may be sent again."""
    done: list[Outcome] = []
    for start in range(0, len(submissions), AT_ONCE):
        try:
            done += ledger.record_all(submissions[start : start + AT_ONCE])
        except LedgerUnavailable as failed:
            return done + [failed] * (len(submissions) - start)
    return done


def _submission(act: Act, at: Instant, place: str, sender: Sender, lanes: dict[str, str]) -> Submission:
    return Submission(
        log=log_of(place),
        place=place,
        actor=sender.person,
        # What another device brought already answers there, with its first receipt.
        device=lanes.get(act.name, LANE + sender.device),
        occurred_at=at,
        command=act.command,
        nonce=act.name,
        digest=_digest(act, place) if act.of else None,
    )


def _digest(act: Act, place: str) -> bytes:
    """What tells an event sent again from another one under the same eventID."""
    content = [place, [unchanging(one) for one in act.of]]
    plain = msgspec.json.encode(content, order="deterministic")
    return hmac.new(settings.SECRET_KEY.encode(), plain, hashlib.sha256).digest()


# -- what the record knows of a document's events ------------------------------------------------------------------


def _lanes(origin: str, place: str, reads: Sequence[Read]) -> dict[str, str]:
    """Names of acts that are on record already, each with the lane it came by."""
    heads = DeviceHead.objects.filter(log__origin=origin, device__startswith=LANE)
    devices = list(heads.values_list("device", flat=True))
    made = Entry.objects.filter(log__origin=origin, device__in=devices, part=0, nonce__isnull=False)
    wanted = [letter + mark_of(one, place) for one in reads for letter in LETTERS] if devices else []
    found: dict[str, str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= {str(one.nonce): one.device for one in made.filter(nonce__in=wanted[start : start + AT_ONCE])}
    # Acts of two events, and one of several acts of an event, are named by more than a mark.
    longer = made.filter(place=place, nonce__contains=".") if devices else ()
    return found | {str(one.nonce): one.device for one in longer}


def _known(place: str, reads: Sequence[Read], recorded: set[str]) -> Known:
    marks = {mark_of(one, place) for one in reads}
    tallies = TallyRow.objects.filter(place=place, key__startswith=key_at(place, "e")).values_list("key", flat=True)
    made = {mark: name for name in map(name_of, tallies) for mark in marks_in(name) if mark in marks or "." in name}
    return Known(made=made, recorded=recorded, units=_units(reads))


def _units(reads: Iterable[Read]) -> dict[str, str]:
    """The labelled units that the events name, with their stations."""
    uris = {uri for one in reads for uri in _named(one.event)}
    named = {names.key_named(uri, "unit") for uri in uris}
    # What can be no key is in no table, and PostgreSQL can't even be asked for a NUL.
    keys = sorted(key for key in named if key and key.isascii() and key.isprintable())
    found: dict[str, str] = {}
    for start in range(0, len(keys), AT_ONCE):
        found |= dict(Unit.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list("key", "station"))
    return found


def _named(event: Any) -> Iterable[str]:
    yield getattr(event, "parent_id", "")
    for name in ("child_epcs", "epc_list"):
        listed = getattr(event, name, UNSET)
        yield from listed if listed is not UNSET else ()
