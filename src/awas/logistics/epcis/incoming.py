"""From the events of one document to the acts they are here, in their order. Pure.

Two events of a count (what passed, what was damaged) are one tally where they clearly belong together. Whatever is
sent again, whole or in part, gets the names of the acts it was the first time.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import UNSET, Struct

from awas.ledger.area import Instant, Refused
from awas.logistics.commands import AcceptTransfer, OfferTransfer, Tally
from awas.logistics.epcis.acts import Act, Acts, Known, name_of
from awas.logistics.epcis.counting import BAD, COUNTED, GOOD, counted, taken_back
from awas.logistics.epcis.document import Read
from awas.logistics.epcis.facts import Facts, Left
from awas.logistics.epcis.mapping import acts_of
from awas.logistics.epcis.shape import EVENT_TYPES, ObjectEvent


class Taken(Struct, frozen=True, kw_only=True):
    """An event that acts of ours make true. `unread` are its fields that no act holds: they stand in the document."""

    acts: Acts
    occurred_at: Instant
    unread: tuple[str, ...] = ()


class Pair:
    """Two events that are one count: what passed, and what was damaged."""

    def __init__(self, good: Facts, bad: Facts) -> None:
        self.good, self.bad = good, bad
        self._acts: Acts = ()

    def acts(self, place: str, known: Known) -> Acts:
        """The one act of both; made once, so that it is asked for once."""
        if not self._acts:
            name = f"{name_of(self.good)}.{self.bad.mark}"
            of = (self.good.read, self.bad.read)
            self._acts = (Act(name=name, command=counted(self.good, self.bad, place, name), of=of),)
            known.made.update({self.good.mark: name, self.bad.mark: name})
        return self._acts


Verdict = Taken | Left | Refused

_READ = frozenset(
    {
        "@context", "type", "eventTime", "eventTimeZoneOffset", "recordTime", "eventID", "errorDeclaration", "action",
        "bizStep", "disposition", "readPoint", "bizLocation", "bizTransactionList",
        "epcList", "quantityList", "parentID", "childEPCs", "childQuantityList",
        "inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList",
    }
)  # fmt: skip


def map_events(reads: Sequence[Read | Refused], place: str, known: Known) -> list[Verdict]:
    """What becomes of each event of a document at a place, in their order."""
    facts = [Facts(one, place) if isinstance(one, Read) else one for one in reads]
    declared = [one.mark for one in facts if isinstance(one, Facts) and one.event.error_declaration is not UNSET]
    pairs = _pairs([one for one in facts if isinstance(one, Facts)], known)
    verdicts: list[Verdict] = []
    for one in facts:
        if isinstance(one, Refused):
            verdicts.append(one)
            continue
        try:
            verdicts.append(_verdict(one, place, known, declared, pairs))
        except (Left, Refused) as why:
            verdicts.append(why)
    return verdicts


def _verdict(facts: Facts, place: str, known: Known, declared: Sequence[str], pairs: Mapping[int, Pair]) -> Verdict:
    if facts.event.type not in EVENT_TYPES:
        raise Left("epcis.kind_foreign", type=facts.event.type[:120])
    if facts.here not in ("", place):
        raise Refused("epcis.other_place", place=facts.here[:40], here=place)
    at = facts.occurred_at
    if facts.event.error_declaration is not UNSET:
        acts = taken_back(facts, place, known, declared)
    elif id(facts) in pairs:
        acts = pairs[id(facts)].acts(place, known)
    elif "." in (name := known.made.get(facts.mark, "")):
        acts = (msgspec.structs.replace(_only(acts_of(facts, place, known)), name=name, of=()),)
    else:
        acts = acts_of(facts, place, known)
        if any(isinstance(act.command, Tally) for act in acts):
            known.made[facts.mark] = name_of(facts)
    return Taken(acts=acts, occurred_at=at, unread=_unread(facts, acts))


def _only(acts: Acts) -> Act:
    (act,) = acts
    return act


def _unread(facts: Facts, acts: Acts) -> tuple[str, ...]:
    """The fields of an event that none of its acts holds."""
    read = set(_READ)
    if any(isinstance(act.command, OfferTransfer | AcceptTransfer) for act in acts):
        read |= {"sourceList", "destinationList"}
    if facts.step == "destroying":
        read.add("persistentDisposition")
    return tuple(sorted(name for name in facts.read.sent if name not in read and not facts.has_used(name)))


# -- pairs ---------------------------------------------------------------------------------------------------------


def _pairs(facts: Iterable[Facts], known: Known) -> dict[int, Pair]:
    """(what passed, what was damaged) by either of the two. Only where just one of each is of that time and place and
    on that paper, and neither stands by itself in the record."""
    groups: dict[bytes, list[Facts]] = {}
    for one in facts:
        if _may_pair(one) and known.made.get(one.mark) in (None, *_both(known, one)):
            groups.setdefault(_occasion(one), []).append(one)
    found: dict[int, Pair] = {}
    for group in groups.values():
        good = [one for one in group if one.disposition in GOOD]
        bad = [one for one in group if one.disposition in BAD]
        if len(good) == len(bad) == 1 and good[0].mark != bad[0].mark:
            found[id(good[0])] = found[id(bad[0])] = Pair(good[0], bad[0])
    return found


def _both(known: Known, facts: Facts) -> tuple[str, ...]:
    """The pair an event is on record with, if it is."""
    name = known.made.get(facts.mark, "")
    return (name,) if "." in name else ()


def _may_pair(facts: Facts) -> bool:
    event = facts.event
    if not isinstance(event, ObjectEvent) or event.error_declaration is not UNSET:
        return False
    return event.action == "OBSERVE" and facts.step in COUNTED and not event.epc_list


def _occasion(facts: Facts) -> bytes:
    """What two events of one count have in common."""
    event = facts.event
    said = [facts.step, event.event_time, event.read_point, event.biz_location, event.biz_transaction_list]
    return msgspec.json.encode([None if one is UNSET else one for one in said])


def marks_in(name: str) -> tuple[str, ...]:
    """The marks of the events that went into a tally, by its name: `e<mark>` or `e<mark>.<mark>`."""
    return tuple(name[1:].split("."))
